/* SPDX-License-Identifier: MIT */
/* Groups of the Swiss map: what a row says of them and of their table, what can be looked for. */
#include <inttypes.h>

#include "model/figures/swiss/probes.h"
#include "model/map/swiss/control.h"
#include "tui/sheet/sheet.h"
#include "tui/view/find.h"
#include "tui/view/view.h"
#include "tui/view/swiss/header_parts.h"

enum { MARK_LIVE, MARK_EMPTY, MARK_DELETED, MARKS };

static unsigned mark_number(uint8_t control)
{
	if (control <= CONTROL_FULL_MOST)
		return MARK_LIVE;
	return control == CONTROL_DELETED ? MARK_DELETED : MARK_EMPTY;
}

static const struct mark mark_list[MARKS] = {
	[MARK_LIVE] = { SLOT_LIVE, "a live entry, by its control byte: H2, seven bits of the hash",
		"live", "live, by H2 of its hash", "live", NULL, U'█', ROLE_TOPHASH },
	[MARK_EMPTY] = { SLOT_FREE, "empty: a search ends at a group that has one (80)",
		"empty: a search ends in this group", "empty: a search ends", "free", "· ", U'░',
		ROLE_EMPTY_REST },
	[MARK_DELETED] = { SLOT_DEAD, "deleted, a search goes on: a tombstone (fe)",
		"deleted: a search goes on", "deleted: a tombstone", "dead", "╳ ", U'╳',
		ROLE_TOMBSTONE },
};

static const char *const notes[][2] = {
	{ "table 3", "above the groups of a table: its part of the directory, its load" },
	{ NULL, NULL },
};

static const struct marks marks = { "Marks in a group", mark_list, MARKS, mark_number, NULL,
	notes };

/* Tables that no directory leads to are not yet in it, or a loop is still at them. */
static bool is_filled(const struct map *m)
{
	return m->swiss.fresh[0] || m->swiss.fresh[1];
}

static const char *side(const struct units *u, bool aside)
{
	return !aside ? "map" : is_filled(u->map) ? "new" : "old";
}

static void title(const struct look *l, bool aside, bool wide, struct text *out)
{
	const struct units *u = &l->units;
	size_t tables = aside ? u->count - u->main : u->main;
	const struct map *m = &l->session->world.map;

	if (!aside && u->all[SIDE_MAIN] == 0) {
		text_add(out, "groups nil");
		return;
	}
	text_printf(out, "%s %" PRIu64 " × %u B", !aside ? "groups"
		: is_filled(m) ? "new, filled: groups"
		: "old, replaced: groups", u->all[aside], m->type->unit.size);
	if (!wide)
		return;
	if (swiss_small(m) && !aside)
		text_printf(out, " · 0x%" PRIx64, u->list[0].addr);
	else
		text_printf(out, " · %zu table%s", tables, tables == 1 ? "" : "s");
}

/* The entries of the directory that lead to a table, as 2 or 4..7. */
static void add_entries(const struct map *m, uint64_t table, struct text *out)
{
	uint64_t first = (uint64_t)table_index(m, table), n = table_entries(m, table);

	text_printf(out, " · directory %" PRIu64, first);
	if (n > 1)
		text_printf(out, "..%" PRIu64, first + n - 1);
}

static void heading(const struct look *l, bool aside, const struct unit_array *a, struct text *out)
{
	const struct map *m = &l->session->world.map;
	struct under u = { .number = (uint32_t)(a - l->units.list),
		.tables = (uint32_t)l->units.main };
	unsigned capacity;

	u.groups = (struct groups){ .table = a->table, .addr = a->addr, .mask = a->units - 1 };
	table_name(m, &u, out);
	if (!u.groups.table)
		return;
	capacity = (unsigned)table_get(m, u.groups.table, TABLE_CAPACITY);
	if (!aside && table_index(m, u.groups.table) >= 0)
		add_entries(m, u.groups.table, out);
	text_printf(out, " · used %" PRIu64 " of %u", table_get(m, u.groups.table, TABLE_USED),
		capacity);
	text_printf(out, " · growthLeft %" PRIu64, table_get(m, u.groups.table, TABLE_GROWTH_LEFT));
}

/* From the tables that are filled to the one that is replaced, and back. */
static uint64_t beside(const struct look *l)
{
	bool aside = !l->cursor.array;

	return aside ? l->top[SIDE_ASIDE] : l->moving != LOOK_NONE ? l->moving : l->top[SIDE_MAIN];
}

static void sources(const struct units *u, uint64_t *from, uint64_t *to)
{
	*from = 0;
	*to = u->all[SIDE_ASIDE] - 1;
}

/* The longest way to an entry of the group: groups before it. */
static unsigned reach(const struct units *u, bool aside, uint64_t unit)
{
	const struct unit_array *a = units_array(u, aside, unit);
	struct groups g = { .table = a->table, .addr = a->addr, .mask = a->units - 1 };
	struct place at = { .unit = unit - a->first, .addr = units_at(u, aside, unit) };
	uint64_t most = 0;

	for (; at.slot < SLOTS; at.slot++) {
		uint64_t n = map_live(u->map, at.addr, at.slot) ? probe_length(u->map, &g, &at) : 0;

		most = n > most + 1 ? n - 1 : most;
	}
	return (unsigned)most;
}

static bool table_holds(const struct under *u, const struct map *m, uint64_t addr)
{
	return addr >= u->groups.addr &&
		addr - u->groups.addr < (u->groups.mask + 1) * m->type->unit.size;
}

/* A field of the table speaks of its groups; dirPtr of all; used and the seed of the live slots. */
static bool linked(const struct look *l, const struct place *at, int slot)
{
	const struct map *m = &l->session->world.map;
	struct under u = table_under(l);
	struct header_line line = header_line(l, &u, l->field);
	bool in_table = table_holds(&u, m, at->addr);

	if (line.of == OF_DIRECTORY)
		return false;
	if (slot < 0)
		return line.of == OF_TABLE ? line.n == TABLE_GROUPS && in_table
					   : line.n == SWISS_DIR_PTR && !at->array;
	if (!map_live(m, at->addr, (unsigned)slot))
		return false;
	return line.of == OF_TABLE ? line.n == TABLE_USED && in_table
				   : line.n == SWISS_USED || line.n == SWISS_SEED;
}

/* Those of Map that are not 0, or were until now. */
static int counts(const struct look *l, const struct pane *p)
{
	static const enum swiss_field shown[] = { SWISS_USED, SWISS_DIR_LEN, SWISS_GLOBAL_DEPTH,
		SWISS_TOMBSTONE_POSSIBLE, SWISS_CLEAR_SEQ };
	const struct map *m = &l->session->world.map;
	unsigned word = m->type->target->ptrsize;
	int x = 0, y = 0;

	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
		const struct field *f = &swiss_fields[shown[i]];
		uint64_t v = swiss_get(m, shown[i]);
		char value[24];

		if (shown[i] != SWISS_USED && v == 0 && !changes_touch(&l->changes,
			m->header + field_offset(f, word), field_size(f, word)))
			continue;
		snprintf(value, sizeof value, "%" PRIu64, v);
		put_count(l, p, &x, &y, f, value, "");
	}
	return y + 1;
}

/* Of Map, or of the table under the cursor. */
static int field_at(const struct look *l, uint64_t addr)
{
	const struct map *m = &l->session->world.map;
	struct under u = table_under(l);
	unsigned word = m->type->target->ptrsize;

	for (int i = 0; i < swiss_fields_shown(l); i++) {
		struct header_line line = header_line(l, &u, i);
		const struct field *f = line.of == OF_TABLE ? &table_fields[line.n]
			: &swiss_fields[line.of == OF_MAP ? line.n : 0];
		uint64_t base = line.of == OF_TABLE ? u.groups.table : m->header;

		if (line.of != OF_DIRECTORY &&
			addr - base - field_offset(f, word) < field_size(f, word))
			return i;
	}
	return -1;
}

static const struct find_word words[] = {
	{ "tombstone", "a deleted slot", { .match = seek_control, .target = CONTROL_DELETED } },
	{ "full", "a group without an empty or deleted slot",
		{ .match = seek_full, .whole = true } },
	{ "empty", "a group without an entry", { .match = seek_empty, .whole = true } },
	/* These begin what is found in other ways: they are words only to be completed. */
	{ "@", "a group, by its number, or TABLE:GROUP", { 0 } },
	{ "aside@", "a group of a table that no directory leads to", { 0 } },
	{ "=", "an elem", { 0 } },
	{ "0xc0", "what lies at an address", { 0 } },
	/* The names that Go has for them. */
	{ "ctrlEmpty", "an empty slot", { .match = seek_control, .target = CONTROL_EMPTY } },
	{ "ctrlDeleted", "a deleted slot (a tombstone)",
		{ .match = seek_control, .target = CONTROL_DELETED } },
	{ NULL, NULL, { 0 } },
};

static const struct column columns[] = {
	{ .field = "aside" }, { .field = "table" }, { .field = "group" }, { .field = "addr" },
	{ .field = "live" }, { .field = "free" }, { .field = "dead" }, { .field = "control" },
};

const struct units_design swiss_units_design = {
	.marks = &marks,
	.words = {
		.aside = "aside",
		.landmarks = "● now   G growth   c clear",
		.none = "no group before the first insert",
		.find = words,
	},
	.sheet = { columns, sizeof columns / sizeof *columns },
	.title = title,
	.side = side,
	.heading = heading,
	.growth = {
		.beside = beside,
		.sources = sources,
	},
	.reach = {
		.of = reach,
		.name = "probe length",
		.none = "each at home",
	},
	.fields = {
		.linked = linked,
		.counts = counts,
		.at = field_at,
	},
};
