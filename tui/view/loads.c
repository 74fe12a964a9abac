/* SPDX-License-Identifier: MIT */
#include "model/session/loads.h"
#include "tui/view/figures.h"

static const struct column columns[] = {
	{ "load", "load", "load", .width = 8, .role = ROLE_INDEX },
	{ "% overflow", "% overflow", "overflow_percent", .width = 11, .gap = 1, .rank = 1,
		.role = ROLE_VALUE },
	{ "bytes", "bytes for each entry", "bytes_for_each_entry", .width = 11, .rank = 1,
		.role = ROLE_VALUE },
	{ "hit", "hit", "hit_probes", .width = 11, .rank = 1, .role = ROLE_VALUE },
	{ "miss", "miss", "miss_probes", .width = 11, .rank = 1, .role = ROLE_VALUE },
};

bool loads_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	const struct session *s = now->session;
	const struct loads *l = session_loads(now->session, err);
	struct text note = { 0 };
	struct sheet_table *t;

	if (!l)
		return false;
	sheet_count(out, "buckets", 1ull << LOADS_B);
	t = sheet_table(out, "loads", COLUMNS(columns));
	t->heads = ROLE_TITLE;
	for (unsigned i = 0; i < l->count; i++) {
		struct row *r = table_row(t);

		row_real(r, l->rows[i].load, 2);
		row_real(r, l->rows[i].overflow, 2);
		row_real(r, l->rows[i].bytes, 2);
		row_real(r, l->rows[i].hit, 2);
		row_real(r, l->rows[i].miss, 2);
	}
	sheet_gap(out);
	text_printf(&note,
		"%s on %s, %s buckets filled with generated keys. load: entries for each bucket. "
		"%% overflow: of the buckets have an overflow bucket. bytes: on top of key and "
		"elem. hit, miss: entries that a lookup passes on average. At %.1f the map grows.",
		s->world.map.type->asked, s->given.target->name, count_text(1u << LOADS_B).s,
		s->given.release->load_num / 2.0);
	sheet_words(out, FOR_PEOPLE, 0, 0, ROLE_NOTE, text_str(&note));
	text_free(&note);
	return true;
}
