/* SPDX-License-Identifier: MIT */
/* One slot: its bytes, what they say, what they lead to, and the hash that put it there. */
#include <inttypes.h>

#include "model/map/map_rules.h"
#include "tui/canvas/wrap.h"
#include "tui/view/explain.h"
#include "tui/view/mark.h"
#include "tui/view/view.h"

/* The hash in binary, in as many rows of whole bytes as it takes. Returns them. */
static int put_bits(const struct pane *p, int y, uint64_t hash, unsigned bits, unsigned B)
{
	int x = 0, row = 0;

	for (unsigned i = bits; i-- > 0;) {
		enum role role = i >= bits - 8 ? ROLE_HASH_TOP : i < B ? ROLE_HASH_INDEX
			: ROLE_HASH_REST;

		pane_put(p, x++, y + row, role, hash >> i & 1 ? U'1' : U'0');
		if (i % 8 || i == 0)
			continue;
		x++;
		if (x + 8 > p->w) {
			x = 0;
			row++;
		}
	}
	return row + 1;
}

/* What the hash is used for. Returns the rows. */
static int put_uses(const struct look *l, const struct pane *p, int y, uint64_t hash, unsigned B)
{
	const struct map *m = &l->session->map;
	struct text words = { 0 };
	int x = 0, row = y;

	text_printf(&words, "tophash %02x", tophash_of(m->type->target, hash));
	wrap_item(p, &x, &row, 3, ROLE_HASH_TOP, text_str(&words));
	text_clear(&words);
	text_printf(&words, "low %u bit%s: bucket %llu", B, B == 1 ? "" : "s",
		(unsigned long long)hash & ((1ull << B) - 1));
	wrap_item(p, &x, &row, 3, ROLE_HASH_INDEX, text_str(&words));
	text_clear(&words);
	if (map_growing(m) && !(map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE)) {
		text_printf(&words, "bit %u is %u: %s half", B - 1, (unsigned)(hash >> (B - 1) & 1),
			hash >> (B - 1) & 1 ? "upper (Y)" : "lower (X)");
		wrap_item(p, &x, &row, 3, ROLE_GROWTH, text_str(&words));
	}
	text_free(&words);
	return row - y + 1;
}

/* The low bits choose the bucket, the top eight become the tophash. */
static int put_hash(const struct look *l, const struct pane *p, int y)
{
	const struct map *m = &l->session->map;
	const struct gotype *key = m->type->key;
	const uint8_t *k = map_key(m, l->cursor.addr, l->cursor.slot);
	unsigned bits = 8 * m->type->target->ptrsize, B = (unsigned)map_get(m, HMAP_B);
	uint64_t hash;
	int rows;

	if (!value_equals_itself(m->heap, key, k)) {
		pane_textn(p, 0, y, p->w, ROLE_NOTE, "a NaN has another hash each time it is asked for");
		return 2;
	}
	hash = map_hash(m, k);
	pane_printf(p, 0, y, ROLE_VALUE, "hash 0x%0*" PRIx64, (int)bits / 4, hash);
	rows = 1 + put_bits(p, y + 1, hash, bits, B);
	return rows + put_uses(l, p, y + rows, hash, B) + 1;
}

/* A run of bytes in memory, as hexadecimal digits and as text. */
static int put_memory(const struct look *l, const struct pane *p, int y, uint64_t addr, uint64_t len)
{
	enum { ROWS = 4, BYTES = 16 };
	const struct heap *h = &l->session->heap;
	unsigned line = p->w >= BYTES + 4 * 16 ? 16 : p->w >= BYTES + 4 * 8 ? 8 : 4;
	int rows = 0;

	for (uint64_t at = 0; at < len && rows < ROWS; at += line, rows++) {
		pane_printf(p, 2, y + rows, ROLE_ADDRESS, "0x%" PRIx64, addr + at);
		for (uint64_t i = at; i < at + line && i < len; i++) {
			uint8_t b = *heap_at(h, addr + i);
			int n = (int)(i - at);

			pane_printf(p, BYTES + 3 * n, y + rows, ROLE_STRING, "%02x", b);
			pane_put(p, BYTES + 3 * (int)line + n, y + rows, ROLE_STRING,
				b >= ' ' && b < 0x7f ? b : U'·');
		}
	}
	if (len > ROWS * line)
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
	int x;

	value_format(m->heap, t, elem ? map_elem(m, l->cursor.addr, l->cursor.slot)
				     : map_key(m, l->cursor.addr, l->cursor.slot), &value, 200);
	pane_text(p, 0, y, ROLE_LABEL, elem ? "elem" : "key");
	x = 6 + pane_textn(p, 6, y, p->w / 2 - 6, ROLE_TYPE, t->name) + 2;
	pane_datan(p, x, y, p->w - x, elem ? ROLE_ELEM : ROLE_KEY, text_str(&value));
	text_free(&value);
	return 1 + put_target(l, p, y + 1, elem);
}

int view_slot(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->map;
	struct text words = { 0 };
	struct pane rest;
	uint8_t top;
	int y = 0;

	if (!l->cursor.addr) {
		pane_textn(p, 0, 0, p->w, ROLE_NOTE, "nothing is allocated yet");
		return 1;
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
	y += wrap_text(&rest, 0, 0, ROLE_TEXT, text_str(&words));
	text_free(&words);
	return y;
}
