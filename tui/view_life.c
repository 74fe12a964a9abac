/* SPDX-License-Identifier: MIT */
#include "tui/view_life.h"

#include "model/lifecycle.h"

enum {
	CHART_ROWS = 10,
	SCALE_WIDTH = 14,
	EVENTS_MOST = 40, /* rows of the table; the middle is left out */
};

static const struct {
	const char *name;
	int width;
} columns[] = {
	{ "op", 8 }, { "entries", 9 }, { "alloc_objects", 14 }, { "alloc_space", 13 },
	{ "inuse_objects", 14 }, { "inuse_space", 13 },
};

#define COLUMNS (sizeof columns / sizeof *columns)

static void put_cells(const struct pane *p, int y, enum role role, const char *const cells[COLUMNS],
	const char *what)
{
	int x = 0;

	for (size_t i = 0; i < COLUMNS && x + columns[i].width <= p->w; i++) {
		x += columns[i].width;
		pane_right(p, x, y, role, cells[i]);
	}
	pane_textn(p, x + 2, y, p->w - x - 2, role, what);
}

static void put_point(const struct pane *p, int y, const struct life_point *at)
{
	put_cells(p, y, ROLE_VALUE, (const char *const[]){
		count_text(at->op).s, count_text(at->entries).s,
		count_text(at->allocated.objects).s, count_text(at->allocated.bytes).s,
		count_text(at->in_use.objects).s, count_text(at->in_use.bytes).s,
	}, "");
	pane_text(p, 2, y + 1, ROLE_NOTE, at->what);
}

/* Two rows for each event: the figures, and below what happened. */
static int draw_events(const struct pane *p, int y, const struct lifecycle *life)
{
	const char *names[COLUMNS];

	for (size_t i = 0; i < COLUMNS; i++)
		names[i] = columns[i].name;
	put_cells(p, y++, ROLE_LABEL, names, "");
	for (size_t i = 0; i < life->nevents; i++) {
		size_t left = life->nevents - i;

		if (i == EVENTS_MOST / 2 && left > EVENTS_MOST / 2) {
			i = life->nevents - EVENTS_MOST / 2;
			pane_printf(p, 2, y++, ROLE_NOTE, "… %zu more", left - EVENTS_MOST / 2);
		}
		put_point(p, y, &life->events[i]);
		y += 2;
	}
	return y;
}

/* Rows of a column that so many bytes fill, of CHART_ROWS for the most. */
static int height_of(uint64_t bytes, uint64_t most)
{
	return most ? (int)((double)bytes / (double)most * CHART_ROWS + 0.5) : 0;
}

static void put_column(const struct pane *p, int x, const struct life_point *at, uint64_t most)
{
	int all = height_of(at->allocated.bytes, most), use = height_of(at->in_use.bytes, most);

	if (use == 0 && at->in_use.bytes)
		use = 1;
	for (int i = 0; i < CHART_ROWS && (i < all || i < use); i++)
		pane_put(p, x, CHART_ROWS - 1 - i, i < use ? ROLE_CHART_USE : ROLE_CHART_ALLOC,
			i < use ? U'█' : U'░');
}

static int draw_chart(const struct pane *p, int y, const struct lifecycle *life)
{
	struct pane chart = pane_sub(p, 0, y, p->w, CHART_ROWS + 2);
	uint64_t most = life->samples[life->nsamples - 1].allocated.bytes;
	int width = p->w - SCALE_WIDTH;

	for (size_t i = 0; i < life->nsamples; i++)
		if (life->samples[i].allocated.bytes > most)
			most = life->samples[i].allocated.bytes;
	if (width < 10 || most == 0)
		return y;
	pane_text(&chart, 0, 0, ROLE_VALUE, count_text(most).s);
	pane_text(&chart, 0, CHART_ROWS - 1, ROLE_NOTE, "bytes");
	pane_vline(&chart, SCALE_WIDTH - 1, 0, CHART_ROWS, ROLE_BORDER);
	for (int x = 0; x < width; x++) {
		size_t i = (size_t)x * (life->nsamples - 1) / (size_t)(width - 1);

		put_column(&chart, SCALE_WIDTH + x, &life->samples[i], most);
	}
	pane_textn(&chart, SCALE_WIDTH, CHART_ROWS, width, ROLE_NOTE,
		"█ in use, were it collected  ░ allocated so far");
	return y + CHART_ROWS + 2;
}

int view_life(struct session *s, const struct pane *p)
{
	struct lifecycle life;
	struct error err;
	int y = 0;

	if (!lifecycle_take(s, &life, &err)) {
		pane_data(p, 0, y++, ROLE_ERROR, err.msg);
	} else if (life.nsamples) {
		y = draw_chart(p, y, &life);
		y = draw_events(p, y, &life);
	}
	lifecycle_free(&life);
	return y;
}
