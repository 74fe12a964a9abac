/* SPDX-License-Identifier: MIT */
#include "tui/view/entries.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tui/view/design.h"
#include "tui/view/figures.h"
#include "tui/view/list.h"

enum { LITERAL_MOST = 80 };

void entries_free(struct entries *e)
{
	units_free(&e->units);
	free(e->rows);
	free(e->filter);
	*e = (struct entries){ 0 };
}

struct place entries_place(const struct entries *e, size_t i)
{
	const struct entry_row *row = &e->rows[i];
	struct place at = { .array = row->rest & 1, .unit = row->unit, .link = row->rest >> 4,
		.slot = row->rest >> 1 & 7 };

	at.addr = units_linked(&e->units, at.array, at.unit, at.link);
	return at;
}

static void add_literal(const struct map *m, const struct place *at, bool elem, struct text *out)
{
	text_clear(out);
	slot_add_value(m, at->addr, at->slot, elem, LITERAL_MOST, out);
}

static bool passes(const struct entries *e, const struct place *at, struct text *scratch)
{
	if (!*e->filter)
		return true;
	for (int elem = 0; elem < 2; elem++) {
		add_literal(&e->session->world.map, at, elem, scratch);
		if (strstr(text_str(scratch), e->filter))
			return true;
	}
	return false;
}

static void add_unit(struct entries *e, struct place at, struct text *scratch)
{
	const struct map *m = &e->session->world.map;

	for (; at.addr; at.addr = map_link(m, at.addr), at.link++)
		for (at.slot = 0; at.slot < SLOTS; at.slot++) {
			if (!map_live(m, at.addr, at.slot))
				continue;
			e->total++;
			if (!passes(e, &at, scratch))
				continue;
			e->rows = xroom(e->rows, &e->cap, e->count, sizeof *e->rows);
			e->rows[e->count++] = (struct entry_row){ .unit = (uint32_t)at.unit,
				.rest = at.link << 4 | at.slot << 1 | at.array,
				.order = entries_order(m, map_key(m, at.addr, at.slot)) };
		}
}

static uint64_t all_units(const struct entries *e)
{
	uint64_t all = 0;

	for (int side = 0; side < units_entry_sides(&e->session->world.map); side++)
		all += e->units.all[side];
	return all;
}

/* Sorts; the row that is selected stays so, if one was chosen. */
static void finish(struct entries *e)
{
	struct entry_row chosen = e->selected < e->count ? e->rows[e->selected]
							 : (struct entry_row){ 0 };
	size_t i = 0;

	entries_sort(e);
	e->done = true;
	while (e->selected && i < e->count &&
		!(e->rows[i].unit == chosen.unit && e->rows[i].rest == chosen.rest))
		i++;
	e->selected = i < e->count ? i : 0;
}

void entries_begin(struct entries *e, const struct session *s, const char *filter)
{
	char *text = xstrdup(filter);

	entries_free(e);
	e->session = s;
	e->filter = text;
}

bool entries_work(struct entries *e, uint64_t units)
{
	uint64_t main, all;
	struct text scratch = { 0 };
	struct unit_walk w;

	units_read(&e->units, &e->session->world.map);
	main = e->units.all[SIDE_MAIN];
	all = all_units(e);
	while (units > 0 && e->next < all) {
		bool aside = e->next >= main;

		w = units_walk(&e->units, aside, e->next - (aside ? main : 0));
		for (; units > 0 && w.addr; unit_walk_next(&w), units--, e->next++)
			add_unit(e,
				(struct place){ .array = aside, .unit = w.unit, .addr = w.addr },
				&scratch);
	}
	text_free(&scratch);
	if (!e->done && e->next == all)
		finish(e);
	return !e->done;
}

struct work entries_come_to(const struct entries *e)
{
	return (struct work){ e->session->world.map.type->engine->words.unit, e->next,
		all_units(e), false };
}

void entries_make(struct entries *e, const struct session *s, const char *filter)
{
	entries_begin(e, s, filter);
	entries_work(e, UINT64_MAX);
}

void entries_put_row(const struct entries *e, const struct pane *p, int y, size_t i, bool selected)
{
	const struct map *m = &e->session->world.map;
	const struct place at = entries_place(e, i);
	struct text words = { 0 };
	int half = (p->w - 24) / 2;

	if (half < 8)
		half = 8;
	if (!at.addr)
		return;
	add_literal(m, &at, false, &words);
	pane_datan(p, 0, y, half - 1, ROLE_KEY, text_str(&words));
	add_literal(m, &at, true, &words);
	pane_datan(p, half, y, half - 1, ROLE_ELEM, text_str(&words));
	text_clear(&words);
	place_words(&e->units, &at, &words);
	if (at.link)
		text_printf(&words, "+%u", at.link);
	text_printf(&words, " slot %u", at.slot);
	pane_textn(
		p, 2 * half, y, p->w - 2 * half, at.array ? ROLE_OLD : ROLE_NOTE, text_str(&words));
	if (selected)
		pane_flag(p, 0, y, p->w, 1, CELL_CURSOR);
	text_free(&words);
}

void entries_put_title(const struct entries *e, const struct pane *p)
{
	struct text words = { 0 };

	text_add_count(&words, e->count);
	text_add(&words, " of ");
	text_add_count(&words, e->total);
	text_printf(&words, " entries%s%s", *e->filter ? " · with " : "", e->filter);
	if (!e->done)
		text_printf(&words, " · %" PRIu64 "%% of the map looked through",
			100 * e->next / (all_units(e) + 1));
	pane_datan(p, 0, 0, p->w, ROLE_TITLE, text_str(&words));
	text_free(&words);
}

void entries_draw(const struct entries *e, const struct pane *p)
{
	size_t room = p->h > 1 ? (size_t)p->h - 1 : 0, top = list_top(e->selected, e->count, room);

	entries_put_title(e, p);
	for (size_t i = 0; i < room && top + i < e->count; i++)
		entries_put_row(e, p, 1 + (int)i, top + i, top + i == e->selected);
}

static const struct column columns[] = {
	{ NULL, "key", NULL, .left = true },
	{ NULL, "elem", NULL, .left = true },
	{ NULL, "place", NULL, .left = true },
};

static const struct column literals[] = {
	{ .field = "key" }, { .field = "elem" },
};

static void put_literal(const struct entries *e, const struct place *at, bool elem, size_t most,
	struct row *r)
{
	slot_add_value(&e->session->world.map, at->addr, at->slot, elem, most,
		row_add(r, FIGURE_DATA));
}

static void put_literals(void *data, size_t i, struct row *r)
{
	struct place at = entries_place(data, i);

	put_literal(data, &at, false, 0, r);
	put_literal(data, &at, true, 0, r);
}

/* With the place as it can be searched for: @3+1.7 */
static void put_entry(void *data, size_t i, struct row *r)
{
	const struct entries *e = data;
	struct place at = entries_place(e, i);
	struct text *place;

	put_literal(e, &at, false, LITERAL_MOST, r);
	put_literal(e, &at, true, LITERAL_MOST, r);
	place = row_add(r, FIGURE_WORDS);
	place_literal(&e->units, &at, place);
	text_printf(place, ".%u", at.slot);
}

static void drop(void *entries)
{
	entries_free(entries);
	free(entries);
}

/* Programs get the literals whole, as scripts have them. */
bool entries_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	struct entries *e = xcalloc(1, sizeof *e);

	(void)err;
	entries_make(e, now->session, "");
	sheet_keep(out, e, drop);
	sheet_rows(out, NULL, COLUMNS(columns), e->count, put_entry, e);
	sheet_rows(out, "entries", COLUMNS(literals), e->count, put_literals, e);
	return true;
}
