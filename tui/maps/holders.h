/* SPDX-License-Identifier: MIT */
/* What holds a map (model/live/held.h) as a sheet, "hmapview-held/1". */
#ifndef TUI_MAPS_HOLDERS_H
#define TUI_MAPS_HOLDERS_H

#include "model/live/held.h"
#include "tui/sheet/sheet.h"

/* It borrows both. */
struct sheet *holders_sheet(const struct held *held, const struct live *l);

#endif
