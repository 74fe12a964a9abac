/* SPDX-License-Identifier: MIT */
#include "model/live/rollup.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/text.h"

enum {
	SMALL_ENTRIES = 8,     /* maps of no more, on the average, are small, */
	MANY = 1000,           /* and of interest when they are so many */
};

/* A map, or one that was never filled, and what it is sorted by. */
struct member {
	char *key;                           /* path, tab, type; owned */
	const struct census_map *map;        /* or NULL: */
	uint64_t header;                     /* the bytes of its header */
};

/* Every index is a star; one may hold quotes, and brackets in them. */
static void add_path(struct text *out, const char *name)
{
	while (*name) {
		bool quoted = false;
		size_t n = strcspn(name, "[");

		text_addn(out, name, n);
		name += n;
		if (!*name)
			return;
		while (*name && (quoted || *name != ']')) {
			if (*name == '\\' && quoted && name[1])
				name++;
			else if (*name == '"')
				quoted = !quoted;
			name++;
		}
		name += *name == ']';
		text_add(out, "[*]");
	}
}

static char *key_of(enum rollup_by by, const char *name, const char *type)
{
	struct text key = { 0 };

	if (by == ROLLUP_PATH && name)
		add_path(&key, name);
	text_printf(&key, "\t%s", type);
	return key.s;
}

static char *key_of_map(enum rollup_by by, const struct census_map *m)
{
	struct text type = { 0 };
	char *key;

	census_add_type(m, &type);
	key = key_of(by, m->name, text_str(&type));
	text_free(&type);
	return key;
}

static int by_key(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	return strcmp(x->key, y->key);
}

static void add_map(struct rollup_row *row, const struct census_map *m)
{
	row->maps++;
	row->vacant += m->head.entries == 0;
	row->entries += m->head.entries;
	row->slots += m->head.slots;
	row->bytes += m->bytes;
	row->free_bytes += m->free_bytes;
	row->dead_bytes += m->dead_bytes;
	row->under += m->under.bytes;
	row->split += m->under.split;
	row->unknown += !m->under.known;
	row->estimated |= m->under.estimated;
	row->rebuilds += m->saves != 0;
	row->saves += m->saves;
}

static void begin_row(struct rollup_row *row, const char *key)
{
	const char *tab = strchr(key, '\t');

	*row = (struct rollup_row){ .type = xstrdup(tab + 1) };
	if (tab > key)
		row->path = xstrndup(key, (size_t)(tab - key));
}

/* One sentence, the weightiest. */
static void judge(struct rollup_row *row)
{
	struct text says = { 0 };
	uint64_t all = row->maps + row->never;

	if (row->saves && row->saves >= row->bytes / 4) {
		text_printf(&says, "a rebuild of %s gives back ", row->rebuilds == row->maps ?
			row->maps == 1 ? "it" : "them" : count_text(row->rebuilds).s);
		census_add_size(&says, row->saves);
	} else if (all >= MANY && row->never >= all / 2) {
		text_printf(&says, "%s of %s were never filled", count_text(row->never).s,
			count_text(all).s);
	} else if (row->maps >= MANY && row->entries <= row->maps * SMALL_ENTRIES) {
		text_printf(&says, "small ones, of %s entries on the average",
			real_text((double)row->entries / (double)row->maps, 1).s);
		if (row->entries)
			text_printf(&says, ": %s bytes for each entry",
				real_text((double)row->bytes / (double)row->entries, 0).s);
	}
	row->verdict = says.s;
}

static int by_bytes(const void *a, const void *b)
{
	const struct rollup_row *x = a, *y = b;
	int paths = strcmp(x->path ? x->path : "", y->path ? y->path : "");

	if (x->bytes != y->bytes)
		return x->bytes > y->bytes ? -1 : 1;
	return paths ? paths : strcmp(x->type, y->type);
}

void rollup_make(struct rollup *r, const struct census *c, enum rollup_by by)
{
	struct member *all = xcalloc(c->count + c->nunfilled + 1, sizeof *all);
	size_t n = 0;

	*r = (struct rollup){ 0 };
	for (size_t i = 0; i < c->count; i++)
		all[n++] = (struct member){ key_of_map(by, &c->list[i]), &c->list[i], 0 };
	for (size_t i = 0; i < c->nunfilled; i++)
		all[n++] = (struct member){ key_of(by, c->unfilled[i].name,
			c->unfilled[i].type_name), NULL, c->unfilled[i].bytes };
	qsort(all, n, sizeof *all, by_key);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || strcmp(all[i].key, all[i - 1].key) != 0) {
			r->list = xroom(r->list, &r->cap, r->count, sizeof *r->list);
			begin_row(&r->list[r->count++], all[i].key);
		}
		if (all[i].map) {
			add_map(&r->list[r->count - 1], all[i].map);
		} else {
			r->list[r->count - 1].never++;
			r->list[r->count - 1].bytes += all[i].header;
			r->list[r->count - 1].under += all[i].header;
			r->list[r->count - 1].split += all[i].header;
		}
	}
	for (size_t i = 0; i < n; i++)
		free(all[i].key);
	free(all);
	for (size_t i = 0; i < r->count; i++)
		judge(&r->list[i]);
	if (r->count)
		qsort(r->list, r->count, sizeof *r->list, by_bytes);
}

void rollup_free(struct rollup *r)
{
	for (size_t i = 0; i < r->count; i++) {
		free(r->list[i].path);
		free(r->list[i].type);
		free(r->list[i].verdict);
	}
	free(r->list);
	*r = (struct rollup){ 0 };
}

bool rollup_has(const struct rollup_row *row, enum rollup_by by, const struct census_map *m)
{
	char *key = key_of_map(by, m), *tab = strchr(key, '\t');
	bool same = strcmp(tab + 1, row->type) == 0;

	*tab = '\0';
	same = same && strcmp(key, row->path ? row->path : "") == 0;
	free(key);
	return same;
}

const char *rollup_name(enum rollup_by by)
{
	static const char *const names[ROLLUPS] = { "map", "type", "path" };

	return by < ROLLUPS ? names[by] : NULL;
}
