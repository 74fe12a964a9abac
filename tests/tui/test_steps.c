/* SPDX-License-Identifier: MIT */
/*
 * What is said of single steps: of every event, every reason for a bucket, every slot looked at.
 * The golden tells whole operations step by step; nothing that a step can be is left untold.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/map/classic/event.h"
#include "model/map/classic/object.h"
#include "tests/cli/program.h"
#include "tests/model/rig.h"
#include "tui/view/story.h"

#include <cmocka.h>

#define GOLDEN_PATH "tests/tui/goldens/steps.txt"

struct tale {
	const char *type;
	const char *lines; /* the last of them is told */
};

/* Strings of one length, longer than 32 bytes: alike at both ends, and not. */
#define LONG(c) "\"0123456789" c "123456789a123456789b12345678\""
#define OTHER "\"01234567890123456789a123456789b1234567_\""

static const struct tale tales[] = {
	/* Making, inserting, growing. */
	{"map[int]string", "make"},
	{"map[int]string", "make 100"},
	{"map[int]string", "make ; insert 1 \"a\""},
	{"map[int]int", "make 20 ; collide 1 8 ; collide 1 1"},
	{"map[int]int", "make 400 ; collide 1 8 ; collide 1 1"},
	{"map[int]int", "fill 8 ; insert 8"},
	{"map[int]int", "fill 13 ; insert 13"},
	{"map[int]int", "make 8 ; grow same"},
	{"map[[200]byte]int", "make ; fill 1"},
	{"map[int][200]byte", "make ; insert 1"},

	/* What is there, what was there. */
	{"map[int]int", "fill 20 ; insert 3 7"},
	{"map[string]int", "fill 20 ; insert \"key-3\" 7"},
	{"map[int]int", "fill 5 ; delete 3 ; delete 4"},
	{"map[int]int", "fill 20 ; delete 3 ; insert 3"},
	{"map[int]int", "fill 20 ; delete 777"},
	{"map[int]int", "make ; delete 777"},
	{"map[int]int", "fill 20 ; clear"},
	{"map[int]int", "make ; fill 28 ; fill 60 ; gc"},
	{"map[[200]byte]int", "fill 9 ; clear ; gc"},

	/* Looking up, on each path. */
	{"map[int]int", "make ; lookup 1"},
	{"map[int]int", "fill 5 ; lookup 1"},
	{"map[int]int", "fill 5 ; delete 1 ; lookup 1"},
	{"map[int]int", "fill 27 ; lookup 3"},
	{"map[int]int", "fill 27 ; lookup 1000"},
	{"map[uint8]int", "fill 100 ; lookup 7"},
	{"map[string]int", "fill 8 ; delete \"key-3\" ; lookup \"key-5\""},
	{"map[string]int", "insert \"a\" ; insert \"bcd\" ; delete \"a\" ; lookup \"x\""},
	{"map[string]int", "insert " LONG("x") " ; insert " LONG("y") " ; lookup " LONG("z")},
	{"map[string]int", "insert " LONG("x") " ; insert " LONG("y") " ; lookup " LONG("y")},
	{"map[string]int", "insert " LONG("x") " ; insert " OTHER " ; lookup " LONG("x")},
	{"map[string]int", "fill 20 ; delete \"key-3\" ; lookup \"key-3\""},
	{"map[string]int", "make 20 ; collide 1 10 ; lookup \"nothing\""},

	/* Ranges. */
	{"map[int]int", "make ; range all"},
	{"map[int]int", "fill 5 ; range 2 from 0 3"},
	{"map[int]int", "fill 9 ; range all from 1 6"},
	{"map[int]int", "fill 26 ; range 2 from 0 0 ; insert 26 ; next 2"},
	{"map[int]int", "fill 9 ; range 2 from 1 2 ; fill 15 ; next 3"},
	{"map[int]int", "fill 27 ; evacuate ; range 4 from 0 0"},
	{"map[float64]int", "insert NaN 1 ; insert NaN 2 ; range all from 0 0"},

	/* A new map of the same entries. */
	{"map[int]int", "go 1.22 ; fill 5 ; clone"},
	{"map[int]int", "fill 2 ; rebuild from 0 0"},
};

/* How often each of the things was told that a step can be. */
struct told {
	unsigned kinds[CLASSIC_KINDS], objects[OBJECT_KINDS], choices[CHOICE_TURN_MOVED + 1];
	unsigned seen[SEEN_KINDS];
};

static void count_step(struct told *told, const struct map_event *e, unsigned slots)
{
	told->kinds[e->kind]++;
	if (e->kind == EVENT_ALLOC)
		told->objects[e->alloc.object]++;
	if (e->kind == CLASSIC_BUCKET)
		told->choices[classic_of(e).bucket.why]++;
	if (e->kind == EVENT_VISIT && slots)
		told->seen[seen_kind(e->visit.seen[slots - 1])]++;
}

static void tell_step(struct session *s, size_t step, struct told *told, struct text *out)
{
	size_t n;
	const struct map_event *list = session_events(s, &n);
	unsigned slots;

	session_goto_step(s, step);
	n = s->shown.inside ? s->shown.events : n;
	slots = s->shown.inside ? s->shown.slots : list[n - 1].looked;
	count_step(told, &list[n - 1], slots);
	text_printf(out, "%4zu  ", step);
	story_step(s, list, n, slots, out);
	text_addc(out, '\n');
}

static void tell(struct session *s, const char *type, const char *lines, struct told *told,
	struct text *out)
{
	size_t all;

	session_step(s, &all);
	assert_true(all > 0);
	text_printf(out, "%s%s: %s\n", out->len ? "\n" : "", type, lines);
	for (size_t i = 1; i <= all; i++)
		tell_step(s, i, told, out);
	session_whole(s);
}

/* The map of a snapshot file: one step. */
static void tell_file(struct told *told, struct text *out)
{
	static const char *const args[] = {"-x", "json", "-n", "20", NULL};
	struct outcome o = program_run(&(struct program){.args = args});
	FILE *in = fmemopen(o.out, o.out_len, "r");
	struct session s;
	struct error err;

	assert_non_null(in);
	rig_open(&s, NULL, NULL, true);
	assert_true(session_open_stream(&s, in, "twenty.json", &err));
	tell(&s, "map[int]string", "open twenty.json", told, out);
	session_close(&s);
	fclose(in);
	outcome_free(&o);
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
	for (size_t i = 0; i < LENGTH(tales); i++) {
		struct session s;

		rig_open(&s, tales[i].type, NULL, true);
		rig_run(&s, tales[i].lines);
		tell(&s, tales[i].type, tales[i].lines, &told, &out);
		session_close(&s);
	}
	tell_file(&told, &out);
	assert_true(golden_equal(GOLDEN_PATH, text_str(&out), golden_wanted()));
	none_is_left_out("event", told.kinds, 0, LENGTH(told.kinds));
	none_is_left_out("object", told.objects, 0, LENGTH(told.objects));
	none_is_left_out("choice of a bucket", told.choices, 0, LENGTH(told.choices));
	none_is_left_out("slot seen", told.seen, SEEN_NOTHING + 1, LENGTH(told.seen));
	text_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_step_is_told)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
