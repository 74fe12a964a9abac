/* SPDX-License-Identifier: MIT */
/*
 * A marker: a comment in a document that says what a picture shows, in the options of the command
 * line. It makes the picture and nothing else: it writes no files and reads no configuration.
 */
#ifndef TUI_DOCUMENT_MARKER_H
#define TUI_DOCUMENT_MARKER_H

#include "model/base/text.h"
#include "tui/cli/argv.h"
#include "tui/cli/options.h"
#include "tui/document/markdown.h"
#include "tui/export/export.h"

struct marker {
	struct argv words;                   /* that the options point into; owned */
	struct options options;
	const struct export_format *format;
};

bool marker_read(struct marker *m, const struct markdown_block *b, struct error *err);
void marker_free(struct marker *m);

/* The picture, as bytes of the marker's format. The document's name is for scripts and messages. */
bool marker_make(const struct marker *m, const struct markdown_block *b, const char *document,
	struct text *picture, struct error *err);

#endif
