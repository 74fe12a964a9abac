/* SPDX-License-Identifier: MIT */
/* The commands that work on the map. Each map operation is one step of the timeline. */
#include "model/session/ahead.h"
#include "model/base/saturate.h"
#include "model/figures/cell.h"
#include "model/session/operation.h"
#include "model/session/run.h"

#include <stdio.h>
#include <stdlib.h>

#include "model/base/mem.h"
#include "model/map/engine.h"

enum { RUN_MOST = 1000000000 }; /* keys that one command deletes or looks up */

struct cell cell_new(const struct session *s)
{
	size_t key = (size_t)s->world.map.type->key->size,
		elem = (size_t)s->world.map.type->elem->size;

	return (struct cell){ .key = xcalloc(1, key), .elem = xcalloc(1, elem) };
}

void cell_free(struct cell *c)
{
	free(c->key);
	free(c->elem);
}

struct value_home session_home(struct session *s, bool scratch)
{
	return (struct value_home){ .heap = &s->world.heap, .declared = s->given.declared,
		.scratch = scratch };
}

static bool make_map(struct session *s, uint64_t hint, struct error *err)
{
	struct heap_state *state = &s->world.heap.state;

	if (!step_begin(s))
		return true;
	/* The figures are those of the map that is shown. */
	journal_save(&s->world.journal, &state->alloc_objects, 7 * sizeof state->alloc_objects);
	state->alloc_objects = state->alloc_bytes = state->freed_objects = state->freed_bytes = 0;
	state->lost_bytes = state->beside_bytes = state->most_bytes = 0;
	journal_save(&s->world.journal, &s->world.hint, sizeof s->world.hint);
	s->world.hint = hint;
	world_end_loop(&s->world);
	if (!map_make(&s->world.map, hint, err))
		return false;
	step_end(s, "make", NULL, NULL);
	return true;
}

bool session_ensure_map(struct session *s, struct error *err)
{
	char line[32];
	bool ok;

	if (s->world.map.header)
		return true;
	/* Every point belongs to a command of the timeline. */
	snprintf(line, sizeof line, "make %llu", (unsigned long long)s->given.first_hint);
	ok = s->run.running || s->run.again ? make_map(s, s->given.first_hint, err)
		: session_run(s, s->given.first_hint ? line : "make", err).ok;
	/* Who watches may have given it up before it was made. */
	return ok && (s->world.map.header || work_fail(err));
}

bool command_make(struct session *s, const char *args, struct error *err)
{
	uint64_t hint = 0;

	return args_last_number(&args, INT64_MAX, &hint, "make [HINT]", err) &&
		make_map(s, hint, err);
}

/* Runs of generated keys */

bool assign_step(struct session *s, struct cell *c, bool show_elem, struct error *err)
{
	if (!map_assign(&s->world.map, c->key, c->elem, err))
		return false;
	step_end(s, "insert", c->key, show_elem ? c->elem : NULL);
	return true;
}

bool delete_step(struct session *s, struct cell *c, bool show_elem, struct error *err)
{
	bool deleted;

	(void)show_elem;
	if (!map_delete(&s->world.map, c->key, &deleted, err))
		return false;
	step_end(s, "delete", c->key, NULL);
	return true;
}

static bool check_variety(const struct gotype *key, int64_t from, int64_t to, struct error *err)
{
	uint64_t variety = value_variety(key);

	if (gotype_is_int(key)) /* each number is checked by itself: a run may be negative */
		return true;
	if (from < 0 && key->kind == KIND_BOOL)
		return fail(err, "key %lld does not fit bool", (long long)from);
	if (to >= 0 && (uint64_t)to >= variety)
		return fail(err, "key %lld does not fit %s: it has %llu value%s", (long long)to,
			key->name, (unsigned long long)variety, variety == 1 ? "" : "s");
	return true;
}

/* Whether both ends of a run can be made. */
static bool check_run(struct session *s, const struct key_run *r, struct error *err)
{
	int64_t from = r->from, to = r->to;
	const struct gotype *key = s->world.map.type->key;
	struct value_home home = session_home(s, true);
	struct cell c;
	bool ok;

	if (from > to)
		return fail(err, "%lld..%lld runs backwards", (long long)from, (long long)to);
	if (!r->prefix && !check_variety(key, from, to, err))
		return false;
	c = cell_new(s);
	heap_scratch_reset(&s->world.heap);
	ok = run_key(r, &home, key, from, c.key, err) && run_key(r, &home, key, to, c.key, err);
	cell_free(&c);
	return ok;
}

/* An insert is bounded by memory; what takes none must be bounded by time. */
static bool check_time(int64_t from, int64_t to, struct error *err)
{
	if ((uint64_t)to - (uint64_t)from < RUN_MOST)
		return true;
	return fail(err, "%lld..%lld are too many keys: %d at most", (long long)from, (long long)to,
		RUN_MOST);
}

/* Bytes the map would take with so many entries, with what large keys and elems take. */
static uint64_t map_bytes(const struct maptype *t, uint64_t count)
{
	uint64_t each = cell_apart_bytes(t);

	if (count > t->target->max_alloc) /* each takes a byte at least */
		return UINT64_MAX;
	if (t->key->kind == KIND_STRING || t->key->kind == KIND_ANY)
		each += 16;
	return saturating_sum(saturating_product(count, each), t->engine->layout.bytes(t, count));
}

/* What cannot fit is refused at once, not tried. */
bool session_check_room(struct session *s, uint64_t more, struct error *err)
{
	uint64_t count = map_count(&s->world.map), bytes;

	/* Of a run that was given up, only what was done is done again. */
	if (more > s->run.stop - s->time.now)
		more = s->run.stop - s->time.now;
	bytes = more > UINT64_MAX - count ? UINT64_MAX : map_bytes(s->world.map.type, count + more);
	if (heap_has_room(&s->world.heap, bytes, err))
		return true;
	return fail_in(err, "%llu entries", (unsigned long long)more);
}

static bool run_keys(struct session *s, const struct key_run *r, bool scratch, operation *op,
	struct error *err)
{
	struct value_home home = session_home(s, scratch);
	struct look_ahead ahead;
	struct cell c = cell_new(s);
	bool ok = true;

	ahead_begin(&ahead, s, r);
	step_bulk(s, (uint64_t)r->to - (uint64_t)r->from + 1);
	for (int64_t i = r->from; ok && step_begin(s); i++) {
		ok = ahead_key(s, &ahead, &home, i, c.key, err) && op(s, &c, false, err);
		if (i == r->to)
			break;
	}
	ahead_end(s);
	cell_free(&c);
	return ok;
}

/* Reads a key and, where one is asked for and given, an elem; *elem says whether it was. */
static bool read_cell(struct session *s, const char *args, bool with_elem, bool scratch,
	struct cell *c, bool *elem, const char *usage, struct error *err)
{
	struct value_home home = session_home(s, scratch);

	*elem = false;
	if (!value_parse(&home, s->world.map.type->key, &args, c->key, "key", err))
		return false;
	if (with_elem) {
		*elem = args_more(&args);
		if (*elem && !value_parse(&home, s->world.map.type->elem, &args, c->elem, "elem",
			err))
			return false;
	}
	return args_end(&args, usage, err);
}

/*
 * A literal is read into the heap in the course of its step. Where a mistake in it would cost
 * something, a future or a map made for nothing, it is read once before, into scratch memory.
 */
static bool check_cell(struct session *s, const char *args, bool with_elem, struct cell *c,
	const char *usage, struct error *err)
{
	bool elem;

	if (s->run.again || (s->world.map.header && s->time.now == s->time.total))
		return true;
	heap_scratch_reset(&s->world.heap);
	return read_cell(s, args, with_elem, true, c, &elem, usage, err);
}

/* One key, and for an insert its elem, from the command line. */
static bool one_key(struct session *s, const char *args, bool with_elem, operation *op,
	const char *usage, struct error *err)
{
	struct cell c = cell_new(s);
	bool elem, ok = check_cell(s, args, with_elem, &c, usage, err) &&
		session_ensure_map(s, err);

	if (ok && step_begin(s))
		ok = read_cell(s, args, with_elem, !with_elem, &c, &elem, usage, err) &&
			op(s, &c, elem, err);
	cell_free(&c);
	return ok;
}

static bool insert_run(struct session *s, const struct key_run *r, struct error *err)
{
	uint64_t more = (uint64_t)r->to - (uint64_t)r->from;

	more += more < UINT64_MAX; /* all of int64 are one more than can be told */
	return check_run(s, r, err) &&
		session_check_room(s, more, err) && session_ensure_map(s, err) &&
		run_keys(s, r, false, assign_step, err);
}

static bool delete_run(struct session *s, const struct key_run *r, struct error *err)
{
	return check_run(s, r, err) && check_time(r->from, r->to, err) &&
		session_ensure_map(s, err) && run_keys(s, r, true, delete_step, err);
}

/* A run of keys, which must be all that there is. */
typedef bool run_command(struct session *s, const struct key_run *r, struct error *err);

/* *is says whether the arguments are, or were meant to be, a run. */
static bool run_of_keys(struct session *s, const char *args, run_command *command,
	const char *usage, bool *is, struct error *err)
{
	struct key_run r;
	bool ok = run_parse(&r, &args, s->world.map.type->key, err);

	*is = ok || err->msg[0];
	ok = ok && args_end(&args, usage, err) && command(s, &r, err);
	run_free(&r);
	return ok;
}

bool command_insert(struct session *s, const char *args, struct error *err)
{
	bool is, ok;

	if (!*args)
		return fail(err, "a key is missing: insert KEY [ELEM], A..B or @FILE");
	if (*args == '@')
		return file_keys(s, args, KEYS_INSERT, err);
	ok = run_of_keys(s, args, insert_run, "insert A..B", &is, err);
	return is ? ok : one_key(s, args, true, assign_step, "insert KEY [ELEM]", err);
}

bool command_fill(struct session *s, const char *args, struct error *err)
{
	uint64_t n;
	struct key_run r = { 0 };

	if (!args_number(&args, INT64_MAX, &n, err) || !args_end(&args, "fill N", err))
		return false;
	r.to = (int64_t)n - 1;
	return n ? insert_run(s, &r, err) : session_ensure_map(s, err);
}

bool command_delete(struct session *s, const char *args, struct error *err)
{
	bool is, ok;

	if (!*args)
		return fail(err, "a key is missing: delete KEY, A..B or @FILE");
	if (*args == '@')
		return file_keys(s, args, KEYS_DELETE, err);
	ok = run_of_keys(s, args, delete_run, "delete A..B", &is, err);
	return is ? ok : one_key(s, args, false, delete_step, "delete KEY", err);
}

bool command_clear(struct session *s, const char *args, struct error *err)
{
	if (!args_end(&args, "clear", err) || !session_ensure_map(s, err))
		return false;
	if (step_begin(s)) {
		map_clear(&s->world.map);
		step_end(s, "clear", NULL, NULL);
	}
	return true;
}

bool command_gc(struct session *s, const char *args, struct error *err)
{
	struct heap_state *state = &s->world.heap.state;
	struct account reached;
	uint64_t objects, bytes;

	if (!args_end(&args, "gc", err) || !session_ensure_map(s, err))
		return false;
	if (!step_begin(s))
		return true;
	reached = map_reached(&s->world.map);
	objects = state->alloc_objects - state->freed_objects - reached.objects;
	bytes = state->alloc_bytes - state->freed_bytes - reached.bytes;
	journal_save(&s->world.journal, &state->freed_objects, 2 * sizeof state->freed_objects);
	state->freed_objects += objects;
	state->freed_bytes += bytes;
	TELL(&s->world.map, .kind = EVENT_GC, .gc = { .objects = objects, .bytes = bytes });
	step_end(s, "gc", NULL, NULL);
	return true;
}

bool command_evacuate(struct session *s, const char *args, struct error *err)
{
	uint64_t n = 1;

	if (!args_last_number(&args, UINT64_MAX, &n, "evacuate [N]", err))
		return false;
	if (!s->world.map.type->engine->layout.grows_in_parts) {
		if (!s->run.again)
			s->run.says =
				"evacuate changes nothing: this design moves a whole table at once";
		return true;
	}
	/* Run again for another target, the growth may be over sooner. */
	if (!map_moving(&s->world.map))
		return s->run.again || fail(err, "no growth is under way");
	for (; n > 0 && map_moving(&s->world.map) && step_begin(s); n--) {
		if (!map_work(&s->world.map, err))
			return false;
		step_end(s, "evacuate", NULL, NULL);
	}
	return true;
}

/*
 * A lookup makes no point and changes nothing; its events are kept apart until something else
 * happens. Of what a NaN's hash draws only values that were given are used up, with the command.
 */
bool lookup_step(struct session *s, struct cell *c, bool show_elem, struct error *err)
{
	struct trace *events = s->world.map.trace;
	struct random *random = &s->world.random;
	uint32_t head = random->draws.head;
	uint64_t drawn = random->state;
	bool journal = s->world.journal.on;
	struct text label = { 0 };

	(void)show_elem;
	(void)err;
	if (events) {
		s->shown.probe.count = 0;
		s->world.map.trace = &s->shown.probe;
		free(s->shown.probe_label);
		text_add(&label, "lookup ");
		value_format(&s->world.heap, s->world.map.type->key, c->key, &label, 0);
		s->shown.probe_label = label.s;
	}
	s->world.journal.on = false;
	random->draws.head += s->run.looked;
	map_lookup(&s->world.map, c->key, NULL);
	s->run.looked = random->draws.head - head;
	s->world.journal.on = journal;
	random->draws.head = head;
	random->state = drawn;
	s->world.map.trace = events;
	return true;
}

/* In the past, a map that was not made yet is looked up in as Go does in a nil map. */
bool ensure_readable(struct session *s, struct error *err)
{
	return (!s->run.again && s->time.now < s->time.total) || session_ensure_map(s, err);
}

static bool lookup_run(struct session *s, const struct key_run *r, struct error *err)
{
	struct value_home home = session_home(s, true);
	struct trace *trace = s->world.map.trace;
	struct look_ahead ahead;
	struct cell c;
	bool ok = check_run(s, r, err) && check_time(r->from, r->to, err) &&
		ensure_readable(s, err);

	if (!ok)
		return false;
	c = cell_new(s);
	ahead_begin(&ahead, s, r);
	/* Only the last lookup of a run is there to be looked at. */
	s->world.map.trace = NULL;
	for (int64_t i = r->from; ok; i++) {
		heap_scratch_reset(&s->world.heap);
		if (i == r->to)
			s->world.map.trace = trace;
		ok = ahead_key(s, &ahead, &home, i, c.key, err) &&
			lookup_step(s, &c, false, err);
		if (i == r->to)
			break;
	}
	ahead_end(s);
	s->world.map.trace = trace;
	cell_free(&c);
	return ok;
}

static bool look_up(struct session *s, const char *args, struct error *err)
{
	struct cell c;
	bool ok, elem, is;

	if (*args == '@')
		return file_keys(s, args, KEYS_LOOKUP, err);
	ok = run_of_keys(s, args, lookup_run, "lookup A..B", &is, err);
	if (is)
		return ok;
	c = cell_new(s);
	heap_scratch_reset(&s->world.heap);
	ok = read_cell(s, args, false, true, &c, &elem, "lookup KEY", err) &&
		ensure_readable(s, err) && lookup_step(s, &c, false, err);
	cell_free(&c);
	return ok;
}

bool command_lookup(struct session *s, const char *args, struct error *err)
{
	bool ok;

	if (!*args)
		return fail(err, "a key is missing: lookup KEY, A..B or @FILE");
	s->run.looked = 0;
	ok = look_up(s, args, err);
	/* One in the past is on no timeline, and neither is what fails. */
	if (ok && !s->run.looks_again && (s->run.again || s->time.now == s->time.total))
		random_pass(&s->world.random, &s->world.random.draws, s->run.looked);
	return ok;
}
