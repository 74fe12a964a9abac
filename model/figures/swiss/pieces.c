/* SPDX-License-Identifier: MIT */
/* What a Swiss map is made of, and what an entry of a full one takes. */
#include "model/figures/pieces.h"

#include <stdlib.h>

#include "model/base/mem.h"
#include "model/figures/cell.h"
#include "model/figures/swiss/expect.h"
#include "model/figures/swiss/swiss_figures.h"
#include "model/map/swiss/layout.h"

enum { TABLES = 8, GROUPS = TABLE_SLOTS_MOST / SLOTS };

static void add_group(struct pieces *p, const struct maptype *t)
{
	const struct unit *u = &t->unit;
	uint64_t ka = pieces_key_align(t), ea = pieces_elem_align(t);
	struct whole *w = pieces_whole(p, "group", u->size);
	char *key = pieces_slots("", t->indirect_key, t->key);
	char *elem = pieces_slots("", t->indirect_elem, t->elem);

	w->taken = w->unit = true;
	w->pointers = t->pointers;
	pieces_add(p, "ctrl", xstrdup("uint64"), 0, SLOTS, t->target->wide_align);
	if (t->release->split_groups) {
		pieces_add(p, "keys", xasprintf("[8]%s", key), u->keys, SLOTS * t->keysize, ka);
		pieces_add(p, "elems", xasprintf("[8]%s", elem), u->elems, SLOTS * t->elemsize, ea);
	} else {
		pieces_add(p, "slots", xstrdup("[8]slot"), u->keys, SLOTS * u->key_step,
			ka > ea ? ka : ea);
		pieces_whole(p, "slot", u->key_step);
		pieces_add(p, "key", xstrdup(key), 0, t->keysize, ka);
		pieces_add(p, "elem", xstrdup(elem), u->elems - u->keys, t->elemsize, ea);
	}
	free(key);
	free(elem);
}

/* The same type as the release lays it out that has the other kind of group. */
static struct maptype other_of(const struct maptype *t, struct release *other)
{
	struct maptype o = *t;

	*other = *t->release;
	other->split_groups = !other->split_groups;
	o.release = other;
	swiss_lay_out(&o);
	return o;
}

static struct strip slot_strip(const struct maptype *t, const char *name)
{
	if (t->release->split_groups)
		return pieces_strip(t, name, t->keysize, t->keysize + t->elemsize);
	return pieces_strip(t, name, t->unit.elems - t->unit.keys, t->unit.key_step);
}

void swiss_take_pieces(const struct maptype *t, uint64_t units, struct pieces *p)
{
	bool split = t->release->split_groups;
	struct release release;
	struct maptype other = other_of(t, &release);

	pieces_header(p, "Map", swiss_fields, SWISS_FIELDS, swiss_size(t->target), t->target);
	pieces_header(p, "table", table_fields, TABLE_FIELDS, table_size(t->target), t->target);
	add_group(p, t);
	p->array_units = units > GROUPS ? GROUPS : units;
	p->array = p->array_units * t->unit.size;
	p->array_pointers = t->pointers;
	p->slot_padding = (split ? 0 : t->unit.key_step - t->keysize - t->elemsize) +
		cell_key_padding(t) + cell_elem_padding(t);
	p->strips[0] = slot_strip(t, split ? "key, elem" : "slot");
	p->strips[1] = slot_strip(&other, split ? "as a slot" : "apart");
	p->other_name = split ? "slots, in all" : "split, in all";
	p->other_field = split ? "interleaved_bytes" : "split_bytes";
	p->other = other.unit.size;
}

/* Eight tables of the largest size, that full: a table grows when 7 of 8 slots are taken. */
double swiss_each(const struct maptype *t, double part)
{
	uint64_t entries = (uint64_t)(part * TABLES * table_most(TABLE_SLOTS_MOST));
	uint64_t table = object_bytes(t, table_size(t->target), true) +
		object_bytes(t, (uint64_t)GROUPS * t->unit.size, t->pointers);
	uint64_t all = object_bytes(t, swiss_size(t->target), true) + TABLES * table +
		object_bytes(t, (uint64_t)TABLES * t->target->ptrsize, true) +
		entries * cell_apart_bytes(t);

	return (double)all / (double)entries;
}

void swiss_each_words(const struct release *r, struct text *out)
{
	(void)r;
	text_printf(out,
		"padding: in one slot, inside its key and elem, between and behind them.\n"
		"full, typical: bytes for each entry of a map with %d tables of %s slots, %.0f and "
		"%.0f entries in each, with\nwhat keys and elems over %u bytes take apart; what "
		"strings point to is not included.",
		TABLES, count_text(TABLE_SLOTS_MOST).s, (double)table_most(TABLE_SLOTS_MOST),
		0.75 * table_most(TABLE_SLOTS_MOST), INLINE_MOST);
}

uint64_t swiss_grown(const struct maptype *t, uint64_t had, uint64_t entries)
{
	return expect_map(t, 0, had).in_use.bytes - (had - entries) * cell_apart_bytes(t);
}
