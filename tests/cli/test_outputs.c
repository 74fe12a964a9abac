/* SPDX-License-Identifier: MIT */
/* Where output goes: what cannot be written is said, and no file is harmed by it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "tests/cli/refusal.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof(a)[0])
#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static int files_in(const char *folder)
{
	DIR *dir = opendir(folder);
	int count = 0;

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}

static void test_outputs(void **state)
{
	static const struct refusal list[] = {
		{ { "-x", "text", "-o", "/proc/nonexistent/f" }, 1,
			"/proc/nonexistent/f: No such file or directory" },
		{ { "-x", "text", "-o", "/dev/full" }, 1, "/dev/full: No space left on device" },
		{ { "-x", "json", "-n", "5000", "-o", "/dev/full" }, 1,
			"/dev/full: No space left on device" },
		{ { "-x", "text", "-o", "/" }, 1, "/: this is a folder" },
		{ { "-x", "text", "-o", "/proc/hmapview" }, 1, "/proc/hmapview: " },
		{ { "-x", "text", "-o", "/proc/version" }, 1, "/proc/version: " },
		{ { "-x", "text", "-o", "/dev/null/f" }, 1, "/dev/null/f: Not a directory" },
	};
	static const char *const formats[] = {"text", "ascii", "markdown", "summary", "json"};

	(void)state;
	check_all_refused(list, LENGTH(list));
	for (size_t i = 0; i < LENGTH(formats); i++)
		check_refused(
			&(struct program){ .args = ARGS("-x", formats[i]), .out = "/dev/full" }, 1,
			"standard output: No space left on device");
	check_refused(&(struct program){.args = ARGS("--help"), .out = "/dev/full"}, 1,
		"standard output: No space left on device");
	check_refused(&(struct program){.args = ARGS("--version"), .out = "/dev/full"}, 1,
		"standard output: No space left on device");
}

/* A script that fails leaves what there was, and nothing beside it. */
static void test_failed_export_leaves_file(void **state)
{
	struct program p = {.args = ARGS("-x", "text", "-o", "out.txt", "bad.hm")};
	struct scratch at;
	char *out, *bad, *now;

	(void)state;
	scratch_make(&at);
	p.folder = at.path;
	out = scratch_write(&at, "out.txt", "precious\n", 9);
	bad = scratch_write(&at, "bad.hm", "insert 1\ninsert x\n", 18);
	check_refused(&p, 1, "bad.hm:2: insert: ");
	now = file_read(out, NULL);
	assert_string_equal(now, "precious\n");
	assert_int_equal(files_in(at.path), 2);
	free(now);
	free(bad);
	free(out);
	scratch_remove(&at);
}

/* Nor does one whose export does not fit on the disk, on the command line or in a script. */
static void test_full_disk_leaves_file(void **state)
{
	static const char script[] = "fill 5000\nexport json out.json\n";
	struct program direct = {.args = ARGS("-x", "json", "-n", "5000", "-o", "out.json")};
	struct program scripted = {.args = ARGS("-x", "summary", "s.hm")};
	struct scratch at;
	char *out, *path, *now;

	(void)state;
	scratch_make(&at);
	direct.folder = scripted.folder = at.path;
	direct.file_limit = scripted.file_limit = 8192;
	out = scratch_write(&at, "out.json", "precious\n", 9);
	path = scratch_write(&at, "s.hm", script, sizeof script - 1);
	check_refused(&direct, 1, "out.json: File too large");
	check_refused(&scripted, 1, "s.hm:2: export: ");
	now = file_read(out, NULL);
	assert_string_equal(now, "precious\n");
	assert_int_equal(files_in(at.path), 2);
	free(now);
	free(path);
	free(out);
	scratch_remove(&at);
}

static void test_export_replaces_file(void **state)
{
	struct program p = {.args = ARGS("-x", "summary", "-o", "out.txt")};
	struct scratch at;
	struct outcome o;
	struct stat info;
	char *out, *now;

	(void)state;
	scratch_make(&at);
	p.folder = at.path;
	out = scratch_write(&at, "out.txt", "old\n", 4);
	assert_int_equal(chmod(out, 0640), 0);
	o = program_run(&p);
	assert_int_equal(o.status, 0);
	assert_int_equal(o.out_len, 0);
	assert_string_equal(o.err, "");
	now = file_read(out, NULL);
	assert_int_equal(strncmp(now, "type: map[int]string\n", 21), 0);
	assert_int_equal(files_in(at.path), 1);
	assert_int_equal(stat(out, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0640);
	free(now);
	free(out);
	outcome_free(&o);
	scratch_remove(&at);
}

/* A link stays a link: what it points to is written. */
static void test_export_through_link(void **state)
{
	struct program p = {.args = ARGS("-x", "summary", "-o", "link.txt")};
	struct scratch at;
	struct outcome o;
	struct stat info;
	char *file, *link, *now;

	(void)state;
	scratch_make(&at);
	p.folder = at.path;
	file = scratch_write(&at, "file.txt", "old\n", 4);
	link = xasprintf("%s/link.txt", at.path);
	assert_int_equal(symlink("file.txt", link), 0);
	o = program_run(&p);
	assert_int_equal(o.status, 0);
	assert_int_equal(lstat(link, &info), 0);
	assert_true(S_ISLNK(info.st_mode));
	now = file_read(file, NULL);
	assert_int_equal(strncmp(now, "type: ", 6), 0);
	free(now);
	free(link);
	free(file);
	outcome_free(&o);
	scratch_remove(&at);
}

/* The reader of a pipe went away: no words about it. */
static void test_closed_pipe(void **state)
{
	static const char *const formats[] = {"text", "json"};

	(void)state;
	for (size_t i = 0; i < LENGTH(formats); i++) {
		char *line = xasprintf("'%s' -x %s -n 20000 2>&1 >/dev/null | cat; "
				       "'%s' -x %s -n 20000 2>err | head -c 0; test ! -s err",
			program_path(), formats[i], program_path(), formats[i]);
		struct scratch at;
		char *full;

		scratch_make(&at);
		full = xasprintf("cd %s && { %s; }", at.path, line);
		assert_int_equal(system(full), 0);
		free(full);
		free(line);
		scratch_remove(&at);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_outputs),
		cmocka_unit_test(test_failed_export_leaves_file),
		cmocka_unit_test(test_full_disk_leaves_file),
		cmocka_unit_test(test_export_replaces_file),
		cmocka_unit_test(test_export_through_link),
		cmocka_unit_test(test_closed_pipe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
