/* SPDX-License-Identifier: MIT */
/* One place of the map as a page, near or from afar: a side as heat, a unit, a slot. */
#include "tui/page/page_parts.h"
#include "tui/view/explain.h"
#include "tui/view/view.h"

enum { ATLAS_ROWS = 16 };

/* A measure of which there is nothing in the array is left out, but for the fill. */
static void put_atlas(struct page *pg, bool aside, enum heat_metric metric)
{
	struct look *l = pg->look;
	struct pane p = page_room(pg, ATLAS_ROWS + ATLAS_LEGEND + 2);
	struct pane in = pane_sub(&p, 2, 1, p.w - 4, ATLAS_ROWS + ATLAS_LEGEND);
	struct text title = { 0 };
	struct grid g;
	int used;

	l->cursor.array = aside;
	l->metric = metric;
	g = atlas_grid(l, &in, aside);
	in.h = (g.cells ? grid_height(&g) : 1) + ATLAS_LEGEND;
	used = view_atlas(l, &in, aside) + 2;
	if (metric == METRIC_FILL || (g.cells && heats_warm(&l->atlas[aside]))) {
		view_rows_title(l, aside, true, &title);
		p = pane_sub(&p, 0, 0, p.w, used);
		pane_box(&p, ROLE_BORDER, text_str(&title), NULL);
		text_free(&title);
		page_take(pg, used);
	} else {
		pane_fill(&in, ROLE_TEXT, U' ');
	}
}

void page_atlas(struct page *pg)
{
	struct look *l = pg->look;
	bool both = units_both(&l->units);
	struct place cursor = l->cursor;

	for (int metric = 0; metric < METRICS; metric++)
		for (int side = 0; side <= both; side++)
			put_atlas(pg, side, (enum heat_metric)metric);
	l->cursor = cursor;
}

/* The place is what such a page is about, so it is pointed at. */
static void put_place(struct page *pg, page_drawer *draw)
{
	struct text title = { 0 };

	pg->look->no_cursor = false;
	view_unit_title(pg->look, &title);
	page_part(pg, text_str(&title), draw);
	text_free(&title);
}

static int draw_bucket(struct page *pg, const struct pane *p)
{
	view_unit(pg->look, p);
	return pg->look->cursor.addr ? UNIT_ROWS - 2 : 1;
}

/* One unit of the chain, however much room there is. */
static int draw_bytes(struct page *pg, const struct pane *p)
{
	const struct look *l = pg->look;
	int rows = l->cursor.addr ? view_bytes_rows(l, p->w) : 1;
	struct pane in = pane_sub(p, 0, 0, p->w, rows);

	view_bytes(l, &in);
	return rows;
}

static int draw_slot(struct page *pg, const struct pane *p)
{
	int used;

	view_slot(pg->look, p);
	used = page_used(p);
	/* Perhaps there was more: so it is tried with more. */
	return used < p->h ? used : 2 * p->h;
}

void page_bucket(struct page *pg)
{
	put_place(pg, draw_bucket);
}

void page_bytes(struct page *pg)
{
	put_place(pg, draw_bytes);
}

void page_slot(struct page *pg)
{
	put_place(pg, draw_slot);
}

void page_explain(struct page *pg)
{
	struct text words = { 0 };

	view_unit_title(pg->look, &words);
	if (pg->look->cursor.addr)
		text_printf(&words, " · slot %u", pg->look->cursor.slot);
	page_words(pg, 0, ROLE_TITLE, text_str(&words));
	text_clear(&words);
	explain_slot(pg->look, &words);
	page_words(pg, 0, ROLE_TEXT, text_str(&words));
	text_free(&words);
}
