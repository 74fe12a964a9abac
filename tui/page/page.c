/* SPDX-License-Identifier: MIT */
#include "tui/page/page.h"

#include <string.h>

#include "tui/canvas/wrap.h"
#include "tui/page/page_parts.h"
#include "tui/view/check.h"
#include "tui/view/diff.h"
#include "tui/view/find.h"
#include "tui/view/follow.h"
#include "tui/view/hint.h"
#include "tui/view/layout.h"
#include "tui/view/ledger.h"
#include "tui/view/life.h"
#include "tui/view/loads.h"
#include "tui/view/shape.h"

enum { BAND = 64 }; /* rows drawn at a time; more where a part is higher */

/* Hands on what was taken, but for blank rows at its end: they wait for something to follow. */
static void flush(struct page *pg)
{
	struct canvas band = *pg->canvas;
	struct canvas *blank;

	band.h = pg->y;
	band.h = canvas_used(&band);
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

static int draw_layout(struct page *pg, const struct pane *p)
{
	return view_layout(pg->look->session, p);
}

static int draw_ledger(struct page *pg, const struct pane *p)
{
	return view_ledger(pg->look->session, p) + 1;
}

static int draw_hint(struct page *pg, const struct pane *p)
{
	return view_hint(pg->look->session, p);
}

static int draw_check(struct page *pg, const struct pane *p)
{
	return view_check(pg->look->session, p);
}

static int draw_shape(struct page *pg, const struct pane *p)
{
	return view_shape(pg->look->session, p);
}

static int draw_life(struct page *pg, const struct pane *p)
{
	return view_life(pg->look->session, p);
}

static int draw_loads(struct page *pg, const struct pane *p)
{
	return view_loads(pg->look->session, p);
}

static int draw_diff(struct page *pg, const struct pane *p)
{
	return view_diff(pg->look->session, p);
}

static void page_layout(struct page *pg)
{
	page_part(pg, NULL, draw_layout);
}

static void page_ledger(struct page *pg)
{
	page_title(pg);
	page_part(pg, NULL, draw_ledger);
	page_part(pg, NULL, draw_hint);
}

static void page_check(struct page *pg)
{
	page_title(pg);
	page_part(pg, NULL, draw_check);
}

static void page_shape(struct page *pg)
{
	page_title(pg);
	page_part(pg, NULL, draw_shape);
}

static void page_life(struct page *pg)
{
	page_title(pg);
	page_part(pg, NULL, draw_life);
}

static void page_diff(struct page *pg)
{
	page_title(pg);
	page_part(pg, NULL, draw_diff);
}

static void page_loads(struct page *pg)
{
	page_title(pg);
	page_part(pg, NULL, draw_loads);
}

static const struct page_view views[] = {
	{ "map", "the header, the buckets, what the last operation did", page_map,
		TAKES_CURSOR | TAKES_BUCKETS },
	{ "header", "hmap and mapextra, load and memory", page_header, 0 },
	{ "buckets", "the buckets, and while growing the old array", page_arrays,
		TAKES_CURSOR | TAKES_BUCKETS },
	{ "atlas", "the whole array as heat", page_atlas, TAKES_CURSOR },
	{ "minimap", "the whole array in one line", page_minimap, TAKES_CURSOR },
	{ "bucket", "one bucket, decoded", page_bucket, TAKES_CURSOR },
	{ "bytes", "one bucket, byte by byte", page_bytes, TAKES_CURSOR },
	{ "slot", "one slot: values, hash, what they lead to", page_slot, TAKES_CURSOR },
	{ "explain", "one slot in words", page_explain, TAKES_CURSOR },
	{ "entries", "all entries, sorted by key", page_entries, 0 },
	{ "story", "what the last operation did, event by event", page_events, 0 },
	{ "timeline", "what was done so far", page_timeline, 0 },
	{ "layout", "fields, padding and sizes on two targets", page_layout, 0 },
	{ "ledger", "where the bytes went and what comes next", page_ledger, 0 },
	{ "lifecycle", "allocated and in use along the timeline", page_life, 0 },
	{ "shape", "how entries lie in chains, against chance", page_shape, 0 },
	{ "check", "whether the memory obeys the laws of the map", page_check, 0 },
	{ "diff", "what is different between two points", page_diff, 0 },
	{ "loads", "overflow, bytes and probes by load: why 6.5", page_loads, 0 },
	{ "legend", "what the marks mean", page_legend, 0 },
	{ "keys", "keys and commands", page_help, 0 },
	{ "scenes", "the scenes that ship with the program", page_scenes, 0 },
};

#define COUNT (sizeof views / sizeof *views)

const struct page_view *page_view_at(unsigned i)
{
	return i < COUNT ? &views[i] : NULL;
}

const struct page_view *page_view_find(const char *name, struct error *err)
{
	struct text known = { 0 };

	for (size_t i = 0; i < COUNT; i++)
		if (!name || strcmp(name, views[i].name) == 0)
			return &views[i];
	for (size_t i = 0; i < COUNT; i++)
		text_printf(&known, "%s%s", i ? ", " : "", views[i].name);
	fail(err, "unknown view \"%.40s\": one of %s", name, text_str(&known));
	text_free(&known);
	return NULL;
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
	struct page pg = { .options = o, .look = &look, .sink = sink, .data = data };
	bool ok;

	if (!view)
		return false;
	ok = look_there(&look, s, o, err) && page_arrays_check(&pg, err);
	if (ok) {
		pg.canvas = canvas_new(o->width ? o->width : PAGE_WIDTH, BAND, o->ascii);
		view->draw(&pg);
		flush(&pg);
		canvas_free(pg.canvas);
	}
	look_free(&look);
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
