/* SPDX-License-Identifier: MIT */
/* A captured map in the heap of a world. */
#include "model/live/capture.h"

#include <string.h>

#include "model/figures/check.h"
#include "model/figures/hashes.h"
#include "model/go/value.h"
#include "model/live/redact.h"
#include "model/map/rules.h"

enum { BASE_ALIGN = 64 << 20 };
#define NEAR (1ull << 34) /* bytes that a heap can be sure to have */

static bool serves(uint64_t base, uint64_t from, uint64_t to)
{
	return from >= base && to - base < NEAR;
}

uint64_t capture_base(const struct capture *c, uint64_t other)
{
	const struct memory *m = &c->copied.memory;
	uint64_t from = m->count ? m->list[0].addr : 0, base;
	uint64_t to = m->count ? m->list[m->count - 1].addr + m->list[m->count - 1].size : 0;

	if (other && serves(other, from, to))
		return other;
	if (serves(c->target->heap_base, from, to))
		return c->target->heap_base;
	/* Other captures may reach lower: below there is room for them. */
	base = from / BASE_ALIGN * BASE_ALIGN;
	return base > 4 * BASE_ALIGN ? base - 2 * BASE_ALIGN : base;
}

static void apply(const struct capture *c, struct heap *h)
{
	unsigned size = h->target->ptrsize;
	struct error unused;

	for (size_t i = 0; i < c->npatches; i++) {
		const struct capture_patch *p = &c->patches[i];
		uint64_t value = heap_unknown(h);

		if (!heap_holds(h, p->at, size))
			continue;
		if (p->what == PATCH_TYPE)
			value = value_type_word(h->target, (enum gotype_kind)p->value);
		if (p->what == PATCH_OUTSIDE) {
			uint64_t at = heap_alloc_data(h, p->size, false, &unused);

			if (at) {
				journal_save(h->journal, heap_at(h, at), p->size);
				memcpy(heap_at(h, at), c->outside.s + p->value, p->size);
				value = at;
			}
		}
		journal_save(h->journal, heap_at(h, p->at), size);
		store_uint(h->target, heap_at(h, p->at), size, value);
	}
}

/* Why the map can only be looked at, if it can. */
static const char *reason(const struct capture *c, const struct map *m)
{
	struct check check;
	bool sound;

	if (c->writing)
		return "it was written to while it was captured";
	sound = check_map(m, &check);
	check_free(&check);
	if (!sound)
		return "its memory breaks the laws of the map, see check";
	if (c->redacted)
		return "its keys and elems were made unreadable";
	return c->hashed ? NULL : "it was captured from a program whose hash key is not known";
}

/* Keys and elems become others; how the true keys are hashed stays known of each. */
static void hide(const struct capture *c, struct map *m)
{
	struct hasher *before = m->hasher, own;

	if (c->told) {
		hasher_init(&own, c->target, c->release, c->family, c->hashkey, c->hashkey_size);
		own.heap = m->heap;
		m->hasher = &own;
		hashes_take(c->told, m);
		m->hasher = before;
	}
	redact_map(m, c->secret);
	m->told = c->told;
}

bool capture_lay_bare(const struct capture *c, struct world *w, struct error *err)
{
	if (!heap_capture(&w->heap, &c->copied.memory, err))
		return false;
	world_end_loop(w);
	apply(c, &w->heap);
	map_start(&w->map, c->head);
	w->map.unhashed = !c->hashed;
	return true;
}

bool capture_lay(const struct capture *c, struct world *w, struct error *err)
{
	struct map *m = &w->map;
	struct trace *trace = m->trace;
	struct account reached;

	if (!capture_lay_bare(c, w, err))
		return false;
	m->trace = NULL;
	if (c->redacted)
		hide(c, m);
	m->fixed = reason(c, m);
	m->trace = trace;
	/* What else the program has allocated for it in its life nobody knows. */
	reached = map_reached(m);
	journal_save(&w->journal, &w->heap.state, sizeof w->heap.state);
	w->heap.state.alloc_objects = reached.objects;
	w->heap.state.alloc_bytes = reached.bytes;
	heap_hold(&w->heap, reached.bytes);
	heap_begin_most(&w->heap);
	TELL(m, .kind = EVENT_OPEN, .open = { .entries = c->entries });
	return true;
}
