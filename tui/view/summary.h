/* SPDX-License-Identifier: MIT */
/* The figures of a map in words, for scripts and for documents. */
#ifndef TUI_VIEW_SUMMARY_H
#define TUI_VIEW_SUMMARY_H

#include <stdio.h>

#include "model/session/session.h"

void summary_text(const struct session *s, FILE *out);     /* `name: value`, a line each */
void summary_markdown(const struct session *s, FILE *out); /* a heading and a table */

#endif
