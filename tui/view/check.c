/* SPDX-License-Identifier: MIT */
#include "tui/view/check.h"

#include "model/session/checked.h"
#include "tui/canvas/wrap.h"

enum { LAW_COLUMN = 13 };

static int draw_laws(const struct pane *p, const struct check *c)
{
	struct pane words;
	int y = 0;

	for (int i = 0; i < LAWS; i++) {
		enum law law = (enum law)i;
		bool broken = c->broken[law] > 0;
		enum role role = broken ? ROLE_ERROR : ROLE_LABEL;

		pane_put(p, 0, y, role, broken ? U'✗' : U'✓');
		pane_text(p, 2, y, role, law_name(law));
		words = pane_sub(p, LAW_COLUMN, y, p->w - LAW_COLUMN, p->h - y);
		y += wrap_text(&words, 0, 0, ROLE_TEXT, law_text(law));
	}
	return y;
}

static int draw_findings(const struct pane *p, int y, const struct check *c)
{
	for (unsigned i = 0; i < c->count; i++) {
		struct text line = { 0 };

		text_printf(&line, "%s: %s", law_name(c->list[i].law), text_str(&c->list[i].says));
		y += wrap_text(p, y, 2, ROLE_WARNING, text_str(&line));
		text_free(&line);
	}
	if (c->faults > c->count)
		pane_printf(
			p, 0, y++, ROLE_NOTE, "… and %s more", count_text(c->faults - c->count).s);
	return y;
}

int view_check(struct session *s, const struct pane *p)
{
	const struct check *c = session_check(s);
	int y = draw_laws(p, c) + 1;

	if (session_half_done(s))
		y += wrap_text(p, y, 2, ROLE_NOTE,
			"inside an operation, where some laws may be broken");
	if (c->faults == 0)
		y += wrap_printf(p, y, ROLE_MESSAGE, "all laws hold: %s live cells in %s buckets",
			count_text(c->cells).s, count_text(c->buckets).s);
	else
		y += wrap_printf(p, y, ROLE_ERROR, "%s fault%s", count_text(c->faults).s,
			c->faults == 1 ? "" : "s");
	return draw_findings(p, y, c);
}
