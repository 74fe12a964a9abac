/* SPDX-License-Identifier: MIT */
/*
 * Snapshot files as a source: what was written is read back as it was, and stands on a timeline
 * that goes on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/figures/classic/laws.h"
#include "model/map/classic/reading.h"
#include "tests/model/compare.h"
#include "tests/model/documents.h"
#include "tests/model/rig.h"

#include <cmocka.h>

/* Round trips */

/* A growth in which chains with spare buckets were cut off: not all in use is in a snapshot. */
static const char cut_off[] = "fill 70 ; collide 0 30 ; grow same ; snapshot ; evacuate 1 ; "
			      "snapshot ; gc ; evacuate 5";

static const char *const scripts[] = {
	cut_off,
	"make", "make 200", "fill 1", "fill 2 ; delete 0..1", "fill 2 ; range",
	"fill 40 ; delete 3..30 ; snapshot \"one \\\"more\\\"\" ; grow ; snapshot ; evacuate 1",
	"fill 200 ; delete 50..100 ; collide 3 12 ; range ; grow same ; evacuate 2",
	"fill 120 ; range ; grow ; range ; evacuate 3 ; seed 7 ; seed 8 ; gc",
	"fill 300 ; caption \"words\" ; clear ; fill 10",
	"make 100 ; collide 1 40 ; delete 5 ; snapshot \"a\" ; clear",
	"fill 60 ; range all ; snapshot ; range 20 ; snapshot ; next 5 ; snapshot ; delete 3..9",
	"fill 104 ; grow ; range 9 ; snapshot ; next 30 ; snapshot ; range 8 from 1 3",
};

static bool same_text(const char *before, const char *after, bool inexact)
{
	json_t *a, *b, *snapshot;
	size_t i;
	bool same;

	if (!inexact)
		return strcmp(before, after) == 0;
	a = document_load(before);
	b = document_load(after);
	/* Which bytes these are is our own guess then; the promised fields are not. */
	json_array_foreach(json_object_get(a, "snapshots"), i, snapshot)
		json_object_del(snapshot, "ledger");
	same = compare_values("inexact", a, b);
	json_decref(a);
	json_decref(b);
	return same;
}

static void check_round_trip(const char *type, const char *arch, const char *release,
	const char *script)
{
	struct session s, again;
	char *before, *after;

	rig_open(&s, type, arch, true);
	s.desk.keep_json = true;
	document_run(&s, release);
	document_run(&s, script);
	before = rig_document(&s);
	document_reopen(&again, before);
	after = rig_document(&again);
	if (!same_text(before, after, script == cut_off))
		fail_msg("%s %s %s\n%.3000s\n%.3000s", type, arch, script, before, after);
	if (again.world.map.fixed || !rig_sound(&again))
		fail_msg("%s %s %s: %s", type, arch, script, again.world.map.fixed);
	session_close(&again);
	session_close(&s);
	free(before);
	free(after);
}

static void exports_open_as_they_were(void **state)
{
	static const char *const archs[] = { "amd64", "386", "s390x", "mips" };

	(void)state;
	for (size_t t = 0; t < DOCUMENT_TYPES; t++)
		for (size_t i = 0; i < LENGTH(scripts); i++)
			for (size_t a = 0; a < LENGTH(archs); a++)
				check_round_trip(document_types[t], archs[a], "go 1.19",
					scripts[i]);
}

/* Swiss maps: groups alone, tables, tombstones, splits, what a range loop alone walks. */
static void swiss_exports_open_as_they_were(void **state)
{
	static const char *const worlds[][2] = { { "amd64", "go 1.24" }, { "386", "go 1.25" },
		{ "s390x", "go 1.26" }, { "mips", "go 1.27" }, { "arm64", "go 1.27" },
		{ "amd64", "go 1.27-X:mapsplitgroup" }, { "ppc64", "go 1.27-X:mapsplitgroup" } };
	static const char *const own[] = {
		"fill 7 ; range 3 ; fill 20 ; snapshot",
		"fill 100 ; range 9 ; fill 230 ; snapshot ; next 9",
		"fill 112 ; delete 3..90 ; snapshot ; clear ; fill 9",
		"fill 900 ; range 700 ; delete 5..300 ; snapshot ; seed 0xffffffffffffffff ; seed 9"
	};
	size_t n = 0;

	(void)state;
	for (size_t t = 0; t < DOCUMENT_TYPES; t++) {
		for (size_t i = 1; i < LENGTH(scripts); i++, n++)
			check_round_trip(document_types[t], worlds[n % LENGTH(worlds)][0],
				worlds[n % LENGTH(worlds)][1], scripts[i]);
		for (size_t i = 0; i < LENGTH(own); i++, n++)
			check_round_trip(document_types[t], worlds[n % LENGTH(worlds)][0],
				worlds[n % LENGTH(worlds)][1], own[i]);
	}
}

/* What only stale memory of a growth reaches is not in a snapshot, and that is said. */
static void lost_objects_are_told(void **state)
{
	struct session s, again;
	struct account was;
	char *text, *told;

	(void)state;
	rig_open(&s, "map[string]int", NULL, true);
	s.desk.keep_json = true;
	rig_run(&s, "fill 70 ; collide 0 30 ; grow same ; evacuate 1 ; snapshot");
	was = map_reached(&s.world.map);
	text = rig_document(&s);
	document_reopen(&again, text);
	told = xasprintf(
		". Not restored: %llu bytes in %llu object%s that only stale memory reaches",
		(unsigned long long)(was.bytes - map_reached(&again.world.map).bytes),
		(unsigned long long)(was.objects - map_reached(&again.world.map).objects),
		was.objects - map_reached(&again.world.map).objects == 1 ? "" : "s");
	assert_non_null(strstr(session_caption(&again), told));
	assert_true(was.objects > map_reached(&again.world.map).objects);
	session_close(&again);
	session_close(&s);
	free(text);
	free(told);
}

/* On the timeline */

static void snapshots_are_points(void **state)
{
	char *text = document_three();
	struct session s;

	(void)state;
	document_reopen(&s, text);
	assert_int_equal(s.time.total, 3);
	assert_string_equal(session_caption(&s), "test.json, snapshot 3 of 3: forty");
	assert_string_equal(session_file(&s), "test.json");
	rig_run(&s, "undo");
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 9);
	assert_string_equal(session_caption(&s), "test.json, snapshot 2 of 3: nine. it grows");
	assert_string_equal(session_point(&s)->label, "snapshot 2");
	rig_run(&s, "undo 7");
	assert_int_equal(s.time.now, 1);
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 2);
	rig_fails(&s, "undo", "undo: this is the beginning");
	rig_run(&s, "redo ; insert \"x\" 5");
	assert_int_equal(s.time.total, 3);
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 10);
	assert_null(session_caption(&s));
	rig_run(&s, "undo ; undo");
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 2);
	session_close(&s);
	free(text);
}

/* A large map is not kept a second time by the journal, and time goes on from it. */
static void large_maps_cost_no_journal(void **state)
{
	static const char *const releases[] = { "go 1.19", "go 1.27" };

	(void)state;
	for (size_t i = 0; i < LENGTH(releases); i++) {
		struct session made, s;
		char *text, *again;

		rig_open(&made, "map[int]string", NULL, false);
		rig_run(&made, releases[i]);
		rig_run(&made, "fill 12000");
		text = rig_document(&made);
		session_close(&made);
		document_reopen(&s, text);
		assert_true(journal_bytes(&s.world.journal) < 1000);
		rig_run(&s, "insert 12000 ; delete 5..9 ; undo 6");
		assert_int_equal(map_count(&s.world.map), 12000);
		rig_fails(&s, "undo", "undo: this is the beginning");
		rig_run(&s, "redo 6");
		assert_int_equal(map_count(&s.world.map), 11996);
		session_close(&s);
		document_reopen(&s, text);
		again = rig_document(&s);
		assert_string_equal(text, again);
		session_close(&s);
		free(again);
		free(text);
	}
}

static void one_target_only(void **state)
{
	char *text = document_three();
	struct session s;

	(void)state;
	document_reopen(&s, text);
	rig_fails(&s, "arch 386",
		"arch: a snapshot is of one target and hash, these are of amd64, Go 1.19: "
		"test.json");
	rig_fails(&s, "go 1.22",
		"go: a snapshot is of one target and hash, these are of amd64, Go 1.19: test.json");
	rig_fails(&s, "hash wyhash",
		"hash: a snapshot is of one target and hash, these are of amd64, Go 1.19: "
		"test.json");
	rig_run(&s, "arch amd64 ; go go1.19.8");
	session_close(&s);
	free(text);
}

/* What was written before a new future is written as it was; then the present state. */
static void documents_of_what_follows(void **state)
{
	char *text = document_three(), *after;
	json_t *all, *list;
	struct session s;

	(void)state;
	document_reopen(&s, text);
	rig_run(&s, "insert \"x\"");
	after = rig_document(&s);
	all = document_load(after);
	list = json_object_get(all, "snapshots");
	assert_int_equal(json_array_size(list), 4);
	assert_string_equal(
		json_string_value(json_object_get(json_array_get(list, 3), "title")), "end");
	json_decref(all);
	free(after);
	session_close(&s);
	free(text);
}

/* A map that breaks a law can be looked at, and check says which. */
static void unsound_maps_are_looked_at(void **state)
{
	char *text = document_three(), *bad = document_altered(text, "\"count\"", "2", "5");
	struct session s;
	struct check c;

	(void)state;
	document_reopen(&s, bad);
	rig_run(&s, "undo 2");
	assert_false(check_map(&s.world.map, &c));
	assert_int_equal(c.list[0].law, LAW_COUNT);
	check_free(&c);
	rig_fails(&s, "gc",
		"gc: this map can be looked at only: its memory breaks the laws of the map, see "
		"check");
	rig_fails(&s, "insert \"a\"", "insert: this map can be looked at only: its memory breaks "
				       "the laws of the map, see check");
	rig_run(&s, "map map[int]int ; fill 3 ; check");
	session_close(&s);
	free(bad);
	free(text);
}

static void what_is_not_recorded_stays_unknown(void **state)
{
	char *text = document_three(),
	     *bad = document_altered(text, "\"keys\"", "\\\"key-1\\\"", "?"), *after;
	struct session s;
	struct check c;

	(void)state;
	document_reopen(&s, bad);
	after = rig_document(&s);
	assert_non_null(strstr(after, "[\"\\\"key-0\\\"\",\"?\","));
	rig_run(&s, "undo 2");
	assert_true(check_map(&s.world.map, &c));
	rig_fails(&s, "lookup \"a\"", "lookup: this map can be looked at only: the file does not "
				       "say what all keys and elems are");
	session_close(&s);
	free(after);
	free(bad);
	free(text);
}

static void without_a_hash_it_is_looked_at(void **state)
{
	char *text = document_three(),
	     *bad = document_altered(text, "", "\"hashkey\"", "\"other\""), *after;
	struct session s;
	struct check c;

	(void)state;
	document_reopen(&s, bad);
	assert_true(check_map(&s.world.map, &c));
	rig_fails(&s, "delete \"a\"",
		"delete: this map can be looked at only: the file does not say how keys are "
		"hashed");
	after = rig_document(&s);
	assert_null(strstr(after, "\"hash\""));
	free(after);
	session_close(&s);
	free(bad);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exports_open_as_they_were),
		cmocka_unit_test(swiss_exports_open_as_they_were),
		cmocka_unit_test(lost_objects_are_told),
		cmocka_unit_test(snapshots_are_points),
		cmocka_unit_test(large_maps_cost_no_journal),
		cmocka_unit_test(one_target_only),
		cmocka_unit_test(documents_of_what_follows),
		cmocka_unit_test(unsound_maps_are_looked_at),
		cmocka_unit_test(what_is_not_recorded_stays_unknown),
		cmocka_unit_test(without_a_hash_it_is_looked_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
