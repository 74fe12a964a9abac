/* SPDX-License-Identifier: MIT */
/* The figures of a map in words, for scripts and for documents. */
#ifndef TUI_VIEW_SUMMARY_H
#define TUI_VIEW_SUMMARY_H

#include <stdio.h>

#include "model/session/session.h"

/* Where its rows go: `name: value`, or a row of a table. */
struct summary {
	FILE *out;
	bool markdown;
};

void summary_row(const struct summary *r, const char *name, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

void summary_text(const struct session *s, FILE *out);     /* `name: value`, a line each */
void summary_markdown(const struct session *s, FILE *out); /* a heading and a table */

#endif
