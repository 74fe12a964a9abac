/* SPDX-License-Identifier: MIT */
/* Sheets on panes. */
#include <stdlib.h>

#include "model/base/mem.h"
#include "tui/canvas/wrap.h"
#include "tui/sheet/blocks.h"

enum { GAP = 2, TEXT_LEAST = 4, WRAP_ROWS = 64, BAND = 4096 /* rows drawn at once as text */ };

/* Where the columns of a table lie. */
struct plan {
	int start[COLUMNS_MOST], end[COLUMNS_MOST]; /* end 0: it is not shown */
	int last;       /* where the last one ends */
	bool left_out;  /* for want of room */
	bool heads;     /* the sign for that stands in the row of their names, */
	int sign;       /* where the last name leaves so many columns to it */
	int height;     /* of all rows */
	/* Of one that is kept for all bands of a sheet, of which each lies below the one before: */
	bool made;
	size_t row;     /* which row the next band begins with, */
	int y;          /* and where that one lies behind the first */
};

struct drawing {
	const struct pane *p;
	const struct block *title; /* of the table that follows */
	int y;
	struct plan *plan;         /* of the next table, which is kept: it is drawn several times;
				      NULL: it is not */
};

/* Whether what is drawn in the row to come can be seen. */
static bool is_in_sight(const struct drawing *d)
{
	return d->p->y + d->y >= d->p->top && d->p->y + d->y < d->p->bottom;
}

static bool is_shown(const struct column *c)
{
	return c->name && !c->below;
}

static unsigned first_of(const struct sheet_table *t)
{
	unsigned c = 0;

	while (c + 1 < t->ncolumns && !is_shown(&t->columns[c]))
		c++;
	return c;
}

/* A cell as it is drawn; a zero may be a dot. */
static void cell_text(const struct sheet_table *t, const struct row *r, unsigned c,
	struct text *out)
{
	const struct figure *f = &r->cells[c];

	text_clear(out);
	if (c < r->count && t->columns[c].dots && f->kind == FIGURE_COUNT && f->count == 0)
		text_add(out, "·");
	else
		row_print(r, c, out);
}

/* Goes through the rows that are shown. */
typedef void row_user(const struct sheet_table *t, const struct row *r, void *data);

static void each_row(const struct sheet_table *t, row_user *use, void *data)
{
	struct cut cut = table_cut(t, t->most[0]);
	struct row scratch = { .who = 0 };

	for (size_t i = 0; i < t->count; i++) {
		const struct row *r;

		if (i == cut.head && cut.left)
			i += cut.left;
		if (i == t->count)
			break;
		r = table_at(t, i, &scratch);
		if (r->who & FOR_PANE)
			use(t, r, data);
	}
	row_free(&scratch);
}

/* What each column needs: as much as is in it, and the gap before or behind that. */
struct needs {
	const struct pane *p;
	int widths[COLUMNS_MOST];
	int height;      /* of all rows */
};

/* A blank behind text when text follows; figures have theirs before them. */
static int pad_of(const struct sheet_table *t, unsigned c)
{
	do
		c++;
	while (c < t->ncolumns && !is_shown(&t->columns[c]));
	return c < t->ncolumns && t->columns[c].left;
}

static int gap_of(const struct sheet_table *t, unsigned c)
{
	const struct column *col = &t->columns[c];

	if (col->left)
		return pad_of(t, c) + (c == first_of(t) ? t->indent : 0);
	return c == first_of(t) ? 0 : col->gap ? col->gap : GAP;
}

/* Text that takes what the others leave. */
static bool takes_rest(const struct column *c)
{
	return c->left && c->width == 0;
}

/* Words in rows of their own below a row, set in; returns how many. */
static int put_words(const struct pane *p, int y, enum role role, const char *words)
{
	struct pane in = pane_sub(p, 2, y, p->w - 2, WRAP_ROWS);

	return wrap_text(&in, 0, 2, role, words);
}

static void measure_row(const struct sheet_table *t, const struct row *r, void *data)
{
	struct needs *n = data;
	struct pane unseen = *n->p;
	struct text cell = { 0 };

	unseen.bottom = unseen.top;
	n->height++;
	for (unsigned c = 0; c < t->ncolumns; c++) {
		const struct column *col = &t->columns[c];
		int width;

		if (!col->below && (!is_shown(col) || takes_rest(col)))
			continue;
		cell_text(t, r, c, &cell);
		if (col->below) {
			n->height += put_words(&unseen, 0, col->role, text_str(&cell));
			continue;
		}
		width = text_width(n->p->canvas, text_str(&cell)) + gap_of(t, c);
		n->widths[c] = width > n->widths[c] ? width : n->widths[c];
	}
	text_free(&cell);
}

static void measure(const struct sheet_table *t, const struct pane *p, struct needs *n)
{
	*n = (struct needs){ .p = p };
	for (unsigned c = 0; c < t->ncolumns; c++)
		if (is_shown(&t->columns[c]))
			n->widths[c] = text_width(p->canvas, t->columns[c].name) +
				(t->columns[c].left ? pad_of(t, c) : gap_of(t, c));
	each_row(t, measure_row, n);
}

/* Lays those out that are shown, wide or as narrow as they may be; whether they fit. */
static bool lay_out(const struct sheet_table *t, const struct needs *n, bool wide, int width,
	struct plan *plan)
{
	int x = 0;

	for (unsigned c = 0; c < t->ncolumns; c++) {
		const struct column *col = &t->columns[c];
		int need = n->widths[c];

		if (!plan->end[c])
			continue;
		if (takes_rest(col))
			need = width - x > TEXT_LEAST ? width - x : TEXT_LEAST;
		else if ((wide || col->left) && need < col->width)
			need = col->width;
		plan->start[c] = x;
		plan->end[c] = x += need;
		plan->sign = plan->left_out && plan->heads && *col->name ? 2 : 0;
	}
	plan->last = x;
	return x + plan->sign <= width;
}

/* The column to be left out next: of the highest rank the last one; -1 for none. */
static int next_out(const struct sheet_table *t, const struct plan *plan, bool any)
{
	int out = -1;

	for (unsigned c = 0; c < t->ncolumns; c++)
		if (plan->end[c] && (t->columns[c].rank || (any && !t->columns[c].left)) &&
			(out < 0 || t->columns[c].rank >= t->columns[out].rank))
			out = (int)c;
	return out;
}

/* The first column gives way, if it is text, which may be cut; whether all fit then. */
static bool squeeze(const struct sheet_table *t, int width, struct plan *plan)
{
	int over = plan->last + plan->sign - width;
	unsigned first = first_of(t);
	int most = plan->end[first] - TEXT_LEAST;

	if (!plan->end[first] || !t->columns[first].left || most < over)
		return false;
	for (unsigned c = first; c < t->ncolumns; c++) {
		plan->start[c] -= c > first ? over : 0;
		plan->end[c] -= plan->end[c] ? over : 0;
	}
	plan->last -= over;
	return true;
}

/*
 * As wide as the columns want to be; as wide as what is in them; or without those that have a
 * rank, a higher one all before a lower. When that is not enough the first column is cut, and then
 * figures are left out, too.
 */
static struct plan plan_columns(const struct sheet_table *t, const struct pane *p, bool titled)
{
	struct plan plan = { .last = 0 };
	struct needs needs;
	int out, rank = 0;
	bool fits;

	for (unsigned c = 0; c < t->ncolumns; c++) {
		plan.end[c] = is_shown(&t->columns[c]);
		plan.heads |= is_shown(&t->columns[c]) && *t->columns[c].name && !titled;
	}
	measure(t, p, &needs);
	plan.height = needs.height;
	fits = lay_out(t, &needs, true, p->w, &plan) || lay_out(t, &needs, false, p->w, &plan);
	while (!fits && (out = next_out(t, &plan, false)) >= 0) {
		if (t->columns[out].rank < rank && lay_out(t, &needs, false, p->w, &plan))
			return plan;
		rank = t->columns[out].rank;
		plan.end[out] = 0;
		plan.left_out = true;
		fits = lay_out(t, &needs, true, p->w, &plan);
	}
	fits = fits || lay_out(t, &needs, false, p->w, &plan);
	while (!fits && !squeeze(t, p->w, &plan) && (out = next_out(t, &plan, true)) >= 0) {
		plan.end[out] = 0;
		plan.left_out = true;
		fits = lay_out(t, &needs, false, p->w, &plan);
	}
	return plan;
}

/* What is drawn goes through this. */
struct grid_drawing {
	struct drawing *d;
	const struct plan *plan;
	size_t row;
};

/* A figure in a title is whole like any other. */
static void put_title(struct drawing *d, bool left_out)
{
	const struct pane *p = d->p;
	struct pane in = pane_sub(p, 0, d->y, left_out ? p->w - 2 : p->w, WRAP_ROWS);

	if (!d->title)
		return;
	if (left_out)
		pane_text(p, p->w - 1, d->y, ROLE_NOTE, "…");
	d->y += wrap_text(&in, 0, 0, d->title->role, text_str(&d->title->text));
	d->title = NULL;
}

static bool has_heads(const struct sheet_table *t)
{
	for (unsigned c = 0; c < t->ncolumns; c++)
		if (is_shown(&t->columns[c]) && *t->columns[c].name)
			return true;
	return false;
}

static void put_heads(const struct sheet_table *t, struct drawing *d, const struct plan *plan,
	bool sign)
{
	if (!has_heads(t))
		return;
	for (unsigned c = 0; c < t->ncolumns; c++) {
		const struct column *col = &t->columns[c];

		if (!plan->end[c])
			continue;
		if (col->left)
			pane_textn(d->p, plan->start[c], d->y, plan->end[c] - plan->start[c],
				c == first_of(t) && !t->plain ? ROLE_TITLE : t->heads, col->name);
		else
			pane_right(d->p, plan->end[c], d->y, t->heads, col->name);
	}
	if (sign)
		pane_text(d->p, d->p->w - 1, d->y, ROLE_NOTE, "…");
	d->y++;
}

static enum role role_of(const struct sheet_table *t, const struct row *r, unsigned c)
{
	const struct figure *f = &r->cells[c];

	if (r->total && c == first_of(t))
		return ROLE_TITLE;
	if (f->kind == FIGURE_COUNT && t->columns[c].dots && f->count == 0)
		return ROLE_DIM;
	if (f->kind == FIGURE_CHANGE && f->change == 0)
		return ROLE_DIM;
	return r->role == ROLE_COUNT ? t->columns[c].role : r->role;
}

static void put_cell(const struct sheet_table *t, const struct row *r, unsigned c,
	const struct grid_drawing *g)
{
	int from = g->plan->start[c] + (c == first_of(t) && t->columns[c].left ? t->indent : 0);
	int end = g->plan->end[c], y = g->d->y;
	enum role role = role_of(t, r, c);
	struct text cell = { 0 };

	cell_text(t, r, c, &cell);
	if (!t->columns[c].left)
		pane_right(g->d->p, end, y, role, text_str(&cell));
	else if (r->cells[c].kind == FIGURE_DATA)
		pane_datan(g->d->p, from, y, end - from, role, text_str(&cell));
	else
		pane_textn(g->d->p, from, y, end - from - pad_of(t, c), role, text_str(&cell));
	text_free(&cell);
}

/* Columns of a bar for a part of the table's most; what is not nothing shows. */
static int bar_length(const struct sheet_table *t, double part, int room)
{
	int length = t->bar_most > 0 ? (int)(part / t->bar_most * room + 0.5) : 0;

	return length == 0 && part > 0 ? 1 : length;
}

static void put_part(const struct sheet_table *t, const struct bar *b, const struct pane *p)
{
	int full = bar_length(t, b->value, p->w), behind = bar_length(t, b->behind, p->w);
	int mark = b->mark > 0 ? (int)(b->mark / t->bar_most * p->w + 0.5) : -1;
	int end = (int)(b->value / t->bar_most * p->w + 0.5); /* of it without the least */

	for (int i = full; i < behind; i++)
		pane_put(p, i, 0, ROLE_CHART_ALLOC, U'░');
	for (int i = 0; i < full; i++)
		pane_put(p, i, 0, b->role, U'█');
	if (mark >= end)
		pane_put(p, mark, 0, ROLE_LOAD_LIMIT, U'│');
}

/* To the right of its axis for more, to the left for less. */
static void put_change(const struct sheet_table *t, const struct bar *b, const struct pane *p)
{
	int half = p->w / 2, sign = b->value < 0 ? -1 : 1;
	int length = bar_length(t, b->value * sign, half - 1);

	for (int i = 1; i <= length; i++)
		pane_put(p, half + sign * i, 0, sign > 0 ? ROLE_CHART_USE : ROLE_CHART_ALLOC,
			sign > 0 ? U'█' : U'░');
	pane_put(p, half, 0, ROLE_BORDER, U'│');
}

/* Where bars begin and how long a whole one is; less than the table's least: there are none. */
static int bar_start(const struct sheet_table *t, const struct plan *plan)
{
	return plan->last + GAP > t->bar_from ? plan->last + GAP : t->bar_from;
}

static bool has_bars(const struct sheet_table *t, const struct plan *plan, const struct pane *p)
{
	return t->bar_most > 0 && p->w - bar_start(t, plan) - t->bar_spare >= t->bar_least;
}

static void put_bar(const struct sheet_table *t, const struct row *r, const struct grid_drawing *g)
{
	const struct pane *p = g->d->p;
	int x = bar_start(t, g->plan);
	struct pane bar = pane_sub(p, x, g->d->y, p->w - x - t->bar_spare, 1);

	/* A mark may stand behind a whole bar. */
	bar.right += t->bar_spare;
	if (r->bar.kind == BAR_NONE || !has_bars(t, g->plan, p))
		return;
	if (r->bar.kind == BAR_CHANGE)
		put_change(t, &r->bar, &bar);
	else
		put_part(t, &r->bar, &bar);
}

static void put_below(const struct sheet_table *t, const struct row *r, struct drawing *d)
{
	struct text cell = { 0 };

	for (unsigned c = 0; c < t->ncolumns; c++) {
		if (!t->columns[c].below)
			continue;
		cell_text(t, r, c, &cell);
		d->y += put_words(d->p, d->y, t->columns[c].role, text_str(&cell));
	}
	text_free(&cell);
}

static void put_more(const struct sheet_table *t, struct drawing *d)
{
	pane_printf(d->p, t->ends ? 2 : 1, d->y++, ROLE_NOTE,
		t->ends ? "… %s more" : "… and %s more",
		count_text(table_cut(t, t->most[0]).left).s);
}

static void put_row(const struct sheet_table *t, const struct row *r, void *data)
{
	struct grid_drawing *g = data;
	struct cut cut = table_cut(t, t->most[0]);

	if (cut.left && g->row++ == cut.head)
		put_more(t, g->d);
	for (unsigned c = 0; c < t->ncolumns && is_in_sight(g->d); c++)
		if (g->plan->end[c])
			put_cell(t, r, c, g);
	if (is_in_sight(g->d))
		put_bar(t, r, g);
	g->d->y++;
	put_below(t, r, g->d);
}

/* What the mark of bars is stands before the name that it is of. */
static void put_mark_head(const struct sheet_table *t, const struct drawing *d,
	const struct plan *plan)
{
	unsigned c = t->ncolumns - 1;
	int x;

	while (c > 0 && !is_shown(&t->columns[c]))
		c--;
	for (size_t i = 0; i < t->count && t->rows; i++) {
		if (t->rows[i].bar.mark <= 0 || !plan->end[c] || !has_bars(t, plan, d->p))
			continue;
		x = plan->end[c] - text_width(d->p->canvas, t->columns[c].name) - 2;
		if (x > plan->start[c])
			pane_put(d->p, x, d->y, t->heads, U'│');
		return;
	}
}

/* Those of a band: one that reaches into the next one is drawn there, too. */
static void put_band(const struct sheet_table *t, struct grid_drawing *g, struct plan *kept)
{
	struct drawing *d = g->d;
	int first = d->y, bottom = d->p->bottom - d->p->y;
	struct row scratch = { .who = 0 };

	for (d->y = first + kept->y; kept->row < t->count && d->y < bottom;) {
		const struct row *r = table_at(t, kept->row, &scratch);

		if (r->who & FOR_PANE)
			put_row(t, r, g);
		if (d->y > bottom)
			break;
		kept->row++;
		kept->y = d->y - first;
	}
	row_free(&scratch);
	d->y = first + kept->height;
}

static void put_rows(const struct sheet_table *t, struct grid_drawing *g)
{
	struct plan *kept = g->d->plan;

	if (!kept || table_cut(t, t->most[0]).left) {
		each_row(t, put_row, g);
		return;
	}
	if (!kept->made)
		*kept = *g->plan;
	kept->made = true;
	put_band(t, g, kept);
}

static void draw_grid(const struct sheet_table *t, struct drawing *d)
{
	bool titled = d->title != NULL;
	struct plan plan = d->plan && d->plan->made ? *d->plan : plan_columns(t, d->p, titled);
	struct grid_drawing g = { d, &plan, 0 };

	put_title(d, plan.left_out);
	put_mark_head(t, d, &plan);
	put_heads(t, d, &plan, plan.left_out && !titled);
	put_rows(t, &g);
	if (table_cut(t, t->most[0]).left && !t->ends)
		put_more(t, d);
}

static void put_item(const struct sheet_table *t, const struct row *r, void *data)
{
	struct drawing *d = data;
	struct pane in = pane_sub(d->p, t->indent, d->y, d->p->w - t->indent, WRAP_ROWS);
	struct text line = { 0 };

	row_print(r, 0, &line);
	text_add(&line, ": ");
	row_print(r, 1, &line);
	d->y += wrap_text(&in, 0, 2, r->role, text_str(&line));
	text_free(&line);
}

static void draw_list(const struct sheet_table *t, struct drawing *d)
{
	put_title(d, false);
	each_row(t, put_item, d);
	if (table_cut(t, t->most[0]).left)
		put_more(t, d);
}

/* A law, whether it holds, and what it says beside it. */
static void put_law(const struct sheet_table *t, const struct row *r, void *data)
{
	struct grid_drawing *g = data;
	const struct pane *p = g->d->p;
	bool broken = r->cells[2].count > 0;
	enum role role = broken ? ROLE_ERROR : ROLE_LABEL;
	int x = g->plan->end[0];
	struct pane words = pane_sub(p, x, g->d->y, p->w - x, WRAP_ROWS);

	(void)t;
	pane_put(p, 0, g->d->y, role, broken ? U'✗' : U'✓');
	pane_text(p, 2, g->d->y, role, row_text(r, &r->cells[0]));
	g->d->y += wrap_text(&words, 0, 0, ROLE_TEXT, row_text(r, &r->cells[1]));
}

static void draw_laws(const struct sheet_table *t, struct drawing *d)
{
	struct plan plan = plan_columns(t, d->p, false);
	struct grid_drawing g = { d, &plan, 0 };

	put_title(d, false);
	each_row(t, put_law, &g);
}

static void draw_table(const struct sheet_table *t, struct drawing *d)
{
	if (!t->count) {
		put_title(d, false);
		return;
	}
	if (t->style == TABLE_LIST)
		draw_list(t, d);
	else if (t->style == TABLE_LAWS)
		draw_laws(t, d);
	else
		draw_grid(t, d);
}

static void draw_words(const struct block *b, struct drawing *d)
{
	struct pane in = pane_sub(d->p, b->in, d->y, d->p->w - b->in, WRAP_ROWS);

	d->y += wrap_text(&in, 0, b->indent, b->role, text_str(&b->text));
}

static void draw_line(const struct block *b, struct drawing *d)
{
	const struct pane *p = d->p;

	if (b->data)
		pane_datan(p, 0, d->y++, p->w, b->role, text_str(&b->text));
	else
		pane_textn(p, 0, d->y++, p->w, b->role, text_str(&b->text));
}

static bool is_drawn(const struct sheet_table *t)
{
	return t->who & FOR_PANE && is_shown(&t->columns[first_of(t)]);
}

/* A plan for each block, where they are kept. */
static int draw(const struct sheet *s, const struct pane *p, struct plan *plans)
{
	struct drawing d = { .p = p };

	for (size_t i = 0; i < s->count; i++) {
		const struct block *b = &s->blocks[i];

		d.plan = plans ? &plans[i] : NULL;
		if (!(b->who & FOR_PANE) || (b->table && !is_drawn(b->table)))
			continue;
		if (b->kind != BLOCK_TABLE)
			put_title(&d, false);
		if (b->kind == BLOCK_GAP)
			d.y += d.y > 0;
		else if (b->kind == BLOCK_TITLE)
			d.title = b;
		else if (b->kind == BLOCK_LINE)
			draw_line(b, &d);
		else if (b->kind == BLOCK_WORDS)
			draw_words(b, &d);
		else
			draw_table(b->table, &d);
	}
	put_title(&d, false);
	return d.y;
}

int sheet_draw(const struct sheet *s, const struct pane *p)
{
	return draw(s, p, NULL);
}

void sheet_text(const struct sheet *s, int width, FILE *out)
{
	struct plan *plans = xcalloc(s->count + 1, sizeof *plans);
	struct canvas *canvas = canvas_new(width, 1, false);
	struct pane all = canvas_pane(canvas);
	int rows = draw(s, &all, plans);

	/* Drawn again for each band, moved up. */
	for (int y = 0; y < rows; y += BAND) {
		struct pane pane;

		canvas_resize(canvas, width, rows - y < BAND ? rows - y : BAND);
		all = canvas_pane(canvas);
		pane = pane_sub(&all, 0, -y, width, rows);
		draw(s, &pane, plans);
		canvas_print(canvas, out);
	}
	canvas_free(canvas);
	free(plans);
}
