/* SPDX-License-Identifier: MIT */
#include "model/live/swiss/swiss_live.h"

#include "model/figures/cell.h"
#include "model/map/swiss/control.h"
#include "model/map/swiss/reading.h"

static bool read_type(const struct rtypes *r, const struct rtype *t, struct rmap *m)
{
	uint64_t v[6], flags;
	unsigned n = r->program->minor >= 27 ? 6 : 3;

	for (unsigned i = 0; i < n; i++)
		if (!rtype_own_word(r, t->at, 4 + i, &v[i]) || v[i] > UINT16_MAX)
			return false;
	if (!image_uint(r->image, rtype_own(r, t->at, 4 + n), 4, &flags))
		return false;
	m->size = (uint32_t)v[0];
	if (n == 3) { /* GroupSize, SlotSize, ElemOff */
		m->keys = 8;
		m->key_step = m->elem_step = (uint32_t)v[1];
		m->elems = (uint32_t)(8 + v[2]);
	} else {      /* GroupSize, KeysOff, KeyStride, ElemsOff, ElemStride */
		m->keys = (uint32_t)v[1];
		m->key_step = (uint32_t)v[2];
		m->elems = (uint32_t)v[3];
		m->elem_step = (uint32_t)v[4];
	}
	m->indirect_key = flags & 4;
	m->indirect_elem = flags & 8;
	return true;
}

static unsigned size(const struct executable *p)
{
	return swiss_size(p->target);
}

static const struct field *fields(const struct release *r, unsigned *count)
{
	(void)r;
	*count = SWISS_FIELDS;
	return swiss_fields;
}

/* Tables have as many groups as they say. */
static uint64_t array(uint64_t units)
{
	return units;
}

static uint64_t holds(const struct release *r, uint64_t units)
{
	(void)r;
	return units <= 1 ? SMALL_MOST : units * LOAD_OF_8;
}

/* Of a directory's lengths all are powers of two. */
static const char *part(const struct executable *p, uint64_t size)
{
	uint64_t words = size / p->target->ptrsize;

	if (size == live_taken(p, table_size(p->target), true))
		return "table";
	return words && !(words & (words - 1)) ? "directory" : NULL;
}

static uint64_t power_above(uint64_t n)
{
	uint64_t power = 1;

	while (power < n)
		power *= 2;
	return power;
}

static uint64_t rebuilt(const struct map_type *t, const struct executable *p, uint64_t entries)
{
	uint64_t bytes = live_taken(p, swiss_size(p->target), true), most, tables, groups;

	if (entries <= SMALL_MOST)
		return bytes + live_taken(p, t->map.size, t->pointers);
	most = entries * SLOTS / LOAD_OF_8;
	tables = power_above((most + TABLE_SLOTS_MOST - 1) / TABLE_SLOTS_MOST);
	groups = power_above(most / tables) / SLOTS;
	return bytes + live_taken(p, tables * p->target->ptrsize, true) + tables *
		(live_taken(p, table_size(p->target), true) +
			live_taken(p, (groups ? groups : 1) * t->map.size, t->pointers));
}

static uint64_t laid(const struct maptype *t, const struct head *head)
{
	uint64_t bytes = object_bytes(t, swiss_size(t->target), true) +
		head->entries * cell_apart_bytes(t);

	for (unsigned i = 0; i < HEAD_ARRAYS; i++)
		bytes += head->arrays[i] * object_bytes(t, (t->unit.size + 0ull) << i, t->pointers);
	return bytes;
}

/* A table of 16 slots and more was half as large before, and full then; halves of one that split
   have as many each. */
static uint64_t had(const struct release *r, const struct head *head)
{
	uint64_t least = head->slots / 2 * LOAD_OF_8 / SLOTS + 1;

	(void)r;
	return head->slots > SLOTS && least > head->entries ? least : head->entries;
}

static uint8_t control(const struct map *m, const uint8_t *key)
{
	return hash_h2(map_hash_of(m, key).hash);
}

const struct live_design swiss_live = {
	.type = read_type,
	.size = size,
	.fields = fields,
	.read = swiss_read_head,
	.tell = swiss_tell,
	.gather = swiss_gather,
	.array = array,
	.holds = holds,
	.part = part,
	.rebuilt = rebuilt,
	.laid = laid,
	.had = had,
	.control = control,
};
