/* SPDX-License-Identifier: MIT */
/* The map as a page for a document: the views one below the other, as long as it takes. */
#ifndef TUI_PAGE_H
#define TUI_PAGE_H

#include "model/session.h"
#include "tui/canvas.h"

struct page;

struct page_view {
	const char *name;
	const char *help;      /* one line */
	void (*draw)(struct page *pg);
};

/* The i-th view, NULL past the last. */
const struct page_view *page_view_at(unsigned i);

/* NULL is the view "map". */
bool page_view_known(const char *view, struct error *err);

/* Free with canvas_free(). */
struct canvas *page_draw(struct session *s, const char *view, int width, bool ascii);

#endif
