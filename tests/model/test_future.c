/* SPDX-License-Identifier: MIT */
/* What follows the past: a new future, and what costs none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "model/base/mem.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static void a_new_future(void **state)
{
	struct session s, fresh;
	struct text want = { 0 };

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_open(&fresh, NULL, NULL, true);
	rig_run(&s, "fill 10 ; insert 100 \"a\" ; insert 200 \"b\"");
	assert_int_equal(s.time.total, 13);
	rig_run(&s, "undo 8"); /* in the middle of the fill, which is cut */
	assert_int_equal(s.time.now, 5);
	assert_int_equal(s.time.total, 13);
	rig_run(&s, "insert 300 \"c\"");
	assert_true(s.run.forgot_future);
	assert_int_equal(s.time.total, 6);
	assert_int_equal(s.time.nentries, 2);
	assert_true(s.time.entries[0].cut);
	assert_int_equal(s.time.entries[0].steps, 5);
	rig_run(&fresh, "fill 4 ; insert 300 \"c\"");
	rig_state(&fresh, &want);
	rig_same_state(&s, text_str(&want), "new future");
	/* The cut fill stays cut when it is run again. */
	rig_run(&s, "arch 386 ; arch amd64");
	assert_int_equal(s.time.total, 6);
	rig_same_state(&s, text_str(&want), "new future, run again");
	rig_run(&s, "insert 1 \"x\"");
	assert_false(s.run.forgot_future);
	text_free(&want);
	session_close(&s);
	session_close(&fresh);
}

/* A new future that begins with what changes no memory does not end as the old one did. */
static void a_new_future_of_nothing(void **state)
{
	struct text want = { 0 };
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 10 ; undo 4");
	rig_state(&s, &want);
	rig_run(&s, "delete 77 ; undo ; redo");
	rig_same_state(&s, text_str(&want), "after a delete of nothing");
	rig_run(&s, "delete 78 ; delete 79 ; undo 3 ; redo 3");
	rig_same_state(&s, text_str(&want), "after two more");
	text_free(&want);
	session_close(&s);
}

/* In the past, what changes nothing and what fails leaves the future alone. */
static void mistakes_cost_no_future(void **state)
{
	static const char *const harmless[] = { "lookup 3", "lookup 0..9", "lookup 777", "snapshot",
		"snapshot \"x\"", "map map[int]string", "", "# nothing" };
	static const char *const wrong[][2] = {
		{ "insert x", "insert: key x is no int: it is written as 42 or 0x2a" },
		{ "insert 1 2", "insert: elem 2 is no string: it is written as \"text\"" },
		{ "insert 5..1", "insert: 5..1 runs backwards" },
		{ "insret 1", "unknown command \"insret\"; did you mean \"insert\"?" },
		{ "delete", "delete: a key is missing: delete KEY, A..B or @FILE" },
		{ "delete \"1\"", "delete: key \"1\" is no int: it is written as 42 or 0x2a" },
		{ "map int", "map: type int is no map: it is written as map[KEY]ELEM" },
		{ "seed x", "seed: \"x\" is no number" },
		{ "collide 99", "collide: there is no bucket 99: the map has 2" },
		{ "evacuate", "evacuate: no growth is under way" },
		{ "clear it", "clear: \"it\" is too much: clear" },
		{ "fill 0x8000000000000000", "fill: 0x8000000000000000 is too large: "
			"9223372036854775807 at most" },
	};
	struct session s;
	struct text end = { 0 };

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 20 ; lookup 3");
	rig_state(&s, &end);
	rig_goto(&s, 12);
	for (size_t i = 0; i < LENGTH(harmless); i++) {
		rig_run(&s, harmless[i]);
		if (s.time.total != 21 || s.time.now != 12)
			fail_msg("\"%s\" cost the future", harmless[i]);
	}
	for (size_t i = 0; i < LENGTH(wrong); i++)
		rig_fails(&s, wrong[i][0], wrong[i][1]);
	rig_goto(&s, 21);
	rig_same_state(&s, text_str(&end), "back at the end");
	text_free(&end);
	session_close(&s);
}

/* What fails in the course of its steps costs no future either, nor do the steps before stay. */
static void failures_cost_no_future(void **state)
{
	static const struct {
		const char *type, *arch, *lines, *line, *message;
		uint64_t back;
	} rows[] = {
		{ NULL, NULL, "fill 20", "make 100000000000", NULL, 9 }, /* 3 TiB */
		{ "map[bool]int", NULL, "fill 2 ; delete 0..1", "grow",
			"grow: no keys of type bool are left", 2 },
		{ "map[uint8]int", NULL, "fill 200 ; clear", "collide 0 300",
			"collide: no more keys of type uint8 were found for that bucket", 190 },
		{ "map[uint8]int", NULL, "fill 60 ; lookup 1 ; caption \"end\" ; delete 0..9",
			"grow same", "grow: no keys of type uint8 are left", 40 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct text then = { 0 }, end = { 0 };
		struct session s;
		struct error err;
		uint64_t total, entries, captions;

		rig_open(&s, rows[i].type, rows[i].arch, true);
		rig_run(&s, rows[i].lines);
		rig_state(&s, &end);
		total = s.time.total;
		entries = s.time.nentries;
		captions = s.time.ncaptions;
		rig_goto(&s, rows[i].back);
		rig_state(&s, &then);
		if (rows[i].message)
			rig_fails(&s, rows[i].line, rows[i].message);
		else
			assert_false(session_run(&s, rows[i].line, &err).ok);
		assert_int_equal(s.time.now, rows[i].back);
		assert_int_equal(s.time.total, total);
		assert_int_equal(s.time.nentries, entries);
		assert_int_equal(s.time.ncaptions, captions);
		assert_false(s.run.forgot_future);
		rig_same_state(&s, text_str(&then), "after the failure");
		rig_goto(&s, total);
		rig_same_state(&s, text_str(&end), "the future");
		text_free(&then);
		text_free(&end);
		session_close(&s);
	}
}

static bool export_nothing(struct session *s, const char *args, struct error *err)
{
	(void)s, (void)args, (void)err;
	return true;
}

/* Before a map was made there is none to be looked at, and none is made for that. */
static void looking_makes_no_future(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	s.hooks.export = export_nothing;
	rig_run(&s, "fill 9");
	rig_goto(&s, 0);
	rig_run(&s, "lookup 1 ; lookup 0..9");
	rig_fails(&s, "export text",
		"export: there is no map at op 0: redo leads to where one is made");
	rig_fails(&s, "snapshot",
		"snapshot: there is no map at op 0: redo leads to where one is made");
	assert_int_equal(s.time.total, 10);
	assert_int_equal(s.time.now, 0);
	session_close(&s);
}

static void expect_remarks(const struct session *s, const uint64_t *points, size_t count)
{
	assert_int_equal(s->time.nsnapshots, count);
	for (size_t i = 0; i < count; i++) {
		char title[24];
		bool found = false;

		snprintf(title, sizeof title, "%zu", i);
		for (size_t k = 0; k < count; k++)
			if (strcmp(s->time.snapshots[k].title, title) == 0) {
				assert_int_equal(s->time.snapshots[k].point, points[i]);
				found = true;
			}
		assert_true(found);
	}
}

/* Snapshots and captions of the past are there still when all is run again. */
static void remarks_survive(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	s.desk.keep_json = true;
	rig_run(&s, "fill 20 ; snapshot \"0\" ; grow same ; insert 1000 ; insert 1001");
	rig_goto(&s, 7);
	rig_run(&s, "snapshot \"1\" ; caption \"seven\"");
	rig_goto(&s, s.time.total -
		2); /* the end of `grow same`, which takes other steps elsewhere */
	rig_run(&s, "snapshot \"2\" ; caption \"grown\"");
	rig_goto(&s, 0);
	rig_run(&s, "caption \"nothing yet\" ; redo 99999");
	expect_remarks(&s, (uint64_t[]){ 21, 7, s.time.total - 2 }, 3);
	for (int i = 0; i < 2; i++) {
		rig_run(&s, i ? "arch amd64" : "arch 386");
		expect_remarks(&s, (uint64_t[]){ 21, 7, s.time.total - 2 }, 3);
		assert_int_equal(s.time.ncaptions, 3);
		assert_int_equal(s.time.captions[0].point, 0);
		assert_int_equal(s.time.captions[1].point, 7);
		assert_string_equal(s.time.captions[1].text, "seven");
		assert_int_equal(s.time.captions[2].point, s.time.total - 2);
		assert_non_null(s.time.snapshots[2].kept);
	}
	/* A new future before them takes them along; what lies before it stays. */
	rig_goto(&s, 10);
	rig_run(&s, "insert 5000 ; arch 386");
	assert_int_equal(s.time.nsnapshots, 1);
	assert_int_equal(s.time.snapshots[0].point, 7);
	assert_int_equal(s.time.ncaptions, 2);
	session_close(&s);
}

/* A map is not made for a command that fails. */
static void mistakes_make_no_map(void **state)
{
	static const char *const wrong[][2] = {
		{ "insert x", "insert: key x is no int: it is written as 42 or 0x2a" },
		{ "delete x", "delete: key x is no int: it is written as 42 or 0x2a" },
		{ "lookup x", "lookup: key x is no int: it is written as 42 or 0x2a" },
		{ "insert 1 \"a\" 2", "insert: \"2\" is too much: insert KEY [ELEM]" },
		{ "insert 2..1", "insert: 2..1 runs backwards" },
		{ "delete 2..1", "delete: 2..1 runs backwards" },
		{ "collide 1", "collide: there is no bucket 1: the map has 1" },
		{ "evacuate", "evacuate: no growth is under way" },
		{ "range x", "range: \"x\" is no number" },
		{ "range 0", "range: 0 entries are none: 1 at least, or all" },
		{ "range from 1 0", "range: there is no bucket 1: the map has 1" },
		{ "range from 0 8", "range: there is no slot 8: a bucket has 0 to 7" },
		{ "range from 0", "range: from BUCKET SLOT: a number is missing" },
		{ "range all 1", "range: \"1\" is too much: range [N|all] [from BUCKET SLOT]" },
		{ "next", "next: no range loop is under way: range N begins one" },
	};
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	for (size_t i = 0; i < LENGTH(wrong); i++)
		rig_fails(&s, wrong[i][0], wrong[i][1]);
	assert_int_equal(s.world.map.header, 0);
	session_close(&s);
}

/* A step that failed half way is gone for good. */
static void what_failed_does_not_come_back(void **state)
{
	struct session s;
	struct text want = { 0 };

	(void)state;
	rig_open(&s, "map[string]string", NULL, true);
	rig_run(&s, "insert \"a\" \"b\"");
	rig_state(&s, &want);
	rig_fails(&s, "insert \"new\" 5", "insert: elem 5 is no string: it is written as \"text\"");
	rig_run(&s, "undo ; redo");
	rig_same_state(&s, text_str(&want), "redone after a mistake");
	rig_fails(&s, "delete 5", "delete: key 5 is no string: it is written as \"text\"");
	rig_run(&s, "undo 2 ; redo 2");
	rig_same_state(&s, text_str(&want), "redone after another");
	text_free(&want);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_future),
		cmocka_unit_test(a_new_future_of_nothing),
		cmocka_unit_test(mistakes_cost_no_future),
		cmocka_unit_test(failures_cost_no_future),
		cmocka_unit_test(looking_makes_no_future),
		cmocka_unit_test(remarks_survive),
		cmocka_unit_test(mistakes_make_no_map),
		cmocka_unit_test(what_failed_does_not_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
