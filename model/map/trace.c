/* SPDX-License-Identifier: MIT */
#include "model/map/trace.h"

#include <stdlib.h>

#include "model/base/mem.h"

const char *object_name(enum object_kind kind)
{
	static const char *const names[OBJECT_KINDS] = {
		[OBJECT_HMAP] = "hmap",
		[OBJECT_BUCKETS] = "bucket array",
		[OBJECT_OVERFLOW] = "overflow bucket",
		[OBJECT_EXTRA] = "mapextra",
		[OBJECT_LIST_HEAD] = "slice header of the overflow list",
		[OBJECT_LIST] = "overflow list",
		[OBJECT_KEY] = "key",
		[OBJECT_ELEM] = "elem",
	};

	return names[kind];
}

void trace_free(struct trace *e)
{
	free(e->list);
	*e = (struct trace){ 0 };
}

struct trace_event *trace_add(struct trace *e, const struct journal *j, enum trace_kind kind,
	uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
	struct trace_event *new;
	size_t step = 0;

	e->list = grow(e->list, &e->cap, e->count, sizeof *e->list);
	new = &e->list[e->count++];
	if (new > e->list)
		step = new[-1].step + 1 + new[-1].looked;
	*new = (struct trace_event){ .kind = (uint8_t)kind, .a = a, .b = b, .c = c, .d = d,
		.journal = j->at, .step = step };
	return new;
}

size_t trace_steps(const struct trace_event *list, size_t n, unsigned slots)
{
	return n ? list[n - 1].step - list[0].step + 1 + slots : 0;
}

const struct trace_event *trace_range(const struct trace_event *list, size_t n)
{
	for (; n > 0 && list->kind == TRACE_ALLOC; n--)
		list++;
	return n > 0 && (list->kind == TRACE_RANGE || list->kind == TRACE_NEXT) ? list : NULL;
}

uint64_t trace_yielded(const struct trace_event *e, unsigned slots)
{
	uint64_t n = e->b;

	if (e->kind == TRACE_YIELD)
		return e->a;
	for (unsigned i = 0; i < slots; i++)
		n += seen_kind(trace_seen(e, i)) == SEEN_YIELD;
	return n;
}
