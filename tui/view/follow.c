/* SPDX-License-Identifier: MIT */
#include "tui/view/follow.h"

#include <stdlib.h>

#include "model/base/mem.h"
#include "tui/view/design.h"
#include "tui/view/find.h"

enum { BACK_MOST = 256 }; /* operations that are looked at for a place */

/* To an event's place; a walk's is the last slot that it looked at. False: it is gone. */
static bool go_to(struct look *l, const struct map_event *e, unsigned slots)
{
	struct place at = e->at;

	at.slot = slots ? event_slot(e, slots - 1) : at.slot;
	return look_put_seen(l, &at);
}

/* To where an event inside an operation was, if that was somewhere. */
static bool go_event(struct look *l, const struct map_event *e, unsigned slots)
{
	struct place at;

	switch (e->kind) {
	case EVENT_HASH:
	case EVENT_CLAIM:
	case EVENT_UPDATE:
	case EVENT_DELETE:
	case EVENT_FOUND:
	case EVENT_COMPARE:
	case EVENT_VISIT:
	case EVENT_YIELD:
		return go_to(l, e, slots);
	default:
		break;
	}
	if (e->kind < EVENT_NEUTRAL || !look_design(l)->events->place(e, &at))
		return false;
	return look_put_seen(l, &at);
}

/* The last place named is what it was about; a search that missed ends in a VISIT. */
static bool go_last(struct look *l, const struct map_event *e, size_t n)
{
	for (size_t i = n; i-- > 0;) {
		switch (e[i].kind) {
		case EVENT_CLAIM:
		case EVENT_UPDATE:
		case EVENT_DELETE:
		case EVENT_FOUND:
		case EVENT_VISIT:
		case EVENT_YIELD:
			return go_to(l, &e[i], e[i].looked);
		default:
			break;
		}
	}
	return false;
}

/*
 * What has no place is seen where the one before it was, so that the way back shows what the way
 * forth did: the operation before the present one that has one; else the first slot.
 */
static void go_before(struct look *l)
{
	const struct session *s = l->session;
	const struct point *p = session_point(s);

	for (int n = 0; p && p > s->time.window.points && n < BACK_MOST; n++) {
		size_t first = --p > s->time.window.points ? p[-1].trace : 0;

		if (go_last(l, s->time.window.trace.list + first, p->trace - first))
			return;
	}
	if (p)
		look_put(l, (struct place){ 0 });
}

/* Inside an operation: the last of its events that has a place. */
static void go_inside(struct look *l, const struct map_event *e, size_t n, unsigned slots)
{
	for (size_t i = n; i-- > 0;)
		if (go_event(l, &e[i], i + 1 == n ? slots : e[i].looked))
			return;
	go_before(l);
}

static void let_go(struct look *l)
{
	free(l->held);
	l->held = NULL;
	l->lost = false;
}

void follow_again(struct look *l)
{
	let_go(l);
	l->stays = false;
}

void follow(struct look *l)
{
	const struct session *s = l->session;
	size_t n;
	const struct map_event *e = session_events(s, &n);

	follow_again(l);
	if (s->shown.inside && s->shown.events)
		go_inside(l, e, s->shown.events, s->shown.slots);
	else if (!s->shown.inside && !go_last(l, e, n))
		go_before(l);
	look_refresh(l);
}

/* The literal of the key under the cursor; NULL without one, and for a NaN, which equals none. */
static char *key_literal(const struct look *l)
{
	const struct place *c = &l->cursor;
	const struct map *m = &l->session->world.map;
	struct text literal = { 0 };
	const uint8_t *key;

	if (!m->header || !c->addr || !map_live(m, c->addr, c->slot))
		return NULL;
	key = map_key(m, c->addr, c->slot);
	if (!value_equals_itself(m->heap, m->type->key, key))
		return NULL;
	value_format(m->heap, m->type->key, key, &literal, 0);
	return literal.s;
}

void follow_not(struct look *l)
{
	let_go(l);
	l->stays = true;
	l->held = key_literal(l);
}

/* The byte of the key or elem stays the same one; the header is not left. */
static void stay(struct look *l)
{
	enum part part = l->part;
	uint32_t byte = l->byte;
	bool in_header = l->in_header;
	struct error unused;

	look_refresh(l);
	if (!l->held)
		return;
	l->lost = !l->session->world.map.header || !find_key(l, l->held, &unused);
	l->part = part;
	l->byte = byte;
	l->in_header = in_header;
	look_refresh(l);
}

void follow_step(struct look *l)
{
	if (l->stays)
		stay(l);
	else if (!l->in_header)
		follow(l);
	else
		look_refresh(l);
}

void follow_words(const struct look *l, struct text *out)
{
	if (!l->stays)
		text_add(out, "follows the steps");
	else if (l->held && l->lost)
		text_printf(out, "waits for key %s", l->held);
	else if (l->held)
		text_printf(out, "stays with key %s", l->held);
	else
		text_add(out, "stays here");
}
