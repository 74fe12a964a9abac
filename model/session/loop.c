/* SPDX-License-Identifier: MIT */
/* The commands for range loops, and the order in which keys came. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "model/map/engine.h"
#include "model/session/operation.h"

static void take_key(void *data, const struct place *where)
{
	struct session *s = data;

	world_add_loop_key(&s->world, map_key(&s->world.map, where->addr, where->slot));
}

static void go_on(struct session *s, uint64_t most)
{
	journal_save(&s->world.journal, &s->world.order.used, sizeof s->world.order.used);
	map_next(&s->world.map, most, take_key, s);
}

/* "N" or "all"; *given says whether it was there. */
static bool read_count(const char **args, uint64_t *count, bool *given, struct error *err)
{
	args_skip(args);
	*count = 1;
	*given = true;
	if (args_word(args, "all")) {
		*count = UINT64_MAX;
		return true;
	}
	*given = args_more(args) && strncmp(*args, "from", 4) != 0;
	if (*given && !args_number(args, INT64_MAX, count, err))
		return false;
	return *count > 0 || fail(err, "0 entries are none: 1 at least, or all");
}

bool read_range_from(struct session *s, const char *args, const char *verb,
	struct range_from *start, struct error *err)
{
	const struct engine *e = s->world.map.type->engine;
	uint64_t *from = start->from;
	const char *given;
	char usage[48];

	args_skip(&args);
	given = args;
	*start = (struct range_from){ .given = args_word(&args, "from") };
	snprintf(usage, sizeof usage, "%s [from %s]", verb, e->loop.start_words);
	if (start->given && (!args_number(&args, UINT64_MAX, &from[0], err) ||
		!args_number(&args, UINT64_MAX, &from[1], err)))
		return fail_in(err, "from %s", e->loop.start_words);
	if (!args_end(&args, usage, err))
		return false;
	/* Run again for another target, there may be fewer units. */
	if (start->given && !e->loop.start(session_units(s), s->run.again, from[0], from[1],
		&start->place, err))
		return false;
	if (start->place.unit != from[0] || start->place.slot != (unsigned)from[1]) {
		from[0] = start->place.unit;
		from[1] = start->place.slot;
		aside_tell(s, given, xasprintf("from %" PRIu64 " %" PRIu64, from[0], from[1]));
	}
	return true;
}

/* The command as it was given, for the label. */
static void write_verb(struct text *out, const char *verb, uint64_t count, bool given)
{
	text_add(out, verb);
	if (given && count == UINT64_MAX)
		text_add(out, " all");
	else if (given)
		text_printf(out, " %" PRIu64, count);
}

bool command_range(struct session *s, const char *args, struct error *err)
{
	struct range_from start;
	struct text verb = { 0 };
	uint64_t count;
	bool counted, ok;

	if (!read_count(&args, &count, &counted, err) ||
		!read_range_from(s, args, "range [N|all]", &start, err) ||
		!session_ensure_map(s, err))
		return false;
	if (!step_begin(s))
		return true;
	ok = map_range(&s->world.map, start.given ? &start.place : NULL, err);
	if (ok) {
		s->world.map.loop.order = s->world.order.used;
		go_on(s, count);
		s->world.map.loop.left = !counted;
		write_verb(&verb, "range", count, counted);
		if (start.given)
			text_printf(&verb, " from %" PRIu64 " %" PRIu64, start.from[0],
				start.from[1]);
		step_end(s, text_str(&verb), NULL, NULL);
	}
	text_free(&verb);
	return ok;
}

static bool check_loop(const struct session *s, struct error *err)
{
	const struct range_loop *l = &s->world.map.loop;

	if (!l->begun)
		return fail(err, "no range loop is under way: range N begins one");
	if (l->left)
		return fail(err, "the range loop was left: range N stops in one and stays in it");
	return !l->over || fail(err, "the range loop is over: all its %llu entries came",
				   (unsigned long long)l->yielded);
}

bool command_next(struct session *s, const char *args, struct error *err)
{
	struct text verb = { 0 };
	uint64_t count;
	bool counted;

	if (!read_count(&args, &count, &counted, err) || !args_end(&args, "next [N|all]", err))
		return false;
	/* Run again for another target, the loop may be over sooner. */
	if (!check_loop(s, err))
		return s->run.again;
	if (!step_begin(s))
		return true;
	s->world.map.type->engine->loop.tell_next(&s->world.map);
	go_on(s, count);
	write_verb(&verb, "next", count, counted);
	step_end(s, text_str(&verb), NULL, NULL);
	text_free(&verb);
	return true;
}
