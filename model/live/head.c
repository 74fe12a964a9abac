/* SPDX-License-Identifier: MIT */
#include "model/live/head.h"

#include <string.h>

#include "model/base/table.h"
#include "model/map/classic/layout.h"
#include "model/map/swiss/layout.h"
#include "model/target/sizeclass.h"

enum {
	HEAD_MOST = 64,
	B_MOST = 40, DEPTH_MOST = 40,
	FLAGS_MOST = 15,
};

struct reading {
	struct heap_view *h;
	struct image *im;
	uint8_t bytes[HEAD_MOST];
	bool wide;                          /* words of 64 bits */
};

static uint64_t get(const struct reading *r, const struct field *f)
{
	unsigned w = r->wide ? 8 : 4;
	uint64_t v = 0;

	memcpy(&v, r->bytes + field_offset(f, w), field_size(f, w));
	return v;
}

static uint64_t hmap(const struct reading *r, enum hmap_field f)
{
	return get(r, hmap_field(r->h->types.program->release, f));
}

static uint64_t swiss(const struct reading *r, enum swiss_field f)
{
	return get(r, &swiss_fields[f]);
}

/* The object that begins at addr. */
static bool object(const struct reading *r, uint64_t addr, struct object *o)
{
	return addr && spans_object(&r->h->spans, r->im, addr, o) && o->at == addr;
}

/* Classic maps */

/* Overflow buckets; from 2^16 buckets on the header counts one in so many. */
static uint64_t overflow(const struct reading *r, uint64_t B)
{
	return hmap(r, HMAP_NOVERFLOW) << (B >= 16 ? B - 15 : 0);
}

static bool add_extra(const struct reading *r, struct head *head, uint64_t *next)
{
	unsigned w = r->wide ? 8 : 4;
	struct object o, list;
	uint64_t lists;

	*next = 0;
	if (!hmap(r, HMAP_EXTRA))
		return true;
	if (!object(r, hmap(r, HMAP_EXTRA), &o) || o.size < 3 * w ||
		!image_word(r->im, o.at + 2 * w, next))
		return false;
	head->bytes += o.whole;
	/* Slices of pointers to overflow buckets, where these have no pointers of their own. */
	for (unsigned i = 0; i < 2; i++)
		if (image_word(r->im, o.at + i * w, &lists) && lists &&
			image_word(r->im, lists, &lists) && object(r, lists, &list))
			head->bytes += list.whole + 3 * w;
	return true;
}

static enum head_kind read_classic(const struct reading *r, struct head *head)
{
	uint64_t B = hmap(r, HMAP_B), flags = hmap(r, HMAP_FLAGS), next;
	uint64_t old = hmap(r, HMAP_OLDBUCKETS), count = hmap(r, HMAP_COUNT);
	struct object o, before;

	if (flags > FLAGS_MOST || B > B_MOST || count > (8ull << B) * 2)
		return HEAD_NONE;
	if (!hmap(r, HMAP_BUCKETS))
		return count || old || hmap(r, HMAP_NEVACUATE) || hmap(r, HMAP_EXTRA) ||
			!hmap(r, HMAP_HASH0) ? HEAD_NONE : HEAD_EMPTY;
	if (!object(r, hmap(r, HMAP_BUCKETS), &o) || o.size < (1ull << B) * 16 ||
		(old && !object(r, old, &before)) || (!old && flags & FLAG_SAME_SIZE) ||
		!add_extra(r, head, &next))
		return HEAD_NONE;
	head->overflow = overflow(r, B);
	head->spare_left = next != 0;
	head->entries = count;
	head->writing = flags & FLAG_WRITING;
	head->growing = old != 0;
	head->units = (1ull << B) + head->overflow;
	head->slots = head->units * SLOTS;
	head->bytes += o.whole + (old ? before.whole : 0);
	head->unit_object = o.at;
	head->unit_bytes = o.size;
	head->unit_count = 1ull << B;
	head->unit_type = o.type;
	head->noscan = o.noscan;
	return HEAD_HELD;
}

/* Swiss maps */

static uint64_t table_get(const struct reading *r, const uint8_t *p, enum table_field f)
{
	unsigned w = r->wide ? 8 : 4;
	uint64_t v = 0;

	memcpy(&v, p + field_offset(&table_fields[f], w), field_size(&table_fields[f], w));
	return v;
}

static void take_units(struct head *head, const struct object *o, uint64_t groups)
{
	head->units += groups;
	head->slots += groups * SLOTS;
	head->bytes += o->whole;
	head->unit_object = o->at;
	head->unit_bytes = o->size;
	head->unit_count = groups;
	head->unit_type = o->type;
	head->noscan = o->noscan;
}

/* One table; its used entries are added. */
static bool add_table(const struct reading *r, uint64_t at, struct head *head, uint64_t *used)
{
	unsigned size = r->wide ? 32 : 24;
	uint64_t capacity, n, left, mask, most;
	uint8_t p[32];
	struct object o;

	if (!object(r, at, &o) || o.size != size || !image_read(r->im, at, p, size))
		return false;
	head->bytes += o.whole;
	capacity = table_get(r, p, TABLE_CAPACITY);
	n = table_get(r, p, TABLE_USED);
	left = table_get(r, p, TABLE_GROWTH_LEFT);
	mask = table_get(r, p, TABLE_LENGTH_MASK);
	if (capacity < SLOTS || capacity > TABLE_SLOTS_MOST || capacity & (capacity - 1) ||
		n > capacity || capacity != (mask + 1) * SLOTS ||
		!object(r, table_get(r, p, TABLE_GROUPS), &o) || o.size < (mask + 1) * SLOTS)
		return false;
	most = table_most((unsigned)capacity);
	if (n + left <= most)
		head->dead += most - n - left;
	*used += n;
	take_units(head, &o, mask + 1);
	return true;
}

static enum head_kind read_tables(const struct reading *r, struct head *head)
{
	unsigned w = r->wide ? 8 : 4;
	uint64_t len = swiss(r, SWISS_DIR_LEN), depth = swiss(r, SWISS_GLOBAL_DEPTH);
	uint64_t dir = swiss(r, SWISS_DIR_PTR), used = 0, at;
	struct table seen = { 0 };
	struct object o;
	bool ok;

	if (depth > DEPTH_MOST || len != 1ull << depth ||
		swiss(r, SWISS_GLOBAL_SHIFT) != 8 * w - depth ||
		!object(r, dir, &o) || o.size / w < len)
		return HEAD_NONE;
	head->bytes += o.whole;
	ok = true;
	for (uint64_t i = 0; i < len && ok; i++) {
		ok = image_word(r->im, dir + i * w, &at) && at;
		if (!ok || table_find(&seen, at))
			continue;
		table_put(&seen, at);
		ok = add_table(r, at, head, &used);
	}
	table_free(&seen);
	return ok && used == head->entries ? HEAD_HELD : HEAD_NONE;
}

static enum head_kind read_small(const struct reading *r, struct head *head)
{
	uint64_t group = swiss(r, SWISS_DIR_PTR), full = 0, shift = swiss(r, SWISS_GLOBAL_SHIFT);
	uint8_t control[SLOTS];
	struct object o;

	if (head->entries > SMALL_MOST || swiss(r, SWISS_GLOBAL_DEPTH) ||
		(shift && shift != (r->wide ? 64 : 32)))
		return HEAD_NONE;
	/* A seed that is an address of a type: a cache of the runtime, not a map. */
	if (!group)
		return head->entries || !swiss(r, SWISS_SEED) ||
			module_has_type(r->h->types.module, swiss(r, SWISS_SEED)) ? HEAD_NONE :
			HEAD_EMPTY;
	if (!object(r, group, &o) || o.size < SLOTS || !image_read(r->im, group, control, SLOTS))
		return HEAD_NONE;
	for (unsigned i = 0; i < SLOTS; i++) {
		if (control[i] > 128 && control[i] != 254)
			return HEAD_NONE;
		full += control[i] < 128;
		head->dead += control[i] == 254;
	}
	take_units(head, &o, 1);
	return full == head->entries ? HEAD_HELD : HEAD_NONE;
}

static enum head_kind read_swiss(const struct reading *r, struct head *head)
{
	if (swiss(r, SWISS_WRITING) > 1 || swiss(r, SWISS_TOMBSTONE_POSSIBLE) > 1)
		return HEAD_NONE;
	head->entries = swiss(r, SWISS_USED);
	head->writing = swiss(r, SWISS_WRITING);
	return swiss(r, SWISS_DIR_LEN) ? read_tables(r, head) : read_small(r, head);
}

static bool is_swiss(const struct heap_view *h)
{
	return h->types.program->release->engine == ENGINE_SWISS;
}

/* What a header takes: an object of its size class. */
static uint64_t head_size(const struct heap_view *h)
{
	const struct executable *p = h->types.program;
	unsigned size = is_swiss(h) ? swiss_size(p->target) : hmap_size(p->release, p->target);

	return alloc_size(p->release, p->target->ptrsize, size, true);
}

enum head_kind head_read(struct heap_view *h, uint64_t at, struct head *head)
{
	struct reading r = { .h = h, .im = h->types.image, .wide = h->types.image->ptrsize == 8 };
	uint64_t size = head_size(h);

	*head = (struct head){ .at = at, .bytes = size };
	if (at % h->types.image->ptrsize || !image_read(r.im, at, r.bytes, size))
		return HEAD_NONE;
	return is_swiss(h) ? read_swiss(&r, head) : read_classic(&r, head);
}

/* The words of a header that are pointers, a bit each. */
static uint64_t pointer_words(const struct heap_view *h)
{
	const struct field *fields = is_swiss(h) ? swiss_fields :
		hmap_fields(h->types.program->release);
	unsigned count = is_swiss(h) ? (unsigned)SWISS_FIELDS : (unsigned)HMAP_FIELDS;
	unsigned w = h->types.image->ptrsize;
	uint64_t words = 0;

	for (unsigned i = 0; i < count; i++)
		if (fields[i].name && fields[i].kind == FIELD_POINTER)
			words |= 1ull << field_offset(&fields[i], w) / w;
	return words;
}

static enum head_kind read_object(struct heap_view *h, const struct span *s, uint64_t i,
	struct head *head)
{
	uint64_t words;

	if (!span_in_use(s, h->types.image, i) ||
		(spans_pointers(&h->spans, s, h->types.image, i, &words) &&
			words != pointer_words(h)))
		return HEAD_NONE;
	return head_read(h, s->start + i * s->size, head);
}

uint64_t heads_find(struct heap_view *h, head_sink *sink, void *data)
{
	uint64_t empty = 0, size = head_size(h);
	struct head head;

	for (size_t k = 0; k < h->spans.count; k++) {
		const struct span *s = &h->spans.list[k];

		if (s->size != size || s->noscan)
			continue;
		for (uint64_t i = 0; i < s->objects; i++) {
			enum head_kind kind = read_object(h, s, i, &head);

			empty += kind == HEAD_EMPTY;
			if (kind == HEAD_HELD)
				sink(data, &head);
		}
	}
	return empty;
}
