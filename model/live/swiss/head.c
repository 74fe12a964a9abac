/* SPDX-License-Identifier: MIT */
#include "model/live/swiss/swiss_live.h"

#include "model/base/table.h"
#include "model/map/swiss/layout.h"

enum { DEPTH_MOST = 40 };

static uint64_t swiss(const struct head_reading *r, enum swiss_field f)
{
	return head_get(r, &swiss_fields[f]);
}

static uint64_t table_get(const struct head_reading *r, const uint8_t *p, enum table_field f)
{
	unsigned w = r->wide ? 8 : 4;

	return image_number(p + field_offset(&table_fields[f], w), field_size(&table_fields[f], w));
}

static void take_units(struct head *head, const struct object *o, uint64_t groups)
{
	unsigned i = 0;

	while (1ull << i < groups && i < HEAD_ARRAYS - 1)
		i++;
	head->arrays[i]++;
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
static bool add_table(const struct head_reading *r, uint64_t at, struct head *head, uint64_t *used)
{
	unsigned size = r->wide ? 32 : 24;
	uint64_t capacity, n, left, mask, most;
	uint8_t p[32];
	struct object o;

	if (!head_object(r, at, &o) || o.size != size || !image_read(r->im, at, p, size))
		return false;
	head->bytes += o.whole;
	capacity = table_get(r, p, TABLE_CAPACITY);
	n = table_get(r, p, TABLE_USED);
	left = table_get(r, p, TABLE_GROWTH_LEFT);
	mask = table_get(r, p, TABLE_LENGTH_MASK);
	if (capacity < SLOTS || capacity > TABLE_SLOTS_MOST || capacity & (capacity - 1) ||
		n > capacity || capacity != (mask + 1) * SLOTS ||
		!head_object(r, table_get(r, p, TABLE_GROUPS), &o) || o.size < (mask + 1) * SLOTS)
		return false;
	most = table_most((unsigned)capacity);
	if (n + left <= most)
		head->dead += most - n - left;
	*used += n;
	take_units(head, &o, mask + 1);
	return true;
}

static enum head_kind read_tables(const struct head_reading *r, struct head *head)
{
	unsigned w = r->wide ? 8 : 4;
	uint64_t len = swiss(r, SWISS_DIR_LEN), depth = swiss(r, SWISS_GLOBAL_DEPTH);
	uint64_t dir = swiss(r, SWISS_DIR_PTR), used = 0, at;
	struct table seen = { 0 };
	struct object o;
	bool ok;

	if (depth > DEPTH_MOST || len != 1ull << depth ||
		swiss(r, SWISS_GLOBAL_SHIFT) != 8 * w - depth ||
		!head_object(r, dir, &o) || o.size / w < len)
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

static enum head_kind read_small(const struct head_reading *r, struct head *head)
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
	if (!head_object(r, group, &o) || o.size < SLOTS ||
		!image_read(r->im, group, control, SLOTS))
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

enum head_kind swiss_read_head(const struct head_reading *r, struct head *head)
{
	if (swiss(r, SWISS_WRITING) > 1 || swiss(r, SWISS_TOMBSTONE_POSSIBLE) > 1)
		return HEAD_NONE;
	head->entries = swiss(r, SWISS_USED);
	head->writing = swiss(r, SWISS_WRITING);
	return swiss(r, SWISS_DIR_LEN) ? read_tables(r, head) : read_small(r, head);
}
