/* SPDX-License-Identifier: MIT */
#include "tui/maps/maps.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tui/maps/account.h"
#include "tui/maps/maps_parts.h"

enum {
	NAME = 26,      /* columns of a name, when it has no more */
	WIDE = 100,     /* from here on addresses have a column of their own */
	WIDER = 130,    /* and these, beside what another release would take; */
	LESS_WIDE = 116, /* there also entries and what is free */
	COLUMN_THERE = 1, COLUMN_CHANGE, COLUMN_SPLIT, COLUMN_ENTRIES, COLUMN_FREE,
	COLUMN_ADDRESS,
};

/* On the pane name and type share what the figures leave. */
static const struct column columns[] = {
	{ "bytes", "bytes", NULL, .width = 14, .gap = 1, .role = ROLE_VALUE },
	{ "there", "there", NULL, .width = 13, .gap = 1, .role = ROLE_VALUE },
	{ "change", "change", NULL, .width = 7, .gap = 1, .role = ROLE_VALUE },
	{ "split", "with mapsplitgroup", NULL, .width = 14, .gap = 1, .rank = 1,
		.role = ROLE_VALUE },
	{ "entries", "entries", NULL, .width = 11, .rank = 2, .gap = 1, .role = ROLE_VALUE },
	{ "free", "free or dead", NULL, .width = 6, .rank = 3, .gap = 1, .role = ROLE_VALUE },
	{ "address", "address", NULL, .width = 17, .rank = 4, .gap = 1, .role = ROLE_ADDRESS },
	{ "", NULL, NULL, .width = 2, .left = true },
	{ "map", NULL, NULL, .role = ROLE_KEY, .left = true },
	{ NULL, "name", NULL, .left = true },
	{ NULL, "type", NULL, .left = true },
	{ "verdict", "verdict", NULL, .role = ROLE_NOTE, .left = true, .below = true },
};

void maps_put_program(struct sheet *s, const struct executable *p)
{
	sheet_data(s, "exe", p ? p->name : NULL);
	sheet_data(s, "go", p ? p->version : NULL);
	sheet_data(s, "arch", p ? p->target->name : NULL);
}

void maps_add_program(const struct executable *p, struct text *out)
{
	text_printf(out, "%s: %s, %s", p->name, p->version, p->target->name);
}

void maps_put_name(const struct census_map *m, struct row *r)
{
	struct text *both = row_add(r, FIGURE_DATA);
	size_t from = both->len;

	if (m->name)
		text_add(both, m->name);
	else
		text_printf(both, "0x%" PRIx64, m->head.at);
	do
		text_addc(both, ' ');
	while (both->len <= from + NAME);
	census_add_type(m, both);
}

/* A sentence on what the mark came to. */
static void add_reach(const struct census_reach *r, struct text *out)
{
	if (r->blind)
		text_add(out, "stacks could not be read: what no variable leads to may be reached "
			"all the same");
	else if (r->sampled)
		text_add(out, "to copy what has pointers the program would be stopped for too "
			"long: it was read as it ran, and what is not reached is not known");
	else if (r->garbage)
		text_printf(out, "%s of them, %s bytes, are garbage: nothing leads to %s any more",
			count_text(r->garbage).s, count_text(r->garbage_bytes).s,
			r->garbage == 1 ? "it" : "them");
	else
		text_add(out, "none of them is garbage: something leads to each");
}

double maps_free_part(const struct census_map *m)
{
	double part = m->bytes ? 100.0 * (double)(m->free_bytes + m->dead_bytes) /
		(double)m->bytes : 0;

	return part > 100 ? 100 : part;
}

void maps_put_under(const struct census_map *m, struct row *r)
{
	const struct under *u = &m->under;

	if (!u->known) {
		for (unsigned i = 0; i < MAPS_UNDER; i++)
			row_none(r);
		return;
	}
	row_count(r, u->bytes);
	if (u->estimated)
		row_around(r, "≈", "");
	row_real(r, m->bytes ? 100.0 * ((double)u->bytes - (double)m->bytes) / (double)m->bytes : 0,
		0);
	row_around(r, u->bytes > m->bytes ? "+" : NULL, "%");
	if (!u->split) {
		row_none(r);
		return;
	}
	row_count(r, u->split);
	if (u->estimated)
		row_around(r, "≈", "");
}

static void put_verdict(const struct census_map *m, struct row *r)
{
	struct text *words = row_add(r, FIGURE_WORDS);

	text_add(words, m->verdict ? m->verdict : "");
	if (under_grows(m)) {
		text_add(words, m->verdict ? "; " : "");
		under_add_why(m, words);
	}
}

static void make_row(void *data, size_t i, struct row *r)
{
	const struct census *c = data;
	const struct census_map *m = &c->list[i];
	char address[24];

	snprintf(address, sizeof address, "0x%" PRIx64, m->head.at);
	row_count(r, m->bytes);
	maps_put_under(m, r);
	row_count(r, m->head.entries);
	row_real(r, maps_free_part(m), 0);
	row_around(r, NULL, "%");
	row_code(r, address);
	row_none(r);
	maps_put_name(m, r);
	row_data(r, m->name ? m->name : address);
	census_add_type(m, row_add(r, FIGURE_DATA));
	put_verdict(m, r);
}

static struct text *add_words(struct sheet *s)
{
	return sheet_add_words(s, FOR_PEOPLE, 0, 2, ROLE_TEXT);
}

const char *maps_doubt(const struct census *c, unsigned i)
{
	if (c->sampled && i-- == 0)
		return "It would have been held too long (--max-hold): this was read while it ran.";
	if (!c->whole && i == 0)
		return "Names and types are not complete: the search for them took too long.";
	return NULL;
}

static void put_head(struct sheet *s, const struct maps_page *p)
{
	const struct census *c = &p->census;
	const struct census_reach *r = &c->reach;
	const char *doubt;

	text_printf(sheet_add_line(s, FOR_PEOPLE, ROLE_TITLE, true), "%s: %s, %s",
		p->pid ? p->image : "core file", p->go, p->arch);
	sheet_line(s, FOR_PEOPLE, ROLE_TEXT, true, p->exe);
	if (p->ended)
		text_printf(sheet_add_words(s, FOR_PEOPLE, 0, 2, ROLE_WARNING),
			"%s; --writers shows both.", p->ended);
	text_printf(add_words(s),
		"%s map%s hold%s %s bytes and %s entr%s; %s more ha%s no memory yet",
		count_text(c->count).s, c->count == 1 ? "" : "s", c->count == 1 ? "s" : "",
		count_text(c->bytes).s, count_text(c->entries).s, c->entries == 1 ? "y" : "ies",
		count_text(c->empty).s, c->empty == 1 ? "s" : "ve");
	if (c->tries)
		text_printf(add_words(s),
			"%s of these %s inside is not stepped", count_text(c->tries).s,
			c->tries == 1 ? "is a trie: counted and sized, its"
				      : "are tries: counted and sized, their");
	account_add_sum(&c->balance, add_words(s));
	account_add_maps(&c->balance, add_words(s));
	if (c->under.release) {
		under_add_sum(&c->under, add_words(s));
		under_add_growth(&c->under, add_words(s));
	}
	for (unsigned i = 0; (doubt = maps_doubt(c, i)) != NULL; i++)
		sheet_line(s, FOR_PEOPLE, ROLE_WARNING, false, doubt);
	if (r->marked)
		add_reach(r, sheet_add_words(s, FOR_PEOPLE, 0, 2,
			r->sampled || r->blind ? ROLE_WARNING : ROLE_TEXT));
	sheet_gap(s);
}

/* Those that are asked for, and have room. */
static void fit_columns(struct sheet_table *t, const struct under_sum *under, int width)
{
	int wide = under->release ? WIDER : WIDE;

	if (width && width < wide)
		table_hide(t, COLUMN_ADDRESS);
	if (width && width < LESS_WIDE && under->release) {
		table_hide(t, COLUMN_ENTRIES);
		table_hide(t, COLUMN_FREE);
	}
	if (!under->release) {
		table_hide(t, COLUMN_THERE);
		table_hide(t, COLUMN_CHANGE);
	}
	if (!under->split || (width && width < WIDE))
		table_hide(t, COLUMN_SPLIT);
}

/* For people, in so many columns; 0: in Markdown. What has no name is called by its address. */
static struct sheet *fill(const struct maps_page *p, struct rollup *rollup, int width)
{
	struct sheet *s = sheet_new();
	struct sheet_table *t;

	put_head(s, p);
	if (p->by) {
		rollup_put(s, rollup, &p->census.under, p->by);
		return s;
	}
	t = sheet_rows(s, NULL, columns, sizeof columns / sizeof *columns, p->census.count,
		make_row, (void *)&p->census);
	fit_columns(t, &p->census.under, width);
	return s;
}

/* One after another. */
static void write_people(const struct maps_pages *all, int width, FILE *out)
{
	for (size_t i = 0; i < all->count; i++) {
		struct rollup rollup = { 0 };
		struct sheet *s;

		if (all->list[i].by)
			rollup_make(&rollup, &all->list[i].census, all->list[i].by);
		s = fill(&all->list[i], &rollup, width);
		if (i)
			fputc('\n', out);
		if (width)
			sheet_text(s, width, out);
		else
			sheet_markdown(s, out);
		sheet_free(s);
		rollup_free(&rollup);
	}
}

static void write_text(const struct maps_pages *all, int width, FILE *out)
{
	write_people(all, width, out);
}

static void write_markdown(const struct maps_pages *all, int width, FILE *out)
{
	(void)width;
	write_people(all, 0, out);
}

static const struct maps_format formats[] = {
	{ "text", .width = true, .by = true, .write = write_text },
	{ "markdown", .by = true, .write = write_markdown },
	{ "json", .by = true, .write = maps_write_json },
	{ "openmetrics", "of the maps of processes their sums, for Prometheus and others",
		.write = maps_write_metrics },
};

const struct maps_format *maps_format_at(unsigned i)
{
	return i < sizeof formats / sizeof *formats ? &formats[i] : NULL;
}

const struct maps_format *maps_format_find(const char *name, struct error *err)
{
	struct text known = { 0 };

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		text_printf(&known, "%s%s", i ? ", " : "", formats[i].name);
	fail(err, "the list of maps is not written as %.40s: one of %s", name, known.s);
	text_free(&known);
	return NULL;
}

void maps_pages_add(struct maps_pages *all, const struct live *l, struct census *c,
	enum rollup_by by, char *ended)
{
	all->list = xroom(all->list, &all->cap, all->count, sizeof *all->list);
	all->list[all->count++] = (struct maps_page){ .pid = l->pid,
		.image = xstrdup(l->image.name),
		.exe = xstrdup(l->program.name),
		.go = xstrdup(l->program.version),
		.arch = l->program.target->name,
		.census = *c,
		.by = by,
		.ended = ended };
	*c = (struct census){ 0 };
}

void maps_pages_free(struct maps_pages *all)
{
	for (size_t i = 0; i < all->count; i++) {
		free(all->list[i].image);
		free(all->list[i].exe);
		free(all->list[i].go);
		free(all->list[i].ended);
		census_free(&all->list[i].census);
	}
	free(all->list);
	*all = (struct maps_pages){ 0 };
}
