/* SPDX-License-Identifier: MIT */
/*
 * The header panel: Map with offsets, values and what they mean; the table that the cursor is in;
 * the directory around it.
 */
#include <inttypes.h>

#include "tui/view/swiss/header_parts.h"
#include "tui/view/view.h"

struct header_line header_line(const struct look *l, const struct under *u, int field)
{
	bool pruned = l->session->given.release->prunes;
	int fields = SWISS_FIELDS - !pruned;

	if (field < fields)
		return (struct header_line){ OF_MAP,
			field + (!pruned && field >= SWISS_TOMBSTONE_POSSIBLE) };
	field -= fields;
	if (u->groups.table && field < TABLE_FIELDS)
		return (struct header_line){ OF_TABLE, field };
	return (struct header_line){ OF_DIRECTORY, field - (u->groups.table ? TABLE_FIELDS : 0) };
}

/* The table before, in the directory; 0 for the first one. */
static uint64_t table_before(const struct map *m, uint64_t table)
{
	int64_t index = table_index(m, table);

	return index > 0 ? directory_at(m, (uint64_t)index - 1) : 0;
}

static uint64_t table_behind(const struct map *m, uint64_t table)
{
	uint64_t index = (uint64_t)table_index(m, table) + table_entries(m, table);

	return index < swiss_get(m, SWISS_DIR_LEN) ? directory_at(m, index) : 0;
}

/* While halves are put into the directory an old table has lost its first entries. */
static bool in_order(const struct map *m, uint64_t table)
{
	int64_t index = table_index(m, table);

	return index >= 0 && (uint64_t)index < swiss_get(m, SWISS_DIR_LEN) &&
		directory_at(m, (uint64_t)index) == table &&
		table_get(m, table, TABLE_LOCAL_DEPTH) <= swiss_get(m, SWISS_GLOBAL_DEPTH);
}

/* The middle of what is shown: the table under the cursor, or the one that is being replaced. */
static uint64_t middle_of(const struct look *l, const struct under *u, uint32_t *number)
{
	const struct map *m = &l->session->world.map;
	struct half h = growth_half(l->session);

	*number = u->number;
	if (u->groups.table && !table_aside(u) && in_order(m, u->groups.table))
		return u->groups.table;
	*number = h.number;
	if (h.old && in_order(m, h.old))
		return h.old;
	*number = 0;
	return directory_at(m, 0);
}

int directory_lines(const struct look *l, const struct under *u,
	struct directory_line lines[DIRECTORY_LINES])
{
	const struct map *m = &l->session->world.map;
	uint64_t table, before;
	uint32_t number;
	int n = 0;

	if (!m->header || swiss_small(m))
		return 0;
	table = middle_of(l, u, &number);
	for (int i = 0; i < DIRECTORY_LINES / 2; i++)
		if ((before = table_before(m, table)) != 0 && in_order(m, before)) {
			table = before;
			number--;
		}
	for (; n < DIRECTORY_LINES && table && in_order(m, table); table = table_behind(m, table))
		lines[n++] = (struct directory_line){ .table = table,
			.number = number++,
			.entry = (uint64_t)table_index(m, table),
			.entries = table_entries(m, table) };
	return n;
}

/* What a value means, in a few words. */
static void map_note(const struct map *m, int n, uint64_t v, struct text *out)
{
	switch (n) {
	case SWISS_DIR_PTR:
		if (v && swiss_small(m))
			text_add(out, "group");
		break;
	case SWISS_DIR_LEN:
		text_add(out, v ? v == 1 ? "entry" : "entries" : "no table");
		break;
	case SWISS_GLOBAL_DEPTH:
		if (v)
			text_printf(out, v == 1 ? "top bit" : "top bits");
		break;
	case SWISS_WRITING:
	case SWISS_TOMBSTONE_POSSIBLE:
		if (v)
			text_add(out, "yes");
		break;
	default:
		break;
	}
}

static void table_note(const struct map *m, uint64_t table, int n, uint64_t v, struct text *out)
{
	unsigned capacity = (unsigned)table_get(m, table, TABLE_CAPACITY);
	unsigned depth = (unsigned)swiss_get(m, SWISS_GLOBAL_DEPTH);

	switch (n) {
	case TABLE_USED:
		text_printf(out, "of %u", table_most(capacity));
		break;
	case TABLE_CAPACITY:
		text_printf(out, "in %u groups", capacity / SLOTS);
		break;
	case TABLE_GROWTH_LEFT:
		text_add(out, capacity == TABLE_SLOTS_MOST ? "to a split" : "to growth");
		break;
	case TABLE_LOCAL_DEPTH:
		if (v < depth)
			text_printf(out, "of %u", depth);
		break;
	case TABLE_LENGTH_MASK:
		text_add(out, "+ 1 groups");
		break;
	default:
		break;
	}
}

enum { BAR_WIDTH = 5 };

/* Hexadecimal digits of which the middle is left out where they are too many. */
static int put_hex(const struct pane *p, int x, int y, unsigned digits, uint64_t v)
{
	if (p->w - x >= (int)digits + 2)
		return pane_printf(p, x, y, ROLE_VALUE, "0x%0*" PRIx64, (int)digits, v);
	return pane_printf(p, x, y, ROLE_VALUE, "0x%04" PRIx64 "…%04" PRIx64,
		v >> (4 * digits - 16), v & 0xffff);
}

static int put_value(const struct pane *p, int x, int y, const struct field *f, unsigned word,
	uint64_t v)
{
	if (f->kind == FIELD_POINTER && v == 0)
		return pane_text(p, x, y, ROLE_DIM, "nil");
	if (f->kind == FIELD_POINTER)
		return pane_printf(p, x, y, ROLE_ADDRESS, "0x%" PRIx64, v);
	if (f->kind == FIELD_HEX)
		return put_hex(p, x, y, 2 * word, v);
	if (f == &table_fields[TABLE_INDEX])
		return pane_printf(p, x, y, ROLE_VALUE, "%" PRId64,
			word == 8 ? (int64_t)v : (int32_t)v);
	return pane_printf(p, x, y, ROLE_VALUE, "%" PRIu64, v);
}

/* The fields that lead to what is under the cursor. */
static bool linked(const struct look *l, const struct header_line *line)
{
	if (l->no_cursor || l->in_header || !l->cursor.addr)
		return false;
	return line->of == OF_TABLE ? line->n == TABLE_GROUPS : line->n == SWISS_DIR_PTR;
}

/* Where the lines of the panel are put. */
struct panel {
	const struct look *l;
	const struct pane *p;
	const struct under *under;
};

static void put_field(const struct panel *panel, int y, int number, const struct header_line *line)
{
	const struct look *l = panel->l;
	const struct pane *p = panel->p;
	const struct map *m = &l->session->world.map;
	uint64_t base = line->of == OF_TABLE ? panel->under->groups.table : m->header;
	const struct field *f = line->of == OF_TABLE ? &table_fields[line->n]
						     : &swiss_fields[line->n];
	unsigned word = m->type->target->ptrsize;
	uint64_t v = load_field(m, base, f);
	int x = put_field_name(p, y, f, word), end;
	struct text note = { 0 };

	end = x + put_value(p, x, y, f, word, v) + 1;
	if (line->of == OF_TABLE)
		table_note(m, base, line->n, v, &note);
	else
		map_note(m, line->n, v, &note);
	if (end < x + 4 && text_width(p->canvas, text_str(&note)) <= p->w - x - 4)
		end = x + 4;
	if (text_width(p->canvas, text_str(&note)) <= p->w - end)
		pane_text(p, end, y, ROLE_NOTE, text_str(&note));
	text_free(&note);
	mark_field(l, p, y, f, number, base, linked(l, line));
}

/* "0 ▸ table 0  441 of 896 ▓▓▓░░": the entries, the table, how full it is. */
static void put_directory(const struct panel *panel, int y, int number,
	const struct directory_line *line)
{
	const struct look *l = panel->l;
	const struct pane *p = panel->p;
	const struct map *m = &l->session->world.map;
	uint64_t used = table_get(m, line->table, TABLE_USED);
	unsigned most = table_most((unsigned)table_get(m, line->table, TABLE_CAPACITY));
	bool here = line->table == panel->under->groups.table && !l->no_cursor;
	int x = pane_printf(p, 0, y, ROLE_INDEX, "%" PRIu64, line->entry), name;

	if (line->entries > 1)
		x += pane_printf(p, x, y, ROLE_INDEX, "-%" PRIu64, line->entry + line->entries - 1);
	x += pane_text(p, x, y, ROLE_DIM, " ▸ ");
	name = pane_printf(p, x, y, ROLE_FIELD, "table %u", line->number);
	if (here && !l->in_header)
		pane_flag(p, x, y, name, 1, CELL_LINKED);
	if (l->in_header && !l->no_cursor && l->field == number)
		pane_flag(p, x, y, name, 1, CELL_CURSOR);
	x += name + 1;
	x += pane_printf(p, x, y, ROLE_VALUE, p->w - x < BAR_WIDTH + 12 ? "%" PRIu64 "/%u"
			: "%" PRIu64 " of %u", used, most) + 1;
	put_load_bar(p, x, y, p->w - x > BAR_WIDTH ? BAR_WIDTH : p->w - x, used, most);
}

static void put_table_title(const struct panel *panel, int y)
{
	const struct look *l = panel->l;
	const struct under *u = panel->under;
	struct text title = { 0 };

	table_name(&l->session->world.map, u, &title);
	if (!table_aside(u))
		text_printf(&title, " of %u", u->tables);
	text_printf(&title, " · 0x%" PRIx64, u->groups.table);
	pane_textn(panel->p, 0, y, panel->p->w, ROLE_TITLE, text_str(&title));
	text_free(&title);
}

static int draw(const struct look *l, const struct pane *p)
{
	struct under u = table_under(l);
	struct panel panel = { l, p, &u };
	struct directory_line lines[DIRECTORY_LINES];
	int shown = directory_lines(l, &u, lines), fields = swiss_fields_shown(l), y = 0;

	for (int n = 0; n < fields; n++) {
		struct header_line line = header_line(l, &u, n);

		if (line.of == OF_TABLE && line.n == 0)
			put_table_title(&panel, y++);
		if (line.of == OF_DIRECTORY && line.n == 0)
			pane_textn(p, 0, y++, p->w, ROLE_TITLE, "directory");
		if (line.of != OF_DIRECTORY)
			put_field(&panel, y++, n, &line);
		else if (line.n < shown)
			put_directory(&panel, y++, n, &lines[line.n]);
	}
	return y;
}

static void title(const struct look *l, struct text *out)
{
	text_printf(out, "Map · %u B · 0x%" PRIx64, swiss_size(l->session->given.target),
		l->session->world.map.header);
}

int swiss_fields_shown(const struct look *l)
{
	struct under u = table_under(l);
	struct directory_line lines[DIRECTORY_LINES];

	return SWISS_FIELDS - !l->session->given.release->prunes +
		(u.groups.table ? TABLE_FIELDS : 0) + directory_lines(l, &u, lines);
}

/* Above the table's fields, and above the directory, stands a title. */
static int field_row(const struct look *l, int field)
{
	struct under u = table_under(l);
	struct header_line line = header_line(l, &u, field);

	return field + (line.of == OF_TABLE) +
		(line.of == OF_DIRECTORY ? 1 + (u.groups.table != 0) : 0);
}

/* Tables and directory come and go with dirPtr. */
static int field_instead(const struct look *l)
{
	(void)l;
	return SWISS_DIR_PTR;
}

/* From a field to what it means: the first group of its table, or the one under the cursor. */
static bool enter_field(struct look *l)
{
	const struct map *m = &l->session->world.map;
	struct under u = table_under(l);
	struct header_line line = header_line(l, &u, l->field);
	struct directory_line lines[DIRECTORY_LINES];
	int shown = directory_lines(l, &u, lines);
	uint64_t to = u.groups.addr;

	if (line.of == OF_DIRECTORY && line.n < shown)
		to = table_get(m, lines[line.n].table, TABLE_GROUPS);
	else if (line.of == OF_MAP && line.n != SWISS_USED && line.n != SWISS_DIR_PTR &&
		line.n != SWISS_DIR_LEN)
		return false;
	if (!to)
		return false;
	table_enter(l, to);
	return true;
}

const struct header_design swiss_header = {
	.title = title,
	.draw = draw,
	.fields = swiss_fields_shown,
	.row = field_row,
	.instead = field_instead,
	.enter = enter_field,
	.load = swiss_load,
	.line = swiss_headline,
};
