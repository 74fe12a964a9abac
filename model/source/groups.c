/* SPDX-License-Identifier: MIT */
#include "model/source/groups.h"

#include <stdlib.h>

#include "model/base/mem.h"
#include "model/map/swiss/layout.h"
#include "model/source/groups_parts.h"
#include "model/source/unit_read.h"

enum { DEPTH_MOST = 40 }; /* of a directory: no file has as many entries */

static void free_table(struct source_table *t)
{
	imprint_array_free(&t->groups);
}

void tables_free(struct tables *t)
{
	for (uint64_t i = 0; i < t->count; i++)
		free_table(&t->list[i]);
	free(t->list);
	free(t->runs);
	free_table(&t->old_table);
	imprint_array_free(&t->group);
	imprint_array_free(&t->old_group);
}

/* Groups */

static bool read_nth_group(struct reading *r, uint64_t i, void *into)
{
	enum { MOST = TABLE_SLOTS_MOST / SLOTS };

	if (i < MOST)
		return unit_read(r, into, true);
	reading_leave(r);
	return reading_wrong(r, "more than %d groups: a table has so many at most", MOST);
}

/* Tables */

struct table_reading {
	struct source_table table;
	struct unit_reading unit;
	const struct imprint_array *like;
};

static bool read_table_groups(struct reading *r, void *into)
{
	struct table_reading *t = into;
	bool ok;

	imprint_pack(&t->unit.packer, &t->table.groups, t->like);
	ok = reading_list(r, read_nth_group, &t->unit);
	imprint_pack_end(&t->unit.packer);
	return ok;
}

#define NUMBER(word, f, from, to) MEMBER_NUMBER_AT(word, table_reading, table.f, from, to)

static const struct member table_rows[] = {
	NUMBER("index", index, -1, INT32_MAX),
	NUMBER("localdepth", local_depth, 0, DEPTH_MOST),
	NUMBER("used", used, 0, UINT16_MAX),
	NUMBER("capacity", capacity, SLOTS, TABLE_SLOTS_MOST),
	NUMBER("growthleft", growth_left, 0, UINT16_MAX),
	MEMBER_READ("groups", read_table_groups, true, "a list"),
};
#undef NUMBER

static const struct members table_members = MEMBERS(table_rows);

static bool check_capacity(struct reading *r, const struct source_table *t)
{
	if (t->capacity & (t->capacity - 1))
		return reading_wrong(reading_enter(r, "capacity"),
			"%llu: a power of two from %d to %d is expected",
			(unsigned long long)t->capacity, SLOTS, TABLE_SLOTS_MOST);
	if (t->groups.total == t->capacity / SLOTS)
		return true;
	return reading_wrong(reading_enter(r, "groups"),
		"%llu groups: capacity is %llu, so that there are %llu",
		(unsigned long long)t->groups.total, (unsigned long long)t->capacity,
		(unsigned long long)t->capacity / SLOTS);
}

/* One whose beginning was read. */
static bool read_table(struct reading *r, struct table_reading *t)
{
	uint64_t seen;

	t->table = (struct source_table){ 0 };
	if (reading_members(r, &table_members, t, &seen) && check_capacity(r, &t->table))
		return true;
	free_table(&t->table);
	return false;
}

/* The tables of a snapshot, as they are read. */
struct tables_reading {
	struct table_reading t;
	struct tables *out;
	const struct tables *before;
};

static bool read_nth_table(struct reading *r, uint64_t i, void *into)
{
	struct tables_reading *x = into;

	x->t.like = x->before && i < x->before->count ? &x->before->list[i].groups : NULL;
	if (!reading_value(r, PULL_OBJECT) || !read_table(r, &x->t))
		return false;
	x->out->list = xroom(x->out->list, &x->out->cap, i, sizeof *x->out->list);
	x->out->list[i] = x->t.table;
	x->out->count++;
	return true;
}

static bool read_tables(struct reading *r, void *into)
{
	struct snapshot_reading *x = into;
	const struct source_setting *set = snapshot_setting(r, x);
	const struct source_snapshot *before = set ? snapshot_before(x) : NULL;
	struct tables_reading all = { .out = &x->s.tables,
		.before = before ? &before->tables : NULL };
	bool ok;

	if (!set || !reading_value(r, PULL_LIST))
		return false;
	unit_reading_open(&all.t.unit, set->type, &group_members);
	ok = reading_items(r, read_nth_table, &all);
	unit_reading_close(&all.t.unit);
	return ok;
}

static bool read_old_table(struct reading *r, void *into)
{
	struct snapshot_reading *x = into;
	const struct source_setting *set = snapshot_setting(r, x);
	struct table_reading t = { .like = NULL };
	bool there, ok;

	if (!set || !reading_or_null(r, PULL_OBJECT, "a table or null", &there))
		return false;
	if (!there)
		return true;
	unit_reading_open(&t.unit, set->type, &group_members);
	ok = read_table(r, &t);
	unit_reading_close(&t.unit);
	x->s.tables.old_table = t.table;
	return ok;
}

/* A group, or null. */
static bool read_one_group(struct reading *r, struct snapshot_reading *x, struct imprint_array *a,
	const struct imprint_array *like)
{
	const struct source_setting *set = snapshot_setting(r, x);
	struct unit_reading b;
	bool there, ok;

	if (!set || !reading_or_null(r, PULL_OBJECT, "a group or null", &there))
		return false;
	if (!there)
		return true;
	unit_reading_open(&b, set->type, &group_members);
	imprint_pack(&b.packer, a, like);
	ok = unit_read_members(r, &b, true);
	imprint_pack_end(&b.packer);
	unit_reading_close(&b);
	return ok;
}

static bool read_group(struct reading *r, void *into)
{
	struct snapshot_reading *x = into;
	const struct source_setting *set = snapshot_setting(r, x);
	const struct source_snapshot *before = set ? snapshot_before(x) : NULL;

	return read_one_group(r, x, &x->s.tables.group, before ? &before->tables.group : NULL);
}

static bool read_old_group(struct reading *r, void *into)
{
	struct snapshot_reading *x = into;

	return read_one_group(r, x, &x->s.tables.old_group, NULL);
}

/* The directory: the numbers of its tables, whose entries are neighbours, as runs of one number. */

static bool read_entry(struct reading *r, uint64_t i, void *into)
{
	struct tables *t = into;
	int64_t n;

	(void)i;
	if (!reading_value(r, PULL_INTEGER))
		return false;
	n = r->pull->number;
	if (n == (int64_t)t->nruns) {
		xadd(t->runs, t->nruns, t->runs_cap, 0);
	} else if (n != (int64_t)t->nruns - 1) {
		if (t->nruns == 0)
			return reading_wrong(
				r, "%lld: the first entry leads to table 0", (long long)n);
		return reading_wrong(r, "%lld: %llu or %llu is expected, a table's entries are "
			"neighbours", (long long)n, (unsigned long long)t->nruns - 1,
			(unsigned long long)t->nruns);
	}
	t->runs[t->nruns - 1]++;
	return true;
}

static bool read_directory(struct reading *r, void *into)
{
	struct tables *t = &((struct snapshot_reading *)into)->s.tables;

	return reading_or_null(r, PULL_LIST, "a list or null", &t->directory) &&
		(!t->directory || reading_items(r, read_entry, t));
}

#define NUMBER(word, f, to) MEMBER_NUMBER_AT(word, snapshot_reading, s.tables.f, 0, to)

static const struct member rows[] = {
	NUMBER("used", used, INT64_MAX),
	{ .name = "seed", .kind = MEMBER_HEX, .needed = true, .most = 16,
		.offset = offsetof(struct snapshot_reading, s.tables.seed) },
	NUMBER("dirlen", dir_len, INT64_MAX),
	NUMBER("globaldepth", global_depth, UINT8_MAX),
	NUMBER("globalshift", global_shift, UINT8_MAX),
	NUMBER("writing", writing, UINT8_MAX),
	NUMBER("clearseq", clear_seq, INT64_MAX),
	{ .name = "tombstone_possible", .kind = MEMBER_FLAG,
		.offset = offsetof(struct snapshot_reading, s.tables.tombstone_possible) },
	MEMBER_READ("directory", read_directory, true, "a list or null"),
	MEMBER_READ("tables", read_tables, true, "a list"),
	MEMBER_READ("group", read_group, true, "a group or null"),
	MEMBER_READ("old_table", read_old_table, false, NULL),
	MEMBER_READ("old_group", read_old_group, false, NULL),
};

const struct members groups_members = { rows, sizeof rows / sizeof rows[0], NULL, reading_groups };

/* What must hold between the fields: sizes and depths. The rest are laws. */

static bool expect(struct reading *r, const char *name, uint64_t is, uint64_t want, const char *why)
{
	if (is == want)
		return true;
	return reading_wrong(reading_enter(r, name), "%llu: %s it is %llu", (unsigned long long)is,
		why, (unsigned long long)want);
}

static bool check_seed(struct reading *r, const struct target *target, const struct tables *t)
{
	if ((t->seed & ~word_mask(target)) == 0)
		return true;
	return reading_wrong(reading_enter(r, "seed"), "0x%llx: on %s it has %u bits",
		(unsigned long long)t->seed, target->name, 8 * target->ptrsize);
}

static bool check_small(struct reading *r, const struct tables *t)
{
	static const char why[] = "without a directory";

	if (t->directory)
		return reading_wrong(reading_enter(r, "directory"),
			"a list: dirlen is 0, so that null is expected");
	if (t->count)
		return reading_wrong(reading_enter(r, "tables"),
			"%llu: dirlen is 0, so that an empty list is expected",
			(unsigned long long)t->count);
	return expect(r, "globaldepth", t->global_depth, 0, why) &&
		expect(r, "globalshift", t->global_shift, 0, why) &&
		(t->group.total || expect(r, "used", t->used, 0, "without a group"));
}

static bool check_table(struct reading *r, const struct tables *t, const struct source_table *one)
{
	if (one->local_depth <= t->global_depth)
		return true;
	return reading_wrong(reading_enter(r, "localdepth"), "%llu: globaldepth, %llu, is the most",
		(unsigned long long)one->local_depth, (unsigned long long)t->global_depth);
}

static bool check_tables(struct reading *r, const struct tables *t)
{
	reading_enter(r, "tables");
	if (t->count != t->nruns)
		return reading_wrong(r, "%llu: the directory leads to %llu",
			(unsigned long long)t->count, (unsigned long long)t->nruns);
	for (uint64_t i = 0; i < t->count; i++) {
		reading_enter_item(r, i);
		if (!check_table(r, t, &t->list[i]))
			return false;
		reading_leave(r);
	}
	reading_leave(r);
	return true;
}

static bool check_large(struct reading *r, const struct target *target, const struct tables *t)
{
	uint64_t entries = 0;

	if (t->global_depth > DEPTH_MOST || t->global_depth >= hash_bits(target))
		return reading_wrong(reading_enter(r, "globaldepth"),
			"%llu: no directory is so large", (unsigned long long)t->global_depth);
	if (!t->directory)
		return reading_wrong(reading_enter(r, "directory"),
			"null: dirlen is %llu, so that a list is expected",
			(unsigned long long)t->dir_len);
	if (t->group.total)
		return reading_wrong(reading_enter(r, "group"),
			"a group: with a directory null is expected");
	for (uint64_t i = 0; i < t->nruns; i++)
		entries += t->runs[i];
	return expect(r, "dirlen", t->dir_len, 1ull << t->global_depth,
		"2 to the power of globaldepth") &&
		expect(r, "globalshift", t->global_shift, hash_bits(target) - t->global_depth,
			"a hash's bits but for those of globaldepth") &&
		expect(r, "dirlen", t->dir_len, entries, "as the directory has entries") &&
		check_tables(r, t);
}

/* The loop's position must be one that there is. */
static bool check_loop(struct reading *r, const struct tables *t, const struct source_loop *l)
{
	reading_enter(r, "range");
	reading_enter(r, "stands");
	if (l->stands && l->groups.table != TABLE_NONE && l->groups.table >= t->count)
		return reading_wrong(reading_enter(r, "table"), "%llu: there are %llu tables",
			(unsigned long long)l->groups.table, (unsigned long long)t->count);
	if (l->stands && l->groups.depth > t->global_depth)
		return reading_wrong(reading_enter(r, "depth"),
			"%llu: globaldepth, %llu, is the most", (unsigned long long)l->groups.depth,
			(unsigned long long)t->global_depth);
	reading_leave(r);
	reading_leave(r);
	return true;
}

static bool complete(struct reading *r, struct snapshot_reading *x)
{
	const struct source_setting *set = snapshot_setting(r, x);
	const struct tables *t = &x->s.tables;

	if (!set || !check_seed(r, set->target, t))
		return false;
	if (!(t->dir_len ? check_large(r, set->target, t) : check_small(r, t)))
		return false;
	reading_enter(r, "old_table");
	if (t->old_table.capacity && !check_table(r, t, &t->old_table))
		return false;
	reading_leave(r);
	return check_loop(r, t, &x->s.loop);
}

static uint64_t entries(const struct source_snapshot *s)
{
	return s->tables.used;
}

const struct snapshot_part groups_part = {
	.engine = "swiss",
	.hex_seeds = true,
	.sizes = groups_sizes,
	.add_type = groups_add_type,
	.add_header = groups_add_header,
	.add_loop = groups_add_loop,
	.units = { "ctrl", groups_walk },
	.members = &groups_members,
	.loop = &groups_loop_members,
	.complete = complete,
	.entries = entries,
	.fill = groups_fill,
	.place_loop = groups_place_loop,
};
