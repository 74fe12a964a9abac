/* SPDX-License-Identifier: MIT */
/*
 * The commands that put the entries into a new map: rebuild, which makes one with the right hint
 * and has a range insert them, and clone, which does what maps.Clone does in the release: copies
 * the memory in one step, or just that. The map before is garbage then, as after `m =
 * maps.Clone(m)`.
 */
#include "model/session/operation.h"

#include <stdio.h>

#include "model/map/engine.h"

/* The map before, as a range goes through it. What it changes there nobody comes back to. */
struct old {
	struct map map;
	struct cell at;
	uint64_t bytes;
};

static void take_entry(void *data, const struct place *where)
{
	struct old *o = data;

	/* Both are copied when they are inserted, and stay where they are until then. */
	o->at.key = map_key(&o->map, where->addr, where->slot);
	o->at.elem = map_elem(&o->map, where->addr, where->slot);
}

/* The loop of a map that is gone is no longer saved. */
static bool next_entry(struct session *s, struct old *o)
{
	bool journal = s->world.journal.on, came;

	s->world.journal.on = false;
	came = map_next(&o->map, 1, take_entry, o) == 1;
	s->world.journal.on = journal;
	return came;
}

/* In the last step the map before is let go of; what is cut short before that holds both. */
static void end(struct session *s, uint64_t before)
{
	heap_drop(&s->world.heap);
	TELL(&s->world.map, .kind = EVENT_ANEW, .anew = { .before = before,
		.after = map_reached(&s->world.map).bytes });
}

static void set_hint(struct session *s, uint64_t hint)
{
	journal_save(&s->world.journal, &s->world.hint, sizeof s->world.hint);
	s->world.hint = hint;
}

/* A range begins, and a map for as many entries is there. */
static bool make_anew(struct session *s, const struct place *start, struct old *o,
	struct error *err)
{
	uint64_t count = map_count(&s->world.map);

	struct trace *trace = s->world.map.trace;
	bool ok;

	o->bytes = map_reached(&s->world.map).bytes;
	/* The step is told as what it leads to. */
	s->world.map.trace = NULL;
	ok = map_range(&s->world.map, start, err);
	s->world.map.trace = trace;
	if (!ok)
		return false;
	/* A range may have made lists in it. */
	heap_keep(&s->world.heap);
	o->map = s->world.map;
	o->map.trace = NULL;
	world_end_loop(&s->world);
	set_hint(s, count);
	return map_make(&s->world.map, count, err);
}

/* Each entry that comes is a step. */
static bool insert_all(struct session *s, const char *label, const struct place *start,
	struct error *err)
{
	uint64_t count = map_count(&s->world.map);
	struct old old;

	step_bulk(s, count + 1);
	if (!step_begin(s))
		return true;
	if (!make_anew(s, start, &old, err))
		return false;
	if (count == 0)
		end(s, old.bytes);
	step_end(s, label, NULL, NULL);
	for (uint64_t i = 1; i <= count && step_begin(s); i++) {
		if (!next_entry(s, &old))
			return true;
		if (!map_assign(&s->world.map, old.at.key, old.at.elem, err))
			return false;
		if (i == count)
			end(s, old.bytes);
		step_end(s, "insert", old.at.key, NULL);
	}
	return true;
}

static bool copy_all(struct session *s, struct error *err)
{
	uint64_t before, count;

	if (!step_begin(s))
		return true;
	before = map_reached(&s->world.map).bytes;
	count = map_count(&s->world.map);
	world_end_loop(&s->world);
	heap_keep(&s->world.heap);
	if (!map_clone(&s->world.map, err))
		return false;
	set_hint(s, s->world.map.type->engine->layout.grows_in_parts ? count : s->world.hint);
	end(s, before);
	step_end(s, "clone", NULL, NULL);
	return true;
}

static bool put_anew(struct session *s, const char *args, const char *verb, bool copies,
	struct error *err)
{
	struct range_from start;
	struct text label = { 0 };
	bool ok;

	if (!read_range_from(s, args, verb, &start, err) || !session_ensure_map(s, err))
		return false;
	if (copies)
		return copy_all(s, err);
	text_printf(&label, "%s%s%s", verb, start.given ? " " : "", start.given ? args : "");
	ok = insert_all(s, text_str(&label), start.given ? &start.place : NULL, err);
	text_free(&label);
	return ok;
}

bool command_rebuild(struct session *s, const char *args, struct error *err)
{
	return put_anew(s, args, "rebuild", false, err);
}

bool command_clone(struct session *s, const char *args, struct error *err)
{
	return put_anew(s, args, "clone", s->given.release->clones, err);
}
