/* SPDX-License-Identifier: MIT */
#include "tui/page/views.h"

#include <string.h>

#include "model/base/nearest.h"
#include "tui/page/page_parts.h"
#include "tui/view/figures.h"
#include "tui/view/layout.h"

const struct page_view page_views[VIEWS] = {
#define X(id, name, title, key, takes, flags, format, sheet, draw, stream, help)                  \
	{ name, title, key, takes, flags, format, sheet, draw, stream, help },
	VIEWS_TABLE(X)
#undef X
};

const struct page_view *page_view_at(unsigned i)
{
	return i < VIEWS ? &page_views[i] : NULL;
}

const struct page_view *page_view_find(const char *name, struct error *err)
{
	struct nearest nearest = nearest_begin(name ? name : "", name ? strlen(name) : 0);
	struct text known = { 0 };
	char near[NEAREST_WORDS];

	for (int i = 0; i < VIEWS; i++)
		if (!name || strcmp(name, page_views[i].name) == 0)
			return &page_views[i];
	for (int i = 0; i < VIEWS; i++) {
		text_printf(&known, "%s%s", i ? ", " : "", page_views[i].name);
		nearest_try(&nearest, page_views[i].name);
	}
	fail(err, "unknown view \"%.40s\": %sone of %s", name, nearest_words(&nearest, near),
		text_str(&known));
	text_free(&known);
	return NULL;
}

const struct page_view *page_view_of(enum action action)
{
	int i = 0;

	while (i < VIEWS && (page_views[i].key != action || action == ACTIONS_END))
		i++;
	return i < VIEWS ? &page_views[i] : NULL;
}

int page_view_draw(const struct page_view *v, const struct present *now, const struct pane *p)
{
	struct sheet *sheet;
	struct pane below;
	struct error err;
	int y;

	y = v->draw ? v->draw(now, p) : 0;
	if (v->flags & VIEW_DRAWN)
		return y;
	below = pane_sub(p, 0, y, p->w, p->h - y);
	sheet = sheet_new();
	if (!v->sheet(now, sheet, &err))
		sheet_words(sheet, FOR_PANE, 0, 0, ROLE_ERROR, err.msg);
	y += sheet_draw(sheet, &below);
	sheet_free(sheet);
	return y;
}
