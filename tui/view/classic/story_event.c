/* SPDX-License-Identifier: MIT */
/* One step in words: an event, or one slot of those that it looks at. */
#include <inttypes.h>

#include "model/map/classic/event.h"
#include "model/map/classic/object.h"
#include "model/map/classic/reading.h"
#include "tui/view/classic/classic_design.h"
#include "tui/view/telling.h"

static const char *array_name(uint32_t array)
{
	return array == ARRAY_OLD ? "old bucket" : array == ARRAY_GONE ? "former bucket" : "bucket";
}

static void add_place(struct text *t, const struct map_event *e)
{
	text_printf(t, "%s %" PRIu64, array_name(e->at.array), e->at.unit);
	if (e->at.link)
		text_printf(t, ", overflow %u", e->at.link);
}

static void add_slot(struct text *t, const char *what, const struct map_event *e)
{
	text_printf(t, "%sslot %u of ", what, e->at.slot);
	add_place(t, e);
}

static void tell_hash(struct text *t, const struct step *p)
{
	const struct map_event *e = p->e;

	text_printf(t, "hash taken: 0x%0*" PRIx64, (int)p->s->given.target->ptrsize * 2,
		e->hash.hash);
	if (e->hash.bits > 0) {
		text_add(t, ", ");
		story_add_bits(t, e->at.unit, e->hash.bits);
	}
	text_printf(t, ", tophash %02x", e->hash.control);
}

/* The old bucket whose cells go to a bucket of the present array. */
static uint64_t old_of(const struct step *p, uint64_t bucket)
{
	return bucket & ((1ull << map_old_B(&p->s->world.map)) - 1);
}

static void tell_bucket(struct text *t, const struct step *p)
{
	const struct map_event *e = p->e;
	const struct classic_bucket b = classic_of(e).bucket;
	uint64_t bucket = e->at.unit;

	switch ((enum bucket_choice)b.why) {
	case CHOICE_ONLY:
		text_add(t, "there is only one bucket: no hash is needed");
		break;
	case CHOICE_BITS:
		text_printf(t, "the low bits of the hash choose bucket %" PRIu64, bucket);
		break;
	case CHOICE_WAITS:
		text_printf(t, "growing: old bucket %" PRIu64 " was not evacuated yet, so it is "
			"looked through, not bucket %" PRIu64,
			bucket, b.wanted);
		break;
	case CHOICE_MOVED:
		text_printf(t, "growing: old bucket %" PRIu64 " was evacuated, so bucket %" PRIu64
			       " of the new array it is", old_of(p, b.wanted), b.wanted);
		break;
	case CHOICE_WRITE:
		text_printf(t, "growing: a write goes to the new array, bucket %" PRIu64
			       ", after some growth work", bucket);
		break;
	case CHOICE_TURN:
		text_printf(t, "%s %" PRIu64 " is next%s", array_name(e->at.array), bucket,
			e->at.array == ARRAY_PRESENT
				? ""
				: ": the loop keeps to the array it began with");
		break;
	case CHOICE_TURN_WAITS:
		text_printf(t, "bucket %" PRIu64 " is next, but still waits: old bucket %" PRIu64
			       " is walked for it", b.wanted, bucket);
		break;
	case CHOICE_TURN_MOVED:
		if (e->at.array == ARRAY_PRESENT)
			text_printf(t, "bucket %" PRIu64 " is next: old bucket %" PRIu64 " was "
				       "evacuated, its keys are here", b.wanted,
				old_of(p, b.wanted));
		else
			text_printf(t, "old bucket %" PRIu64 " is next: the loop keeps to the "
				"array it began with",
				bucket);
		break;
	}
}

/* Whether the walk is a range's. */
static bool in_range(const struct step *p)
{
	return event_range(p->list, p->n) != NULL;
}

/* What had to agree before the key itself was compared. */
static const char *agreed(const struct step *p)
{
	/* A range looks up as mapaccess does, whatever the path. */
	switch (in_range(p) ? PATH_GENERAL : p->s->world.map.type->path) {
	case PATH_GENERAL:
		return "the tophash agrees, ";
	case PATH_FASTSTR:
		for (size_t i = p->n; i-- > 0;)
			if (p->list[i].kind == EVENT_HASH)
				return "tophash and length agree, ";
		return "the length agrees, ";
	default:
		return "";
	}
}

/* The tophash that is looked for. */
static unsigned tophash_sought(const struct step *p)
{
	for (size_t i = p->n; i-- > 0;)
		if (p->list[i].kind == EVENT_HASH)
			return p->list[i].hash.control;
	return 0;
}

static void tell_other_slot(struct text *t, const struct step *p, unsigned slot, unsigned seen)
{
	uint64_t addr = p->e->at.addr;
	unsigned top = map_at(&p->s->world.map, addr)[slot];

	bool empty = seen & SEEN_IN_EMPTY;

	switch (seen_kind(seen)) {
	case SEEN_TOPHASH:
		if (empty)
			text_add(t, "empty; a stale length agrees, ");
		text_printf(t, "tophash %02x is not %02x", top, tophash_sought(p));
		break;
	case SEEN_LENGTH:
		text_add(t, empty ? "empty; this path compares lengths first, and they differ"
				  : "a string of another length");
		break;
	case SEEN_ENDS:
		text_add(t, "the length agrees, the first or last 4 bytes do not");
		break;
	case SEEN_MAYBE:
		text_add(t, "length and both ends agree: all bytes are compared after the others");
		break;
	case SEEN_KEY:
		if (empty) {
			text_add(t,
				"empty; this path compares keys first, and its bytes are others");
			break;
		}
		text_add(t, agreed(p));
		tell_key(t, p, addr, slot);
		text_add(t, " is another");
		break;
	default:
		break;
	}
}

/* The bucket, chosen last or before the loop went on, that the other cells of the old bucket at
   hand will move to. */
static uint64_t other_half(const struct step *p)
{
	const struct map_event *e = p->e;

	while (e->kind != EVENT_NEXT &&
		(e->kind != CLASSIC_BUCKET || classic_of(e).bucket.why < CHOICE_TURN))
		e--;
	if (e->kind == EVENT_NEXT)
		return e->at.unit ^ 1ull << (e->next.bits - 1);
	return classic_of(e).bucket.wanted ^ 1ull << (classic_of(e).bucket.B - 1);
}

static void tell_range_slot(struct text *t, const struct step *p, unsigned slot, unsigned seen)
{
	uint64_t addr = p->e->at.addr;

	switch (seen_kind(seen)) {
	case SEEN_SKIPPED:
		text_add(t, "empty: skipped");
		break;
	case SEEN_LEFT:
		text_add(t, "empty, and was when the bucket was evacuated: skipped");
		break;
	case SEEN_ELSEWHERE:
		tell_key(t, p, addr, slot);
		text_printf(
			t, " will move to bucket %" PRIu64 ": it comes with that", other_half(p));
		break;
	case SEEN_AGAIN:
		tell_key(t, p, addr, slot);
		text_add(t, " has moved since the loop began: it is looked up");
		break;
	case SEEN_YIELD:
		text_printf(t, "entry %s of the loop: ",
			count_text(event_yielded(p->e, p->slots)).s);
		tell_key(t, p, addr, slot);
		break;
	default:
		break;
	}
}

static void tell_slot(struct text *t, const struct step *p)
{
	unsigned slot = event_slot(p->e, p->slots - 1), seen = p->e->visit.seen[p->slots - 1];
	bool remembered = seen & SEEN_REMEMBERED;

	text_printf(t, "slot %u: ", slot);
	switch (seen_kind(seen)) {
	case SEEN_EQUAL:
		text_add(t, agreed(p));
		text_add(t, *agreed(p) ? "and the key is equal" : "the key is equal");
		break;
	case SEEN_STALE:
		text_add(t, "the key's bytes are here, but the slot is empty: it was deleted");
		break;
	case SEEN_EMPTY:
		text_add(t,
			remembered ? "a tombstone (emptyOne): remembered as the place for the key"
				   : "a tombstone (emptyOne): the search goes on");
		break;
	case SEEN_REST:
		text_add(t, remembered ? "emptyRest: nothing follows; it is the place for the key"
				       : "emptyRest: nothing follows, the search ends");
		break;
	case SEEN_SKIPPED:
	case SEEN_LEFT:
	case SEEN_ELSEWHERE:
	case SEEN_AGAIN:
	case SEEN_YIELD:
		tell_range_slot(t, p, slot, seen);
		break;
	default:
		tell_other_slot(t, p, slot, seen);
		break;
	}
}

static void tell_visit(struct text *t, const struct map_event *e)
{
	if (e->at.link)
		text_add(t, "the chain goes on: ");
	else
		text_add(t, "looks through ");
	add_place(t, e);
	if (e->at.slot)
		text_printf(t, ", from slot %u on", e->at.slot);
}

static void tell_range(struct text *t, const struct map_event *e)
{
	unsigned B = e->range.bits;

	if (e->range.start == RANGE_EMPTY) {
		text_add(t, "the map is empty: nothing is touched");
		return;
	}
	if (e->range.start == RANGE_GIVEN)
		text_add(t, "told to start: ");
	else
		text_printf(t, "drawn at random: 0x%" PRIx64 ", ", e->range.draw);
	if (B > 0) {
		story_add_bits(t, e->range.draw, B);
		text_printf(t, " → bucket %" PRIu64 ", ", e->at.unit);
	}
	text_printf(t, "next 3 bits → slot %u of each", e->at.slot);
}

static void tell_growth(struct text *t, const struct map_event *e)
{
	const union classic_payload own = classic_of(e);

	switch (e->kind) {
	case CLASSIC_GROW:
		text_printf(t, "growth starts: %s bucket%s to %s%s",
			count_text(1ull << own.grow.from).s, own.grow.from ? "s" : "",
			count_text(1ull << own.grow.to).s,
			own.grow.same ? ", because of overflow buckets" : ", because of the load");
		break;
	case CLASSIC_WORK:
		text_printf(t, "old bucket %" PRIu64 " is evacuated%s", e->at.unit,
			own.work.turn ? ", as nevacuate stands there" : " before it is touched");
		break;
	case CLASSIC_MOVE:
		text_printf(t, "slot %u moves to %s: bucket %" PRIu64 ", slot %u", e->at.slot,
			own.move.y ? "Y" : "X", own.move.bucket, own.move.slot);
		break;
	case CLASSIC_EVACUATED:
		text_printf(t, "old bucket %" PRIu64 " is done: ", e->at.unit);
		classic_story_moved(&own.evacuated, NO_HASH, t);
		break;
	case CLASSIC_MARK:
		text_printf(t, "nevacuate moves on to %" PRIu64 " of %" PRIu64, own.mark.nevacuate,
			own.mark.buckets);
		break;
	default:
		text_add(t, "the growth is over: the old array is garbage");
		break;
	}
}

static void tell_walk(struct text *t, const struct step *p)
{
	const struct map_event *e = p->e;

	switch (e->kind) {
	case EVENT_HASH:
		tell_hash(t, p);
		break;
	case CLASSIC_BUCKET:
		tell_bucket(t, p);
		break;
	case EVENT_VISIT:
		if (p->slots)
			tell_slot(t, p);
		else
			tell_visit(t, e);
		break;
	case EVENT_RANGE:
		tell_range(t, e);
		break;
	case EVENT_WRAP:
		text_printf(t, "the end of the array: the loop goes on with bucket 0");
		break;
	default:
		text_printf(t, "back at bucket %" PRIu64 ", where it began: the loop is over",
			e->at.unit);
		break;
	}
}

static void tell_cell(struct text *t, const struct map_event *e)
{
	const char *words = tell_slot_words(e);

	if (words) {
		add_slot(t, words, e);
		return;
	}
	switch (e->kind) {
	case EVENT_COMPARE:
		add_slot(t, e->compare.equal ? "all bytes compared, the key is equal in "
				 : "all bytes compared, another key in ", e);
		break;
	case EVENT_DELETE:
		add_slot(t, "deleted: a tombstone in ", e);
		break;
	default:
		add_slot(t, "nothing follows: emptyRest in ", e);
		break;
	}
}

void classic_story_step(const struct session *s, const struct map_event *list, size_t n,
	unsigned slots, struct text *t)
{
	const struct map_event *e = &list[n - 1];
	struct step p = { .s = s, .list = list, .e = e, .n = n, .slots = slots };

	if (tell_neutral(t, &p))
		return;
	switch (e->kind) {
	case EVENT_MAKE:
		text_printf(t, "the header is set up, B %u", e->make.units_log2);
		break;
	case EVENT_SEED:
		text_printf(t, "hash0 drawn: 0x%08" PRIx64, e->seed.seed);
		break;
	case EVENT_ALLOC:
		tell_allocated(t, e, object_name((enum object_kind)e->alloc.object));
		break;
	case CLASSIC_LINK:
		text_printf(t, "%s overflow bucket linked: overflow %u of bucket %" PRIu64,
			classic_of(e).link.spare ? "spare" : "new", e->at.link, e->at.unit);
		break;
	case EVENT_COPY:
		text_printf(t,
			"bucket %" PRIu64 " has %" PRIu64 " entr%s now, copied as %s lay, unhashed",
			e->at.unit, e->copy.entries, e->copy.entries == 1 ? "y" : "ies",
			e->copy.entries == 1 ? "it" : "they");
		break;
	case CLASSIC_GROW:
	case CLASSIC_WORK:
	case CLASSIC_MOVE:
	case CLASSIC_EVACUATED:
	case CLASSIC_MARK:
	case CLASSIC_GROWN:
		tell_growth(t, e);
		break;
	case EVENT_COMPARE:
	case EVENT_FOUND:
	case EVENT_UPDATE:
	case EVENT_CLAIM:
	case EVENT_DELETE:
	case CLASSIC_REST:
		tell_cell(t, e);
		break;
	default:
		tell_walk(t, &p);
		break;
	}
}
