/* SPDX-License-Identifier: MIT */
#include "model/memory/journal.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

enum {
	WORD = 8, BLOCK = 32,  /* bytes that are swapped at once */
	LINE = 64,             /* of the host's cache */
	FETCH_MOST = 4 * LINE, /* bytes of a record that are fetched early: */
	AHEAD = 24,            /* so many records */
};

void journal_init(struct journal *j)
{
	*j = (struct journal){ .on = true, .mark = JOURNAL_NO_MARK, .version = 1 };
}

void journal_free(struct journal *j)
{
	free(j->records);
	free(j->pool);
	*j = (struct journal){ .mark = JOURNAL_NO_MARK };
}

void journal_clear(struct journal *j)
{
	bool on = j->on;
	uint64_t version = j->version;

	journal_free(j);
	j->on = on;
	j->version = j->broken = version + 1;
}

void journal_renew(struct journal *j, const struct journal *other)
{
	uint64_t last = j->version > other->version ? j->version : other->version;

	j->version = j->broken = last + 1;
	j->mark = JOURNAL_NO_MARK;
}

void journal_forget(struct journal *j, size_t from)
{
	size_t start;

	if (from == 0)
		return;
	j->broken = j->version + 1;
	start = from < j->count ? j->records[from].at : j->pool_used;
	memmove(j->records, j->records + from, (j->count - from) * sizeof *j->records);
	memmove(j->pool, j->pool + start, j->pool_used - start);
	j->count -= from;
	j->at -= from;
	if (j->mark != JOURNAL_NO_MARK)
		j->mark = j->mark >= from ? j->mark - from : JOURNAL_NO_MARK;
	j->pool_used -= start;
	for (size_t i = 0; i < j->count; i++)
		j->records[i].at -= start;
}

void journal_cut(struct journal *j)
{
	if (j->at < j->count) {
		j->broken = j->version + 1;
		j->pool_used = j->records[j->at].at;
		j->count = j->at;
		if (j->mark > j->at)
			j->mark = JOURNAL_NO_MARK;
	}
}

void journal_set_mark(struct journal *j)
{
	j->mark = j->on ? j->at : JOURNAL_NO_MARK;
}

void journal_record(struct journal *j, void *where, size_t len)
{
	uint8_t *from = where;

	journal_cut(j);
	j->version++;
	while (len > 0) {
		uint32_t n = len > UINT32_MAX ? UINT32_MAX : (uint32_t)len;

		j->records = xroom(j->records, &j->cap, j->count, sizeof *j->records);
		if (j->pool_cap - j->pool_used < n) {
			j->pool_cap = j->pool_cap * 2 + n + 4096;
			j->pool = xrealloc(j->pool, j->pool_cap);
		}
		j->records[j->count++] =
			(struct journal_record){ .where = from, .at = j->pool_used, .len = n };
		memcpy(j->pool + j->pool_used, from, n);
		j->pool_used += n;
		from += n;
		len -= n;
	}
	j->at = j->count;
}

/* Swaps n bytes of both, n being known when compiling. */
static inline void swap_some(uint8_t *a, uint8_t *b, size_t n)
{
	uint8_t t[BLOCK];

	memcpy(t, a, n);
	memcpy(a, b, n);
	memcpy(b, t, n);
}

static void swap(uint8_t *a, uint8_t *b, size_t len)
{
	for (; len >= BLOCK; len -= BLOCK, a += BLOCK, b += BLOCK)
		swap_some(a, b, BLOCK);
	for (; len >= WORD; len -= WORD, a += WORD, b += WORD)
		swap_some(a, b, WORD);
	for (; len > 0; len--)
		swap_some(a++, b++, 1);
}

/* The bytes lie all over the heap: they are asked for before their turn. */
static inline void fetch(const struct journal_record *r)
{
	for (size_t i = 0; i < r->len && i < FETCH_MOST; i += LINE)
		__builtin_prefetch(r->where + i, 1);
}

void journal_move(struct journal *j, size_t to)
{
	j->version += j->at != to;
	while (j->at > to) {
		const struct journal_record *r = &j->records[--j->at];

		if (j->at >= AHEAD)
			fetch(r - AHEAD);
		swap(r->where, j->pool + r->at, r->len);
	}
	while (j->at < to && j->at < j->count) {
		const struct journal_record *r = &j->records[j->at++];

		if (j->at + AHEAD < j->count)
			fetch(r + AHEAD);
		swap(r->where, j->pool + r->at, r->len);
	}
}

bool journal_between(const struct journal *j, uint64_t version, size_t at, size_t *from, size_t *to)
{
	if (!j->on || version < j->broken)
		return false;
	*from = at < j->at ? at : j->at;
	*to = at < j->at ? j->at : at;
	return true;
}

size_t journal_bytes(const struct journal *j)
{
	return j->cap * sizeof *j->records + j->pool_cap;
}
