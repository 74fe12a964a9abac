/* SPDX-License-Identifier: MIT */
/* What a range did, in words. */
#include <inttypes.h>

#include "tui/view/design.h"

enum { ORDER_MOST = 160, ORDER_KEY_MOST = 24 }; /* bytes of the order, and of each key in it */

static const struct range_design *design_range(const struct session *s)
{
	return design_of(&s->world.map)->range;
}

struct range_walk story_range_sum(const struct session *s, const struct map_event *e, size_t n)
{
	const struct map_event *begin = event_range(e, n);
	struct range_walk w = { .first = begin->kind == EVENT_NEXT ? begin->next.yielded : 0 };

	w.came = w.first;
	for (size_t i = 0; i < n; i++, e++) {
		w.gone += e->kind == EVENT_MISS;
		if (e->kind == EVENT_YIELD)
			w.came = e->yield.number;
		design_range(s)->note(&w, e);
	}
	return w;
}

static bool of_nothing(const struct map_event *begin)
{
	return begin->kind == EVENT_RANGE && begin->range.start == RANGE_EMPTY;
}

/* The keys that came, from the first on. */
static void tell_order(struct text *t, const struct session *s, const struct range_walk *w)
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
		value_format(&world->heap, world->map.type->key, world_loop_key(world, i), t,
			ORDER_KEY_MOST);
	}
}

void story_range(struct text *t, const struct session *s, const struct map_event *list, size_t n,
	bool brief)
{
	const struct range_loop *l = &s->world.map.loop;
	const struct map_event *begin = event_range(list, n);
	struct range_walk w = story_range_sum(s, list, n);

	text_add(t, ": ");
	if (of_nothing(begin)) {
		text_add(t, "the map is empty, nothing is touched");
		return;
	}
	if (begin->kind == EVENT_RANGE && !brief)
		design_range(s)->start(t, s, begin);
	if (l->left)
		text_add(t, design_range(s)->left);
	else if (l->over)
		text_printf(t, "over after %s entr%s", count_text(w.came).s,
			w.came == 1 ? "y" : "ies");
	else
		text_printf(t, "stops at entry %s", count_text(w.came).s);
}

void story_range_below(struct story *st, const struct session *s, const struct map_event *list,
	size_t n)
{
	struct range_walk w = story_range_sum(s, list, n);

	if (of_nothing(event_range(list, n)))
		return;
	if (w.came > w.first)
		tell_order(story_line(st), s, &w);
	if (w.waited || w.again)
		design_range(s)->again(story_line(st), &w);
}
