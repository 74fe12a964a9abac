/* SPDX-License-Identifier: MIT */
/* Every key of the action table does what it says, seen on the screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/session/command.h"
#include "tests/cli/program.h"
#include "tests/screen/app.h"
#include "tests/tui/scratch.h"
#include "themes/role.h"
#include "tui/app/action.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* The keys that were pressed so far, blanks around each: the last test asks whether all were. */
static struct text pressed;

static void press(struct pty *pty, const char *key)
{
	text_printf(&pressed, " %s ", key);
	pty_key(pty, key);
}

static void type_line(struct pty *pty, const char *line)
{
	pty_type(pty, line);
	pty_key(pty, "Enter");
}

static struct pty *open_args(void **state, const char *const *args)
{
	return app_start(state, &(struct app_options){.args = args});
}

static void test_opens_on_demo(void **state)
{
	struct pty *pty = app_open(state);

	assert_non_null(strstr(pty_row(pty, 0), "hmapview map[int]string  amd64 · Go 1.19"));
	assert_non_null(strstr(pty_row(pty, 0), "growing 2/4"));
	assert_non_null(strstr(pty_row(pty, 0), "op 32/32"));
	assert_true(pty_shows(pty, "hmap · 48 B · 0x"));
	assert_true(pty_shows(pty, "0x00 count       27"));
	assert_true(pty_shows(pty, "0x09 B           3   8 buckets"));
	assert_true(pty_shows(pty, " 8 × 208 B"));
	assert_true(pty_shows(pty, "old 4 × 208 B"));
	assert_true(pty_shows(pty, "bucket 7 · 0x"));
	assert_true(pty_shows(pty, "insert 28 \"v28\": hash 0x"));
	assert_true(pty_shows(pty, "growth starts, 4 buckets to 8"));
	assert_non_null(strstr(pty_row(pty, 39), "i insert  d delete"));
}

static void test_insert(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "i");
	app_wait_in(pty, -1, ": insert");
	type_line(pty, "99 \"new\"");
	pty_wait(pty, "op 33/33");
	pty_wait(pty, "insert 99 \"new\": hash 0x");
	app_wait_in(pty, -1, "q quit");
	pty_wait(pty, "count       28");
	pty_wait(pty, "\"new\"");
}

static void test_delete(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "d");
	app_wait_in(pty, -1, ": delete");
	type_line(pty, "12");
	pty_wait(pty, "op 33/33");
	pty_wait(pty, "delete 12: hash 0x");
	pty_wait(pty, "count       26");
	press(pty, "Delete");
	app_wait_in(pty, -1, ": delete");
	type_line(pty, "2");
	pty_wait(pty, "op 34/34");
	pty_wait(pty, "count       25");
}

static void test_lookup(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "l");
	app_wait_in(pty, -1, ": lookup");
	type_line(pty, "26");
	pty_wait(pty, "lookup 26: hash 0x");
	pty_wait(pty, "found in");
	press(pty, "l");
	type_line(pty, "1000");
	pty_wait(pty, "lookup 1000: hash 0x");
	pty_wait(pty, "not there");
	pty_wait(pty, "op 32/32");
}

/* What is told of a lookup is told no more once something else happens. */
static void test_lookup_passes(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "lookup 26");
	pty_wait(pty, "lookup 26: hash 0x");
	app_command(pty, "insert 50");
	pty_wait(pty, "insert 50: hash 0x");
	app_command(pty, "lookup 26");
	pty_wait(pty, "lookup 26: hash 0x");
	press(pty, "[");
	pty_wait(pty, "insert 28 \"v28\": hash 0x");
}

static void test_entries(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "E");
	pty_wait(pty, "27 of 27 entries");
	press(pty, "/");
	type_line(pty, "v13");
	pty_wait(pty, "1 of 27 entries");
	press(pty, "Enter");
	pty_wait(pty, "old bucket 1 ·");
}

/* All that changed since the mark is shown, not only what the last operation did. */
static void test_mark(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "M");
	app_wait_in(pty, -1, "all changes since op 32 are shown");
	press(pty, "M");
	app_wait_in(pty, -1, "changes of the last operation are shown");
}

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
		press(pty, pages[i][0]);
		app_wait_in(pty, 0, pages[i][1]);
		pty_wait(pty, pages[i][2]);
		press(pty, "x");
		app_wait_in(pty, 0, "op 32/32");
	}
	app_command(pty, "diff 30 32");
	pty_wait(pty, "from op 30 to op 32");
	press(pty, "x");
	app_wait_in(pty, 0, "op 32/32");
	app_command(pty, "check");
	pty_wait(pty, "all laws hold");
}

static void test_ledger(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "b");
	app_wait_in(pty, 0, " ledger ");
	app_wait_in(pty, 11, "2,736 100.0%");
	/* It stays while time is stepped through. */
	press(pty, "[");
	app_wait_in(pty, 0, "op 31/32");
	app_wait_in(pty, 10, "944 100.0%");
	press(pty, "]");
	app_wait_in(pty, 0, " ledger ");
	app_wait_in(pty, 11, "2,736 100.0%");
	press(pty, "]");
	app_wait_in(pty, -1, "redo: this is the end");
	press(pty, "v");
	app_wait_in(pty, 0, "op 33/33");
	press(pty, "x");
	pty_wait(pty, "growing 3/4");
}

static void test_layout(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "A");
	pty_wait(pty, "amd64 · 64 bit             386 · 32 bit");
	pty_wait(pty, "pairs, in all");
	press(pty, "Right");
	pty_wait(pty, "amd64 · 64 bit             arm64 · 64 bit");
	pty_wait(pty, "nothing differs");
	press(pty, "Left");
	pty_wait(pty, "386 · 32 bit               arm64 · 64 bit");
	/* All of them, round to the first; never the same twice. */
	for (int i = 0; i < 6; i++)
		press(pty, "Right");
	pty_wait(pty, "386 · 32 bit               amd64 · 64 bit");
	press(pty, "a");
	pty_wait_gone(pty, "nothing differs");
	press(pty, "x");
	app_wait_in(pty, 0, "op 32/32");
	app_command(pty, "layout mips s390x");
	pty_wait(pty, "mips · 32 bit · big        s390x · 64 bit · big");
	press(pty, "x");
	app_command(pty, "layout sparc");
	app_wait_in(pty, -2, "unknown target \"sparc\": one of amd64, 386");
	press(pty, "C-g");
}

/* The bucket under the cursor is the one the keys are meant for. */
static void test_scenes(void **state)
{
	struct scratch at;
	struct pty *pty;
	char *env;

	scratch_make(&at);
	scratch_link_scenes(&at);
	env = xasprintf("XDG_CONFIG_HOME=%s", at.path);
	pty = app_start(state, &(struct app_options){ .w = 80, .h = 24, .env = ARGS(env) });
	press(pty, "S");
	pty_wait(pty, " 3 tombstones");
	press(pty, "x");
	pty_wait_gone(pty, " 3 tombstones");
	press(pty, "S");
	pty_wait(pty, "Enter begins the scene");
	press(pty, "End");
	press(pty, "Home");
	press(pty, "Up");
	for (int i = 0; i < 3; i++)
		press(pty, "Down");
	press(pty, "k");
	press(pty, "Enter");
	pty_wait(pty, "op 9/16");
	app_wait_in(pty, -5, "Eight entries in one bucket");
	press(pty, "]");
	pty_wait(pty, "op 10/16");
	app_wait_in(pty, -5, "A tombstone");
	app_wait_in(pty, -4, "the key's bytes are still there");
	app_command(pty, "scene moon");
	app_wait_in(pty, -2, "unknown scene \"moon\": one of growth");
	free(env);
	scratch_remove(&at);
}

static void test_collide(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "c");
	app_wait_in(pty, -1, ": collide 7");
	type_line(pty, "2");
	app_wait_in(pty, 0, "op 34/34");
	pty_wait(pty, "bucket 7, tophash");
}

static void test_fill(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "f");
	app_wait_in(pty, -1, ": fill");
	type_line(pty, "40");
	pty_wait(pty, "op 72/72");
	pty_wait(pty, "count       40");
}

static void test_grow(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "g");
	pty_wait(pty, "16 × 208 B");
	pty_wait(pty, "growth starts, 8 buckets to 16");
	pty_wait(pty, "B           4   16 buckets");
}

static void test_grow_same(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "G");
	pty_wait(pty, "growth starts, to the same size");
	pty_wait(pty, "growing ");
}

static void test_evacuate(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "v");
	pty_wait(pty, "growing 3/4");
	pty_wait(pty, "old bucket 1 evacuated");
	press(pty, "v");
	pty_wait(pty, "the growth is over");
	pty_wait_gone(pty, "growing ");
	press(pty, "v");
	app_wait_in(pty, -1, "evacuate: ");
}

static void test_range(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "r");
	pty_wait(pty, "starts at bucket");
	pty_wait(pty, "iterator");
}

static void test_undo_redo(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "[");
	pty_wait(pty, "op 31/32");
	pty_wait_gone(pty, "insert 28");
	press(pty, "]");
	pty_wait(pty, "op 32/32");
	pty_wait(pty, "insert 28 \"v28\"");
	press(pty, "]");
	app_wait_in(pty, -1, "redo: this is the end");
	app_command(pty, "undo 100");
	pty_wait(pty, "op 1/32");
	press(pty, "[");
	app_wait_in(pty, -1, "this is the beginning");
	assert_non_null(strstr(pty_row(pty, 0), "op 1/32"));
	app_command(pty, "redo 100");
	pty_wait(pty, "op 32/32");
}

/* Between a new type and its map there is nothing to see, and nothing to lose. */
static void test_undo_over_new_type(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "map map[string]bool");
	pty_wait(pty, "op 34/34");
	press(pty, "[");
	pty_wait(pty, "op 32/34");
	pty_wait(pty, "count       27");
	press(pty, "]");
	pty_wait(pty, "op 34/34");
	pty_wait(pty, "count       0");
}

static void test_new_future(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "undo 10");
	pty_wait(pty, "op 22/32");
	app_command(pty, "insert 500");
	pty_wait(pty, "op 23/23");
	app_wait_in(pty, -1, "a new future begins after op 22;");
	press(pty, "]");
	app_wait_in(pty, -1, "redo: this is the end");
	/* It is told where, however many operations the command makes. */
	app_command(pty, "undo 3");
	pty_wait(pty, "op 20/23");
	app_command(pty, "fill 40");
	pty_wait(pty, "op 60/60");
	app_wait_in(pty, -1, "a new future begins after op 20;");
}

static void test_arch(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "a");
	pty_wait(pty, "8 × 108 B");
	app_wait_in(pty, 0, "386 · Go 1.19");
	pty_wait(pty, "hmap · 28 B");
	pty_wait(pty, "op 32/32");
	press(pty, "a");
	pty_wait(pty, "8 × 208 B");
	app_wait_in(pty, 0, "amd64 · Go 1.19");
	pty_wait(pty, "hmap · 48 B");
}

/* What is painted has the colours that are on the screen. */
static void test_export_theme(void **state)
{
	struct scratch at;
	struct pty *pty;
	char *path, *line, *svg;

	scratch_make(&at);
	path = scratch_write(&at, "map.svg", "", 0);
	pty = open_args(state, ARGS("-T", "themes/dark.ini"));
	line = xasprintf("export svg %s", path);
	press(pty, "e");
	app_wait_in(pty, -1, ": export text");
	pty_key(pty, "C-u");
	type_line(pty, line);
	app_wait_in(pty, -1, "written");
	svg = file_read(path, NULL);
	assert_non_null(strstr(svg, ".g { fill: #121212; }"));
	free(svg);
	press(pty, "t");
	app_wait_in(pty, -1, "theme default");
	app_command(pty, line);
	app_wait_in(pty, -1, "replace the file");
	press(pty, "y");
	app_wait_in(pty, -1, "written");
	svg = file_read(path, NULL);
	assert_non_null(strstr(svg, ".g { fill: #ffffff; }"));
	free(svg);
	free(line);
	free(path);
	scratch_remove(&at);
}

static void test_command(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, ":");
	app_wait_in(pty, -1, ":");
	type_line(pty, "clear");
	pty_wait(pty, "clear: 27 entries gone");
	app_command(pty, "map map[string]bool");
	app_wait_in(pty, 0, "map[string]bool");
	app_command(pty, "help");
	pty_wait(pty, "Moving");
	pty_key(pty, "Escape");
	pty_wait_gone(pty, "Moving");
	app_command(pty, "quit");
	assert_int_equal(pty_wait_exit(pty), 0);
}

/* Scrolls the help down to its end and gathers its rows. */
static char *read_help(struct pty *pty)
{
	struct text all = {0};
	char *before = xstrdup("");

	for (int i = 0; i < 200; i++) {
		for (int y = 0; y < 12; y++) {
			text_add(&all, pty_row(pty, y));
			text_add(&all, "\n");
		}
		if (strcmp(before, pty_row(pty, 10)) == 0 && strstr(pty_row(pty, 9), "redo"))
			break;
		free(before);
		before = xstrdup(pty_row(pty, 10));
		press(pty, "Down");
		pty_settle(pty, 5);
	}
	free(before);
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

	press(pty, "?");
	pty_wait(pty, "Moving");
	help = read_help(pty);
	for (int i = 0; i < ACTIONS_END; i++)
		if (!help_names(help, &actions[i]))
			fail_msg("the help does not show \"%s %s\"", actions[i].keys, actions[i].help);
	for (unsigned i = 0; command_at(i); i++)
		if (!strstr(help, command_at(i)->help))
			fail_msg("the help does not show \"%s\"", command_at(i)->help);
	free(help);
	press(pty, "Up");
	pty_wait(pty, "undo");
	pty_key(pty, "q");
	pty_wait(pty, "q quit");
	press(pty, "?");
	pty_wait(pty, "Moving");
	press(pty, "PageDown");
	pty_wait_gone(pty, "Moving");
	press(pty, "PageUp");
	pty_wait(pty, "Moving");
}

/* A home with the checkout's themes, wherever the program was built. */
static char *themes_home(const struct scratch *at)
{
	char *here = realpath("themes", NULL), *folder = xasprintf("%s/hmapview", at->path);
	char *link = xasprintf("%s/themes", folder);

	assert_non_null(here);
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(symlink(here, link), 0);
	free(link);
	free(folder);
	free(here);
	return xasprintf("XDG_CONFIG_HOME=%s", at->path);
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
	home = themes_home(&at);
	pty = app_start(state, &(struct app_options){.env = ARGS(home)});
	y = app_find(pty, "42 7b", &x);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *says = xasprintf("theme %s", names[i]);

		press(pty, "t");
		/* The last row is sent last, so the cell is in its new look. */
		app_wait_in(pty, -1, says);
		looks |= 1u << (pty_at(pty, x, y).fg & 31);
		free(says);
	}
	assert_true((looks & (looks - 1)) != 0);
	free(home);
	scratch_remove(&at);
}

/* From the array to the old one, to the header, and back to where one was; or the other way. */
static void test_panels(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "Tab");
	pty_wait(pty, "╭ old bucket 3 · 0x");
	press(pty, "Tab");
	press(pty, "x");
	pty_wait(pty, "count is what len returns: 27 keys");
	press(pty, "Tab");
	pty_wait_gone(pty, "count is what len");
	pty_wait(pty, "╭ bucket 3 · 0x");
	press(pty, "S-Tab");
	pty_wait(pty, "count is what len");
}

/* In four rows, too, the field under the cursor is in sight, and a click hits what it points to. */
static void test_header_in_little_room(void **state)
{
	struct pty *pty = app_start(state, &(struct app_options){.w = 40, .h = 10});

	press(pty, "S-Tab");
	pty_wait(pty, "0x00 count");
	press(pty, "End");
	pty_wait(pty, "0x28 extra");
	pty_wait(pty, "6-9 of 9");
	pty_mouse(pty, 8, 3, 1, true);
	press(pty, "Enter");
	pty_wait_gone(pty, "0x28 extra");
}

static bool is_linked(struct pty *pty, const void *arg)
{
	int x, y = app_find(pty, arg, &x);

	return pty_at(pty, x, y).attrs & ATTR_UNDERLINE;
}

/* Each field of the header is explained, lights what it speaks of, and leads there. */
static void test_header_fields(void **state)
{
	static const char *const words[] = {"count is what", "flags 0: no range loop", "2^3 = 8",
		"noverflow is the number", "hash0 is a random number", "8 buckets of 208 bytes",
		"oldbuckets is the array", "all old buckets below 1 of 4", "extra is nil"};
	struct pty *pty = app_open(state);

	press(pty, "x");
	press(pty, "S-Tab");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		pty_wait(pty, words[i]);
		press(pty, "Down");
	}
	press(pty, "Up");
	pty_wait(pty, "all old buckets below 1 of 4");
	app_wait_until(pty, is_linked, "1 ▏ec 7b", "the bucket of nevacuate is lit");
	press(pty, "Enter");
	pty_wait(pty, "╭ old bucket 1 · 0x");
	app_wait_until(pty, is_linked, "nevacuate", "the field that leads there is lit");
}

static void test_moving(void **state)
{
	struct pty *pty = app_open(state);

	pty_wait(pty, "▸key 6");
	press(pty, "Up");
	pty_wait(pty, "bucket 6 · 0x");
	press(pty, "k");
	pty_wait(pty, "bucket 5 · 0x");
	press(pty, "Down");
	pty_wait(pty, "bucket 6 · 0x");
	press(pty, "j");
	pty_wait(pty, "bucket 7 · 0x");
	press(pty, "Left");
	pty_wait(pty, "▸key 5");
	press(pty, "h");
	pty_wait(pty, "▸key 4");
	press(pty, "Right");
	pty_wait(pty, "▸key 5");
	press(pty, "L");
	pty_wait(pty, "▸key 6");
	press(pty, "Home");
	pty_wait(pty, "bucket 0 · 0x");
	press(pty, "Space");
	pty_wait(pty, "bucket 7 · 0x");
	/* Beyond the ends there is nothing. */
	press(pty, "Down");
	press(pty, "Right");
	press(pty, "Right");
	pty_wait(pty, "▸key 7");
	pty_wait(pty, "bucket 7 · 0x");
}

static void test_pages(void **state)
{
	struct pty *pty = open_args(state, ARGS("-n", "1000"));

	press(pty, "Home");
	pty_wait(pty, "│   0 ▏");
	pty_wait(pty, "╭ bucket 0 · 0x");
	press(pty, "PageDown");
	pty_wait_gone(pty, "╭ bucket 0 · 0x");
	press(pty, "C-f");
	pty_wait_gone(pty, "│   0 ▏");
	press(pty, "C-b");
	press(pty, "PageUp");
	pty_wait(pty, "╭ bucket 0 · 0x");
	press(pty, "End");
	pty_wait(pty, "│ 255 ▏");
	pty_wait(pty, "╭ bucket 255 · 0x");
}

static void test_mouse(void **state)
{
	struct pty *pty = app_open(state);
	int x, y = app_find(pty, "42 7b", &x);

	pty_mouse(pty, x + 3, y, 1, true);
	pty_mouse(pty, x + 3, y, 1, false);
	pty_wait(pty, "╭ bucket 0 · 0x");
	pty_wait(pty, "▸key 1");
	pty_mouse(pty, x, y, 5, true);
	pty_wait(pty, "╭ bucket 3 · 0x");
	pty_mouse(pty, x, y, 4, true);
	pty_wait(pty, "╭ bucket 0 · 0x");
	y = app_find(pty, "d6 b2 a2", &x);
	pty_mouse(pty, x + 6, y, 1, true);
	pty_wait(pty, "╭ old bucket 2 · 0x");
	pty_wait(pty, "▸key 2");
	/* On a frame nothing happens, nor with the other buttons. */
	pty_mouse(pty, 0, 1, 1, true);
	pty_mouse(pty, x, y - 1, 3, true);
	press(pty, "Down");
	pty_wait(pty, "╭ old bucket 3 · 0x");
}

static bool cleared_since(struct pty *pty, const void *arg)
{
	size_t len;

	return strstr(pty_output(pty, &len) + *(const size_t *)arg, "\033[2J") != NULL;
}

static void test_redraw(void **state)
{
	struct pty *pty = app_open(state);
	size_t before;

	pty_settle(pty, 50);
	before = pty_bytes(pty);
	press(pty, "C-l");
	app_wait_until(pty, cleared_since, &before, "the screen is cleared and drawn anew");
	pty_wait(pty, "growth starts, 4 buckets to 8");
}

static void test_zoom(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "Enter");
	pty_wait(pty, "+0x038 ▸key 6      1c 00 00 00 00 00 00 00  28");
	press(pty, "z");
	pty_wait(pty, "slot 6  tophash 1d  live");
	pty_wait(pty, "elem  string  \"v28\"");
	press(pty, "Backspace");
	pty_wait(pty, "+0x038 ▸key 6");
	press(pty, "Z");
	pty_wait(pty, "old 4 × 208 B");
	press(pty, "Z");
	pty_wait(pty, "a cell is 1 bucket");
	pty_wait(pty, "fill ·");
}

/* Byte by byte: each is told of, and its field and its slot are lit. */
static void test_bytes(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "Enter");
	press(pty, "x");
	pty_wait(pty, "Byte 0 of key 6, 28: bits 0 to 7 of the int.");
	press(pty, "Right");
	pty_wait(pty, "Byte 1 of key 6, 28: bits 8 to 15 of the int.");
	press(pty, "Left");
	press(pty, "Left");
	pty_wait(pty, "Byte 7 of key 5, 26: bits 56 to 63 of the int.");
	press(pty, "Down");
	press(pty, "Down");
	pty_wait(pty, "Byte 7 of key 7: bits 56 to 63 of the int. The slot is free");
	press(pty, "Down");
	press(pty, "Right");
	pty_wait(pty, "Byte 8 of elem 0, \"v2\": bits 0 to 7 of the length.");
	app_wait_until(pty, is_linked, "key 0", "the key of its slot is lit");
	app_wait_until(pty, is_linked, "a7 6a 0a 61 4a 54 1d 00", "and its tophash byte");
	press(pty, "Home");
	pty_wait(pty, "The tophash of slot 0: a7, the top byte of the hash of 2.");
	press(pty, "End");
	pty_wait(pty, "Byte 7 of the overflow pointer. It is nil");
	/* Over the ends lie the buckets beside it. */
	press(pty, "Home");
	press(pty, "Up");
	pty_wait(pty, "╭ bucket 6 · 0x");
	pty_wait(pty, "of the overflow pointer");
	press(pty, "PageDown");
	pty_wait(pty, "╭ bucket 7 · 0x");
}

/* Which measure the atlas has is told where the atlas is not seen. */
static void test_metric_afar(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "m");
	app_wait_in(pty, -1, "the atlas shows: chain length");
}

static void test_marks_page(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "w");
	app_wait_in(pty, 0, " marks ");
	pty_wait(pty, "deleted, more may follow (emptyOne 01)");
	press(pty, "w");
	app_wait_in(pty, 0, "op 32/32");
}

static void test_atlas(void **state)
{
	static const char *const metrics[] = {"chain", "tombstone", "move", "fill"};
	struct pty *pty = open_args(state, ARGS("-n", "5000"));
	int x, y;

	press(pty, "Z");
	pty_wait(pty, "a cell is");
	for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
		press(pty, "m");
		pty_wait(pty, metrics[i]);
	}
	/* What a click and the arrows choose is what is seen closer. */
	press(pty, "Home");
	y = app_find(pty, "buckets 1024", &x) + 1;
	pty_mouse(pty, x + 5, y, 1, true);
	press(pty, "Left");
	press(pty, "Enter");
	pty_wait_gone(pty, "a cell is");
	pty_wait(pty, "╭ bucket 4 · 0x");
}

static void test_explain(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "x");
	pty_wait(pty, "This slot is live");
	press(pty, "F1");
	pty_wait_gone(pty, "This slot is live");
	pty_wait(pty, "growth starts");
}

static void test_find(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "/");
	pty_wait_row(pty, 39, "/");
	type_line(pty, "#3");
	pty_wait(pty, "╭ bucket 3 · 0x");
	press(pty, "/");
	type_line(pty, "12");
	pty_wait(pty, "╭ bucket 7 · 0x");
	pty_wait(pty, "key 1 ");
	press(pty, "/");
	type_line(pty, "1000");
	app_wait_in(pty, -2, "there is no such key");
	pty_key(pty, "Escape");
	app_wait_in(pty, -1, "q quit");
	press(pty, "/");
	type_line(pty, "waiting");
	pty_wait(pty, "╭ old bucket 1 · 0x");
	press(pty, "n");
	pty_wait(pty, "╭ old bucket 2 · 0x");
	press(pty, "N");
	pty_wait(pty, "╭ old bucket 1 · 0x");
}

static void test_find_nothing_yet(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "n");
	app_wait_in(pty, -1, "nothing was searched for yet");
}

static void test_events(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, ",");
	pty_wait(pty, "event 41 of 42");
	press(pty, ",");
	pty_wait(pty, "event 40 of 42");
	press(pty, ".");
	pty_wait(pty, "event 41 of 42");
	press(pty, ".");
	pty_wait(pty, "growth starts");
	press(pty, ".");
	app_wait_in(pty, -1, "this is the end");
	app_wait_in(pty, 0, "op 32/32");
}

static void test_jumps(void **state)
{
	struct pty *pty = app_open(state);

	press(pty, "{");
	pty_wait(pty, "growth starts, 2 buckets to 4");
	press(pty, "}");
	pty_wait(pty, "growth starts, 4 buckets to 8");
	press(pty, "}");
	app_wait_in(pty, -1, "nothing more up to the end");
	press(pty, "{");
	press(pty, "{");
	pty_wait(pty, "growth starts, 1 bucket");
	press(pty, "{");
	app_wait_in(pty, 0, "op 1/32");
	press(pty, "{");
	press(pty, ",");
	press(pty, ",");
	press(pty, "]");
	app_wait_in(pty, 0, "op 2/32");
}

static void test_play(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "undo 6");
	app_wait_in(pty, 0, "op 26/32");
	for (int i = 0; i < 3; i++)
		press(pty, "+");
	app_wait_in(pty, -1, "one operation each 50 ms");
	press(pty, "-");
	app_wait_in(pty, -1, "one operation each 100 ms");
	press(pty, "p");
	app_wait_in(pty, 0, "op 32/32");
}

static void test_play_stops(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "undo 20");
	app_wait_in(pty, 0, "op 12/32");
	press(pty, "p");
	app_wait_in(pty, 0, "op 13/32");
	pty_key(pty, "Left");
	app_command(pty, "redo 100");
	app_wait_in(pty, 0, "op 32/32");
}

/* The timeline can be clicked. */
static void test_timeline_mouse(void **state)
{
	struct pty *pty = app_open(state);
	int x, y = app_find(pty, "●", &x);

	pty_mouse(pty, 1, y, 1, true);
	app_wait_in(pty, 0, "op 1/32");
	pty_mouse(pty, 1, y, 1, false);
	pty_mouse(pty, x, y, 1, true);
	app_wait_in(pty, 0, "op 32/32");
}

/* The minimap keeps hold of the mouse until it is let go, also beside its row. */
static void test_minimap_mouse(void **state)
{
	enum { ROW = 34, CELLS = 118 };
	struct pty *pty = open_args(state, ARGS("-n", "1000"));

	pty_mouse(pty, 1, ROW, 1, true);
	pty_wait(pty, "╭ bucket 0 · 0x");
	pty_mouse_move(pty, 1 + CELLS / 2, ROW - 4);
	pty_wait(pty, "╭ bucket 128 · 0x");
	pty_mouse_move(pty, 118, ROW + 2);
	pty_wait(pty, "╭ bucket 253 · 0x");
	pty_mouse(pty, 118, ROW + 2, 1, false);
	pty_mouse_move(pty, 60, ROW);
	press(pty, "Up");
	pty_wait(pty, "╭ bucket 252 · 0x");
}

/* The wheel moves what is under it: the other array, the header, the bytes, time, a page. */
static void test_wheel(void **state)
{
	enum { UP = 4, DOWN = 5 };
	struct pty *pty = app_open(state);
	int x, y = app_find(pty, "ec 7b", &x);

	pty_mouse(pty, x, y, DOWN, true);
	pty_wait(pty, "╭ old bucket 3 · 0x");
	press(pty, "x");
	y = app_find(pty, "0x09 B", &x);
	pty_mouse(pty, x, y, 1, true);
	pty_mouse(pty, x, y, 1, false);
	pty_wait(pty, "2^B is the number of buckets");
	pty_mouse(pty, x, y, DOWN, true);
	pty_wait(pty, "noverflow is the number");
	y = app_find(pty, "+0x018", &x);
	pty_mouse(pty, x + 15, y, 1, true);
	pty_mouse(pty, x + 15, y, 1, false);
	press(pty, "Enter");
	pty_wait(pty, "of key 2");
	pty_mouse(pty, x + 15, y, DOWN, true);
	pty_wait(pty, "of key 5");
	y = app_find(pty, "●", &x);
	pty_mouse(pty, x, y, UP, true);
	app_wait_in(pty, 0, "op 31/32");
	press(pty, "?");
	pty_wait(pty, "Moving");
	pty_mouse(pty, 10, 10, DOWN, true);
	pty_wait_gone(pty, "Moving");
	pty_mouse(pty, 10, 10, UP, true);
	pty_wait(pty, "Moving");
}

/* The cursor follows the steps until it is moved; then it stays, until it is told to follow. */
static void test_staying(void **state)
{
	struct pty *pty = app_open(state);

	pty_wait(pty, " follows the steps ");
	press(pty, "[");
	pty_wait_gone(pty, "╭ bucket 7 · 0x");
	press(pty, "]");
	pty_wait(pty, "╭ bucket 7 · 0x");
	press(pty, "Left");
	pty_wait(pty, " stays with key 26 ");
	press(pty, "[");
	pty_wait(pty, "▸key 6");
	pty_wait(pty, "╭ bucket 3 · 0x");
	pty_wait(pty, " stays with key 26 ");
	press(pty, "d");
	type_line(pty, "26");
	pty_wait(pty, " follows the steps ");
	press(pty, "[");
	press(pty, "/");
	type_line(pty, "26");
	pty_wait(pty, " stays with key 26 ");
	press(pty, "]");
	pty_wait(pty, " waits for key 26 ");
	press(pty, "Space");
	pty_wait(pty, " follows the steps ");
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
	press(pty, "Home");
	app_wait_in(pty, -1, "q quit");
}

static void test_suspend_key(void **state)
{
	static const char command[] = "set -m; \"$0\"; echo shell has it; read line; fg >/dev/null; echo ended $?";
	struct pty_options o = {.w = 120, .h = 40,
		.argv = (const char *const[]){"bash", "-c", command, program_path(), NULL}};
	struct pty *pty = pty_start(&o);

	*state = pty;
	app_wait_in(pty, -1, "q quit");
	press(pty, "C-z");
	pty_wait(pty, "shell has it");
	app_check_restored(pty);
	pty_resize(pty, 100, 30);
	pty_send(pty, "\r", 1);
	app_wait_in(pty, -1, "q quit");
	app_wait_in(pty, 0, "op 32/32");
	assert_true(pty_alternate(pty));
	assert_int_equal(pty_mouse_mode(pty), 2);
	press(pty, "[");
	app_wait_in(pty, 0, "op 31/32");
	press(pty, "q");
	pty_wait(pty, "ended 0");
	assert_int_equal(pty_wait_exit(pty), 0);
	app_check_restored(pty);
}

static void test_quit(void **state)
{
	static const char *const keys[] = {"q", "C-c"};

	for (int i = 0; i < 2; i++) {
		struct pty *pty = app_open(state);

		press(pty, keys[i]);
		assert_int_equal(pty_wait_exit(pty), 0);
		app_check_restored(pty);
		app_end(state);
	}
}

/* Keys of the configuration: an action's, and a command's with its arguments. */
static void test_configured_keys(void **state)
{
	static const char ini[] = "[keys]\nquit = Q\nfill 100 = F2\narch = none\n";
	struct scratch at;
	struct pty *pty;
	char *path;

	scratch_make(&at);
	path = scratch_write(&at, "c.ini", ini, strlen(ini));
	pty = open_args(state, ARGS("-c", path));
	app_wait_in(pty, -1, "Q quit");
	assert_null(strstr(pty_row(pty, 39), "64/32"));
	pty_key(pty, "F2");
	pty_wait(pty, "op 132/132");
	pty_key(pty, "q");
	app_wait_in(pty, -1, "q has no meaning here");
	pty_key(pty, "Q");
	assert_int_equal(pty_wait_exit(pty), 0);
	free(path);
	scratch_remove(&at);
}

/* Last: every default key of the table was pressed above. */
static void test_all_keys_were_pressed(void **state)
{
	(void)state;
	for (int i = 0; i < ACTIONS_END; i++) {
		char *keys = xstrdup(actions[i].keys), *rest = NULL;

		for (char *key = strtok_r(keys, " ", &rest); key; key = strtok_r(NULL, " ", &rest)) {
			char *word = xasprintf(" %s ", key);

			if (!strstr(text_str(&pressed), word))
				fail_msg("%s: nobody presses %s", actions[i].name, key);
			free(word);
		}
		free(keys);
	}
	text_free(&pressed);
}

#define TEST(f) cmocka_unit_test_teardown(f, app_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_opens_on_demo), TEST(test_insert), TEST(test_delete), TEST(test_lookup), TEST(test_lookup_passes),
		TEST(test_collide), TEST(test_layout), TEST(test_scenes), TEST(test_ledger), TEST(test_figures), TEST(test_entries), TEST(test_mark), TEST(test_fill), TEST(test_grow), TEST(test_grow_same), TEST(test_evacuate),
		TEST(test_range), TEST(test_undo_redo), TEST(test_undo_over_new_type),
		TEST(test_new_future), TEST(test_arch),
		TEST(test_export_theme), TEST(test_command),
		TEST(test_help_lists_everything), TEST(test_themes), TEST(test_panels), TEST(test_header_fields), TEST(test_header_in_little_room),
		TEST(test_moving), TEST(test_pages), TEST(test_mouse), TEST(test_redraw),
		TEST(test_zoom), TEST(test_bytes), TEST(test_marks_page), TEST(test_metric_afar), TEST(test_atlas), TEST(test_explain), TEST(test_find),
		TEST(test_find_nothing_yet), TEST(test_events), TEST(test_jumps), TEST(test_play),
		TEST(test_play_stops), TEST(test_timeline_mouse), TEST(test_minimap_mouse), TEST(test_wheel),
		TEST(test_staying), TEST(test_unknown_keys), TEST(test_suspend_key), TEST(test_quit),
		TEST(test_configured_keys), TEST(test_all_keys_were_pressed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
