/* SPDX-License-Identifier: MIT */
#include "tui/maps/holders.h"

#include <inttypes.h>
#include <string.h>

#include "model/live/census.h"
#include "tui/maps/maps_parts.h"

static const struct column columns[] = {
	{ NULL, NULL, "kind", .left = true },
	{ "held by", "held by", "says", .role = ROLE_KEY, .left = true },
	{ NULL, NULL, "name", .left = true },
	{ NULL, NULL, "goroutine", .width = 0 },
	{ NULL, NULL, "file", .left = true },
	{ NULL, NULL, "line", .width = 0 },
	{ NULL, NULL, "addr", .left = true },
	{ NULL, NULL, "objects", .width = 0 },
	{ NULL, NULL, "object_bytes", .width = 0 },
	{ NULL, NULL, "object_type", .left = true },
};

static const char *const kinds[] = { [HOLDER_UNKNOWN] = "unknown", [HOLDER_VARIABLE] = "variable",
	[HOLDER_GOROUTINE] = "goroutine", [HOLDER_MAP] = "map", [HOLDER_RECORD] = "record",
	[HOLDER_REGISTER] = "register", [HOLDER_ITSELF] = "itself" };

static void add_goroutine(const struct holder *h, struct text *out)
{
	text_printf(out, "goroutine %" PRIu64, h->goroutine);
	if (h->name)
		text_printf(out, " in %s", h->name);
	if (h->file)
		text_printf(out, " (%s:%u)", basename(h->file), h->line);
}

static void add_objects(const struct holder *h, struct text *out)
{
	text_printf(out, ", through %s object%s", count_text(h->objects).s,
		h->objects == 1 ? "" : "s");
	text_add(out, h->objects > 1 ? ", the last" : ",");
	if (h->type)
		text_printf(out, " a %s", h->type);
	else
		text_printf(out, " of %s bytes, type unknown", count_text(h->object_bytes).s);
}

static void say(const struct holder *h, struct text *out)
{
	switch (h->kind) {
	case HOLDER_VARIABLE:
		text_printf(out, "variable %s", h->name ? h->name : "that no symbol names");
		break;
	case HOLDER_GOROUTINE:
		add_goroutine(h, out);
		break;
	case HOLDER_MAP:
		text_printf(out, "map %s", h->name);
		return;
	case HOLDER_RECORD:
		text_add(out, "a finalizer, a cleanup or a weak handle");
		break;
	case HOLDER_REGISTER:
		text_add(out, "a register of a thread");
		break;
	case HOLDER_ITSELF:
		text_add(out, "itself: what it leads to leads back");
		return;
	default:
		text_add(out, "what is not known");
	}
	if (h->objects)
		add_objects(h, out);
}

static void make_row(void *data, size_t i, struct row *r)
{
	const struct held *held = data;
	const struct holder *h = &held->list[i];

	row_words(r, kinds[h->kind]);
	say(h, row_add(r, FIGURE_DATA));
	row_data(r, h->name);
	if (h->kind == HOLDER_GOROUTINE)
		row_number(r, h->goroutine);
	else
		row_null(r);
	row_data(r, h->file);
	if (h->file)
		row_number(r, h->line);
	else
		row_null(r);
	if (h->at)
		row_printf(r, "0x%" PRIx64, h->at);
	else
		row_null(r);
	row_number(r, h->objects);
	row_number(r, h->object_bytes);
	row_data(r, h->type);
}

static void put_facts(struct sheet *s, const struct held *h, const struct live *l)
{
	sheet_data(s, "format", "hmapview-held/1");
	maps_put_program(s, &l->program);
	row_printf(sheet_fact(s, "addr"), "0x%" PRIx64, h->head);
	sheet_data(s, "name", h->name);
	sheet_data(s, "type", h->type);
	sheet_flag(s, "sampled", h->sampled);
	sheet_flag(s, "reached", h->reached);
	sheet_count(s, "words", h->words);
	sheet_count(s, "alone_objects", h->alone);
	sheet_count(s, "alone_bytes", h->alone_bytes);
	sheet_count(s, "alone_maps", h->alone_maps);
}

static void add_alone(const struct held *h, struct text *out)
{
	text_printf(out, "It alone keeps alive %s object%s, ", count_text(h->alone).s,
		h->alone == 1 ? "" : "s");
	census_add_size(out, h->alone_bytes);
	text_add(out, ", of which its own are ");
	census_add_size(out, h->bytes);
	if (h->alone_maps)
		text_printf(out, "; %s other map%s among them", count_text(h->alone_maps).s,
			h->alone_maps == 1 ? " is" : "s are");
}

struct sheet *holders_sheet(const struct held *h, const struct live *l)
{
	struct sheet *s = sheet_new();
	struct text *t = sheet_add_line(s, FOR_PEOPLE, ROLE_TITLE, true);

	text_printf(t, "%s: %s, %s entries, %s bytes", h->map,
		h->type ? h->type : "of a type that is not known", count_text(h->entries).s,
		count_text(h->bytes).s);
	t = sheet_add_words(s, FOR_PEOPLE, 0, 2, ROLE_TEXT);
	if (h->reached)
		add_alone(h, t);
	else
		text_add(t, h->sampled ? "Nothing was seen to lead to it while the program ran."
				       : "Nothing leads to it any more: it is garbage.");
	if (h->sampled)
		sheet_line(s, FOR_PEOPLE, ROLE_WARNING, false,
			"It was read while the program ran: all of this is about so.");
	sheet_gap(s);
	put_facts(s, h, l);
	sheet_rows(s, "holders", columns, sizeof columns / sizeof *columns, h->count, make_row,
		(void *)h);
	return s;
}
