/* SPDX-License-Identifier: MIT */
#include "model/memory/memory.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

void memory_free(struct memory *m)
{
	free(m->list);
	ranks_free(&m->ranks);
	*m = (struct memory){ 0 };
}

/* Segments that begin at addr or before. */
static size_t begun_at(const struct memory *m, uint64_t addr)
{
	size_t from, to;

	ranks_find(&m->ranks, addr, m->count, &from, &to);
	return ranks_upto(m->list, sizeof *m->list, from, to, addr);
}

/* Segments that touch, in the host's memory too, become one, so that what lies across is read. */
static bool join(struct segment *before, const struct segment *s)
{
	if (before->addr + before->size != s->addr || before->host + before->size != s->host)
		return false;
	before->size += s->size;
	return true;
}

bool memory_add(struct memory *m, uint64_t addr, uint64_t size, uint8_t *host)
{
	size_t i = begun_at(m, addr);
	struct segment new = { addr, size, host };

	if (size > UINT64_MAX - addr || (i < m->count && m->list[i].addr - addr < size) ||
		(i > 0 && addr - m->list[i - 1].addr < m->list[i - 1].size))
		return false;
	if (size == 0 || (i > 0 && join(&m->list[i - 1], &new)))
		return true;
	m->list = xroom(m->list, &m->cap, m->count, sizeof *m->list);
	memmove(&m->list[i + 1], &m->list[i], (m->count - i) * sizeof *m->list);
	m->list[i] = new;
	m->count++;
	return true;
}

void memory_index(struct memory *m)
{
	ranks_make(&m->ranks, m->list, sizeof *m->list, m->count);
}

const struct segment *memory_segment(const struct memory *m, uint64_t addr)
{
	size_t i = begun_at(m, addr);

	return i && addr - m->list[i - 1].addr < m->list[i - 1].size ? &m->list[i - 1] : NULL;
}

const uint8_t *memory_at(const struct memory *m, uint64_t addr, uint64_t size)
{
	size_t i = begun_at(m, addr);
	const struct segment *s = i ? &m->list[i - 1] : NULL;

	if (!s || addr - s->addr > s->size || size > s->size - (addr - s->addr))
		return NULL;
	return s->host + (addr - s->addr);
}
