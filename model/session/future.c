/* SPDX-License-Identifier: MIT */
/*
 * A command given in the past begins a new future. What followed is kept until the command is
 * done: if it fails, that is put back, and all is as it was.
 *
 * Remarks, too: snapshots and captions that were taken in the past, and belong to their points.
 */
#include "model/session/session.h"

#include <stdlib.h>
#include <string.h>

#include "model/figures/books.h"
#include "model/base/mem.h"
#include "model/session/command.h"

static void *copy(const void *list, size_t count, size_t size)
{
	void *p = xcalloc(count + 1, size);

	if (count)
		memcpy(p, list, count * size);
	return p;
}

/* The commands behind `now`; the one it lies in is cut. */
static void forget_entries(struct session *s, struct future *f)
{
	size_t n = s->nentries;
	struct entry *last;

	while (n && (s->entries[n - 1].first > s->now ||
			    (s->entries[n - 1].first == s->now && s->entries[n - 1].steps > 0)))
		n--;
	f->kept = n;
	f->nentries = s->nentries - n;
	f->entries = copy(s->entries + n, f->nentries, sizeof *f->entries);
	s->nentries = n;
	if (n == 0)
		return;
	last = &s->entries[n - 1];
	f->steps = last->steps;
	f->cut = last->cut;
	if (last->first + last->steps > s->now) {
		last->steps = s->now - last->first;
		last->cut = true;
	}
}

static void forget_captions(struct session *s, struct future *f)
{
	size_t n = s->ncaptions;

	while (n && s->captions[n - 1].point > s->now)
		n--;
	f->ncaptions = s->ncaptions - n;
	f->captions = copy(s->captions + n, f->ncaptions, sizeof *f->captions);
	s->ncaptions = n;
}

/* Whether the point of a remark lies behind `now`, once the commands there were forgotten. */
static bool is_behind(const struct session *s, const struct future *f, const struct remark *r)
{
	bool whole = r->steps == UINT64_MAX;

	if (r->entry != s->nentries || r->entry == 0)
		return r->entry > s->nentries;
	return (whole ? f->steps : r->steps) > s->entries[r->entry - 1].steps;
}

static void forget_remarks(struct session *s, struct future *f)
{
	size_t n = 0;

	f->remarks = xcalloc(s->nremarks + 1, sizeof *f->remarks);
	for (size_t i = 0; i < s->nremarks; i++) {
		if (is_behind(s, f, &s->remarks[i]))
			f->remarks[f->nremarks++] = s->remarks[i];
		else
			s->remarks[n++] = s->remarks[i];
	}
	s->nremarks = n;
}

void session_forget_future(struct session *s)
{
	struct future *f;

	if (s->now >= s->total)
		return;
	session_drop_future(s);
	books_keep(s);
	journal_cut(&s->journal);
	s->edition++;
	s->forgot_future = true; /* for the whole command, however many steps follow */
	s->future = f = xcalloc(1, sizeof *f);
	f->now = s->now;
	f->total = s->total;
	forget_entries(s, f);
	forget_captions(s, f);
	forget_remarks(s, f);
	landmarks_cut(&s->landmarks, s->now, &f->landmarks);
	session_forget_points(s, (size_t)(s->now - s->window_start));
	s->window_end = s->now;
	s->total = s->now;
}

static void free_entries(struct entry *list, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		free(list[i].text);
		free(list[i].aside);
	}
}

static void free_future(struct session *s)
{
	free(s->future->entries);
	free(s->future->captions);
	free(s->future->remarks);
	landmarks_free(&s->future->landmarks);
	free(s->future);
	s->future = NULL;
}

void session_drop_future(struct session *s)
{
	struct future *f = s->future;

	if (!f)
		return;
	aside_future(s, f);
	/* The snapshot file that it all began with is among what is forgotten. */
	if (f->now == 0)
		session_forget_source(s);
	free_entries(f->entries, 0, f->nentries);
	for (size_t i = 0; i < f->ncaptions; i++)
		free(f->captions[i].text);
	for (size_t i = 0; i < f->nremarks; i++)
		free(f->remarks[i].text);
	free_future(s);
}

/* The command that failed is the last one. */
static void restore_entries(struct session *s, const struct future *f)
{
	free_entries(s->entries, s->nentries - 1, s->nentries);
	s->nentries--;
	if (s->nentries) {
		s->entries[s->nentries - 1].steps = f->steps;
		s->entries[s->nentries - 1].cut = f->cut;
	}
	for (size_t i = 0; i < f->nentries; i++) {
		s->entries = grow(s->entries, &s->entries_cap, s->nentries, sizeof *s->entries);
		s->entries[s->nentries++] = f->entries[i];
	}
}

bool session_restore_future(struct session *s)
{
	struct future *f = s->future;
	struct landmarks spoilt = { 0 };
	struct error unused;

	if (!f)
		return false;
	restore_entries(s, f);
	session_forget_captions(s, f->now + 1);
	for (size_t i = 0; i < f->ncaptions; i++) {
		s->captions = grow(s->captions, &s->captions_cap, s->ncaptions,
			sizeof *s->captions);
		s->captions[s->ncaptions++] = f->captions[i];
	}
	for (size_t i = 0; i < f->nremarks; i++) {
		s->remarks = grow(s->remarks, &s->remarks_cap, s->nremarks, sizeof *s->remarks);
		s->remarks[s->nremarks++] = f->remarks[i];
	}
	landmarks_cut(&s->landmarks, f->now, &spoilt);
	landmarks_free(&spoilt);
	landmarks_join(&s->landmarks, &f->landmarks);
	s->edition++;
	s->total = f->total;
	s->forgot_future = false;
	session_replay(s, f->now, &unused);
	free_future(s);
	return true;
}

void session_add_remark(struct session *s, const char *text)
{
	struct remark r = { .text = xstrdup(text) };
	size_t n = s->nentries;
	const struct entry *e;

	while (n && s->entries[n - 1].first >= s->now)
		n--;
	r.entry = n;
	if (n) {
		e = &s->entries[n - 1];
		r.steps = s->now - e->first;
		if (r.steps == e->steps)
			r.steps = UINT64_MAX;
	}
	s->remarks = grow(s->remarks, &s->remarks_cap, s->nremarks, sizeof *s->remarks);
	s->remarks[s->nremarks++] = r;
	aside_remark(s, text);
}

static void run_remark(struct session *s, const struct remark *r)
{
	struct error unused;
	const char *args;
	const struct command *c = command_find(r->text, &args, &unused);

	if (c)
		c->run(s, args, &unused);
}

/* Those of the present point; when a command is over, those too that it does not get to now. */
void session_run_remarks(struct session *s, bool entry_over)
{
	uint64_t steps = s->nentries ? s->now - s->entries[s->nentries - 1].first : 0;

	if (!s->again || s->replaying)
		return;
	for (size_t i = 0; i < s->nremarks; i++) {
		const struct remark *r = &s->remarks[i];
		bool here = entry_over ? r->steps > steps || r->entry == 0 : r->steps == steps;

		if (r->entry == s->nentries && here)
			run_remark(s, r);
	}
}

void session_forget_remarks(struct session *s)
{
	while (s->nremarks)
		free(s->remarks[--s->nremarks].text);
}
