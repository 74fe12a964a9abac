/* SPDX-License-Identifier: MIT */
/* Exports from the command line and from scripts: views, places, points, and large maps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "tests/cli/program.h"
#include "tests/tui/scratch.h"
#include "tui/page/page.h"

#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof(a)[0])
#define ARGS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static char *run(const char *const *args)
{
	struct outcome o = program_run(&(struct program){ .args = args });

	if (o.status != 0)
		fail_msg("%s", o.err);
	free(o.err);
	return o.out;
}

static void check_refused(const char *const *args, int status, const char *says)
{
	struct outcome o = program_run(&(struct program){ .args = args });
	char *line = xasprintf("hmapview: %s", says);

	if (o.status != status || o.out_len || strncmp(o.err, line, strlen(line)) != 0 ||
		strchr(o.err, '\n') != o.err + strlen(o.err) - 1)
		fail_msg("status %d, %zu bytes, \"%s\" instead of \"%s\"", o.status, o.out_len,
			o.err, line);
	free(line);
	outcome_free(&o);
}

static void test_views_are_listed(void **state)
{
	char *help = run(ARGS("--help"));
	struct outcome o = program_run(
		&(struct program){ .args = ARGS("-x", "text", "--view", "x") });

	(void)state;
	for (unsigned i = 0; page_view_at(i); i++) {
		char *row = xasprintf(
			"\n  %-24s %s\n", page_view_at(i)->name, page_view_at(i)->help);

		assert_non_null(strstr(help, row));
		assert_non_null(strstr(o.err, page_view_at(i)->name));
		free(row);
	}
	outcome_free(&o);
	free(help);
}

static void test_errors(void **state)
{
	(void)state;
	check_refused(ARGS("-x", "text", "--at", "33"), 1, "--at 33: the timeline ends at op 32\n");
	check_refused(
		ARGS("-x", "text", "--at", "5.9"), 1, "--at 5.9: there is no event 9: op 5 has ");
	check_refused(
		ARGS("-x", "text", "--at", "5.0"), 1, "--at 5.0: there is no event 0: op 5 has ");
	check_refused(ARGS("--cursor", "@3"), 2, "--cursor needs --export FORMAT\n");
	check_refused(ARGS("--buckets", "all"), 2, "--buckets needs --export FORMAT\n");
	check_refused(ARGS("-x", "text", "--at", "x"), 2, "--at: \"x\" is no number\n");
	check_refused(ARGS("-x", "text", "--at", "5."), 2, "--at: a number is missing\n");
	check_refused(ARGS("-x", "text", "--at", "-1"), 2, "--at: -1 is negative");
	check_refused(ARGS("-x", "text", "--at", "99999999999999999999999"), 2, "--at: 9999999");
	check_refused(
		ARGS("-x", "text", "--cursor", ""), 2, "--cursor: what to look at is missing");
	check_refused(ARGS("-x", "text", "--cursor", "9"), 1, "cursor 9: there is no key 9\n");
	check_refused(ARGS("-x", "text", "--cursor", "@9"), 1, "cursor @9: there is no bucket 9: ");
	check_refused(ARGS("-x", "svg", "--buckets", "3..8"), 1,
		"there is no bucket 8: the array has 8\n");
	check_refused(
		ARGS("-x", "text", "--buckets", "8..3"), 2, "--buckets: 8..3 runs backwards\n");
	check_refused(ARGS("-x", "text", "--buckets", "3.."), 2,
		"--buckets: \"3..\" is no buckets: A..B, ");
	check_refused(ARGS("-x", "text", "--buckets", "-3"), 2,
		"--buckets: \"-3\" is no buckets: A..B, ");
	check_refused(ARGS("-x", "text", "--buckets", "most"), 2,
		"--buckets: \"most\" is no buckets: A..B, ");
	check_refused(
		ARGS("-x", "summary", "--at", "0", "-n", "5"), 1, "--at 0: there is no map yet\n");
}

/* A point of the timeline is what a shorter script would have left. */
static void test_at(void **state)
{
	struct scratch at;
	char *whole, *some, *a, *b;

	(void)state;
	scratch_make(&at);
	whole = scratch_write(&at, "whole.hm", "make\nfill 60\ndelete 3\nclear\nfill 9\n", 35);
	some = scratch_write(&at, "some.hm", "make\nfill 40\n", 13);
	a = run(ARGS("-x", "text", "--at", "41", whole));
	b = run(ARGS("-x", "text", some));
	assert_non_null(strstr(a, " op 41/72\n"));
	assert_non_null(strstr(b, " op 41/41\n"));
	assert_string_equal(strchr(a, '\n'), strchr(b, '\n'));
	free(a);
	free(b);
	/* Inside of operation 41, before its key has a slot. */
	a = run(ARGS("-x", "text", "--view", "story", "--at", "41.2", whole));
	assert_non_null(strstr(a, "event 2 of "));
	free(a);
	a = run(ARGS("-x", "summary", "--at", "1", "-n", "5"));
	assert_non_null(strstr(a, "count: 0\n"));
	free(a);
	free(whole);
	free(some);
	scratch_remove(&at);
}

/* From a script each export may show another view; a file's name may hold blanks. */
static void test_scripts(void **state)
{
	static const char lines[] = "fill 20\n"
				    "export --view bytes --cursor 7 text a file.txt # of key 7\n"
				    "insert \"x\" 1\n";
	static const char strings
		[] = "map map[string]int\ninsert \"a b\" 3\n"
		     "export --cursor \"a b\" --width 100 --view slot ascii \"slot #1.txt\"\n";
	struct scratch at;
	struct outcome o;
	char *path, *got, *want;

	(void)state;
	scratch_make(&at);
	free(scratch_write(&at, "s.hm", lines, sizeof lines - 1));
	free(scratch_write(&at, "t.hm", strings, sizeof strings - 1));
	o = program_run(
		&(struct program){ .args = ARGS("-x", "summary", "s.hm"), .folder = at.path });
	assert_string_equal(o.err,
		"hmapview: s.hm:3: insert: key \"x\" is no int: it is written as 42 or 0x2a\n");
	outcome_free(&o);
	path = xasprintf("%s/a file.txt", at.path);
	got = file_read(path, NULL);
	want = run(ARGS("-x", "text", "-n", "20", "--view", "bytes", "--cursor", "7"));
	/* What a fill alone makes has no timeline; then the first line says less. */
	assert_non_null(got);
	assert_string_equal(strchr(got, '\n'), strchr(want, '\n'));
	free(path);
	free(got);
	free(want);
	o = program_run(
		&(struct program){ .args = ARGS("-x", "summary", "t.hm"), .folder = at.path });
	assert_int_equal(o.status, 0);
	outcome_free(&o);
	path = xasprintf("%s/slot #1.txt", at.path);
	got = file_read(path, NULL);
	assert_non_null(strstr(got, "| key   string  \"a b\" "));
	free(path);
	free(got);
	scratch_remove(&at);
}

/* A dash is standard output wherever a file is named. */
static void test_standard_output(void **state)
{
	static const char lines[] = "fill 3\nexport summary -\nsave -\n";
	char *summary = run(ARGS("-x", "summary", "-n", "3")), *path;
	struct scratch at;
	struct outcome o;

	(void)state;
	scratch_make(&at);
	free(scratch_write(&at, "s.hm", lines, sizeof lines - 1));
	o = program_run(&(struct program){ .args = ARGS("-x", "summary", "-o", "-", "s.hm"),
		.folder = at.path });
	assert_int_equal(o.status, 0);
	assert_true(strncmp(o.out, summary, strlen(summary)) == 0);
	assert_non_null(strstr(o.out, "\nfill 3\n"));
	assert_string_equal(o.out + strlen(o.out) - strlen(summary), summary);
	path = xasprintf("%s/-", at.path);
	assert_int_not_equal(access(path, F_OK), 0);
	outcome_free(&o);
	free(path);
	free(summary);
	scratch_remove(&at);
}

/* What a file is called says what it holds, where no format does. */
static void test_format_of_file(void **state)
{
	static const char lines[] = "fill 3\nexport two.svg\n";
	static const char *const files[][2] = { { "one.html", "<!DOCTYPE html>" },
		{ "two.svg", "<svg " }, { "one.JSON", "{\"format\": " },
		{ "one.txt", "hmapview map[int]string" } };
	struct scratch at;
	struct outcome o;

	(void)state;
	scratch_make(&at);
	free(scratch_write(&at, "s.hm", lines, sizeof lines - 1));
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		char *path = xasprintf("%s/%s", at.path, files[i][0]), *got;

		unlink(path);
		o = program_run(&(struct program){
			.args = ARGS("-o", i == 1 ? "x.txt" : files[i][0], "s.hm"),
			.folder = at.path });
		assert_string_equal(o.err, "");
		got = file_read(path, NULL);
		assert_non_null(got);
		assert_int_equal(strncmp(got, files[i][1], strlen(files[i][1])), 0);
		free(got);
		free(path);
		outcome_free(&o);
		path = xasprintf("%s/two.svg", at.path);
		unlink(path);
		free(path);
	}
	scratch_remove(&at);
	check_refused(ARGS("-o", "x"), 2, "--output needs --export FORMAT");
}

/* Formats that are a view of their name take the width, and are that view. */
static void test_formats_of_views(void **state)
{
	static const char *const names[] = { "ledger", "check", "shape", "lifecycle", "diff" };

	(void)state;
	for (size_t i = 0; i < LENGTH(names); i++) {
		char *a = run(ARGS("-x", names[i], "--width", "66"));
		char *b = run(ARGS("-x", "text", "--view", names[i], "--width", "66"));

		assert_string_equal(a, b);
		free(a);
		free(b);
	}
}

/* A sanitizer keeps what was freed for a while, which is no need of the program's. */
#define KEEP_NOTHING ARGS("ASAN_OPTIONS=quarantine_size_mb=0:thread_local_quarantine_size_kb=0")

/*
 * A page of all buckets is 32768 rows and more, 38 MB of cells; it is written as it is drawn, so
 * it needs no more memory than a summary, which has no picture at all.
 */
static void test_large_maps_in_bands(void **state)
{
	static const char *const formats[] = { "text", "markdown", "ansi", "html", "svg" };
	struct outcome least = program_run(&(struct program){
		.args = ARGS("-x", "summary", "-n", "200000"), .env = KEEP_NOTHING,
		.out = "/dev/null" });

	(void)state;
	assert_int_equal(least.status, 0);
	for (size_t i = 0; i < LENGTH(formats); i++) {
		struct outcome o = program_run(&(struct program){
			.args = ARGS("-x", formats[i], "-n", "200000", "--buckets", "all"),
			.env = KEEP_NOTHING, .out = "/dev/null" });

		assert_int_equal(o.status, 0);
		if (o.peak > least.peak + 2048)
			fail_msg("%s: %ld KB, a summary %ld KB", formats[i], o.peak, least.peak);
		outcome_free(&o);
	}
	outcome_free(&least);
}

/* And where nobody asks for all, a page stays a page. */
static void test_large_maps_are_a_page(void **state)
{
	char *text = run(ARGS("-x", "text", "-n", "1000000"));
	int lines = 0;

	(void)state;
	for (const char *c = text; *c; c++)
		lines += *c == '\n';
	assert_in_range(lines, 60, 110);
	assert_non_null(strstr(text, " (see --buckets)"));
	free(text);
}

/* What a difference cannot say is said, what it can is written, and the status tells. */
static void test_partial_diff(void **state)
{
	static const char script[] = "fill 2000001\ndiff 2000002\n";
	static const char *const formats[] = { "text", "markdown", "json" };
	static const char *const want[] = { " total  ", "| **total** | ", "\"cells\": null" };
	struct scratch at;
	char *path;

	(void)state;
	scratch_make(&at);
	path = scratch_write(&at, "s.hm", script, strlen(script));
	for (size_t i = 0; i < LENGTH(formats); i++) {
		struct outcome o = program_run(&(struct program){ .args = ARGS("-x", formats[i],
			"--view", "diff", "-t", "map[int32]bool", path) });

		assert_int_equal(o.status, 1);
		assert_string_equal(o.err,
			"hmapview: diff: 2,000,001 entries are too many to compare: "
			"2,000,000 at most\n");
		assert_non_null(strstr(o.out, want[i]));
		outcome_free(&o);
	}
	free(path);
	path = scratch_write(&at, "t.hm", "diff no.json nor.json\n", 22);
	for (size_t i = 0; i < LENGTH(formats); i++) {
		struct outcome o = program_run(&(struct program){ .args = ARGS("-x", formats[i],
			"--view", "diff", path), .folder = at.path });

		assert_int_equal(o.status, 1);
		assert_non_null(strstr(o.err, "no.json: No such file or directory\n"));
		outcome_free(&o);
	}
	free(path);
	scratch_remove(&at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_views_are_listed),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_at),
		cmocka_unit_test(test_scripts),
		cmocka_unit_test(test_standard_output),
		cmocka_unit_test(test_format_of_file),
		cmocka_unit_test(test_formats_of_views),
		cmocka_unit_test(test_large_maps_in_bands),
		cmocka_unit_test(test_large_maps_are_a_page),
		cmocka_unit_test(test_partial_diff),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
