/* SPDX-License-Identifier: MIT */
#include "model/map/strays.h"

#include <stdlib.h>

#include "model/base/mem.h"

enum { SIZE_LEAST = 64 };

void strays_free(struct strays *s)
{
	free(s->table);
	*s = (struct strays){ 0 };
}

static size_t home_of(const struct strays *s, uint64_t addr)
{
	return (size_t)((addr >> 3) * 0x9e3779b97f4a7c15u >> 32) & (s->size - 1);
}

/* Where the address is, or where it would go. */
static struct stray *place_of(const struct strays *s, uint64_t addr)
{
	size_t i = home_of(s, addr);

	while (s->table[i].addr && s->table[i].addr != addr)
		i = (i + 1) & (s->size - 1);
	return &s->table[i];
}

static struct stray *find(const struct strays *s, uint64_t addr)
{
	struct stray *at = s->count ? place_of(s, addr) : NULL;

	return at && at->addr ? at : NULL;
}

static void widen(struct strays *s)
{
	struct strays wide = { .size = s->size ? 2 * s->size : SIZE_LEAST };

	wide.table = xcalloc(wide.size, sizeof *wide.table);
	for (size_t i = 0; i < s->size; i++)
		if (s->table[i].addr)
			*place_of(&wide, s->table[i].addr) = s->table[i];
	free(s->table);
	s->table = wide.table;
	s->size = wide.size;
}

void strays_add(struct strays *s, uint64_t addr, bool elem)
{
	struct stray *at;

	if (2 * s->count >= s->size)
		widen(s);
	at = place_of(s, addr);
	if (at->addr)
		return;
	*at = (struct stray){ .addr = addr, .elem = elem };
	s->count++;
	s->lone[elem]++;
}

void strays_set_present(struct strays *s, uint64_t addr, bool present)
{
	struct stray *at = find(s, addr);

	if (!at || at->present == present)
		return;
	at->present = present;
	s->lone[at->elem] += present ? UINT64_MAX : 1;
}

void strays_remove(struct strays *s, uint64_t addr)
{
	struct stray *at = find(s, addr);
	size_t gap, i;

	if (!at)
		return;
	if (!at->present)
		s->lone[at->elem]--;
	s->count--;
	/* Those behind it move up, so that no search ends at the gap too early. */
	gap = (size_t)(at - s->table);
	for (i = (gap + 1) & (s->size - 1); s->table[i].addr; i = (i + 1) & (s->size - 1)) {
		size_t far = (i - home_of(s, s->table[i].addr)) & (s->size - 1);

		if (far < ((i - gap) & (s->size - 1)))
			continue;
		s->table[gap] = s->table[i];
		gap = i;
	}
	s->table[gap].addr = 0;
}
