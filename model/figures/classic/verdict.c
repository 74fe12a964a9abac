/* SPDX-License-Identifier: MIT */
/* What there is to say about a classic map's memory. */
#include "model/figures/classic/accounts.h"
#include "model/figures/classic/chains.h"
#include "model/figures/classic/classic_figures.h"
#include "model/figures/classic/forecast.h"
#include "model/figures/classic/plan.h"
#include "model/map/classic/reading.h"
#include "model/target/sizeclass.h"

/* What every verdict looks at. */
struct bench {
	struct court *court;
	const struct map *m;
	const struct maptype *t;
	const struct ledger *ledger;
	struct forecast forecast;
	struct plan fitting;   /* for the entries that are there */
	unsigned B;
};

/* With one bucket there is no chance in it, unless it is more than full. */
static const char *about(const struct plan *p)
{
	return p->B == 0 ? "" : "about ";
}

/*
 * Whether the array is still the one that make() made for the hint, and never held what it was
 * made for: dead slots tell of entries that were there.
 */
static bool as_hinted(const struct bench *c)
{
	unsigned held = maptype_hint_B(c->t, c->ledger->entries + c->ledger->dead);

	return c->court->hint > SLOTS && maptype_hint_B(c->t, c->court->hint) == c->B &&
		held < c->B;
}

/* Whether a new map would be smaller, by enough for a word: see verdict.h. */
static bool much_too_large(const struct bench *c)
{
	return c->fitting.B < c->B && plan_about(&c->fitting) <= c->ledger->total / 4 * 3;
}

/* What clear leaves: the array with its spare buckets, hmap, and mapextra once there is one. */
static uint64_t kept_by_clear(const struct bench *c)
{
	struct plan p = plan_map(c->t, c->B, 0);
	uint64_t kept = p.total - court_stacked(c->court, c->court->hint, 0, true).bytes;
	unsigned word = c->t->target->ptrsize;

	if (p.spare || !map_get(c->m, HMAP_EXTRA))
		return kept;
	return kept + alloc_size(c->t->release, word, extra_size(c->t->target), true);
}

static void emptied(struct bench *c)
{
	if (much_too_large(c) && !as_hinted(c))
		judge_emptied(c->court, c->ledger->total - plan_about(&c->fitting),
			about(&c->fitting), kept_by_clear(c), "nothing");
}

static void large_hint(struct bench *c)
{
	uint64_t saves;
	struct text *text;

	if (!much_too_large(c) || !as_hinted(c))
		return;
	saves = c->ledger->total - plan_about(&c->fitting);
	text = verdict_speak(c->court, VERDICT_HINT_LARGE, saves);
	text_printf(text,
		"the hint %s made %s buckets, %s %s need%s %s: the hint %s would have saved %s%s "
		"bytes", count_text(c->court->hint).s, count_text(1ull << c->B).s,
		count_text(c->ledger->entries).s, verdict_entries(c->ledger->entries),
		c->ledger->entries == 1 ? "s" : "", count_text(1ull << c->fitting.B).s,
		count_text(c->ledger->entries).s, about(&c->fitting), count_text(saves).s);
}

/* What a map made with that hint and filled comes to on its way. */
static struct account filling(const struct bench *c, uint64_t hint)
{
	return account_less(plan_filling(c->t, hint, c->ledger->entries),
		court_stacked(c->court, hint, c->ledger->entries, false));
}

/* What growing by itself has cost: arrays that were outgrown. */
static void small_hint(struct bench *c)
{
	struct account all = c->court->allocated;
	unsigned first = maptype_hint_B(c->t, c->court->hint);
	uint64_t wasted = all.bytes - c->ledger->total;
	struct account own = filling(c, c->court->hint);
	struct account right = filling(c, c->ledger->entries);

	if (c->B <= first || c->fitting.B < c->B || wasted < c->fitting.array / 2)
		return;
	/* Deletes, clears and growths of the same size have allocated too: no hint spares these. */
	if (all.bytes > own.bytes + own.bytes / 4)
		return;
	judge_small_hint(c->court, right);
}

/* While growing, an old chain is searched until it was evacuated. */
static uint64_t searched_chains(const struct bench *c)
{
	const struct classic_counts *l = classic_counts(c->ledger);
	uint64_t chains = l->buckets[BUCKET_MAIN], old = l->old[BUCKET_MAIN];

	return old ? l->waiting + (old - l->waiting) * (chains / old) : chains;
}

/* Overflow buckets that the entries need where they are, packed without holes. */
static uint64_t needed_overflow(const struct shape *s)
{
	uint64_t sum = 0;

	for (unsigned k = SLOTS + 1; k < FILLS_BARS; k++)
		sum += s->counts[CHAINS_FILLS][k] * ((k - 1) / SLOTS);
	return sum;
}

/*
 * Deletes and inserts by turns make chains that a map filled once would not have. Those of a map
 * that was emptied are part of what it still holds. Keys that share a bucket need theirs.
 */
static void judge_chains(struct bench *c)
{
	const struct ledger *l = c->ledger;
	double ideal = chance_overflow(l->entries, searched_chains(c));
	uint64_t linked = classic_counts(l)->buckets[BUCKET_LINKED], needed, bytes;
	struct text *text;

	if (c->court->v->holds[VERDICT_EMPTIED] || linked < 2 || (double)linked < 2 * ideal + 1)
		return;
	needed = needed_overflow(c->court->shape(c->court->data));
	bytes = needed < linked ? (linked - needed) * c->t->unit.size : 0;
	text = verdict_speak(c->court, VERDICT_CHAINS, bytes);
	text_printf(text,
		"%s overflow buckets, %s bytes, where %s entries thrown at random would have about "
		"%.1f: ", count_text(linked).s, count_text(linked * c->t->unit.size).s,
		count_text(l->entries).s, ideal);
	if (!bytes)
		text_add(text, "the keys share buckets, which packing does not change");
	else if (c->forecast.same_size)
		text_printf(text, "the next new key packs them, in a growth of the same size, to "
			"%s", count_text(needed).s);
	else
		text_printf(text,
			"%s%s more and a growth of the same size packs them, to %s as the keys are "
			"now", c->forecast.overflow_about ? "about " : "",
			count_text(c->forecast.overflow_left).s, count_text(needed).s);
}

static void judge_growing(struct bench *c)
{
	const struct forecast *f = &c->forecast;
	struct text *text;

	if (!f->growing)
		return;
	text = verdict_speak(c->court, VERDICT_GROWING, 0);
	text_printf(text, "%s of %s old buckets wait and the old array holds %s bytes: it takes ",
		count_text(f->waiting).s, count_text(1ull << map_old_B(c->m)).s,
		count_text(ledger_place_bytes(c->ledger, PLACE_OLD)).s);
	span_add(text, f->writes, "more write");
	text_add(text, " to end it, reads never do");
}

void classic_judge(struct court *court)
{
	struct bench c = { .court = court, .m = court->m, .t = court->t, .ledger = court->ledger };

	forecast_make(c.m, c.ledger, &c.forecast);
	c.fitting = plan_fitting(c.t, c.ledger->entries);
	c.fitting.stack = court_stacked(court, c.ledger->entries, c.ledger->entries, true).bytes;
	c.B = (unsigned)map_get(c.m, HMAP_B);
	emptied(&c);
	large_hint(&c);
	small_hint(&c);
	judge_chains(&c);
	judge_growing(&c);
	judge_apart(court);
	judge_inside(court);
	judge_collector(court, "buckets");
}
