/* SPDX-License-Identifier: MIT */
/* The list of a program's maps on the screen, of a recorded core file; and maps opened from it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/cli/program.h"
#include "tests/live/recorded.h"
#include "tests/screen/app.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

static struct scratch folder;
static char *core, *exe, *stripped_core, *stripped_exe;

static int unpack(void **state)
{
	(void)state;
	scratch_make(&folder);
	core = recorded_unpack(&recordings[0], "core", folder.path);
	exe = recorded_unpack(&recordings[0], "exe", folder.path);
	stripped_core = recorded_unpack(&recordings[2], "core", folder.path);
	stripped_exe = recorded_unpack(&recordings[2], "exe", folder.path);
	return 0;
}

static int forget(void **state)
{
	(void)state;
	free(core);
	free(exe);
	free(stripped_core);
	free(stripped_exe);
	scratch_remove(&folder);
	return 0;
}

static struct pty *open_list_under(void **state, int w, int h, const char *const *env,
	const char *release)
{
	const char *argv[] = { program_path(), "--core", core, "--exe", exe, release ? "--as-go" :
		NULL, release, NULL };
	struct pty *pty = pty_start(&(struct pty_options){ .w = w, .h = h, .argv = argv,
		.env = env });

	*state = pty;
	app_wait_in(pty, 0, " maps ");
	return pty;
}

static struct pty *open_list(void **state, int w, int h, const char *const *env)
{
	return open_list_under(state, w, h, env, NULL);
}

/* What the list says, cut down and sorted otherwise. */
static void test_list(void **state)
{
	struct pty *pty = open_list(state, 120, 40, NULL);

	app_wait_in(pty, 1, "core file: go1.22.12, amd64 · 23 maps · ");
	app_wait_in(pty, 1, " · 2 more without memory · the largest first");
	app_wait_in(pty, 2, "Go heap and stacks ");
	app_wait_in(pty, 3, "maps explain about ");
	app_wait_in(pty, 5, "main.large ");
	app_wait_in(pty, 6, "main.emptied ");
	pty_key(pty, "Down");
	pty_wait(pty, "emptied: a rebuild gives back 49 kB");
	pty_key(pty, "Right");
	app_wait_in(pty, 1, "most entries first");
	app_wait_in(pty, 6, "main.dead ");
	pty_key(pty, "/");
	app_type(pty, "shards");
	app_wait_in(pty, 1, "3 of 23 maps");
	app_wait_in(pty, 5, "main.shards[2].m ");
	app_wait_in(pty, 7, "main.shards[0].m ");
	pty_key(pty, "/");
	app_type(pty, "nothing");
	pty_wait(pty, "no map has that in its name, type or address");
	pty_key(pty, "Enter");
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
}

/* What maps take under another release; that one is opened so. */
static void test_under(void **state)
{
	struct pty *pty = open_list_under(state, 120, 40, NULL, "1.27");

	app_wait_in(pty, 1, " · 160,696 bytes (Go 1.27: ≈113,784) · 3,392 entries · ");
	app_wait_in(pty, 4, "there change       split");
	app_wait_in(pty, 5, "≈73,936   -13%     ≈73,936      3,000 main.large");
	pty_key(pty, "Right");
	app_wait_in(pty, 1, "what grows there first");
	app_wait_in(pty, 5, "+27%        ≈280         19 main.list[2]");
	pty_key(pty, "Home");
	pty_wait(pty, "takes about 27% more there: 3 of 8 bytes in a slot are padding");
	pty_key(pty, "Tab");
	app_wait_in(pty, 5, "map[uint64]uint64");
	app_wait_in(pty, 5, "≈73,936");
	pty_resize(pty, 80, 24);
	pty_key(pty, "Tab");
	pty_key(pty, "Tab");
	pty_key(pty, "Home");
	app_wait_in(pty, 5, "≈376   +27% main.list[2]               map[int32]bool ");
	app_wait_in(pty, 0, "Enter: open   /: filter   Left Right: sort   Tab: by type, path ");
	pty_wait(pty, "takes about 27% more there: 3 of 8 bytes in a slot are padding; with");
	app_wait_in(pty, 22, " mapsplitgroup 280 bytes");
	pty_resize(pty, 40, 10);
	app_wait_in(pty, 3, "296        ≈376 main.list");
	pty_resize(pty, 120, 40);
	pty_key(pty, "Home");
	app_wait_in(pty, 4, "split    entries");
	pty_key(pty, "Enter");
	app_wait_in(pty, 0, "map[int32]bool  amd64 · Go 1.27");
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
}

/* What maps of a type or path come to, and which those are. */
static void test_rollup(void **state)
{
	struct pty *pty = open_list(state, 120, 40, NULL);

	pty_key(pty, "Tab");
	app_wait_in(pty, 1, "by type: 15 rows, 23 maps");
	app_wait_in(pty, 4, "never");
	app_wait_in(pty, 5, "map[uint64]uint64");
	pty_key(pty, "Down");
	pty_wait(pty, "a rebuild of it gives back 49 kB");
	pty_key(pty, "Tab");
	app_wait_in(pty, 1, "by path: ");
	pty_key(pty, "/");
	app_type(pty, "[*]");
	app_wait_in(pty, 1, "by path: 3 rows");
	app_wait_in(pty, 5, "main.shards[*].m ");
	pty_key(pty, "Enter");
	app_wait_in(pty, 1, "3 of 23 maps");
	app_wait_in(pty, 1, "of main.shards[*].m");
	app_wait_in(pty, 5, "main.shards[2].m");
	/* Back to the rows, and round to the maps. */
	pty_key(pty, "Tab");
	app_wait_in(pty, 1, "by path: ");
	pty_resize(pty, 80, 24);
	app_wait_in(pty, 1, "by path: ");
	app_wait_in(pty, 5, "main.large");
	pty_resize(pty, 40, 10);
	app_wait_in(pty, 3, "84,896");
	pty_resize(pty, 120, 40);
	pty_key(pty, "Tab");
	app_wait_in(pty, 1, "core file: go1.22.12, amd64 · 23 maps · ");
	pty_key(pty, "s");
	pty_key(pty, "Tab");
	app_wait_in(pty, 1, "by type: ");
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
}

/* A map is opened, worked on, left; another one is opened. */
static void test_open(void **state)
{
	struct pty *pty = open_list(state, 120, 40, NULL);

	pty_key(pty, "/");
	app_type(pty, "main.users");
	app_wait_in(pty, 5, "main.users");
	pty_key(pty, "Enter");
	app_wait_in(pty, 0, " · main.users  map[string]int  amd64 · Go 1.22");
	app_command(pty, "insert \"new\" 1");
	app_wait_in(pty, 0, "went on from ");
	pty_key(pty, "s");
	app_wait_in(pty, 0, "op 3/3");
	pty_key(pty, "P");
	app_wait_in(pty, 0, " maps ");
	app_wait_in(pty, 4, "grown");
	/* Other keys lead back to where one was. */
	pty_key(pty, "x");
	app_wait_in(pty, 0, "op 3/3");
	pty_key(pty, "P");
	app_wait_in(pty, 0, " maps ");
	pty_key(pty, "/");
	app_type(pty, "bigs");
	app_wait_in(pty, 5, "main.bigs");
	pty_key(pty, "Enter");
	app_wait_in(pty, 0, " · main.bigs ");
	app_wait_in(pty, 0, "op 1/1");
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
}

static void test_sizes(void **state)
{
	static const int sizes[][2] = { { 80, 24 }, { 40, 10 }, { 20, 5 }, { 1, 1 } };
	struct pty *pty = open_list(state, 120, 40, NULL);

	for (size_t i = 0; i < 2; i++) {
		pty_resize(pty, sizes[i][0], sizes[i][1]);
		app_wait_in(pty, i == 0 ? 5 : 3, "main.large");
	}
	for (size_t i = 2; i < sizeof sizes / sizeof *sizes; i++)
		pty_resize(pty, sizes[i][0], sizes[i][1]);
	pty_resize(pty, 80, 24);
	app_wait_in(pty, 5, "main.large");
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
}

/* A map of a type that is not known stays in the list, which says what it may be. */
static void test_unknown_type(void **state)
{
	const char *argv[] = { program_path(), "--core", stripped_core, "--exe", stripped_exe,
		NULL };
	struct pty *pty = pty_start(&(struct pty_options){ .w = 120, .h = 40, .argv = argv });

	*state = pty;
	app_wait_in(pty, 0, " maps ");
	pty_key(pty, "/");
	app_type(pty, "map[int]int");
	app_wait_in(pty, 1, " of 24 maps");
	pty_key(pty, "Enter");
	pty_wait(pty, "-t TYPE");
	pty_key(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_teardown(name, app_end)
	const struct CMUnitTest tests[] = {
		CASE(test_list),
		CASE(test_under),
		CASE(test_rollup),
		CASE(test_open),
		CASE(test_sizes),
		CASE(test_unknown_type),
	};

	return cmocka_run_group_tests(tests, unpack, forget);
}
