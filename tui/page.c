/* SPDX-License-Identifier: MIT */
#include "tui/page.h"

#include <inttypes.h>
#include <string.h>

#include "tui/story.h"
#include "tui/view.h"
#include "tui/view_check.h"
#include "tui/view_diff.h"
#include "tui/view_hint.h"
#include "tui/view_layout.h"
#include "tui/view_ledger.h"
#include "tui/view_life.h"
#include "tui/view_shape.h"
#include "tui/wrap.h"

enum {
	ROWS_MOST = 64,     /* of an array; what is left out is said */
	HEIGHT = 400,       /* of the canvas drawn on; cut to what was used */
};

/* What a view is made of. */
struct page {
	const struct look *l;
	struct pane pane;
	int y;
};

static struct pane rest_of(const struct page *pg, int height)
{
	return pane_sub(&pg->pane, 0, pg->y, pg->pane.w, height);
}

static void draw_title(struct page *pg)
{
	const struct session *s = pg->l->session;
	struct pane p = rest_of(pg, 1);
	const char *note = target_hash_note(s->target, s->family);
	const char *caption = session_caption(s);

	view_status(pg->l, &p);
	pg->y++;
	if (note) {
		p = rest_of(pg, 2);
		pane_printf(&p, 0, 0, ROLE_WARNING, "%s: %s", s->target->name, note);
		pg->y++;
	}
	if (caption) {
		p = rest_of(pg, HEIGHT);
		pg->y += wrap_text(&p, 0, 0, ROLE_CAPTION, caption);
	}
}

static void draw_header(struct page *pg)
{
	const struct session *s = pg->l->session;
	const struct map *m = &s->map;
	bool wide = pg->pane.w >= 2 * HEADER_WIDTH + 12;
	int rows = HMAP_FIELDS + (map_get(m, HMAP_EXTRA) ? EXTRA_FIELDS + 1 : 0);
	struct pane frame = rest_of(pg, rows + 2 + (wide ? 0 : 6)), in, side;
	struct text title = { 0 };
	int y;

	text_printf(&title, "hmap · %u B · 0x%" PRIx64, hmap_size(s->target), m->hmap);
	in = pane_box(&frame, ROLE_BORDER, text_str(&title), NULL);
	text_free(&title);
	side = wide ? pane_sub(&in, 0, 0, HEADER_WIDTH + 5, in.h) : in;
	view_header(pg->l, &side);
	side = wide ? pane_sub(&in, HEADER_WIDTH + 6, 0, in.w - HEADER_WIDTH - 6, in.h)
		    : pane_sub(&in, 0, rows + 1, in.w, 5);
	pane_text(&side, 0, 0, ROLE_TITLE, "load");
	y = 1;
	side = pane_sub(&side, 0, y, side.w, side.h - y);
	y = view_load(pg->l, &side);
	side = pane_sub(&side, 0, y + wide, side.w, side.h - y);
	if (wide) {
		pane_text(&side, 0, 0, ROLE_TITLE, "memory");
		side = pane_sub(&side, 0, 1, side.w, side.h - 1);
	}
	view_memory(pg->l, &side);
	pg->y += frame.h;
}

static void draw_array(struct page *pg, bool old)
{
	uint64_t buckets = look_buckets(&pg->l->session->map, old);
	struct text title = { 0 };
	struct pane measure = pane_sub(&pg->pane, 0, HEIGHT, pg->pane.w - 4, 0), frame, in;
	int rows = view_rows(pg->l, &measure, old, 0, ROWS_MOST);
	uint64_t shown = 0;

	/* How many buckets the rows hold: what is left out is said in whole buckets. */
	for (int y = 0; y < rows && shown < buckets; shown++)
		for (uint64_t a = map_bucket(&pg->l->session->map, old, shown); a;
			a = map_overflow(&pg->l->session->map, a))
			y++;
	frame = rest_of(pg, rows + 2 + (shown < buckets));
	view_rows_title(pg->l, old, true, &title);
	in = pane_box(&frame, ROLE_BORDER, text_str(&title), NULL);
	view_rows(pg->l, &in, old, 0, rows);
	if (shown < buckets)
		pane_printf(&in, 0, rows, ROLE_NOTE, "… %" PRIu64 " more buckets", buckets - shown);
	text_free(&title);
	pg->y += frame.h;
}

static void draw_arrays(struct page *pg)
{
	draw_array(pg, false);
	if (map_growing(&pg->l->session->map))
		draw_array(pg, true);
}

static void draw_story(struct page *pg)
{
	struct story st = { 0 };

	if (!session_point(pg->l->session) && !pg->l->session->probe_label)
		return;
	story_tell(&st, pg->l->session, 200);
	for (int i = 0; i < st.count; i++) {
		struct pane p = rest_of(pg, HEIGHT);

		pg->y += wrap_text(&p, 0, 2, ROLE_MESSAGE, text_str(&st.lines[i]));
	}
	story_free(&st);
}

static void draw_legend(struct page *pg)
{
	struct pane p = rest_of(pg, 12);

	pg->y += view_legend(pg->l, &p);
}

static void draw_map(struct page *pg)
{
	draw_title(pg);
	draw_header(pg);
	draw_arrays(pg);
	draw_story(pg);
	pg->y++;
	draw_legend(pg);
}

static void draw_layout(struct page *pg)
{
	pg->y += view_layout(pg->l->session, &pg->pane);
}

static void draw_ledger(struct page *pg)
{
	struct pane p;

	draw_title(pg);
	p = rest_of(pg, HEIGHT);
	pg->y += view_ledger(pg->l->session, &p) + 1;
	p = rest_of(pg, HEIGHT);
	pg->y += view_hint(pg->l->session, &p);
}

static void draw_view(struct page *pg, int (*view)(struct session *s, const struct pane *p))
{
	struct pane p;

	draw_title(pg);
	p = rest_of(pg, HEIGHT);
	pg->y += view(pg->l->session, &p);
}

static void draw_check(struct page *pg)
{
	draw_view(pg, view_check);
}

static void draw_shape(struct page *pg)
{
	draw_view(pg, view_shape);
}

static void draw_life(struct page *pg)
{
	draw_view(pg, view_life);
}

static void draw_diff(struct page *pg)
{
	draw_view(pg, view_diff);
}

static const struct page_view views[] = {
	{ "map", "header, buckets, what the last step did, and a legend", draw_map },
	{ "header", "the fields of hmap and mapextra, load and memory", draw_header },
	{ "buckets", "the bucket array, and the old one of a growth", draw_arrays },
	{ "layout", "fields, offsets and padding on 64 and 32 bit", draw_layout },
	{ "ledger", "bytes by cause, the growths ahead, what to do about it", draw_ledger },
	{ "check", "whether the memory obeys the laws of the map", draw_check },
	{ "shape", "how entries lie in chains, against chance", draw_shape },
	{ "lifecycle", "allocated and in use along the timeline", draw_life },
	{ "diff", "what is different between two points", draw_diff },
};

#define COUNT (sizeof views / sizeof *views)

const struct page_view *page_view_at(unsigned i)
{
	return i < COUNT ? &views[i] : NULL;
}

bool page_view_known(const char *view, struct error *err)
{
	struct text known = { 0 };

	for (size_t i = 0; i < COUNT; i++)
		if (!view || strcmp(view, views[i].name) == 0)
			return true;
	for (size_t i = 0; i < COUNT; i++)
		text_printf(&known, "%s%s", i ? ", " : "", views[i].name);
	fail(err, "unknown view \"%.40s\": one of %s", view, text_str(&known));
	text_free(&known);
	return false;
}

struct canvas *page_draw(struct session *s, const char *view, int width, bool ascii)
{
	struct canvas *canvas = canvas_new(width, HEIGHT, ascii);
	struct look look;
	struct page pg = { .l = &look, .pane = canvas_pane(canvas) };

	look_init(&look, s);
	look.no_cursor = true;
	for (size_t i = 0; i < COUNT; i++)
		if (strcmp(view ? view : "map", views[i].name) == 0)
			views[i].draw(&pg);
	look_free(&look);
	canvas->h = canvas_used(canvas);
	return canvas;
}
