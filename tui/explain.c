/* SPDX-License-Identifier: MIT */
#include "tui/explain.h"

#include <inttypes.h>

#include "model/map_rules.h"

static void explain_live(const struct look *l, struct text *t)
{
	const struct map *m = &l->session->map;
	const struct place *c = &l->cursor;

	text_printf(t, "This slot is live: its tophash is the top byte of the key's hash, so a lookup "
		       "compares the key only where these bytes agree. ");
	if (c->chain)
		text_printf(t, "The bucket before it was full when the key came, so it lies in "
			       "overflow bucket %u. ", c->chain);
	if (c->old && map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE)
		text_add(t, "It waits in the old array and will move to the same bucket of the new "
			    "one, closer to the front.");
	else if (c->old)
		text_printf(t, "It waits in the old array. The next write to this bucket, or "
			       "nevacuate's turn, moves it to bucket %" PRIu64 " (X) or %llu (Y).",
			c->bucket, (unsigned long long)(c->bucket + (1ull << map_old_B(m))));
	else
		text_add(t, "An update writes its elem in place; it moves only when the map grows.");
}

static void explain_tombstone(const struct look *l, struct text *t)
{
	const struct map *m = &l->session->map;

	text_add(t, "A key was deleted here. Something may follow in the chain, so a search must go on "
		    "past it. ");
	if (m->type->path == PATH_FASTSTR)
		text_add(t, "The string's pointer was cleared and its length left. ");
	else if (m->type->key->pointers || m->type->indirect_key)
		text_add(t, "The key was cleared, as it holds pointers. ");
	else
		text_add(t, "The key's bytes were left as they are; the elem was zeroed. ");
	text_add(t, "The next new key of this bucket that finds no earlier one takes it.");
}

static void explain_rest(const struct look *l, struct text *t)
{
	text_add(t, "This slot is free, and so is all that follows in its chain: a search ends here. ");
	if (l->cursor.old)
		text_add(t, "Its bucket waits to be evacuated.");
	else
		text_add(t, "The next new key of this bucket takes the first free slot.");
}

static void explain_moved(const struct look *l, bool y, struct text *t)
{
	const struct map *m = &l->session->map;
	uint64_t to = l->cursor.bucket + (y ? 1ull << map_old_B(m) : 0);

	text_printf(t, "The cell was moved to bucket %" PRIu64 " of the new array, ", to);
	if (map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE)
		text_add(t, "which has the same size. ");
	else
		text_printf(t, "as bit %u of its hash is %d. ", map_old_B(m), y);
	if (m->type->pointers && !(map_get(m, HMAP_FLAGS) & FLAG_OLD_ITERATOR))
		text_add(t, "What was left was zeroed, so that it keeps nothing alive.");
	else
		text_add(t, "Its bytes stay until the old array is garbage.");
}

void explain_slot(const struct look *l, struct text *t)
{
	const struct map *m = &l->session->map;
	uint8_t top;

	if (!l->cursor.addr) {
		text_add(t, "The map has only its header. The first write allocates a bucket.");
		return;
	}
	top = map_at(m, l->cursor.addr)[l->cursor.slot];
	switch (top) {
	case EMPTY_REST:
		explain_rest(l, t);
		break;
	case EMPTY_ONE:
		explain_tombstone(l, t);
		break;
	case EVACUATED_X:
	case EVACUATED_Y:
		explain_moved(l, top == EVACUATED_Y, t);
		break;
	case EVACUATED_EMPTY:
		text_add(t, "The slot was free when its bucket was evacuated. Nothing is written here "
			    "any more; the old array goes when all its buckets have been evacuated.");
		break;
	default:
		explain_live(l, t);
	}
}
