/* SPDX-License-Identifier: MIT */
#include "tui/view/layout.h"

#include <inttypes.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/engines/engines.h"
#include "model/map/classic/reading.h"

enum {
	SIGN = 2,          /* columns before a name, for the mark of a difference */
	NAME_LEAST = 14,   /* the longest name of a field and a blank more, behind the sign */
	NAME_MOST = 40,
	SIDE = 27,         /* columns for each target */
	SIDE_LEAST = 20,   /* where they are one below the other */
	STRIP_MOST = 24,   /* bytes of a slot that are shown one by one */
};

/* What one target has in a row. */
struct target_cell {
	bool place;              /* a field: offset and alignment count too */
	uint64_t offset, size, align;
	char note[32];
	enum role role;          /* of the note */
	uint8_t strip[STRIP_MOST]; /* instead of these: bytes, their roles */
	unsigned bytes;
};

struct layout_table {
	const struct pane *p;
	const struct maptype *types[2];
	unsigned B;              /* of the array there is */
	int only;                /* the target that is shown, when not both: 0 or 1; else -1 */
	int name, side;          /* columns */
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
	static const char32_t glyphs[] = { [ROLE_KEY] = U'k', [ROLE_ELEM] = U'e', [ROLE_PADDING] = U'▒' };

	for (unsigned i = 0; i < s->bytes; i++)
		pane_put(t->p, x + (int)i, t->y, (enum role)s->strip[i], glyphs[s->strip[i]]);
}

/* Figures that are those of the other target, too, stand back. */
static enum role role_of(enum role role, uint64_t figure, uint64_t other)
{
	return figure == other ? ROLE_DIM : role;
}

static void put_side(const struct layout_table *t, int x, const struct target_cell *s, const struct target_cell *other)
{
	int width = t->side - (t->only < 0);
	struct pane in = pane_sub(t->p, x, t->y, width, 1);

	if (s->bytes) {
		put_strip(t, x, s);
		return;
	}
	if (s->place)
		pane_printf(&in, 0, 0, role_of(ROLE_VALUE, s->offset, other->offset), "+0x%02" PRIx64,
			s->offset);
	pane_right(&in, width - 13, 0, role_of(ROLE_VALUE, s->size, other->size),
		count_text(s->size).s);
	pane_text(&in, width - 12, 0, role_of(ROLE_VALUE, s->size, other->size), "B");
	if (*s->note)
		pane_textn(&in, width - 10, 0, 10, s->role, s->note);
	else if (s->align)
		pane_printf(&in, width - 10, 0, role_of(ROLE_VALUE, s->align, other->align), "align %" PRIu64, s->align);
}

static void put_row(struct layout_table *t, const char *name, const char *type, const struct target_cell sides[2])
{
	bool same = same_side(&sides[0], &sides[1]);
	int at = SIGN + NAME_LEAST;

	if (!same)
		pane_put(t->p, 0, t->y, ROLE_LOAD_LIMIT, U'≠');
	pane_datan(t->p, SIGN, t->y, t->name - 1, type ? ROLE_FIELD : ROLE_LABEL, name);
	if (type && t->name >= NAME_LEAST + 8)
		pane_datan(t->p, at, t->y, SIGN + t->name - 1 - at, ROLE_TYPE, type);
	for (int i = 0; i < 2; i++)
		if (t->only < 0 || t->only == i)
			put_side(t, column(t, i), &sides[i], &sides[1 - i]);
	t->differs |= !same;
	t->y++;
}

/* A field of a struct, and the padding behind it up to the next one. */
static struct target_cell place(uint64_t offset, uint64_t size, uint64_t align, uint64_t next)
{
	struct target_cell s = { .place = true, .offset = offset, .size = size, .align = align,
		.role = ROLE_PADDING };

	if (next > offset + size)
		snprintf(s.note, sizeof s.note, "▒ %" PRIu64 " pad", next - offset - size);
	return s;
}

static void struct_rows(struct layout_table *t, const struct field *fields, int count)
{
	for (int f = 0, next; f < count; f = next) {
		struct target_cell sides[2];

		/* What the release has not has no name. */
		for (next = f + 1; next < count && !fields[next].name; next++)
			;
		for (int i = 0; i < 2; i++) {
			const struct target *target = t->types[i]->target;
			unsigned word = target->ptrsize, size = field_size(&fields[f], word);
			unsigned at = field_offset(&fields[f], word);

			sides[i] = place(at, size, size > target->wide_align ? target->wide_align : size,
				next < count ? field_offset(&fields[next], word) : at + size);
		}
		put_row(t, fields[f].name, fields[f].gotype, sides);
	}
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

static void header_rows(struct layout_table *t, const char *name, const struct field *fields, int count,
	const uint64_t sizes[2])
{
	const bool pointers[2] = { true, true };

	heading(t, name);
	struct_rows(t, fields, count);
	size_row(t, "in all", sizes[0], sizes[1]);
	taken_row(t, "allocated", sizes, pointers);
}

/* The four parts of a bucket. */
static void part_rows(struct layout_table *t)
{
	const struct maptype *a = t->types[0];
	const char *names[] = { "tophash", "keys", "elems", "overflow" };
	char key[80], elem[80];
	const char *types[] = { "[8]uint8", key, elem, a->pointers ? "*bmap" : "uintptr" };
	struct target_cell sides[4][2];

	snprintf(key, sizeof key, "[8]%s%.60s", a->indirect_key ? "*" : "", a->key->name);
	snprintf(elem, sizeof elem, "[8]%s%.60s", a->indirect_elem ? "*" : "", a->elem->name);
	for (int i = 0; i < 2; i++) {
		const struct maptype *mt = t->types[i];
		unsigned word = mt->target->ptrsize;

		sides[0][i] = place(0, SLOTS, 1, mt->unit.keys);
		sides[1][i] = place(mt->unit.keys, SLOTS * mt->keysize,
			mt->indirect_key ? word : mt->key->align, mt->unit.elems);
		sides[2][i] = place(mt->unit.elems, SLOTS * mt->elemsize,
			mt->indirect_elem ? word : mt->elem->align, mt->unit.link);
		sides[3][i] = place(mt->unit.link, word, word, mt->unit.size);
	}
	for (int f = 0; f < 4; f++)
		put_row(t, names[f], types[f], sides[f]);
}

/* How a key and its elem lie, each byte of them; with the gaps that a struct of both would have. */
static struct target_cell strip_of(const struct maptype *t, bool pair)
{
	unsigned word = t->target->ptrsize;
	uint64_t key_align = t->indirect_key ? word : t->key->align;
	uint64_t elem_align = t->indirect_elem ? word : t->elem->align;
	uint64_t align = key_align > elem_align ? key_align : elem_align;
	uint64_t at = pair ? (t->keysize + elem_align - 1) / elem_align * elem_align : t->keysize;
	uint64_t end = at + t->elemsize;
	uint8_t key[STRIP_MOST], elem[STRIP_MOST];
	struct target_cell s = { 0 };

	end = pair ? (end + align - 1) / align * align : end;
	if (end > STRIP_MOST)
		return s;
	maptype_key_bytes(t, key);
	maptype_elem_bytes(t, elem);
	s.bytes = (unsigned)end;
	for (uint64_t i = 0; i < end; i++) {
		bool in_key = i < t->keysize, in_elem = i >= at && i < at + t->elemsize;

		s.strip[i] = ROLE_PADDING;
		if (in_key && key[i] != BYTE_PADDING)
			s.strip[i] = ROLE_KEY;
		if (in_elem && elem[i - at] != BYTE_PADDING)
			s.strip[i] = ROLE_ELEM;
	}
	return s;
}

static void strip_row(struct layout_table *t, const char *name, bool pair)
{
	const struct target_cell sides[2] = { strip_of(t->types[0], pair), strip_of(t->types[1], pair) };
	bool both = sides[0].bytes && sides[1].bytes;

	/* Long ones say nothing that the figures do not. */
	if (both && (int)sides[0].bytes < t->side && (int)sides[1].bytes < t->side)
		put_row(t, name, NULL, sides);
}

static void pair_rows(struct layout_table *t)
{
	struct target_cell sides[2] = { 0 };

	for (int i = 0; i < 2; i++) {
		const struct maptype *mt = t->types[i];

		sides[i].size = maptype_pair_bytes(mt);
		sides[i].role = ROLE_PADDING;
		if (sides[i].size > mt->unit.size)
			snprintf(sides[i].note, sizeof sides[i].note, "▒ %" PRIu64 " more",
				sides[i].size - mt->unit.size);
		else
			snprintf(sides[i].note, sizeof sides[i].note, "no more");
	}
	strip_row(t, "key, elem", false);
	strip_row(t, "as a pair", true);
	put_row(t, "pairs, in all", NULL, sides);
}

static uint64_t slot_padding(const struct maptype *t)
{
	return (t->indirect_key ? 0 : t->key->padding) +
		(t->indirect_elem ? 0 : t->elem->padding);
}

static void bucket_rows(struct layout_table *t)
{
	const struct maptype *a = t->types[0], *b = t->types[1];
	const uint64_t sizes[2] = { a->unit.size, b->unit.size };
	const uint64_t arrays[2] = { maptype_array_buckets(a, t->B) * a->unit.size,
		maptype_array_buckets(b, t->B) * b->unit.size };
	const bool pointers[2] = { a->pointers, b->pointers };
	char name[32];

	heading(t, "bucket");
	part_rows(t);
	size_row(t, "in all", sizes[0], sizes[1]);
	taken_row(t, "allocated", sizes, pointers);
	snprintf(name, sizeof name, "array of %llu", 1ull << t->B);
	if (arrays[0] && arrays[1])
		taken_row(t, name, arrays, pointers);
	size_row(t, "pad in a slot", slot_padding(a), slot_padding(b));
	pair_rows(t);
}

/* The fields of a struct key or elem, with the padding behind each. */
static void field_rows(struct layout_table *t, const char *what, const struct gotype *a,
	const struct gotype *b)
{
	const struct gotype *both[2] = { a, b };

	if (a->kind != KIND_STRUCT || a->nfields == 0)
		return;
	heading(t, what);
	for (unsigned f = 0; f < a->nfields; f++) {
		struct target_cell sides[2];

		for (int i = 0; i < 2; i++) {
			const struct gotype_field *field = &both[i]->fields[f];

			sides[i] = place(field->offset, field->type->size, field->type->align,
				f + 1 < a->nfields ? field[1].offset : both[i]->size);
		}
		put_row(t, a->fields[f].name, a->fields[f].type->name, sides);
	}
	size_row(t, "in all", a->size, b->size);
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
	const struct maptype *a = t->types[0], *b = t->types[1];

	pane_datan(t->p, 0, t->y, SIGN + t->name - 1, ROLE_TYPE, a->asked);
	for (int i = 0; i < 2; i++)
		if (t->only < 0 || t->only == i)
			put_target(t, i);
	t->y++;
	header_rows(t, "hmap", hmap_fields(a->release), HMAP_FIELDS, (uint64_t[]){
		hmap_size(a->release, a->target), hmap_size(b->release, b->target) });
	header_rows(t, "mapextra", extra_fields, EXTRA_FIELDS, (uint64_t[]){
		extra_size(a->target), extra_size(b->target) });
	bucket_rows(t);
	field_rows(t, "key", a->key, b->key);
	field_rows(t, "elem", a->elem, b->elem);
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
}

int view_layout(const struct present *now, const struct pane *p)
{
	const struct session *s = now->session;
	struct gotype_scope scope = session_scope(s);
	struct maptype *types[2] = { NULL, NULL };
	struct layout_table t = { .p = p, .B = s->world.map.header ? (unsigned)map_get(&s->world.map, HMAP_B)
		: 0 };
	struct error err;

	/* A type may be too large for a target. */
	for (int i = 0; i < 2; i++) {
		scope.target = session_layout(s, i);
		types[i] = maptype_new(s->world.map.type->asked, &scope, &err);
		t.types[i] = types[i];
		if (!types[i])
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
	maptype_free(types[0]);
	maptype_free(types[1]);
	return t.y;
}
