/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "model/map/engine.h"
#include "model/session/checked.h"
#include "tui/view/figures.h"

static const struct column laws[] = {
	{ "", "law", "law", .width = 13, .left = true },
	{ .field = "text" },
	{ .title = "faults", .field = "faults" },
	{ NULL, "what it says", NULL, .left = true },
};

static const struct column findings[] = {
	{ .name = "", .field = "law" }, { .name = "", .field = "text" },
};

static void put_laws(const struct check *c, struct sheet *out)
{
	struct sheet_table *t = sheet_table(out, "laws", COLUMNS(laws));

	t->style = TABLE_LAWS;
	t->indent = 2;
	for (unsigned i = 0; i < c->book->nlaws; i++) {
		struct row *r = table_row(t);

		row_words(r, c->book->laws[i].name);
		row_words(r, c->book->laws[i].text);
		row_count(r, c->broken[i]);
		row_words(r, c->book->laws[i].text);
	}
}

static void put_findings(const struct check *c, struct sheet *out)
{
	struct sheet_table *t = sheet_table(out, "first_faults", COLUMNS(findings));

	t->style = TABLE_LIST;
	for (unsigned i = 0; i < c->count; i++) {
		struct row *r = table_row(t);

		row_words(r, c->book->laws[c->list[i].law].name);
		row_data(r, text_str(&c->list[i].says));
		r->role = ROLE_WARNING;
	}
	if (c->faults > c->count)
		text_printf(sheet_add_line(out, FOR_PANE, ROLE_NOTE, false), "… and %s more",
			count_text(c->faults - c->count).s);
}

static void put_outcome(const struct check *c, const struct map *m, struct sheet *out)
{
	struct text *line = sheet_add_words(out, FOR_PANE, 0, 2,
		c->faults ? ROLE_ERROR : ROLE_MESSAGE);

	if (c->faults)
		text_printf(line, "%s fault%s", count_text(c->faults).s,
			c->faults == 1 ? "" : "s");
	else
		text_printf(line, "all laws hold: %s live cells in %s %ss", count_text(c->cells).s,
			count_text(c->units).s, m->type->engine->words.unit);
	if (m->header && m->unhashed)
		sheet_words(out, FOR_PANE, 0, 2, ROLE_NOTE,
			"laws about hashes were not checked: the hash key is not known");
}

bool check_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const struct check *c = session_check(now->session);
	const char *unit = now->session->world.map.type->engine->words.unit;
	char units[16];

	(void)err;
	sheet_flag(out, "sound", c->faults == 0);
	sheet_count(out, "live_cells", c->cells);
	snprintf(units, sizeof units, "%ss", unit);
	sheet_count(out, units, c->units);
	sheet_count(out, "faults", c->faults);
	put_laws(c, out);
	sheet_gap(out);
	if (session_half_done(now->session))
		sheet_words(out, FOR_PANE, 0, 2, ROLE_NOTE,
			"inside an operation, where some laws may be broken");
	put_outcome(c, &now->session->world.map, out);
	put_findings(c, out);
	return true;
}
