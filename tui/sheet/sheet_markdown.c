/* SPDX-License-Identifier: MIT */
/* Sheets as Markdown; and tables of lines as plain text. */
#include <string.h>

#include "tui/sheet/blocks.h"

enum { LINE = 100 }; /* columns of sentences */

size_t markdown_longest_run(const char *text)
{
	size_t longest = 0;

	for (; *text; text++) {
		size_t n = strspn(text, "`");

		longest = n > longest ? n : longest;
		text += n ? n - 1 : 0;
	}
	return longest;
}

/* Data as code, in quotes longer than any in it. A bar would end the column even there. */
static void put_code(FILE *out, const char *data)
{
	size_t quotes = markdown_longest_run(data) + 1;
	const char *gap = quotes > 1 ? " " : "";
	struct text shown = { 0 };

	text_add_shown(&shown, data);
	for (size_t i = 0; i < quotes; i++)
		putc('`', out);
	fputs(gap, out);
	for (const char *at = text_str(&shown); *at; at++) {
		if (*at == '|')
			putc('\\', out);
		putc(*at, out);
	}
	fputs(gap, out);
	for (size_t i = 0; i < quotes; i++)
		putc('`', out);
	text_free(&shown);
}

static bool is_code(const struct row *r, unsigned column)
{
	enum figure_kind kind = column < r->count ? r->cells[column].kind : FIGURE_NONE;

	return kind == FIGURE_DATA || kind == FIGURE_CODE;
}

static bool is_first(const struct sheet_table *t, unsigned column)
{
	while (column > 0 && !t->columns[column - 1].title)
		column--;
	return column == 0;
}

static void put_cell(const struct sheet_table *t, const struct row *r, unsigned column, FILE *out)
{
	bool bold = r->total && (is_first(t, column) || t->columns[column].bold);
	struct text words = { 0 };

	row_print(r, column, &words);
	if (is_code(r, column)) {
		putc(' ', out);
		if (words.len)
			put_code(out, text_str(&words));
	} else if (words.len) {
		fprintf(out, bold ? " **%s**" : " %s", text_str(&words));
	}
	fputs(" |", out);
	text_free(&words);
}

static void put_heads(const struct sheet_table *t, FILE *out)
{
	putc('|', out);
	for (unsigned c = 0; c < t->ncolumns; c++)
		if (t->columns[c].title)
			fprintf(out, "%s%s |", *t->columns[c].title ? " " : "",
				t->columns[c].title);
	fputs("\n|", out);
	for (unsigned c = 0; c < t->ncolumns; c++)
		if (t->columns[c].title)
			fputs(t->columns[c].left ? "---|" : "--:|", out);
	putc('\n', out);
}

static void put_row(const struct sheet_table *t, const struct row *r, FILE *out)
{
	putc('|', out);
	for (unsigned c = 0; c < t->ncolumns; c++)
		if (t->columns[c].title)
			put_cell(t, r, c, out);
	putc('\n', out);
}

static void put_left_out(const struct sheet_table *t, size_t left, FILE *out)
{
	unsigned columns = 0;

	for (unsigned c = 0; c < t->ncolumns; c++)
		columns += t->columns[c].title != NULL;
	fprintf(out, "| | … %s more |", count_text(left).s);
	for (unsigned c = 2; c < columns; c++)
		fputs(" |", out);
	putc('\n', out);
}

static void put_item(const struct row *r, FILE *out)
{
	struct text first = { 0 }, second = { 0 };

	row_print(r, 0, &first);
	row_print(r, 1, &second);
	fprintf(out, "- **%s**: %s\n", text_str(&first), text_str(&second));
	text_free(&first);
	text_free(&second);
}

static bool has_table(const struct sheet_table *t)
{
	bool any = false;

	for (unsigned c = 0; c < t->ncolumns; c++)
		any |= t->columns[c].title != NULL;
	return any && t->count && t->who & FOR_MARKDOWN;
}

static void put_table(const struct sheet_table *t, FILE *out)
{
	struct cut cut = table_cut(t, t->most[1]);
	struct row scratch = { .who = 0 };

	if (t->style != TABLE_LIST)
		put_heads(t, out);
	for (size_t i = 0; i < t->count; i++) {
		const struct row *r;

		if (i == cut.head && cut.left) {
			put_left_out(t, cut.left, out);
			i += cut.left;
			if (i == t->count)
				break;
		}
		r = table_at(t, i, &scratch);
		if (!(r->who & FOR_MARKDOWN))
			continue;
		if (t->style == TABLE_LIST)
			put_item(r, out);
		else
			put_row(t, r, out);
	}
	row_free(&scratch);
}

/* Lines of at most LINE columns; words that are in lines already stay so. */
static void put_words(const char *words, FILE *out)
{
	size_t column = 0;

	if (strchr(words, '\n')) {
		fprintf(out, "%s\n", words);
		return;
	}
	while (*words) {
		size_t n = strcspn(words, " ");

		if (column + 1 + n > LINE) {
			putc('\n', out);
			column = 0;
		}
		column += (size_t)fprintf(out, "%s%.*s", column ? " " : "", (int)n, words);
		words += n + (words[n] == ' ');
	}
	putc('\n', out);
}

void sheet_markdown(const struct sheet *s, FILE *out)
{
	bool any = false;

	for (size_t i = 0; i < s->count; i++) {
		const struct block *b = &s->blocks[i];
		bool words = b->kind == BLOCK_WORDS || b->kind == BLOCK_LINE;

		if (!(b->who & FOR_MARKDOWN) || !(words || (b->table && has_table(b->table))))
			continue;
		if (any)
			putc('\n', out);
		any = true;
		if (words)
			put_words(text_str(&b->text), out);
		else
			put_table(b->table, out);
	}
}

bool sheet_has_tables(const struct sheet *s)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->blocks[i].table && has_table(s->blocks[i].table))
			return true;
	return false;
}

void sheet_lines(const struct sheet *s, FILE *out)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct sheet_table *t = s->blocks[i].table;

		if (!t || t->style != TABLE_LINES)
			continue;
		for (size_t k = 0; k < t->count; k++) {
			struct text line = { 0 };

			row_print(&t->rows[k], 0, &line);
			text_add(&line, ": ");
			row_print(&t->rows[k], 1, &line);
			if (t->rows[k].who & FOR_PANE)
				fprintf(out, "%s\n", text_str(&line));
			text_free(&line);
		}
	}
}
