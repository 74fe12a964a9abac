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

#include "model/session/books.h"
#include "model/base/mem.h"
#include "model/session/command.h"

/* The elements from that one on; a list without any may be NULL, to which nothing is added. */
static void *copy(const void *list, size_t from, size_t count, size_t size)
{
	void *p = xcalloc(count + 1, size);

	if (count)
		memcpy(p, (const char *)list + from * size, count * size);
	return p;
}

/* The commands behind `now`; the one it lies in is cut. */
static void forget_entries(struct session *s, struct future *f)
{
	size_t n = s->time.nentries;
	struct entry *last;

	while (n && (s->time.entries[n - 1].first > s->time.now ||
		(s->time.entries[n - 1].first == s->time.now && s->time.entries[n - 1].steps > 0)))
		n--;
	f->kept = n;
	f->nentries = s->time.nentries - n;
	f->entries = copy(s->time.entries, n, f->nentries, sizeof *f->entries);
	s->time.nentries = n;
	if (n == 0)
		return;
	last = &s->time.entries[n - 1];
	f->steps = last->steps;
	f->cut = last->cut;
	if (last->first + last->steps > s->time.now) {
		last->steps = s->time.now - last->first;
		last->cut = true;
	}
}

static void forget_captions(struct session *s, struct future *f)
{
	size_t n = s->time.ncaptions;

	while (n && s->time.captions[n - 1].point > s->time.now)
		n--;
	f->ncaptions = s->time.ncaptions - n;
	f->captions = copy(s->time.captions, n, f->ncaptions, sizeof *f->captions);
	s->time.ncaptions = n;
}

/* Whether the point of a remark lies behind `now`, once the commands there were forgotten. */
static bool is_behind(const struct session *s, const struct future *f, const struct remark *r)
{
	bool whole = r->steps == UINT64_MAX;

	if (r->entry != s->time.nentries || r->entry == 0)
		return r->entry > s->time.nentries;
	return (whole ? f->steps : r->steps) > s->time.entries[r->entry - 1].steps;
}

static void forget_remarks(struct session *s, struct future *f)
{
	size_t n = 0;

	f->remarks = xcalloc(s->time.nremarks + 1, sizeof *f->remarks);
	for (size_t i = 0; i < s->time.nremarks; i++) {
		if (is_behind(s, f, &s->time.remarks[i]))
			f->remarks[f->nremarks++] = s->time.remarks[i];
		else
			s->time.remarks[n++] = s->time.remarks[i];
	}
	s->time.nremarks = n;
}

void session_forget_future(struct session *s)
{
	struct future *f;

	if (s->time.now >= s->time.total)
		return;
	session_drop_future(s);
	books_keep(s);
	journal_cut(&s->world.journal);
	s->time.edition++;
	s->run.forgot_future = true; /* for the whole command, however many steps follow */
	s->time.future = f = xcalloc(1, sizeof *f);
	f->now = s->time.now;
	f->total = s->time.total;
	forget_entries(s, f);
	forget_captions(s, f);
	forget_remarks(s, f);
	landmarks_cut(&s->time.landmarks, s->time.now, &f->landmarks);
	session_forget_points(s, (size_t)(s->time.now - s->time.window.start));
	s->time.window.end = s->time.now;
	s->time.total = s->time.now;
}

static void free_entries(struct entry *list, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		free(list[i].text);
		free(list[i].told);
		free(list[i].aside);
	}
}

static void free_future(struct session *s)
{
	free(s->time.future->entries);
	free(s->time.future->captions);
	free(s->time.future->remarks);
	landmarks_free(&s->time.future->landmarks);
	free(s->time.future);
	s->time.future = NULL;
}

void session_drop_future(struct session *s)
{
	struct future *f = s->time.future;

	if (!f)
		return;
	aside_future(s, f);
	/* The snapshot file that it all began with is among what is forgotten. */
	if (f->now == 0)
		session_forget_source(s);
	free_entries(f->entries, 0, f->nentries);
	for (size_t i = 0; i < f->ncaptions; i++)
		caption_free(&f->captions[i]);
	for (size_t i = 0; i < f->nremarks; i++)
		free(f->remarks[i].text);
	free_future(s);
}

/* The command that failed is the last one. */
static void restore_entries(struct session *s, const struct future *f)
{
	free_entries(s->time.entries, s->time.nentries - 1, s->time.nentries);
	s->time.nentries--;
	if (s->time.nentries) {
		s->time.entries[s->time.nentries - 1].steps = f->steps;
		s->time.entries[s->time.nentries - 1].cut = f->cut;
	}
	for (size_t i = 0; i < f->nentries; i++)
		session_add_entry(s, f->entries[i]);
}

static void add_remark(struct timeline *t, struct remark r)
{
	xadd(t->remarks, t->nremarks, t->remarks_cap, r);
}

bool session_restore_future(struct session *s)
{
	struct future *f = s->time.future;
	struct landmarks spoilt = { 0 };
	bool bound = s->run.bound;
	struct error unused;

	if (!f)
		return false;
	restore_entries(s, f);
	session_forget_captions(s, f->now + 1);
	for (size_t i = 0; i < f->ncaptions; i++) {
		xadd(s->time.captions, s->time.ncaptions, s->time.captions_cap, f->captions[i]);
	}
	for (size_t i = 0; i < f->nremarks; i++)
		add_remark(&s->time, f->remarks[i]);
	landmarks_cut(&s->time.landmarks, f->now, &spoilt);
	landmarks_free(&spoilt);
	landmarks_join(&s->time.landmarks, &f->landmarks);
	s->time.edition++;
	s->time.total = f->total;
	s->run.forgot_future = false;
	s->run.bound = true;
	session_replay(s, f->now, &unused);
	s->run.bound = bound;
	free_future(s);
	return true;
}

void session_add_remark(struct session *s, const char *text)
{
	struct remark r = { .text = xstrdup(text) };
	size_t n = s->time.nentries;
	const struct entry *e;

	while (n && s->time.entries[n - 1].first >= s->time.now)
		n--;
	r.entry = n;
	if (n) {
		e = &s->time.entries[n - 1];
		r.steps = s->time.now - e->first;
		if (r.steps == e->steps)
			r.steps = UINT64_MAX;
	}
	add_remark(&s->time, r);
	aside_remark(s, text);
}

/* Those of the present point; when a command is over, those too that it does not get to now. */
void session_run_remarks(struct session *s, bool entry_over)
{
	uint64_t steps = s->time.nentries ? s->time.now - s->time.entries[s->time.nentries -
		1].first : 0;

	struct error unused;

	if (!s->run.again || s->run.replaying)
		return;
	for (size_t i = 0; i < s->time.nremarks; i++) {
		const struct remark *r = &s->time.remarks[i];
		bool here = entry_over ? r->steps > steps || r->entry == 0 : r->steps == steps;

		if (r->entry == s->time.nentries && here)
			command_do(s, r->text, &unused);
	}
}

void session_forget_remarks(struct session *s)
{
	while (s->time.nremarks)
		free(s->time.remarks[--s->time.nremarks].text);
}
