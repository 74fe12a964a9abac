/* SPDX-License-Identifier: MIT */
/*
 * The law of the time axis: wherever one goes, and by whatever way, the state at a point is that of
 * a fresh session which ran the same commands up to there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "model/session/loads.h"
#include "model/source/snapshot.h"
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
	p->states = xroom(p->states, &p->cap, p->count, sizeof *p->states);
	p->states[p->count++] = state.s;
}

static void past_free(struct past *p)
{
	past_cut(p, 0);
	free(p->states);
}

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

	switch (rig_below(d, 28)) {
	case 26:
		return xstrdup("rebuild");
	case 27:
		return xstrdup("clone");
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
	uint64_t first = s->time.now;
	struct error err;

	session_run(s, line, &err);
	if (s->time.now != s->time.total) { /* in the past, and it changed nothing */
		assert_int_equal(s->time.now, first);
		rig_same_state(s, past->states[first], line);
		return;
	}
	/* What makes no point changed the one it was given at. */
	past_cut(past, (size_t)first);
	for (uint64_t p = first, end = s->time.now; p <= end; p++) {
		rig_goto(s, p);
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
		ok = session_run(&s, lines[i], &err).ok;
	if (!ok && !history) {
		session_close(&s);
		return;
	}
	assert_int_equal(s.time.now, past->count - 1);
	rig_same_state(&s, past->states[s.time.now], history ? "run again"
		: "run again without history");
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

		if (s.time.now != s.time.total)
			straight = false;
		run_and_remember(&s, line, &past);
		if (!rig_sound(&s))
			fail_msg("seed %llu, after %s: the map is not sound",
				(unsigned long long)seed, line);
		lines[count++] = line;
		for (unsigned k = 0; k < 5; k++) {
			uint64_t p = rig_below(&d, s.time.total + 1);

			assert_int_equal(s.time.total, past.count - 1);
			rig_goto(&s, p);
			rig_same_state(&s, past.states[p], line);
		}
		if (rig_below(&d, 6) > 0)
			rig_goto(&s, s.time.total);
		/* The type in force is the past's when one stays there. */
		for (size_t t = 0; t < LENGTH(types); t++)
			if (strcmp(s.world.map.type->asked, types[t]) == 0)
				type = t;
	}
	rig_goto(&s, s.time.total);
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
				if (strcmp(s.world.map.type->asked, types[t]) == 0)
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

/* The map's own memory is that of another session; garbage may differ. */
static void same_map(const struct session *s, const struct session *t)
{
	const struct map *m = &s->world.map, *n = &t->world.map;
	uint64_t buckets = 1ull << map_get(m, HMAP_B);

	assert_int_equal(m->header, n->header);
	assert_memory_equal(map_at(m, m->header), map_at(n, n->header), 48);
	for (int old = 0; old < 1 + map_growing(m); old++)
		for (uint64_t i = 0; i < (old ? 1ull << map_old_B(m) : buckets); i++)
			for (uint64_t a = map_bucket(m, old, i); a; a = map_overflow(m, a))
				assert_memory_equal(map_at(m, a), map_at(n, a), m->type->unit.size);
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
	assert_int_equal(s.time.total, 210001);
	assert_true(s.time.window.start > 200000);
	for (size_t i = 0; i < LENGTH(points); i++) {
		rig_goto(&s, points[i]);
		rig_open(&fresh, "map[int32]int16", "amd64", false);
		if (points[i] > 0)
			rig_run_number(&fresh, "fill", (unsigned)points[i] - 1);
		if (points[i] == s.time.total)
			rig_run(&fresh, "seed 77");
		if (points[i] > 0)
			same_map(&s, &fresh);
		assert_int_equal(s.world.random.state, fresh.world.random.state);
		assert_int_equal(s.world.random.seeds.tail, fresh.world.random.seeds.tail);
		assert_memory_equal(&s.world.heap.state, &fresh.world.heap.state,
			sizeof s.world.heap.state);
		session_close(&fresh);
	}
	rig_goto(&s, 100000);
	rig_run(&s, "insert -1");
	assert_int_equal(s.time.total, 100001);
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 100000);
	rig_goto(&s, 50);
	rig_goto(&s, 100001);
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 100000);
	assert_true(session_goto(&s, 500000, &err));
	assert_int_equal(s.time.now, 100001);
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
	rig_goto(&s, 3);
	rig_goto(&s, s.time.total);
	assert_int_equal(random_waiting(&s.world.random.seeds), 2);
	rig_run(&s, "clear");
	assert_int_equal(map_get(&s.world.map, HMAP_HASH0), 77);
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
	rig_same_state(&s, text_str(&want), "without a journal at first");
	rig_run(&s, "redo 4 ; undo 4");
	rig_same_state(&s, text_str(&want), "once more");
	text_free(&want);
	session_close(&s);
}

static bool give_up(const struct work *work, void *data)
{
	uint64_t *left = data;

	(void)work;
	return (*left)-- == 0;
}

static bool give_up_all(const struct work *work, void *data)
{
	uint64_t *times = data;

	(void)work;
	++*times;
	return true;
}

/* As if no more memory could be had than is in use by now, and a little. */
static uint64_t make_short(struct session *s)
{
	uint64_t limit = s->world.heap.limit;

	s->world.heap.limit = s->world.heap.state.next_page + (1 << 16);
	return limit;
}

/* A run that was given up asks for no more room than what it did. */
static void the_past_of_what_was_given_up(void **state)
{
	uint64_t left = 960;
	struct session s;
	struct text want = { 0 };

	(void)state;
	rig_open(&s, "map[int]int", "amd64", true);
	s.hooks.watcher = (struct watcher){ give_up, &left };
	rig_run(&s, "fill 20000000");
	s.hooks.watcher.stops = NULL;
	assert_int_equal(s.time.total, 960 * 256);
	rig_state(&s, &want);
	make_short(&s);
	rig_goto(&s, 30);
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 29);
	rig_goto(&s, s.time.total);
	rig_same_state(&s, text_str(&want), "there and back");
	text_free(&want);
	session_close(&s);
}

/* What is given up before the map is made changes nothing, whatever it would have done. */
static void given_up_before_there_is_a_map(void **state)
{
	static const char *const list[] = { "grow", "grow same", "first 1 grow", "fill 5", "clone",
		"rebuild", "range", "clear", "gc", "insert 1", "collide 0 3", "snapshot",
		"lookup 3", "lookup 1..3", "delete 1..2", "delete 1", "first 2 rebuild",
		"first 3 collide 0 9" };

	(void)state;
	for (size_t i = 0; i < LENGTH(list); i++) {
		uint64_t left = 0;
		struct session s;
		struct error err;

		rig_open(&s, "map[int]int", "amd64", true);
		s.hooks.watcher = (struct watcher){ give_up, &left };
		assert_false(session_run(&s, list[i], &err).ok);
		assert_non_null(strstr(err.msg, "stopped before its end"));
		assert_int_equal(s.world.map.header, 0);
		assert_int_equal(s.time.total, 0);
		assert_int_equal(s.time.nentries, 0);
		s.hooks.watcher.stops = NULL;
		rig_run(&s, list[i]);
		assert_int_not_equal(s.world.map.header, 0);
		session_close(&s);
	}
}

/* When a way into the future fails, whatever there was is there. */
static void the_present_is_not_lost(void **state)
{
	uint64_t limit, total, left = 3;
	struct session s;
	struct error err;
	struct text want = { 0 };

	(void)state;
	rig_open(&s, "map[int]int", "amd64", true);
	rig_run(&s, "fill 210000 ; delete 0..9");
	total = s.time.total;
	rig_goto(&s, 5000);
	rig_state(&s, &want);
	limit = make_short(&s);
	assert_false(session_goto(&s, total, &err));
	assert_non_null(strstr(err.msg, "out of memory"));
	assert_int_equal(s.time.now, 5000);
	assert_int_equal(s.time.total, total);
	rig_same_state(&s, text_str(&want), "after a way that failed");
	s.world.heap.limit = limit;
	s.hooks.watcher = (struct watcher){ give_up, &left };
	assert_false(session_goto(&s, total, &err));
	assert_string_equal(err.msg, "the way to op 210011 was given up");
	s.hooks.watcher.stops = NULL;
	assert_int_equal(s.time.now, 5000);
	rig_same_state(&s, text_str(&want), "after a way that was given up");
	/* Who stops the way back too stays where that is, and has the whole timeline still. */
	left = 0;
	s.hooks.watcher.stops = give_up_all;
	assert_false(session_goto(&s, total, &err));
	s.hooks.watcher.stops = NULL;
	assert_int_equal(left, 2);
	assert_int_equal(s.time.now, 0);
	assert_int_equal(s.time.total, total);
	rig_goto(&s, 5000);
	rig_same_state(&s, text_str(&want), "after both were given up");
	rig_goto(&s, total);
	assert_int_equal(map_get(&s.world.map, HMAP_COUNT), 209990);
	assert_true(rig_sound(&s));
	text_free(&want);
	session_close(&s);
}

/* Gives up the first work that is counted in some unit. */
static bool give_up_unit(const struct work *work, void *data)
{
	return strcmp(work->unit, data) == 0;
}

/* What is not steps of the timeline can be given up too, and leaves all as it was. */
static void all_that_takes_long_can_be_given_up(void **state)
{
	char script[] = "/tmp/hmapview-test-XXXXXX", file[] = "/tmp/hmapview-test-XXXXXX", *line;
	struct session s;
	struct error err;
	struct text want = { 0 };
	FILE *out;

	(void)state;
	rig_open(&s, "map[int]int", "amd64", true);
	rig_run(&s, "fill 20");
	rig_state(&s, &want);
	out = fdopen(mkstemp(file), "w");
	s.hooks.watcher = (struct watcher){ give_up_unit, "bucket" };
	assert_false(session_write_snapshots(&s, out, &err));
	assert_string_equal(err.msg, "stopped before its end");
	rewind(out);
	s.hooks.watcher.data = "byte";
	assert_true(session_write_snapshots(&s, out, &err));
	fclose(out);
	line = xasprintf("open %s", file);
	assert_false(session_run(&s, line, &err).ok);
	assert_string_equal(err.msg, "open: stopped before its end");
	free(line);
	out = fdopen(mkstemp(script), "w");
	fputs("insert 1\nfill 3000\ninsert -1\n", out);
	fclose(out);
	line = xasprintf("load %s", script);
	s.hooks.watcher.data = "op";
	assert_false(session_run(&s, line, &err).ok);
	assert_non_null(strstr(err.msg, "1: stopped before its end"));
	free(line);
	assert_null(session_loads(&s, &err));
	assert_string_equal(err.msg, "stopped before its end");
	s.hooks.watcher.stops = NULL;
	assert_non_null(session_loads(&s, &err));
	rig_same_state(&s, text_str(&want), "after all was given up");
	text_free(&want);
	unlink(script);
	unlink(file);
	session_close(&s);
}

/* All that there is to a session: what it would write, show and step through. */
static void whole_state(struct session *s, struct text *out)
{
	char *script = NULL, *json = rig_document(s);
	size_t len, all;
	FILE *f = open_memstream(&script, &len);

	session_write(s, f);
	fclose(f);
	rig_state(s, out);
	text_printf(out, "\n%llu of %llu, step %zu", (unsigned long long)s->time.now,
		(unsigned long long)s->time.total, session_step(s, &all));
	text_printf(out, " of %zu, lookup %s\n%s%s%zu landmarks, %zu remarks\n", all,
		s->shown.probe_label ? s->shown.probe_label : "none", script, json,
		s->time.landmarks.count, s->time.nremarks);
	for (size_t i = 0; i < s->time.nentries; i++)
		text_printf(out, "%s %llu %llu %d %s\n", s->time.entries[i].text,
			(unsigned long long)s->time.entries[i].first,
			(unsigned long long)s->time.entries[i].steps, s->time.entries[i].cut,
			s->time.entries[i].aside ? s->time.entries[i].aside : "");
	for (size_t i = 0; i < s->time.ncaptions; i++)
		text_printf(out, "%llu %s\n", (unsigned long long)s->time.captions[i].point,
			s->time.captions[i].text);
	free(script);
	free(json);
}

/* The run of all again is given up after so many looks; nothing is run on the way back. */
struct impatient {
	uint64_t looks;
	bool gave_up, was_asked_again;
};

static bool give_up_there(const struct work *work, void *data)
{
	struct impatient *who = data;

	assert_false(work->bound);
	who->was_asked_again |= who->gave_up;
	who->gave_up |= who->looks-- == 0;
	return who->gave_up;
}

static void check_given_up(struct session *s, const char *line, uint64_t looks)
{
	struct impatient who = { .looks = looks };
	struct text want = { 0 }, got = { 0 };
	struct error err;

	whole_state(s, &want);
	s->hooks.watcher = (struct watcher){ give_up_there, &who };
	assert_false(session_run(s, line, &err).ok);
	s->hooks.watcher.stops = NULL;
	assert_non_null(strstr(err.msg, ": stopped before its end: all is as it was"));
	assert_true(who.gave_up);
	assert_false(who.was_asked_again);
	whole_state(s, &got);
	assert_string_equal(text_str(&got), text_str(&want));
	text_free(&want);
	text_free(&got);
}

static const char *const changes[] = { "arch 386", "arch s390x", "go 1.22", "go 1.26",
	"hash wyhash", "random 77", "hint 500" };

static void check_all_given_up(struct session *s)
{
	for (size_t i = 0; i < LENGTH(changes); i++)
		for (uint64_t looks = 0; looks < 14; looks += 4)
			check_given_up(s, changes[i], looks);
}

/* Everything that is run again under other circumstances can be given up, and then nothing is. */
static void a_change_that_is_given_up_is_none(void **state)
{
	struct session s;
	struct error err;

	(void)state;
	rig_open(&s, "map[int]int", "amd64", true);
	s.desk.keep_json = true;
	rig_run(&s, "fill 600 ; caption \"one\" ; snapshot \"first\" ; delete 0..99 ; undo 40 ; "
		"snapshot \"in the past\" ; redo 30 ; insert 7 8 ; fill 2800 ; snapshot \"last\"");
	check_all_given_up(&s);
	rig_run(&s, "lookup 7");
	check_given_up(&s, "arch 386", 3);
	rig_goto(&s, 1234);
	check_all_given_up(&s);
	assert_true(session_goto_event(&s, 1, &err));
	check_given_up(&s, "arch 386", 2);
	check_given_up(&s, "hash wyhash", 9);
	rig_run(&s, "arch 386");
	session_close(&s);
}

/* What was garbage at some point is the same garbage whichever way it is come to. */
static void check_garbage(const char *type, const char *release, const char *lines)
{
	enum { POINTS = 6, VISITS = 18 };
	static const int around[POINTS] = { -4000, -1, 0, 1, 3000, 4600 };
	struct rig_dice dice = { 11 };
	uint64_t points[POINTS], memory[POINTS] = { 0 }, end;
	struct session s;

	rig_open_go(&s, type, NULL, release, true);
	rig_run(&s, lines);
	end = s.time.total;
	assert_true(landmarks_next(&s.time.landmarks, end, false, &end));
	for (int i = 0; i < POINTS; i++) {
		points[i] = end + (uint64_t)around[i];
		points[i] = points[i] < s.time.total ? points[i] : s.time.total;
	}
	for (int i = 0; i < VISITS; i++) {
		size_t at = i ? rig_below(&dice, POINTS) : POINTS - 1;
		uint64_t now;

		rig_goto(&s, points[at]);
		now = rig_memory(&s);
		if (memory[at] && memory[at] != now)
			fail_msg("%s %s, visit %d: point %llu has other bytes", type, release, i,
				(unsigned long long)points[at]);
		memory[at] = now;
	}
	session_close(&s);
}

static void garbage_is_the_same_every_way(void **state)
{
	(void)state;
	check_garbage("map[uint16]int8", "1.19",
		"fill 65536 ; delete 0..9000 ; fill 65536 ; clear ; "
		"fill 65536 ; delete 0..900 ; fill 65536");
	check_garbage("map[int]int", "1.19", "fill 234500");
	check_garbage("map[int]int", "1.24", "fill 202600");
	check_garbage("map[int]int", "1.27-X:mapsplitgroup", "fill 202600");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_way_leads_to_the_same_state),
		cmocka_unit_test(fresh_sessions_agree),
		cmocka_unit_test(bulk_fills_have_a_past),
		cmocka_unit_test(the_end_is_whole_after_a_replay),
		cmocka_unit_test(a_session_without_journal_gets_one),
		cmocka_unit_test(the_past_of_what_was_given_up),
		cmocka_unit_test(given_up_before_there_is_a_map),
		cmocka_unit_test(the_present_is_not_lost),
		cmocka_unit_test(all_that_takes_long_can_be_given_up),
		cmocka_unit_test(a_change_that_is_given_up_is_none),
		cmocka_unit_test(garbage_is_the_same_every_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
