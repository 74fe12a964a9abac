/* SPDX-License-Identifier: MIT */
#include "model/session/beside.h"

#include <stdlib.h>

#include "model/base/mem.h"
#include "model/session/command.h"
#include "model/session/diff_parts.h"

static void add(struct course *c, char *text, uint64_t steps, bool cut)
{
	xadd(c->list, c->count, c->cap, (struct entry){ .text = text, .steps = steps, .cut = cut });
}

void course_free(struct course *c)
{
	for (size_t i = 0; i < c->count; i++)
		free(c->list[i].text);
	free(c->list);
	*c = (struct course){ 0 };
}

/* The command behind "first N", if there is one. */
static const struct command *command_of(const char *line)
{
	const char *args;
	struct error unused;
	const struct command *c = command_find(line, &args, &unused);
	uint64_t n;

	if (!c || c->run != command_first || !args_number(&args, UINT64_MAX, &n, &unused))
		return c;
	return command_find(args, &args, &unused);
}

/* Whether its keys are chosen by what the map holds, and where. */
static bool chooses_keys(const char *line)
{
	const struct command *c = command_of(line);

	return c && (c->run == command_grow || c->run == command_collide);
}

/* The steps of an entry that were done by that point. */
static uint64_t steps_until(uint64_t until, const struct entry *e)
{
	return e->first + e->steps > until ? until - e->first : e->steps;
}

/* Entries up to a point: those before it are whole, one may be there in part. */
static bool is_past(uint64_t until, const struct entry *e)
{
	return e->first < until || e->steps == 0;
}

/* What an expansion is told of: each step of the timeline, as it is run again. */
struct expansion {
	const struct session *of;
	struct course *course;
	size_t entry;
};

static void take_step(struct session *s, const char *verb, const uint8_t *key, void *data)
{
	struct expansion *x = data;
	const struct timeline *t = &x->of->time;
	struct text line = { 0 };

	while (x->entry < t->nentries &&
		s->time.now > t->entries[x->entry].first + t->entries[x->entry].steps)
		x->entry++;
	if (x->entry == t->nentries || !chooses_keys(t->entries[x->entry].text))
		return;
	text_add(&line, verb);
	if (key) {
		text_addc(&line, ' ');
		value_format(&s->world.heap, s->world.map.type->key, key, &line, 0);
	}
	add(x->course, line.s, x->entry, false);
	x->course->list[x->course->count - 1].first = s->time.now - 1;
}

/* All steps of commands that choose keys, a line each; .steps is the entry that they are of. */
static bool take_steps(const struct session *s, uint64_t until, struct course *steps,
	struct error *err)
{
	struct expansion x = { .of = s, .course = steps };
	struct course own = { 0 };
	struct session again;
	bool ok;

	for (size_t i = 0; i < s->time.nentries && is_past(until, &s->time.entries[i]); i++) {
		const struct entry *e = &s->time.entries[i];
		uint64_t n = steps_until(until, e);

		add(&own, xstrdup(e->text), n, e->cut || n < e->steps);
	}
	ok = beside_open(s, s->given.release, false, &again, err);
	if (ok) {
		again.hooks.watch = take_step;
		again.hooks.watch_data = &x;
		ok = beside_run(&again, &own, err);
		session_close(&again);
	}
	course_free(&own);
	return ok;
}

bool course_take_entries(const struct session *s, struct course *c, bool elems, struct error *err)
{
	*c = (struct course){ .anew = true };
	struct diff_side side = { 0 };

	if (map_count(&s->world.map) > DIFF_MOST)
		return fail(err,
			"of a map without its history at most %s entries are inserted anew: it has "
			"%s", count_text(DIFF_MOST).s, count_text(map_count(&s->world.map)).s);
	diff_take(&s->world.map, &side);
	for (size_t i = 0; i < side.count; i++) {
		add(c, xasprintf("insert %s%s%s", side.items[i].key, elems ? " " : "",
			elems ? side.items[i].elem : ""), 1, false);
		free(side.items[i].key);
		free(side.items[i].elem);
	}
	free(side.firsts);
	free(side.ids);
	free(side.items);
	return true;
}

bool course_take(const struct session *s, uint64_t until, struct course *c, struct error *err)
{
	struct course steps = { 0 };
	size_t at = 0;
	bool chosen = false, ok = true;

	/* What a file has brought, its commands cannot bring again: it is inserted as it is now. */
	*c = (struct course){ .anew = s->source != NULL };
	if (c->anew)
		return course_take_entries(s, c, false, err);
	for (size_t i = 0; i < s->time.nentries && is_past(until, &s->time.entries[i]); i++)
		chosen = chosen || chooses_keys(s->time.entries[i].text);
	if (chosen)
		ok = take_steps(s, until, &steps, err);
	for (size_t i = 0; ok && i < s->time.nentries && is_past(until, &s->time.entries[i]); i++) {
		const struct entry *e = &s->time.entries[i];
		uint64_t n = steps_until(until, e);

		if (!chooses_keys(e->text)) {
			add(c, xstrdup(e->text), n, e->cut || n < e->steps);
			c->list[c->count - 1].first = e->first;
			continue;
		}
		for (; at < steps.count && steps.list[at].steps == i; at++) {
			add(c, steps.list[at].text, 1, false);
			c->list[c->count - 1].first = steps.list[at].first;
			steps.list[at].text = NULL;
		}
	}
	course_free(&steps);
	return ok;
}

bool beside_open_as(const struct session *s, struct session_options o, struct session *beside,
	struct error *err)
{
	const struct circumstances *g = &s->given;

	o.arch = g->target->name;
	o.stays = g->stays;
	o.declared = g->declared;
	if (!session_open(beside, &o, err))
		return false;
	beside->hooks.watcher = s->hooks.watcher;
	if (!g->family_chosen || g->family != g->chosen || session_set_hash(beside, g->chosen,
		g->hashkey_size ? g->hashkey : NULL, g->hashkey_size, err))
		return true;
	session_close(beside);
	return false;
}

bool beside_open(const struct session *s, const struct release *r, bool history,
	struct session *beside, struct error *err)
{
	return beside_open_as(s, (struct session_options){ .type = s->given.first_type,
		.release = r->name, .hint = s->given.first_hint, .seed = s->given.seed,
		.history = history }, beside, err);
}

bool beside_run(struct session *beside, const struct course *c, struct error *err)
{
	for (size_t i = 0; i < c->count; i++)
		session_add_entry(beside, (struct entry){ .text = xstrdup(c->list[i].text),
			.steps = c->list[i].steps, .cut = c->list[i].cut });
	return session_rerun(beside, UINT64_MAX, 0, err) && session_ensure_map(beside, err);
}
