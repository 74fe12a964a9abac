/* SPDX-License-Identifier: MIT */
#include "model/session/lifecycle.h"

#include <stdlib.h>
#include <string.h>

#include "model/session/books.h"
#include "model/base/mem.h"
#include "model/map/classic/reading.h"

enum {
	COST_FREE = 4096, /* buckets that a sample may walk at any time, and */
	COST_STEP = 8,    /* so many more for each operation since the last one */
};

/* The map as it was after the operation before. */
struct past {
	uint64_t hmap, buckets, old, B, entries;
};

struct walk {
	struct lifecycle *life;
	struct past past;
	uint64_t emptied; /* events of that kind */
	size_t next;      /* sample that is due */
	uint64_t sampled; /* operation of the last one */
};

static struct past past_of(const struct map *m)
{
	struct past p = { .hmap = m->header };

	if (!m->header)
		return p;
	p.buckets = map_get(m, HMAP_BUCKETS);
	p.old = map_get(m, HMAP_OLDBUCKETS);
	p.B = map_get(m, HMAP_B);
	p.entries = map_get(m, HMAP_COUNT);
	return p;
}

static struct life_point now_point(const struct session *s, const char *what)
{
	struct life_point p = { .op = s->time.now, .what = what };
	const struct ledger *l;

	if (!s->world.map.header)
		return p;
	l = session_ledger(s);
	p.entries = l->entries;
	p.allocated = (struct account){ s->world.heap.state.alloc_objects,
		s->world.heap.state.alloc_bytes };
	p.in_use = (struct account){ l->objects, l->total };
	return p;
}

/* A growth that began: whether one ended before, in the same operation, and whether it is over. */
static const char *started(bool same_size, bool ended, bool over)
{
	static const char *const doubling[] = { "a doubling starts", "a doubling starts and ends",
		"a growth ends, a doubling starts", "a growth ends, a doubling starts and ends" };
	static const char *const same[] = { "a growth of the same size starts",
		"a growth of the same size starts and ends",
		"a growth ends, one of the same size starts",
		"a growth ends, one of the same size starts and ends" };

	return (same_size ? same : doubling)[2 * ended + over];
}

/* What of note an operation did; NULL for nothing. */
static const char *of_note(struct walk *w, const struct past *now, const char *verb)
{
	const struct past *was = &w->past;

	if (now->hmap != was->hmap)
		return now->hmap ? "made" : NULL;
	if (strcmp(verb, "clear") == 0)
		return "cleared";
	if (strcmp(verb, "gc") == 0)
		return "collected";
	if (was->buckets && now->buckets != was->buckets)
		return started(now->B == was->B, was->old != 0, now->old == 0);
	if (was->old && !now->old)
		return "the growth is over";
	if (was->entries == 0 && now->entries == 1)
		return w->emptied++ < LIFE_EMPTIED ? "the first entry" : NULL;
	if (was->entries > 0 && now->entries == 0)
		return w->emptied++ < LIFE_EMPTIED ? "the last entry is gone" : NULL;
	return NULL;
}

static void add_event(struct lifecycle *life, struct life_point p)
{
	life->events = grow(life->events, &life->cap, life->nevents, sizeof *life->events);
	life->events[life->nevents++] = p;
}

/* The i-th of the samples belongs to this operation. */
static uint64_t sample_op(const struct lifecycle *life, size_t i)
{
	uint64_t n = life->total < LIFE_SAMPLES ? life->total : LIFE_SAMPLES - 1;

	return n ? (uint64_t)((unsigned __int128)life->total * i / n) : 0;
}

/* Buckets that a look at the figures has to walk. */
static uint64_t cost_of(const struct session *s)
{
	return s->world.journal.on || !s->world.map.header ? 0 : 1ull << map_get(&s->world.map,
		HMAP_B);
}

static void sample(struct walk *w, const struct session *s)
{
	struct lifecycle *life = w->life;
	bool last = s->time.now == life->total;

	if (s->time.now < sample_op(life, w->next) || life->nsamples == LIFE_SAMPLES)
		return;
	if (!last && cost_of(s) > COST_FREE + COST_STEP * (s->time.now - w->sampled))
		return;
	while (w->next < LIFE_SAMPLES && sample_op(life, w->next) <= s->time.now)
		w->next++;
	w->sampled = s->time.now;
	life->samples[life->nsamples++] = now_point(s, "");
}

static void look(struct session *s, const char *verb, void *data)
{
	struct walk *w = data;
	struct past now = past_of(&s->world.map);
	const char *what = of_note(w, &now, verb);

	w->past = now;
	if (s->time.now == w->life->total && !what)
		what = "the end";
	if (what && s->time.now > 0)
		add_event(w->life, now_point(s, what));
	sample(w, s);
}

/* The first word of a label. */
static void read_verb(const struct session *s, char *verb, size_t size)
{
	const struct point *p = session_point(s);
	size_t n = p ? strcspn(p->label, " ") : 0;

	n = n < size ? n : size - 1;
	memcpy(verb, p ? p->label : "", n);
	verb[n] = '\0';
}

/* Where the journal has all of it, point by point; else all is run again. */
static bool walk_through(struct session *s, struct walk *w, struct error *err)
{
	bool ok;

	if (s->world.journal.on && s->time.window.start == 0 &&
		s->time.window.end == s->time.total) {
		for (uint64_t p = 0; p <= s->time.total; p++) {
			char verb[16];

			if (!session_goto(s, p, err))
				return false;
			books_keep(s);
			read_verb(s, verb, sizeof verb);
			look(s, verb, w);
		}
		return true;
	}
	/* Point 0, where there is no map. */
	w->life->samples[w->life->nsamples++] = (struct life_point){ .what = "" };
	w->next = 1;
	s->hooks.watch = look;
	s->hooks.watch_data = w;
	ok = session_run_again(s, err);
	s->hooks.watch = NULL;
	return ok;
}

bool lifecycle_take(struct session *s, struct lifecycle *life, struct error *err)
{
	struct walk w = { .life = life };
	uint64_t now = s->time.now;
	struct error unused;
	bool ok;

	*life = (struct lifecycle){ .edition = s->time.edition, .total = s->time.total };
	session_whole(s);
	life->samples = xcalloc(LIFE_SAMPLES, sizeof *life->samples);
	ok = walk_through(s, &w, err);
	session_goto(s, now, &unused);
	return ok;
}

void lifecycle_free(struct lifecycle *life)
{
	free(life->events);
	free(life->samples);
}

void lifecycle_drop(struct lifecycle *life)
{
	if (life)
		lifecycle_free(life);
	free(life);
}

const struct lifecycle *session_lifecycle(struct session *s, struct error *err)
{
	if (s->desk.life && s->desk.life->edition == s->time.edition)
		return s->desk.life;
	lifecycle_drop(s->desk.life);
	s->desk.life = xcalloc(1, sizeof *s->desk.life);
	if (lifecycle_take(s, s->desk.life, err))
		return s->desk.life;
	lifecycle_drop(s->desk.life);
	s->desk.life = NULL;
	return NULL;
}
