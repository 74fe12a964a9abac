/* SPDX-License-Identifier: MIT */
/*
 * The order of a list of entries. Each row has eight bytes of its key's order, which are sorted by
 * radix. Of numbers that is all; of texts it is their first eight characters, and rows that have
 * those in common are sorted by the next eight, and so on. What is neither goes by its literal.
 */
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tui/view/entries.h"

/* Keys that have 512 characters in common stay in the order they are in. */
enum { DEPTH_MOST = 64 };

/* Eight characters from a depth on, as a number; what is behind the end counts as 0. */
static uint64_t of_text(const char *text, uint64_t len, int depth)
{
	uint64_t order = 0;

	for (uint64_t i = 8 * (uint64_t)depth; i < 8 * (uint64_t)depth + 8; i++)
		order = order << 8 | (i < len ? (unsigned char)text[i] : 0);
	return order;
}

static uint64_t of_float(double value)
{
	const uint64_t sign = UINT64_C(1) << 63;
	uint64_t bits;

	memcpy(&bits, &value, sizeof bits);
	return bits & sign ? ~bits : bits | sign;
}

/* A number that stands in an interface comes in the order of its value, too. */
static uint64_t of_literal(const struct map *m, const uint8_t *key, int depth)
{
	struct text literal = { 0 };
	uint64_t order;
	double value;
	char *end;

	value_format(m->heap, m->type->key, key, &literal, 0);
	value = strtod(text_str(&literal), &end);
	order = depth == 0 && !*end ? of_float(value)
				    : of_text(text_str(&literal), literal.len, depth);
	text_free(&literal);
	return order;
}

static uint64_t of_string(const struct map *m, const uint8_t *key, int depth)
{
	const struct target *t = m->type->target;
	uint64_t data = load_uint(t, key, t->ptrsize),
		 len = load_uint(t, key + t->ptrsize, t->ptrsize);

	/* What is not known sorts as nothing. */
	if (!len || !heap_holds(m->heap, data, len))
		return 0;
	return of_text((const char *)heap_at(m->heap, data), len, depth);
}

static uint64_t order_at(const struct map *m, const uint8_t *key, int depth)
{
	const struct gotype *t = m->type->key;
	uint64_t number;

	if (t->kind == KIND_STRING && !value_unknown(m->heap, t, key))
		return of_string(m, key, depth);
	if (t->kind == KIND_FLOAT32 || t->kind == KIND_FLOAT64)
		return of_float(value_load_float(t->target, key, (unsigned)t->size));
	if (!gotype_is_int(t) && t->kind != KIND_BOOL)
		return of_literal(m, key, depth);
	number = load_uint(t->target, key, (unsigned)t->size);
	/* The smallest of the signed ones becomes 0. */
	return gotype_is_signed(t) ? number ^ UINT64_C(1) << (8 * t->size - 1) : number;
}

uint64_t entries_order(const struct map *m, const uint8_t *key)
{
	return order_at(m, key, 0);
}

/* By one byte of the order; returns false when all rows have the same. */
static bool pass(const struct entry_row *from, struct entry_row *to, size_t n, unsigned shift)
{
	size_t starts[256] = { 0 }, at = 0;

	for (size_t i = 0; i < n; i++)
		starts[from[i].order >> shift & 0xff]++;
	if (starts[from[0].order >> shift & 0xff] == n)
		return false;
	for (int i = 0; i < 256; i++) {
		size_t count = starts[i];

		starts[i] = at;
		at += count;
	}
	for (size_t i = 0; i < n; i++)
		to[starts[from[i].order >> shift & 0xff]++] = from[i];
	return true;
}

static void by_radix(struct entry_row *rows, struct entry_row *spare, size_t n)
{
	struct entry_row *from = rows, *to = spare, *swap;

	for (unsigned shift = 0; shift < 64; shift += 8) {
		if (!pass(from, to, n, shift))
			continue;
		swap = from;
		from = to;
		to = swap;
	}
	if (from != rows)
		memcpy(rows, from, n * sizeof *rows);
}

/* Few rows need no tables. */
static void by_insertion(struct entry_row *rows, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct entry_row row = rows[i];
		size_t at = i;

		for (; at > 0 && rows[at - 1].order > row.order; at--)
			rows[at] = rows[at - 1];
		rows[at] = row;
	}
}

static void sort(struct entries *e, struct entry_row *spare, size_t from, size_t to, int depth)
{
	const struct map *m = &e->session->world.map;
	struct entry_row *rows = e->rows + from;
	size_t n = to - from;

	for (size_t i = from; depth > 0 && i < to; i++) {
		struct place at = entries_place(e, i);

		e->rows[i].order = order_at(m, map_key(m, at.addr, at.slot), depth);
	}
	if (n < 32)
		by_insertion(rows, n);
	else
		by_radix(rows, spare, n);
	if (gotype_is_int(m->type->key) || depth == DEPTH_MOST)
		return;
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && rows[end].order == rows[i].order; end++)
			continue;
		if (end - i > 1)
			sort(e, spare, from + i, from + end, depth + 1);
	}
}

void entries_sort(struct entries *e)
{
	struct entry_row *spare;

	if (!e->count)
		return;
	spare = xcalloc(e->count, sizeof *spare);
	sort(e, spare, 0, e->count, 0);
	free(spare);
}
