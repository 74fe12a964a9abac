/* SPDX-License-Identifier: MIT */
#include "model/base/table.h"

#include <stdlib.h>

#include "model/base/mem.h"

enum { SIZE_LEAST = 64 };

void table_free(struct table *t)
{
	free(t->list);
	*t = (struct table){ 0 };
}

static size_t home_of(const struct table *t, uint64_t key)
{
	return (size_t)((key >> 3) * 0x9e3779b97f4a7c15u >> 32) & (t->size - 1);
}

/* Where the key is, or where it would go. */
static struct table_entry *place_of(const struct table *t, uint64_t key)
{
	size_t i = home_of(t, key);

	while (t->list[i].key && t->list[i].key != key)
		i = (i + 1) & (t->size - 1);
	return &t->list[i];
}

struct table_entry *table_find(const struct table *t, uint64_t key)
{
	struct table_entry *e = t->count ? place_of(t, key) : NULL;

	return e && e->key ? e : NULL;
}

static void widen(struct table *t)
{
	struct table wide = { .count = t->count, .size = t->size ? 2 * t->size : SIZE_LEAST };

	wide.list = xcalloc(wide.size, sizeof *wide.list);
	for (size_t i = 0; i < t->size; i++)
		if (t->list[i].key)
			*place_of(&wide, t->list[i].key) = t->list[i];
	free(t->list);
	*t = wide;
}

struct table_entry *table_put(struct table *t, uint64_t key)
{
	struct table_entry *e;

	if (2 * t->count >= t->size)
		widen(t);
	e = place_of(t, key);
	t->count += !e->key;
	e->key = key;
	return e;
}

void table_remove(struct table *t, struct table_entry *e)
{
	size_t gap = (size_t)(e - t->list), i;

	t->count--;
	/* Those behind it move up, so that no search ends at the gap too early. */
	for (i = (gap + 1) & (t->size - 1); t->list[i].key; i = (i + 1) & (t->size - 1)) {
		size_t far = (i - home_of(t, t->list[i].key)) & (t->size - 1);

		if (far < ((i - gap) & (t->size - 1)))
			continue;
		t->list[gap] = t->list[i];
		gap = i;
	}
	t->list[gap] = (struct table_entry){ 0 };
}
