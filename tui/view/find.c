/* SPDX-License-Identifier: MIT */
#include "tui/view/find.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/map/map_rules.h"
#include "model/session/command.h"

/* Half way through an evacuation a lookup misses what was just moved: both chains are searched. */
static bool seek_key(const struct map *m, const uint8_t *key, struct place *where)
{
	const struct gotype *t = m->type->key;
	uint64_t hash;

	if (!map_growing(m) || !value_equals_itself(m->heap, t, key))
		return false;
	hash = map_hash(m, key);
	for (int old = 0; old < 2; old++) {
		struct place at = { .old = old, .bucket = hash & (look_buckets(m, old) - 1) };

		for (at.addr = map_bucket(m, old, at.bucket); at.addr;
			at.addr = map_overflow(m, at.addr), at.chain++)
			for (at.slot = 0; at.slot < SLOTS; at.slot++) {
				*where = at;
				if (map_at(m, at.addr)[at.slot] >= MIN_TOPHASH &&
					value_equal(m->heap, t, key, map_key(m, at.addr, at.slot)))
					return true;
			}
	}
	return false;
}

bool find_key(struct look *l, const char *text, struct error *err)
{
	struct session *s = l->session;
	struct value_home home = { .heap = &s->heap, .scratch = true };
	uint8_t *key = xcalloc(1, (size_t)s->map.type->key->size);
	struct trace *trace = s->map.trace;
	struct place where;
	bool ok;

	heap_scratch_reset(&s->heap);
	ok = value_parse(&home, s->map.type->key, &text, key, "key", err) &&
		args_end(&text, "find KEY", err);
	if (ok) {
		s->map.trace = NULL;
		ok = map_lookup(&s->map, key, &where) || seek_key(&s->map, key, &where) ||
			fail(err, "there is no such key");
		s->map.trace = trace;
	}
	if (ok)
		look_put(l, where);
	free(key);
	return ok;
}

/* A number that one of `ends` follows, or nothing. */
static bool read_part(const char **at, const char *ends, uint64_t *n, struct error *err)
{
	char digits[24];
	size_t len = strcspn(*at, ends);
	const char *word = digits;

	snprintf(digits, sizeof digits, "%.*s", (int)(len < 23 ? len : 23), *at);
	*at += len;
	return args_number(&word, UINT64_MAX, n, err);
}

/* A bucket's number, +1 for its first overflow bucket, .5 for a slot: 12, 12+1, 12.5, 12+1.5. */
static bool find_bucket(struct look *l, bool old, const char *text, struct error *err)
{
	const struct map *m = &l->session->map;
	uint64_t bucket, chain = 0, slot = 0, buckets = look_buckets(m, old);

	if (!read_part(&text, "+.", &bucket, err))
		return false;
	if (*text == '+' && (text++, !read_part(&text, ".", &chain, err)))
		return false;
	if (*text == '.' && (text++, !read_part(&text, "", &slot, err)))
		return false;
	if (old && !buckets)
		return fail(err, "there is no old array: the map does not grow");
	if (bucket >= buckets)
		return fail(err, "there is no bucket %" PRIu64 ": the array has %" PRIu64, bucket, buckets);
	if (chain > UINT32_MAX || !look_bucket(m, old, bucket, (uint32_t)chain))
		return fail(err, "bucket %" PRIu64 " has no overflow bucket %" PRIu64, bucket, chain);
	if (slot >= SLOTS)
		return fail(err, "there is no slot %" PRIu64 ": a bucket has %d, from 0", slot, SLOTS);
	look_put(l, (struct place){ .old = old, .bucket = bucket, .chain = (uint32_t)chain,
		.slot = (unsigned)slot });
	return true;
}

/* The slot that an offset in a bucket belongs to. */
static unsigned slot_at(const struct maptype *t, uint64_t offset)
{
	if (offset < t->keys)
		return (unsigned)offset;
	if (offset < t->elems)
		return (unsigned)((offset - t->keys) / (t->keysize ? t->keysize : 1));
	if (offset < t->overflow)
		return (unsigned)((offset - t->elems) / (t->elemsize ? t->elemsize : 1));
	return SLOTS - 1;
}

/* A place that a bucket of the picture is tried for. */
typedef bool matcher(const struct map *m, struct place *at, uint64_t target);

static bool holds_address(const struct map *m, struct place *at, uint64_t target)
{
	if (target < at->addr || target >= at->addr + m->type->bucketsize)
		return false;
	at->slot = slot_at(m->type, target - at->addr);
	return true;
}

static bool has_tombstone(const struct map *m, struct place *at, uint64_t target)
{
	(void)target;
	for (unsigned i = 0; i < SLOTS; i++) {
		if (map_at(m, at->addr)[i] != EMPTY_ONE)
			continue;
		at->slot = i;
		return true;
	}
	return false;
}

static bool is_overflow(const struct map *m, struct place *at, uint64_t target)
{
	(void)m;
	(void)target;
	return at->chain > 0;
}

static bool waits(const struct map *m, struct place *at, uint64_t target)
{
	(void)target;
	return at->old && at->chain == 0 && !map_evacuated(m, at->addr);
}

static bool is_deep(const struct map *m, struct place *at, uint64_t target)
{
	(void)m;
	return at->chain == target;
}

/* Goes over all buckets once, from behind (or before) the cursor round to it. */
static bool scan(struct look *l, matcher *match, uint64_t target, bool old, bool back)
{
	const struct map *m = &l->session->map;
	uint64_t buckets = look_buckets(m, old);
	uint64_t from = l->cursor.old == old ? l->cursor.bucket : 0;

	for (uint64_t i = 0; i <= buckets && buckets; i++) {
		uint64_t b = (back ? from + buckets - i : from + i) % buckets;
		struct place at = { .old = old, .bucket = b, .addr = map_bucket(m, old, b) };

		for (; at.addr; at.addr = map_overflow(m, at.addr), at.chain++) {
			bool here = i == 0 && l->cursor.old == old && (back
				? at.chain >= l->cursor.chain : at.chain <= l->cursor.chain);

			/* What is at the cursor is found last, when nothing else is. */
			if (here || !match(m, &at, target))
				continue;
			look_put(l, at);
			return true;
		}
	}
	return false;
}

static uint32_t longest_chain(const struct map *m, bool old)
{
	uint32_t longest = 0;

	for (uint64_t b = 0; b < look_buckets(m, old); b++) {
		uint32_t chain = 0;

		for (uint64_t a = map_bucket(m, old, b); (a = map_overflow(m, a)) != 0; chain++)
			continue;
		if (chain > longest)
			longest = chain;
	}
	return longest;
}

static bool find_state(struct look *l, const char *what, bool back, bool *known)
{
	bool old = l->cursor.old;

	*known = true;
	if (strcmp(what, "tombstone") == 0)
		return scan(l, has_tombstone, 0, old, back);
	if (strcmp(what, "overflow") == 0)
		return scan(l, is_overflow, 0, old, back);
	if (strcmp(what, "waiting") == 0)
		return scan(l, waits, 0, true, back);
	if (strcmp(what, "longest") == 0)
		return scan(l, is_deep, longest_chain(&l->session->map, old), old, back);
	*known = false;
	return false;
}

static bool find_address(struct look *l, const char *text, struct error *err)
{
	char *end;
	uint64_t addr;

	errno = 0;
	addr = strtoull(text, &end, 16);
	if (errno || *end)
		return fail(err, "%.40s is no address", text);
	return scan(l, holds_address, addr, false, false) ||
		scan(l, holds_address, addr, true, false) ||
		fail(err, "no bucket holds address 0x%" PRIx64, addr);
}

bool find_next(struct look *l, const char *what, bool back, struct error *err)
{
	const struct gotype *key = l->session->map.type->key;
	bool known, ok;

	if (!l->session->map.hmap)
		return fail(err, "there is no map yet");
	ok = find_state(l, what, back, &known);
	if (known && !ok)
		fail(err, "no %s is there", what);
	if (!known && (*what == '#' || *what == '@'))
		ok = find_bucket(l, l->cursor.old, what + 1, err);
	else if (!known && strncmp(what, "old@", 4) == 0)
		ok = find_bucket(l, true, what + 4, err);
	else if (!known && strncmp(what, "0x", 2) == 0 && !gotype_is_int(key) && !gotype_is_pointer(key))
		ok = find_address(l, what, err);
	else if (!known && strncmp(what, "0xc0", 4) == 0)
		ok = find_address(l, what, err);
	else if (!known)
		ok = find_key(l, what, err);
	look_refresh(l);
	return ok;
}
