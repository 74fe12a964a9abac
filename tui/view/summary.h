/* SPDX-License-Identifier: MIT */
/* The figures of a map in words, a line each; for programs each on its own. */
#ifndef TUI_VIEW_SUMMARY_H
#define TUI_VIEW_SUMMARY_H

#include "model/session/session.h"

struct sheet;
struct sheet_table;

/* Where its lines and figures go. */
struct summary {
	struct sheet *sheet;
	struct sheet_table *lines;
};

void summary_row(const struct summary *r, const char *name, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
