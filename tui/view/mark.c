/* SPDX-License-Identifier: MIT */
#include "tui/view/mark.h"

void mark_put(const struct marks *k, const struct pane *p, int x, int y, uint8_t control)
{
	const struct mark *m = mark_of(k, control);

	if (m->glyph)
		pane_text(p, x, y, m->role, m->glyph);
	else
		pane_hex(p, x, y, m->role, control);
}

const char *mark_glyph(const struct mark *k)
{
	return k->glyph ? k->glyph : "5b";
}

void mark_put_glyph(const struct mark *k, const struct pane *p, int x, int y)
{
	pane_text(p, x, y, k->role, mark_glyph(k));
}

void mark_put_words(const struct marks *k, const struct pane *p, int x, int y, enum role role,
	uint8_t control)
{
	const struct mark *m = mark_of(k, control);
	const char *words[] = { m->brief, m->briefest, m->word };
	size_t i = 0;

	while (i < 2 && text_width(p->canvas, words[i]) > p->w - x)
		i++;
	pane_textn(p, x, y, p->w - x, role, words[i]);
}

void mark_put_bar(const struct marks *k, const struct pane *p, int x, int y, uint8_t control)
{
	const struct mark *m = mark_of(k, control);

	pane_put(p, x, y, m->role, m->bar);
}
