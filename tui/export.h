/* SPDX-License-Identifier: MIT */
/*
 * Exports: the present state in one of the formats of a table. What is written depends on
 * nothing but the session, the view and the width; never on the terminal or the locale.
 * A file appears whole or not at all.
 */
#ifndef TUI_EXPORT_H
#define TUI_EXPORT_H

#include <stdio.h>

#include "model/session.h"
#include "themes/theme.h"
#include "tui/frames.h"

struct export_options {
	const char *view; /* NULL: the map */
	int width, height;        /* height: of a cast */
	enum frames_kind frames;  /* FRAMES_NONE: the present state alone */
	const struct theme *theme; /* of what is painted */
};

struct export_format {
	const char *name;
	const char *help;
	bool frames;  /* --frames may say what is shown */
	bool (*write)(struct session *s, const struct export_options *o, FILE *out,
		struct error *err);
};

/* The i-th format, NULL past the last. */
const struct export_format *export_format_at(unsigned i);
const struct export_format *export_format_find(const char *name, struct error *err);

/* Whether there is such a view; NULL is one. */
bool export_view_known(const char *view, struct error *err);

/* Writes to a file, or to standard output when file is NULL. */
bool export_to(struct session *s, const struct export_format *f, const struct export_options *o,
	const char *file, struct error *err);

/* What session->export is: export_data points to struct export_options. */
bool export_command(struct session *s, const char *format, const char *file, struct error *err);

/* Another theme for what is painted; it must last as long as the session exports. */
void export_set_theme(struct session *s, const struct theme *theme);

#endif
