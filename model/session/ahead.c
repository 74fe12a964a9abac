/* SPDX-License-Identifier: MIT */
#include "model/session/ahead.h"

#include "model/base/copy.h"

enum { LARGE = 16384 /* entries from which on it is worth it */ };

_Static_assert(AHEADS * AHEAD_KEYS < AHEAD_MOST, "a hash is needed until its key's turn");

/* Of the key so far behind the one whose turn it is, once its hash is known. */
static void fetch(const struct map *m, const struct look_ahead *a, uint64_t i, enum ahead ahead)
{
	uint64_t behind = (uint64_t)(AHEADS - ahead) * AHEAD_KEYS;

	if (a->next - i > behind)
		map_prefetch(m, a->hash[(i + behind) % AHEAD_MOST].hash, ahead);
}

static bool keeps_keys(const struct gotype *key)
{
	return !key->pointers && key->size <= AHEAD_KEY_MOST;
}

/* Hashes the keys behind number i, as far as it is worth it. */
static void look(struct session *s, struct look_ahead *a, const struct key_run *r, uint64_t i,
	uint8_t *key)
{
	struct value_home home = { .heap = &s->world.heap, .scratch = true };
	const struct map *m = &s->world.map;
	uint64_t left = (uint64_t)r->to - i, most = AHEADS * AHEAD_KEYS;
	struct error unused;

	for (; a->next - i <= (left < most ? left : most); a->next++) {
		unsigned at = a->next % AHEAD_MOST;

		if (!run_key(r, &home, m->type->key, (int64_t)a->next, key, &unused))
			return;
		a->hash[at] = map_hash_of(m, key);
		if (keeps_keys(m->type->key))
			copy_few(a->keys[at], key, (size_t)m->type->key->size);
		map_prefetch(m, a->hash[at].hash, AHEAD_FAR);
	}
}

/* Whether key i was hashed. */
static bool is_known(const struct look_ahead *a, uint64_t i)
{
	return i - a->first < a->next - a->first;
}

bool ahead_key(struct session *s, struct look_ahead *a, const struct key_run *r,
	const struct value_home *home, int64_t now, uint8_t *key, struct error *err)
{
	struct map *m = &s->world.map;
	const struct gotype *type = m->type->key;
	uint64_t i = (uint64_t)now;

	if (map_count(m) >= LARGE) {
		if (a->next - i - 1 >= AHEAD_MOST)
			a->first = a->next = i + 1;
		look(s, a, r, i, key);
		fetch(m, a, i, AHEAD_NEAR);
		fetch(m, a, i, AHEAD_NEXT);
	}
	m->foreseen = NULL;
	if (!is_known(a, i))
		return run_key(r, home, type, now, key, err);
	m->hashed = a->hash[i % AHEAD_MOST];
	m->foreseen = type->reflexive ? key : NULL;
	if (!keeps_keys(type))
		return run_key(r, home, type, now, key, err);
	copy_few(key, a->keys[i % AHEAD_MOST], (size_t)type->size);
	return true;
}

void ahead_end(struct session *s)
{
	s->world.map.foreseen = NULL;
}
