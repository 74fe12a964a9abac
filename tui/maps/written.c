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

static void row_or_null(struct row *r, const char *s, void (*put)(struct row *r, const char *s))
{
	if (s)
		put(r, s);
	else
		row_null(r);
}

static void put_map(const struct writer *w, struct row *r)
{
	char address[24] = "not told";

	if (w->map)
		snprintf(address, sizeof address, "0x%" PRIx64, w->map);
	row_data(r, w->name ? w->name : address);
	if (w->map)
		row_code(r, address);
	else
		row_null(r);
	row_flag(r, w->writing);
	row_or_null(r, w->name, row_data);
	row_or_null(r, w->type, row_data);
}

/* For people: the function, and the map. */
static void put_below(const struct writer *w, struct row *r)
{
	struct text line = { 0 };

	text_printf(&line, "in %s", w->function);
	if (w->call)
		text_printf(&line, ", by %s", w->call);
	row_data(r, line.s);
	text_clear(&line);
	if (!w->map)
		text_printf(&line, "%s a map; which one is not told", doing(w));
	else if (w->name)
		text_printf(&line, "%s %s (0x%" PRIx64 "), %s", doing(w), w->name, w->map,
			w->type ? w->type : "of a type that is not told");
	else
		text_printf(&line, "%s 0x%" PRIx64 ", %s", doing(w), w->map,
			w->type ? w->type : "of a type that is not told");
	row_data(r, line.s);
	text_free(&line);
}

static void make_row(void *data, size_t i, struct row *r)
{
	const struct writers *all = data;
	const struct writer *w = &all->list[i];
	const char *file = strrchr(w->file, '/');
	struct text place = { 0 };

	text_printf(&place, "%s:%u", file ? file + 1 : w->file, w->line);
	row_number(r, w->goroutine);
	row_none(r);
	row_words(r, w->state == WRITER_IN ? works[w->work] : states[w->state]);
	row_words(r, states[w->state]);
	row_data(r, place.s);
	row_data(r, w->function);
	row_data(r, w->file);
	row_number(r, w->line);
	row_or_null(r, works[w->work], row_words);
	row_or_null(r, w->call, row_data);
	put_map(w, r);
	put_below(w, r);
	text_free(&place);
}

static void put_head(const struct writers *w, const struct live *l, struct sheet *s)
{
	struct text line = { 0 };

	text_printf(&line, "%s of %s: %s, %s", l->image.name, l->program.name, l->program.version,
		l->program.target->name);
	sheet_line(s, FOR_PEOPLE, ROLE_TITLE, true, line.s);
	text_clear(&line);
	if (w->ended)
		text_printf(&line,
			"Goroutine %" PRIu64 " found another one writing to the map that it "
			"%s, and ended the program. It stands as it did then; the others ran on "
			"until "
			"they were stopped, so the one it found may have left the map by now. ",
			w->list[0].goroutine, writer_only_reads(&w->list[0]) ? "read" : "wrote to");
	else if (w->count)
		text_add(&line, "No goroutine found another one writing to its map. ");
	text_printf(&line, "Of %s goroutines %s are in map functions, or run and have that map.",
		count_text(w->goroutines).s, w->count ? count_text(w->count).s : "none");
	if (w->untold)
		text_printf(
			&line, " Of %s that run it is not known where.", count_text(w->untold).s);
	sheet_words(s, FOR_PEOPLE, 0, 2, ROLE_TEXT, line.s);
	sheet_gap(s);
	text_free(&line);
}

static struct sheet *fill(const struct writers *w, const struct live *l)
{
	struct sheet *s = sheet_new();

	put_head(w, l, s);
	sheet_data(s, "format", "hmapview-writers/1");
	if (l->pid)
		sheet_count(s, "pid", (uint64_t)l->pid);
	else
		sheet_null(s, "pid");
	sheet_data(s, "exe", l->program.name);
	sheet_data(s, "go", l->program.version);
	sheet_data(s, "arch", l->program.target->name);
	sheet_count(s, "goroutines", w->goroutines);
	sheet_count(s, "untold", w->untold);
	sheet_rows(s, "writers", columns, sizeof columns / sizeof *columns, w->count, make_row,
		(void *)w);
	return s;
}

bool written_known(const char *format, struct error *err)
{
	return !format || strcmp(format, "text") == 0 || strcmp(format, "markdown") == 0 ||
		strcmp(format, "json") == 0 ||
		fail(err, "writers are not written as %.40s: one of text, markdown, json", format);
}

void written_write(const struct writers *w, const struct live *l, const char *format, int width,
	FILE *out)
{
	struct sheet *s = fill(w, l);

	if (!format || strcmp(format, "text") == 0)
		maps_print_text(s, width, out);
	else if (strcmp(format, "markdown") == 0)
		sheet_markdown(s, out);
	else
		sheet_json(s, out);
	sheet_free(s);
}
