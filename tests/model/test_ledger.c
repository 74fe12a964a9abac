/* SPDX-License-Identifier: MIT */
/* The ledger books each byte once: it adds up to what the collector finds, in every state. */
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "model/figures/classic/accounts.h"
#include "model/figures/swiss/accounts.h"
#include "model/map/classic/reading.h"
#include "model/source/snapshot.h"
#include "model/figures/pointees.h"
#include "tests/model/rig.h"
#include "tests/model/states.h"

#include <cmocka.h>

static uint64_t booked(const struct ledger *l)
{
	uint64_t sum = 0;

	for (unsigned c = 0; c < LEDGER_CAUSES; c++)
		sum += ledger_cause_bytes(l, c);
	return sum;
}

static bool same(const char *what, uint64_t got, uint64_t want)
{
	if (got != want)
		fprintf(stderr, "%s: %llu, not %llu\n", what, (unsigned long long)got,
			(unsigned long long)want);
	return got == want;
}

static bool adds_up(struct session *s, const char *where, void *data)
{
	const struct map *m = &s->world.map;
	struct account reached = map_reached(m);
	struct ledger l;
	uint64_t columns = 0;
	bool array = map_get(m, HMAP_BUCKETS) != 0, old = map_growing(m);

	(void)where;
	(void)data;
	ledger_take(m, &l);
	for (unsigned p = 0; p < LEDGER_PLACES; p++)
		columns += ledger_place_bytes(&l, p);
	return same("total", l.total, reached.bytes) &&
		same("objects", l.objects, reached.objects) &&
		same("causes", booked(&l), reached.bytes) &&
		same("places", columns, reached.bytes) && same("live slots", l.live, l.entries) &&
		same("buckets", classic_counts(&l)->buckets[BUCKET_MAIN],
			array ? 1ull << map_get(m, HMAP_B) : 0) &&
		same("linked", classic_counts(&l)->buckets[BUCKET_LINKED],
			map_get(m, HMAP_NOVERFLOW)) &&
		same("old buckets", classic_counts(&l)->old[BUCKET_MAIN],
			old ? 1ull << map_old_B(m) : 0) &&
		same("old bytes", !old && ledger_place_bytes(&l, PLACE_OLD), 0);
}

/* Of a Swiss map; fewer live slots than entries, or more, are there inside of operations only. */
static bool tables_add_up(struct session *s, const char *where, void *data)
{
	const struct map *m = &s->world.map;
	struct account reached = map_reached(m);
	struct extent e = map_extent(m);
	const struct swiss_counts *own;
	struct ledger l;
	uint64_t columns = 0, slots;

	(void)where;
	(void)data;
	ledger_take(m, &l);
	own = swiss_counts(&l);
	slots = l.live + l.free + l.dead + l.other;
	for (unsigned p = 0; p < LEDGER_PLACES; p++)
		columns += ledger_place_bytes(&l, p);
	return same("total", l.total, reached.bytes) &&
	       same("objects", l.objects, reached.objects) &&
	       same("causes", booked(&l), reached.bytes) &&
	       same("places", columns, reached.bytes) &&
	       (s->shown.inside || same("live slots", l.live, l.entries)) &&
	       same("groups", own->groups, e.units) && same("tables", own->tables, e.arrays) &&
	       same("directory", own->directory, e.directory) && same("slots", slots, 8 * e.units);
}

static void recordings_add_up(void **state)
{
	unsigned long n = each_recorded(adds_up, NULL);

	(void)state;
	printf("%lu states of recordings\n", n);
	assert_true(n > 10000);
}

static void random_runs_add_up(void **state)
{
	(void)state;
	assert_true(each_random("amd64", 20, adds_up, NULL) > 3000);
	assert_true(each_random("386", 20, adds_up, NULL) > 3000);
	assert_true(each_random_swiss(40, tables_add_up, NULL) > 6000);
}

/* Each event of operations shows memory half done; still no byte is lost. */
static void events_add_up(void **state)
{
	struct ledger l;
	struct session s;
	struct error err;

	(void)state;
	rig_open(&s, "map[string]int", NULL, true);
	rig_run(&s, "fill 60 ; delete 3..20 ; undo 60");
	while (session_step_event(&s, true, &err)) {
		ledger_take(&s.world.map, &l);
		assert_int_equal(booked(&l), map_reached(&s.world.map).bytes);
	}
	session_close(&s);
}

static void events_of_tables_add_up(void **state)
{
	(void)state;
	for (unsigned i = 0; i < SWISS_RELEASES; i++) {
		struct session s;
		struct error err;

		rig_open_go(&s, i % 2 ? "map[[150]byte]int" : "map[string][200]byte", NULL,
			swiss_releases[i], true);
		rig_run(&s, "insert 0..60 ; delete 3..20 ; clear ; insert 3..3 ; undo 30");
		while (session_step_event(&s, true, &err))
			if (!tables_add_up(&s, "", NULL))
				fail_msg("Go %s, op %llu", swiss_releases[i],
					(unsigned long long)s.time.now);
		session_close(&s);
	}
}

/* A Swiss map that was counted by hand: a group of 8 and 8 slots of 24 bytes. */
static void known_figures_of_a_group(void **state)
{
	struct ledger l;
	struct session s;

	(void)state;
	rig_open_go(&s, "map[int]string", NULL, "1.26", true);
	rig_run(&s, "insert 1 \"one\" ; insert 2 \"three\" ; insert 3 \"\" ; delete 2");
	ledger_take(&s.world.map, &l);
	assert_int_equal(l.bytes[SWISS_CAUSE_MAP][SWISS_IN_FRAME], 48);
	assert_int_equal(l.bytes[SWISS_CAUSE_KEYS][SWISS_IN_GROUPS], 2 * 8);
	assert_int_equal(l.bytes[SWISS_CAUSE_ELEMS][SWISS_IN_GROUPS], 2 * 16);
	assert_int_equal(l.bytes[SWISS_CAUSE_DEAD][SWISS_IN_GROUPS], 24);
	assert_int_equal(l.bytes[SWISS_CAUSE_FREE][SWISS_IN_GROUPS], 5 * 24);
	assert_int_equal(l.bytes[SWISS_CAUSE_CONTROL][SWISS_IN_GROUPS], 8);
	assert_int_equal(l.bytes[SWISS_CAUSE_ROUNDING][SWISS_IN_GROUPS], 8);
	assert_int_equal(l.referred, 3);
	assert_int_equal(l.total, 48 + 208);
	session_close(&s);
}

/* map[int64]int8: 9 bytes of 16 in each slot; split groups have no such padding. */
static void padding_between_slots(void **state)
{
	static const struct {
		const char *release, *arch;
		uint64_t gaps;
	} rows[] = { { "1.24", "amd64", 8 * 7 }, { "1.27", "386", 8 * 3 },
		{ "1.27-X:mapsplitgroup", "amd64", 0 }, { "1.27-X:mapsplitgroup", "386", 0 } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct ledger l;
		struct session s;

		rig_open_go(&s, "map[int64]int8", rows[i].arch, rows[i].release, true);
		rig_run(&s, "insert 1");
		ledger_take(&s.world.map, &l);
		assert_int_equal(l.bytes[SWISS_CAUSE_GAPS][SWISS_IN_GROUPS], rows[i].gaps);
		session_close(&s);
	}
}

/* A map that was counted by hand. */
static void known_figures(void **state)
{
	struct ledger l;
	struct session s;

	(void)state;
	rig_open(&s, "map[int]string", NULL, true);
	rig_run(&s, "insert 1 \"one\" ; insert 2 \"three\" ; insert 3 \"\" ; delete 2");
	ledger_take(&s.world.map, &l);
	assert_int_equal(l.bytes[LEDGER_HEADERS][PLACE_APART], 48);
	assert_int_equal(l.bytes[LEDGER_KEYS][PLACE_ARRAY], 2 * 8);
	assert_int_equal(l.bytes[LEDGER_ELEMS][PLACE_ARRAY], 2 * 16);
	assert_int_equal(l.bytes[LEDGER_DEAD][PLACE_ARRAY], 24);
	assert_int_equal(l.bytes[LEDGER_FREE][PLACE_ARRAY], 5 * 24);
	assert_int_equal(l.bytes[LEDGER_TOPHASH][PLACE_ARRAY], 8);
	assert_int_equal(l.bytes[LEDGER_LINKS][PLACE_ARRAY], 8);
	assert_int_equal(l.referred, 3);
	assert_int_equal(l.total, 48 + 208);
	session_close(&s);
}

/* On 32 bit a lone bucket of map[int]string is 108 bytes in a class of 112. */
static void rounding_of_small_objects(void **state)
{
	struct ledger l;
	struct session s;

	(void)state;
	rig_open(&s, "map[int]string", "386", true);
	rig_run(&s, "fill 1");
	ledger_take(&s.world.map, &l);
	assert_int_equal(l.bytes[LEDGER_ROUNDING][PLACE_ARRAY], 4);
	assert_int_equal(l.bytes[LEDGER_ROUNDING][PLACE_APART], 4);
	session_close(&s);
}

static void large_elems_lie_apart(void **state)
{
	struct ledger l;
	struct session s;

	(void)state;
	rig_open(&s, "map[int64][200]byte", NULL, true);
	rig_run(&s, "fill 5 ; delete 1");
	ledger_take(&s.world.map, &l);
	assert_int_equal(l.bytes[LEDGER_ELEM_OBJECTS][PLACE_APART], 4 * 200);
	assert_int_equal(l.bytes[LEDGER_ROUNDING][PLACE_APART], 4 * 8);
	session_close(&s);
}

static void padding_of_cells(void **state)
{
	struct ledger l;
	struct session s;

	(void)state;
	rig_open(&s, "map[int64]struct{ A int8; B int64; C int8 }", NULL, true);
	rig_run(&s, "fill 3");
	ledger_take(&s.world.map, &l);
	assert_int_equal(l.bytes[LEDGER_PADDING][PLACE_ARRAY], 3 * 14);
	session_close(&s);
}

static void empty_and_nil_maps(void **state)
{
	struct ledger l;
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	ledger_take(&s.world.map, &l);
	assert_int_equal(l.total, 0);
	rig_run(&s, "make");
	ledger_take(&s.world.map, &l);
	assert_int_equal(l.total, 48);
	session_close(&s);
}

/* Where strings, slices and interfaces lead is told apart from the map's own bytes. */
static void what_is_referred_to(void **state)
{
	static const struct {
		const char *type, *lines;
		uint64_t bytes;
	} rows[] = {
		{"map[string]string", "insert \"abc\" \"de\"", 5},
		{"map[int][]int32", "insert 1 {1, 2, 3}", 12},
		{"map[int][]string", "insert 1 {\"ab\", \"c\"}", 2 * 16 + 3},
		{"map[int]any", "insert 1 \"four\"", 16 + 4},
		{"map[int]any", "insert 1 7 ; insert 2 nil", 8},
		{"map[int]error", "insert 1 \"EOF\"", 16 + 3},
		/* The program has an error once for each text, a string for each value. */
		{"map[int]error", "insert 1 \"EOF\" ; insert 2 \"EOF\" ; insert 3 \"no\"", 37},
		{"map[int]error", "fill 20 ; insert 1 \"EOF\" ; insert 2 \"EOF\" ; delete 1", 19},
		{"map[int]string", "insert 1 \"EOF\" ; insert 2 \"EOF\"", 6},
		{"map[struct{ A string; B [2]string }]int", "insert {\"a\", {\"bc\", \"def\"}}", 6},
		{"map[int]*int", "insert 1 nil", 0},
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct ledger l;
		struct session s;

		rig_open(&s, rows[i].type, NULL, true);
		rig_run(&s, rows[i].lines);
		ledger_take(&s.world.map, &l);
		if (!same(rows[i].type, l.referred, rows[i].bytes))
			fail_msg("row %zu", i);
		session_close(&s);
	}
}

/* What pointers lead to is told by their types, with size classes, in both designs. */
static void what_pointers_lead_to(void **state)
{
	static const struct {
		const char *type, *release;
		uint64_t bytes, objects;
		bool several, values;
		const char *back;
	} rows[] = {
		{"map[int]*[4096]byte", "1.19", 4096, 1, false, false, NULL},
		{"map[int]*[4096]byte", "1.27", 4096, 1, false, false, NULL},
		{"map[int]*[33]byte", "1.19", 48, 1, false, false, NULL},
		/* From 1.22 on what has pointers and more than 512 bytes has a header. */
		{"map[int]*[128]*int", "1.19", 1024 + 128 * 8, 129, true, false, NULL},
		{"map[int]*[128]*int", "1.22", 1152 + 128 * 8, 129, true, false, NULL},
		{"map[*int]*string", "1.26", 8 + 16, 2, true, true, NULL},
		{"map[int][3]*int64", "1.27", 24, 3, false, false, NULL},
		{"map[int]struct{ A, B *int; C string }", "1.19", 16, 2, false, false, NULL},
		{"map[int]*struct{}", "1.19", 0, 0, false, false, NULL},
		{"map[int]*pb.Node", "1.19", 0, 0, false, false, NULL},
		{"map[int]chan int", "1.19", 0, 0, false, false, NULL},
		{"map[int]string", "1.19", 0, 0, false, false, NULL},
		{"map[int]*[1000000]int", "1.27", 8003584, 1, false, false, NULL},
		/* From one to the next, as long as a type is new on the way. */
		{"map[int]***int64", "1.19", 24, 3, true, false, NULL},
		{"map[int]*struct{ A *int; B []*int }", "1.27", 32 + 8, 2, true, true, NULL},
		{"map[int]*list.Element", "1.27", 48 + 48, 2, true, true, "list.Element"},
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct pointees each, all;
		struct session s;

		rig_open_go(&s, rows[i].type, "amd64", rows[i].release, true);
		rig_run(&s, "fill 10");
		pointees_take(&s.world.map, &each, &all);
		if (!same(rows[i].type, each.bytes, rows[i].bytes) ||
			!same(rows[i].type, all.bytes, 10 * rows[i].bytes) ||
			!same(rows[i].type, all.objects, 10 * rows[i].objects) ||
			each.several != rows[i].several || each.values != rows[i].values ||
			(each.back ? !rows[i].back || strcmp(each.back->name, rows[i].back) != 0 :
					rows[i].back != NULL))
			fail_msg("row %zu", i);
		session_close(&s);
	}
}

/* Strings and slices take size classes too; tiny ones share a block. */
static void what_values_take(void **state)
{
	struct ledger l;
	struct session s;

	(void)state;
	rig_open(&s, "map[string][]int", NULL, true);
	rig_run(&s, "insert \"12345678901234567\" {1, 2, 3, 4, 5} ; insert \"abc\"");
	ledger_take(&s.world.map, &l);
	assert_int_equal(l.referred, 17 + 40 + 3);
	assert_int_equal(l.referred_taken, 24 + 48 + 3);
	session_close(&s);
}

/* The ledger of a large map takes less than a second for ten million entries. */
static void large_maps_are_quick(void **state)
{
	struct ledger l;
	struct session s;
	clock_t start;
	double seconds;

	(void)state;
	rig_open(&s, "map[int]string", NULL, false);
	rig_run(&s, "fill 1000000");
	start = clock();
	ledger_take(&s.world.map, &l);
	seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
	printf("ledger of a million entries: %.3f s\n", seconds);
	assert_int_equal(booked(&l), map_reached(&s.world.map).bytes);
	session_close(&s);
}

/* The snapshot says the same in numbers for programs. */
static void snapshots_have_it(void **state)
{
	struct session s;
	json_t *all, *json, *ledger, *value;
	const char *word;
	json_int_t sum = 0;
	char *text;

	(void)state;
	rig_open(&s, "map[string]int", NULL, true);
	rig_run(&s, "fill 60 ; delete 5..10");
	text = rig_document(&s);
	all = json_loads(text, 0, NULL);
	assert_non_null(all);
	json = json_array_get(json_object_get(all, "snapshots"), 0);
	ledger = json_object_get(json, "ledger");
	assert_int_equal(json_object_size(ledger), CLASSIC_CAUSES);
	json_object_foreach(ledger, word, value)
		sum += json_integer_value(value);
	assert_int_equal(sum, json_integer_value(json_object_get(json, "inuse_bytes")));
	assert_int_equal(json_integer_value(json_object_get(ledger, "dead")), 6 * 24);
	assert_true(json_integer_value(json_object_get(json, "referred_bytes")) > 0);
	json_decref(all);
	free(text);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_figures),
		cmocka_unit_test(known_figures_of_a_group),
		cmocka_unit_test(padding_between_slots),
		cmocka_unit_test(events_of_tables_add_up),
		cmocka_unit_test(rounding_of_small_objects),
		cmocka_unit_test(large_elems_lie_apart),
		cmocka_unit_test(padding_of_cells),
		cmocka_unit_test(empty_and_nil_maps),
		cmocka_unit_test(what_is_referred_to),
		cmocka_unit_test(what_pointers_lead_to),
		cmocka_unit_test(what_values_take),
		cmocka_unit_test(snapshots_have_it),
		cmocka_unit_test(recordings_add_up),
		cmocka_unit_test(random_runs_add_up),
		cmocka_unit_test(events_add_up),
		cmocka_unit_test(large_maps_are_quick),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
