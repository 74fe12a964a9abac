/* SPDX-License-Identifier: MIT */
/* What an operation on a Swiss map did: the hash, the table, the group, the slot, what moved. */
#include <inttypes.h>

#include "model/map/swiss/event.h"
#include "model/map/swiss/reading.h"
#include "tui/view/swiss/story_parts.h"

/* What a trace says at a glance; the last of each kind. */
struct facts {
	struct outcome came;
	uint64_t copied, dead; /* tables, and tombstones with them */
	const struct map_event *table, *home, *tombstone, *freed, *prune, *doubled;
	const struct map_event *growth;   /* GROW or SPLIT; */
	/* How many; entries that it moved, and of them to the right. */
	unsigned growths, moved, right;
	unsigned groups;                  /* looked at, in the last search */
	unsigned compared;                /* keys of them */
};

static void note_search(struct facts *f, const struct map_event *e)
{
	switch (e->kind) {
	case SWISS_EVENT_TABLE:
		f->table = e;
		f->home = NULL;
		f->groups = f->compared = 0;
		break;
	case SWISS_EVENT_PROBE:
		f->groups++;
		if (swiss_of(e).probe.number == 0)
			f->home = e;
		break;
	case EVENT_COMPARE:
		f->compared++;
		break;
	default:
		break;
	}
}

static void note_change(struct facts *f, const struct map_event *e)
{
	switch (e->kind) {
	case SWISS_EVENT_GROW:
	case SWISS_EVENT_SPLIT:
		f->growth = e;
		f->growths++;
		f->moved = f->right = 0;
		break;
	case SWISS_EVENT_MOVE:
		f->moved++;
		f->right += swiss_of(e).move.right;
		break;
	case SWISS_EVENT_DOUBLED:
		f->doubled = e;
		break;
	case SWISS_EVENT_PRUNE:
		f->prune = e;
		break;
	case SWISS_EVENT_TOMBSTONE:
		f->tombstone = e;
		break;
	case SWISS_EVENT_FREED:
		f->freed = e;
		break;
	case EVENT_COPY:
		f->copied++;
		f->dead += e->copy.dead;
		break;
	default:
		break;
	}
}

static struct facts read_facts(const struct map_event *list, size_t n)
{
	struct facts f = { 0 };

	for (size_t i = 0; i < n; i++) {
		outcome_note(&f.came, &list[i]);
		note_search(&f, &list[i]);
		note_change(&f, &list[i]);
	}
	return f;
}

/* The top bits of a hash that choose the entry of the directory, as digits: at most 16 of them. */
void story_add_top_bits(struct text *t, uint64_t entry, unsigned bits)
{
	unsigned shown = bits > 16 ? 16 : bits;

	text_printf(t, "top %u bit%s ", bits, bits == 1 ? "" : "s");
	for (unsigned i = bits; i-- > bits - shown;)
		text_addc(t, entry >> i & 1 ? '1' : '0');
	text_add(t, bits > shown ? "…" : "");
}

static void tell_table(struct text *t, const struct map_event *e, enum brevity brevity)
{
	const struct swiss_table own = swiss_of(e).table;

	if (own.why == TABLE_SMALL) {
		text_add(t, "the only group");
		return;
	}
	if (own.why == TABLE_BY_BITS && brevity < NO_BITS) {
		story_add_top_bits(t, own.entry, own.bits);
		text_add(t, " → ");
	}
	if (own.why == TABLE_ALONE && brevity < NO_BITS)
		text_add(t, "the only table");
	else
		text_printf(t, "table %u", e->at.array);
}

/* The table is that of the end: it may have been replaced in between. */
static void tell_hash(struct text *t, const struct session *s, const struct facts *f,
	enum brevity brevity)
{
	tell_hash_first(t, s, f->came.hash->hash.hash, brevity);
	if (f->table)
		tell_table(t, f->table, brevity);
	if (f->table && f->home && swiss_of(f->table).table.why != TABLE_SMALL)
		text_printf(t, ", group %" PRIu64, f->home->at.unit);
	if (brevity < NO_TOPHASH)
		text_printf(t, ", H2 %02x", f->came.hash->hash.control);
}

/* The slot; and the group, where that is not the one the search began with. */
static void tell_place(struct text *t, const struct facts *f, const struct map_event *e,
	const char *what, enum brevity brevity)
{
	text_printf(t, "%sslot %u", what, e->at.slot);
	if (f->home ? e->at.unit != f->home->at.unit : e->at.unit > 0)
		text_printf(t, brevity < SHORT_PLACE ? " of group %" PRIu64 : ", group %" PRIu64,
			e->at.unit);
}

static void tell_miss(struct text *t, const struct facts *f)
{
	if (f->came.miss->miss.empty)
		text_add(t, ": the map is empty");
	else if (f->groups)
		text_printf(t, ": %u group%s looked at, %u key%s compared", f->groups,
			f->groups == 1 ? "" : "s", f->compared, f->compared == 1 ? "" : "s");
	else if (f->compared)
		text_printf(t, ": %u key%s compared", f->compared, f->compared == 1 ? "" : "s");
}

static void tell_result(struct text *t, const struct facts *f, enum brevity brevity)
{
	bool brief = brevity >= SHORT_PLACE;
	const struct map_event *at;
	const char *words = outcome_words(&f->came, brief, &at);

	if (!words)
		return;
	text_add(t, brevity >= NO_UNIT || !(f->came.hash || f->table) ? ": " : ", ");
	if (at)
		tell_place(t, f, at, words, brevity);
	else
		text_add(t, words);
	if (outcome_missed(&f->came) && !brief)
		tell_miss(t, f);
}

static void tell_make(struct text *t, const struct map_event *make, const struct session *s,
	bool brief)
{
	struct swiss_plan plan = swiss_plan(s->world.map.type, make->make.hint);

	if (make->make.array && map_stacks_unit(make->make.hint))
		text_add(t, ": header and first group on the stack");
	else if (make->make.array)
		text_printf(t, ": hint %s gives %s table%s of %s slots%s",
			count_text(make->make.hint).s, count_text(plan.tables).s,
			plan.tables == 1 ? "" : "s", count_text(plan.capacity).s,
			brief || plan.tables == 1 ? "" : " each");
	else if (brief)
		text_printf(t, ": %sonly the header so far",
			make->make.ignored ? "hint too large, " : "");
	else
		text_printf(t, ": %sonly the header; the first insert allocates a group",
			make->make.ignored ? "a hint that large counts as none; " : "");
}

static void tell_clear(struct text *t, const struct session *s, const struct facts *f, bool brief)
{
	uint64_t entries = f->came.clear->clear.entries;

	if (entries == 0 && !f->came.seed)
		text_add(t, brief ? ": empty already" : ": the map is empty, nothing is touched");
	else
		tell_cleared(t, entries,
			brief ? "memory kept"
				: swiss_small(&s->world.map)
				? "the group is wiped and stays"
				: "the groups are wiped, and all tables stay");
}

/* Operations that have no key. */
static void tell_plain(struct text *t, const struct session *s, const struct facts *f,
	enum brevity brevity)
{
	bool brief = brevity >= SHORT_PLACE;

	if (f->came.clear)
		tell_clear(t, s, f, brief);
	if (f->came.gc)
		tell_collected(t, f->came.gc);
	if (f->came.make)
		tell_make(t, f->came.make, s, brief);
	if (f->copied && swiss_small(&s->world.map))
		text_add(t, ": the group is copied as it is");
	else if (f->copied)
		text_printf(t, ": %" PRIu64 " table%s copied as %s", f->copied,
			f->copied == 1 ? "" : "s", f->copied == 1 ? "it is" : "they are");
	if (f->copied && f->dead && !brief)
		text_printf(t, ", with %" PRIu64 " tombstone%s", f->dead, f->dead == 1 ? "" : "s");
}

/* What stands behind the label in the first line. */
void swiss_story_first(const struct session *s, const struct map_event *list, size_t n,
	enum brevity brevity, struct text *t)
{
	struct facts f = read_facts(list, n);

	if (f.came.hash && brevity < NO_UNIT)
		tell_hash(t, s, &f, brevity);
	else if (f.table && brevity < NO_UNIT)
		text_add(t,
			brevity < NO_HASH ? ": the only group, no hash needed"
					  : ": the only group");
	tell_result(t, &f, brevity);
	tell_plain(t, s, &f, brevity);
}

static void tell_grow(struct text *t, const struct map_event *e, const struct facts *f,
	enum story_detail detail)
{
	const struct swiss_grow g = swiss_of(e).grow;

	if (g.from == SLOTS)
		text_add(t,
			detail ? "the group becomes a table of 16 slots"
			       : "the one group was full: it becomes a table of 16 slots, with a "
				 "directory of one entry");
	else
		text_printf(t, "%stable %u grows, %u slots to %u",
			detail ? "" : "growthLeft was 0: ", e->at.array, g.from, g.to);
	if (detail < TELL_LEAST)
		text_printf(t, "; %u entr%s moved", f->moved, f->moved == 1 ? "y" : "ies");
}

static void tell_split(struct text *t, const struct map_event *e, const struct facts *f,
	enum story_detail detail)
{
	const struct swiss_split sp = swiss_of(e).split;

	text_printf(t, "%stable %u splits",
		detail ? "" : "growthLeft was 0 at 1024 slots: ", e->at.array);
	if (detail < TELL_LEAST)
		text_printf(t, " by bit %u of the hash: %u entries left, %u right", sp.bit,
			f->moved - f->right, f->right);
}

static void tell_growth(struct story *st, const struct facts *f, enum story_detail detail)
{
	struct text *t = story_line(st);

	if (f->growth->kind == SWISS_EVENT_SPLIT)
		tell_split(t, f->growth, f, detail);
	else
		tell_grow(t, f->growth, f, detail);
	if (f->growths > 1)
		text_printf(t, "; it is the %s growth of this insert",
			f->growths == 2 ? "second" : "last");
	if (f->doubled)
		text_printf(story_line(st), "%s, %" PRIu64 " entr%s to %" PRIu64,
			detail ? "the directory doubles"
			: "localDepth was globalDepth: the directory doubles",
			swiss_of(f->doubled).doubled.from,
			swiss_of(f->doubled).doubled.from == 1 ? "y" : "ies",
			swiss_of(f->doubled).doubled.to);
}

static void tell_prune(struct story *st, const struct map_event *e, enum story_detail detail)
{
	const struct swiss_prune p = swiss_of(e).prune;
	struct text *t = story_line(st);

	text_add(t, detail ? "" : "growthLeft was 0: ");
	if (!p.done)
		text_printf(t,
			"%u of %u tombstones could be pruned, less than a tenth of the slots%s",
			p.needless, p.tombstones, detail ? "" : ": none is");
	else
		text_printf(t, "%u of %u tombstones pruned%s", p.needless, p.tombstones,
			detail ? "" : ", as no key's probe sequence passes them");
}

static void tell_deleted(struct story *st, const struct facts *f, const struct session *s,
	enum story_detail detail)
{
	struct text *t = story_line(st);

	if (f->tombstone)
		text_printf(t, "%sa tombstone (fe) stays",
			detail ? "" : "the group had no empty slot, so a search "
			"must still go on past it: ");
	else if (f->freed && f->table && swiss_of(f->table).table.why == TABLE_SMALL)
		text_add(t, "the slot is empty (80) again");
	else
		text_printf(t, "%sit is empty (80) at once", detail ? ""
			: "another slot of the group is empty, and any search ends there: ");
	if (f->came.seed)
		text_printf(story_line(st), "the last key is gone: a new seed, 0x%0*" PRIx64,
			(int)s->given.target->ptrsize * 2, f->came.seed->seed.seed);
}

/* The lines below the first. */
void swiss_story_below(const struct session *s, const struct map_event *list, size_t n,
	enum story_detail detail, struct story *st)
{
	struct facts f = read_facts(list, n);

	if (f.prune)
		tell_prune(st, f.prune, detail);
	if (f.growth)
		tell_growth(st, &f, detail);
	if (f.came.anew)
		story_add_anew(story_line(st), f.came.anew);
	if (f.came.delete)
		tell_deleted(st, &f, s, detail);
}
