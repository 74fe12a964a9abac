/* SPDX-License-Identifier: MIT */
/* Colours as text, as one of 256, and as one of 16. */
#ifndef THEMES_COLOR_H
#define THEMES_COLOR_H

#include <stdbool.h>

#define COLOR_DEFAULT (-1)

/* `default`, red, bright-red, 0..255 or rrggbb; false when text is none of these. */
bool color_parse(const char *text, int *color);

/* The one of the first 16 that looks most like it. */
int color_few(int color);

/* One of 0..255 as 0xrrggbb; the first 16 as most terminals show them. */
unsigned color_rgb(int color);

/* Whether it would be read on a dark ground. */
bool color_is_bright(int color);

#endif
