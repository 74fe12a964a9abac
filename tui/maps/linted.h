/* SPDX-License-Identifier: MIT */
/* The map types of an executable (model/live/lint.h) as text, Markdown or JSON. */
#ifndef TUI_MAPS_LINTED_H
#define TUI_MAPS_LINTED_H

#include <stdio.h>

#include "model/live/lint.h"

/* Whether they are written so; NULL is text. */
bool linted_known(const char *format, struct error *err);
void linted_write(const struct lint *lint, const struct live *l, const char *format, int width,
	FILE *out);

#endif
