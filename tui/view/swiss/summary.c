/* SPDX-License-Identifier: MIT */
/* What the summary says of a Swiss map's header, tables and growth. */
#include "model/map/swiss/reading.h"
#include "tui/sheet/sheet.h"
#include "tui/view/swiss/swiss_design.h"

/* All tables together. */
struct sums {
	uint64_t tables, slots, used, most, tombstones;
	unsigned smallest, largest;   /* capacity */
	unsigned least;               /* growthLeft of the one that grows next; */
	uint64_t next;                /* its number */
	bool splits;
};

static void add_table(struct sums *all, const struct map *m, uint64_t table)
{
	unsigned capacity = (unsigned)table_get(m, table, TABLE_CAPACITY);
	unsigned left = (unsigned)table_get(m, table, TABLE_GROWTH_LEFT);

	if (!all->tables || left < all->least) {
		all->least = left;
		all->next = all->tables;
		all->splits = capacity == TABLE_SLOTS_MOST;
	}
	if (!all->tables || capacity < all->smallest)
		all->smallest = capacity;
	if (capacity > all->largest)
		all->largest = capacity;
	all->tables++;
	all->slots += capacity;
	all->used += table_get(m, table, TABLE_USED);
	all->most += table_most(capacity);
	all->tombstones += table_tombstones(m, table);
}

static struct sums sum_up(const struct map *m)
{
	struct sums all = { 0 };
	uint64_t n = swiss_get(m, SWISS_DIR_LEN), last = 0;

	for (uint64_t i = 0; i < n; i++) {
		uint64_t table = directory_at(m, i);

		if (table != last)
			add_table(&all, m, table);
		last = table;
	}
	if (n == 0 && swiss_get(m, SWISS_DIR_PTR) != 0)
		all.slots = all.most = SLOTS;
	return all;
}

static void put_tables(const struct summary *r, const struct map *m, const struct sums *all)
{
	if (!all->tables)
		summary_row(r, "tables", "none, %s", all->slots ? "one group" : "and no group yet");
	else if (all->smallest == all->largest)
		summary_row(r, "tables", "%s of %s slots", count_text(all->tables).s,
			count_text(all->largest).s);
	else
		summary_row(r, "tables", "%s of %s to %s slots", count_text(all->tables).s,
			count_text(all->smallest).s, count_text(all->largest).s);
	if (all->tables)
		summary_row(r, "directory", "%s entr%s, globalDepth %u",
			count_text(swiss_get(m, SWISS_DIR_LEN)).s,
			swiss_get(m, SWISS_DIR_LEN) == 1 ? "y" : "ies",
			(unsigned)swiss_get(m, SWISS_GLOBAL_DEPTH));
	summary_row(r, "groups", "%s of %s bytes", count_text(all->slots / SLOTS).s,
		count_text(m->type->unit.size).s);
}

static void put_growth(const struct summary *r, const struct map *m, const struct sums *all)
{
	uint64_t used = swiss_get(m, SWISS_USED);

	if (!all->tables && used < SMALL_MOST)
		summary_row(r, "next growth", "at entry %u, to a table", SMALL_MOST + 1);
	else if (!all->tables)
		summary_row(r, "next growth", "at the next new key, to a table");
	else
		summary_row(r, "next growth", "table %s %s after %u more of its own",
			count_text(all->next).s, all->splits ? "splits" : "grows", all->least);
}

static void put_facts(const struct map *m, const struct sums *all, struct sheet *out)
{
	uint64_t used = swiss_get(m, SWISS_USED);

	sheet_count(out, "count", used);
	sheet_count(out, "dirlen", swiss_get(m, SWISS_DIR_LEN));
	sheet_count(out, "globaldepth", swiss_get(m, SWISS_GLOBAL_DEPTH));
	sheet_count(out, "clearseq", swiss_get(m, SWISS_CLEAR_SEQ));
	sheet_count(out, "tables", all->tables);
	sheet_count(out, "groups", all->slots / SLOTS);
	sheet_count(out, "group_bytes", m->type->unit.size);
	sheet_count(out, "slots", all->slots);
	sheet_count(out, "tombstones", all->tombstones);
	sheet_real(out, "load", all->slots ? (double)used / (double)(all->slots / SLOTS) : 0);
	sheet_flag(out, "growing", false);
}

void swiss_summary(const struct summary *r, const struct session *s)
{
	const struct map *m = &s->world.map;
	struct sums all = sum_up(m);
	uint64_t used = swiss_get(m, SWISS_USED);

	summary_row(r, "used", "%s", count_text(used).s);
	put_tables(r, m, &all);
	if (all.slots)
		summary_row(r, "load", "%s of %d a group",
			real_text((double)used / (double)(all.slots / SLOTS), 2).s,
			all.tables ? LOAD_OF_8 : SMALL_MOST);
	summary_row(r, "tombstones", "%s", count_text(all.tombstones).s);
	put_growth(r, m, &all);
	put_facts(m, &all, r->sheet);
}
