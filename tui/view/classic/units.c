/* SPDX-License-Identifier: MIT */
/* Buckets of the classic map: what a row says of them, what belongs together. */
#include <inttypes.h>
#include <stdio.h>

#include "model/map/classic/reading.h"
#include "model/map/classic/rules.h"
#include "tui/sheet/sheet.h"
#include "tui/view/classic/classic_design.h"
#include "tui/view/find.h"
#include "tui/view/view.h"

enum { NOTE_FULL = 17 }; /* columns of a note in full */

uint64_t classic_buckets(const struct map *m, bool old)
{
	if (!m->header || map_get(m, old ? HMAP_OLDBUCKETS : HMAP_BUCKETS) == 0)
		return 0;
	return UINT64_C(1) << (old ? map_old_B(m) : map_get(m, HMAP_B));
}

uint64_t classic_bucket(const struct map *m, bool old, uint64_t bucket, uint32_t link)
{
	uint64_t addr = bucket < classic_buckets(m, old) ? map_bucket(m, old, bucket) : 0;

	for (; link > 0 && addr; link--)
		addr = map_overflow(m, addr);
	return addr;
}

/* The old bucket that a bucket's cells come from; itself, when it is an old one. */
static uint64_t old_of(const struct map *m, bool old, uint64_t bucket)
{
	return old ? bucket : bucket & ((UINT64_C(1) << map_old_B(m)) - 1);
}

/* The half that it is, and of which old bucket, in as many words as fit whole. */
static void half_note(char half, uint64_t from, int room, struct text *out)
{
	char digits[24];
	int width = snprintf(digits, sizeof digits, "%" PRIu64, from);

	if (7 + width <= room)
		text_printf(out, "◂ %c of %s", half, digits);
	else
		text_printf(out, "◂ %c%s%s", half, 4 + width <= room ? " " : "",
			4 + width <= room ? digits : "");
}

/* Where a new bucket's cells come from, or where an old bucket's cells went. */
static void note_words(const struct look *l, bool old, uint64_t bucket, int room, struct text *out)
{
	const struct map *m = &l->session->world.map;
	bool brief = room < NOTE_FULL;
	uint64_t from = old_of(m, old, bucket);
	bool moved = map_evacuated(m, map_bucket(m, true, from));

	if (from == l->moving)
		text_add(out, old ? "◂ moving" : brief ? "arriving" : "◂ arriving");
	else if (old && bucket == map_get(m, HMAP_NEVACUATE))
		text_add(out, brief ? "◂ next" : "◂ nevacuate");
	else if (old)
		text_add(out, moved ? "moved" : "waits");
	else if (moved && map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE)
		text_add(out, brief ? "repacked" : "◂ repacked");
	else if (moved)
		half_note(from == bucket ? 'X' : 'Y', from, room, out);
	else if (brief)
		text_add(out, "waits");
	else
		text_printf(out, "waits for old %" PRIu64, from);
}

static void note(const struct look *l, const struct place *at, int room, struct unit_note *n)
{
	const struct map *m = &l->session->world.map;
	uint64_t from;

	if (!map_growing(m) || at->link)
		return;
	from = old_of(m, at->array, at->unit);
	note_words(l, at->array, at->unit, room, n->out);
	n->role = map_evacuated(m, map_bucket(m, true, from)) || from == l->moving ||
		(at->array && at->unit == map_get(m, HMAP_NEVACUATE)) ? ROLE_GROWTH : ROLE_WAITING;
	if (n->role == ROLE_WAITING)
		n->sign = U'┊';
	else if (at->array && !map_evacuated(m, at->addr))
		n->sign = U'◂';
}

static const char *side(const struct units *u, bool aside)
{
	(void)u;
	return aside ? "old" : "new";
}

static void title(const struct look *l, bool old, bool wide, struct text *out)
{
	const struct map *m = &l->session->world.map;
	uint64_t buckets = l->units.all[old];

	if (!old && buckets == 0) {
		text_add(out, "buckets nil");
		return;
	}
	text_printf(out, "%s %" PRIu64 " × %u B", old ? "old" : map_growing(m) ? "new" : "buckets",
		buckets, m->type->unit.size);
	if (wide && buckets)
		text_printf(out, " · 0x%" PRIx64, map_get(m, old ? HMAP_OLDBUCKETS : HMAP_BUCKETS));
}

/* From an old bucket cells go to two new ones, or to one. */
static unsigned partners(const struct look *l, uint64_t found[2])
{
	uint64_t old = l->units.all[SIDE_ASIDE], unit = l->cursor.unit;

	found[0] = found[1] = 0;
	if (old == 0)
		return 0;
	found[0] = l->cursor.array ? unit : unit & (old - 1);
	found[1] = unit + old;
	return l->cursor.array && found[1] < l->units.all[SIDE_MAIN] ? 2 : 1;
}

static uint64_t front(const struct look *l)
{
	const struct map *m = &l->session->world.map;

	return map_growing(m) ? map_get(m, HMAP_NEVACUATE) : 0;
}

static void sources(const struct units *u, uint64_t *from, uint64_t *to)
{
	uint64_t old = u->all[SIDE_ASIDE];
	bool all = *to - *from >= old;

	*from = all ? 0 : *from & (old - 1);
	*to = all ? old - 1 : *to & (old - 1);
}

static uint64_t beside(const struct look *l)
{
	uint64_t found[2];

	partners(l, found);
	if (l->in_header && l->field == HMAP_NEVACUATE && front(l) < l->units.all[SIDE_ASIDE])
		return front(l);
	return l->cursor.array ? l->cursor.unit & (l->units.all[SIDE_ASIDE] - 1) : found[0];
}

static unsigned state(const struct units *u, bool old, uint64_t bucket)
{
	const struct map *m = u->map;
	uint64_t from;

	if (!map_growing(m))
		return 0;
	from = old_of(m, old, bucket);
	return (map_evacuated(m, map_bucket(m, true, from)) ? 1u : 0) |
		(old && from == map_get(m, HMAP_NEVACUATE) ? 2u : 0) | (bucket == from ? 4u : 0);
}

static bool row_linked(const struct look *l, const struct place *at)
{
	switch (l->field) {
	case HMAP_B:
	case HMAP_BUCKETS:
		return !at->array && at->link == 0;
	case HMAP_OLDBUCKETS:
		return at->array && at->link == 0;
	case HMAP_NEVACUATE:
		return at->array && at->link == 0 && at->unit == front(l);
	case HMAP_NOVERFLOW:
	case HMAP_FIELDS + EXTRA_OVERFLOW:
		return !at->array && at->link > 0;
	case HMAP_FIELDS + EXTRA_OLDOVERFLOW:
		return at->array && at->link > 0;
	default:
		return false;
	}
}

/* The live cells are what count counts, and hash0 is in each of their tophash bytes. */
static bool linked(const struct look *l, const struct place *at, int slot)
{
	if (slot < 0)
		return row_linked(l, at);
	return (l->field == HMAP_COUNT || l->field == HMAP_HASH0) &&
		map_live(&l->session->world.map, at->addr, (unsigned)slot);
}

/* The free spare buckets lie behind the array's last bucket, so they belong to its lower edge. */
static bool edge(const struct look *l, bool brief, struct text *out)
{
	const struct map *m = &l->session->world.map;
	uint64_t all = maptype_array_buckets(m->type, (unsigned)map_get(m, HMAP_B)), spare;
	int64_t next = map_next_overflow(m);

	if (next < 0 || (uint64_t)next >= all)
		return false;
	spare = all - (uint64_t)next;
	if (brief)
		text_printf(out, "%" PRIu64 " spare at 0x%" PRIx64, spare,
			map_bucket(m, false, (uint64_t)next));
	else
		text_printf(out, "%" PRIu64 " spare overflow bucket%s at 0x%" PRIx64, spare,
			spare == 1 ? "" : "s", map_bucket(m, false, (uint64_t)next));
	return l->field == HMAP_EXTRA || l->field == HMAP_FIELDS + EXTRA_NEXTOVERFLOW;
}

static int field_at(const struct look *l, uint64_t addr)
{
	const struct map *m = &l->session->world.map;
	const struct field *fields = hmap_fields(m->type->release);
	unsigned word = m->type->target->ptrsize;
	int field = -1;

	if (addr < m->header || addr - m->header >= hmap_size(m->type->release, m->type->target))
		return -1;
	for (int i = 0; i < HMAP_FIELDS; i++)
		if (fields[i].name && field_offset(&fields[i], word) <= addr - m->header)
			field = i;
	return field;
}

/* Half way through an evacuation a lookup misses what was just moved: both chains are searched. */
static bool find_half(const struct units *u, const uint8_t *key, struct place *where)
{
	const struct map *m = u->map;
	const struct gotype *t = m->type->key;
	uint64_t hash;

	if (!map_growing(m) || !value_equals_itself(m->heap, t, key))
		return false;
	hash = map_hash(m, key);
	for (int old = 0; old < 2; old++) {
		struct place at = { .array = (uint32_t)old, .unit = hash & (u->all[old] - 1) };

		for (at.addr = units_at(u, old, at.unit); at.addr;
			at.addr = map_overflow(m, at.addr), at.link++)
			for (at.slot = 0; at.slot < SLOTS; at.slot++) {
				*where = at;
				if (map_live(m, at.addr, at.slot) &&
					value_equal(m->heap, t, key, map_key(m, at.addr, at.slot)))
					return true;
			}
	}
	return false;
}

/* Those that say something now. */
static int counts(const struct look *l, const struct pane *p)
{
	static const enum hmap_field shown[] = { HMAP_COUNT, HMAP_B, HMAP_NOVERFLOW, HMAP_FLAGS,
		HMAP_NEVACUATE, HMAP_CLEAR_SEQ };
	const struct map *m = &l->session->world.map;
	int x = 0, y = 0;

	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
		enum hmap_field f = shown[i];
		char value[64], of[32] = "";

		if ((f == HMAP_NEVACUATE && !map_growing(m)) ||
			(f == HMAP_FLAGS && !map_get(m, f)) ||
			(f == HMAP_CLEAR_SEQ && !map_clears(m)))
			continue;
		if (f == HMAP_FLAGS)
			flags_words((unsigned)map_get(m, f), value);
		else
			snprintf(value, sizeof value, "%" PRIu64, map_get(m, f));
		if (f == HMAP_NEVACUATE)
			snprintf(of, sizeof of, " of %llu", 1ull << map_old_B(m));
		put_count(l, p, &x, &y, hmap_field(m->type->release, f), value, of);
	}
	return y + 1;
}

enum { MARK_LIVE, MARK_REST, MARK_DELETED, MARK_X, MARK_Y, MARK_GONE, MARKS };

static unsigned mark_number(uint8_t tophash)
{
	switch (tophash) {
	case EMPTY_REST:
		return MARK_REST;
	case EMPTY_ONE:
		return MARK_DELETED;
	case EVACUATED_X:
		return MARK_X;
	case EVACUATED_Y:
		return MARK_Y;
	case EVACUATED_EMPTY:
		return MARK_GONE;
	default:
		return MARK_LIVE;
	}
}

static const struct mark mark_list[MARKS] = {
	[MARK_LIVE] = { SLOT_LIVE, "a live cell, by its tophash", "live", "live, by its tophash",
		"live", NULL, U'█', ROLE_TOPHASH },
	[MARK_REST] = { SLOT_FREE, "free, and so is all behind it (emptyRest 00)",
		"free, and all behind it (emptyRest)", "free, and all behind it",
		"free", "· ", U'░', ROLE_EMPTY_REST },
	[MARK_DELETED] = { SLOT_DEAD, "deleted: a tombstone, more may follow (emptyOne 01)",
		"deleted (emptyOne)", "deleted: a tombstone",
		"dead", "╳ ", U'╳', ROLE_TOMBSTONE },
	[MARK_X] = { SLOT_MOVED, "moved to the same index (evacuatedX 02)", "moved to X",
		"moved to the same index", "to X", "▸X", U'▸', ROLE_EVACUATED_X },
	[MARK_Y] = { SLOT_MOVED, "moved to the upper half (evacuatedY 03)", "moved to Y",
		"moved to the upper half", "to Y", "▸Y", U'▴', ROLE_EVACUATED_Y },
	[MARK_GONE] = { SLOT_MOVED, "was free when evacuated (04)", "was free when evacuated",
		"was free when moved", "free", "▸·", U'·', ROLE_EVACUATED_EMPTY },
};

static const char *const notes[][2] = {
	{ "◂ X of 3", "cells came from old bucket 3, the half that keeps its index" },
	{ "◂ Y of 3", "the other half, which goes to 3 and the old bucket count" },
	{ "repacked", "cells came from the old bucket, in a growth of the same size" },
	{ "◂ moving", "its cells are moved just now; its new buckets are arriving" },
	{ "waits  ┊", "its old bucket was not evacuated yet" },
	{ "◂ next", "nevacuate: the old bucket whose turn it is" },
	{ "└▸", "an overflow bucket of the bucket above" },
	{ NULL, NULL },
};

static const struct marks marks = { "Marks in a bucket", mark_list, MARKS, mark_number,
	"overflow bucket", notes };

static unsigned is_overflow(const struct seeker *k, const struct map *m, const struct place *at)
{
	(void)k;
	(void)m;
	return at->link > 0;
}

static unsigned waits(const struct seeker *k, const struct map *m, const struct place *at)
{
	(void)k;
	return at->array && at->link == 0 && !map_evacuated(m, at->addr);
}

static const struct find_word words[] = {
	{ "tombstone", "a deleted slot (emptyOne)",
		{ .match = seek_control, .target = EMPTY_ONE } },
	{ "overflow", "an overflow bucket", { .match = is_overflow, .whole = true } },
	{ "longest", "the end of a longest chain", { .match = seek_deep, .whole = true } },
	{ "waiting", "an old bucket that was not evacuated yet",
		{ .match = waits, .whole = true } },
	{ "full", "a bucket without a free slot", { .match = seek_full, .whole = true } },
	{ "empty", "a bucket without an entry", { .match = seek_empty, .whole = true } },
	/* These begin what is found in other ways: they are words only to be completed. */
	{ "@", "a bucket, by its number", { 0 } },
	{ "old@", "an old bucket, by its number", { 0 } },
	{ "=", "an elem", { 0 } },
	{ "0xc0", "what lies at an address", { 0 } },
	/* The names that Go has for them. */
	{ "emptyRest", "a free slot, with nothing behind it",
		{ .match = seek_control, .target = EMPTY_REST } },
	{ "emptyOne", "a deleted slot (a tombstone)",
		{ .match = seek_control, .target = EMPTY_ONE } },
	{ "evacuatedX", "a slot that moved to the same index",
		{ .match = seek_control, .target = EVACUATED_X } },
	{ "evacuatedY", "a slot that moved to the upper half",
		{ .match = seek_control, .target = EVACUATED_Y } },
	{ "evacuatedEmpty", "a slot that was free when its bucket moved",
		{ .match = seek_control, .target = EVACUATED_EMPTY } },
	{ "unevacuated", "an old bucket that was not evacuated yet",
		{ .match = waits, .whole = true } },
	{ NULL, NULL, { 0 } },
};

static const struct column columns[] = {
	{ .field = "old" }, { .field = "bucket" }, { .field = "addr" }, { .field = "overflow" },
	{ .field = "live" }, { .field = "free" }, { .field = "dead" }, { .field = "evacuated" },
	{ .field = "tophash" },
};

const struct units_design classic_units_design = {
	.marks = &marks,
	.words = {
		.aside = "old",
		.link = "overflow",
		.linked_unit = "overflow bucket",
		.landmarks = "● now   G growth   S same-size growth   c clear   ┴ overflow bucket",
		.none = "no array before the first insert",
		.find = words,
	},
	.sheet = { columns, sizeof columns / sizeof *columns },
	.title = title,
	.side = side,
	.note = note,
	.find_half = find_half,
	.growth = {
		.partners = partners,
		.beside = beside,
		.front = front,
		.sources = sources,
		.state = state,
	},
	.reach = {
		.name = "chain length",
		.none = "no overflow bucket",
	},
	.fields = {
		.linked = linked,
		.edge = edge,
		.counts = counts,
		.at = field_at,
	},
};
