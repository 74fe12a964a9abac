/* SPDX-License-Identifier: MIT */
/* One place of the map as figures: a unit, a slot. */
#include <inttypes.h>

#include "tui/page/views.h"
#include "tui/view/design.h"
#include "tui/view/explain.h"
#include "tui/view/figures.h"

static const struct column columns[] = {
	{ .title = "slot", .field = "slot" },
	{ .title = "control", .field = "control", .left = true },
	{ .title = "state", .field = "state", .left = true },
	{ .title = "key", .field = "key", .left = true },
	{ .title = "elem", .field = "elem", .left = true },
};

/* A table of slots: its control bytes are named as the design does. */
static struct sheet_table *slots_table(const struct look *l, struct sheet *out, const char *name)
{
	struct sheet_table *t = sheet_table(out, name, COLUMNS(columns));

	t->columns[1].title = t->columns[1].field = look_control_word(l);
	return t;
}

static uint8_t control_of(const struct look *l, unsigned slot)
{
	return map_control(&l->session->world.map, l->cursor.addr, slot);
}

static bool is_live(const struct look *l, unsigned slot)
{
	return map_live(&l->session->world.map, l->cursor.addr, slot);
}

static void put_literal(struct row *r, const struct look *l, unsigned slot, bool elem)
{
	slot_add_value(&l->session->world.map, l->cursor.addr, slot, elem, 0,
		row_add(r, FIGURE_DATA));
}

static void put_slot(struct row *r, const struct look *l, unsigned slot)
{
	uint8_t control = control_of(l, slot);

	row_number(r, slot);
	row_printf(r, "%02x", control);
	row_words(r, mark_of(look_marks(l), control)->brief);
	for (int elem = 0; elem < 2 && is_live(l, slot); elem++)
		put_literal(r, l, slot, elem);
}

/* Where it is; whether it is anywhere. */
static bool put_place(const struct look *l, struct sheet *out)
{
	const struct place *at = &l->cursor;
	const struct unit_array *array;

	if (!at->addr)
		return false;
	sheet_flag(out, look_design(l)->units->words.aside, at->array != 0);
	array = units_array(&l->units, at->array, at->unit);
	if (!look_design(l)->units->words.link)
		sheet_count(out, "table", (uint64_t)(array - l->units.list) -
			(at->array ? l->units.main : 0));
	sheet_count(out, look_unit_word(l), at->unit - array->first);
	if (look_design(l)->units->words.link)
		sheet_count(out, "chain", at->link);
	row_printf(sheet_fact(out, "addr"), "0x%" PRIx64, at->addr);
	return true;
}

bool bucket_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const struct look *l = now->look;
	uint64_t next;
	struct sheet_table *t;

	(void)err;
	if (!put_place(l, out))
		return true;
	next = map_link(&l->session->world.map, l->cursor.addr);
	if (next)
		row_printf(sheet_fact(out, look_design(l)->units->words.link), "0x%" PRIx64, next);
	t = slots_table(l, out, "slots");
	for (unsigned i = 0; i < SLOTS; i++)
		put_slot(table_row(t), l, i);
	return true;
}

bool bytes_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const struct look *l = now->look;
	const struct map *m = &l->session->world.map;
	struct text *hex;

	if (!bucket_sheet(now, out, err) || !l->cursor.addr)
		return true;
	hex = row_add(sheet_fact(out, "bytes"), FIGURE_WORDS);
	for (uint32_t i = 0; i < m->type->unit.size; i++)
		text_printf(hex, "%02x", map_at(m, l->cursor.addr)[i]);
	return true;
}

bool explain_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	(void)err;
	if (put_place(now->look, out))
		sheet_count(out, "slot", now->look->cursor.slot);
	explain_slot(now->look, row_add(sheet_fact(out, "text"), FIGURE_DATA));
	return true;
}

bool slot_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const struct look *l = now->look;
	unsigned slot = l->cursor.slot;
	struct sheet_table *t;
	uint8_t control;

	if (!explain_sheet(now, out, err) || !l->cursor.addr)
		return true;
	control = control_of(l, slot);
	row_printf(sheet_fact(out, look_control_word(l)), "%02x", control);
	sheet_data(out, "state", mark_of(look_marks(l), control)->brief);
	if (is_live(l, slot)) {
		put_literal(sheet_fact(out, "key"), l, slot, false);
		put_literal(sheet_fact(out, "elem"), l, slot, true);
	}
	t = slots_table(l, out, NULL);
	put_slot(table_row(t), l, slot);
	return true;
}
