/* SPDX-License-Identifier: MIT */
#include "tui/page/figures.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/json.h"
#include "model/session/books.h"
#include "model/figures/chance.h"
#include "model/figures/check.h"
#include "model/session/diff.h"
#include "model/session/lifecycle.h"
#include "model/session/loads.h"
#include "model/source/snapshot.h"

static json_int_t number(uint64_t n)
{
	return (json_int_t)n;
}

/* Laws, and the first of the faults. */
static bool put_check(struct session *s, json_t *to, struct error *err)
{
	json_t *laws = json_array(), *faults = json_array();
	struct check c;
	bool sound = check_map(&s->world.map, &c);

	(void)err;
	for (int i = 0; i < LAWS; i++)
		json_array_append_new(laws,
			json_pack("{s:s, s:s, s:I}", "law", law_name((enum law)i),
			"text", law_text((enum law)i), "faults", number(c.broken[i])));
	for (unsigned i = 0; i < c.count; i++)
		json_array_append_new(faults,
			json_pack("{s:s, s:o}", "law", law_name(c.list[i].law),
			"text", json_words(text_str(&c.list[i].says))));
	json_object_update_new(to, json_pack("{s:b, s:I, s:I, s:I, s:o, s:o}", "sound", sound,
		"live_cells", number(c.cells), "buckets", number(c.buckets),
		"faults", number(c.faults), "laws", laws, "first_faults", faults));
	check_free(&c);
	return true;
}

static json_t *fills_json(const struct shape *s)
{
	json_t *list = json_array();

	for (unsigned k = 0; k < SHAPE_FILLS; k++) {
		double ideal = shape_ideal_fill(s, k);

		if (s->fills[k] > 0 || ideal >= 0.05)
			json_array_append_new(list, json_pack("{s:i, s:b, s:I, s:f}", "entries", k,
				"or_more", k == SHAPE_FILLS - 1, "chains", number(s->fills[k]),
				"by_chance", ideal));
	}
	return list;
}

static bool put_shape(struct session *s, json_t *to, struct error *err)
{
	const struct shape *shape = session_shape(s);
	json_t *links = json_array();

	(void)err;
	for (unsigned k = 0; k < SHAPE_LINKS; k++)
		if (shape->links[k])
			json_array_append_new(links, json_pack("{s:i, s:b, s:I}", "overflow", k,
				"or_more", k == SHAPE_LINKS - 1, "chains",
				number(shape->links[k])));
	json_object_update_new(to, json_pack("{s:I, s:I, s:I, s:f, s:o, s:o}", "entries",
		number(shape->entries), "chains", number(shape->chains), "overflow",
		number(shape->overflow), "overflow_by_chance",
		chance_overflow(shape->entries, shape->chains), "fills", fills_json(shape), "links",
		links));
	if (shape->entries)
		json_object_set_new(to, "hit_probes",
			json_real((double)shape->hit_probes / (double)shape->entries));
	if (shape->chains)
		json_object_set_new(to, "miss_probes",
			json_real((double)shape->miss_probes / (double)shape->chains));
	return true;
}

/* The four figures of a heap profile. */
static json_t *moment_json(const struct life_point *p)
{
	json_t *moment = json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "op", number(p->op), "entries",
		number(p->entries), "alloc_objects", number(p->allocated.objects), "alloc_space",
		number(p->allocated.bytes), "inuse_objects", number(p->in_use.objects),
		"inuse_space", number(p->in_use.bytes));

	if (*p->what)
		json_object_set_new(moment, "what", json_words(p->what));
	return moment;
}

static bool put_life(struct session *s, json_t *to, struct error *err)
{
	const struct lifecycle *life = session_lifecycle(s, err);
	json_t *events, *samples;

	if (!life)
		return false;
	events = json_array();
	samples = json_array();
	for (size_t i = 0; i < life->nevents; i++)
		json_array_append_new(events, moment_json(&life->events[i]));
	for (size_t i = 0; i < life->nsamples; i++)
		json_array_append_new(samples, moment_json(&life->samples[i]));
	json_object_update_new(to, json_pack("{s:o, s:o}", "events", events, "samples", samples));
	return true;
}

static bool put_loads(struct session *s, json_t *to, struct error *err)
{
	const struct loads *l = session_loads(s, err);
	json_t *list;

	if (!l)
		return false;
	list = json_array();
	for (unsigned i = 0; i < l->count; i++) {
		const struct load_row *row = &l->rows[i];

		json_array_append_new(list, json_pack("{s:f, s:f, s:f, s:f, s:f}", "load",
			row->load, "overflow_percent", row->overflow, "bytes_for_each_entry",
			row->bytes, "hit_probes", row->hit, "miss_probes", row->miss));
	}
	json_object_update_new(to, json_pack("{s:I, s:o}", "buckets", number(1ull << LOADS_B),
		"loads", list));
	return true;
}

static json_t *place_json(const struct place *p)
{
	return json_pack("{s:b, s:I, s:i, s:i}", "old", p->array, "bucket", number(p->unit),
		"chain",
		(int)p->link, "slot", (int)p->slot);
}

static json_t *cell_json(const struct diff_cell *c)
{
	static const char *const sides[] = { "before", "after" };
	json_t *cell = json_pack("{s:s, s:o}", "what", diff_kind_name(c->kind), "key",
		json_words(c->key));

	for (int i = 0; i < 2; i++)
		if (c->elem[i])
			json_object_set_new(cell, sides[i], json_pack("{s:o, s:o}", "elem",
				json_words(c->elem[i]), "place", place_json(&c->place[i])));
	return cell;
}

static json_t *changes_json(const struct diff *d)
{
	const struct ledger *a = &d->sides[0].ledger, *b = &d->sides[1].ledger;
	json_t *list = json_array();

	for (int i = 0; i < LEDGER_CAUSES; i++) {
		enum ledger_cause cause = (enum ledger_cause)i;
		json_int_t x = number(ledger_cause_bytes(a, cause));
		json_int_t y = number(ledger_cause_bytes(b, cause));

		json_array_append_new(list, json_pack("{s:s, s:I, s:I, s:I}", "cause",
			ledger_word(cause), "before", x, "after", y, "change", y - x));
	}
	return list;
}

static json_t *buckets_json(const struct diff *d)
{
	size_t count;
	struct diff_bucket *list = diff_buckets(d, &count);
	json_t *buckets = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(buckets, json_pack("{s:b, s:I, s:I, s:I, s:I, s:I, s:I}",
			"old", list[i].old, "bucket", number(list[i].bucket), "came",
			number(list[i].came), "went", number(list[i].went), "changed",
			number(list[i].changed), "moved_in", number(list[i].in), "moved_out",
			number(list[i].out)));
	free(list);
	return buckets;
}

static json_t *kinds_json(const struct diff *d)
{
	json_t *kinds = json_object();

	for (int k = 0; k < DIFF_KINDS; k++)
		json_object_set_new(kinds, diff_kind_name((enum diff_kind)k),
			json_integer(number(d->kinds[k])));
	return kinds;
}

static json_t *cells_json(const struct diff *d)
{
	json_t *cells = json_array();

	for (size_t i = 0; i < d->count; i++)
		json_array_append_new(cells, cell_json(&d->cells[i]));
	return cells;
}

static bool put_diff(struct session *s, json_t *to, struct error *err)
{
	const char *title;
	const struct diff *d = session_diff(s, &title, err);

	if (!d)
		return false;
	/* What is not known of maps that are too large is null. */
	json_object_update_new(to, json_pack("{s:o, s:I, s:I, s:o, s:o, s:o, s:o}", "of",
		json_words(title), "bytes_before", number(d->sides[0].ledger.total),
		"bytes_after", number(d->sides[1].ledger.total), "causes", changes_json(d), "cells",
		d->whole ? kinds_json(d) : json_null(), "buckets",
		d->whole ? buckets_json(d) : json_null(), "list",
		d->whole ? cells_json(d) : json_null()));
	return true;
}

static const struct {
	const char *view;
	bool (*put)(struct session *s, json_t *to, struct error *err);
} views[] = {
	{ "ledger", figures_ledger }, { "lifecycle", put_life }, { "shape", put_shape },
	{ "check", put_check }, { "diff", put_diff }, { "layout", figures_layout },
	{ "loads", put_loads },
};

#define COUNT (sizeof views / sizeof *views)

bool figures_check(const char *view, struct error *err)
{
	struct text known = { 0 };

	for (size_t i = 0; i < COUNT; i++)
		if (strcmp(view, views[i].view) == 0)
			return true;
	for (size_t i = 0; i < COUNT; i++)
		text_printf(&known, "%s%s", i ? ", " : "", views[i].view);
	fail(err, "--view %.40s: json has the figures of %s; without --view, every byte", view,
		text_str(&known));
	text_free(&known);
	return false;
}

bool figures_write(struct session *s, const char *view, FILE *out, struct error *err)
{
	json_t *all = json_pack("{s:s, s:s, s:o, s:s, s:o, s:I}", "format", "hmapview-figures/1",
		"view", view, "type", json_words(s->world.map.type->asked), "arch",
		s->given.target->name,
		"go", json_sprintf("go%s", s->given.release->name), "op", number(s->time.now));
	bool ok = false;

	for (size_t i = 0; i < COUNT; i++)
		if (strcmp(view, views[i].view) == 0)
			ok = views[i].put(s, all, err);
	if (ok) {
		ok = json_write(all, JSON_INDENT(2) | JSON_REAL_PRECISION(6), out);
		putc('\n', out);
		return (ok && !ferror(out)) || fail(err, "the output could not be written");
	}
	json_decref(all);
	return false;
}
