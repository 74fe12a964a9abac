/* SPDX-License-Identifier: MIT */
#include "tui/view/ledger.h"

#include <string.h>

#include "model/session/books.h"
#include "model/session/verdict.h"
#include "tui/canvas/wrap.h"

enum {
	NAME_WIDTH = 18,
	TOTAL_WIDTH = 14,
	SHARE_WIDTH = 6,
	BAR_LEAST = 8,
	POINTS = 6,       /* growths ahead */
	POINT_COLUMNS = 5,
	POINT_WIDTH = 12, /* of a column there, at least */
};

struct sheet {
	const struct session *s;
	const struct pane *p;
	const struct ledger *ledger;
	struct forecast forecast;
	int total_end, share_end; /* columns of the first table; 0 without room for shares */
	int y;
};

static const char *const place_names[LEDGER_PLACES] = { "array", "overflow", "old array", "apart" };

static enum role cause_role(enum ledger_cause cause)
{
	static const enum role roles[LEDGER_CAUSES] = {
		[LEDGER_KEYS] = ROLE_KEY,
		[LEDGER_ELEMS] = ROLE_ELEM,
		[LEDGER_PADDING] = ROLE_PADDING,
		[LEDGER_FREE] = ROLE_EMPTY,
		[LEDGER_DEAD] = ROLE_TOMBSTONE,
		[LEDGER_MOVED] = ROLE_OLD,
		[LEDGER_TOPHASH] = ROLE_TOPHASH,
		[LEDGER_LINKS] = ROLE_POINTER,
		[LEDGER_SPARE] = ROLE_SPARE,
		[LEDGER_KEY_OBJECTS] = ROLE_KEY,
		[LEDGER_ELEM_OBJECTS] = ROLE_ELEM,
		[LEDGER_HEADERS] = ROLE_HEADER,
		[LEDGER_LISTS] = ROLE_OVERFLOW,
		[LEDGER_ROUNDING] = ROLE_ROUNDING,
	};

	return roles[cause];
}

static void heading(struct sheet *sh, const char *title)
{
	sh->y += sh->y > 0;
	pane_text(sh->p, 0, sh->y++, ROLE_TITLE, title);
}

static void put_bytes(const struct sheet *sh, int x, uint64_t bytes)
{
	if (bytes)
		pane_right(sh->p, x, sh->y, ROLE_VALUE, count_text(bytes).s);
	else
		pane_right(sh->p, x, sh->y, ROLE_DIM, "·");
}

/* A bar of `width` columns at x, filled by part of all; what is not nothing shows. */
static void put_bar(const struct sheet *sh, int x, int width, enum role role, char32_t glyph,
	uint64_t part, uint64_t all)
{
	int full = all ? (int)((double)part / (double)all * width + 0.5) : 0;

	if (full == 0 && part > 0)
		full = 1;
	for (int i = 0; i < full; i++)
		pane_put(sh->p, x + i, sh->y, role, glyph);
}

/* With little room the sums are as narrow as they may be, and shares are left out. */
static void plan_sums(struct sheet *sh)
{
	int width = (int)strlen(count_text(sh->ledger->total).s) + 2;

	if (sh->p->w > NAME_WIDTH + TOTAL_WIDTH + SHARE_WIDTH || width > TOTAL_WIDTH)
		width = TOTAL_WIDTH;
	sh->total_end = NAME_WIDTH + width;
	sh->share_end = sh->total_end + SHARE_WIDTH + 1;
	if (sh->share_end > sh->p->w)
		sh->share_end = 0;
}

/* Which places have columns, and where these end; 0 for none. Returns where the last one ends. */
static int plan_columns(const struct sheet *sh, int ends[LEDGER_PLACES])
{
	int x = sh->share_end ? sh->share_end - 1 : sh->total_end;

	for (int i = 0; i < LEDGER_PLACES; i++) {
		uint64_t bytes = ledger_place_bytes(sh->ledger, (enum ledger_place)i);
		int width = (int)strlen(count_text(bytes).s) + 2;

		if (width < (int)strlen(place_names[i]) + 2)
			width = (int)strlen(place_names[i]) + 2;
		ends[i] = bytes && x + width <= sh->p->w ? x + width : 0;
		x = ends[i] ? ends[i] : x;
	}
	return x;
}

static void put_row(struct sheet *sh, const uint64_t bytes[LEDGER_PLACES], uint64_t all,
	const int ends[LEDGER_PLACES])
{
	char share[16];

	put_bytes(sh, sh->total_end, all);
	snprintf(share, sizeof share, "%.1f%%", 100.0 * (double)all / (double)sh->ledger->total);
	if (sh->share_end)
		pane_right(sh->p, sh->share_end, sh->y, ROLE_NOTE, share);
	for (int i = 0; i < LEDGER_PLACES; i++)
		if (ends[i])
			put_bytes(sh, ends[i], bytes[i]);
}

static void draw_causes(struct sheet *sh)
{
	uint64_t sums[LEDGER_PLACES];
	int ends[LEDGER_PLACES], last;
	bool left_out = false;

	plan_sums(sh);
	last = plan_columns(sh, ends) + 2;
	for (int i = 0; i < LEDGER_PLACES; i++) {
		sums[i] = ledger_place_bytes(sh->ledger, (enum ledger_place)i);
		if (ends[i])
			pane_right(sh->p, ends[i], sh->y, ROLE_LABEL, place_names[i]);
		left_out |= sums[i] && !ends[i];
	}
	if (left_out)
		pane_text(sh->p, sh->p->w - 1, sh->y, ROLE_NOTE, "…");
	pane_text(sh->p, 0, sh->y, ROLE_TITLE, "bytes by cause");
	pane_right(sh->p, sh->total_end, sh->y, ROLE_LABEL, "all");
	sh->y++;
	for (int c = 0; c < LEDGER_CAUSES; c++) {
		enum ledger_cause cause = (enum ledger_cause)c;
		uint64_t all = ledger_cause_bytes(sh->ledger, cause);

		if (!all)
			continue;
		pane_text(sh->p, 1, sh->y, ROLE_LABEL, ledger_name(cause));
		put_row(sh, sh->ledger->bytes[c], all, ends);
		if (sh->p->w - last >= BAR_LEAST)
			put_bar(sh, last, sh->p->w - last, cause_role(cause), U'█', all,
				sh->ledger->total);
		sh->y++;
	}
	pane_text(sh->p, 1, sh->y, ROLE_TITLE, "total");
	put_row(sh, sums, sh->ledger->total, ends);
	sh->y++;
}

/* A line of words, gone on with below when it is long. */
static void say(struct sheet *sh, enum role role, struct text *line)
{
	struct pane in = pane_sub(sh->p, 1, sh->y, sh->p->w - 1, 64);

	sh->y += wrap_text(&in, 0, 2, role, text_str(line));
	text_clear(line);
}

static void draw_totals(struct sheet *sh)
{
	const struct ledger *l = sh->ledger;
	struct text line = { 0 };

	text_printf(&line, "%s bytes in %s object%s", count_text(l->total).s,
		count_text(l->objects).s, l->objects == 1 ? "" : "s");
	if (l->entries)
		text_printf(&line, ", %.1f for each of %s %s",
			(double)l->total / (double)l->entries, count_text(l->entries).s,
			l->entries == 1 ? "entry" : "entries");
	say(sh, ROLE_TEXT, &line);
	text_printf(&line, "slots: %s live, %s free, %s dead", count_text(l->live).s,
		count_text(l->free).s, count_text(l->dead).s);
	if (l->moved)
		text_printf(&line, ", %s evacuated", count_text(l->moved).s);
	say(sh, ROLE_TEXT, &line);
	if (l->referred)
		text_printf(&line,
			"not of the map: strings, slices and interfaces lead to %s bytes "
			"more, without size classes",
			count_text(l->referred).s);
	say(sh, ROLE_NOTE, &line);
	text_free(&line);
}

static void draw_forecast(struct sheet *sh)
{
	const struct forecast *f = &sh->forecast;
	struct text line = { 0 };

	heading(sh, "the next growth");
	text_add(
		&line, f->same_size ? "same size, for its overflow buckets, in " : "doubling, in ");
	span_add(&line, f->inserts, "insert");
	text_add(&line, " of new keys");
	if (!f->same_size && f->overflow_left)
		text_printf(&line, ", unless %s%s overflow bucket%s come%s first",
			f->overflow_about ? "about " : "", count_text(f->overflow_left).s, f->overflow_left == 1 ? "" : "s",
			f->overflow_left == 1 ? "s" : "");
	say(sh, ROLE_TEXT, &line);
	if (f->alloc)
		text_printf(&line,
			"it allocates %s bytes; at its start about %s are in use; it is over after ",
			count_text(f->alloc).s, count_text(f->peak).s);
	else
		text_add(&line, "there is no address space for it; it would be over after ");
	span_add(&line, f->next_writes, "write");
	say(sh, ROLE_TEXT, &line);
	text_free(&line);
}

static uint64_t point_cell(const struct growth_point *g, int column)
{
	const uint64_t cells[] = { g->entry, 1ull << g->B, g->during, g->after, g->before };

	return cells[column];
}

/* Where each column ends: as wide as its largest figure asks for. Returns how many have room. */
static int plan_points(const struct sheet *sh, const struct growth_point *list, unsigned n,
	int ends[POINT_COLUMNS])
{
	int x = 0;

	for (int c = 0; c < POINT_COLUMNS; c++) {
		int width = POINT_WIDTH;

		for (unsigned i = 0; i < n; i++) {
			int digits = (int)strlen(count_text(point_cell(&list[i], c)).s);

			width = digits + 2 > width ? digits + 2 : width;
		}
		x += width;
		if (x > sh->p->w)
			return c;
		ends[c] = x;
	}
	return POINT_COLUMNS;
}

/* The doublings ahead, each with a bar: what is in use after it, and the peak behind that. */
static void draw_points(struct sheet *sh)
{
	static const char *const names[] = { "at entry", "buckets", "peak", "after", "before" };
	struct growth_point list[POINTS];
	unsigned n = forecast_points(&sh->s->world.map, list, POINTS);
	struct text line = { 0 };
	int ends[POINT_COLUMNS], columns = plan_points(sh, list, n, ends), x;

	if (n == 0)
		return;
	heading(sh, "growths ahead, for keys that only come");
	for (int c = 0; c < columns; c++)
		pane_right(sh->p, ends[c], sh->y, ROLE_LABEL, names[c]);
	if (columns < POINT_COLUMNS)
		pane_text(sh->p, sh->p->w - 1, sh->y - 1, ROLE_NOTE, "…");
	sh->y++;
	x = (columns ? ends[columns - 1] : 0) + 2;
	for (unsigned i = 0; i < n; i++, sh->y++) {
		const struct growth_point *g = &list[i];

		for (int c = 0; c < columns; c++)
			put_bytes(sh, ends[c], point_cell(g, c));
		put_bar(sh, x, sh->p->w - x, ROLE_CHART_ALLOC, U'░', g->during, list[n - 1].during);
		put_bar(sh, x, sh->p->w - x, ROLE_CHART_USE, U'█', g->after, list[n - 1].during);
	}
	text_add(&line, "entries are exact; bytes are about, with the overflow buckets that chance makes");
	say(sh, ROLE_NOTE, &line);
	text_free(&line);
}

static void draw_verdicts(struct sheet *sh)
{
	struct verdicts v;

	heading(sh, "verdicts");
	verdicts_find(sh->s, sh->ledger, &sh->forecast, &v);
	for (int i = 0; i < VERDICTS; i++) {
		struct text line = { 0 };

		if (!v.holds[i])
			continue;
		text_printf(
			&line, "%s: %s", verdict_name((enum verdict_kind)i), text_str(&v.says[i]));
		say(sh, v.saves[i] ? ROLE_WARNING : ROLE_TEXT, &line);
		text_free(&line);
	}
	verdicts_free(&v);
}

int view_ledger(const struct session *s, const struct pane *p)
{
	struct sheet sh = { .s = s, .p = p };

	if (!s->world.map.header)
		return 0;
	sh.ledger = session_ledger(s);
	forecast_make(&s->world.map, sh.ledger, &sh.forecast);
	draw_causes(&sh);
	draw_totals(&sh);
	draw_forecast(&sh);
	draw_points(&sh);
	draw_verdicts(&sh);
	return sh.y;
}
