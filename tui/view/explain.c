/* SPDX-License-Identifier: MIT */
#include "tui/view/explain.h"

#include "tui/view/design.h"

enum {
	STRING_MOST = 24, /* bytes of a string in a sentence */
	WORDS_MOST = 48,  /* of a value */
};

void explain_add_value(const struct look *l, bool elem, struct text *out)
{
	const struct map *m = &l->session->world.map;
	const struct place *c = &l->cursor;
	size_t most = out->len + WORDS_MOST;

	value_format(m->heap, elem ? m->type->elem : m->type->key,
		elem ? map_elem(m, c->addr, c->slot) : map_key(m, c->addr, c->slot), out, STRING_MOST);
	if (out->len <= most)
		return;
	while ((out->s[most] & 0xc0) == 0x80)
		most--;
	out->len = most;
	text_add(out, "…");
}

bool explain_is_nan(const struct look *l)
{
	const struct map *m = &l->session->world.map;

	return !value_equals_itself(m->heap, m->type->key, map_key(m, l->cursor.addr, l->cursor.slot));
}

void explain_slot(const struct look *l, struct text *t)
{
	look_design(l)->explain.slot(l, t);
}

void explain(const struct look *l, struct text *t)
{
	const struct design *d = look_design(l);

	if (!l->session->world.map.header)
		text_add(t, "There is no map yet.");
	else if (l->in_header)
		d->explain.field(l, t);
	else if (l->zoom == ZOOM_ATLAS && l->cursor.addr)
		d->explain.unit(l, t);
	else if (l->zoom == ZOOM_BYTES && l->cursor.addr)
		d->explain.byte(l, t);
	else
		d->explain.slot(l, t);
}
