/* SPDX-License-Identifier: MIT */
/* Maps out of core files: what is in them, their laws, all views, and how they go on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tests/live/cores.h"
#include "tui/page/views.h"

#include <cmocka.h>

/*
 * A map as a snapshot has all its entries, and takes what the list says of it; that of a classic
 * map is opened again.
 */
static void check_map(size_t i, json_t *m)
{
	const char *addr = string_of(m, "addr");
	struct outcome o = cores_map(i, addr);
	json_t *top, *snapshot;

	if (!string_of(m, "type") && json_array_size(json_object_get(m, "candidates")) != 1) {
		const char *first = json_string_value(json_array_get(json_object_get(m,
			"candidates"), 0));

		assert_int_equal(o.status, 1);
		assert_non_null(strstr(o.err, "is not known"));
		outcome_free(&o);
		o = program_run(&(struct program){
			.args = ARGS("-x", "json", "--core", cores.core[i], "--exe", cores.exe[i],
				"--map", addr, "-t", first) });
	}
	if (o.status != 0)
		fail_msg("%s: %s", string_of(m, "type"), o.err);
	top = json_loads(o.out, 0, NULL);
	assert_non_null(top);
	snapshot = json_array_get(json_object_get(top, "snapshots"), 0);
	assert_int_equal(count_keys(snapshot), json_integer_value(json_object_get(m, "entries")));
	assert_null(json_object_get(snapshot, "alloc_bytes"));
	if (string_of(m, "type"))
		assert_int_equal(json_integer_value(json_object_get(snapshot, "inuse_bytes")),
			json_integer_value(json_object_get(m, "bytes")));
	json_decref(top);
	outcome_free(&o);
}

static void test_each_map(void **state)
{
	(void)state;
	for (size_t i = 0; i < recordings_count; i++) {
		json_t *top = cores_list(i), *m;
		size_t k;

		json_array_foreach(json_object_get(top, "maps"), k, m)
			check_map(i, m);
		json_decref(top);
	}
}

/* What was in them, as the program put it there. */
static void test_contents(void **state)
{
	static const struct {
		const char *map, *holds[3];
	} rows[] = {
		{ "main.held", { "\"\\\"one\\\"\"", "two\\\\x1b[31m", "three" } },
		{ "main.cfg.byID", { "\"{19, -19, \\\"key-19\\\"}\"", "\"{0, 0, \\\"key-0\\\"}\"",
			"\"map[uint32]main.point\", \"types\": [\"type point struct { x int16; "
			"y int16; name string }\"]" } },
		{ "main.cfg.byName", { "\"one\\\"", "\"map[string]*main.rec\"", "\"type rec struct "
			"{ id int; tags map[string]bool; next *main.rec }\"" } },
		{ "main.names", { "\"x\\\"", "\"main.set[string]\"", "\"type set[string] "
			"map[string]struct {}\"" } },
		{ "main.bigs", { "\"map[main.big]main.big\"", "\"type big struct { a [20]int64 }\"",
			"\"{{1, 0, 0" } },
		{ "main.floats", { "\"0.5\"", "\"7\"", "\"nil\"" } },
		{ "main.users", { "\"9801\"", "key-99", "\"type\": \"map[string]int\"" } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct outcome o = cores_map(0, rows[i].map);
		char *path;

		assert_int_equal(o.status, 0);
		for (int k = 0; k < 3; k++)
			if (!strstr(o.out, rows[i].holds[k]))
				fail_msg("%s: %s is missing", rows[i].map, rows[i].holds[k]);
		path = scratch_write(&cores.folder, "map.json", o.out, o.out_len);
		outcome_free(&o);
		o = program_run(&(struct program){ .args = ARGS("-x", "text", path) });
		assert_int_equal(o.status, 0);
		outcome_free(&o);
		free(path);
	}
}

/* Its snapshot is of the type that the program has, and opens where nothing is known of that. */
static void check_elsewhere(size_t i, json_t *m)
{
	struct outcome o = cores_map(i, string_of(m, "addr"));
	json_t *top = json_loads(o.out, 0, NULL);
	const char *type = string_of(m, "type");
	char *path = scratch_write(&cores.folder, "map.json", o.out, o.out_len);

	assert_non_null(top);
	if (!strstr(type, "interface {}"))
		assert_string_equal(string_of(top, "type"), type);
	json_decref(top);
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("-x", "check", path) });
	if (o.status != 0 || !strstr(o.out, "all laws hold"))
		fail_msg("%s %s: %s%s", recordings[i].name, type, o.out, o.err);
	outcome_free(&o);
	free(path);
}

/* Every law holds of every map, with the hash key that the program had, found without symbols. */
static void test_laws(void **state)
{
	(void)state;
	for (size_t i = 0; i < recordings_count; i++) {
		json_t *top = cores_list(i), *m;
		size_t k;

		json_array_foreach(json_object_get(top, "maps"), k, m) {
			struct outcome o;

			if (!string_of(m, "type"))
				continue;
			o = cores_look(i, string_of(m, "addr"), "check", NULL, NULL);
			if (o.status != 0 || !strstr(o.out, "all laws hold"))
				fail_msg("%s %s: %s%s", recordings[i].name, string_of(m, "type"),
					o.out, o.err);
			outcome_free(&o);
			check_elsewhere(i, m);
			o = cores_look(i, string_of(m, "addr"), "json", NULL, NULL);
			if (json_integer_value(json_object_get(m, "entries")) >= 20 &&
				!strstr(o.out, "\"hashkey\""))
				fail_msg("%s %s: no hash key", recordings[i].name,
					string_of(m, "type"));
			outcome_free(&o);
		}
		json_decref(top);
	}
}

static void test_views(void **state)
{
	(void)state;
	for (unsigned v = 0; page_view_at(v); v++) {
		struct outcome o = cores_look(0, "main.users", "text", page_view_at(v)->name, NULL);

		if (o.status != 0 || !*o.out)
			fail_msg("%s: %s", page_view_at(v)->name, o.err);
		outcome_free(&o);
	}
}

/* The map goes on by the rules of its release; its title says that it does. */
static void test_goes_on(void **state)
{
	struct outcome o = cores_look(0, "main.users", "text", "map", "insert \"new\" 7\n");

	(void)state;
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "went on from "));
	outcome_free(&o);
	o = cores_look(0, "main.users", "summary", NULL, "insert \"new\" 7\ninsert \"key-1\" 0\n");
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "\ncount: 101\n"));
	outcome_free(&o);
	/* At its own address, and with a second look as a point of time. */
	o = cores_look(0, "main.users", "text", "header", "capture\ndelete \"key-1\"\nundo 2\n");
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "0xc0000"));
	outcome_free(&o);
	o = cores_look(0, "main.users", "json", NULL, "capture\n");
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "\"title\": \"main.users, capture 2\""));
	assert_null(strstr(o.out, "\"title\": \"end\""));
	outcome_free(&o);
	/* What was captured stays what it was, wherever one goes from there. */
	o = cores_look(0, "main.users", "json", NULL, "delete \"key-1\"\ncapture\nundo 2\n");
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "\"title\": \"main.users\", \"count\": 100,"));
	assert_non_null(strstr(o.out, "\"title\": \"main.users, capture 2\""));
	outcome_free(&o);
}

/* Its entries under another release: its own map there, which says that it is nobody's. */
static void check_anew(const char *const *args, const char *of)
{
	struct outcome o = program_run(&(struct program){ .args = args });

	if (o.status != 0)
		fail_msg("%s", o.err);
	if (!strstr(o.out, "laid anew: ") || !strstr(o.out, of) || !strstr(o.out, "Go 1.27"))
		fail_msg("%s", o.out);
	assert_non_null(strstr(o.out, "100 entries in "));
	outcome_free(&o);
}

/* What its keys have in common; of a redacted one that is not told. */
static void test_patterns(void **state)
{
	struct outcome o = cores_look(0, "main.users", "text", "patterns", NULL);

	(void)state;
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "        100 100% key-*\n"));
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("--core", cores.core[0], "--exe",
		cores.exe[0], "--map", "main.users", "-x", "patterns", "--redact") });
	assert_int_equal(o.status, 0);
	assert_null(strstr(o.out, "key-"));
	outcome_free(&o);
}

static void test_anew(void **state)
{
	struct outcome o = cores_map(0, "main.users");
	char *path = scratch_write(&cores.folder, "map.json", o.out, o.out_len);

	(void)state;
	outcome_free(&o);
	check_anew(ARGS("--core", cores.core[0], "--exe", cores.exe[0], "--map", "main.users",
			   "--as-go", "1.27", "-x", "text", "--view", "shape", "--width", "160"),
		"main.users");
	check_anew(ARGS("--as-go", "1.27", "-x", "text", "--view", "shape", "--width", "160", path),
		"map.json");
	/* What it holds comes along. */
	o = program_run(&(struct program){ .args = ARGS("--as-go", "1.27", "-x", "json", path) });
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "\"go\": \"go1.27\""));
	assert_non_null(strstr(o.out, "\"9801\""));
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("--as-go", "9.9", "-x", "json", path) });
	assert_int_not_equal(o.status, 0);
	assert_string_equal(o.out, "");
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("--as-go", "1.27", "-x", "json") });
	assert_int_equal(o.status, 2);
	assert_non_null(
		strstr(o.err, "--as-go needs --pid N, --core FILE, or a file of snapshots"));
	outcome_free(&o);
	free(path);
}

static void test_no_such_map(void **state)
{
	struct outcome o = cores_map(0, "main.nothing");

	(void)state;
	assert_int_equal(o.status, 1);
	assert_non_null(strstr(o.err, "no map with memory is called main.nothing"));
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("-x", "json", "--map", "main.users") });
	assert_int_equal(o.status, 2);
	outcome_free(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_map),
		cmocka_unit_test(test_contents),
		cmocka_unit_test(test_laws),
		cmocka_unit_test(test_views),
		cmocka_unit_test(test_goes_on),
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_anew),
		cmocka_unit_test(test_no_such_map),
	};

	return cmocka_run_group_tests(tests, cores_unpack, cores_forget);
}
