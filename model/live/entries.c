/* SPDX-License-Identifier: MIT */
#include "model/live/entries.h"

#include <string.h>

#include "model/map/classic/layout.h"
#include "model/map/swiss/layout.h"

enum { CHAIN_MOST = 1 << 20 };

struct telling {
	struct image *im;
	const struct release *release;
	const struct rmap *map;
	bool swiss;
	uint64_t left;           /* entries that may come */
	entry_sink *sink;
	void *data;
};

/* Where a slot's key or elem is: in the unit, or behind a pointer in it. */
static bool find(struct telling *t, uint64_t at, bool indirect, uint64_t *addr)
{
	*addr = at;
	return !indirect || image_word(t->im, at, addr);
}

static bool tell_unit(struct telling *t, uint64_t unit)
{
	const struct rmap *m = t->map;
	uint8_t control[SLOTS];
	uint64_t key, elem;

	if (!image_read(t->im, unit, control, SLOTS))
		return false;
	for (unsigned i = 0; i < SLOTS; i++) {
		if (t->swiss ? control[i] >= 128 : control[i] < MIN_TOPHASH)
			continue;
		if (t->left-- == 0 || !find(t, unit + m->keys + (uint64_t)i * m->key_step,
			m->indirect_key, &key) || !find(t, unit + m->elems +
			(uint64_t)i * m->elem_step, m->indirect_elem, &elem) ||
			!t->sink(t->data, key, elem))
			return false;
	}
	return true;
}

static bool tell_buckets(struct telling *t, uint64_t array, uint64_t count)
{
	uint64_t link = t->map->size - t->im->ptrsize, at;

	for (uint64_t i = 0; i < count; i++) {
		at = array + i * t->map->size;
		for (unsigned n = 0; at; n++)
			if (n == CHAIN_MOST || !tell_unit(t, at) ||
				!image_word(t->im, at + link, &at))
				return false;
	}
	return true;
}

/* A field of hmap, at most a word. */
static bool hmap(struct telling *t, const struct head *head, enum hmap_field f, uint64_t *value)
{
	const struct field *field = hmap_field(t->release, f);
	unsigned w = t->im->ptrsize;

	return image_uint(t->im, head->at + field_offset(field, w), field_size(field, w), value);
}

static bool tell_classic(struct telling *t, const struct head *head)
{
	uint64_t B, flags, buckets, old;

	if (!hmap(t, head, HMAP_B, &B) || !hmap(t, head, HMAP_FLAGS, &flags) ||
		!hmap(t, head, HMAP_BUCKETS, &buckets) || !hmap(t, head, HMAP_OLDBUCKETS, &old) ||
		B > 40 || !tell_buckets(t, buckets, 1ull << B))
		return false;
	if (!old || (B == 0 && !(flags & FLAG_SAME_SIZE)))
		return true;
	return tell_buckets(t, old, flags & FLAG_SAME_SIZE ? 1ull << B : 1ull << B >> 1);
}

static bool tell_groups(struct telling *t, uint64_t table)
{
	unsigned w = t->im->ptrsize;
	uint64_t groups, mask;

	if (!image_word(t->im, table + field_offset(&table_fields[TABLE_GROUPS], w), &groups) ||
		!image_uint(t->im, table + field_offset(&table_fields[TABLE_LENGTH_MASK], w), 8,
			&mask) ||
		mask >= TABLE_SLOTS_MOST / SLOTS)
		return false;
	for (uint64_t i = 0; i <= mask; i++)
		if (!tell_unit(t, groups + i * t->map->size))
			return false;
	return true;
}

static bool tell_swiss(struct telling *t, const struct head *head)
{
	unsigned w = t->im->ptrsize;
	uint64_t dir, len, table, before = 0;

	if (!image_word(t->im, head->at + field_offset(&swiss_fields[SWISS_DIR_PTR], w), &dir) ||
		!image_word(t->im, head->at + field_offset(&swiss_fields[SWISS_DIR_LEN], w), &len))
		return false;
	if (len == 0)
		return dir == 0 || tell_unit(t, dir);
	/* The entries of one table stand next to each other. */
	for (uint64_t i = 0; i < len; i++, before = table)
		if (!image_word(t->im, dir + i * w, &table) ||
			(table != before && !tell_groups(t, table)))
			return false;
	return true;
}

bool entries_each(struct heap_view *h, const struct head *head, const struct rmap *m, uint64_t most,
	entry_sink *sink, void *data)
{
	const struct release *r = h->types.program->release;
	struct telling t = { .im = h->types.image, .release = r, .map = m, .left = most,
		.sink = sink, .data = data, .swiss = r->engine == ENGINE_SWISS };

	return t.swiss ? tell_swiss(&t, head) : tell_classic(&t, head);
}
