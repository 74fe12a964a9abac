/* SPDX-License-Identifier: MIT */
#include "tui/view/diff.h"

#include <inttypes.h>
#include <stdlib.h>

#include "model/session/diff.h"

enum {
	NAME_WIDTH = 18,
	BYTES_WIDTH = 14,
	BYTES_LEAST = 11,
	BUCKETS_MOST = 32, /* rows */
	CELLS_MOST = 100,
};

/* Where a column of bytes ends; those that do not fit whole are left out, the first ones first. */
static int bytes_end(const struct pane *p, int column)
{
	int width = p->w >= NAME_WIDTH + 3 * BYTES_WIDTH ? BYTES_WIDTH : BYTES_LEAST;
	int columns = (p->w - NAME_WIDTH) / width;

	if (columns > 3)
		columns = 3;
	return column < 3 - columns ? 0 : NAME_WIDTH + (column - 3 + columns + 1) * width;
}

static void put_column(const struct pane *p, int column, int y, enum role role, const char *text)
{
	int end = bytes_end(p, column);

	if (end)
		pane_right(p, end, y, role, text);
}

/* A bar to the right of its axis for more, to the left for less. */
static void put_change(const struct pane *p, int y, uint64_t a, uint64_t b, uint64_t most)
{
	int x = NAME_WIDTH + 3 * BYTES_WIDTH + 2, half = (p->w - x) / 2;
	uint64_t by = a > b ? a - b : b - a;
	int len;

	if (half < 3 || most == 0)
		return;
	len = (int)((double)by / (double)most * (half - 1) + 0.5);
	if (len == 0 && by)
		len = 1;
	for (int i = 0; i < len; i++)
		pane_put(p, x + half + (b > a ? 1 + i : -1 - i), y,
			b > a ? ROLE_CHART_USE : ROLE_CHART_ALLOC, b > a ? U'█' : U'░');
	pane_put(p, x + half, y, ROLE_BORDER, U'│');
}

static void put_bytes(const struct pane *p, int y, uint64_t a, uint64_t b)
{
	char change[40];

	snprintf(change, sizeof change, "%s%s", b > a ? "+" : b < a ? "−" : "",
		count_text(b > a ? b - a : a - b).s);
	put_column(p, 0, y, ROLE_VALUE, count_text(a).s);
	put_column(p, 1, y, ROLE_VALUE, count_text(b).s);
	put_column(p, 2, y, a == b ? ROLE_DIM : ROLE_VALUE, change);
}

static int draw_causes(const struct pane *p, int y, const struct diff *d)
{
	const struct ledger *a = &d->sides[0].ledger, *b = &d->sides[1].ledger;
	uint64_t most = 0;

	for (int c = 0; c < LEDGER_CAUSES; c++) {
		uint64_t x = ledger_cause_bytes(a, (enum ledger_cause)c);
		uint64_t z = ledger_cause_bytes(b, (enum ledger_cause)c),
			 by = x > z ? x - z : z - x;

		most = by > most ? by : most;
	}
	for (int c = 0; c < LEDGER_CAUSES; c++) {
		uint64_t x = ledger_cause_bytes(a, (enum ledger_cause)c);
		uint64_t z = ledger_cause_bytes(b, (enum ledger_cause)c);

		if (!x && !z)
			continue;
		pane_text(p, 1, y, ROLE_LABEL, ledger_name((enum ledger_cause)c));
		put_bytes(p, y, x, z);
		put_change(p, y++, x, z, most);
	}
	pane_text(p, 1, y, ROLE_TITLE, "total");
	put_bytes(p, y++, a->total, b->total);
	return y;
}

static void add_place(struct text *line, const struct place *at)
{
	text_printf(line, "%s%" PRIu64, at->array ? "old " : "", at->unit);
	if (at->link)
		text_printf(line, "+%u", at->link);
	text_printf(line, ".%u", at->slot);
}

static int draw_cell(const struct pane *p, int y, const struct diff_cell *c)
{
	static const char marks[] = { [DIFF_CAME] = '+', [DIFF_WENT] = '-', [DIFF_CHANGED] = '*',
		[DIFF_MOVED] = '>' };
	struct text where = { 0 }, what = { 0 };
	int x = 24;

	if (c->kind != DIFF_CAME)
		add_place(&where, &c->place[0]);
	if (c->kind == DIFF_CHANGED || c->kind == DIFF_MOVED)
		text_add(&where, " → ");
	if (c->kind != DIFF_WENT)
		add_place(&where, &c->place[1]);
	text_printf(&what, "%s: %s", c->key, c->elem[0] ? c->elem[0] : c->elem[1]);
	if (c->kind == DIFF_CHANGED)
		text_printf(&what, " became %s", c->elem[1]);
	pane_printf(
		p, 1, y, c->kind == DIFF_WENT ? ROLE_TOMBSTONE : ROLE_KEY, "%c", marks[c->kind]);
	pane_textn(p, 3, y, x - 4, ROLE_INDEX, text_str(&where));
	pane_datan(p, x, y, p->w - x, ROLE_KEY, text_str(&what));
	text_free(&where);
	text_free(&what);
	return y + 1;
}

static int draw_cells(const struct pane *p, int y, const struct diff *d)
{
	struct text line = { 0 };

	for (int k = 0; k < DIFF_KINDS; k++)
		text_printf(&line, "%s%s %s", k ? ", " : "cells: ", count_text(d->kinds[k]).s,
			diff_kind_name((enum diff_kind)k));
	pane_text(p, 0, y++, ROLE_TITLE, text_str(&line));
	text_free(&line);
	if (d->count)
		pane_text(p, 1, y++, ROLE_NOTE, "by bucket.slot, bucket+overflow.slot");
	for (size_t i = 0; i < d->count && i < CELLS_MOST; i++)
		y = draw_cell(p, y, &d->cells[i]);
	if (d->count > CELLS_MOST)
		pane_printf(
			p, 1, y++, ROLE_NOTE, "… and %s more", count_text(d->count - CELLS_MOST).s);
	return y;
}

static int draw_buckets(const struct pane *p, int y, const struct diff *d)
{
	static const char *const names[] = { "came", "went", "changed", "moved in", "moved out" };
	int columns = p->w >= 60 ? 5 : (p->w - 11) / 10; /* those that do not fit are left out */
	size_t count;
	struct diff_bucket *list = diff_buckets(d, &count);

	pane_printf(p, 0, y++, ROLE_TITLE, "buckets: %s with differences", count_text(count).s);
	for (int i = 0; i < columns && count; i++)
		pane_right(p, 10 + 10 * (i + 1), y, ROLE_LABEL, names[i]);
	if (columns < 5 && count)
		pane_text(p, p->w - 1, y, ROLE_NOTE, "…");
	y += count > 0;
	for (size_t i = 0; i < count && i < BUCKETS_MOST; i++, y++) {
		const struct diff_bucket *b = &list[i];
		const uint64_t cells[] = { b->came, b->went, b->changed, b->in, b->out };

		pane_printf(p, 1, y, ROLE_INDEX, "%s%" PRIu64, b->old ? "old " : "", b->bucket);
		for (int k = 0; k < columns; k++)
			pane_right(p, 10 + 10 * (k + 1), y, cells[k] ? ROLE_VALUE : ROLE_DIM,
				cells[k] ? count_text(cells[k]).s : "·");
	}
	if (count > BUCKETS_MOST)
		pane_printf(
			p, 1, y++, ROLE_NOTE, "… and %s more", count_text(count - BUCKETS_MOST).s);
	free(list);
	return y;
}

int view_diff(struct session *s, const struct pane *p)
{
	struct error err;
	const char *title;
	const struct diff *d = session_diff(s, &title, &err);
	int y = 0;

	pane_datan(p, 0, y++, p->w, ROLE_TITLE, title);
	if (!d) {
		pane_datan(p, 0, y++, p->w, ROLE_ERROR, err.msg);
		return y;
	}
	put_column(p, 0, y, ROLE_LABEL, "before");
	put_column(p, 1, y, ROLE_LABEL, "after");
	put_column(p, 2, y, ROLE_LABEL, "change");
	if (!bytes_end(p, 0))
		pane_text(p, NAME_WIDTH - 1, y, ROLE_NOTE, "…");
	y++;
	y = draw_causes(p, y, d) + 1;
	if (!d->whole) {
		diff_missing(d, &err);
		pane_datan(p, 0, y++, p->w, ROLE_ERROR, err.msg);
		return y;
	}
	y = draw_buckets(p, y, d) + 1;
	return draw_cells(p, y, d);
}
