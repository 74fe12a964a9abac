/* SPDX-License-Identifier: MIT */
/* One step in words: an event of a Swiss map. */
#include <inttypes.h>

#include "model/map/swiss/control.h"
#include "model/map/swiss/event.h"
#include "model/map/swiss/object.h"
#include "model/map/swiss/reading.h"
#include "tui/view/swiss/story_parts.h"

static const struct map *map_of(const struct step *p)
{
	return &p->s->world.map;
}

/* A place of a small map has no group to be named. */
static bool in_group(const struct step *p)
{
	const struct map_event *table = step_before(p, SWISS_EVENT_TABLE);

	return table ? swiss_of(table).table.why != TABLE_SMALL : !swiss_small(map_of(p));
}

/* "slot 3 of group 2", in a small map "slot 3". */
static void add_slot(struct text *t, const char *what, const struct step *p)
{
	text_printf(t, "%sslot %u", what, p->e->at.slot);
	if (in_group(p))
		text_printf(t, " of group %" PRIu64, p->e->at.unit);
}

/* "slot 3", "slots 1 and 3", "slots 0, 2 and 5", "slots 2 to 7", "all slots" */
static void add_slots(struct text *t, unsigned mask)
{
	unsigned left = (unsigned)__builtin_popcount(mask), first = (unsigned)__builtin_ctz(mask);

	if (left == SLOTS) {
		text_add(t, "all slots");
		return;
	}
	if (left > 2 && mask >> first == (1u << left) - 1) {
		text_printf(t, "slots %u to %u", first, first + left - 1);
		return;
	}
	text_add(t, left == 1 ? "slot " : "slots ");
	for (unsigned i = first; i < SLOTS; i++)
		if (mask >> i & 1) {
			left--;
			text_printf(t, "%u%s", i, left > 1 ? ", " : left == 1 ? " and " : "");
		}
}

static void tell_hash(struct text *t, const struct step *p)
{
	const struct map_event *e = p->e;
	unsigned bits = e->hash.bits, word = p->s->given.target->ptrsize;

	text_printf(t, "hash taken: 0x%0*" PRIx64 ", ", (int)word * 2, e->hash.hash);
	if (bits) {
		story_add_top_bits(t, e->hash.hash >> (8 * word - bits), bits);
		text_add(t, ", ");
	}
	text_printf(t, "H1 0x%" PRIx64 ", H2 %02x", hash_h1(e->hash.hash), e->hash.control);
}

static void tell_table(struct text *t, const struct map_event *e)
{
	const struct swiss_table own = swiss_of(e).table;

	switch ((enum table_choice)own.why) {
	case TABLE_BY_BITS:
		story_add_top_bits(t, own.entry, own.bits);
		text_printf(
			t, ": entry %u of the directory leads to table %u", own.entry, e->at.array);
		break;
	case TABLE_ALONE:
		text_add(t, "the directory has one entry: table 0, without a look at the hash");
		break;
	case TABLE_SMALL:
		text_add(t, "there is no table, only one group");
		break;
	case TABLE_TURN:
		text_printf(t, "the loop comes to entry %u of the directory: table %u", own.entry,
			e->at.array);
		break;
	}
}

static void tell_probe(struct text *t, const struct map_event *e)
{
	const struct swiss_probe own = swiss_of(e).probe;

	if (own.groups == 1)
		text_add(t, "the one group is looked at");
	else if (own.number == 0)
		text_printf(t,
			"H1 mod %u is %" PRIu64 ": the probe sequence begins with group %" PRIu64,
			own.groups, e->at.unit, e->at.unit);
	else
		text_printf(t, "the probe sequence goes on by %u, to group %" PRIu64,
			own.number, e->at.unit);
}

/* Where a search looks for an empty slot, a delete does: does its group have another one? */
static void tell_match_empty(struct text *t, const struct step *p, unsigned found)
{
	if (step_before(p, EVENT_DELETE))
		text_add(t,
			found ? "another slot of its group is empty: any search ends there"
			      : "its group has no empty slot: a search may have to go on past it");
	else if (found) {
		text_add(t, "control word matched with empty (80): ");
		add_slots(t, found);
		text_add(t, ", so the search ends here");
	} else {
		text_add(t, "control word matched with empty (80): none, so the search goes on");
	}
}

static void tell_match_full(struct text *t, const struct step *p, unsigned found)
{
	bool range = event_range(p->list, p->n) != NULL;

	found &= UINT32_MAX << (range ? p->e->at.slot : 0);
	if (range)
		text_printf(t, "group %" PRIu64 " from slot %u on: ", p->e->at.unit, p->e->at.slot);
	if (!found) {
		text_add(t, range ? "no slot of it is full" : "no slot is full");
		return;
	}
	if (!range)
		text_add(t, "no hash is needed: the keys of all full slots are compared, ");
	add_slots(t, found);
	if (range)
		text_printf(t, " %s full", __builtin_popcount(found) == 1 ? "is" : "are");
}

static void tell_match(struct text *t, const struct step *p)
{
	const struct swiss_match own = swiss_of(p->e).match;

	switch ((enum match_kind)own.kind) {
	case MATCH_H2:
		text_printf(t, "control word matched with H2 %02x: ", own.h2);
		if (own.slots)
			add_slots(t, own.slots);
		else
			text_add(t, "no slot, so no key is compared");
		break;
	case MATCH_EMPTY:
		tell_match_empty(t, p, own.slots);
		break;
	case MATCH_EMPTY_OR_DELETED:
		text_add(t, "control word matched with empty or deleted (80, fe): ");
		if (own.slots)
			add_slots(t, own.slots);
		else
			text_add(t, "none, so the search goes on");
		break;
	case MATCH_FULL:
		tell_match_full(t, p, own.slots);
		break;
	}
}

/* What had to agree before the key itself was compared. */
static const char *agreed(const struct step *p, const struct map_event *match)
{
	const struct map_event *e = p->e;

	if (!match)
		return "";
	if (swiss_of(match).match.kind == MATCH_FULL)
		return map_of(p)->type->path == PATH_FASTSTR ? "length and both ends agree, " : "";
	/* On targets without an instruction for it the match names a slot too many now and then. */
	if (*control_at(map_of(p), e->at.addr, e->at.slot) != swiss_of(match).match.h2)
		return "named by the word arithmetic though H2 differs by one bit, ";
	return "H2 agrees, ";
}

static void tell_compare(struct text *t, const struct step *p)
{
	const char *words = agreed(p, step_before(p, SWISS_EVENT_MATCH));

	text_printf(t, "slot %u: %s", p->e->at.slot, words);
	if (p->e->compare.equal) {
		text_add(t, *words ? "and the key is equal" : "the key is equal");
		return;
	}
	tell_key(t, p, p->e->at.addr, p->e->at.slot);
	text_add(t, " is another");
}

static void tell_prune(struct text *t, const struct map_event *e)
{
	const struct swiss_prune own = swiss_of(e).prune;

	text_printf(t, "growthLeft is 0: %u of %u tombstones are on no key's probe sequence",
		own.needless, own.tombstones);
	text_add(t,
		own.done ? ", and are pruned" : ", less than a tenth of the slots: none is pruned");
}

/* Of a split the side; a small map's group has no number. */
static void tell_move(struct text *t, const struct step *p)
{
	const struct swiss_move to = swiss_of(p->e).move;
	const struct map_event *split = step_before(p, SWISS_EVENT_SPLIT);
	const struct map_event *grow = step_before(p, SWISS_EVENT_GROW);

	tell_key(t, p, p->e->at.addr, p->e->at.slot);
	if (split && (!grow || split > grow))
		text_printf(t, " moves %s, as bit %u is %u: ", to.right ? "right" : "left",
			swiss_of(split).split.bit, to.right);
	else
		text_add(t, " moves: ");
	if (!grow || swiss_of(grow).grow.from > SLOTS || split > grow)
		text_printf(t, "group %" PRIu64 ", ", p->e->at.unit);
	text_printf(t, "slot %u → group %u, slot %u", p->e->at.slot, to.unit, to.slot);
}

static void tell_install(struct text *t, const struct step *p)
{
	const struct swiss_install own = swiss_of(p->e).install;

	if (own.entries == 1)
		text_printf(t, "entry %u of the directory now leads", own.entry);
	else
		text_printf(t, "entries %u to %u of the directory now lead", own.entry,
			own.entry + own.entries - 1);
	text_printf(t, " to the new table: table %u", p->e->at.array);
}

static void tell_growth(struct text *t, const struct step *p)
{
	const struct map_event *e = p->e;
	const union swiss_payload own = swiss_of(e);

	switch (e->kind) {
	case SWISS_EVENT_GROW:
		if (own.grow.from == SLOTS)
			text_add(t,
				"the one group is full: a table of 16 slots is to take its place");
		else
			text_printf(t, "growthLeft is 0: table %u grows, %u slots to %u",
				e->at.array, own.grow.from, own.grow.to);
		break;
	case SWISS_EVENT_SPLIT:
		text_printf(t, "growthLeft is 0, and 1024 slots are the most: table %u splits by "
			"bit %u of the hash",
			e->at.array, own.split.bit);
		break;
	case SWISS_EVENT_MOVE:
		tell_move(t, p);
		break;
	case SWISS_EVENT_DOUBLED:
		text_printf(t, "the directory doubles, %" PRIu64 " entr%s to %" PRIu64 ": each "
			"comes twice",
			own.doubled.from, own.doubled.from == 1 ? "y" : "ies", own.doubled.to);
		break;
	default:
		tell_install(t, p);
		break;
	}
}

static void tell_cell(struct text *t, const struct step *p)
{
	const struct map_event *e = p->e;
	const char *words = tell_slot_words(e);

	if (words) {
		add_slot(t, words, p);
		return;
	}

	switch (e->kind) {
	case EVENT_DELETE:
		add_slot(t, "the entry is wiped in ", p);
		break;
	case SWISS_EVENT_TOMBSTONE:
		add_slot(t, "a tombstone (fe) in ", p);
		break;
	case SWISS_EVENT_FREED:
		add_slot(t, "empty (80): ", p);
		break;
	case SWISS_EVENT_PRUNED:
		add_slot(t, "its tombstone becomes empty (80): ", p);
		break;
	default:
		add_slot(t, "", p);
		text_add(t, " is a tombstone: remembered as the place for a new key");
		break;
	}
}

static void tell_range(struct text *t, const struct step *p)
{
	const struct swiss_loop *l = &map_of(p)->loop.swiss;

	if (p->e->range.start == RANGE_EMPTY) {
		text_add(t, "the map is empty: nothing is touched");
		return;
	}
	text_add(t, p->e->range.start == RANGE_GIVEN ? "told to start: " : "drawn at random: ");
	text_printf(t, "entryOffset 0x%" PRIx64, l->entry);
	if (l->small)
		text_printf(t, ", mod 8 → slot %" PRIu64, l->entry % SLOTS);
	else
		text_printf(t, ", dirOffset 0x%" PRIx64 ", mod %" PRIu64 " → entry %" PRIu64 " of "
			"the directory",
			l->dir, swiss_get(map_of(p), SWISS_DIR_LEN),
			l->dir & (swiss_get(map_of(p), SWISS_DIR_LEN) - 1));
}

static void tell_walk(struct text *t, const struct step *p)
{
	const struct map_event *e = p->e;

	switch (e->kind) {
	case EVENT_RANGE:
		tell_range(t, p);
		break;
	default:
		text_add(t,
			map_of(p)->loop.swiss.small
				? "all 8 slots had their turn: the loop is over"
				: "all of the directory had its turn: the loop is over");
		break;
	}
}

static void tell_copy(struct text *t, const struct step *p)
{
	const struct map_event *e = p->e;

	if (swiss_small(map_of(p)))
		text_add(t, "the group is copied as it is");
	else
		text_printf(t, "table %u is copied as it is", e->at.array);
	text_printf(t, ": %" PRIu64 " entr%s", e->copy.entries, e->copy.entries == 1 ? "y" : "ies");
	if (e->copy.dead)
		text_printf(t, ", %" PRIu64 " tombstone%s", e->copy.dead,
			e->copy.dead == 1 ? "" : "s");
}

static void tell_whole(struct text *t, const struct step *p)
{
	const struct map_event *e = p->e;

	switch (e->kind) {
	case EVENT_MAKE:
		text_printf(
			t, "Map is set up, dirLen %" PRIu64, swiss_get(map_of(p), SWISS_DIR_LEN));
		break;
	case EVENT_SEED:
		text_printf(t, "seed drawn: 0x%0*" PRIx64, (int)p->s->given.target->ptrsize * 2,
			e->seed.seed);
		break;
	case EVENT_ALLOC:
		tell_allocated(t, e, swiss_object_name((enum swiss_object)e->alloc.object));
		break;
	case EVENT_COPY:
		tell_copy(t, p);
		break;
	default:
		if (swiss_of(e).wipe.skipped)
			text_printf(t, "table %u has nothing in it: left as it is", e->at.array);
		else
			text_printf(t, "table %u is wiped: %u entr%s gone", e->at.array,
				swiss_of(e).wipe.entries,
				swiss_of(e).wipe.entries == 1 ? "y" : "ies");
	}
}

void swiss_story_step(const struct session *s, const struct map_event *list, size_t n,
	unsigned looked, struct text *t)
{
	const struct map_event *e = &list[n - 1];
	struct step p = { .s = s, .list = list, .e = e, .n = n };

	if (tell_neutral(t, &p))
		return;
	(void)looked;
	switch (e->kind) {
	case EVENT_HASH:
		tell_hash(t, &p);
		break;
	case SWISS_EVENT_TABLE:
		tell_table(t, e);
		break;
	case SWISS_EVENT_PROBE:
		tell_probe(t, e);
		break;
	case SWISS_EVENT_MATCH:
		tell_match(t, &p);
		break;
	case EVENT_COMPARE:
		tell_compare(t, &p);
		break;
	case SWISS_EVENT_PRUNE:
		tell_prune(t, e);
		break;
	case SWISS_EVENT_GROW:
	case SWISS_EVENT_SPLIT:
	case SWISS_EVENT_MOVE:
	case SWISS_EVENT_DOUBLED:
	case SWISS_EVENT_INSTALL:
		tell_growth(t, &p);
		break;
	case EVENT_MAKE:
	case EVENT_SEED:
	case EVENT_ALLOC:
	case EVENT_COPY:
	case SWISS_EVENT_WIPE:
		tell_whole(t, &p);
		break;
	case EVENT_RANGE:
	case EVENT_END:
		tell_walk(t, &p);
		break;
	default:
		tell_cell(t, &p);
		break;
	}
}
