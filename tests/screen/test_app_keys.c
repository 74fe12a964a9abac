/* SPDX-License-Identifier: MIT */
/*
 * Each key of the action table, pressed at a terminal: what the screen shows then and did not
 * show before, the colours of that, the cell that the cursor lies on, and the terminal's own
 * cursor, which is seen in the prompt alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/text.h"
#include "tests/cli/program.h"
#include "tests/screen/app.h"
#include "tests/tui/scratch.h"
#include "themes/theme.h"
#include "tui/screen/action.h"

#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof(a)[0])
#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

enum { LAST = 39 };

/* In the demo scene, at 120 x 40; the cursor lies on slot 6 of bucket 7, whose tophash is 1d. */
struct stroke {
	enum action action;
	const char *before; /* keys, a blank between */
	const char *from;   /* what they come to; NULL: the scene */
	const char *shows;  /* comes with the key */
	enum role role;     /* what it looks like */
	const char *cursor; /* what the cursor lies on; in the minimap, too; "" for nothing */
};

static const struct stroke strokes[] = {
	{ ACTION_LEFT, "", NULL, "▸key 5", ROLE_FIELD, "54 ▇" },
	{ ACTION_RIGHT, "Left", "▸key 5", "▸key 6", ROLE_FIELD, "1d ▇" },
	{ ACTION_UP, "", NULL, "bucket 6 · 0x", ROLE_TITLE, "·  ·" },
	{ ACTION_DOWN, "Up", "bucket 6 · 0x", "bucket 7 · 0x", ROLE_TITLE, "1d ▇" },
	{ ACTION_PAGE_UP, "", NULL, "bucket 0 · 0x", ROLE_TITLE, "·  ▂" },
	{ ACTION_PAGE_DOWN, "Home", "bucket 0 · 0x", "bucket 7 · 0x", ROLE_TITLE, "1d ▇" },
	{ ACTION_HOME, "", NULL, "bucket 0 · 0x", ROLE_TITLE, "·  ▂" },
	{ ACTION_END, "Home", "bucket 0 · 0x", "bucket 7 · 0x", ROLE_TITLE, "1d ▇" },
	{ ACTION_PANEL, "", NULL, "old bucket 3 · 0x", ROLE_TITLE, "▸Y ·" },
	{ ACTION_PANEL_BACK, "x", "This slot is live", "count is what len returns: 27", ROLE_TEXT,
		"count ▇" },
	{ ACTION_ZOOM_IN, "Z", "a bar is 1 bucket", "bucket 7 · 0x", ROLE_TITLE, "1d ▇" },
	{ ACTION_ZOOM_OUT, "", NULL, "a bar is 1 bucket", ROLE_TITLE,
		"▄▄▄▄▄▄▄▄▄▄▄ ███████████ ███████████ ███████████ ▇" },
	{ ACTION_METRIC, "Z", "a bar is 1 bucket", "chain length", ROLE_TITLE,
		"                                         ·      ▇" },
	{ ACTION_EXPLAIN, "", NULL, "This slot is live", ROLE_TEXT, "1d ▇" },
	{ ACTION_MARKS, "", NULL, "deleted: a tombstone, more may follow (emptyOne 01)",
		ROLE_LEGEND, "" },
	{ ACTION_ENTRIES, "", NULL, "27 of 27 entries", ROLE_TITLE,
		"0                                             \"v0\""
		"                                          old bucket 2 slot 0" },
	{ ACTION_FIND_NEXT, "/ w a i t i n g Enter", "old bucket 1 · 0x", "old bucket 2 · 0x",
		ROLE_TITLE, "d6 █" },
	{ ACTION_FIND_BACK, "/ w a i t i n g Enter", "old bucket 1 · 0x", "old bucket 2 · 0x",
		ROLE_TITLE, "d6 █" },
	{ ACTION_FOLLOW, "Left", "stays with key 26", "follows the steps", ROLE_NOTE, "1d ▇" },
	{ ACTION_GROW, "", NULL, "growth starts, 8 buckets to 16", ROLE_TEXT, "52 ▄" },
	{ ACTION_GROW_SAME, "", NULL, "same-size growth starts", ROLE_TEXT, "76 █" },
	{ ACTION_EVACUATE, "", NULL, "growing 3/4", ROLE_STATUS, "1d ▇" },
	{ ACTION_RANGE, "", NULL, "starts at bucket", ROLE_TEXT, " 1 █" },
	{ ACTION_RANGE_ALL, "", NULL, "over after 27 entries", ROLE_TEXT, "·  ▂" },
	{ ACTION_RANGE_NEXT, "", NULL, "stops at entry 1", ROLE_TEXT, " 1 █" },
	{ ACTION_UNDO, "", NULL, "op 31/32", ROLE_STATUS, "8e █ █" },
	{ ACTION_REDO, "[", "op 31/32", "op 32/32", ROLE_STATUS, "1d ▇" },
	{ ACTION_UNDO_COMMAND, "", NULL, "op 31/32", ROLE_STATUS, "8e █ █" },
	{ ACTION_REDO_COMMAND, "U", "op 31/32", "op 32/32", ROLE_STATUS, "1d ▇" },
	{ ACTION_EVENT_BACK, "", NULL, "event 41 of 42", ROLE_TEXT, "·  ▆" },
	{ ACTION_EVENT_FORTH, ", ,", "event 40 of 42", "event 41 of 42", ROLE_TEXT, "·  ▆" },
	{ ACTION_JUMP_BACK, "", NULL, "growth starts, 2 buckets to 4", ROLE_TEXT, "3f █ ▄" },
	{ ACTION_JUMP_FORTH, "{", "growth starts, 2 buckets to 4", "growth starts, 4 buckets to 8",
		ROLE_TEXT, "1d ▇" },
	{ ACTION_PLAY, "[", "op 31/32", "op 32/32", ROLE_STATUS, "1d ▇" },
	{ ACTION_FASTER, "", NULL, "one operation each 200 ms", ROLE_MESSAGE, "1d ▇" },
	{ ACTION_SLOWER, "", NULL, "one operation each 800 ms", ROLE_MESSAGE, "1d ▇" },
	{ ACTION_QUIZ, "", NULL, "No more is asked up to the end", ROLE_CAPTION, "1d ▇" },
	{ ACTION_CAPTURE, "", NULL, "no program is looked at", ROLE_ERROR, "1d ▇" },
	{ ACTION_MAPS, "", NULL, "no program is looked at", ROLE_WARNING, "1d ▇" },
	{ ACTION_MARK, "", NULL, "all changes since op 32 are shown", ROLE_MESSAGE, "1d ▇" },
	{ ACTION_ARCH, "", NULL, "now 386: all was run again", ROLE_MESSAGE, "08 ▄" },
	{ ACTION_RELEASE, "", NULL, "now Go 1.20: all was run again", ROLE_MESSAGE, "1d ▇" },
	{ ACTION_RELEASES, "", NULL, "1.27-X:mapsplitgroup", ROLE_VALUE, "" },
	{ ACTION_BESIDE, "", NULL, "Go 1.27, swiss", ROLE_TITLE, "" },
	{ ACTION_DESIGNS, "", NULL, "Go 1.27, swiss", ROLE_TITLE, "" },
	{ ACTION_JAVA, "", NULL, "h ^ h >>> 16", ROLE_TEXT, "" },
	{ ACTION_COMPARE, "", NULL, "27 entries of each type", ROLE_TITLE, "" },
	{ ACTION_LAYOUT, "", NULL, "amd64 · 64 bit             386 · 32 bit", ROLE_TITLE, "" },
	{ ACTION_LEDGER, "", NULL, "2,736 100.0%", ROLE_VALUE, "" },
	{ ACTION_SHAPE, "", NULL, "by chance", ROLE_LABEL, "" },
	{ ACTION_LIFE, "", NULL, "alloc_space", ROLE_LABEL, "" },
	{ ACTION_DIFFERENCES, "", NULL, "from op 1", ROLE_TITLE, "" },
	{ ACTION_PATTERNS, "", NULL, "a number of 2 digits", ROLE_KEY, "" },
	{ ACTION_LAWS, "", NULL, "all laws hold", ROLE_TEXT, "" },
	{ ACTION_THEME, "", NULL, "theme light", ROLE_MESSAGE, "1d ▇" },
	{ ACTION_SCENES, "", NULL, " 3 tombstones", ROLE_KEY,
		" 1 growth        The first growth: how a map doubles, cell by cell" },
	{ ACTION_HELP, "", NULL, "Moving", ROLE_TITLE, "" },
};

/* Those that open the prompt: its row, and the column of the terminal's cursor in it. */
static const struct {
	enum action action;
	const char *row;
	int column;
} prompts[] = {
	{ACTION_FIND, "/", 2},
	{ACTION_INSERT, ": insert", 9},
	{ACTION_DELETE, ": delete", 9},
	{ACTION_LOOKUP, ": lookup", 9},
	{ACTION_FILL, ": fill", 7},
	{ACTION_COLLIDE, ": collide 7", 12},
	{ACTION_EXPORT, ": export text", 14},
	{ACTION_COMMAND, ":", 2},
};

/* Those that have a test of their own below. */
static const enum action others[] = {ACTION_SUSPEND, ACTION_REDRAW, ACTION_QUIT};

/* The scene, with the scenes and themes of this checkout. */
static struct pty *open_demo(void **state, const struct scratch *at)
{
	char *env = xasprintf("XDG_CONFIG_HOME=%s", at->path);
	struct pty *pty = app_start(state, &(struct app_options){.env = ARGS(env)});

	free(env);
	return pty;
}

struct look_of {
	const char *text;
	struct style style;
};

static bool has_look(struct pty *pty, const void *arg)
{
	const struct look_of *look = arg;
	struct pty_cell cell;
	int x, y;

	if (!pty_shows(pty, look->text))
		return false;
	y = app_find(pty, look->text, &x);
	cell = pty_at(pty, x, y);
	return cell.fg == look->style.fg && cell.bg == look->style.bg &&
		cell.attrs == look->style.attrs;
}

/* A key of the table by its number; NULL behind the last. */
static char *key_of(enum action action, int n)
{
	char *keys = xstrdup(actions[action].keys), *rest = NULL, *key = strtok_r(keys, " ", &rest);

	while (key && n-- > 0)
		key = strtok_r(NULL, " ", &rest);
	key = key ? xstrdup(key) : NULL;
	free(keys);
	return key;
}

static void check_stroke(struct pty *pty, const struct stroke *s, const char *key)
{
	struct look_of look = {.text = s->shows};
	struct theme theme;

	app_press(pty, s->before);
	if (s->from)
		pty_wait(pty, s->from);
	if (pty_shows(pty, s->shows))
		fail_msg("%s: \"%s\" is there before the key", actions[s->action].name, s->shows);
	pty_key(pty, key);
	pty_wait(pty, s->shows);
	app_wait_under_cursor(pty, s->cursor);
	theme_default(&theme);
	look.style = theme.styles[s->role];
	app_wait_until(pty, has_look, &look, role_name(s->role));
	app_wait_cursor(pty, false);
}

static void test_strokes(void **state)
{
	struct scratch at;

	scratch_make(&at);
	scratch_link_share(&at);
	for (size_t i = 0; i < LENGTH(strokes); i++) {
		const struct stroke *s = &strokes[i];
		char *key;

		for (int n = 0; (key = key_of(s->action, n)) != NULL; n++) {
			check_stroke(open_demo(state, &at), s, key);
			app_end(state);
			free(key);
		}
	}
	scratch_remove(&at);
}

static bool cursor_is_in(struct pty *pty, const void *column)
{
	int x, y;

	pty_cursor_at(pty, &x, &y);
	return y == LAST && x == *(const int *)column;
}

static void test_prompts(void **state)
{
	for (size_t i = 0; i < LENGTH(prompts); i++) {
		char *key;

		for (int n = 0; (key = key_of(prompts[i].action, n)) != NULL; n++) {
			struct pty *pty = app_open(state);

			pty_key(pty, key);
			pty_wait_row(pty, LAST, prompts[i].row);
			app_wait_cursor(pty, true);
			app_wait_until(pty, cursor_is_in, &prompts[i].column,
				"the cursor behind the text");
			pty_key(pty, "Escape");
			app_wait_in(pty, -1, " quit");
			app_wait_cursor(pty, false);
			app_wait_under_cursor(pty, "1d ▇");
			app_end(state);
			free(key);
		}
	}
}

static int times(enum action action)
{
	int sum = 0;

	for (size_t i = 0; i < LENGTH(strokes); i++)
		sum += strokes[i].action == action;
	for (size_t i = 0; i < LENGTH(prompts); i++)
		sum += prompts[i].action == action;
	for (size_t i = 0; i < LENGTH(others); i++)
		sum += others[i] == action;
	return sum;
}

static void test_all_actions_are_here(void **state)
{
	(void)state;
	for (int i = 0; i < ACTIONS_END; i++)
		if (times((enum action)i) != 1)
			fail_msg("%s is in %d tables", actions[i].name, times((enum action)i));
}

static void test_redraw(void **state)
{
	struct pty *pty = app_open(state);
	size_t before;

	pty_settle(pty, 50);
	before = pty_bytes(pty);
	pty_key(pty, "C-l");
	app_wait_cleared(pty, before);
	pty_wait(pty, "growth starts, 4 buckets to 8");
}

static void test_unknown_keys(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "Y");
	app_wait_in(pty, -1, "Y has no meaning here; ? lists the keys");
	pty_key(pty, "M-q");
	pty_key(pty, "M-[");
	pty_key(pty, "F7");
	pty_type(pty, "漢");
	app_wait_in(pty, -1, "漢 has no meaning here");
	pty_key(pty, "Home");
	app_wait_in(pty, -1, "q quit");
}

static void test_suspend_key(void **state)
{
	static const char command
		[] = "set -m; \"$0\"; echo shell has it; read line; fg >/dev/null; echo ended $?";
	struct pty_options o = {.w = 120, .h = 40,
		.argv = (const char *const[]){"bash", "-c", command, program_path(), NULL}};
	struct pty *pty = pty_start(&o);

	*state = pty;
	app_wait_in(pty, -1, "q quit");
	pty_key(pty, "C-z");
	pty_wait(pty, "shell has it");
	app_check_restored(pty);
	pty_resize(pty, 100, 30);
	pty_send(pty, "\r", 1);
	app_wait_in(pty, -1, "q quit");
	app_wait_in(pty, 0, "op 32/32");
	assert_true(pty_alternate(pty));
	assert_int_equal(pty_mouse_mode(pty), 2);
	pty_key(pty, "[");
	app_wait_in(pty, 0, "op 31/32");
	pty_key(pty, "q");
	pty_wait(pty, "ended 0");
	assert_int_equal(pty_wait_exit(pty), 0);
	app_check_restored(pty);
}

static void test_quit(void **state)
{
	static const char *const keys[] = {"q", "C-c"};

	for (int i = 0; i < 2; i++) {
		struct pty *pty = app_open(state);

		pty_key(pty, keys[i]);
		assert_int_equal(pty_wait_exit(pty), 0);
		app_check_restored(pty);
		app_end(state);
	}
}

/* Keys of the configuration: an action's, and a command's with its arguments. */
static void test_configured_keys(void **state)
{
	static const char ini[] = "[keys]\nquit = Q C-x M-Q S-F4 C-Left F9\nfill 100 = F2\n"
				  "arch = none\nzoom_in = F3\n";
	struct scratch at;
	struct pty *pty;
	char *path;

	scratch_make(&at);
	path = scratch_write(&at, "c.ini", ini, strlen(ini));
	pty = app_open_args(state, ARGS("-c", path));
	app_wait_in(pty, -1, "Q quit");
	assert_null(strstr(pty_row(pty, 39), "64/32"));
	pty_key(pty, "F2");
	pty_wait(pty, "op 132/132");
	pty_key(pty, "q");
	app_wait_in(pty, -1, "q has no meaning here");
	/* The help and the pages name the keys there are. */
	pty_key(pty, "S");
	pty_wait(pty, "F3: begin the scene");
	pty_key(pty, "q");
	pty_key(pty, "?");
	pty_key(pty, "PageDown");
	pty_wait(pty, "(no key)");
	for (int i = 0; i < 14; i++)
		pty_key(pty, "Down");
	pty_wait(pty, "Commands with keys of your own");
	pty_wait(pty, " F2             fill 100");
	pty_wait(pty, "C-Left F9");
	pty_key(pty, "q");
	app_wait_in(pty, -1, "Q quit");
	pty_key(pty, "Q");
	assert_int_equal(pty_wait_exit(pty), 0);
	free(path);
	scratch_remove(&at);
}

#define TEST(f) cmocka_unit_test_teardown(f, app_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_strokes),
		TEST(test_prompts),
		TEST(test_all_actions_are_here),
		TEST(test_redraw),
		TEST(test_unknown_keys),
		TEST(test_suspend_key),
		TEST(test_quit),
		TEST(test_configured_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
