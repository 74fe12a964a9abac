/* SPDX-License-Identifier: MIT */
/* What files from elsewhere may do: scripts, scenes, documents and snapshots that want too much. */
#include <fcntl.h>
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
#include "tests/cli/program.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* The folder has two: work, where the program runs, and away, which is none of its business. */
static char *at(const char *name)
{
	return xasprintf("%s/%s", scratch.path, name);
}

static void put(const char *name, const char *text)
{
	free(scratch_write(&scratch, name, text, strlen(text)));
}

static void lead(const char *name, const char *to)
{
	char *path = at(name);

	unlink(path);
	assert_int_equal(symlink(to, path), 0);
	free(path);
}

static void fifo(const char *name)
{
	char *path = at(name);

	assert_int_equal(mkfifo(path, 0600), 0);
	free(path);
}

static bool there(const char *name)
{
	char *path = at(name);
	struct stat info;
	bool is = lstat(path, &info) == 0;

	free(path);
	return is;
}

static void expect(const char *name, const char *text)
{
	char *path = at(name), *is = file_read(path, NULL);

	assert_non_null(is);
	assert_string_equal(is, text);
	free(is);
	free(path);
}

static struct outcome run(const char *const *args)
{
	char *folder = at("work"), *config = xasprintf("XDG_CONFIG_HOME=%s", scratch.path);
	struct outcome o = program_run(&(struct program){
		.args = args, .folder = folder, .env = ARGS(config) });

	free(folder);
	free(config);
	return o;
}

/* It ends with that status, soon, and what it says holds those words and no secret. */
static void expect_run(const char *const *args, int status, const char *words)
{
	struct outcome o = run(args);

	if (o.status != status || !strstr(o.err, words) || strstr(o.err, "sesame") ||
		strstr(o.out, "sesame"))
		fail_msg("%s: status %d instead of %d: %s%s (expected: %s)", args[0], o.status,
			status, o.out, o.err, words);
	assert_true(o.seconds < 20);
	outcome_free(&o);
}

static void make_folders(void)
{
	put("work/a.hm", "fill 3\n");
	put("work/sub/b.hm", "fill 4\n");
	put("work/.git/hooks/sample", "old");
	put("away/secret", "sesame open\n");
	put("away/rc", "old");
}

/* A script that runs the line, with -x. */
static void expect_script(const char *line, const char *option, int status, const char *words)
{
	char *script = xasprintf("fill 3\n%s\n", line);

	put("work/x.hm", script);
	if (option)
		expect_run(ARGS("-x", "summary", option, "x.hm"), status, words);
	else
		expect_run(ARGS("-x", "summary", "x.hm"), status, words);
	free(script);
}

static void test_script_writes_new_files(void **state)
{
	static const char *const lines[] = { "save new.hm", "export text new.txt",
		"save ./sub/new.hm", "export json sub/../new.json", "save /dev/null",
		"export text /dev/null", "export text /dev/stdout", "export text /dev/fd/1",
		"export text", "save /dev/stderr" };

	(void)state;
	make_folders();
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		expect_script(lines[i], NULL, 0, "");
	assert_true(there("work/new.hm") && there("work/new.txt") && there("work/sub/new.hm") &&
		there("work/new.json"));
}

static void test_script_replaces_nothing(void **state)
{
	static const char *const names[] = { "old", "sub/old", "./old", "link", "sub/hard" };
	char *old = at("work/old"), *hard = at("work/sub/hard");

	(void)state;
	make_folders();
	put("work/old", "old");
	put("work/sub/old", "old");
	lead("work/link", "old");
	assert_int_equal(link(old, hard), 0);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *save = xasprintf("save %s", names[i]),
		     *export = xasprintf("export text %s", names[i]);

		expect_script(save, NULL, 1, "a script writes new files only");
		expect_script(export, NULL, 1, "a script writes new files only");
		free(save);
		free(export);
	}
	expect("work/old", "old");
	expect("work/sub/old", "old");
	expect_script("save old", "--trust", 0, "");
	expect("work/sub/hard", "old");
	free(old);
	free(hard);
}

static void test_script_stays_below(void **state)
{
	static const char *const names[] = { "../away/new", "../new", ".hidden", "sub/.hidden",
		".git/hooks/new", "out/new", "dangling", "sub/../../away/new", "sub/hooks/new",
		"/proc/self/cwd/../away/new", "hidden" };
	char *away = at("away");

	(void)state;
	make_folders();
	lead("work/out", away);
	lead("work/dangling", "../away/new");
	lead("work/hidden", ".new");
	lead("work/sub/hooks", "../.git/hooks");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *line = xasprintf("save \"%s\"", names[i]);

		expect_script(line, NULL, 1, "a script writes in or below the working folder");
		free(line);
	}
	assert_false(there("away/new") || there("new") || there("work/.hidden") ||
		there("work/.new") || there("work/.git/hooks/new"));
	expect_script("save dangling", "--trust", 0, "");
	assert_true(there("away/new"));
	expect_script("save .hidden", "--trust", 0, "");
	assert_true(there("work/.hidden"));
	free(away);
}

/* What a script loads is bound as it is; in a trial, too. */
static void test_script_nested(void **state)
{
	(void)state;
	make_folders();
	put("work/evil.hm", "fill 3\nsave ../away/rc\n");
	expect_script("load evil.hm", NULL, 1, "a script writes in or below");
	expect("away/rc", "old");
	put("work/outer.hm", "load evil.hm\n");
	expect_script("load outer.hm", NULL, 1, "a script writes in or below");
	expect("away/rc", "old");
	expect_script("load outer.hm", "--trust", 0, "");
}

/* The lines in a comment of a document. */
static void expect_document(const char *options, const char *lines, const char *words)
{
	char *text = xasprintf("<!-- hmapview %s\n%s\n-->\n```text\n```\n", options, lines);

	put("work/doc.md", text);
	expect_run(ARGS("--check", "doc.md"), 1, words);
	expect_run(ARGS("--update", "doc.md"), 1, words);
	expect("work/doc.md", text);
	free(text);
}

static void test_document_writes_nothing(void **state)
{
	static const char *const lines[] = { "save ../away/rc", "save new.hm",
		"export text new.txt", "save /dev/null", "save /dev/stdout", "export text",
		"export text /dev/stdout", "load evil.hm", "load outer.hm" };

	(void)state;
	make_folders();
	put("work/evil.hm", "fill 3\nsave ../away/rc\n");
	put("work/outer.hm", "load evil.hm\n");
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		char *all = xasprintf("fill 3\ncaption \"$(touch OWNED)\"\n%s", lines[i]);

		expect_document("", all, "a document's script writes no files");
		free(all);
	}
	expect("away/rc", "old");
	assert_false(there("work/new.hm") || there("work/new.txt") || there("work/OWNED"));
	expect_document("--trust", "fill 3", "--trust has no place in a document");
}

/* A picture that cannot be drawn leaves the document as it was. */
static void expect_no_picture(const char *lines, const char *words)
{
	char *text = xasprintf(
		"<!-- hmapview --view diff --width 200\n%s\n-->\n```text\n```\n", lines);

	put("work/doc.md", text);
	expect_run(ARGS("--update", "doc.md"), 1, words);
	expect("work/doc.md", text);
	free(text);
}

static void test_document_reads_its_folder(void **state)
{
	static const char *const names[] = { "../away/secret", "link", "out/secret",
		"/proc/self/cwd/../away/secret", "/etc/passwd", "sub/../../away/secret" };
	char *secret = at("away/secret"), *away = at("away");

	(void)state;
	make_folders();
	lead("work/link", secret);
	lead("work/out", away);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *load = xasprintf("load %s", names[i]), *open = xasprintf("open %s", names[i]);
		char *diff = xasprintf("fill 3\ndiff %s %s", names[i], names[i]);
		char *theme = xasprintf("-x svg -T ./%s", names[i]);

		expect_document(names[i], "", "reads files in or below its folder only");
		expect_document("", load, "reads files in or below its folder only");
		expect_document("", open, "reads files in or below its folder only");
		expect_no_picture(diff, "reads files in or below its folder");
		if (*names[i] != '/') {
			char *text = xasprintf("<!-- hmapview %s -->\n![x](x.svg)\n", theme);

			put("work/doc.md", text);
			expect_run(ARGS("--update", "doc.md"), 1, "in or below its folder only");
			free(text);
		}
		free(theme);
		free(diff);
		free(open);
		free(load);
	}
	assert_false(there("work/x.svg"));
	free(secret);
	free(away);
}

/* What would wait for somebody: the test ends at all. */
static void test_document_does_not_wait(void **state)
{
	static const char *const names[] = { "-", "/dev/stdin", "fifo", "/dev/tty", "/dev/zero",
		"sub" };

	(void)state;
	make_folders();
	fifo("work/fifo");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *load = xasprintf("load %s", names[i]), *open = xasprintf("open %s", names[i]);

		expect_document("", load, "doc.md:2");
		expect_document("", open, "doc.md:2");
		free(load);
		free(open);
	}
	/* So do documents that are none. */
	expect_run(ARGS("--check", "fifo"), 1, "fifo: a document is a regular file");
	expect_run(ARGS("--update", "fifo"), 1, "fifo: a document is a regular file");
	expect_run(ARGS("--check", "/dev/zero"), 1, "/dev/zero: a document is a regular file");
	fifo("work/fifo.svg");
	put("work/doc.md", "<!-- hmapview -x svg -->\n![x](fifo.svg)\n");
	expect_run(ARGS("--check", "doc.md"), 1, "regular files");
	expect_run(ARGS("--update", "doc.md"), 1, "regular files");
}

/* Names are seen from the document, wherever the program runs. */
static void test_document_names(void **state)
{
	char *file, *text;

	(void)state;
	make_folders();
	put("work/sub/doc.md", "<!-- hmapview -x summary b.hm -->\n```text\n```\n"
		"<!-- hmapview -x summary\nload b.hm\n-->\n```text\n```\n");
	expect_run(ARGS("--update", "sub/doc.md"), 0, "");
	file = at("work/sub/doc.md");
	text = file_read(file, NULL);
	assert_non_null(strstr(text, "count"));
	free(text);
	free(file);
}

static char *drawing(void)
{
	struct outcome o = run(ARGS("-x", "svg", "-n", "7"));
	char *svg = xstrdup(o.out);

	assert_int_equal(o.status, 0);
	outcome_free(&o);
	return svg;
}

static void expect_picture(const char *name, const char *words)
{
	char *text = xasprintf("<!-- hmapview -x svg -->\n![x](%s)\n", name);

	put("work/doc.md", text);
	expect_run(ARGS("--update", "doc.md"), 1, words);
	expect_run(ARGS("--check", "doc.md"), 1, words);
	free(text);
}

static void test_document_pictures(void **state)
{
	char *svg, *away = at("away"), *path;

	(void)state;
	make_folders();
	svg = drawing();
	put("work/.git/hooks/post-commit", svg);
	put("away/x.svg", svg);
	put("away/mine.svg", "<svg >mine</svg>\n");
	put("work/mine.svg", "<svg >mine</svg>\n");
	lead("work/inner.svg", ".git/hooks/post-commit");
	lead("work/outer.svg", "../away/x.svg");
	lead("work/dangling.svg", "../away/new.svg");
	lead("work/out", away);
	free(away);
	lead("work/in", "sub");
	expect_picture("inner.svg", "begins with a dot");
	expect_picture("outer.svg", "in or below its folder");
	expect_picture("dangling.svg", "in or below its folder");
	expect_picture("out/x.svg", "in or below its folder");
	expect_picture("in/x.svg", "no link");
	expect_picture(".git/hooks/x.svg", "begins with a dot");
	expect_picture("mine.svg", "no picture that hmapview wrote");
	lead("work/sub.svg", "sub/x.svg");
	put("work/sub/x.svg", svg);
	expect_picture("sub.svg", "no link");
	expect("work/.git/hooks/post-commit", svg);
	expect("away/x.svg", svg);
	expect("work/sub/x.svg", svg);
	expect("work/mine.svg", "<svg >mine</svg>\n");
	assert_false(there("away/new.svg") || there("work/.git/hooks/x.svg"));
	/* A picture that has another name elsewhere stays there as it was. */
	path = at("work/hard.svg");
	away = at("away/x.svg");
	assert_int_equal(link(away, path), 0);
	put("work/doc.md", "<!-- hmapview -x svg -->\n![x](hard.svg)\n");
	expect_run(ARGS("--update", "doc.md"), 0, "");
	expect("away/x.svg", svg);
	free(path);
	free(away);
	free(svg);
}

/* What another program painted in colours is not ours, whatever its lines end with. */
static void test_foreign_colours(void **state)
{
	static const char *const texts[] = { "mine\n\033[m\n", "\033[1;38;5;98mmine\033[m\n",
		"\033[0m\033[1mhmapview\033[m\n", "" };

	(void)state;
	make_folders();
	put("work/doc.md", "<!-- hmapview -x ansi -n 3 -->\n[x](mine.ansi)\n");
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		put("work/mine.ansi", texts[i]);
		expect_run(ARGS("--update", "doc.md"), 1, "no picture that hmapview wrote");
		expect("work/mine.ansi", texts[i]);
	}
}

/* All formats that lie in files are known again, in all themes. */
static void test_pictures_are_replaced(void **state)
{
	static const char *const formats[] = { "svg", "html", "ansi", "cast" };
	static const char *const options[] = { "-n 5", "-n 9 -T mono", "-T light -n 3",
		"--frames ops", "--view buckets", "--view keys -T mono", "--view layout",
		"--view minimap" };

	(void)state;
	make_folders();
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		for (size_t j = 0; j < sizeof options / sizeof *options; j++) {
			char *text = xasprintf("<!-- hmapview -x %s %s -->\n[x](p.%s)\n",
				formats[i], options[j], formats[i]);

			put("work/doc.md", text);
			free(text);
			/* A recording is always of the screen. */
			if (strcmp(formats[i], "cast") == 0 &&
				strncmp(options[j], "--view", 6) == 0)
				continue;
			expect_run(ARGS("--update", "doc.md"), 0, "");
			expect_run(ARGS("--check", "doc.md"), 0, "");
		}
}

static void expect_scene(const char *line, const char *words)
{
	char *text = xasprintf("# 90 a trap\nfill 3\n%s\n", line);

	put("hmapview/scenes/trap.hm", text);
	expect_run(ARGS("-x", "summary", "--scene", "trap"), 1, words);
	expect_run(ARGS("-x", "summary", "--trust", "--scene", "trap"), 1, words);
	put("work/doc.md", "<!-- hmapview --scene trap -->\n```text\n```\n");
	expect_run(ARGS("--update", "doc.md"), 1, words);
	free(text);
}

static void test_scenes(void **state)
{
	char *away = at("away/secret"), *rc = at("away/rc"), *line;

	(void)state;
	make_folders();
	expect_scene("save new.hm", "a scene writes no files");
	expect_scene("save /dev/null", "a scene writes no files");
	line = xasprintf("save %s", rc);
	expect_scene(line, "a scene writes no files");
	free(line);
	line = xasprintf("load %s", away);
	expect_scene(line, "in or below its folder only");
	free(line);
	line = xasprintf("open %s", away);
	expect_scene(line, "in or below its folder only");
	free(line);
	fifo("hmapview/scenes/fifo");
	expect_scene("load fifo", "regular files only");
	expect_scene("open -", "no standard input");
	put("hmapview/scenes/evil", "save new.hm\n");
	expect_scene("load evil", "a scene writes no files");
	expect("away/rc", "old");
	assert_false(there("work/new.hm"));
	/* One that is a FIFO itself is in nobody's way. */
	fifo("hmapview/scenes/pipe.hm");
	expect_run(ARGS("--list-scenes"), 0, "");
	expect_run(ARGS("-x", "summary", "--scene", "pipe"), 1, "regular files only");
	free(away);
	free(rc);
}

/* A snapshot's words are words. */
static void test_snapshots(void **state)
{
	struct outcome o;

	(void)state;
	make_folders();
	o = run(ARGS("-x", "json", "-n", "3"));
	{
		char *title = strstr(o.out, "\"title\": \""), *text;

		assert_non_null(title);
		title += strlen("\"title\": \"");
		text = xasprintf("%.*s\\nsave ../away/rc\\nexport text new.txt\\n%s",
			(int)(title - o.out), o.out, title);
		put("work/snap.json", text);
		free(text);
	}
	outcome_free(&o);
	put("work/y.hm", "open snap.json\nsnapshot \"again\"\nsave saved.hm\nload saved.hm\n");
	expect_run(ARGS("-x", "summary", "y.hm"), 0, "");
	expect_run(ARGS("-x", "summary", "saved.hm"), 0, "");
	expect("away/rc", "old");
	assert_false(there("work/new.txt"));
}

/* The command line is the person's. */
static void test_person(void **state)
{
	(void)state;
	make_folders();
	expect_run(ARGS("-x", "summary", "-o", "../away/rc", "a.hm"), 0, "");
	expect_run(ARGS("-x", "summary", "-o", ".hidden", "a.hm"), 0, "");
	assert_true(there("work/.hidden"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
		T(test_script_writes_new_files),
		T(test_script_replaces_nothing),
		T(test_script_stays_below),
		T(test_script_nested),
		T(test_document_writes_nothing),
		T(test_document_reads_its_folder),
		T(test_document_does_not_wait),
		T(test_document_names),
		T(test_document_pictures),
		T(test_foreign_colours),
		T(test_pictures_are_replaced),
		T(test_scenes),
		T(test_snapshots),
		T(test_person),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
