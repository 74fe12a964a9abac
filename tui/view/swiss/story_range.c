/* SPDX-License-Identifier: MIT */
/* What a range did, in words. */
#include <inttypes.h>

#include "model/map/swiss/reading.h"
#include "tui/view/swiss/swiss_design.h"

static void note(struct range_walk *w, const struct map_event *e)
{
	w->again += e->kind == EVENT_HASH;
}

/* A table's own slots are as many as it has, 1024 at most. */
static void start(struct text *t, const struct session *s, const struct map_event *begin)
{
	const struct map *m = &s->world.map;
	uint64_t draw = begin->range.draw;

	if (m->loop.swiss.small)
		text_printf(t, "starts at slot %" PRIu64 "; ", draw % 8);
	else if (swiss_get(m, SWISS_DIR_LEN) == 1)
		text_printf(t, "starts at slot %" PRIu64 " of the table; ",
			draw % table_get(m, directory_at(m, 0), TABLE_CAPACITY));
	else
		text_printf(t, "starts at entry %" PRIu64 " of each table; ", draw % 1024);
}

static void again(struct text *t, const struct range_walk *w)
{
	text_printf(t,
		"the table was replaced since the loop came to it: %u key%s looked up in the map",
		w->again, w->again == 1 ? " is" : "s are");
	if (w->gone)
		text_printf(t, ", %u of them gone", w->gone);
}

/* What comes first was found in the only table, or group. */
static bool at_start(const struct map *m, const struct map_event *list, size_t n)
{
	uint64_t slots = m->loop.swiss.small ? SLOTS : map_extent(m).units * SLOTS;
	uint64_t start = event_range(list, n)->range.draw % slots;

	while (n > 0 && list->kind != EVENT_YIELD)
		list++, n--;
	return n > 0 && list->at.unit * SLOTS + list->at.slot == start;
}

const struct range_design swiss_range_story = {
	.note = note,
	.start = start,
	.again = again,
	.left = "leaves it: nothing in the map has changed",
	.at_start = at_start,
};
