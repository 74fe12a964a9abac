/* SPDX-License-Identifier: MIT */
#include "model/source/buckets.h"

#include "model/map/classic/reading.h"
#include "model/source/buckets_parts.h"
#include "model/source/groups_parts.h"
#include "model/source/source_parts.h"
#include "model/source/unit_read.h"

static const char *const names[] = { "buckets", "oldbuckets" };

void buckets_free(struct buckets *b)
{
	imprint_array_free(&b->arrays[0]);
	imprint_array_free(&b->arrays[1]);
}

/* Arrays */

/* A chain, as it is read. */
struct chain_reading {
	struct unit_reading *unit;
	bool any;
};

static bool read_link(struct reading *r, uint64_t i, void *into)
{
	struct chain_reading *c = into;

	c->any = true;
	return unit_read(r, c->unit, i == 0);
}

static bool read_chain(struct reading *r, struct unit_reading *b)
{
	struct chain_reading c = { .unit = b };

	return reading_list(r, read_link, &c) && (c.any ||
		reading_wrong(r, "an empty list: a bucket is expected, then its overflow buckets"));
}

/* How many more lists there are: they are too many already, or it is no chain. */
static bool count_rest(struct reading *r, uint64_t *n)
{
	enum pull_kind kind;
	bool more;

	for (;; ++*n) {
		if (!pull_item(r->pull, &more))
			return false;
		if (!more)
			return true;
		if (!pull_value(r->pull, &kind) || !pull_skip(r->pull, kind))
			return false;
	}
}

static bool wrong_count(struct reading *r, uint64_t n, uint64_t B)
{
	return reading_wrong(r, "%llu buckets: B says that there are 2^%llu", (unsigned long long)n,
		(unsigned long long)B);
}

/* 2^B chains. */
static bool read_chains(struct reading *r, struct unit_reading *b, uint64_t B)
{
	uint64_t most = B > 40 ? 0 : 1ull << B, n = 0;
	bool more;

	for (; n < most; n++) {
		if (!pull_item(r->pull, &more))
			return false;
		if (!more)
			return wrong_count(r, n, B);
		reading_enter_item(r, n);
		if (!read_chain(r, b))
			return false;
		reading_leave(r);
	}
	return count_rest(r, &n) && (n == most || wrong_count(r, n, B));
}

/* The list of one array, 2^B chains; null for a nil pointer. */
static bool read_array(struct reading *r, struct snapshot_reading *x, bool old, uint64_t B)
{
	const struct source_setting *set = snapshot_setting(r, x);
	const struct source_snapshot *before = set ? snapshot_before(x) : NULL;
	struct imprint_array *a = &x->s.buckets.arrays[old];
	struct unit_reading b;
	bool ok;

	if (!set || !reading_or_null(r, PULL_LIST, "a list of buckets or null", &a->there))
		return false;
	if (!a->there)
		return true;
	unit_reading_open(&b, set->type, &bucket_members);
	imprint_pack(&b.packer, a, before ? &before->buckets.arrays[old] : NULL);
	ok = read_chains(r, &b, B);
	imprint_pack_end(&b.packer);
	unit_reading_close(&b);
	return ok;
}

static bool read_buckets(struct reading *r, void *into)
{
	struct snapshot_reading *x = into;

	if (x->s.buckets.B == BUCKETS_UNREAD)
		return pull_copy(r->pull, &x->aside[0]);
	return read_array(r, x, false, x->s.buckets.B);
}

static bool read_oldbuckets(struct reading *r, void *into)
{
	struct snapshot_reading *x = into;
	const struct buckets *b = &x->s.buckets;
	bool same = b->flags & FLAG_SAME_SIZE;

	if (b->B == BUCKETS_UNREAD || b->flags == BUCKETS_UNREAD)
		return pull_copy(r->pull, &x->aside[1]);
	return read_array(r, x, true, b->B > 0 && !same ? b->B - 1 : b->B);
}

#define NUMBER(f, from, to) MEMBER_NUMBER_AT(#f, snapshot_reading, s.buckets.f, from, to)

static const struct member rows[] = {
	NUMBER(count, 0, INT64_MAX),
	NUMBER(flags, 0, UINT8_MAX),
	NUMBER(B, 0, UINT8_MAX),
	NUMBER(noverflow, 0, UINT16_MAX),
	{ .name = "hash0", .kind = MEMBER_HEX, .needed = true, .most = 8,
		.offset = offsetof(struct snapshot_reading, s.buckets.hash0) },
	NUMBER(nevacuate, 0, UINT64_MAX),
	{ .name = "clearseq", .kind = MEMBER_NUMBER, .most = INT64_MAX,
		.offset = offsetof(struct snapshot_reading, s.buckets.clears) },
	NUMBER(next_overflow, -1, INT64_MAX),
	{ .name = "old_next_overflow", .kind = MEMBER_NUMBER, .most = INT64_MAX,
		.offset = offsetof(struct snapshot_reading, s.buckets.old_next_overflow) },
	{ .name = "extra", .kind = MEMBER_FLAG, .needed = true,
		.offset = offsetof(struct snapshot_reading, s.buckets.extra) },
	MEMBER_READ("buckets", read_buckets, true, "a list of buckets or null"),
	MEMBER_READ("oldbuckets", read_oldbuckets, true, "a list of buckets or null"),
};

/* Behind these come the other design's: a file may have maps of both. */
static const struct members buckets_members = { rows, sizeof rows / sizeof rows[0], &groups_members,
	reading_buckets };

/* What must hold between the fields */

/* A field of the target's word may be too large for that. */
static bool check_word(struct reading *r, const char *name, uint64_t n, uint64_t most)
{
	if (n <= most)
		return true;
	return reading_wrong(reading_enter(r, name), "%llu: a number from 0 to %llu is expected",
		(unsigned long long)n, (unsigned long long)most);
}

static bool check_arrays(struct reading *r, const struct buckets *b)
{
	if (!b->arrays[0].there && b->B > 0)
		return reading_wrong(r, "buckets is null, and B is %llu: only with B 0 it can be",
			(unsigned long long)b->B);
	if (b->arrays[1].there && !b->arrays[0].there)
		return reading_wrong(r,
			"buckets is null, and oldbuckets is not: it has nowhere to grow to");
	if (b->arrays[1].there && b->B == 0 && !(b->flags & FLAG_SAME_SIZE))
		return reading_wrong(r,
			"B is 0, and oldbuckets is not null: it can only have doubled");
	return true;
}

/* The first free spare bucket must be one of the array; whether it is a spare one is a law. */
static bool check_next(struct reading *r, const struct maptype *t, const struct buckets *b)
{
	uint64_t all = b->arrays[0].there ? maptype_array_buckets(t, (unsigned)b->B) : 0;

	if (b->next_overflow < 0)
		return true;
	if (!b->extra)
		return reading_wrong(r,
			"next_overflow is %lld, and extra is false: it lies in there",
			(long long)b->next_overflow);
	if ((uint64_t)b->next_overflow < all)
		return true;
	return reading_wrong(r,
		"next_overflow is %lld: the array has %llu buckets, spare ones included",
		(long long)b->next_overflow, (unsigned long long)all);
}

/* A field that was set aside. Its JSON was looked through already. */
static bool read_aside(struct reading *r, struct snapshot_reading *x, bool old)
{
	struct pull pull, *was = r->pull;
	bool ok;

	if (!x->aside[old].len)
		return true;
	pull_open_text(&pull, &x->aside[old], r->name, r->err);
	r->pull = &pull;
	reading_enter(r, names[old]);
	ok = old ? read_oldbuckets(r, x) : read_buckets(r, x);
	if (ok)
		reading_leave(r);
	r->pull = was;
	pull_close(&pull);
	return ok;
}

static bool complete(struct reading *r, struct snapshot_reading *x)
{
	const struct source_setting *set = snapshot_setting(r, x);
	const struct buckets *b = &x->s.buckets;
	uint64_t word = set ? word_mask(set->target) : 0;

	return set && check_word(r, "count", b->count, word >> 1) &&
		check_word(r, "nevacuate", b->nevacuate, word) && read_aside(r, x, false) &&
		read_aside(r, x, true) && check_arrays(r, b) && check_next(r, set->type, b);
}

void buckets_start(struct buckets *b)
{
	b->B = b->flags = BUCKETS_UNREAD;
}

static uint64_t entries(const struct source_snapshot *s)
{
	return s->buckets.count;
}

const struct snapshot_part buckets_part = {
	.engine = "classic",
	.sizes = buckets_sizes,
	.add_header = buckets_add_header,
	.add_loop = buckets_add_loop,
	.units = { "tophash", buckets_walk },
	.members = &buckets_members,
	.loop = &buckets_loop_members,
	.complete = complete,
	.entries = entries,
	.fill = buckets_fill,
	.guess_again = buckets_guess_again,
	.place_loop = buckets_place_loop,
};
