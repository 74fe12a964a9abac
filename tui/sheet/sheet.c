/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tui/sheet/blocks.h"

static struct figure *add(struct row *r, enum figure_kind kind)
{
	struct figure *f = &r->cells[r->count];

	r->count += r->count + 1 < COLUMNS_MOST;
	*f = (struct figure){ .kind = kind };
	return f;
}

void row_none(struct row *r)
{
	add(r, FIGURE_NONE);
}

void row_null(struct row *r)
{
	add(r, FIGURE_NULL);
}

void row_count(struct row *r, uint64_t n)
{
	add(r, FIGURE_COUNT)->count = n;
}

void row_number(struct row *r, uint64_t n)
{
	add(r, FIGURE_NUMBER)->count = n;
}

void row_change(struct row *r, int64_t change)
{
	add(r, FIGURE_CHANGE)->change = change;
}

void row_real(struct row *r, double real, int decimals)
{
	struct figure *f = add(r, FIGURE_REAL);

	f->real = real;
	f->decimals = decimals;
}

void row_flag(struct row *r, bool flag)
{
	add(r, FIGURE_FLAG)->count = flag;
}

struct text *row_add(struct row *r, enum figure_kind kind)
{
	/* A NUL behind the one before. */
	text_addn(&r->texts, "", 1);
	add(r, kind)->text = r->texts.len;
	return &r->texts;
}

static void add_text(struct row *r, enum figure_kind kind, const char *text)
{
	if (text)
		text_add(row_add(r, kind), text);
	else
		row_null(r);
}

void row_words(struct row *r, const char *words)
{
	add_text(r, FIGURE_WORDS, words);
}

void row_data(struct row *r, const char *data)
{
	add_text(r, FIGURE_DATA, data);
}

void row_code(struct row *r, const char *code)
{
	add_text(r, FIGURE_CODE, code);
}

void row_printf(struct row *r, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	text_vprintf(row_add(r, FIGURE_WORDS), format, ap);
	va_end(ap);
}

void row_around(struct row *r, const char *before, const char *after)
{
	r->cells[r->count - 1].before = before;
	r->cells[r->count - 1].after = after;
}

const char *row_text(const struct row *r, const struct figure *f)
{
	return text_str(&r->texts) + f->text;
}

static void print_change(int64_t change, struct text *out)
{
	uint64_t by = change < 0 ? -(uint64_t)change : (uint64_t)change;

	text_add(out, change > 0 ? "+" : change < 0 ? "−" : "");
	text_add_count(out, by);
}

void row_print(const struct row *r, unsigned column, struct text *out)
{
	const struct figure *f = &r->cells[column];

	if (column >= r->count)
		return;
	text_add(out, f->before ? f->before : "");
	switch (f->kind) {
	case FIGURE_COUNT:
		text_add_count(out, f->count);
		break;
	case FIGURE_NUMBER:
		text_add_number(out, f->count);
		break;
	case FIGURE_CHANGE:
		print_change(f->change, out);
		break;
	case FIGURE_REAL:
		text_add_real(out, f->real, f->decimals);
		break;
	case FIGURE_FLAG:
		text_add(out, f->count ? "yes" : "no");
		break;
	case FIGURE_WORDS:
	case FIGURE_DATA:
	case FIGURE_CODE:
		text_add(out, row_text(r, f));
		break;
	case FIGURE_NONE:
	case FIGURE_NULL:
		break;
	}
	text_add(out, f->after ? f->after : "");
}

static void row_clear(struct row *r)
{
	text_clear(&r->texts);
	r->who = FOR_ALL;
	r->total = false;
	r->role = ROLE_COUNT;
	r->bar = (struct bar){ .kind = BAR_NONE };
	r->count = 0;
}

void row_free(struct row *r)
{
	text_free(&r->texts);
}

struct row *table_row(struct sheet_table *t)
{
	struct row *r;

	t->rows = xroom(t->rows, &t->cap, t->count, sizeof *t->rows);
	r = &t->rows[t->count++];
	*r = (struct row){ .who = 0 };
	row_clear(r);
	return r;
}

const struct row *table_at(const struct sheet_table *t, size_t i, struct row *r)
{
	if (!t->make)
		return &t->rows[i];
	row_clear(r);
	t->make(t->data, i, r);
	return r;
}

void table_hide(struct sheet_table *t, unsigned column)
{
	t->columns[column].name = t->columns[column].title = NULL;
}

struct cut table_cut(const struct sheet_table *t, int most)
{
	struct cut cut = { t->count, 0 };

	if (most && t->count > (size_t)most) {
		cut.head = t->ends ? (size_t)most / 2 : (size_t)most;
		cut.left = t->count - (size_t)most;
	}
	return cut;
}

struct sheet *sheet_new(void)
{
	return xcalloc(1, sizeof(struct sheet));
}

static void table_free(struct sheet_table *t)
{
	for (size_t i = 0; t->rows && i < t->count; i++)
		row_free(&t->rows[i]);
	free(t->rows);
	free(t);
}

void sheet_free(struct sheet *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->count; i++) {
		struct block *b = &s->blocks[i];

		text_free(&b->text);
		if (b->table)
			table_free(b->table);
		if (b->fact)
			row_free(b->fact);
		free(b->fact);
	}
	for (size_t i = 0; i < s->nkept; i++)
		s->kept[i].drop(s->kept[i].what);
	free(s->kept);
	free(s->blocks);
	free(s);
}

void sheet_keep(struct sheet *s, void *what, void (*drop)(void *what))
{
	s->kept = xroom(s->kept, &s->kept_cap, s->nkept, sizeof *s->kept);
	s->kept[s->nkept++] = (struct kept){ what, drop };
}

static struct block *add_block(struct sheet *s, enum block_kind kind, unsigned who)
{
	s->blocks = xroom(s->blocks, &s->cap, s->count, sizeof *s->blocks);
	s->blocks[s->count] = (struct block){ .kind = kind, .who = who };
	return &s->blocks[s->count++];
}

void sheet_gap(struct sheet *s)
{
	add_block(s, BLOCK_GAP, FOR_PANE);
}

struct text *sheet_add_line(struct sheet *s, unsigned who, enum role role, bool data)
{
	struct block *b = add_block(s, BLOCK_LINE, who);

	b->role = role;
	b->data = data;
	return &b->text;
}

void sheet_line(struct sheet *s, unsigned who, enum role role, bool data, const char *text)
{
	text_add(sheet_add_line(s, who, role, data), text);
}

void sheet_title(struct sheet *s, const char *format, ...)
{
	struct block *b = add_block(s, BLOCK_TITLE, FOR_PANE);
	va_list ap;

	b->role = ROLE_TITLE;
	va_start(ap, format);
	text_vprintf(&b->text, format, ap);
	va_end(ap);
}

struct text *sheet_add_words(struct sheet *s, unsigned who, int in, int indent, enum role role)
{
	struct block *b = add_block(s, BLOCK_WORDS, who);

	b->in = in;
	b->indent = indent;
	b->role = role;
	return &b->text;
}

void sheet_words(struct sheet *s, unsigned who, int in, int indent, enum role role,
	const char *text)
{
	text_add(sheet_add_words(s, who, in, indent, role), text);
}

struct sheet_table *sheet_table(struct sheet *s, const char *field, const struct column *columns,
	unsigned count)
{
	struct block *b = add_block(s, BLOCK_TABLE, FOR_ALL);
	struct sheet_table *t = xcalloc(1, sizeof *t);

	*t = (struct sheet_table){ .field = field, .who = FOR_ALL, .ncolumns = count,
		.heads = ROLE_LABEL, .bar_least = 1 };
	memcpy(t->columns, columns, count * sizeof *columns);
	b->table = t;
	return t;
}

struct sheet_table *sheet_rows(struct sheet *s, const char *field, const struct column *columns,
	unsigned count, size_t rows, row_maker *make, void *data)
{
	struct sheet_table *t = sheet_table(s, field, columns, count);

	t->make = make;
	t->data = data;
	t->count = rows;
	return t;
}

/* Of a list's there is no name. */
static struct block *add_named(struct sheet *s, enum block_kind kind, const char *field)
{
	struct block *b = add_block(s, kind, FOR_JSON);

	if (field)
		text_add(&b->text, field);
	return b;
}

struct row *sheet_fact(struct sheet *s, const char *field)
{
	struct block *b = add_named(s, BLOCK_FACT, field);

	b->fact = xcalloc(1, sizeof *b->fact);
	row_clear(b->fact);
	return b->fact;
}

void sheet_count(struct sheet *s, const char *field, uint64_t n)
{
	row_count(sheet_fact(s, field), n);
}

void sheet_real(struct sheet *s, const char *field, double real)
{
	row_real(sheet_fact(s, field), real, 6);
}

void sheet_flag(struct sheet *s, const char *field, bool flag)
{
	row_flag(sheet_fact(s, field), flag);
}

void sheet_data(struct sheet *s, const char *field, const char *data)
{
	row_data(sheet_fact(s, field), data);
}

void sheet_null(struct sheet *s, const char *field)
{
	row_null(sheet_fact(s, field));
}

void sheet_begin(struct sheet *s, const char *field, bool list)
{
	add_named(s, BLOCK_BEGIN, field)->list = list;
}

void sheet_end(struct sheet *s)
{
	size_t i = s->count, open = 1;
	bool list;

	/* It ends what began last and is still open. */
	while (i > 0 && open > 0) {
		i--;
		open += s->blocks[i].kind == BLOCK_END;
		open -= s->blocks[i].kind == BLOCK_BEGIN;
	}
	list = s->blocks[i].list;
	add_block(s, BLOCK_END, FOR_JSON)->list = list;
}
