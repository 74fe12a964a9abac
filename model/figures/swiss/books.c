/* SPDX-License-Identifier: MIT */
/*
 * The books of a Swiss map. To come from the mark to the present, the tables that the records
 * between have bytes of are taken out as they were, by going back in the journal, and put in as
 * they are; so are tables that have gone or come. A table has 1024 slots at most, so a growth costs
 * as much as a few looks. Where too much has changed the whole map is walked.
 */
#include <stdlib.h>

#include "model/base/mem.h"
#include "model/base/ranks.h"
#include "model/figures/swiss/accounts.h"
#include "model/figures/swiss/probes.h"
#include "model/figures/swiss/swiss_figures.h"
#include "model/figures/touched.h"
#include "model/map/swiss/control.h"

enum {
	RECORDS_MOST = 16384, /* of the journal between two looks, and */
	RECORDS_PART = 2,     /* as many as there are groups in so many; above, a walk is quicker */
};

struct booked_table {
	struct groups groups;
	bool touched;
};

/* The arrays of groups at a position, by address. */
struct list {
	const struct map *m;
	struct booked_table *tables;
	size_t count, cap;
	uint64_t groups;
	/* Those of them that are touched: of ten thousand tables a few. */
	size_t *touched;
	size_t ntouched, touched_cap;
};

struct swiss_books {
	uint64_t header;             /* of the position that the books stand for: the map, */
	const struct maptype *type;
	uint64_t directory, entries; /* its dirPtr and dirLen, */
	struct list list;            /* and its tables */
	struct group_tally tally;
	struct links elems;          /* large elems that refer to more, by their table's groups */
};

static void *open_books(void)
{
	return xcalloc(1, sizeof(struct swiss_books));
}

static void free_list(struct list *l)
{
	free(l->tables);
	free(l->touched);
}

static void close_books(void *own)
{
	struct swiss_books *b = own;

	free_list(&b->list);
	links_free(&b->elems);
	free(b);
}

/* The tables */

static void add_table(void *data, const struct groups *g)
{
	struct list *l = data;

	xadd(l->tables, l->count, l->cap, (struct booked_table){ .groups = *g });
	l->groups += g->mask + 1;
}

static struct list read_list(const struct map *m)
{
	struct list l = { .m = m };

	if (m->header)
		each_groups(m, add_table, &l);
	ranks_sort(l.tables, l.count, sizeof *l.tables);
	return l;
}

/* The table that a byte of a group is in; NULL for none. */
static struct booked_table *find_table(const struct list *l, uint64_t addr)
{
	size_t low = 0, high = l->count;
	struct booked_table *t;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (l->tables[mid].groups.addr <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == 0)
		return NULL;
	t = &l->tables[low - 1];
	return addr - t->groups.addr < (t->groups.mask + 1) * l->m->type->unit.size ? t : NULL;
}

/* Large elems: one that is written over is of the table that leads to it */

/* Without a journal nobody follows them. */
static bool follows_elems(const struct map *m)
{
	return m->heap->journal->on && m->type->indirect_elem && referred_type(m->type->elem);
}

static void link_elems(struct swiss_books *b, const struct map *m, const struct groups *g, bool add)
{
	if (!follows_elems(m))
		return;
	for (uint64_t i = 0; i <= g->mask; i++) {
		uint64_t addr = group_addr(m, g, i);
		slots full = match_full(control_word(m, addr));

		for (; full; full = without_first(full)) {
			uint64_t at = map_load_word(m,
				addr + unit_elem(&m->type->unit, first_slot(full)));

			if (at && add)
				links_add(&b->elems, at, g->addr);
			else if (at)
				links_drop(&b->elems, at);
		}
	}
}

/* A table goes into the books, or out of them, as it is now. */
static void book(struct books *all, const struct map *m, const struct groups *g, bool add)
{
	struct swiss_books *b = all->own;
	uint64_t times = add ? 1 : UINT64_MAX;

	tally_groups(m, g, times, &b->tally);
	link_elems(b, m, g, add);
	if (all->shape_kept)
		shape_groups(m, g, times, &all->shape);
}

static void stand_at(struct swiss_books *b, const struct map *m)
{
	b->header = m->header;
	b->type = m->type;
	b->directory = m->header ? swiss_get(m, SWISS_DIR_PTR) : 0;
	b->entries = m->header ? swiss_get(m, SWISS_DIR_LEN) : 0;
}

static void take(struct books *all, const struct map *m)
{
	struct swiss_books *b = all->own;

	all->walks++;
	free_list(&b->list);
	links_free(&b->elems);
	links_init(&b->elems, m->type->elem->size ? m->type->elem->size : 1);
	b->list = read_list(m);
	b->tally = (struct group_tally){ 0 };
	all->shape = (struct shape){ 0 };
	for (size_t i = 0; i < b->list.count; i++)
		book(all, m, &b->list.tables[i].groups, true);
	stand_at(b, m);
}

/* What has changed */

static void mark(struct list *l, struct booked_table *t)
{
	if (!t || t->touched)
		return;
	t->touched = true;
	xadd(l->touched, l->ntouched, l->touched_cap, (size_t)(t - l->tables));
}

static void touch(struct swiss_books *b, struct list *is, uint64_t addr, uint64_t end)
{
	struct list *lists[] = { &b->list, is };

	for (int i = 0; i < 2; i++) {
		mark(lists[i], find_table(lists[i], addr));
		mark(lists[i], find_table(lists[i], end - 1));
	}
}

/* Marks the tables that records have bytes of; an elem's are its table's. */
static void find_touched(struct swiss_books *b, struct list *is, size_t from, size_t to)
{
	const struct map *m = is->m;
	const struct journal *j = m->heap->journal;
	bool elems = follows_elems(m);

	for (size_t i = from; i < to; i++) {
		const struct journal_record *r = &j->records[i];
		uint64_t addr = heap_addr(m->heap, r->where), owner;

		touch(b, is, addr, addr + r->len);
		if (!elems)
			continue;
		if ((owner = links_owner(&b->elems, addr)) != 0)
			touch(b, is, owner, owner + 1);
		if ((owner = links_owner(&b->elems, addr + r->len - 1)) != 0)
			touch(b, is, owner, owner + 1);
	}
}

/* Whether records have bytes of the directory, or the Map leads to another one. */
static bool same_directory(const struct swiss_books *b, const struct map *m, size_t from, size_t to)
{
	const struct journal *j = m->heap->journal;
	uint64_t bytes = b->entries * m->type->target->ptrsize;

	if (b->directory != swiss_get(m, SWISS_DIR_PTR) ||
		b->entries != swiss_get(m, SWISS_DIR_LEN))
		return false;
	for (size_t i = from; i < to; i++) {
		uint64_t addr = heap_addr(m->heap, j->records[i].where);

		if (addr < b->directory + bytes && addr + j->records[i].len > b->directory)
			return false;
	}
	return true;
}

static bool same_groups(const struct booked_table *a, const struct booked_table *b)
{
	return a->groups.addr == b->groups.addr && a->groups.table == b->groups.table &&
		a->groups.mask == b->groups.mask;
}

/* Tables of one position alone are booked anew, and so are those touched at either. */
static void mark_changed(struct list *was, struct list *is)
{
	size_t i = 0, k = 0;

	while (i < was->count || k < is->count) {
		struct booked_table *a = i < was->count ? &was->tables[i] : NULL;
		struct booked_table *b = k < is->count ? &is->tables[k] : NULL;

		if (a && b && same_groups(a, b)) {
			if (a->touched || b->touched) {
				mark(was, a);
				mark(is, b);
			}
			i++;
			k++;
		} else if (a && (!b || a->groups.addr <= b->groups.addr)) {
			mark(was, a);
			i++;
		} else {
			mark(is, b);
			k++;
		}
	}
}

static void book_touched(struct books *all, const struct map *m, struct list *l, bool add)
{
	for (size_t i = 0; i < l->ntouched; i++)
		book(all, m, &l->tables[l->touched[i]].groups, add);
}

static void forget_touched(struct list *l)
{
	for (size_t i = 0; i < l->ntouched; i++)
		l->tables[l->touched[i]].touched = false;
	l->ntouched = 0;
}

static bool is_much(const struct list *l, size_t records)
{
	return records > RECORDS_MOST + l->groups / RECORDS_PART;
}

/* The same tables, of which some have other bytes. */
static void follow_bytes(struct books *all, struct map *m, size_t was, size_t now)
{
	struct swiss_books *b = all->own;
	struct journal *j = m->heap->journal;

	find_touched(b, &b->list, was < now ? was : now, was < now ? now : was);
	journal_move(j, was);
	book_touched(all, m, &b->list, false);
	journal_move(j, now);
	book_touched(all, m, &b->list, true);
	forget_touched(&b->list);
}

static void follow_tables(struct books *all, struct map *m, size_t was, size_t now)
{
	struct swiss_books *b = all->own;
	struct journal *j = m->heap->journal;
	struct list is = read_list(m);

	find_touched(b, &is, was < now ? was : now, was < now ? now : was);
	mark_changed(&b->list, &is);
	journal_move(j, was);
	book_touched(all, m, &b->list, false);
	journal_move(j, now);
	book_touched(all, m, &is, true);
	free_list(&b->list);
	b->list = is;
	forget_touched(&b->list);
}

static bool follow(struct books *all, struct map *m)
{
	struct swiss_books *b = all->own;
	struct journal *j = m->heap->journal;
	size_t was = j->mark, now = j->at, records = was < now ? now - was : was - now;

	if (!b->header || b->header != m->header || b->type != m->type ||
		is_much(&b->list, records))
		return false;
	if (same_directory(b, m, was < now ? was : now, was < now ? now : was))
		follow_bytes(all, m, was, now);
	else
		follow_tables(all, m, was, now);
	stand_at(b, m);
	return true;
}

static void fill_ledger(const struct books *all, const struct map *m, struct ledger *l)
{
	const struct swiss_books *b = all->own;

	swiss_make_ledger(m, &b->tally, l);
}

const struct bookkeeping swiss_bookkeeping = {
	.open = open_books,
	.close = close_books,
	.take = take,
	.follow = follow,
	.ledger = fill_ledger,
};
