/* SPDX-License-Identifier: MIT */
/* The ledger as JSON. */
#include "model/session/books.h"
#include "model/session/trial.h"
#include "model/session/verdict.h"
#include "tui/page/figures.h"

enum { POINTS = 16 }; /* growths ahead */

static json_int_t number(uint64_t n)
{
	return (json_int_t)n;
}

static json_t *causes_json(const struct ledger *l)
{
	json_t *list = json_array();

	for (int i = 0; i < LEDGER_CAUSES; i++)
		json_array_append_new(list,
			json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I}", "cause",
			ledger_word((enum ledger_cause)i), "name",
			ledger_name((enum ledger_cause)i),
			"bytes", number(ledger_cause_bytes(l, (enum ledger_cause)i)), "array",
			number(l->bytes[i][PLACE_ARRAY]), "overflow",
			number(l->bytes[i][PLACE_OVERFLOW]), "old_array",
			number(l->bytes[i][PLACE_OLD]), "apart", number(l->bytes[i][PLACE_APART])));
	return list;
}

static json_t *span_json(struct span span)
{
	return json_pack("{s:I, s:I}", "least", number(span.least), "most", number(span.most));
}

static json_t *forecast_json(const struct forecast *f)
{
	json_t *next = json_pack("{s:b, s:o, s:I, s:I, s:I, s:I, s:I, s:o}", "same_size",
		f->same_size, "inserts", span_json(f->inserts), "overflow_buckets_left",
		number(f->overflow_left), "B", (json_int_t)f->B, "alloc_bytes", number(f->alloc),
		"about_peak", number(f->peak), "peak_without_overflow", number(f->peak_least),
		"writes", span_json(f->next_writes));

	return next;
}

static json_t *points_json(const struct map *m)
{
	struct growth_point list[POINTS];
	unsigned n = forecast_points(m, list, POINTS);
	json_t *points = json_array();

	for (unsigned i = 0; i < n; i++)
		json_array_append_new(points, json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "entry",
			number(list[i].entry), "B", (json_int_t)list[i].B, "about_before",
			number(list[i].before), "about_peak", number(list[i].during), "about_after",
			number(list[i].after), "least_after", number(list[i].least)));
	return points;
}

static json_t *verdicts_json(const struct session *s, const struct ledger *l,
	const struct forecast *f)
{
	json_t *list = json_array();
	struct verdicts v;

	verdicts_find(s, l, f, &v);
	for (int i = 0; i < VERDICTS; i++)
		if (v.holds[i])
			json_array_append_new(list, json_pack("{s:s, s:s, s:I}", "verdict",
				verdict_name((enum verdict_kind)i), "text", text_str(&v.says[i]),
				"saves", number(v.saves[i])));
	verdicts_free(&v);
	return list;
}

static json_t *hints_json(const struct session *s)
{
	struct trial list[TRIALS];
	unsigned n = trials_make(s, list);
	json_t *hints = json_array();

	for (unsigned i = 0; i < n; i++) {
		const struct trial *t = &list[i];

		json_array_append_new(hints, json_pack(
			"{s:I, s:I, s:b, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "hint",
			number(t->hint), "entries", number(t->entries), "about", t->about, "B",
			(json_int_t)t->B, "buckets", number(t->buckets), "spare", number(t->spare),
			"overflow", number(t->overflow), "inuse_bytes", number(t->in_use.bytes),
			"inuse_objects", number(t->in_use.objects), "alloc_bytes",
			number(t->allocated.bytes), "alloc_objects", number(t->allocated.objects)));
	}
	return hints;
}

bool figures_ledger(struct session *s, json_t *to, struct error *err)
{
	const struct ledger *l = session_ledger(s);
	struct forecast f;

	(void)err;
	forecast_make(&s->world.map, l, &f);
	json_object_update_new(to, json_pack("{s:I, s:I, s:I, s:I, s:o}", "bytes", number(l->total),
		"objects", number(l->objects), "entries", number(l->entries), "referred_bytes",
		number(l->referred), "causes", causes_json(l)));
	json_object_set_new(to, "slots", json_pack("{s:I, s:I, s:I, s:I}", "live",
		number(l->live), "free", number(l->free), "dead", number(l->dead), "evacuated",
		number(l->moved)));
	if (f.growing)
		json_object_set_new(to, "growth", json_pack("{s:I, s:o}", "old_buckets_waiting",
			number(f.waiting), "writes", span_json(f.writes)));
	json_object_set_new(to, "next_growth", forecast_json(&f));
	json_object_set_new(to, "growths_ahead", points_json(&s->world.map));
	json_object_set_new(to, "verdicts", verdicts_json(s, l, &f));
	json_object_set_new(to, "hints", hints_json(s));
	return true;
}
