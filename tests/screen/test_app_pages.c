/* SPDX-License-Identifier: MIT */
/* Pages that lie over the map: figures, layouts, scenes, marks, help; and themes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/session/command.h"
#include "tests/cli/program.h"
#include "tests/screen/app.h"
#include "tests/tui/scratch.h"
#include "tui/screen/action.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Pages of figures, by their keys and from the prompt. */
static void test_figures(void **state)
{
	static const char *const pages[][3] = {
		{ "H", " shape ", "by chance" },
		{ "C", " lifecycle ", "alloc_space" },
		{ "D", " differences ", "from op 1" },
		{ "K", " check ", "all laws hold" },
	};
	struct pty *pty = app_open(state);

	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		pty_key(pty, pages[i][0]);
		app_wait_in(pty, 0, pages[i][1]);
		pty_wait(pty, pages[i][2]);
		pty_key(pty, "x");
		app_wait_in(pty, 0, "op 32/32");
	}
	app_command(pty, "diff 30 32");
	pty_wait(pty, "from op 30 to op 32");
	pty_key(pty, "x");
	app_wait_in(pty, 0, "op 32/32");
	app_command(pty, "check");
	pty_wait(pty, "all laws hold");
}

static void test_ledger(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "b");
	app_wait_in(pty, 0, " ledger ");
	pty_wait(pty, "2,736 100.0%");
	/* It stays while time is stepped through. */
	pty_key(pty, "[");
	app_wait_in(pty, 0, "op 31/32");
	pty_wait(pty, "944 100.0%");
	pty_key(pty, "]");
	app_wait_in(pty, 0, " ledger ");
	pty_wait(pty, "2,736 100.0%");
	pty_key(pty, "]");
	app_wait_in(pty, -1, "redo: this is the end");
	pty_key(pty, "v");
	app_wait_in(pty, 0, "op 33/33");
	pty_key(pty, "x");
	pty_wait(pty, "growing 3/4");
}

/* Of an operation that is half done nothing is foretold, and what it holds is the most. */
static void test_half_done(void **state)
{
	struct pty *pty = app_open_args(state, ARGS("--go", "1.27"));

	pty_key(pty, "b");
	app_wait_in(pty, 0, "op 31/31, event 22 of 44");
	pty_wait(pty, "2,808 bytes in 6 objects");
	pty_wait(pty, "at most: 2,808 bytes held at once, in this operation");
	pty_wait(pty, "foretold when this operation is over: event 22 of 44 is shown");
	pty_key(pty, "]");
	app_wait_in(pty, 0, "op 31/31 ");
	pty_wait(pty, "1,880 bytes in 4 objects");
	pty_wait(pty, "at most: 2,808 bytes held at once, at entry 28, which began a growth");
	pty_wait(pty, "at entry      groups");
}

/* A page that goes along the whole timeline leaves what was shown as it was. */
static void test_half_stays(void **state)
{
	static const char *const keys[] = { "C", "D", "K", "W", "O", "B", "b" };
	struct pty *pty = app_open_args(state, ARGS("--go", "1.27"));

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		pty_key(pty, keys[i]);
		app_wait_in(pty, 0, "back");
		pty_key(pty, "Escape");
		app_wait_in(pty, 0, "growing 11/27");
		app_wait_in(pty, -4, "event 22 of 44");
	}
}

static void test_layout(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "A");
	pty_wait(pty, "amd64 · 64 bit             386 · 32 bit");
	pty_wait(pty, "pairs, in all");
	pty_key(pty, "Right");
	pty_wait(pty, "amd64 · 64 bit             arm64 · 64 bit");
	pty_wait(pty, "nothing differs");
	pty_key(pty, "Left");
	pty_wait(pty, "386 · 32 bit               arm64 · 64 bit");
	/* All of them, round to the first; never the same twice. */
	for (int i = 0; i < 11; i++)
		pty_key(pty, "Right");
	pty_wait(pty, "386 · 32 bit               amd64 · 64 bit");
	pty_key(pty, "a");
	pty_wait_gone(pty, "nothing differs");
	pty_key(pty, "x");
	app_wait_in(pty, 0, "op 32/32");
	app_command(pty, "layout mips s390x");
	pty_wait(pty, "mips · 32 bit · big        s390x · 64 bit · big");
	pty_key(pty, "x");
	app_command(pty, "layout sparc");
	pty_wait(pty, "unknown target \"sparc\": one of amd64, 386");
	pty_key(pty, "C-g");
}

/* The bucket under the cursor is the one the keys are meant for. */
static void test_scenes(void **state)
{
	struct scratch at;
	struct pty *pty;
	char *env;

	scratch_make(&at);
	scratch_link_share(&at);
	env = xasprintf("XDG_CONFIG_HOME=%s", at.path);
	pty = app_start(state, &(struct app_options){ .w = 80, .h = 24, .env = ARGS(env) });
	pty_key(pty, "S");
	pty_wait(pty, " 3 tombstones");
	pty_key(pty, "x");
	pty_wait_gone(pty, " 3 tombstones");
	pty_key(pty, "S");
	pty_wait(pty, "Enter: begin the scene");
	pty_key(pty, "End");
	pty_key(pty, "Home");
	pty_key(pty, "Up");
	for (int i = 0; i < 3; i++)
		pty_key(pty, "Down");
	pty_key(pty, "k");
	pty_key(pty, "Enter");
	pty_wait(pty, "op 9/76");
	app_wait_in(pty, -5, "Eight entries in one bucket");
	pty_key(pty, "]");
	pty_wait(pty, "op 10/76");
	app_wait_in(pty, -5, "A tombstone");
	app_wait_in(pty, -4, "the key's bytes are still there");
	app_command(pty, "scene moon");
	pty_wait(pty, "unknown scene \"moon\": one of growth");
	free(env);
	scratch_remove(&at);
}

static void test_marks_page(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "w");
	app_wait_in(pty, 0, " marks ");
	pty_wait(pty, "deleted: a tombstone, more may follow (emptyOne 01)");
	pty_key(pty, "w");
	app_wait_in(pty, 0, "op 32/32");
}

static void add_rows(struct pty *pty, struct text *out)
{
	for (int y = 0; y < 12; y++) {
		text_add(out, pty_row(pty, y));
		text_add(out, "\n");
	}
}

/* A row down, however long that takes; false at the end, where nothing moves any more. */
static bool scrolls(struct pty *pty, const char *before)
{
	bool moved = false, end = strstr(pty_row(pty, 9), "redo") != NULL;

	pty_key(pty, "Down");
	for (int i = 0; i < (end ? 20 : 2000) && !moved; i++) {
		struct text now = { 0 };

		pty_settle(pty, 5);
		add_rows(pty, &now);
		moved = strcmp(text_str(&now), before) != 0;
		text_free(&now);
	}
	return moved;
}

/* Scrolls the help down to its end and gathers its rows. */
static char *read_help(struct pty *pty)
{
	struct text all = { 0 }, rows = { 0 };

	do {
		text_free(&rows);
		add_rows(pty, &rows);
		text_add(&all, text_str(&rows));
	} while (scrolls(pty, text_str(&rows)));
	text_free(&rows);
	return all.s;
}

static bool help_names(const char *help, const struct action_row *row)
{
	char *copy = xstrdup(help);
	bool found = false;

	for (char *line = strtok(copy, "\n"); line && !found; line = strtok(NULL, "\n"))
		found = strstr(line, row->help) && strstr(line, row->keys);
	free(copy);
	return found;
}

static void test_help_lists_everything(void **state)
{
	struct pty *pty = app_start(state, &(struct app_options){.w = 100, .h = 12});
	char *help;

	pty_key(pty, "?");
	pty_wait(pty, "Moving");
	help = read_help(pty);
	for (int i = 0; i < ACTIONS_END; i++)
		if (!help_names(help, &actions[i]))
			fail_msg("the help does not show \"%s %s\"", actions[i].keys,
				actions[i].help);
	for (unsigned i = 0; command_at(i); i++)
		if (!strstr(help, command_at(i)->help))
			fail_msg("the help does not show \"%s\"", command_at(i)->help);
	free(help);
	pty_key(pty, "Up");
	pty_wait(pty, "undo");
	pty_key(pty, "q");
	pty_wait(pty, "q quit");
	pty_key(pty, "?");
	pty_wait(pty, "Moving");
	pty_key(pty, "PageDown");
	pty_wait_gone(pty, "Moving");
	pty_key(pty, "PageUp");
	pty_wait(pty, "Moving");
}

/* Each theme says its name, and not all of them show a tophash alike. */
static void test_themes(void **state)
{
	static const char *const names[] = {"light", "mono", "colorblind", "dark", "default"};
	struct scratch at;
	struct pty *pty;
	unsigned looks = 0;
	char *home;
	int x, y;

	scratch_make(&at);
	scratch_link_share(&at);
	home = xasprintf("XDG_CONFIG_HOME=%s", at.path);
	pty = app_start(state, &(struct app_options){.env = ARGS(home)});
	y = app_find(pty, "42 7b", &x);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *says = xasprintf("theme %s", names[i]);

		pty_key(pty, "t");
		/* The last row is sent last, so the cell is in its new look. */
		app_wait_in(pty, -1, says);
		looks |= 1u << (pty_at(pty, x, y).fg & 31);
		free(says);
	}
	assert_true((looks & (looks - 1)) != 0);
	free(home);
	scratch_remove(&at);
}

/* What is painted has the colours that are on the screen. */
static void test_export_theme(void **state)
{
	struct scratch at;
	struct pty *pty;
	char *path, *line, *svg;

	scratch_make(&at);
	path = scratch_write(&at, "map.svg", "", 0);
	pty = app_open_args(state, ARGS("-T", "themes/dark.ini"));
	line = xasprintf("export svg %s", path);
	pty_key(pty, "e");
	app_wait_in(pty, -1, ": export text");
	pty_key(pty, "C-u");
	app_type(pty, line);
	app_wait_in(pty, -1, "written");
	svg = file_read(path, NULL);
	assert_non_null(strstr(svg, ".g { fill: #121212; }"));
	free(svg);
	pty_key(pty, "t");
	app_wait_in(pty, -1, "theme default");
	app_command(pty, line);
	app_wait_in(pty, -1, "replace the file");
	pty_key(pty, "y");
	app_wait_in(pty, -1, "written");
	svg = file_read(path, NULL);
	assert_non_null(strstr(svg, ".g { fill: #ffffff; }"));
	free(svg);
	free(line);
	free(path);
	scratch_remove(&at);
}

/* The list of scenes is longer than a small screen: what is selected stays in sight. */
static void test_scenes_scroll(void **state)
{
	enum { UP = 4, DOWN = 5 };
	struct scratch at;
	struct pty *pty;
	char *env;

	scratch_make(&at);
	scratch_link_share(&at);
	env = xasprintf("XDG_CONFIG_HOME=%s", at.path);
	pty = app_start(state, &(struct app_options){.w = 40, .h = 6, .env = ARGS(env)});
	pty_key(pty, "S");
	pty_wait(pty, " 1 growth");
	app_press(pty, "Down Down Down Down Down");
	pty_wait(pty, " 6 ");
	pty_wait_gone(pty, " 1 growth");
	app_press(pty, "Up Up Up Up Up Up");
	pty_wait(pty, " 1 growth");
	pty_mouse(pty, 5, 3, DOWN, true);
	pty_mouse(pty, 5, 3, DOWN, true);
	pty_wait_gone(pty, " 1 growth");
	pty_mouse(pty, 5, 3, UP, true);
	pty_mouse(pty, 5, 3, UP, true);
	pty_wait(pty, " 1 growth");
	free(env);
	scratch_remove(&at);
}

/* A theme that has a mistake is told of. */
static void test_broken_theme(void **state)
{
	static const char ini[] = "[roles]\ntophash = nocolour\n";
	struct scratch at;
	struct pty *pty;
	char *env;

	scratch_make(&at);
	free(scratch_write(&at, "hmapview/themes/0broken.ini", ini, strlen(ini)));
	free(scratch_write(&at, "hmapview/themes/zbroken.ini", ini, strlen(ini)));
	env = xasprintf("XDG_CONFIG_HOME=%s", at.path);
	pty = app_start(state, &(struct app_options){.env = ARGS(env)});
	for (int i = 0; i < 12 && !pty_shows(pty, "nocolour"); i++) {
		pty_key(pty, "t");
		pty_settle(pty, 50);
	}
	app_wait_in(pty, -1, "nocolour");
	pty_key(pty, "Left");
	app_wait_in(pty, -1, " quit");
	free(env);
	scratch_remove(&at);
}

#define TEST(f) cmocka_unit_test_teardown(f, app_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_figures), TEST(test_ledger), TEST(test_half_done), TEST(test_half_stays),
		TEST(test_layout), TEST(test_scenes),
		TEST(test_marks_page), TEST(test_help_lists_everything), TEST(test_themes),
		TEST(test_export_theme),
		TEST(test_scenes_scroll),
		TEST(test_broken_theme),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
