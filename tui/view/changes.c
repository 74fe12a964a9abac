/* SPDX-License-Identifier: MIT */
#include "tui/view/changes.h"

#include <stdlib.h>

#include "model/base/mem.h"

void changes_free(struct changes *c)
{
	free(c->runs);
	*c = (struct changes){ 0 };
}

static int by_start(const void *a, const void *b)
{
	const struct run *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

/* Runs that touch become one. */
static void merge(struct changes *c)
{
	size_t kept = 0;

	if (c->count == 0)
		return;
	qsort(c->runs, c->count, sizeof *c->runs, by_start);
	for (size_t i = 1; i < c->count; i++) {
		if (c->runs[i].start > c->runs[kept].end)
			c->runs[++kept] = c->runs[i];
		else if (c->runs[i].end > c->runs[kept].end)
			c->runs[kept].end = c->runs[i].end;
	}
	c->count = kept + 1;
}

void changes_add(struct changes *c, const struct changes *more)
{
	for (size_t i = 0; i < more->count; i++) {
		c->runs = xroom(c->runs, &c->cap, c->count, sizeof *c->runs);
		c->runs[c->count++] = more->runs[i];
	}
	merge(c);
}

void changes_copy(struct changes *c, const struct changes *from)
{
	c->count = 0;
	c->also = NULL;
	changes_add(c, from);
	if (from->also)
		changes_add(c, from->also);
}

/* Adds the bytes of one saved run that are not what they were. */
static void add_record(struct changes *c, const struct session *s, const struct journal_record *r)
{
	const struct heap *h = &s->world.heap;
	const uint8_t *was = s->world.journal.pool + r->at;
	uint64_t addr;

	if (r->where < heap_at(h, h->base) || r->where >= heap_at(h, h->state.next_page))
		return;
	addr = heap_addr(h, r->where);
	for (uint32_t i = 0; i < r->len; i++) {
		uint32_t from = i;

		while (i < r->len && r->where[i] != was[i])
			i++;
		if (i == from)
			continue;
		c->runs = xroom(c->runs, &c->cap, c->count, sizeof *c->runs);
		c->runs[c->count++] = (struct run){ addr + from, addr + i };
	}
}

void changes_from(struct changes *c, const struct session *s, size_t journal)
{
	c->count = 0;
	c->also = NULL;
	for (size_t i = journal; i < s->world.journal.at; i++)
		add_record(c, s, &s->world.journal.records[i]);
	merge(c);
}

void changes_of_step(struct changes *c, const struct session *s)
{
	const struct point *p = session_point(s);
	size_t from, n;
	const struct map_event *events = session_trace(s, &n);

	c->count = 0;
	c->also = NULL;
	if (!p)
		return;
	from = p->journal;
	if (session_half_done(s) && s->shown.events > 1)
		from = events[s->shown.events - 2].journal;
	changes_from(c, s, from);
}

bool changes_position(const struct session *s, uint64_t point, size_t *journal)
{
	if (!s->world.journal.on || point < s->time.window.start || point > s->time.now)
		return false;
	*journal = point < s->time.now ? s->time.window.points[point - s->time.window.start].journal
		: s->world.journal.at;
	return true;
}

bool changes_since(struct changes *c, const struct session *s, uint64_t point)
{
	size_t journal;

	if (!changes_position(s, point, &journal))
		return false;
	changes_from(c, s, journal);
	return true;
}

bool changes_touch(const struct changes *c, uint64_t addr, uint64_t size)
{
	size_t low = 0, high = c->count;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (c->runs[mid].end <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	if (low < c->count && c->runs[low].start < addr + size)
		return true;
	return c->also && changes_touch(c->also, addr, size);
}
