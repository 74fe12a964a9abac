/* SPDX-License-Identifier: MIT */
/* What the fields of hmap and mapextra are, and what becomes of them. */
#include <inttypes.h>

#include "model/figures/classic/accounts.h"
#include "model/session/books.h"
#include "model/map/classic/reading.h"
#include "model/map/classic/rules.h"
#include "tui/view/classic/explain_parts.h"

static void explain_count(const struct map *m, struct text *t)
{
	uint64_t count = map_get(m, HMAP_COUNT), left = map_inserts_left(m);

	text_printf(t, "count is what len returns: %" PRIu64 " key%s, each in a live cell. A new "
		"key adds one, a delete takes one away. ",
		count, count == 1 ? "" : "s");
	if (map_growing(m))
		text_add(t, "While this growth is under way no other starts.");
	else if (left == 0)
		text_add(t, "The array is full: the next new key doubles it.");
	else if (map_growth_due(m) == GROWTH_SAME_SIZE)
		text_add(t, "There is room, but there are as many overflow buckets as buckets: the "
			"next new key starts a growth of the same size.");
	else
		text_printf(t,
			"%" PRIu64 " more fill%s the array; the new key after that doubles it%s.",
			left, left == 1 ? "s" : "",
			map_get(m, HMAP_B)
				? ", unless overflow buckets have started a growth before"
				: "");
}

/* A range sets both flags as it begins, whether there is an old array or not. */
static void explain_old_iterator(const struct map *m, struct text *t)
{
	if (!map_growing(m))
		text_add(t, "oldIterator (2), a range loop may be using an old array; there is "
			"none now. ");
	else if (m->type->pointers)
		text_add(t, "oldIterator (2), a range loop may be using the old buckets; what is "
			"moved out of them from now on is not zeroed. ");
	else
		text_add(t, "oldIterator (2), a range loop may be using the old buckets. ");
}

static void explain_flags(const struct map *m, struct text *t)
{
	unsigned flags = (unsigned)map_get(m, HMAP_FLAGS);

	text_printf(t, "flags %u: ", flags);
	if (flags == 0)
		text_add(t, "no range loop is known to go over the buckets, and no same-size "
			"growth is under way. ");
	if (flags & FLAG_ITERATOR)
		text_add(t, "iterator (1), a range loop may be using the buckets; the next growth "
			"turns it into oldIterator. ");
	if (flags & FLAG_OLD_ITERATOR)
		explain_old_iterator(m, t);
	if (flags & FLAG_WRITING)
		text_add(t, "hashWriting (4), an operation is under way; another one now would end "
			"the program. ");
	if (flags & FLAG_SAME_SIZE)
		text_add(t, "sameSizeGrow (8), the growth keeps the size; its end clears this. ");
}

static void explain_B(const struct map *m, struct text *t)
{
	unsigned B = (unsigned)map_get(m, HMAP_B);

	text_printf(t, "2^B is the number of buckets: 2^%u = %llu%s. ", B, 1ull << B,
		map_get(m, HMAP_BUCKETS) ? "" : ", once the first insert has allocated it");
	if (B == 0)
		text_add(t, "So every key goes to the only one. ");
	else
		text_printf(t, "The low %u bit%s of a key's hash choose%s one. ", B,
			B == 1 ? "" : "s", B == 1 ? "s" : "");
	text_add(t, "A doubling adds one to it as it starts; nothing ever takes one away, not even "
		    "clear.");
}

static void explain_noverflow(const struct session *s, struct text *t)
{
	const struct map *m = &s->world.map;
	unsigned B = (unsigned)map_get(m, HMAP_B), most = B > 15 ? 15 : B;

	if (B >= 16)
		text_printf(t, "From B 16 on noverflow counts an overflow bucket with a chance of "
			"1 in %u only, or it would not fit 16 bits: there are %s in chains",
			1u << (B - 15),
			count_text(classic_counts(session_ledger(s))->buckets[BUCKET_LINKED]).s);
	else
		text_add(t, "noverflow is the number of overflow buckets in chains");
	text_add(t,
		map_growing(m) ? " of the new array; those of the old one are not in it. " : ". ");
	if (B == 0) {
		text_add(t, "With one bucket there are none: the ninth key doubles it.");
		return;
	}
	text_printf(t, "Deletes leave it as it is. From %u on the next new key starts a growth%s, "
		"to the same size unless the load is too high too; each growth begins at 0 again.",
		1u << most, map_growing(m) ? " once this one is over" : "");
}

static void explain_buckets(const struct map *m, struct text *t)
{
	unsigned B = (unsigned)map_get(m, HMAP_B);
	uint64_t all = maptype_array_buckets(m->type, B), spare = all - (1ull << B);

	if (!map_get(m, HMAP_BUCKETS)) {
		text_add(t, "buckets is nil: the only bucket is allocated by the first insert.");
		return;
	}
	text_printf(t, "buckets is the address of the array: %llu bucket%s of %u bytes", 1ull << B,
		B ? "s" : "", m->type->unit.size);
	if (spare)
		text_printf(t, ", and behind them %" PRIu64 " spare one%s for overflow", spare,
			spare == 1 ? "" : "s");
	text_add(t, ". The array never shrinks. The next growth allocates another one, and this "
		"one becomes oldbuckets.");
}

static void explain_oldbuckets(const struct map *m, struct text *t)
{
	if (!map_growing(m)) {
		text_add(t, "oldbuckets is nil, as no growth is under way. During one it is the "
			"array that the cells are moved away from.");
		return;
	}
	text_printf(t, "oldbuckets is the array from before the growth, %llu bucket%s. ",
		1ull << map_old_B(m), map_old_B(m) ? "s" : "");
	text_add(t, "Each insert and each delete first evacuates the old bucket that it is about "
		"to touch, then the one at nevacuate; lookups move nothing. After the last one "
		"this is nil again and the array garbage.");
}

static void explain_nevacuate(const struct map *m, struct text *t)
{
	uint64_t n = map_get(m, HMAP_NEVACUATE);

	if (map_growing(m) && n == 0)
		text_printf(t, "nevacuate: old bucket 0 of %llu is the next in turn. ",
			1ull << map_old_B(m));
	else if (map_growing(m))
		text_printf(t, "nevacuate: all old buckets below %" PRIu64 " of %llu are "
			"evacuated, and it is the next in turn. ",
			n, 1ull << map_old_B(m));
	if (map_growing(m))
		text_add(t, "The next write evacuates it after the one of its own key; then the "
			"mark moves on over those that are done already, at most 1024 at a time.");
	else if (n)
		text_printf(t, "nevacuate is where the last growth ended: it had %" PRIu64 " old "
			"bucket%s. It means nothing now; the next growth begins at 0 again.",
			n, n == 1 ? "" : "s");
	else
		text_add(t, "nevacuate counts old buckets while the map grows. No growth has ended "
			"here since make or clear.");
}

static void explain_clears(const struct map *m, struct text *t)
{
	text_printf(t, "clearSeq counts the calls of clear that found something: %" PRIu64 " so "
		"far. A range loop keeps it from its beginning; when it is another one later, the "
		"loop looks up each key that it comes to before it yields it.",
		map_clears(m));
}

static void explain_extra(const struct map *m, struct text *t)
{
	if (map_get(m, HMAP_EXTRA))
		text_add(t, "extra points to mapextra, which is kept apart because most small maps "
			"never need it. Once there, it stays.");
	else if (m->type->pointers)
		text_add(t, "extra is nil: there are no spare overflow buckets to keep track of. "
			"They come with an array of 16 buckets or more.");
	else
		text_add(t, "extra is nil: there are no spare overflow buckets, which come with an "
			"array of 16 or more, and no overflow bucket to list, as buckets without "
			"pointers need it.");
}

static void explain_list(const struct map *m, bool old, struct text *t)
{
	uint64_t list = map_get_extra(
		m, map_get(m, HMAP_EXTRA), old ? EXTRA_OLDOVERFLOW : EXTRA_OVERFLOW);

	if (m->type->pointers)
		text_printf(t, "%s is nil: these buckets hold pointers, so the collector looks "
			"into them and finds overflow buckets by itself. Only buckets without "
			"pointers need this list.",
			old ? "oldoverflow" : "overflow");
	else if (list && map_load_word(m, list + m->type->target->ptrsize) == 0)
		text_printf(t, "%s points to an empty list: a range loop has it made, in case "
			"overflow buckets come.",
			old ? "oldoverflow" : "overflow");
	else if (list)
		text_printf(t, "%s lists the overflow buckets of %s: the buckets hold no pointers, "
			"so the collector does not look into them, and without the list it would "
			"take their overflow buckets away. %s",
			old ? "oldoverflow" : "overflow", old ? "oldbuckets" : "buckets",
			old ? "It goes when the growth ends."
			    : "The next growth makes it oldoverflow.");
	else if (old)
		text_add(t, "oldoverflow is nil: no growth is under way, or the old array has no "
			"overflow bucket.");
	else
		text_add(t, "overflow is nil: no overflow bucket was linked to this array yet.");
}

static void explain_next(const struct map *m, struct text *t)
{
	uint64_t all = maptype_array_buckets(m->type, (unsigned)map_get(m, HMAP_B));
	int64_t next = map_next_overflow(m);

	if (next < 0) {
		text_add(t, "nextOverflow is nil: there is no free spare bucket, and the next "
			"overflow bucket is an allocation of its own.");
		return;
	}
	text_printf(t, "nextOverflow is the first free spare bucket, index %" PRId64 " of the "
		"array, behind the %llu that keys are put into; %" PRIu64 " %s left. The next "
		"overflow bucket is taken from here.",
		next, 1ull << map_get(m, HMAP_B), all - (uint64_t)next,
		all - (uint64_t)next == 1 ? "is" : "are");
}

void classic_explain_field(const struct look *l, struct text *t)
{
	const struct map *m = &l->session->world.map;

	switch (l->field) {
	case HMAP_COUNT:
		explain_count(m, t);
		break;
	case HMAP_FLAGS:
		explain_flags(m, t);
		break;
	case HMAP_B:
		explain_B(m, t);
		break;
	case HMAP_NOVERFLOW:
		explain_noverflow(l->session, t);
		break;
	case HMAP_HASH0:
		text_add(t,
			"hash0 is a random number that goes into every hash of this map, so that "
			"nobody can foresee which keys collide. make draws it; another is drawn "
			"when the map is emptied, by clear or by the delete of the last key.");
		break;
	case HMAP_BUCKETS:
		explain_buckets(m, t);
		break;
	case HMAP_OLDBUCKETS:
		explain_oldbuckets(m, t);
		break;
	case HMAP_NEVACUATE:
		explain_nevacuate(m, t);
		break;
	case HMAP_CLEAR_SEQ:
		explain_clears(m, t);
		break;
	case HMAP_EXTRA:
		explain_extra(m, t);
		break;
	case HMAP_FIELDS + EXTRA_OVERFLOW:
	case HMAP_FIELDS + EXTRA_OLDOVERFLOW:
		explain_list(m, l->field == HMAP_FIELDS + EXTRA_OLDOVERFLOW, t);
		break;
	default:
		explain_next(m, t);
	}
}
