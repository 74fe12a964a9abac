/* SPDX-License-Identifier: MIT */
/* The list of all entries: its order for every kind of key, its filter, its steps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "tests/model/rig.h"
#include "tui/view/entries.h"

#include <cmocka.h>

/* The keys of the list, a blank between. */
static char *keys_of(const struct entries *e)
{
	const struct map *m = &e->session->world.map;
	struct text keys = { 0 };

	for (size_t i = 0; i < e->count; i++) {
		struct place at = entries_place(e, i);

		text_add(&keys, i ? " " : "");
		value_format(m->heap, m->type->key, map_key(m, at.addr, at.slot), &keys, 0);
	}
	return keys.s ? keys.s : xstrdup("");
}

static void check_order(
	const char *type, const char *lines, const char *filter, const char *expected)
{
	struct entries e = { 0 };
	struct session s;
	char *keys;

	rig_open(&s, type, "amd64", true);
	rig_run(&s, lines);
	entries_make(&e, &s, filter);
	keys = keys_of(&e);
	assert_string_equal(keys, expected);
	free(keys);
	entries_free(&e);
	session_close(&s);
}

static void every_kind_has_its_order(void **state)
{
	(void)state;
	check_order("map[int]int", "insert 10\ninsert 9\ninsert -1\ninsert -200\ninsert 0", "",
		"-200 -1 0 9 10");
	check_order("map[int8]int", "insert 100\ninsert -128\ninsert 3", "", "-128 3 100");
	check_order("map[uint8]int", "insert 200\ninsert 30", "", "30 200");
	check_order("map[bool]int", "insert true\ninsert false", "", "false true");
	check_order("map[float32]int",
		"insert 1.5\ninsert -2\ninsert -3.5\ninsert +Inf\ninsert 0.25", "",
		"-3.5 -2 0.25 1.5 +Inf");
	check_order("map[string]int",
		"insert \"a common beginning, b\"\ninsert \"a common beginning, a\"\ninsert \"\"\n"
		"insert \"a common beginning\"\ninsert \"b\"\ninsert \"a common beginning, aa\"",
		"",
		"\"\" \"a common beginning\" \"a common beginning, a\" \"a common beginning, aa\" "
		"\"a common beginning, b\" \"b\"");
	check_order("map[any]int", "insert 10\ninsert 9\ninsert \"x\"\ninsert \"w\"", "",
		"\"w\" \"x\" 9 10");
	check_order("map[[2]int]int", "insert {2, 1}\ninsert {1, 2}\ninsert {1, 1}", "",
		"{1, 1} {1, 2} {2, 1}");
}

static void a_filter_looks_at_keys_and_elems(void **state)
{
	static const char
		lines[] = "insert 12 \"a\"\ninsert 7 \"b12\"\ninsert 3 \"c\"\ninsert 112 \"d\"";

	(void)state;
	check_order("map[int]string", lines, "12", "7 12 112");
	check_order("map[int]string", lines, "\"c", "3");
	check_order("map[int]string", lines, "nobody", "");
}

/* Many rows, by many steps; in the midst of a growth both arrays have some. */
static void all_come_by_steps(void **state)
{
	struct entries e = { 0 };
	struct session s;
	char *keys;
	int steps = 1;

	(void)state;
	rig_open(&s, "map[int]string", "amd64", true);
	rig_run(&s, "fill 27\ninsert 3000..3999");
	rig_run(&s, "grow");
	entries_begin(&e, &s, "");
	while (entries_work(&e, 7)) {
		assert_false(e.done);
		steps++;
	}
	assert_true(steps > 20);
	assert_int_equal(e.count, map_get(&s.world.map, HMAP_COUNT));
	assert_int_equal(e.total, e.count);
	keys = keys_of(&e);
	assert_int_equal(strncmp(keys, "0 1 2 3 4 5 6 7 8 9 10 11 ", 26), 0);
	for (size_t i = 1; i < e.count; i++)
		assert_true(e.rows[i - 1].order < e.rows[i].order);
	free(keys);
	entries_free(&e);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_has_its_order),
		cmocka_unit_test(a_filter_looks_at_keys_and_elems),
		cmocka_unit_test(all_come_by_steps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
