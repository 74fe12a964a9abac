/* SPDX-License-Identifier: MIT */
#include "model/figures/hashes.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/figures/cell.h"
#include "model/figures/inside.h"
#include "model/map/units.h"

/* What is done with the slots of each unit, in their order. */
struct pass {
	const struct map *m;
	struct told_hashes *told;
	struct text *out;
	const char *at;          /* in the lines that are read */
	bool all;                /* each live key had one */
};

/* Whether the slot has a key that hashes to the same each time. */
static bool has_hash(const struct map *m, uint64_t unit, unsigned slot)
{
	const uint8_t *key = map_at(m, unit) + unit_key(&m->type->unit, slot);

	return (map_live(m, unit, slot) || any_set(key, m->type->keysize)) &&
		!cell_unknown(m, unit, slot) && key_inside(m, unit, slot) &&
		value_equals_itself(m->heap, m->type->key, map_key(m, unit, slot));
}

static void take_unit(void *data, uint64_t unit)
{
	struct pass *p = data;

	for (unsigned i = 0; i < SLOTS; i++)
		if (has_hash(p->m, unit, i)) {
			const uint8_t *key = map_key(p->m, unit, i);

			told_put(p->told, heap_addr(p->m->heap, key), map_hash_of(p->m, key).hash);
		}
}

void hashes_take(struct told_hashes *t, const struct map *m)
{
	struct pass p = { .m = m, .told = t };

	units_visit(p.m, take_unit, &p);
}

static void write_unit(void *data, uint64_t unit)
{
	struct pass *p = data;
	const struct map *m = p->m;

	for (unsigned i = 0; i < SLOTS; i++) {
		const struct table_entry *e = has_hash(m, unit, i) ? table_find(&m->told->by_key,
			heap_addr(m->heap, map_key(m, unit, i))) : NULL;

		text_add(p->out, i ? " " : "");
		if (e)
			text_printf(p->out, "%0*" PRIx64, 2 * (int)m->type->target->ptrsize,
				e->value[0]);
		else
			text_add(p->out, "-");
	}
	text_addc(p->out, '\n');
}

void hashes_write(const struct map *m, struct text *out)
{
	struct pass p = { .m = m, .out = out };

	units_visit(p.m, write_unit, &p);
}

/* A word of the line; false where there is none, or no number. */
static bool read_word(struct pass *p, uint64_t *hash)
{
	size_t n = strcspn(p->at, " \n");
	char *end;

	*hash = strtoull(p->at, &end, 16);
	n = n && p->at[n] == ' ' ? n + 1 : n;
	p->at += n;
	return n && (end == p->at || end + 1 == p->at);
}

static void read_unit(void *data, uint64_t unit)
{
	struct pass *p = data;
	uint64_t hash;

	for (unsigned i = 0; i < SLOTS; i++) {
		bool told = read_word(p, &hash), has = has_hash(p->m, unit, i);

		if (told && has)
			told_put(p->told, heap_addr(p->m->heap, map_key(p->m, unit, i)), hash);
		p->all &= told || !has || !map_live(p->m, unit, i);
	}
	p->at += strcspn(p->at, "\n");
	p->at += *p->at == '\n';
}

bool hashes_read(struct told_hashes *t, const struct map *m, const char *lines)
{
	struct pass p = { .m = m, .told = t, .at = lines, .all = true };

	units_visit(p.m, read_unit, &p);
	return p.all;
}
