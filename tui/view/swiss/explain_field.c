/* SPDX-License-Identifier: MIT */
/* What the fields of Map and of a table are, and what becomes of them. */
#include <inttypes.h>

#include "tui/view/swiss/explain_parts.h"
#include "tui/view/swiss/header_parts.h"

static void explain_used(const struct map *m, struct text *t)
{
	uint64_t used = swiss_get(m, SWISS_USED);

	text_printf(t, "used is what len returns: %" PRIu64 " key%s, each in a full slot. A new "
		       "key adds one, a delete takes one away. ", used, used == 1 ? "" : "s");
	if (!swiss_small(m))
		text_add(t, "It is the sum of used of all tables.");
	else if (used < SMALL_MOST)
		text_printf(t, "%" PRIu64 " more fit into the one group; the new key after that "
			"makes a table of 16 slots.",
			SMALL_MOST - used);
	else
		text_add(t, "The one group is full: the next new key makes a table of 16 slots.");
}

static void explain_dir_ptr(const struct map *m, struct text *t)
{
	if (swiss_get(m, SWISS_DIR_PTR) == 0)
		text_add(t,
			"dirPtr is nil: the first insert allocates the one group of a small map.");
	else if (swiss_small(m))
		text_add(t, "dirPtr leads straight to the one group, as dirLen is 0: up to 8 "
			"entries need no table. The ninth key makes one, and dirPtr becomes the "
			"address of a directory.");
	else
		text_add(t, "dirPtr is the address of the directory, dirLen pointers to tables. A "
			"table that has only one of them doubles the directory when it splits: "
			"another array is allocated.");
}

static uint32_t tables_of(const struct map *m)
{
	uint32_t tables = 0;

	for (uint64_t i = 0; i < swiss_get(m, SWISS_DIR_LEN); i++)
		tables += i == 0 || directory_at(m, i) != directory_at(m, i - 1);
	return tables;
}

static void explain_dir_len(const struct map *m, struct text *t)
{
	uint64_t n = swiss_get(m, SWISS_DIR_LEN);

	if (n == 0)
		text_add(t, "dirLen is 0: this map is small, one group at most, with neither table "
			"nor directory.");
	else
		text_printf(t, "dirLen is the number of entries of the directory: 2^globalDepth = %"
			PRIu64 ", which lead to %u table%s. It only ever doubles; neither delete "
			"nor clear makes it smaller.",
			n, tables_of(m), tables_of(m) == 1 ? "" : "s");
}

static void explain_global_depth(const struct map *m, struct text *t)
{
	uint64_t depth = swiss_get(m, SWISS_GLOBAL_DEPTH);

	if (swiss_small(m))
		text_add(t, "globalDepth is 0: a small map has no directory.");
	else if (depth == 0)
		text_add(t, "globalDepth is 0: the directory has one entry, so no bit of a hash is "
			"asked for it. The split of the table adds one.");
	else
		text_printf(t, "globalDepth is how many bits of a hash, from its top, are the "
			"entry of the directory: %" PRIu64 ". The split of a table whose "
			"localDepth is as large adds one; nothing takes one away.",
			depth);
}

static void explain_global_shift(const struct map *m, struct text *t)
{
	unsigned bits = hash_bits(m->type->target);

	if (swiss_small(m))
		text_printf(t, "globalShift is 0: a small map has no directory. With one it is %u "
			"- globalDepth.",
			bits);
	else
		text_printf(t, "globalShift is how far a hash is shifted right so that its top "
			"globalDepth bits are left: %u - %" PRIu64 " = %" PRIu64 ".",
			bits, swiss_get(m, SWISS_GLOBAL_DEPTH), swiss_get(m, SWISS_GLOBAL_SHIFT));
}

static void explain_tombstone_possible(const struct map *m, struct text *t)
{
	if (swiss_get(m, SWISS_TOMBSTONE_POSSIBLE))
		text_add(t, "tombstonePossible is true: a delete has left a tombstone since make "
			"or the last clear. So clear works on the tables even when no key is left; "
			"that sets it to false again.");
	else
		text_add(t,
			"tombstonePossible is false: no delete has left a tombstone since make or "
			"the last clear. While it is false, clear of an empty map does nothing.");
}

static void explain_seed(const struct map *m, struct text *t)
{
	text_printf(t, "seed, 0x%0*" PRIx64 ", is a random number that goes into every hash of "
		"this map, so that nobody can foresee which keys collide. make draws it; another "
		"is drawn when the map is emptied, by clear or by the delete of the last key.",
		2 * (int)m->type->target->ptrsize, swiss_get(m, SWISS_SEED));
}

static void explain_writing(const struct map *m, struct text *t)
{
	text_add(t,
		swiss_get(m, SWISS_WRITING)
			? "writing is 1: an operation is writing; another one that finds "
			  "it so ends the program."
			: "writing is 0 between operations. A write sets it and takes it "
			  "away again; any operation that finds it set ends the program: "
			  "concurrent map writes.");
}

static void explain_clears(const struct map *m, struct text *t)
{
	text_printf(t, "clearSeq counts the clears that did something: %" PRIu64 ". A "
		"range loop that walks along a table that was replaced cannot look a NaN "
		"up again: by this it knows whether a clear has taken it away.",
		swiss_get(m, SWISS_CLEAR_SEQ));
}

static void (*const of_map[SWISS_FIELDS])(const struct map *m, struct text *t) = {
	[SWISS_USED] = explain_used,
	[SWISS_SEED] = explain_seed,
	[SWISS_DIR_PTR] = explain_dir_ptr,
	[SWISS_DIR_LEN] = explain_dir_len,
	[SWISS_GLOBAL_DEPTH] = explain_global_depth,
	[SWISS_GLOBAL_SHIFT] = explain_global_shift,
	[SWISS_WRITING] = explain_writing,
	[SWISS_TOMBSTONE_POSSIBLE] = explain_tombstone_possible,
	[SWISS_CLEAR_SEQ] = explain_clears,
};

/* What comes once growthLeft is 0. */
static const char *becomes(const struct map *m, uint64_t table)
{
	return table_get(m, table, TABLE_CAPACITY) == TABLE_SLOTS_MOST ? "splits" : "grows";
}

bool explain_prunes(const struct map *m)
{
	return m->type->release->prunes && m->type->path != PATH_GENERAL;
}

void explain_full(const struct map *m, uint64_t table, struct text *t)
{
	unsigned dead = table_tombstones(m, table);

	if (dead == 0) {
		text_printf(t, "growthLeft is 0: the next new key of this table %s it first.",
			table_get(m, table, TABLE_CAPACITY) == TABLE_SLOTS_MOST ? "splits"
										: "doubles");
		return;
	}
	text_printf(t, "growthLeft is 0: the next new key of this table takes a tombstone on its "
		"way; if there is none, %sthe table %s.",
		explain_prunes(m) ? "tombstones that no way needs are pruned, if they are a tenth "
				    "of the slots; "
				    "else "
				  : "",
		becomes(m, table));
}

static void explain_table_used(const struct map *m, const struct under *u, struct text *t)
{
	uint64_t table = u->groups.table, used = table_get(m, table, TABLE_USED);
	unsigned capacity = (unsigned)table_get(m, table, TABLE_CAPACITY),
		dead = table_tombstones(m, table);
	uint64_t left = table_get(m, table, TABLE_GROWTH_LEFT);

	text_printf(t, "used %" PRIu64 " of %u slots", used, capacity);
	if (left)
		text_printf(t, ", %" PRIu64 " more until it %s", left, becomes(m, table));
	text_printf(t, ". A table is full at 7 of 8 slots, here %u, tombstones included",
		table_most(capacity));
	if (dead)
		text_printf(t, ": there %s %u", dead == 1 ? "is" : "are", dead);
	text_add(t, ". ");
	if (left == 0)
		explain_full(m, table, t);
}

static void explain_capacity(const struct map *m, uint64_t table, struct text *t)
{
	unsigned capacity = (unsigned)table_get(m, table, TABLE_CAPACITY);

	text_printf(t, "capacity is the number of slots: %u, in %u groups of 8. ", capacity,
		capacity / SLOTS);
	if (capacity == TABLE_SLOTS_MOST)
		text_add(t, "That is the most: when it is full, two tables of 1024 slots take its "
			"place.");
	else
		text_printf(t,
			"When it is full, one table of %u takes its place; one of 1024 splits.",
			2 * capacity);
}

static void explain_growth_left(const struct map *m, uint64_t table, struct text *t)
{
	unsigned most = table_most((unsigned)table_get(m, table, TABLE_CAPACITY));

	text_printf(t, "growthLeft is how many more empty slots may be taken: %" PRIu64 ". It "
		       "began at %u; used, tombstones and growthLeft are always %u together. A key "
		       "that takes a tombstone costs nothing; a delete gives one back unless it "
		       "leaves a tombstone. ",
		table_get(m, table, TABLE_GROWTH_LEFT), most, most);
	if (table_get(m, table, TABLE_GROWTH_LEFT) == 0)
		explain_full(m, table, t);
}

static void explain_local_depth(const struct map *m, const struct under *u, struct text *t)
{
	uint64_t depth = table_get(m, u->groups.table, TABLE_LOCAL_DEPTH);
	uint64_t global = swiss_get(m, SWISS_GLOBAL_DEPTH);

	text_printf(t, "localDepth is how many bits, from the top, the hashes of all its keys have "
		"in common: %" PRIu64 ". ", depth);
	if (table_aside(u))
		text_add(t, "A split adds one, growth none.");
	else if (depth == global)
		text_add(t, "It is as large as globalDepth: one entry of the directory leads here, "
			"and when the table splits, the directory doubles.");
	else
		text_printf(t,
			"globalDepth is %" PRIu64 ": 2^%" PRIu64 " = %" PRIu64 " neighbouring "
			"entries of the directory lead here, and a split shares them out.",
			global, global - depth, table_entries(m, u->groups.table));
}

static void explain_index(const struct map *m, const struct under *u, struct text *t)
{
	int64_t index = table_index(m, u->groups.table);

	if (index >= 0)
		text_printf(t, "index is the first entry of the directory that leads here: %" PRId64
			". It becomes -1 when the table is replaced: so a range loop that walks "
			"along it knows that its keys are elsewhere by now.",
			index);
	else if (table_replaced(m, u))
		text_add(t, "index is -1: the table was replaced. The range loop that walks along "
			"it takes from it which keys come, and looks each up in the map.");
	else
		text_add(t, "index is -1: no entry of the directory leads here yet. It is set once "
			"all entries have moved.");
}

static void explain_table_field(const struct map *m, const struct under *u, int field,
	struct text *t)
{
	uint64_t table = u->groups.table, groups = u->groups.mask + 1;

	switch (field) {
	case TABLE_USED:
		explain_table_used(m, u, t);
		break;
	case TABLE_CAPACITY:
		explain_capacity(m, table, t);
		break;
	case TABLE_GROWTH_LEFT:
		explain_growth_left(m, table, t);
		break;
	case TABLE_LOCAL_DEPTH:
		explain_local_depth(m, u, t);
		break;
	case TABLE_INDEX:
		explain_index(m, u, t);
		break;
	case TABLE_GROUPS:
		text_printf(t, "groups.data is the address of the table's groups: %" PRIu64 " of "
			"%u bytes in one array. Growth makes another array and leaves this one to "
			"the collector.",
			groups, m->type->unit.size);
		break;
	default:
		text_printf(t, "groups.lengthMask is the number of groups less one. H1 & %" PRIu64
			", the low bits of H1, is the group that a search begins with; it goes on "
			"by 1, 2, 3, .. groups, round about.",
			u->groups.mask);
	}
}

/* Which hashes lead to these entries: the bits that they have in common. */
static void add_prefix(const struct map *m, const struct directory_line *line, struct text *t)
{
	unsigned depth = (unsigned)table_get(m, line->table, TABLE_LOCAL_DEPTH);
	uint64_t bits = line->entry / line->entries;

	if (depth == 0) {
		text_add(t, "all hashes");
		return;
	}
	text_add(t, "hashes that begin with ");
	for (unsigned i = depth; i-- > 0;)
		text_addc(t, bits >> i & 1 ? '1' : '0');
}

static void explain_directory(const struct map *m, const struct directory_line *line,
	struct text *t)
{
	unsigned capacity = (unsigned)table_get(m, line->table, TABLE_CAPACITY);

	if (line->entries == 1)
		text_printf(t,
			"Entry %" PRIu64 " of the directory leads to table %u: ", line->entry,
			line->number);
	else
		text_printf(t,
			"Entries %" PRIu64 " to %" PRIu64 " of the directory lead to table %u: ",
			line->entry, line->entry + line->entries - 1, line->number);
	add_prefix(m, line, t);
	text_printf(t, ". It has %u slots, used %" PRIu64 ", %" PRIu64 " more until it %s.",
		capacity, table_get(m, line->table, TABLE_USED),
		table_get(m, line->table, TABLE_GROWTH_LEFT), becomes(m, line->table));
}

void swiss_explain_field(const struct look *l, struct text *t)
{
	const struct map *m = &l->session->world.map;
	struct under u = table_under(l);
	struct header_line line = header_line(l, &u, l->field);
	struct directory_line lines[DIRECTORY_LINES];

	if (line.of == OF_MAP)
		of_map[line.n](m, t);
	else if (line.of == OF_TABLE)
		explain_table_field(m, &u, line.n, t);
	else if (line.n < directory_lines(l, &u, lines))
		explain_directory(m, &lines[line.n], t);
}
