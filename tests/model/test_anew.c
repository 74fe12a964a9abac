/* SPDX-License-Identifier: MIT */
/* The commands that put the entries into a new map: rebuild and clone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/map/swiss/layout.h"
#include "model/map/swiss/reading.h"
#include "model/session/checked.h"
#include "model/session/diff.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static uint64_t bytes_of(const struct session *s)
{
	return map_reached(&s->world.map).bytes;
}

/* All that the present map holds is what that of point `before` held, and it obeys its laws. */
static void same_entries(struct session *s, uint64_t before)
{
	struct error err;
	struct diff d;

	if (!session_run(s, "check", &err).ok)
		fail_msg("%s", err.msg);
	assert_true(diff_points(s, before, s->time.now, &d, &err));
	assert_true(d.whole);
	assert_int_equal(d.kinds[DIFF_CAME] + d.kinds[DIFF_WENT] + d.kinds[DIFF_CHANGED], 0);
	diff_free(&d);
}

static const char *const types[] = { "map[int]int", "map[string]string", "map[int32]struct{}",
	"map[[150]byte]int8", "map[string][129]byte", "map[any]bool" };

/* In every release and design: the right hint, no tombstones, all entries, and a way back. */
static void a_rebuild_is_what_a_new_map_would_be(void **state)
{
	(void)state;
	for (unsigned i = 0; release_at(i); i++) {
		struct session s;
		struct text was = { 0 };
		uint64_t before, held;

		rig_open_go(&s, types[i % LENGTH(types)], i % 2 ? "386" : "amd64",
			release_at(i)->name, true);
		rig_run(&s, "fill 700 ; delete 0..600 ; insert 800..810");
		before = s.time.now;
		held = bytes_of(&s);
		rig_state(&s, &was);
		rig_run(&s, "rebuild");
		assert_int_equal(s.time.now - before, 1 + 110);
		assert_int_equal(map_count(&s.world.map), 110);
		assert_int_equal(s.world.hint, 110);
		assert_true(bytes_of(&s) < held);
		same_entries(&s, before);
		rig_goto(&s, before);
		rig_same_state(&s, text_str(&was), "before the rebuild");
		text_free(&was);
		session_close(&s);
	}
}

/* Up to 1.20 and in 1.24 entries are inserted; else memory is copied, in one step. */
static void a_clone_is_what_the_release_makes(void **state)
{
	(void)state;
	for (unsigned i = 0; release_at(i); i++) {
		const struct release *r = release_at(i);
		struct session s;
		uint64_t before, held, seed;
		uint8_t zero[160] = { 0 };
		bool swiss = r->engine == ENGINE_SWISS;

		rig_open_go(&s, types[i % LENGTH(types)], i % 2 ? "amd64" : "386", r->name, true);
		rig_run(&s, "fill 2000 ; delete 0..1600");
		before = s.time.now;
		held = bytes_of(&s);
		seed = map_hash_of(&s.world.map, zero).seed;
		rig_run(&s, "clone");
		assert_int_equal(s.time.now - before, r->clones ? 1 : 1 + 399);
		if (r->clones && swiss)
			assert_int_equal(bytes_of(&s), held);
		else
			assert_true(bytes_of(&s) < held);
		assert_int_equal(map_hash_of(&s.world.map, zero).seed == seed,
			r->clones);
		same_entries(&s, before);
		session_close(&s);
	}
}

/* The tombstones of a Swiss map are copied as well. */
static void tombstones_are_copied(void **state)
{
	struct session s;
	unsigned dead = 0;

	(void)state;
	rig_open_go(&s, "map[int]int", NULL, "1.27", true);
	rig_run(&s, "fill 890 ; delete 100..300");
	for (uint64_t i = 0; i < swiss_get(&s.world.map, SWISS_DIR_LEN); i++)
		dead += table_tombstones(&s.world.map, directory_at(&s.world.map, i));
	assert_true(dead > 20);
	rig_run(&s, "clone");
	for (uint64_t i = 0; i < swiss_get(&s.world.map, SWISS_DIR_LEN); i++)
		dead -= table_tombstones(&s.world.map, directory_at(&s.world.map, i));
	assert_int_equal(dead, 0);
	rig_run(&s, "rebuild");
	for (uint64_t i = 0; i < swiss_get(&s.world.map, SWISS_DIR_LEN); i++)
		dead += table_tombstones(&s.world.map, directory_at(&s.world.map, i));
	assert_int_equal(dead, 0);
	session_close(&s);
}

/* Half done, a map can be looked at: all of its events forth, and back to what it was. */
static void its_events_lead_forth_and_back(void **state)
{
	static const char *const scripts[] = { "clone", "rebuild", "first 3 rebuild" };
	static const char *const releases[] = { "1.19", "1.23", "1.24", "1.27" };

	(void)state;
	for (size_t i = 0; i < LENGTH(scripts) * LENGTH(releases); i++) {
		struct session s;
		struct text was = { 0 };
		struct error err;
		uint64_t before, end;

		rig_open_go(&s, "map[int][129]byte", NULL, releases[i / LENGTH(scripts)], true);
		rig_run(&s, "fill 27 ; delete 3..9");
		before = s.time.now;
		rig_state(&s, &was);
		rig_run(&s, scripts[i % LENGTH(scripts)]);
		end = s.time.now;
		while (s.time.now > before)
			assert_true(session_step_event(&s, false, &err));
		session_whole(&s);
		rig_same_state(&s, text_str(&was), "back by events");
		while (session_step_event(&s, true, &err))
			map_reached(&s.world.map);
		assert_int_equal(s.time.now, end);
		text_free(&was);
		session_close(&s);
	}
}

static void mistakes_and_small_maps(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "rebuild ; clone");
	assert_int_equal(map_count(&s.world.map), 0);
	rig_fails(&s, "rebuild from 9 0", "rebuild: there is no bucket 9: the map has 1");
	rig_fails(&s, "clone now", "clone: \"now\" is too much: clone [from BUCKET SLOT]");
	rig_run(&s, "go 1.26 ; clone ; insert 5 \"x\" ; clone ; rebuild from 1000 0 ; clone");
	assert_int_equal(map_count(&s.world.map), 1);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_rebuild_is_what_a_new_map_would_be),
		cmocka_unit_test(a_clone_is_what_the_release_makes),
		cmocka_unit_test(tombstones_are_copied),
		cmocka_unit_test(its_events_lead_forth_and_back),
		cmocka_unit_test(mistakes_and_small_maps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
