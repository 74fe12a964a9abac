/* SPDX-License-Identifier: MIT */
/* What a single byte of a bucket is. */
#include <inttypes.h>

#include "model/map/classic/reading.h"
#include "model/map/classic/rules.h"
#include "tui/view/classic/explain_parts.h"
#include "tui/view/leaf.h"

/* What a delete does to these bytes: mapdelete and its fast variants. */
static void add_delete(const struct look *l, struct text *out)
{
	const struct maptype *t = l->session->world.map.type;

	if (l->part == PART_ELEM)
		text_add(out, "a delete zeroes it");
	else if (t->indirect_key || t->key->pointers)
		text_add(out,
			t->path == PATH_FASTSTR && !t->indirect_key ? l->byte < t->target->ptrsize
					? "a delete clears it"
					: "a delete leaves it here"
								    : "a delete clears it");
	else
		text_add(out, "a delete leaves it here");
}

static void explain_update(const struct maptype *t, bool elem, struct text *out)
{
	bool indirect = elem ? t->indirect_elem : t->indirect_key;

	if (elem)
		text_printf(out, "An update writes %s; ", indirect ? "behind the pointer" : "it");
	else if (t->key->key_update)
		text_printf(out,
			"An update writes the key again%s, as equal keys can differ in bytes; ",
			indirect ? " behind the pointer" : "");
	else
		text_add(out, "An update does not touch it; ");
}

static void explain_live(const struct look *l, struct text *out)
{
	if (l->cursor.array) {
		text_add(out, "It is copied as it is when the cell moves. ");
		explain_move(l, out);
		return;
	}
	if (explain_is_nan(l)) {
		text_add(out, "The key is a NaN and equals nothing: no update or delete finds this "
			      "slot, and only clear zeroes it");
	} else {
		explain_update(l->session->world.map.type, l->part == PART_ELEM, out);
		add_delete(l, out);
	}
	text_add(out, "; a growth copies it to where the cell moves.");
}

static void explain_moved(const struct look *l, struct text *out)
{
	static const char *const left[] = {
		[LEFT_AS_IT_WAS] = "these bytes are what is left behind, until the old array is "
				   "garbage.",
		[LEFT_WIPED] = "the bucket is wiped behind it, so that it keeps nothing alive.",
		[LEFT_FOR_RANGE] = ("these bytes are left behind until the old array is garbage, "
				    "as a range loop may still go over them."),
		[LEFT_TO_BE_WIPED] = "these bytes are zeroed once all of the bucket is moved.",
		[LEFT_TO_BE_CUT] = "this overflow bucket is cut off once all of the chain is "
				   "moved.",
	};

	text_printf(out, "The cell was moved; %s", left[explain_left_behind(l)]);
}

static void explain_zero(const struct look *l, uint32_t size, struct text *out)
{
	const struct maptype *t = l->session->world.map.type;

	text_printf(out, "The slot is free, and %s zero: %s.", size > 1 ? "all of it is" : "it is",
		l->part == PART_KEY ? "no key was here, or what it left is zero"
		: t->indirect_elem ? "a delete clears the pointer, a new array begins with zeros"
		: "a delete zeroes elems, a new array begins with zeros");
}

/* A slot that is free or was evacuated. */
static void explain_dead(const struct look *l, uint8_t top, const uint8_t *raw, uint32_t size,
	struct text *out)
{
	const struct map *m = &l->session->world.map;

	if (top == EVACUATED_X || top == EVACUATED_Y)
		explain_moved(l, out);
	else if (top == EVACUATED_EMPTY)
		text_add(out, "The slot was free when its bucket was evacuated; no key comes here "
			"any more.");
	else if (all_zero(raw, size))
		explain_zero(l, size, out);
	else if (m->type->path == PATH_FASTSTR && l->part == PART_KEY &&
		l->byte < m->type->target->ptrsize)
		text_add(out, "The slot is free: the delete of a string key clears its pointer and "
			"leaves its length.");
	else if (l->cursor.array)
		text_add(out, "The slot is free, and this is left over from a deleted key: it is "
			"stale, and no growth moves it.");
	else
		text_add(out, "The slot is free, and this is left over from a deleted key: it is "
			"stale, and stays until a new key or clear writes over it; a growth leaves "
			"it behind.");
}

/* A byte of a key or elem. */
static void explain_value(const struct look *l, struct text *out)
{
	const struct map *m = &l->session->world.map;
	const struct maptype *t = m->type;
	uint8_t top = map_at(m, l->cursor.addr)[l->cursor.slot];

	explain_part_byte(l, top >= MIN_TOPHASH, out);
	if (top >= MIN_TOPHASH)
		explain_live(l, out);
	else
		explain_dead(l, top, map_at(m, l->cursor.addr) + look_offset(l) - l->byte,
			l->part == PART_ELEM ? t->elemsize : t->keysize, out);
}

/* What an evacuation does to the pointer: it clears what could keep anything alive. */
static void explain_old_overflow(const struct look *l, uint64_t next, struct text *out)
{
	const struct map *m = &l->session->world.map;
	bool wipes = m->type->pointers && !(map_get(m, HMAP_FLAGS) & FLAG_OLD_ITERATOR);

	if (map_evacuated(m, classic_bucket(m, true, l->cursor.unit, 0)))
		switch (explain_left_behind(l)) {
		case LEFT_WIPED:
			text_add(out, "The bucket is evacuated and wiped; if it had an overflow "
				"bucket, that was cut off.");
			break;
		case LEFT_TO_BE_WIPED:
		case LEFT_TO_BE_CUT:
			text_add(out, "The bucket is being evacuated; this is wiped or cut off at "
				"the end.");
			break;
		default:
			text_add(out,
				next ? "The bucket is evacuated and this left as it was; it goes "
				       "with "
				       "the old array."
				     : "The bucket is evacuated; the chain ended here.");
		}
	else if (!next)
		text_add(out, "It is nil, so the chain ends here.");
	else if (!wipes)
		text_add(out, "It is left as it is when the bucket is evacuated, and goes with the "
			"old array.");
	else
		text_add(out,
			l->cursor.link
				? "It is cut off with its bucket once that chain is evacuated."
				: "It is cut off once the bucket is evacuated.");
}

/* When an overflow bucket will hang here. */
static void explain_no_overflow(const struct look *l, struct text *out)
{
	const struct map *m = &l->session->world.map;

	text_add(out, "It is nil, so the chain ends here. ");
	if (map_get(m, HMAP_B) == 0)
		text_add(out, "With one bucket it stays nil: the ninth key doubles the array.");
	else if (!explain_growth_first(l, out))
		text_printf(out, "When a new key%s finds no free slot in the whole chain, an "
			"overflow bucket is linked here.",
			map_growing(m) ? ", or one that moves here," : "");
}

static void explain_overflow(const struct look *l, struct text *out)
{
	uint64_t next = map_overflow(&l->session->world.map, l->cursor.addr);

	text_printf(out, "Byte %u of the overflow pointer. ", l->byte);
	if (next)
		text_printf(out, "It leads to overflow bucket %u of the chain, at 0x%" PRIx64 ". ",
			l->cursor.link + 1, next);
	if (l->cursor.array)
		explain_old_overflow(l, next, out);
	else if (next)
		text_add(out, "No delete gives that bucket back, even when it is empty; a growth "
			"moves the keys on and leaves it behind.");
	else
		explain_no_overflow(l, out);
}

/* Where the byte comes from. */
static void explain_top(const struct look *l, struct text *out)
{
	const struct map *m = &l->session->world.map;
	unsigned shift = 8 * m->type->target->ptrsize - 8, top;

	if (m->unhashed) {
		text_add(out, "it comes from the top byte of the key's hash. ");
		return;
	}
	top = (unsigned)(map_hash(m, map_key(m, l->cursor.addr, l->cursor.slot)) >> shift) & 0xff;
	text_printf(out, "%02x, the top byte of the hash of ", top);
	explain_add_value(l, false, out);
	text_add(out, top < MIN_TOPHASH ? ", plus 5, as 0 to 4 are marks. " : ". ");
}

static void explain_tophash(const struct look *l, struct text *out)
{
	const struct place *c = &l->cursor;
	bool live = map_at(&l->session->world.map, c->addr)[c->slot] >= MIN_TOPHASH;
	bool nan = live && explain_is_nan(l);

	if (!live) {
		text_printf(out, "The tophash byte of slot %u. ", c->slot);
		classic_explain_slot(l, out);
		return;
	}
	text_printf(out, "The tophash of slot %u: ", c->slot);
	if (nan) {
		text_add(out, "the key is a NaN, which has another hash each time, so no lookup "
			"finds it again; a range loop does. ");
	} else {
		explain_top(l, out);
		text_printf(out, "%s ", explain_lookup(l));
	}
	if (c->array)
		explain_move(l, out);
	else
		text_printf(out, "It goes along unchanged when a growth moves the cell%s.",
			nan ? ", unless a doubling does, and a range loop has begun in it: then "
			      "another is drawn"
			    : "");
}

void classic_explain_byte(const struct look *l, struct text *out)
{
	switch (l->part) {
	case PART_KEY:
	case PART_ELEM:
		explain_value(l, out);
		break;
	case PART_CONTROL:
		explain_tophash(l, out);
		break;
	case PART_LINK:
		explain_overflow(l, out);
		break;
	}
}
