/* SPDX-License-Identifier: MIT */
/* What holds a map (model/live/held.h) as text, Markdown or JSON, "hmapview-held/1". */
#ifndef TUI_MAPS_HOLDERS_H
#define TUI_MAPS_HOLDERS_H

#include <stdio.h>

#include "model/live/held.h"

/* Whether it is written so; NULL is text. */
bool holders_known(const char *format, struct error *err);
void holders_write(const struct held *held, const struct live *l, const char *format, int width,
	FILE *out);

#endif
