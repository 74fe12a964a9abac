/* SPDX-License-Identifier: MIT */
#include "tui/view/seek.h"

#include "model/map/engine.h"

/* Which part of a chain counts. */
struct part_of_chain {
	const struct place *from; /* NULL: all of it */
	bool behind;              /* what lies behind it; else up to it, itself too */
};

static bool counts(const struct part_of_chain *part, const struct seeker *k, const struct place *at)
{
	const struct place *from = part->from;
	bool behind;

	if (!from)
		return true;
	behind = at->link > from->link ||
		(at->link == from->link && !k->whole && at->slot > from->slot);
	return behind == part->behind;
}

/* The same for going back: what lies before it, or from it on. */
static bool counts_back(const struct part_of_chain *part, const struct seeker *k,
	const struct place *at)
{
	const struct place *from = part->from;
	bool before;

	if (!from)
		return true;
	before = at->link < from->link ||
		(at->link == from->link && !k->whole && at->slot < from->slot);
	return before == part->behind;
}

/* The first match in a chain, or with `back` the last. */
static bool seek_chain(const struct map *m, const struct seeker *k, struct place at, bool back,
	const struct part_of_chain *part, struct place *found)
{
	bool any = false;

	for (at.link = 0; at.addr; at.addr = map_link(m, at.addr), at.link++) {
		unsigned slots = k->match(k, m, &at);

		for (at.slot = 0; slots >> at.slot; at.slot++) {
			if (!(slots >> at.slot & 1) ||
				!(back ? counts_back(part, k, &at) : counts(part, k, &at)))
				continue;
			*found = at;
			any = true;
			if (!back)
				return true;
		}
	}
	return any;
}

static bool same(const struct seeker *k, const struct place *a, const struct place *b)
{
	return a->array == b->array && a->unit == b->unit && a->link == b->link &&
		(k->whole || a->slot == b->slot);
}

enum found seek(const struct units *u, const struct seeker *k, const struct place *from, bool back,
	struct place *found)
{
	uint64_t main = u->all[SIDE_MAIN], all = main + u->all[SIDE_ASIDE];
	uint64_t start = from->array ? main + from->unit : from->unit;

	/* The start's own chain comes twice: first one side of it, last the other with itself. */
	for (uint64_t i = 0; i <= all && start < all; i++) {
		uint64_t n = (back ? start + all - i : start + i) % all;
		struct place at = { .array = n >= main, .unit = n >= main ? n - main : n };
		struct part_of_chain part = { i == 0 || i == all ? from : NULL, i == 0 };

		at.addr = units_at(u, at.array, at.unit);
		if (!seek_chain(u->map, k, at, back, &part, found))
			continue;
		if (same(k, found, from))
			return FOUND_SAME;
		return i > 0 && (i == all || (back ? n > start : n < start)) ? FOUND_AROUND : FOUND;
	}
	return FOUND_NOT;
}

unsigned seek_full(const struct seeker *k, const struct map *m, const struct place *at)
{
	(void)k;
	return map_live_slots(m, at->addr) == (1u << SLOTS) - 1;
}

unsigned seek_empty(const struct seeker *k, const struct map *m, const struct place *at)
{
	(void)k;
	return !map_live_slots(m, at->addr) && !m->type->engine->reading.moved(m, at->addr);
}

unsigned seek_control(const struct seeker *k, const struct map *m, const struct place *at)
{
	unsigned slots = 0;

	for (unsigned i = 0; i < SLOTS; i++)
		slots |= (unsigned)(map_control(m, at->addr, i) == k->target) << i;
	return slots;
}
