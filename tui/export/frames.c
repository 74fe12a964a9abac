/* SPDX-License-Identifier: MIT */
#include "tui/export/frames.h"

#include <string.h>

#include "tui/view/design.h"

/* ORDER FRAMES */
static const struct frames_row rows[] = {
	{ "ops", "after each operation" },
	{ "events", "after each event inside of operations" },
	{ "growth", "when a growth starts, after each part of it, when it is over" },
	{ "snapshots", "at each command snapshot" },
	{ "captions", "where something is said" },
};

const struct frames_row *frames_at(unsigned i)
{
	return i < sizeof rows / sizeof *rows ? &rows[i] : NULL;
}

bool frames_find(const char *name, enum frames_kind *kind, struct error *err)
{
	for (unsigned i = 0; frames_at(i); i++) {
		if (strcmp(name, rows[i].name) != 0)
			continue;
		*kind = (enum frames_kind)(FRAMES_OPS + i);
		return true;
	}
	return fail(err,
		"unknown frames \"%.40s\": one of ops, events, growth, snapshots, captions", name);
}

bool frames_begin(struct frames *f, struct session *s, enum frames_kind kind, struct error *err)
{
	*f = (struct frames){ .s = s, .kind = kind, .home = stand_of(s) };
	if (kind == FRAMES_SNAPSHOTS && s->time.nsnapshots == 0)
		return fail(err, "--frames snapshots: the script has no command snapshot");
	if (kind == FRAMES_CAPTIONS && s->time.ncaptions == 0)
		return fail(err, "--frames captions: the script has no command caption");
	return session_goto(s, 0, err);
}

static bool step_point(struct frames *f, struct error *err)
{
	if (f->s->time.now >= f->home.point)
		return false;
	f->failed = !session_goto(f->s, f->s->time.now + 1, err);
	return !f->failed;
}

/* The next lookup that was done at the present point. */
static bool next_lookup(struct frames *f, struct error *err)
{
	const struct entry *e = stand_lookup(f->s, f->s->time.now, &f->entry);

	f->failed = e && !session_look_again(f->s, e, err);
	return e && !f->failed;
}

static bool step_op(struct frames *f, struct error *err)
{
	return next_lookup(f, err) || (!f->failed && step_point(f, err));
}

static bool step_event(struct frames *f, struct error *err)
{
	size_t all, step = session_step(f->s, &all);

	/* At the end of an operation, or of a lookup that was walked through. */
	if ((!f->s->shown.inside || (f->s->shown.probe_label && step == all)) && !next_lookup(f,
		err) && (f->failed || f->s->time.now >= f->home.point))
		return false;
	f->failed = !session_step_event(f->s, true, err);
	return !f->failed;
}

/* The next event of a growth, in the operation that is shown or in one that follows. */
static bool next_growth(struct frames *f, struct error *err)
{
	do {
		size_t n;
		const struct map_event *list = session_trace(f->s, &n);
		const struct design *d = design_of(&f->s->world.map);
		size_t seen;

		while (f->event < n) {
			if (!(d->events->moment(&list[f->event++]) & MOMENT_GROWTH))
				continue;
			seen = d->events->seen_after(list, n, f->event);
			f->failed = !session_goto_event(f->s,
				event_steps(list, seen, list[seen - 1].looked), err);
			return !f->failed;
		}
		f->event = 0;
	} while (step_point(f, err));
	return false;
}

static bool next_snapshot(struct frames *f, struct error *err)
{
	const struct session *s = f->s;

	if (f->snapshot == s->time.nsnapshots ||
		s->time.snapshots[f->snapshot].point > f->home.point)
		return false;
	f->failed = !session_goto(f->s, s->time.snapshots[f->snapshot++].point, err);
	return !f->failed;
}

/* The point up to which captions have begun: an operation has to be done. */
static uint64_t said_up_to(uint64_t now, bool half_done)
{
	return half_done ? now - 1 : now;
}

static bool next_caption(struct frames *f, struct error *err)
{
	const struct session *s = f->s;
	uint64_t last = said_up_to(f->home.point, f->home.step > 0);
	const struct caption *c;

	do {
		if (f->said == s->time.ncaptions || s->time.captions[f->said].point > last)
			return false;
		c = &s->time.captions[f->said++];
	} while (!*c->text);
	f->failed = !session_goto(f->s, c->point, err) ||
		!stand_look(f->s, c->point, c->entries, err);
	return !f->failed;
}

static bool next_of_kind(struct frames *f, struct error *err)
{
	switch (f->kind) {
	case FRAMES_EVENTS:
		return step_event(f, err);
	case FRAMES_GROWTH:
		return next_growth(f, err);
	case FRAMES_SNAPSHOTS:
		return next_snapshot(f, err);
	case FRAMES_CAPTIONS:
		return next_caption(f, err);
	default:
		return step_op(f, err);
	}
}

/* Where in the journal the present frame's changes begin, when `at` is where the last one ended. */
static size_t changes_begin(const struct frames *f, uint64_t point, size_t at)
{
	const struct point *p = session_point(f->s);

	if (!p || f->s->shown.probe_label) /* a lookup changes nothing */
		return f->s->world.journal.at;
	return f->s->time.now == point && at > p->journal ? at : p->journal;
}

/* The last of the captions that have begun since the last frame; an operation has to be done. */
static void take_caption(struct frames *f)
{
	const struct session *s = f->s;
	uint64_t done = said_up_to(s->time.now, session_half_done(s));

	f->caption = NULL;
	for (; f->captions < s->time.ncaptions &&
		s->time.captions[f->captions].point <= done; f->captions++)
		f->caption = s->time.captions[f->captions].text;
	if (f->caption && !*f->caption)
		f->caption = NULL;
}

bool frames_next(struct frames *f, struct error *err)
{
	uint64_t point = f->s->time.now;
	size_t at = f->s->world.journal.at;

	do {
		f->failed = work_stops(&f->s->hooks.watcher,
			(struct work){ "op", f->s->time.now, f->home.point, false }) &&
			!work_fail(err);
		if (f->failed || !next_of_kind(f, err))
			return false;
	} while (!f->s->world.map.header);
	if (f->count == FRAMES_MOST) {
		f->cut = true;
		f->since = point;
		return false;
	}
	f->journal = changes_begin(f, point, at);
	f->since = f->count++ ? point : 0;
	take_caption(f);
	return true;
}

bool frames_end(struct frames *f, struct error *err)
{
	struct error unused;

	if (!stand_back(f->s, &f->home, f->failed ? &unused : err) || f->failed)
		return false;
	if (f->count > 0)
		return true;
	return fail(err, "--frames %s: there is none in %llu operation%s",
		rows[f->kind - FRAMES_OPS].name, (unsigned long long)f->home.point,
		f->home.point == 1 ? "" : "s");
}

void frames_changes(const struct frames *f, struct changes *c)
{
	if (f->kind != FRAMES_SNAPSHOTS)
		changes_from(c, f->s, f->journal);
	else if (f->count == 1 || !changes_since(c, f->s, f->since))
		c->count = 0;
}

bool frames_landmark(const struct session *s)
{
	size_t n;
	const struct map_event *e = session_trace(s, &n);
	const struct design *d = design_of(&s->world.map);

	for (size_t i = 0; i < s->time.ncaptions; i++)
		if (s->time.captions[i].point == s->time.now)
			return true;
	for (size_t i = 0; i < n; i++)
		if (e[i].kind == EVENT_CLEAR || d->events->moment(&e[i]) & MOMENT_LANDMARK)
			return true;
	return false;
}
