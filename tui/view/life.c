/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "model/base/mem.h"
#include "model/session/lifecycle.h"
#include "tui/view/beyond.h"
#include "tui/view/figures.h"
#include "tui/view/most.h"

enum {
	CHART_ROWS = 10,
	SCALE_LEAST = 14, /* columns before the chart, for its most */
	EVENTS_MOST = 40, /* rows of the table; the middle is left out */
};

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

static void draw_columns(const struct pane *p, int scale, const struct life_point *columns,
	int width, uint64_t most)
{
	pane_text(p, 0, 0, ROLE_VALUE, count_text(most).s);
	pane_text(p, 0, CHART_ROWS - 1, ROLE_NOTE, "bytes");
	pane_vline(p, scale - 1, 0, CHART_ROWS, ROLE_BORDER);
	for (int x = 0; x < width; x++)
		put_column(p, scale + x, &columns[x], most);
}

/* The scale is as wide as its figure, which is at most what was allocated in the end. */
static int scale_width(const struct lifecycle *life)
{
	uint64_t most = life->nsamples ? life->samples[life->nsamples - 1].allocated.bytes : 0;
	int width = (int)strlen(count_text(most).s) + 2;

	return width > SCALE_LEAST ? width : SCALE_LEAST;
}

/* What a column stands for, unless the figure would be cut. */
static void add_scale(struct text *legend, const struct canvas *canvas, uint64_t ops, int width)
{
	size_t len = legend->len;

	text_printf(legend, "  about %s ", count_text(ops).s);
	if (text_width(canvas, text_str(legend)) < width)
		text_add(legend, "ops a column");
	else
		legend->s[legend->len = len] = '\0';
}

static int draw_chart(const struct pane *p, const struct lifecycle *life)
{
	struct pane chart = pane_sub(p, 0, 0, p->w, CHART_ROWS + 2);
	int scale = scale_width(life), width = p->w - scale, y = 0;
	struct life_point *columns;
	struct text legend = { 0 };
	uint64_t most;

	if (width < 10)
		return 0;
	columns = xcalloc((size_t)width, sizeof *columns);
	plan_chart(life, columns, width);
	most = most_bytes(columns, width);
	if (most) {
		draw_columns(&chart, scale, columns, width, most);
		text_add(&legend, "█ in use, were it collected  ░ allocated so far");
		if (life->total > (uint64_t)width)
			add_scale(&legend, p->canvas, life->total / (uint64_t)width, width);
		pane_textn(&chart, scale, CHART_ROWS, width, ROLE_NOTE, text_str(&legend));
		y = CHART_ROWS + 2;
	}
	text_free(&legend);
	free(columns);
	return y;
}

static const struct column columns_of_events[] = {
	{ "op", "op", "op", .width = 8, .role = ROLE_VALUE },
	{ NULL, "what", NULL, .left = true },
	{ "entries", "entries", "entries", .width = 9, .rank = 1, .role = ROLE_VALUE },
	{ "alloc_objects", "alloc_objects", "alloc_objects", .width = 14, .gap = 1, .rank = 1,
		.role = ROLE_VALUE },
	{ "alloc_space", "alloc_space", "alloc_space", .width = 13, .rank = 1,
		.role = ROLE_VALUE },
	{ "inuse_objects", "inuse_objects", "inuse_objects", .width = 14, .gap = 1, .rank = 1,
		.role = ROLE_VALUE },
	{ "inuse_space", "inuse_space", "inuse_space", .width = 13, .rank = 1,
		.role = ROLE_VALUE },
	{ "", NULL, "what", .left = true, .below = true, .role = ROLE_NOTE },
};

static void put_point(void *data, size_t i, struct row *r)
{
	const struct life_point *at = (const struct life_point *)data + i;

	row_count(r, at->op);
	row_words(r, at->what);
	row_count(r, at->entries);
	row_count(r, at->allocated.objects);
	row_count(r, at->allocated.bytes);
	row_count(r, at->in_use.objects);
	row_count(r, at->in_use.bytes);
	if (*at->what)
		row_words(r, at->what);
}

int life_chart(const struct present *now, const struct pane *p)
{
	struct error unused;
	const struct lifecycle *life = session_lifecycle(now->session, &unused);

	return life && life->nsamples ? draw_chart(p, life) : 0;
}

bool life_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const struct lifecycle *life = session_lifecycle(now->session, err);
	struct sheet_table *t;

	if (!life)
		return false;
	t = sheet_rows(out, "events", COLUMNS(columns_of_events), life->nevents, put_point,
		life->events);
	t->most[0] = t->most[1] = EVENTS_MOST;
	t->ends = true;
	t = sheet_rows(out, "samples", COLUMNS(columns_of_events), life->nsamples, put_point,
		life->samples);
	t->who = FOR_JSON;
	most_sheet(now->session, out);
	beyond_sheet(now->session, out);
	newest_sheet(now, out);
	return true;
}
