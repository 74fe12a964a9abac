/* SPDX-License-Identifier: MIT */
/* The time axis: its points, their labels and events, and the circumstances that it is run
   under. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "model/map/classic/event.h"
#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "tests/model/rig.h"

#include <cmocka.h>

/* Forth and back between targets, releases and hashes: the bytes are the same again. */
static void circumstances_forth_and_back(void **state)
{
	static const char *const changes[][2] = {
		{ "arch 386", "arch amd64" },
		{ "arch s390x", "arch amd64" },
		{ "go 1.23", "go 1.19" },
		{ "hash wyhash", "hash aes" },
		{ "arch arm ; go 1.22", "go 1.19 ; arch amd64" },
	};
	struct session s;
	struct text before = { 0 }, other = { 0 };

	(void)state;
	rig_open(&s, "map[string][]int", "amd64", true);
	rig_run(&s,
		"seed 5 ; make 20 ; fill 60 ; insert \"x\" {1, 2} ; delete 3..40 ; range ; grow\n"
		"evacuate 2 ; clear ; fill 9 ; gc");
	rig_goto(&s, 77);
	rig_state(&s, &before);
	for (size_t i = 0; i < LENGTH(changes); i++) {
		rig_run(&s, changes[i][0]);
		text_clear(&other);
		rig_state(&s, &other);
		if (strcmp(text_str(&other), text_str(&before)) == 0)
			fail_msg("%s changes nothing", changes[i][0]);
		if (!rig_sound(&s))
			fail_msg("%s: not sound", changes[i][0]);
		assert_int_equal(s.time.now, 77);
		rig_run(&s, changes[i][1]);
		rig_same_state(&s, text_str(&before), changes[i][1]);
		assert_int_equal(s.time.now, 77);
	}
	text_free(&before);
	text_free(&other);
	session_close(&s);
}

/* What cannot be run under other circumstances leaves all as it is. */
static void refused_circumstances(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, "map[int]int", "amd64", true);
	rig_run(&s, "insert 5000000000 ; insert 2 ; undo");
	rig_fails(&s, "arch 386",
		"arch: insert 5000000000: key 5000000000 does not fit int");
	rig_fails(&s, "arch vax",
		"arch: unknown target \"vax\": " RIG_TARGETS);
	assert_string_equal(s.given.target->name, "amd64");
	session_close(&s);
}

/* The hash that was chosen holds wherever it can. */
static void the_chosen_hash_stays(void **state)
{
	static const struct {
		const char *line;
		enum hash_family family;
	} rows[] = {
		{ "arch arm", HASH_WYHASH },
		{ "arch 386", HASH_AES },
		{ "hash wyhash 000102030405060708090a0b0c0d0e0f", HASH_WYHASH },
		{ "arch amd64", HASH_WYHASH },
		{ "arch s390x", HASH_WYHASH },
		{ "arch 386", HASH_WYHASH },
	};
	struct session s;
	struct text key = { 0 };

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 9");
	for (size_t i = 0; i < LENGTH(rows); i++) {
		rig_run(&s, rows[i].line);
		if (s.given.family != rows[i].family)
			fail_msg("after %s it is the other hash", rows[i].line);
	}
	world_hashkey(&s.world, &key);
	assert_string_equal(text_str(&key), "000102030405060708090a0b0c0d0e0f");
	/* An AES key waits while the target has no AES hash. */
	rig_run(&s, "arch 386 ; hash aes "
		    "000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f"
		    "000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0eff");
	text_clear(&key);
	world_hashkey(&s.world, &key);
	assert_string_equal(text_str(&key) + 124, "0eff");
	rig_run(&s, "arch arm");
	assert_int_equal(s.given.family, HASH_WYHASH);
	/* It may be chosen there too: in whatever order the two are said, they lead to the same. */
	rig_run(&s, "hash aes "
		    "000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f"
		    "000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0eff");
	assert_int_equal(s.given.family, HASH_WYHASH);
	rig_run(&s, "arch 386");
	text_clear(&key);
	world_hashkey(&s.world, &key);
	assert_string_equal(text_str(&key) + 124, "0eff");
	text_free(&key);
	session_close(&s);
}

static void what_has_no_points_belongs_to_the_one_before(void **state)
{
	struct session s;
	struct text end = { 0 };

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "make ; seed 7 ; make ; insert 1 ; seed 9 ; seed 10");
	assert_int_equal(s.time.total, 3);
	rig_state(&s, &end);
	rig_goto(&s, 1);
	assert_int_equal(s.world.random.seeds.tail, 1);
	rig_run(&s, "redo 2");
	rig_same_state(&s, text_str(&end), "redone");
	rig_run(&s, "undo 2 ; redo ; make");
	/* Of the seeds behind point 2 none is left. */
	assert_int_not_equal(map_get(&s.world.map, HMAP_HASH0), 9);
	session_close(&s);
	text_free(&end);
}

static void steps_have_labels(void **state)
{
	static const struct {
		const char *line, *label;
	} rows[] = {
		{ "make 9", "make" },
		{ "insert \"a\\n\" 5", "insert \"a\\n\" 5" },
		{ "insert `b`", "insert \"b\"" },
		{ "insert 7..7", "insert \"key-7\"" },
		{ "fill 1", "insert \"key-0\"" },
		{ "delete \"zzz\"", "delete \"zzz\"" },
		{ "delete 7..7", "delete \"key-7\"" },
		{ "range", "range" },
		{ "range 1", "range 1" },
		{ "next", "next" },
		{ "range 1 from 0 5", "range 1 from 0 5" },
		{ "next all", "next all" },
		{ "range all", "range all" },
		{ "clear", "clear" },
		{ "gc", "gc" },
		{ "map map[bool]int", "map" },
	};
	struct session s;

	(void)state;
	rig_open(&s, "map[string]int", NULL, true);
	assert_null(session_point(&s));
	for (size_t i = 0; i < LENGTH(rows); i++) {
		rig_run(&s, rows[i].line);
		assert_non_null(session_point(&s));
		assert_string_equal(session_point(&s)->label, rows[i].label);
		assert_int_equal(session_point(&s)->entry, i);
		assert_string_equal(s.time.entries[i].text, rows[i].line);
	}
	session_close(&s);
}

/* A label is a command: what it says, done by itself, gives the same map. */
static void labels_can_be_run(void **state)
{
	struct session s, by_label;
	struct text a = { 0 }, b = { 0 };

	(void)state;
	rig_open(&s, "map[string]float64", NULL, true);
	rig_open(&by_label, "map[string]float64", NULL, true);
	rig_run(&s, "insert \"\\x00\\\"q\" 0.1 ; fill 20 ; insert \"é\" -0.0 ; delete 3..5 ; "
		    "collide 1 3");
	for (uint64_t p = 1; p <= s.time.total; p++) {
		rig_goto(&s, p);
		rig_run(&by_label, session_point(&s)->label);
	}
	text_add(&a, "");
	rig_state(&s, &a);
	rig_state(&by_label, &b);
	assert_string_equal(text_str(&a), text_str(&b));
	text_free(&a);
	text_free(&b);
	session_close(&s);
	session_close(&by_label);
}

static void the_same_seed_gives_the_same_bytes(void **state)
{
	struct session_options o = { .history = true };
	struct text states[3] = { { 0 } };
	struct error err;

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		struct session s;

		o.seed = i < 2 ? 42 : 43;
		assert_true(session_open(&s, &o, &err));
		rig_run(&s, "fill 100 ; clear ; fill 3 ; range");
		rig_state(&s, &states[i]);
		session_close(&s);
	}
	assert_string_equal(text_str(&states[0]), text_str(&states[1]));
	assert_string_not_equal(text_str(&states[0]), text_str(&states[2]));
	for (unsigned i = 0; i < 3; i++)
		text_free(&states[i]);
}

static void ends_of_the_timeline(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_fails(&s, "undo", "undo: this is the beginning");
	rig_fails(&s, "redo", "redo: this is the end");
	rig_run(&s, "fill 3 ; undo 99");
	assert_int_equal(s.time.now, 0);
	rig_fails(&s, "undo", "undo: this is the beginning");
	rig_run(&s, "redo 99");
	assert_int_equal(s.time.now, 4);
	rig_fails(&s, "redo", "redo: this is the end");
	rig_fails(&s, "undo x", "undo: \"x\" is no number");
	rig_fails(&s, "undo -1", "undo: -1 is negative: a number from 0 up is expected");
	rig_fails(&s, "redo 1 2", "redo: \"2\" is too much: redo [N]");
	session_close(&s);
}

/* However many operations a command was, it goes and comes back as one. */
static void commands_are_undone_whole(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "make ; fill 5000 ; lookup 3 ; delete 0..4900 ; insert 7");
	assert_int_equal(s.time.total, 9903);
	rig_run(&s, "undo command");
	assert_int_equal(s.time.now, 9902);
	rig_run(&s, "undo command");
	assert_int_equal(s.time.now, 5001);
	rig_run(&s, "undo command");
	assert_int_equal(s.time.now, 1);
	rig_run(&s, "redo command ; redo command");
	assert_int_equal(s.time.now, 9902);
	/* From inside one to where it began, or to its end. */
	rig_run(&s, "undo 100 ; redo command");
	assert_int_equal(s.time.now, 9902);
	rig_run(&s, "undo 100 ; undo command");
	assert_int_equal(s.time.now, 5001);
	rig_run(&s, "undo command ; undo command");
	rig_fails(&s, "undo command", "undo: this is the beginning");
	rig_run(&s, "redo 99999");
	rig_fails(&s, "redo command", "redo: this is the end");
	rig_fails(&s, "undo command 2", "undo: \"2\" is too much: undo command");
	session_close(&s);
}

/* Making a map at the very beginning, for an export, is a new future too. */
static void a_map_made_at_the_beginning(void **state)
{
	struct session s;
	struct error err;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 5 ; undo 99");
	assert_true(session_ensure_map(&s, &err));
	assert_int_equal(s.time.now, 1);
	assert_int_equal(s.time.total, 1);
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 0);
	rig_goto(&s, 0);
	rig_goto(&s, 1);
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 0);
	session_close(&s);
}

/* Each point's events are its own. */
static void events_belong_to_their_points(void **state)
{
	struct session s;
	size_t counts[64], count;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 20 ; delete 3 ; clear");
	assert_true(s.time.total < LENGTH(counts));
	for (uint64_t p = s.time.total; p > 0; p--) {
		rig_goto(&s, p);
		assert_non_null(session_trace(&s, &counts[p]));
		assert_true(counts[p] > 0);
	}
	for (uint64_t p = 1; p <= s.time.total; p++) {
		const struct map_event *e;

		rig_goto(&s, p);
		e = session_trace(&s, &count);
		assert_int_equal(count, counts[p]);
		for (size_t i = 0; i < count; i++)
			assert_true(e[i].kind < CLASSIC_KINDS &&
				e[i].journal <= s.world.journal.at);
	}
	rig_goto(&s, 0);
	assert_null(session_trace(&s, &count));
	assert_int_equal(count, 0);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(circumstances_forth_and_back),
		cmocka_unit_test(refused_circumstances),
		cmocka_unit_test(the_chosen_hash_stays),
		cmocka_unit_test(what_has_no_points_belongs_to_the_one_before),
		cmocka_unit_test(steps_have_labels),
		cmocka_unit_test(labels_can_be_run),
		cmocka_unit_test(the_same_seed_gives_the_same_bytes),
		cmocka_unit_test(ends_of_the_timeline),
		cmocka_unit_test(commands_are_undone_whole),
		cmocka_unit_test(a_map_made_at_the_beginning),
		cmocka_unit_test(events_belong_to_their_points),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
