/* SPDX-License-Identifier: MIT */
#include "tui/view_layout.h"

#include <inttypes.h>
#include <string.h>

#include "model/mem.h"

enum { NAME_WIDTH = 22, COLUMN = 27 }; /* names on the left, then a column for each target */

struct table {
	const struct pane *p;
	const struct maptype *types[2];
	int y;
};

static int column(int i)
{
	return NAME_WIDTH + i * COLUMN;
}

static void heading(struct table *t, const char *text)
{
	t->y += t->y > 0;
	pane_text(t->p, 0, t->y++, ROLE_TITLE, text);
}

static void put_place(struct table *t, int i, uint64_t offset, uint64_t size, uint64_t align)
{
	pane_printf(t->p, column(i), t->y, ROLE_OFFSET, "+0x%02" PRIx64, offset);
	pane_printf(t->p, column(i) + 7, t->y, ROLE_VALUE, "%5" PRIu64 " B", size);
	if (align)
		pane_printf(t->p, column(i) + 15, t->y, ROLE_NOTE, "align %" PRIu64, align);
}

static void struct_rows(struct table *t, const struct field *fields, int count)
{
	for (int f = 0; f < count; f++, t->y++) {
		pane_text(t->p, 1, t->y, ROLE_FIELD, fields[f].name);
		for (int i = 0; i < 2; i++) {
			unsigned word = t->types[i]->target->ptrsize;
			unsigned size = field_size(&fields[f], word);

			put_place(t, i, field_offset(&fields[f], word), size, size);
		}
	}
}

/* What an object of that size really takes. */
static void size_row(struct table *t, const char *name, uint64_t a, uint64_t b, bool pa, bool pb)
{
	const uint64_t sizes[2] = { a, b };
	const bool pointers[2] = { pa, pb };

	pane_text(t->p, 1, t->y, ROLE_LABEL, name);
	for (int i = 0; i < 2; i++) {
		const struct maptype *mt = t->types[i];
		uint64_t took = alloc_size(mt->release, mt->target->ptrsize, sizes[i], pointers[i]);

		pane_printf(t->p, column(i) + 7, t->y, ROLE_VALUE, "%5" PRIu64 " B", sizes[i]);
		if (took > sizes[i])
			pane_printf(t->p, column(i) + 15, t->y, ROLE_ROUNDING, "takes %" PRIu64, took);
	}
	t->y++;
}

static void bucket_row(struct table *t, const char *name, uint32_t (*place)(const struct maptype *),
	uint32_t (*size)(const struct maptype *), const char *what)
{
	pane_text(t->p, 1, t->y, ROLE_FIELD, name);
	pane_datan(t->p, 10, t->y, NAME_WIDTH - 11, ROLE_TYPE, what);
	for (int i = 0; i < 2; i++)
		put_place(t, i, place(t->types[i]), size(t->types[i]), 0);
	t->y++;
}

static uint32_t at_tops(const struct maptype *t)
{
	(void)t;
	return 0;
}

static uint32_t at_keys(const struct maptype *t)
{
	return t->keys;
}

static uint32_t at_elems(const struct maptype *t)
{
	return t->elems;
}

static uint32_t at_overflow(const struct maptype *t)
{
	return t->overflow;
}

static uint32_t tops_size(const struct maptype *t)
{
	(void)t;
	return SLOTS;
}

static uint32_t keys_size(const struct maptype *t)
{
	return SLOTS * t->keysize;
}

static uint32_t elems_size(const struct maptype *t)
{
	return SLOTS * t->elemsize;
}

static uint32_t word_size(const struct maptype *t)
{
	return t->target->ptrsize;
}

/* A number for each target, with a word behind it. */
static void number_row(struct table *t, const char *name, uint64_t a, uint64_t b, const char *unit)
{
	pane_text(t->p, 1, t->y, ROLE_LABEL, name);
	pane_printf(t->p, column(0) + 7, t->y, ROLE_VALUE, "%5" PRIu64 " %s", a, unit);
	pane_printf(t->p, column(1) + 7, t->y, ROLE_VALUE, "%5" PRIu64 " %s", b, unit);
	t->y++;
}

static void text_row(struct table *t, const char *name, const char *a, const char *b)
{
	pane_text(t->p, 1, t->y, ROLE_LABEL, name);
	pane_textn(t->p, column(0), t->y, COLUMN - 1, ROLE_VALUE, a);
	pane_textn(t->p, column(1), t->y, COLUMN - 1, ROLE_VALUE, b);
	t->y++;
}

static uint64_t slot_padding(const struct maptype *t)
{
	return (t->indirect_key ? 0 : gotype_padding(t->key)) +
		(t->indirect_elem ? 0 : gotype_padding(t->elem));
}

static void bucket_rows(struct table *t)
{
	const struct maptype *a = t->types[0], *b = t->types[1];
	char key[64], elem[64];

	heading(t, "bucket");
	snprintf(key, sizeof key, "[8]%s%.50s", a->indirect_key ? "*" : "", a->key->name);
	snprintf(elem, sizeof elem, "[8]%s%.50s", a->indirect_elem ? "*" : "", a->elem->name);
	bucket_row(t, "tophash", at_tops, tops_size, "[8]uint8");
	bucket_row(t, "keys", at_keys, keys_size, key);
	bucket_row(t, "elems", at_elems, elems_size, elem);
	bucket_row(t, "overflow", at_overflow, word_size, a->pointers ? "*bmap" : "uintptr");
	size_row(t, "in all", a->bucketsize, b->bucketsize, a->pointers, b->pointers);
	text_row(t, "written by", map_path_name(a->path), map_path_name(b->path));
	number_row(t, "padding in a slot", slot_padding(a), slot_padding(b), "B");
	number_row(t, "stored as pairs", maptype_pair_bytes(a), maptype_pair_bytes(b), "B");
}

/* The fields of a struct key or elem, with the padding behind each. */
static void field_rows(struct table *t, const char *what, const struct gotype *a,
	const struct gotype *b)
{
	const struct gotype *both[2] = { a, b };

	if (a->kind != KIND_STRUCT || a->nfields == 0)
		return;
	heading(t, what);
	for (unsigned f = 0; f < a->nfields; f++, t->y++) {
		pane_datan(t->p, 1, t->y, 8, ROLE_FIELD, a->fields[f].name);
		pane_datan(t->p, 10, t->y, NAME_WIDTH - 11, ROLE_TYPE, a->fields[f].type->name);
		for (int i = 0; i < 2; i++) {
			const struct gotype_field *field = &both[i]->fields[f];
			uint64_t end = f + 1 < a->nfields ? field[1].offset : both[i]->size;
			uint64_t gap = end - field->offset - field->type->size;

			put_place(t, i, field->offset, field->type->size, gap ? 0 : field->type->align);
			if (gap)
				pane_printf(t->p, column(i) + 15, t->y, ROLE_PADDING,
					"▒ %" PRIu64 " padding", gap);
		}
	}
}

int view_layout(const struct session *s, const struct pane *p)
{
	const struct maptype *mine = s->map.type;
	struct error unused;
	const struct target *other = target_find(s->target->ptrsize == 8 ? "386" : "amd64", &unused);
	struct maptype *theirs = maptype_new(mine->asked, other, s->release, &unused);
	struct table t = { .p = p, .types = { mine, theirs } };

	/* A type may be too large for the other target. */
	if (!theirs) {
		pane_datan(p, 0, 0, p->w, ROLE_WARNING, unused.msg);
		return 1;
	}
	pane_datan(p, 0, 0, NAME_WIDTH - 1, ROLE_TYPE, mine->asked);
	for (int i = 0; i < 2; i++)
		pane_printf(p, column(i), 0, ROLE_TITLE, "%s · %u bit", t.types[i]->target->name,
			8 * t.types[i]->target->ptrsize);
	t.y = 1;
	heading(&t, "hmap");
	struct_rows(&t, hmap_fields, HMAP_FIELDS);
	size_row(&t, "in all", hmap_size(mine->target), hmap_size(other), true, true);
	heading(&t, "mapextra");
	struct_rows(&t, extra_fields, EXTRA_FIELDS);
	size_row(&t, "in all", extra_size(mine->target), extra_size(other), true, true);
	bucket_rows(&t);
	field_rows(&t, "key", mine->key, theirs->key);
	field_rows(&t, "elem", mine->elem, theirs->elem);
	maptype_free(theirs);
	return t.y;
}
