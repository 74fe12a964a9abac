/* SPDX-License-Identifier: MIT */
/* What a map holds, counted by its rules as they run; and the most of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "model/base/mem.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static void random_line(struct rig_dice *d, char *line, size_t size)
{
	unsigned key = (unsigned)rig_below(d, 200);

	switch (rig_below(d, 16)) {
	case 0:
		snprintf(line, size, "fill %u", 1 + (unsigned)rig_below(d, 150));
		break;
	case 1:
		snprintf(line, size, "grow%s", rig_below(d, 3) ? "" : " same");
		break;
	case 2:
		snprintf(line, size, "collide 0 %u", 1 + (unsigned)rig_below(d, 30));
		break;
	case 3:
	case 4:
		snprintf(line, size, "delete %u..%u", key, key + (unsigned)rig_below(d, 90));
		break;
	case 5:
		snprintf(line, size, "clear");
		break;
	case 6:
		snprintf(line, size, "make %u", (unsigned)rig_below(d, 300));
		break;
	case 7:
		snprintf(line, size, "%s", rig_below(d, 2) ? "rebuild" : "clone");
		break;
	case 8:
		snprintf(line, size, "evacuate %u", 1 + (unsigned)rig_below(d, 9));
		break;
	case 9:
		snprintf(line, size, "range %u", 1 + (unsigned)rig_below(d, 20));
		break;
	case 10:
		snprintf(line, size, "next all");
		break;
	case 11:
		snprintf(line, size, "gc");
		break;
	default:
		snprintf(line, size, "insert %u", key);
	}
}

static const char *const releases[] = { "1.18", "1.21", "1.23", "1.24", "1.25", "1.27",
	"1.27-X:mapsplitgroup", "1.24-X:noswissmap" };

/* What is large lies apart: a key, an elem, both; with pointers and without. */
static const char *const types[] = { "map[int]string", "map[int]int", "map[uint16][200]byte",
	"map[int][20]string", "map[int32]int8", "map[int64]struct{}", "map[float64][130]byte" };

/* What was seen: the most between operations, and of a growth the entries it began with. */
struct watched {
	const char *name, *line;
	uint64_t most;
};

static void compare(struct session *s, const char *verb, const uint8_t *key, void *data)
{
	struct watched *w = data;
	const struct map *m = &s->world.map;
	const struct heap *h = &s->world.heap;
	uint64_t reached, held = heap_held(h) - h->state.beside_bytes;

	(void)key;
	if (!m->header)
		return;
	if (strcmp(verb, "make") == 0)
		w->most = 0;
	reached = map_reached(m).bytes;
	/* See lose_objects() of the classic map. */
	if (map_moving(m) && (m->type->indirect_key || m->type->indirect_elem))
		return;
	if (held != reached)
		fail_msg("%s, %s, %s: op %llu holds %llu bytes, %llu are counted", w->name,
			m->type->asked, w->line, (unsigned long long)s->time.now,
			(unsigned long long)reached, (unsigned long long)held);
	w->most = reached > w->most ? reached : w->most;
	assert_true(s->world.peak.bytes >= w->most);
	assert_int_equal(s->world.peak.bytes, h->state.most_bytes);
}

static void what_is_held_is_counted(void **state)
{
	struct rig_dice d = { 4 };

	(void)state;
	for (unsigned round = 0; round < 240; round++) {
		struct watched w = { .name = releases[round % LENGTH(releases)] };
		const char *type = types[rig_below(&d, LENGTH(types))];
		const char *arch = rig_below(&d, 4) ? NULL : "386";
		struct session s;
		struct error err;
		char line[64];

		rig_open(&s, type, arch, rig_below(&d, 2));
		snprintf(line, sizeof line, "go %s", w.name);
		rig_run(&s, line);
		s.hooks.watch = compare;
		s.hooks.watch_data = &w;
		for (unsigned n = 3 + (unsigned)rig_below(&d, 14); n > 0; n--) {
			random_line(&d, line, sizeof line);
			w.line = line;
			session_run(&s, line, &err);
		}
		session_close(&s);
	}
}

/* With history and without; of what a growth holds the most comes with the lists that grow in
   it. */
static void a_growth_is_named(void **state)
{
	(void)state;
	for (int history = 0; history < 2; history++) {
		struct session s;

		rig_open(&s, "map[int][128]byte", NULL, history);
		rig_run(&s, "fill 60000");
		assert_int_equal(s.world.peak.growth, 53249);
		assert_in_range(s.world.peak.entries, 53249, 58912);
		assert_in_range(s.world.peak.bytes, 30144992, 30144992 + 8192);
		rig_run(&s, "delete 0..59999");
		assert_int_equal(s.world.peak.growth, 53249);
		/* The old one and the new; the range that copies makes lists of 48 bytes in the
		 * old. */
		rig_run(&s, "make");
		rig_run(&s, "fill 8");
		rig_run(&s, "clone");
		assert_int_equal(s.world.peak.bytes, 2 * map_reached(&s.world.map).bytes + 48);
		assert_int_equal(s.world.peak.growth, 0);
		session_close(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_held_is_counted),
		cmocka_unit_test(a_growth_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
