/* SPDX-License-Identifier: MIT */
#include "model/session/books.h"

#include <stdlib.h>

#include "model/base/mem.h"
#include "model/figures/figures.h"

struct books *books_new(void)
{
	return xcalloc(1, sizeof(struct books));
}

static void drop_own(struct books *b)
{
	if (b->of)
		b->of->books->close(b->own);
}

void books_free(struct books *b)
{
	if (b)
		drop_own(b);
	free(b);
}

uint64_t books_walks(const struct session *s)
{
	return s->desk.books->walks;
}

static void stand_here(struct books *b, const struct map *m)
{
	journal_set_mark(m->heap->journal);
	b->ledger = (struct ledger){ .form = b->of->ledger };
	if (m->header)
		b->of->books->ledger(b, m, &b->ledger);
}

void books_keep(struct session *s)
{
	struct journal *j = &s->world.journal;
	struct books *b = s->desk.books;

	if (j->mark == JOURNAL_NO_MARK || j->mark == j->at)
		return;
	if (b->of == figures_of(&s->world.map) && b->of->books->follow(b, &s->world.map))
		stand_here(b, &s->world.map);
	else
		j->mark = JOURNAL_NO_MARK;
}

/* The map is of another design than the one that they were kept for. */
static void begin(struct books *b, const struct figures *of)
{
	drop_own(b);
	b->of = of;
	b->own = of->books->open();
}

/* Whether they stand for the present. */
static bool are_kept(const struct books *b, const struct session *s)
{
	const struct journal *j = &s->world.journal;

	if (b->of != figures_of(&s->world.map))
		return false;
	return j->on ? j->mark != JOURNAL_NO_MARK && j->mark == j->at : b->taken;
}

/* Books that were not kept are made anew. */
static struct books *books_of(const struct session *s)
{
	const struct figures *of = figures_of(&s->world.map);
	struct books *b = s->desk.books;

	if (!are_kept(b, s)) {
		if (b->of != of)
			begin(b, of);
		of->books->take(b, &s->world.map);
		stand_here(b, &s->world.map);
	}
	b->taken = b->held > 0 && !s->world.journal.on;
	return b;
}

void books_hold(const struct session *s)
{
	s->desk.books->held++;
}

void books_release(const struct session *s)
{
	struct books *b = s->desk.books;

	b->held--;
	b->taken = b->held > 0 && b->taken;
}

const struct ledger *session_ledger(const struct session *s)
{
	return &books_of(s)->ledger;
}

const struct shape *session_shape(const struct session *s)
{
	struct books *b = books_of(s);

	if (!b->shape_kept)
		shape_take(&s->world.map, &b->shape);
	b->shape_kept = s->world.journal.on;
	return &b->shape;
}
