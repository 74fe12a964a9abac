/* SPDX-License-Identifier: MIT */
#include "model/session/comparison.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/saturate.h"
#include "model/engines/engines.h"
#include "model/figures/figures.h"
#include "model/figures/pointees.h"
#include "model/session/trial.h"

void comparison_free(struct comparison *c)
{
	for (unsigned i = 0; c && i < c->count; i++)
		free(c->rows[i].name);
	free(c);
}

/* What the type alone says. */
static void read_type(const struct session *s, struct compared *row)
{
	struct gotype_scope scope = session_scope(s);
	struct maptype *t = maptype_new(row->name, &scope, &row->why);
	struct pointees led;
	struct pieces p;

	row->known = t != NULL;
	if (!t)
		return;
	p = pieces_make(t, 0);
	pointees_of_entry(t, &led);
	row->key = t->keysize;
	row->elem = t->elemsize;
	row->padding = p.slot_padding;
	row->unit = t->unit.size;
	row->scanned = t->pointers;
	row->full = figures_of_type(t)->each(t, 1);
	row->typical = figures_of_type(t)->each(t, 0.75);
	row->led_each = led.bytes;
	row->leads_on = led.values || led.back || led.lost || led.held;
	pieces_free(&p);
	maptype_free(t);
}

static void take_figures(const struct session *filled, uint64_t entries, struct compared *row)
{
	struct ledger l;

	ledger_take(&filled->world.map, &l);
	row->in_use = (struct account){ l.objects, l.total };
	row->allocated = map_allocated(&filled->world.map);
	row->led = saturating_sum(saturating_product(row->led_each, entries), l.referred_taken);
	row->together = saturating_sum(row->led, l.total);
	row->filled = true;
}

/* False when who watches stops it; a map that cannot be had is a row that says so. */
static bool fill_row(const struct session *s, uint64_t entries, struct compared *row,
	struct error *err)
{
	struct session beside;
	bool stopped;

	if (!trial_open(s, row->name, s->given.seed, s->given.first_hint, &beside, &row->why))
		return true;
	if (trial_fill(&beside, entries, &row->why))
		take_figures(&beside, entries, row);
	stopped = beside.run.interrupted;
	session_close(&beside);
	return !stopped || work_fail(err);
}

static bool fill_rows(const struct session *s, struct comparison *c, struct error *err)
{
	bool ok = true;

	c->target = s->given.target;
	c->release = s->given.release;
	c->hint = s->given.first_hint;
	c->seed = s->given.seed;
	for (unsigned i = 0; ok && i < c->count; i++) {
		read_type(s, &c->rows[i]);
		if (c->rows[i].known)
			ok = fill_row(s, c->entries, &c->rows[i], err);
	}
	return ok;
}

static void add_row(struct comparison *c, const char *name)
{
	if (c->count < COMPARED_MOST)
		c->rows[c->count++].name = xstrdup(name);
}

bool session_compare(struct session *s, const char *const *types, unsigned count,
	uint64_t entries, struct error *err)
{
	struct gotype_scope scope = session_scope(s);
	struct comparison *c;

	if (count > COMPARED_MOST)
		return fail(err, "%d types at most", COMPARED_MOST);
	for (unsigned i = 0; i < count; i++) {
		struct maptype *t = maptype_new(types[i], &scope, err);

		if (!t)
			return fail_in(err, "%.60s", types[i]);
		maptype_free(t);
	}
	c = xcalloc(1, sizeof *c);
	c->entries = entries;
	c->chosen = true;
	for (unsigned i = 0; i < count; i++)
		add_row(c, types[i]);
	comparison_free(s->desk.comparison);
	s->desk.comparison = c;
	return true;
}

/* Whether what is kept is of these circumstances. */
static bool is_fresh(const struct session *s, const struct comparison *c)
{
	return c->target == s->given.target && c->release == s->given.release &&
		c->hint == s->given.first_hint && c->seed == s->given.seed &&
		c->edition == s->time.edition;
}

/* The same question again, unanswered. */
static struct comparison *ask_again(const struct session *s, const struct comparison *was,
	const char *const *others, unsigned count)
{
	struct comparison *c = xcalloc(1, sizeof *c);
	const char *own = s->world.map.type->asked;

	c->edition = s->time.edition;
	if (was && was->chosen) {
		c->chosen = true;
		c->entries = was->entries;
		for (unsigned i = 0; i < was->count; i++)
			add_row(c, was->rows[i].name);
		return c;
	}
	c->entries = map_count(&s->world.map) ? map_count(&s->world.map) : COMPARED_ENTRIES;
	add_row(c, own);
	for (unsigned i = 0; i < count; i++)
		if (strcmp(others[i], own) != 0)
			add_row(c, others[i]);
	return c;
}

const struct comparison *session_comparison(struct session *s, const char *const *others,
	unsigned count, struct error *err)
{
	struct comparison *c = s->desk.comparison;

	if (c && is_fresh(s, c))
		return c;
	c = ask_again(s, c, others, count);
	if (!fill_rows(s, c, err)) {
		comparison_free(c);
		return NULL;
	}
	comparison_free(s->desk.comparison);
	s->desk.comparison = c;
	return c;
}

const struct compared *comparison_least(const struct comparison *c)
{
	const struct compared *least = NULL;

	for (unsigned i = 0; i < c->count; i++) {
		const struct compared *row = &c->rows[i];

		if (row->filled && (!least || row->together < least->together))
			least = row;
	}
	return least;
}
