/* SPDX-License-Identifier: MIT */
/* Writing files from the screen: what is on it is in them, and none is replaced unasked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "model/base/mem.h"
#include "model/base/text.h"
#include "tests/cli/program.h"
#include "tests/model/rig.h"
#include "tests/screen/app.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Types the rest of what `e` begins. */
static void write_as(struct pty *pty, const char *format, const char *path)
{
	char *rest = xasprintf("export %s %s", format, path);

	pty_key(pty, "e");
	app_wait_in(pty, -1, ": export text");
	pty_key(pty, "C-u");
	pty_type(pty, rest);
	pty_key(pty, "Enter");
	free(rest);
}

static bool is_there(struct pty *pty, const void *path)
{
	struct stat info;

	pty_settle(pty, 5);
	return stat(path, &info) == 0;
}

/* The screen from row `from` up to row `to`, and the same rows of a file. */
static char *rows_of_screen(struct pty *pty, int from, int to)
{
	struct text t = { 0 };

	for (int y = from; y < to; y++)
		text_printf(&t, "%s\n", pty_row(pty, y));
	return t.s ? t.s : xstrdup("");
}

static int lines_of(const char *text)
{
	int lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

static void cut_rows(char *text, int from, int to)
{
	char *start = text, *end;

	for (int y = 0; y < from; y++)
		start = strchr(start, '\n') + 1;
	end = start;
	for (int y = from; y < to && *end; y++)
		end = strchr(end, '\n') + 1;
	*end = '\0';
	memmove(text, start, (size_t)(end - start) + 1);
}

static void check_same(struct pty *pty, const char *path, const char *what, int from, int to)
{
	char *file = file_read(path, NULL), *screen = rows_of_screen(pty, from, to);

	assert_non_null(file);
	cut_rows(file, from, to);
	if (strcmp(file, screen) != 0)
		fail_msg("%s: the screen shows\n%s\nand the file holds\n%s", what, screen, file);
	free(file);
	free(screen);
}

static void press_all(struct pty *pty, const char *keys)
{
	char *copy = xstrdup(keys), *rest = NULL;

	for (char *key = strtok_r(copy, " ", &rest); key; key = strtok_r(NULL, " ", &rest))
		pty_key(pty, key);
	pty_settle(pty, 60);
	free(copy);
}

struct size {
	int w, h;
};

static const struct size sizes[] = { { 120, 40 }, { 80, 24 }, { 40, 10 } };

/* However close one looks: all rows but the last, which is of keys and messages. */
static void test_panels(void **state)
{
	static const char *const looks[] = { "", "z", "z z", "Z", "Z m", ", , , ,", "x",
		"l 5 Enter", "Up Up Left", "M [ [", "[ [ [ [ [ [ [ [ [ [ z" };
	struct scratch at;
	char *path;

	scratch_make(&at);
	path = xasprintf("%s/a file.txt", at.path);
	for (size_t i = 0; i < LENGTH(sizes); i++)
		for (size_t j = 0; j < LENGTH(looks); j++) {
			struct pty *pty = app_start(state, &(struct app_options){ .w = sizes[i].w,
				.h = sizes[i].h });

			press_all(pty, looks[j]);
			write_as(pty, "text", path);
			app_wait_until(pty, is_there, path, "the file");
			check_same(pty, path, looks[j], 0, sizes[i].h - 1);
			remove(path);
			app_end(state);
		}
	free(path);
	scratch_remove(&at);
}

/* A page is in the file as long as it is; the part in sight is the same. */
static void test_pages(void **state)
{
	static const char *const pages[][2] = { { "?", "help" }, { "A", "layout" },
		{ "b", "ledger" }, { "E", "entries" }, { "S", "scenes" }, { "K", "check" },
		{ "H", "shape" }, { "C", "lifecycle" }, { "D", "differences" } };
	struct scratch at;
	char *path;

	scratch_make(&at);
	path = xasprintf("%s/page", at.path);
	for (size_t j = 0; j < LENGTH(pages); j++) {
		struct pty *pty = app_start(state, &(struct app_options){ .w = 100, .h = 24 });
		char *file, *title;
		int lines;

		press_all(pty, pages[j][0]);
		write_as(pty, "text", path);
		app_wait_in(pty, -1, "written");
		file = file_read(path, NULL);
		title = xasprintf("╭ %s ─", pages[j][1]);
		assert_memory_equal(file, title, strlen(title));
		lines = lines_of(file);
		if (lines < 3)
			fail_msg("%s: %s", pages[j][1], file);
		check_same(pty, path, pages[j][1], 1, lines - 1 < 23 ? lines - 1 : 23);
		/* The page stays open; then it goes. */
		pty_key(pty, "q");
		pty_wait(pty, "op 32/32");
		free(title);
		free(file);
		remove(path);
		app_end(state);
	}
	free(path);
	scratch_remove(&at);
}

/* Any format, painted and drawn: a page of the screen's size in each. */
static void test_formats(void **state)
{
	static const char *const formats[][2] = { { "ascii",
							  "hmapview map[int]string  amd64 . Go" },
		{ "markdown", "```text\nhmapview map" }, { "ansi", "\033[" }, { "html", "<pre>" },
		{ "svg", "viewBox=\"0 0 860.0 " }, { "json", "\"hmapview/1\"" },
		{ "summary", "count: 27" } };
	struct pty *pty = app_start(state, &(struct app_options){ .w = 100, .h = 30 });
	struct scratch at;

	scratch_make(&at);
	for (size_t i = 0; i < LENGTH(formats); i++) {
		char *path = xasprintf("%s/%s", at.path, formats[i][0]), *file;

		write_as(pty, formats[i][0], path);
		app_wait_in(pty, -1, path);
		app_wait_in(pty, -1, "written");
		file = file_read(path, NULL);
		if (!file || !strstr(file, formats[i][1]))
			fail_msg("%s: %s", formats[i][0], file ? file : "no file");
		free(file);
		free(path);
	}
	scratch_remove(&at);
}

/*
 * On a screen in ASCII the file in ASCII is the same. On a terminal that is not told to repeat
 * characters: libvterm 0.1.4 loses the cell behind them.
 */
static void test_ascii(void **state)
{
	struct pty *pty = app_start(
		state, &(struct app_options){ .env = ARGS("LC_ALL=C", "TERM=linux") });
	struct scratch at;
	char *path;

	scratch_make(&at);
	path = xasprintf("%s/x", at.path);
	write_as(pty, "ascii", path);
	app_wait_in(pty, -1, "written");
	check_same(pty, path, "ascii", 0, 39);
	free(path);
	scratch_remove(&at);
}

static void check_holds(const char *path, const char *begin)
{
	char *file = file_read(path, NULL);

	assert_non_null(file);
	if (strncmp(file, begin, strlen(begin)) != 0)
		fail_msg("%s holds %.80s", path, file);
	free(file);
}

/* What a file held is replaced after a yes alone. */
static void test_asks(void **state)
{
	static const char *const noes[] = { "n", "Escape", "x", "Enter", "q", "C-c" };
	struct pty *pty = app_open(state);
	struct scratch at;
	char *path;

	scratch_make(&at);
	path = scratch_write(&at, "mine.txt", "precious\n", 9);
	for (size_t i = 0; i < LENGTH(noes); i++) {
		write_as(pty, "text", path);
		app_wait_in(pty, -1, "replace the file that is there, y or n? /");
		pty_key(pty, noes[i]);
		app_wait_in(pty, -1, "nothing was written");
		check_holds(path, "precious\n");
	}
	write_as(pty, "text", path);
	app_wait_in(pty, -1, "replace the file");
	pty_paste(pty, "y\n", 2);
	app_wait_in(pty, -1, "nothing was written");
	write_as(pty, "text", path);
	app_wait_in(pty, -1, "replace the file");
	pty_key(pty, "y");
	app_wait_in(pty, -1, "written: /");
	check_holds(path, "hmapview map[int]string");
	free(path);
	scratch_remove(&at);
}

/* A key of the configuration that writes asks as well, and needs a file as well. */
static void test_bound_to_a_key(void **state)
{
	static const char
		lines[] = "[keys]\nexport text config/hmapview.ini = F5\nexport text = F6\n";
	struct scratch at;
	struct pty *pty;
	char *before = file_read("config/hmapview.ini", NULL), *after, *config;

	scratch_make(&at);
	config = scratch_write(&at, "c.ini", lines, strlen(lines));
	pty = app_start(state, &(struct app_options){ .args = ARGS("-c", config) });
	pty_key(pty, "F5");
	app_wait_in(pty, -1, "replace the file");
	pty_key(pty, "n");
	app_wait_in(pty, -1, "nothing was written");
	after = file_read("config/hmapview.ini", NULL);
	assert_string_equal(before, after);
	pty_key(pty, "F6");
	app_wait_in(pty, -1, "a file name is missing");
	free(before);
	free(after);
	free(config);
	scratch_remove(&at);
}

/* Said in one line, beside what was typed; what was there is there still. */
static void test_errors(void **state)
{
	static const char *const rows[][2] = {
		{ "text /dev/full", "export: /dev/full: No space left on device" },
		{ "svg /dev/full", "export: /dev/full: No space left on device" },
		{ "text /", "export: /: this is a folder" },
		{ "text", "export: a file name is missing: export FORMAT FILE" },
		{ "", "export: a format is missing, such as text or json" },
		{ "pdf /tmp/x", "export: unknown format \"pdf\": one of text" },
		{ "--view maps text x", "export: --view: unknown view \"maps\"" },
		{ "--width 5 text x", "export: --width: 40 columns at least" },
		{ "--cursor 99 text x", "export: cursor 99: there is no key 99" },
		{ "--buckets 7..9 text x", "export: there is no bucket 9: the array has 8" },
		{ "--high 7 text x", "export: unknown option --high" },
	};
	struct pty *pty = app_open(state);

	for (size_t i = 0; i < LENGTH(rows); i++) {
		char *line = xasprintf("export %s", rows[i][0]);

		app_command(pty, line);
		pty_wait(pty, rows[i][1]);
		pty_key(pty, "Escape");
		app_wait_in(pty, -1, "q quit");
		free(line);
	}
	assert_null(file_read("x", NULL));
}

/* A page instead of what is on the screen; from the place that the screen looks at. */
static void test_views(void **state)
{
	struct pty *pty = app_open(state);
	struct scratch at;
	struct outcome o;
	char *path, *line, *text;

	scratch_make(&at);
	path = xasprintf("%s/v", at.path);
	line = xasprintf("export --view map text %s # the picture", path);
	app_command(pty, line);
	app_wait_in(pty, -1, "written: /");
	text = file_read(path, NULL);
	o = program_run(&(struct program){ .args = ARGS("-x", "text") });
	assert_string_equal(text, o.out);
	outcome_free(&o);
	free(text);
	free(line);
	remove(path);
	press_all(pty, "/ @ 0 . 2 Enter");
	line = xasprintf("export --width 100 --view slot text %s", path);
	app_command(pty, line);
	app_wait_in(pty, -1, "written: /");
	text = file_read(path, NULL);
	o = program_run(&(struct program){ .args = ARGS("-x", "text", "--view", "slot", "--width",
		"100", "--cursor", "@0.2") });
	assert_string_equal(text, o.out);
	outcome_free(&o);
	free(text);
	free(line);
	free(path);
	scratch_remove(&at);
}

static void test_offers(void **state)
{
	struct pty *pty = app_open(state);

	pty_key(pty, "e");
	app_wait_in(pty, -3, "text  ascii  markdown  ansi  html  svg");
	pty_key(pty, "C-u");
	pty_type(pty, "export --vi");
	pty_key(pty, "Tab");
	pty_wait_row(pty, 39, ": export --view");
	pty_type(pty, "by");
	pty_key(pty, "Tab");
	pty_wait_row(pty, 39, ": export --view bytes");
	pty_type(pty, "--cursor 12 mark");
	pty_key(pty, "Tab");
	pty_wait_row(pty, 39, ": export --view bytes --cursor 12 markdown");
	pty_type(pty, "READ");
	pty_key(pty, "Tab");
	pty_wait_row(pty, 39, ": export --view bytes --cursor 12 markdown README.md");
}

#define TEST(f) cmocka_unit_test_teardown(f, app_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_panels), cmocka_unit_test(test_pages), TEST(test_formats),
		TEST(test_ascii), TEST(test_asks), TEST(test_bound_to_a_key), TEST(test_errors),
		TEST(test_views), TEST(test_offers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
