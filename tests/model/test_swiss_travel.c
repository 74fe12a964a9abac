/* SPDX-License-Identifier: MIT */
/*
 * The law of the time axis for Swiss maps, inside operations too: wherever one steps, event by
 * event, forth and back, by undo and jumps and into new futures, the state is the one that a fresh
 * session has there which ran the same commands straight through. With all releases that have such
 * maps, split groups, 32 and 64 bit, both byte orders; tables that grow, split and double the
 * directory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/figures/ledger.h"
#include "model/map/swiss/event.h"
#include "model/map/swiss/reading.h"
#include "model/session/books.h"
#include "model/session/command.h"
#include "model/session/script.h"
#include "tests/model/rig.h"
#include "tests/model/swiss_laws.h"

#include <cmocka.h>

/* A place on the time axis where one was, and what was there. */
struct stop {
	uint64_t point;
	size_t step;         /* of the operation that led there; 0: it is done */
	char *state;
};

struct stops {
	struct stop *list;
	size_t count, cap;
};

/* What a walk came by, so that a test can say it has seen it. */
static unsigned seen[SWISS_EVENT_KINDS];

static void forget_from(struct stops *s, uint64_t point)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->count; i++)
		if (s->list[i].point < point)
			s->list[kept++] = s->list[i];
		else
			free(s->list[i].state);
	s->count = kept;
}

static void stops_free(struct stops *s)
{
	forget_from(s, 0);
	free(s->list);
}

/* All that must come back: memory, chance, allocator, what is in use, the range loop. */
static char *state_of(const struct session *s)
{
	const struct map *m = &s->world.map;
	const struct swiss_loop *l = &m->loop.swiss;
	struct account reached = map_reached(m);
	struct text t = { 0 };

	if (!m->header)
		return xstrdup("no map");
	rig_state(s, &t);
	text_printf(&t, " reached %llu %llu fresh %llx %llx", (unsigned long long)reached.objects,
		(unsigned long long)reached.bytes, (unsigned long long)m->swiss.fresh[0],
		(unsigned long long)m->swiss.fresh[1]);
	text_printf(&t, " loop %d %d %llu", m->loop.begun, m->loop.over,
		(unsigned long long)m->loop.yielded);
	if (m->loop.begun && !m->loop.over)
		text_printf(&t, " at %llu %llu %llu %llu %llx %llu %u",
			(unsigned long long)l->entry, (unsigned long long)l->dir_offset,
			(unsigned long long)l->clear_seq, (unsigned long long)l->dir_idx,
			(unsigned long long)l->table, (unsigned long long)l->entry_idx,
			l->global_depth);
	return t.s;
}

static void same_at(const struct session *s, const struct stop *stop, const char *when)
{
	char *now = state_of(s);

	if (strcmp(now, stop->state) != 0)
		fail_msg("%s: %s, Go %s: at op %llu of %llu, step %zu:\n%s\nwas\n%s", when,
			s->world.map.type->asked, s->given.release->name,
			(unsigned long long)stop->point, (unsigned long long)s->time.total,
			stop->step, now, stop->state);
	free(now);
}

static void note_event(const struct session *s)
{
	size_t n;
	const struct map_event *e = session_trace(s, &n);

	if (s->shown.inside)
		n = s->shown.events;
	if (n && e[n - 1].kind < SWISS_EVENT_KINDS)
		seen[e[n - 1].kind]++;
}

/* Here one is: as it was, where one has been before. */
static void arrive(const struct session *s, struct stops *stops, const char *how)
{
	struct stop here = { .point = s->time.now };
	size_t all;

	if (s->shown.inside)
		here.step = session_step(s, &all);
	else if (!swiss_sound(&s->world.map))
		fail_msg("%s: %s, Go %s: not sound at op %llu", how, s->world.map.type->asked,
			s->given.release->name, (unsigned long long)s->time.now);
	note_event(s);
	for (size_t i = 0; i < stops->count; i++) {
		const struct stop *x = &stops->list[i];

		if (x->point == here.point && x->step == here.step) {
			same_at(s, x, how);
			return;
		}
	}
	here.state = state_of(s);
	stops->list = xroom(stops->list, &stops->cap, stops->count, sizeof *stops->list);
	stops->list[stops->count++] = here;
}

static char *random_command(struct rig_dice *d)
{
	unsigned a = (unsigned)(rig_below(d, 2) ? rig_below(d, 400) : rig_below(d, 1000));

	switch (rig_below(d, 22)) {
	case 20:
		return xstrdup("rebuild");
	case 21:
		return xstrdup("clone");
	case 0:
		return xstrdup("clear");
	case 1:
		return xstrdup("grow");
	case 2:
		return xstrdup(rig_below(d, 2) ? "grow split" : "grow directory");
	case 3:
		return xasprintf("range %u from %u %u", 1 + (unsigned)rig_below(d, 60),
			(unsigned)rig_below(d, 1024), (unsigned)rig_below(d, 4));
	case 4:
		return xstrdup("range 3");
	case 5:
	case 6:
		return xasprintf("next %u", 1 + (unsigned)rig_below(d, 9));
	case 7:
		return xasprintf("collide %u %u", (unsigned)rig_below(d, 2),
			1 + (unsigned)rig_below(d, 12));
	case 8:
		return xasprintf("make %u", (unsigned)rig_below(d, 60));
	case 9:
		return xasprintf("seed %u", (unsigned)rig_roll(d));
	case 10:
	case 11:
	case 12:
	case 13:
		return xasprintf("delete %u..%u", a, a + (unsigned)rig_below(d, 90));
	default:
		return xasprintf("insert %u..%u", a, a + (unsigned)rig_below(d, 120));
	}
}

/* Some steps in one direction. */
static void step_some(struct session *s, struct rig_dice *d, struct stops *stops)
{
	bool forth = rig_below(d, 2);
	struct error err;

	for (uint64_t n = 1 + rig_below(d, 40); n > 0; n--) {
		if (!session_step_event(s, forth, &err))
			break;
		arrive(s, stops, forth ? "a step forth" : "a step back");
	}
}

/* Into an operation that does something which only this design does, just there. */
static void step_through(struct session *s, struct rig_dice *d, struct stops *stops)
{
	unsigned kind = EVENT_NEUTRAL + (unsigned)rig_below(d, SWISS_EVENT_KINDS - EVENT_NEUTRAL);
	uint64_t all = s->time.total, from = rig_below(d, 2) ? all : rig_below(d, all + 1);
	uint64_t least = from > 300 ? from - 300 : 0;
	size_t n;

	for (uint64_t p = from;; p--) {
		const struct map_event *e;

		rig_goto(s, p);
		e = session_trace(s, &n);
		for (size_t i = 0; i < n; i++)
			if (e[i].kind == kind) {
				session_goto_step(s, event_steps(e, i + 1, e[i].looked));
				arrive(s, stops, "a jump into an operation");
				step_some(s, d, stops);
				return;
			}
		if (p == least)
			break;
	}
	arrive(s, stops, "a jump");
}

static void move(struct session *s, struct rig_dice *d, struct stops *stops)
{
	struct error unused;

	switch (rig_below(d, 6)) {
	case 0:
		rig_goto(s, rig_below(d, s->time.total + 1));
		arrive(s, stops, "a jump");
		break;
	case 1:
		session_run(s, rig_below(d, 2) ? "undo" : "redo", &unused);
		arrive(s, stops, "undo or redo");
		break;
	case 2:
	case 3:
		step_through(s, d, stops);
		break;
	default:
		step_some(s, d, stops);
		break;
	}
}

/* A command, now and then one in the past, which begins a new future. */
static void act(struct session *s, struct rig_dice *d, struct stops *stops)
{
	char *line = random_command(d);
	uint64_t first;
	struct error unused;

	if (rig_below(d, 4) > 0)
		rig_goto(s, s->time.total);
	first = s->time.now;
	session_run(s, line, &unused);
	/* What makes no point may change the one that it was given at. */
	forget_from(stops, first);
	arrive(s, stops, line);
	free(line);
}

/* A fresh session that runs what the other one saves, straight through, has the same states. */
static void check_straight(struct session *s, const struct stops *stops)
{
	struct text text = { 0 };
	struct session_options o = { .seed = SESSION_SEED, .history = true };
	struct session fresh;
	struct error err;
	FILE *out = text_stream(&text), *in;

	rig_goto(s, s->time.total);
	session_write(s, out);
	fclose(out);
	assert_true(session_open(&fresh, &o, &err));
	in = fmemopen(text.s, text.len, "r");
	if (!script_run_stream(&fresh, in, "saved", &err))
		fail_msg("%s\n%s", err.msg, text.s);
	fclose(in);
	assert_int_equal(fresh.time.total, s->time.total);
	for (size_t i = 0; i < stops->count; i++) {
		const struct stop *x = &stops->list[i];

		rig_goto(&fresh, x->point);
		if (x->step)
			session_goto_step(&fresh, x->step);
		same_at(&fresh, x, "run straight");
	}
	session_close(&fresh);
	text_free(&text);
}

static const char *const types[] = { "map[int]string", "map[string]int", "map[int32]int8",
	"map[[150]byte]int", "map[int64][200]byte", "map[any]string", "map[float64]int16",
	"map[[2]string]struct{}" };

/* Full tables split soon; tombstones that no key needs, in a full table, are pruned. */
static void begin(struct session *s, uint64_t seed)
{
	static const char *const starts[] = { "make", "make 100 ; collide 0 40 ; delete 0..1500",
		"make 890 ; fill 895", "make 200 ; fill 224 ; delete 0..40 ; insert 900..950",
		"make 8" };
	static const unsigned others[] = { 2, 4, 5, 7, 8, 9, 11, 12, 13, 14 };
	char line[32];

	rig_run(s, starts[seed % LENGTH(starts)]);
	/* Groups 0, 1, 3, 6 and 10 are full of tombstones: eight keys to each of the others. */
	for (size_t i = 0; seed % LENGTH(starts) == 1 && i < LENGTH(others); i++) {
		snprintf(line, sizeof line, "collide %u 8", others[i]);
		rig_run(s, line);
	}
}

static void walk_randomly(const char *go, const char *arch, uint64_t seed)
{
	struct rig_dice d = { seed };
	struct stops stops = { 0 };
	struct session s;
	char line[64];

	rig_open(&s, types[seed % LENGTH(types)], arch, true);
	snprintf(line, sizeof line, "go %s", go);
	rig_run(&s, line);
	begin(&s, seed);
	for (unsigned k = 0; k < 8; k++)
		step_through(&s, &d, &stops);
	for (unsigned round = 0; round < 14; round++) {
		act(&s, &d, &stops);
		for (unsigned k = 0; k < 4; k++)
			move(&s, &d, &stops);
		session_whole(&s);
	}
	check_straight(&s, &stops);
	stops_free(&stops);
	session_close(&s);
}

static void every_step_leads_to_the_same_state(void **state)
{
	static const char *const archs[] = { "amd64", "386", "s390x", "mips" };
	uint64_t seed = 1;

	(void)state;
	for (unsigned i = 0; release_at(i); i++)
		if (release_at(i)->engine == ENGINE_SWISS)
			for (size_t a = 0; a < LENGTH(archs); a++)
				for (unsigned n = 0; n < 4; n++)
					walk_randomly(release_at(i)->name, archs[a], seed++);
	for (unsigned k = EVENT_NEUTRAL; k < SWISS_EVENT_KINDS; k++)
		if (!seen[k])
			fail_msg("no step stopped at event kind %u", k);
}

/*
 * A growth, event by event: what the map has in use is what was in use before and what the
 * operation has allocated since, less what it gave up when the directory came to lead elsewhere. An
 * object is in use from when something leads to it: the events that tell of one being made come
 * before.
 */
static void watch_growth(const char *type, const char *release, const char *script)
{
	struct session s;
	struct error err;
	struct account before;
	uint64_t allocated, moves = 0;
	size_t all, n;

	rig_open_go(&s, type, "amd64", release, true);
	rig_run(&s, script);
	assert_true(session_goto(&s, s.time.total - 1, &err));
	before = map_reached(&s.world.map);
	allocated = s.world.heap.state.alloc_bytes;
	while (session_step_event(&s, true, &err) && s.shown.inside &&
		session_step(&s, &all) < all) {
		const struct map_event *e = &session_trace(&s, &n)[s.shown.events - 1];
		uint64_t since = s.world.heap.state.alloc_bytes - allocated;
		struct account now = map_reached(&s.world.map);
		struct ledger l;

		ledger_take(&s.world.map, &l);
		assert_int_equal(l.total, now.bytes);
		assert_int_equal(l.objects, now.objects);
		assert_int_equal(session_ledger(&s)->total, now.bytes);
		if (e->kind != SWISS_EVENT_MOVE)
			continue;
		assert_int_equal(now.bytes, before.bytes + since);
		assert_true(now.bytes > before.bytes);
		moves++;
	}
	assert_true(moves > 0);
	session_close(&s);
}

static void both_tables_are_in_use(void **state)
{
	(void)state;
	watch_growth("map[int]string", "1.27", "fill 9");
	watch_growth("map[int]string", "1.24", "fill 15");
	watch_growth("map[int][200]byte", "1.26", "fill 29");
	watch_growth("map[int]int", "1.27", "fill 897");
	watch_growth("map[[150]byte][200]byte", "1.27", "fill 897");
	watch_growth(
		"map[int64]int8", "1.27-X:mapsplitgroup", "make 1793 ; fill 1000 ; grow split");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_tables_are_in_use),
		cmocka_unit_test(every_step_leads_to_the_same_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
