/* SPDX-License-Identifier: MIT */
/* The parts of a classic map in a program's memory: entries, and objects of their own. */
#include "model/live/classic/classic_live.h"

#include "model/map/classic/layout.h"

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

bool classic_tell(struct telling *t, const struct head *head)
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

static bool gather_list(struct gathering *g, uint64_t list)
{
	unsigned w = gather_image(g)->ptrsize;
	uint64_t array, len;

	return !list || (gather_part(g, list, 3 * w) && image_word(gather_image(g), list, &array) &&
		image_word(gather_image(g), list + w, &len) && len < UINT32_MAX &&
		(!array || gather_part(g, array, len * w)));
}

static bool gather_chains(struct gathering *g, uint64_t array, uint64_t count)
{
	uint64_t link = g->map.size - gather_image(g)->ptrsize, at;
	bool all = true;

	if (!gather_part(g, array, count * g->map.size))
		return false;
	for (uint64_t i = 0; i < count; i++) {
		at = array + i * g->map.size;
		for (unsigned n = 0; at; n++) {
			if (n == CHAIN_MOST)
				return false;
			/* Other chains may tell of more that is missing. */
			if (!gather_part(g, at, g->map.size) ||
				!image_word(gather_image(g), at + link, &at)) {
				all = false;
				break;
			}
		}
	}
	return all;
}

bool classic_gather(struct gathering *g, uint64_t head)
{
	const struct release *r = g->view->types.program->release;
	uint64_t B, flags, buckets, old, extra, lists[2];
	unsigned w = gather_image(g)->ptrsize;
	bool all;

	if (!gather_field(g, head, hmap_field(r, HMAP_B), &B) ||
		!gather_field(g, head, hmap_field(r, HMAP_FLAGS), &flags) ||
		!gather_field(g, head, hmap_field(r, HMAP_BUCKETS), &buckets) ||
		!gather_field(g, head, hmap_field(r, HMAP_OLDBUCKETS), &old) ||
		!gather_field(g, head, hmap_field(r, HMAP_EXTRA), &extra) || B > 32)
		return false;
	all = gather_chains(g, buckets, 1ull << B);
	if (old)
		all &= gather_chains(g, old, 1ull << B >> (B && !(flags & FLAG_SAME_SIZE)));
	if (!extra)
		return all;
	return gather_part(g, extra, 3 * w) && image_word(gather_image(g), extra, &lists[0]) &&
		image_word(gather_image(g), extra + w, &lists[1]) && gather_list(g, lists[0]) &&
		gather_list(g, lists[1]) && all;
}
