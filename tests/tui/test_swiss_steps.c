/* SPDX-License-Identifier: MIT */
/*
 * What is said of operations on a Swiss map: as a whole, and step by step. The golden is to be read
 * as a text; nothing that a step can be is left untold.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/map/swiss/event.h"
#include "model/map/swiss/object.h"
#include "tests/cli/program.h"
#include "tests/model/rig.h"
#include "tui/view/story.h"

#include <cmocka.h>

#define GOLDEN_PATH "tests/tui/goldens/swiss-steps.txt"

/* Of many entries that move some are enough. */
enum { MOVES_TOLD = 3 };

struct tale {
	const char *release, *type, *arch; /* arch NULL: the default */
	const char *lines;                 /* the last of them is told */
};

#define LONG(c) "\"" c "1234567890123456789012345678901234567890123456789012345678901234567890\""

/* A full table of 32 slots, of which one full group became all tombstones. */
#define FILLED_LESS_GROUP_1 \
	"fill 28 ; delete 12 ; delete 13 ; delete 2 ; delete 6 ; delete 8 ; delete 9 ; delete 15 " \
	"; delete 16"
#define FILLED_LESS_GROUP_3 \
	"fill 28 ; delete 10 ; delete 11 ; delete 1 ; delete 4 ; delete 5 ; delete 7 ; delete 23 " \
	"; delete 26"

static const struct tale tales[] = {
	/* Making, inserting, growing. */
	{ "1.27", "map[int]string", NULL, "make" },
	{ "1.27", "map[int]string", NULL, "make 100" },
	{ "1.27", "map[int]string", NULL, "make 2000" },
	{ "1.27", "map[int]int", "386", "make 400000000" },
	{ "1.27", "map[int]string", NULL, "make ; insert 1 \"a\"" },
	{ "1.27", "map[[200]byte][200]byte", NULL, "make ; fill 1" },
	{ "1.27", "map[int]int", NULL, "fill 8 ; insert 8" },
	{ "1.26", "map[int]int", NULL, "fill 8 ; insert 3 7" },
	{ "1.27", "map[int]int", NULL, "fill 14 ; insert 14" },
	{ "1.27", "map[int]int", NULL, "fill 27 ; insert 27" },
	{ "1.27", "map[int]int", NULL, "grow split" },
	{ "1.27", "map[int]int", NULL, "make 900 ; grow split" },
	{ "1.27", "map[int]int", NULL, "make 900 ; grow split ; grow split" },

	/* What is there, what was there. */
	{ "1.27", "map[int]int", NULL, "fill 20 ; insert 3 7" },
	{ "1.27", "map[string]int", NULL, "fill 20 ; insert \"key-3\" 7" },
	{ "1.27", "map[int]int", NULL, "fill 5 ; delete 3" },
	{ "1.27", "map[int]int", NULL, "fill 5 ; delete 0..4" },
	{ "1.27", "map[int]int", NULL, "fill 20 ; delete 3" },
	{ "1.27", "map[int]int", NULL, "fill 28 ; delete 6" },
	{ "1.27", "map[int]int", NULL, "fill 28 ; delete 6 ; insert 6" },
	{ "1.27", "map[int]int", NULL, "fill 28 ; delete 6 ; lookup 27" },
	{ "1.27", "map[int]int", NULL, FILLED_LESS_GROUP_3 " ; collide 0 1" },
	{ "1.27", "map[int]int", NULL, FILLED_LESS_GROUP_1 " ; insert 100" },
	{ "1.24", "map[int]int", NULL, FILLED_LESS_GROUP_3 " ; collide 0 1" },
	{ "1.27", "map[int]int", NULL, FILLED_LESS_GROUP_3 " ; clear" },
	{ "1.27", "map[int]int", NULL, "make 900 ; insert 1 ; clear" },
	{ "1.27", "map[int]int", NULL, "fill 20 ; delete 777" },
	{ "1.27", "map[int]int", NULL, "make ; delete 777" },
	{ "1.27", "map[int]int", NULL, "fill 20 ; clear" },
	{ "1.27", "map[int]int", NULL, "fill 5 ; clear" },
	{ "1.27", "map[int]int", NULL, "make ; clear" },
	{ "1.27", "map[int]int", NULL, "fill 60 ; gc" },

	/* Looking up, on each path. */
	{ "1.27", "map[int]int", NULL, "make ; lookup 1" },
	{ "1.27", "map[int]int", NULL, "fill 5 ; lookup 1" },
	{ "1.27", "map[int]int", NULL, "fill 5 ; lookup 9" },
	{ "1.27", "map[uint8]int", NULL, "fill 5 ; lookup 1" },
	{ "1.27", "map[uint8]int", NULL, "fill 100 ; lookup 7" },
	{ "1.27", "map[int]int", NULL, "fill 2000 ; lookup 7" },
	{ "1.27", "map[int]int", NULL, "fill 2000 ; lookup 7000" },
	{ "1.27", "map[string]int", NULL, "fill 8 ; lookup \"key-5\"" },
	{ "1.27", "map[string]int", NULL,
		"insert " LONG("x") " ; insert " LONG("y") " ; lookup " LONG("y") },

	/* Ranges. */
	{ "1.27", "map[int]int", NULL, "make ; range all" },
	{ "1.27", "map[int]int", NULL, "fill 5 ; range 2 from 3 0" },
	{ "1.27", "map[int]int", NULL, "fill 9 ; range all from 6 0" },
	{ "1.27", "map[int]int", NULL,
		"fill 7 ; range 2 from 3 0 ; fill 20 ; delete 3 ; next all" },
	{ "1.27", "map[float64]int", NULL, "insert NaN 1 ; insert 2 2 ; range all from 0 0" },

	/* A new map of the same entries. */
	{ "1.27", "map[int]int", NULL, "fill 9 ; delete 3 ; clone" },
	{ "1.27", "map[int]int", NULL, "fill 2 ; rebuild from 0 0" },
};

/* How often each of the things was told that a step can be. */
struct told {
	unsigned kinds[SWISS_EVENT_KINDS], objects[SWISS_OBJECT_KINDS];
	unsigned choices[TABLE_TURN + 1], matches[MATCH_FULL + 1];
};

static void count_step(struct told *told, const struct map_event *e)
{
	told->kinds[e->kind]++;
	if (e->kind == EVENT_ALLOC)
		told->objects[e->alloc.object]++;
	if (e->kind == SWISS_EVENT_TABLE)
		told->choices[swiss_of(e).table.why]++;
	if (e->kind == SWISS_EVENT_MATCH)
		told->matches[swiss_of(e).match.kind]++;
}

/* Inside a growth, but for the first entries and the last. */
static bool left_out(const struct map_event *e, size_t i, size_t n)
{
	for (size_t k = 0; k < MOVES_TOLD; k++)
		if (i < k || e[i - k].kind != SWISS_EVENT_MOVE)
			return false;
	return i + 1 < n && e[i + 1].kind == SWISS_EVENT_MOVE;
}

static void tell_story(const struct session *s, struct text *out)
{
	struct story st = {0};

	story_tell(&st, s);
	for (int i = 0; i < st.count; i++)
		text_printf(out, "  %s\n", text_str(&st.lines[i]));
	story_free(&st);
}

static void tell_steps(struct session *s, struct told *told, struct text *out)
{
	size_t n;
	const struct map_event *list = session_events(s, &n);

	assert_true(n > 0);
	for (size_t i = 0; i < n; i++) {
		count_step(told, &list[i]);
		if (left_out(list, i, n)) {
			text_add(out, left_out(list, i - 1, n) ? "" : "       ..\n");
			continue;
		}
		session_goto_step(s, i + 1);
		text_printf(out, "%6zu  ", i + 1);
		story_step(s, list, i + 1, 0, out);
		text_addc(out, '\n');
	}
	session_whole(s);
}

static void tell(const struct tale *t, struct told *told, struct text *out)
{
	struct session s;
	struct text lines = {0};

	rig_open(&s, t->type, t->arch, true);
	text_printf(&lines, "go %s ; %s", t->release, t->lines);
	rig_run(&s, text_str(&lines));
	text_printf(out, "%s%s, Go %s %s: %s\n", out->len ? "\n" : "", t->type, t->release,
		s.given.target->name, t->lines);
	tell_story(&s, out);
	tell_steps(&s, told, out);
	text_free(&lines);
	session_close(&s);
}

static void none_is_left_out(const char *what, const unsigned *told, size_t from, size_t count)
{
	for (size_t i = from; i < count; i++)
		if (!told[i])
			fail_msg("no %s of number %zu is told", what, i);
}

static void test_every_step_is_told(void **state)
{
	struct told told = {0};
	struct text out = {0};

	(void)state;
	for (size_t i = 0; i < LENGTH(tales); i++)
		tell(&tales[i], &told, &out);
	assert_true(golden_equal(GOLDEN_PATH, text_str(&out), golden_wanted()));
	/* The classic map's own: slots are looked at one by one; a loop wraps. A file is opened. */
	told.kinds[EVENT_VISIT] = told.kinds[EVENT_WRAP] = told.kinds[EVENT_OPEN] = 1;
	none_is_left_out("event", told.kinds, 0, LENGTH(told.kinds));
	none_is_left_out("object", told.objects, 0, LENGTH(told.objects));
	none_is_left_out("choice of a table", told.choices, 0, LENGTH(told.choices));
	none_is_left_out("match", told.matches, 0, LENGTH(told.matches));
	text_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_step_is_told)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
