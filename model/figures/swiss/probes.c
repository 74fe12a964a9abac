/* SPDX-License-Identifier: MIT */
#include "model/figures/swiss/probes.h"

#include "model/figures/chance.h"
#include "model/figures/numbers.h"
#include "model/figures/swiss/tally.h"
#include "model/map/swiss/rules.h"

enum { GROUPS_MOST = TABLE_SLOTS_MOST / SLOTS };

/* Groups and entries of tables of one size, by its logarithm: chance goes by the size. */
enum { OWN_SIZES = 8, OWN_GROUPS = 0, OWN_ENTRIES = OWN_SIZES };

/* A key that nobody can hash, or that is not equal to itself, is taken for one that lies
   at home. */
static uint64_t home_of(const struct map *m, const struct groups *g, const struct place *at)
{
	const uint8_t *key = map_key(m, at->addr, at->slot);

	if (!g->table || m->unhashed || !value_equals_itself(m->heap, m->type->key, key))
		return at->unit;
	return hash_h1(swiss_hash(m, key)) & g->mask;
}

/* Groups from one to another along the probe sequence, both included; 0: it does not come there. */
static uint64_t steps_to(const struct groups *g, uint64_t home, uint64_t to)
{
	struct probe p = { .mask = g->mask, .unit = home };

	while (p.unit != to && p.step <= g->mask)
		probe_next(&p);
	return p.unit == to ? p.step + 1 : 0;
}

uint64_t probe_length(const struct map *m, const struct groups *g, const struct place *at)
{
	return steps_to(g, home_of(m, g, at), at->unit);
}

/* Groups that a search in vain looks at: up to the first with an empty slot. */
static uint64_t miss_from(const struct map *m, const struct groups *g, uint64_t home)
{
	struct probe p = { .mask = g->mask, .unit = home };

	while (g->table && p.step < g->mask &&
		!match_empty(control_word(m, group_addr(m, g, p.unit))))
		probe_next(&p);
	return p.step + 1;
}

static void shape_entries(const struct map *m, const struct groups *g, struct place at,
	uint16_t *homes, struct shape *s)
{
	uint64_t word = control_word(m, at.addr);
	slots full = match_full(word);
	unsigned live = count_slots(full);

	s->entries += live;
	s->extra += SLOTS - live - count_slots(match_empty(word));
	shape_count(s, PROBES_FILLS, SLOTS + 1, live);
	shape_count(s, PROBES_TOMBSTONES, SLOTS + 1, SLOTS - live - count_slots(match_empty(word)));
	for (; full; full = without_first(full)) {
		uint64_t home, steps;

		at.slot = first_slot(full);
		home = home_of(m, g, &at);
		steps = steps_to(g, home, at.unit);
		homes[home % GROUPS_MOST]++;
		s->hit_probes += steps;
		shape_count(s, PROBES_LENGTHS, LENGTHS_BARS, steps);
	}
}

/* Tables are no larger than GROUPS_MOST; of bytes that are no map's only so much is looked at. */
static void shape_one(const struct map *m, const struct groups *g, struct shape *s)
{
	uint16_t homes[GROUPS_MOST] = { 0 };
	uint64_t groups = g->mask < GROUPS_MOST ? g->mask + 1 : GROUPS_MOST;
	unsigned size = 0;

	s->homes = groups;
	for (uint64_t i = 0; i < groups; i++) {
		struct place at = { .unit = i, .addr = group_addr(m, g, i) };

		shape_entries(m, g, at, homes, s);
		s->miss_probes += miss_from(m, g, i);
	}
	for (uint64_t i = 0; i < groups; i++)
		shape_count(s, PROBES_HOMES, HOMES_BARS, homes[i]);
	while (1ull << size < groups)
		size++;
	s->own[OWN_GROUPS + size] = groups;
	s->own[OWN_ENTRIES + size] = s->entries;
	if (!g->table)
		return;
	shape_count(s, PROBES_DEPTHS, SHAPE_BARS, table_get(m, g->table, TABLE_LOCAL_DEPTH));
	s->counts[PROBES_SIZES][size + 3]++;
}

void shape_groups(const struct map *m, const struct groups *g, uint64_t times, struct shape *s)
{
	struct shape part = { 0 };

	shape_one(m, g, &part);
	numbers_add(s, &part, sizeof *s, times);
}

struct walk {
	const struct map *m;
	struct shape *s;
};

static void take_one(void *data, const struct groups *g)
{
	struct walk *w = data;

	shape_groups(w->m, g, 1, w->s);
}

static void take(const struct map *m, struct shape *s)
{
	struct walk w = { m, s };

	each_groups(m, take_one, &w);
}

static double ideal_of(const struct shape *s, unsigned k)
{
	double sum = 0;

	for (unsigned i = 0; i < OWN_SIZES; i++)
		if (s->own[OWN_GROUPS + i])
			sum += chance_fill(s->own[OWN_ENTRIES + i], s->own[OWN_GROUPS + i], k) *
				(double)s->own[OWN_GROUPS + i];
	return sum;
}

static double ideal_homes(const struct shape *s, unsigned k)
{
	double above = (double)s->homes;

	if (k < HOMES_BARS - 1)
		return ideal_of(s, k);
	for (unsigned i = 0; i < HOMES_BARS - 1; i++)
		above -= ideal_of(s, i);
	return above > 0 ? above : 0;
}

static const struct shape_part parts[PROBES_PARTS] = {
	[PROBES_HOMES] = { "homes", "entries", "begin here", "groups", HOMES_BARS, .open = true,
		.fills = true },
	[PROBES_FILLS] = { "fills", "entries", "lie here", "groups", SLOTS + 1,
		.open = false },
	[PROBES_LENGTHS] = { "probes", "groups", "looked at", "entries", LENGTHS_BARS,
		.open = true },
	[PROBES_TOMBSTONES] = { "tombstones_in_groups", "tombstones", "tombstones", "groups",
		SLOTS + 1, .open = false },
	[PROBES_DEPTHS] = { "depths", "local_depth", "localDepth", "tables", SHAPE_BARS,
		.open = false },
	[PROBES_SIZES] = { "sizes", "slots", "slots", "tables", SHAPE_BARS, .log2 = true },
};

const struct shape_form swiss_shape = {
	.parts = parts,
	.nparts = PROBES_PARTS,
	.words = "begin here: entries whose search begins in the group, as their hash says. lie "
		 "here: entries that are in it. looked at: groups that the search for an entry "
		 "looks at. By chance: what a perfect hash would make of it.",
	.homes = "groups",
	.probes = "groups",
	.extra = "tombstones",
	.extra_word = "tombstones",
	.ideal = ideal_homes,
	.take = take,
};
