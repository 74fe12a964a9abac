/* SPDX-License-Identifier: MIT */
#include "tui/export.h"

#include <string.h>

#include "model/snapshot.h"
#include "tui/cast.h"
#include "tui/loads.h"
#include "tui/outfile.h"
#include "tui/page.h"
#include "tui/paint.h"
#include "tui/summary.h"
#include "tui/types.h"

static bool write_picture(struct session *s, const struct export_options *o, bool ascii, FILE *out)
{
	struct canvas *page = page_draw(s, o->view, o->width, ascii);
	bool ok = canvas_print(page, out);

	canvas_free(page);
	return ok;
}

static bool write_text(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	(void)err;
	return write_picture(s, o, false, out);
}

static bool write_ascii(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	(void)err;
	return write_picture(s, o, true, out);
}

static bool write_markdown(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	(void)err;
	summary_markdown(s, out);
	fputs("\n```text\n", out);
	write_picture(s, o, false, out);
	return fputs("```\n", out) >= 0;
}

static bool write_ansi(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	struct canvas *page = page_draw(s, o->view, o->width, false);
	bool ok = paint_ansi(page, o->theme, out);

	(void)err;
	canvas_free(page);
	return ok;
}

/* A page or a drawing, with the map's type for a title. */
static bool write_painted(struct session *s, const struct export_options *o, FILE *out,
	bool (*paint)(const struct canvas *, const struct theme *, const char *, FILE *))
{
	struct canvas *page = page_draw(s, o->view, o->width, false);
	bool ok = paint(page, o->theme, s->map.type->asked, out);

	canvas_free(page);
	return ok;
}

static bool write_html(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	(void)err;
	return write_painted(s, o, out, paint_html);
}

static bool write_svg(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	(void)err;
	return write_painted(s, o, out, paint_svg);
}

static bool write_cast(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	struct cast_options co = { .frames = o->frames, .width = o->width, .height = o->height,
		.theme = o->theme };

	return cast_write(s, &co, out, err);
}

static bool write_json(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	(void)o;
	return snapshot_write(s, out, err);
}

static bool write_summary(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	(void)o;
	(void)err;
	summary_text(s, out);
	return true;
}

/* A format that is a view of its own name. */
static bool write_view(const char *view, struct session *s, const struct export_options *o, FILE *out)
{
	struct export_options page = { .view = view, .width = o->width };

	return write_picture(s, &page, false, out);
}

static bool write_ledger(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	(void)err;
	return write_view("ledger", s, o, out);
}

static bool write_check(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	(void)err;
	return write_view("check", s, o, out);
}

static bool write_shape(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	(void)err;
	return write_view("shape", s, o, out);
}

static bool write_life(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	(void)err;
	return write_view("lifecycle", s, o, out);
}

static bool write_diff(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	(void)err;
	return write_view("diff", s, o, out);
}

static bool write_types(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	(void)o;
	(void)err;
	types_table(s, out);
	return true;
}

static bool write_loads(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	(void)o;
	return loads_table(s, out, err);
}

static const struct export_format formats[] = {
	{ "text", "the picture, in UTF-8", false, write_text },
	{ "ascii", "the picture, in ASCII", false, write_ascii },
	{ "markdown", "a table and the picture", false, write_markdown },
	{ "ansi", "the picture in the theme's colours, for terminals", false, write_ansi },
	{ "html", "the same as a page", false, write_html },
	{ "svg", "the same as a drawing", false, write_svg },
	{ "cast", "the screen stepping through a script, for asciinema", true, write_cast },
	{ "json", "every byte, for programs", false, write_json },
	{ "summary", "the figures, a line each", false, write_summary },
	{ "ledger", "where the bytes went and what comes next, in words", false, write_ledger },
	{ "check", "whether the memory obeys the laws of the map", false, write_check },
	{ "shape", "how entries lie in chains, against chance", false, write_shape },
	{ "lifecycle", "allocated and in use along the timeline", false, write_life },
	{ "diff", "what is different between two points", false, write_diff },
	{ "types", "a table of types: bucket, padding, bytes for each entry", false, write_types },
	{ "loads", "a table of loads: overflow, bytes, probes, and why 6.5", false, write_loads },
};

#define COUNT (sizeof formats / sizeof *formats)

const struct export_format *export_format_at(unsigned i)
{
	return i < COUNT ? &formats[i] : NULL;
}

const struct export_format *export_format_find(const char *name, struct error *err)
{
	struct text known = { 0 };

	for (unsigned i = 0; i < COUNT; i++)
		if (strcmp(name, formats[i].name) == 0)
			return &formats[i];
	for (unsigned i = 0; i < COUNT; i++)
		text_printf(&known, "%s%s", i ? ", " : "", formats[i].name);
	fail(err, "unknown format \"%.40s\": one of %s", name, text_str(&known));
	text_free(&known);
	return NULL;
}

bool export_view_known(const char *view, struct error *err)
{
	return page_view_known(view, err);
}

/* What is written, for the file's side of it. */
struct writing {
	struct session *s;
	const struct export_format *format;
	const struct export_options *options;
};

static bool write_all(FILE *out, void *data, struct error *err)
{
	const struct writing *w = data;

	return w->format->write(w->s, w->options, out, err);
}

bool export_to(struct session *s, const struct export_format *f, const struct export_options *o,
	const char *file, struct error *err)
{
	struct writing w = { s, f, o };

	return outfile_write(file, write_all, &w, err);
}

bool export_command(struct session *s, const char *format, const char *file, struct error *err)
{
	const struct export_format *f = export_format_find(format, err);

	return f && export_to(s, f, s->export_data, file, err);
}

void export_set_theme(struct session *s, const struct theme *theme)
{
	struct export_options *o = s->export_data;

	o->theme = theme;
}
