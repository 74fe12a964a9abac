/* SPDX-License-Identifier: MIT */
#include "model/source/imprint.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

struct imprint *imprint_new(const uint8_t *raw, uint32_t size, const struct text *literals)
{
	struct imprint *i = xmalloc(sizeof *i + size + literals->len);

	*i = (struct imprint){ .holders = 1, .raw = size, .size = size + literals->len };
	memcpy(i->bytes, raw, size);
	memcpy(i->bytes + size, literals->s, literals->len);
	return i;
}

struct imprint *imprint_hold(struct imprint *i)
{
	i->holders++;
	return i;
}

void imprint_drop(struct imprint *i)
{
	if (i && --i->holders == 0)
		free(i);
}

bool imprint_is(const struct imprint *i, const uint8_t *raw, uint32_t size,
	const struct text *literals)
{
	return i->raw == size && i->size == size + literals->len &&
		memcmp(i->bytes, raw, size) == 0 &&
		memcmp(i->bytes + size, literals->s, literals->len) == 0;
}

void imprint_literals(const struct imprint *i, const char *list[2 * SLOTS])
{
	const char *at = (const char *)i->bytes + i->raw;

	for (unsigned k = 0; k < 2 * SLOTS; k++, at += strlen(at) + 1)
		list[k] = at;
}

void imprint_array_add(struct imprint_array *a, struct imprint *unit, bool first)
{
	a->list = grow(a->list, &a->cap, a->total, sizeof(struct imprint *));
	a->list[a->total++] = unit;
	if (first) {
		a->chains = grow(a->chains, &a->chains_cap, a->count, sizeof *a->chains);
		a->chains[a->count++] = 0;
	}
	a->chains[a->count - 1]++;
}

void imprint_array_free(struct imprint_array *a)
{
	for (uint64_t i = 0; i < a->total; i++)
		imprint_drop(a->list[i]);
	free(a->list);
	free(a->chains);
	*a = (struct imprint_array){ 0 };
}
