/* SPDX-License-Identifier: MIT */
#include "tui/maps/gates.h"

#include <inttypes.h>
#include <math.h>

#include "model/figures/slots.h"
#include "model/live/aimed.h"
#include "model/session/books.h"
#include "model/session/trial.h"

/* What is looked at, and where is said what fails. */
struct gates {
	const struct gate *gate;
	const char *whose;   /* "process 4242"; NULL: nobody's */
	FILE *out;
	bool held;
};

static void begin_line(const struct gates *g, const char *map, struct text *line)
{
	if (g->whose)
		text_printf(line, "%s: ", g->whose);
	text_add_shown(line, map ? map : "the map");
	text_add(line, ": ");
}

static void end_line(struct gates *g, struct text *line)
{
	fprintf(g->out, "hmapview: %s\n", text_str(line));
	text_free(line);
	g->held = false;
}

static void hold(struct gates *g, const char *map, const struct gate_values *v)
{
	enum gate_truth truth = gate_try(g->gate, v);
	struct text line = { 0 };

	if (truth == GATE_HOLDS)
		return;
	begin_line(g, map, &line);
	text_add_shown(&line, g->gate->text + g->gate->condition);
	text_add(&line, truth == GATE_FAILS ? " does not hold: " : " cannot be told: ");
	gate_tell(g->gate, v, &line);
	end_line(g, &line);
}

/* One that is called by the name that the gate has, or not at all. */
static void say_none(struct gates *g, const char *why)
{
	struct text line = { 0 }, name = { 0 };

	text_addn(&name, g->gate->text + g->gate->name, g->gate->name_len);
	begin_line(g, text_str(&name), &line);
	text_add_shown(&line, why);
	end_line(g, &line);
	text_free(&name);
}

/* Of a live program */

static struct gate_values values_of(const struct census_map *m)
{
	struct gate_values v = { {
		[GATE_BYTES] = (double)m->bytes,
		[GATE_ENTRIES] = (double)m->head.entries,
		[GATE_SLOTS] = (double)m->head.slots,
		[GATE_FREE] = (double)m->free_bytes,
		[GATE_DEAD] = (double)m->dead_bytes,
		[GATE_UNUSED] = (double)(m->free_bytes + m->dead_bytes),
		[GATE_SAVES] = !m->rebuilt ? NAN :
			m->bytes > m->rebuilt ? (double)(m->bytes - m->rebuilt) : 0,
		[GATE_MAPS] = 1,
	} };

	return v;
}

static struct gate_values values_of_all(const struct census *c)
{
	const struct balance *b = &c->balance;
	struct gate_values all = { { [GATE_EMPTY] = (double)c->empty,
		[GATE_LIVE] = (double)b->live,
		[GATE_RSS] = b->resident_known ? (double)b->resident : NAN } }, one;

	for (size_t i = 0; i < c->count; i++) {
		one = values_of(&c->list[i]);
		for (unsigned f = 0; f < GATE_NONE; f++)
			all.of[f] += one.of[f];
	}
	return all;
}

/* By the way that its name says: a local variable, one that has no memory, or none. */
static bool hold_aimed(struct gates *g, struct live *l, const struct census *c, bool needs_one)
{
	struct gate_values v = { { 0 } };
	struct text name = { 0 };
	uint64_t head, type = 0;
	struct error err;
	bool found;

	text_addn(&name, g->gate->text + g->gate->name, g->gate->name_len);
	found = aimed_find(l, text_str(&name), &head, &type, &err);
	for (size_t i = 0; found && i < c->count; i++)
		if (c->list[i].head.at == head) {
			v = values_of(&c->list[i]);
			break;
		}
	if (found || type)
		hold(g, text_str(&name), &v);
	else if (needs_one)
		say_none(g, err.msg[0] ? err.msg : "no map is called so");
	text_free(&name);
	return found || type;
}

bool gates_list(const struct gate *gate, struct live *l, const struct census *c, bool needs_one,
	size_t *met, FILE *out)
{
	struct gates g = { gate, l->image.name, out, true };
	size_t meant = 0;

	if (gate->scope == GATE_ALL) {
		struct gate_values v = values_of_all(c);

		hold(&g, "all maps", &v);
		return g.held;
	}
	for (size_t i = 0; i < c->count; i++) {
		const struct census_map *m = &c->list[i];
		struct gate_values v = values_of(m);
		char address[24];

		snprintf(address, sizeof address, "0x%" PRIx64, m->head.at);
		if (!gate_means(gate, m->name) && !gate_means(gate, address))
			continue;
		meant++;
		hold(&g, m->name ? m->name : address, &v);
	}
	if (meant == 0 && gate_is_pattern(gate) && needs_one)
		say_none(&g, "no map is called so");
	else if (meant == 0 && gate->scope == GATE_NAMED && !gate_is_pattern(gate))
		meant = hold_aimed(&g, l, c, needs_one);
	*met += meant;
	return g.held;
}

/* Of a session */

static double saved(const struct session *s, const struct ledger *l)
{
	struct trial t;

	if (!trial_plan(s->world.map.type, s->given.stays, l->entries, l->entries, &t))
		return NAN;
	return l->total > t.map.in_use.bytes ? (double)(l->total - t.map.in_use.bytes) : 0;
}

bool gates_map(const struct gate *gate, const struct session *s, const char *name, FILE *out)
{
	struct gates g = { gate, NULL, out, true };
	uint64_t slot = slots_of_type(s->world.map.type).slot, empty;
	const struct ledger *l;
	struct gate_values v;

	if (gate->scope == GATE_NAMED && !gate_means(gate, name)) {
		say_none(&g, "no map is called so");
		return false;
	}
	books_hold(s);
	l = session_ledger(s);
	/* As the list counts them: a slot with its padding, whatever bytes were left in it. */
	empty = l->free + l->dead + (l->form->other_empty ? l->other : 0);
	v = (struct gate_values){ {
		[GATE_BYTES] = (double)l->total,
		[GATE_ENTRIES] = (double)l->entries,
		[GATE_SLOTS] = (double)(l->live + empty),
		[GATE_FREE] = (double)((empty - l->tombstones) * slot),
		[GATE_DEAD] = (double)(l->tombstones * slot),
		[GATE_UNUSED] = (double)(empty * slot),
		[GATE_SAVES] = saved(s, l),
		[GATE_MAPS] = 1,
		[GATE_RSS] = NAN,
		[GATE_LIVE] = NAN,
	} };
	books_release(s);
	hold(&g, name, &v);
	return g.held;
}
