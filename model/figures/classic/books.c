/* SPDX-License-Identifier: MIT */
/*
 * The books of a classic map. To come from the mark to the present, the buckets that the records
 * between have bytes of are taken out as they were, by going back in the journal, and put in as
 * they are. Where nothing is left of the arrays that were there, or too much has changed, the whole
 * map is walked; where the end of a growth is stepped back over for the first time, its old array.
 */
#include <stdlib.h>

#include "model/base/mem.h"
#include "model/base/ranks.h"
#include "model/figures/classic/accounts.h"
#include "model/figures/classic/chains.h"
#include "model/figures/classic/classic_figures.h"
#include "model/figures/numbers.h"
#include "model/figures/touched.h"
#include "model/map/classic/event.h"
#include "model/map/classic/reading.h"

enum {
	RECORDS_MOST = 8192, /* of the journal between two looks, and */
	RECORDS_PART = 2,    /* as many as there are buckets in so many; above, a walk is quicker */
};

/* What is linked to units of the arrays: overflow buckets, and large elems that refer to more. */
enum { LINKS_BUCKETS, LINKS_ELEMS, LINKS };

/* Buckets of arrays, by address: the units that are booked anew. */
struct units {
	uint64_t *list;
	size_t count, cap;
};

/*
 * The old array of the last growth that ended, as it was left then: for those who step back. Nobody
 * writes to it any more. Its strays stay among the books, and go on being followed.
 */
struct ended {
	struct array array;
	struct tally tally;
	uint64_t version;            /* of the memory, when it was taken */
};

struct classic_books {
	struct books *all;           /* that these are the design's part of */
	struct arrays at;            /* of the position that the books stand for */
	struct tally tallies[2];     /* of the array and the old one */
	struct strays strays;        /* of the old array, or of the one that has ended */
	struct links links[LINKS];   /* of both arrays, and of the one that has ended */
	struct units units;
	struct ended ended;
};

static void *open_books(void)
{
	return xcalloc(1, sizeof(struct classic_books));
}

static void drop_links(struct classic_books *b)
{
	for (int i = 0; i < LINKS; i++)
		links_free(&b->links[i]);
}

static void close_books(void *own)
{
	struct classic_books *b = own;

	strays_free(&b->strays);
	drop_links(b);
	free(b->units.list);
	free(b);
}

/* What hangs on a unit */

static void link_one(struct links *l, uint64_t addr, uint64_t unit, enum tally_act act)
{
	if (act == TALLY_ADD)
		links_add(l, addr, unit);
	else
		links_drop(l, addr);
}

static void link_elems(struct classic_books *b, const struct map *m, uint64_t bucket, uint64_t unit,
	enum tally_act act)
{
	for (unsigned i = 0; i < SLOTS; i++)
		if (map_at(m, bucket)[i] >= MIN_TOPHASH)
			link_one(&b->links[LINKS_ELEMS],
				map_load_word(m, bucket + unit_elem(&m->type->unit, i)), unit, act);
}

/* The overflow buckets behind one, up to the next that lies in an array; that one as well. */
static void link_unit(struct classic_books *b, const struct map *m, const struct arrays *a,
	uint64_t unit, enum tally_act act)
{
	bool elems = m->type->indirect_elem && referred_type(m->type->elem), old, ends = false;
	uint64_t addr = unit, index;

	while (!ends) {
		if (elems)
			link_elems(b, m, addr, unit, act);
		addr = map_overflow(m, addr);
		ends = !addr || arrays_find(a, addr, &old, &index);
		/* The last spare bucket's pointer is a mark, and leads to the array. */
		if (addr && (!ends || index >= a->list[old].main))
			link_one(&b->links[LINKS_BUCKETS], addr, unit, act);
	}
}

static void link_array(struct classic_books *b, const struct map *m, const struct arrays *a,
	bool old)
{
	for (uint64_t i = 0; i < a->list[old].all; i++)
		link_unit(b, m, a, a->list[old].addr + i * a->type->unit.size, TALLY_ADD);
}

/* Without a journal nobody follows them. */
static void link_all(struct classic_books *b, const struct map *m)
{
	drop_links(b);
	if (!b->at.hmap || !m->heap->journal->on)
		return;
	links_init(&b->links[LINKS_BUCKETS], m->type->unit.size);
	links_init(&b->links[LINKS_ELEMS], m->type->elem->size);
	link_array(b, m, &b->at, true);
	link_array(b, m, &b->at, false);
}

/* What hung on the array that has ended before the one at hand: it does not come back. */
static void forget_links(struct links *l, const struct arrays *a)
{
	struct table all = l->table;
	uint64_t index;
	bool old;

	l->table = (struct table){ 0 };
	for (size_t i = 0; i < all.size; i++)
		if (all.list[i].key && arrays_find(a, all.list[i].value[1], &old, &index))
			links_add(l, all.list[i].value[0], all.list[i].value[1]);
	table_free(&all);
}

/* The main bucket that a bucket of an array is in the chain of; 0: it is in none. */
static uint64_t head_of(const struct classic_books *b, const struct arrays *a, uint64_t addr)
{
	uint64_t index;
	bool old;

	while (arrays_find(a, addr, &old, &index) && index >= a->list[old].main)
		addr = links_owner(&b->links[LINKS_BUCKETS], addr);
	return addr;
}

/* The whole map */

static void drop_strays(struct classic_books *b)
{
	if (b->strays.table.count > 0)
		b->ended.array.addr = 0;
	strays_free(&b->strays);
}

static void take(struct books *all, const struct map *m)
{
	struct classic_books *b = all->own;

	b->all = all;
	all->walks++;
	arrays_read(m, &b->at);
	b->at.list[1].used = arrays_old_used(m, &b->at);
	b->tallies[0] = b->tallies[1] = (struct tally){ 0 };
	drop_strays(b);
	tally_array(m, &b->at, true, &b->tallies[1], &b->strays);
	tally_array(m, &b->at, false, &b->tallies[0], &b->strays);
	link_all(b, m);
	if (all->shape_kept)
		shape_take(m, &all->shape);
}

/* Which units have changed between two positions */

static void add_unit(struct units *u, uint64_t addr)
{
	xadd(u->list, u->count, u->cap, addr);
}

static void add_index(struct units *u, const struct maptype *t, const struct array *a, uint64_t i)
{
	if (a->addr && i < a->main)
		add_unit(u, a->addr + i * t->unit.size);
}

/*
 * A bucket number may be one of either array; with an old bucket go the two that its cells are
 * moved to, since lookups search there once it is evacuated.
 */
static void add_bucket(struct units *u, const struct arrays *a, uint64_t i)
{
	uint64_t old = a->list[1].main, home = old ? i & (old - 1) : i;

	add_index(u, a->type, &a->list[0], i);
	if (!old)
		return;
	add_index(u, a->type, &a->list[1], home);
	add_index(u, a->type, &a->list[0], home);
	add_index(u, a->type, &a->list[0], home + old);
}

/* Two positions: the arrays of the one that is booked, and of the present. */
struct between {
	struct classic_books *b;
	const struct arrays *was, *is;
	uint64_t old_used;   /* of the present's old array: buckets that were seen to be in use */
};

static void add_of(struct units *u, const struct arrays *a, uint64_t head, const struct between *w)
{
	uint64_t index;
	bool old;

	if (!arrays_find(a, head, &old, &index) || index >= a->list[old].main)
		return;
	add_bucket(u, w->was, index);
	add_bucket(u, w->is, index);
}

static bool add_touched(void *data, uint64_t addr)
{
	struct between *w = data;
	struct units *u = &w->b->units;
	uint64_t head = head_of(w->b, w->was, addr), index;
	bool old;

	if (arrays_find(w->is, addr, &old, &index) && old && index >= w->old_used)
		w->old_used = index + 1;
	add_unit(u, addr);
	add_of(u, w->was, head, w);
	add_of(u, w->is, head, w);
	return true;
}

/* All that was touched; false when it is too much. */
static bool find_touched(struct between *w, const struct map *m, size_t x, size_t y)
{
	struct stretch arrays[4];
	struct touch t = { .arrays = arrays, .unit = w->is->type->unit.size,
		.links = w->b->links, .nlinks = LINKS, .span = 1,
		.most = RECORDS_MOST + w->is->list[0].main / RECORDS_PART };

	for (int i = 0; i < 4; i++) {
		const struct array *a = &(i < 2 ? w->was : w->is)->list[i % 2];
		bool there = false;

		for (size_t k = 0; k < t.narrays; k++)
			there |= arrays[k].addr == a->addr;
		if (a->addr && !there)
			arrays[t.narrays++] = (struct stretch){ a->addr, a->all };
	}
	w->b->units.count = 0;
	return touched_between(m, &t, x < y ? x : y, x < y ? y : x, add_touched, w);
}

static void sort_units(struct units *u)
{
	size_t n = 0;

	ranks_sort(u->list, u->count, sizeof *u->list);
	for (size_t i = 0; i < u->count; i++)
		if (n == 0 || u->list[i] != u->list[n - 1])
			u->list[n++] = u->list[i];
	u->count = n;
}

/* Spare buckets that are in the chains of the first `count` units, as they are now. */
static void add_chains(struct units *u, const struct map *m, const struct arrays *a, size_t count)
{
	uint64_t index;
	bool old;

	for (size_t i = 0; i < count; i++) {
		uint64_t addr = u->list[i];

		if (!arrays_find(a, addr, &old, &index) || index >= a->list[old].main)
			continue;
		while ((addr = map_overflow(m, addr)) != 0)
			if (arrays_find(a, addr, &old, &index))
				add_unit(u, addr);
	}
}

/* Spare buckets that came into use, or no longer are. */
static void add_used(struct units *u, const struct maptype *t, const struct array *was,
	const struct array *is)
{
	uint64_t from = was->used < is->used ? was->used : is->used;
	uint64_t to = was->used < is->used ? is->used : was->used;

	if (was->addr == is->addr)
		for (uint64_t i = from; i < to; i++)
			add_unit(u, is->addr + i * t->unit.size);
}

/* What became of the arrays */

enum change {
	CHANGE_NONE,    /* the arrays are the same */
	CHANGE_STARTED, /* a growth: the array is the old one now */
	CHANGE_UNDONE,  /* of that: the old one is the array again */
	CHANGE_ENDED,   /* the old array is gone */
	CHANGE_RESUMED, /* of that: it is back */
	CHANGE_ALL,     /* anything else */
};

static enum change change_of(const struct arrays *was, const struct arrays *is)
{
	uint64_t a = was->list[0].addr, old = was->list[1].addr;

	if (!a || !is->list[0].addr || was->hmap != is->hmap || was->type != is->type)
		return CHANGE_ALL;
	if (a == is->list[0].addr && old == is->list[1].addr)
		return CHANGE_NONE;
	if (a == is->list[0].addr)
		return !old ? CHANGE_RESUMED : is->list[1].addr ? CHANGE_ALL : CHANGE_ENDED;
	if (!old && is->list[1].addr == a)
		return CHANGE_STARTED;
	return old == is->list[0].addr && !is->list[1].addr ? CHANGE_UNDONE : CHANGE_ALL;
}

/* The units are booked as they are; what is removed was booked before. */
static void book_units(struct classic_books *b, const struct map *m, const struct arrays *a,
	bool old, enum tally_act act)
{
	struct tally part = { 0 };
	uint64_t index;
	bool in_old;

	for (size_t i = 0; i < b->units.count; i++)
		if (arrays_find(a, b->units.list[i], &in_old, &index) && in_old == old)
			tally_unit(m, a, old, index, act, &part, &b->strays);
	if (act == TALLY_REMOVE)
		tally_subtract(&b->tallies[old], &part);
	else
		tally_add(&b->tallies[old], &part);
}

static void link_units(struct classic_books *b, const struct map *m, const struct arrays *a,
	enum tally_act act)
{
	uint64_t index;
	bool old;

	for (size_t i = 0; i < b->units.count; i++)
		if (arrays_find(a, b->units.list[i], &old, &index))
			link_unit(b, m, a, b->units.list[i], act);
}

static void book_chains(struct classic_books *b, const struct map *m, const struct arrays *a,
	struct shape *shape)
{
	uint64_t index;
	bool old;

	for (size_t i = 0; i < b->units.count; i++)
		if (arrays_find(a, b->units.list[i], &old, &index) && index < a->list[old].main)
			shape_add_chain(m, old, index, shape);
}

/* `booked` are the arrays that are in the tallies. */
static void remove_units(struct classic_books *b, const struct map *m, const struct arrays *booked)
{
	struct shape part = { 0 };

	book_units(b, m, booked, false, TALLY_REMOVE);
	book_units(b, m, booked, true, TALLY_REMOVE);
	link_units(b, m, booked, TALLY_REMOVE);
	if (!b->all->shape_kept)
		return;
	book_chains(b, m, &b->at, &part);
	numbers_add(&b->all->shape, &part, sizeof part, UINT64_MAX);
}

static void add_units(struct classic_books *b, const struct map *m)
{
	book_units(b, m, &b->at, true, TALLY_ADD);
	book_units(b, m, &b->at, false, TALLY_ADD);
	link_units(b, m, &b->at, TALLY_ADD);
	if (b->all->shape_kept)
		book_chains(b, m, &b->at, &b->all->shape);
}

/* A new array is all zero but for the units that are about to be booked. */
static void tally_new_array(struct classic_books *b, const struct arrays *is)
{
	struct tally part = { 0 };
	uint64_t index;
	bool old;

	b->tallies[0] = (struct tally){ 0 };
	tally_zero_array(&is->list[0], &b->tallies[0]);
	for (size_t i = 0; i < b->units.count; i++)
		if (arrays_find(is, b->units.list[i], &old, &index) && !old)
			tally_zero_unit(&is->list[0], index, &part);
	tally_subtract(&b->tallies[0], &part);
}

static void remember_ended(struct classic_books *b, const struct map *m, const struct arrays *is)
{
	struct arrays both = *is;

	both.list[1] = b->at.list[1];
	book_units(b, m, &both, true, TALLY_ADD);
	link_units(b, m, &both, TALLY_ADD);
	b->ended = (struct ended){ .array = both.list[1], .tally = b->tallies[1],
		.version = m->heap->journal->version };
}

/*
 * The same for a growth whose end was never passed, at a position behind it. With strays the new
 * array would have to be walked too.
 */
static void walk_ended(struct classic_books *b, const struct map *m, const struct arrays *is,
	size_t was)
{
	struct journal *j = m->heap->journal;
	struct strays strays = { 0 };
	struct arrays both = *is;
	size_t now = j->at;

	b->all->walks++;
	drop_strays(b);
	both.list[1].used = arrays_old_used(m, is);
	b->ended = (struct ended){ .array = both.list[1], .version = j->version };
	journal_move(j, was);
	tally_array(m, &both, true, &b->ended.tally, &strays);
	link_array(b, m, &both, true);
	journal_move(j, now);
	if (strays.table.count > 0)
		b->ended.array.addr = 0;
	strays_free(&strays);
}

/* A clear ends a growth while old buckets wait: lookups that searched them do not any more. */
static bool is_cut_short(const struct ended *e)
{
	return e->tally.evacuated < e->tally.uses[BUCKET_MAIN];
}

/* Books the old array that is back as it was left; what changed in it follows as ever. */
static bool resume(struct classic_books *b, const struct map *m, struct arrays *is, size_t was,
	struct arrays *booked)
{
	const struct ended *e = &b->ended;

	if (e->array.addr != is->list[1].addr || e->version < m->heap->journal->broken)
		walk_ended(b, m, is, was);
	if (!e->array.addr || is_cut_short(e))
		return false;
	booked->list[1] = is->list[1] = e->array;
	b->tallies[1] = e->tally;
	return true;
}

/* From the arrays as they were to those that are, the units left out. */
static void change_arrays(struct classic_books *b, const struct map *m, const struct arrays *is,
	enum change change)
{
	switch (change) {
	case CHANGE_STARTED:
		b->tallies[1] = b->tallies[0];
		drop_strays(b);
		for (int i = 0; i < LINKS; i++)
			forget_links(&b->links[i], is);
		tally_new_array(b, is);
		break;
	case CHANGE_UNDONE:
		b->tallies[0] = b->tallies[1];
		b->tallies[1] = (struct tally){ 0 };
		break;
	case CHANGE_ENDED:
		remember_ended(b, m, is);
		b->tallies[1] = (struct tally){ 0 };
		break;
	default:
		break;
	}
	b->at = *is;
}

/*
 * Nobody remembers how far an old array's spare buckets are used, but it was known before; others
 * came into use since, up to the start of the growth, and something was written to them.
 */
static void carry_used(const struct arrays *was, struct arrays *is, enum change change,
	uint64_t touched)
{
	struct array *old = &is->list[1];

	if (change == CHANGE_NONE)
		old->used = was->list[1].used;
	if (change == CHANGE_STARTED)
		old->used = touched > was->list[0].used ? touched : was->list[0].used;
}

static bool follow_to(struct classic_books *b, struct map *m, struct arrays *is)
{
	struct journal *j = m->heap->journal;
	enum change change = change_of(&b->at, is);
	size_t was = j->mark, now = j->at, heads;
	struct arrays booked = b->at;
	struct between w = { .b = b, .was = &booked, .is = is };

	if (change == CHANGE_ALL)
		return false;
	if (change == CHANGE_RESUMED && !resume(b, m, is, was, &booked))
		return false;
	if (!find_touched(&w, m, was, now))
		return false;
	carry_used(&b->at, is, change, w.old_used);
	for (int i = 0; i < 2; i++)
		add_used(&b->units, is->type, &booked.list[i], &is->list[i]);
	sort_units(&b->units);
	heads = b->units.count;
	add_chains(&b->units, m, is, heads);
	journal_move(j, was);
	add_chains(&b->units, m, &booked, heads);
	sort_units(&b->units);
	remove_units(b, m, &booked);
	journal_move(j, now);
	change_arrays(b, m, is, change);
	add_units(b, m);
	return change != CHANGE_ENDED || !is_cut_short(&b->ended);
}

static bool follow(struct books *all, struct map *m)
{
	struct arrays is;

	arrays_read(m, &is);
	return follow_to(all->own, m, &is);
}

static void fill_ledger(const struct books *b, const struct map *m, struct ledger *l)
{
	const struct strays none = { 0 };
	const struct classic_books *own = b->own;

	classic_make_ledger(m, own->tallies, own->at.list[1].addr ? &own->strays : &none, l);
}

const struct bookkeeping classic_bookkeeping = {
	.open = open_books,
	.close = close_books,
	.take = take,
	.follow = follow,
	.ledger = fill_ledger,
};
