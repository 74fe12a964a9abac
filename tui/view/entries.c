/* SPDX-License-Identifier: MIT */
#include "tui/view/entries.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

void entries_free(struct entries *e)
{
	for (size_t i = 0; i < e->count; i++) {
		free(e->rows[i].key);
		free(e->rows[i].elem);
	}
	free(e->rows);
	*e = (struct entries){ 0 };
}

static char *literal(const struct map *m, const struct place *at, bool elem)
{
	struct text t = { 0 };

	value_format(m->heap, elem ? m->type->elem : m->type->key,
		elem ? map_elem(m, at->addr, at->slot) : map_key(m, at->addr, at->slot), &t, 80);
	return t.s;
}

static void add_entry(struct entries *e, const struct map *m, const struct place *at,
	const char *filter)
{
	struct entry_row row = { .at = *at };

	e->total++;
	if (e->count == ENTRIES_MOST) {
		e->cut = true;
		return;
	}
	row.key = literal(m, at, false);
	row.elem = literal(m, at, true);
	if (*filter && !strstr(row.key, filter) && !strstr(row.elem, filter)) {
		free(row.key);
		free(row.elem);
		return;
	}
	e->rows = grow(e->rows, &e->cap, e->count, sizeof *e->rows);
	e->rows[e->count++] = row;
}

/* Numbers by their value, all else by their letters. */
static int by_key(const void *a, const void *b)
{
	const struct entry_row *x = a, *y = b;
	char *end_x, *end_y;
	double dx = strtod(x->key, &end_x), dy = strtod(y->key, &end_y);

	if (!*end_x && !*end_y && dx != dy)
		return dx < dy ? -1 : 1;
	return strcmp(x->key, y->key);
}

static void add_array(struct entries *e, const struct map *m, bool old, const char *filter)
{
	for (uint64_t b = 0; b < look_buckets(m, old) && !e->cut; b++) {
		struct place at = { .old = old, .bucket = b, .addr = map_bucket(m, old, b) };

		for (; at.addr; at.addr = map_overflow(m, at.addr), at.chain++)
			for (at.slot = 0; at.slot < SLOTS; at.slot++)
				if (map_at(m, at.addr)[at.slot] >= MIN_TOPHASH)
					add_entry(e, m, &at, filter);
	}
}

void entries_make(struct entries *e, const struct session *s, const char *filter)
{
	entries_free(e);
	add_array(e, &s->map, false, filter);
	add_array(e, &s->map, true, filter);
	if (e->count)
		qsort(e->rows, e->count, sizeof *e->rows, by_key);
}

void entries_put_row(const struct entries *e, const struct pane *p, int y, size_t i, bool selected)
{
	const struct entry_row *row = &e->rows[i];
	struct text where = { 0 };
	int half = (p->w - 24) / 2;

	if (half < 8)
		half = 8;
	text_printf(&where, "%sbucket %" PRIu64, row->at.old ? "old " : "", row->at.bucket);
	if (row->at.chain)
		text_printf(&where, "+%u", row->at.chain);
	text_printf(&where, " slot %u", row->at.slot);
	pane_datan(p, 0, y, half - 1, ROLE_KEY, row->key);
	pane_datan(p, half, y, half - 1, ROLE_ELEM, row->elem);
	pane_textn(p, 2 * half, y, p->w - 2 * half, row->at.old ? ROLE_OLD : ROLE_NOTE,
		text_str(&where));
	if (selected)
		pane_flag(p, 0, y, p->w, 1, CELL_CURSOR);
	text_free(&where);
}

void entries_put_title(const struct entries *e, const struct pane *p)
{
	pane_printf(p, 0, 0, ROLE_TITLE, "%zu of %" PRIu64 " entries%s", e->count, e->total,
		e->cut ? ", and there are more" : "");
}

void entries_draw(const struct entries *e, const struct pane *p)
{
	size_t room = p->h > 1 ? (size_t)p->h - 1 : 0, top = 0;

	entries_put_title(e, p);
	if (e->selected >= room / 2)
		top = e->selected - room / 2;
	if (top + room > e->count)
		top = e->count > room ? e->count - room : 0;
	for (size_t i = 0; i < room && top + i < e->count; i++)
		entries_put_row(e, p, 1 + (int)i, top + i, top + i == e->selected);
}
