/* SPDX-License-Identifier: MIT */
/* The commands that look for keys which the map does not hold: collide and grow. */
#include "model/map/classic/reading.h"
#include "model/session/operation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/map/classic/rules.h"

enum { COLLIDE_MOST = 100000 }; /* keys for one bucket: the time goes with their square */

/*
 * The next generated key, from number *i up, that the map does not hold and, with `any_bucket`
 * false, that lands in `bucket`. Leaves the key in scratch memory.
 */
static bool fresh_key(struct session *s, struct cell *c, int64_t *i, bool any_bucket,
	uint64_t bucket, struct error *err)
{
	const struct gotype *key = s->world.map.type->key;
	struct value_home home = session_home(s, true);
	uint64_t tries = 0, most = map_extent(&s->world.map).units * 4096 + 1000000;
	uint64_t variety = value_variety(key), numbers = gotype_is_signed(key) ? variety / 2 : variety;
	bool found = false, ok = true;

	for (; !found && tries < most; ++*i, tries++) {
		struct place where;

		if (*i < 0 || (uint64_t)*i >= numbers)
			break;
		heap_scratch_reset(&s->world.heap);
		ok = value_generate(&home, key, *i, c->key, err);
		if (!ok)
			break;
		if (!any_bucket && map_home(&s->world.map, c->key) != bucket)
			continue;
		found = !map_find(&s->world.map, c->key, &where);
	}
	if (found || !ok)
		return found;
	if (any_bucket)
		return fail(err, "no keys of type %s are left", key->name);
	return fail(err, "no more keys of type %s were found for that %s", key->name,
		s->world.map.type->engine->unit_word);
}

/* Inserts the next fresh key. */
static bool insert_fresh(struct session *s, struct cell *c, int64_t *i, bool any_bucket,
	uint64_t bucket, struct error *err)
{
	struct value_home home = session_home(s, false);

	return fresh_key(s, c, i, any_bucket, bucket, err) &&
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
	if (!e->first_unit || *colon != ':' || colon == at || colon - at >= (long)sizeof table)
		return args_number(args, INT64_MAX, unit, err);
	snprintf(table, sizeof table, "%.*s", (int)(colon - at), at);
	*args = colon + 1;
	return args_number(args, INT64_MAX, unit, err) &&
		e->first_unit(&s->world.map, strtoull(table, NULL, 10), unit, err);
}

bool command_collide(struct session *s, const char *args, struct error *err)
{
	const char *word = s->world.map.type->engine->unit_word;
	uint64_t bucket, buckets, n = 1;
	int64_t i = 0;
	struct cell c;
	bool ok = true;

	if (!read_unit(s, &args, &bucket, err))
		return s->run.again;
	if (!args_last_number(&args, INT64_MAX, &n, "collide BUCKET [N]", err))
		return false;
	buckets = session_buckets(s);
	if (bucket >= buckets)
		return s->run.again || fail(err, "there is no %s %llu: the map has %llu", word,
					(unsigned long long)bucket, (unsigned long long)buckets);
	if (!session_check_room(s, n, err))
		return false;
	if (n > COLLIDE_MOST)
		return fail(err, "%llu keys are too many for one %s: %d at most, as each one walks "
				 "past all before it", (unsigned long long)n, word, COLLIDE_MOST);
	if (!session_ensure_map(s, err))
		return false;
	c = cell_new(s);
	for (; ok && n > 0 && step_begin(s); n--)
		ok = insert_fresh(s, &c, &i, false, bucket, err);
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

	if (m->type->engine->inserts_left)
		step_bulk(s, m->type->engine->inserts_left(m) + 1);
	while (ok && !is_reached(goal, &was, &is) && step_begin(s)) {
		was = is;
		ok = insert_fresh(s, c, &i, true, 0, err);
		is = map_extent(m);
	}
	return ok;
}

/* The key of some live slot, from bucket *at on, round and round. */
static bool some_key(struct session *s, struct cell *c, uint64_t *at)
{
	const struct map *m = &s->world.map;
	uint64_t buckets = 1ull << map_get(m, HMAP_B);

	for (uint64_t tries = 0; tries < buckets; tries++) {
		uint64_t addr = map_bucket(m, false, ++*at % buckets);

		for (; addr; addr = map_overflow(m, addr)) {
			for (unsigned i = 0; i < SLOTS; i++) {
				if (map_at(m, addr)[i] < MIN_TOPHASH)
					continue;
				memcpy(c->key, map_key(m, addr, i), (size_t)m->type->key->size);
				return true;
			}
		}
	}
	return false;
}

/*
 * A same-size growth comes when a map's len stays while its keys change, as in a queue: each
 * fresh key may find its bucket full, and the overflow bucket it then gets stays. So: fill up
 * to the load factor, then delete a key for each one inserted. With two buckets such a growth
 * is over within the operation that starts it: it is told by the array that is a new one.
 */
static bool grow_same_size(struct session *s, struct cell *c, struct error *err)
{
	int64_t i = (int64_t)map_get(&s->world.map, HMAP_COUNT);
	uint64_t at = 0, most = 0;
	bool ok = true, done = (map_get(&s->world.map, HMAP_FLAGS) & FLAG_SAME_SIZE) != 0;

	while (ok && !done && step_begin(s)) {
		uint64_t B = map_get(&s->world.map, HMAP_B), array = map_get(&s->world.map,
			HMAP_BUCKETS);

		if (most++ > (1ull << B) * 4096 + 65536)
			return fail(err, "none has started after %llu operations",
				(unsigned long long)most);
		if (B > 0 && !map_growing(&s->world.map) && map_inserts_left(&s->world.map) == 0 &&
			some_key(s, c, &at))
			ok = delete_step(s, c, false, err);
		else
			ok = insert_fresh(s, c, &i, true, 0, err);
		done = array && array != map_get(&s->world.map, HMAP_BUCKETS) &&
			B == map_get(&s->world.map, HMAP_B);
	}
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
	if (*goal == GOAL_SAME && !e->grows_in_place)
		return fail(err, "this design has no growth of the same size");
	if ((*goal == GOAL_SPLIT || *goal == GOAL_DIRECTORY) && !e->first_unit)
		return fail(err, "this design has one array: no tables that split, no directory");
	return args_end(args, e->first_unit ? "grow [split|directory]" : "grow [same]", err);
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
