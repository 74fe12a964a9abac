/* SPDX-License-Identifier: MIT */
#include "tui/look.h"

#include <stdlib.h>

void look_init(struct look *l, struct session *s)
{
	*l = (struct look){ .session = s, .zoom = ZOOM_ROWS };
	look_refresh(l);
}

void look_free(struct look *l)
{
	changes_free(&l->changes);
	free(l->marks.cells);
}

uint64_t look_buckets(const struct map *m, bool old)
{
	if (!m->hmap || map_get(m, old ? HMAP_OLDBUCKETS : HMAP_BUCKETS) == 0)
		return 0;
	return 1ull << (old ? map_old_B(m) : map_get(m, HMAP_B));
}

uint64_t look_bucket(const struct map *m, bool old, uint64_t bucket, uint32_t chain)
{
	uint64_t addr;

	if (bucket >= look_buckets(m, old))
		return 0;
	addr = map_bucket(m, old, bucket);
	for (; chain > 0 && addr; chain--)
		addr = map_overflow(m, addr);
	return addr;
}

void look_refresh(struct look *l)
{
	const struct map *m = &l->session->map;
	uint64_t buckets;

	if (l->cursor.old && !look_buckets(m, true))
		l->cursor.old = false;
	buckets = look_buckets(m, l->cursor.old);
	if (l->cursor.bucket >= buckets)
		l->cursor.bucket = buckets ? buckets - 1 : 0;
	while (l->cursor.chain > 0 &&
		!look_bucket(m, l->cursor.old, l->cursor.bucket, l->cursor.chain))
		l->cursor.chain--;
	l->cursor.addr = look_bucket(m, l->cursor.old, l->cursor.bucket, l->cursor.chain);
	if (!l->marked || !changes_since(&l->changes, l->session, l->mark))
		changes_of_step(&l->changes, l->session);
}

void look_move_slot(struct look *l, int by)
{
	int slot = (int)l->cursor.slot + by;

	l->cursor.slot = slot < 0 ? 0 : slot >= SLOTS ? SLOTS - 1 : (unsigned)slot;
}

static bool step_down(struct look *l)
{
	const struct map *m = &l->session->map;
	struct place *c = &l->cursor;

	if (look_bucket(m, c->old, c->bucket, c->chain + 1)) {
		c->chain++;
		return true;
	}
	if (c->bucket + 1 >= look_buckets(m, c->old))
		return false;
	c->bucket++;
	c->chain = 0;
	return true;
}

static bool step_up(struct look *l)
{
	const struct map *m = &l->session->map;
	struct place *c = &l->cursor;

	if (c->chain > 0) {
		c->chain--;
		return true;
	}
	if (c->bucket == 0)
		return false;
	c->bucket--;
	while (look_bucket(m, c->old, c->bucket, c->chain + 1))
		c->chain++;
	return true;
}

void look_move_bucket(struct look *l, int64_t by)
{
	for (; by > 0 && step_down(l); by--)
		continue;
	for (; by < 0 && step_up(l); by++)
		continue;
	look_refresh(l);
}

void look_move_to(struct look *l, bool old, uint64_t bucket)
{
	l->cursor.old = old;
	l->cursor.bucket = bucket;
	l->cursor.chain = 0;
	look_refresh(l);
}

/* To an event's place; a walk's is the last slot that it looked at. */
static void go_to(struct look *l, const struct trace_event *e, unsigned slots)
{
	if (e->c == ARRAY_GONE)
		return;
	l->cursor = (struct place){ .old = e->c == ARRAY_OLD, .bucket = e->bucket, .chain = e->chain,
		.slot = slots ? trace_slot(e, slots - 1) : e->slot };
}

/* Inside an operation the cursor goes where its last event was, if that was somewhere. */
static void follow_inside(struct look *l, const struct trace_event *e, unsigned slots)
{
	switch (e->kind) {
	case TRACE_MOVE:
		l->cursor = (struct place){ .bucket = e->a, .chain = (uint32_t)e->b,
			.slot = (unsigned)e->c };
		break;
	case TRACE_WORK:
		l->cursor = (struct place){ .old = true, .bucket = e->bucket };
		break;
	case TRACE_HASH:
		l->cursor = (struct place){ .bucket = e->b };
		break;
	case TRACE_CLAIM:
	case TRACE_UPDATE:
	case TRACE_DELETE:
	case TRACE_FOUND:
	case TRACE_COMPARE:
	case TRACE_REST:
	case TRACE_LINK:
	case TRACE_BUCKET:
	case TRACE_VISIT:
	case TRACE_YIELD:
		go_to(l, e, slots);
		break;
	default:
		break;
	}
	look_refresh(l);
}

void look_follow(struct look *l)
{
	size_t n;
	const struct trace_event *e = session_events(l->session, &n);

	if (l->session->inside) {
		n = l->session->inside_events;
		follow_inside(l, &e[n - 1], l->session->inside_slots);
		return;
	}
	/* The last place named is what it was about; a search that missed ends in a VISIT. */
	for (size_t i = n; i-- > 0;) {
		switch (e[i].kind) {
		case TRACE_CLAIM:
		case TRACE_UPDATE:
		case TRACE_DELETE:
		case TRACE_FOUND:
		case TRACE_VISIT:
			go_to(l, &e[i], e[i].looked);
			look_refresh(l);
			return;
		default:
			break;
		}
	}
	look_refresh(l);
}

void look_switch_array(struct look *l)
{
	const struct map *m = &l->session->map;
	uint64_t old = look_buckets(m, true);

	if (!old)
		return;
	if (l->cursor.old)
		look_move_to(l, false, l->cursor.bucket);
	else
		look_move_to(l, true, l->cursor.bucket & (old - 1));
}
