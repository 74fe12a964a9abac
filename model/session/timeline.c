/* SPDX-License-Identifier: MIT */
/* The session's time axis: making points, going to them, running commands again. */
#include "model/session/session.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/session/command.h"

enum {
	BULK = 200000,       /* a run of more operations than this is not journaled as a whole */
	WINDOW = 4096,       /* points journaled around one that had to be run to again */
};
#define JOURNAL_MOST ((size_t)512 << 20) /* bytes; then the older half is forgotten */

void session_forget_points(struct session *s, size_t from)
{
	for (size_t i = from; i < s->npoints; i++)
		free(s->points[i].label);
	if (from < s->npoints)
		s->npoints = from;
	s->trace.count = from ? s->points[from - 1].trace : 0;
}

/* The window is empty and starts at the present point. */
void session_record(struct session *s, bool on)
{
	s->journal.on = on;
	s->map.trace = on ? &s->trace : NULL;
	journal_clear(&s->journal);
	session_forget_points(s, 0);
	s->window_start = s->window_end = s->now;
}

bool step_begin(struct session *s)
{
	if (s->now >= s->stop)
		return false;
	if ((s->now & 4095) == 0 && s->interrupt && s->interrupt(s->interrupt_data)) {
		s->interrupted = true;
		return false;
	}
	session_change(s);
	s->map.landmarks = 0;
	session_forget_probe(s);
	heap_scratch_reset(&s->heap);
	if (!s->journal.on && s->history && s->now >= s->record_from)
		session_record(s, true);
	s->step_journal = s->journal.at;
	return true;
}

/* The older half of the window is forgotten. */
static void shorten_window(struct session *s)
{
	size_t half = s->npoints / 2, events, journal;

	if (half == 0)
		return;
	events = s->points[half - 1].trace;
	journal = s->points[half].journal;
	journal_forget(&s->journal, journal);
	for (size_t i = 0; i < half; i++)
		free(s->points[i].label);
	s->npoints -= half;
	memmove(s->points, s->points + half, s->npoints * sizeof *s->points);
	s->trace.count -= events;
	memmove(s->trace.list, s->trace.list + events, s->trace.count * sizeof *s->trace.list);
	for (size_t i = 0; i < s->npoints; i++) {
		s->points[i].trace -= events;
		s->points[i].journal -= journal;
	}
	for (size_t i = 0; i < s->trace.count; i++)
		s->trace.list[i].journal -= journal;
	s->window_start += half;
}

static char *make_label(const struct session *s, const char *verb, const uint8_t *key,
	const uint8_t *elem)
{
	struct text label = { 0 };

	text_add(&label, verb);
	if (key) {
		text_addc(&label, ' ');
		value_format(&s->heap, s->map.type->key, key, &label, 0);
	}
	if (elem) {
		text_addc(&label, ' ');
		value_format(&s->heap, s->map.type->elem, elem, &label, 0);
	}
	return label.s;
}

static void add_point(struct session *s, const char *verb, const uint8_t *key,
	const uint8_t *elem)
{
	s->points = grow(s->points, &s->points_cap, s->npoints, sizeof *s->points);
	s->points[s->npoints++] = (struct point){
		.label = make_label(s, verb, key, elem),
		.journal = s->step_journal,
		.trace = s->trace.count,
		.entry = (uint32_t)(s->nentries ? s->nentries - 1 : 0),
	};
	s->window_end = s->now;
	if (journal_bytes(&s->journal) > JOURNAL_MOST)
		shorten_window(s);
}

void step_end(struct session *s, const char *verb, const uint8_t *key, const uint8_t *elem)
{
	s->now++;
	if (s->history)
		landmarks_add(&s->landmarks, s->now, s->map.landmarks);
	if (s->journal.on)
		add_point(s, verb, key, elem);
	s->edition += !s->again;
	if (s->nremarks)
		session_run_remarks(s, false);
	if (s->watch)
		s->watch(s, verb, s->watch_data);
}

void step_bulk(struct session *s, uint64_t steps)
{
	if (steps > s->stop - s->now)
		steps = s->stop - s->now;
	if (!s->history || steps <= BULK || s->replaying)
		return;
	session_record(s, false);
	s->record_from = s->now + steps - WINDOW;
}

const struct point *session_point(const struct session *s)
{
	if (s->now <= s->window_start || s->now > s->window_end)
		return NULL;
	return &s->points[s->now - s->window_start - 1];
}

const struct map_event *session_trace(const struct session *s, size_t *count)
{
	const struct point *p = session_point(s);
	size_t first = 0;

	*count = 0;
	if (!p)
		return NULL;
	if (p > s->points)
		first = p[-1].trace;
	*count = p->trace - first;
	return s->trace.list + first;
}

/*
 * The journal's position at a point of the window: just before the next point, so that what
 * makes no point (a new type, a queued seed) belongs to the one before it.
 */
static size_t journal_position(const struct session *s, uint64_t p)
{
	return p == s->window_end ? s->journal.count : s->points[p - s->window_start].journal;
}

static bool run_entry(struct session *s, const struct entry *e, struct error *err)
{
	const char *args;
	const struct command *c = command_find(e->text, &args, err);

	return c && c->run(s, args, err);
}

bool session_is_lookup(const struct entry *e)
{
	struct error unused;
	const char *args;
	const struct command *c = command_find(e->text, &args, &unused);

	return c && c->run == command_lookup;
}

bool session_look_again(struct session *s, const struct entry *e, struct error *err)
{
	bool again = s->again, ok;

	session_whole(s);
	s->again = true;
	ok = run_entry(s, e, err);
	s->again = again;
	return ok;
}

/*
 * All commands once more, up to point `stop`, journaled from point `record_from` on. The number
 * of points a command makes may be another than before, unless it was cut.
 */
bool session_rerun(struct session *s, uint64_t stop, uint64_t record_from, struct error *err)
{
	size_t n = s->nentries;
	bool ok = session_reset(s, err);

	s->inside = false;
	if (s->history && record_from > 0)
		session_record(s, false);
	s->record_from = record_from;
	s->replaying = stop != UINT64_MAX;
	s->again = true;
	if (!s->replaying) {
		s->edition++;
		landmarks_free(&s->landmarks);
		session_forget_snapshots(s);
		session_forget_captions(s, 0);
		s->nentries = 0;
		session_run_remarks(s, true);
		aside_again(s, 0);
	}
	/* What makes no points belongs to the point before it. */
	for (size_t i = 0; ok && i < n && (s->now < stop || s->entries[i].steps == 0); i++) {
		struct entry *e = &s->entries[i];

		s->nentries = i + 1;
		e->first = s->now;
		s->stop = stop;
		if (e->cut && e->steps < stop - s->now)
			s->stop = s->now + e->steps;
		ok = run_entry(s, e, err);
		if (!ok)
			fail_in(err, "%.100s", e->text);
		if (stop == UINT64_MAX) {
			e->steps = s->now - e->first;
			session_run_remarks(s, true);
			aside_again(s, i + 1);
		}
	}
	s->nentries = n;
	s->replaying = false;
	s->again = false;
	s->stop = UINT64_MAX;
	if (stop == UINT64_MAX)
		s->total = s->now;
	return ok;
}

void session_whole(struct session *s)
{
	if (s->inside)
		journal_move(&s->journal, journal_position(s, s->now));
	s->inside = false;
}

/* Runs the commands again as far as it takes to show point p. */
bool session_replay(struct session *s, uint64_t p, struct error *err)
{
	uint64_t from = p > WINDOW ? p - WINDOW : 0;
	bool history = s->history;

	/* A session without a journal gets one now: who goes back once does so again. */
	s->history = true;
	if (!session_rerun(s, s->total - p > WINDOW ? p + WINDOW : s->total, from, err)) {
		s->history = history;
		return false;
	}
	/* Snapshots of another target on the way began the window anew, behind that point. */
	if (s->window_start > p && !session_rerun(s, p, from, err))
		return false;
	journal_move(&s->journal, journal_position(s, p));
	s->now = p;
	return true;
}

bool session_run_again(struct session *s, struct error *err)
{
	return session_rerun(s, s->total, s->total > WINDOW ? s->total - WINDOW : 0, err);
}

bool session_goto(struct session *s, uint64_t p, struct error *err)
{
	session_whole(s);
	if (p > s->total)
		p = s->total;
	if (p == s->now)
		return true;
	if (!s->journal.on || p < s->window_start || p > s->window_end) {
		if (!session_replay(s, p, err))
			return false;
	} else {
		journal_move(&s->journal, journal_position(s, p));
		s->now = p;
	}
	session_forget_probe(s);
	return true;
}

static bool next_caption(const struct session *s, bool forth, uint64_t *found)
{
	bool any = false;

	for (size_t i = 0; i < s->ncaptions; i++) {
		uint64_t p = s->captions[i].point;

		if (forth ? p <= s->now : p >= s->now)
			continue;
		if (!any || (forth ? p < *found : p > *found))
			*found = p;
		any = true;
	}
	return any;
}

bool session_landmark(struct session *s, bool forth, uint64_t *found, struct error *err)
{
	uint64_t caption = 0, now = s->now;
	bool any;

	if (s->landmarks.reach < s->total) {
		if (!session_replay(s, s->total, err) || !session_goto(s, now, err))
			return false;
	}
	any = landmarks_next(&s->landmarks, s->now, forth, found);
	if (next_caption(s, forth, &caption) && (!any || (forth ? caption < *found : caption > *found))) {
		*found = caption;
		any = true;
	}
	if (!any)
		*found = forth ? s->total : 0;
	return true;
}

void session_change(struct session *s)
{
	if (s->again)
		return;
	session_forget_future(s);
	if (!s->pending)
		return;
	s->entries = grow(s->entries, &s->entries_cap, s->nentries, sizeof *s->entries);
	s->entries[s->nentries++] = (struct entry){ .text = s->pending, .first = s->now };
	s->pending = NULL;
}
