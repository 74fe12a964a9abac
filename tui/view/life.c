/* SPDX-License-Identifier: MIT */
#include "tui/view/life.h"

#include <stdlib.h>

#include "model/session/lifecycle.h"
#include "model/base/mem.h"

enum {
	CHART_ROWS = 10,
	SCALE_WIDTH = 14,
	EVENTS_MOST = 40, /* rows of the table; the middle is left out */
};

static const struct {
	const char *name;
	int width;
} fields[] = {
	{ "op", 8 }, { "entries", 9 }, { "alloc_objects", 14 }, { "alloc_space", 13 },
	{ "inuse_objects", 14 }, { "inuse_space", 13 },
};

#define COLUMNS (sizeof fields / sizeof *fields)

static void put_cells(const struct pane *p, int y, enum role role, const char *const cells[COLUMNS],
	const char *what)
{
	int x = 0;

	for (size_t i = 0; i < COLUMNS && x + fields[i].width <= p->w; i++) {
		x += fields[i].width;
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
		names[i] = fields[i].name;
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

/* Goes on in a list of points, to the last one up to an operation. */
static void take_until(const struct life_point *list, size_t count, size_t *i, uint64_t op,
	struct life_point *most)
{
	for (; *i < count && list[*i].op <= op; ++*i) {
		if (list[*i].in_use.bytes > most->in_use.bytes)
			most->in_use = list[*i].in_use;
		most->allocated = list[*i].allocated;
		most->op = list[*i].op;
	}
}

/* What each column stands for: the most in use of its operations, or what was last known. */
static void plan_chart(const struct lifecycle *life, struct life_point *columns, int width)
{
	struct life_point last = { 0 };
	size_t sample = 0, event = 0;

	for (int x = 0; x < width; x++) {
		uint64_t op = life->total * (uint64_t)x / (uint64_t)(width - 1);
		struct life_point at = { 0 }, other = { 0 };

		take_until(life->samples, life->nsamples, &sample, op, &at);
		take_until(life->events, life->nevents, &event, op, &other);
		if (other.in_use.bytes > at.in_use.bytes)
			at.in_use = other.in_use;
		if (other.op > at.op)
			at.allocated = other.allocated;
		columns[x] = at.op || other.op || x == 0 ? at : last;
		last = columns[x];
	}
}

static uint64_t most_bytes(const struct life_point *columns, int width)
{
	uint64_t most = 0;

	for (int x = 0; x < width; x++) {
		if (columns[x].allocated.bytes > most)
			most = columns[x].allocated.bytes;
		if (columns[x].in_use.bytes > most)
			most = columns[x].in_use.bytes;
	}
	return most;
}

static int draw_chart(const struct pane *p, int y, const struct lifecycle *life)
{
	struct pane chart = pane_sub(p, 0, y, p->w, CHART_ROWS + 2);
	int width = p->w - SCALE_WIDTH;
	struct life_point *columns;
	struct text legend = { 0 };
	uint64_t most;

	if (width < 10)
		return y;
	columns = xcalloc((size_t)width, sizeof *columns);
	plan_chart(life, columns, width);
	most = most_bytes(columns, width);
	if (most) {
		pane_text(&chart, 0, 0, ROLE_VALUE, count_text(most).s);
		pane_text(&chart, 0, CHART_ROWS - 1, ROLE_NOTE, "bytes");
		pane_vline(&chart, SCALE_WIDTH - 1, 0, CHART_ROWS, ROLE_BORDER);
		for (int x = 0; x < width; x++)
			put_column(&chart, SCALE_WIDTH + x, &columns[x], most);
		text_add(&legend, "█ in use, were it collected  ░ allocated so far");
		if (life->total > (uint64_t)width)
			text_printf(&legend, "  about %s ops a column",
				count_text(life->total / (uint64_t)width).s);
		pane_textn(&chart, SCALE_WIDTH, CHART_ROWS, width, ROLE_NOTE, text_str(&legend));
		y += CHART_ROWS + 2;
	}
	text_free(&legend);
	free(columns);
	return y;
}

int view_life(struct session *s, const struct pane *p)
{
	struct error err;
	const struct lifecycle *life = session_lifecycle(s, &err);

	if (!life) {
		pane_datan(p, 0, 0, p->w, ROLE_ERROR, err.msg);
		return 1;
	}
	return life->nsamples ? draw_events(p, draw_chart(p, 0, life), life) : 0;
}
