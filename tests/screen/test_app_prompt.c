/* SPDX-License-Identifier: MIT */
/* The prompt: errors stay beside what can be mended, editing, history, completion, paste. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tests/screen/app.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

enum { LAST = 39 };

/* Opens the prompt and types. */
static struct pty *open_typing(void **state, const char *text)
{
	struct pty *pty = app_open(state);

	pty_key(pty, ":");
	pty_wait_row(pty, LAST, ":");
	pty_type(pty, text);
	return pty;
}

static void press_all(struct pty *pty, const char *const *keys)
{
	for (; *keys; keys++)
		pty_key(pty, *keys);
}

#define KEYS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_error_stays_beside_the_line(void **state)
{
	struct pty *pty = open_typing(state, "inser 77");

	pty_key(pty, "Enter");
	app_wait_in(pty, -2, "unknown command \"inser\"");
	pty_wait_row(pty, LAST, ": inser 77");
	press_all(pty, KEYS("Left", "Left", "Left", "t"));
	pty_wait_row(pty, LAST, ": insert 77");
	pty_wait_gone(pty, "unknown command");
	pty_key(pty, "Enter");
	pty_wait(pty, "op 33/33");
	pty_wait(pty, "insert 77: hash");
}

/* The first letter begins another line; the sign, by habit, is no part of it. */
static void test_failed_line_is_replaced(void **state)
{
	struct pty *pty = open_typing(state, "inser 77");

	pty_key(pty, "Enter");
	app_wait_in(pty, -2, "unknown command \"inser\"; did you mean \"insert\"?");
	pty_type(pty, ":insert 78");
	pty_wait_row(pty, LAST, ": insert 78");
	pty_key(pty, "Enter");
	pty_wait(pty, "op 33/33");
	app_command(pty, "filll 9");
	app_wait_in(pty, -2, "unknown command");
	pty_type(pty, "fill 9");
	pty_wait_row(pty, LAST, ": fill 9");
	pty_key(pty, "Escape");
	app_wait_in(pty, -1, "q quit");
	/* A search likewise. */
	pty_key(pty, "/");
	pty_type(pty, "v5");
	pty_key(pty, "Enter");
	app_wait_in(pty, -2, "there is no key v5; an elem has it: =\"v5\" finds it");
	pty_type(pty, "=\"v5\"");
	pty_wait_row(pty, LAST, "/ =\"v5\"");
	pty_key(pty, "Enter");
	app_wait_in(pty, -1, "q quit");
}

/* A script is pasted as one: after a question its lines are run, up to the first that fails. */
static void test_pasted_script(void **state)
{
	static const char text[] = "insert 101\rinsert 102 \"x\"\r\n\ninsret 103\rinsert 104\r";
	static const char good[] = "  # all is well\n\tinsert 105\n";
	struct pty *pty = app_open(state);

	pty_paste(pty, text, sizeof text - 1);
	app_wait_in(pty, -1, "run these 4 lines, one by one, y or n? insert 101");
	pty_key(pty, "n");
	app_wait_in(pty, -1, "nothing was run");
	app_wait_in(pty, 0, "op 32/32");
	pty_paste(pty, text, sizeof text - 1);
	app_wait_in(pty, -1, "run these 4 lines");
	pty_key(pty, "y");
	app_wait_in(pty, -1, "pasted:4: unknown command \"insret\"");
	app_wait_in(pty, 0, "op 34/34");
	pty_key(pty, ":");
	pty_wait_row(pty, LAST, ":");
	pty_paste(pty, good, sizeof good - 1);
	app_wait_in(pty, -1, "run these 2 lines");
	pty_key(pty, "y");
	app_wait_in(pty, -1, "all lines were run");
	app_wait_in(pty, 0, "op 35/35");
	/* Where a line is begun already, all of it belongs there. */
	pty_key(pty, ":");
	pty_type(pty, "x");
	pty_paste(pty, good, sizeof good - 1);
	app_wait_in(pty, -1, ": x  # all is well  insert 105");
}

/* Files may be named from the home folder, and by variables. */
static void test_files_at_home(void **state)
{
	struct scratch at;
	char *home, *path;
	struct pty *pty;

	scratch_make(&at);
	free(scratch_write(&at, "sub/script.hm", "fill 3\n", 7));
	home = xasprintf("HOME=%s", at.path);
	pty = app_start(state,
		&(struct app_options){ .env = (const char *const[]){ home, "IN=sub", NULL } });
	app_command(pty, "load ~/sub/script.hm");
	app_wait_in(pty, 0, "op 4/4");
	app_command(pty, "load $HOME/${IN}/script.hm");
	app_wait_in(pty, -1, "q quit");
	app_command(pty, "export text ~/out.txt");
	path = xasprintf("written: %s/out.txt", at.path);
	app_wait_in(pty, -1, path);
	app_command(pty, "load $NOTSET/script.hm");
	app_wait_in(pty, -2, "$NOTSET/script.hm: No such file");
	pty_key(pty, "C-u");
	pty_type(pty, "load ~/s");
	pty_key(pty, "Tab");
	pty_key(pty, "Tab");
	pty_wait_row(pty, LAST, ": load ~/sub/script.hm");
	pty_key(pty, "C-u");
	pty_type(pty, "save -");
	pty_key(pty, "Enter");
	app_wait_in(pty, -2, "standard output is the screen");
	free(path);
	free(home);
	scratch_remove(&at);
}

static void test_errors_change_nothing(void **state)
{
	static const char *const lines[] = { "insert", "insert \"x\"", "insert 1 2", "insert 1 \"a",
		"fill -1", "fill 99999999999999999999", "delete x", "lookup", "arch vax", "go 1.3",
		"map map[[]int]int", "map map[int", "seed x", "hash md5", "collide 99",
		"export pdf x", "export text /proc/nonexistent/x", "export text", "redo" };
	struct pty *pty = app_open(state);

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		char *word = xstrndup(lines[i], strcspn(lines[i], " \t"));
		char *says = xasprintf("%s: ", word);

		app_command(pty, lines[i]);
		pty_wait(pty, says);
		pty_key(pty, "Escape");
		app_wait_in(pty, -1, "q quit");
		free(says);
		free(word);
	}
	app_wait_in(pty, 0, "op 32/32");
	pty_wait(pty, "count       27");
}

static void test_cancelling(void **state)
{
	static const char *const keys[] = {"Escape", "C-c", "C-g"};
	struct pty *pty = app_open(state);

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		pty_key(pty, ":");
		pty_type(pty, "clear");
		pty_wait_row(pty, LAST, ": clear");
		pty_key(pty, keys[i]);
		app_wait_in(pty, -1, "q quit");
	}
	pty_key(pty, ":");
	pty_type(pty, "x");
	pty_wait_row(pty, LAST, ": x");
	pty_key(pty, "Backspace");
	pty_wait_row(pty, LAST, ":");
	pty_key(pty, "Backspace");
	app_wait_in(pty, -1, "q quit");
	app_wait_in(pty, 0, "op 32/32");
	app_wait_cursor(pty, false);
}

static bool cursor_is(struct pty *pty, const void *arg)
{
	int x, y;

	pty_cursor_at(pty, &x, &y);
	return pty_cursor(pty) && y == LAST && x == *(const int *)arg;
}

static void wait_cursor(struct pty *pty, int x)
{
	app_wait_until(pty, cursor_is, &x, "the cursor in that column");
}

static void test_editing(void **state)
{
	struct pty *pty = open_typing(state, "one two three");

	wait_cursor(pty, 15);
	pty_key(pty, "C-w");
	pty_wait_row(pty, LAST, ": one two");
	wait_cursor(pty, 10);
	pty_key(pty, "Home");
	wait_cursor(pty, 2);
	pty_key(pty, "X");
	pty_wait_row(pty, LAST, ": Xone two");
	pty_key(pty, "Delete");
	pty_wait_row(pty, LAST, ": Xne two");
	pty_key(pty, "End");
	pty_key(pty, "Left");
	pty_key(pty, "Left");
	wait_cursor(pty, 8);
	pty_key(pty, "C-k");
	pty_wait_row(pty, LAST, ": Xne tw");
	pty_key(pty, "C-a");
	wait_cursor(pty, 2);
	pty_key(pty, "Right");
	wait_cursor(pty, 3);
	pty_key(pty, "C-u");
	pty_wait_row(pty, LAST, ": ne tw");
	pty_key(pty, "C-e");
	pty_key(pty, "Backspace");
	pty_wait_row(pty, LAST, ": ne t");
	/* At the ends nothing happens. */
	press_all(pty, KEYS("Right", "Delete", "C-k", "C-a", "Left", "C-u", "C-w"));
	wait_cursor(pty, 2);
	pty_wait_row(pty, LAST, ": ne t");
}

/* The keys that a shell has. */
static void test_editing_by_words(void **state)
{
	struct pty *pty = open_typing(state, "one two  three");

	pty_key(pty, "M-b");
	wait_cursor(pty, 11);
	pty_key(pty, "C-Left");
	wait_cursor(pty, 6);
	pty_key(pty, "M-f");
	wait_cursor(pty, 9);
	pty_key(pty, "C-Right");
	wait_cursor(pty, 16);
	pty_key(pty, "M-Backspace");
	pty_wait_row(pty, LAST, ": one two");
	pty_key(pty, "C-a");
	pty_key(pty, "C-y");
	pty_wait_row(pty, LAST, ": threeone two");
	pty_key(pty, "C-b");
	pty_key(pty, "C-d");
	pty_wait_row(pty, LAST, ": threone two");
	pty_key(pty, "C-f");
	pty_key(pty, "M-d");
	pty_wait_row(pty, LAST, ": threo two");
	press_all(pty, KEYS("C-w", "C-y", "C-y"));
	pty_wait_row(pty, LAST, ": threothreo two");
	/* As Enter. */
	press_all(pty, KEYS("C-e", "C-u"));
	pty_type(pty, "insert 77");
	pty_send(pty, "\n", 1);
	pty_wait(pty, "insert 77: hash");
	/* With nothing to take out it leaves. */
	pty_key(pty, ":");
	pty_key(pty, "C-d");
	app_wait_in(pty, -1, "q quit");
}

/* Back to the last line that has in it what is typed, and on to those before. */
static void test_search_in_history(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "insert 101");
	pty_wait(pty, "op 33/33");
	app_command(pty, "delete 101");
	pty_wait(pty, "op 34/34");
	app_command(pty, "insert 102");
	pty_wait(pty, "op 35/35");
	pty_key(pty, ":");
	pty_type(pty, "101");
	pty_key(pty, "C-r");
	pty_wait_row(pty, LAST, ": delete 101");
	pty_key(pty, "C-r");
	pty_wait_row(pty, LAST, ": insert 101");
	pty_key(pty, "C-r");
	app_wait_in(pty, -2, "no line before has \"101\" in it");
	pty_wait_row(pty, LAST, ": insert 101");
	press_all(pty, KEYS("C-n", "C-n", "C-n"));
	pty_wait_row(pty, LAST, ": 101");
	pty_key(pty, "C-p");
	pty_wait_row(pty, LAST, ": insert 102");
}

static void test_wide_characters(void **state)
{
	struct pty *pty = open_typing(state, "漢字é😀");

	pty_wait_row(pty, LAST, ": 漢字é😀");
	wait_cursor(pty, 9);
	press_all(pty, KEYS("Left", "Left"));
	wait_cursor(pty, 6);
	pty_key(pty, "Backspace");
	pty_wait_row(pty, LAST, ": 漢é😀");
	pty_key(pty, "Delete");
	pty_wait_row(pty, LAST, ": 漢😀");
}

/* A line longer than the screen is moved so that the cursor stays in sight. */
static void test_long_line(void **state)
{
	struct pty *pty = open_typing(state, "");
	char row[400];

	for (int i = 0; i < 30; i++)
		pty_type(pty, "0123456789");
	pty_type(pty, "END");
	app_wait_in(pty, -1, "89END");
	assert_int_equal(strncmp(pty_row(pty, LAST), "…", 3), 0);
	pty_key(pty, "Home");
	app_wait_in(pty, -1, ": 0123456789");
	/* It goes on, and says so. */
	app_wait_in(pty, -1, "456…");
	for (int i = 0; i < 119; i++)
		pty_key(pty, "Right");
	app_wait_in(pty, -1, "789…");
	pty_key(pty, "Home");
	app_wait_in(pty, -1, ": 0123456789");
	snprintf(row, sizeof row, "%s", pty_row(pty, LAST));
	assert_null(strstr(row, "END"));
}

static void test_history(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "insert 101");
	pty_wait(pty, "op 33/33");
	app_command(pty, "insert 102");
	pty_wait(pty, "op 34/34");
	pty_key(pty, ":");
	pty_type(pty, "typed");
	pty_wait_row(pty, LAST, ": typed");
	pty_key(pty, "Up");
	pty_wait_row(pty, LAST, ": insert 102");
	pty_key(pty, "Up");
	pty_wait_row(pty, LAST, ": insert 101");
	pty_key(pty, "Up");
	pty_key(pty, "Down");
	pty_wait_row(pty, LAST, ": insert 102");
	pty_key(pty, "Down");
	pty_wait_row(pty, LAST, ": typed");
	pty_key(pty, "Down");
	pty_key(pty, "Up");
	pty_wait_row(pty, LAST, ": insert 102");
	pty_key(pty, "Backspace");
	pty_key(pty, "9");
	pty_key(pty, "Enter");
	pty_wait(pty, "insert 109: hash");
}

/* What failed is remembered too: it is what one wants to mend. */
static void test_history_keeps_failures(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "nonsense");
	app_wait_in(pty, -2, "unknown command");
	pty_key(pty, "Down");
	pty_wait_gone(pty, "unknown command");
	pty_wait_row(pty, LAST, ": nonsense");
	pty_key(pty, "Escape");
	app_wait_in(pty, -1, "q quit");
	pty_key(pty, ":");
	pty_key(pty, "Up");
	pty_wait_row(pty, LAST, ": nonsense");
}

static void test_completion(void **state)
{
	static const struct {
		const char *typed, *row;
	} table[] = {
		{"ins", ": insert"},
		{"sn", ": snapshot"},
		{"export m", ": export markdown"},
		{"arch am", ": arch amd64"},
		{"arch ar", ": arch arm"},
		{"map map[string]st", ": map map[string]str"},
		{"hash w", ": hash wyhash"},
		{"go 1.2", ": go 1.2"},
		{"nonsense", ": nonsense"},
		{"insert 1", ": insert 1"},
		{"export text READ", ": export text README.md"},
		{"export text tests/cl", ": export text tests/cli/"},
		{"delete 2", ": delete 2"},
	};
	struct pty *pty = app_open(state);

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		pty_key(pty, ":");
		pty_type(pty, table[i].typed);
		pty_key(pty, "Tab");
		pty_wait_row(pty, LAST, table[i].row);
		pty_key(pty, "Escape");
		app_wait_in(pty, -1, "q quit");
	}
	/* What may follow is shown: here the keys of the map. */
	pty_key(pty, ":");
	pty_type(pty, "lookup 27");
	pty_key(pty, "Backspace");
	pty_key(pty, "Tab");
	pty_wait_row(pty, LAST, ": lookup 2");
	app_wait_in(pty, -2, "27");
	pty_key(pty, "Escape");
	app_wait_in(pty, -1, "q quit");
	/* A whole word is followed by a blank, so one can go on. */
	pty_key(pty, ":");
	pty_type(pty, "expo");
	pty_key(pty, "Tab");
	pty_type(pty, "js");
	pty_key(pty, "Tab");
	pty_wait_row(pty, LAST, ": export json");
	wait_cursor(pty, 14);
}

static void test_paste_into_prompt(void **state)
{
	static const char text[] = "insert 55\t\"a\"\n\033[31m\x7f";
	struct pty *pty = open_typing(state, "");

	pty_paste(pty, text, sizeof text - 1);
	app_wait_in(pty, -1, ": insert 55 \"a\"  [31m");
	pty_key(pty, "C-u");
	pty_wait_row(pty, LAST, ":");
	pty_paste(pty, "insert 56\n", 10);
	pty_wait_row(pty, LAST, ": insert 56");
	pty_wait(pty, "op 32/32");
	pty_key(pty, "Enter");
	pty_wait(pty, "op 33/33");
}

/* A paste is text, whatever it holds: no key is pressed by it. */
static void test_paste_is_no_keys(void **state)
{
	static const char text[] = "q:clear\rd1\rg\003\033[A\033[<0;5;5Mq";
	struct pty *pty = app_open(state);

	pty_paste(pty, text, sizeof text - 1);
	app_wait_in(pty, -1, "paste goes to the prompt");
	pty_key(pty, "?");
	pty_wait(pty, "Moving");
	pty_paste(pty, text, sizeof text - 1);
	pty_key(pty, "Down");
	pty_key(pty, "Escape");
	pty_wait_gone(pty, "Moving");
	app_wait_in(pty, 0, "op 32/32");
}

/* What is too much is refused, and said to be; nothing is cut in silence. */
static void test_huge_paste(void **state)
{
	struct pty *pty = open_typing(state, "x");
	size_t len = 2000000;
	char *text = xmalloc(len);

	memset(text, 'q', len);
	pty_paste(pty, text, len);
	app_wait_in(pty, -2, "that is too much to paste: a line takes 65536 bytes");
	pty_wait_row(pty, LAST, ": x");
	pty_paste(pty, text, 65535);
	app_wait_in(pty, -1, "qqqqq");
	pty_paste(pty, text, 1);
	app_wait_in(pty, -2, "that is too much to paste");
	free(text);
	pty_key(pty, "C-u");
	pty_type(pty, "insert 9");
	pty_wait_row(pty, LAST, ": insert 9");
}

/* What is typed reaches the terminal as text only. */
static void test_typed_controls(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "map map[string]string");
	app_wait_in(pty, 0, "map[string]string");
	app_command(pty, "insert \"\\x1b[31mred\\x07\" \"\\u202e\\u0000\"");
	pty_wait(pty, "\\x1b[31mred");
	pty_wait(pty, "\\u202e");
	pty_wait(pty, "count       1");
}

static void test_comments_and_blanks(void **state)
{
	struct pty *pty = app_open(state);

	app_command(pty, "   insert 60   # sixty");
	pty_wait(pty, "insert 60: hash");
	app_command(pty, "# nothing");
	app_wait_in(pty, -1, "q quit");
	app_command(pty, "");
	app_wait_in(pty, -1, "q quit");
	app_wait_in(pty, 0, "op 33/33");
}

/* At forty columns by ten a prompt and its error still fit. */
static void test_small(void **state)
{
	struct pty *pty = app_start(state, &(struct app_options){.w = 40, .h = 10});

	app_command(pty, "nonsense");
	app_wait_in(pty, 8, "unknown command \"nonsense\"");
	pty_wait_row(pty, 9, ": nonsense");
	pty_resize(pty, 20, 2);
	pty_wait_row(pty, 1, ": nonsense");
	pty_resize(pty, 40, 10);
	pty_wait_row(pty, 9, ": nonsense");
	pty_key(pty, "Escape");
	app_wait_in(pty, -1, "q quit");
}

/* A word with the blanks behind it. */
static void test_blanks_behind_a_word(void **state)
{
	struct pty *pty = open_typing(state, "one two   ");

	pty_key(pty, "C-w");
	pty_wait_row(pty, LAST, ": one");
	wait_cursor(pty, 6);
}

/* The key of a map's very first slot is offered, too; and a line may leave the program. */
static void test_first_key_and_quit(void **state)
{
	struct pty *pty = app_open_args(state, ARGS("-t", "map[string]int", "-n", "1"));

	pty_key(pty, ":");
	pty_type(pty, "lookup \"k");
	pty_key(pty, "Tab");
	pty_wait_row(pty, LAST, ": lookup \"key-0\"");
	pty_key(pty, "C-g");
	app_command(pty, "save");
	app_wait_in(pty, -2, "save: a file is missing: save FILE");
	pty_key(pty, "C-g");
	app_command(pty, "q");
	assert_int_equal(pty_wait_exit(pty), 0);
}

#define TEST(f) cmocka_unit_test_teardown(f, app_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_error_stays_beside_the_line),
		TEST(test_errors_change_nothing),
		TEST(test_cancelling),
		TEST(test_editing),
		TEST(test_wide_characters),
		TEST(test_editing_by_words),
		TEST(test_search_in_history),

		TEST(test_long_line),
		TEST(test_history),
		TEST(test_history_keeps_failures),
		TEST(test_completion),
		TEST(test_paste_into_prompt),
		TEST(test_failed_line_is_replaced),
		TEST(test_pasted_script),
		TEST(test_files_at_home),
		TEST(test_paste_is_no_keys),
		TEST(test_huge_paste),
		TEST(test_typed_controls),
		TEST(test_comments_and_blanks),
		TEST(test_small),
		TEST(test_blanks_behind_a_word),
		TEST(test_first_key_and_quit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
