/* SPDX-License-Identifier: MIT */
/* What a classic map is made of, and what an entry of a full one takes. */
#include "model/figures/pieces.h"

#include "model/base/mem.h"
#include "model/figures/cell.h"
#include "model/figures/classic/classic_figures.h"
#include "model/figures/classic/plan.h"
#include "model/map/classic/reading.h"

enum { B = 10 }; /* of the maps that the bytes of entries are of */

static void add_bucket(struct pieces *p, const struct maptype *t)
{
	unsigned word = t->target->ptrsize;
	struct whole *w = pieces_whole(p, "bucket", t->unit.size);

	w->taken = w->unit = true;
	w->pointers = t->pointers;
	pieces_add(p, "tophash", xstrdup("[8]uint8"), 0, SLOTS, 1);
	pieces_add(p, "keys", pieces_slots("[8]", t->indirect_key, t->key), t->unit.keys,
		SLOTS * t->keysize, pieces_key_align(t));
	pieces_add(p, "elems", pieces_slots("[8]", t->indirect_elem, t->elem), t->unit.elems,
		SLOTS * t->elemsize, pieces_elem_align(t));
	pieces_add(p, "overflow", xstrdup(t->pointers ? "*bmap" : "uintptr"), t->unit.link, word,
		word);
}

/* As a struct of both would have them. */
static struct strip as_pair(const struct maptype *t)
{
	uint64_t ka = pieces_key_align(t), ea = pieces_elem_align(t), align = ka > ea ? ka : ea;
	uint64_t at = (t->keysize + ea - 1) / ea * ea;

	return pieces_strip(t, "as a pair", at, (at + t->elemsize + align - 1) / align * align);
}

void classic_take_pieces(const struct maptype *t, uint64_t units, struct pieces *p)
{
	unsigned b = 0;

	while (units > 1ull << b)
		b++;
	pieces_header(p, "hmap", hmap_fields(t->release), HMAP_FIELDS,
		hmap_size(t->release, t->target), t->target);
	pieces_header(p, "mapextra", extra_fields, EXTRA_FIELDS, extra_size(t->target), t->target);
	add_bucket(p, t);
	p->array_units = 1ull << b;
	p->array = maptype_array_buckets(t, b) * t->unit.size;
	p->array_pointers = t->pointers;
	p->slot_padding = cell_key_padding(t) + cell_elem_padding(t);
	p->strips[0] = pieces_strip(t, "key, elem", t->keysize, t->keysize + t->elemsize);
	p->strips[1] = as_pair(t);
	p->other_name = "pairs, in all";
	p->other_field = "pair_bytes";
	p->other = maptype_pair_bytes(t);
}

double classic_each(const struct maptype *t, double part)
{
	uint64_t entries = (uint64_t)(part * (double)load_most(t->release, B));
	struct plan p = plan_map(t, B, entries);

	return (double)plan_about(&p) / (double)entries;
}

void classic_each_words(const struct release *r, struct text *out)
{
	text_printf(out,
		"padding: inside the key and the elem of one slot.\n"
		"full, typical: bytes for each entry of a map with %s buckets, %.1f and %.2f "
		"entries in each, about: with as many\noverflow buckets as chance makes, and what "
		"keys and elems over %u bytes take apart; what strings\npoint to is not included.",
		count_text(1u << B).s, r->load_num / 2.0, 0.75 * r->load_num / 2.0, INLINE_MOST);
}

uint64_t classic_grown(const struct maptype *t, uint64_t had, uint64_t entries)
{
	struct plan p = plan_fitting(t, had);

	return plan_about(&p) - (had - entries) * cell_apart_bytes(t);
}
