/* SPDX-License-Identifier: MIT */
#include "model/lifecycle.h"

#include <stdlib.h>

#include "model/mem.h"

static struct life_point now_point(const struct session *s, const char *what)
{
	struct life_point p = { .op = s->now, .what = what };

	if (!s->map.hmap)
		return p;
	p.entries = map_get(&s->map, HMAP_COUNT);
	p.allocated = (struct account){ s->heap.state.alloc_objects, s->heap.state.alloc_bytes };
	p.in_use = map_reached(&s->map);
	return p;
}

/* What of note the step that led here did; NULL for nothing. */
static const char *of_note(const struct session *s, uint64_t entries_before)
{
	const char *what = NULL;
	size_t n;
	const struct trace_event *e = session_trace(s, &n);
	uint64_t entries = s->map.hmap ? map_get(&s->map, HMAP_COUNT) : 0;

	for (size_t i = 0; i < n; i++) {
		switch (e[i].kind) {
		case TRACE_MAKE:
			what = "made";
			break;
		case TRACE_GROW:
			what = e[i].d ? "a growth of the same size starts" : "a doubling starts";
			break;
		case TRACE_GROWN:
			what = what ? what : "the growth is over";
			break;
		case TRACE_CLEAR:
			what = "cleared";
			break;
		case TRACE_GC:
			what = "collected";
			break;
		case TRACE_OPEN:
			what = "a snapshot of the file";
			break;
		default:
			break;
		}
	}
	if (!what && entries_before == 0 && entries == 1)
		what = "the first entry";
	if (!what && entries_before > 0 && entries == 0)
		what = "the last entry is gone";
	return what;
}

static void add_event(struct lifecycle *life, struct life_point p)
{
	life->events = grow(life->events, &life->cap, life->nevents, sizeof *life->events);
	life->events[life->nevents++] = p;
}

/* The i-th of the samples belongs to this operation. */
static uint64_t sample_op(const struct session *s, size_t i)
{
	uint64_t n = s->total < LIFE_SAMPLES ? s->total : LIFE_SAMPLES - 1;

	return n ? s->total * i / n : 0;
}

static bool walk(struct session *s, struct lifecycle *life, struct error *err)
{
	uint64_t entries = 0;

	for (uint64_t p = 0; p <= s->total; p++) {
		const char *what;

		if (!session_goto(s, p, err))
			return false;
		what = of_note(s, entries);
		entries = s->map.hmap ? map_get(&s->map, HMAP_COUNT) : 0;
		if (p == s->total && !what)
			what = "the end";
		if (what && p > 0)
			add_event(life, now_point(s, what));
		if (life->nsamples < LIFE_SAMPLES && p == sample_op(s, life->nsamples))
			life->samples[life->nsamples++] = now_point(s, "");
	}
	return true;
}

bool lifecycle_take(struct session *s, struct lifecycle *life, struct error *err)
{
	uint64_t now = s->now;
	struct error unused;
	bool ok;

	*life = (struct lifecycle){ 0 };
	if (s->total > LIFE_MOST)
		return fail(err, "%llu operations are too many to go through: %u at most",
			(unsigned long long)s->total, LIFE_MOST);
	session_whole(s);
	life->samples = xcalloc(LIFE_SAMPLES, sizeof *life->samples);
	ok = walk(s, life, err);
	session_goto(s, now, &unused);
	return ok;
}

void lifecycle_free(struct lifecycle *life)
{
	free(life->events);
	free(life->samples);
}
