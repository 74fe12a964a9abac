/* SPDX-License-Identifier: MIT */
/* Where the events of a classic map's growth are. */
#include "model/map/classic/event.h"
#include "model/map/classic/reading.h"
#include "tui/view/classic/classic_design.h"

/* A cell is followed to where it moves. */
bool classic_event_place(const struct map_event *e, struct place *at)
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
uint64_t classic_moving(const struct look *l)
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
