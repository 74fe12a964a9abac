/* SPDX-License-Identifier: MIT */
/* One slot: its bytes, what they say, what they lead to, and the hash that put it there. */
#include "tui/canvas/wrap.h"
#include "tui/view/design.h"
#include "tui/view/explain.h"
#include "tui/view/leads.h"
#include "tui/view/view.h"

enum { LOW = 12 }; /* with fewer rows none is left blank */

static int put_hash(const struct look *l, const struct pane *p, int y)
{
	if (explain_is_nan(l)) {
		pane_textn(p, 0, y, p->w, ROLE_NOTE,
			"a NaN has another hash each time it is asked for");
		return 1;
	}
	return look_design(l)->hash(l, p, y);
}

static int put_value(const struct look *l, const struct pane *p, int y, bool elem)
{
	const struct map *m = &l->session->world.map;
	struct text value = { 0 };
	const struct gotype *t = elem ? m->type->elem : m->type->key;
	int x;

	slot_add_value(m, l->cursor.addr, l->cursor.slot, elem, 200, &value);
	pane_text(p, 0, y, ROLE_LABEL, elem ? "elem" : "key");
	x = 6 + pane_textn(p, 6, y, p->w / 2 - 6, ROLE_TYPE, t->name) + 2;
	pane_datan(p, x, y, p->w - x, elem ? ROLE_ELEM : ROLE_KEY, text_str(&value));
	text_free(&value);
	return 1 + view_leads(l, p, y + 1, elem);
}

int view_slot(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->world.map;
	struct text words = { 0 };
	struct pane rest;
	bool low = p->bottom - p->top < LOW; /* of what is in sight */
	const struct mark *mark;
	int x, y = 0;

	if (!l->cursor.addr) {
		pane_textn(p, 0, 0, p->w, ROLE_NOTE, "nothing is allocated yet");
		return 1;
	}
	mark = mark_of(look_marks(l), map_control(m, l->cursor.addr, l->cursor.slot));
	pane_printf(p, 0, y, ROLE_VALUE, "slot %u", l->cursor.slot);
	x = 8 + pane_printf(p, 8, y, mark->role, "%s %02x", look_control_word(l),
		map_control(m, l->cursor.addr, l->cursor.slot)) + 2;
	pane_textn(p, x, y++, p->w - x, ROLE_NOTE, mark->brief);
	y += !low;
	if (mark->state == SLOT_LIVE) {
		y += put_value(l, p, y, false);
		y += put_value(l, p, y, true);
		y += !low;
		y += put_hash(l, p, y) + !low;
	}
	/* Once is enough. */
	if (!l->explain)
		explain_slot(l, &words);
	rest = pane_sub(p, 0, y, p->w, p->h - y);
	y += wrap_text(&rest, 0, 0, ROLE_TEXT, text_str(&words));
	text_free(&words);
	return y;
}
