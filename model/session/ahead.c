/* SPDX-License-Identifier: MIT */
#include "model/session/ahead.h"

#include "model/base/copy.h"
#include "model/go/store.h"

enum { LARGE = 16384 /* entries from which on it is worth it */ };

_Static_assert(AHEADS * AHEAD_KEYS < AHEAD_MOST, "a hash is needed until its key's turn");

/* Of the key so far behind the one whose turn it is, once its hash is known. */
static void fetch(const struct map *m, const struct look_ahead *a, uint64_t i, enum ahead ahead)
{
	uint64_t behind = (uint64_t)(AHEADS - ahead) * AHEAD_KEYS;

	if (a->next - i > behind)
		map_prefetch(m, a->hash[(i + behind) % AHEAD_MOST].hash, ahead);
}

/* What is kept of the run's keys: bytes, or texts. */
static bool keeps_bytes(const struct gotype *key)
{
	return !key->pointers && key->size <= VALUE_TEXT_MOST;
}

static bool keeps_texts(const struct gotype *key, const struct key_run *r)
{
	return key->kind == KIND_STRING && !r->prefix;
}

/* Makes key i ahead of its turn. */
static bool make_key(const struct key_run *r, const struct value_home *home,
	const struct gotype *type, uint64_t i, struct kept_key *kept, uint8_t *key)
{
	struct error unused;

	if (keeps_texts(type, r)) {
		kept->len = (uint8_t)value_text((int64_t)i, (char *)kept->bytes);
		return store_string(home, (const char *)kept->bytes, kept->len, key, &unused);
	}
	if (!run_key(r, home, type, (int64_t)i, key, &unused))
		return false;
	if (keeps_bytes(type))
		copy_few(kept->bytes, key, (size_t)type->size);
	return true;
}

/* Hashes the keys behind number i, as far as it is worth it. */
static void look(struct session *s, struct look_ahead *a, const struct key_run *r, uint64_t i,
	uint8_t *key)
{
	const struct map *m = &s->world.map;
	struct value_home home = { .heap = &s->world.heap, .scratch = true, .whole = m->type->key };
	uint64_t left = (uint64_t)r->to - i, most = AHEADS * AHEAD_KEYS;

	for (; a->next - i <= (left < most ? left : most); a->next++) {
		unsigned at = a->next % AHEAD_MOST;

		if (!make_key(r, &home, m->type->key, a->next, &a->keys[at], key))
			return;
		a->hash[at] = map_hash_of(m, key);
		map_prefetch(m, a->hash[at].hash, AHEAD_FAR);
	}
}

/* Whether key i was hashed. */
static bool is_known(const struct look_ahead *a, uint64_t i)
{
	return i - a->first < a->next - a->first;
}

/* Key i, as far as something of it was kept. */
static bool take_key(const struct look_ahead *a, const struct key_run *r,
	const struct value_home *home, const struct gotype *type, uint64_t i, uint8_t *key,
	struct error *err)
{
	const struct kept_key *kept = &a->keys[i % AHEAD_MOST];
	struct value_home whole = *home;

	if (keeps_bytes(type)) {
		copy_few(key, kept->bytes, (size_t)type->size);
		return true;
	}
	whole.whole = type;
	return keeps_texts(type, r)
		? store_string(&whole, (const char *)kept->bytes, kept->len, key, err)
		: run_key(r, home, type, (int64_t)i, key, err);
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
	return take_key(a, r, home, type, i, key, err);
}

void ahead_end(struct session *s)
{
	s->world.map.foreseen = NULL;
}
