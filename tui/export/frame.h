/* SPDX-License-Identifier: MIT */
/*
 * One frame of a storyboard: a title, what happened in a few sentences, and a picture with what
 * changed marked. Unless a view is asked for, the picture is a compact one: the header's counts
 * in one line and the units, of many only those that matter now.
 */
#ifndef TUI_EXPORT_FRAME_H
#define TUI_EXPORT_FRAME_H

#include "tui/canvas/pane.h"
#include "tui/export/frames.h"
#include "tui/page/page.h"
#include "tui/view/story.h"

struct frame {
	struct text title;       /* with its number: 3. insert 7 "x" */
	struct text place;       /* where on the timeline */
	struct text caption;     /* the script's own words; empty when it says nothing new */
	struct story story;
	struct canvas *picture;
};

/* Of the moment where the frames are. False with err filled when the view cannot be drawn. */
bool frame_make(struct frame *frame, const struct frames *f, const struct page_options *o,
	struct error *err);

/* The same without a picture; and the view that one would have, NULL for a compact one. */
void frame_tell(struct frame *frame, const struct frames *f);
const char *frame_view(const struct frames *f, const struct page_options *o);

void frame_free(struct frame *frame);

/* Title and words; returns the rows they take. */
int frame_words(const struct frame *frame, const struct pane *p);

#endif
