/* SPDX-License-Identifier: MIT */
#include "model/session/ahead.h"

enum { LARGE = 16384 /* entries from which on it is worth it */ };

_Static_assert(AHEADS * AHEAD_KEYS < AHEAD_MOST, "a hash is needed until its key's turn");

/* Of the key so far behind the one whose turn it is, once its hash is known. */
static void fetch(const struct map *m, const struct look_ahead *a, uint64_t i, enum ahead ahead)
{
	uint64_t behind = (uint64_t)(AHEADS - ahead) * AHEAD_KEYS;

	if (a->next - i > behind)
		map_prefetch(m, a->hash[(i + behind) % AHEAD_MOST], ahead);
}

void look_ahead(struct session *s, struct look_ahead *a, const struct key_run *r, int64_t now,
	uint8_t *key)
{
	struct value_home home = { .heap = &s->world.heap, .scratch = true };
	const struct map *m = &s->world.map;
	uint64_t i = (uint64_t)now, left = (uint64_t)r->to - i, most = AHEADS * AHEAD_KEYS;
	struct error unused;

	if (map_count(m) < LARGE)
		return;
	if (a->next - i - 1 >= AHEAD_MOST)
		a->next = i + 1;
	for (; a->next - i <= (left < most ? left : most); a->next++) {
		if (!run_key(r, &home, m->type->key, (int64_t)a->next, key, &unused))
			return;
		a->hash[a->next % AHEAD_MOST] = map_hash_of(m, key);
		map_prefetch(m, a->hash[a->next % AHEAD_MOST], AHEAD_FAR);
	}
	fetch(m, a, i, AHEAD_NEAR);
	fetch(m, a, i, AHEAD_NEXT);
}
