/* SPDX-License-Identifier: MIT */
/*
 * Pictures: pages, and what is on the screen, in the formats that show. Each is written band by
 * band, so a long one needs no more memory than a short one; only a drawing has to know its
 * height first, and is drawn twice.
 */
#ifndef TUI_EXPORT_PICTURE_H
#define TUI_EXPORT_PICTURE_H

#include <stdio.h>

#include "themes/theme.h"
#include "tui/export/storyboard.h"
#include "tui/page/page.h"

struct picture;

/* What is drawn, in bands of that width; each time the same. */
struct picture_source {
	int width;
	const char *view; /* whose figures are in tables; NULL for the map's */
	bool (*draw)(void *data, bool ascii, page_sink *sink, void *sink_data, struct error *err);
	void *data;
};

struct picture_format {
	bool ascii;
	bool brackets;                          /* around what has changed, for want of colours */
	bool height;                            /* is to be known at the beginning */
	void (*begin)(const struct picture *pic); /* may be NULL, */
	void (*rows)(const struct picture *pic, const struct canvas *band);
	void (*end)(const struct picture *pic);   /* and so may this */
	/* A storyboard, where that is more than its rows; or NULL. */
	bool (*storyboard)(struct session *s, const struct storyboard *b, FILE *out,
		struct error *err);
};

/* One that is being written. */
struct picture {
	const struct picture_format *format;
	struct session *session;
	const struct picture_source *source;
	const char *title;                      /* any text */
	const struct theme *theme;
	FILE *out;
	int height;                             /* where the format asks for it, else 0 */
	int y;                                  /* rows written so far */
};

extern const struct picture_format picture_text, picture_ascii, picture_markdown;
extern const struct picture_format picture_ansi, picture_html, picture_svg; /* paint_*.c */

/* False when out failed, or with err filled when the source cannot be drawn. */
bool picture_write(struct picture *pic, struct error *err);

#endif
