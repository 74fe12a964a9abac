/* SPDX-License-Identifier: MIT */
/* The command language: what each command refuses, and in what words; scripts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include "model/base/mem.h"
#include "model/session/args.h"
#include "model/map/classic/reading.h"
#include "model/session/command.h"
#include "model/session/script.h"
#include "model/source/snapshot.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static const char *const refusals[][2] = {
	{ "foo", "unknown command \"foo\"" },
	{ "dleete 3", "unknown command \"dleete\"; did you mean \"delete\"?" },
	{ "filll 3", "unknown command \"filll\"; did you mean \"fill\"?" },
	{ "foo 1 2 3", "unknown command \"foo\"" },
	{ "INSERT 1", "unknown command \"INSERT\"; did you mean \"insert\"?" },
	{ "inser 1", "unknown command \"inser\"; did you mean \"insert\"?" },
	{ "inserts 1", "unknown command \"inserts\"; did you mean \"insert\"?" },
	{ "insert,1", "unknown command \"insert,1\"; did you mean \"insert\"?" },
	{ "\xc2\x9b""31m", "unknown command \"\\u009b31m\"" },
	{ "m\xc3\xa4p \xe2\x80\xae", "unknown command \"m\xc3\xa4p\"" },
	{ "\xef\xbb\xbf""fill", "unknown command \"\\ufefffill\"" },
	{ "\xe2\x80\xae", "unknown command \"\\u202e\"" },
	{ "\x1b[31mred", "unknown command \"\\x1b[31mred\"" },
	{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		"unknown command \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"" },
	{ "map", "map: a type is missing, such as map[string]int" },
	{ "map # map[int]int", "map: a type is missing, such as map[string]int" },
	{ "map int", "map: type int is no map: it is written as map[KEY]ELEM" },
	{ "map map[[]int]int", "map: invalid map key type []int" },
	{ "map map[int]int x", "map: type \"map[int]int x\": the end expected at \"x\"" },
	{ "arch", "arch: a target is missing, such as amd64 or 386" },
	{ "arch vax", "arch: unknown target \"vax\": " RIG_TARGETS },
	{ "arch amd64 386", "arch: unknown target \"amd64 386\": " RIG_TARGETS },
	{ "go", "go: a release is missing, such as 1.19" },
	{ "go 1.17", "go: unknown Go release \"1.17\": " RIG_RELEASES },
	{ "go 1.28", "go: unknown Go release \"1.28\": " RIG_RELEASES RIG_NEWER },
	{ "go go1.28.1", "go: unknown Go release \"go1.28.1\": " RIG_RELEASES RIG_NEWER },
	{ "go 1.18-X:noswissmap", "go: unknown Go release \"1.18-X:noswissmap\": " RIG_RELEASES },
	{ "go 1.24-X:aliastypeparams",
		"go: unknown Go release \"1.24-X:aliastypeparams\": " RIG_RELEASES },
	{ "go 1.25.", "go: unknown Go release \"1.25.\": " RIG_RELEASES },
	{ "arch wasm", "arch: target wasm is not modelled: " RIG_TARGETS },
	{ "go 2.0", "go: unknown Go release \"2.0\": " RIG_RELEASES },
	{ "go 1.", "go: unknown Go release \"1.\": " RIG_RELEASES },
	{ "go 1.19x", "go: unknown Go release \"1.19x\": " RIG_RELEASES },
	{ "go go1.19.8.1", "go: unknown Go release \"go1.19.8.1\": " RIG_RELEASES },
	{ "go 1.99999999999999999999", "go: unknown Go release \"1.99999999999999999999\": "
		RIG_RELEASES RIG_NEWER },
	{ "hash", "hash: aes or wyhash is expected" },
	{ "hash md5", "hash: aes or wyhash is expected" },
	{ "hash aesx", "hash: aes or wyhash is expected" },
	{ "hash aes 00",
		"hash: the key has 2 hexadecimal digits: 256 for 64 bit or 128 for 32 bit" },
	{ "hash wyhash 0",
		"hash: the key has 1 hexadecimal digits: 64 for 64 bit or 32 for 32 bit" },
	{ "hash aes 0g", "hash: \"g\" in the key is no hexadecimal digit" },
	{ "hash wyhash 000102030405060708090a0b0c0d0e0f x",
		"hash: \"x\" is too much: hash aes|wyhash [HEX]" },
	{ "seed", "seed: a number is missing" },
	{ "seed x", "seed: \"x\" is no number" },
	{ "seed 0x", "seed: \"0x\" is no number" },
	{ "seed 1x", "seed: \"1x\" is no number" },
	{ "seed -1", "seed: -1 is negative: a number from 0 up is expected" },
	{ "seed 4294967296", "seed: 4294967296 is too large: 4294967295 at most" },
	{ "seed 1 2", "seed: \"2\" is too much: seed HEX" },
	{ "make x", "make: \"x\" is no number" },
	{ "make -1", "make: -1 is negative: a number from 0 up is expected" },
	{ "make 1 2", "make: \"2\" is too much: make [HINT]" },
	{ "make 9223372036854775808", "make: 9223372036854775808 is too large: 9223372036854775807 "
				      "at most" },
	{ "insert", "insert: a key is missing: insert KEY [ELEM], A..B or @FILE" },
	{ "insert # 1", "insert: a key is missing: insert KEY [ELEM], A..B or @FILE" },
	{ "insert x", "insert: key x is no int: it is written as 42 or 0x2a" },
	{ "insert 1 x", "insert: elem x is no int8: it is written as 42 or 0x2a" },
	{ "insert 1 300", "insert: elem 300 does not fit int8" },
	{ "insert 1 2 3", "insert: \"3\" is too much: insert KEY [ELEM]" },
	{ "insert 1,2", "insert: elem , is no int8: it is written as 42 or 0x2a" },
	{ "insert 9223372036854775808", "insert: key 9223372036854775808 does not fit int" },
	{ "insert 5..4", "insert: 5..4 runs backwards" },
	{ "insert 5..", "insert: key: \"..\" behind the literal is not understood" },
	{ "insert ..5", "insert: key ..5 is no int: it is written as 42 or 0x2a" },
	{ "insert 1..2..3", "insert: key: \"..2..3\" behind the literal is not understood" },
	{ "insert 1..2 3", "insert: \"3\" is too much: insert A..B" },
	{ "insert 1..99999999999999999999",
		"insert: key: \"..99999999999999999999\" behind the literal is not understood" },
	{ "fill", "fill: a number is missing" },
	{ "fill x", "fill: \"x\" is no number" },
	{ "fill -1", "fill: -1 is negative: a number from 0 up is expected" },
	{ "fill 1 2", "fill: \"2\" is too much: fill N" },
	{ "fill 18446744073709551616", "fill: 18446744073709551616 is too large: "
				       "9223372036854775807 at most" },
	{ "delete", "delete: a key is missing: delete KEY, A..B or @FILE" },
	{ "delete x", "delete: key x is no int: it is written as 42 or 0x2a" },
	{ "delete 1 2", "delete: \"2\" is too much: delete KEY" },
	{ "delete 2..1", "delete: 2..1 runs backwards" },
	{ "delete 1..2 3", "delete: \"3\" is too much: delete A..B" },
	{ "delete 0..9223372036854775807",
		"delete: 0..9223372036854775807 are too many keys: 1000000000 at most" },
	{ "delete -9223372036854775808..9223372036854775807",
		"delete: -9223372036854775808..9223372036854775807 are too many keys: 1000000000 "
		"at most" },
	{ "clear x", "clear: \"x\" is too much: clear" },
	{ "lookup", "lookup: a key is missing: lookup KEY, A..B or @FILE" },
	{ "lookup \"x\"", "lookup: key \"x\" is no int: it is written as 42 or 0x2a" },
	{ "lookup 1 2", "lookup: \"2\" is too much: lookup KEY" },
	{ "lookup 2..1", "lookup: 2..1 runs backwards" },
	{ "lookup 0..1000000000", "lookup: 0..1000000000 are too many keys: 1000000000 at most" },
	{ "range x", "range: \"x\" is no number" },
	{ "collide", "collide: a number is missing" },
	{ "collide x", "collide: \"x\" is no number" },
	{ "collide -1", "collide: -1 is negative: a number from 0 up is expected" },
	{ "collide 2", "collide: there is no bucket 2: the map has 2" },
	{ "collide 9223372036854775807", "collide: there is no bucket 9223372036854775807: the map "
					 "has 2" },
	{ "collide 0 x", "collide: \"x\" is no number" },
	{ "collide 0 1 2", "collide: \"2\" is too much: collide BUCKET [N]" },
	{ "grow x", "grow: \"x\" is too much: grow [same]" },
	{ "grow same x", "grow: \"x\" is too much: grow [same]" },
	{ "grow samex", "grow: \"samex\" is too much: grow [same]" },
	{ "evacuate x", "evacuate: \"x\" is no number" },
	{ "evacuate -1", "evacuate: -1 is negative: a number from 0 up is expected" },
	{ "evacuate 1 2", "evacuate: \"2\" is too much: evacuate [N]" },
	{ "evacuate", "evacuate: no growth is under way" },
	{ "gc x", "gc: \"x\" is too much: gc" },
	{ "scene", "scene: a name is missing, such as tombstones" },
	{ "scene x", "scene: there are no scenes to load here" },
	{ "check x", "check: \"x\" is too much: check" },
	{ "snapshot \"a", "snapshot: the title has an unterminated string" },
	{ "snapshot \"a\" b", "snapshot: \"b\" is too much: all of it belongs between the quotes" },
	{ "snapshot \"\\q\"", "snapshot: the title has a bad escape \\q in its string" },
	{ "snapshot \"a\\x00\"", "snapshot: the title cannot hold a NUL byte" },
	{ "caption \"a", "caption: the caption has an unterminated string" },
	{ "diff \"a b", "diff: a b has a quote without its end" },
	{ "diff a.json \"b", "diff: b has a quote without its end" },
	{ "save \"a", "save: the file's name has a quote without its end" },
	{ "load \"a", "load: the file's name has a quote without its end" },
	{ "open \"a 1", "open: the file's name has a quote without its end" },
	{ "export", "export: a format is missing, such as text or json" },
	{ "export json", "export: there is nothing to export with" },
	{ "undo x", "undo: \"x\" is no number" },
	{ "undo 1 2", "undo: \"2\" is too much: undo [N]" },
	{ "redo", "redo: this is the end" },
	{ "redo x", "redo: \"x\" is no number" },
};

/* In a map with something in it, and at once. */
static void mistakes_are_told(void **state)
{
	struct session s;
	clock_t start = clock();

	(void)state;
	rig_open(&s, "map[int]int8", NULL, true);
	rig_run(&s, "fill 12");
	for (size_t i = 0; i < LENGTH(refusals); i++)
		rig_fails(&s, refusals[i][0], refusals[i][1]);
	assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
	session_close(&s);
}

/* Every command there is: nonsense is refused in its name, or does no harm. */
static void every_command_meets_nonsense(void **state)
{
	static const char *const nonsense[] = { "", " ", " \x01\x1b[2J", " ?? ??", " -1 -1 -1",
		" \"", " 99999999999999999999", " #", " \xff" };

	(void)state;
	for (unsigned i = 0; command_at(i); i++) {
		for (size_t k = 0; k < LENGTH(nonsense); k++) {
			const char *name = command_at(i)->name;
			char *line = xasprintf("%s%s", name, nonsense[k]);
			struct error err = { "" };
			struct session s;

			rig_open(&s, "map[int]int8", NULL, true);
			rig_run(&s, "fill 12");
			s.run.trial = true; /* save is one of them */
			if (!session_run(&s, line, &err).ok &&
				(strncmp(err.msg, name, strlen(name)) != 0 ||
					strpbrk(err.msg, "\x01\x1b")))
				fail_msg("%s says %s", line, err.msg);
			assert_true(rig_sound(&s));
			free(line);
			session_close(&s);
		}
	}
}

/* What cannot fit is refused before it is begun: no time goes by, no memory is used. */
static void too_much_is_refused_at_once(void **state)
{
	static const struct {
		const char *type, *arch, *line, *begins;
	} rows[] = {
		{ "map[int]int", "amd64", "fill 1000000000000",
			"fill: 1000000000000 entries: out of memory: " },
		{ "map[int]int", "amd64", "fill 9223372036854775807",
			"fill: 9223372036854775807 entries: out of memory: " },
		{ "map[int64]int", "386", "fill 1000000000",
			"fill: 1000000000 entries: out of memory: " },
		{ "map[string]string", "386", "fill 100000000",
			"fill: 100000000 entries: out of memory: " },
		{ "map[int][1000000]byte", "386", "fill 5000",
			"fill: 5000 entries: out of memory: " },
		{ "map[int]int", "amd64", "insert -9223372036854775808..9223372036854775807",
			"insert: 18446744073709551615 entries: out of memory: " },
		{ "map[int]int", "amd64", "insert 0..9223372036854775807",
			"insert: 9223372036854775808 entries: out of memory: " },
		{ "map[int]int", "amd64", "collide 0 9223372036854775807",
			"collide: 9223372036854775807 entries: out of memory: " },
		{ "map[int]int", "amd64", "make 30000000000",
			"make: hint 30000000000: out of memory: " },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		clock_t start = clock();
		struct session s;
		struct error err = { "" };

		rig_open(&s, rows[i].type, rows[i].arch, true);
		if (session_run(&s, rows[i].line, &err).ok)
			fail_msg("%s on %s did not fail", rows[i].line, rows[i].arch);
		if (strncmp(err.msg, rows[i].begins, strlen(rows[i].begins)) != 0)
			fail_msg("%s on %s says %s", rows[i].line, rows[i].arch, err.msg);
		if (clock() - start > CLOCKS_PER_SEC / 2)
			fail_msg("%s on %s took its time", rows[i].line, rows[i].arch);
		assert_int_equal(s.time.total, 0);
		assert_true(journal_bytes(&s.world.journal) < 1 << 20);
		session_close(&s);
	}
}

static void comments_end_lines(void **state)
{
	static const struct {
		const char *type, *line;
		unsigned count; /* keys the map has afterwards */
		const char *text; /* as it is kept */
	} rows[] = {
		{ "map[int]int", "", 0, NULL },
		{ "map[int]int", "   \t", 0, NULL },
		{ "map[int]int", "# insert 1", 0, NULL },
		{ "map[int]int", "insert 1 # 2", 1, "insert 1" },
		{ "map[int]int", "insert 1#2", 1, "insert 1" },
		{ "map[int]int", "  insert\t1  ", 1, "insert\t1" },
		{ "map[int]int", "insert 1\r", 1, "insert 1" },
		{ "map[string]int", "insert \"#\" 5 # \"", 1, "insert \"#\" 5" },
		{ "map[string]int", "insert \"\\\"#\" # x", 1, "insert \"\\\"#\"" },
		{ "map[string]int", "insert `\\`#`", 1, "insert `\\`" },
		{ "map[string]int", "insert `#`", 1, "insert `#`" },
		{ "map[int]int", "insert '#' # '", 1, "insert '#'" },
		{ "map[int]int", "insert '\\'' # x", 1, "insert '\\''" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct session s;

		rig_open(&s, rows[i].type, NULL, true);
		rig_run(&s, rows[i].line);
		if ((s.world.map.header ? map_get(&s.world.map, HMAP_COUNT) : 0) != rows[i].count)
			fail_msg("%s: another number of keys", rows[i].line);
		assert_int_equal(s.time.nentries, rows[i].text != NULL);
		if (rows[i].text)
			assert_string_equal(s.time.entries[0].text, rows[i].text);
		session_close(&s);
	}
}

static void snapshots_have_titles(void **state)
{
	static const char *const rows[][2] = {
		{ "snapshot", "snapshot 1" },
		{ "snapshot \"a title\"", "a title" },
		{ "snapshot a b  c", "a b  c" },
		{ "snapshot \"\"", "snapshot 4" },
		{ "snapshot \"a \\\"b\\\" \\\\\"", "a \"b\" \\" },
		{ "snapshot \"a # b\" # c", "a # b" },
		{ "snapshot it's", "it's" },
		{ "snapshot it's # so", "it's" },
		{ "snapshot \"tab\\t \\u00e9\" # c", "tab\t \xc3\xa9" },
		{ "snapshot \xff\xfe", "\xff\xfe" },
	};
	struct session s;
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	json_error_t err;
	json_t *all;
	struct error unused;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	s.desk.keep_json = true;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		rig_run(&s, rows[i][0]);
		assert_int_equal(s.time.nsnapshots, i + 1);
		assert_string_equal(s.time.snapshots[i].title, rows[i][1]);
		assert_int_equal(s.time.snapshots[i].point, s.time.now);
		rig_run(&s, "insert 1..3");
	}
	/* What is not UTF-8 must not spoil the document. */
	assert_true(session_write_snapshots(&s, out, &unused));
	fclose(out);
	all = json_loadb(text, len, 0, &err);
	assert_non_null(all);
	assert_int_equal(json_array_size(json_object_get(all, "snapshots")), LENGTH(rows));
	assert_string_equal(
		json_string_value(json_object_get(
			json_array_get(json_object_get(all, "snapshots"), LENGTH(rows) - 1),
			"title")),
		"\xef\xbf\xbd\xef\xbf\xbd");
	json_decref(all);
	free(text);
	session_close(&s);
}

static bool exported(struct session *s, const char *args, struct error *err)
{
	struct text *log = s->hooks.export_data;

	if (strcmp(args, "bad") == 0)
		return snprintf(err->msg, sizeof err->msg, "no such format") < 0;
	text_printf(log, "%s;", args);
	return true;
}

static void exports_are_handed_on(void **state)
{
	struct session s;
	struct text log = { 0 };

	(void)state;
	rig_open(&s, NULL, NULL, true);
	s.hooks.export = exported;
	s.hooks.export_data = &log;
	rig_run(&s, "export json ; export text out.txt ; export ascii a file.txt # c ; "
		   "export --cursor \"#\" text");
	assert_string_equal(
		text_str(&log), "json;text out.txt;ascii a file.txt;--cursor \"#\" text;");
	assert_int_not_equal(s.world.map.header, 0);
	rig_fails(&s, "export bad", "export: no such format");
	text_free(&log);
	session_close(&s);
}

/* Scripts */

static bool run_text(struct session *s, const char *text, size_t len, struct error *err)
{
	FILE *in = fmemopen((void *)(uintptr_t)text, len, "r");
	bool ok;

	assert_non_null(in);
	ok = script_run_stream(s, in, "demo.hm", err);
	fclose(in);
	return ok;
}

static void scripts_say_where(void **state)
{
	static const struct {
		const char *text;
		size_t len; /* 0: up to its end */
		const char *says; /* NULL: it runs */
		unsigned count;
	} rows[] = {
		{ "\n", 0, NULL, 0 },
		{ "insert 1\ninsert 2\n", 0, NULL, 2 },
		{ "insert 1\ninsert 2", 0, NULL, 2 },
		{ "insert 1\r\n\r\ninsert 2\r\n", 0, NULL, 2 },
		{ "\xef\xbb\xbfinsert 1\r\ninsert 2\r\n", 0, NULL, 2 },
		{ "insert 1\n\n# c\n  insert x\ninsert 2\n", 0,
			"demo.hm:4: insert: key x is no int: it is written as 42 or 0x2a", 1 },
		{ "bogus", 0, "demo.hm:1: unknown command \"bogus\"", 0 },
		{ "insert 1\nin\0sert 2\n", 19, "demo.hm:2: a NUL byte: this is no script", 1 },
		{ "\x7f"
		  "ELF\x02\x01\x01\0\0\0",
			10, "demo.hm:1: a NUL byte: this is no script", 0 },
		{ "\xff\xfe\x1b[2J\x07", 0,
			"demo.hm:1: unknown command \"\\xff\\xfe\\x1b[2J\\x07\"", 0 },
		{ "insert \"\n\"", 0,
			"demo.hm:1: insert: key \" is no int: it is written as 42 or 0x2a", 0 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct session s;
		struct error err = { "" };
		size_t len = rows[i].len ? rows[i].len : strlen(rows[i].text);
		bool ok;

		rig_open(&s, NULL, NULL, true);
		ok = run_text(&s, rows[i].text, len, &err);
		if (ok != (rows[i].says == NULL) || (!ok && strcmp(err.msg, rows[i].says) != 0))
			fail_msg("row %zu: %s", i, err.msg);
		assert_int_equal(s.world.map.header ? map_get(&s.world.map, HMAP_COUNT) : 0,
			rows[i].count);
		session_close(&s);
	}
}

static void long_lines(void **state)
{
	size_t len = 3 << 20;
	char *text = xmalloc(len + 1);
	struct session s;
	struct error err = { "" };

	(void)state;
	memset(text, 'x', len);
	memcpy(text, "insert \"", 8);
	rig_open(&s, "map[string]int", NULL, true);
	assert_false(run_text(&s, text, len, &err));
	assert_string_equal(err.msg, "demo.hm:1: the line is longer than 1048576 bytes");
	/* Half of it is a string like any other. */
	memcpy(text + (1 << 20) - 3, "\" 7\n", 4);
	assert_true(run_text(&s, text, (1 << 20) + 1, &err));
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 1);
	/* As it is when someone types it. */
	text[1 << 20] = '\0';
	assert_true(session_run(&s, text, &err).ok);
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 1);
	free(text);
	session_close(&s);
}

static void scripts_that_are_none(void **state)
{
	struct session s;
	struct error err = { "" };

	(void)state;
	rig_open(&s, NULL, NULL, true);
	assert_false(script_run(&s, "/nowhere/a\nscript.hm", &err));
	assert_string_equal(err.msg, "/nowhere/a\\x0ascript.hm: No such file or directory");
	assert_false(script_run(&s, "/", &err));
	assert_string_equal(err.msg, "/: this is a folder, not a script");
	assert_true(script_run(&s, "/dev/null", &err));
	session_close(&s);
}

static void scripts_are_files(void **state)
{
	char path[] = "/tmp/hmapview-test-XXXXXX";
	struct session s;
	struct error err = { "" };
	struct text says = { 0 };
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "map map[string]int\nfill 3\nfill x\n", 33), 33);
	close(fd);
	rig_open(&s, NULL, NULL, true);
	assert_false(script_run(&s, path, &err));
	text_printf(&says, "%s:3: fill: \"x\" is no number", path);
	assert_string_equal(err.msg, text_str(&says));
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 3);
	unlink(path);
	text_free(&says);
	session_close(&s);
}

/* Sessions that cannot be opened, and hints given with them. */
static void releases_are_spelled_as_programs_tell_them(void **state)
{
	static const char *const rows[][2] = {
		{ "go1.20.14", "1.20" }, { "go1.23.12", "1.23" },
		{ "1.26.8", "1.26" }, { "go1.27.4", "1.27" },
		{ "go1.27.4-X:mapsplitgroup", "1.27-X:mapsplitgroup" },
		{ "1.24-X:noswissmap", "1.24-X:noswissmap" },
		{ "go1.24.13 X:noswissmap", "1.24-X:noswissmap" },
		{ "go1.25.12 X:noswissmap", "1.25-X:noswissmap" },
		{ "1.25.1-X:noswissmap", "1.25-X:noswissmap" },
	};
	struct error err;

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct release *r = release_find(rows[i][0], &err);

		assert_non_null(r);
		assert_string_equal(r->name, rows[i][1]);
	}
}

static void sessions_are_opened(void **state)
{
	static const struct {
		struct session_options options;
		const char *says;
	} rows[] = {
		{ { .type = "map[int]" }, "type \"map[int]\": a type expected at its end" },
		{ { .arch = "vax" },
			"unknown target \"vax\": " RIG_TARGETS },
		{ { .release = "1.2" }, "unknown Go release \"1.2\": " RIG_RELEASES },
	};
	struct session_options o = { .hint = 100, .history = true };
	struct session s;
	struct error err;

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		assert_false(session_open(&s, &rows[i].options, &err));
		assert_string_equal(err.msg, rows[i].says);
	}
	assert_true(session_open(&s, &o, &err));
	rig_run(&s, "insert 1");
	assert_int_equal(map_get(&s.world.map, HMAP_B), 4);
	rig_run(&s, "make");
	assert_int_equal(map_get(&s.world.map, HMAP_B), 0);
	session_close(&s);
	assert_true(session_open(&s, &o, &err));
	assert_true(session_ensure_map(&s, &err));
	assert_int_equal(map_get(&s.world.map, HMAP_B), 4);
	rig_run(&s, "arch 386");
	assert_int_equal(map_get(&s.world.map, HMAP_B), 4);
	session_close(&s);
}

static void seeds_queue_up(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	for (unsigned i = 0; i < RANDOM_QUEUE; i++)
		rig_run(&s, "seed 0xffffffff");
	rig_fails(&s, "seed 5", "seed: 1024 values are waiting already");
	rig_run(&s, "make ; seed 5");
	assert_int_equal(map_get(&s.world.map, HMAP_HASH0), UINT32_MAX);
	session_close(&s);
}

static void types_written_otherwise_are_the_same(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[uint8]any", NULL, true);
	rig_run(&s, "fill 5 ; map map[byte]interface{}");
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 5);
	rig_run(&s, "map map[int8]any");
	assert_int_equal(s.world.map.header, 0);
	rig_run(&s, "map map[string]int ; insert \"a\"");
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 1);
	session_close(&s);
}

static void hash_keys_are_set(void **state)
{
	static const char key[] =
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
	struct session s;
	struct text line = { 0 }, hex = { 0 };

	(void)state;
	rig_open(&s, NULL, NULL, true);
	text_printf(&line, "hash wyhash %s ; fill 3", key);
	rig_run(&s, text_str(&line));
	world_hashkey(&s.world, &hex);
	assert_string_equal(text_str(&hex), key);
	text_clear(&line);
	text_printf(&line, "hash aes %s%s%s%s", key, key, key, "FFFEFDFCFBFAF9F8F7F6F5F4F3F2F1F0"
							       "EFEEEDECEBEAE9E8E7E6E5E4E3E2E1E0");
	rig_run(&s, text_str(&line));
	text_clear(&hex);
	world_hashkey(&s.world, &hex);
	assert_int_equal(hex.len, 256);
	assert_memory_equal(text_str(&hex) + 192, "fffefdfcfbfa", 12);
	assert_true(rig_sound(&s));
	text_free(&line);
	text_free(&hex);
	session_close(&s);
}

/* Counts as people write them, wherever one stands. */
static void counts_are_read(void **state)
{
	static const struct {
		const char *text;
		uint64_t value; /* UINT64_MAX: it is none */
	} rows[] = {
		{ "0", 0 }, { "007", 7 }, { "2M", 2000000 }, { "2000000", 2000000 },
		{ "2_000_000", 2000000 }, { "2e6", 2000000 }, { "2E6", 2000000 },
		{ "1.5M", 1500000 }, { "1.25k", 1250 }, { "1.250e3", 1250 }, { "2.0", 2 },
		{ "3K", 3000 }, { "1G", 1000000000 }, { "1T", 1000000000000 }, { "0e99", 0 },
		{ "1e3k", 1000000 }, { "0x10", 16 }, { "9223372036854775807", INT64_MAX },
		{ "", UINT64_MAX }, { "_1", UINT64_MAX }, { "1_", UINT64_MAX },
		{ "1__0", UINT64_MAX }, { "1.5", UINT64_MAX }, { "1.2345k", UINT64_MAX },
		{ "1e", UINT64_MAX }, { "1e-3", UINT64_MAX }, { "M", UINT64_MAX },
		{ "1MM", UINT64_MAX }, { "1m", UINT64_MAX }, { ".5M", UINT64_MAX },
		{ "1.", UINT64_MAX }, { "1e19", UINT64_MAX }, { "1e999999999999", UINT64_MAX },
		{ "10000000T", UINT64_MAX }, { "99999999999999999999", UINT64_MAX },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *at = rows[i].text;
		uint64_t value = 0;
		struct error err;
		bool is = args_number(&at, INT64_MAX, &value, &err);

		if (is != (rows[i].value != UINT64_MAX) || (is && value != rows[i].value))
			fail_msg("\"%s\": %llu", rows[i].text, (unsigned long long)value);
	}
}

static void counts_stand_in_commands(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[int]int", "amd64", true);
	rig_run(&s, "make 1_000 ; fill 2k ; insert 2k..2.5k ; delete 0..1e3 ; undo 1_0");
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 2501 - 1001 + 10);
	session_close(&s);
}

/* A design that moves a whole table at once has nothing to do, and says so; a script does too. */
static void evacuate_says_that_tables_move_at_once(void **state)
{
	const char *said = "evacuate changes nothing: this design moves a whole table at once";
	struct session_outcome o;
	struct error err = { "" };
	struct session s;
	FILE *in;

	(void)state;
	rig_open_go(&s, "map[int]int", "amd64", "1.27", true);
	rig_run(&s, "fill 100");
	o = session_run(&s, "evacuate 3", &err);
	assert_true(o.ok);
	assert_string_equal(o.says, said);
	assert_int_equal(s.time.total, o.before);
	assert_null(session_run(&s, "insert 7", &err).says);
	in = fmemopen((void *)(uintptr_t)"evacuate\ninsert 8\n", 18, "r");
	assert_true(script_run_stream(&s, in, "script", &err));
	assert_string_equal(s.run.says, said);
	fclose(in);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(counts_are_read),
		cmocka_unit_test(counts_stand_in_commands),
		cmocka_unit_test(every_command_meets_nonsense),
		cmocka_unit_test(too_much_is_refused_at_once),
		cmocka_unit_test(comments_end_lines),
		cmocka_unit_test(snapshots_have_titles),
		cmocka_unit_test(exports_are_handed_on),
		cmocka_unit_test(scripts_say_where),
		cmocka_unit_test(long_lines),
		cmocka_unit_test(scripts_that_are_none),
		cmocka_unit_test(scripts_are_files),
		cmocka_unit_test(releases_are_spelled_as_programs_tell_them),
		cmocka_unit_test(sessions_are_opened),
		cmocka_unit_test(seeds_queue_up),
		cmocka_unit_test(types_written_otherwise_are_the_same),
		cmocka_unit_test(hash_keys_are_set),
		cmocka_unit_test(evacuate_says_that_tables_move_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
