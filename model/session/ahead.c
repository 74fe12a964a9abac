/* SPDX-License-Identifier: MIT */
#include "model/session/ahead.h"

#include "model/base/copy.h"
#include "model/go/store.h"

enum { LARGE = 16384 /* entries from which on it is worth it */ };

static enum kept what_is_kept(const struct gotype *key, const struct key_run *r)
{
	if (!key->pointers && key->size <= VALUE_TEXT_MOST)
		return KEPT_BYTES;
	return key->kind == KIND_STRING && !r->prefix ? KEPT_TEXT : KEPT_NOTHING;
}

void ahead_begin(struct look_ahead *a, const struct session *s, const struct key_run *r)
{
	a->run = r;
	a->kept = what_is_kept(s->world.map.type->key, r);
	a->since = a->known = a->due = 0;
}

/* Makes a key ahead of its turn, in `key`. */
static bool make_key(const struct look_ahead *a, const struct value_home *home,
	const struct gotype *type, int64_t number, struct kept_key *kept, uint8_t *key)
{
	struct error unused;

	if (a->kept == KEPT_TEXT) {
		kept->len = (uint8_t)value_text(number, (char *)kept->bytes);
		return store_string(home, (const char *)kept->bytes, kept->len, key, &unused);
	}
	return run_key(a->run, home, type, number, key, &unused);
}

/*
 * Hashes the next keys, of one block; `other` has room for one that is not kept as it is. False
 * when there are no more.
 */
static bool hash_block(struct session *s, struct look_ahead *a, uint64_t end, uint8_t *other)
{
	const struct map *m = &s->world.map;
	struct value_home home = { .heap = &s->world.heap, .scratch = true, .whole = m->type->key };
	unsigned first = (unsigned)(a->known % AHEAD_MOST);
	unsigned n = 0, most = AHEAD_KEYS - first % AHEAD_KEYS;

	for (; n < most && a->known < end; n++, a->known++) {
		int64_t number = (int64_t)((uint64_t)a->run->from + a->known);
		struct kept_key *kept = &a->keys[first + n];
		uint8_t *key = a->kept == KEPT_BYTES ? kept->bytes : other;

		heap_scratch_reset(&s->world.heap);
		if (!make_key(a, &home, m->type->key, number, kept, key))
			break;
		a->hash[first + n] = map_hash_of(m, key);
	}
	map_prefetch(m, a->hash + first, n, AHEAD_FAR);
	return n == most;
}

/* Of the block that is so far ahead, once its hashes are known. */
static void fetch(const struct map *m, const struct look_ahead *a, uint64_t k, enum ahead ahead)
{
	uint64_t first = k + (uint64_t)(AHEADS - ahead) * AHEAD_KEYS;

	if (a->known >= first + AHEAD_KEYS)
		map_prefetch(m, a->hash + first % AHEAD_MOST, AHEAD_KEYS, ahead);
}

/*
 * A block begins with key k: those behind it go on by a stage. As a part of ahead_key() it would
 * burden each key.
 */
static __attribute__((noinline)) void begin_block(struct session *s, struct look_ahead *a,
	uint64_t k, uint8_t *key)
{
	const struct map *m = &s->world.map;
	uint64_t last = (uint64_t)a->run->to - (uint64_t)a->run->from;
	uint64_t end = last - k < AHEAD_MOST ? last + 1 : k + AHEAD_MOST;

	a->due = k + AHEAD_KEYS;
	if (map_count(m) < LARGE)
		return;
	if (a->known < k)
		a->since = a->known = k;
	while (a->known < end && hash_block(s, a, end, key))
		;
	fetch(m, a, k, AHEAD_NEAR);
	fetch(m, a, k, AHEAD_NEXT);
}

/* Key k, as far as something of it was kept. */
static bool take_key(const struct look_ahead *a, uint64_t k, const struct value_home *home,
	const struct gotype *type, int64_t number, uint8_t *key, struct error *err)
{
	const struct kept_key *kept = &a->keys[k % AHEAD_MOST];
	struct value_home whole = *home;

	if (a->kept == KEPT_NOTHING)
		return run_key(a->run, home, type, number, key, err);
	whole.whole = type;
	return store_string(&whole, (const char *)kept->bytes, kept->len, key, err);
}

bool ahead_key(struct session *s, struct look_ahead *a, const struct value_home *home,
	int64_t number, uint8_t *key, struct error *err)
{
	struct map *m = &s->world.map;
	const struct gotype *type = m->type->key;
	uint64_t k = (uint64_t)number - (uint64_t)a->run->from;

	if (k == a->due)
		begin_block(s, a, k, key);
	m->foreseen = NULL;
	if (k >= a->known || k < a->since)
		return run_key(a->run, home, type, number, key, err);
	m->hashed = a->hash[k % AHEAD_MOST];
	m->foreseen = type->reflexive ? key : NULL;
	if (a->kept == KEPT_BYTES) {
		copy_few(key, a->keys[k % AHEAD_MOST].bytes, (size_t)type->size);
		return true;
	}
	return take_key(a, k, home, type, number, key, err);
}

void ahead_end(struct session *s)
{
	s->world.map.foreseen = NULL;
}
