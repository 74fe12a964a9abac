/* SPDX-License-Identifier: MIT */
/* Whatever is wrong is said in one line, with the status that scripts rely on, and nothing
   breaks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "tests/cli/program.h"
#include "tests/cli/refusal.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof(a)[0])
#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})


static void test_options(void **state)
{
	static const struct refusal list[] = {
		{ { "-q" }, 2, "unknown option -q" },
		{ { "-\xff" }, 2, "unknown option -\\xff" },
		{ { "--nonsense" }, 2, "unknown option --nonsense" },
		{ { "--nonsense=1" }, 2, "unknown option --nonsense=1" },
		{ { "--help=yes" }, 2, "--help" },
		{ { "-x" }, 2, "-x needs an argument" },
		{ { "--type" }, 2, "--type needs an argument" },
		{ { "-x", "pdf" }, 2, "unknown format \"pdf\": one of text" },
		{ { "-x", "" }, 2, "unknown format \"\"" },
		{ { "-x", "text", "--view", "moon" }, 2, "unknown view \"moon\": one of map" },
		{ { "--view", "map" }, 2, "--view needs --export" },
		{ { "--width", "60" }, 2, "--width needs --export" },
		{ { "--height", "30" }, 2, "--height needs --export" },
		{ { "--cursor", "1" }, 2, "--cursor needs --export" },
		{ { "--buckets", "all" }, 2, "--buckets needs --export" },
		{ { "--frames", "ops" }, 2, "--frames needs --export" },
		{ { "-x", "json", "--cursor", "1" }, 2, "--cursor: json has none" },
		{ { "-x", "json", "--width", "60" }, 2, "--width: json has none" },
		{ { "-x", "json", "--view", "ledger", "--cursor", "1" }, 2,
			"--cursor: the view ledger has none" },
		{ { "-x", "summary", "--view", "map" }, 2, "--view: summary has none" },
		{ { "-x", "ledger", "--view", "shape" }, 2, "--view: ledger has none" },
		{ { "-x", "types", "--width", "60" }, 2, "--width: types has none" },
		{ { "-x", "cast", "--view", "rows" }, 2, "unknown view" },
		{ { "-x", "cast", "--view", "map" }, 2, "--view: cast has none" },
		{ { "-x", "text", "--height", "30" }, 2, "--height: text has none" },
		{ { "-x", "text", "--view", "ledger", "--cursor", "1" }, 2,
			"--cursor: the view ledger has" },
		{ { "-x", "text", "--view", "slot", "--buckets", "1" }, 2,
			"--buckets: the view slot has" },
		{ { "-o", "file" }, 2, "--output needs --export" },
		{ { "--compare" }, 2, "--compare needs an argument" },
		{ { "--compare", "map[int]int", "map[int" }, 2, "map[int: type \"map[int\"" },
		{ { "--compare", "map[int", "map[int]int" }, 2, "type \"map[int\"" },
		{ { "--compare", "map[int]int", "-t", "map[int]int" }, 2,
			"--type does not go with --compare" },
		{ { "--compare", "map[int]int", "--scene", "growth" }, 2,
			"--scene does not go with --compare" },
		{ { "--compare", "map[int]int", "--lint" }, 2,
			"--lint does not go with --compare" },
		{ { "--compare", "map[int]int", "--profile", "a.pb.gz" }, 2,
			"--profile does not go with --compare" },
		{ { "--compare", "map[int]int", "--all-processes", "user" }, 2,
			"--all-processes does not go with --compare" },
		{ { "--compare", "map[int]int", "--quiz", "growth" }, 2,
			"--quiz does not go with --compare" },
		{ { "--compare", "map[int]int", "run", "/bin/true" }, 2,
			"--compare does not go with run" },
		{ { "--lint", "run", "/bin/true" }, 2,
			"--lint does not go with run" },
		{ { "--lint", "--exe", "/bin/true", "--ops", "3" }, 2,
			"--ops does not go with --lint" },
		{ { "--lint", "--exe", "/bin/true", "--escape", "no" }, 2,
			"--escape does not go with --lint" },
		{ { "--core", "a", "--ops", "3" }, 2, "--ops does not go with --core" },
		{ { "--quiz", "growth", "run", "/bin/true" }, 2, "--quiz does not go with run" },
		{ { "--compare", "map[int]int", "-x", "ledger" }, 2,
			"--compare: ledger shows something else" },
		{ { "--compare", "map[int]int", "-x", "json", "--width", "60" }, 2,
			"--width: json has none" },
		{ { "-x", "text", "-a", "vax" }, 2, "unknown target \"vax\": one of amd64" },
		{ { "-x", "text", "-a", "" }, 2, "unknown target" },
		{ { "-x", "text", "--go", "1.3" }, 2, "unknown Go release \"1.3\": 1.18" },
		{ { "-x", "text", "--go", "1.28" }, 2, "unknown Go release" },
		{ { "-x", "text", "--color", "often" }, 2, "often: must be auto, always or never" },
		{ { "-x", "text", "-n", "3", "--at", "0" }, 1, "--at 0: there is no map yet" },
		{ { "-x", "json", "-n", "3", "--at", "1.1" }, 1, "--at 1: there is no map yet" },
		{ { "-x", "text", "one", "two" }, 2, "one script at most, and \"two\" is another" },
		{ { "-x", "text", "-n", "5", "" }, 1, "no name" },
		{ { "-x", "text", "-o", "" }, 1, "no name" },
		{ { "-q\033[31m\n" }, 2, "unknown option" },
		{ { "--\033[31m\n" }, 2, "unknown option" },
		{ { "-x", "\033[31m\n" }, 2, "unknown format" },
		{ { "-x", "text", "\033[31m\nfile" }, 1, "No such file" },
		{ { "-x", "text", "-t", "map[\033]int" }, 2, "type" },
		{ { "-x", "text", "\xff\xfe" }, 1, "No such file" },
	};

	(void)state;
	check_all_refused(list, LENGTH(list));
}

/* Snapshots have their own type, target and entries, also when they come from standard input. */
static void test_snapshots_have_their_own(void **state)
{
	static const char *const options[][2] = { {"--type", "map[int]int"}, {"--arch", "386"},
		{"--go", "1.20"}, {"--fill", "3"}, {"--hint", "3"}, {"--escape", "no"} };
	struct scratch at;
	char *path;
	struct outcome o;

	(void)state;
	scratch_make(&at);
	path = xasprintf("%s/a.json", at.path);
	o = program_run(&(struct program){.args = ARGS("-x", "json", "-n", "3", "-o", path)});
	assert_int_equal(o.status, 0);
	outcome_free(&o);
	for (size_t i = 0; i < LENGTH(options); i++) {
		const char *const *p = options[i];

		check_refused(
			&(struct program){ .args = ARGS("-x", "text", p[0], p[1], path) }, 2, p[0]);
		check_refused(&(struct program){.args = ARGS("-x", "text", p[0], p[1], "-"),
			.in = path}, 2, p[0]);
	}
	free(path);
	scratch_remove(&at);
}

static void test_numbers(void **state)
{
	static const struct refusal list[] = {
		{ { "-x", "text", "-n", "-1" }, 2, "--fill: -1 is negative" },
		{ { "-x", "text", "-n", "" }, 2, "--fill: a number is missing" },
		{ { "-x", "text", "-n", "5x" }, 2, "--fill: \"5x\" is no number" },
		{ { "-x", "text", "-n", "1e-3" }, 2, "--fill: \"1e-3\" is no number" },
		{ { "-x", "text", "-n", "5 6" }, 2, "--fill: \"6\" is too much" },
		{ { "-x", "text", "-n", "9223372036854775808" }, 2,
			"--fill: 9223372036854775808 is too large" },
		{ { "-x", "text", "-n", "99999999999999999999999" }, 2, "too large" },
		{ { "-x", "text", "-n", "9223372036854775807" }, 1, "fill: " },
		{ { "-x", "text", "-n", "1000000000" }, 1, "out of memory" },
		{ { "-x", "text", "--hint", "-1" }, 2, "--hint: -1 is negative" },
		{ { "-x", "text", "--hint", "abc" }, 2, "--hint: \"abc\" is no number" },
		{ { "-x", "text", "--hint", "99999999999" }, 1, "make: " },
		{ { "-x", "text", "--seed", "-3" }, 2, "--seed: -3 is negative" },
		{ { "-x", "text", "--seed", "18446744073709551616" }, 2,
			"--seed: 18446744073709551616 is too large" },
		{ { "-x", "text", "--width", "0" }, 2, "--width: 40 columns at least" },
		{ { "-x", "text", "--width", "39" }, 2, "--width: 40 columns at least" },
		{ { "-x", "text", "--width", "501" }, 2, "--width: 501 is too large: 500 at most" },
		{ { "-x", "text", "--width", "-80" }, 2, "--width: -80 is negative" },
	};

	(void)state;
	check_all_refused(list, LENGTH(list));
}

static void test_types(void **state)
{
	static const struct refusal list[] = {
		{ { "-x", "text", "-t", "" }, 2, "type" },
		{ { "-x", "text", "-t", "map" }, 2, "type \"map\"" },
		{ { "-x", "text", "-t", "map[int" }, 2,
			"type \"map[int\": \"]\" expected at its end" },
		{ { "-x", "text", "-t", "map[int]" }, 2, "type \"map[int]\"" },
		{ { "-x", "text", "-t", "map[int]int extra" }, 2, "extra" },
		{ { "-x", "text", "-t", "int" }, 2, "int" },
		{ { "-x", "text", "-t", "map[unknown]int" }, 2, "unknown" },
		{ { "-x", "text", "-t", "map[[]int]int" }, 2, "invalid map key type []int" },
		{ { "-x", "text", "-t", "map[func()]int" }, 2, "invalid map key type func()" },
		{ { "-x", "text", "-t", "map[map[int]int]int" }, 2,
			"invalid map key type map[int]int" },
		{ { "-x", "text", "-t", "map[[2][]int]int" }, 2, "invalid map key type" },
		{ { "-x", "text", "-t", "map[struct{A []int}]int" }, 2, "invalid map key type" },
		{ { "-x", "text", "-t", "map[int][1000000000000]int" }, 2, "too large" },
		{ { "-x", "text", "-t", "map[int][9223372036854775807][9223372036854775807]int" },
			2, "large" },
		{ { "-x", "text", "-t", "map[[99999999]int]int" }, 2, "too large for a key" },
		{ { "-x", "text", "-t", "map[int][-1]int" }, 2, "invalid array length -1" },
		{ { "-x", "text", "-t", "map[int][99999999999999999999]int" }, 2,
			"99999999999999999999" },
	};
	char deep[4096] = "map[int]";

	(void)state;
	check_all_refused(list, LENGTH(list));
	for (int i = 0; i < 2000; i++)
		strcat(deep, "*");
	check_refused(&(struct program){.args = ARGS("-x", "text", "-t", deep)}, 2, "type");
}

/* Scripts */

struct script {
	const char *text;
	const char *says; /* after FILE: */
};

static void check_script(const struct scratch *at, const struct script *s)
{
	char *path = scratch_write(at, "s.hm", s->text, strlen(s->text));
	char *says = xasprintf("hmapview: s.hm:%s", s->says);
	const char *args[] = {"-x", "text", "s.hm", NULL};

	check_refused(&(struct program){.args = args, .folder = at->path}, 1, says);
	free(says);
	free(path);
}

static void test_scripts(void **state)
{
	static const struct script list[] = {
		{ "inser 1\n", "1: unknown command \"inser\"" },
		{ "\n\n# x\n  insert 1\n\tnonsense", "5: unknown command \"nonsense\"" },
		{ "INSERT 1", "1: unknown command \"INSERT\"" },
		{ "insert", "1: insert: " },
		{ "insert x", "1: insert: " },
		{ "insert 1 2", "1: insert: " },
		{ "insert 1 \"a\" \"b\"", "1: insert: " },
		{ "insert 1 \"a", "1: insert: " },
		{ "insert 1 \"a\\q\"", "1: insert: " },
		{ "insert 1 \"\\x4\"", "1: insert: " },
		{ "insert 1 \"\\ud800\"", "1: insert: " },
		{ "insert 1 \"\\400\"", "1: insert: " },
		{ "insert 9223372036854775808", "1: insert: " },
		{ "insert 1.5", "1: insert: " },
		{ "insert 99999999999999999999999999999999", "1: insert: " },
		{ "insert 5..1", "1: insert: " },
		{ "insert 1..99999999999999999999", "1: insert: " },
		{ "insert 0..9223372036854775807", "1: insert: " },
		{ "map map[uint8]int\ninsert 300", "2: insert: key 300 does not fit uint8" },
		{ "map map[uint8]int\ninsert -1", "2: insert: " },
		{ "map map[uint8]int\nfill 300", "2: fill: " },
		{ "map map[bool]int\ninsert yes", "2: insert: " },
		{ "map map[string]int\ninsert key", "2: insert: " },
		{ "map map[string]int\ninsert \"a\" 1.5", "2: insert: " },
		{ "map map[float64]int\ninsert 1e999", "2: insert: " },
		{ "map map[struct{A, B int}]int\ninsert {1}", "2: insert: " },
		{ "map map[struct{A, B int}]int\ninsert {1, 2, 3}", "2: insert: " },
		{ "map map[struct{A, B int}]int\ninsert {1, 2", "2: insert: " },
		{ "map map[[3]int]int\ninsert {1, 2, 3, 4}", "2: insert: " },
		{ "map map[int", "1: map: " },
		{ "map map[[]int]int", "1: map: invalid map key type []int" },
		{ "map", "1: map: " },
		{ "arch vax", "1: arch: unknown target \"vax\"" },
		{ "arch", "1: arch: " },
		{ "go 1.3", "1: go: unknown Go release" },
		{ "go", "1: go: " },
		{ "hash", "1: hash: " },
		{ "hash md5", "1: hash: " },
		{ "hash aes 12345", "1: hash: " },
		{ "hash aes xyz", "1: hash: " },
		{ "seed", "1: seed: " },
		{ "seed -1", "1: seed: -1 is negative" },
		{ "seed 4294967296", "1: seed: 4294967296 is too large" },
		{ "make -1", "1: make: " },
		{ "make 1 2", "1: make: " },
		{ "make 99999999999", "1: make: " },
		{ "fill", "1: fill: " },
		{ "fill -1", "1: fill: -1 is negative" },
		{ "fill 18446744073709551616", "1: fill: 18446744073709551616 is too large" },
		{ "fill 1000000000", "1: fill: " },
		{ "fill 1e-3", "1: fill: " },
		{ "delete", "1: delete: " },
		{ "delete \"x\"", "1: delete: " },
		{ "lookup", "1: lookup: " },
		{ "lookup 1 2", "1: lookup: " },
		{ "clear all", "1: clear: " },
		{ "range 0", "1: range: " },
		{ "collide", "1: collide: " },
		{ "collide 99999999", "1: collide: " },
		{ "collide 0 -1", "1: collide: " },
		{ "grow bigger", "1: grow: " },
		{ "evacuate 1", "1: evacuate: " },
		{ "evacuate -1", "1: evacuate: " },
		{ "gc now", "1: gc: " },
		{ "undo", "1: undo: this is the beginning" },
		{ "redo", "1: redo: this is the end" },
		{ "undo -1", "1: undo: " },
		{ "export", "1: export: " },
		{ "export pdf", "1: export: unknown format \"pdf\"" },
		{ "export text /proc/nonexistent/file",
			"1: export: /proc/nonexistent/file: No such file" },
		{ "insert \033[31m", "1: insert: " },
		{ "\033]0;title\007", "1: unknown command" },
	};
	struct scratch at;

	(void)state;
	scratch_make(&at);
	for (size_t i = 0; i < LENGTH(list); i++)
		check_script(&at, &list[i]);
	scratch_remove(&at);
}

static void test_script_files(void **state)
{
	struct scratch at;
	size_t len = 3u << 20;
	char *text = xmalloc(len), *binary, *line, noise[512];
	unsigned n = 1;

	(void)state;
	scratch_make(&at);
	memset(text, 'a', len);
	for (size_t i = 0; i < sizeof noise; i++, n = n * 1103515245u + 12345u)
		noise[i] = (char)(n >> 16);
	line = scratch_write(&at, "line.hm", text, len);
	binary = scratch_write(&at, "noise.hm", noise, sizeof noise);
	check_refused(&(struct program){.args = ARGS("-x", "text", line)}, 1,
		"line.hm:1: the line is longer than 1048576 bytes");
	check_refused(&(struct program){.args = ARGS("-x", "text", binary)}, 1, "noise.hm:1: ");
	check_refused(&(struct program){.args = ARGS("-x", "text", program_path())}, 1,
		"hmapview:1: a NUL byte: this is no script");
	check_refused(
		&(struct program){ .args = ARGS("-x", "text", at.path) }, 1, "this is a folder");
	check_refused(&(struct program){.args = ARGS("-x", "text", "/proc/nonexistent/a.hm")}, 1,
		"/proc/nonexistent/a.hm: No such file or directory");
	check_refused(&(struct program){.args = ARGS("-x", "text", "-"), .in = line}, 1,
		"standard input:1: the line is longer");
	check_refused(&(struct program){.args = ARGS("-x", "text", "/proc/self/mem")}, 1,
		"/proc/self/mem");
	free(line);
	free(binary);
	free(text);
	scratch_remove(&at);
}

/* What a script exported before it failed is there, whole; what it failed at is not. */
static void test_script_fails_after_export(void **state)
{
	static const char
		script[] = "insert 1\nexport json a.json\ninsert 2\nnonsense\nexport json b.json\n";
	struct program p = {.args = ARGS("-x", "text", "s.hm")};
	struct scratch at;
	char *path, *a, *json;

	(void)state;
	scratch_make(&at);
	p.folder = at.path;
	path = scratch_write(&at, "s.hm", script, strlen(script));
	check_refused(&p, 1, "hmapview: s.hm:4: unknown command \"nonsense\"");
	free(path);
	a = xasprintf("%s/a.json", at.path);
	json = file_read(a, NULL);
	assert_non_null(json);
	assert_int_equal(json[0], '{');
	assert_string_equal(json + strlen(json) - 2, "}\n");
	free(json);
	free(a);
	a = xasprintf("%s/b.json", at.path);
	assert_int_equal(access(a, F_OK), -1);
	free(a);
	scratch_remove(&at);
}

/* Configuration */

struct config_case {
	const char *text;
	const char *says;
};

static void check_config(const struct scratch *at, const struct config_case *c)
{
	char *path = scratch_write(at, "c.ini", c->text, strlen(c->text));
	const char *args[] = {"-c", "c.ini", NULL};

	check_refused(&(struct program){.args = args, .folder = at->path}, 1, c->says);
	free(path);
}

/* The other release of the pages of two, but where an option or a command has chosen one. */
static void test_configured_beside(void **state)
{
	static const char ini[] = "[options]\nbeside = 1.20\n";
	static const struct {
		const char *args[12], *shows;
	} list[] = {
		{ { "-x", "beside", "-n", "3" }, "Go 1.27, swiss" },
		{ { "-x", "beside", "-n", "3", "-c", "c.ini" }, "Go 1.20, classic" },
		{ { "-x", "text", "--view", "designs", "-n", "3", "-c", "c.ini" },
			"Go 1.20, classic" },
		{ { "-x", "beside", "-n", "3", "-c", "c.ini", "--beside", "1.22" },
			"Go 1.22, classic" },
		{ { "-x", "beside", "-c", "c.ini", "s.hm" }, "Go 1.25, swiss" },
	};
	struct scratch at;
	char *path, *script;

	(void)state;
	scratch_make(&at);
	path = scratch_write(&at, "c.ini", ini, strlen(ini));
	script = scratch_write(&at, "s.hm", "fill 3\nbeside 1.25\n", 19);
	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		struct outcome o = program_run(
			&(struct program){ .args = list[i].args, .folder = at.path });

		if (o.status != 0 || !strstr(o.out, list[i].shows))
			fail_msg("%zu: status %d: %s%s", i, o.status, o.err, o.out);
		outcome_free(&o);
	}
	free(script);
	free(path);
	scratch_remove(&at);
}

static void test_configs(void **state)
{
	static const struct config_case list[] = {
		{ "[nonsense]\nx = 1\n", "c.ini:1: [nonsense]: unknown section" },
		{ "[options]\nnonsense = 1\n", "c.ini:2: [options]: nonsense: unknown option" },
		{ "[options]\nmouse = perhaps\n",
			"c.ini:2: [options]: mouse: perhaps: must be yes or no" },
		{ "[options]\nseed = many\n",
			"c.ini:2: [options]: seed: many: must be a whole number" },
		{ "[options]\nseed = -1\n",
			"c.ini:2: [options]: seed: -1: must be a whole number" },
		{ "[options]\ntype = map[[]int]int\n",
			"c.ini: [options]: invalid map key type []int" },
		{ "[options]\narch = vax\n", "c.ini: [options]: unknown target \"vax\"" },
		{ "[options]\nbeside = 1.99\n",
			"c.ini: [options]: beside: unknown Go release \"1.99\"" },
		{ "[options]\ntheme = nonsense\n", "nonsense: no such theme" },
		{ "[options]\n\ntheme = lihgt\n",
			"c.ini:3: [options]: theme: lihgt: no such theme" },
		{ "[keys]\nnonsense = x\n", "c.ini:2: [keys]: nonsense: unknown action" },
		{ "[keys]\nnonsense 1 = x\n", "c.ini:2: [keys]: nonsense 1: unknown action" },
		{ "[keys]\nquit = Nonsense\n", "c.ini:2: [keys]: quit: Nonsense: no such key" },
		{ "[keys]\nquit = i\n", "c.ini:2: [keys]: " },
		{ "[keys]\nquit = x\nhelp = x\n", "c.ini:3: [keys]: " },
		{ "[keys]\nfill 100 = i\n", "c.ini:2: [keys]: " },
		{ "loose = 1\n", "c.ini:1: loose: stands before the first [section]" },
		{ "[options]\nmouse = yes\n[options\n",
			"c.ini:3: neither [section] nor key = value" },
		{ "nonsense\n", "c.ini:1: neither [section] nor key = value" },
		{ "\xef\xbb\xbf[options]\n", "c.ini:1: begins with a byte order mark" },
	};
	struct scratch at;
	char *nul;

	(void)state;
	scratch_make(&at);
	for (size_t i = 0; i < LENGTH(list); i++)
		check_config(&at, &list[i]);
	nul = scratch_write(&at, "nul.ini", "[options]\n\0", 11);
	check_refused(&(struct program){ .args = ARGS("-x", "text", "-c", nul) }, 1,
		"nul.ini:2: holds a NUL byte");
	check_refused(&(struct program){.args = ARGS("-x", "text", "-c", at.path)}, 1, at.path);
	check_refused(
		&(struct program){ .args = ARGS("-x", "text", "-c", "/proc/nonexistent/c.ini") }, 1,
		"/proc/nonexistent/c.ini: No such file or directory");
	free(nul);
	scratch_remove(&at);
}

static void test_themes(void **state)
{
	static const struct config_case list[] = {
		{"[nonsense]\nx = 1\n", "t.ini:1: "},
		{"[roles]\nnonsense = red\n", "t.ini:2: "},
		{"[roles]\ntophash = nonsense\n", "t.ini:2: "},
		{"[roles]\ntophash = #ff0000\n", "t.ini:2: "},
		{"[roles]\ntophash = red blinking\n", "t.ini:2: "},
		{"[roles]\ntophash = 256\n", "t.ini:2: "},
		{"[roles\n", "t.ini"},
	};
	struct scratch at;

	(void)state;
	scratch_make(&at);
	for (size_t i = 0; i < LENGTH(list); i++) {
		char *path = scratch_write(&at, "t.ini", list[i].text, strlen(list[i].text));

		check_refused(&(struct program){ .args = ARGS("-T", "./t.ini"), .folder = at.path },
			1, list[i].says);
		free(path);
	}
	check_refused(
		&(struct program){ .args = ARGS("-T", "nonsense") }, 1, "nonsense: no such theme");
	check_refused(&(struct program){.args = ARGS("-T", at.path)}, 1, at.path);
	scratch_remove(&at);
}

static void test_without_terminal(void **state)
{
	static const char *const env[] = {"TERM", NULL};

	(void)state;
	check_refused(&(struct program){.args = ARGS("-n", "5")}, 1, "is not a terminal");
	check_refused(
		&(struct program){ .args = (const char *const[]){ NULL } }, 1, "is not a terminal");
	check_refused(&(struct program){.args = ARGS("-"), .env = env}, 1, "terminal");
}

static void test_help(void **state)
{
	struct outcome o = program_run(&(struct program){.args = ARGS("--help")});

	(void)state;
	assert_int_equal(o.status, 0);
	assert_string_equal(o.err, "");
	assert_int_equal(strncmp(o.out, "Usage: hmapview [OPTION]... [SCRIPT]\n", 37), 0);
	for (char *line = strtok(o.out, "\n"); line; line = strtok(NULL, "\n"))
		assert_in_range(strlen(line), 0, 100);
	outcome_free(&o);
	o = program_run(&(struct program){.args = ARGS("-V")});
	assert_int_equal(o.status, 0);
	assert_string_equal(o.out, "hmapview " HMAPVIEW_VERSION "\n");
	outcome_free(&o);
}

/* A billion is refused before anything is done. */
static void test_refused_at_once(void **state)
{
	struct outcome o = program_run(
		&(struct program){ .args = ARGS("-x", "text", "-n", "1000000000") });

	(void)state;
	assert_int_equal(o.status, 1);
	assert_true(o.seconds < 1);
	outcome_free(&o);
}

/* Exports depend on nothing but their input. */

static char *export_in(const char *format, const char *const *env)
{
	struct program p = { .args = ARGS("-x", format, "-t", "map[string]int", "-n", "30",
				     "--seed", "7"),
		.env = env };
	struct outcome o = program_run(&p);

	assert_int_equal(o.status, 0);
	assert_string_equal(o.err, "");
	free(o.err);
	return o.out;
}

static void test_exports_depend_on_nothing(void **state)
{
	static const char *const formats[] = {"text", "ascii", "markdown", "summary", "json"};
	static const char *const surroundings[][8] = {
		{"LC_ALL=C"},
		{"LC_ALL=de_DE.UTF-8", "LANG=de_DE.UTF-8"},
		{"TERM"},
		{"TERM=vt100", "COLUMNS=300", "LINES=5"},
		{"NO_COLOR=1", "TZ=Asia/Tokyo"},
		{"HOME=/tmp", "XDG_CONFIG_HOME=/proc/nonexistent"},
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(formats); i++) {
		char *expected = export_in(formats[i], NULL);

		assert_true(strlen(expected) > 100);
		for (size_t j = 0; j < LENGTH(surroundings); j++) {
			char *again = export_in(formats[i], surroundings[j]);

			assert_string_equal(again, expected);
			free(again);
		}
		for (const char *c = expected; strcmp(formats[i], "ascii") == 0 && *c; c++)
			assert_true(*c == '\n' || (*c >= ' ' && *c < 127));
		free(expected);
	}
}

static void test_seed_matters(void **state)
{
	const char *args[] = {"-x", "json", "-n", "9", "--seed", "1", NULL};
	struct outcome a = program_run(&(struct program){.args = args}), b;

	(void)state;
	args[5] = "2";
	b = program_run(&(struct program){.args = args});
	assert_string_not_equal(a.out, b.out);
	outcome_free(&a);
	outcome_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_snapshots_have_their_own),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_scripts),
		cmocka_unit_test(test_script_files),
		cmocka_unit_test(test_script_fails_after_export),
		cmocka_unit_test(test_configs),
		cmocka_unit_test(test_configured_beside),
		cmocka_unit_test(test_themes),
		cmocka_unit_test(test_without_terminal),
		cmocka_unit_test(test_help),
		cmocka_unit_test(test_refused_at_once),
		cmocka_unit_test(test_exports_depend_on_nothing),
		cmocka_unit_test(test_seed_matters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
