/* SPDX-License-Identifier: MIT */
/* What is asked about a step of a classic map before it is seen. */
#include <inttypes.h>

#include "model/map/classic/event.h"
#include "model/map/classic/reading.h"
#include "tui/view/classic/classic_design.h"
#include "tui/view/quiz.h"

enum { HASH_BITS = 8 }; /* of a hash that are shown at least */

static void put_fits(const struct map *m, uint64_t entries, struct text *t)
{
	unsigned B = (unsigned)map_get(m, HMAP_B);

	text_printf(t, "%s entr%s: up to %s fit %llu bucket%s.", count_text(entries).s,
		entries == 1 ? "y" : "ies", count_text(load_most(m->type->release, B)).s, 1ull << B,
		B ? "s" : "");
}

static void put_grown(const struct map *m, const struct classic_grow *g, struct text *t)
{
	const struct release *r = m->type->release;
	uint64_t most = load_most(r, g->from);

	if (g->same)
		text_printf(t, "noverflow has reached %u, about as many overflow buckets as "
			"buckets: all move to an array of the same size.",
			1u << (g->from > 15 ? 15 : g->from));
	else if (most == SLOTS)
		text_printf(t, "%s entries would be more than 8: 2 buckets.",
			count_text(g->count + 1).s);
	else
		text_printf(t, "%s would be more than %s, %.1f for each of %llu buckets.",
			count_text(g->count + 1).s, count_text(most).s, r->load_num / 2.0,
			1ull << g->from);
}

/* Of a write that may add an entry. */
static void ask_growth(const struct map *m, struct quiz *q)
{
	const struct map_event *grow = quiz_event(q, CLASSIC_GROW);
	const struct classic_grow g = grow ? classic_of(grow).grow : (struct classic_grow){ 0 };
	bool new = quiz_event(q, EVENT_CLAIM) != NULL;
	uint64_t count = map_get(m, HMAP_COUNT), had = count - new;
	unsigned B = grow ? g.from : (unsigned)map_get(m, HMAP_B);
	struct question *n = quiz_words(q, quiz_yes, grow != NULL);

	text_printf(&n->asks, "Does a growth start? %s entr%s in %llu bucket%s so far",
		count_text(had).s, had == 1 ? "y" : "ies", 1ull << B, B ? "s" : "");
	text_add(&n->asks, quiz_event(q, CLASSIC_WORK) && !grow ? ", and one is under way." : ".");
	if (grow)
		put_grown(m, &g, &n->because);
	else if (!new)
		text_add(&n->because, "The key is there already: no entry is added.");
	else if (map_growing(m))
		text_add(&n->because,
			"One is under way: another does not start before that is over.");
	else
		put_fits(m, count, &n->because);
}

static void add_low_bits(struct text *t, uint64_t hash, unsigned B)
{
	unsigned shown = B + 2 > HASH_BITS ? B + 2 : HASH_BITS;

	text_add(t, "…");
	quiz_add_bits(t, hash, shown - 1, shown);
}

/* Which of an array's buckets it is, from the hash. */
static void ask_bucket(struct quiz *q, uint64_t bucket, unsigned B, const char *array)
{
	const struct map_event *hash = quiz_event(q, EVENT_HASH);
	struct question *n;

	if (B == 0 || !hash)
		return;
	n = quiz_number(q, "bucket", bucket, 0, (1ull << B) - 1);
	text_printf(&n->asks, "Which of the %llu %sbuckets? The hash ends in ", 1ull << B, array);
	add_low_bits(&n->asks, hash->hash.hash, B);
	text_add(&n->asks, ".");
	text_printf(&n->because, "The low %u bit%s, ", B, B == 1 ? "" : "s");
	quiz_add_bits(&n->because, bucket, B - 1, B);
	text_printf(&n->because, "%s its number.", B == 1 ? ", is" : ", are");
}

static unsigned chain_of(const struct map *m, uint64_t bucket)
{
	unsigned links = 0;

	for (uint64_t a = map_overflow(m, map_bucket(m, false, bucket)); a; a = map_overflow(m, a))
		links++;
	return links;
}

/* Which slot of its chain a write comes to. */
static void ask_slot(const struct map *m, struct quiz *q, const struct map_event *e)
{
	bool linked = quiz_event(q, CLASSIC_LINK) != NULL;
	unsigned links = chain_of(m, e->at.unit) - linked;
	struct question *n = quiz_number(q, "slot", e->at.link * SLOTS + e->at.slot, 0,
		(links + 2) * SLOTS - 1);

	text_printf(&n->asks,
		"Which slot of the chain? Those of its %s overflow bucket count from %u on.",
		links ? "next" : "first", links ? (links + 1) * SLOTS : SLOTS);
	if (e->kind == EVENT_UPDATE)
		text_add(&n->because, "The key is there: its elem is overwritten.");
	else if (linked)
		text_printf(&n->because,
			"The chain was full, all %u slots: an overflow bucket is linked.",
			(links + 1) * SLOTS);
	else
		text_printf(&n->because, "It is the first free slot of the chain%s.",
			e->claim.tombstone ? ", a tombstone" : "");
}

static void put_evacuated(const struct map_event *e, bool first, struct text *t)
{
	const struct classic_evacuated n = classic_of(e).evacuated;

	text_printf(t, "%sld bucket %" PRIu64 ": ", first ? "O" : "; o", e->at.unit);
	classic_story_moved(&n, NO_HASH, t);
}

/* A write while growing moves old buckets on. */
static void ask_moved(const struct map *m, struct quiz *q)
{
	unsigned buckets = quiz_events(q, CLASSIC_EVACUATED);
	struct question *n;
	bool first = true;

	if (!quiz_event(q, CLASSIC_WORK) && !buckets)
		return;
	n = quiz_number(q, NULL, quiz_events(q, CLASSIC_MOVE), 0, map_get(m, HMAP_COUNT));
	text_add(&n->asks, "How many cells does it move out of the old array?");
	for (size_t i = 0; i < q->nevents; i++) {
		if (q->events[i].kind != CLASSIC_EVACUATED)
			continue;
		put_evacuated(&q->events[i], first, &n->because);
		first = false;
	}
	text_add(&n->because, first ? "The old bucket of its key was evacuated before." :
		quiz_event(q, CLASSIC_GROWN) ? "; the growth is over." : ".");
}

static void ask_write(const struct map *m, struct quiz *q, const struct map_event *e)
{
	ask_growth(m, q);
	ask_bucket(q, e->at.unit, (unsigned)map_get(m, HMAP_B), "");
	ask_slot(m, q, e);
}

static const char *const left[] = { "tombstone", "free", "absent", NULL };

static void ask_delete(const struct map *m, struct quiz *q, const struct map_event *gone)
{
	unsigned rested = quiz_events(q, CLASSIC_REST);
	struct question *n;

	if (gone)
		ask_bucket(q, gone->at.unit, (unsigned)map_get(m, HMAP_B), "");
	n = quiz_words(q, left, !gone ? 2 : rested ? 1 : 0);
	text_add(&n->asks, "What is left: a tombstone (emptyOne), is the slot free to the chain's "
		"end (emptyRest), or is the key absent?");
	if (!gone)
		text_add(&n->because, "No slot of its chain holds the key: nothing is changed.");
	else if (!rested)
		text_add(&n->because,
			"Something may follow in the chain, so searches must go on past it.");
	else
		text_printf(&n->because, "Nothing follows in the chain: searches may end here. %u "
			"slot%s now say%s so.",
			rested, rested == 1 ? "" : "s", rested == 1 ? "s" : "");
	if (gone && quiz_event(q, EVENT_SEED))
		text_add(&n->because, " The last key is gone: a new hash0 is drawn.");
}

static const char *const arrays[] = { "old", "new", NULL };

/* Where a lookup goes, and whether that finds the key. */
static void ask_lookup(const struct map *m, struct quiz *q)
{
	const struct map_event *e = quiz_event(q, CLASSIC_BUCKET);
	bool found = quiz_event(q, EVENT_FOUND) != NULL;
	unsigned why = e ? classic_of(e).bucket.why : CHOICE_ONLY,
		 visits = quiz_events(q, EVENT_VISIT);
	struct question *n;

	if (why == CHOICE_WAITS || why == CHOICE_MOVED) {
		n = quiz_words(q, arrays, why == CHOICE_MOVED);
		text_add(&n->asks, "The map is growing: is the old array asked, or the new one?");
		text_add(&n->because,
			why == CHOICE_WAITS ? "The key's old bucket waits to be evacuated: its "
					      "cells are still there."
					    : "The key's old bucket was evacuated: its cells are "
					      "in the new array.");
	}
	if (e)
		ask_bucket(q, e->at.unit,
			why == CHOICE_WAITS ? map_old_B(m) : (unsigned)map_get(m, HMAP_B),
			why == CHOICE_WAITS ? "old " : "");
	n = quiz_words(q, quiz_yes, found);
	text_add(&n->asks, "Is the key found?");
	if (!e && !found)
		text_add(&n->because, "The map is empty: nothing is looked at.");
	else
		text_printf(&n->because, "%s%u bucket%s looked through; a lookup changes nothing.",
			found ? "It was there, " : "It is not there, ", visits,
			visits == 1 ? "" : "s");
}

static void ask_make(const struct map *m, struct quiz *q, const struct map_event *e)
{
	struct question *n;

	if (e->make.hint == 0)
		return;
	n = quiz_number(q, NULL, e->make.array ? 1ull << e->make.units_log2 : 0, 0, QUIZ_ANY);
	text_printf(&n->asks, "How many buckets does make with the hint %s allocate?",
		count_text(e->make.hint).s);
	if (e->make.array)
		text_printf(&n->because, "So many, a power of two, take %s entries at %.1f each%s.",
			count_text(e->make.hint).s, m->type->release->load_num / 2.0,
			e->make.units_log2 > 3 ? ", and some spare overflow buckets come with them"
					       : "");
	else
		text_add(&n->because, e->make.ignored ? "A hint that large counts as none."
			: "Up to a hint of 8 the first insert allocates the one bucket.");
}

static void ask_clear(const struct map *m, struct quiz *q)
{
	unsigned B = (unsigned)map_get(m, HMAP_B);
	struct question *n;

	n = quiz_number(q, NULL, map_get(m, HMAP_BUCKETS) ? 1ull << B : 0, 0, QUIZ_ANY);
	text_add(&n->asks, "How many buckets has the map after it?");
	text_add(&n->because, "clear wipes the array and keeps it: nothing shrinks a map.");
}

const struct quiz_design classic_quiz = {
	.make = ask_make,
	.lookup = ask_lookup,
	.write = ask_write,
	.delete = ask_delete,
	.clear = ask_clear,
	.moved = ask_moved,
};
