/* SPDX-License-Identifier: MIT */
#include "tui/frames.h"

#include <string.h>

/* ORDER FRAMES */
static const struct frames_row rows[] = {
	{ "ops", "after each operation" },
	{ "events", "after each event inside of operations" },
	{ "growth", "when a growth starts, after each evacuation, when it is over" },
	{ "snapshots", "at each command snapshot" },
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
	return fail(err, "unknown frames \"%.40s\": one of ops, events, growth, snapshots", name);
}

bool frames_begin(struct frames *f, struct session *s, enum frames_kind kind, struct error *err)
{
	*f = (struct frames){ .s = s, .kind = kind };
	if (kind == FRAMES_SNAPSHOTS && s->nsnapshots == 0)
		return fail(err, "--frames snapshots: the script has no command snapshot");
	return session_goto(s, 0, err);
}

static bool is_growth(const struct trace_event *e)
{
	return e->kind == TRACE_GROW || e->kind == TRACE_EVACUATED || e->kind == TRACE_GROWN;
}

const struct trace_event *frames_event(const struct frames *f)
{
	const struct session *s = f->s;
	size_t n;
	const struct trace_event *list = session_trace(s, &n);

	if (f->kind != FRAMES_EVENTS && f->kind != FRAMES_GROWTH)
		return NULL;
	if (s->inside)
		n = s->inside_events;
	return n > 0 ? &list[n - 1] : NULL;
}

static bool step_point(struct frames *f, struct error *err)
{
	if (f->s->now >= f->s->total)
		return false;
	if (!session_goto(f->s, f->s->now + 1, err))
		f->failed = true;
	return !f->failed;
}

static bool step_event(struct frames *f, struct error *err)
{
	if (!f->s->inside && f->s->now >= f->s->total)
		return false;
	if (!session_step_event(f->s, true, err))
		f->failed = true;
	return !f->failed;
}

/* To just before the next operation that belongs to a growth. */
static bool find_growth(struct frames *f, struct error *err)
{
	while (step_point(f, err)) {
		size_t n;
		const struct trace_event *list = session_trace(f->s, &n);

		for (size_t i = 0; i < n; i++) {
			if (!is_growth(&list[i]))
				continue;
			f->failed = !session_goto(f->s, f->s->now - 1, err);
			return !f->failed;
		}
	}
	return false;
}

static bool next_growth(struct frames *f, struct error *err)
{
	for (;;) {
		if (!f->inside && !find_growth(f, err))
			return false;
		while (step_event(f, err)) {
			const struct trace_event *e = frames_event(f);

			f->inside = f->s->inside;
			if (e && is_growth(e))
				return true;
			if (!f->inside)
				break;
		}
		if (f->failed)
			return false;
	}
}

static bool next_snapshot(struct frames *f, struct error *err)
{
	if (f->snapshot == f->s->nsnapshots)
		return false;
	f->failed = !session_goto(f->s, f->s->snapshots[f->snapshot++].point, err);
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
	default:
		return step_point(f, err);
	}
}

/* Where in the journal the present frame's changes begin, when `at` is where the last one ended. */
static size_t changes_begin(const struct frames *f, uint64_t point, size_t at)
{
	const struct point *p = session_point(f->s);

	if (!p)
		return f->s->journal.at;
	return f->s->now == point && at > p->journal ? at : p->journal;
}

bool frames_next(struct frames *f, struct error *err)
{
	uint64_t point = f->s->now;
	size_t at = f->s->journal.at;

	do {
		if (!next_of_kind(f, err))
			return false;
	} while (!f->s->map.hmap);
	if (f->count == FRAMES_MOST) {
		f->cut = true;
		return false;
	}
	f->journal = changes_begin(f, point, at);
	f->since = f->count++ ? point : 0;
	return true;
}

bool frames_end(const struct frames *f, struct error *err)
{
	if (f->failed)
		return false;
	if (f->count > 0)
		return true;
	return fail(err, "--frames %s: there is none in %llu operation%s", rows[f->kind - FRAMES_OPS].name,
		(unsigned long long)f->s->total, f->s->total == 1 ? "" : "s");
}

void frames_changes(const struct frames *f, struct changes *c)
{
	if (f->kind != FRAMES_SNAPSHOTS)
		changes_from(c, f->s, f->journal);
	else if (f->count == 1 || !changes_since(c, f->s, f->since))
		c->count = 0;
}

const char *frames_caption(const struct frames *f)
{
	const struct session *s = f->s;

	for (size_t i = s->ncaptions; i-- > 0;) {
		if (s->captions[i].point > s->now)
			continue;
		if (f->count > 1 && s->captions[i].point <= f->since)
			return NULL;
		return *s->captions[i].text ? s->captions[i].text : NULL;
	}
	return NULL;
}

bool frames_landmark(const struct session *s)
{
	size_t n;
	const struct trace_event *e = session_trace(s, &n);

	for (size_t i = 0; i < s->ncaptions; i++)
		if (s->captions[i].point == s->now)
			return true;
	for (size_t i = 0; i < n; i++)
		if (e[i].kind == TRACE_GROW || e[i].kind == TRACE_LINK || e[i].kind == TRACE_CLEAR ||
			e[i].kind == TRACE_GROWN)
			return true;
	return false;
}
