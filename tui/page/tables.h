/* SPDX-License-Identifier: MIT */
/*
 * Tables of Markdown: the figures of the views that have some, for documents that want to sort
 * and restyle them. The picture of the view follows; what is no figure has no table.
 */
#ifndef TUI_PAGE_TABLES_H
#define TUI_PAGE_TABLES_H

#include <stdio.h>

#include "model/session/diff.h"
#include "model/session/session.h"

/* With a blank line behind them; NULL is the map. */
void tables_write(struct session *s, const char *view, FILE *out);

/* Between the files of tables: tables_cells.c */
void table_entries(struct session *s, FILE *out);
void table_layout(struct session *s, FILE *out);
void table_diff_cells(const struct diff *d, FILE *out);

#endif
