/* SPDX-License-Identifier: MIT */
/* The map types of an executable (model/live/lint.h) as a sheet. */
#ifndef TUI_MAPS_LINTED_H
#define TUI_MAPS_LINTED_H

#include "model/live/lint.h"
#include "tui/sheet/sheet.h"

/* It borrows both. */
struct sheet *linted_sheet(const struct lint *lint, const struct live *l);

#endif
