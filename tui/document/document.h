/* SPDX-License-Identifier: MIT */
/*
 * Documents that stay true: pictures in a Markdown file that are made anew, or found to be stale.
 *
 * A comment says what a picture shows, with the options of the command line (markdown.h). Scripts
 * are looked for beside the document. The user's configuration plays no part, nor does anything
 * else but the document and its scripts: what is true on one machine is true on all.
 */
#ifndef TUI_DOCUMENT_DOCUMENT_H
#define TUI_DOCUMENT_DOCUMENT_H

#include <stdio.h>

#include "model/base/error.h"

/*
 * Makes all pictures anew. Files are written when they are another than before, as a whole or not
 * at all, and none when any picture cannot be made; all else in the document stays as it is, byte
 * for byte.
 */
bool document_update(const char *file, struct error *err);

/* Says on out which pictures are stale, a line for each, and whether any is. */
bool document_check(const char *file, FILE *out, bool *stale, struct error *err);

#endif
