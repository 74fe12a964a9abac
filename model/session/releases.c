/* SPDX-License-Identifier: MIT */
#include "model/session/releases.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/figures/figures.h"
#include "model/session/beside.h"

/* One run, and what is remembered of its map to tell whether it grew. */
struct run {
	struct release_row *row;
	uint64_t header;
	uint64_t past[LIFE_PAST];
	struct extent extent;
};

static void note_growth(struct run *r, const struct map *m)
{
	struct extent before = r->extent;
	uint64_t was[LIFE_PAST];

	memcpy(was, r->past, sizeof was);
	figures_of(m)->past(m, r->past);
	r->extent = map_extent(m);
	/* The end of a growth changes neither. */
	if (!figures_of(m)->grew(m, was, r->past) ||
		(r->extent.units == before.units && r->extent.array == before.array))
		return;
	if (r->row->growths < GROWTHS_TOLD)
		r->row->grew_at[r->row->growths] = map_count(m);
	r->row->growths++;
}

static void look(struct session *s, const char *verb, const uint8_t *key, void *data)
{
	struct run *r = data;
	const struct map *m = &s->world.map;

	(void)verb;
	(void)key;
	if (m->header == r->header && m->header) {
		note_growth(r, m);
		return;
	}
	r->header = m->header;
	if (!m->header)
		return;
	figures_of(m)->past(m, r->past);
	r->extent = map_extent(m);
}

/* What another release refuses, mostly a type, is told in its row. */
static bool refuse(struct release_row *row, struct error *err)
{
	bool chosen = row->chosen;

	if (!chosen)
		*row = (struct release_row){
			.release = row->release, .refused = true, .why = *err
		};
	return !chosen;
}

static bool take(const struct session *s, const struct course *c, struct release_row *row,
	struct error *err)
{
	struct session beside;
	struct run run = { .row = row };
	bool ok;

	if (!beside_open(s, row->release, false, &beside, err))
		return refuse(row, err);
	beside.hooks.watch = look;
	beside.hooks.watch_data = &run;
	ok = beside_run(&beside, c, err);
	if (!ok && !beside.run.interrupted) {
		ok = refuse(row, err);
	} else if (ok) {
		row->entries = map_count(&beside.world.map);
		row->in_use = map_reached(&beside.world.map);
		row->allocated = map_allocated(&beside.world.map);
		row->most = beside.world.peak;
	}
	session_close(&beside);
	return ok;
}

static bool take_all(const struct session *s, struct releases *all, struct error *err)
{
	struct course course;
	bool ok = course_take(s, s->time.now, &course, err);

	all->anew = course.anew;
	for (unsigned i = 0; ok && release_at(i) && all->count < RELEASES_MOST; i++) {
		struct release_row *row = &all->rows[all->count++];

		row->release = release_at(i);
		row->chosen = row->release == s->given.release;
		ok = take(s, &course, row, err);
	}
	course_free(&course);
	return ok;
}

const struct releases *session_releases(struct session *s, struct error *err)
{
	struct releases *r = s->desk.releases;

	if (r && r->edition == s->time.edition && r->now == s->time.now &&
		r->target == s->given.target)
		return r;
	free(r);
	s->desk.releases = NULL;
	r = xcalloc(1, sizeof *r);
	*r = (struct releases){ .edition = s->time.edition, .now = s->time.now,
		.target = s->given.target };
	if (take_all(s, r, err)) {
		s->desk.releases = r;
		return r;
	}
	free(r);
	return NULL;
}
