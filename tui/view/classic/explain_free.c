/* SPDX-License-Identifier: MIT */
/* What a free slot is: who stops at it, what a delete left in it, who takes it next. */
#include <inttypes.h>

#include "model/map/classic/reading.h"
#include "tui/view/classic/explain_parts.h"

/* Where one looks for a key: mapaccess, mapdelete and mapassign of each path. */
static const char *who_stops(const struct look *l)
{
	const struct map *m = &l->session->world.map;

	if (m->type->path == PATH_GENERAL)
		return l->cursor.array ? "a lookup ends here" : "a search ends here";
	if (l->cursor.array)
		return "yet a lookup goes on to the end of the chain, as it does not ask for this "
		       "mark";
	if (m->type->path == PATH_FASTSTR && map_get(m, HMAP_B) == 0)
		return "an insert and a lookup end here, a delete goes on to the end of the bucket";
	return "an insert ends its search here, a lookup or a delete goes on to the end of the "
	       "chain";
}

/* The old bucket that has to be evacuated before anything comes here; false when there is none. */
static bool waits_for(const struct look *l, uint64_t *old)
{
	const struct map *m = &l->session->world.map;

	if (!map_growing(m))
		return false;
	*old = l->cursor.unit & (classic_buckets(m, true) - 1);
	return !map_evacuated(m, map_bucket(m, true, *old));
}

/* Whether a slot before this one in its chain is free as well. */
static bool free_before(const struct look *l)
{
	const struct map *m = &l->session->world.map;
	const struct place *c = &l->cursor;
	uint64_t addr = map_bucket(m, false, c->unit);

	for (uint32_t chain = 0; chain <= c->link; chain++, addr = map_overflow(m, addr)) {
		unsigned slots = chain == c->link ? c->slot : SLOTS;

		for (unsigned i = 0; i < slots; i++)
			if (tophash_empty(map_at(m, addr)[i]))
				return true;
	}
	return false;
}

bool explain_growth_first(const struct look *l, struct text *t)
{
	const struct map *m = &l->session->world.map;
	enum growth due = map_growth_due(m);

	if (map_growing(m) || due == GROWTH_NONE)
		return false;
	text_add(t, due == GROWTH_DOUBLES ? "The next new key doubles the array first."
		: "The next new key starts a growth of the same size first.");
	return true;
}

/* What the next new key of the bucket does. */
static void explain_next_key(const struct look *l, struct text *t)
{
	const struct map *m = &l->session->world.map;
	uint64_t old;

	if (waits_for(l, &old)) {
		text_printf(t, "Old bucket %" PRIu64 " was not evacuated yet: what belongs here is "
			"still there.",
			old);
		return;
	}
	if (explain_growth_first(l, t))
		return;
	text_add(t, free_before(l) ? "The next new key of this bucket takes an earlier slot, which "
		"is free too"
				   : "The next new key of this bucket takes it");
	if (map_growing(m) && map_growth_due(m) != GROWTH_NONE)
		text_add(t, ", unless it ends this growth: then it starts the next one first");
	text_add(t, ".");
}

void explain_rest(const struct look *l, struct text *t)
{
	text_printf(t, "This slot is free, and so is all that follows in its chain: %s. ",
		who_stops(l));
	if (l->cursor.array)
		text_add(t, "Its bucket waits to be evacuated.");
	else
		explain_next_key(l, t);
}

void explain_tombstone(const struct look *l, struct text *t)
{
	text_add(t, "A key was deleted here. Something may follow in the chain, so a search must "
		"go on past it. ");
	explain_deleted(l->session->world.map.type,
		"The string's pointer was cleared and its length left", t);
	if (l->cursor.array)
		text_add(t, "When its bucket is evacuated, nothing of it is moved.");
	else
		explain_next_key(l, t);
}
