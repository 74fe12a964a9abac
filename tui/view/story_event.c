/* SPDX-License-Identifier: MIT */
/* One step in words: an event, or one slot of those that it looks at. */
#include <inttypes.h>

#include "tui/view/story.h"

enum { KEY_MOST = 32 }; /* bytes of a key that are shown */

/* Where one is: the last of the first n events, and so many of its slots. */
struct step {
	const struct session *s;
	const struct trace_event *list, *e;
	size_t n;
	unsigned slots;
};

static const char *array_name(uint64_t array)
{
	return array == ARRAY_OLD ? "old bucket" : array == ARRAY_GONE ? "former bucket" : "bucket";
}

static void add_place(struct text *t, const struct trace_event *e)
{
	text_printf(t, "%s %" PRIu64, array_name(e->c), e->bucket);
	if (e->chain)
		text_printf(t, ", overflow %u", e->chain);
}

static void add_slot(struct text *t, const char *what, const struct trace_event *e)
{
	text_printf(t, "%s slot %u of ", what, e->slot);
	add_place(t, e);
}

static void add_key(struct text *t, const struct step *p, uint64_t addr, unsigned slot)
{
	const struct map *m = &p->s->map;

	text_add(t, "key ");
	value_format(m->heap, m->type->key, map_key(m, addr, slot), t, KEY_MOST);
}

void story_add_bits(struct text *t, uint64_t index, unsigned B)
{
	unsigned shown = B > 16 ? 16 : B;

	text_printf(t, "low %u bit%s ", B, B == 1 ? "" : "s");
	text_add(t, B > shown ? "…" : "");
	for (unsigned i = shown; i-- > 0;)
		text_addc(t, index >> i & 1 ? '1' : '0');
}

static void tell_alloc(struct text *t, const struct trace_event *e)
{
	text_printf(t, "allocated: %s at 0x%" PRIx64 ", ", object_name((enum object_kind)e->c), e->a);
	text_add_count(t, e->b);
	text_add(t, " bytes");
}

static void tell_hash(struct text *t, const struct step *p)
{
	const struct trace_event *e = p->e;

	text_printf(t, "hash taken: 0x%0*" PRIx64, (int)p->s->target->ptrsize * 2, e->a);
	if (e->d > 0) {
		text_add(t, ", ");
		story_add_bits(t, e->b, (unsigned)e->d);
	}
	text_printf(t, ", tophash %02x", (unsigned)e->c);
}

/* The old bucket whose cells go to a bucket of the present array. */
static uint64_t old_of(const struct step *p, uint64_t bucket)
{
	return bucket & ((1ull << map_old_B(&p->s->map)) - 1);
}

static void tell_bucket(struct text *t, const struct step *p)
{
	const struct trace_event *e = p->e;

	switch ((enum bucket_choice)e->a) {
	case CHOICE_ONLY:
		text_add(t, "there is only one bucket: no hash is needed");
		break;
	case CHOICE_BITS:
		text_printf(t, "the low bits of the hash choose bucket %" PRIu64, e->bucket);
		break;
	case CHOICE_WAITS:
		text_printf(t, "growing: old bucket %" PRIu64 " was not evacuated yet, so it is looked "
			       "through, not bucket %" PRIu64, e->bucket, e->b);
		break;
	case CHOICE_MOVED:
		text_printf(t, "growing: old bucket %" PRIu64 " was evacuated, so bucket %" PRIu64
			       " of the new array it is", old_of(p, e->b), e->b);
		break;
	case CHOICE_WRITE:
		text_printf(t, "growing: a write goes to the new array, bucket %" PRIu64
			       ", after some growth work", e->bucket);
		break;
	case CHOICE_TURN:
		text_printf(t, "%s %" PRIu64 " is next%s", array_name(e->c), e->bucket,
			e->c == ARRAY_PRESENT ? "" : ": the loop keeps to the array it began with");
		break;
	case CHOICE_TURN_WAITS:
		text_printf(t, "bucket %" PRIu64 " is next, but still waits: old bucket %" PRIu64
			       " is walked for it", e->b, e->bucket);
		break;
	case CHOICE_TURN_MOVED:
		if (e->c == ARRAY_PRESENT)
			text_printf(t, "bucket %" PRIu64 " is next: old bucket %" PRIu64 " was "
				       "evacuated, its keys are here", e->b, old_of(p, e->b));
		else
			text_printf(t, "old bucket %" PRIu64 " is next: the loop keeps to the array "
				       "it began with", e->bucket);
		break;
	}
}

/* Whether the walk is a range's. */
static bool in_range(const struct step *p)
{
	return trace_range(p->list, p->n) != NULL;
}

/* What had to agree before the key itself was compared. */
static const char *agreed(const struct step *p)
{
	/* A range looks up as mapaccess does, whatever the path. */
	switch (in_range(p) ? PATH_GENERAL : p->s->map.type->path) {
	case PATH_GENERAL:
		return "the tophash agrees, ";
	case PATH_FASTSTR:
		for (size_t i = p->n; i-- > 0;)
			if (p->list[i].kind == TRACE_HASH)
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
		if (p->list[i].kind == TRACE_HASH)
			return (unsigned)p->list[i].c;
	return 0;
}

static void tell_other_slot(struct text *t, const struct step *p, unsigned slot, unsigned seen)
{
	uint64_t addr = p->e->d;
	unsigned top = map_at(&p->s->map, addr)[slot];

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
			text_add(t, "empty; this path compares keys first, and its bytes are others");
			break;
		}
		text_add(t, agreed(p));
		add_key(t, p, addr, slot);
		text_add(t, " is another");
		break;
	default:
		break;
	}
}

/* The bucket, chosen last or before the loop went on, that the other cells of the old bucket at hand will move to. */
static uint64_t other_half(const struct step *p)
{
	const struct trace_event *e = p->e;

	while (e->kind != TRACE_NEXT && (e->kind != TRACE_BUCKET || e->a < CHOICE_TURN))
		e--;
	return e->kind == TRACE_BUCKET ? e->b ^ 1ull << (e->d - 1) : e->b ^ 1ull << (e->c - 1);
}

static void tell_range_slot(struct text *t, const struct step *p, unsigned slot, unsigned seen)
{
	uint64_t addr = p->e->d;

	switch (seen_kind(seen)) {
	case SEEN_SKIPPED:
		text_add(t, "empty: skipped");
		break;
	case SEEN_LEFT:
		text_add(t, "empty, and was when the bucket was evacuated: skipped");
		break;
	case SEEN_ELSEWHERE:
		add_key(t, p, addr, slot);
		text_printf(t, " will move to bucket %" PRIu64 ": it comes with that", other_half(p));
		break;
	case SEEN_AGAIN:
		add_key(t, p, addr, slot);
		text_add(t, " has moved since the loop began: it is looked up");
		break;
	case SEEN_YIELD:
		text_printf(t, "entry %" PRIu64 " of the loop: ", trace_yielded(p->e, p->slots));
		add_key(t, p, addr, slot);
		break;
	default:
		break;
	}
}

static void tell_slot(struct text *t, const struct step *p)
{
	unsigned slot = trace_slot(p->e, p->slots - 1), seen = trace_seen(p->e, p->slots - 1);
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
		text_add(t, remembered ? "a tombstone (emptyOne): remembered as the place for the key"
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

static void tell_visit(struct text *t, const struct trace_event *e)
{
	if (e->chain)
		text_add(t, "the chain goes on: ");
	else
		text_add(t, "looks through ");
	add_place(t, e);
	if (e->slot)
		text_printf(t, ", from slot %u on", e->slot);
}

static void tell_range(struct text *t, const struct trace_event *e)
{
	unsigned B = (unsigned)e->b;

	if (e->d == 1) {
		text_add(t, "the map is empty: nothing is touched");
		return;
	}
	text_printf(t, e->d == 2 ? "told to start: " : "drawn at random: 0x%" PRIx64 ", ", e->a);
	if (B > 0) {
		story_add_bits(t, e->a, B);
		text_printf(t, " → bucket %" PRIu64 ", ", trace_start_bucket(e));
	}
	text_printf(t, "next 3 bits → slot %u of each", trace_start_slot(e));
}

static void tell_growth(struct text *t, const struct trace_event *e)
{
	switch (e->kind) {
	case TRACE_GROW:
		text_printf(t, "growth starts: %llu bucket%s to %llu%s", 1ull << e->a,
			e->a ? "s" : "", 1ull << e->b, e->d ? ", because of overflow buckets" : ", because of the load");
		break;
	case TRACE_WORK:
		text_printf(t, "old bucket %" PRIu64 " is evacuated%s", e->bucket,
			e->d ? ", as nevacuate stands there" : " before it is touched");
		break;
	case TRACE_MOVE:
		text_printf(t, "slot %u moves to %s: bucket %" PRIu64 ", slot %" PRIu64, e->slot,
			e->d ? "Y" : "X", e->a, e->c);
		break;
	case TRACE_EVACUATED:
		text_printf(t, "old bucket %" PRIu64 " is done: %" PRIu64 " to X, %" PRIu64 " to Y",
			e->bucket, e->a, e->b);
		break;
	case TRACE_MARK:
		text_printf(t, "nevacuate moves on to %" PRIu64 " of %" PRIu64, e->a, e->b);
		break;
	default:
		text_add(t, "the growth is over: the old array is garbage");
		break;
	}
}

static void tell_walk(struct text *t, const struct step *p)
{
	const struct trace_event *e = p->e;

	switch (e->kind) {
	case TRACE_HASH:
		tell_hash(t, p);
		break;
	case TRACE_BUCKET:
		tell_bucket(t, p);
		break;
	case TRACE_VISIT:
		if (p->slots)
			tell_slot(t, p);
		else
			tell_visit(t, e);
		break;
	case TRACE_RANGE:
		tell_range(t, e);
		break;
	case TRACE_NEXT:
		text_printf(t, "the loop goes on after entry %" PRIu64, e->a);
		break;
	case TRACE_YIELD:
		text_printf(t, "entry %" PRIu64 " of the loop: ", e->a);
		add_key(t, p, e->d, e->slot);
		break;
	case TRACE_WRAP:
		text_printf(t, "the end of the array: the loop goes on with bucket 0");
		break;
	default:
		text_printf(t, "back at bucket %" PRIu64 ", where it began: the loop is over",
			e->bucket);
		break;
	}
}

static void tell_cell(struct text *t, const struct trace_event *e)
{
	switch (e->kind) {
	case TRACE_COMPARE:
		add_slot(t, e->d ? "all bytes compared, the key is equal in"
				 : "all bytes compared, another key in", e);
		break;
	case TRACE_MISS:
		text_add(t, e->d ? "the map is empty: the key is not there"
				 : "the key is not there");
		break;
	case TRACE_FOUND:
		add_slot(t, "the key is found in", e);
		break;
	case TRACE_UPDATE:
		add_slot(t, e->d ? "key and elem written in" : "elem written in", e);
		break;
	case TRACE_CLAIM:
		add_slot(t, e->d ? "the new key takes the tombstone in" : "the new key takes", e);
		break;
	case TRACE_DELETE:
		add_slot(t, "deleted: a tombstone in", e);
		break;
	default:
		add_slot(t, "nothing follows: emptyRest in", e);
		break;
	}
}

void story_step(const struct session *s, const struct trace_event *list, size_t n, unsigned slots,
	struct text *t)
{
	const struct trace_event *e = &list[n - 1];
	struct step p = { .s = s, .list = list, .e = e, .n = n, .slots = slots };

	switch ((enum trace_kind)e->kind) {
	case TRACE_MAKE:
		text_printf(t, "the header is set up, B %" PRIu64, e->c);
		break;
	case TRACE_HASH0:
		text_printf(t, "hash0 drawn: 0x%08" PRIx64, e->a);
		break;
	case TRACE_ALLOC:
		tell_alloc(t, e);
		break;
	case TRACE_LINK:
		text_printf(t, "%s linked: ", e->d ? "spare overflow bucket" : "new overflow bucket");
		text_printf(t, "overflow %u of bucket %" PRIu64, e->chain, e->bucket);
		break;
	case TRACE_CLEAR:
		if (e->a)
			text_printf(t, "%" PRIu64 " entr%s gone", e->a, e->a == 1 ? "y" : "ies");
		else
			text_add(t, "the map is empty: nothing is touched");
		break;
	case TRACE_GC:
		text_add_count(t, e->b);
		text_add(t, " bytes collected");
		break;
	case TRACE_OPEN:
		text_printf(t, "the file's map with %" PRIu64 " entries", e->b);
		break;
	case TRACE_GROW:
	case TRACE_WORK:
	case TRACE_MOVE:
	case TRACE_EVACUATED:
	case TRACE_MARK:
	case TRACE_GROWN:
		tell_growth(t, e);
		break;
	case TRACE_COMPARE:
	case TRACE_MISS:
	case TRACE_FOUND:
	case TRACE_UPDATE:
	case TRACE_CLAIM:
	case TRACE_DELETE:
	case TRACE_REST:
		tell_cell(t, e);
		break;
	default:
		tell_walk(t, &p);
		break;
	}
}
