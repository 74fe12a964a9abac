/* SPDX-License-Identifier: MIT */
/*
 * Pictures: pages and canvases in the formats that show. Each is written band by band, so a long
 * page needs no more memory than a short one; only a drawing has to know its height first, and
 * its page is drawn twice.
 */
#ifndef TUI_PICTURE_H
#define TUI_PICTURE_H

#include <stdio.h>

#include "themes/theme.h"
#include "tui/page.h"

struct picture;

struct picture_format {
	bool ascii;
	bool height;                            /* is to be known at the beginning */
	void (*begin)(const struct picture *pic); /* may be NULL, */
	void (*rows)(const struct picture *pic, const struct canvas *band);
	void (*end)(const struct picture *pic);   /* and so may this */
};

/* One that is being written. */
struct picture {
	const struct picture_format *format;
	struct session *session;
	const struct page_options *options;     /* what it shows; NULL: what is on the screen */
	const struct theme *theme;
	FILE *out;
	int width, height;                      /* height where the format asks for it, else 0 */
	int y;                                  /* rows written so far */
};

extern const struct picture_format picture_text, picture_ascii, picture_markdown, picture_ansi,
	picture_html, picture_svg;

/* A page; the rest of *pic is set here. False when out failed, or with err filled. */
bool picture_page(struct picture *pic, struct error *err);

/* What is drawn already. False when out failed. */
bool picture_canvas(struct picture *pic, const struct canvas *canvas);

#endif
