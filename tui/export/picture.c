/* SPDX-License-Identifier: MIT */
#include "tui/export/picture.h"

#include "tui/page/page.h"
#include "tui/sheet/sheet.h"

static void put_text(const struct picture *pic, const struct canvas *band)
{
	canvas_print(band, pic->out);
}

/*
 * A fence longer than any run of backticks that could begin a line; only a caption's words can,
 * all other data stands behind words of ours or in quotes.
 */
static void put_fence(const struct picture *pic, const char *language)
{
	const char *caption = session_caption(pic->session);
	size_t longest = markdown_longest_run(caption ? caption : "");

	for (size_t i = 0; i <= (longest > 2 ? longest : 2); i++)
		putc('`', pic->out);
	fprintf(pic->out, "%s\n", language);
}

static void begin_markdown(const struct picture *pic)
{
	struct error unused;

	page_tables(pic->session, pic->source->view, FORMAT_TEXT, pic->out, &unused);
	put_fence(pic, "text");
}

static void end_markdown(const struct picture *pic)
{
	put_fence(pic, "");
}

const struct picture_format picture_text = { .brackets = true, .rows = put_text };
const struct picture_format picture_ascii = { .ascii = true, .brackets = true, .rows = put_text };
const struct picture_format picture_markdown = { .brackets = true, .begin = begin_markdown,
	.rows = put_text, .end = end_markdown, .storyboard = storyboard_markdown };
static bool measure(void *data, const struct canvas *band)
{
	struct picture *pic = data;

	pic->height += band->h;
	return true;
}

/* The beginning waits for the first band: a page that cannot be drawn leaves nothing. */
static bool put_band(void *data, const struct canvas *band)
{
	struct picture *pic = data;

	if (pic->y == 0 && pic->format->begin)
		pic->format->begin(pic);
	pic->format->rows(pic, band);
	pic->y += band->h;
	return !ferror(pic->out);
}

static bool finish(const struct picture *pic)
{
	if (pic->y == 0 && pic->format->begin)
		pic->format->begin(pic);
	if (pic->format->end)
		pic->format->end(pic);
	return !ferror(pic->out);
}

bool picture_write(struct picture *pic, struct error *err)
{
	const struct picture_source *from = pic->source;
	bool ascii = pic->format->ascii;

	pic->height = pic->y = 0;
	if (pic->format->height && !from->draw(from->data, ascii, measure, pic, err))
		return false;
	return from->draw(from->data, ascii, put_band, pic, err) && finish(pic);
}
