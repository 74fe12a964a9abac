/* SPDX-License-Identifier: MIT */
#include "model/time/landmarks.h"

#include <stdlib.h>

#include "model/base/mem.h"
#include "model/base/ranks.h"

enum { KINDS = 5, ALL = (1 << KINDS) - 1 };

void landmarks_free(struct landmarks *l)
{
	free(l->list);
	*l = (struct landmarks){ 0 };
}

static void append(struct landmarks *l, uint64_t mark)
{
	xadd(l->list, l->count, l->cap, mark);
}

void landmarks_add(struct landmarks *l, uint64_t point, unsigned what)
{
	if (point != l->reach + 1)
		return;
	l->reach = point;
	if (what)
		append(l, point << KINDS | what);
}

/* The number of the first one at or behind a point. */
static size_t at(const struct landmarks *l, uint64_t point)
{
	return point ? ranks_upto(l->list, sizeof *l->list, 0, l->count, (point << KINDS) - 1) : 0;
}

void landmarks_cut(struct landmarks *l, uint64_t point, struct landmarks *gone)
{
	size_t from = at(l, point + 1);

	if (l->reach <= point)
		return;
	gone->reach = l->reach;
	for (size_t i = from; i < l->count; i++)
		append(gone, l->list[i]);
	l->count = from;
	l->reach = point;
}

void landmarks_join(struct landmarks *l, struct landmarks *gone)
{
	for (size_t i = 0; i < gone->count; i++)
		append(l, gone->list[i]);
	if (gone->reach > l->reach)
		l->reach = gone->reach;
	landmarks_free(gone);
}

bool landmarks_next(const struct landmarks *l, uint64_t point, bool forth, uint64_t *found)
{
	size_t i = at(l, forth ? point + 1 : point);

	if (forth ? i == l->count : i == 0)
		return false;
	*found = l->list[forth ? i : i - 1] >> KINDS;
	return true;
}

unsigned landmarks_between(const struct landmarks *l, uint64_t from, uint64_t to)
{
	unsigned all = 0;

	for (size_t i = at(l, from); i < l->count && l->list[i] >> KINDS < to && all != ALL; i++)
		all |= l->list[i] & ALL;
	return all;
}
