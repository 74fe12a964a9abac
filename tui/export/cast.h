/* SPDX-License-Identifier: MIT */
/*
 * A recording of the screen while somebody steps through a timeline: an asciicast, version 2. The
 * first line is a JSON object with the size; each further one is [seconds, "o", what a terminal
 * is sent]. Players show it, asciinema for one.
 *
 * The clock is the reader's, not the machine's: how long a picture stands depends on what is new
 * in it to read. So the same script makes the same recording, always.
 */
#ifndef TUI_EXPORT_CAST_H
#define TUI_EXPORT_CAST_H

#include <stdio.h>

#include "model/session/session.h"
#include "themes/theme.h"
#include "tui/export/frames.h"

enum { CAST_HEIGHT = 24 };

struct cast_options {
	enum frames_kind frames; /* FRAMES_NONE is FRAMES_OPS */
	int width, height;
	const struct theme *theme;
};

/* Leaves the session where the last frame is. */
bool cast_write(struct session *s, const struct cast_options *o, FILE *out, struct error *err);

#endif
