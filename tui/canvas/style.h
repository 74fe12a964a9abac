/* SPDX-License-Identifier: MIT */
#ifndef TUI_CANVAS_STYLE_H
#define TUI_CANVAS_STYLE_H

#include "themes/theme.h"

/* What a cell looks like in a theme, with all that lies over its role: flags of enum cell_flag. */
struct style cell_style(const struct theme *theme, enum role role, unsigned flags);

#endif
