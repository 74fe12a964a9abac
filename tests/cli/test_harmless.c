/* SPDX-License-Identifier: MIT */
/*
 * Nothing that comes from elsewhere steers the terminal it is printed on, or the formatter that the
 * manual is for: controls, bidi marks and invisible characters stand in every place that a file,
 * a name or an argument has, and none of them is in what any output prints.
 */
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/base/text.h"
#include "model/base/utf8.h"
#include "tests/cli/program.h"
#include "tests/tui/scratch.h"
#include "tui/export/export.h"
#include "tui/export/frames.h"
#include "tui/page/page.h"

#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof(a)[0])
#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* A title for the window, a C1 CSI, marks that turn the line around, what nobody sees, no UTF-8. */
#define CONTROLS "\033]0;owned\a\b\r\v\f\x7f\001"
#define MARKS_OF_LINES "\xc2\x9b" "31m\xc2\x85\xe2\x80\xae\xe2\x81\xa6\xe2\x80\x8f\xd8\x9c"
#define UNSEEN "\xe2\x80\x8b\xef\xbb\xbf\xe2\x80\xa8\xe2\x80\xa9\xc2\xad\xf3\xa0\x80\xa1"
#define EVIL "a" CONTROLS MARKS_OF_LINES UNSEEN "\x9b" "2J\xff" "b"
#define EVIL_JSON \
	"a\\u001b]0;owned\\u0007\\b\\r\\u007f\\u009b31m\\u202e\\u2066\\u200f\\u200b\\ufeff" \
	"\\u2028\\udb40\\udc21" MARKS_OF_LINES UNSEEN "b"

static char *config_env;

static char *write_file(const char *name, const char *text)
{
	return scratch_write(&scratch, name, text, strlen(text));
}

static const char script[] =
	"# " EVIL "\n"
	"map map[string]string # " EVIL "\n"
	"insert \"k" EVIL "\" \"v\"\n"
	"insert \"e\\x1b\\u009b\\u202e\\u200b\\x9b\" \"v" EVIL "\"\n"
	"caption " EVIL "\n"
	"fill 9\n"
	"snapshot " EVIL "\n"
	"caption \"" EVIL "\"\n"
	"delete \"k" EVIL "\"\n"
	"range 3\n"
	"snapshot \"" EVIL "\"\n"
	"lookup \"e\\x1b\\u009b\\u202e\\u200b\\x9b\"\n";

static int prepare(void **state)
{
	(void)state;
	scratch_make(&scratch);
	scratch_link_share(&scratch);
	config_env = xasprintf("XDG_CONFIG_HOME=%s/mine", scratch.path);
	free(write_file("mine/hmapview/themes/evil.ini", "[theme]\nabout = x" EVIL "\n"));
	free(write_file("mine/hmapview/themes/n" EVIL ".ini", "[theme]\nabout = named\n"));
	free(write_file("mine/hmapview/themes/dot.ini", "[theme]\nabout = .so /etc/passwd\n"));
	free(write_file("mine/hmapview/scenes/evil.hm", "# 1 t" EVIL "\nfill 3\n"));
	free(write_file("mine/hmapview/scenes/n" EVIL ".hm", "# 2 named\nfill 3\n"));
	free(write_file("mine/hmapview/scenes/Xo .Sh.hm", "# 3 'so /etc/passwd\nfill 3\n"));
	free(write_file("mine/hmapview/scenes/dot.hm", "# 4 .so /etc/passwd\nfill 3\n"));
	free(write_file("mine/hmapview/scenes/back.hm", "# 5 \\X'ps: exec' and \\!x\nfill 3\n"));
	free(write_file("evil.hm", script));
	free(write_file(EVIL ".hm", script));
	return 0;
}

static int finish(void **state)
{
	(void)state;
	free(config_env);
	scratch_remove(&scratch);
	return 0;
}

/* Colours only, in a format that has them: the bytes of one sequence, 0 when it is none. */
static size_t color_at(const char *at)
{
	size_t n;

	if (strncmp(at, "\033[", 2) != 0)
		return 0;
	n = 2 + strspn(at + 2, "0123456789;:");
	return at[n] == 'm' ? n + 1 : 0;
}

/* Where there is something that must not be printed; NULL when all of it is harmless. */
static const char *harm_in(const char *text, size_t len, bool colors)
{
	const char *end = text + len;
	size_t used;
	char32_t c;

	for (; text < end; text += used) {
		used = colors ? color_at(text) : 0;
		if (used)
			continue;
		used = utf8_decode(text, (size_t)(end - text), &c);
		if (!used || (c != '\n' && c != '\t' && c != ' ' && !utf8_prints(c)))
			return text;
	}
	return NULL;
}

static void check_harmless(const char *const *args, const char *text, size_t len, bool colors)
{
	const char *harm = harm_in(text, len, colors);

	if (!harm)
		return;
	for (; *args; args++)
		print_message("'%s' ", *args);
	fail_msg("byte %zu of the output: \\x%02x, behind \"%.*s\"", (size_t)(harm - text),
		(unsigned char)*harm, harm - text < 40 ? (int)(harm - text) : 40,
		harm - text < 40 ? text : harm - 40);
}

static struct outcome run(const char *const *args, bool colors)
{
	const char *const env[] = { config_env, NULL };
	struct outcome o = program_run(&(struct program){ .args = args, .folder = scratch.path,
		.env = env });

	check_harmless(args, o.out, o.out_len, colors);
	check_harmless(args, o.err, strlen(o.err), false);
	if (o.status < 0)
		fail_msg("signal %d", -o.status);
	return o;
}

static void check_run(const char *const *args, int status, bool colors)
{
	struct outcome o = run(args, colors);

	if (o.status != status) {
		for (; *args; args++)
			print_message("'%s' ", *args);
		fail_msg("status %d: %s", o.status, o.err);
	}
	outcome_free(&o);
}

/* Every format, every view, every kind of storyboard, of a script or a file of snapshots. */
static void check_formats(const char *file)
{
	const struct export_format *f;

	for (unsigned i = 0; (f = export_format_at(i)); i++) {
		bool ansi = strcmp(f->name, "ansi") == 0;

		check_run(ARGS("-x", f->name, file), 0, ansi);
		for (unsigned j = 0; page_view_at(j); j++) {
			struct outcome o = run(
				ARGS("-x", f->name, "--view", page_view_at(j)->name, file), ansi);

			outcome_free(&o);
		}
		for (unsigned j = 0; frames_at(j); j++) {
			struct outcome o = run(
				ARGS("-x", f->name, "--frames", frames_at(j)->name, file), ansi);

			outcome_free(&o);
		}
	}
}

static void test_scripts(void **state)
{
	(void)state;
	check_formats("evil.hm");
	check_run(ARGS("-x", "markdown", "--frames", "snapshots", EVIL ".hm"), 0, false);
	check_run(ARGS("-x", "text", "--view", "diff", EVIL ".hm"), 0, false);
}

/* A file of snapshots with the same in the places that strings have there. */
static char *evil_snapshots(void)
{
	static const char mark[] = "\"title\": \"", caption[] = "\"caption\": \"";
	struct outcome o = run(ARGS("-x", "json", "evil.hm"), false);
	struct text text = { 0 };
	char *file;

	for (const char *at = o.out; *at; at++) {
		text_addc(&text, *at);
		if ((text.len >= sizeof mark - 1 &&
			    memcmp(text.s + text.len - (sizeof mark - 1), mark, sizeof mark - 1) ==
				    0) ||
			(text.len >= sizeof caption - 1 &&
				memcmp(text.s + text.len - (sizeof caption - 1), caption,
					sizeof caption - 1) == 0))
			text_add(&text, EVIL_JSON);
	}
	outcome_free(&o);
	file = scratch_write(&scratch, "evil.json", text.s, text.len);
	text_free(&text);
	return file;
}

static void test_snapshots(void **state)
{
	(void)state;
	free(evil_snapshots());
	check_formats("evil.json");
	check_run(ARGS("-x", "cast", "evil.json"), 0, false);
}

static void test_prints(void **state)
{
	static const char *const what[] = { "man", "bash", "zsh", "fish", "config", "scenes",
		"themes" };

	(void)state;
	for (size_t i = 0; i < LENGTH(what); i++)
		check_run(ARGS("--print", what[i]), 0, false);
	check_run(ARGS("--list-scenes"), 0, false);
	check_run(ARGS("--help"), 0, false);
}

/* No title or description becomes a request, a macro or an escape of the formatter. */
static void test_manual(void **state)
{
	struct outcome o = run(ARGS("--print", "man"), false);

	(void)state;
	assert_non_null(strstr(o.out, "\n.It Cm dot\n\\&.so /etc/passwd.\n"));
	assert_non_null(strstr(o.out, "\n.It Cm \\&Xo\\ .Sh\n\\(aqso /etc/passwd.\n"));
	assert_non_null(strstr(o.out, "\n\\eX\\(aqps: exec\\(aq and \\e!x.\n"));
	assert_null(strstr(o.out, "\n.so"));
	assert_null(strstr(o.out, "\n'so"));
	outcome_free(&o);
}

/* Names and arguments, in what is said about them. */
static void test_messages(void **state)
{
	static const char *const list[][6] = {
		{ "--" EVIL },
		{ "-" EVIL },
		{ "--type", EVIL },
		{ "--arch", EVIL },
		{ "--go", EVIL },
		{ "-n", EVIL },
		{ "--seed", EVIL },
		{ "-x", EVIL },
		{ "--theme", EVIL, "-x", "html" },
		{ "--theme", EVIL ".ini", "-x", "html" },
		{ "--scene", EVIL, "-x", "text" },
		{ "--config", EVIL },
		{ "--print", EVIL },
		{ "-x", "text", "--view", EVIL },
		{ "-x", "text", "--frames", EVIL },
		{ "-x", "text", "--buckets", EVIL },
		{ "-x", "text", "--cursor", EVIL },
		{ "-x", "text", "--at", EVIL },
		{ "-x", "text", EVIL },
		{ "-x", "text", "-o", "/proc/nonexistent/" EVIL },
		{ "--check", EVIL },
		{ "--update", EVIL },
		{ "-x", "text", "bad.hm" },
		{ "-x", "text", "bad.json" },
		{ "--config", "bad.ini", "-x", "text" },
		{ "--theme", "bad.ini", "-x", "html" },
		{ "--check", "bad.md" },
		{ "--type", "map[struct{ " EVIL " int }]int" },
		{ "--type", "map[string]map[" EVIL "]int" },
	};

	(void)state;
	free(write_file("bad.hm", "insert \"a\" " EVIL "\n"));
	free(write_file("bad.json", "{\"format\": \"hmapview/1\", \"type\": \"" EVIL_JSON "\", "
		"\"arch\": \"" EVIL_JSON "\"}"));
	free(write_file("bad.ini", "[" EVIL "]\n" EVIL " = " EVIL "\n"));
	free(write_file("bad.md", "<!-- hmapview -n 3 " EVIL " -->\n```\n```\n"));
	for (size_t i = 0; i < LENGTH(list); i++) {
		struct outcome o = run(list[i], false);

		if (o.status != 1 && o.status != 2)
			fail_msg("%s: status %d: %s", list[i][0], o.status, o.err);
		assert_int_not_equal(strlen(o.err), 0);
		outcome_free(&o);
	}
}

/* Each command's line in a script that fails there. */
static void test_commands(void **state)
{
	static const char *const lines[] = { EVIL, "insert " EVIL, "insert \"" EVIL, "map " EVIL,
		"map map[" EVIL "]int", "arch " EVIL, "go " EVIL, "hash " EVIL, "hint " EVIL,
		"random " EVIL, "fill " EVIL, "export " EVIL, "export text --" EVIL,
		"export --" EVIL " x text", "export --view " EVIL " text",
		"save /proc/nonexistent/" EVIL, "open " EVIL, "load " EVIL, "scene " EVIL,
		"range " EVIL, "undo " EVIL, "seed " EVIL, "lookup " EVIL, "delete " EVIL,
		"first " EVIL, "diff " EVIL, "layout " EVIL, "caption \"" EVIL,
		"snapshot \"" EVIL };

	(void)state;
	for (size_t i = 0; i < LENGTH(lines); i++) {
		struct outcome o;

		free(write_file("line.hm", lines[i]));
		o = run(ARGS("-x", "text", "line.hm"), false);
		if (o.status != 1)
			fail_msg("%s: status %d: %s", lines[i], o.status, o.err);
		outcome_free(&o);
	}
}

/* What a stale document is called, and what it shows. */
static void test_documents(void **state)
{
	static const char text[] = "<!-- hmapview -x text -n 3 -->\n```\n```\n\n"
		"<!-- hmapview -x svg -n 3 -->\n![x](p\xe2\x80\xae.svg)\n";

	(void)state;
	free(write_file(EVIL ".md", text));
	check_run(ARGS("--check", EVIL ".md"), 1, false);
}

/* A script that is saved to the terminal; to a file it goes as it is. */
static void test_terminal(void **state)
{
	struct outcome o;
	char seen[4096] = "", *terminal;
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	size_t n = 0;
	ssize_t more;

	(void)state;
	assert_true(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
	terminal = xstrdup(ptsname(master));
	free(write_file("save.hm",
		"insert 1 \"v\"\ncaption a\033]0;x\a\xe2\x80\xae\x9b" "b\nsave /dev/stdout\n"));
	o = program_run(&(struct program){ .folder = scratch.path, .out = terminal,
		.args = ARGS("-x", "summary", "-o", "/dev/null", "save.hm") });
	assert_int_equal(o.status, 0);
	outcome_free(&o);
	while (n < sizeof seen - 1 && (more = read(master, seen + n, sizeof seen - 1 - n)) > 0)
		n += (size_t)more;
	close(master);
	free(terminal);
	seen[n] = '\0';
	assert_non_null(strstr(seen, "\r\ncaption a\\x1b]0;x\\x07\\u202e\\x9bb\r\n"));
	o = program_run(&(struct program){ .folder = scratch.path,
		.args = ARGS("-x", "summary", "-o", "/dev/null", "save.hm") });
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "\ncaption a\033]0;x\a\xe2\x80\xae\x9b" "b\n"));
	outcome_free(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scripts),
		cmocka_unit_test(test_snapshots),
		cmocka_unit_test(test_prints),
		cmocka_unit_test(test_manual),
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_commands),
		cmocka_unit_test(test_documents),
		cmocka_unit_test(test_terminal),
	};

	return cmocka_run_group_tests(tests, prepare, finish);
}
