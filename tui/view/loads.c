/* SPDX-License-Identifier: MIT */
#include "model/session/loads.h"
#include "tui/view/figures.h"

enum { PASSED = 1 };

static const struct column columns[] = {
	{ "load", "load", "load", .width = 8, .role = ROLE_INDEX },
	[PASSED] = { "", "", "", .width = 11, .gap = 1, .rank = 1, .role = ROLE_VALUE },
	{ "bytes", "bytes for each entry", "bytes_for_each_entry", .width = 11, .rank = 1,
		.role = ROLE_VALUE },
	{ "hit", "hit", "hit_probes", .width = 11, .rank = 1, .role = ROLE_VALUE },
	{ "miss", "miss", "miss_probes", .width = 11, .rank = 1, .role = ROLE_VALUE },
};

static void put_note(const struct session *s, const struct loads *l, struct sheet *out)
{
	text_printf(sheet_add_words(out, FOR_PEOPLE, 0, 0, ROLE_NOTE),
		"%s on %s, %s %s filled with generated keys. %sAt %.1f the %s.",
		s->world.map.type->asked, s->given.target->name,
		count_text(l->form->in_a_map * l->form->maps).s, l->form->units, l->form->words,
		l->most / 2.0, l->form->maps > 1 ? "table grows or splits" : "map grows");
}

bool loads_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const struct loads *l = session_loads(now->session, err);
	struct sheet_table *t;
	struct column *c;

	if (!l)
		return false;
	sheet_count(out, l->form->units, l->form->in_a_map * l->form->maps);
	t = sheet_table(out, "loads", COLUMNS(columns));
	t->heads = ROLE_TITLE;
	c = &t->columns[PASSED];
	c->name = l->form->passed[0];
	c->title = l->form->passed[1];
	c->field = l->form->passed[2];
	for (unsigned i = 0; i < l->count; i++) {
		struct row *r = table_row(t);

		row_real(r, l->rows[i].load, 2);
		row_real(r, l->rows[i].passed, 2);
		row_real(r, l->rows[i].bytes, 2);
		row_real(r, l->rows[i].hit, 2);
		row_real(r, l->rows[i].miss, 2);
	}
	sheet_gap(out);
	put_note(now->session, l, out);
	return true;
}
