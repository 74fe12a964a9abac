/* SPDX-License-Identifier: MIT */
/* What an operation on a classic map did: the hash, the bucket, the slot, what moved. */
#include <inttypes.h>

#include "model/map/classic/event.h"
#include "tui/view/classic/classic_design.h"
#include "tui/view/telling.h"

/* What a trace says at a glance. */
struct facts {
	struct outcome came;
	const struct map_event *grow, *grown, *link, *chosen;
	const struct map_event *evacuated[3];
	unsigned nevacuated, visited, rested;
	bool unhashed; /* the bucket was chosen without a hash */
};

static void note_fact(struct facts *f, const struct map_event *e)
{
	outcome_note(&f->came, e);
	switch (e->kind) {
	case CLASSIC_GROW:
		f->grow = e;
		break;
	case CLASSIC_LINK:
		f->link = e;
		break;
	case CLASSIC_GROWN:
		f->grown = e;
		break;
	case CLASSIC_REST:
		f->rested++;
		break;
	case CLASSIC_EVACUATED:
		if (f->nevacuated < 3)
			f->evacuated[f->nevacuated++] = e;
		break;
	case CLASSIC_BUCKET:
		f->unhashed = classic_of(e).bucket.why == CHOICE_ONLY;
		f->chosen = e;
		break;
	case EVENT_VISIT:
		f->visited++;
		break;
	default:
		break;
	}
}

/* The bucket is that of the array the operation ended with: it may have grown in between. */
static void tell_hash(struct text *t, const struct session *s, const struct facts *f,
	enum brevity brevity)
{
	const struct map_event *e = f->came.hash;
	unsigned B = f->grow ? classic_of(f->grow).grow.to : e->hash.bits;
	uint64_t hash = e->hash.hash, bucket = hash & ((1ull << B) - 1);

	tell_hash_first(t, s, hash, brevity);
	if (B > 0 && brevity >= NO_BITS) {
		text_printf(t, "bucket %" PRIu64, bucket);
	} else if (B > 0) {
		story_add_bits(t, bucket, B);
		text_printf(t, " → bucket %" PRIu64, bucket);
	} else {
		text_add(t, "the only bucket");
	}
	if (brevity < NO_TOPHASH)
		text_printf(t, ", tophash %02x", e->hash.control);
}

static void tell_place(struct text *t, const struct map_event *e, const char *what,
	enum brevity brevity)
{
	text_printf(t, "%sslot %u", what, e->at.slot);
	if (e->at.link)
		text_printf(t, brevity < SHORT_PLACE ? " of overflow bucket %u" : ", overflow %u",
			e->at.link);
}

static void tell_found_old(struct text *t, const struct map_event *e, enum brevity brevity)
{
	text_printf(t,
		brevity >= SHORT_PLACE ? "found in old %" PRIu64 : "found in old bucket %" PRIu64,
		e->at.unit);
	tell_place(t, e, ", ", brevity);
}

static void tell_result(struct text *t, const struct facts *f, enum brevity brevity)
{
	bool brief = brevity >= SHORT_PLACE;
	const struct map_event *at;
	const char *words = outcome_words(&f->came, brief, &at);

	if (!words)
		return;
	text_add(t, brevity >= NO_UNIT ? ": " : ", ");
	if (at && at == f->came.found && at->at.array == ARRAY_OLD)
		tell_found_old(t, at, brevity);
	else if (at)
		tell_place(t, at, words, brevity);
	else
		text_add(t, words);
	if (outcome_missed(&f->came) && !brief)
		text_printf(
			t, ": %u bucket%s looked through", f->visited, f->visited == 1 ? "" : "s");
}

static void tell_growth(struct story *st, const struct map_event *e, enum story_detail detail)
{
	const struct classic_grow g = classic_of(e).grow;
	struct text *t = story_line(st);
	unsigned most = g.from > 15 ? 15 : g.from;

	if (g.same && detail == TELL_LEAST)
		text_add(t, "same-size growth starts");
	else if (detail == TELL_LEAST)
		text_printf(t, "growth starts, %s → %s buckets", count_text(1ull << g.from).s,
			count_text(1ull << g.to).s);
	else if (g.same && detail)
		text_printf(t, "same-size growth starts: noverflow has reached %u", 1u << most);
	else if (g.same && g.from > 15)
		text_printf(
			t, "growth starts, to the same size: noverflow has reached %u", 1u << most);
	else if (g.same)
		text_printf(t, "growth starts, to the same size: as many overflow buckets as "
			"buckets (%u), or more",
			1u << most);
	else
		text_printf(t, "growth starts, %s bucket%s to %s: entry %s %s",
			count_text(1ull << g.from).s, g.from ? "s" : "",
			count_text(1ull << g.to).s, count_text(g.count + 1).s,
			detail ? "is too many" : "would pass the load factor");
}

void classic_story_moved(const struct classic_evacuated *n, enum brevity brevity, struct text *out)
{
	const char *cells = n->x == 1 ? " cell" : " cells";

	text_printf(out, "%u", n->x);
	if (n->same)
		text_add(out, cells);
	else if (brevity >= SHORT_PLACE)
		text_printf(out, " X, %u Y", n->y);
	else
		text_printf(out, "%s to X, %u to Y", brevity ? "" : cells, n->y);
}

static void tell_evacuation(struct story *st, const struct facts *f, enum story_detail detail)
{
	struct text *t = story_line(st);

	if (detail)
		text_add(t, f->grown ? "growth over: " : "evacuated: ");
	for (unsigned i = 0; i < f->nevacuated; i++) {
		const struct classic_evacuated n = classic_of(f->evacuated[i]).evacuated;
		uint64_t old = f->evacuated[i]->at.unit;

		if (detail)
			text_printf(t, "%sold %" PRIu64 " → ", i ? "; " : "", old);
		else
			text_printf(
				t, "%sold bucket %" PRIu64 " evacuated: ", i ? "; " : "", old);
		classic_story_moved(&n, detail ? SHORT_PLACE : SAY_ALL, t);
	}
	if (f->grown && !detail)
		text_add(t, "; the growth is over");
}

static void tell_link(struct story *st, const struct map_event *link, enum story_detail detail)
{
	struct text *t = story_line(st);
	bool spare = classic_of(link).link.spare;

	if (detail)
		text_printf(t, "the chain was full: %s as overflow %u",
			spare ? "a spare" : "a new one", link->at.link);
	else
		text_printf(t, "the chain was full: %s linked as overflow bucket %u",
			spare ? "a spare bucket is" : "a new bucket is allocated and",
			link->at.link);
}

static void tell_deleted(struct story *st, const struct facts *f, enum story_detail detail)
{
	const char *plural = f->rested == 1 ? "" : "s", *verb = f->rested == 1 ? "s" : "";

	if (f->rested)
		text_printf(story_line(st), "%s%u tombstone%s turn%s back to emptyRest",
			detail ? "" : "nothing follows: ", f->rested, plural, verb);
	else
		text_printf(story_line(st), "%sa tombstone (emptyOne) stays",
			detail ? "" : "something may follow: ");
	if (f->came.seed)
		text_printf(story_line(st), "the last key is gone: a new hash0, 0x%08" PRIx64,
			f->came.seed->seed.seed);
}

static void tell_make(struct text *t, const struct map_event *make, bool brief)
{
	if (make->make.array && map_stacks_unit(make->make.hint))
		text_add(t, ": header and first bucket on the stack");
	else if (make->make.array)
		text_printf(t, ": hint %s gives %s buckets", count_text(make->make.hint).s,
			count_text(1ull << make->make.units_log2).s);
	else if (brief)
		text_printf(t, ": %sonly the header so far",
			make->make.ignored ? "hint too large, " : "");
	else
		text_printf(t, ": %sonly the header; the first insert allocates a bucket",
			make->make.ignored ? "a hint that large counts as none; " : "");
}

static void tell_clear(struct text *t, uint64_t entries, bool brief)
{
	if (entries == 0)
		text_add(t, brief ? ": empty already" : ": the map is empty, nothing is touched");
	else
		tell_cleared(t, entries, brief ? "array kept" : "the array is zeroed and stays");
}

/* Operations that have no key. */
static void tell_plain(struct text *t, const struct facts *f, enum brevity brevity)
{
	bool brief = brevity >= SHORT_PLACE;

	if (f->came.clear)
		tell_clear(t, f->came.clear->clear.entries, brief);
	if (f->came.gc)
		tell_collected(t, f->came.gc);
	if (f->came.make)
		tell_make(t, f->came.make, brief);
}

static struct facts read_facts(const struct map_event *list, size_t n)
{
	struct facts f = { 0 };

	for (size_t i = 0; i < n; i++)
		note_fact(&f, &list[i]);
	return f;
}

/* What stands behind the label in the first line. */
void classic_story_first(const struct session *s, const struct map_event *list, size_t n,
	enum brevity brevity, struct text *t)
{
	struct facts f = read_facts(list, n);

	/* A clone may insert some of its entries: they are not what it is about. */
	if (f.came.make && f.came.anew) {
		tell_plain(t, &f, brevity);
		return;
	}
	if (f.came.hash && brevity < NO_UNIT)
		tell_hash(t, s, &f, brevity);
	else if (f.unhashed && brevity < NO_UNIT)
		text_add(t,
			brevity < NO_HASH ? ": the only bucket, no hash needed"
					  : ": the only bucket");
	tell_result(t, &f, brevity);
	tell_plain(t, &f, brevity);
}

/* Of a lookup during a growth: why it is the old array that it looks at, or why not. */
static void tell_choice(struct story *st, const struct session *s, const struct map_event *list,
	const struct map_event *e, enum story_detail detail)
{
	unsigned why = e ? classic_of(e).bucket.why : CHOICE_BITS;
	struct text *t;

	if (why != CHOICE_WAITS && why != CHOICE_MOVED)
		return;
	t = story_line(st);
	if (!detail)
		classic_story_step(s, list, (size_t)(e - list) + 1, 0, t);
	else if (why == CHOICE_WAITS)
		text_printf(t, "growing: old bucket %" PRIu64 " still waits%s", e->at.unit,
			detail == TELL_BRIEF ? ", so it is looked through" : "");
	else
		text_printf(t, "growing: its old bucket was evacuated%s",
			detail == TELL_BRIEF ? ", so the new one it is" : "");
}

/* The lines below the first. */
void classic_story_below(const struct session *s, const struct map_event *list, size_t n,
	enum story_detail detail, struct story *st)
{
	struct facts f = read_facts(list, n);

	tell_choice(st, s, list, f.chosen, detail);
	if (f.grow)
		tell_growth(st, f.grow, detail);
	if (f.nevacuated)
		tell_evacuation(st, &f, detail);
	if (f.link)
		tell_link(st, f.link, detail);
	if (f.came.anew)
		story_add_anew(story_line(st), f.came.anew);
	if (f.came.delete)
		tell_deleted(st, &f, detail);
}
