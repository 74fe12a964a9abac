/* SPDX-License-Identifier: MIT */
/*
 * Storyboards: the frames of a timeline below each other, and beside each other where the width
 * allows. They are drawn row by row and each row is handed on, so that ten thousand frames take no
 * more memory than two.
 */
#ifndef TUI_EXPORT_STORYBOARD_H
#define TUI_EXPORT_STORYBOARD_H

#include <stdio.h>

#include "tui/export/frames.h"
#include "tui/page/page.h"

struct storyboard {
	enum frames_kind frames;
	const struct page_options *page; /* the view of each frame, NULL for a compact one; ... */
	const struct frames *at;         /* the frame where these are, alone; NULL: all */
	bool brackets;                   /* changes are marked by [ ] */
};

/* False when the sink gave up, or with err filled. */
bool storyboard_stream(struct session *s, const struct storyboard *b, page_sink *sink, void *data,
	struct error *err);

/* As Markdown: a heading for each frame, its words, its picture in a fence. */
bool storyboard_markdown(struct session *s, const struct storyboard *b, FILE *out,
	struct error *err);

/*
 * As JSON: "list" has an object for each frame, with its words, and in "figures" what page_json()
 * has of its view.
 */
bool storyboard_json(struct session *s, const struct storyboard *b, FILE *out, struct error *err);

#endif
