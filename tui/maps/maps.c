/* SPDX-License-Identifier: MIT */
#include "tui/maps/maps.h"

#include <inttypes.h>
#include <string.h>

#include "model/base/json.h"
#include "tui/page/page.h"

enum {
	BAND = 4096,    /* rows that are drawn at once */
	NAME = 26,      /* columns of a name, when it has no more */
	WIDE = 100,     /* from here on addresses have a column of their own */
	COLUMN_ADDRESS = 3,
};

/* On the pane name and type share what the figures leave. */
static const struct column columns[] = {
	{ "bytes", "bytes", NULL, .width = 14, .gap = 1, .role = ROLE_VALUE },
	{ "entries", "entries", NULL, .width = 11, .rank = 2, .gap = 1, .role = ROLE_VALUE },
	{ "free", "free or dead", NULL, .width = 6, .rank = 3, .gap = 1, .role = ROLE_VALUE },
	{ "address", "address", NULL, .width = 17, .rank = 4, .gap = 1, .role = ROLE_ADDRESS },
	{ "", NULL, NULL, .width = 2, .left = true },
	{ "map", NULL, NULL, .role = ROLE_KEY, .left = true },
	{ NULL, "name", NULL, .left = true },
	{ NULL, "type", NULL, .left = true },
	{ "verdict", "verdict", NULL, .role = ROLE_NOTE, .left = true, .below = true },
};

struct listing {
	const struct census *census;
};

/* The type, or how many fit. */
static void add_type(const struct census_map *m, struct text *out)
{
	if (m->type_name)
		text_add(out, m->type_name);
	else if (m->ncandidates == 1)
		text_printf(out, "perhaps %s", m->candidates[0]);
	else if (m->ncandidates)
		text_printf(out, "one of %zu types", m->ncandidates);
	else
		text_add(out, "of a type that is not known");
}

void maps_put_name(const struct census_map *m, struct row *r)
{
	struct text both = { 0 };
	char address[24];

	snprintf(address, sizeof address, "0x%" PRIx64, m->head.at);
	text_printf(&both, "%-*s ", NAME, m->name ? m->name : address);
	add_type(m, &both);
	row_data(r, both.s);
	text_free(&both);
}

static void put_names(const struct census_map *m, const char *address, struct row *r)
{
	struct text type = { 0 };

	add_type(m, &type);
	row_none(r);
	maps_put_name(m, r);
	row_data(r, m->name ? m->name : address);
	row_data(r, type.s);
	text_free(&type);
}

double maps_free_part(const struct census_map *m)
{
	double part = m->bytes ? 100.0 * (double)(m->free_bytes + m->dead_bytes) /
		(double)m->bytes : 0;

	return part > 100 ? 100 : part;
}

static void make_row(void *data, size_t i, struct row *r)
{
	const struct listing *l = data;
	const struct census_map *m = &l->census->list[i];
	char address[24];

	snprintf(address, sizeof address, "0x%" PRIx64, m->head.at);
	row_count(r, m->bytes);
	row_count(r, m->head.entries);
	row_real(r, maps_free_part(m), 0);
	row_around(r, NULL, "%");
	row_code(r, address);
	put_names(m, address, r);
	row_words(r, m->verdict ? m->verdict : "");
}

/* For people, in so many columns; 0: in Markdown. What has no name is called by its address. */
static struct sheet *fill(const struct live *l, struct listing *listing, int width)
{
	const struct census *c = listing->census;
	struct sheet *s = sheet_new();
	struct text line = { 0 };
	struct sheet_table *t;

	text_printf(&line, "%s: %s, %s", l->pid ? l->image.name : "core file", l->program.version,
		l->program.target->name);
	sheet_line(s, FOR_PEOPLE, ROLE_TITLE, true, line.s);
	sheet_line(s, FOR_PEOPLE, ROLE_TEXT, true, l->program.name);
	text_clear(&line);
	text_printf(&line, "%s maps hold %s bytes and %s entries; %s more have no memory yet",
		count_text(c->count).s, count_text(c->bytes).s, count_text(c->entries).s,
		count_text(c->empty).s);
	sheet_line(s, FOR_PEOPLE, ROLE_TEXT, false, line.s);
	if (!c->whole)
		sheet_line(s, FOR_PEOPLE, ROLE_WARNING, false,
			"Names and types are not complete: the search for them took too long.");
	sheet_gap(s);
	t = sheet_rows(s, NULL, columns, sizeof columns / sizeof *columns, c->count, make_row,
		listing);
	if (width && width < WIDE)
		table_hide(t, COLUMN_ADDRESS);
	text_free(&line);
	return s;
}

static bool write_text(const struct live *l, const struct census *c, int width, FILE *out)
{
	struct listing listing = { c };
	struct sheet *s = fill(l, &listing, width);
	struct canvas *canvas = canvas_new(width, 1, false);
	struct pane all = canvas_pane(canvas);
	int rows = sheet_draw(s, &all);

	/* Drawn again for each band, moved up. */
	for (int y = 0; y < rows; y += BAND) {
		struct pane pane;

		canvas_resize(canvas, width, rows - y < BAND ? rows - y : BAND);
		all = canvas_pane(canvas);
		pane = pane_sub(&all, 0, -y, width, rows);
		sheet_draw(s, &pane);
		canvas_print(canvas, out);
	}
	canvas_free(canvas);
	sheet_free(s);
	return !ferror(out);
}

static bool write_markdown(const struct live *l, const struct census *c, int width, FILE *out)
{
	struct listing listing = { c };
	struct sheet *s = fill(l, &listing, 0);

	(void)width;
	sheet_markdown(s, out);
	sheet_free(s);
	return !ferror(out);
}

static void add_field(struct text *t, const char *name, const char *value)
{
	json_t *words;

	text_printf(t, "\"%s\": ", name);
	if (!value) {
		text_add(t, "null");
		return;
	}
	words = json_words(value);
	json_add_string(t, json_string_value(words));
	json_decref(words);
}

static void add_candidates(struct text *t, const struct census_map *m)
{
	text_add(t, ", \"candidates\": [");
	for (size_t i = 0; i < m->ncandidates; i++) {
		json_t *words = json_words(m->candidates[i]);

		text_add(t, i ? ", " : "");
		json_add_string(t, json_string_value(words));
		json_decref(words);
	}
	text_add(t, "]");
}

static void add_map(struct text *t, const struct census_map *m)
{
	text_printf(t, "{\"addr\": \"0x%" PRIx64 "\", ", m->head.at);
	add_field(t, "type", m->type_name);
	if (!m->type_name)
		add_candidates(t, m);
	text_add(t, ", ");
	add_field(t, "name", m->name);
	text_printf(t, ", \"entries\": %" PRIu64 ", \"bytes\": %" PRIu64 ", \"free_bytes\": %" PRIu64
		", \"dead_bytes\": %" PRIu64 ", \"reached\": %s, ", m->head.entries, m->bytes,
		m->free_bytes, m->dead_bytes, m->name ? "true" : "null");
	add_field(t, "verdict", m->verdict);
	text_add(t, "}");
}

static bool write_json(const struct live *l, const struct census *c, int width, FILE *out)
{
	struct text t = { 0 };

	(void)width;
	text_add(&t, "{\"format\": \"hmapview-maps/1\", ");
	if (l->pid)
		text_printf(&t, "\"pid\": %d, ", l->pid);
	else
		text_add(&t, "\"pid\": null, ");
	add_field(&t, "exe", l->program.name);
	text_add(&t, ", ");
	add_field(&t, "go", l->program.version);
	text_add(&t, ", ");
	add_field(&t, "arch", l->program.target->name);
	text_add(&t, ", \"maps\": [");
	for (size_t i = 0; i < c->count; i++) {
		text_add(&t, i ? ",\n" : "\n");
		add_map(&t, &c->list[i]);
		fputs(t.s, out);
		text_clear(&t);
	}
	text_printf(&t, "\n], \"empty\": %" PRIu64 "}\n", c->empty);
	fputs(t.s, out);
	text_free(&t);
	return !ferror(out);
}

static const struct maps_format formats[] = {
	{ "text", true, write_text },
	{ "markdown", false, write_markdown },
	{ "json", false, write_json },
};

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
