/* SPDX-License-Identifier: MIT */
/* The header panel: hmap and mapextra with offsets, values and what they mean. */
#include "tui/view.h"

#include <inttypes.h>
#include <string.h>

#include "model/books.h"

void view_status(const struct look *l, const struct pane *p)
{
	const struct session *s = l->session;
	const struct map *m = &s->map;
	struct text right = { 0 }, left = { 0 };
	int x, room;

	if (m->hmap && map_growing(m))
		text_printf(&right, "growing %" PRIu64 "/%llu   ", map_get(m, HMAP_NEVACUATE),
			1ull << map_old_B(m));
	text_printf(&right, "op %" PRIu64 "/%" PRIu64, s->now, s->total);
	text_printf(&left, "%s · Go %s", s->target->name, s->release->name);
	room = p->w - text_width(p->canvas, text_str(&right)) - 1;
	pane_text(p, room + 1, 0, ROLE_STATUS, text_str(&right));
	/* With little room the type matters more than our name. */
	x = p->w < 60 ? -1 : pane_textn(p, 0, 0, room, ROLE_TITLE, "hmapview ");
	if (x < room)
		x += 1 + pane_datan(p, x < 0 ? 0 : x, 0, room - x - 1, ROLE_TYPE, m->type->asked);
	if (x < room)
		x += pane_textn(p, x + 1, 0, room - x - 1, ROLE_STATUS, text_str(&left)) + 1;
	if (x + 18 < room)
		pane_text(p, x, 0, ROLE_DIM,
			s->family == HASH_AES ? " · AES hash" : " · portable hash");
	text_free(&right);
	text_free(&left);
}

/* What a value means, in a few words. */
static void field_note(const struct look *l, enum hmap_field f, uint64_t v, struct text *out)
{
	const struct map *m = &l->session->map;
	char words[64];

	switch (f) {
	case HMAP_B:
		text_printf(out, "%llu bucket%s", 1ull << v, v ? "s" : "");
		break;
	case HMAP_FLAGS:
		flags_words((unsigned)v, words);
		text_add(out, words);
		break;
	case HMAP_NOVERFLOW:
		if (map_get(m, HMAP_B) >= 16)
			text_add(out, "approximate");
		break;
	case HMAP_NEVACUATE:
		if (map_growing(m))
			text_printf(out, "of %llu", 1ull << map_old_B(m));
		break;
	default:
		break;
	}
}

/* Below each other, but for the longest name. */
static int value_column(const struct field *f)
{
	int end = 5 + (int)strlen(f->name) + 1;

	return end > 17 ? end : 17;
}

static void put_value(const struct pane *p, int y, const struct field *f, uint64_t v)
{
	int x = value_column(f);

	if (f->kind == FIELD_POINTER && v == 0)
		pane_text(p, x, y, ROLE_DIM, "nil");
	else if (f->kind == FIELD_POINTER)
		pane_printf(p, x, y, ROLE_ADDRESS, "0x%" PRIx64, v);
	else if (f->kind == FIELD_HEX)
		pane_printf(p, x, y, ROLE_VALUE, "0x%08" PRIx64, v);
	else
		pane_printf(p, x, y, ROLE_VALUE, "%" PRIu64, v);
}

static void put_field(const struct look *l, const struct pane *p, int y, const struct field *f,
	uint64_t base, const char *note)
{
	const struct map *m = &l->session->map;
	unsigned word = m->type->target->ptrsize, offset = field_offset(f, word);
	unsigned size = field_size(f, word);
	uint64_t v = load_uint(m->type->target, map_at(m, base) + offset, size);
	char digits[24];
	int x;

	pane_printf(p, 0, y, ROLE_OFFSET, "0x%02x", offset);
	pane_text(p, 5, y, ROLE_FIELD, f->name);
	put_value(p, y, f, v);
	if (*note) {
		snprintf(digits, sizeof digits, "%" PRIu64, v);
		x = 17 + (int)strlen(digits) + 1;
		if (x < 21)
			x = 21;
		pane_textn(p, x, y, p->w - x, ROLE_NOTE, note);
	}
	if (changes_touch(&l->changes, base + offset, size))
		pane_flag(p, value_column(f), y, p->w - value_column(f), 1, CELL_CHANGED);
}

int view_header(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->map;
	struct text note = { 0 };
	uint64_t extra;
	int y = 0;

	for (int f = 0; f < HMAP_FIELDS; f++) {
		text_clear(&note);
		field_note(l, (enum hmap_field)f, map_get(m, (enum hmap_field)f), &note);
		put_field(l, p, y++, &hmap_fields[f], m->hmap, text_str(&note));
	}
	text_free(&note);
	extra = map_get(m, HMAP_EXTRA);
	if (!extra)
		return y;
	pane_printf(p, 0, y++, ROLE_TITLE, "mapextra · %u B", extra_size(m->type->target));
	for (int f = 0; f < EXTRA_FIELDS; f++)
		put_field(l, p, y++, &extra_fields[f], extra, "");
	return y;
}

/* A bar of `width` cells of which `used` of `all` are full. */
static void put_bar(const struct pane *p, int x, int y, int width, uint64_t used, uint64_t all)
{
	int full = all ? (int)((double)used / (double)all * width + 0.5) : 0;

	for (int i = 0; i < width; i++)
		pane_put(p, x + i, y, i < full ? ROLE_LOAD : ROLE_LOAD_FREE, i < full ? U'▓' : U'░');
}

int view_load(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->map;
	const struct release *r = l->session->release;
	uint64_t count = map_get(m, HMAP_COUNT), left = map_inserts_left(m);
	unsigned B = (unsigned)map_get(m, HMAP_B);

	put_bar(p, 0, 0, 12, count, load_most(r, B));
	pane_printf(p, 13, 0, ROLE_VALUE, "%.1f of %.1f", (double)count / (double)(1ull << B),
		B ? r->load_num / 2.0 : 8.0);
	if (map_growing(m))
		pane_printf(p, 0, 1, ROLE_GROWTH, "%s: %llu of %llu to go",
			map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE ? "same-size growth" : "doubling",
			(1ull << map_old_B(m)) - (unsigned long long)map_get(m, HMAP_NEVACUATE),
			1ull << map_old_B(m));
	else if (too_many_overflow((unsigned)map_get(m, HMAP_NOVERFLOW), B))
		pane_text(p, 0, 1, ROLE_GROWTH, "next key: same-size growth");
	else if (left == 0)
		pane_text(p, 0, 1, ROLE_GROWTH, "the next new key doubles it");
	else
		pane_printf(p, 0, 1, ROLE_TEXT, "doubles in %" PRIu64 " insert%s", left + 1,
			left ? "s" : "");
	return 2;
}

int view_memory(const struct look *look, const struct pane *p)
{
	const struct session *s = look->session;
	const struct ledger *l = session_ledger(s);
	struct text line = { 0 };
	int y = 0;

	text_add_count(&line, l->total);
	text_printf(&line, " B in %" PRIu64 " object%s", l->objects, l->objects == 1 ? "" : "s");
	pane_text(p, 0, y++, ROLE_VALUE, text_str(&line));
	if (l->entries)
		pane_printf(p, 0, y++, ROLE_TEXT, "%.1f B for each entry",
			(double)l->total / (double)l->entries);
	text_clear(&line);
	text_add(&line, "allocated so far ");
	text_add_count(&line, s->heap.state.alloc_bytes);
	text_add(&line, " B");
	pane_text(p, 0, y++, ROLE_NOTE, text_str(&line));
	text_free(&line);
	return y;
}
