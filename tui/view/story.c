/* SPDX-License-Identifier: MIT */
#include "tui/view/story.h"

#include <inttypes.h>
#include <string.h>

enum {
	LABEL_MOST = 80,    /* bytes */
	BRIEF = 100,        /* fewer columns than this: fewer words */
	BRIEFEST = 60,      /* not even the hash */
};

/* What a trace says at a glance. */
struct facts {
	const struct trace_event *hash, *grow, *claim, *update, *link, *delete, *found, *miss;
	const struct trace_event *clear, *gc, *make, *grown, *rest, *hash0;
	const struct trace_event *evacuated[3];
	unsigned nevacuated, visited, rested;
	bool unhashed; /* the bucket was chosen without a hash */
};

static void note_fact(struct facts *f, const struct trace_event *e)
{
	switch ((enum trace_kind)e->kind) {
	case TRACE_HASH:
		f->hash = e;
		break;
	case TRACE_GROW:
		f->grow = e;
		break;
	case TRACE_CLAIM:
		f->claim = e;
		break;
	case TRACE_UPDATE:
		f->update = e;
		break;
	case TRACE_LINK:
		f->link = e;
		break;
	case TRACE_DELETE:
		f->delete = e;
		break;
	case TRACE_FOUND:
		f->found = e;
		break;
	case TRACE_MISS:
		f->miss = e;
		break;
	case TRACE_CLEAR:
		f->clear = e;
		break;
	case TRACE_GC:
		f->gc = e;
		break;
	case TRACE_MAKE:
		f->make = e;
		break;
	case TRACE_GROWN:
		f->grown = e;
		break;
	case TRACE_HASH0:
		f->hash0 = e;
		break;
	case TRACE_REST:
		f->rested++;
		break;
	case TRACE_EVACUATED:
		if (f->nevacuated < 3)
			f->evacuated[f->nevacuated++] = e;
		break;
	case TRACE_BUCKET:
		f->unhashed = e->a == CHOICE_ONLY;
		break;
	case TRACE_VISIT:
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
static void tell_hash(struct text *t, const struct session *s, const struct facts *f, int width)
{
	const struct trace_event *e = f->hash;
	unsigned B = (unsigned)(f->grow ? f->grow->b : e->d);
	uint64_t bucket = e->a & ((1ull << B) - 1);
	bool brief = width < BRIEF;

	if (width < BRIEFEST)
		text_add(t, " → ");
	else if (brief && s->target->ptrsize == 8)
		text_printf(t, ": hash 0x%04x…%04x → ", (unsigned)(e->a >> 48),
			(unsigned)(e->a & 0xffff));
	else
		text_printf(t, ": hash 0x%0*" PRIx64 " → ", (int)s->target->ptrsize * 2, e->a);
	if (B > 0 && brief) {
		text_printf(t, "bucket %" PRIu64, bucket);
	} else if (B > 0) {
		story_add_bits(t, bucket, B);
		text_printf(t, " → bucket %" PRIu64, bucket);
	} else {
		text_add(t, "the only bucket");
	}
	if (width >= BRIEFEST)
		text_printf(t, ", tophash %02x", (unsigned)e->c);
}

static void tell_place(struct text *t, const struct trace_event *e, const char *what)
{
	text_printf(t, ", %s slot %u", what, e->slot);
	if (e->chain)
		text_printf(t, " of overflow bucket %u", e->chain);
}

static void tell_result(struct text *t, const struct facts *f)
{
	if (f->claim)
		tell_place(t, f->claim, f->claim->d ? "reuses the tombstone in" : "takes");
	else if (f->update)
		tell_place(t, f->update, "overwrites the elem in");
	else if (f->delete)
		tell_place(t, f->delete, "was in");
	else if (f->found)
		tell_place(t, f->found, f->found->c ? "found in the old array," : "found in");
	else if (f->miss)
		text_printf(t, ", not there: %u bucket%s looked through", f->visited,
			f->visited == 1 ? "" : "s");
}

static void tell_growth(struct story *st, const struct facts *f)
{
	const struct trace_event *g = f->grow;
	struct text *t = next_line(st);

	if (g->d)
		text_printf(t, "growth starts, to the same size: about as many overflow buckets as "
			       "buckets (%llu)", 1ull << g->a);
	else
		text_printf(t, "growth starts, %llu bucket%s to %llu: entry %" PRIu64 " would pass the "
			       "load factor", 1ull << g->a, g->a ? "s" : "", 1ull << g->b, g->c + 1);
}

static void tell_evacuation(struct story *st, const struct facts *f)
{
	struct text *t = next_line(st);

	for (unsigned i = 0; i < f->nevacuated; i++) {
		const struct trace_event *e = f->evacuated[i];

		text_printf(t, "%sold bucket %" PRIu64 " evacuated: %" PRIu64 " cell%s to X, %" PRIu64
			       " to Y", i ? "; " : "", e->bucket, e->a, e->a == 1 ? "" : "s", e->b);
	}
	if (f->grown)
		text_add(t, "; the growth is over");
}

static void tell_rest(struct story *st, const struct facts *f)
{
	if (f->link)
		text_printf(next_line(st), "the chain was full: %s linked as overflow bucket %u",
			f->link->d ? "a spare bucket is" : "a new bucket is allocated and",
			f->link->chain);
	if (f->delete && f->rested)
		text_printf(next_line(st), "nothing follows: %u tombstone%s back to emptyRest",
			f->rested, f->rested == 1 ? " turns" : "s turn");
	else if (f->delete)
		text_add(next_line(st), "something may follow: a tombstone (emptyOne) stays");
	if (f->delete && f->hash0)
		text_printf(next_line(st), "the last key is gone: a new hash0, 0x%08" PRIx64, f->hash0->a);
}

/* Operations that have no key. */
static void tell_plain(struct text *t, const struct facts *f)
{
	if (f->clear)
		text_printf(t, ": %" PRIu64 " entries gone, the array is zeroed and stays", f->clear->a);
	if (f->gc)
		text_printf(t, ": %" PRIu64 " objects, %" PRIu64 " bytes collected", f->gc->a, f->gc->b);
	if (f->make && f->make->c)
		text_printf(t, ": hint %" PRIu64 " gives %llu buckets", f->make->b, 1ull << f->make->c);
	else if (f->make)
		text_printf(t, ": %sonly the header; the first write allocates a bucket",
			f->make->d ? "a hint that large counts as none; " : "");
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

/* Inside an operation: which of its events was the last, and what it did. */
static void tell_inside(struct story *st, const struct session *s, const struct trace_event *list,
	int width)
{
	struct text *t = next_line(st);
	size_t all, step = session_step(s, &all);

	/* With little room the one line that is seen says what happened. */
	if (width < BRIEFEST) {
		text_printf(t, "%zu/%zu ", step, all);
	} else {
		story_label(t, s->probe_label ? s->probe_label : session_point(s)->label);
		text_printf(t, " · event %zu of %zu", step, all);
		t = next_line(st);
	}
	story_step(s, list, s->inside_events, s->inside_slots, t);
}

void story_tell(struct story *st, const struct session *s, int width)
{
	const struct point *p = session_point(s);
	const struct trace_event *list = NULL;
	struct facts f = { 0 };
	size_t n;
	struct text *t;

	story_free(st);
	list = session_events(s, &n);
	if (s->inside) {
		tell_inside(st, s, list, width);
		return;
	}
	t = next_line(st);
	if (!p && !s->probe_label) {
		text_add(t, s->now == 0 ? "the beginning: nothing was done yet"
					: "in the middle of a long run: step once to see what a step does");
		return;
	}
	for (size_t i = 0; i < n; i++)
		note_fact(&f, &list[i]);
	story_label(t, s->probe_label ? s->probe_label : p->label);
	if (story_range(st, s, list, n))
		return;
	if (f.hash)
		tell_hash(t, s, &f, width);
	else if (f.unhashed)
		text_add(t, ": the only bucket, no hash needed");
	tell_result(t, &f);
	tell_plain(t, &f);
	if (f.grow)
		tell_growth(st, &f);
	if (f.nevacuated)
		tell_evacuation(st, &f);
	tell_rest(st, &f);
}

void story_free(struct story *st)
{
	for (int i = 0; i < STORY_LINES; i++)
		text_free(&st->lines[i]);
	st->count = 0;
}
