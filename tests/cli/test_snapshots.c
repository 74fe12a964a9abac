/* SPDX-License-Identifier: MIT */
/* Snapshot files and saved sessions from the command line. */
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

#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof(a)[0])
#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* What it writes, when it must work. */
static char *output(const struct program *p, size_t *len)
{
	struct outcome o = program_run(p);

	if (o.status != 0 || *o.err)
		fail_msg("status %d: %s", o.status, o.err);
	free(o.err);
	if (len)
		*len = o.out_len;
	return o.out;
}

static void refused(const struct program *p, int status, const char *says)
{
	struct outcome o = program_run(p);

	if (o.status != status || o.out_len || strcmp(o.err, says) != 0)
		fail_msg("status %d, %zu bytes, said:\n%s", o.status, o.out_len, o.err);
	outcome_free(&o);
}

static const char *const formats[] = {"text", "ascii", "markdown", "html", "svg", "json", "summary",
	"ledger", "check", "shape"};

/* The same pictures of a file as of the session that wrote it, but for what was done before. */
static void test_every_format(void **state)
{
	struct scratch at;
	size_t len;
	char *json = output(&(struct program){.args = ARGS("-x", "json", "-t", "map[string]any",
		"-a",
		"386", "-n", "300")}, &len);
	char *file;

	(void)state;
	scratch_make(&at);
	file = scratch_write(&at, "a map.json", json, len);
	for (size_t i = 0; i < LENGTH(formats); i++) {
		char *by_name = output(&(struct program){.args = ARGS("-x", formats[i], file)},
			NULL);
		char *by_content = output(&(struct program){.args = ARGS("-x", formats[i], "-"),
			.in = file}, NULL);

		assert_true(strlen(by_name) > 100);
		if (strcmp(formats[i], "json") == 0)
			assert_string_equal(by_name, json);
		if (strcmp(formats[i], "text") == 0)
			assert_non_null(strstr(by_name,
				"map[string]any  386 · Go 1.19 · AES hash"));
		if (strcmp(formats[i], "check") == 0)
			assert_non_null(strstr(by_name, "all laws hold: 300 live cells"));
		free(by_name);
		free(by_content);
	}
	free(file);
	free(json);
	scratch_remove(&at);
}

static void test_open_in_scripts(void **state)
{
	static const char
		script[] = "open \"a b.json\"   # from here on\ninsert 77\nsnapshot \"more\"\n";
	struct scratch at;
	size_t len;
	char *json = output(&(struct program){.args = ARGS("-x", "json", "-n", "20")}, &len), *out;

	(void)state;
	scratch_make(&at);
	free(scratch_write(&at, "a b.json", json, len));
	free(scratch_write(&at, "s.hm", script, strlen(script)));
	out = output(&(struct program){.args = ARGS("-x", "json", "s.hm"), .folder = at.path},
		NULL);
	assert_non_null(strstr(out, "\"title\": \"end\", \"count\": 20"));
	assert_non_null(strstr(out, "\"title\": \"more\", \"count\": 21"));
	free(out);
	free(json);
	scratch_remove(&at);
}

/* A saved session is the same session, whatever the options and the configuration say. */
static void test_saved_sessions(void **state)
{
	static const char script[] = "map map[string]int\narch 386\nfill 60\nsnapshot \"sixty\"\n"
				     "undo 30\nsnapshot\ninsert \"new\" 7\ngrow\nundo 2\ndelete "
				     "3..20\nundo 4\nsave saved.hm\n";
	static const char config[] = "[options]\narch = mips\ntype = map[any]bool\n";
	struct scratch at;
	char *before, *after;

	(void)state;
	scratch_make(&at);
	free(scratch_write(&at, "s.hm", script, strlen(script)));
	free(scratch_write(&at, "c.ini", config, strlen(config)));
	before = output(&(struct program){.args = ARGS("-x", "json", "--hint", "40", "--seed", "9",
		"--go",
		"1.21", "s.hm"), .folder = at.path}, NULL);
	after = output(&(struct program){.args = ARGS("-x", "json", "-c", "c.ini", "saved.hm"),
		.folder = at.path}, NULL);
	assert_string_equal(before, after);
	assert_non_null(strstr(after, "\"title\": \"sixty\""));
	free(before);
	free(after);
	scratch_remove(&at);
}

static void test_refusals(void **state)
{
	struct scratch at;
	size_t len;
	char *json = output(&(struct program){.args = ARGS("-x", "json", "-n", "20")}, &len);
	static const struct {
		const char *name, *bytes;
		size_t len;
		const char *says;
	} list[] = {
		{"empty.json", "", 0, "empty.json: the file is empty: a snapshot in the format "
				      "hmapview/1 is expected"},
		{"noise.json", "\x80\x01\x02", 3,
			"noise.json:1:0: this is no JSON: unable to decode byte "
						  "0x80"},
		{"nul.json", "{\"a\": \"\\u0000\"}", 15,
			"nul.json:1:13: this is no JSON: \\u0000 is not allowed"},
		{"format.json", "{\"format\": \"hmapview/9\"}", 24,
			"format.json: format is \"hmapview/9\": \"hmapview/1\" is expected"},
		{"script.json", "insert 1\n", 9,
			"script.json:1:6: this is no JSON: '[' or '{' expected near 'insert'"},
		{"begun.hm", "{", 1,
			"begun.hm:1:1: this is no JSON: string or '}' expected near end of "
				     "file"},
	};

	(void)state;
	scratch_make(&at);
	for (size_t i = 0; i < LENGTH(list); i++) {
		char *says = xasprintf("hmapview: %s\n", list[i].says);

		free(scratch_write(&at, list[i].name, list[i].bytes, list[i].len));
		refused(&(struct program){.args = ARGS("-x", "text", list[i].name),
			.folder = at.path}, 1,
			says);
		free(says);
	}
	free(scratch_write(&at, "good.json", json, len));
	free(scratch_write(&at, "cut.json", json, len / 2));
	free(scratch_write(&at, "folder.json/x", "", 0));
	refused(&(struct program){.args = ARGS("-x", "text", "folder.json"), .folder = at.path}, 1,
		"hmapview: folder.json: this is a folder, not a script\n");
	refused(&(struct program){.args = ARGS("-x", "text", "-a", "386", "good.json"),
			.folder = at.path}, 2,
		"hmapview: --arch does not go with snapshots, which have their own: good.json\n");
	refused(&(struct program){.args = ARGS("-x", "text", "-n", "5", "good.json"),
			.folder = at.path}, 2,
		"hmapview: --fill does not go with snapshots, which have their own: good.json\n");
	free(json);
	scratch_remove(&at);
}

/* A file of a gigabyte, and one that opens a thousand lists, are told from snapshots at once. */
static void test_large_and_deep(void **state)
{
	struct scratch at;
	char *deep = xmalloc(1 << 20), *path;
	struct outcome o;

	(void)state;
	scratch_make(&at);
	memset(deep, '[', 1 << 20);
	memcpy(deep, "{\"x\":", 5);
	free(scratch_write(&at, "deep.json", deep, 1 << 20));
	refused(&(struct program){.args = ARGS("-x", "text", "deep.json"), .folder = at.path}, 1,
		"hmapview: deep.json:1:2053: this is no JSON: lists and objects in each other, "
		"more than 2048 deep\n");
	path = scratch_write(&at, "large.json", "{", 1);
	assert_int_equal(truncate(path, 1 << 30), 0);
	o = program_run(&(struct program){.args = ARGS("-x", "text", "large.json"),
		.folder = at.path});
	assert_int_equal(o.status, 1);
	assert_string_equal(o.err,
		"hmapview: large.json:1:2: this is no JSON: string or '}' expected near byte "
		"0x00\n");
	assert_true(o.seconds < 1);
	outcome_free(&o);
	free(path);
	free(deep);
	scratch_remove(&at);
}

/* A sanitizer keeps what was freed for a while, which is no need of the program's. */
#define KEEP_NOTHING ARGS("ASAN_OPTIONS=quarantine_size_mb=0:thread_local_quarantine_size_kb=0")

static long peak(const char *const *args, const char *folder)
{
	struct outcome o = program_run(&(struct program){ .args = args, .env = KEEP_NOTHING,
		.folder = folder });
	long kilobytes = o.peak;

	if (o.status != 0)
		fail_msg("status %d: %s", o.status, o.err);
	outcome_free(&o);
	return kilobytes;
}

/* Opening takes about the memory that the map itself does, be it filled or read. */
static void test_memory_of_opening(void **state)
{
	static const char *const releases[] = { "1.19", "1.27" };
	struct scratch at;

	(void)state;
	scratch_make(&at);
	for (size_t i = 0; i < LENGTH(releases); i++) {
		long filled = peak(ARGS("-x", "summary", "-n", "300000", "--go", releases[i]),
			at.path);
		long opened;

		peak(ARGS("-x", "json", "-n", "300000", "--go", releases[i], "-o", "a.json"),
			at.path);
		opened = peak(ARGS("-x", "summary", "a.json"), at.path);
		if (opened > filled * 6 / 5)
			fail_msg(
				"Go %s: %ld KB opened, %ld KB filled", releases[i], opened, filled);
	}
	scratch_remove(&at);
}

/*
 * The units of a large first snapshot are not kept, but had again from wherever one stands: they
 * are written as they were read.
 */
static void test_large_first_snapshot(void **state)
{
	static const char *const scripts[] = {
		"open big.json\ninsert 1000000 \"x\"\nsnapshot \"more\"\n",
		"open big.json\nsnapshot \"again\"\ndelete 5\nundo\nundo\n",
		"open big.json 2\ngrow\n",
	};
	static const char maps[] = "fill 11000\nsnapshot \"one\"\ninsert 20000\nsnapshot \"two\"\n";
	struct scratch at;
	char *big, *first, *end;

	(void)state;
	scratch_make(&at);
	free(scratch_write(&at, "maps.hm", maps, strlen(maps)));
	big = output(&(struct program){ .args = ARGS("-x", "json", "maps.hm"), .folder = at.path },
		NULL);
	free(scratch_write(&at, "big.json", big, strlen(big)));
	for (size_t i = 0; i < LENGTH(scripts); i++) {
		char *got;

		free(scratch_write(&at, "s.hm", scripts[i], strlen(scripts[i])));
		got = output(&(struct program){ .args = ARGS("-x", "json", "s.hm"),
			.folder = at.path }, NULL);
		first = strstr(big, i == 2 ? "{\"title\": \"two\"" : "{\"title\": \"one\"");
		first = strstr(first, "\n\"buckets\"");
		end = strstr(first, "\n\"oldbuckets\"");
		*end = '\0';
		if (!strstr(got, first))
			fail_msg("what script %zu leads to has not the buckets of the file", i);
		*end = '\n';
		free(got);
	}
	free(big);
	scratch_remove(&at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_format),
		cmocka_unit_test(test_open_in_scripts),
		cmocka_unit_test(test_saved_sessions),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_large_and_deep),
		cmocka_unit_test(test_memory_of_opening),
		cmocka_unit_test(test_large_first_snapshot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
