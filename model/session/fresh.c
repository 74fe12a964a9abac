/* SPDX-License-Identifier: MIT */
/* The commands that look for keys which the map does not hold: collide and grow. */
#include "model/map/classic/reading.h"
#include "model/session/operation.h"

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
	struct trace *events = s->world.map.trace;
	uint64_t tries = 0, B = map_get(&s->world.map, HMAP_B), most = (1ull << B) * 4096 + 1000000;
	uint64_t variety = value_variety(key), numbers = gotype_is_signed(key) ? variety / 2 : variety;
	bool found = false, ok = true;

	s->world.map.trace = NULL;
	for (; !found && tries < most; ++*i, tries++) {
		struct place where;

		if (*i < 0 || (uint64_t)*i >= numbers)
			break;
		heap_scratch_reset(&s->world.heap);
		ok = value_generate(&home, key, *i, c->key, err);
		if (!ok)
			break;
		if (!any_bucket && (map_hash(&s->world.map, c->key) & ((1ull << B) - 1)) != bucket)
			continue;
		found = !map_lookup(&s->world.map, c->key, &where);
	}
	s->world.map.trace = events;
	if (found || !ok)
		return found;
	return fail(err, any_bucket ? "no keys of type %s are left"
				    : "no more keys of type %s were found for that bucket", key->name);
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

bool command_collide(struct session *s, const char *args, struct error *err)
{
	uint64_t bucket, buckets, n = 1;
	int64_t i = 0;
	struct cell c;
	bool ok = true;

	if (!args_number(&args, INT64_MAX, &bucket, err))
		return false;
	if (!args_last_number(&args, INT64_MAX, &n, "collide BUCKET [N]", err))
		return false;
	buckets = session_buckets(s);
	if (bucket >= buckets)
		return s->run.again || fail(err, "there is no bucket %llu: the map has %llu",
					(unsigned long long)bucket, (unsigned long long)buckets);
	if (!session_check_room(s, n, err))
		return false;
	if (n > COLLIDE_MOST)
		return fail(err,
			"%llu keys are too many for one bucket: %d at most, as each one walks "
				 "past all before it", (unsigned long long)n, COLLIDE_MOST);
	if (!session_ensure_map(s, err))
		return false;
	c = cell_new(s);
	for (; ok && n > 0 && step_begin(s); n--)
		ok = insert_fresh(s, &c, &i, false, bucket, err);
	cell_free(&c);
	return ok;
}

/* Whether the last operation started a growth: looks at the array, not at the events. */
struct growth_watch {
	uint64_t buckets, oldbuckets;
};

static struct growth_watch watch_growth(const struct session *s)
{
	return (struct growth_watch){ .buckets = map_get(&s->world.map, HMAP_BUCKETS),
		.oldbuckets = map_get(&s->world.map, HMAP_OLDBUCKETS) };
}

/*
 * A growth has started since: the array is another one. (The first array of a map that had
 * none is no growth.)
 */
static bool growth_started(const struct session *s, const struct growth_watch *w)
{
	return w->buckets && map_get(&s->world.map, HMAP_BUCKETS) != w->buckets;
}

static bool grow_by_load(struct session *s, struct cell *c, struct error *err)
{
	int64_t i = (int64_t)map_get(&s->world.map, HMAP_COUNT);
	struct growth_watch w = watch_growth(s);
	bool ok = true;

	step_bulk(s, map_inserts_left(&s->world.map) + 1);
	while (ok && !growth_started(s, &w) && step_begin(s)) {
		if (!w.buckets)
			w = watch_growth(s);
		ok = insert_fresh(s, c, &i, true, 0, err);
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

bool command_grow(struct session *s, const char *args, struct error *err)
{
	bool same = args_word(&args, "same"), ok;
	struct cell c;

	if (!args_end(&args, "grow [same]", err) || !session_ensure_map(s, err))
		return false;
	c = cell_new(s);
	ok = same ? grow_same_size(s, &c, err) : grow_by_load(s, &c, err);
	cell_free(&c);
	return ok;
}
