/* SPDX-License-Identifier: MIT */
/* Where the events of a classic map's growth are. */
#include "model/map/classic/event.h"
#include "model/map/classic/reading.h"
#include "tui/view/classic/classic_design.h"

/* A cell is followed to where it moves. */
static bool event_place(const struct map_event *e, struct place *at)
{
	struct classic_move to;

	*at = e->at;
	switch (e->kind) {
	case CLASSIC_MOVE:
		to = classic_of(e).move;
		*at = (struct place){ .unit = to.bucket, .link = to.chain, .slot = to.slot };
		return true;
	case CLASSIC_WORK:
	case CLASSIC_REST:
	case CLASSIC_LINK:
	case CLASSIC_BUCKET:
		return true;
	default:
		return false;
	}
}

/* Inside an operation its cells are moved one by one: a bucket is done after the last of them. */
static uint64_t moving(const struct look *l)
{
	const struct session *s = l->session;
	const struct map *m = &s->world.map;
	size_t n;
	const struct map_event *e = session_events(s, &n);

	if (!s->shown.inside || s->shown.probe_label || !units_both(&l->units))
		return LOOK_NONE;
	for (size_t i = s->shown.events; i-- > 0;) {
		if (e[i].kind == CLASSIC_EVACUATED)
			return LOOK_NONE;
		if (e[i].kind == CLASSIC_WORK)
			return map_evacuated(m, map_bucket(m, true, e[i].at.unit)) ? e[i].at.unit
										   : LOOK_NONE;
	}
	return LOOK_NONE;
}

static unsigned moment(const struct map_event *e)
{
	switch (e->kind) {
	case CLASSIC_GROW:
	case CLASSIC_GROWN:
		return MOMENT_GROWTH | MOMENT_LANDMARK;
	case CLASSIC_EVACUATED:
		return MOMENT_GROWTH;
	case CLASSIC_LINK:
		return MOMENT_LANDMARK;
	case CLASSIC_MOVE:
		return MOMENT_SLOT;
	default:
		return 0;
	}
}

/* The header is that of a growth when the first work begins, and nevacuate moves on right behind
   an evacuation. */
static size_t seen_after(const struct map_event *list, size_t n, size_t event)
{
	size_t i = event;

	if (list[event - 1].kind == CLASSIC_GROW) {
		while (i < n && list[i].kind != CLASSIC_WORK)
			i++;
		return i < n ? i + 1 : event;
	}
	return i < n && list[event - 1].kind == CLASSIC_EVACUATED && list[i].kind == CLASSIC_MARK
		? i + 1
		: event;
}

const struct event_design classic_events = {
	.place = event_place,
	.moment = moment,
	.seen_after = seen_after,
	.moving = moving,
};
