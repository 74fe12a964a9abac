/* SPDX-License-Identifier: MIT */
/* What a range did, in words. */
#include <inttypes.h>

#include "model/map/swiss/event.h"
#include "tui/view/swiss/story_parts.h"

enum { ORDER_MOST = 160, KEY_MOST = 24 }; /* bytes of the order, and of each key in it */

/* What the events of one operation come to. */
struct walk {
	uint64_t first, came;   /* entries before it, and after it */
	unsigned again, gone;   /* keys that were looked up, and those that were not there */
	unsigned tables;        /* that the loop came to */
};

static struct walk sum_up(const struct map_event *e, size_t n)
{
	const struct map_event *begin = event_range(e, n);
	struct walk w = { .first = begin->kind == EVENT_NEXT ? begin->next.yielded : 0 };

	w.came = w.first;
	for (size_t i = 0; i < n; i++, e++) {
		w.tables += e->kind == SWISS_EVENT_TABLE && swiss_of(e).table.why == TABLE_TURN;
		w.again += e->kind == EVENT_HASH;
		w.gone += e->kind == EVENT_MISS;
		if (e->kind == EVENT_YIELD)
			w.came = e->yield.number;
	}
	return w;
}

static void tell_outcome(struct text *t, const struct session *s, const struct walk *w)
{
	const struct range_loop *l = &s->world.map.loop;

	if (l->left)
		text_add(t, "leaves it: nothing in the map has changed");
	else if (l->over)
		text_printf(t, "over after %" PRIu64 " entr%s", w->came, w->came == 1 ? "y" : "ies");
	else
		text_printf(t, "stops at entry %" PRIu64, w->came);
}

static void tell_order(struct text *t, const struct session *s, const struct walk *w)
{
	const struct world *world = &s->world;
	size_t begin = t->len;

	text_add(t, w->first ? "the next keys are " : "the keys come in this order: ");
	for (uint64_t i = w->first; i < w->came; i++) {
		if (t->len - begin > ORDER_MOST) {
			text_add(t, ", …");
			return;
		}
		text_add(t, i > w->first ? ", " : "");
		value_format(&world->heap, world->map.type->key, world_loop_key(world, i), t, KEY_MOST);
	}
}

static void tell_again(struct text *t, const struct walk *w)
{
	text_printf(t, "the table was replaced since the loop came to it: %u key%s looked up in the map",
		w->again, w->again == 1 ? " is" : "s are");
	if (w->gone)
		text_printf(t, ", %u of them gone", w->gone);
}

static bool of_empty_map(const struct map_event *begin)
{
	return begin->kind == EVENT_RANGE && begin->range.start == RANGE_EMPTY;
}

void swiss_story_range(struct text *t, const struct session *s, const struct map_event *list,
	size_t n, bool brief)
{
	const struct map_event *begin = event_range(list, n);
	struct walk w = sum_up(list, n);

	text_add(t, ": ");
	if (of_empty_map(begin)) {
		text_add(t, "the map is empty, nothing is touched");
		return;
	}
	if (begin->kind == EVENT_RANGE && !brief && s->world.map.loop.swiss.small)
		text_printf(t, "starts at slot %" PRIu64 "; ", begin->range.draw % 8);
	else if (begin->kind == EVENT_RANGE && !brief)
		text_printf(t, "starts at entry %" PRIu64 " of each table; ", begin->range.draw % 1024);
	tell_outcome(t, s, &w);
}

void swiss_story_range_below(struct story *st, const struct session *s,
	const struct map_event *list, size_t n)
{
	struct walk w = sum_up(list, n);

	if (of_empty_map(event_range(list, n)))
		return;
	if (w.came > w.first)
		tell_order(story_line(st), s, &w);
	if (w.again)
		tell_again(story_line(st), &w);
}
