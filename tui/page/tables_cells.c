/* SPDX-License-Identifier: MIT */
/* Tables in Markdown with data in them: entries, the parts of a type, cells that changed. */
#include "model/engines/engines.h"
#include "tui/page/tables.h"

#include <string.h>

#include "model/figures/pieces.h"
#include "tui/view/entries.h"

enum {
	CELLS = 40,        /* that differ; of more, the first and how many follow */
	LITERAL_MOST = 80, /* bytes of a string that are shown */
};

/* The longest run of backticks in a text. */
static size_t longest_run(const char *text)
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
	size_t quotes = longest_run(data) + 1;
	const char *gap = quotes > 1 ? " " : "";

	for (size_t i = 0; i < quotes; i++)
		putc('`', out);
	fputs(gap, out);
	for (; *data; data++) {
		if (*data == '|')
			putc('\\', out);
		if ((unsigned char)*data < ' ' || *data == 0x7f)
			fprintf(out, "\\x%02x", (unsigned char)*data);
		else
			putc(*data, out);
	}
	fputs(gap, out);
	for (size_t i = 0; i < quotes; i++)
		putc('`', out);
}

/* A column of data, or nothing. */
static void put_data(FILE *out, const char *data)
{
	putc(' ', out);
	if (data && *data)
		put_code(out, data);
	fputs(" |", out);
}

/* Bucket, overflow bucket, slot, as in what can be found: @3+1.7 */
static void put_place(FILE *out, const struct place *p)
{
	fprintf(out, " %s@%llu", p->array ? "old" : "", (unsigned long long)p->unit);
	if (p->link)
		fprintf(out, "+%u", p->link);
	fprintf(out, ".%u |", p->slot);
}

static void put_literal(FILE *out, const struct map *m, const struct place *at, bool elem)
{
	struct text text = { 0 };

	value_format(m->heap, elem ? m->type->elem : m->type->key,
		elem ? map_elem(m, at->addr, at->slot) : map_key(m, at->addr, at->slot), &text,
		LITERAL_MOST);
	put_data(out, text_str(&text));
	text_free(&text);
}

void table_entries(struct session *s, FILE *out)
{
	struct entries e = { 0 };

	entries_make(&e, s, "");
	fputs("| key | elem | place |\n|---|---|---|\n", out);
	for (size_t i = 0; i < e.count; i++) {
		struct place at = entries_place(&e, i);

		putc('|', out);
		put_literal(out, &s->world.map, &at, false);
		put_literal(out, &s->world.map, &at, true);
		put_place(out, &at);
		putc('\n', out);
	}
	entries_free(&e);
}

static void put_part(FILE *out, const struct pieces p[2], size_t i)
{
	fprintf(out, "| %s |", whole_name(p[0].list[i].whole));
	put_data(out, p[0].list[i].name);
	put_data(out, p[0].list[i].type);
	for (int k = 0; k < 2; k++) {
		const struct piece *at = &p[k].list[i];

		fprintf(out, " %llu | %llu |", (unsigned long long)at->offset,
			(unsigned long long)at->size);
		if (at->padding)
			fprintf(out, " %llu |", (unsigned long long)at->padding);
		else
			fputs(" |", out);
	}
	putc('\n', out);
}

static void put_whole(FILE *out, const struct pieces p[2], enum whole w)
{
	fprintf(out, "| **%s** | | |", whole_name(w));
	for (int k = 0; k < 2; k++)
		fprintf(out, " | **%llu** | |", (unsigned long long)p[k].sizes[w]);
	putc('\n', out);
}

static void put_layouts(FILE *out, const struct maptype *a, const struct maptype *b)
{
	struct pieces p[2] = { pieces_make(a), pieces_make(b) };

	fprintf(out, "| of | field | type | %s: offset | size | padding | %s: offset | size | "
		"padding |\n|---|---|---|--:|--:|--:|--:|--:|--:|\n", a->target->name,
		b->target->name);
	for (size_t i = 0; i < p[0].count; i++) {
		enum whole w = p[0].list[i].whole;

		put_part(out, p, i);
		if (i + 1 == p[0].count || p[0].list[i + 1].whole != w)
			put_whole(out, p, w);
	}
	pieces_free(&p[0]);
	pieces_free(&p[1]);
}

/* A type that is too large for one of the targets has no table; the picture says so. */
void table_layout(struct session *s, FILE *out)
{
	const char *type = s->world.map.type->asked;
	struct error unused;
	struct maptype *a = maptype_new(type, session_layout(s, 0), s->given.release, &unused);
	struct maptype *b = maptype_new(type, session_layout(s, 1), s->given.release, &unused);

	if (a && b)
		put_layouts(out, a, b);
	maptype_free(a);
	maptype_free(b);
}

void table_diff_cells(const struct diff *d, FILE *out)
{
	size_t shown = d->count > CELLS ? CELLS : d->count;

	if (!shown)
		return;
	fputs("\n| what | key | elem before | elem after | from | to |\n"
	      "|---|---|---|---|---|---|\n", out);
	for (size_t i = 0; i < shown; i++) {
		const struct diff_cell *c = &d->cells[i];

		fprintf(out, "| %s |", diff_kind_name(c->kind));
		put_data(out, c->key);
		for (int side = 0; side < 2; side++)
			put_data(out, c->elem[side]);
		for (int side = 0; side < 2; side++) {
			if (c->elem[side])
				put_place(out, &c->place[side]);
			else
				fputs(" |", out);
		}
		putc('\n', out);
	}
	if (shown < d->count)
		fprintf(out, "| | … %s more | | | | |\n", count_text(d->count - shown).s);
}
