/* SPDX-License-Identifier: MIT */
/* What a range did, in words. */
#include <inttypes.h>

#include "model/map/classic/event.h"
#include "tui/view/classic/classic_design.h"
#include "tui/view/telling.h"

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

static void tell_growth(struct text *t, const struct walk *w)
{
	if (w->waited)
		text_printf(t, "growing: %u new bucket%s not filled yet: what belongs there is "
			"taken from the old array",
			w->waited, w->waited == 1 ? " is" : "s are");
	if (w->again)
		text_printf(t, "%s%u key%s moved since it began and %s looked up",
			w->waited ? "; " : "", w->again, w->again == 1 ? " has" : "s have",
			w->again == 1 ? "is" : "are");
	if (w->gone)
		text_printf(t, ": %u of them gone", w->gone);
}

void classic_story_range(struct text *t, const struct session *s, const struct map_event *list,
	size_t n, bool brief)
{
	const struct map_event *begin = event_range(list, n);
	struct walk w = sum_up(list, n);

	text_add(t, ": ");
	if (range_of_nothing(begin)) {
		text_add(t, "the map is empty, nothing is touched");
		return;
	}
	if (begin->kind == EVENT_RANGE && !brief)
		text_printf(t, "starts at bucket %" PRIu64 ", slot %u; ", begin->at.unit,
			begin->at.slot);
	tell_range_end(t, s, w.came, "sets the iterator flags");
}

void classic_story_range_below(struct story *st, const struct session *s,
	const struct map_event *list, size_t n)
{
	struct walk w = sum_up(list, n);

	if (range_of_nothing(event_range(list, n)))
		return;
	if (w.came > w.first)
		tell_order(story_line(st), s, w.first, w.came);
	if (w.waited || w.again)
		tell_growth(story_line(st), &w);
}
