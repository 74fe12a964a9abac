/* SPDX-License-Identifier: MIT */
/* Pictures in Markdown files: made anew, found stale, and what is wrong with them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/base/text.h"
#include "tests/cli/program.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void write_file(const char *name, const char *text)
{
	free(scratch_write(&scratch, name, text, strlen(text)));
}

static char *read_file(const char *name)
{
	char *path = xasprintf("%s/%s", scratch.path, name), *text;
	size_t len;

	text = file_read(path, &len);
	assert_non_null(text);
	assert_int_equal(strlen(text), len);
	free(path);
	return text;
}

static void expect_run(const char *const *args, int status, const char *out, const char *err)
{
	struct outcome o = program_run(&(struct program){ .args = args, .folder = scratch.path });

	assert_string_equal(o.err, err);
	assert_string_equal(o.out, out);
	assert_int_equal(o.status, status);
	outcome_free(&o);
}

/* What the program prints for these words. */
static char *print(const char *const *args)
{
	struct outcome o = program_run(&(struct program){ .args = args, .folder = scratch.path });
	char *out = xstrdup(o.out);

	if (o.status != 0)
		fail_msg("%s", o.err);
	outcome_free(&o);
	return out;
}

static void expect_file(const char *name, const char *text)
{
	char *is = read_file(name);

	assert_string_equal(is, text);
	free(is);
}

/* What the file becomes, and that it then stays so. */
static void expect_update(const char *was, const char *text)
{
	write_file("doc.md", was);
	expect_run(ARGS("--update", "doc.md"), 0, "", "");
	expect_file("doc.md", text);
	expect_run(ARGS("--check", "doc.md"), 0, "", "");
	expect_run(ARGS("--update", "doc.md"), 0, "", "");
	expect_file("doc.md", text);
}

/* Nothing is written, and the message says where. */
static void expect_wrong(const char *text, const char *message)
{
	char *line = xasprintf("hmapview: %s\n", message);

	write_file("doc.md", text);
	expect_run(ARGS("--check", "doc.md"), 1, "", line);
	expect_run(ARGS("--update", "doc.md"), 1, "", line);
	expect_file("doc.md", text);
	free(line);
}

static void test_fence(void **state)
{
	char *picture = print(
		ARGS("-x", "text", "--width", "60", "-t", "map[string]bool", "-n", "9"));
	char *now = xasprintf(
		"# A map\r\n\n<!-- hmapview --width 60 -t 'map[string]bool' -n 9 -->\n```text\n%s"
		"```\n\nAnd then, without a newline",
		picture);

	(void)state;
	expect_update("# A map\r\n\n<!-- hmapview --width 60 -t 'map[string]bool' -n 9 "
		      "-->\n```text\nold\n```\n\n"
		      "And then, without a newline",
		now);
	free(now);
	free(picture);
}

/* The script's lines stand in the comment, or in a file beside the document. */
static void test_scripts(void **state)
{
	char *figures, *now;

	(void)state;
	write_file("docs/nine.hm", "map map[int8]int8\nfill 9 # enough\n");
	figures = print(ARGS("-x", "summary", "docs/nine.hm"));
	now = xasprintf("<!-- hmapview -x summary\nmap map[int8]int8\nfill 9 # "
			"enough\n-->\n\n~~~~\n%s~~~~\n"
			"<!--hmapview \"-x\" summary nine.hm-->\n```\n%s```\n",
		figures, figures);
	write_file("docs/doc.md",
		"<!-- hmapview -x summary\nmap map[int8]int8\nfill 9 # enough\n-->\n\n~~~~\n"
		"```\n~~~\n~~~~\n<!--hmapview \"-x\" summary nine.hm-->\n```\n```\n");
	expect_run(ARGS("--check", "docs/doc.md"), 1,
		"docs/doc.md:1: stale from line 7 on: hmapview --update docs/doc.md\n"
		"docs/doc.md:10: stale from line 12 on: hmapview --update docs/doc.md\n", "");
	expect_run(ARGS("--update", "docs/doc.md"), 0, "", "");
	expect_file("docs/doc.md", now);
	expect_run(ARGS("--check", "docs/doc.md"), 0, "", "");
	free(figures);
	free(now);
}

static void test_markdown(void **state)
{
	char *tables = print(ARGS("-x", "markdown", "-n", "5"));
	char *now = xasprintf("<!-- hmapview -x markdown -n 5 -->\n%s<!-- /hmapview -->\n", tables);

	(void)state;
	expect_update("<!-- hmapview -x markdown -n 5 -->\n<!-- /hmapview -->\n", now);
	free(now);
	free(tables);
}

/* What is no text goes to a file beside the document, which shows it or leads there. */
static void test_files(void **state)
{
	static const char text[] =
		"<!-- hmapview -x svg -T default nine.hm -->\n\n![nine](pictures/nine.svg \"9\")\n"
		"<!-- hmapview -x cast nine.hm -->\nor [step by step](nine.cast).\n";
	char *drawing = print(ARGS("-x", "svg", "-n", "3")), *recording;

	(void)state;
	write_file("docs/nine.hm", "fill 9\n");
	write_file("docs/pictures/nine.svg", drawing);
	free(drawing);
	write_file("docs/doc.md", text);
	drawing = print(ARGS("-x", "svg", "-T", "default", "docs/nine.hm"));
	recording = print(ARGS("-x", "cast", "docs/nine.hm"));
	expect_run(ARGS("--check", "docs/doc.md"), 1,
		"docs/doc.md:1: docs/pictures/nine.svg is stale: hmapview --update docs/doc.md\n"
		"docs/doc.md:4: docs/nine.cast is stale: hmapview --update docs/doc.md\n", "");
	expect_run(ARGS("--update", "docs/doc.md"), 0, "", "");
	expect_file("docs/pictures/nine.svg", drawing);
	expect_file("docs/nine.cast", recording);
	expect_file("docs/doc.md", text);
	expect_run(ARGS("--check", "docs/doc.md"), 0, "", "");
	free(drawing);
	free(recording);
}

/* No document has any other file written, nor one when a later picture fails. */
static void test_wrong_files(void **state)
{
	static const char *const names[] = { "../x.svg", "/tmp/x.svg", "x.txt", "a/../../x.svg",
		".svg", "file:///x.svg", "..", "x.svg/.." };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *text = xasprintf("<!-- hmapview -x svg -->\n![x](%s)\n", names[i]);
		char *message = xasprintf(
			"doc.md:1: %s is no file for it: one beside the document that ends "
			"in .svg",
			names[i]);

		expect_wrong(text, message);
		free(text);
		free(message);
	}
	write_file("doc.md", "<!-- hmapview -x svg -->\n![x](x.svg)\n<!-- hmapview -->\n");
	expect_run(ARGS("--update", "doc.md"), 1, "",
		"hmapview: doc.md:3: no fenced block follows: put ```text and ``` below the "
		"comment\n");
	expect_run(ARGS("--check", "x.svg"), 1, "", "hmapview: x.svg: No such file or directory\n");
	expect_wrong("<!-- hmapview -x svg -->\n![x](x.svg\n",
		"doc.md:1: no picture follows: put ![what it shows](NAME.svg) below the comment");
}

/* Lines end as those of the fence do, and are set in as it is. */
static void test_lines(void **state)
{
	char *figures = print(ARGS("-x", "summary", "-n", "5"));
	struct text now = { 0 };

	(void)state;
	text_add(&now, "- an item\r\n\r\n  <!-- hmapview -x summary -n 5 -->\r\n  ```\r\n");
	for (char *s = figures; *s; s += strcspn(s, "\n") + 1)
		text_printf(&now, "  %.*s\r\n", (int)strcspn(s, "\n"), s);
	text_add(&now, "  ```\r\n");
	expect_update("- an item\r\n\r\n  <!-- hmapview -x summary -n 5 -->\r\n  ```\r\n  ```\r\n",
		text_str(&now));
	text_free(&now);
	free(figures);
}

#define NO_PICTURE \
	"hmapview: doc.md: no picture is kept true in it: none begins with <!-- hmapview\n"

/* What only looks like one is text. */
static void test_untouched(void **state)
{
	static const char
		text[] = "\xef\xbb\xbf<!-- hmapviewer -->\n```text\n<!-- hmapview -->\n```\n"
			 "    <!-- hmapview -->\n<!-- a note, hmapview -->\n`<!-- hmapview -->`\n"
			 "~~~\n```\n<!-- /hmapview -->\n~~~~\n\xff\xfe\n```\n<!-- hmapview";

	(void)state;
	for (int i = 0; i < 2; i++) {
		write_file("doc.md", i ? "" : text);
		expect_run(ARGS("--update", "doc.md"), 0, "", "");
		expect_file("doc.md", i ? "" : text);
		expect_run(ARGS("--check", "doc.md"), 1, "", NO_PICTURE);
	}
}

/* A file that is as it ought to be is not written at all; a link stays one. */
static void test_written(void **state)
{
	char *path = xasprintf("%s/doc.md", scratch.path),
	     *link = xasprintf("%s/link.md", scratch.path);
	struct stat before, after;

	(void)state;
	write_file("doc.md", "<!-- hmapview -->\n```\n```\n");
	assert_int_equal(symlink("doc.md", link), 0);
	assert_int_equal(chmod(path, 0640), 0);
	expect_run(ARGS("--update", "link.md"), 0, "", "");
	assert_int_equal(lstat(link, &before), 0);
	assert_true(S_ISLNK(before.st_mode));
	assert_int_equal(stat(path, &before), 0);
	assert_int_equal(before.st_mode & 0777, 0640);
	assert_true(before.st_size > 1000);
	expect_run(ARGS("--update", "doc.md"), 0, "", "");
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	free(path);
	free(link);
}

static void test_wrong_markdown(void **state)
{
	(void)state;
	expect_wrong("one\n<!-- hmapview\nfill 9\n```\n```\n",
		"doc.md:2: the comment has no end: --> below it, or at the end of the line");
	expect_wrong("<!-- hmapview --> text\n```\n```\n",
		"doc.md:1: text behind the comment's end: --> ends its line");
	expect_wrong("<!-- hmapview\nfill 9 --> text\n```\n```\n",
		"doc.md:2: text behind the comment's end: --> ends its line");
	expect_wrong("\n<!-- hmapview -->\n\ntext\n```\n```\n",
		"doc.md:2: no fenced block follows: put ```text and ``` below the comment");
	expect_wrong("<!-- hmapview -->\n",
		"doc.md:1: no fenced block follows: put ```text and ``` below the comment");
	expect_wrong("<!-- hmapview -->\n````text\n```\n",
		"doc.md:2: the fenced block has no end: ```` below it");
	expect_wrong("<!-- hmapview -x markdown -->\n<!-- hmapview -->\n",
		"doc.md:1: this picture has no end: <!-- /hmapview --> below it");
	expect_wrong("text\n<!-- /hmapview -->\n",
		"doc.md:2: nothing begins that could end here: <!-- hmapview ... --> above it");
}

/* Who asks about a document's pictures is told when it has none, or none that is meant to be
   one. */
static void test_no_picture(void **state)
{
	(void)state;
	write_file("doc.md", "# Title\n\ntext <!-- hmapveiw -->\n<!-- hmapviewer -->\n");
	expect_run(ARGS("--update", "doc.md"), 0, "", "");
	expect_run(ARGS("--check", "doc.md"), 1, "", NO_PICTURE);
	expect_wrong("\n<!-- hmapveiw --width 60 -->\n```\n```\n",
		"doc.md:2: this comment begins with "
		"\"hmapveiw\": a picture's begins with <!-- hmapview and a blank");
	expect_wrong("<!- hmapview -->\n```\n```\n",
		"doc.md:1: this comment begins with \"hmapview\": "
		"a picture's begins with <!-- hmapview and a blank");
	expect_wrong("<!--Hmapview-->\n```\n```\n",
		"doc.md:1: this comment begins with \"Hmapview\": "
		"a picture's begins with <!-- hmapview and a blank");
	expect_wrong("\n\n<!-- /hmap_view -->\n",
		"doc.md:3: this comment begins with \"hmap_view\": a picture's begins with <!-- "
		"/hmapview "
		"and a blank");
}

static void test_wrong_options(void **state)
{
	(void)state;
	expect_wrong("<!-- hmapview --wide -->\n```\n```\n",
		"doc.md:1: unknown option --wide: try --help");
	expect_wrong("<!-- hmapview -t int -->\n```\n```\n",
		"doc.md:1: type int is no map: it is written as map[KEY]ELEM");
	expect_wrong("<!-- hmapview -x 'text -->\n```\n```\n", "doc.md:1: a quote has no end");
	expect_wrong("<!-- hmapview -x svg -->\n```\n```\n",
		"doc.md:1: no picture follows: put ![what it shows](NAME.svg) below the comment");
	expect_wrong("<!-- hmapview -o /tmp/x -->\n```\n```\n",
		"doc.md:1: --output has no place in a document: "
		"the comment says what to show, the picture goes below it");
	expect_wrong("<!-- hmapview --update doc.md -->\n```\n```\n",
		"doc.md:1: --update takes Markdown files, and no other option");
	expect_wrong("<!-- hmapview - -->\n```\n```\n",
		"doc.md:1: no standard input in a document: the script's name, or its lines below");
	expect_wrong("<!-- hmapview x.hm\nfill 2\n-->\n```\n```\n",
		"doc.md:1: a script's name or its lines below, not both: x.hm");
}

/* Errors of scripts name the line, in the document or in the script; others are still looked at. */
static void test_wrong_scripts(void **state)
{
	(void)state;
	write_file("bad.hm", "fill 3\ninsert x\n");
	expect_wrong("<!-- hmapview bad.hm -->\n```\n```\n",
		"doc.md:1: bad.hm:2: insert: key x is no int: it is written as 42 or 0x2a");
	expect_wrong("\n<!-- hmapview\nfill 3\n\ninsert x\n-->\n```\n```\n",
		"doc.md:5: insert: key x is no int: it is written as 42 or 0x2a");
	expect_wrong("<!-- hmapview none.hm -->\n```\n```\n",
		"doc.md:1: none.hm: No such file or directory");
	expect_wrong("<!-- hmapview\nfill 3\nexport text out.txt\n-->\n```\n```\n",
		"doc.md:3: export: a document's script writes no files: leave the command out");
	write_file("good.md", "<!-- hmapview -->\n```\n```\n");
	expect_run(ARGS("--check", "doc.md", "good.md", "none.md"), 1,
		"good.md:1: stale from line 3 on: hmapview --update good.md\n",
		"hmapview: doc.md:3: export: a document's script writes no files: leave the "
		"command out\n"
		"hmapview: none.md: No such file or directory\n");
}

/* A picture that cannot be made whole takes the place of none, in a document or a file. */
static void test_not_whole(void **state)
{
	static const char says[] = "diff: none.json: No such file or directory";
	char *line = xasprintf("hmapview: %s\n", says);
	static const char script[] = "fill 3\ndiff none.json none.json\n";

	(void)state;
	expect_wrong("<!-- hmapview --view diff\nfill 3\ndiff none.json none.json\n-->\n"
		"```\ngood\n```\n",
		"doc.md:1: diff: none.json: No such file or directory");
	expect_wrong("<!-- hmapview -x diff\nfill 3\ndiff none.json none.json\n-->\n"
		"```\ngood\n```\n",
		"doc.md:1: diff: none.json: No such file or directory");
	write_file("diff.hm", script);
	write_file("good.txt", "good\n");
	expect_run(ARGS("-x", "text", "--view", "diff", "-o", "good.txt", "diff.hm"), 1, "", line);
	expect_run(ARGS("-x", "diff", "-o", "good.txt", "diff.hm"), 1, "", line);
	expect_file("good.txt", "good\n");
	write_file("export.hm", "fill 3\ndiff none.json none.json\nexport diff good.txt\n");
	expect_run(ARGS("--trust", "-x", "text", "export.hm"), 1, "",
		"hmapview: export.hm:3: export: diff: none.json: No such file or directory\n");
	expect_file("good.txt", "good\n");
	free(line);
}

static void test_misused(void **state)
{
	(void)state;
	expect_run(
		ARGS("--check"), 2, "", "hmapview: option --check needs an argument: try --help\n");
	expect_run(ARGS("--check", "doc.md", "-x", "text"), 2, "",
		"hmapview: --check takes Markdown files, and no other option\n");
}

/* The user's own configuration changes no document. */
static void test_configuration(void **state)
{
	char *config = xasprintf("XDG_CONFIG_HOME=%s", scratch.path);
	struct outcome o;

	(void)state;
	write_file("doc.md", "<!-- hmapview -->\n```\n```\n");
	expect_run(ARGS("--update", "doc.md"), 0, "", "");
	write_file("hmapview/hmapview.ini",
		"[options]\ntype = map[string]bool\narch = 386\nseed = 7\n");
	o = program_run(&(struct program){ .args = ARGS("--check", "doc.md"), .env = ARGS(config),
		.folder = scratch.path });
	assert_int_equal(o.status, 0);
	outcome_free(&o);
	free(config);
}

/* The pictures of this repository's own documents. */
static void test_readme(void **state)
{
	const char *verb = golden_wanted() ? "--update" : "--check";
	struct outcome o = program_run(&(struct program){ .args = ARGS(verb, "README.md") });
	size_t len;
	char *readme = file_read("README.md", &len);

	(void)state;
	assert_string_equal(o.err, "");
	assert_string_equal(o.out, "");
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(readme, "\n<!-- hmapview"));
	free(readme);
	outcome_free(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_fence, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_scripts, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_markdown, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_files, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_wrong_files, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_lines, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_untouched, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_written, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(
			test_wrong_markdown, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_no_picture, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(
			test_wrong_options, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(
			test_wrong_scripts, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_not_whole, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(test_misused, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(
			test_configuration, scratch_setup, scratch_teardown),
		cmocka_unit_test(test_readme),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
