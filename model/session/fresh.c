/* SPDX-License-Identifier: MIT */
/* The commands that look for keys which the map does not hold: collide and grow. */
#include "model/map/engine.h"
#include "model/map/units.h"
#include "model/session/operation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLLIDE_MOST = 100000 }; /* keys for one unit: the time goes with their square */

/*
 * The next generated key, from number *i up, that the map does not hold and, with `anywhere`
 * false, that lands in `unit`. Leaves the key in scratch memory.
 */
static bool fresh_key(struct session *s, struct cell *c, int64_t *i, bool anywhere,
	uint64_t unit, struct error *err)
{
	const struct gotype *key = s->world.map.type->key;
	struct value_home home = session_home(s, true);
	uint64_t tries = 0, most = map_extent(&s->world.map).units * 4096 + 1000000;
	uint64_t variety = value_variety(key),
		 numbers = gotype_is_signed(key) ? variety / 2 : variety;
	bool found = false, ok = true;

	for (; !found && tries < most; ++*i, tries++) {
		struct place where;

		if (*i < 0 || (uint64_t)*i >= numbers)
			break;
		heap_scratch_reset(&s->world.heap);
		ok = value_generate(&home, key, *i, c->key, err);
		if (!ok)
			break;
		if (!anywhere && map_home(&s->world.map, c->key) != unit)
			continue;
		found = !map_find(&s->world.map, c->key, &where);
	}
	if (found || !ok)
		return found;
	if (anywhere)
		return fail(err, "no keys of type %s are left", key->name);
	return fail(err, "no more keys of type %s were found for that %s", key->name,
		s->world.map.type->engine->words.unit);
}

/* Inserts the next fresh key. */
static bool insert_fresh(struct session *s, struct cell *c, int64_t *i, bool anywhere,
	uint64_t unit, struct error *err)
{
	struct value_home home = session_home(s, false);

	return fresh_key(s, c, i, anywhere, unit, err) &&
		value_generate(&home, s->world.map.type->key, *i - 1, c->key, err) &&
		assign_step(s, c, false, err);
}

/* "[TABLE:]UNIT": of one array, or counted through all of them. */
static bool read_unit(struct session *s, const char **args, uint64_t *unit, struct error *err)
{
	const struct engine *e = s->world.map.type->engine;
	const char *at = *args, *colon;
	char table[24];

	args_skip(&at);
	colon = at + strspn(at, "0123456789");
	if (!e->reading.first_unit || *colon != ':' || colon == at ||
		colon - at >= (long)sizeof table)
		return args_number(args, INT64_MAX, unit, err);
	snprintf(table, sizeof table, "%.*s", (int)(colon - at), at);
	*args = colon + 1;
	return args_number(args, INT64_MAX, unit, err) &&
		e->reading.first_unit(&s->world.map, strtoull(table, NULL, 10), unit, err);
}

bool command_collide(struct session *s, const char *args, struct error *err)
{
	const struct engine *e = s->world.map.type->engine;
	const char *word = e->words.unit;
	uint64_t unit, units, n = 1;
	char usage[32];
	int64_t i = 0;
	struct cell c;
	bool ok = true;

	if (!read_unit(s, &args, &unit, err))
		return s->run.again;
	snprintf(usage, sizeof usage, "collide %s [N]", e->words.usage);
	if (!args_last_number(&args, INT64_MAX, &n, usage, err))
		return false;
	units = session_units(s);
	if (unit >= units)
		return s->run.again || fail(err, "there is no %s %llu: the map has %llu", word,
					(unsigned long long)unit, (unsigned long long)units);
	if (!session_check_room(s, n, err))
		return false;
	if (n > COLLIDE_MOST)
		return fail(err, "%llu keys are too many for one %s: %d at most, as each one walks "
				 "past all before it", (unsigned long long)n, word, COLLIDE_MOST);
	if (!session_ensure_map(s, err))
		return false;
	c = cell_new(s);
	for (; ok && n > 0 && step_begin(s); n--)
		ok = insert_fresh(s, &c, &i, false, unit, err);
	cell_free(&c);
	return ok;
}

/* What to insert keys for. */
enum goal { GOAL_GROWTH, GOAL_SPLIT, GOAL_DIRECTORY, GOAL_SAME };

/*
 * Whether that has begun since: the array is another one, or there are more. (The first array of a
 * map that had none is no growth.)
 */
static bool is_reached(enum goal goal, const struct extent *was, const struct extent *is)
{
	if (goal == GOAL_SPLIT)
		return was->arrays > 0 && is->arrays > was->arrays;
	if (goal == GOAL_DIRECTORY)
		return was->directory > 0 && is->directory > was->directory;
	return was->array && (is->array != was->array || is->units != was->units);
}

static bool grow_until(struct session *s, enum goal goal, struct cell *c, struct error *err)
{
	const struct map *m = &s->world.map;
	int64_t i = (int64_t)map_count(m);
	struct extent was = map_extent(m), is = was;
	bool ok = true;

	if (m->type->engine->reading.inserts_left)
		step_bulk(s, m->type->engine->reading.inserts_left(m) + 1);
	while (ok && !is_reached(goal, &was, &is) && step_begin(s)) {
		was = is;
		ok = insert_fresh(s, c, &i, true, 0, err);
		is = map_extent(m);
	}
	return ok;
}

/* The key of some live slot, from unit *at on, round and round. */
static bool some_key(const struct units *u, struct cell *c, uint64_t *at)
{
	const struct map *m = u->map;

	for (uint64_t tries = 0; tries < u->all[SIDE_MAIN]; tries++) {
		uint64_t addr = units_at(u, false, ++*at % u->all[SIDE_MAIN]);

		for (; addr; addr = map_link(m, addr)) {
			for (unsigned i = 0; i < SLOTS; i++) {
				if (!map_live(m, addr, i))
					continue;
				memcpy(c->key, map_key(m, addr, i), (size_t)m->type->key->size);
				return true;
			}
		}
	}
	return false;
}

/* A growth by load is what the next fresh key would start. */
static bool is_full(const struct map *m)
{
	return map_extent(m).units > 1 && !map_moving(m) &&
		m->type->engine->reading.inserts_left(m) == 0;
}

/*
 * A same-size growth comes when a map's len stays while its keys change, as in a queue: each
 * fresh key may find its unit full, and the one that is then linked to it stays. So: fill up
 * to the load factor, then delete a key for each one inserted. With two units such a growth
 * is over within the operation that starts it: it is told by the array that is a new one.
 */
static bool grow_same_size(struct session *s, struct cell *c, struct error *err)
{
	const struct map *m = &s->world.map;
	int64_t i = (int64_t)map_count(m);
	uint64_t at = 0, most = 0;
	struct units u = { 0 };
	bool ok = true, done = m->type->engine->reading.same_size(m);

	while (ok && !done && step_begin(s)) {
		struct extent was = map_extent(m), is;

		if (most++ > was.units * 4096 + 65536) {
			ok = fail(err, "none has started after %llu operations",
				(unsigned long long)most);
			break;
		}
		units_read(&u, m);
		if (is_full(m) && some_key(&u, c, &at))
			ok = delete_step(s, c, false, err);
		else
			ok = insert_fresh(s, c, &i, true, 0, err);
		is = map_extent(m);
		done = was.array && was.array != is.array && was.units == is.units;
	}
	units_free(&u);
	return ok;
}

static bool read_goal(const struct engine *e, const char **args, enum goal *goal, struct error *err)
{
	*goal = GOAL_GROWTH;
	if (args_word(args, "same"))
		*goal = GOAL_SAME;
	else if (args_word(args, "split"))
		*goal = GOAL_SPLIT;
	else if (args_word(args, "directory"))
		*goal = GOAL_DIRECTORY;
	if (*goal == GOAL_SAME && !e->reading.same_size)
		return fail(err, "this design has no growth of the same size");
	if ((*goal == GOAL_SPLIT || *goal == GOAL_DIRECTORY) && !e->reading.first_unit)
		return fail(err, "this design has one array: no tables that split, no directory");
	return args_end(
		args, e->reading.first_unit ? "grow [split|directory]" : "grow [same]", err);
}

bool command_grow(struct session *s, const char *args, struct error *err)
{
	enum goal goal;
	struct cell c;
	bool ok;

	if (!read_goal(s->world.map.type->engine, &args, &goal, err) || !session_ensure_map(s, err))
		return false;
	c = cell_new(s);
	ok = goal == GOAL_SAME ? grow_same_size(s, &c, err) : grow_until(s, goal, &c, err);
	cell_free(&c);
	return ok;
}
