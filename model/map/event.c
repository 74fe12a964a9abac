/* SPDX-License-Identifier: MIT */
#include "model/map/event.h"

#include <stdlib.h>

#include "model/base/mem.h"

void trace_free(struct trace *t)
{
	free(t->list);
	*t = (struct trace){ 0 };
}

struct map_event *trace_add(struct trace *t, const struct journal *j, const struct map_event *e)
{
	struct map_event *new;

	t->list = xroom(t->list, &t->cap, t->count, sizeof *t->list);
	new = &t->list[t->count++];
	*new = *e;
	new->journal = j->at;
	new->step = new > t->list ? new[-1].step + 1 + new[-1].looked : 0;
	return new;
}

size_t event_steps(const struct map_event *list, size_t n, unsigned slots)
{
	return n ? (size_t)(uint32_t)(list[n - 1].step - list[0].step) + 1 + slots : 0;
}

const struct map_event *event_range(const struct map_event *list, size_t n)
{
	for (; n > 0 && list->kind == EVENT_ALLOC; n--)
		list++;
	return n > 0 && (list->kind == EVENT_RANGE || list->kind == EVENT_NEXT) ? list : NULL;
}

uint64_t event_yielded(const struct map_event *e, unsigned slots)
{
	uint64_t n;

	if (e->kind == EVENT_YIELD)
		return e->yield.number;
	n = e->visit.yielded;
	for (unsigned i = 0; i < slots; i++)
		n += seen_kind(e->visit.seen[i]) == SEEN_YIELD;
	return n;
}
