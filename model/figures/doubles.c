/* SPDX-License-Identifier: MIT */
#include "model/figures/doubles.h"

#include "model/figures/cell.h"

enum { PARTS_MOST = 64 }; /* elements of an array that are looked at */

static uint64_t hash_of(const uint8_t *p, uint64_t len)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ len;

	for (uint64_t i = 0; i < len; i++)
		hash = (hash ^ p[i]) * UINT64_C(0x100000001b3);
	return hash | 1;
}

/* The place of one among those that save most, which are in order. */
static void rank(struct doubles *d, const struct double_text *one)
{
	unsigned i = 0;

	while (i < d->ntop && d->top[i].at != one->at)
		i++;
	if (i == d->ntop && d->ntop < DOUBLES_SHOWN)
		d->ntop++;
	else if (i == d->ntop && d->top[--i].saves >= one->saves)
		return;
	for (; i > 0 && d->top[i - 1].saves < one->saves; i--)
		d->top[i] = d->top[i - 1];
	d->top[i] = *one;
}

static void add_string(struct doubles *d, const struct map *m, const uint8_t *p)
{
	const struct target *t = MAP_TARGET(m);
	uint64_t at = load_uint(t, p, t->ptrsize), len = load_uint(t, p + t->ptrsize, t->ptrsize);
	uint64_t taken = object_bytes(m->type, len, false), hash;
	struct table_entry *e;

	/* What of a program was not captured is not known. */
	if (!len || !heap_holds(m->heap, at, len) || table_find(&d->seen, at))
		return;
	hash = hash_of(map_at(m, at), len);
	if (!table_find(&d->texts, hash) && d->texts.count >= DOUBLES_TEXTS) {
		d->most = true;
		return;
	}
	table_put(&d->seen, at);
	e = table_put(&d->texts, hash);
	d->strings++;
	if (e->value[0]++ == 0) {
		e->value[1] = at;
		return;
	}
	d->times++;
	d->saves += taken;
	rank(d, &(struct double_text){ e->value[1], len, e->value[0], (e->value[0] - 1) * taken });
}

void doubles_add(struct doubles *d, const struct map *m, const struct gotype *t, const uint8_t *p)
{
	if (t->kind == KIND_STRING)
		add_string(d, m, p);
	if (t->kind == KIND_ARRAY && t->elem->pointers)
		for (uint64_t i = 0; i < t->len && i < PARTS_MOST; i++)
			doubles_add(d, m, t->elem, p + i * t->elem->size);
	if (t->kind == KIND_STRUCT && t->pointers)
		for (unsigned i = 0; i < t->nfields; i++)
			doubles_add(d, m, t->fields[i].type, p + t->fields[i].offset);
}

void doubles_free(struct doubles *d)
{
	table_free(&d->texts);
	table_free(&d->seen);
}
