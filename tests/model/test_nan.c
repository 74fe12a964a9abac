/* SPDX-License-Identifier: MIT */
/* Keys that are not equal to themselves: no lookup finds them, and a growth moves them by
   chance. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "model/map/classic/event.h"
#include "model/map/classic/reading.h"
#include "tests/model/peek.h"
#include "tests/model/rig.h"

#include <cmocka.h>

/* NaN: nowhere to be found, each an entry of its own, and moved on all the same. */
static void nan_keys(void **state)
{
	struct session s;
	struct place where;
	struct value_home home;
	uint8_t key[8];
	const char *nan = "NaN";
	struct error err;
	bool deleted = true;

	(void)state;
	rig_open(&s, "map[float64]int", NULL, true);
	home = (struct value_home){ .heap = &s.world.heap, .scratch = true };
	for (unsigned i = 0; i < 300; i++) {
		rig_run(&s, i % 7 == 0 ? "range ; insert NaN 5" : "insert NaN 5");
		if (!rig_sound(&s))
			fail_msg("not sound with %u NaNs", i + 1);
	}
	assert_int_equal(peek(&s, HMAP_COUNT), 300);
	assert_true(value_parse(&home, s.world.map.type->key, &nan, key, "key", &err));
	assert_false(map_lookup(&s.world.map, key, &where));
	assert_true(map_delete(&s.world.map, key, &deleted, &err));
	assert_false(deleted);
	assert_int_equal(peek(&s, HMAP_COUNT), 300);
	rig_run(&s, "clear");
	assert_int_equal(peek(&s, HMAP_COUNT), 0);
	session_close(&s);
}

/* While an iterator is about, a NaN goes where its tophash's lowest bit says. */
static void nan_keys_go_by_their_tophash(void **state)
{
	struct session s;
	unsigned moved[2] = { 0 };

	(void)state;
	rig_open(&s, "map[float64]int", NULL, true);
	for (unsigned i = 0; i < 105; i++)
		rig_run(&s, "insert NaN");
	assert_true(map_growing(&s.world.map));
	rig_run(&s, "range ; evacuate 99");
	while (session_point(&s)->label[0] == 'e') {
		uint8_t tops[4][SLOTS];
		uint64_t addr;
		size_t count;
		const struct map_event *e;

		rig_run(&s, "undo");
		memset(tops, 0, sizeof tops);
		addr = map_bucket(&s.world.map, true, peek(&s, HMAP_NEVACUATE));
		for (unsigned c = 0; addr && c < 4; c++, addr = map_overflow(&s.world.map, addr))
			memcpy(tops[c], map_at(&s.world.map, addr), SLOTS);
		rig_run(&s, "redo");
		e = session_trace(&s, &count);
		for (size_t i = 0; i < count; i++) {
			if (e[i].kind != CLASSIC_MOVE)
				continue;
			bool y = classic_of(&e[i]).move.y;

			assert_true(e[i].at.link < 4);
			assert_int_equal(y, tops[e[i].at.link][e[i].at.slot] & 1);
			moved[y]++;
		}
		rig_run(&s, "undo");
	}
	assert_true(moved[0] > 5 && moved[1] > 5);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nan_keys),
		cmocka_unit_test(nan_keys_go_by_their_tophash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
