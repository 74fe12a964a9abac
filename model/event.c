/* SPDX-License-Identifier: MIT */
#include "model/event.h"

#include <stdlib.h>

#include "model/mem.h"

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

void events_free(struct events *e)
{
	free(e->list);
	*e = (struct events){ 0 };
}

struct event *event_add(struct events *e, const struct journal *j, enum event_kind kind,
	uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
	static _Thread_local struct event ignored;
	struct event *new = &ignored;

	if (e) {
		e->list = grow(e->list, &e->cap, e->count, sizeof *e->list);
		new = &e->list[e->count++];
	}
	*new = (struct event){ .kind = (uint8_t)kind, .a = a, .b = b, .c = c, .d = d,
		.journal = j->at };
	return new;
}
