/* SPDX-License-Identifier: MIT */
/* The units as figures: a row each, its chain counted, those aside last. */
#include <inttypes.h>
#include <stdlib.h>

#include "model/base/mem.h"
#include "tui/page/views.h"
#include "tui/sheet/sheet.h"
#include "tui/view/design.h"

/* Of each side the first one asked for and how many are. */
struct arrays {
	struct units units;
	uint64_t first[SIDES], count[SIDES];
};

static void put_chain(struct row *r, const struct units *u, uint64_t unit)
{
	const struct marks *marks = design_of(u->map)->units->marks;
	uint64_t slots[SLOT_STATES] = { 0 }, links = 0;
	struct text *hex;

	for (uint64_t a = unit; a; a = map_link(u->map, a), links++)
		for (unsigned i = 0; i < SLOTS; i++)
			slots[mark_of(marks, map_control(u->map, a, i))->state]++;
	if (marks->link)
		row_count(r, links - 1);
	row_count(r, slots[SLOT_LIVE]);
	row_count(r, slots[SLOT_FREE]);
	row_count(r, slots[SLOT_DEAD]);
	if (marks->link)
		row_count(r, slots[SLOT_MOVED]);
	hex = row_add(r, FIGURE_WORDS);
	for (uint64_t a = unit; a; a = map_link(u->map, a)) {
		text_add(hex, a == unit ? "" : " ");
		for (unsigned i = 0; i < SLOTS; i++)
			text_printf(hex, "%02x", map_control(u->map, a, i));
	}
}

static void put_unit(void *data, size_t i, struct row *r)
{
	const struct arrays *a = data;
	const struct units *u = &a->units;
	bool aside = i >= a->count[SIDE_MAIN];
	uint64_t unit = a->first[aside] + (aside ? i - a->count[SIDE_MAIN] : i);
	const struct unit_array *array = units_array(u, aside, unit);

	row_flag(r, aside);
	if (!u->map->type->unit.link)
		row_number(r, (uint64_t)(array - u->list) - (aside ? u->main : 0));
	row_number(r, unit - array->first);
	row_printf(r, "0x%" PRIx64, units_at(u, aside, unit));
	put_chain(r, u, units_at(u, aside, unit));
}

static void drop(void *arrays)
{
	units_free(&((struct arrays *)arrays)->units);
	free(arrays);
}

/* Aside, those that the ones asked for come from. */
bool buckets_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const struct map *m = &now->session->world.map;
	struct arrays *a = xcalloc(1, sizeof *a);

	(void)err;
	units_read(&a->units, m);
	for (int side = 0; side < SIDES; side++) {
		uint64_t all = a->units.all[side], from = now->from, to = now->to;

		if (side == SIDE_ASIDE && all)
			design_of(m)->units->growth.sources(&a->units, &from, &to);
		if (from > to || !all) {
			from = 0;
			to = UINT64_MAX;
		}
		a->first[side] = from;
		a->count[side] = to < all ? to - from + 1 : all - (from < all ? from : all);
	}
	sheet_keep(out, a, drop);
	sheet_rows(out, m->type->engine->words.all, design_of(m)->units->sheet.columns,
		design_of(m)->units->sheet.count, a->count[SIDE_MAIN] + a->count[SIDE_ASIDE],
		put_unit, a);
	return true;
}
