/* SPDX-License-Identifier: MIT */
#include "model/session/twin.h"

#include <stdlib.h>

#include "model/base/mem.h"
#include "model/session/beside.h"

struct twin {
	const struct release *chosen;  /* NULL: nobody chose */
	/* What it was made of: */
	const struct release *release; /* NULL: there is none yet */
	uint64_t edition, total;
	struct course course;          /* that was run: .first is the session's own point */
	bool waits;                    /* session_twin_waits() */
	struct session session;
};

static struct twin *twin_of(struct session *s)
{
	if (!s->desk.twin)
		s->desk.twin = xcalloc(1, sizeof *s->desk.twin);
	return s->desk.twin;
}

static void forget(struct twin *t)
{
	if (t->release)
		session_close(&t->session);
	course_free(&t->course);
	t->release = NULL;
}

void twin_drop(struct twin *t)
{
	if (t)
		forget(t);
	free(t);
}

/* The last one known, built without experiments. */
static const struct release *other_design(const struct release *own)
{
	const struct release *last = own;

	for (unsigned i = 0; release_at(i); i++)
		if (!release_at(i)->experiment && release_at(i)->engine != own->engine)
			last = release_at(i);
	return last;
}

const struct release *session_twin_release(const struct session *s)
{
	const struct twin *t = s->desk.twin;

	return t && t->chosen ? t->chosen : other_design(s->given.release);
}

const char *session_twin_chosen(const struct session *s)
{
	return s->desk.twin && s->desk.twin->chosen ? s->desk.twin->chosen->name : NULL;
}

bool session_set_twin(struct session *s, const char *release, struct error *err)
{
	const struct release *r = release_find(release, err);

	if (r)
		twin_of(s)->chosen = r;
	return r != NULL;
}

static bool make(struct session *s, struct twin *t, struct error *err)
{
	const struct release *r = session_twin_release(s);

	forget(t);
	if (s->source)
		return fail(err,
			"what was done to a map that a file has brought is not known: the view "
			"releases inserts its entries anew");
	if (!course_take(s, s->time.total, &t->course, err) ||
		!beside_open(s, r, true, &t->session, err))
		return false;
	t->release = r;
	if (!beside_run(&t->session, &t->course, err)) {
		forget(t);
		return fail_in(err, "Go %s", r->name);
	}
	t->edition = s->time.edition;
	t->total = s->time.total;
	return true;
}

/* The point there that belongs to one here. */
static uint64_t point_there(struct twin *t, uint64_t now)
{
	const struct course *c = &t->course;
	const struct entry *there;
	uint64_t done;
	size_t low = 0, high = c->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (c->list[middle].first < now)
			low = middle + 1;
		else
			high = middle;
	}
	t->waits = false;
	if (low == 0 || low > t->session.time.nentries)
		return low ? t->session.time.total : 0;
	there = &t->session.time.entries[low - 1];
	done = now - c->list[low - 1].first;
	t->waits = done > there->steps;
	return there->first + (done < there->steps ? done : there->steps);
}

/* The lookup that is shown is done there, too; of one that is walked through as many steps. */
static bool look_along(const struct session *s, struct session *there, struct error *err)
{
	const struct entry lookup = { .text = s->shown.probe_label };
	size_t total, step = session_step(s, &total), all;

	if (!session_look_again(there, &lookup, err))
		return false;
	session_step(there, &all);
	if (s->shown.inside && all)
		session_goto_step(there, step < all ? step : all);
	return true;
}

/* Within an operation it has done as many of its own steps, or all. */
static bool step_along(const struct session *s, struct twin *t, struct error *err)
{
	struct session *there = &t->session;
	size_t total, step = session_step(s, &total), all;

	session_forget_probe(there);
	session_whole(there);
	if (s->shown.probe_label && there->world.map.header)
		return look_along(s, there, err);
	if (t->waits || !session_half_done(s) || step >= total)
		return true;
	session_step(there, &all);
	return step >= all || !all || session_goto_event(there, step, err);
}

bool session_twin_waits(const struct session *s)
{
	return s->desk.twin && s->desk.twin->waits;
}

struct session *session_twin(struct session *s, struct error *err)
{
	struct twin *t = twin_of(s);
	bool ready = t->release == session_twin_release(s) && t->edition == s->time.edition &&
		t->total == s->time.total;

	if (!ready && !make(s, t, err))
		return NULL;
	t->session.hooks.watcher = s->hooks.watcher;
	return session_goto(&t->session, point_there(t, s->time.now), err) &&
		step_along(s, t, err) ? &t->session : NULL;
}
