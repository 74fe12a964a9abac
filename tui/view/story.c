/* SPDX-License-Identifier: MIT */
#include "tui/view/story.h"

#include <inttypes.h>
#include <string.h>

#include "model/map/classic/event.h"
#include "tui/canvas/wrap.h"

enum {
	LABEL_MOST = 80,    /* bytes */
	BRIEF = 100,        /* fewer columns than this: fewer words */
	BRIEFEST = 60,      /* of a step inside an operation, its number and no more */
	WORD_MOST = 40,     /* columns of a key or elem in what was typed */
	WORD_LEAST = 12,    /* before more is left out for it */
	LABEL_LEAST = 5,
};

/* What the first line leaves out, each one more than the one before; the result stays. */
enum brevity {
	SAY_ALL,
	NO_BITS,     /* and of the hash its ends */
	NO_HASH,
	NO_TOPHASH,
	SHORT_PLACE,
	NO_BUCKET,
	CUT_LABEL,   /* shortened as a whole */
	BREVITIES
};

/* How much the lines below say. */
enum detail { TELL_ALL, TELL_BRIEF, TELL_LEAST };

/* What a trace says at a glance. */
struct facts {
	const struct map_event *hash, *grow, *claim, *update, *link, *delete, *found, *miss;
	const struct map_event *clear, *gc, *make, *grown, *hash0, *chosen;
	const struct map_event *evacuated[3];
	unsigned nevacuated, visited, rested;
	bool unhashed; /* the bucket was chosen without a hash */
};

static void note_fact(struct facts *f, const struct map_event *e)
{
	switch (e->kind) {
	case EVENT_HASH:
		f->hash = e;
		break;
	case CLASSIC_GROW:
		f->grow = e;
		break;
	case EVENT_CLAIM:
		f->claim = e;
		break;
	case EVENT_UPDATE:
		f->update = e;
		break;
	case CLASSIC_LINK:
		f->link = e;
		break;
	case EVENT_DELETE:
		f->delete = e;
		break;
	case EVENT_FOUND:
		f->found = e;
		break;
	case EVENT_MISS:
		f->miss = e;
		break;
	case EVENT_CLEAR:
		f->clear = e;
		break;
	case EVENT_GC:
		f->gc = e;
		break;
	case EVENT_MAKE:
		f->make = e;
		break;
	case CLASSIC_GROWN:
		f->grown = e;
		break;
	case EVENT_SEED:
		f->hash0 = e;
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

static struct text *next_line(struct story *st)
{
	if (st->count < STORY_LINES)
		st->count++;
	return &st->lines[st->count - 1];
}

/* The bucket is that of the array the operation ended with: it may have grown in between. */
static void tell_hash(struct text *t, const struct session *s, const struct facts *f,
	enum brevity brevity)
{
	const struct map_event *e = f->hash;
	unsigned B = f->grow ? classic_of(f->grow).grow.to : e->hash.bits;
	uint64_t hash = e->hash.hash, bucket = hash & ((1ull << B) - 1);

	if (brevity >= NO_HASH)
		text_add(t, " → ");
	else if (brevity >= NO_BITS && s->given.target->ptrsize == 8)
		text_printf(t, ": hash 0x%04x…%04x → ", (unsigned)(hash >> 48),
			(unsigned)(hash & 0xffff));
	else
		text_printf(t, ": hash 0x%0*" PRIx64 " → ", (int)s->given.target->ptrsize * 2,
			hash);
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
	text_printf(t, brevity >= SHORT_PLACE ? "found in old %" PRIu64 : "found in old bucket %" PRIu64,
		e->at.unit);
	tell_place(t, e, ", ", brevity);
}

static void tell_result(struct text *t, const struct facts *f, enum brevity brevity)
{
	bool brief = brevity >= SHORT_PLACE;

	if (!f->claim && !f->update && !f->delete && !f->found && !f->miss)
		return;
	text_add(t, brevity >= NO_BUCKET ? ": " : ", ");
	if (f->claim && f->claim->claim.tombstone)
		tell_place(t, f->claim, brief ? "reuses " : "reuses the tombstone in ", brevity);
	else if (f->claim)
		tell_place(t, f->claim, "takes ", brevity);
	else if (f->update)
		tell_place(t, f->update, brief ? "overwrites " : "overwrites the elem in ", brevity);
	else if (f->delete)
		tell_place(t, f->delete, "was in ", brevity);
	else if (f->found && f->found->at.array == ARRAY_OLD)
		tell_found_old(t, f->found, brevity);
	else if (f->found)
		tell_place(t, f->found, "found in ", brevity);
	else
		text_add(t, "not there");
	if (f->miss && !f->claim && !f->update && !f->delete && !f->found && !brief)
		text_printf(t, ": %u bucket%s looked through", f->visited, f->visited == 1 ? "" : "s");
}

static void tell_growth(struct story *st, const struct map_event *e, enum detail detail)
{
	const struct classic_grow g = classic_of(e).grow;
	struct text *t = next_line(st);
	unsigned most = g.from > 15 ? 15 : g.from;

	if (g.same && detail == TELL_LEAST)
		text_add(t, "same-size growth starts");
	else if (detail == TELL_LEAST)
		text_printf(t, "growth starts, %llu → %llu buckets", 1ull << g.from,
			1ull << g.to);
	else if (g.same && detail)
		text_printf(t, "same-size growth starts: noverflow has reached %u", 1u << most);
	else if (g.same && g.from > 15)
		text_printf(t, "growth starts, to the same size: noverflow has reached %u", 1u << most);
	else if (g.same)
		text_printf(t, "growth starts, to the same size: as many overflow buckets as buckets (%u), or "
			       "more", 1u << most);
	else
		text_printf(t, "growth starts, %llu bucket%s to %llu: entry %" PRIu64 " %s",
			1ull << g.from, g.from ? "s" : "", 1ull << g.to, g.count + 1,
			detail ? "is too many" : "would pass the load factor");
}

static void tell_evacuation(struct story *st, const struct facts *f, enum detail detail)
{
	struct text *t = next_line(st);

	if (detail)
		text_add(t, f->grown ? "growth over: " : "evacuated: ");
	for (unsigned i = 0; i < f->nevacuated; i++) {
		const struct classic_evacuated n = classic_of(f->evacuated[i]).evacuated;
		uint64_t old = f->evacuated[i]->at.unit;

		if (detail)
			text_printf(t, "%sold %" PRIu64 " → %" PRIu64 " X, %" PRIu64 " Y",
				i ? "; " : "", old, n.x, n.y);
		else
			text_printf(t, "%sold bucket %" PRIu64 " evacuated: %" PRIu64 " cell%s to X, %"
				       PRIu64 " to Y", i ? "; " : "", old, n.x,
				n.x == 1 ? "" : "s", n.y);
	}
	if (f->grown && !detail)
		text_add(t, "; the growth is over");
}

static void tell_link(struct story *st, const struct map_event *link, enum detail detail)
{
	struct text *t = next_line(st);
	bool spare = classic_of(link).link.spare;

	if (detail)
		text_printf(t, "the chain was full: %s as overflow %u",
			spare ? "a spare" : "a new one", link->at.link);
	else
		text_printf(t, "the chain was full: %s linked as overflow bucket %u",
			spare ? "a spare bucket is" : "a new bucket is allocated and",
			link->at.link);
}

static void tell_deleted(struct story *st, const struct facts *f, enum detail detail)
{
	const char *plural = f->rested == 1 ? "" : "s", *verb = f->rested == 1 ? "s" : "";

	if (f->rested)
		text_printf(next_line(st), "%s%u tombstone%s turn%s back to emptyRest",
			detail ? "" : "nothing follows: ", f->rested, plural, verb);
	else
		text_printf(next_line(st), "%sa tombstone (emptyOne) stays",
			detail ? "" : "something may follow: ");
	if (f->hash0)
		text_printf(next_line(st), "the last key is gone: a new hash0, 0x%08" PRIx64,
			f->hash0->seed.seed);
}

static void tell_make(struct text *t, const struct map_event *make, bool brief)
{
	if (make->make.array)
		text_printf(t, ": hint %" PRIu64 " gives %llu buckets", make->make.hint,
			1ull << make->make.units_log2);
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
		text_printf(t, ": %" PRIu64 " entr%s gone, %s", entries, entries == 1 ? "y" : "ies",
			brief ? "array kept" : "the array is zeroed and stays");
}

/* Operations that have no key. */
static void tell_plain(struct text *t, const struct facts *f, enum brevity brevity)
{
	bool brief = brevity >= SHORT_PLACE;

	if (f->clear)
		tell_clear(t, f->clear->clear.entries, brief);
	if (f->gc)
		text_printf(t, ": %" PRIu64 " objects, %" PRIu64 " bytes collected",
			f->gc->gc.objects, f->gc->gc.bytes);
	if (f->make)
		tell_make(t, f->make, brief);
}

/* What was done, as typed; of a key or elem that is very long its beginning is enough. */
void story_label(struct text *t, const char *label)
{
	size_t n = strlen(label);

	if (n > LABEL_MOST) {
		for (n = LABEL_MOST; n > 0 && ((unsigned char)label[n] & 0xc0) == 0x80; n--)
			continue;
		text_addn(t, label, n);
		text_add(t, "…");
		return;
	}
	text_add(t, label);
}

/* Bytes of the first word: blanks inside of quotes and braces do not end it. */
static size_t word_size(const char *s)
{
	char quote = 0;
	int depth = 0;
	size_t n = 0;

	for (; s[n] && (quote || depth > 0 || s[n] != ' '); n++) {
		if (quote && quote != '`' && s[n] == '\\' && s[n + 1])
			n++;
		else if (quote)
			quote = s[n] == quote ? '\0' : quote;
		else if (strchr("\"`'", s[n]))
			quote = s[n];
		else
			depth += (s[n] == '{' || s[n] == '[') - (s[n] == '}' || s[n] == ']');
	}
	return n;
}

/* The same with each word behind the first shortened in its middle to so many columns. */
static void add_words(struct text *t, const struct canvas *canvas, const char *label, int most)
{
	size_t n = word_size(label);

	text_addn(t, label, n);
	for (label += n; *label; label += n) {
		for (; *label == ' '; label++)
			text_addc(t, ' ');
		n = word_size(label);
		wrap_shorten(t, canvas, label, n, most);
	}
}

static const char *label_of(const struct session *s)
{
	return s->shown.probe_label ? s->shown.probe_label : session_point(s)->label;
}

/*
 * Inside an operation: which of its events was the last, and what it did. With little room the
 * one line that is seen says what happened.
 */
static void tell_inside(struct story *st, const struct session *s, bool brief, bool briefest)
{
	struct text *t = next_line(st);
	size_t all, step = session_step(s, &all), n;
	const struct map_event *list = session_events(s, &n);

	if (briefest) {
		text_printf(t, "%zu/%zu ", step, all);
	} else if (brief) {
		text_printf(t, "event %zu of %zu: ", step, all);
	} else {
		story_label(t, label_of(s));
		text_printf(t, " · event %zu of %zu", step, all);
		t = next_line(st);
	}
	story_step(s, list, s->shown.events, s->shown.slots, t);
}

/* Where nothing was done that could be told. */
static bool tell_nothing(struct story *st, const struct session *s)
{
	if (session_point(s) || s->shown.probe_label)
		return false;
	text_add(next_line(st), s->time.now == 0 ? "the beginning: nothing was done yet"
		: "in the middle of a long run: step once to see what a step does");
	return true;
}

static struct facts read_facts(const struct session *s)
{
	struct facts f = { 0 };
	size_t n;
	const struct map_event *list = session_events(s, &n);

	for (size_t i = 0; i < n; i++)
		note_fact(&f, &list[i]);
	return f;
}

/* What stands behind the label in the first line. */
static void tell_first(struct text *t, const struct session *s, const struct facts *f,
	enum brevity brevity)
{
	size_t n;
	const struct map_event *list = session_events(s, &n);

	if (event_range(list, n)) {
		story_range(t, s, list, n, brevity >= NO_HASH);
		return;
	}
	if (f->hash && brevity < NO_BUCKET)
		tell_hash(t, s, f, brevity);
	else if (f->unhashed && brevity < NO_BUCKET)
		text_add(t, brevity < NO_HASH ? ": the only bucket, no hash needed" : ": the only bucket");
	tell_result(t, f, brevity);
	tell_plain(t, f, brevity);
}

/* Of a lookup during a growth: why it is the old array that it looks at, or why not. */
static void tell_choice(struct story *st, const struct session *s, const struct map_event *e,
	enum detail detail)
{
	size_t n;
	const struct map_event *list = session_events(s, &n);
	unsigned why = e ? classic_of(e).bucket.why : CHOICE_BITS;
	struct text *t;

	if (why != CHOICE_WAITS && why != CHOICE_MOVED)
		return;
	t = next_line(st);
	if (!detail)
		story_step(s, list, (size_t)(e - list) + 1, 0, t);
	else if (why == CHOICE_WAITS)
		text_printf(t, "growing: old bucket %" PRIu64 " still waits%s", e->at.unit,
			detail == TELL_BRIEF ? ", so it is looked through" : "");
	else
		text_printf(t, "growing: its old bucket was evacuated%s",
			detail == TELL_BRIEF ? ", so the new one it is" : "");
}

/* The lines below the first. */
static void tell_below(struct story *st, const struct session *s, const struct facts *f,
	enum detail detail)
{
	size_t n;
	const struct map_event *list = session_events(s, &n);

	if (event_range(list, n)) {
		story_range_below(st, s, list, n);
		return;
	}
	tell_choice(st, s, f->chosen, detail);
	if (f->grow)
		tell_growth(st, f->grow, detail);
	if (f->nevacuated)
		tell_evacuation(st, f, detail);
	if (f->link)
		tell_link(st, f->link, detail);
	if (f->delete)
		tell_deleted(st, f, detail);
}

void story_tell(struct story *st, const struct session *s)
{
	struct facts f;

	story_free(st);
	if (s->shown.inside) {
		tell_inside(st, s, false, false);
		return;
	}
	if (tell_nothing(st, s))
		return;
	f = read_facts(s);
	story_label(next_line(st), label_of(s));
	tell_first(&st->lines[0], s, &f, SAY_ALL);
	tell_below(st, s, &f, TELL_ALL);
}

/* Rows that a line takes. */
static int rows_of(const struct text *line, const struct pane *p)
{
	struct pane measure = pane_sub(p, 0, 0, p->w, 0);

	if (text_width(p->canvas, text_str(line)) <= p->w)
		return 1;
	return wrap_text(&measure, 0, 0, ROLE_TEXT, text_str(line));
}

/* Each line that is seen has a row; what is left goes to those that need more, from the first on. */
static bool share_rows(struct story *st, const struct pane *p)
{
	int spare = p->h - st->count;
	bool all = true;

	for (int i = 0; i < st->count; i++) {
		int more = rows_of(&st->lines[i], p) - 1, given = more < spare ? more : spare;

		given = given > 0 ? given : 0;
		st->rows[i] = i < p->h ? 1 + given : 0;
		spare -= given;
		all &= given == more || i >= p->h;
	}
	return all;
}

/* The first line: its label, shortened, and what stands behind it. */
struct first {
	const struct pane *p;
	const char *label, *rest;
	int rows;    /* that it may take */
	enum brevity brevity;
};

static bool first_fits(struct text *t, const struct first *f, int most)
{
	text_clear(t);
	if (f->brevity == CUT_LABEL)
		wrap_shorten(t, f->p->canvas, f->label, strlen(f->label), most);
	else
		add_words(t, f->p->canvas, f->label, most);
	text_add(t, f->rest);
	return rows_of(t, f->p) <= f->rows;
}

/* With as much of the label as fits; false when even its least is too much. */
static bool fit_first(struct text *t, const struct first *f)
{
	int least = f->brevity < NO_BUCKET ? WORD_LEAST : LABEL_LEAST, most = WORD_MOST;

	if (!first_fits(t, f, least))
		return false;
	while (most > least && !first_fits(t, f, most))
		most--;
	return most > least || first_fits(t, f, least);
}

static void fit_inside(struct story *st, const struct session *s, const struct pane *p)
{
	tell_inside(st, s, p->w < BRIEFEST, p->w < BRIEFEST);
	if (share_rows(st, p) || st->count == 1)
		return;
	story_free(st);
	tell_inside(st, s, true, false);
	share_rows(st, p);
}

/* The first line in the rows that the others leave. */
static void tell_fitting(struct story *st, const struct session *s, const struct facts *f,
	const struct pane *p)
{
	struct text label = { 0 }, rest = { 0 };
	int rows = p->h > st->count ? p->h - st->count + 1 : 1;

	add_words(&label, p->canvas, label_of(s), WORD_MOST);
	for (enum brevity b = p->w < BRIEF ? NO_BITS : SAY_ALL; b < BREVITIES; b++) {
		text_clear(&rest);
		tell_first(&rest, s, f, b);
		if (fit_first(&st->lines[0], &(struct first){ p, text_str(&label), text_str(&rest),
			rows, b }))
			break;
	}
	text_free(&label);
	text_free(&rest);
}

static void tell_again(struct story *st, const struct session *s, const struct facts *f,
	enum detail detail)
{
	for (int i = 1; i < st->count; i++)
		text_free(&st->lines[i]);
	st->count = 1;
	tell_below(st, s, f, detail);
}

/* What has no row of its own goes behind the last line that has one. */
static void join_lines(struct story *st, int rows)
{
	for (int i = rows; i < st->count; i++) {
		text_printf(&st->lines[rows - 1], " · %s", text_str(&st->lines[i]));
		text_free(&st->lines[i]);
	}
	st->count = rows;
}

/* As many words as go into the rows, each line whole if that can be. */
static void fit_below(struct story *st, const struct session *s, const struct facts *f,
	const struct pane *p)
{
	for (enum detail detail = TELL_BRIEF; detail <= TELL_LEAST; detail++) {
		tell_again(st, s, f, detail);
		if (p->h > 1 && st->count > p->h)
			join_lines(st, p->h);
		if (share_rows(st, p) && st->count <= p->h)
			return;
	}
}

/* One row is the first line's: a sign at its end says that there is more. */
static void cut_to_one(struct story *st, const struct session *s, const struct facts *f,
	const struct pane *p)
{
	struct pane less = pane_sub(p, 0, 0, p->w - 2, p->h);

	text_clear(&st->lines[0]);
	tell_fitting(st, s, f, &less);
	text_add(&st->lines[0], " …");
	st->rows[0] = 1;
}

void story_fit(struct story *st, const struct session *s, const struct pane *p)
{
	struct facts f;

	story_free(st);
	if (s->shown.inside) {
		fit_inside(st, s, p);
		return;
	}
	if (tell_nothing(st, s)) {
		share_rows(st, p);
		return;
	}
	f = read_facts(s);
	next_line(st);
	tell_below(st, s, &f, TELL_ALL);
	tell_fitting(st, s, &f, p);
	if (share_rows(st, p) && st->count <= p->h)
		return;
	fit_below(st, s, &f, p);
	if (p->h == 1 && st->count > 1)
		cut_to_one(st, s, &f, p);
}

void story_free(struct story *st)
{
	for (int i = 0; i < STORY_LINES; i++)
		text_free(&st->lines[i]);
	st->count = 0;
}
