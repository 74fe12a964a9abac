/* SPDX-License-Identifier: MIT */
/*
 * The ledger as a page: bytes by cause and place, what the next growths will cost, and the
 * verdicts. Columns that have nothing in them are left out; so are those that do not fit.
 */
#ifndef TUI_VIEW_LEDGER_H
#define TUI_VIEW_LEDGER_H

#include "model/session/session.h"
#include "tui/canvas/pane.h"

/* Returns the rows it takes. Walks the whole map. */
int view_ledger(const struct session *s, const struct pane *p);

#endif
