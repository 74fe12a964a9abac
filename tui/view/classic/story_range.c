/* SPDX-License-Identifier: MIT */
/* What a range did, in words. */
#include <inttypes.h>

#include "model/map/classic/event.h"
#include "tui/view/classic/classic_design.h"

enum { ORDER_MOST = 160, KEY_MOST = 24 }; /* bytes of the order, and of each key in it */

/* What the events of one operation come to. */
struct walk {
	uint64_t first, came;   /* entries before it, and after it */
	unsigned waited;        /* old buckets that were walked in place of new ones */
	unsigned again, gone;   /* keys that were looked up, and those that were not there */
};

static struct walk sum_up(const struct map_event *e, size_t n)
{
	const struct map_event *begin = event_range(e, n);
	struct walk w = { .first = begin->kind == EVENT_NEXT ? begin->next.yielded : 0 };

	w.came = w.first;
	for (size_t i = 0; i < n; i++, e++) {
		if (e->kind == CLASSIC_BUCKET)
			w.waited += classic_of(e).bucket.why == CHOICE_TURN_WAITS;
		if (e->kind == EVENT_MISS)
			w.gone++;
		if (e->kind == EVENT_YIELD)
			w.came = e->yield.number;
		if (e->kind != EVENT_VISIT || !e->looked)
			continue;
		w.again += seen_kind(e->visit.seen[e->looked - 1u]) == SEEN_AGAIN;
		if (event_yielded(e, e->looked) > w.came)
			w.came = event_yielded(e, e->looked);
	}
	return w;
}

static void add_key(struct text *t, const struct session *s, uint64_t i)
{
	value_format(&s->world.heap, s->world.map.type->key, world_loop_key(&s->world, i), t, KEY_MOST);
}

static void tell_outcome(struct text *t, const struct session *s, const struct walk *w)
{
	const struct range_loop *l = &s->world.map.loop;

	if (l->left)
		text_add(t, "sets the iterator flags");
	else if (l->over)
		text_printf(t, "over after %" PRIu64 " entr%s", w->came, w->came == 1 ? "y" : "ies");
	else
		text_printf(t, "stops at entry %" PRIu64, w->came);
}

static void tell_order(struct text *t, const struct session *s, const struct walk *w)
{
	size_t begin = t->len;

	text_add(t, w->first ? "the next keys are " : "the keys come in this order: ");
	for (uint64_t i = w->first; i < w->came; i++) {
		if (t->len - begin > ORDER_MOST) {
			text_add(t, ", …");
			return;
		}
		text_add(t, i > w->first ? ", " : "");
		add_key(t, s, i);
	}
}

static void tell_growth(struct text *t, const struct walk *w)
{
	if (w->waited)
		text_printf(t, "growing: %u new bucket%s not filled yet: what belongs there is taken from "
			"the old array", w->waited, w->waited == 1 ? " is" : "s are");
	if (w->again)
		text_printf(t, "%s%u key%s moved since it began and %s looked up", w->waited ? "; " : "",
			w->again, w->again == 1 ? " has" : "s have", w->again == 1 ? "is" : "are");
	if (w->gone)
		text_printf(t, ": %u of them gone", w->gone);
}

static bool of_empty_map(const struct map_event *begin)
{
	return begin->kind == EVENT_RANGE && begin->range.start == RANGE_EMPTY;
}

void classic_story_range(struct text *t, const struct session *s, const struct map_event *list,
	size_t n, bool brief)
{
	const struct map_event *begin = event_range(list, n);
	struct walk w = sum_up(list, n);

	text_add(t, ": ");
	if (of_empty_map(begin)) {
		text_add(t, "the map is empty, nothing is touched");
		return;
	}
	if (begin->kind == EVENT_RANGE && !brief)
		text_printf(t, "starts at bucket %" PRIu64 ", slot %u; ", begin->at.unit,
			begin->at.slot);
	tell_outcome(t, s, &w);
}

void classic_story_range_below(struct story *st, const struct session *s,
	const struct map_event *list, size_t n)
{
	struct walk w = sum_up(list, n);

	if (of_empty_map(event_range(list, n)))
		return;
	if (w.came > w.first)
		tell_order(&st->lines[st->count++], s, &w);
	if (w.waited || w.again)
		tell_growth(&st->lines[st->count++], &w);
}
