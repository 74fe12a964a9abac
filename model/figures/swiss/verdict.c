/* SPDX-License-Identifier: MIT */
/* What there is to say about a Swiss map's memory. */
#include "model/figures/cell.h"
#include "model/figures/swiss/accounts.h"
#include "model/figures/swiss/expect.h"
#include "model/figures/swiss/swiss_figures.h"
#include "model/figures/verdict.h"

enum {
	TOMBSTONES_PART = 10, /* of the slots, from which on they are spoken of */
	SPARSE_PERCENT = 65,  /* of what tables take before they grow, below which they are */
};

static const char *about(const struct expected *e)
{
	return e->about ? "about " : "";
}

/* A map made with that hint and filled, as this one would lie there. */
static struct expected expect_like(const struct court *c, uint64_t hint, uint64_t entries)
{
	struct expected e = expect_map(c->t, hint, entries);

	e.in_use = account_less(e.in_use, court_stacked(c, hint, entries, true));
	e.allocated = account_less(e.allocated, court_stacked(c, hint, entries, false));
	return e;
}

/* Whether a new map would be smaller, by enough for a word: see verdict.h. */
static bool much_too_large(const struct court *c, const struct expected *fitting)
{
	return (uint64_t)(fitting->groups + 0.5) < swiss_counts(c->ledger)->groups &&
		fitting->in_use.bytes <= c->ledger->total / 4 * 3;
}

/*
 * Whether the tables are still those that make() made for the hint, and never held what they were
 * made for: dead slots and tombstones tell of entries that were there.
 */
static bool as_hinted(const struct court *c)
{
	const struct ledger *l = c->ledger;
	struct swiss_plan plan = swiss_plan(c->t, c->hint);
	struct expected held = expect_map(c->t, l->entries + l->dead + l->other, 0);

	return plan.tables && plan.tables * (plan.capacity / SLOTS) == swiss_counts(l)->groups &&
		(uint64_t)held.groups < swiss_counts(l)->groups;
}

static void judge_size(struct court *c, const struct expected *fitting)
{
	const struct ledger *l = c->ledger;
	uint64_t saves, kept = l->total - l->live * cell_apart_bytes(c->t);
	struct text *text;

	if (!much_too_large(c, fitting))
		return;
	saves = l->total - fitting->in_use.bytes;
	if (as_hinted(c)) {
		text = verdict_speak(c, VERDICT_HINT_LARGE, saves);
		text_printf(text,
			"the hint %s made %s groups, %s %s need%s %s%s: the hint %s would have "
			"saved %s%s bytes", count_text(c->hint).s,
			count_text(swiss_counts(l)->groups).s, count_text(l->entries).s,
			verdict_entries(l->entries), l->entries == 1 ? "s" : "", about(fitting),
			count_text((uint64_t)(fitting->groups + 0.5)).s, count_text(l->entries).s,
			about(fitting), count_text(saves).s);
		return;
	}
	judge_emptied(c, saves, about(fitting), kept, "no table");
}

/* What growing by itself has cost: tables that were outgrown. */
static void small_hint(struct court *c, const struct expected *fitting)
{
	const struct ledger *l = c->ledger;
	struct expected own = expect_like(c, c->hint, l->entries), first;
	uint64_t wasted = c->allocated.bytes - l->total;

	first = expect_map(c->t, c->hint, 0);
	if (swiss_counts(l)->groups <= (uint64_t)first.groups ||
		(uint64_t)(fitting->groups + 0.5) < swiss_counts(l)->groups * 3 / 4 ||
		wasted < l->total / 2)
		return;
	/* Deletes and clears have led to growths too: no hint spares these. */
	if (c->allocated.bytes > own.allocated.bytes + own.allocated.bytes / 4)
		return;
	judge_small_hint(c, fitting->allocated);
}

static void judge_tombstones(struct court *c)
{
	const struct ledger *l = c->ledger;
	struct text *text;

	if (!l->other || l->other * TOMBSTONES_PART < swiss_counts(l)->groups * SLOTS)
		return;
	text = verdict_speak(c, VERDICT_TOMBSTONES, 0);
	text_printf(text, "%s of %s slots are tombstones: they count as taken until a new key on "
		"its way takes one%s, or their table grows", count_text(l->other).s,
		count_text(swiss_counts(l)->groups * SLOTS).s,
		c->t->release->prunes && c->t->path != PATH_GENERAL
			? ", a full table prunes them" : "");
}

/* A split leaves two tables with half of the entries each. */
static void judge_sparse(struct court *c)
{
	const struct ledger *l = c->ledger;
	uint64_t most = swiss_counts(l)->groups * LOAD_OF_8;
	struct text *text;

	if (c->v->holds[VERDICT_EMPTIED] || c->v->holds[VERDICT_HINT_LARGE] ||
		swiss_counts(l)->tables < 2 || l->entries * 100 >= most * SPARSE_PERCENT)
		return;
	text = verdict_speak(c, VERDICT_SPARSE, 0);
	text_printf(text,
		"%s tables hold %s of the %s entries that they could: a table that is full is "
		"split in two, each half empty", count_text(swiss_counts(l)->tables).s,
		count_text(l->entries).s, count_text(most).s);
}

void swiss_judge(struct court *c)
{
	struct expected fitting = expect_like(c, c->ledger->entries, c->ledger->entries);

	judge_size(c, &fitting);
	small_hint(c, &fitting);
	judge_tombstones(c);
	judge_sparse(c);
	judge_apart(c);
	judge_inside(c);
	judge_collector(c, "groups");
}
