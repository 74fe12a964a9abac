/* SPDX-License-Identifier: MIT */
#include "model/source/buckets.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "model/source/source_parts.h"

static const char *const names[] = { "buckets", "oldbuckets" };

void bucket_array_add(struct bucket_array *a, struct imprint *unit, bool first)
{
	a->list = grow(a->list, &a->cap, a->total, sizeof(struct imprint *));
	a->list[a->total++] = unit;
	if (first) {
		a->chains = grow(a->chains, &a->chains_cap, a->count, sizeof *a->chains);
		a->chains[a->count++] = 0;
	}
	a->chains[a->count - 1]++;
}

void buckets_free(struct buckets *b)
{
	for (int old = 0; old < 2; old++) {
		for (uint64_t i = 0; i < b->arrays[old].total; i++)
			imprint_drop(b->arrays[old].list[i]);
		free(b->arrays[old].list);
		free(b->arrays[old].chains);
	}
}

/* One bucket */

struct bucket_reading {
	const struct maptype *type;
	uint8_t *mask;               /* enum gotype_byte for each of its bytes; owned */
	uint8_t *raw;                /* owned */
	int64_t tophash[SLOTS];
	struct text keys, elems;     /* the literals, each with its NUL */
};

/* The values of a list, eight of one kind; `take` gets each. */
static bool read_eight(struct reading *r, enum pull_kind kind, const char *what,
	void (*take)(struct bucket_reading *b, unsigned i, const struct pull *p, struct text *out),
	struct bucket_reading *b, struct text *out)
{
	size_t n = 0;
	bool more;

	if (!reading_value(r, PULL_LIST))
		return false;
	for (;; n++) {
		enum pull_kind any;

		if (!pull_item(r->pull, &more))
			return false;
		if (!more)
			break;
		if (n >= SLOTS) {
			if (!pull_value(r->pull, &any) || !pull_skip(r->pull, any))
				return false;
			continue;
		}
		reading_enter_item(r, n);
		if (!reading_value(r, kind))
			return false;
		reading_leave(r);
		take(b, (unsigned)n, r->pull, out);
	}
	return n == SLOTS || reading_wrong(r, "%zu %s: %d are expected", n, what, SLOTS);
}

static void take_tophash(struct bucket_reading *b, unsigned i, const struct pull *p,
	struct text *out)
{
	(void)out;
	b->tophash[i] = p->number;
}

static void take_literal(struct bucket_reading *b, unsigned i, const struct pull *p,
	struct text *out)
{
	(void)b;
	(void)i;
	text_addn(out, text_str(&p->text), p->text.len + 1);
}

static bool read_tophash(struct reading *r, void *into)
{
	return read_eight(r, PULL_INTEGER, "numbers", take_tophash, into, NULL);
}

static bool read_keys(struct reading *r, void *into)
{
	struct bucket_reading *b = into;

	text_clear(&b->keys);
	return read_eight(r, PULL_STRING, "strings", take_literal, b, &b->keys);
}

static bool read_elems(struct reading *r, void *into)
{
	struct bucket_reading *b = into;

	text_clear(&b->elems);
	return read_eight(r, PULL_STRING, "strings", take_literal, b, &b->elems);
}

static bool read_raw(struct reading *r, void *into)
{
	struct bucket_reading *b = into;

	return reading_value(r, PULL_STRING) &&
		reading_bytes(r, &r->pull->text, b->raw, b->type->unit.size);
}

static const struct member bucket_rows[] = {
	{ .name = "tophash", .kind = MEMBER_OTHER, .needed = true, .read = read_tophash,
		.want = "a list" },
	{ .name = "raw", .kind = MEMBER_OTHER, .needed = true, .read = read_raw,
		.want = "a string" },
	{ .name = "keys", .kind = MEMBER_OTHER, .needed = true, .read = read_keys,
		.want = "a list" },
	{ .name = "elems", .kind = MEMBER_OTHER, .needed = true, .read = read_elems,
		.want = "a list" },
};

static const struct members bucket_members = { bucket_rows,
	sizeof bucket_rows / sizeof bucket_rows[0], NULL };

static bool check_raw(struct reading *r, const struct bucket_reading *b)
{
	static const char *const what[] = { [BYTE_POINTER] = "pointers",
		[BYTE_PADDING] = "padding" };

	for (uint32_t i = 0; i < b->type->unit.size; i++) {
		if (b->mask[i] == BYTE_DATA || !b->raw[i])
			continue;
		reading_enter(r, "raw");
		return reading_wrong(r, "byte %u is 0x%02x: %s are written as zeros", i, b->raw[i],
			what[b->mask[i]]);
	}
	return true;
}

static bool check_tophash(struct reading *r, const struct bucket_reading *b)
{
	for (unsigned i = 0; i < SLOTS; i++) {
		if (b->tophash[i] == b->raw[i])
			continue;
		reading_enter(r, "tophash");
		reading_enter_item(r, i);
		return reading_wrong(r, "%lld, and the raw byte is %u: they are the same byte",
			(long long)b->tophash[i], b->raw[i]);
	}
	return true;
}

static bool check_literals(struct reading *r, const struct bucket_reading *b, const char *name,
	const struct text *list)
{
	const char *at = list->s;

	for (unsigned i = 0; i < SLOTS; i++, at += strlen(at) + 1) {
		bool live = b->raw[i] >= MIN_TOPHASH;

		if (live == (*at != '\0'))
			continue;
		reading_enter(r, name);
		reading_enter_item(r, i);
		return reading_wrong(r, "%s, and tophash %u says that the cell is %s",
			live ? "empty" : "a literal", b->raw[i], live ? "live" : "not live");
	}
	return true;
}

/* A bucket as what it says; or what `like` is, when it says just that. */
static struct imprint *read_bucket(struct reading *r, struct bucket_reading *b, struct imprint *like)
{
	uint64_t seen;

	if (!reading_object(r, &bucket_members, b, &seen) || !check_raw(r, b) ||
		!check_tophash(r, b) || !check_literals(r, b, "keys", &b->keys) ||
		!check_literals(r, b, "elems", &b->elems))
		return NULL;
	text_addn(&b->keys, b->elems.s, b->elems.len);
	if (like && imprint_is(like, b->raw, b->type->unit.size, &b->keys))
		return imprint_hold(like);
	return imprint_new(b->raw, b->type->unit.size, &b->keys);
}

/* Arrays */

/* `like`: the chain at the same place of the snapshot before, and how long that is. */
static bool read_chain(struct reading *r, struct bucket_reading *b, struct bucket_array *a,
	struct imprint *const *like, uint32_t nlike)
{
	bool more;

	if (!reading_value(r, PULL_LIST))
		return false;
	for (uint32_t i = 0;; i++) {
		struct imprint *unit;

		if (!pull_item(r->pull, &more))
			return false;
		if (!more)
			return i > 0 || reading_wrong(r, "an empty list: a bucket is expected, "
							 "then its overflow buckets");
		reading_enter_item(r, i);
		unit = read_bucket(r, b, i < nlike ? like[i] : NULL);
		if (!unit)
			return false;
		reading_leave(r);
		bucket_array_add(a, unit, i == 0);
	}
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
static bool read_chains(struct reading *r, struct bucket_reading *b, uint64_t B,
	struct bucket_array *a, const struct bucket_array *before)
{
	uint64_t most = B > 40 ? 0 : 1ull << B, n = 0, at = 0;
	bool more;

	for (; n < most; n++) {
		uint32_t nlike = before && n < before->count ? before->chains[n] : 0;

		if (!pull_item(r->pull, &more))
			return false;
		if (!more)
			return wrong_count(r, n, B);
		reading_enter_item(r, n);
		if (!read_chain(r, b, a, nlike ? before->list + at : NULL, nlike))
			return false;
		reading_leave(r);
		at += nlike;
	}
	return count_rest(r, &n) && (n == most || wrong_count(r, n, B));
}

/* The list of one array, 2^B chains; null for a nil pointer. */
static bool read_array(struct reading *r, struct snapshot_reading *x, bool old, uint64_t B)
{
	const struct source_setting *set = snapshot_setting(r, x);
	const struct source_snapshot *before = set ? snapshot_before(x) : NULL;
	struct bucket_array *a = &x->s.buckets.arrays[old];
	struct bucket_reading b = { .type = set ? set->type : NULL };
	bool ok;

	if (!set || !reading_or_null(r, PULL_LIST, "a list of buckets or null", &a->there))
		return false;
	if (!a->there)
		return true;
	b.mask = xmalloc(set->type->unit.size);
	b.raw = xcalloc(1, set->type->unit.size);
	maptype_unit_bytes(set->type, b.mask);
	ok = read_chains(r, &b, B, a, before ? &before->buckets.arrays[old] : NULL);
	free(b.mask);
	free(b.raw);
	text_free(&b.keys);
	text_free(&b.elems);
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

#define NUMBER(f, from, to) \
	{ .name = #f, .kind = MEMBER_NUMBER, .needed = true, .least = from, .most = to, \
		.offset = offsetof(struct snapshot_reading, s.buckets.f) }

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
	{ .name = "buckets", .kind = MEMBER_OTHER, .needed = true, .read = read_buckets,
		.want = "a list of buckets or null" },
	{ .name = "oldbuckets", .kind = MEMBER_OTHER, .needed = true, .read = read_oldbuckets,
		.want = "a list of buckets or null" },
};

static const struct members buckets_members = { rows, sizeof rows / sizeof rows[0], NULL };

/* What must hold between the fields */

/* A field of the target's word may be too large for that. */
static bool check_word(struct reading *r, const char *name, uint64_t n, uint64_t most)
{
	if (n <= most)
		return true;
	reading_enter(r, name);
	return reading_wrong(r, "%llu: a number from 0 to %llu is expected", (unsigned long long)n,
		(unsigned long long)most);
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

static void start(struct source_snapshot *s)
{
	s->buckets.B = s->buckets.flags = BUCKETS_UNREAD;
}

static void free_part(struct source_snapshot *s)
{
	buckets_free(&s->buckets);
}

const struct snapshot_part buckets_part = { "classic", &buckets_members, start, complete, free_part };
