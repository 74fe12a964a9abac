/* SPDX-License-Identifier: MIT */
/* The top line, and what of the header's panel is the same for every design. */
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "model/map/field.h"
#include "model/session/books.h"
#include "model/session/newest.h"
#include "tui/view/design.h"
#include "tui/view/view.h"

/* One more part of the top line, if it fits whole. */
static int put_part(const struct pane *p, int x, int room, enum role role, const char *words)
{
	return x + text_width(p->canvas, words) > room ? x : x + pane_text(p, x, 0, role, words);
}

/*
 * Beside a release that nobody chose: what the newest one would take and how to choose it, in as
 * many words as fit.
 */
static int put_newest(const struct newest *n, const struct pane *p, int x, int room)
{
	struct text words = { 0 };

	text_add(&words, " · ");
	newest_words(n, false, &words);
	if (x + text_width(p->canvas, text_str(&words)) > room) {
		text_clear(&words);
		text_add(&words, ", ");
		newest_words(n, true, &words);
	}
	if (x + text_width(p->canvas, text_str(&words)) > room) {
		text_clear(&words);
		text_printf(&words, ", --go %s?", n->release->name);
	}
	x = put_part(p, x, room, ROLE_WARNING, text_str(&words));
	text_free(&words);
	return x;
}

/* The program and the map that was captured; that it is the program's no more. */
static int put_captured(const struct session *s, const struct pane *p, int room)
{
	const char *name = session_captured(s);
	int x = 0;

	if (p->w < 60)
		return 0;
	if (!session_opened(s) && p->w >= 80)
		x = pane_textn(p, 0, 0, room, ROLE_WARNING, "went on from ");
	x += pane_datan(p, x, 0, room - x < p->w / 2 ? room - x : p->w / 2, ROLE_TITLE, name);
	return x + 2;
}

/* A map that is nobody's: what its entries would be under this release. */
static int put_anew(const struct session *s, const struct pane *p, int room)
{
	int x = pane_textn(p, 0, 0, room, ROLE_WARNING, "laid anew: ");

	x += pane_datan(p, x, 0, room - x < p->w / 2 ? room - x : p->w / 2, ROLE_TITLE,
		s->given.anew_of);
	return x + 2;
}

void view_status(const struct look *l, const struct pane *p, bool screen)
{
	const struct session *s = l->session;
	const struct map *m = &s->world.map;
	struct newest newest;
	struct text words = { 0 };
	/* A picture says it among its figures. */
	bool unchosen = screen && session_newest(s, false, &newest);
	int x = 0, room, least = data_width(p->canvas, m->type->asked) +
		(int)strlen(s->given.target->name);

	/* In a narrow line the target matters more: that the map grows is seen below. */
	if (m->header && (p->w >= 60 || least + 24 <= p->w))
		look_design(l)->growth.words(l, &words);
	if (words.len)
		text_add(&words, "   ");
	text_printf(&words, "op %" PRIu64 "/%" PRIu64, s->time.now, s->time.total);
	room = p->w - text_width(p->canvas, text_str(&words)) - 1;
	pane_text(p, room + 1, 0, ROLE_STATUS, text_str(&words));
	/* With little room the type matters more than our name. */
	if (session_captured(s))
		x = put_captured(s, p, room);
	else if (s->given.anew_of && p->w >= 60)
		x = put_anew(s, p, room);
	else if (p->w >= 60)
		x = pane_textn(p, 0, 0, room, ROLE_TITLE, "hmapview ");
	x += pane_datan(p, x, 0, room - x, ROLE_TYPE, m->type->asked);
	text_clear(&words);
	text_printf(
		&words, "%s%s", p->w >= (unchosen ? 100 : 60) ? "  " : " ", s->given.target->name);
	x = put_part(p, x, room, ROLE_STATUS, text_str(&words));
	text_clear(&words);
	text_printf(&words, " · Go %s", s->given.release->name);
	if (x + text_width(p->canvas, text_str(&words)) > room) {
		text_clear(&words);
		text_printf(&words, " Go %s", s->given.release->name);
	}
	x = put_part(p, x, room, ROLE_STATUS, text_str(&words));
	if (unchosen)
		x = put_newest(&newest, p, x, room);
	x = put_part(p, x, room, ROLE_DIM,
		s->given.family == HASH_AES ? " · AES hash" : " · portable hash");
	if (session_file(s) && x + 8 < room) {
		x += pane_text(p, x, 0, ROLE_DIM, " · from ");
		pane_datan(p, x, 0, room - x, ROLE_TITLE, session_file(s));
	}
	text_free(&words);
}

int header_field_at(const struct look *l, int y)
{
	int n = look_fields(l) - 1;

	while (n >= 0 && look_design(l)->header->row(l, n) != y)
		n--;
	return n;
}

void put_load(const struct pane *p, int x, const char *unit, const char *format, ...)
{
	struct text words = { 0 };
	size_t figures;
	va_list ap;

	va_start(ap, format);
	text_vprintf(&words, format, ap);
	va_end(ap);
	figures = words.len;
	text_printf(&words, " %s", unit);
	if (x + text_width(p->canvas, words.s) > p->w)
		words.s[words.len = figures] = '\0';
	pane_text(p, x, 0, ROLE_VALUE, words.s);
	text_free(&words);
}

enum { NAME_COLUMN = 5, VALUE_COLUMN = 17 };

/* Below each other, but for the longest names. */
static int value_column(const struct field *f)
{
	int end = NAME_COLUMN + (int)strlen(f->name) + 1;

	return end > VALUE_COLUMN ? end : VALUE_COLUMN;
}

int put_field_name(const struct pane *p, int y, const struct field *f, unsigned word)
{
	pane_printf(p, 0, y, ROLE_OFFSET, "0x%02x", field_offset(f, word));
	pane_text(p, NAME_COLUMN, y, ROLE_FIELD, f->name);
	return value_column(f);
}

static bool is_changed(const struct look *l, const struct field *f, uint64_t base)
{
	unsigned word = l->session->given.target->ptrsize;

	return changes_touch(&l->changes, base + field_offset(f, word), field_size(f, word));
}

void mark_field(const struct look *l, const struct pane *p, int y, const struct field *f,
	int number, uint64_t base, bool linked)
{
	bool here = l->in_header && !l->no_cursor && l->field == number;

	if (is_changed(l, f, base))
		pane_flag(p, value_column(f), y, p->w - value_column(f), 1, CELL_CHANGED);
	pane_flag(p, NAME_COLUMN, y, (int)strlen(f->name), 1,
		(linked ? CELL_LINKED : 0u) | (here ? CELL_CURSOR : 0u));
}

void put_count(const struct look *l, const struct pane *p, int *x, int *y, const struct field *f,
	const char *value, const char *of)
{
	bool changed = is_changed(l, f, l->session->world.map.header);
	int digits = (int)strlen(value), width = (int)strlen(f->name) + digits + (int)strlen(of);

	if (*x > 0 && *x + width + 1 + 2 * changed > p->w) {
		*x = 0;
		++*y;
	}
	*x += pane_text(p, *x, *y, ROLE_FIELD, f->name) + 1 + changed;
	*x += pane_text(p, *x, *y, ROLE_VALUE, value) + changed;
	if (changed)
		pane_flag(p, *x - 1 - digits, *y, digits, 1, CELL_CHANGED);
	*x += pane_text(p, *x, *y, ROLE_VALUE, of) + 3;
}

void put_load_bar(const struct pane *p, int x, int y, int width, uint64_t used, uint64_t all)
{
	int full = all ? (int)((double)used / (double)all * width + 0.5) : 0;

	for (int i = 0; i < width; i++)
		pane_put(p, x + i, y, i < full ? ROLE_LOAD : ROLE_LOAD_FREE,
			i < full ? U'▓' : U'░');
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
