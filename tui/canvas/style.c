/* SPDX-License-Identifier: MIT */
#include "tui/canvas/style.h"

#include "tui/canvas/canvas.h"

/* ORDER OVERLAY */
static const struct {
	enum cell_flag flag;
	enum role role;
} overlays[] = {
	{ CELL_CHANGED, ROLE_CHANGED },
	{ CELL_LINKED, ROLE_LINKED },
	{ CELL_MATCH, ROLE_MATCH },
	{ CELL_CURSOR, ROLE_CURSOR },
};

/* What is reversed already stands out from its like by going back, and by its weight. */
static unsigned overlay_attrs(unsigned under, unsigned over)
{
	if (under & over & ATTR_REVERSE)
		return ((under | over) & ~(unsigned)ATTR_REVERSE) | ATTR_BOLD | ATTR_UNDERLINE;
	return under | over;
}

struct style cell_style(const struct theme *theme, enum role role, unsigned flags)
{
	struct style style = theme->styles[role];

	if (!flags)
		return style;
	if (flags & CELL_UNDERLINE)
		style.attrs |= ATTR_UNDERLINE;
	for (size_t i = 0; i < sizeof overlays / sizeof *overlays; i++) {
		const struct style *over = &theme->styles[overlays[i].role];

		if (!(flags & overlays[i].flag))
			continue;
		if (over->fg >= 0) {
			style.fg = over->fg;
			style.fg_few = over->fg_few;
		}
		if (over->bg >= 0) {
			style.bg = over->bg;
			style.bg_few = over->bg_few;
		}
		style.attrs = (uint8_t)overlay_attrs(style.attrs, over->attrs);
	}
	return style;
}
