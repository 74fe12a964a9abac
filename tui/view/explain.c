/* SPDX-License-Identifier: MIT */
#include "tui/view/explain.h"

#include <inttypes.h>

#include "model/map/map_rules.h"

static bool same_size(const struct map *m)
{
	return map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE;
}

/* A NaN equals nothing, not even itself, and has another hash each time. */
static bool is_nan(const struct map *m, const uint8_t *key)
{
	return !value_equals_itself(m->heap, m->type->key, key);
}

void explain_move(const struct look *l, struct text *t)
{
	const struct map *m = &l->session->map;
	const struct place *c = &l->cursor;
	const uint8_t *key = map_key(m, c->addr, c->slot);
	uint64_t upper = c->bucket + (1ull << map_old_B(m));
	unsigned bit = map_old_B(m);

	text_add(t, c->bucket == l->moving ? "It is about to be moved by the evacuation under way"
		: c->bucket == map_get(m, HMAP_NEVACUATE)
		? "The next write moves it, as nevacuate stands here"
		: "A write to this bucket moves it, or nevacuate once it stands here");
	if (same_size(m))
		text_printf(t, ": to bucket %" PRIu64 " again, without the gaps.", c->bucket);
	else if (is_nan(m, key) && map_get(m, HMAP_FLAGS) & FLAG_ITERATOR)
		text_printf(t, ": to bucket %" PRIu64 ", as a NaN goes by the low bit of its tophash while a "
			       "range loop is about.", map_at(m, c->addr)[c->slot] & 1 ? upper : c->bucket);
	else if (is_nan(m, key))
		text_printf(t, ": to bucket %" PRIu64 " (X) or %" PRIu64 " (Y), by chance, as it is a NaN.",
			c->bucket, upper);
	else if (map_hash(m, key) >> bit & 1)
		text_printf(t, ": to bucket %" PRIu64 " (Y), as bit %u of its hash is 1.", upper, bit);
	else
		text_printf(t, ": to bucket %" PRIu64 " (X), as bit %u of its hash is 0.", c->bucket, bit);
}

/* Whether a delete here would leave a tombstone: something follows in the chain. */
static bool is_followed(const struct map *m, const struct place *at)
{
	uint64_t next = map_overflow(m, at->addr);

	if (at->slot + 1 < SLOTS)
		return map_at(m, at->addr)[at->slot + 1] != EMPTY_REST;
	return next && *map_at(m, next) != EMPTY_REST;
}

const char *explain_lookup(const struct look *l)
{
	const struct map *m = &l->session->map;

	switch (m->type->path) {
	case PATH_FAST32:
	case PATH_FAST32PTR:
	case PATH_FAST64:
	case PATH_FAST64PTR:
		return "A lookup compares keys of 4 and 8 bytes at once, and the tophash only tells it that "
		       "the slot is not empty.";
	case PATH_FASTSTR:
		if (map_get(m, HMAP_B) == 0)
			return "While there is one bucket, a lookup goes by the strings' lengths and bytes; "
			       "the tophash only tells it that the slot is not empty.";
		return "A lookup compares the strings' lengths, then this byte, and their bytes only where "
		       "both agree.";
	case PATH_GENERAL:
		break;
	}
	return "A lookup compares the key only where this byte agrees.";
}

static void explain_live(const struct look *l, struct text *t)
{
	const struct map *m = &l->session->map;
	const struct place *c = &l->cursor;

	if (is_nan(m, map_key(m, c->addr, c->slot)))
		text_add(t, "This slot is live, but its key is a NaN, which equals nothing, not even itself: "
			    "no lookup, update or delete ever finds it. ");
	else
		text_printf(t, "This slot is live: its tophash is taken from the top byte of the key's hash. "
			       "%s ", explain_lookup(l));
	if (c->chain)
		text_printf(t, "All slots before it were taken when the key came, so it lies in "
			       "overflow bucket %u. ", c->chain);
	if (c->old)
		explain_move(l, t);
	else if (is_nan(m, map_key(m, c->addr, c->slot)))
		text_add(t, "A range loop yields it, a growth moves it to either half by chance, and only "
			    "clear removes it.");
	else
		text_printf(t, "An update writes its elem in place; a delete leaves %s; only a growth "
			       "moves it.", is_followed(m, c)
			? "a tombstone, as more follows" : "it free, as nothing follows");
}

/* What a delete leaves of a key's bytes. */
static void explain_deleted_key(const struct map *m, struct text *t)
{
	if (m->type->indirect_key)
		text_add(t, "The pointer to the key was cleared. ");
	else if (m->type->path == PATH_FASTSTR)
		text_add(t, "The string's pointer was cleared and its length left. ");
	else if (m->type->key->pointers)
		text_add(t, "The key was cleared, as it holds pointers. ");
	else
		text_add(t, "The key's bytes were left as they are; the elem was zeroed. ");
}

static void explain_tombstone(const struct look *l, struct text *t)
{
	const struct map *m = &l->session->map;

	text_add(t, "A key was deleted here. Something may follow in the chain, so a search must go on "
		    "past it. ");
	explain_deleted_key(m, t);
	if (l->cursor.old)
		text_add(t, "When its bucket is evacuated, nothing of it is moved.");
	else
		text_add(t, "The next new key of this bucket that finds no earlier one takes it.");
}

static void explain_rest(const struct look *l, struct text *t)
{
	const struct map *m = &l->session->map;
	uint64_t from;

	text_add(t, "This slot is free, and so is all that follows in its chain: a search ends here. ");
	if (l->cursor.old) {
		text_add(t, "Its bucket waits to be evacuated.");
		return;
	}
	from = map_growing(m) ? l->cursor.bucket & (look_buckets(m, true) - 1) : 0;
	if (map_growing(m) && !map_evacuated(m, map_bucket(m, true, from)))
		text_printf(t, "Old bucket %" PRIu64 " was not evacuated yet: what belongs here is "
			       "still there.", from);
	else
		text_add(t, "The next new key of this bucket takes the first free slot.");
}

static void explain_moved(const struct look *l, bool y, struct text *t)
{
	const struct map *m = &l->session->map;
	uint64_t to = l->cursor.bucket + (y ? 1ull << map_old_B(m) : 0);

	text_printf(t, "The cell was moved to bucket %" PRIu64 " of the new array, ", to);
	if (same_size(m))
		text_add(t, "which has the same size. ");
	else if (m->type->key->reflexive)
		text_printf(t, "as bit %u of its hash is %d. ", map_old_B(m), y);
	else
		text_printf(t, "as bit %u of its hash was %d, or, for a NaN, otherwise. ",
			map_old_B(m), y);
	if (m->type->pointers && !(map_get(m, HMAP_FLAGS) & FLAG_OLD_ITERATOR))
		text_add(t, "Key and elem were zeroed behind it, so that they keep nothing alive.");
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

/* Of a cell of the atlas the first bucket. */
static void explain_cell(const struct look *l, struct text *t)
{
	const struct map *m = &l->session->map;
	unsigned live = 0, dead = 0, chain = 0;

	for (uint64_t a = look_bucket(m, l->cursor.old, l->cursor.bucket, 0); a;
		a = map_overflow(m, a), chain++)
		for (unsigned i = 0; i < SLOTS; i++) {
			live += map_at(m, a)[i] >= MIN_TOPHASH;
			dead += map_at(m, a)[i] == EMPTY_ONE;
		}
	text_printf(t, "%s %" PRIu64 ": %u live cell%s, %u tombstone%s, %u overflow bucket%s. ",
		l->cursor.old ? "Old bucket" : "Bucket", l->cursor.bucket, live, live == 1 ? "" : "s",
		dead, dead == 1 ? "" : "s", chain - 1, chain == 2 ? "" : "s");
	text_add(t, "A bar of the atlas is the higher the more of what is measured its buckets hold. "
		    "Closer, each bucket is a row.");
}

void explain(const struct look *l, struct text *t)
{
	if (!l->session->map.hmap)
		text_add(t, "There is no map yet.");
	else if (l->in_header)
		explain_field(l, t);
	else if (l->zoom == ZOOM_ATLAS && l->cursor.addr)
		explain_cell(l, t);
	else if (l->zoom == ZOOM_BYTES && l->cursor.addr)
		explain_byte(l, t);
	else
		explain_slot(l, t);
}
