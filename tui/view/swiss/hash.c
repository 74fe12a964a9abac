/* SPDX-License-Identifier: MIT */
/*
 * A key's hash, bit by bit, and what a Swiss map uses it for:
 *
 *     directory | H1, whose low bits choose the group | H2
 *
 * H1 is all but the low seven bits, so the bits for the directory are its top ones.
 */
#include <inttypes.h>

#include "model/map/swiss/rules.h"
#include "tui/canvas/wrap.h"
#include "tui/view/swiss/swiss_design.h"
#include "tui/view/swiss/table.h"

enum { H2_BITS = 7 };

/* Where each part begins, counted from bit 0. */
struct parts {
	unsigned bits, directory, group; /* bits of the hash; the lowest bit of the directory's;
					    above the group's */
};

static struct parts parts_of(const struct map *m, const struct under *u)
{
	struct parts p = { .bits = hash_bits(m->type->target), .group = H2_BITS };

	p.directory = p.bits - (swiss_small(m) ? 0 : (unsigned)swiss_get(m, SWISS_GLOBAL_DEPTH));
	for (uint64_t mask = u->groups.mask; mask; mask >>= 1)
		p.group++;
	return p;
}

static enum role role_of(const struct parts *p, unsigned bit)
{
	return bit >= p->directory ? ROLE_GROWTH : bit < H2_BITS ? ROLE_HASH_TOP
		: bit < p->group ? ROLE_HASH_INDEX : ROLE_HASH_REST;
}

/* The hash in binary, its parts apart, in as many rows as it takes. Returns them. */
static int put_bits(const struct pane *p, int y, uint64_t hash, const struct parts *parts)
{
	int x = 0, row = 0;

	for (unsigned i = parts->bits; i-- > 0;) {
		bool ends = i == parts->directory || i == H2_BITS ||
			(i == parts->group && parts->group > H2_BITS);

		pane_put(p, x++, y + row, role_of(parts, i), hash >> i & 1 ? U'1' : U'0');
		if (i == 0 || (!ends && i % 8))
			continue;
		if (ends)
			pane_put(p, x, y + row, ROLE_DIM, U'│');
		x++;
		if (x + 8 > p->w) {
			x = 0;
			row++;
		}
	}
	return row + 1;
}

/* The way to the group that the key is in: "H1 mod 64 is 17: group 17, then 18, 20". */
static void add_way(const struct under *u, uint64_t hash, struct text *out)
{
	struct probe probe = probe_start(&u->groups, hash);
	unsigned shown = 0;

	if (u->groups.mask == 0) {
		text_add(out, "H1: the only group");
		return;
	}
	text_printf(out, "H1 mod %" PRIu64 ": group %" PRIu64, u->groups.mask + 1, probe.unit);
	for (; probe.unit != u->group && probe.step < u->groups.mask; shown++) {
		probe_next(&probe);
		if (shown < 4)
			text_printf(out, "%s%" PRIu64, shown ? ", " : ", full, then ", probe.unit);
	}
	if (shown > 4)
		text_printf(out, ", .. %" PRIu64, probe.unit);
}

static void add_directory(const struct map *m, const struct under *u, uint64_t hash,
	struct text *out)
{
	unsigned depth = (unsigned)swiss_get(m, SWISS_GLOBAL_DEPTH);

	if (depth == 0)
		text_add(out, "the only table");
	else
		text_printf(out, "top %u bit%s: entry %" PRIu64 ", table %u", depth,
			depth == 1 ? "" : "s", directory_index(m, hash), u->number);
}

/* Which table a split would move it to: the next bit below those that chose the table. */
static void add_split(const struct map *m, const struct under *u, uint64_t hash, struct text *out)
{
	unsigned bit = hash_bits(m->type->target) - 1 -
		(unsigned)table_get(m, u->groups.table, TABLE_LOCAL_DEPTH);

	text_printf(out, "bit %u is %u: %s at a split", bit, (unsigned)(hash >> bit & 1),
		hash >> bit & 1 ? "right" : "left");
}

static int put_uses(const struct map *m, const struct under *u, const struct pane *p, int y,
	uint64_t hash)
{
	struct text words = { 0 };
	int x = 0, row = y;

	if (table_replaced(m, u)) {
		pane_textn(p, 0, y, p->w, ROLE_NOTE,
			"the table was replaced: by this the map looks the key up again");
		return 1;
	}
	if (u->groups.table && !table_aside(u)) {
		add_directory(m, u, hash, &words);
		wrap_item(p, &x, &row, 3, ROLE_GROWTH, text_str(&words));
		text_clear(&words);
	}
	add_way(u, hash, &words);
	wrap_item(p, &x, &row, 3, ROLE_HASH_INDEX, text_str(&words));
	text_clear(&words);
	text_printf(&words, "H2 %02x: the control byte", hash_h2(hash));
	wrap_item(p, &x, &row, 3, ROLE_HASH_TOP, text_str(&words));
	text_clear(&words);
	if (u->groups.mask + 1 == TABLE_SLOTS_MOST / SLOTS) {
		add_split(m, u, hash, &words);
		wrap_item(p, &x, &row, 3, ROLE_GROWTH, text_str(&words));
	}
	text_free(&words);
	return row - y + 1;
}

int swiss_hash_shown(const struct look *l, const struct pane *p, int y)
{
	const struct map *m = &l->session->world.map;
	struct under u = table_under(l);
	struct parts parts = parts_of(m, &u);
	uint64_t hash;
	int rows;

	if (m->unhashed) {
		pane_textn(p, 0, y, p->w, ROLE_NOTE, "how this map hashes its keys is not known");
		return 1;
	}
	hash = swiss_hash(m, map_key(m, l->cursor.addr, l->cursor.slot));
	pane_printf(p, 0, y, ROLE_VALUE, "hash 0x%0*" PRIx64, (int)parts.bits / 4, hash);
	rows = 1 + put_bits(p, y + 1, hash, &parts);
	return rows + put_uses(m, &u, p, y + rows, hash);
}
