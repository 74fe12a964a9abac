/* SPDX-License-Identifier: MIT */
/* The scenes of Swiss maps make what their captions say, on 64 and on 32 bit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/map/swiss/event.h"
#include "model/map/swiss/reading.h"
#include "tests/model/rig.h"
#include "tests/tui/scratch.h"
#include "tui/canvas/wrap.h"
#include "tui/page/views.h"
#include "tui/scenes/scene.h"

#include <cmocka.h>

static const char *const archs[] = { "amd64", "386" };

static int find_scenes(void **state)
{
	(void)state;
	scratch_make(&scratch);
	scratch_link_share(&scratch);
	return setenv("XDG_CONFIG_HOME", scratch.path, 1);
}

static int forget_scenes(void **state)
{
	(void)state;
	scratch_remove(&scratch);
	return 0;
}

static void go_to(struct session *s, const char *caption)
{
	struct error err;

	for (size_t i = 0; i < s->time.ncaptions; i++) {
		if (strncmp(s->time.captions[i].text, caption, strlen(caption)) != 0)
			continue;
		assert_true(session_goto(s, s->time.captions[i].point, &err));
		return;
	}
	fail_msg("no caption says \"%s\"", caption);
}

enum { ANY = -1 };

/* What the map is like where the caption begins so; ANY is not looked at. */
static const struct fact {
	const char *scene, *caption;
	int used, entries;       /* dirLen */
	int slots, left;         /* of the first table: capacity, growthLeft */
	int tombstones;          /* the same */
	int bytes, bytes_386;    /* that the map holds */
} facts[] = {
	{ "swiss", "A Swiss map begins", 0, 0, ANY, ANY, ANY, 48, 32 },
	{ "swiss", "The first insert", 1, 0, ANY, ANY, ANY, 48 + 208, 32 + 112 },
	{ "swiss", "A group is", 6, 0, ANY, ANY, ANY, ANY, ANY },
	{ "swiss", "The other bits", 7, 0, ANY, ANY, ANY, ANY, ANY },
	{ "swiss", "A delete wipes", 6, 0, ANY, ANY, ANY, ANY, ANY },
	{ "swiss", "Eight entries", 8, 0, ANY, ANY, ANY, ANY, ANY },
	{ "swiss", "The ninth key", 9, 1, 16, 5, 0, ANY, ANY },
	{ "swiss", "All are deleted", 0, 1, 16, ANY, ANY, ANY, ANY },
	{ "probe", "One table", 27, 1, 32, 1, 0, ANY, ANY },
	{ "probe", "Along", 28, 1, 32, 0, 0, ANY, ANY },
	{ "probe", "6 lay", 27, 1, 32, 0, 1, ANY, ANY },
	{ "probe", "A new key takes", 28, 1, 32, 0, 0, ANY, ANY },
	{ "probe", "18 lay", 27, 1, 32, 1, 0, ANY, ANY },
	{ "probe", "18 is back", 20, 1, 32, 0, 8, ANY, ANY },
	{ "probe", "A new key for group 0", 21, 1, 32, 7, 0, ANY, ANY },
	{ "tables", "14 entries", 14, 1, 16, 0, 0, ANY, ANY },
	{ "tables", "This one", 15, 1, 32, 13, 0, ANY, ANY },
	{ "tables", "28 entries", 28, 1, 32, 0, 0, ANY, ANY },
	{ "tables", "The 29th", 29, 1, 64, 27, 0, ANY, ANY },
	{ "tables", "Deleted", 0, 1, 64, ANY, ANY, ANY, ANY },
	{ "tables", "One entry more", 0, 1, 64, 56, 0, ANY, ANY },
	{ "split", "896 entries", 896, 1, 1024, 0, 0, ANY, ANY },
	{ "split", "The table was full", 897, 2, 1024, ANY, 0, ANY, ANY },
	{ "split", "One table was full", ANY, 4, 1024, ANY, 0, ANY, ANY },
	{ "split", "The split of", ANY, 4, 1024, ANY, 0, ANY, ANY },
	{ "split", "No insert", ANY, 8, 1024, ANY, 0, ANY, ANY },
	{ "cost", "A hint of up to 8", 0, 0, ANY, ANY, ANY, 48, 32 },
	{ "cost", "100 entries", 100, 1, 128, 12, 0, 3544, 1856 },
	{ "cost", "A hint of 100", 0, 1, 128, 112, 0, 3544, 1856 },
	{ "cost", "Filled", 100, 1, 128, 12, 0, 3544, 1856 },
	{ "cost", "Beyond 896", 0, 2, 512, 448, 0, 27264, 13656 },
	{ "cost", "1000 gives", 100, 2, 1024, ANY, 0, 54656, 27224 },
	{ "cost", "1792", 1792, 4, 1024, ANY, 0, ANY, ANY },
	{ "loops", "In a map", 7, 0, ANY, ANY, ANY, ANY, ANY },
	{ "loops", "The body", 9, 1, 16, 5, 0, ANY, ANY },
	{ "loops", "A table", 20, 1, 32, 8, 0, ANY, ANY },
	{ "loops", "Meanwhile", 29, 1, 64, 27, 0, ANY, ANY },
	{ "groups", "Key and elem", 5, 0, ANY, ANY, ANY, 48 + 144, 32 + 112 },
	{ "groups", "A key or an elem", 2, 0, ANY, ANY, ANY, ANY, ANY },
};

static void expect(const char *what, const struct fact *f, int wanted, uint64_t is)
{
	if (wanted != ANY && (uint64_t)wanted != is)
		fail_msg("%s, \"%s\": %s is %llu, not %d", f->scene, f->caption, what,
			(unsigned long long)is, wanted);
}

static void check_fact(struct session *s, const struct fact *f)
{
	const struct map *m = &s->world.map;

	go_to(s, f->caption);
	assert_true(rig_sound(s));
	expect("used", f, f->used, swiss_get(m, SWISS_USED));
	expect("dirLen", f, f->entries, swiss_get(m, SWISS_DIR_LEN));
	expect("bytes", f, s->given.target->ptrsize == 8 ? f->bytes : f->bytes_386,
		map_reached(m).bytes);
	if (swiss_small(m))
		return;
	expect("capacity", f, f->slots, table_get(m, directory_at(m, 0), TABLE_CAPACITY));
	expect("growthLeft", f, f->left, table_get(m, directory_at(m, 0), TABLE_GROWTH_LEFT));
	expect("tombstones", f, f->tombstones, table_tombstones(m, directory_at(m, 0)));
}

static void begin(struct session *s, const char *arch, const char *name)
{
	struct error err;

	rig_open(s, NULL, arch, true);
	if (!scene_run(s, name, &err))
		fail_msg("%s on %s: %s", name, arch, err.msg);
}

static void test_facts(void **state)
{
	(void)state;
	for (size_t a = 0; a < LENGTH(archs); a++) {
		for (size_t i = 0; i < LENGTH(facts);) {
			const char *name = facts[i].scene;
			struct session s;

			begin(&s, archs[a], name);
			for (; i < LENGTH(facts) && strcmp(facts[i].scene, name) == 0; i++)
				check_fact(&s, &facts[i]);
			session_close(&s);
		}
	}
}

/* Kinds of events of the operation that the caption is about, as its story tells them. */
static bool has_event(struct session *s, const char *caption, unsigned kind)
{
	size_t n;
	const struct map_event *list;

	go_to(s, caption);
	list = session_trace(s, &n);
	for (size_t i = 0; i < n; i++)
		if (list[i].kind == kind)
			return true;
	return false;
}

static void test_events(void **state)
{
	(void)state;
	for (size_t a = 0; a < LENGTH(archs); a++) {
		struct session s;

		begin(&s, archs[a], "split");
		assert_true(has_event(&s, "The table was full", SWISS_EVENT_SPLIT));
		assert_true(has_event(&s, "The table was full", SWISS_EVENT_DOUBLED));
		assert_true(has_event(&s, "One table was full", SWISS_EVENT_DOUBLED));
		assert_true(has_event(&s, "The split of", SWISS_EVENT_SPLIT));
		assert_false(has_event(&s, "The split of", SWISS_EVENT_DOUBLED));
		session_close(&s);
		begin(&s, archs[a], "probe");
		assert_true(has_event(&s, "6 lay", SWISS_EVENT_TOMBSTONE));
		assert_true(has_event(&s, "18 lay", SWISS_EVENT_FREED));
		assert_true(has_event(&s, "A new key for group 0", SWISS_EVENT_PRUNE));
		session_close(&s);
		begin(&s, archs[a], "tables");
		assert_true(has_event(&s, "This one", SWISS_EVENT_GROW));
		session_close(&s);
		begin(&s, archs[a], "swiss");
		assert_true(has_event(&s, "All are deleted", EVENT_SEED));
		session_close(&s);
	}
}

/* What a loop gave before it paused, after it went on, and what it did not. */
static void test_loops(void **state)
{
	(void)state;
	for (size_t a = 0; a < LENGTH(archs); a++) {
		struct session s;

		begin(&s, archs[a], "loops");
		go_to(&s, "In a map");
		assert_int_equal(s.world.map.loop.yielded, 3);
		go_to(&s, "Each of its keys");
		assert_true(s.world.map.loop.over);
		/* The seven that were there; 7 took a slot of the old group, 8 did not. */
		assert_in_range(s.world.map.loop.yielded, 7, 8);
		go_to(&s, "A table");
		assert_int_equal(s.world.map.loop.yielded, 5);
		go_to(&s, "Each key that was there");
		assert_true(s.world.map.loop.over);
		assert_in_range(s.world.map.loop.yielded, 20, 28);
		session_close(&s);
	}
}

/* Sizes that captions name, on both. */
static void test_sizes(void **state)
{
	static const struct {
		const char *caption;
		unsigned group, group_386, slot, slot_386;
	} sizes[] = {
		{ "Key and elem", 136, 104, 16, 12 }, { "struct{}", 136, 72, 16, 8 },
		{ "Inside an elem", 8 + 8 * 32, 8 + 8 * 20, 32, 20 },
	};

	(void)state;
	for (size_t a = 0; a < LENGTH(archs); a++) {
		struct session s;

		begin(&s, archs[a], "groups");
		for (size_t i = 0; i < LENGTH(sizes); i++) {
			const struct unit *u;

			go_to(&s, sizes[i].caption);
			u = &s.world.map.type->unit;
			assert_int_equal(u->size, a ? sizes[i].group_386 : sizes[i].group);
			assert_int_equal(u->key_step, a ? sizes[i].slot_386 : sizes[i].slot);
		}
		go_to(&s, "A key or an elem");
		assert_int_equal(s.world.map.type->elemsize, a ? 4 : 8);
		session_close(&s);
	}
}

/* Each caption has three rows at most, a map, and a view that there is; the last stands last. */
static void test_captions(void **state)
{
	struct canvas *canvas = canvas_new(78, 24, true);
	struct pane p = canvas_pane(canvas);
	struct scenes scenes = scenes_find();
	struct error err;

	(void)state;
	for (size_t i = 0; i < scenes.count; i++) {
		struct session s;

		assert_int_equal(scenes.list[i].number, i + 1);
		begin(&s, archs[i % 2], scenes.list[i].name);
		assert_true(s.time.ncaptions >= 4);
		assert_int_equal(s.time.captions[s.time.ncaptions - 1].point, s.time.total);
		for (size_t k = 0; k < s.time.ncaptions; k++) {
			const struct caption *c = &s.time.captions[k];

			assert_true(session_goto(&s, c->point, &err));
			assert_true(s.world.map.header);
			if (wrap_text(&p, 0, 0, ROLE_CAPTION, c->text) > 3)
				fail_msg("%s: too long: %s", scenes.list[i].name, c->text);
			if (c->view && !page_view_find(c->view, &err))
				fail_msg("%s: %s", scenes.list[i].name, err.msg);
		}
		session_close(&s);
	}
	scenes_free(&scenes);
	canvas_free(canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_facts),
		cmocka_unit_test(test_events),
		cmocka_unit_test(test_loops),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_captions),
	};

	return cmocka_run_group_tests(tests, find_scenes, forget_scenes);
}
