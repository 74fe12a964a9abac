/* SPDX-License-Identifier: MIT */
#include "tui/view/arrivals.h"

enum { BACK_MOST = 1 << 17 }; /* events that are gone back through for the loop's beginning */

static void take(struct arrivals *a, uint64_t number, uint64_t unit, unsigned slot)
{
	if (number != a->count + 1 || a->count == ARRIVALS)
		return;
	a->slots[a->count++] = unit + slot;
}

static void take_event(struct arrivals *a, const struct map_event *e, unsigned slots)
{
	if (e->kind == EVENT_YIELD)
		take(a, e->yield.number, e->at.addr, e->at.slot);
	if (e->kind != EVENT_VISIT)
		return;
	for (unsigned i = 0; i < slots; i++)
		if (seen_kind(e->visit.seen[i]) == SEEN_YIELD)
			take(a, event_yielded(e, i + 1), e->at.addr, event_slot(e, i));
}

/* Where the loop begins that an operation goes on with; the operation's own start if unknown. */
static const struct map_event *beginning(const struct session *s, const struct map_event *list)
{
	const struct map_event *e = list;

	while (e->kind != EVENT_RANGE && e > s->time.window.trace.list && list - e < BACK_MOST)
		e--;
	return e->kind == EVENT_RANGE ? e : list;
}

void arrivals_of_step(struct arrivals *a, const struct session *s)
{
	size_t n;
	const struct map_event *list = session_events(s, &n), *e, *last;

	a->count = 0;
	if (!event_range(list, n))
		return;
	last = &list[s->shown.inside ? s->shown.events - 1 : n - 1];
	for (e = beginning(s, event_range(list, n)); e <= last && a->count < ARRIVALS; e++)
		take_event(a, e, e == last && s->shown.inside ? s->shown.slots : e->looked);
}

unsigned arrivals_find(const struct arrivals *a, uint64_t unit, unsigned slot)
{
	for (unsigned i = a->count; i-- > 0;)
		if (a->slots[i] == unit + slot)
			return i + 1;
	return 0;
}
