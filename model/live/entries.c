/* SPDX-License-Identifier: MIT */
#include "model/live/entries.h"

#include "model/engines/engines.h"
#include "model/live/design.h"

/* Where a slot's key or elem is: in the unit, or behind a pointer in it. */
static bool find(struct telling *t, uint64_t at, bool indirect, uint64_t *addr)
{
	*addr = at;
	return !indirect || image_word(t->im, at, addr);
}

bool tell_unit(struct telling *t, uint64_t unit)
{
	const struct rmap *m = t->map;
	uint8_t control[SLOTS];
	uint64_t key, elem;

	if (!image_read(t->im, unit, control, SLOTS))
		return false;
	for (unsigned i = 0; i < SLOTS; i++) {
		if (control[i] < t->live_least || control[i] > t->live_most)
			continue;
		if (t->left-- == 0 || !find(t, unit + m->keys + (uint64_t)i * m->key_step,
			m->indirect_key, &key) || !find(t, unit + m->elems +
			(uint64_t)i * m->elem_step, m->indirect_elem, &elem) ||
			!t->sink(t->data, key, elem))
			return false;
	}
	return true;
}

bool entries_each(struct heap_view *h, const struct head *head, const struct rmap *m, uint64_t most,
	entry_sink *sink, void *data)
{
	const struct release *r = h->types.program->release;
	struct telling t = { .im = h->types.image, .release = r, .map = m, .left = most,
		.sink = sink, .data = data, .live_least = engine_of(r)->layout.live_least,
		.live_most = engine_of(r)->layout.live_most };

	return live_design(r)->tell(&t, head);
}
