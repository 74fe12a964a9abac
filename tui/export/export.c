/* SPDX-License-Identifier: MIT */
#include "tui/export/export.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "model/base/mem.h"
#include "model/base/nearest.h"
#include "model/base/outfile.h"
#include "model/session/diff.h"
#include "tui/export/cast.h"
#include "tui/export/paint.h"
#include "tui/export/picture.h"

static bool write_cast(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	struct cast_options co = { .frames = o->frames, .width = o->page.width,
		.height = o->height ? o->height : CAST_HEIGHT, .theme = o->theme };

	return cast_write(s, &co, out, err);
}

static bool write_json(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	if (o->frames)
		return storyboard_json(s,
			&(struct storyboard){ .frames = o->frames, .page = &o->page, .at = o->at },
			out, err);
	if (o->page.view)
		return page_json(s, &o->page, out, err);
	if (!s->desk.keep_json && s->time.nsnapshots)
		return fail(err,
			"a script's json does not go with --frames: snapshots are not kept then");
	return session_write_snapshots(s, out, err);
}

static bool write_lines(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	return page_tables(s, o->page.view, FORMAT_LINES, out, err);
}

static bool write_table(struct session *s, const struct export_options *o, FILE *out,
	struct error *err)
{
	return page_tables(s, o->page.view, FORMAT_TABLE, out, err);
}

static const struct export_format formats[] = {
	{ "text", "the picture, in UTF-8", PLACE_FENCE, .picture = &picture_text },
	{ "ascii", "the picture, in ASCII", PLACE_FENCE, .picture = &picture_ascii },
	{ "markdown", "tables and the picture", PLACE_PROSE, .picture = &picture_markdown },
	{ "ansi", "the picture in the theme's colours, for terminals", PLACE_FILE,
		.picture = &picture_ansi, .begins = PAINT_ANSI_MARK, .holds = "\n" },
	{ "html", "the same as a page", PLACE_FILE, .picture = &picture_html,
		.begins = "<!DOCTYPE html>",
		.holds = "\npre { margin: 0; font: 14px/1.18 " PAINT_FONTS },
	{ "svg", "the same as a drawing", PLACE_FILE, .picture = &picture_svg, .begins = "<svg ",
		.holds = "\ntext { font-family: " PAINT_FONTS },
	{ "cast", "the screen stepping through a script, for asciinema", PLACE_FILE,
		.write = write_cast, .frames = true, .takes = TAKES_WIDTH,
		.begins = "{\"version\": 2, ", .holds = ", \"o\", \"\\u001B[?25l\\u001B[2J" },
	{ "json", "every byte, or the figures of --view, for programs", PLACE_FENCE,
		.write = write_json, .frames = true, .takes = TAKES_VIEW },
/* The views that are formats, too; a name of NULL for the others. */
#define FORMATS_FORMAT_NONE(view_name, view_help) { .name = NULL }
#define FORMATS_FORMAT_TEXT(view_name, view_help) \
	{ view_name, view_help, PLACE_FENCE, .picture = &picture_text, .view = view_name }
#define FORMATS_FORMAT_LINES(view_name, view_help) \
	{ view_name, view_help, PLACE_FENCE, .write = write_lines, .view = view_name }
#define FORMATS_FORMAT_TABLE(view_name, view_help) \
	{ view_name, view_help, PLACE_FENCE, .write = write_table, .view = view_name }
#define X(id, name, title, key, takes, flags, format, sheet, draw, stream, help) \
	FORMATS_##format(name, help),
	VIEWS_TABLE(X)
#undef X
};

#define COUNT (sizeof formats / sizeof *formats)

const struct export_format *export_format_at(unsigned i)
{
	for (unsigned k = 0; k < COUNT; k++)
		if (formats[k].name && i-- == 0)
			return &formats[k];
	return NULL;
}

const struct export_format *export_format_find(const char *name, struct error *err)
{
	const struct export_format *f;
	struct nearest nearest = nearest_begin(name, strlen(name));
	struct text known = { 0 };
	char near[NEAREST_WORDS];

	for (unsigned i = 0; (f = export_format_at(i)) != NULL; i++)
		if (strcmp(name, f->name) == 0)
			return f;
	for (unsigned i = 0; (f = export_format_at(i)) != NULL; i++) {
		text_printf(&known, "%s%s", i ? ", " : "", f->name);
		nearest_try(&nearest, f->name);
	}
	fail(err, "unknown format \"%.40s\": %sone of %s", name, nearest_words(&nearest, near),
		text_str(&known));
	text_free(&known);
	return NULL;
}

const struct export_format *export_format_of(const char *file)
{
	static const char *const endings[][2] = { { ".txt", "text" }, { ".md", "markdown" },
		{ ".htm", "html" }, { ".html", "html" }, { ".svg", "svg" }, { ".ansi", "ansi" },
		{ ".cast", "cast" }, { ".json", "json" } };
	const char *dot = strrchr(file, '.');
	struct error unused;

	for (size_t i = 0; dot && dot > file && i < sizeof endings / sizeof *endings; i++)
		if (strcasecmp(dot, endings[i][0]) == 0)
			return export_format_find(endings[i][1], &unused);
	return NULL;
}

bool export_shows(const struct export_format *f, const char *view)
{
	return f->view ? strcmp(f->view, view) == 0 : f->picture || f->write == write_json;
}

bool export_wrote(const char *name, const char *head)
{
	const char *dot = strrchr(name, '.');

	for (unsigned i = 0; dot && i < COUNT; i++) {
		const struct export_format *f = &formats[i];

		if (f->begins && strcmp(f->name, dot + 1) == 0)
			return strncmp(head, f->begins, strlen(f->begins)) == 0 &&
				strstr(head + strlen(f->begins), f->holds);
	}
	return false;
}

bool export_takes(const struct export_format *f, const struct page_options *page,
	enum frames_kind frames, struct error *err)
{
	unsigned takes = f->takes;

	/* Every byte is of no place; a view's figures may be. */
	if (f->write == write_json && page->view)
		takes |= TAKES_CURSOR | TAKES_BUCKETS;
	if (f->picture)
		takes = f->view ? TAKES_WIDTH
			: TAKES_VIEW | TAKES_WIDTH | TAKES_CURSOR | TAKES_BUCKETS;
	if (frames && !f->frames && (!f->picture || f->view))
		return fail(err, "--frames: %s has none", f->name);
	return page_takes(page, takes, f->name, err);
}

/* A page as what a picture is of. */
struct page_source {
	struct session *session;
	struct page_options options;
};

static bool draw_page(void *data, bool ascii, page_sink *sink, void *sink_data, struct error *err)
{
	struct page_source *page = data;

	page->options.ascii = ascii;
	return page_stream(page->session, &page->options, sink, sink_data, err);
}

/* A storyboard as the source of a picture. */
struct story_source {
	struct session *session;
	struct storyboard story;
	struct page_options page;
};

static bool draw_story(void *data, bool ascii, page_sink *sink, void *sink_data, struct error *err)
{
	struct story_source *from = data;

	from->page.ascii = ascii;
	return storyboard_stream(from->session, &from->story, sink, sink_data, err);
}

static bool write_story(struct picture *pic, const struct export_options *o, struct error *err)
{
	struct story_source from = { .session = pic->session, .page = o->page,
		.story = { .frames = o->frames, .page = &from.page, .at = o->at,
		.brackets = pic->format->brackets } };
	struct picture_source source = { o->page.width, NULL, draw_story, &from };

	if (pic->format->storyboard)
		return pic->format->storyboard(pic->session, &from.story, pic->out, err);
	pic->source = &source;
	return picture_write(pic, err);
}

static bool write_format(struct session *s, const struct export_format *f,
	const struct export_options *options, FILE *out, struct error *err)
{
	struct export_options sized = *options, *o = &sized;
	struct page_source page = { s, o->page };
	struct picture_source source = { PAGE_WIDTH, o->page.view, draw_page, &page };
	struct picture pic = { .format = f->picture, .session = s, .source = &source,
		.title = s->world.map.type->asked,
		.theme = o->theme, .out = out };

	if (!o->page.width)
		o->page.width = PAGE_WIDTH;
	source.width = o->page.width;
	if (f->view)
		o->page.view = f->view;
	if (o->page.view && !page_view_find(o->page.view, err))
		return false;
	if (f->write)
		return f->write(s, o, out, err);
	if (o->frames && !f->view)
		return write_story(&pic, o, err);
	if (f->view)
		page.options.view = f->view;
	else if (o->screen)
		pic.source = o->screen;
	return picture_write(&pic, err);
}

/* Whether what was just written says all that was asked for. */
static bool is_whole(const struct session *s, const struct export_format *f,
	const struct export_options *o, struct error *err)
{
	const char *view = f->view ? f->view : o->page.view;

	return !view || strcmp(view, "diff") != 0 || session_diff_whole(s, err);
}

bool export_write(struct session *s, const struct export_format *f,
	const struct export_options *o, FILE *out, struct error *err)
{
	return write_format(s, f, o, out, err) && is_whole(s, f, o, err);
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

	return export_write(w->s, w->format, w->options, out, err);
}

bool export_to(struct session *s, const struct export_format *f, const struct export_options *o,
	const struct access *a, const char *file, struct error *err)
{
	struct writing w = { s, f, o };

	return outfile_write(a, file, write_all, &w, err);
}

/* Where the number of a frame stands in a file's name; NULL: nowhere. */
static char *number_in(const char *file)
{
	const char *name = file ? strrchr(file, '/') : NULL;

	return file ? strchr(name ? name : file, '%') : NULL;
}

/* One file a frame: 001, 002 and so on. */
static bool write_each(struct session *s, const struct export_format *f,
	const struct export_options *options, const struct access *a, const char *file,
	struct error *err)
{
	struct export_options o = *options;
	const char *sign = number_in(file);
	struct error unused;
	struct frames at;
	bool ok;

	o.at = &at;
	ok = frames_begin(&at, s, o.frames, err);
	while (ok && frames_next(&at, err)) {
		char *name = xasprintf("%.*s%03llu%s", (int)(sign - file), file,
			(unsigned long long)at.count, sign + 1);

		ok = export_to(s, f, &o, a, name, err);
		free(name);
	}
	return frames_end(&at, ok ? err : &unused) && ok;
}

bool export_files(struct session *s, const struct export_format *f,
	const struct export_options *o, const struct access *a, const char *file,
	struct error *err)
{
	bool each = o->frames && number_in(file) && (f->picture || f->write == write_json);

	return (each ? write_each : export_to)(s, f, o, a, file, err);
}

void export_set_screen(struct session *s, const struct theme *theme, const struct look *look,
	const struct picture_source *screen)
{
	struct export_options *o = s->hooks.export_data;

	o->theme = theme;
	o->page.look = look;
	o->screen = screen;
}
