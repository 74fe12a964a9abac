/* SPDX-License-Identifier: MIT */
/* Files with snapshots of several types, targets and releases, their members in any order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tests/model/documents.h"
#include "tests/model/rig.h"

#include <cmocka.h>

static void snapshots_of_several_types(void **state)
{
	struct session s, again;
	struct text first = { 0 };
	char *text, *other;

	(void)state;
	rig_open(&s, "map[int]string", NULL, true);
	s.desk.keep_json = true;
	rig_run(&s, "fill 30 ; snapshot \"ints\" ; map map[string][200]byte ; fill 9 ; "
		    "snapshot \"strings\" ; grow ; snapshot \"grows\"");
	text = rig_document(&s);
	assert_non_null(strstr(text,
		"{\"type\": \"map[int]string\", \"arch\": \"amd64\", \"keysize\": 8, "
		"\"elemsize\": 16, \"bucketsize\": 208, \"title\": \"ints\""));
	assert_non_null(strstr(text, "{\"title\": \"strings\""));
	document_reopen(&again, text);
	other = rig_document(&again);
	assert_string_equal(text, other);
	rig_goto(&again, 1);
	rig_state(&again, &first);
	assert_string_equal(again.world.map.type->asked, "map[int]string");
	rig_goto(&again, 3);
	rig_goto(&again, 1);
	rig_same_state(&again, text_str(&first), "back");
	rig_goto(&again, 2);
	rig_run(&again, "insert \"more\" ; delete 0..3");
	assert_true(rig_sound(&again));
	free(text);
	free(other);
	text_free(&first);
	session_close(&again);
	session_close(&s);
}

/* The document of a map of the type, on the target and with the hash, after the lines. */
static json_t *document_of(const char *type, const char *arch, const char *script)
{
	struct session s;
	char *text;
	json_t *all;

	rig_open(&s, type, arch, true);
	s.desk.keep_json = true;
	rig_run(&s, script);
	text = rig_document(&s);
	all = document_load(text);
	free(text);
	session_close(&s);
	return all;
}

/* Puts the other document's snapshots behind its own, each with what it is read by. */
static void join(json_t *all, json_t *other)
{
	static const char *const names[] = { "type", "arch", "go", "hash", "hashkey", "keysize",
		"elemsize", "bucketsize" };
	json_t *snapshot;
	size_t i;

	json_array_foreach(json_object_get(other, "snapshots"), i, snapshot) {
		json_t *own = json_object();

		for (size_t n = 0; n < LENGTH(names); n++)
			json_object_set(own, names[n], json_object_get(other, names[n]));
		json_object_update(own, snapshot);
		json_array_append_new(json_object_get(all, "snapshots"), own);
	}
	json_decref(other);
}

static void snapshots_of_several_targets(void **state)
{
	static const char script[] = "fill 20 ; snapshot ; grow ; snapshot";
	json_t *all = document_of("map[int]string", "amd64", script), *got;
	struct session s, again;
	struct text points[7] = { { 0 } };
	char *text, *other;

	(void)state;
	join(all, document_of("map[string]int", "386", script));
	join(all,
		document_of("map[any][]string", "s390x",
			"go 1.22 ; fill 9 ; snapshot ; clear ; snapshot"));
	text = json_dumps(all, 0);
	document_reopen(&s, text);
	assert_int_equal(s.time.total, 6);
	other = rig_document(&s);
	for (uint64_t p = 1; p <= 6; p++) {
		rig_goto(&s, p);
		rig_state(&s, &points[p]);
		assert_ptr_equal(s.world.map.heap->target, s.given.target);
		assert_true(rig_sound(&s));
	}
	for (uint64_t n = 0; n < 30; n++) {
		uint64_t p = 1 + n * 7 % 6 * (n % 5) % 6;

		rig_goto(&s, p);
		rig_same_state(&s, text_str(&points[p]), "again");
	}
	rig_goto(&s, 6);
	rig_run(&s, "fill 40 ; undo 41 ; insert 5");
	assert_true(rig_sound(&s));
	/* What it writes says the same, whichever of them is at the top. */
	document_reopen(&again, other);
	free(other);
	other = rig_document(&again);
	got = document_load(other);
	assert_int_equal(json_array_size(json_object_get(got, "snapshots")), 6);
	assert_string_equal(json_string_value(json_object_get(got, "arch")), "s390x");
	for (uint64_t p = 1; p <= 6; p++) {
		json_t *a = json_array_get(json_object_get(all, "snapshots"), p - 1);
		json_t *b = json_array_get(json_object_get(got, "snapshots"), p - 1);

		assert_true(
			json_equal(json_object_get(a, "buckets"), json_object_get(b, "buckets")));
		assert_true(json_equal(json_object_get(a, "hash0"), json_object_get(b, "hash0")));
		text_free(&points[p]);
	}
	session_close(&again);
	session_close(&s);
	json_decref(got);
	json_decref(all);
	free(other);
	free(text);
}

/* Members may come in any order: one that says how others are read may stand behind them. */
static void members_in_any_order(void **state)
{
	char *text = document_three(), *sorted, *got;
	struct session s;
	json_t *all = document_load(text);

	(void)state;
	sorted = json_dumps(all, JSON_SORT_KEYS);
	assert_true(strstr(sorted, "\"snapshots\"") < strstr(sorted, "\"type\": \"map"));
	document_reopen(&s, sorted);
	got = rig_document(&s);
	assert_string_equal(got, text);
	session_close(&s);
	json_decref(all);
	free(sorted);
	free(got);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(snapshots_of_several_types),
		cmocka_unit_test(snapshots_of_several_targets),
		cmocka_unit_test(members_in_any_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
