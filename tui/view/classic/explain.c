/* SPDX-License-Identifier: MIT */
/* The slots of a classic map, in words. */
#include "tui/view/classic/explain_parts.h"

#include <inttypes.h>

#include "model/map/classic/event.h"
#include "model/map/classic/reading.h"
#include "model/map/classic/rules.h"

static bool same_size(const struct map *m)
{
	return map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE;
}

/* Inside an operation: whether the rest of it evacuates the old bucket under the cursor. */
static bool moves_now(const struct look *l)
{
	const struct session *s = l->session;
	const struct map_event *e;
	size_t n;

	if (!session_half_done(s))
		return false;
	e = session_events(s, &n);
	for (size_t i = s->shown.events; i < n; i++)
		if (e[i].kind == CLASSIC_EVACUATED && e[i].at.unit == l->cursor.unit)
			return true;
	return false;
}

void explain_move(const struct look *l, struct text *t)
{
	const struct map *m = &l->session->world.map;
	const struct place *c = &l->cursor;
	uint64_t upper = c->unit + (1ull << map_old_B(m));
	unsigned bit = map_old_B(m);
	bool nan = explain_is_nan(l);

	text_add(t, c->unit == l->moving ? "It is about to be moved by the evacuation under way"
		: moves_now(l) ? "This write moves it"
		: c->unit == map_get(m, HMAP_NEVACUATE)
		? "The next write moves it, as nevacuate stands here"
		: "A write to this bucket moves it, or nevacuate once it stands here");
	if (same_size(m))
		text_printf(t, ": to bucket %" PRIu64 " again, without the gaps.", c->unit);
	else if (nan && map_get(m, HMAP_FLAGS) & FLAG_ITERATOR)
		text_printf(t, ": to bucket %" PRIu64 ", as a NaN goes by the low bit of its "
			"tophash while a range loop is about.",
			map_at(m, c->addr)[c->slot] & 1 ? upper : c->unit);
	else if (nan)
		text_printf(t, ": to bucket %" PRIu64 " (X) or %" PRIu64 " (Y), by chance, as it "
			"is a NaN.",
			c->unit, upper);
	else if (m->unhashed)
		text_printf(t,
			": to bucket %" PRIu64 " (X) or %" PRIu64 " (Y), by bit %u of its hash.",
			c->unit, upper, bit);
	else if (map_hash(m, map_key(m, c->addr, c->slot)) >> bit & 1)
		text_printf(
			t, ": to bucket %" PRIu64 " (Y), as bit %u of its hash is 1.", upper, bit);
	else
		text_printf(t, ": to bucket %" PRIu64 " (X), as bit %u of its hash is 0.", c->unit,
			bit);
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
	const struct map *m = &l->session->world.map;

	switch (m->type->path) {
	case PATH_FAST32:
	case PATH_FAST32PTR:
	case PATH_FAST64:
	case PATH_FAST64PTR:
		return "A lookup compares keys of 4 and 8 bytes at once, and the tophash only "
		       "tells it that the slot is not empty.";
	case PATH_FASTSTR:
		if (map_get(m, HMAP_B) == 0)
			return "While there is one bucket, a lookup goes by the strings' lengths "
			       "and bytes; the tophash only tells it that the slot is not empty.";
		return "A lookup compares the strings' lengths, then this byte, and their bytes "
		       "only where both agree.";
	case PATH_GENERAL:
		break;
	}
	return "A lookup compares the key only where this byte agrees.";
}

static void explain_live(const struct look *l, struct text *t)
{
	const struct map *m = &l->session->world.map;
	const struct place *c = &l->cursor;
	bool nan = explain_is_nan(l);

	if (nan)
		text_add(t, "This slot is live, but its key is a NaN, which equals nothing, not "
			"even itself: no lookup, update or delete ever finds it. ");
	else
		text_printf(t, "This slot is live: its tophash is taken from the top byte of the "
			"key's hash. %s ",
			explain_lookup(l));
	if (c->link)
		text_printf(t, "All slots before it were taken when it came here, so it lies in "
			       "overflow bucket %u. ", c->link);
	if (c->array)
		explain_move(l, t);
	else if (nan)
		text_add(t, "A range loop yields it, only a growth moves it, and only clear "
			"removes it.");
	else
		text_printf(t, "An update writes its elem in place; a delete leaves %s; only a "
			"growth moves it.",
			is_followed(m, c) ? "a tombstone, as more follows"
					  : "it free, as nothing follows");
}

/* All behind the tophash bytes of the bucket is zero. */
static bool is_wiped(const struct map *m, uint64_t addr)
{
	const uint8_t *bucket = map_at(m, addr);

	for (uint32_t i = m->type->unit.keys; i < m->type->unit.size; i++)
		if (bucket[i])
			return false;
	return true;
}

/*
 * The wipe is an evacuation's last act, of the bucket in the array alone: what hangs behind it is
 * cut off with the pointer. oldIterator is never taken away while a growth lasts, so bytes that
 * are there without it are in the middle of an evacuation.
 */
enum left_behind explain_left_behind(const struct look *l)
{
	const struct map *m = &l->session->world.map;

	if (!m->type->pointers)
		return LEFT_AS_IT_WAS;
	if (l->cursor.link == 0 && is_wiped(m, l->cursor.addr))
		return LEFT_WIPED;
	if (map_get(m, HMAP_FLAGS) & FLAG_OLD_ITERATOR)
		return LEFT_FOR_RANGE;
	return l->cursor.link == 0 ? LEFT_TO_BE_WIPED : LEFT_TO_BE_CUT;
}

static void explain_moved(const struct look *l, bool y, struct text *t)
{
	static const char *const left[] = {
		[LEFT_AS_IT_WAS] = "Its bytes stay until the old array is garbage.",
		[LEFT_WIPED] = "Key and elem are zero now, so that they keep nothing alive.",
		[LEFT_FOR_RANGE] = ("Its bytes stay until the old array is garbage, as a range "
				    "loop may still go over them."),
		[LEFT_TO_BE_WIPED] = "Key and elem are zeroed once all of the bucket is moved.",
		[LEFT_TO_BE_CUT] = "This overflow bucket is cut off once all of the chain is "
				   "moved.",
	};
	const struct map *m = &l->session->world.map;
	uint64_t to = l->cursor.unit + (y ? 1ull << map_old_B(m) : 0);

	text_printf(t, "The cell was moved to bucket %" PRIu64 " of the new array, ", to);
	if (same_size(m))
		text_add(t, "which has the same size. ");
	else if (m->type->key->reflexive)
		text_printf(t, "as bit %u of its hash is %d. ", map_old_B(m), y);
	else
		text_printf(t, "as bit %u of its hash was %d, or, if it is a NaN, by chance or by "
			"its tophash. ", map_old_B(m), y);
	text_add(t, left[explain_left_behind(l)]);
}

void classic_explain_slot(const struct look *l, struct text *t)
{
	const struct map *m = &l->session->world.map;
	uint8_t top;

	if (!l->cursor.addr) {
		text_add(t, "The map has only its header. The first insert allocates a bucket.");
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
		text_add(t, "The slot was free when its bucket was evacuated. No key comes here "
			"any more; the old array goes when all its buckets have been evacuated.");
		break;
	default:
		explain_live(l, t);
	}
}

/* Of a cell of the atlas the first bucket. */
void classic_explain_unit(const struct look *l, struct text *t)
{
	const struct map *m = &l->session->world.map;
	unsigned live = 0, dead = 0, chain = 0;

	for (uint64_t a = classic_bucket(m, l->cursor.array, l->cursor.unit, 0); a;
		a = map_overflow(m, a), chain++)
		for (unsigned i = 0; i < SLOTS; i++) {
			live += map_at(m, a)[i] >= MIN_TOPHASH;
			dead += map_at(m, a)[i] == EMPTY_ONE;
		}
	text_printf(t, "%s %" PRIu64 ": %u live cell%s, %u tombstone%s, %u overflow bucket%s. ",
		l->cursor.array ? "Old bucket" : "Bucket", l->cursor.unit, live,
		live == 1 ? "" : "s", dead, dead == 1 ? "" : "s", chain - 1, chain == 2 ? "" : "s");
	text_add(t, "A bar of the atlas is the higher the more of what is measured its buckets "
		"hold. Closer, each bucket is a row.");
}
