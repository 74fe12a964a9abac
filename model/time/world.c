/* SPDX-License-Identifier: MIT */
#include "model/time/world.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

void world_close(struct world *w)
{
	for (size_t i = 0; i < w->ntypes; i++)
		maptype_free(w->types[i]);
	free(w->types);
	free(w->order.keys);
	heap_close(&w->heap);
	journal_free(&w->journal);
	*w = (struct world){ 0 };
}

void world_end_loop(struct world *w)
{
	journal_save(&w->journal, &w->map.loop, sizeof w->map.loop);
	w->map.loop = (struct range_loop){ 0 };
}

void world_set_peak(struct world *w)
{
	unsigned marks = w->map.landmarks, begins = LANDMARK_GROW | LANDMARK_SAME;
	uint64_t most = w->heap.state.most_bytes;

	if (marks & begins) {
		journal_save(&w->journal, &w->growth, sizeof w->growth);
		w->growth = map_count(&w->map);
	}
	if (most == w->peak.bytes)
		return;
	journal_save(&w->journal, &w->peak, sizeof w->peak);
	w->peak = (struct peak){ .bytes = most, .entries = map_count(&w->map) };
	if ((marks & (begins | LANDMARK_END)) || map_moving(&w->map))
		w->peak.growth = w->growth;
}

const uint8_t *world_loop_key(const struct world *w, uint64_t i)
{
	return w->order.keys + w->map.loop.order + i * w->map.type->key->size;
}

void world_add_loop_key(struct world *w, const uint8_t *key)
{
	struct order *o = &w->order;
	size_t size = (size_t)w->map.type->key->size;

	/* Keys of no bytes lie somewhere too. */
	if (!o->keys || o->cap - o->used < size) {
		o->cap = o->cap * 2 + size + 1024;
		o->keys = xrealloc(o->keys, o->cap);
	}
	if (size)
		memcpy(o->keys + o->used, key, size);
	o->used += size;
}

void world_hashkey(const struct world *w, struct text *out)
{
	for (unsigned i = 0; i < w->hasher.key_size; i++)
		text_printf(out, "%02x", w->hasher.key[i]);
}
