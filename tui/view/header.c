/* SPDX-License-Identifier: MIT */
/* The header panel: hmap and mapextra with offsets, values and what they mean. */
#include "model/map/classic/reading.h"
#include "tui/view/view.h"

#include <inttypes.h>
#include <string.h>

#include "model/session/books.h"

/* One more part of the top line, if it fits whole. */
static int put_part(const struct pane *p, int x, int room, enum role role, const char *words)
{
	return x + text_width(p->canvas, words) > room ? x : x + pane_text(p, x, 0, role, words);
}

static unsigned long long old_buckets(const struct map *m)
{
	return 1ull << map_old_B(m);
}

/* Growth is told by the buckets that are done: nevacuate may stand before some of them. */
void view_status(const struct look *l, const struct pane *p)
{
	const struct session *s = l->session;
	const struct map *m = &s->world.map;
	struct text words = { 0 };
	int x = 0, room, least = data_width(p->canvas, m->type->asked) +
		(int)strlen(s->given.target->name);

	/* In a narrow line the target matters more: that the map grows is seen below. */
	if (m->header && map_growing(m) && (p->w >= 60 || least + 24 <= p->w))
		text_printf(&words, "growing %llu/%llu   ", (unsigned long long)look_done(l),
			old_buckets(m));
	text_printf(&words, "op %" PRIu64 "/%" PRIu64, s->time.now, s->time.total);
	room = p->w - text_width(p->canvas, text_str(&words)) - 1;
	pane_text(p, room + 1, 0, ROLE_STATUS, text_str(&words));
	/* With little room the type matters more than our name. */
	if (p->w >= 60)
		x = pane_textn(p, 0, 0, room, ROLE_TITLE, "hmapview ");
	x += pane_datan(p, x, 0, room - x, ROLE_TYPE, m->type->asked);
	text_clear(&words);
	text_printf(&words, "%s%s", p->w >= 60 ? "  " : " ", s->given.target->name);
	x = put_part(p, x, room, ROLE_STATUS, text_str(&words));
	text_clear(&words);
	text_printf(&words, " · Go %s", s->given.release->name);
	x = put_part(p, x, room, ROLE_STATUS, text_str(&words));
	x = put_part(p, x, room, ROLE_DIM,
		s->given.family == HASH_AES ? " · AES hash" : " · portable hash");
	if (session_file(s) && x + 8 < room) {
		x += pane_text(p, x, 0, ROLE_DIM, " · from ");
		pane_datan(p, x, 0, room - x, ROLE_TITLE, session_file(s));
	}
	text_free(&words);
}

/* In at most 12 columns: words while they are two at most, else letters. */
static void brief_flags(unsigned flags, struct text *out)
{
	static const struct { unsigned flag; const char *word, *letter; } names[] = {
		{ FLAG_ITERATOR, "iter", "i" }, { FLAG_OLD_ITERATOR, "oldIter", "o" },
		{ FLAG_WRITING, "write", "w" }, { FLAG_SAME_SIZE, "same", "s" },
	};
	unsigned set = 0;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		set += (flags & names[i].flag) != 0;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (flags & names[i].flag)
			text_printf(out, "%s%s", out->len ? " " : "",
				set > 2 ? names[i].letter : names[i].word);
}

/* What a value means, in a few words; in fewer where they do not fit. */
static void field_note(const struct look *l, enum hmap_field f, uint64_t v, bool brief,
	struct text *out)
{
	const struct map *m = &l->session->world.map;
	char words[64];

	switch (f) {
	case HMAP_B:
		text_printf(out, brief ? "= %llu" : "%llu bucket%s", 1ull << v, v ? "s" : "");
		break;
	case HMAP_FLAGS:
		flags_words((unsigned)v, words);
		if (brief)
			brief_flags((unsigned)v, out);
		else
			text_add(out, words);
		break;
	case HMAP_NOVERFLOW:
		if (map_get(m, HMAP_B) >= 16)
			text_add(out, brief ? "about" : "approximate");
		break;
	case HMAP_NEVACUATE:
		if (map_growing(m) && brief)
			text_printf(out, "%.0f%%", 100 * (double)v / (double)(1ull << map_old_B(m)));
		else if (map_growing(m))
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

static void put_note(const struct look *l, const struct pane *p, int y, int n, uint64_t v)
{
	struct text note = { 0 };
	char digits[24];
	int x = 17 + snprintf(digits, sizeof digits, "%" PRIu64, v) + 1;

	if (n >= HMAP_FIELDS)
		return;
	field_note(l, (enum hmap_field)n, v, false, &note);
	if (x < 21 && text_width(p->canvas, text_str(&note)) <= p->w - 21)
		x = 21;
	if (text_width(p->canvas, text_str(&note)) > p->w - x) {
		text_clear(&note);
		field_note(l, (enum hmap_field)n, v, true, &note);
	}
	pane_textn(p, x, y, p->w - x, ROLE_NOTE, text_str(&note));
	text_free(&note);
}

/* The fields that lead to the bucket under the cursor, or count it. */
static bool field_linked(const struct look *l, int n)
{
	const struct map *m = &l->session->world.map;
	const struct place *c = &l->cursor;

	if (l->no_cursor || l->in_header || !c->addr)
		return false;
	switch (n) {
	case HMAP_BUCKETS:
		return !c->array && c->link == 0;
	case HMAP_OLDBUCKETS:
		return c->array && c->link == 0;
	case HMAP_NEVACUATE:
		return c->array && c->unit == map_get(m, HMAP_NEVACUATE);
	case HMAP_NOVERFLOW:
	case HMAP_FIELDS + EXTRA_OVERFLOW:
		return !c->array && c->link > 0;
	case HMAP_FIELDS + EXTRA_OLDOVERFLOW:
		return c->array && c->link > 0;
	default:
		return false;
	}
}

/* Field n of hmap, or behind them of mapextra. */
static void put_field(const struct look *l, const struct pane *p, int y, int n, uint64_t base)
{
	const struct map *m = &l->session->world.map;
	const struct field *f = n < HMAP_FIELDS ? &hmap_fields[n] : &extra_fields[n - HMAP_FIELDS];
	unsigned word = m->type->target->ptrsize, offset = field_offset(f, word);
	unsigned size = field_size(f, word);
	uint64_t v = load_uint(m->type->target, map_at(m, base) + offset, size);

	pane_printf(p, 0, y, ROLE_OFFSET, "0x%02x", offset);
	pane_text(p, 5, y, ROLE_FIELD, f->name);
	put_value(p, y, f, v);
	put_note(l, p, y, n, v);
	if (changes_touch(&l->changes, base + offset, size))
		pane_flag(p, value_column(f), y, p->w - value_column(f), 1, CELL_CHANGED);
	if (field_linked(l, n))
		pane_flag(p, 5, y, (int)strlen(f->name), 1, CELL_LINKED);
	if (l->in_header && !l->no_cursor && l->field == n)
		pane_flag(p, 5, y, (int)strlen(f->name), 1, CELL_CURSOR);
}

int view_header(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->world.map;
	uint64_t extra = map_get(m, HMAP_EXTRA);
	int y = 0;

	for (int n = 0; n < HMAP_FIELDS; n++)
		put_field(l, p, y++, n, m->header);
	if (!extra)
		return y;
	pane_printf(p, 0, y, ROLE_TITLE, "mapextra · %u B", extra_size(m->type->target));
	if (l->in_header && !l->no_cursor && l->field == HMAP_EXTRA)
		pane_flag(p, 0, y, 8, 1, CELL_LINKED);
	y++;
	for (int n = 0; n < EXTRA_FIELDS; n++)
		put_field(l, p, y++, HMAP_FIELDS + n, extra);
	return y;
}

/* Between hmap's fields and mapextra's stands a title. */
int header_row(int field)
{
	return field < HMAP_FIELDS ? field : field + 1;
}

int header_field_at(const struct look *l, int y)
{
	int n = y <= HMAP_FIELDS ? y : y - 1;

	return y < 0 || y == HMAP_FIELDS || n >= look_fields(&l->session->world.map) ? -1 : n;
}

/* A bar of `width` cells of which `used` of `all` are full. */
static void put_bar(const struct pane *p, int x, int y, int width, uint64_t used, uint64_t all)
{
	int full = all ? (int)((double)used / (double)all * width + 0.5) : 0;

	for (int i = 0; i < width; i++)
		pane_put(p, x + i, y, i < full ? ROLE_LOAD : ROLE_LOAD_FREE, i < full ? U'▓' : U'░');
}

static void put_inserts_left(const struct pane *p, uint64_t inserts)
{
	struct text words = { 0 };

	text_add(&words, "doubles in ");
	text_add_count(&words, inserts);
	text_add(&words, inserts == 1 ? " insert" : " inserts");
	pane_text(p, 0, 1, ROLE_TEXT, text_str(&words));
	text_free(&words);
}

/* By the buckets that are done, as in the top line. */
static void put_progress(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->world.map;
	bool same = map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE;
	uint64_t done = look_done(l);
	struct text words = { 0 };

	text_printf(&words, "%s: %" PRIu64 " of %llu buckets done", same ? "same-size" : "doubling",
		done, old_buckets(m));
	if (text_width(p->canvas, text_str(&words)) > p->w) {
		text_clear(&words);
		text_printf(&words, "%s: %" PRIu64 "/%llu done", same ? "same-size" : "doubling", done,
			old_buckets(m));
	}
	pane_textn(p, 0, 1, p->w, ROLE_GROWTH, text_str(&words));
	text_free(&words);
}

int view_load(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->world.map;
	const struct release *r = l->session->given.release;
	uint64_t count = map_get(m, HMAP_COUNT), left = map_inserts_left(m);
	unsigned B = (unsigned)map_get(m, HMAP_B);

	put_bar(p, 0, 0, 12, count, load_most(r, B));
	pane_printf(p, 13, 0, ROLE_VALUE, "%.1f of %.1f", (double)count / (double)(1ull << B),
		B ? r->load_num / 2.0 : 8.0);
	if (map_growing(m))
		put_progress(l, p);
	else if (map_growth_due(m) == GROWTH_SAME_SIZE)
		pane_text(p, 0, 1, ROLE_GROWTH, "next key: same-size growth");
	else if (left == 0)
		pane_text(p, 0, 1, ROLE_GROWTH, "the next new key doubles it");
	else
		put_inserts_left(p, left + 1);
	return 2;
}

void view_growth_reason(const struct look *l, struct text *out)
{
	const struct map *m = &l->session->world.map;
	const struct release *r = l->session->given.release;
	unsigned B = map_old_B(m), most = B > 15 ? 15 : B;

	if (map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE)
		text_printf(out, "began: noverflow %u+", 1u << most);
	else if (load_most(r, B) == SLOTS)
		text_add(out, "began: more than 8 keys");
	else
		text_printf(out, "began: beyond %.1f × %llu", r->load_num / 2.0, 1ull << B);
}

int view_memory(const struct look *look, const struct pane *p)
{
	const struct session *s = look->session;
	const struct ledger *l = session_ledger(s);
	struct text line = { 0 };
	int y = 0;

	text_add_count(&line, l->total);
	text_printf(&line, " B in %" PRIu64 " object%s", l->objects, l->objects == 1 ? "" : "s");
	pane_textn(p, 0, y++, p->w, ROLE_VALUE, text_str(&line));
	if (l->entries)
		pane_printf(p, 0, y++, ROLE_TEXT, "%.1f B for each entry",
			(double)l->total / (double)l->entries);
	text_clear(&line);
	text_add(&line, "allocated so far ");
	text_add_count(&line, s->world.heap.state.alloc_bytes);
	text_add(&line, " B");
	pane_textn(p, 0, y++, p->w, ROLE_NOTE, text_str(&line));
	text_free(&line);
	return y;
}
