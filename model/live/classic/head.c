/* SPDX-License-Identifier: MIT */
#include "model/live/classic/classic_live.h"

#include "model/map/classic/layout.h"

enum { B_MOST = 40, FLAGS_MOST = 15 };

static uint64_t hmap(const struct head_reading *r, enum hmap_field f)
{
	return head_get(r, hmap_field(r->h->types.program->release, f));
}

/* Overflow buckets; from 2^16 buckets on the header counts one in so many. */
static uint64_t overflow(const struct head_reading *r, uint64_t B)
{
	return hmap(r, HMAP_NOVERFLOW) << (B >= 16 ? B - 15 : 0);
}

static bool add_extra(const struct head_reading *r, struct head *head, uint64_t *next)
{
	unsigned w = r->wide ? 8 : 4;
	struct object o, list;
	uint64_t lists;

	*next = 0;
	if (!hmap(r, HMAP_EXTRA))
		return true;
	if (!head_object(r, hmap(r, HMAP_EXTRA), &o) || o.size < 3 * w ||
		!image_word(r->im, o.at + 2 * w, next))
		return false;
	head->bytes += o.whole;
	/* Slices of pointers to overflow buckets, where these have no pointers of their own. */
	for (unsigned i = 0; i < 2; i++)
		if (image_word(r->im, o.at + i * w, &lists) && lists &&
			image_word(r->im, lists, &lists) && head_object(r, lists, &list))
			head->bytes += list.whole + 3 * w;
	return true;
}

enum head_kind classic_read_head(const struct head_reading *r, struct head *head)
{
	uint64_t B = hmap(r, HMAP_B), flags = hmap(r, HMAP_FLAGS), next;
	uint64_t old = hmap(r, HMAP_OLDBUCKETS), count = hmap(r, HMAP_COUNT);
	struct object o, before;

	head->writing = flags & FLAG_WRITING;
	if (flags > FLAGS_MOST || B > B_MOST || count > (8ull << B) * 2)
		return HEAD_NONE;
	if (!hmap(r, HMAP_BUCKETS))
		return count || old || hmap(r, HMAP_NEVACUATE) || hmap(r, HMAP_EXTRA) ||
			!hmap(r, HMAP_HASH0) ? HEAD_NONE : HEAD_EMPTY;
	if (!head_object(r, hmap(r, HMAP_BUCKETS), &o) || o.size < (1ull << B) * 16 ||
		(old && !head_object(r, old, &before)) || (!old && flags & FLAG_SAME_SIZE) ||
		!add_extra(r, head, &next))
		return HEAD_NONE;
	head->linked = overflow(r, B);
	head->spare_left = next != 0;
	head->entries = count;
	head->growing = old != 0;
	head->units = (1ull << B) + head->linked;
	head->slots = head->units * SLOTS;
	head->bytes += o.whole + (old ? before.whole : 0);
	head->unit_object = o.at;
	head->unit_bytes = o.size;
	head->unit_count = 1ull << B;
	head->unit_type = o.type;
	head->noscan = o.noscan;
	return HEAD_HELD;
}
