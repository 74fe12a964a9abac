/* SPDX-License-Identifier: MIT */
/* What is made of the list of a program's maps: gates, sums; by recorded core files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/live/rollup.h"
#include "tests/live/cores.h"
#include "tui/maps/maps.h"

#include <cmocka.h>

/* One gate: it holds, or lines say for which maps it does not. */
static void check_gate(size_t i, const char *gate, const char *says)
{
	struct outcome o = program_run(&(struct program){
		.args = ARGS("--core", cores.core[i], "--exe", cores.exe[i], "--expect", gate) });

	assert_string_equal(o.out, "");
	if (o.status != (says != NULL) || (says ? !strstr(o.err, says) : *o.err))
		fail_msg("%s: %d, %s", gate, o.status, o.err);
	outcome_free(&o);
}

static void test_gates(void **state)
{
	(void)state;
	check_gate(0, "dead < 3%", NULL);
	check_gate(0, "main.users entries = 100", NULL);
	check_gate(0, "main.users entries < 100",
		": main.users: entries < 100 does not hold: entries 100\n");
	check_gate(0, "main.shards[*].m entries < 30",
		": main.shards[2].m: entries < 30 does not hold: entries 36\n");
	check_gate(0, "main.nested[\"in\"] entries = 1", NULL);
	check_gate(0, "saves < 60% or bytes < 1k", ": main.emptied: saves < 60% or bytes < 1k does "
		"not hold: saves 99.2%, bytes ");
	check_gate(0, "all maps = 23 and entries > 3k", NULL);
	check_gate(0, "all maps < 23", ": all maps: maps < 23 does not hold: maps 23\n");
	/* What is nil or has no memory has no entries; what is not there is no map. */
	check_gate(0, "main.nilmap entries < 1", NULL);
	check_gate(0, "main.none entries = 0 and bytes = 0", NULL);
	check_gate(
		0, "main.none entries > 0", ": main.none: entries > 0 does not hold: entries 0\n");
	check_gate(0, "main.nothing entries < 1", ": main.nothing: no map is called so\n");
	check_gate(0, "main.nilmap.x entries < 1", ": main.nilmap.x: no map is called so\n");
	check_gate(0, "main.zip[*] entries < 1", ": main.zip[*]: no map is called so\n");
	/* Without names there are addresses, and types that are told by the memory alone. */
	check_gate(2, "0x17b7abfdccc0 entries = 100", NULL);
	check_gate(2, "saves < 60%", ": 0x17b7abfdcff0: saves < 60% does not hold: saves 99.2%\n");
}

/* Its figures of a map are those of the list, though they come from its slots one by one. */
static void test_gates_of_one(void **state)
{
	json_t *top, *maps, *m;
	size_t i, alike = 0;

	(void)state;
	top = cores_list(2);
	maps = json_object_get(top, "maps");
	json_array_foreach(maps, i, m) {
		const char *gate = "dead < 0 or free < 0 or unused < 0 or slots < 0";
		struct outcome one, all;
		char *named;

		if (!json_is_string(json_object_get(m, "type")) &&
			json_array_size(json_object_get(m, "candidates")) != 1)
			continue;
		named = xasprintf("%s %s", string_of(m, "addr"), gate);
		one = program_run(&(struct program){ .args = ARGS("--core", cores.core[2], "--exe",
			cores.exe[2], "--map", string_of(m, "addr"), "--expect", gate) });
		all = program_run(&(struct program){ .args = ARGS("--core", cores.core[2], "--exe",
			cores.exe[2], "--expect", named) });
		assert_int_equal(one.status, 1);
		assert_non_null(strstr(one.err, "does not hold: "));
		assert_non_null(strstr(all.err, "does not hold: "));
		assert_string_equal(strstr(one.err, "does not hold"),
			strstr(all.err, "does not hold"));
		alike++;
		free(named);
		outcome_free(&one);
		outcome_free(&all);
	}
	assert_true(alike >= 5);
	json_decref(top);
}

/* Each that fails has its line; what is written comes all the same. */
static void test_gates_and_lists(void **state)
{
	struct outcome o = program_run(&(struct program){
		.args = ARGS("--core", cores.core[0], "--exe", cores.exe[0], "-x", "json",
			"--expect", "bytes > 0", "--expect", "main.users bytes < 1", "--expect",
			"main.large bytes < 1") });
	char *first = strchr(o.err, '\n');

	(void)state;
	assert_int_equal(o.status, 1);
	assert_non_null(strstr(o.out, "hmapview-maps/1"));
	assert_non_null(strstr(o.err, "main.users: bytes < 1 does not"));
	assert_non_null(first);
	assert_non_null(strstr(first, "main.large: bytes < 1 does not"));
	assert_ptr_equal(strchr(first + 1, '\n'), o.err + strlen(o.err) - 1);
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("--core", cores.core[0], "--exe",
		cores.exe[0], "--map",
		"main.users", "--expect", "main.users entries < 100", "--expect", "bytes > 1k") });
	assert_int_equal(o.status, 1);
	assert_string_equal(
		o.err, "hmapview: main.users: entries < 100 does not hold: entries 100\n");
	outcome_free(&o);
}

static json_t *json_of(size_t i, const char *by)
{
	struct outcome o = program_run(
		&(struct program){ .args = ARGS("--core", cores.core[i], "--exe", cores.exe[i],
					   "-x", "json", "--by", by) });
	json_t *top = json_loads(o.out, 0, NULL);

	if (o.status != 0 || !top)
		fail_msg("%s: %s", by, o.err);
	outcome_free(&o);
	return top;
}

static json_int_t number(json_t *of, const char *name)
{
	return json_integer_value(json_object_get(of, name));
}

/* Taken together they are what the list is, but for the headers of maps that were never filled. */
static void check_sums(size_t i, const char *by)
{
	static const char *const fields[] = { "entries", "bytes", "free_bytes", "dead_bytes" };
	json_t *top = json_of(i, "map"), *rolled = json_of(i, by), *m;
	json_int_t sums[4] = { 0 }, maps = 0;
	size_t k;

	assert_string_equal(json_string_value(json_object_get(rolled, "by")), by);
	json_array_foreach(json_object_get(rolled, "groups"), k, m) {
		for (int f = 0; f < 4; f++)
			sums[f] += number(m, fields[f]);
		maps += number(m, "maps");
		sums[1] -= number(m, "never") * (strstr(recordings[i].arch, "386") ? 32 : 48);
	}
	for (int list = 0; list < 2; list++)
		json_array_foreach(json_object_get(top, list ? "tries" : "maps"), k, m)
			for (int f = 0; f < 4; f++)
				sums[f] -= number(m, fields[f]);
	for (int f = 0; f < 4; f++)
		assert_int_equal(sums[f], 0);
	assert_int_equal(maps, json_array_size(json_object_get(top, "maps")) +
		json_array_size(json_object_get(top, "tries")));
	json_decref(top);
	json_decref(rolled);
}

static json_t *group(json_t *top, const char *field, const char *is)
{
	json_t *m;
	size_t k;

	json_array_foreach(json_object_get(top, "groups"), k, m) {
		const char *value = json_string_value(json_object_get(m, field));

		if (value && strcmp(value, is) == 0)
			return m;
	}
	fail_msg("%s is missing", is);
	return NULL;
}

static void test_rollup(void **state)
{
	json_t *top, *g;

	(void)state;
	for (size_t i = 0; i < recordings_count; i++) {
		check_sums(i, "type");
		check_sums(i, "path");
	}
	top = json_of(0, "path");
	g = group(top, "path", "main.shards[*].m");
	assert_int_equal(number(g, "maps"), 3);
	assert_int_equal(number(g, "entries"), 12 + 24 + 36);
	g = group(top, "path", "main.none");
	assert_int_equal(number(g, "maps"), 0);
	assert_int_equal(number(g, "never"), 1);
	g = group(top, "path", "main.nested[*]");
	assert_int_equal(number(g, "entries"), 1);
	g = group(top, "path", "main.emptied");
	assert_int_equal(number(g, "vacant"), 1);
	assert_string_equal(json_string_value(json_object_get(g, "verdict")),
		"a rebuild of it gives back 49 kB");
	json_decref(top);
	top = json_of(0, "type");
	g = group(top, "type", "map[int]int");
	assert_int_equal(number(g, "maps"), 3);
	assert_int_equal(number(g, "never"), 1);
	assert_true(json_is_null(json_object_get(g, "path")));
	json_decref(top);
}

static void test_rollup_for_people(void **state)
{
	struct outcome o = program_run(
		&(struct program){ .args = ARGS("--core", cores.core[0], "--exe", cores.exe[0],
					   "-x", "text", "--by", "path", "--width", "100") });

	(void)state;
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out,
		"  2,184       3         72  64%      0  main.shards[*].m           "
		"map[int]int\n"));
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("--core", cores.core[0], "--exe",
		cores.exe[0], "-x",
		"markdown", "--by", "type") });
	assert_non_null(strstr(o.out, "| bytes | maps | entries | full | never filled | type |"));
	outcome_free(&o);
}

/* What thousands of maps come to, which no core that is small enough has. */
static void test_verdicts(void **state)
{
	enum { MANY = 5000 };
	struct census c = { 0 };
	struct rollup r;

	(void)state;
	for (int i = 0; i < MANY; i++) {
		struct census_map m = { .head = { .entries = 3, .slots = 8 }, .bytes = 256,
			.type_name = xstrdup("map[string]string"),
			.name = xasprintf("main.pod[%d].labels[\"a]b\"]", i) };

		c.list = xroom(c.list, &c.cap, c.count, sizeof *c.list);
		c.list[c.count++] = m;
		c.unfilled = xroom(c.unfilled, &c.unfilled_cap, c.nunfilled, sizeof *c.unfilled);
		c.unfilled[c.nunfilled++] = (struct census_unfilled){ .bytes = 48,
			.type_name = xstrdup("map[int]int"), .name = xasprintf("main.x[%d]", i) };
	}
	rollup_make(&r, &c, ROLLUP_PATH);
	assert_int_equal(r.count, 2);
	assert_string_equal(r.list[0].path, "main.pod[*].labels[*]");
	assert_int_equal(r.list[0].maps, MANY);
	assert_int_equal(r.list[0].entries, 3 * MANY);
	assert_string_equal(r.list[0].verdict,
		"small ones, of 3.0 entries on the average: 85 bytes for each entry");
	assert_string_equal(r.list[1].path, "main.x[*]");
	assert_int_equal(r.list[1].bytes, 48 * MANY);
	assert_string_equal(r.list[1].verdict, "5,000 of 5,000 were never filled");
	rollup_free(&r);
	census_free(&c);
}

/* Every line is a sample or a comment; families stand together, series differ, the end is there. */
static void test_metrics(void **state)
{
	struct outcome o = program_run(
		&(struct program){ .args = ARGS("--core", cores.core[0], "--exe", cores.exe[0],
					   "-x", "openmetrics") });
	char family[64] = "", name[64], *line, *rest = o.out;
	size_t samples = 0;

	(void)state;
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "# UNIT hmapview_map_bytes bytes\n"));
	assert_non_null(strstr(o.out, "hmapview_map_entries{pid=\"\",exe=\"go1.22.exe\","
		"map=\"main.shards[*].m\",type=\"map[int]int\"} 72\n"));
	assert_string_equal(o.out + o.out_len - 6, "# EOF\n");
	while ((line = strsep(&rest, "\n")) && *line) {
		if (sscanf(line, "# TYPE %63s", name) == 1)
			strcpy(family, name);
		if (*line == '#')
			continue;
		samples++;
		assert_int_equal(strcspn(line, "{"), strlen(family));
		assert_memory_equal(line, family, strlen(family));
	}
	assert_true(samples > 100);
	outcome_free(&o);
}

/* No more series than that, and labels that are short and harmless. */
static void test_metrics_bounds(void **state)
{
	static const char dirty[] = "main.m[\"a\\b\x1b[31m\xff\n\"].x";
	struct census c = { .whole = true };
	struct live l = { .program = { .name = (char *)"/bin/x\"y", .version = (char *)"go1.26" },
		.image = { .name = (char *)"process 7" }, .pid = 7 };
	struct maps_pages all = { 0 };
	struct text text = { 0 };
	FILE *out = text_stream(&text);
	struct error err;
	size_t lines = 0;

	(void)state;
	l.program.target = target_find("amd64", &err);
	for (int i = 0; i < 500; i++) {
		struct census_map m = { .bytes = 1000,
			.name = i ? xasprintf("main.%0200d%d", 0, i) : xstrdup(dirty),
			.type_name = xstrdup("map[int]int") };

		m.bytes += i == 0;
		c.list = xroom(c.list, &c.cap, c.count, sizeof *c.list);
		c.list[c.count++] = m;
	}
	maps_pages_add(&all, &l, &c, ROLLUP_NONE, NULL);
	maps_format_find("openmetrics", &err)->write(&all, 80, out);
	fclose(out);
	assert_non_null(strstr(text.s, "hmapview_map_bytes{pid=\"7\",exe=\"x\\\"y\",map="
		"\"main.m[*].x\",type=\"map[int]int\"} 1001\n"));
	assert_non_null(strstr(text.s, "map=\"(others)\",type=\"\"} 400000\n"));
	for (const char *at = text.s; *at; at += strcspn(at, "\n") + 1) {
		assert_true(strcspn(at, "\n") < 300);
		lines += *at != '#';
		/* Cut labels differ all the same. */
		if (*at != '#')
			assert_ptr_equal(strstr(text.s, at), at);
	}
	assert_int_equal(lines, 8 * 101 + 2);
	text_free(&text);
	maps_pages_free(&all);
}

/* What a core file tells: the heap, and what of it is maps. */
static void test_balance(void **state)
{
	(void)state;
	for (size_t i = 0; i < recordings_count; i++) {
		json_t *top = json_of(i, "map"), *b = json_object_get(top, "memory"), *m;
		json_int_t maps = 0, rebuilds = 0;
		size_t k;

		json_array_foreach(json_object_get(top, "maps"), k, m) {
			maps += number(m, "bytes");
			rebuilds += !json_is_null(json_object_get(m, "verdict"));
		}
		json_array_foreach(json_object_get(top, "tries"), k, m)
			maps += number(m, "bytes");
		assert_true(json_is_null(json_object_get(b, "rss")));
		assert_true(json_is_null(json_object_get(b, "heap_idle")));
		assert_in_range(number(b, "maps"), maps, maps + 4 * 48);
		assert_in_range(number(b, "behind_maps"), recordings[i].named ? 1000 : 0, 100000);
		assert_true(number(b, "heap_live") > number(b, "maps") + number(b, "behind_maps"));
		assert_true(number(b, "heap_dead") > 0 && number(b, "stacks") > 0);
		assert_int_equal(number(b, "rebuilds"), rebuilds);
		json_decref(top);
	}
	check_gate(0, "all live > 160k", NULL);
	check_gate(0, "all rss < 1G", "all maps: rss < 1G cannot be told: rss not known\n");
}

static json_t *lint_of(const char *exe, const char *release)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("--lint", "--exe", exe, "-x",
		"json", release ? "--go" : NULL, release) });
	json_t *top = json_loads(o.out, 0, NULL);

	if (o.status != 0 || !top)
		fail_msg("%s: %s", exe, o.err);
	outcome_free(&o);
	return top;
}

static json_t *type_of(json_t *top, const char *name)
{
	json_t *t;
	size_t i;

	json_array_foreach(json_object_get(top, "types"), i, t)
		if (strcmp(json_string_value(json_object_get(t, "type")), name) == 0)
			return t;
	fail_msg("%s is missing", name);
	return NULL;
}

/* All types that the program told of are there, also where the file has to be relocated. */
static void test_lint_types(void **state)
{
	(void)state;
	for (size_t i = 0; i < recordings_count; i++) {
		json_t *top = lint_of(cores.exe[i], NULL);
		size_t count;
		struct told *told = recorded_told(&recordings[i], &count);

		assert_string_equal(
			json_string_value(json_object_get(top, "go")), recordings[i].go);
		for (size_t k = 0; k < count; k++)
			assert_true(number(type_of(top, told[k].type), "unit") >= 8);
		free(told);
		json_decref(top);
	}
}

/* What a slot takes under the program's release, and another. */
static void test_lint_figures(void **state)
{
	json_t *top = lint_of(cores.exe[0], NULL), *t = type_of(top, "map[uint32]main.point");

	(void)state;
	assert_int_equal(number(t, "key"), 4);
	assert_int_equal(number(t, "elem"), 24);
	assert_int_equal(number(t, "unit"), 8 + 8 * 4 + 8 * 24 + 8);
	assert_int_equal(number(t, "padding"), 4);
	t = type_of(top, "map[main.big]main.big");
	assert_string_equal(json_string_value(json_object_get(t, "says")),
		"a key of 160 bytes lies "
		"apart, an object each: with 32 less it does not; an elem of 160 bytes lies apart, "
		"an "
		"object each: with 32 less it does not");
	json_decref(top);
	top = lint_of(cores.exe[0], "1.27");
	assert_string_equal(json_string_value(json_object_get(top, "release")), "1.27");
	t = type_of(top, "map[string]bool");
	assert_int_equal(number(t, "unit"), 8 + 8 * 24);
	assert_string_equal(json_string_value(json_object_get(t, "says")),
		"7 of 24 bytes in a slot are padding");
	json_decref(top);
}

static void check_lint_refused(int status, const char *says, const char *const *args)
{
	struct outcome o = program_run(&(struct program){ .args = args });

	if (o.status != status || !strstr(o.err, says) || *o.out)
		fail_msg("%d: %s", o.status, o.err);
	outcome_free(&o);
}

static void test_lint_refused(void **state)
{
	(void)state;
	check_lint_refused(1, "Makefile: not a program", ARGS("--lint", "--exe", "Makefile"));
	check_lint_refused(2, "--lint needs --exe", ARGS("--lint"));
	check_lint_refused(2, "--exe needs --core FILE, --profile FILE or --lint",
		ARGS("--exe", cores.exe[0]));
	check_lint_refused(2, "--pid does not go with --lint", ARGS("--lint", "--pid", "1"));
	check_lint_refused(2, "no script", ARGS("--lint", "--exe", cores.exe[0], "x.hm"));
	check_lint_refused(2, "one of text, markdown, json",
		ARGS("--lint", "--exe", cores.exe[0], "-x", "svg"));
	check_lint_refused(2, "1.99", ARGS("--lint", "--exe", cores.exe[0], "--go", "1.99"));
	check_lint_refused(2, "user or all", ARGS("--all-processes", "mine"));
	check_lint_refused(2, "--pid does not go with --all-processes",
		ARGS("--all-processes", "user", "--pid", "1"));
	check_lint_refused(2, "map, type or path", ARGS("--pid", "1", "--by", "size"));
	check_lint_refused(2, "--by: openmetrics is by path",
		ARGS("--core", cores.core[0], "-x", "openmetrics", "--by", "type"));
}

/* A file in which something is broken comes to an end all the same. */
static void test_lint_spoiled(void **state)
{
	uint64_t random = 1;
	size_t len;

	(void)state;
	for (unsigned n = 0; n < 24; n++) {
		char *bytes = file_read(cores.exe[n % recordings_count], &len), *path;
		struct outcome o;

		for (unsigned i = 0; i < 200; i++) {
			random = random * 6364136223846793005u + 1442695040888963407u;
			bytes[(random >> 33) % (i % 4 ? len : 4096)] = (char)(random >> 25);
		}
		path = scratch_write(&cores.folder, "spoiled", bytes, len);
		o = program_run(
			&(struct program){ .args = ARGS("--lint", "--exe", path, "-x", "json") });
		assert_true(o.status == 0 || o.status == 1);
		outcome_free(&o);
		free(path);
		free(bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_gates),
		cmocka_unit_test(test_gates_of_one),
		cmocka_unit_test(test_gates_and_lists),
		cmocka_unit_test(test_rollup),
		cmocka_unit_test(test_rollup_for_people),
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_balance),
		cmocka_unit_test(test_lint_types),
		cmocka_unit_test(test_lint_figures),
		cmocka_unit_test(test_lint_refused),
		cmocka_unit_test(test_lint_spoiled),
		cmocka_unit_test(test_metrics),
		cmocka_unit_test(test_metrics_bounds),
	};

	return cmocka_run_group_tests(tests, cores_unpack, cores_forget);
}
