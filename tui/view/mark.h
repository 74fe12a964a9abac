/* SPDX-License-Identifier: MIT */
/*
 * How a tophash byte is drawn, everywhere alike: two columns and a role. The letters say what
 * the colours say again.
 *
 *     live 5b    free ·    deleted ╳    moved ▸X ▸Y    was free ▸·
 */
#ifndef TUI_VIEW_MARK_H
#define TUI_VIEW_MARK_H

#include <stdint.h>

#include "tui/canvas/pane.h"

struct mark {
	const char *name;   /* for the legend */
	const char *brief;  /* a few words */
	const char *briefest; /* at most 24 columns */
	const char *word;   /* at most 4 columns */
	const char *glyph;  /* two columns; NULL for the byte itself */
	char32_t bar;       /* one column */
	enum role role;
};

enum mark_id { MARK_LIVE, MARK_REST, MARK_DELETED, MARK_X, MARK_Y, MARK_GONE, MARKS };

extern const struct mark marks[MARKS];

enum mark_id mark_of(uint8_t tophash);
void mark_put(const struct pane *p, int x, int y, uint8_t tophash);

/* What a mark means, in as many words as there are columns. */
void mark_put_words(const struct pane *p, int x, int y, enum role role, uint8_t tophash);
void mark_put_bar(const struct pane *p, int x, int y, uint8_t tophash);

#endif
