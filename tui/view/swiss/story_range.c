/* SPDX-License-Identifier: MIT */
/* What a range did, in words. */
#include <inttypes.h>

#include "model/map/swiss/event.h"
#include "model/map/swiss/reading.h"
#include "tui/view/swiss/story_parts.h"

/* What the events of one operation come to. */
struct walk {
	uint64_t first, came;   /* entries before it, and after it */
	unsigned again, gone;   /* keys that were looked up, and those that were not there */
};

static struct walk sum_up(const struct map_event *e, size_t n)
{
	const struct map_event *begin = event_range(e, n);
	struct walk w = { .first = begin->kind == EVENT_NEXT ? begin->next.yielded : 0 };

	w.came = w.first;
	for (size_t i = 0; i < n; i++, e++) {
		w.again += e->kind == EVENT_HASH;
		w.gone += e->kind == EVENT_MISS;
		if (e->kind == EVENT_YIELD)
			w.came = e->yield.number;
	}
	return w;
}

static void tell_again(struct text *t, const struct walk *w)
{
	text_printf(t,
		"the table was replaced since the loop came to it: %u key%s looked up in the map",
		w->again, w->again == 1 ? " is" : "s are");
	if (w->gone)
		text_printf(t, ", %u of them gone", w->gone);
}

/* A table's own slots are as many as it has, 1024 at most. */
static void tell_start(struct text *t, const struct map *m, uint64_t draw)
{
	if (swiss_get(m, SWISS_DIR_LEN) == 1)
		text_printf(t, "starts at slot %" PRIu64 " of the table; ",
			draw % table_get(m, directory_at(m, 0), TABLE_CAPACITY));
	else
		text_printf(t, "starts at entry %" PRIu64 " of each table; ", draw % 1024);
}

void swiss_story_range(struct text *t, const struct session *s, const struct map_event *list,
	size_t n, bool brief)
{
	const struct map_event *begin = event_range(list, n);
	struct walk w = sum_up(list, n);

	text_add(t, ": ");
	if (range_of_nothing(begin)) {
		text_add(t, "the map is empty, nothing is touched");
		return;
	}
	if (begin->kind == EVENT_RANGE && !brief && s->world.map.loop.swiss.small)
		text_printf(t, "starts at slot %" PRIu64 "; ", begin->range.draw % 8);
	else if (begin->kind == EVENT_RANGE && !brief)
		tell_start(t, &s->world.map, begin->range.draw);
	tell_range_end(t, s, w.came, "leaves it: nothing in the map has changed");
}

void swiss_story_range_below(struct story *st, const struct session *s,
	const struct map_event *list, size_t n)
{
	struct walk w = sum_up(list, n);

	if (range_of_nothing(event_range(list, n)))
		return;
	if (w.came > w.first)
		tell_order(story_line(st), s, w.first, w.came);
	if (w.again)
		tell_again(story_line(st), &w);
}
