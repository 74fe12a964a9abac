/* SPDX-License-Identifier: MIT */
/* Sessions and snapshot files through the prompt: saved, loaded, opened, their names completed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tests/cli/program.h"
#include "tests/screen/app.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void command(struct pty *pty, const char *verb, const char *path)
{
	char *line = xasprintf("%s %s", verb, path);

	app_command(pty, line);
	free(line);
}

static void test_save_and_load(void **state)
{
	struct pty *pty = app_open(state);
	struct scratch at;
	char *path, *first, *second;

	scratch_make(&at);
	path = xasprintf("%s/my session.hm", at.path);
	app_command(pty, "insert 77");
	app_wait_in(pty, 0, "op 33/33");
	command(pty, "save", path);
	app_wait_in(pty, -1, "written: ");
	first = file_read(path, NULL);
	assert_non_null(strstr(first, "arch amd64\n"));
	assert_non_null(strstr(first, "insert 77\n"));
	/* What is there is asked about. */
	app_command(pty, "fill 50");
	app_wait_in(pty, 0, "op 83/83");
	command(pty, "save", path);
	app_wait_in(pty, -1, "replace ");
	pty_key(pty, "n");
	app_wait_in(pty, -1, "nothing was written");
	second = file_read(path, NULL);
	assert_string_equal(first, second);
	command(pty, "load", path);
	app_wait_in(pty, 0, "op 33/33");
	app_command(pty, "insert 78");
	app_wait_in(pty, 0, "op 34/34");
	command(pty, "save", path);
	app_wait_in(pty, -1, "replace ");
	pty_key(pty, "y");
	app_wait_in(pty, -1, "written: ");
	free(second);
	second = file_read(path, NULL);
	assert_non_null(strstr(second, "insert 78\n"));
	free(second);
	free(first);
	free(path);
	scratch_remove(&at);
}

static void test_open(void **state)
{
	struct pty *pty = app_open(state);
	struct scratch at;
	char *path;

	scratch_make(&at);
	path = xasprintf("%s/map.json", at.path);
	app_command(pty, "snapshot \"the demo\"");
	app_command(pty, "fill 60");
	app_command(pty, "snapshot \"sixty\"");
	command(pty, "export json", path);
	app_wait_in(pty, -1, "written: ");
	command(pty, "open", path);
	app_wait_in(pty, 0, "from map.json");
	app_wait_in(pty, 0, "op 2/2");
	pty_wait(pty, "map.json, snapshot 2 of 2: sixty");
	pty_key(pty, "[");
	pty_wait(pty, "map.json, snapshot 1 of 2: the demo");
	pty_wait(pty, "snapshot 1");
	pty_wait(pty, "count       27");
	pty_key(pty, "[");
	app_wait_in(pty, -1, "this is the beginning");
	pty_key(pty, "a");
	app_wait_in(pty, -1, "a snapshot is of one target and hash, these are of amd64, Go 1.19");
	app_command(pty, "insert 500");
	app_wait_in(pty, 0, "op 2/2");
	pty_wait(pty, "count       28");
	app_command(pty, "load /dev/null/none.json");
	app_wait_in(pty, -2, "load: /dev/null/none.json: Not a directory");
	free(path);
	scratch_remove(&at);
}

/* From the command line; a page over it; and names that are completed. */
static void test_completion(void **state)
{
	static const char script[] = "fill 3\nexport text\n";
	struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "json", "-n", "40") });
	struct scratch at;
	struct pty *pty;
	char *path;

	scratch_make(&at);
	path = scratch_write(&at, "forty entries.json", o.out, o.out_len);
	free(scratch_write(&at, "only.hm", script, strlen(script)));
	outcome_free(&o);
	pty = app_start(state, &(struct app_options){ .args = ARGS(path) });
	app_wait_in(pty, 0, "from forty entries.json");
	pty_key(pty, "K");
	pty_wait(pty, "all laws hold: 40 live cells");
	pty_key(pty, "q");
	pty_wait(pty, "snapshot 1 of 1: end");
	pty_key(pty, ":");
	pty_type(pty, "load ");
	pty_type(pty, at.path);
	pty_type(pty, "/on");
	pty_key(pty, "Tab");
	app_wait_in(pty, -1, "/only.hm");
	/* On the screen there is no output but files. */
	pty_key(pty, "Enter");
	app_wait_in(pty, -2, "only.hm:2: export: a file name is missing: export FORMAT FILE");
	app_wait_in(pty, 0, "from forty entries.json");
	pty_key(pty, "Escape");
	app_wait_in(pty, -1, "q quit");
	pty_key(pty, ":");
	pty_type(pty, "open ");
	pty_type(pty, at.path);
	pty_type(pty, "/fo");
	pty_key(pty, "Tab");
	app_wait_in(pty, -1, "/forty entries.json");
	pty_key(pty, "Enter");
	app_wait_in(pty, 0, "from forty entries.json");
	free(path);
	scratch_remove(&at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_save_and_load, app_end),
		cmocka_unit_test_teardown(test_open, app_end),
		cmocka_unit_test_teardown(test_completion, app_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
