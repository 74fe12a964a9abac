/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "model/figures/classic/check_rules.h"
#include "model/base/mem.h"
#include "model/map/classic/reading.h"

static const struct law laws[CLASSIC_LAWS] = {
#define X(id, name, law) [LAW_##id] = { name, law },
	CLASSIC_LAWS_TABLE(X)
#undef X
};

void check_find_at(
	struct checking *k, enum classic_law law, const struct place *at, const char *format, ...)
{
	struct text *says = check_finding(k->c, law);
	va_list ap;

	if (!says)
		return;
	text_printf(says, "%sbucket %llu", at->array ? "old " : "", (unsigned long long)at->unit);
	if (at->link)
		text_printf(says, " overflow %u", at->link);
	if (at->slot < SLOTS)
		text_printf(says, " slot %u", at->slot);
	text_add(says, ": ");
	va_start(ap, format);
	text_vprintf(says, format, ap);
	va_end(ap);
}

/* Whether an overflow pointer leads to where an overflow bucket can be. */
static bool overflow_inside(const struct checking *k, uint64_t addr, bool old)
{
	uint64_t size = k->m->type->unit.size;

	if (!heap_holds(k->m->heap, addr, size) || addr % k->m->type->target->ptrsize)
		return false;
	for (int i = 0; i < 2; i++) {
		const struct array *a = &k->arrays[i];
		uint64_t n = (addr - a->addr) / size;

		if (!a->all || addr + size <= a->addr || addr >= a->addr + a->all * size)
			continue;
		if (addr < a->addr || (addr - a->addr) % size || n < a->main || a->old != old)
			return false;
	}
	return true;
}

static void note_overflow(struct checking *k, struct array *a, uint64_t addr)
{
	xadd(k->overflow, k->noverflow, k->cap, addr);
	a->linked++;
	a->spare += addr >= a->addr && addr < a->addr + a->all * k->m->type->unit.size;
}

/* Moves on to the next bucket of a chain; false at its end or where it goes wrong. */
static bool next_in_chain(struct checking *k, struct place *at, uint64_t *mile)
{
	uint64_t next = map_overflow(k->m, at->addr);

	at->slot = SLOTS;
	if (!next)
		return false;
	if (!overflow_inside(k, next, at->array)) {
		check_find_at(k, LAW_CHAIN, at, "the overflow pointer leads to 0x%llx",
			(unsigned long long)next);
		return false;
	}
	/* Brent: a milestone at each power of two is met again where the chain is a ring. */
	if (next == *mile || next == at->addr) {
		check_find_at(k, LAW_CHAIN, at, "the chain runs in a ring");
		return false;
	}
	at->link++;
	at->addr = next;
	if ((at->link & (at->link - 1)) == 0)
		*mile = next;
	note_overflow(k, &k->arrays[at->array], next);
	return true;
}

static struct place first_of(const struct checking *k, bool old, uint64_t bucket)
{
	return (struct place){ .array = old, .unit = bucket,
		.addr = k->arrays[old].addr + bucket * k->m->type->unit.size };
}

static void check_chain(struct checking *k, bool old, uint64_t bucket)
{
	struct place at = first_of(k, old, bucket);
	uint64_t mile = 0;
	bool rest = false;

	do {
		k->c->units++;
		for (at.slot = 0; at.slot < SLOTS; at.slot++)
			check_slot(k, &at, &rest);
	} while (next_in_chain(k, &at, &mile));
}

/* Growing */

/* Whether the mark says where the cell went; only where the key was not cleared. */
static bool mark_is_right(const struct checking *k, const struct place *at, uint8_t mark)
{
	const struct map *m = k->m;
	const uint8_t *key;

	if (mark == EVACUATED_EMPTY || m->type->pointers || k->same_size || m->unhashed)
		return mark != EVACUATED_Y || !k->same_size;
	key = map_key(m, at->addr, at->slot);
	if (!value_equals_itself(m->heap, m->type->key, key))
		return true;
	return ((map_hash(m, key) & k->arrays[1].main) != 0) == (mark == EVACUATED_Y);
}

static void check_evacuated(struct checking *k, uint64_t bucket)
{
	struct place at = first_of(k, true, bucket);
	uint64_t mile = 0;

	do {
		const uint8_t *tops = map_at(k->m, at.addr);

		k->c->units++;
		for (at.slot = 0; at.slot < SLOTS; at.slot++) {
			if (tops[at.slot] < EVACUATED_X || tops[at.slot] > EVACUATED_EMPTY)
				check_find_at(k, LAW_MARKS, &at, "%02x in an evacuated bucket",
					tops[at.slot]);
			else if (!mark_is_right(k, &at, tops[at.slot]))
				check_find_at(k, LAW_MARKS, &at,
					"mark %u is not where the cell went", tops[at.slot]);
		}
	} while (next_in_chain(k, &at, &mile));
}

static void check_waiting(struct checking *k, uint64_t bucket)
{
	struct place at = first_of(k, false, bucket);
	const uint8_t *tops = map_at(k->m, at.addr);

	k->c->units++;
	for (at.slot = 0; at.slot < SLOTS; at.slot++)
		if (tops[at.slot] != EMPTY_REST)
			check_find_at(k, LAW_WAITING, &at, "%02x, and the old bucket still waits",
				tops[at.slot]);
	if (map_overflow(k->m, at.addr))
		check_find_at(
			k, LAW_WAITING, &at, "an overflow bucket, and the old bucket still waits");
}

/* The mark looks at so many buckets at once, and may have stopped at an evacuated one
   behind them. */
enum { MARK_AHEAD = 1024 };

static void check_arrays(struct checking *k)
{
	const struct array *new = &k->arrays[0], *old = &k->arrays[1];
	uint64_t mark = old->all ? map_get(k->m, HMAP_NEVACUATE) : 0;

	if (mark >= old->main && old->all)
		check_say(k->c, LAW_NEVACUATE,
			"nevacuate %llu is at the end, and the growth goes on",
			(unsigned long long)mark);
	else if (old->all && old->main <= MARK_AHEAD &&
		map_evacuated(k->m, first_of(k, true, mark).addr))
		check_say(k->c, LAW_NEVACUATE, "nevacuate %llu is a bucket that was evacuated",
			(unsigned long long)mark);
	for (uint64_t i = 0; old->all && i < old->main; i++) {
		struct place at = first_of(k, true, i);

		at.slot = SLOTS;
		if (map_evacuated(k->m, at.addr)) {
			check_evacuated(k, i);
			continue;
		}
		if (i < mark)
			check_find_at(k, LAW_NEVACUATE, &at, "not evacuated, below nevacuate %llu",
				(unsigned long long)mark);
		check_chain(k, true, i);
	}
	for (uint64_t i = 0; new->all && i < new->main; i++) {
		if (old->all && !map_evacuated(k->m, first_of(k, true, i & (old->main - 1)).addr))
			check_waiting(k, i);
		else
			check_chain(k, false, i);
	}
}

static void check(const struct map *m, struct check *c)
{
	struct checking k = { .m = m, .c = c };

	if (!check_header(&k))
		return;
	check_arrays(&k);
	check_sums(&k);
	free(k.overflow);
}

const struct law_book classic_laws = { laws, CLASSIC_LAWS, check };
