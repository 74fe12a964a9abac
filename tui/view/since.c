/* SPDX-License-Identifier: MIT */
#include "tui/view/since.h"

enum {
	NEAR_LEAST = 1024, /* records from the base to the present, and */
	NEAR_PART = 64,    /* as many as there are from the mark in so many */
};

void since_free(struct since *k)
{
	changes_free(&k->settled);
	*k = (struct since){ 0 };
}

void since_forget(struct since *k)
{
	k->version = 0;
}

/* The base moves to somewhat before the present; what is behind it is settled. */
static void settle(struct since *k, struct session *s, bool add)
{
	struct journal *j = &s->world.journal;
	size_t now = j->at, from = add ? k->base : k->mark;
	size_t near = NEAR_LEAST + (now - k->mark) / NEAR_PART;
	struct changes more = { 0 };

	if (!add)
		k->settled.count = 0;
	k->taken = j->version;
	k->base = k->mark;
	if (now - k->mark <= near)
		return;
	k->base = now - near;
	journal_move(j, k->base);
	changes_from(&more, s, from);
	journal_move(j, now);
	changes_add(&k->settled, &more);
	changes_free(&more);
}

bool since_point(struct since *k, struct changes *c, struct session *s, uint64_t point)
{
	const struct journal *j = &s->world.journal;
	size_t mark, far;
	bool good;

	if (!changes_position(s, point, &mark))
		return false;
	good = k->taken >= j->broken && k->mark == mark && j->at >= k->base && k->base >= mark;
	if (good && k->version && k->version == journal_version(j))
		return true;
	far = 2 * (NEAR_LEAST + (j->at - mark) / NEAR_PART);
	k->mark = mark;
	if (!good || j->at - k->base > far)
		settle(k, s, good);
	changes_from(c, s, k->base);
	c->also = &k->settled;
	k->version = journal_version(j);
	return true;
}
