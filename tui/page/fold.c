/* SPDX-License-Identifier: MIT */
#include "tui/page/fold.h"

#include <string.h>

#include "model/map/classic/reading.h"
#include "model/map/classic/rules.h"

enum { HEAD = 40, TAIL = 10, AROUND = 4 }; /* rows: at first, at last, on each side of the place */

int fold_chain(const struct fold *f, uint64_t bucket, int most)
{
	int rows = 0;

	for (uint64_t at = map_bucket(f->m, f->old, bucket); at && rows < most; rows++)
		at = map_overflow(f->m, at);
	return rows;
}

/* What a growth has to say of a bucket, as a number. */
static unsigned growth_of(const struct fold *f, uint64_t bucket)
{
	uint64_t from;

	if (!map_growing(f->m))
		return 0;
	from = bucket & ((1ull << map_old_B(f->m)) - 1);
	return (map_evacuated(f->m, map_bucket(f->m, true, from)) ? 1u : 0) |
		(f->old && from == map_get(f->m, HMAP_NEVACUATE) ? 2u : 0) | (bucket == from ? 4u
		: 0);
}

static bool is_dead(const struct fold *f, uint64_t at)
{
	const uint8_t *tops = map_at(f->m, at);

	for (unsigned i = 0; i < SLOTS; i++)
		if (tops[i] >= MIN_TOPHASH)
			return false;
	return map_overflow(f->m, at) == 0;
}

uint64_t fold_behind(const struct fold *f, uint64_t bucket, uint64_t end)
{
	uint64_t at = map_bucket(f->m, f->old, bucket), b = bucket + 1;

	if (!is_dead(f, at) || (bucket && bucket == f->place))
		return 0;
	for (; b < end && b != f->place; b++) {
		uint64_t other = map_bucket(f->m, f->old, b);

		if (memcmp(map_at(f->m, at), map_at(f->m, other), SLOTS) != 0 ||
			!is_dead(f, other) ||
			growth_of(f, bucket) != growth_of(f, b))
			break;
	}
	return b - bucket - 1;
}

int fold_rows_whole(const struct fold *f, int most)
{
	int rows = 0;

	for (uint64_t b = 0; b < f->buckets && rows <= most; b++)
		rows += fold_chain(f, b, most + 1);
	return rows;
}

/* From a bucket to the next that has a row of its own; *rows grows by what they take together. */
static uint64_t next_shown(const struct fold *f, uint64_t bucket, int *rows)
{
	uint64_t behind = fold_behind(f, bucket, f->buckets);

	*rows += fold_chain(f, bucket, FOLD_CHAIN) + (behind >= FOLD_LEAST);
	return bucket + 1 + (behind >= FOLD_LEAST ? behind : 0);
}

int fold_rows(const struct fold *f, int most)
{
	int rows = 0;

	for (uint64_t b = 0; b < f->buckets && rows <= most;)
		b = next_shown(f, b, &rows);
	return rows;
}

/* The first buckets whose rows are no more than HEAD. */
static uint64_t end_of_head(const struct fold *f)
{
	uint64_t b = 0, next;
	int rows = 0;

	while (b < f->buckets) {
		next = next_shown(f, b, &rows);
		if (rows > HEAD)
			break;
		b = next;
	}
	return b;
}

/* Buckets before that one, or from it on, whose rows are no more than `most`. */
static uint64_t back(const struct fold *f, uint64_t bucket, uint64_t least, int most)
{
	while (bucket > least && (most -= fold_chain(f, bucket - 1, FOLD_CHAIN)) >= 0)
		bucket--;
	return bucket;
}

static uint64_t forth(const struct fold *f, uint64_t bucket, uint64_t end, int most)
{
	while (bucket < end && (most -= fold_chain(f, bucket, FOLD_CHAIN)) >= 0)
		bucket++;
	return bucket;
}

struct fold_parts fold_cut(const struct fold *f)
{
	struct fold_parts p = { .head = end_of_head(f) };

	p.from = p.to = p.head;
	p.tail = back(f, f->buckets, p.head, TAIL);
	if (f->place >= p.head && f->place < p.tail) {
		p.from = back(f, f->place, p.head, AROUND);
		p.to = forth(f, f->place + 1, p.tail, AROUND);
	}
	return p;
}
