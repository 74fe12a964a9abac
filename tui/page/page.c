/* SPDX-License-Identifier: MIT */
#include "tui/page/page.h"

#include <string.h>

#include "tui/canvas/wrap.h"
#include "tui/page/page_parts.h"
#include "tui/sheet/sheet.h"
#include "tui/view/find.h"
#include "tui/view/follow.h"

enum { BAND = 64 }; /* rows drawn at a time; more where a part is higher */

bool page_goes_on(struct page *pg)
{
	pg->given_up |= work_stops(&pg->look->session->hooks.watcher, pg->work);
	pg->stopped |= pg->given_up;
	return !pg->stopped;
}

/* Hands on what was taken, but for blank rows at its end: they wait for something to follow. */
static void flush(struct page *pg)
{
	struct canvas band = *pg->canvas;
	struct canvas *blank;

	band.h = pg->y;
	band.h = canvas_used(&band);
	page_goes_on(pg);
	if (band.h > 0 && pg->blanks > 0 && !pg->stopped) {
		blank = canvas_new(band.w, pg->blanks, band.ascii);
		pg->stopped = !pg->sink(pg->data, blank);
		canvas_free(blank);
	}
	if (band.h > 0 && !pg->stopped)
		pg->stopped = !pg->sink(pg->data, &band);
	pg->blanks = band.h > 0 ? pg->y - band.h : pg->blanks + pg->y;
	canvas_clear(pg->canvas);
	pg->y = 0;
}

struct pane page_room(struct page *pg, int rows)
{
	struct pane all;

	if (pg->y + rows > pg->canvas->h)
		flush(pg);
	if (rows > pg->canvas->h)
		canvas_resize(pg->canvas, pg->canvas->w, rows);
	all = canvas_pane(pg->canvas);
	return pane_sub(&all, 0, pg->y, all.w, rows);
}

void page_take(struct page *pg, int rows)
{
	pg->y += rows;
}

void page_blank(struct page *pg)
{
	page_room(pg, 1);
	page_take(pg, 1);
}

void page_part(struct page *pg, const char *title, page_drawer *draw)
{
	int edge = title ? 2 : 0, rows = BAND - edge, used;
	struct pane p = page_room(pg, rows + edge), in;

	for (;; rows = used) {
		in = title ? pane_sub(&p, 2, 1, p.w - 4, rows) : p;
		used = draw(pg, &in);
		if (used <= rows)
			break;
		/*
		 * What was drawn was too little: it goes, and what was taken before is handed
		 * on.
		 */
		flush(pg);
		p = page_room(pg, used + edge);
	}
	p = pane_sub(&p, 0, 0, p.w, used + edge);
	if (title)
		pane_box(&p, ROLE_BORDER, title, NULL);
	page_take(pg, used + edge);
}

int page_used(const struct pane *p)
{
	int used = p->h;

	for (; used > 0; used--)
		for (int x = 0; x < p->w; x++) {
			const struct cell *cell = canvas_at(p->canvas, p->x + x, p->y + used - 1);

			if (cell && cell->ch != ' ')
				return used;
		}
	return used;
}

void page_words(struct page *pg, int indent, enum role role, const char *text)
{
	struct pane nowhere = page_room(pg, 0), p;
	int rows = wrap_text(&nowhere, 0, indent, role, text);

	p = page_room(pg, rows);
	page_take(pg, wrap_text(&p, 0, indent, role, text));
}

static int draw_view(struct page *pg, const struct pane *p)
{
	return page_view_draw(pg->view, &pg->now, p);
}

static bool look_there(struct look *l, struct session *s, const struct page_options *o,
	struct error *err)
{
	look_init(l, s);
	follow(l);
	if (o->look) {
		look_put(l, o->look->cursor);
		l->zoom = o->look->zoom;
		l->part = o->look->part;
		l->byte = o->look->byte;
		l->metric = o->look->metric;
		l->marked = o->look->marked;
		l->mark = o->look->mark;
		look_refresh(l);
	}
	if (o->changes)
		changes_copy(&l->changes, o->changes);
	/* Where nobody chose a place there is nothing to point at. */
	l->no_cursor = !o->look && !o->cursor;
	return !o->cursor || find_next(l, o->cursor, false, err) ||
		fail_in(err, "cursor %.40s", o->cursor);
}

bool page_stream(struct session *s, const struct page_options *o, page_sink *sink, void *data,
	struct error *err)
{
	const struct page_view *view = page_view_find(o->view, err);
	struct look look;
	struct page pg = { .options = o, .view = view, .now = { .session = s, .look = &look },
		.look = &look, .sink = sink, .data = data, .work = { .unit = "row" } };
	bool ok;

	if (!view)
		return false;
	ok = look_there(&look, s, o, err) && page_arrays_check(&pg, err);
	if (ok) {
		pg.canvas = canvas_new(o->width ? o->width : PAGE_WIDTH, BAND, o->ascii);
		if (!(view->flags & VIEW_BARE) && !o->framed)
			page_title(&pg);
		if (view->stream)
			view->stream(&pg);
		else
			page_part(&pg, NULL, draw_view);
		flush(&pg);
		canvas_free(pg.canvas);
	}
	look_free(&look);
	if (pg.given_up)
		return work_fail(err);
	return ok && !pg.stopped;
}

static bool append(void *data, const struct canvas *band)
{
	canvas_append(data, band);
	return true;
}

struct canvas *page_draw(struct session *s, const struct page_options *o, struct error *err)
{
	struct canvas *page = canvas_new(o->width ? o->width : PAGE_WIDTH, 0, o->ascii);

	if (page_stream(s, o, append, page, err))
		return page;
	canvas_free(page);
	return NULL;
}

/* What of a sheet is asked for. */
static bool fill(struct session *s, const struct page_options *o, const struct page_view *view,
	struct sheet *sheet, struct error *err)
{
	struct look look;
	struct page pg = { .options = o, .look = &look };
	struct present now = { .session = s, .look = &look, .from = o->buckets.from,
		.to = o->buckets.pick == PICK_RANGE ? o->buckets.to : UINT64_MAX };
	bool ok = look_there(&look, s, o, err) && page_arrays_check(&pg, err) &&
		view->sheet(&now, sheet, err);

	look_free(&look);
	return ok;
}

bool page_tables(struct session *s, const char *view, enum view_format how, FILE *out,
	struct error *err)
{
	const struct page_options o = { .view = view };
	const struct page_view *v = page_view_find(view, err);
	struct sheet *sheet = sheet_new();
	bool ok = v && fill(s, &o, v, sheet, err);

	if (ok && how == FORMAT_LINES)
		sheet_lines(sheet, out);
	else if (ok)
		sheet_markdown(sheet, out);
	if (ok && how == FORMAT_TEXT && sheet_has_tables(sheet))
		putc('\n', out);
	sheet_free(sheet);
	return ok;
}

static void put_head(struct session *s, const struct page_view *view, struct sheet *sheet)
{
	struct text go = { 0 };

	text_printf(&go, "go%s", s->given.release->name);
	sheet_data(sheet, "format", "hmapview-figures/1");
	sheet_data(sheet, "view", view->name);
	sheet_data(sheet, "type", s->world.map.type->asked);
	sheet_data(sheet, "arch", s->given.target->name);
	sheet_data(sheet, "go", text_str(&go));
	sheet_count(sheet, "op", s->time.now);
	text_free(&go);
}

bool page_sheet(struct session *s, const struct page_options *o, struct sheet *sheet,
	struct error *err)
{
	const struct page_view *view = page_view_find(o->view, err);

	if (!view)
		return false;
	put_head(s, view, sheet);
	return fill(s, o, view, sheet, err);
}

bool page_json(struct session *s, const struct page_options *o, FILE *out, struct error *err)
{
	struct sheet *sheet = sheet_new();
	bool ok = page_sheet(s, o, sheet, err);

	if (ok)
		sheet_json(sheet, out);
	sheet_free(sheet);
	return ok && (!ferror(out) || fail(err, "the output could not be written"));
}
