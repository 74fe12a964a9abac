/* SPDX-License-Identifier: MIT */
/* What is asked about a step of a Swiss map before it is seen. */
#include <inttypes.h>

#include "model/map/swiss/control.h"
#include "model/map/swiss/event.h"
#include "model/map/swiss/reading.h"
#include "tui/view/quiz.h"
#include "tui/view/swiss/swiss_design.h"

enum { HASH_BITS = 8 }; /* of a hash that are shown at least */

static const char *const growths[] = { "no", "grow", "split", NULL };

/* The last growth of the step; NULL: there was none. */
static const struct map_event *growth_of(const struct quiz *q)
{
	for (size_t i = q->nevents; i-- > 0;)
		if (q->events[i].kind == SWISS_EVENT_GROW || q->events[i].kind == SWISS_EVENT_SPLIT)
			return &q->events[i];
	return NULL;
}

static void put_growth(const struct quiz *q, const struct map_event *e, struct text *t)
{
	const struct swiss_grow g = swiss_of(e).grow;

	if (e->kind == SWISS_EVENT_SPLIT)
		text_add(t, "growthLeft was 0, and 1024 slots are the most of a table: two take "
			"its place.");
	else if (g.from > SLOTS)
		text_printf(t,
			"growthLeft was 0: a table of %u slots takes the place of one of %u.", g.to,
			g.from);
	else if (quiz_event(q, EVENT_UPDATE))
		text_add(t, "The group was full: up to Go 1.26 it grows before it is seen that the "
			"key is there.");
	else
		text_add(t, "The one group was full: it becomes a table of 16 slots, with a "
			"directory.");
}

/* Why nothing grew. */
static void put_room(const struct map *m, const struct quiz *q, struct text *t)
{
	const struct map_event *claim = quiz_event(q, EVENT_CLAIM);
	const struct map_event *prune = quiz_event(q, SWISS_EVENT_PRUNE);
	uint64_t table = claim ? swiss_array(m, claim->at.array).table : 0;

	if (!claim)
		text_add(t, "The key is there already: no slot is taken.");
	else if (!table)
		text_add(t, "The one group had a free slot: without a table all 8 may be full.");
	else if (prune)
		text_printf(t, "growthLeft was 0, but %u tombstones could be pruned: no search "
			"needs them.",
			swiss_of(prune).prune.needless);
	else if (claim->claim.tombstone)
		text_add(t, "It takes the place of a tombstone, which costs no growthLeft.");
	else
		text_printf(t, "growthLeft of its table was %" PRIu64 ", of 7 in 8 slots.",
			table_get(m, table, TABLE_GROWTH_LEFT) + 1);
}

/* Of a write that may add an entry. */
static void ask_growth(const struct map *m, struct quiz *q)
{
	const struct map_event *e = growth_of(q);
	bool new = quiz_event(q, EVENT_CLAIM) != NULL;
	struct question *n = quiz_words(q, growths,
		!e ? 0 : e->kind == SWISS_EVENT_SPLIT ? 2 : 1);
	uint64_t used = swiss_get(m, SWISS_USED) - new;

	text_printf(&n->asks, "Does its table or group grow, or split? The map holds %s entr%s.",
		count_text(used).s, used == 1 ? "y" : "ies");
	if (e)
		put_growth(q, e, &n->because);
	else
		put_room(m, q, &n->because);
}

/* Of how many tables the directory knows which one a hash leads to. */
static void ask_table(const struct map *m, struct quiz *q)
{
	const struct map_event *e = quiz_event(q, SWISS_EVENT_TABLE),
			       *hash = quiz_event(q, EVENT_HASH);
	const struct swiss_table own = e ? swiss_of(e).table : (struct swiss_table){ 0 };
	unsigned width = MAP_TARGET(m)->ptrsize * 8;
	unsigned shown = own.bits + 2u > HASH_BITS ? own.bits + 2u : HASH_BITS;
	struct question *n;

	if (!e || !hash || own.why != TABLE_BY_BITS)
		return;
	n = quiz_number(q, "table", e->at.array, 0, swiss_arrays(m) - 1);
	text_printf(&n->asks,
		"Which table? The directory has %" PRIu64 " entries, the hash begins with ",
		swiss_get(m, SWISS_DIR_LEN));
	quiz_add_bits(&n->asks, hash->hash.hash, width - 1, shown);
	text_add(&n->asks, "….");
	text_printf(&n->because, "The top %u bit%s, ", own.bits, own.bits == 1 ? "" : "s");
	quiz_add_bits(&n->because, own.entry, own.bits - 1u, own.bits);
	text_printf(&n->because, ", lead%s to entry %u of the directory.", own.bits == 1 ? "s" : "",
		own.entry);
}

/* The first event of the last search. */
static const struct map_event *home_of(const struct quiz *q)
{
	for (size_t i = q->nevents; i-- > 0;)
		if (q->events[i].kind == SWISS_EVENT_PROBE &&
			swiss_of(&q->events[i]).probe.number == 0)
			return &q->events[i];
	return NULL;
}

/* In which group of its table the search ends. */
static void ask_group(struct quiz *q, uint64_t group, const char *ends)
{
	const struct map_event *home = home_of(q), *hash = quiz_event(q, EVENT_HASH);
	unsigned groups = home ? swiss_of(home).probe.groups : 1, bits = 0;
	uint64_t h1 = hash ? hash_h1(hash->hash.hash) : 0;
	struct question *n;

	if (groups < 2 || !hash)
		return;
	while (1u << bits < groups)
		bits++;
	n = quiz_number(q, "group", group, 0, groups - 1);
	text_printf(&n->asks, "Which of its %u groups %s? H1 ends in …", groups, ends);
	quiz_add_bits(&n->asks, h1, HASH_BITS - 1, HASH_BITS);
	text_add(&n->asks, ".");
	text_printf(&n->because, "The search begins at the low %u bit%s of H1, group %" PRIu64,
		bits, bits == 1 ? "" : "s", home->at.unit);
	text_add(&n->because, group == home->at.unit ? ", and ends there."
		: "; where no slot is empty it goes on to the next, 1, 2, 3, .. further.");
}

static void ask_slot(struct quiz *q, const struct map_event *e)
{
	struct question *n = quiz_number(q, "slot", e->at.slot, 0, SLOTS - 1);

	text_add(&n->asks, "Which slot of the group?");
	if (e->kind == EVENT_UPDATE)
		text_add(&n->because, "The key is there: its elem is overwritten.");
	else if (e->claim.tombstone)
		text_add(&n->because, "It is the first tombstone on the way: that is used again.");
	else
		text_add(&n->because, "It is the first empty slot (80) of the group.");
}

/* A table moves as a whole. */
static void ask_moved(const struct map *m, struct quiz *q)
{
	const struct map_event *e = growth_of(q);
	unsigned moved = 0, right = 0;
	struct question *n;

	(void)m;
	if (!e)
		return;
	for (size_t i = (size_t)(e - q->events); i < q->nevents; i++) {
		if (q->events[i].kind != SWISS_EVENT_MOVE)
			continue;
		moved++;
		right += swiss_of(&q->events[i]).move.right;
	}
	n = quiz_number(q, NULL, moved, 0, QUIZ_ANY);
	text_add(&n->asks, "How many entries move, within this insert?");
	if (e->kind == SWISS_EVENT_SPLIT)
		text_printf(&n->because, "All of the table: bit %u of the hash sends %u left, %u "
			"right; other tables stay.",
			swiss_of(e).split.bit, moved - right, right);
	else
		text_add(&n->because,
			"All of the table, at once; tombstones stay behind, as do other tables.");
}

static void ask_write(const struct map *m, struct quiz *q, const struct map_event *e)
{
	ask_growth(m, q);
	ask_table(m, q);
	ask_group(q, e->at.unit, "takes it");
	ask_slot(q, e);
}

static const char *const left[] = { "tombstone", "empty", "absent", NULL };

static void ask_delete(const struct map *m, struct quiz *q, const struct map_event *gone)
{
	bool tombstone = quiz_event(q, SWISS_EVENT_TOMBSTONE) != NULL;
	struct question *n;

	ask_table(m, q);
	if (gone)
		ask_group(q, gone->at.unit, "holds it");
	n = quiz_words(q, left, !gone ? 2 : tombstone ? 0 : 1);
	text_add(&n->asks,
		"What is left: a tombstone (fe), an empty slot (80), or is the key absent?");
	if (!gone)
		text_add(&n->because, "No group on its way holds the key: nothing is changed.");
	else if (tombstone)
		text_add(&n->because, "The group had no empty slot: a search may have gone on past "
			"it, and must still.");
	else if (swiss_small(m))
		text_add(&n->because,
			"One group has no need of tombstones: nothing is searched behind it.");
	else
		text_add(&n->because,
			"Another slot of the group is empty: every search ends there anyway.");
	if (gone && quiz_event(q, EVENT_SEED))
		text_add(&n->because, " The last key is gone: a new seed is drawn.");
}

static void ask_lookup(const struct map *m, struct quiz *q)
{
	const struct map_event *home = home_of(q), *found = quiz_event(q, EVENT_FOUND);
	unsigned compared = quiz_events(q, EVENT_COMPARE),
		 groups = quiz_events(q, SWISS_EVENT_PROBE);
	struct question *n;

	ask_table(m, q);
	if (home)
		ask_group(q, home->at.unit, "is looked at first");
	n = quiz_words(q, quiz_yes, found != NULL);
	text_add(&n->asks, "Is the key found?");
	text_printf(&n->because,
		"%s: %u group%s looked at, %u key%s compared; a lookup changes nothing.",
		found ? "It was there" : "It is not there", groups, groups == 1 ? "" : "s",
		compared, compared == 1 ? "" : "s");
}

static void ask_make(const struct map *m, struct quiz *q, const struct map_event *e)
{
	struct swiss_plan plan = swiss_plan(m->type, e->make.hint);
	uint64_t tables = e->make.array && plan.tables ? plan.tables : 0;
	struct question *n;

	if (e->make.hint == 0)
		return;
	n = quiz_number(q, NULL, tables, 0, QUIZ_ANY);
	text_printf(&n->asks, "How many tables does make with the hint %s allocate?",
		count_text(e->make.hint).s);
	if (e->make.ignored)
		text_add(&n->because, "A hint that large counts as none.");
	else if (!tables)
		text_add(&n->because, "Up to a hint of 8 there is no table: the first insert "
			"allocates one group.");
	else
		text_printf(&n->because, "%s entries need 8/7 as many slots, and a table has 1024 "
			"at most; their number is a power of two.",
			count_text(e->make.hint).s);
	if (!tables)
		return;
	n = quiz_number(q, NULL, plan.capacity, 0, QUIZ_ANY);
	text_add(&n->asks, "Of how many slots is each?");
	text_add(&n->because, "So many, a power of two, share the slots asked for evenly.");
}

static void ask_clear(const struct map *m, struct quiz *q)
{
	struct question *n = quiz_number(
		q, NULL, swiss_small(m) ? 0 : swiss_arrays(m), 0, QUIZ_ANY);

	text_add(&n->asks, "How many tables has the map after it?");
	text_add(&n->because,
		swiss_small(m) ? "It had none, only a group, which stays and is wiped."
			       : "clear wipes the tables and keeps them: nothing shrinks a map.");
}

const struct quiz_design swiss_quiz = {
	.make = ask_make,
	.lookup = ask_lookup,
	.write = ask_write,
	.delete = ask_delete,
	.clear = ask_clear,
	.moved = ask_moved,
};
