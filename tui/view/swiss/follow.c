/* SPDX-License-Identifier: MIT */
/* Where the events of a Swiss map are. */
#include "tui/view/swiss/swiss_design.h"
#include "tui/view/swiss/table.h"

/* An entry is followed to where it moves. */
static bool event_place(const struct map_event *e, struct place *at)
{
	struct swiss_move to;

	*at = e->at;
	switch (e->kind) {
	case SWISS_EVENT_MOVE:
		to = swiss_of(e).move;
		*at = (struct place){ .array = to.array, .unit = to.unit, .slot = to.slot };
		return true;
	case SWISS_EVENT_TABLE:
	case SWISS_EVENT_PROBE:
	case SWISS_EVENT_MATCH:
	case SWISS_EVENT_REMEMBER:
	case SWISS_EVENT_TOMBSTONE:
	case SWISS_EVENT_FREED:
	case SWISS_EVENT_PRUNE:
	case SWISS_EVENT_PRUNED:
	case SWISS_EVENT_GROW:
	case SWISS_EVENT_SPLIT:
	case SWISS_EVENT_INSTALL:
	case SWISS_EVENT_WIPE:
		return e->at.addr != 0;
	default:
		return false;
	}
}

/* The group of the old table of which entries have moved, and more are to. */
static uint64_t moving(const struct look *l)
{
	struct half h = growth_half(l->session);

	if (!h.on || !h.within || h.number >= l->units.main)
		return LOOK_NONE;
	return l->units.list[h.number].first + h.group;
}

/* A table is replaced within one operation: it begins, the directory doubles, and leads to what is
   new, which for a split is told of twice. */
static unsigned moment(const struct map_event *e)
{
	switch (e->kind) {
	case SWISS_EVENT_GROW:
	case SWISS_EVENT_SPLIT:
		return MOMENT_GROWTH | MOMENT_LANDMARK;
	case SWISS_EVENT_DOUBLED:
	case SWISS_EVENT_INSTALL:
		return MOMENT_GROWTH;
	case SWISS_EVENT_MOVE:
		return MOMENT_SLOT;
	default:
		return 0;
	}
}

/* The last entry has moved before the directory changes. */
static size_t seen_after(const struct map_event *list, size_t n, size_t event)
{
	(void)list;
	(void)n;
	return event;
}

const struct event_design swiss_events = {
	.place = event_place,
	.moment = moment,
	.seen_after = seen_after,
	.moving = moving,
};
