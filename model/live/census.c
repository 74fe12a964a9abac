/* SPDX-License-Identifier: MIT */
#include "model/live/census.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/clock.h"
#include "model/base/mem.h"
#include "model/base/text.h"
#include "model/live/design.h"
#include "model/live/fit.h"
#include "model/live/held.h"
#include "model/live/look.h"
#include "model/live/mark.h"
#include "model/live/process.h"
#include "model/live/rebuilt.h"
#include "model/live/untyped.h"
#include "model/live/variables.h"
#include "model/map/unit.h"
#include "model/target/sizeclass.h"

enum {
	WALK_MS = 2000,        /* that the walk for names may take while the program runs, */
	WALK_HELD_MS = 250,    /* while it is held, */
	TRIES_MS = 100,        /* and that for tries */
	LOOKS_LEAST = 2, PAUSE_US = 1000, PATIENCE_MS = 200, /* while a map looks like none */
	COPIES = 3,            /* until what is looked at is all there; each is a stop */
	CANDIDATES_MOST = 16,
};

struct taking {
	struct census *c;
	struct live *l;
	const struct census_wish *wish;
	struct mark mark;
	struct map_types types;
	struct variables variables;
	struct symbols symbols; /* where there is no debugging information */
	struct table by_unit;  /* map types by the type of their units; 0 where there are several */
	struct walk *walk;
	struct table listed; /* heads that are in the list: their types, as far as they are sure */
	struct trie_kinds kinds;
	struct trie *tries;    /* owned */
	size_t ntries, tries_cap;
	struct table roots;    /* of these: the place plus 1, and in the census's list */
	double held;           /* milliseconds, in all; */
	double took;           /* and that it took to look while it was not */
	bool is_held;
};

static void note_units(struct taking *t)
{
	for (size_t i = 0; i < t->types.count; i++) {
		uint64_t unit = t->types.list[i].map.unit; /* never 0: rtype_maps() */
		bool known = table_find(&t->by_unit, unit) != NULL;

		table_put(&t->by_unit, unit)->value[0] = known ? 0 : t->types.list[i].type.at;
	}
}

static uint64_t type_of_unit(const struct taking *t, uint64_t unit)
{
	const struct table_entry *e = unit ? table_find(&t->by_unit, unit) : NULL;

	return e ? e->value[0] : 0;
}

static void list(void *data, const struct head *head)
{
	struct taking *t = data;
	struct census *c = t->c;

	table_put(&t->listed, head->at)->value[0] = type_of_unit(t, head->unit_type);
	c->list = xroom(c->list, &c->cap, c->count, sizeof *c->list);
	c->list[c->count++] = (struct census_map){ .head = *head };
}

static void list_unfilled(struct census *c, const struct head *head)
{
	c->unfilled = xroom(c->unfilled, &c->unfilled_cap, c->nunfilled, sizeof *c->unfilled);
	c->unfilled[c->nunfilled++] = (struct census_unfilled){ .at = head->at,
		.bytes = head->bytes };
}

/* Those that the walk came to and that lie elsewhere than in objects of a header's size; and of
   those that have no memory all that it came to. */
static void list_walked(struct taking *t)
{
	struct head head;
	enum head_kind kind;
	uint64_t at;

	for (size_t i = 0; (at = walk_head(t->walk, i)) != 0; i++) {
		if (table_find(&t->listed, at))
			continue;
		kind = head_read(&t->l->view, at, &head);
		if (kind == HEAD_HELD)
			list(t, &head);
		else if (kind == HEAD_EMPTY)
			list_unfilled(t->c, &head);
	}
}

static void take_trie(void *data, const struct trie *trie)
{
	struct taking *t = data;

	if (table_find(&t->roots, trie->root))
		return;
	t->tries = xroom(t->tries, &t->tries_cap, t->ntries, sizeof *t->tries);
	t->tries[t->ntries++] = *trie;
	table_put(&t->roots, trie->root)->value[0] = t->ntries;
}

/* Those that the walk came to, and all whose roots are in the heap. */
static void take_tries(struct taking *t)
{
	struct trie_search search;
	struct walk_trie held;
	struct trie trie;

	trie_search_begin(&search, &t->l->view, &t->kinds, TRIES_MS);
	for (size_t i = 0; walk_held_trie(t->walk, i, &held); i++) {
		if (trie_read(&search, held.root, held.kind, &trie)) {
			trie.at = held.at;
			take_trie(t, &trie);
		}
		free(held.name);
	}
	tries_find(&search, take_trie, t);
}

/* Of all types those that the map can be of; when its memory says so, there is one at best. */
static void find_candidates(struct taking *t, struct census_map *m)
{
	const struct map_type *fits[CANDIDATES_MOST];
	bool sure, any_sure = false;
	size_t n = 0;

	for (size_t i = 0; i < t->types.count; i++) {
		if (!map_type_fits(&t->types.list[i], &t->l->view, &m->head, &sure))
			continue;
		if (sure && !any_sure)
			n = 0;
		any_sure |= sure;
		if (n < CANDIDATES_MOST && sure == any_sure)
			fits[n++] = &t->types.list[i];
	}
	if (any_sure && n == 1) {
		m->type = fits[0]->type.at;
		return;
	}
	/* Whatever it is of: its units are so large. */
	m->like = n ? fits[0] : NULL;
	for (size_t i = 1; m->like && i < n; i++)
		if (fits[i]->map.size != m->like->map.size)
			m->like = NULL;
	m->candidates = xcalloc(n + 1, sizeof *m->candidates);
	for (size_t i = 0; i < n; i++) {
		char *name = rtype_name(&t->l->view.types, &fits[i]->type);

		if (name)
			m->candidates[m->ncandidates++] = name;
	}
}

/* Linked units that are objects of their own: the spare ones of the array are taken first. */
static uint64_t apart(const struct head *h, uint64_t unit)
{
	uint64_t spare = unit ? h->unit_bytes / unit - h->unit_count : 0;

	return h->spare_left || h->linked <= spare ? 0 : h->linked - spare;
}

static void measure(struct taking *t, struct census_map *m)
{
	const struct map_type *type = m->type ? map_types_at(&t->types, m->type) : NULL;
	const struct executable *p = &t->l->program;
	const struct head *h = &m->head;
	uint64_t unit, slot, control = SLOTS +
		live_design(p->release)->links * p->target->ptrsize;
	uint64_t taken = h->entries + h->dead, more;

	if (!type)
		type = m->like;
	unit = type ? type->map.size : h->unit_count ? h->unit_bytes / h->unit_count : 0;
	slot = unit > control ? (unit - control) / SLOTS : 0;
	m->bytes = h->bytes + apart(h, unit) * alloc_size(p->release, p->target->ptrsize, unit,
		!h->noscan);
	m->dead_bytes = h->dead * slot;
	m->free_bytes = h->slots > taken ? (h->slots - taken) * slot : 0;
	if (!type)
		return;
	more = m->type ? apart_bytes(type, &t->l->view.types, h->entries) : 0;
	m->bytes += more;
	m->rebuilt = rebuilt_bytes(type, p, h->entries) + more;
}

void census_add_size(struct text *out, uint64_t bytes)
{
	if (bytes < 10000)
		text_printf(out, "%s bytes", count_text(bytes).s);
	else if (bytes < 10000000)
		text_printf(out, "%.0f kB", (double)bytes / 1e3);
	else
		text_printf(out, "%s MB", real_text((double)bytes / 1e6, 0).s);
}

void census_add_type(const struct census_map *m, struct text *out)
{
	if (m->type_name)
		text_add(out, m->type_name);
	else if (m->ncandidates == 1)
		text_printf(out, "perhaps %s", m->candidates[0]);
	else if (m->ncandidates)
		text_printf(out, "one of %zu types", m->ncandidates);
	else
		text_add(out, "of a type that is not known");
	if (m->trie.root)
		text_add(out, " (trie)");
}

/* One sentence, where a new map would take much less. */
static void judge(struct census_map *m)
{
	struct text says = { 0 };
	uint64_t saves = m->rebuilt && m->bytes > m->rebuilt ? m->bytes - m->rebuilt : 0;

	if (m->reached == REACHED_NOT) {
		m->verdict = xstrdup("garbage: nothing leads to it any more");
		return;
	}
	if (m->head.growing || saves < m->bytes / 4)
		return;
	m->saves = saves;
	if (m->head.entries == 0)
		text_add(&says, "emptied: ");
	else if (m->dead_bytes > m->free_bytes)
		text_add(&says, "many tombstones: ");
	else
		text_add(&says, "much room for few entries: ");
	text_add(&says, "a rebuild gives back ");
	census_add_size(&says, saves);
	m->verdict = says.s;
}

/* By its name, or what of it is in the heap. */
static void judge_reached(struct taking *t, struct census_map *m, uint64_t at)
{
	struct census_reach *r = &t->c->reach;

	if (m->name || (r->marked && mark_reaches(&t->mark, at))) {
		m->reached = REACHED;
	} else if (r->marked && !r->sampled && !r->blind) {
		m->reached = REACHED_NOT;
		r->garbage++;
		r->garbage_bytes += m->bytes;
	}
}

static void describe(struct taking *t, struct census_map *m)
{
	struct rtype type;

	m->type = walk_type(t->walk, m->head.at);
	m->name = walk_name(t->walk, m->head.at);
	if (!m->type)
		find_candidates(t, m);
	if (m->type && rtype_read(&t->l->view.types, m->type, &type))
		m->type_name = rtype_name(&t->l->view.types, &type);
	measure(t, m);
	t->c->entries += m->head.entries;
	t->c->bytes += m->bytes;
}

static void describe_unfilled(struct taking *t, struct census_unfilled *m)
{
	struct rtype type;

	if (rtype_read(&t->l->view.types, walk_type(t->walk, m->at), &type))
		m->type_name = rtype_name(&t->l->view.types, &type);
	if (!m->type_name)
		m->type_name = xstrdup("of a type that is not known");
	m->name = walk_name(t->walk, m->at);
}

static void describe_trie(struct taking *t, const struct trie *trie)
{
	struct census *c = t->c;
	struct census_map m = { .bytes = trie->bytes, .free_bytes = trie->free_bytes,
		.head = { .at = trie->at ? trie->at : trie->root, .entries = trie->entries },
		.trie = { trie->root, trie->nodes, trie->least } };

	m.candidates = xcalloc(t->kinds.count + 1, sizeof *m.candidates);
	for (size_t i = 0; i < t->kinds.count; i++)
		if (trie->kinds >> i & 1)
			m.candidates[m.ncandidates++] = xstrdup(t->kinds.list[i].name);
	if (m.ncandidates == 1) {
		m.type_name = m.candidates[0];
		m.ncandidates = 0;
	}
	table_put(&t->roots, trie->root)->value[1] = c->count;
	c->list = xroom(c->list, &c->cap, c->count, sizeof *c->list);
	c->list[c->count++] = m;
	c->entries += trie->entries;
	c->bytes += trie->bytes;
	c->tries++;
}

/* By the shortest name that the walk found, which came to it by that first. */
static void name_tries(struct taking *t)
{
	struct walk_trie held;

	for (size_t i = 0; walk_held_trie(t->walk, i, &held); i++) {
		const struct table_entry *e = table_find(&t->roots, held.root);
		struct census_map *m = e ? &t->c->list[e->value[1]] : NULL;

		if (m && m->head.at == held.at && held.name && !m->name)
			m->name = held.name;
		else
			free(held.name);
	}
}

static void judge_all(struct taking *t)
{
	for (size_t i = 0; i < t->c->count; i++) {
		struct census_map *m = &t->c->list[i];

		judge_reached(t, m, m->trie.root ? m->trie.root : m->head.at);
		judge(m);
	}
}

/* What an earlier look found. */
static void forget(struct taking *t)
{
	census_free(t->c);
	walk_free(t->walk);
	table_free(&t->listed);
	table_free(&t->roots);
	t->ntries = 0;
	t->walk = walk_new(&t->l->view);
	walk_know_tries(t->walk, &t->kinds);
}

/* All that is read of the program: as it is now, or by what is kept of it. */
static bool look_over(struct taking *t, struct error *err)
{
	forget(t);
	if (!live_find_spans(t->l, err))
		return false;
	t->c->empty = heads_find(&t->l->view, list, t);
	variables_add(&t->variables, t->walk, &t->l->view);
	if (!t->l->program.dwarf)
		untyped_add(&t->symbols, t->walk, t->l, &t->listed);
	t->c->whole = walk_run(t->walk, t->is_held ? WALK_HELD_MS : WALK_MS);
	list_walked(t);
	take_tries(t);
	balance_take_heap(&t->c->balance, &t->l->view.spans);
	for (size_t i = 0; i < t->c->count; i++)
		describe(t, &t->c->list[i]);
	for (size_t i = 0; i < t->c->nunfilled; i++)
		describe_unfilled(t, &t->c->unfilled[i]);
	for (size_t i = 0; i < t->ntries; i++)
		describe_trie(t, &t->tries[i]);
	name_tries(t);
	if (t->wish->reach)
		mark_look(&t->mark);
	return true;
}

static bool hold(struct taking *t, double *from, struct error *err)
{
	*from = clock_ms();
	t->is_held = process_hold(&t->l->image, err);
	return t->is_held;
}

static void release(struct taking *t, double from)
{
	process_release(&t->l->image);
	t->is_held = false;
	t->held += clock_ms() - from;
}

/* Holds it for one copy of what was read, and of what the mark needs. */
static bool copy(struct taking *t, struct look *k, struct error *err)
{
	double from;

	if (t->wish->reach)
		mark_drop(&t->mark);
	if (!hold(t, &from, err))
		return false;
	look_copy(k);
	if (t->wish->reach)
		mark_copy(&t->mark);
	release(t, from);
	return true;
}

static bool is_too_long(const struct taking *t, double ms)
{
	return t->wish->max_hold_ms && ms > t->wish->max_hold_ms;
}

/* The same by copies. *whole: whether what was looked at was all of one moment. */
static bool look_by_copies(struct taking *t, struct look *k, bool *whole, struct error *err)
{
	/* The mark's copy is large, and of the spans that were there before. */
	unsigned copies = t->wish->reach ? 1 : COPIES;
	double from = clock_ms();
	struct error unused;
	bool ok = look_over(t, &unused);

	*whole = false;
	t->took = clock_ms() - from;
	for (unsigned i = 0; i < copies && !*whole && look_prepare(k, i > 0); i++) {
		if (is_too_long(t, copied_ms(k->count * IMAGE_PAGE)))
			return true;
		if (!copy(t, k, err))
			return false;
		*whole = look_settle(k) && ok;
		if (*whole)
			break;
		ok = look_over(t, &unused);
		*whole = ok && !look_lacks(k) && (!t->wish->reach || mark_is_covered(&t->mark));
	}
	return true;
}

/* All while it is held, where it changes so much that copies are never whole: what was read before
   is copied first. */
static bool look_held(struct taking *t, struct look *k, struct error *err)
{
	bool prepared = k->im->mode != PAGES_SOME && look_prepare(k, true), ok;
	double from;

	if (!prepared)
		image_forget(k->im);
	if (t->wish->reach)
		mark_drop(&t->mark);
	if (!hold(t, &from, err))
		return false;
	if (prepared) {
		look_copy(k);
		look_settle_held(k);
	}
	ok = look_over(t, err);
	if (ok && t->wish->reach)
		mark_copy(&t->mark);
	release(t, from);
	return ok;
}

/* Without a stop, where that would be too long. */
static bool look_running(struct taking *t, struct look *k, struct error *err)
{
	look_end(k);
	if (!look_over(t, err))
		return false;
	t->c->sampled = true;
	t->mark.sampled = t->wish->reach;
	return true;
}

static bool look_once(struct taking *t, struct error *err)
{
	struct look k;
	bool whole = false, ok;

	mark_end(&t->mark);
	if (t->wish->reach)
		mark_begin(&t->mark, t->l, t->wish->max_hold_ms);
	ok = !look_begin(&k, &t->l->image) || look_by_copies(t, &k, &whole, err);
	if (ok && !whole)
		ok = is_too_long(t, t->took) || is_too_long(t, copied_ms(k.count * IMAGE_PAGE)) ?
			look_running(t, &k, err) : look_held(t, &k, err);
	look_end(&k);
	if (!ok && !process_lives(&t->l->image, err))
		return false;
	if (!ok)
		return t->l->note ? fail(err, "%s", t->l->note) : false;
	return true;
}

/*
 * A program may be held, and for as long as the system lets others run, in the midst of a write to
 * a map, which then looks like none: it would lack in the list. Some moments later it is there.
 */
static bool look(struct taking *t, struct error *err)
{
	const struct held *held = t->wish->held;
	const char *map = held ? held->map : t->wish->map;
	double until = clock_ms() + PATIENCE_MS;
	bool again = true;

	for (unsigned looks = 1; again; looks++) {
		if (!look_once(t, err))
			return false;
		again = t->l->pid && (looks < LOOKS_LEAST || clock_ms() < until) &&
			(walk_torn(t->walk) || (map && !census_find(t->c, map)));
		if (again)
			usleep(PAUSE_US);
	}
	t->c->held = t->held;
	if (t->wish->reach) {
		mark_run(&t->mark);
		t->c->reach = (struct census_reach){ .marked = true, .sampled = t->mark.sampled,
			.blind = t->mark.blind, .live = t->mark.bytes };
	}
	return true;
}

/* The largest first, then by address. */
static int by_bytes(const void *a, const void *b)
{
	const struct census_map *x = a, *y = b;

	if (x->bytes != y->bytes)
		return x->bytes > y->bytes ? -1 : 1;
	return x->head.at < y->head.at ? -1 : x->head.at > y->head.at;
}

bool census_take(struct census *c, struct live *l, const struct census_wish *wish,
	struct error *err)
{
	static const struct census_wish plain = { 0 };
	struct taking t = { .c = c, .l = l, .wish = wish ? wish : &plain };
	bool ok;

	*c = (struct census){ 0 };
	/* What does not change while the program runs is read before it is held. */
	map_types_find(&t.types, &l->view.types);
	variables_find(&t.variables, &l->program, &l->module, NULL);
	note_units(&t);
	if (!l->program.dwarf)
		symbols_find(&t.symbols, &l->program, &l->module);
	trie_kinds_find(&t.kinds, &l->view.types);
	ok = look(&t, err);
	if (ok)
		judge_all(&t);
	if (ok && c->count)
		qsort(c->list, c->count, sizeof *c->list, by_bytes);
	if (ok)
		balance_complete(&c->balance, c, l);
	if (ok && t.wish->held)
		ok = held_find(t.wish->held, &(struct holding){ &t.mark, c, &t.variables,
			&t.symbols }, err);
	if (t.wish->reach)
		mark_end(&t.mark);
	image_forget(&l->image);
	walk_free(t.walk);
	variables_free(&t.variables);
	symbols_free(&t.symbols);
	table_free(&t.by_unit);
	map_types_free(&t.types);
	table_free(&t.listed);
	table_free(&t.roots);
	free(t.tries);
	trie_kinds_free(&t.kinds);
	return ok;
}

const struct census_map *census_find(const struct census *c, const char *map)
{
	char address[24];

	for (size_t i = 0; i < c->count; i++) {
		const struct census_map *m = &c->list[i];

		snprintf(address, sizeof address, "0x%" PRIx64, m->head.at);
		if ((m->name && strcmp(m->name, map) == 0) || strcmp(address, map) == 0)
			return m;
	}
	return NULL;
}

void census_free(struct census *c)
{
	for (size_t i = 0; i < c->count; i++) {
		struct census_map *m = &c->list[i];

		for (size_t k = 0; k < m->ncandidates; k++)
			free(m->candidates[k]);
		free(m->candidates);
		free(m->type_name);
		free(m->name);
		free(m->verdict);
	}
	for (size_t i = 0; i < c->nunfilled; i++) {
		free(c->unfilled[i].type_name);
		free(c->unfilled[i].name);
	}
	free(c->unfilled);
	free(c->list);
	*c = (struct census){ 0 };
}
