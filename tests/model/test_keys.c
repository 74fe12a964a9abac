/* SPDX-License-Identifier: MIT */
/* Keys of one's own: from files, in scripts, and runs of strings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/session/script.h"
#include "tests/model/rig.h"

#include <cmocka.h>

/* A file that holds the text; its name is to be freed. */
static char *file_of(const char *text, size_t len)
{
	char name[] = "/tmp/hmapview-keys-XXXXXX";
	int fd = mkstemp(name);
	FILE *out = fd < 0 ? NULL : fdopen(fd, "w");

	assert_non_null(out);
	assert_int_equal(fwrite(text, 1, len, out), len);
	fclose(out);
	return xstrdup(name);
}

/* Runs "VERB @FILE" with such a file. */
static bool with_file(struct session *s, const char *verb, const char *text, size_t len,
	struct error *err)
{
	char *name = file_of(text, len), *line = xasprintf("%s @%s", verb, name);
	bool ok = session_run(s, line, err).ok;
	char *at = strstr(err->msg, name);

	/* The name is another each time. */
	if (!ok && at)
		memmove(at, at + strlen(name), strlen(at + strlen(name)) + 1);
	unlink(name);
	free(name);
	free(line);
	return ok;
}

static const struct {
	const char *type, *text, *keys; /* the same keys, as insert takes them */
} rows[] = {
	{ "string", "a\n b # \n\n\"\r\nlast", "\"a\"|\" b # \"|`\"`|\"last\"" },
	{ "string", "\n\"a\"\n\"\\u00e9\\ud83d\\ude00\\/\"\n\"\\x01\"\n",
		"\"a\"|\"\xc3\xa9\xf0\x9f\x98\x80/\"|\"\\x01\"" },
	{ "string", "END\nEND2\n", "\"END\"|\"END2\"" },
	{ "int", "1\n 0x10 \n'a'\n", "1|16|97" },
	{ "time.Duration", "5\ntime.Duration(6)\n", "5|6" },
	{ "[2]uint8", "[1, 2]\n{3}\n[2]byte{1: 4}\n0x0506\n", "{1, 2}|{3}|{0, 4}|{5, 6}" },
	{ "struct{ A int; B string }", "{\"A\": 1, \"B\": \"x\"}\n{2, \"y\"}\n{\"B\": \"\\\"\"}\n"
		"{B: `z`}\n", "{1, \"x\"}|{2, \"y\"}|{0, `\"`}|{0, \"z\"}" },
	{ "struct{ S string; F float64 }", "{\"S\": \"a:\", \"F\": 1.5}\n{\"x:\", 2}\n",
		"{\"a:\", 1.5}|{\"x:\", 2}" },
	{ "any", "1\n\"x\"\ntrue\nnil\n", "1|\"x\"|true|nil" },
};

static void insert_each(struct session *s, const char *keys)
{
	char *all = xstrdup(keys), *save = NULL;

	for (char *k = strtok_r(all, "|", &save); k; k = strtok_r(NULL, "|", &save)) {
		char *line = xasprintf("insert %s", k);

		rig_run(s, line);
		free(line);
	}
	free(all);
}

static char *snapshot_of(const struct session *s)
{
	char *out = NULL;
	size_t len;
	FILE *f = open_memstream(&out, &len);
	struct error err;

	assert_true(session_write_snapshots(s, f, &err));
	fclose(f);
	return out;
}

static void a_file_is_its_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		char *type = xasprintf("map[%s]int", rows[i].type), *a, *b;
		struct session s, each;
		struct error err;

		rig_open(&s, type, NULL, true);
		rig_open(&each, type, NULL, true);
		if (!with_file(&s, "insert", rows[i].text, strlen(rows[i].text), &err))
			fail_msg("%s: %s", rows[i].type, err.msg);
		insert_each(&each, rows[i].keys);
		a = snapshot_of(&s);
		b = snapshot_of(&each);
		assert_string_equal(a, b);
		assert_true(with_file(&s, "lookup", rows[i].text, strlen(rows[i].text), &err));
		assert_non_null(s.shown.probe_label);
		assert_true(with_file(&s, "delete", rows[i].text, strlen(rows[i].text), &err));
		assert_int_equal(map_count(&s.world.map), 0);
		free(a);
		free(b);
		free(type);
		session_close(&s);
		session_close(&each);
	}
}

static void a_bad_key_costs_nothing(void **state)
{
	static const struct {
		const char *type, *text, *says;
	} bad[] = {
		{ "int", "1\n2\n\nx\n3\n",
			"insert: :4: key x is no int: it is written as 42 or 0x2a" },
		{ "uint8", "1\n300", "insert: :2: key 300 does not fit uint8" },
		{ "int", "1 2\n", "insert: :1: \"2\" is too much: a key a line" },
		{ "int", "1;\n", "insert: :1: key: \";\" behind the literal is not understood" },
		{ "[2]int", "[1, 2, 3]",
			"insert: :1: key: index 2 is out of bounds (>= 2) of [2]int" },
		{ "[2]int", "[1,, 2]", "insert: :1: unexpected token near ','" },
		{ "struct{ A int }", "{\"B\": 1}",
			"insert: :1: key: unknown field B in struct literal of type struct { A int "
			"}" },
		{ "string", "\"a\"\nb\n",
			"insert: :2: key b is no string: it is written as \"text\"" },
		{ "string", "\n\n", "insert:  has no keys" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(bad); i++) {
		char *type = xasprintf("map[%s]int", bad[i].type), *before, *after;
		struct session s;
		struct error err;

		rig_open(&s, type, NULL, true);
		rig_run(&s, "make");
		before = snapshot_of(&s);
		assert_false(with_file(&s, "insert", bad[i].text, strlen(bad[i].text), &err));
		assert_string_equal(err.msg, bad[i].says);
		assert_int_equal(s.time.nentries, 1);
		after = snapshot_of(&s);
		assert_string_equal(before, after);
		free(before);
		free(after);
		free(type);
		session_close(&s);
	}
}

static void what_is_no_text_is_no_keys(void **state)
{
	struct session s;
	struct error err;

	(void)state;
	rig_open(&s, "map[string]int", NULL, true);
	assert_false(with_file(&s, "insert", "a\nb\0c", 5, &err));
	assert_string_equal(err.msg, "insert: : a NUL byte in line 2: these are no keys");
	rig_fails(&s, "insert @", "insert: a file is missing: @FILE");
	rig_fails(&s, "insert @/proc/nonexistent/keys",
		"insert: /proc/nonexistent/keys: No such file or directory");
	rig_fails(&s, "insert @<<END", "insert: the keys below it are not ended by the line END");
	session_close(&s);
}

/* The file is gone: all is run again, and saved, with the lines that it had. */
static void a_session_holds_its_keys(void **state)
{
	static const char text[] = "one\nEND\n\n # two\nthree";
	struct session s, again;
	struct error err;
	char *script = NULL, *a, *b;
	size_t len;
	FILE *f;

	(void)state;
	rig_open(&s, "map[string]int", NULL, true);
	assert_true(with_file(&s, "insert", text, strlen(text), &err));
	rig_run(&s, "insert \"four\"");
	assert_true(with_file(&s, "delete", "one\n", 4, &err));
	rig_run(&s, "undo 3");
	rig_run(&s, "arch 386");
	f = open_memstream(&script, &len);
	session_write(&s, f);
	fclose(f);
	rig_open(&again, NULL, NULL, true);
	f = fmemopen(script, len, "r");
	if (!script_run_stream(&again, f, "script", &err))
		fail_msg("%s", err.msg);
	fclose(f);
	assert_int_equal(again.time.now, s.time.now);
	assert_int_equal(again.time.total, s.time.total);
	a = snapshot_of(&s);
	b = snapshot_of(&again);
	assert_string_equal(a, b);
	free(a);
	free(b);
	free(script);
	session_close(&s);
	session_close(&again);
}

static void a_script_may_be_cut(void **state)
{
	char text[] = "map map[string]int\ninsert @<<END\na\nb\n";
	struct session s;
	struct error err;
	FILE *f = fmemopen(text, strlen(text), "r");

	(void)state;
	rig_open(&s, NULL, NULL, true);
	assert_false(script_run_stream(&s, f, "x.hm", &err));
	assert_string_equal(err.msg, "x.hm:4: the keys are not ended by a line END");
	fclose(f);
	session_close(&s);
}

static void strings_have_runs_too(void **state)
{
	struct session s, each;
	char *a, *b;

	(void)state;
	rig_open(&s, "map[string]int", NULL, true);
	rig_open(&each, "map[string]int", NULL, true);
	rig_run(&s, "insert \"key-0\"..\"key-9\"");
	rig_run(&each, "insert 0..9");
	rig_run(&s, "insert `u-08`..\"u-11\"");
	insert_each(&each, "\"u-08\"|\"u-09\"|\"u-10\"|\"u-11\"");
	a = snapshot_of(&s);
	b = snapshot_of(&each);
	assert_string_equal(a, b);
	rig_run(&s, "lookup \"u-08\"..\"u-09\"");
	rig_run(&s, "delete \"u-08\"..\"u-11\"");
	assert_int_equal(map_count(&s.world.map), 10);
	rig_fails(&s, "insert \"a\"..\"b\"", "insert: the ends of a run are alike but for the "
		"numbers they end with: \"key-0\"..\"key-9\"");
	rig_fails(&s, "insert \"a1\"..2", "insert: a run of strings ends with one: "
		"\"key-0\"..\"key-9\"");
	rig_fails(&s, "insert \"a01\"..\"a101\"", "insert: the numbers of a run that have zeros "
		"before them are of one length: \"key-07\"..\"key-12\"");
	rig_fails(&s, "insert \"a9\"..\"a1\"", "insert: 9..1 runs backwards");
	free(a);
	free(b);
	session_close(&s);
	session_close(&each);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_its_keys),
		cmocka_unit_test(a_bad_key_costs_nothing),
		cmocka_unit_test(what_is_no_text_is_no_keys),
		cmocka_unit_test(a_session_holds_its_keys),
		cmocka_unit_test(a_script_may_be_cut),
		cmocka_unit_test(strings_have_runs_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
