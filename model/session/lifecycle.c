/* SPDX-License-Identifier: MIT */
#include "model/session/lifecycle.h"

#include <stdlib.h>
#include <string.h>

#include "model/session/books.h"
#include "model/base/mem.h"
#include "model/figures/figures.h"
#include "model/session/stand.h"

enum {
	COST_FREE = 4096, /* units that a sample may walk at any time, and */
	COST_STEP = 8,    /* so many more for each operation since the last one */
};

/* The map as it was after the operation before. */
struct past {
	uint64_t header, entries;
	uint64_t own[LIFE_PAST];
};

struct walk {
	struct lifecycle *life;
	struct past past;
	uint64_t emptied, grown; /* events of these kinds */
	size_t next;      /* sample that is due */
	uint64_t sampled; /* operation of the last one */
};

static struct past past_of(const struct map *m)
{
	struct past p = { .header = m->header, .entries = map_count(m) };

	if (m->header)
		figures_of(m)->past(m, p.own);
	return p;
}

static struct life_point now_point(const struct session *s, const char *what)
{
	struct life_point p = { .op = s->time.now, .what = what };
	const struct ledger *l;

	if (!s->world.map.header)
		return p;
	p.entries = map_count(&s->world.map);
	p.allocated = map_allocated(&s->world.map);
	/* Without a way back the books would be made anew each time. */
	if (!s->world.journal.on) {
		p.in_use = map_reached(&s->world.map);
		return p;
	}
	l = session_ledger(s);
	p.in_use = (struct account){ l->objects, l->total };
	return p;
}

/* What of note an operation did; NULL for nothing. */
static const char *of_note(struct walk *w, const struct map *m, const struct past *now,
	const char *verb)
{
	const struct past *was = &w->past;
	const char *grew;

	if (now->header != was->header)
		return now->header ? "made" : NULL;
	if (strcmp(verb, "clear") == 0)
		return "cleared";
	if (strcmp(verb, "gc") == 0)
		return "collected";
	grew = now->header ? figures_of(m)->grew(m, was->own, now->own) : NULL;
	if (grew)
		return w->grown++ < LIFE_EMPTIED ? grew : NULL;
	if (was->entries == 0 && now->entries == 1)
		return w->emptied++ < LIFE_EMPTIED ? "the first entry" : NULL;
	if (was->entries > 0 && now->entries == 0)
		return w->emptied++ < LIFE_EMPTIED ? "the last entry is gone" : NULL;
	return NULL;
}

static void add_event(struct lifecycle *life, struct life_point p)
{
	xadd(life->events, life->nevents, life->cap, p);
}

/* The i-th of the samples belongs to this operation. */
static uint64_t sample_op(const struct lifecycle *life, size_t i)
{
	uint64_t n = life->total < LIFE_SAMPLES ? life->total : LIFE_SAMPLES - 1;

	return n ? (uint64_t)((unsigned __int128)life->total * i / n) : 0;
}

/* Units that a look at the figures has to walk. */
static uint64_t cost_of(const struct session *s)
{
	return s->world.journal.on ? 0 : map_extent(&s->world.map).units;
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

static void look(struct session *s, const char *verb, const uint8_t *key, void *data)
{
	struct walk *w = data;
	struct past now = past_of(&s->world.map);
	const char *what = of_note(w, &s->world.map, &now, verb);

	(void)key;
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
			look(s, verb, NULL, w);
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
	const struct stand here = stand_of(s);
	struct error unused;
	bool ok;

	*life = (struct lifecycle){ .edition = s->time.edition, .total = s->time.total };
	session_whole(s);
	life->samples = xcalloc(LIFE_SAMPLES, sizeof *life->samples);
	ok = walk_through(s, &w, err);
	stand_back(s, &here, &unused);
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
