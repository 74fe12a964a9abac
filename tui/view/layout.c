/* SPDX-License-Identifier: MIT */
#include "tui/view/layout.h"

#include <inttypes.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/engines/engines.h"
#include "model/figures/pieces.h"
#include "model/map/map.h"

enum {
	SIGN = 2,          /* columns before a name, for the mark of a difference */
	NAME_LEAST = 14,   /* for the name of a field and a blank, behind the sign */
	FIELD_MOST = 18,   /* so much for a longer one, where the type has room behind it */
	TYPE_LEAST = 8,
	NAME_MOST = 40,
	SIDE = 27,         /* columns for each target */
	SIDE_LEAST = 20,   /* where they are one below the other */
};

/* What one target has in a row. */
struct target_cell {
	bool place;              /* a field: offset and alignment count too */
	uint64_t offset, size, align;
	char note[32];
	enum role role;          /* of the note */
	uint8_t strip[STRIP_MOST]; /* instead of these: what each byte is */
	unsigned bytes;
};

struct layout_table {
	const struct pane *p;
	const struct maptype *types[2];
	const struct pieces *made; /* of both */
	int only;                /* the target that is shown, when not both: 0 or 1; else -1 */
	int name, side;          /* columns */
	int field;               /* of name, for that of a field */
	int y;
	bool differs;            /* something did */
};

static int column(const struct layout_table *t, int i)
{
	return SIGN + t->name + (t->only < 0 ? i * t->side : 0);
}

static void heading(struct layout_table *t, const char *text)
{
	t->y += t->y > 0;
	pane_textn(t->p, 0, t->y++, t->p->w, ROLE_TITLE, text);
}

static bool same_side(const struct target_cell *a, const struct target_cell *b)
{
	return a->offset == b->offset && a->size == b->size && a->align == b->align &&
		a->bytes == b->bytes && memcmp(a->strip, b->strip, a->bytes) == 0 &&
		strcmp(a->note, b->note) == 0;
}

static void put_strip(const struct layout_table *t, int x, const struct target_cell *s)
{
	static const char32_t glyphs[] = { [STRIP_KEY] = U'k', [STRIP_ELEM] = U'e',
		[STRIP_PADDING] = U'▒' };
	static const enum role roles[] = { [STRIP_KEY] = ROLE_KEY, [STRIP_ELEM] = ROLE_ELEM,
		[STRIP_PADDING] = ROLE_PADDING };

	for (unsigned i = 0; i < s->bytes; i++)
		pane_put(t->p, x + (int)i, t->y, roles[s->strip[i]], glyphs[s->strip[i]]);
}

/* Figures that are those of the other target, too, stand back. */
static enum role role_of(enum role role, uint64_t figure, uint64_t other)
{
	return figure == other ? ROLE_DIM : role;
}

static void put_side(const struct layout_table *t, int x, const struct target_cell *s,
	const struct target_cell *other)
{
	int width = t->side - (t->only < 0);
	struct pane in = pane_sub(t->p, x, t->y, width, 1);

	if (s->bytes) {
		put_strip(t, x, s);
		return;
	}
	if (s->place)
		pane_printf(&in, 0, 0, role_of(ROLE_VALUE, s->offset, other->offset),
			"+0x%02" PRIx64, s->offset);
	pane_right(&in, width - 13, 0, role_of(ROLE_VALUE, s->size, other->size),
		count_text(s->size).s);
	pane_text(&in, width - 12, 0, role_of(ROLE_VALUE, s->size, other->size), "B");
	if (*s->note)
		pane_textn(&in, width - 10, 0, 10, s->role, s->note);
	else if (s->align)
		pane_printf(&in, width - 10, 0, role_of(ROLE_VALUE, s->align, other->align),
			"align %" PRIu64, s->align);
}

static void put_row(struct layout_table *t, const char *name, const char *type,
	const struct target_cell sides[2])
{
	bool same = same_side(&sides[0], &sides[1]);
	bool typed = type && t->name >= t->field + TYPE_LEAST;
	int at = SIGN + t->field;

	if (!same)
		pane_put(t->p, 0, t->y, ROLE_LOAD_LIMIT, U'≠');
	pane_datan(t->p, SIGN, t->y, (typed ? t->field : t->name) - 1,
		type ? ROLE_FIELD : ROLE_LABEL, name);
	if (typed)
		pane_datan(t->p, at, t->y, SIGN + t->name - 1 - at, ROLE_TYPE, type);
	for (int i = 0; i < 2; i++)
		if (t->only < 0 || t->only == i)
			put_side(t, column(t, i), &sides[i], &sides[1 - i]);
	t->differs |= !same;
	t->y++;
}

/* A field of a struct, and the padding behind it up to the next one. */
static struct target_cell place(const struct piece *at)
{
	struct target_cell s = { .place = true, .offset = at->offset, .size = at->size,
		.align = at->align, .role = ROLE_PADDING };

	if (at->padding)
		snprintf(s.note, sizeof s.note, "▒ %" PRIu64 " pad", at->padding);
	return s;
}

/* What an object takes from the heap: its size class, or whole pages. */
static void taken_row(struct layout_table *t, const char *name, const uint64_t sizes[2],
	const bool pointers[2])
{
	struct target_cell sides[2] = { 0 };

	for (int i = 0; i < 2; i++) {
		const struct maptype *mt = t->types[i];

		sides[i].size = alloc_size(mt->release, mt->target->ptrsize, sizes[i], pointers[i]);
		sides[i].role = ROLE_ROUNDING;
		if (sides[i].size > sizes[i])
			snprintf(sides[i].note, sizeof sides[i].note, "%" PRIu64 " lost",
				sides[i].size - sizes[i]);
	}
	put_row(t, name, NULL, sides);
}

static void size_row(struct layout_table *t, const char *name, uint64_t a, uint64_t b)
{
	const struct target_cell sides[2] = { { .size = a }, { .size = b } };

	put_row(t, name, NULL, sides);
}

/* Two ways to lay a key and its elem out; long ones say nothing that the figures do not. */
static void strip_row(struct layout_table *t, unsigned which)
{
	struct target_cell sides[2] = { 0 };

	for (int i = 0; i < 2; i++) {
		const struct strip *s = &t->made[i].strips[which];

		sides[i].bytes = s->count;
		memcpy(sides[i].strip, s->bytes, sizeof s->bytes);
		if (s->count == 0 || (int)s->count >= t->side)
			return;
	}
	put_row(t, t->made[0].strips[which].name, NULL, sides);
}

/* What a unit would take if keys and elems lay otherwise. */
static void other_row(struct layout_table *t, unsigned unit)
{
	struct target_cell sides[2] = { 0 };

	for (int i = 0; i < 2; i++) {
		uint64_t other = t->made[i].other, is = t->made[i].wholes[unit].size;

		sides[i].size = other;
		sides[i].role = ROLE_PADDING;
		if (other > is)
			snprintf(sides[i].note, sizeof sides[i].note, "▒ %" PRIu64 " more",
				other - is);
		else if (other < is)
			snprintf(sides[i].note, sizeof sides[i].note, "%" PRIu64 " less",
				is - other);
		else
			snprintf(sides[i].note, sizeof sides[i].note, "the same");
	}
	put_row(t, t->made[0].other_name, NULL, sides);
}

static void unit_rows(struct layout_table *t, unsigned unit)
{
	const struct pieces *a = &t->made[0], *b = &t->made[1];
	const uint64_t arrays[2] = { a->array, b->array };
	const bool pointers[2] = { a->array_pointers, b->array_pointers };
	char name[32];

	snprintf(name, sizeof name, "array of %" PRIu64, a->array_units);
	if (a->array && b->array)
		taken_row(t, name, arrays, pointers);
	size_row(t, "pad in a slot", a->slot_padding, b->slot_padding);
	for (unsigned i = 0; i < STRIPS; i++)
		strip_row(t, i);
	other_row(t, unit);
}

/* Its pieces with the padding behind each, and what it takes. */
static void whole_rows(struct layout_table *t, unsigned which)
{
	const struct whole *a = &t->made[0].wholes[which], *b = &t->made[1].wholes[which];
	const uint64_t sizes[2] = { a->size, b->size };
	const bool pointers[2] = { a->pointers, b->pointers };

	heading(t, a->name);
	for (size_t i = 0; i < a->count; i++) {
		const struct piece *first = &t->made[0].list[a->first + i];
		const struct target_cell sides[2] = { place(first),
			place(&t->made[1].list[b->first + i]) };

		put_row(t, first->name, first->type, sides);
	}
	size_row(t, "in all", sizes[0], sizes[1]);
	if (a->taken)
		taken_row(t, "allocated", sizes, pointers);
	if (a->unit)
		unit_rows(t, which);
}

static void put_target(const struct layout_table *t, int i)
{
	const struct target *target = t->types[i]->target;
	struct text text = { 0 };

	text_printf(&text, "%s · %u bit", target->name, 8 * target->ptrsize);
	if (target->big_endian)
		text_add(&text, " · big");
	pane_textn(t->p, column(t, i), t->y, t->side - 1, ROLE_TITLE, text_str(&text));
	text_free(&text);
}

static void put_all(struct layout_table *t)
{
	pane_datan(t->p, 0, t->y, SIGN + t->name - 1, ROLE_TYPE, t->types[0]->asked);
	for (int i = 0; i < 2; i++)
		if (t->only < 0 || t->only == i)
			put_target(t, i);
	t->y++;
	for (unsigned i = 0; i < t->made[0].nwholes; i++)
		whole_rows(t, i);
}

static void put_end(struct layout_table *t)
{
	const char *path = map_path_name(t->types[0]->path);
	struct text text = { 0 };

	t->y++;
	text_printf(&text, "written by %s", path);
	if (t->types[0]->path != t->types[1]->path)
		text_printf(&text, "; on %s by %s", t->types[1]->target->name,
			map_path_name(t->types[1]->path));
	pane_textn(t->p, 0, t->y++, t->p->w, ROLE_NOTE, text_str(&text));
	text_free(&text);
	if (!t->differs)
		pane_textn(t->p, 0, t->y++, t->p->w, ROLE_NOTE, "nothing differs");
	else
		pane_textn(t->p, 0, t->y++, t->p->w, ROLE_NOTE, "≠ differs between the two");
}

static void fit(struct layout_table *t)
{
	int room = t->p->w - SIGN - 2 * SIDE;

	t->only = room >= NAME_LEAST + 6 ? -1 : 0;
	t->side = SIDE;
	if (t->only == 0) {
		room = t->p->w - SIGN - NAME_LEAST;
		t->side = room > SIDE ? SIDE : room < SIDE_LEAST ? SIDE_LEAST : room;
		room = t->p->w - SIGN - t->side;
	}
	t->name = room > NAME_MOST ? NAME_MOST : room < NAME_LEAST ? NAME_LEAST : room;
	t->field = NAME_LEAST;
	for (size_t i = 0; i < t->made[0].count; i++) {
		int width = text_width(t->p->canvas, t->made[0].list[i].name) + 1;

		if (width > t->field && width <= FIELD_MOST && t->name >= width + TYPE_LEAST)
			t->field = width;
	}
}

int view_layout(const struct present *now, const struct pane *p)
{
	const struct session *s = now->session;
	struct gotype_scope scope = session_scope(s);
	struct maptype *types[2] = { NULL, NULL };
	uint64_t units = s->world.map.header ? map_extent(&s->world.map).units : 1;
	struct pieces made[2] = { 0 };
	struct layout_table t = { .p = p, .made = made };
	struct error err;

	/* A type may be too large for a target. */
	for (int i = 0; i < 2; i++) {
		scope.target = session_layout(s, i);
		types[i] = maptype_new(s->world.map.type->asked, &scope, &err);
		t.types[i] = types[i];
		if (types[i])
			made[i] = pieces_make(types[i], units);
		else
			pane_datan(p, 0, t.y++, p->w, ROLE_WARNING, err.msg);
	}
	if (types[0] && types[1]) {
		fit(&t);
		put_all(&t);
		if (t.only == 0) {
			t.only = 1;
			t.y++;
			put_all(&t);
		}
		put_end(&t);
	}
	for (int i = 0; i < 2; i++) {
		pieces_free(&made[i]);
		maptype_free(types[i]);
	}
	return t.y;
}
