/* SPDX-License-Identifier: MIT */
/* The session's time axis: making points, going to them, running commands again. */
#include "model/session/session.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/session/command.h"

enum {
	BULK = 200000,       /* a run of more operations than this is not journaled as a whole */
	ASK_STEPS = 256,     /* from one look at who watches to the next; a power of two */
	WINDOW = 4096,       /* points journaled around one that had to be run to again */
};
#define JOURNAL_MOST ((size_t)512 << 20) /* bytes; then the older half is forgotten */

void session_forget_points(struct session *s, size_t from)
{
	for (size_t i = from; i < s->time.window.npoints; i++)
		free(s->time.window.points[i].label);
	if (from < s->time.window.npoints)
		s->time.window.npoints = from;
	s->time.window.trace.count = from ? s->time.window.points[from - 1].trace : 0;
}

/* The window is empty and starts at the present point. */
void session_record(struct session *s, bool on)
{
	s->world.journal.on = on;
	s->world.map.trace = on ? &s->time.window.trace : NULL;
	journal_clear(&s->world.journal);
	session_forget_points(s, 0);
	s->time.window.start = s->time.window.end = s->time.now;
}

bool session_stops(struct session *s)
{
	s->run.interrupted = s->run.interrupted || work_stops(&s->hooks.watcher,
		(struct work){ "op", s->time.now, s->run.goal, s->run.bound });
	return s->run.interrupted;
}

bool step_begin(struct session *s)
{
	if (s->time.now >= s->run.stop)
		return false;
	if ((s->time.now & (ASK_STEPS - 1)) == 0 && session_stops(s))
		return false;
	session_keep_due(s);
	session_change(s);
	s->world.map.landmarks = 0;
	session_forget_probe(s);
	heap_scratch_reset(&s->world.heap);
	if (!s->world.journal.on && s->time.history && s->time.now >= s->run.record_from)
		session_record(s, true);
	s->run.step_journal = s->world.journal.at;
	return true;
}

/* The older half of the window is forgotten. */
static void shorten_window(struct session *s)
{
	size_t half = s->time.window.npoints / 2, events, journal;

	if (half == 0)
		return;
	events = s->time.window.points[half - 1].trace;
	journal = s->time.window.points[half].journal;
	journal_forget(&s->world.journal, journal);
	for (size_t i = 0; i < half; i++)
		free(s->time.window.points[i].label);
	s->time.window.npoints -= half;
	memmove(s->time.window.points, s->time.window.points + half,
		s->time.window.npoints * sizeof *s->time.window.points);
	s->time.window.trace.count -= events;
	memmove(s->time.window.trace.list, s->time.window.trace.list + events,
		s->time.window.trace.count * sizeof *s->time.window.trace.list);
	for (size_t i = 0; i < s->time.window.npoints; i++) {
		s->time.window.points[i].trace -= events;
		s->time.window.points[i].journal -= journal;
	}
	for (size_t i = 0; i < s->time.window.trace.count; i++)
		s->time.window.trace.list[i].journal -= journal;
	s->time.window.start += half;
}

static char *make_label(const struct session *s, const char *verb, const uint8_t *key,
	const uint8_t *elem)
{
	struct text label = { 0 };

	text_add(&label, verb);
	if (key) {
		text_addc(&label, ' ');
		value_format(&s->world.heap, s->world.map.type->key, key, &label, 0);
	}
	if (elem) {
		text_addc(&label, ' ');
		value_format(&s->world.heap, s->world.map.type->elem, elem, &label, 0);
	}
	return label.s;
}

static void add_point(struct session *s, const char *verb, const uint8_t *key, const uint8_t *elem)
{
	struct window *w = &s->time.window;

	xadd(w->points, w->npoints, w->points_cap, (struct point){
		.label = make_label(s, verb, key, elem),
		.journal = s->run.step_journal,
		.trace = w->trace.count,
		.entry = (uint32_t)(s->time.nentries ? s->time.nentries - 1 : 0),
	});
	w->end = s->time.now;
	if (journal_bytes(&s->world.journal) > JOURNAL_MOST)
		shorten_window(s);
}

void step_end(struct session *s, const char *verb, const uint8_t *key, const uint8_t *elem)
{
	s->time.now++;
	world_note_peak(&s->world);
	if (s->time.history)
		landmarks_add(&s->time.landmarks, s->time.now, s->world.map.landmarks);
	if (s->world.journal.on)
		add_point(s, verb, key, elem);
	s->time.edition += !s->run.again;
	if (s->time.nremarks)
		session_run_remarks(s, false);
	if (s->hooks.watch)
		s->hooks.watch(s, verb, key, s->hooks.watch_data);
}

void step_bulk(struct session *s, uint64_t steps)
{
	if (steps > s->run.stop - s->time.now)
		steps = s->run.stop - s->time.now;
	if (!s->run.again)
		s->run.goal = s->time.now + steps;
	if (!s->time.history || steps <= BULK || s->run.replaying)
		return;
	session_record(s, false);
	s->run.record_from = s->time.now + steps - WINDOW;
}

const struct point *session_point(const struct session *s)
{
	if (s->time.now <= s->time.window.start || s->time.now > s->time.window.end)
		return NULL;
	return &s->time.window.points[s->time.now - s->time.window.start - 1];
}

const struct map_event *session_trace(const struct session *s, size_t *count)
{
	const struct point *p = session_point(s);
	size_t first = 0;

	*count = 0;
	if (!p)
		return NULL;
	if (p > s->time.window.points)
		first = p[-1].trace;
	*count = p->trace - first;
	return s->time.window.trace.list + first;
}

/*
 * The journal's position at a point of the window: just before the next point, so that what
 * makes no point (a new type, a queued seed) belongs to the one before it.
 */
static size_t journal_position(const struct session *s, uint64_t p)
{
	return p == s->time.window.end ? s->world.journal.count : s->time.window.points[p -
		s->time.window.start].journal;
}

bool session_is_lookup(const struct entry *e)
{
	return command_is(e->text, command_lookup);
}

bool session_look_again(struct session *s, const struct entry *e, struct error *err)
{
	bool again = s->run.again, ok;

	session_whole(s);
	s->run.again = s->run.looks_again = true;
	ok = command_do(s, e->text, err);
	s->run.again = again;
	s->run.looks_again = false;
	return ok;
}

/*
 * All commands once more, up to point `stop`, journaled from point `record_from` on. The number
 * of points a command makes may be another than before, unless it was cut.
 */
bool session_rerun(struct session *s, uint64_t stop, uint64_t record_from, struct error *err)
{
	size_t n = s->time.nentries;
	bool ok = session_reset(s, err);

	s->shown.inside = false;
	if (s->time.history && record_from > 0)
		session_record(s, false);
	s->run.record_from = record_from;
	s->run.replaying = stop != UINT64_MAX;
	s->run.again = true;
	s->run.interrupted = false;
	s->run.goal = s->run.replaying ? stop : s->time.total;
	if (!s->run.replaying) {
		s->time.edition++;
		landmarks_free(&s->time.landmarks);
		session_forget_snapshots(s);
		session_forget_captions(s, 0);
		s->time.nentries = 0;
		session_run_remarks(s, true);
		aside_again(s, 0);
	}
	/* What makes no points belongs to the point before it. */
	for (size_t i = 0; ok && i < n && !s->run.interrupted && (s->time.now < stop ||
		s->time.entries[i].steps == 0); i++) {
		struct entry *e = &s->time.entries[i];

		s->time.nentries = i + 1;
		e->first = s->time.now;
		if (!s->run.replaying) {
			free(e->told);
			e->told = NULL;
		}
		s->run.stop = stop;
		if (e->cut && e->steps < stop - s->time.now)
			s->run.stop = s->time.now + e->steps;
		ok = command_do(s, e->text, err);
		if (!ok)
			fail_in(err, "%.100s", e->text);
		if (stop == UINT64_MAX) {
			e->steps = s->time.now - e->first;
			session_run_remarks(s, true);
			aside_again(s, i + 1);
		}
	}
	s->time.nentries = n;
	s->run.replaying = false;
	s->run.again = false;
	s->run.stop = UINT64_MAX;
	if (stop == UINT64_MAX)
		s->time.total = s->time.now;
	/* Where it was given up one can stay. */
	if (s->run.interrupted && s->time.history && !s->world.journal.on)
		session_record(s, true);
	return ok && (!s->run.interrupted || work_fail(err));
}

void session_whole(struct session *s)
{
	if (s->shown.inside)
		journal_move(&s->world.journal, journal_position(s, s->time.now));
	s->shown.inside = false;
}

/* Runs the commands again up to `stop`, so that the journal leads to point p. */
static bool run_to(struct session *s, uint64_t p, uint64_t stop, struct error *err)
{
	if (!session_rerun(s, stop, p > WINDOW ? p - WINDOW : 0, err))
		return s->run.interrupted
			? fail(err, "the way to op %llu was given up", (unsigned long long)p)
			: false;
	/* Snapshots of another target on the way began the window anew, behind that point. */
	if (s->time.window.start > p && p < stop)
		return run_to(s, p, p, err);
	return (p >= s->time.window.start && p <= s->time.window.end) ||
		fail(err, "there is no way to op %llu", (unsigned long long)p);
}

/* To where it was; who stops that too is where it has come to. */
static uint64_t run_back(struct session *s, uint64_t p)
{
	struct error unused;

	return run_to(s, p, p, &unused) ? p : s->time.window.end;
}

/*
 * Runs the commands again as far as it takes to show point p. That may be given up, and memory may
 * lack on the way, which the present did not need: then that is run to again.
 */
bool session_replay(struct session *s, uint64_t p, struct error *err)
{
	uint64_t present = s->time.now, stop = s->time.total;
	bool ok;

	/* A session without a journal gets one now: who goes back once does so again. */
	s->time.history = true;
	ok = run_to(s, p, stop - p > WINDOW ? p + WINDOW : stop, err);
	if (!ok)
		p = run_back(s, present);
	journal_move(&s->world.journal, journal_position(s, p));
	s->time.now = p;
	return ok;
}

bool session_run_again(struct session *s, struct error *err)
{
	return session_rerun(s, s->time.total, s->time.total > WINDOW ? s->time.total - WINDOW : 0,
		err);
}

bool session_goto(struct session *s, uint64_t p, struct error *err)
{
	session_whole(s);
	if (p > s->time.total)
		p = s->time.total;
	if (p == s->time.now)
		return true;
	session_keep_due(s);
	if (!s->world.journal.on || p < s->time.window.start || p > s->time.window.end) {
		if (!session_replay(s, p, err))
			return false;
	} else {
		journal_move(&s->world.journal, journal_position(s, p));
		s->time.now = p;
	}
	session_forget_probe(s);
	return true;
}

static bool next_caption(const struct session *s, bool forth, uint64_t *found)
{
	bool any = false;

	for (size_t i = 0; i < s->time.ncaptions; i++) {
		uint64_t p = s->time.captions[i].point;

		if (forth ? p <= s->time.now : p >= s->time.now)
			continue;
		if (!any || (forth ? p < *found : p > *found))
			*found = p;
		any = true;
	}
	return any;
}

bool session_landmark(struct session *s, bool forth, uint64_t *found, struct error *err)
{
	uint64_t caption = 0, now = s->time.now;
	bool any;

	if (s->time.landmarks.reach < s->time.total) {
		if (!session_replay(s, s->time.total, err) || !session_goto(s, now, err))
			return false;
	}
	any = landmarks_next(&s->time.landmarks, s->time.now, forth, found);
	if (next_caption(s, forth, &caption) &&
		(!any || (forth ? caption < *found : caption > *found))) {
		*found = caption;
		any = true;
	}
	if (!any)
		*found = forth ? s->time.total : 0;
	return true;
}

void session_add_entry(struct session *s, struct entry e)
{
	struct timeline *t = &s->time;

	xadd(t->entries, t->nentries, t->entries_cap, e);
}

void session_change(struct session *s)
{
	if (s->run.again)
		return;
	session_forget_future(s);
	if (!s->run.pending)
		return;
	session_add_entry(s, (struct entry){ .text = s->run.pending, .first = s->time.now });
	s->run.pending = NULL;
}
