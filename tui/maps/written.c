/* SPDX-License-Identifier: MIT */
#include "tui/maps/written.h"

#include <inttypes.h>
#include <string.h>

#include "tui/maps/maps_parts.h"

static const struct column columns[] = {
	{ "goroutine", "goroutine", "goroutine", .width = 9, .gap = 0, .role = ROLE_VALUE },
	{ "", NULL, NULL, .width = 1, .left = true },
	{ "is", "is", NULL, .width = 9, .left = true, .role = ROLE_WARNING },
	{ .field = "state" },
	{ "line", "line", NULL, .role = ROLE_KEY, .left = true },
	{ NULL, "function", "function", .left = true },
	{ .field = "file" },
	{ .field = "line" },
	{ .field = "work" },
	{ NULL, "in", "call", .left = true },
	{ NULL, "map", NULL, .left = true },
	{ .field = "map" },
	{ .field = "writing" },
	{ .field = "name" },
	{ NULL, "type", "type", .left = true },
	{ "who", NULL, NULL, .role = ROLE_TEXT, .left = true, .below = true },
	{ "on", NULL, NULL, .role = ROLE_NOTE, .left = true, .below = true },
};

static const char *const states[] = {
	[WRITER_ENDED] = "ended", [WRITER_IN] = "in", [WRITER_LAST_SEEN] = "last seen",
};

static const char *const works[] = {
	[MAP_WORK_HEADER] = "make", [MAP_WORK_MAKE] = "make", [MAP_WORK_ASSIGN] = "assign",
	[MAP_WORK_DELETE] = "delete", [MAP_WORK_CLEAR] = "clear", [MAP_WORK_COPY] = "copy",
	[MAP_WORK_READ] = "read", [MAP_WORK_RANGE] = "range",
};

/* The same of one that does it; what is not told changes nothing. */
static const char *const doings[] = {
	[MAP_WORK_HEADER] = "makes", [MAP_WORK_MAKE] = "makes", [MAP_WORK_ASSIGN] = "assigns to",
	[MAP_WORK_DELETE] = "deletes from", [MAP_WORK_CLEAR] = "clears",
	[MAP_WORK_COPY] = "copies", [MAP_WORK_READ] = "reads", [MAP_WORK_RANGE] = "ranges over",
	[MAP_WORK_INSIDE] = "is in",
};

/* What it does at its line. */
static const char *doing(const struct writer *w)
{
	return w->state == WRITER_LAST_SEEN ? "has" : doings[w->work];
}

static void put_map(const struct writer *w, struct row *r)
{
	char address[24] = "not told";

	if (w->map)
		snprintf(address, sizeof address, "0x%" PRIx64, w->map);
	row_data(r, w->name ? w->name : address);
	row_code(r, w->map ? address : NULL);
	row_flag(r, w->writing);
	row_data(r, w->name);
	row_data(r, w->type);
}

/* For people: the function, and the map. */
static void put_below(const struct writer *w, struct row *r)
{
	struct text *t = row_add(r, FIGURE_DATA);

	text_printf(t, "in %s", w->function);
	if (w->call)
		text_printf(t, ", by %s", w->call);
	t = row_add(r, FIGURE_DATA);
	text_printf(t, "%s ", doing(w));
	if (!w->map)
		text_add(t, "a map; which one is not told");
	else if (w->name)
		text_printf(t, "%s (0x%" PRIx64 ")", w->name, w->map);
	else
		text_printf(t, "0x%" PRIx64, w->map);
	if (w->map)
		text_printf(t, ", %s", w->type ? w->type : "of a type that is not told");
}

static void make_row(void *data, size_t i, struct row *r)
{
	const struct writers *all = data;
	const struct writer *w = &all->list[i];

	row_number(r, w->goroutine);
	row_none(r);
	row_words(r, w->state == WRITER_IN ? works[w->work] : states[w->state]);
	row_words(r, states[w->state]);
	text_printf(row_add(r, FIGURE_DATA), "%s:%u", basename(w->file), w->line);
	row_data(r, w->function);
	row_data(r, w->file);
	row_number(r, w->line);
	row_words(r, works[w->work]);
	row_data(r, w->call);
	put_map(w, r);
	put_below(w, r);
}

static void put_head(const struct writers *w, const struct live *l, struct sheet *s)
{
	struct text *t = sheet_add_line(s, FOR_PEOPLE, ROLE_TITLE, true);

	text_printf(t, "%s of ", l->image.name);
	maps_add_program(&l->program, t);
	t = sheet_add_words(s, FOR_PEOPLE, 0, 2, ROLE_TEXT);
	if (w->ended)
		text_printf(t,
			"Goroutine %" PRIu64 " found another one writing to the map that it %s, "
			"and ended the program. It stands as it did then; the others ran on until "
			"they were stopped, so the one it found may have left the map by now. ",
			w->list[0].goroutine, writer_only_reads(&w->list[0]) ? "read" : "wrote to");
	else if (!l->pid && w->count)
		text_add(t, "No goroutine found another one writing to its map. ");
	text_printf(t, "Of %s goroutine%s %s", count_text(w->goroutines).s,
		w->goroutines == 1 ? "" : "s", w->count ? count_text(w->count).s : "none");
	text_add(t, w->count > 1 ? " are in map functions, or run and have that map."
				 : " is in a map function.");
	if (l->pid)
		text_add(t, " That is one moment: another look shows another one.");
	if (w->untold)
		text_printf(t, " Of %s that run it is not known where.", count_text(w->untold).s);
	sheet_gap(s);
}

struct sheet *written_sheet(const struct writers *w, const struct live *l)
{
	struct sheet *s = sheet_new();

	put_head(w, l, s);
	sheet_data(s, "format", "hmapview-writers/1");
	if (l->pid)
		sheet_count(s, "pid", (uint64_t)l->pid);
	else
		sheet_null(s, "pid");
	maps_put_program(s, &l->program);
	sheet_count(s, "goroutines", w->goroutines);
	sheet_count(s, "untold", w->untold);
	sheet_rows(s, "writers", columns, sizeof columns / sizeof *columns, w->count, make_row,
		(void *)w);
	return s;
}
