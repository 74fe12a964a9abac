/* SPDX-License-Identifier: MIT */
/*
 * How a control byte is drawn, everywhere alike: two columns and a role. The letters say what
 * the colours say again. Each design of the map has its own marks.
 *
 *     live 5b    free ·    deleted ╳    moved ▸X ▸Y    was free ▸·
 */
#ifndef TUI_VIEW_MARK_H
#define TUI_VIEW_MARK_H

#include <stdint.h>

#include "tui/canvas/pane.h"

/* What a slot is, in any design. */
enum slot_state { SLOT_LIVE, SLOT_FREE, SLOT_DEAD, SLOT_MOVED, SLOT_STATES };

struct mark {
	enum slot_state state;
	const char *name;   /* for the legend */
	const char *brief;  /* a few words */
	const char *briefest; /* at most 24 columns */
	const char *word;   /* at most 4 columns */
	const char *glyph;  /* two columns; NULL for the byte itself */
	char32_t bar;       /* one column */
	enum role role;
};

enum { MARKS_MOST = 8 };

struct marks {
	const char *title;                    /* "Marks in a bucket" */
	const struct mark *list;
	unsigned count;                       /* at most MARKS_MOST */
	unsigned (*number)(uint8_t control);  /* of the mark of a control byte */
	const char *link;                     /* what a linked unit is; NULL: there are none */
	const char *const (*notes)[2];        /* what else stands at units, and what it means; ends
						with a NULL */
};

static inline const struct mark *mark_of(const struct marks *k, uint8_t control)
{
	return &k->list[k->number(control)];
}

void mark_put(const struct marks *k, const struct pane *p, int x, int y, uint8_t control);

/* The same as an example, for a legend: a live one has some byte. */
void mark_put_glyph(const struct mark *k, const struct pane *p, int x, int y);
const char *mark_glyph(const struct mark *k);

/* What a mark means, in as many words as there are columns. */
void mark_put_words(const struct marks *k, const struct pane *p, int x, int y, enum role role,
	uint8_t control);
void mark_put_bar(const struct marks *k, const struct pane *p, int x, int y, uint8_t control);

#endif
