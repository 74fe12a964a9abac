/* SPDX-License-Identifier: MIT */
/* One slot: its bytes, what they say, what they lead to, and the hash that put it there. */
#include <inttypes.h>

#include "model/map_rules.h"
#include "tui/explain.h"
#include "tui/mark.h"
#include "tui/view.h"
#include "tui/wrap.h"

/* The hash in binary: the low bits choose the bucket, the top eight become the tophash. */
static int put_hash(const struct look *l, const struct pane *p, int y)
{
	const struct map *m = &l->session->map;
	const struct gotype *key = m->type->key;
	const uint8_t *k = map_key(m, l->cursor.addr, l->cursor.slot);
	unsigned bits = 8 * m->type->target->ptrsize, B = (unsigned)map_get(m, HMAP_B);
	uint64_t hash;
	int x = 0;

	if (!key->reflexive && !value_equal(m->heap, key, k, k)) {
		pane_textn(p, 0, y, p->w, ROLE_NOTE, "a NaN has another hash each time it is asked for");
		return 2;
	}
	hash = map_hash(m, k);
	pane_printf(p, 0, y, ROLE_VALUE, "hash 0x%0*" PRIx64, (int)bits / 4, hash);
	for (unsigned i = bits; i-- > 0;) {
		enum role role = i >= bits - 8 ? ROLE_HASH_TOP : i < B ? ROLE_HASH_INDEX
			: ROLE_HASH_REST;

		pane_put(p, x++, y + 1, role, hash >> i & 1 ? U'1' : U'0');
		if (i % 8 == 0 && i && x < p->w)
			x++;
	}
	pane_printf(p, 0, y + 2, ROLE_HASH_TOP, "tophash %02x", tophash_of(m->type->target, hash));
	pane_printf(p, 14, y + 2, ROLE_HASH_INDEX, "low %u bit%s: bucket %llu", B,
		B == 1 ? "" : "s", (unsigned long long)hash & ((1ull << B) - 1));
	if (map_growing(m) && !(map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE))
		pane_printf(p, 44, y + 2, ROLE_GROWTH, "bit %u is %u: %s half", B - 1,
			(unsigned)(hash >> (B - 1) & 1), hash >> (B - 1) & 1 ? "upper (Y)" : "lower (X)");
	return 4;
}

/* A run of bytes in memory, as hexadecimal digits and as text. */
static int put_memory(const struct look *l, const struct pane *p, int y, uint64_t addr, uint64_t len)
{
	const struct heap *h = &l->session->heap;
	int rows = 0;

	for (uint64_t at = 0; at < len && rows < 4; at += 16, rows++) {
		pane_printf(p, 2, y + rows, ROLE_ADDRESS, "0x%" PRIx64, addr + at);
		for (uint64_t i = at; i < at + 16 && i < len; i++) {
			uint8_t b = *heap_at(h, addr + i);

			pane_printf(p, 17 + 3 * (int)(i - at), y + rows, ROLE_STRING, "%02x", b);
			pane_put(p, 67 + (int)(i - at), y + rows, ROLE_STRING,
				b >= ' ' && b < 0x7f ? b : U'·');
		}
	}
	if (len > 64)
		pane_printf(p, 2, y + rows++, ROLE_NOTE, "… %" PRIu64 " bytes in all", len);
	return rows;
}

/* What a string's pointer leads to; where the slot itself is a pointer, that object. */
static int put_target(const struct look *l, const struct pane *p, int y, bool elem)
{
	const struct map *m = &l->session->map;
	const struct gotype *t = elem ? m->type->elem : m->type->key;
	const uint8_t *v = elem ? map_elem(m, l->cursor.addr, l->cursor.slot)
				: map_key(m, l->cursor.addr, l->cursor.slot);
	unsigned w = m->type->target->ptrsize;
	uint64_t data, len;
	int rows = 0;

	if (elem ? m->type->indirect_elem : m->type->indirect_key) {
		pane_printf(p, 2, y, ROLE_NOTE, "stored apart, as it is larger than %d bytes:",
			INLINE_MOST);
		return 1 + put_memory(l, p, y + 1, heap_addr(m->heap, v), t->size);
	}
	if (t->kind == KIND_STRING) {
		data = load_uint(m->type->target, v, w);
		len = load_uint(m->type->target, v + w, w);
		if (len && heap_holds(m->heap, data, len))
			rows = put_memory(l, p, y, data, len);
	}
	return rows;
}

static int put_value(const struct look *l, const struct pane *p, int y, bool elem)
{
	const struct map *m = &l->session->map;
	struct text value = { 0 };
	const struct gotype *t = elem ? m->type->elem : m->type->key;

	value_format(m->heap, t, elem ? map_elem(m, l->cursor.addr, l->cursor.slot)
				     : map_key(m, l->cursor.addr, l->cursor.slot), &value, 200);
	pane_text(p, 0, y, ROLE_LABEL, elem ? "elem" : "key");
	pane_printf(p, 6, y, ROLE_TYPE, "%.40s", t->name);
	pane_datan(p, 8 + text_width(p->canvas, t->name), y,
		p->w - 8 - text_width(p->canvas, t->name), elem ? ROLE_ELEM : ROLE_KEY,
		text_str(&value));
	text_free(&value);
	return 1 + put_target(l, p, y + 1, elem);
}

void view_slot(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->map;
	struct text words = { 0 };
	struct pane rest;
	uint8_t top;
	int y = 0;

	if (!l->cursor.addr) {
		pane_textn(p, 0, 0, p->w, ROLE_NOTE, "nothing is allocated yet");
		return;
	}
	top = map_at(m, l->cursor.addr)[l->cursor.slot];
	pane_printf(p, 0, y, ROLE_VALUE, "slot %u", l->cursor.slot);
	pane_printf(p, 8, y, marks[mark_of(top)].role, "tophash %02x", top);
	pane_textn(p, 20, y++, p->w - 20, ROLE_NOTE, marks[mark_of(top)].brief);
	y++;
	if (top >= MIN_TOPHASH) {
		y += put_value(l, p, y, false);
		y += put_value(l, p, y, true);
		y++;
		y += put_hash(l, p, y);
	}
	explain_slot(l, &words);
	rest = pane_sub(p, 0, y, p->w, p->h - y);
	wrap_most(&rest, ROLE_TEXT, text_str(&words));
	text_free(&words);
}
