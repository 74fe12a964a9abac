/* SPDX-License-Identifier: MIT */
/* Interfaces that hold values of declared, well-known and composite types. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/model/documents.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static const char declared[] = "type Session struct { ID uint32; Name string; F float64 }\n"
	"type Pair struct { A, B int32 }\ntype Kind int\ntype Keys []int\n"
	"type Holder struct { _ struct{}; P *int }\n";

static const struct {
	const char *written, *shown; /* NULL: as it is written */
} values[] = {
	{ "main.Session{7, \"x\", 1.5}", NULL },
	{ "Session{Name: \"x\"}", "main.Session{0, \"x\", 0}" },
	{ "Pair{1, 2}", "main.Pair{1, 2}" },
	{ "Pair{1, 3}", "main.Pair{1, 3}" },
	{ "Kind(3)", "main.Kind(3)" },
	{ "int8(3)", NULL },
	{ "3", NULL },
	{ "time.Duration(3)", NULL },
	{ "time.Duration(5e9)", "time.Duration(5000000000)" },
	{ "sql.NullInt16{Valid: true}", "sql.NullInt16{0, true}" },
	{ "json.Number(\"3\")", NULL },
	{ "\"3\"", NULL },
	{ "[2]main.Pair{{1, 2}, {3, 4}}", NULL },
	{ "struct{}{}", "struct {}{}" },
	{ "struct { A int }{3}", NULL },
	{ "[1]any{main.Kind(3)}", "[1]interface {}{main.Kind(3)}" },
	{ "(*int)(nil)", NULL },
	{ "(*int)(0x10)", NULL },
	{ "Holder{P: 0x10}", "main.Holder{{}, 0x10}" },
	{ "(chan int)(nil)", NULL },
};

static void open_declared(struct session *s, const char *arch, const char *release)
{
	rig_open_go(s, "map[any]any", arch, release, true);
	rig_run(s, declared);
	rig_run(s, "map map[any]any");
}

/* Each is a key of its own, is found again, and shown as it would be written. */
static void values_keep_their_types(void **state)
{
	static const char *const releases[][2] = { { "1.19", "amd64" }, { "1.23", "386" },
		{ "1.25", "amd64" }, { "1.27", "386" }, { "1.27", "s390x" } };

	(void)state;
	for (size_t k = 0; k < LENGTH(releases); k++) {
		struct session s, again;
		char *document, line[200];

		open_declared(&s, releases[k][1], releases[k][0]);
		for (size_t i = 0; i < LENGTH(values); i++) {
			snprintf(line, sizeof line, "insert %s %s", values[i].written,
				values[LENGTH(values) - 1 - i].written);
			rig_run(&s, line);
			assert_int_equal(map_count(&s.world.map), i + 1);
			assert_true(rig_sound(&s));
		}
		for (size_t i = 0; i < LENGTH(values); i++) {
			snprintf(line, sizeof line, "insert %s 0", values[i].written);
			rig_run(&s, line);
			assert_int_equal(map_count(&s.world.map), LENGTH(values));
		}
		rig_run(&s, "snapshot \"all\"");
		document = rig_document(&s);
		document_reopen(&again, document);
		assert_int_equal(map_count(&again.world.map), LENGTH(values));
		for (size_t i = 0; i < LENGTH(values); i++) {
			const char *shown = values[i].shown ? values[i].shown : values[i].written;
			struct text quoted = { 0 };

			text_add(&quoted, "\"");
			for (const char *c = shown; *c; c++)
				text_printf(&quoted, *c == '"' ? "\\%c" : "%c", *c);
			text_add(&quoted, "\"");
			if (!strstr(document, text_str(&quoted)))
				fail_msg("%s %s: %s is not there", releases[k][0], releases[k][1],
					shown);
			text_free(&quoted);
			snprintf(line, sizeof line, "delete %s", values[i].written);
			rig_run(&again, line);
		}
		assert_int_equal(map_count(&again.world.map), 0);
		session_close(&again);
		session_close(&s);
		free(document);
	}
}

/* Whatever came before, a type's word is the same: memory depends on the script alone. */
static void words_do_not_depend_on_the_past(void **state)
{
	struct session s, fresh;
	struct text want = { 0 };

	(void)state;
	open_declared(&fresh, "amd64", "1.19");
	rig_run(&fresh, "insert Kind(1) Pair{1, 2}");
	rig_state(&fresh, &want);
	open_declared(&s, "amd64", "1.19");
	rig_run(&s, "insert 5 Session{} ; undo ; insert Kind(1) Pair{1, 2}");
	rig_same_state(&s, want.s, "behind another past");
	rig_run(&s, "insert Pair{} ; undo ; redo ; undo");
	rig_same_state(&s, want.s, "after time travel");
	text_free(&want);
	session_close(&s);
	session_close(&fresh);
}

static void what_go_refuses_is_refused(void **state)
{
	struct session s;

	(void)state;
	open_declared(&s, "amd64", "1.19");
	rig_fails(&s, "insert Keys{1}",
		"insert: key: runtime error: hash of unhashable type main.Keys");
	rig_fails(&s, "insert [1][]int{}",
		"insert: key: runtime error: hash of unhashable type [1][]int");
	rig_fails(&s, "insert {1}", "insert: key {1 lacks its type: an interface holds such as 42, "
		"1.5, \"text\", true, int8(5), T{..} or nil");
	rig_fails(&s, "insert 1 Pair{1}", "insert: elem: too few values in struct literal of type "
		"main.Pair");
	rig_fails(&s, "insert 1 map[int]int{}",
		"insert: elem: map[int]int inside a map has no memory "
		"here: it is nil or an address, such as 0xc000010000");
	rig_fails(&s, "insert 1 make(map[int]int)",
		"insert: elem: what make(..) makes inside a map "
		"has no memory here: it is nil or an address, such as 0xc000010000");
	rig_fails(&s, "insert 1 &Kind(1)",
		"insert: elem: invalid operation: cannot take address of "
		"main.Kind(..)");
	rig_run(&s, "insert 1 Keys{1, 2} ; insert &Pair{1, 2} &Session{F: 1} ; insert &Pair{1, 2}");
	/* Two pointers, though to values that are alike. */
	assert_int_equal(map_count(&s.world.map), 3);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_keep_their_types),
		cmocka_unit_test(words_do_not_depend_on_the_past),
		cmocka_unit_test(what_go_refuses_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
