/* SPDX-License-Identifier: MIT */
#include "model/session/verdict.h"

#include "model/session/books.h"
#include "model/figures/cell.h"
#include "model/figures/chance.h"
#include "model/figures/classic/accounts.h"
#include "model/figures/classic/chains.h"
#include "model/figures/classic/plan.h"
#include "model/map/classic/reading.h"

static const char *const names[VERDICTS] = {
#define X(id, name) [VERDICT_##id] = name,
	VERDICTS_TABLE(X)
#undef X
};

const char *verdict_name(enum verdict_kind kind)
{
	return names[kind];
}

void verdicts_free(struct verdicts *v)
{
	for (int i = 0; i < VERDICTS; i++)
		text_free(&v->says[i]);
}

/* What every verdict looks at. */
struct court {
	const struct session *s;
	const struct map *m;
	const struct maptype *t;
	const struct ledger *ledger;
	const struct forecast *forecast;
	struct plan fitting;   /* for the entries that are there */
	unsigned B;
	struct verdicts *v;
};

static struct text *speak(struct court *c, enum verdict_kind kind, uint64_t saves)
{
	c->v->holds[kind] = true;
	c->v->saves[kind] = saves;
	return &c->v->says[kind];
}

/* " entry" or " entries" */
static const char *entries(uint64_t n)
{
	return n == 1 ? "entry" : "entries";
}

/* With one bucket there is no chance in it, unless it is more than full. */
static const char *about(const struct plan *p)
{
	return p->B == 0 ? "" : "about ";
}

/*
 * Whether the array is still the one that make() made for the hint, and never held what it was
 * made for: dead slots tell of entries that were there.
 */
static bool as_hinted(const struct court *c)
{
	unsigned held = maptype_hint_B(c->t, c->ledger->entries + c->ledger->dead);

	return c->s->world.hint > SLOTS && maptype_hint_B(c->t, c->s->world.hint) == c->B &&
		held < c->B;
}

/* Whether a new map would be smaller, by enough for a word: see verdict.h. */
static bool much_too_large(const struct court *c)
{
	return c->fitting.B < c->B && plan_about(&c->fitting) <= c->ledger->total / 4 * 3;
}

/* What clear leaves: the array with its spare buckets, hmap, and mapextra once there is one. */
static uint64_t kept_by_clear(const struct court *c)
{
	struct plan p = plan_map(c->t, c->B, 0);
	unsigned word = c->t->target->ptrsize;

	if (p.spare || !map_get(c->m, HMAP_EXTRA))
		return p.total;
	return p.total + alloc_size(c->t->release, word, extra_size(c->t->target), true);
}

static void judge_emptied(struct court *c)
{
	uint64_t kept = kept_by_clear(c), saves, entries_left = c->ledger->entries;
	struct text *text;

	if (!much_too_large(c) || as_hinted(c))
		return;
	saves = c->ledger->total - plan_about(&c->fitting);
	text = speak(c, VERDICT_EMPTIED, saves);
	text_printf(text, "holds %s bytes for %s %s: %s would save %s%s, ",
		count_text(c->ledger->total).s, count_text(entries_left).s, entries(entries_left),
		entries_left ? "moving them to a new map" : "a new map", about(&c->fitting),
		count_text(saves).s);
	if (kept < c->ledger->total)
		text_printf(text, "clear would keep %s, delete gives nothing back",
			count_text(kept).s);
	else
		text_add(text, "neither clear nor delete gives anything back");
}

static void judge_large_hint(struct court *c)
{
	uint64_t saves;
	struct text *text;

	if (!much_too_large(c) || !as_hinted(c))
		return;
	saves = c->ledger->total - plan_about(&c->fitting);
	text = speak(c, VERDICT_HINT_LARGE, saves);
	text_printf(text,
		"the hint %s made %s buckets, %s %s need %s: the hint %s would have saved "
		"%s%s bytes",
		count_text(c->s->world.hint).s, count_text(1ull << c->B).s,
		count_text(c->ledger->entries).s, entries(c->ledger->entries),
		count_text(1ull << c->fitting.B).s, count_text(c->ledger->entries).s,
		about(&c->fitting), count_text(saves).s);
}

/* What growing by itself has cost: arrays that were outgrown. */
static void judge_small_hint(struct court *c)
{
	const struct heap_state *h = &c->s->world.heap.state;
	unsigned first = maptype_hint_B(c->t, c->s->world.hint);
	uint64_t wasted = h->alloc_bytes - c->ledger->total;
	struct plan_way own = plan_filling(c->t, c->s->world.hint, c->ledger->entries);
	struct plan_way right = plan_filling(c->t, c->ledger->entries, c->ledger->entries);
	struct text *text;

	if (c->B <= first || c->fitting.B < c->B || wasted < c->fitting.array / 2)
		return;
	/* Deletes, clears and growths of the same size have allocated too: no hint spares these. */
	if (h->alloc_bytes > own.bytes + own.bytes / 4)
		return;
	text = speak(c, VERDICT_HINT_SMALL,
		h->alloc_bytes > right.bytes ? h->alloc_bytes - right.bytes : 0);
	text_printf(text,
		"growing to %s entries allocated %s bytes in %s objects, of which %s are in "
		"use: the hint %s would have allocated about %s in %s",
		count_text(c->ledger->entries).s, count_text(h->alloc_bytes).s,
		count_text(h->alloc_objects).s, count_text(c->ledger->total).s,
		count_text(c->ledger->entries).s, count_text(right.bytes).s,
		count_text(right.objects).s);
}

/* While growing, an old chain is searched until it was evacuated. */
static uint64_t searched_chains(const struct court *c)
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
static void judge_chains(struct court *c)
{
	const struct ledger *l = c->ledger;
	double ideal = chance_overflow(l->entries, searched_chains(c));
	uint64_t linked = classic_counts(l)->buckets[BUCKET_LINKED], needed, bytes;
	struct text *text;

	if (c->v->holds[VERDICT_EMPTIED] || linked < 2 || (double)linked < 2 * ideal + 1)
		return;
	needed = needed_overflow(session_shape(c->s));
	bytes = needed < linked ? (linked - needed) * c->t->unit.size : 0;
	text = speak(c, VERDICT_CHAINS, bytes);
	text_printf(text,
		"%s overflow buckets, %s bytes, where %s entries thrown at random would have "
		"about %.1f: ",
		count_text(linked).s, count_text(linked * c->t->unit.size).s,
		count_text(l->entries).s, ideal);
	if (!bytes)
		text_add(text, "the keys share buckets, which packing does not change");
	else if (c->forecast->same_size)
		text_printf(text, "the next new key packs them, in a growth of the same size, to "
			"%s", count_text(needed).s);
	else
		text_printf(text, "%s%s more and a growth of the same size packs them, to %s as the "
			"keys are now", c->forecast->overflow_about ? "about " : "",
			count_text(c->forecast->overflow_left).s, count_text(needed).s);
}

static void judge_growing(struct court *c)
{
	const struct forecast *f = c->forecast;
	struct text *text;

	if (!f->growing)
		return;
	text = speak(c, VERDICT_GROWING, 0);
	text_printf(text, "%s of %s old buckets wait and the old array holds %s bytes: it takes ",
		count_text(f->waiting).s, count_text(1ull << map_old_B(c->m)).s,
		count_text(ledger_place_bytes(c->ledger, PLACE_OLD)).s);
	span_add(text, f->writes, "more write");
	text_add(text, " to end it, reads never do");
}

static void judge_apart(struct court *c)
{
	const struct maptype *t = c->t;
	uint64_t each = cell_apart_bytes(t);
	struct text *text;

	if (!each)
		return;
	text = speak(c, VERDICT_APART, 0);
	text_printf(text,
		"%s%s%s over %u bytes: each entry takes %s bytes in %s of its own, %s in all",
		t->indirect_key ? "keys" : "", t->indirect_key && t->indirect_elem ? " and " : "",
		t->indirect_elem ? "elems" : "", INLINE_MOST, count_text(each).s,
		cell_apart_objects(t) == 1 ? "an object" : "two objects",
		count_text(each * c->ledger->entries).s);
}

static const char *why_scanned(const struct maptype *t)
{
	if (t->key->pointers)
		return t->elem->pointers ? "keys and elems have pointers in them"
					 : "keys have pointers in them";
	if (t->elem->pointers)
		return "elems have pointers in them";
	return "what is over 128 bytes is stored as a pointer";
}

static void judge_collector(struct court *c)
{
	struct text *text = speak(c, VERDICT_COLLECTOR, 0);

	if (c->t->pointers)
		text_printf(text, "scans all buckets: %s", why_scanned(c->t));
	else
		text_add(text, "skips the buckets: neither keys nor elems have pointers");
}

void verdicts_find(const struct session *s, const struct ledger *l, const struct forecast *f,
	struct verdicts *v)
{
	struct court c = {
		.s = s, .m = &s->world.map, .t = s->world.map.type, .ledger = l, .forecast = f,
			.v = v};

	*v = (struct verdicts){ 0 };
	if (!s->world.map.header)
		return;
	c.fitting = plan_fitting(c.t, l->entries);
	c.B = (unsigned)map_get(c.m, HMAP_B);
	judge_emptied(&c);
	judge_large_hint(&c);
	judge_small_hint(&c);
	judge_chains(&c);
	judge_growing(&c);
	judge_apart(&c);
	judge_collector(&c);
}
