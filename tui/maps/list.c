/* SPDX-License-Identifier: MIT */
#include "tui/maps/list.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tui/canvas/wrap.h"
#include "tui/maps/account.h"
#include "tui/maps/maps_parts.h"
#include "tui/sheet/sheet.h"
#include "tui/view/list.h"

enum {
	COLUMN_THERE = 1, COLUMN_CHANGE, COLUMN_SPLIT, COLUMN_GROWN, WIDE = 100,
	HEAD_ROWS = 2,     /* the title, the columns' names */
	ACCOUNT_ROWS = 2,
	ACCOUNT_FROM = 12, /* the account has room in a pane so high, */
	WORDS_FROM = 20,   /* and in one so high two rows of words on the selected one */
};

static const struct column columns[] = {
	{ "bytes", NULL, NULL, .width = 11, .gap = 1, .role = ROLE_VALUE },
	{ "there", NULL, NULL, .width = 12, .gap = 1, .role = ROLE_VALUE },
	{ "change", NULL, NULL, .width = 6, .rank = 1, .gap = 1, .role = ROLE_VALUE },
	{ "split", NULL, NULL, .width = 12, .rank = 2, .gap = 1, .role = ROLE_VALUE },
	{ "grown", NULL, NULL, .width = 11, .rank = 1, .gap = 1, .role = ROLE_VALUE },
	{ "entries", NULL, NULL, .width = 11, .rank = 2, .gap = 1, .role = ROLE_VALUE },
	{ "free", NULL, NULL, .width = 5, .rank = 3, .gap = 1, .role = ROLE_VALUE },
	{ "address", NULL, NULL, .width = 15, .rank = 4, .gap = 1, .role = ROLE_ADDRESS },
	{ "", NULL, NULL, .width = 1, .left = true },
	{ "map", NULL, NULL, .role = ROLE_KEY, .left = true },
};

/* The pane that each of them needs at the least, so that names have room. */
static const int least[] = { 0, 0, 60, 75, 90, 50, 60, WIDE, 0, 0 };
/* Where another release has its figures, what is has less. */
static const int least_under[] = { 0, 0, 60, WIDE, 150, 110, 130, 160, 0, 0 };

static const int least_rolled[] = { 0, 0, 80, 0, 60, 60, 90 };

static const char *const order_words[MAPS_ORDERS] = { "the largest first",
	"what grew most first", "what grows there first",
	"most entries first", "most free or dead first", "by name" };

static int64_t grown(const struct maps_list *l, const struct census_map *m)
{
	const struct table_entry *e = table_find(&l->before, m->head.at);

	return (int64_t)(m->bytes - (e ? e->value[0] : 0));
}

static int64_t change(const struct census_map *m)
{
	return m->under.known ? (int64_t)(m->under.bytes - m->bytes) : INT64_MIN / 2;
}

/* Sorting */

struct sorted {
	size_t row;
	uint64_t number;     /* the larger first */
	const char *name;    /* NULL: it has none; behind all others */
};

static int compare(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;
	int names = !x->name || !y->name ? (x->name == NULL) - (y->name == NULL)
		: strverscmp(x->name, y->name); /* parts[2] before parts[10] */

	if (x->number != y->number)
		return x->number > y->number ? -1 : 1;
	return names ? names : x->row < y->row ? -1 : x->row > y->row;
}

static uint64_t number_of(const struct maps_list *l, const struct census_map *m)
{
	switch (l->order) {
	case MAPS_BY_BYTES:
		return m->bytes;
	case MAPS_BY_GROWTH:
		/* What shrank comes last. */
		return (uint64_t)grown(l, m) ^ UINT64_C(1) << 63;
	case MAPS_BY_CHANGE:
		return (uint64_t)change(m) ^ UINT64_C(1) << 63;
	case MAPS_BY_ENTRIES:
		return m->head.entries;
	case MAPS_BY_FREE:
		return m->free_bytes + m->dead_bytes;
	default:
		return 0;
	}
}

static uint64_t number_of_row(const struct maps_list *l, const struct rollup_row *r)
{
	return l->order == MAPS_BY_ENTRIES ? r->entries :
		l->order == MAPS_BY_FREE ? r->free_bytes + r->dead_bytes :
		l->order == MAPS_BY_NAME ? 0 : r->bytes;
}

static bool passes_row(const struct maps_list *l, const struct rollup_row *r)
{
	return !l->filter || !*l->filter || strstr(r->type, l->filter) ||
		(r->path && strstr(r->path, l->filter));
}

static bool passes(const struct maps_list *l, const struct census_map *m)
{
	char address[24];
	bool any = !l->filter || !*l->filter;

	if (l->within.type && !rollup_has(&l->within, l->within_by, m))
		return false;
	snprintf(address, sizeof address, "0x%" PRIx64, m->head.at);
	any = any || strstr(address, l->filter) || (m->name && strstr(m->name, l->filter)) ||
		(m->type_name && strstr(m->type_name, l->filter));
	for (size_t i = 0; !any && i < m->ncandidates; i++)
		any = strstr(m->candidates[i], l->filter) != NULL;
	return any;
}

static size_t list_maps(const struct maps_list *l, struct sorted *all)
{
	size_t n = 0;

	for (size_t i = 0; i < l->census.count; i++) {
		const struct census_map *m = &l->census.list[i];

		if (passes(l, m))
			all[n++] = (struct sorted){ i, number_of(l, m), m->name };
	}
	return n;
}

static size_t list_rows(const struct maps_list *l, struct sorted *all)
{
	size_t n = 0;

	for (size_t i = 0; i < l->rollup.count; i++) {
		const struct rollup_row *r = &l->rollup.list[i];

		if (passes_row(l, r))
			all[n++] = (struct sorted){ i, number_of_row(l, r),
				r->path ? r->path : r->type };
	}
	return n;
}

/* The rows anew; the map that was selected stays so. */
static void arrange(struct maps_list *l, uint64_t selected)
{
	size_t most = l->by ? l->rollup.count : l->census.count;
	struct sorted *all = xcalloc(most + 1, sizeof *all);

	free(l->rows);
	l->rows = xcalloc(most + 1, sizeof *l->rows);
	l->selected = 0;
	l->count = (l->by ? list_rows : list_maps)(l, all);
	qsort(all, l->count, sizeof *all, compare);
	for (size_t i = 0; i < l->count; i++) {
		l->rows[i] = all[i].row;
		if (selected && !l->by && l->census.list[all[i].row].head.at == selected)
			l->selected = i;
	}
	free(all);
}

static void roll(struct maps_list *l)
{
	rollup_free(&l->rollup);
	if (l->by)
		rollup_make(&l->rollup, &l->census, l->by);
}

static void leave_row(struct maps_list *l)
{
	free(l->within.path);
	free(l->within.type);
	l->within = (struct rollup_row){ 0 };
}

void maps_list_roll(struct maps_list *l, bool forth)
{
	/* Out of the maps of a row back to the rows. */
	l->by = l->within.type ? l->within_by : (l->by + (forth ? 1 : ROLLUPS - 1)) % ROLLUPS;
	leave_row(l);
	roll(l);
	arrange(l, 0);
}

bool maps_list_enter(struct maps_list *l)
{
	const struct rollup_row *r;

	if (!l->by || l->selected >= l->count)
		return false;
	r = &l->rollup.list[l->rows[l->selected]];
	leave_row(l);
	l->within.path = r->path ? xstrdup(r->path) : NULL;
	l->within.type = xstrdup(r->type);
	l->within_by = l->by;
	l->by = ROLLUP_NONE;
	free(l->filter);
	l->filter = NULL;
	arrange(l, 0);
	return true;
}

static uint64_t selected_address(const struct maps_list *l)
{
	const struct census_map *m = maps_list_selected(l);

	return m ? m->head.at : 0;
}

void maps_list_take(struct maps_list *l, const struct live *live, struct census *c)
{
	uint64_t selected = selected_address(l);
	/* At the first look nothing has grown. */
	const struct census *before = l->looks ? &l->census : c;

	table_free(&l->before);
	for (size_t i = 0; i < before->count; i++)
		table_put(&l->before, before->list[i].head.at)->value[0] = before->list[i].bytes;
	census_free(&l->census);
	l->census = *c;
	l->live = live;
	l->looks++;
	roll(l);
	arrange(l, selected);
}

void maps_list_free(struct maps_list *l)
{
	census_free(&l->census);
	rollup_free(&l->rollup);
	leave_row(l);
	table_free(&l->before);
	free(l->rows);
	free(l->filter);
	*l = (struct maps_list){ 0 };
}

void maps_list_filter(struct maps_list *l, const char *filter)
{
	uint64_t selected = selected_address(l);

	free(l->filter);
	l->filter = xstrdup(filter);
	arrange(l, selected);
}

void maps_list_sort(struct maps_list *l, bool forth)
{
	do
		l->order = (l->order + (forth ? 1 : MAPS_ORDERS - 1)) % MAPS_ORDERS;
	while ((l->order == MAPS_BY_GROWTH && (l->looks < 2 || l->by)) ||
		(l->order == MAPS_BY_CHANGE && (!l->census.under.release || l->by)));
	arrange(l, selected_address(l));
}

const struct census_map *maps_list_selected(const struct maps_list *l)
{
	return !l->by && l->selected < l->count ? &l->census.list[l->rows[l->selected]] : NULL;
}

/* Drawing */

struct drawing {
	const struct maps_list *list;
	size_t top;
};

static void make_row(void *data, size_t i, struct row *r)
{
	const struct drawing *d = data;
	const struct census_map *m = &d->list->census.list[d->list->rows[d->top + i]];
	char address[24];

	snprintf(address, sizeof address, "0x%" PRIx64, m->head.at);
	row_count(r, m->bytes);
	maps_put_under(m, r);
	row_change(r, grown(d->list, m));
	row_count(r, m->head.entries);
	row_real(r, maps_free_part(m), 0);
	row_around(r, NULL, "%");
	row_code(r, address);
	row_none(r);
	maps_put_name(m, r);
}

static void make_rollup_row(void *data, size_t i, struct row *r)
{
	const struct drawing *d = data;
	struct rollup_row row = d->list->rollup.list[d->list->rows[d->top + i]];

	/* That is said below the list, of the selected one. */
	row.verdict = NULL;
	rollup_put_row(&row, r);
}

static void put_title(const struct maps_list *l, const struct pane *p)
{
	const struct census *c = &l->census;
	struct text words = { 0 };

	if (p->w >= WIDE)
		text_printf(&words, "%s: %s, %s · ",
			l->live->pid ? l->live->image.name : "core file", l->live->program.version,
			l->live->program.target->name);
	if (l->by)
		text_printf(&words, "by %s: %s row%s, ", rollup_name(l->by), count_text(l->count).s,
			l->count == 1 ? "" : "s");
	else if (l->count < c->count)
		text_printf(&words, "%s of ", count_text(l->count).s);
	text_printf(&words, "%s map%s", count_text(c->count).s, c->count == 1 ? "" : "s");
	if (l->within.type)
		text_printf(&words, " · of %s", l->within.path ? l->within.path : l->within.type);
	text_printf(&words, " · %s bytes", count_text(c->bytes).s);
	if (c->under.release)
		text_printf(&words, " (Go %s: ≈%s)", c->under.release->name,
			count_text(c->under.bytes).s);
	text_printf(&words, " · %s entries", count_text(c->entries).s);
	if (c->empty && !l->within.type && !c->under.release)
		text_printf(&words, " · %s more without memory", count_text(c->empty).s);
	if (c->reach.garbage && !l->within.type)
		text_printf(&words, " · %s garbage", count_text(c->reach.garbage).s);
	if (l->filter && *l->filter)
		text_printf(&words, " · with %s", l->filter);
	else
		text_printf(&words, " · %s", order_words[l->order]);
	pane_datan(p, 0, 0, p->w, ROLE_TITLE, text_str(&words));
	text_free(&words);
}

static const char *verdict_of_row(const struct maps_list *l)
{
	const struct rollup_row *r = &l->rollup.list[l->rows[l->selected]];

	return r->verdict ? r->verdict : "";
}

/* Rows for that. */
static int words_rows(const struct pane *p)
{
	return p->h >= WORDS_FROM ? 2 : 1;
}

/* What is to be said of the selected one. */
static void put_words(const struct maps_list *l, const struct pane *p)
{
	struct pane in = pane_sub(p, 0, p->h - words_rows(p), p->w, words_rows(p));
	const struct census_map *m = maps_list_selected(l);
	struct text words = { 0 };

	if (l->by && l->count)
		text_add(&words, verdict_of_row(l));
	else if (!m)
		text_add(&words, l->census.count ? "no map has that in its name, type or address"
			: "no map of this program has memory");
	else if (l->census.under.release && under_grows(m))
		under_add_why(m, &words);
	else if (m->verdict)
		text_add(&words, m->verdict);
	else if (m->trie.root)
		text_printf(&words, "a trie of %s nodes: its inside is not stepped",
			count_text(m->trie.nodes).s);
	else if (!m->type && m->ncandidates > 1)
		for (size_t i = 0; i < m->ncandidates; i++) {
			text_add(&words, i ? ", or " : "of type ");
			text_add_shown(&words, m->candidates[i]);
		}
	if (words.len)
		wrap_most(&in, ROLE_NOTE, text_str(&words));
	else if (maps_doubt(&l->census, 0))
		wrap_most(&in, ROLE_WARNING, maps_doubt(&l->census, 0));
	text_free(&words);
}

/* Where the memory is, above the list; returns the rows. */
static int put_account(const struct maps_list *l, const struct pane *p)
{
	struct text sum = { 0 }, maps = { 0 };

	if (p->h < ACCOUNT_FROM)
		return 0;
	account_add_sum(&l->census.balance, &sum);
	account_add_maps(&l->census.balance, &maps);
	pane_textn(p, 0, 1, p->w, ROLE_TEXT, text_str(&sum));
	pane_textn(p, 0, 2, p->w, ROLE_TEXT, text_str(&maps));
	text_free(&sum);
	text_free(&maps);
	return ACCOUNT_ROWS;
}

/* A column that has nothing to say. */
static bool is_vain(const struct maps_list *l, unsigned column)
{
	const struct under_sum *u = &l->census.under;

	return (column == COLUMN_GROWN && l->looks < 2) ||
		((column == COLUMN_THERE || column == COLUMN_CHANGE) && !u->release) ||
		(column == COLUMN_SPLIT && !u->split);
}

void maps_list_draw(const struct maps_list *l, const struct pane *p)
{
	int head = HEAD_ROWS + put_account(l, p);
	int rest = p->h - head - words_rows(p);
	size_t room = rest > 1 ? (size_t)rest : 1;
	struct drawing d = { l, list_top(l->selected, l->count, room) };
	size_t shown = l->count - d.top < room ? l->count - d.top : room;
	struct sheet *s = sheet_new();
	struct pane rows = pane_sub(p, 0, head - 1, p->w, (int)room + 1);
	struct sheet_table *t;

	put_title(l, p);
	if (l->by) {
		t = sheet_rows(s, NULL, rollup_columns, ROLLUP_COLUMNS, shown, make_rollup_row, &d);
		rollup_hide(t, &l->census.under);
		for (unsigned i = 0; i < sizeof least_rolled / sizeof *least_rolled; i++)
			if (p->w < least_rolled[i])
				table_hide(t, i);
	} else {
		t = sheet_rows(s, NULL, columns, sizeof columns / sizeof *columns, shown, make_row,
			&d);
		for (unsigned i = 0; i < sizeof least / sizeof *least; i++)
			if (p->w < (l->census.under.release ? least_under : least)[i] ||
				is_vain(l, i))
				table_hide(t, i);
	}
	sheet_draw(s, &rows);
	sheet_free(s);
	if (l->count)
		pane_flag(p, 0, head + (int)(l->selected - d.top), p->w, 1, CELL_CURSOR);
	put_words(l, p);
}
