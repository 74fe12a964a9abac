/* SPDX-License-Identifier: MIT */
/*
 * The time axis. Its law: wherever one goes, and by whatever way, the state at a point is that
 * of a fresh session which ran the same commands up to there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/snapshot/snapshot.h"
#include "tests/model/rig.h"

#include <cmocka.h>

/* What the state was at each point, as the session came by for the first time. */
struct past {
	char **states;
	size_t count, cap;
};

static void past_cut(struct past *p, size_t count)
{
	while (p->count > count)
		free(p->states[--p->count]);
}

static void past_add(struct past *p, const struct session *s)
{
	struct text state = { 0 };

	rig_state(s, &state);
	p->states = grow(p->states, &p->cap, p->count, sizeof *p->states);
	p->states[p->count++] = state.s;
}

static void past_free(struct past *p)
{
	past_cut(p, 0);
	free(p->states);
}

static void same_state(const struct session *s, const char *want, const char *when)
{
	struct text got = { 0 };
	size_t n = 0;

	rig_state(s, &got);
	while (got.s[n] && got.s[n] == want[n])
		n++;
	n = n > 200 ? n - 200 : 0;
	if (strcmp(got.s, want) != 0)
		fail_msg("%s, point %llu of %llu: the state is\n..%.400s\nnot\n..%.400s", when,
			(unsigned long long)s->now, (unsigned long long)s->total, got.s + n,
			want + n);
	text_free(&got);
}

static void go(struct session *s, uint64_t p)
{
	struct error err;

	if (!session_goto(s, p, &err))
		fail_msg("goto %llu: %s", (unsigned long long)p, err.msg);
	assert_int_equal(s->now, p);
}

/* Random scripts */

static const char *const types[] = { "map[int]string", "map[string]int", "map[uint8]struct{}",
	"map[float64]int8", "map[any]string", "map[[2]string][]int", "map[int64][200]byte",
	"map[[150]byte]int", "map[error]string", "map[struct{ A int8; B float32 }]*int" };

static const char *const keys[LENGTH(types)][4] = {
	{ "1", "-5", "77", "0x10" },
	{ "\"a\"", "\"key-3\"", "\"\"", "`x`" },
	{ "1", "2", "3", "255" },
	{ "NaN", "0", "-0.0", "1e9" },
	{ "1", "\"a\"", "2.5", "nil" },
	{ "{\"a\", \"b\"}", "{}", "{\"\", \"c\"}", "{`a`, \"b\"}" },
	{ "1", "2", "3", "-1" },
	{ "{}", "{}", "{}", "{}" },
	{ "nil", "\"e\"", "\"f\"", "\"g\"" },
	{ "{1, NaN}", "{1, 0}", "{1, -0.0}", "{}" },
};

/* A command that most often works; which type is in force is for the caller to keep. */
static char *random_command(struct rig_dice *d, size_t *type)
{
	int a = (int)rig_below(d, 60);

	switch (rig_below(d, 26)) {
	case 24:
		return rig_below(d, 3) ? xasprintf("range %u", 1 + (unsigned)rig_below(d, 20))
				       : xstrdup("range all");
	case 25:
		return xstrdup("next 3");
	case 0:
		*type = rig_below(d, LENGTH(types));
		return xasprintf("map %s", types[*type]);
	case 1:
		return xasprintf("make %u", (unsigned)rig_below(d, 300));
	case 2:
		return xasprintf("seed %u", (unsigned)rig_roll(d));
	case 3:
		return xstrdup("clear");
	case 4:
		return xstrdup("gc");
	case 5:
		return xstrdup("range");
	case 6:
		return xasprintf("evacuate %u", (unsigned)rig_below(d, 4));
	case 7:
		return xstrdup("grow");
	case 8:
		return xasprintf(
			"collide %u %u", (unsigned)rig_below(d, 3), (unsigned)rig_below(d, 9));
	case 9:
	case 10:
		return xasprintf("delete %d..%d", a, a + (int)rig_below(d, 20));
	case 11:
		return xasprintf("fill %u", (unsigned)rig_below(d, 40));
	case 12:
		return xasprintf("lookup %s", keys[*type][rig_below(d, 4)]);
	case 13:
	case 14:
		return xasprintf("delete %s", keys[*type][rig_below(d, 4)]);
	case 15:
		return xstrdup("snapshot \"here\"");
	case 16:
		return xstrdup("insert 1 2 3 4"); /* never right */
	case 17:
	case 18:
	case 19:
		return xasprintf("insert %d..%d", a, a + (int)rig_below(d, 12));
	default:
		return xasprintf("insert %s", keys[*type][rig_below(d, 4)]);
	}
}

/* Runs a command, which may fail, and remembers the state at each point that it made. */
static void run_and_remember(struct session *s, const char *line, struct past *past)
{
	uint64_t first = s->now;
	struct error err;

	session_run(s, line, &err);
	if (s->now != s->total) { /* in the past, and it changed nothing */
		assert_int_equal(s->now, first);
		same_state(s, past->states[first], line);
		return;
	}
	/* What makes no point changed the one it was given at. */
	past_cut(past, (size_t)first);
	for (uint64_t p = first, end = s->now; p <= end; p++) {
		go(s, p);
		past_add(past, s);
	}
}

/*
 * A fresh session that runs the same lines must come to the same state. Without a journal, what
 * a failing command did is not taken back: it has to be the last one.
 */
static void replay_lines(char *const *lines, size_t count, const struct past *past, bool history)
{
	struct session s;
	struct error err;
	bool ok = true;

	rig_open(&s, types[0], "amd64", history);
	for (size_t i = 0; i < count && (ok || history); i++)
		ok = session_run(&s, lines[i], &err);
	if (!ok && !history) {
		session_close(&s);
		return;
	}
	assert_int_equal(s.now, past->count - 1);
	same_state(&s, past->states[s.now], history ? "run again" : "run again without history");
	session_close(&s);
}

/*
 * Random commands; in between, random walks over the timeline, each checked. Now and then a
 * command is given in the past.
 */
static void walk_randomly(uint64_t seed)
{
	struct rig_dice d = { seed };
	struct past past = { 0 };
	struct session s;
	size_t type = 0, count = 0;
	char *lines[40];
	bool straight = true;

	rig_open(&s, types[0], "amd64", true);
	past_add(&past, &s);
	for (unsigned round = 0; round < 40; round++) {
		char *line = random_command(&d, &type);

		if (s.now != s.total)
			straight = false;
		run_and_remember(&s, line, &past);
		if (!rig_sound(&s))
			fail_msg("seed %llu, after %s: the map is not sound",
				(unsigned long long)seed, line);
		lines[count++] = line;
		for (unsigned k = 0; k < 5; k++) {
			uint64_t p = rig_below(&d, s.total + 1);

			assert_int_equal(s.total, past.count - 1);
			go(&s, p);
			same_state(&s, past.states[p], line);
		}
		if (rig_below(&d, 6) > 0)
			go(&s, s.total);
		/* The type in force is the past's when one stays there. */
		for (size_t t = 0; t < LENGTH(types); t++)
			if (strcmp(s.map.type->asked, types[t]) == 0)
				type = t;
	}
	go(&s, s.total);
	if (straight) {
		replay_lines(lines, count, &past, true);
		replay_lines(lines, count, &past, false);
	}
	for (size_t i = 0; i < count; i++)
		free(lines[i]);
	past_free(&past);
	session_close(&s);
}

static void every_way_leads_to_the_same_state(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 25; seed++)
		walk_randomly(seed);
}

/* Straight scripts, run again in sessions with and without a journal, on other targets too. */
static void fresh_sessions_agree(void **state)
{
	(void)state;
	for (uint64_t seed = 100; seed < 130; seed++) {
		struct rig_dice d = { seed };
		struct past past = { 0 };
		struct session s;
		size_t type = 0;
		char *lines[25];

		rig_open(&s, types[0], "amd64", true);
		past_add(&past, &s);
		for (size_t i = 0; i < LENGTH(lines); i++) {
			lines[i] = random_command(&d, &type);
			run_and_remember(&s, lines[i], &past);
			for (size_t t = 0; t < LENGTH(types); t++)
				if (strcmp(s.map.type->asked, types[t]) == 0)
					type = t;
		}
		replay_lines(lines, LENGTH(lines), &past, true);
		replay_lines(lines, LENGTH(lines), &past, false);
		for (size_t i = 0; i < LENGTH(lines); i++)
			free(lines[i]);
		past_free(&past);
		session_close(&s);
	}
}

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
	go(&s, 77);
	rig_state(&s, &before);
	for (size_t i = 0; i < LENGTH(changes); i++) {
		rig_run(&s, changes[i][0]);
		text_clear(&other);
		rig_state(&s, &other);
		if (strcmp(text_str(&other), text_str(&before)) == 0)
			fail_msg("%s changes nothing", changes[i][0]);
		if (!rig_sound(&s))
			fail_msg("%s: not sound", changes[i][0]);
		assert_int_equal(s.now, 77);
		rig_run(&s, changes[i][1]);
		same_state(&s, text_str(&before), changes[i][1]);
		assert_int_equal(s.now, 77);
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
		"arch: unknown target \"vax\": one of amd64, 386, arm64, arm, s390x, "
		"ppc64, riscv64, mips");
	assert_string_equal(s.target->name, "amd64");
	rig_run(&s, "arch arm64");
	rig_fails(&s, "hash aes", "hash: the AES hash of arm64 is not modelled: hash wyhash is");
	session_close(&s);
}

static void a_new_future(void **state)
{
	struct session s, fresh;
	struct text want = { 0 };

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_open(&fresh, NULL, NULL, true);
	rig_run(&s, "fill 10 ; insert 100 \"a\" ; insert 200 \"b\"");
	assert_int_equal(s.total, 13);
	rig_run(&s, "undo 8"); /* in the middle of the fill, which is cut */
	assert_int_equal(s.now, 5);
	assert_int_equal(s.total, 13);
	rig_run(&s, "insert 300 \"c\"");
	assert_true(s.forgot_future);
	assert_int_equal(s.total, 6);
	assert_int_equal(s.nentries, 2);
	assert_true(s.entries[0].cut);
	assert_int_equal(s.entries[0].steps, 5);
	rig_run(&fresh, "fill 4 ; insert 300 \"c\"");
	rig_state(&fresh, &want);
	same_state(&s, text_str(&want), "new future");
	/* The cut fill stays cut when it is run again. */
	rig_run(&s, "arch 386 ; arch amd64");
	assert_int_equal(s.total, 6);
	same_state(&s, text_str(&want), "new future, run again");
	rig_run(&s, "insert 1 \"x\"");
	assert_false(s.forgot_future);
	text_free(&want);
	session_close(&s);
	session_close(&fresh);
}

/* A new future that begins with what changes no memory does not end as the old one did. */
static void a_new_future_of_nothing(void **state)
{
	struct text want = { 0 };
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 10 ; undo 4");
	rig_state(&s, &want);
	rig_run(&s, "delete 77 ; undo ; redo");
	same_state(&s, text_str(&want), "after a delete of nothing");
	rig_run(&s, "delete 78 ; delete 79 ; undo 3 ; redo 3");
	same_state(&s, text_str(&want), "after two more");
	text_free(&want);
	session_close(&s);
}

/* In the past, what changes nothing and what fails leaves the future alone. */
static void mistakes_cost_no_future(void **state)
{
	static const char *const harmless[] = { "lookup 3", "lookup 0..9", "lookup 777", "snapshot",
		"snapshot \"x\"", "map map[int]string", "", "# nothing" };
	static const char *const wrong[][2] = {
		{ "insert x", "insert: key x is no int: it is written as 42 or 0x2a" },
		{ "insert 1 2", "insert: elem 2 is no string: it is written as \"text\"" },
		{ "insert 5..1", "insert: 5..1 runs backwards" },
		{ "insret 1", "unknown command \"insret\"" },
		{ "delete", "delete: a key is missing: delete KEY or delete A..B" },
		{ "delete \"1\"", "delete: key \"1\" is no int: it is written as 42 or 0x2a" },
		{ "map int", "map: type int is no map: it is written as map[KEY]ELEM" },
		{ "seed x", "seed: \"x\" is no number" },
		{ "collide 99", "collide: there is no bucket 99: the map has 2" },
		{ "evacuate", "evacuate: no growth is under way" },
		{ "clear it", "clear: \"it\" is too much: clear" },
		{ "fill 0x8000000000000000", "fill: 0x8000000000000000 is too large: "
			"9223372036854775807 at most" },
	};
	struct session s;
	struct text end = { 0 };

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 20 ; lookup 3");
	rig_state(&s, &end);
	go(&s, 12);
	for (size_t i = 0; i < LENGTH(harmless); i++) {
		rig_run(&s, harmless[i]);
		if (s.total != 21 || s.now != 12)
			fail_msg("\"%s\" cost the future", harmless[i]);
	}
	for (size_t i = 0; i < LENGTH(wrong); i++)
		rig_fails(&s, wrong[i][0], wrong[i][1]);
	go(&s, 21);
	same_state(&s, text_str(&end), "back at the end");
	text_free(&end);
	session_close(&s);
}

/* What fails in the course of its steps costs no future either, nor do the steps before stay. */
static void failures_cost_no_future(void **state)
{
	static const struct {
		const char *type, *arch, *lines, *line, *message;
		uint64_t back;
	} rows[] = {
		{ NULL, NULL, "fill 20", "make 100000000000", NULL, 9 }, /* 3 TiB */
		{ "map[bool]int", NULL, "fill 2 ; delete 0..1", "grow",
			"grow: no keys of type bool are left", 2 },
		{ "map[uint8]int", NULL, "fill 200 ; clear", "collide 0 300",
			"collide: no more keys of type uint8 were found for that bucket", 190 },
		{ "map[uint8]int", NULL, "fill 60 ; lookup 1 ; caption \"end\" ; delete 0..9",
			"grow same", "grow: no keys of type uint8 are left", 40 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct text then = { 0 }, end = { 0 };
		struct session s;
		struct error err;
		uint64_t total, entries, captions;

		rig_open(&s, rows[i].type, rows[i].arch, true);
		rig_run(&s, rows[i].lines);
		rig_state(&s, &end);
		total = s.total;
		entries = s.nentries;
		captions = s.ncaptions;
		go(&s, rows[i].back);
		rig_state(&s, &then);
		if (rows[i].message)
			rig_fails(&s, rows[i].line, rows[i].message);
		else
			assert_false(session_run(&s, rows[i].line, &err));
		assert_int_equal(s.now, rows[i].back);
		assert_int_equal(s.total, total);
		assert_int_equal(s.nentries, entries);
		assert_int_equal(s.ncaptions, captions);
		assert_false(s.forgot_future);
		same_state(&s, text_str(&then), "after the failure");
		go(&s, total);
		same_state(&s, text_str(&end), "the future");
		text_free(&then);
		text_free(&end);
		session_close(&s);
	}
}

static bool export_nothing(struct session *s, const char *args, struct error *err)
{
	(void)s, (void)args, (void)err;
	return true;
}

/* Before a map was made there is none to be looked at, and none is made for that. */
static void looking_makes_no_future(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	s.export = export_nothing;
	rig_run(&s, "fill 9");
	go(&s, 0);
	rig_run(&s, "lookup 1 ; lookup 0..9");
	rig_fails(&s, "export text",
		"export: there is no map at op 0: redo leads to where one is made");
	rig_fails(&s, "snapshot", 
		"snapshot: there is no map at op 0: redo leads to where one is made");
	assert_int_equal(s.total, 10);
	assert_int_equal(s.now, 0);
	session_close(&s);
}

static void expect_remarks(const struct session *s, const uint64_t *points, size_t count)
{
	assert_int_equal(s->nsnapshots, count);
	for (size_t i = 0; i < count; i++) {
		char title[24];
		bool found = false;

		snprintf(title, sizeof title, "%zu", i);
		for (size_t k = 0; k < count; k++)
			if (strcmp(s->snapshots[k].title, title) == 0) {
				assert_int_equal(s->snapshots[k].point, points[i]);
				found = true;
			}
		assert_true(found);
	}
}

/* Snapshots and captions of the past are there still when all is run again. */
static void remarks_survive(void **state)
{
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	s.keep_json = true;
	rig_run(&s, "fill 20 ; snapshot \"0\" ; grow same ; insert 1000 ; insert 1001");
	go(&s, 7);
	rig_run(&s, "snapshot \"1\" ; caption \"seven\"");
	go(&s, s.total - 2); /* the end of `grow same`, which takes other steps elsewhere */
	rig_run(&s, "snapshot \"2\" ; caption \"grown\"");
	go(&s, 0);
	rig_run(&s, "caption \"nothing yet\" ; redo 99999");
	expect_remarks(&s, (uint64_t[]){ 21, 7, s.total - 2 }, 3);
	for (int i = 0; i < 2; i++) {
		rig_run(&s, i ? "arch amd64" : "arch 386");
		expect_remarks(&s, (uint64_t[]){ 21, 7, s.total - 2 }, 3);
		assert_int_equal(s.ncaptions, 3);
		assert_int_equal(s.captions[0].point, 0);
		assert_int_equal(s.captions[1].point, 7);
		assert_string_equal(s.captions[1].text, "seven");
		assert_int_equal(s.captions[2].point, s.total - 2);
		assert_non_null(s.snapshots[2].json);
	}
	/* A new future before them takes them along; what lies before it stays. */
	go(&s, 10);
	rig_run(&s, "insert 5000 ; arch 386");
	assert_int_equal(s.nsnapshots, 1);
	assert_int_equal(s.snapshots[0].point, 7);
	assert_int_equal(s.ncaptions, 2);
	session_close(&s);
}

/* A map is not made for a command that fails. */
static void mistakes_make_no_map(void **state)
{
	static const char *const wrong[][2] = {
		{ "insert x", "insert: key x is no int: it is written as 42 or 0x2a" },
		{ "delete x", "delete: key x is no int: it is written as 42 or 0x2a" },
		{ "lookup x", "lookup: key x is no int: it is written as 42 or 0x2a" },
		{ "insert 1 \"a\" 2", "insert: \"2\" is too much: insert KEY [ELEM]" },
		{ "insert 2..1", "insert: 2..1 runs backwards" },
		{ "delete 2..1", "delete: 2..1 runs backwards" },
		{ "collide 1", "collide: there is no bucket 1: the map has 1" },
		{ "evacuate", "evacuate: no growth is under way" },
		{ "range x", "range: \"x\" is no number" },
		{ "range 0", "range: 0 entries are none: 1 at least, or all" },
		{ "range from 1 0", "range: there is no bucket 1: the map has 1" },
		{ "range from 0 8", "range: there is no slot 8: a bucket has 0 to 7" },
		{ "range from 0", "range: from BUCKET SLOT: a number is missing" },
		{ "range all 1", "range: \"1\" is too much: range [N|all] [from BUCKET SLOT]" },
		{ "next", "next: no range loop is under way: range N begins one" },
	};
	struct session s;

	(void)state;
	rig_open(&s, NULL, NULL, true);
	for (size_t i = 0; i < LENGTH(wrong); i++)
		rig_fails(&s, wrong[i][0], wrong[i][1]);
	assert_int_equal(s.map.hmap, 0);
	session_close(&s);
}

/* A step that failed half way is gone for good. */
static void what_failed_does_not_come_back(void **state)
{
	struct session s;
	struct text want = { 0 };

	(void)state;
	rig_open(&s, "map[string]string", NULL, true);
	rig_run(&s, "insert \"a\" \"b\"");
	rig_state(&s, &want);
	rig_fails(&s, "insert \"new\" 5", "insert: elem 5 is no string: it is written as \"text\"");
	rig_run(&s, "undo ; redo");
	same_state(&s, text_str(&want), "redone after a mistake");
	rig_fails(&s, "delete 5", "delete: key 5 is no string: it is written as \"text\"");
	rig_run(&s, "undo 2 ; redo 2");
	same_state(&s, text_str(&want), "redone after another");
	text_free(&want);
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
		if (s.family != rows[i].family)
			fail_msg("after %s it is the other hash", rows[i].line);
	}
	session_hashkey(&s, &key);
	assert_string_equal(text_str(&key), "000102030405060708090a0b0c0d0e0f");
	/* An AES key waits while the target has no AES hash. */
	rig_run(&s, "arch 386 ; hash aes "
		    "000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f"
		    "000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0eff");
	text_clear(&key);
	session_hashkey(&s, &key);
	assert_string_equal(text_str(&key) + 124, "0eff");
	rig_run(&s, "arch arm");
	assert_int_equal(s.family, HASH_WYHASH);
	rig_run(&s, "arch 386");
	text_clear(&key);
	session_hashkey(&s, &key);
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
	assert_int_equal(s.total, 3);
	rig_state(&s, &end);
	go(&s, 1);
	assert_int_equal(s.random.tail, 1);
	rig_run(&s, "redo 2");
	same_state(&s, text_str(&end), "redone");
	rig_run(&s, "undo 2 ; redo ; make");
	/* Of the seeds behind point 2 none is left. */
	assert_int_not_equal(map_get(&s.map, HMAP_HASH0), 9);
	session_close(&s);
	text_free(&end);
}

/* A fill too large for the journal: the past is run to again. */
static void bulk_fills_have_a_past(void **state)
{
	static const uint64_t points[] = { 0, 1, 2, 777, 5000, 123456, 200000, 204321, 210001, 3,
		209999, 205903, 100000 };
	struct session s, fresh;
	struct error err;

	(void)state;
	rig_open(&s, "map[int32]int16", "amd64", true);
	rig_run(&s, "fill 210000 ; seed 77");
	assert_int_equal(s.total, 210001);
	assert_true(s.window_start > 200000);
	for (size_t i = 0; i < LENGTH(points); i++) {
		char line[32];
		struct text a = { 0 }, b = { 0 };

		go(&s, points[i]);
		rig_open(&fresh, "map[int32]int16", "amd64", false);
		snprintf(line, sizeof line, "fill %llu", (unsigned long long)points[i] - 1);
		if (points[i] > 0)
			rig_run(&fresh, line);
		if (points[i] == s.total)
			rig_run(&fresh, "seed 77");
		/* Garbage is discarded where there is no journal: all but that must be equal. */
		if (points[i] > 0) {
			char *json = snapshot_json(&s, ""), *want = snapshot_json(&fresh, "");

			if (strcmp(json, want) != 0)
				fail_msg("point %llu differs", (unsigned long long)points[i]);
			free(json);
			free(want);
		}
		assert_int_equal(s.random.state, fresh.random.state);
		assert_int_equal(s.random.tail, fresh.random.tail);
		assert_memory_equal(&s.heap.state, &fresh.heap.state, sizeof s.heap.state);
		session_close(&fresh);
		text_free(&a);
		text_free(&b);
	}
	go(&s, 100000);
	rig_run(&s, "insert -1");
	assert_int_equal(s.total, 100001);
	assert_int_equal(map_get(&s.map, HMAP_COUNT), 100000);
	go(&s, 50);
	go(&s, 100001);
	assert_int_equal(map_get(&s.map, HMAP_COUNT), 100000);
	assert_true(session_goto(&s, 500000, &err));
	assert_int_equal(s.now, 100001);
	session_close(&s);
}

/* Behind the last point of a run there can be what makes none; it comes back too. */
static void the_end_is_whole_after_a_replay(void **state)
{
	struct session s;
	struct text end = { 0 };

	(void)state;
	rig_open(&s, "map[int32]int16", "amd64", true);
	rig_run(&s, "fill 210000 ; seed 77 ; seed 78");
	go(&s, 3);
	go(&s, s.total);
	assert_int_equal(s.random.tail - s.random.head, 2);
	rig_run(&s, "clear");
	assert_int_equal(map_get(&s.map, HMAP_HASH0), 77);
	text_free(&end);
	session_close(&s);
}

static void a_session_without_journal_gets_one(void **state)
{
	struct session s;
	struct text want = { 0 };

	(void)state;
	rig_open(&s, NULL, NULL, true);
	rig_run(&s, "fill 30 ; delete 3..9 ; undo 11");
	rig_state(&s, &want);
	session_close(&s);
	rig_open(&s, NULL, NULL, false);
	rig_run(&s, "fill 30 ; delete 3..9 ; undo 11");
	same_state(&s, text_str(&want), "without a journal at first");
	rig_run(&s, "redo 4 ; undo 4");
	same_state(&s, text_str(&want), "once more");
	text_free(&want);
	session_close(&s);
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
		assert_string_equal(s.entries[i].text, rows[i].line);
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
	for (uint64_t p = 1; p <= s.total; p++) {
		go(&s, p);
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
	assert_int_equal(s.now, 0);
	rig_fails(&s, "undo", "undo: this is the beginning");
	rig_run(&s, "redo 99");
	assert_int_equal(s.now, 4);
	rig_fails(&s, "redo", "redo: this is the end");
	rig_fails(&s, "undo x", "undo: \"x\" is no number");
	rig_fails(&s, "undo -1", "undo: -1 is negative: a number from 0 up is expected");
	rig_fails(&s, "redo 1 2", "redo: \"2\" is too much: redo [N]");
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
	assert_int_equal(s.now, 1);
	assert_int_equal(s.total, 1);
	assert_int_equal(map_get(&s.map, HMAP_COUNT), 0);
	go(&s, 0);
	go(&s, 1);
	assert_int_equal(map_get(&s.map, HMAP_COUNT), 0);
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
	assert_true(s.total < LENGTH(counts));
	for (uint64_t p = s.total; p > 0; p--) {
		go(&s, p);
		assert_non_null(session_trace(&s, &counts[p]));
		assert_true(counts[p] > 0);
	}
	for (uint64_t p = 1; p <= s.total; p++) {
		const struct trace_event *e;

		go(&s, p);
		e = session_trace(&s, &count);
		assert_int_equal(count, counts[p]);
		for (size_t i = 0; i < count; i++)
			assert_true(e[i].kind < TRACE_KINDS && e[i].journal <= s.journal.at);
	}
	go(&s, 0);
	assert_null(session_trace(&s, &count));
	assert_int_equal(count, 0);
	session_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_way_leads_to_the_same_state),
		cmocka_unit_test(fresh_sessions_agree),
		cmocka_unit_test(circumstances_forth_and_back),
		cmocka_unit_test(refused_circumstances),
		cmocka_unit_test(a_new_future),
		cmocka_unit_test(a_new_future_of_nothing),
		cmocka_unit_test(mistakes_cost_no_future),
		cmocka_unit_test(failures_cost_no_future),
		cmocka_unit_test(looking_makes_no_future),
		cmocka_unit_test(remarks_survive),
		cmocka_unit_test(mistakes_make_no_map),
		cmocka_unit_test(what_failed_does_not_come_back),
		cmocka_unit_test(the_chosen_hash_stays),
		cmocka_unit_test(what_has_no_points_belongs_to_the_one_before),
		cmocka_unit_test(bulk_fills_have_a_past),
		cmocka_unit_test(the_end_is_whole_after_a_replay),
		cmocka_unit_test(a_session_without_journal_gets_one),
		cmocka_unit_test(steps_have_labels),
		cmocka_unit_test(labels_can_be_run),
		cmocka_unit_test(the_same_seed_gives_the_same_bytes),
		cmocka_unit_test(ends_of_the_timeline),
		cmocka_unit_test(a_map_made_at_the_beginning),
		cmocka_unit_test(events_belong_to_their_points),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
