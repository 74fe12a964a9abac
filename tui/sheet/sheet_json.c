/* SPDX-License-Identifier: MIT */
/*
 * Sheets as JSON, written as it is printed: a list of millions is never held. It looks like what
 * jansson writes with an indent of two.
 */
#include <inttypes.h>
#include <string.h>

#include "model/base/json.h"
#include "tui/sheet/blocks.h"

enum { GROUPS = 8 }; /* in each other */

struct writer {
	FILE *out;
	int depth;
	bool first;         /* nothing stands in the innermost yet */
	struct text waiting[GROUPS];
	unsigned groups;
	struct text open;   /* the objects that a field's dots led into: "next.inserts." */
};

static void next_line(struct writer *w)
{
	fputs(w->first ? "\n" : ",\n", w->out);
	w->first = false;
	for (int i = 0; i < w->depth; i++)
		fputs("  ", w->out);
}

static void begin(struct writer *w, char sign)
{
	putc(sign, w->out);
	w->depth++;
	w->first = true;
}

static void end(struct writer *w, char sign)
{
	bool empty = w->first;

	w->depth--;
	w->first = true;
	if (!empty)
		next_line(w);
	w->first = false;
	putc(sign, w->out);
}

/* Leaves the objects that a field is not in; all of them when field is NULL. */
static void leave(struct writer *w, const char *field)
{
	while (w->open.len && (!field || strncmp(text_str(&w->open), field, w->open.len) != 0)) {
		size_t len = w->open.len - 1;

		while (len > 0 && w->open.s[len - 1] != '.')
			len--;
		w->open.len = len;
		w->open.s[len] = '\0';
		end(w, '}');
	}
}

/* The field's name, in the objects that it leads into. */
static void put_name(struct writer *w, const char *field)
{
	const char *dot;

	leave(w, field);
	field += w->open.len;
	while ((dot = strchr(field, '.')) != NULL) {
		next_line(w);
		fprintf(w->out, "\"%.*s\": ", (int)(dot - field), field);
		begin(w, '{');
		text_addn(&w->open, field, (size_t)(dot - field) + 1);
		field = dot + 1;
	}
	next_line(w);
	fprintf(w->out, "\"%s\": ", field);
}

static void put_value(struct writer *w, const struct row *r, const struct figure *f)
{
	json_t *value = NULL;

	switch (f->kind) {
	case FIGURE_COUNT:
	case FIGURE_NUMBER:
		fprintf(w->out, "%" PRId64, (int64_t)f->count);
		return;
	case FIGURE_CHANGE:
		fprintf(w->out, "%" PRId64, f->change);
		return;
	case FIGURE_FLAG:
		fputs(f->count ? "true" : "false", w->out);
		return;
	case FIGURE_NONE:
	case FIGURE_NULL:
		break;
	case FIGURE_REAL:
		value = json_real(f->real);
		break;
	default:
		value = json_words(row_text(r, f));
		break;
	}
	/* A number that is none has no value there. */
	if (value)
		json_write(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(6), w->out);
	else
		fputs("null", w->out);
}

static void put_figure(struct writer *w, const char *field, const struct row *r, unsigned column)
{
	if (!field || column >= r->count || r->cells[column].kind == FIGURE_NONE ||
		r->cells[column].absent)
		return;
	put_name(w, field);
	put_value(w, r, &r->cells[column]);
}

static void put_table(struct writer *w, const struct sheet_table *t)
{
	struct writer in = { .out = w->out, .depth = w->depth + 1, .first = true };
	struct row scratch = { .who = 0 };

	putc('[', w->out);
	for (size_t i = 0; i < t->count && !ferror(w->out); i++) {
		const struct row *r = table_at(t, i, &scratch);

		if (!(r->who & FOR_JSON))
			continue;
		next_line(&in);
		begin(&in, '{');
		for (unsigned c = 0; c < t->ncolumns; c++)
			put_figure(&in, t->columns[c].field, r, c);
		leave(&in, NULL);
		end(&in, '}');
	}
	end(&in, ']');
	row_free(&scratch);
	text_free(&in.open);
}

/* Names begin anew in what begins; the objects that led there wait. */
static void begin_group(struct writer *w, const struct block *b)
{
	if (b->text.s)
		put_name(w, b->text.s);
	else
		next_line(w);
	begin(w, b->list ? '[' : '{');
	w->waiting[w->groups++] = w->open;
	w->open = (struct text){ 0 };
}

static void end_group(struct writer *w, const struct block *b)
{
	leave(w, NULL);
	text_free(&w->open);
	w->open = w->waiting[--w->groups];
	end(w, b->list ? ']' : '}');
}

static void put_block(struct writer *w, const struct block *b)
{
	if (b->kind == BLOCK_BEGIN) {
		begin_group(w, b);
	} else if (b->kind == BLOCK_END) {
		end_group(w, b);
	} else if (b->fact && !b->text.s) { /* of a list */
		next_line(w);
		put_value(w, b->fact, &b->fact->cells[0]);
	} else if (b->fact) {
		put_figure(w, b->text.s, b->fact, 0);
	} else if (b->table && b->table->field && b->table->who & FOR_JSON) {
		put_name(w, b->table->field);
		put_table(w, b->table);
	}
}

void sheet_json(const struct sheet *s, FILE *out)
{
	struct writer w = { .out = out };

	begin(&w, '{');
	for (size_t i = 0; i < s->count; i++)
		put_block(&w, &s->blocks[i]);
	leave(&w, NULL);
	end(&w, '}');
	putc('\n', out);
	text_free(&w.open);
}
