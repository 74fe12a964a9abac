/* SPDX-License-Identifier: MIT */
/* What a range did, in words. */
#include <inttypes.h>

#include "model/map/classic/event.h"
#include "tui/view/classic/classic_design.h"

static void note(struct range_walk *w, const struct map_event *e)
{
	if (e->kind == CLASSIC_BUCKET)
		w->waited += classic_of(e).bucket.why == CHOICE_TURN_WAITS;
	if (e->kind != EVENT_VISIT || !e->looked)
		return;
	w->again += seen_kind(e->visit.seen[e->looked - 1u]) == SEEN_AGAIN;
	if (event_yielded(e, e->looked) > w->came)
		w->came = event_yielded(e, e->looked);
}

static void start(struct text *t, const struct session *s, const struct map_event *begin)
{
	(void)s;
	text_printf(t, "starts at bucket %" PRIu64 ", slot %u; ", begin->at.unit, begin->at.slot);
}

static void again(struct text *t, const struct range_walk *w)
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

/* The first slot that is looked at. */
static bool at_start(const struct map *m, const struct map_event *list, size_t n)
{
	(void)m;
	while (n > 0 && list->kind != EVENT_VISIT)
		list++, n--;
	return n > 0 && list->looked && seen_kind(list->visit.seen[0]) == SEEN_YIELD;
}

const struct range_design classic_range_story = {
	.note = note,
	.start = start,
	.again = again,
	.left = "sets the iterator flags",
	.at_start = at_start,
};
