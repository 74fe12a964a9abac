/* SPDX-License-Identifier: MIT */
/* A key's hash, bit by bit, and what a classic map uses it for. */
#include <inttypes.h>

#include "model/map/classic/reading.h"
#include "model/map/classic/rules.h"
#include "tui/canvas/wrap.h"
#include "tui/view/classic/classic_design.h"

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

/* The bucket that the low bits choose, in the array that the slot is in. */
static void add_index(const struct look *l, uint64_t hash, struct text *out)
{
	const struct map *m = &l->session->world.map;
	unsigned B = l->cursor.array ? map_old_B(m) : (unsigned)map_get(m, HMAP_B);

	if (B == 0)
		text_printf(out, "the only %sbucket", l->cursor.array ? "old " : "");
	else
		text_printf(out, "low %u bit%s: %sbucket %llu", B, B == 1 ? "" : "s",
			l->cursor.array ? "old " : "",
			(unsigned long long)hash & ((1ull << B) - 1));
}

/* What the hash is used for. Returns the rows. */
static int put_uses(const struct look *l, const struct pane *p, int y, uint64_t hash, unsigned B)
{
	const struct map *m = &l->session->world.map;
	struct text words = { 0 };
	int x = 0, row = y;

	text_printf(&words, "tophash %02x", tophash_of(m->type->target, hash));
	wrap_item(p, &x, &row, 3, ROLE_HASH_TOP, text_str(&words));
	text_clear(&words);
	add_index(l, hash, &words);
	wrap_item(p, &x, &row, 3, ROLE_HASH_INDEX, text_str(&words));
	text_clear(&words);
	if (map_growing(m) && !(map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE)) {
		text_printf(&words, "bit %u is %u: %s half, bucket %llu", B - 1,
			(unsigned)(hash >> (B - 1) & 1),
			hash >> (B - 1) & 1 ? "upper (Y)" : "lower (X)",
			(unsigned long long)hash & ((1ull << B) - 1));
		wrap_item(p, &x, &row, 3, ROLE_GROWTH, text_str(&words));
	}
	text_free(&words);
	return row - y + 1;
}

/* The low bits choose the bucket, the top eight become the tophash. */
int classic_hash(const struct look *l, const struct pane *p, int y)
{
	const struct map *m = &l->session->world.map;
	const uint8_t *k = map_key(m, l->cursor.addr, l->cursor.slot);
	unsigned bits = 8 * m->type->target->ptrsize, B = (unsigned)map_get(m, HMAP_B);
	uint64_t hash;
	int rows;

	hash = map_hash(m, k);
	pane_printf(p, 0, y, ROLE_VALUE, "hash 0x%0*" PRIx64, (int)bits / 4, hash);
	rows = 1 + put_bits(p, y + 1, hash, bits, B);
	return rows + put_uses(l, p, y + rows, hash, B);
}
