/* SPDX-License-Identifier: MIT */
/*
 * Glyphs: what a character is on a grid of cells, the same in every locale and on every host.
 *
 * Widths are facts of Unicode 14 (East Asian Width, emoji presentation). A character is only drawn
 * when it stands for itself in one or two cells; whatever combines with its neighbours, is
 * invisible, directs the text, is private, unassigned or a control has no width here and
 * must be escaped.
 */
#ifndef TUI_CANVAS_GLYPH_H
#define TUI_CANVAS_GLYPH_H

#include <stdbool.h>
#include <uchar.h>

#include "model/base/utf8.h"

/* What nearly all text is made of, one column each: ASCII, and our own lines, blocks and dots. */
static inline bool glyph_is_common(char32_t ch)
{
	return (ch >= ' ' && ch <= '~') || (ch >= 0x2500 && ch <= 0x25fc) || ch == U'·';
}

/* 1 or 2 columns; 0 for a character that must not be drawn. */
int glyph_width(char32_t ch);

/* The ASCII look-alike of a glyph of ours, as wide; 0 when there is none. */
char glyph_ascii(char32_t ch);

/* A bar that stands in one cell: eighths 0 (blank) to 8 (full), beyond is clamped. */
char32_t glyph_level(int eighths);

#endif
