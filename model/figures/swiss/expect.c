/* SPDX-License-Identifier: MIT */
#include "model/figures/swiss/expect.h"

#include <math.h>

#include "model/figures/cell.h"

/* What is summed up, in parts of tables where chance decides. */
struct sum {
	const struct maptype *t;
	double tables, groups, bytes;    /* in use */
	double made_bytes, made_objects; /* allocated */
	uint64_t directory;
};

uint64_t expect_table_bytes(const struct maptype *t, unsigned capacity)
{
	return object_bytes(t, table_size(t->target), true) +
		object_bytes(t, (uint64_t)capacity / SLOTS * t->unit.size, t->pointers);
}

static uint64_t directory_bytes(const struct maptype *t, uint64_t entries)
{
	return object_bytes(t, entries * t->target->ptrsize, true);
}

/* How likely one of so many parts of all entries has more than `most`. */
static double chance_above(uint64_t entries, double parts, unsigned most)
{
	double n = (double)entries, mean = n / parts;

	if (parts <= 1)
		return entries > most;
	if (mean <= 0)
		return 0;
	return 0.5 * erfc((most + 0.5 - mean) / sqrt(2 * mean * (1 - 1 / parts)));
}

static void make_tables(struct sum *s, double count, unsigned capacity)
{
	s->tables += count;
	s->groups += count * (capacity / SLOTS);
	s->bytes += count * (double)expect_table_bytes(s->t, capacity);
	s->made_bytes += count * (double)expect_table_bytes(s->t, capacity);
	s->made_objects += 2 * count;
}

static void drop_tables(struct sum *s, double count, unsigned capacity)
{
	s->tables -= count;
	s->groups -= count * (capacity / SLOTS);
	s->bytes -= count * (double)expect_table_bytes(s->t, capacity);
}

static void make_directory(struct sum *s, uint64_t entries)
{
	s->directory = entries;
	s->made_bytes += (double)directory_bytes(s->t, entries);
	s->made_objects++;
}

/* The first tables grow up to the most slots, each when it is full. */
static void grow_tables(struct sum *s, double count, unsigned capacity, uint64_t entries)
{
	make_tables(s, count, capacity);
	for (; capacity < TABLE_SLOTS_MOST; capacity *= 2) {
		double grown = count * chance_above(entries, count, table_most(capacity));

		drop_tables(s, grown, capacity);
		make_tables(s, grown, 2 * capacity);
	}
}

/* Then they split: of 2^depth parts of the hashes those that have too many entries. */
static void split_tables(struct sum *s, double parts, uint64_t entries)
{
	double splits;

	for (; (splits = parts * chance_above(entries, parts, table_most(TABLE_SLOTS_MOST))) > 0.01;
		parts *= 2) {
		drop_tables(s, splits, TABLE_SLOTS_MOST);
		make_tables(s, 2 * splits, TABLE_SLOTS_MOST);
		if (splits >= 0.5 && 2 * parts > (double)s->directory)
			make_directory(s, (uint64_t)(2 * parts));
	}
}

static uint64_t rounded(double x)
{
	return (uint64_t)(x + 0.5);
}

static struct account account(double objects, double bytes, const struct maptype *t,
	uint64_t entries)
{
	return (struct account){
		rounded(objects) + 1 + entries * cell_apart_objects(t),
		rounded(bytes) + object_bytes(t, swiss_size(t->target), true) +
			entries * cell_apart_bytes(t) };
}

static void begin_small(struct sum *s, uint64_t entries)
{
	uint64_t group = object_bytes(s->t, s->t->unit.size, s->t->pointers);

	s->made_bytes += (double)group;
	s->made_objects++;
	if (entries <= SMALL_MOST) {
		s->groups = 1;
		s->bytes += (double)group;
		return;
	}
	make_directory(s, 1);
	grow_tables(s, 1, 2 * SLOTS, entries);
	split_tables(s, 1, entries);
}

struct expected expect_map(const struct maptype *t, uint64_t hint, uint64_t entries)
{
	struct swiss_plan plan = swiss_plan(t, hint);
	struct sum s = { .t = t };
	struct expected e = { 0 };
	double objects;

	if (plan.tables) {
		make_directory(&s, plan.tables);
		grow_tables(&s, (double)plan.tables, plan.capacity, entries);
		split_tables(&s, (double)plan.tables, entries);
	} else if (entries > 0) {
		begin_small(&s, entries);
	}
	e.about = s.tables > 1;
	e.tables = s.tables;
	e.groups = s.groups;
	e.directory = s.directory;
	objects = s.directory ? 2 * s.tables + 1 : s.groups;
	if (s.directory)
		s.bytes += (double)directory_bytes(t, s.directory);
	e.in_use = account(objects, s.bytes, t, entries);
	e.allocated = account(s.made_objects, s.made_bytes, t, entries);
	return e;
}
