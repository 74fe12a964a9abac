/* SPDX-License-Identifier: MIT */
#include "tui/cli/attached.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/live/capture.h"
#include "model/live/census.h"
#include "model/live/fit.h"
#include "model/live/aimed.h"
#include "model/live/process.h"
#include "model/session/as_go.h"

enum { HOLD_MS = 500 };

static void take_options(struct attached *a, const struct options *o)
{
	*a = (struct attached){ .type = o->map.type, .again_ms = o->source.live.again_ms,
		.again_times = o->source.live.again_times, .redact = o->source.live.redact,
		.as_go = o->source.live.as_go, .reach = o->source.live.reach,
		.max_hold_ms = o->source.live.max_hold_ms ? o->source.live.max_hold_ms : HOLD_MS };
}

/* Without it there are fewer names, no more: only a file that was named has to be the right one. */
static bool find_debug(struct attached *a, const struct options *o, struct error *err)
{
	const struct live_options *live = &o->source.live;

	if (debug_file_find(&a->live.program, &(struct debug_wish){ live->debug, DEBUG_ROOT,
			live->debuginfod }, err))
		return true;
	if (!live->debug) {
		fprintf(stderr, "hmapview: %s\n", err->msg);
		return true;
	}
	live_close(&a->live);
	return false;
}

bool attached_open_process(struct attached *a, const struct options *o, int pid,
	struct error *err)
{
	take_options(a, o);
	return live_open_process(&a->live, pid, err) && find_debug(a, o, err);
}

bool attached_open(struct attached *a, const struct options *o, struct error *err)
{
	take_options(a, o);
	if (o->source.live.pid ? !live_open_process(&a->live, o->source.live.pid, err) :
		!live_open_core(&a->live, o->source.live.core, o->source.live.exe, err))
		return false;
	if (!find_debug(a, o, err))
		return false;
	a->map = o->source.live.map ? xstrdup(o->source.live.map) : NULL;
	if (a->live.note)
		fprintf(stderr, "hmapview: %s\n", a->live.note);
	return true;
}

void attached_close(struct attached *a)
{
	live_close(&a->live);
	free(a->map);
}

bool attached_list(struct attached *a, struct census *c, struct error *err)
{
	struct census_wish wish = { .reach = a->reach, .max_hold_ms = a->max_hold_ms,
		.held = a->held };

	return census_take_under(c, &a->live, &wish, a->as_go, err);
}

void attached_choose(struct attached *a, const struct census_map *m)
{
	free(a->map);
	a->map = m->name ? xstrdup(m->name) : xasprintf("0x%" PRIx64, m->head.at);
}

/* Of a map whose type the program does not tell somebody else has to. */
static bool say_candidates(const struct attached *a, const struct census_map *m, struct error *err)
{
	struct text all = { 0 };

	for (size_t i = 0; i < m->ncandidates; i++)
		text_printf(&all, "%s%s", i ? ", " : "", m->candidates[i]);
	fail(err, "%s: of which type %.60s is is not known, -t TYPE says it: %.300s",
		a->live.image.name, a->map,
		m->ncandidates ? text_str(&all) : "none is known that fits");
	text_free(&all);
	return false;
}

static bool name_type(struct attached *a, const struct census_map *m, const char *name,
	struct capture_wish *wish, struct error *err)
{
	struct map_types types = { 0 };
	const struct map_type *t;
	bool sure, ok;

	map_types_find(&types, &a->live.view.types);
	t = map_types_named(&types, &a->live.view.types, name);
	ok = t && (map_type_fits(t, &a->live.view, &m->head, &sure) || m->type == t->type.at);
	if (ok)
		wish->type = t->type.at;
	else
		fail(err, t ? "%s: the memory of the map is not that of a %.200s" :
			"%s: the program has no type %.200s, as it spells them", a->live.image.name,
			name);
	map_types_free(&types);
	return ok;
}

static bool choose(struct attached *a, const struct census *c, struct capture_wish *wish,
	struct error *err)
{
	const struct census_map *m = census_find(c, a->map);

	if (!m)
		return fail(err, "%s: no map with memory is called %.100s: the list has their "
			"names and addresses",
			a->live.image.name, a->map);
	if (m->trie.root)
		return fail(err, "%s: %.100s is a trie, not a map of the language: its inside is "
			"not stepped",
			a->live.image.name, a->map);
	*wish = (struct capture_wish){ .head = m->head.at, .type = m->type, .name = m->name,
		.max_hold_ms = a->max_hold_ms, .redact = a->redact };
	if (!a->type && m->type)
		return true;
	return a->type || m->ncandidates == 1 ?
		name_type(a, m, a->type ? a->type : m->candidates[0], wish, err) :
		say_candidates(a, m, err);
}

/* A variable leads there, and says of which type the map is. */
static bool capture_named(struct attached *a, struct capture *c, bool *named, struct error *err)
{
	struct capture_wish wish = { .name = a->map, .max_hold_ms = a->max_hold_ms,
		.redact = a->redact };

	bool found = !a->type && aimed_find(&a->live, a->map, &wish.head, &wish.type, err);

	/* When several have it, err says so. */
	*named = found || (!a->type && err->msg[0]);
	return found && capture_take(c, &a->live, &wish, err);
}

static bool capture_listed(struct attached *a, struct capture *c, struct error *err)
{
	struct capture_wish wish;
	struct census census;
	bool ok = census_take(&census, &a->live, &(struct census_wish){ .map = a->map }, err) &&
		choose(a, &census, &wish, err) &&
		capture_take(c, &a->live, &wish, err);

	census_free(&census);
	return ok;
}

static struct capture *capture(void *data, struct error *err)
{
	struct attached *a = data;
	struct capture *c = xcalloc(1, sizeof *c);
	bool named, ok = capture_named(a, c, &named, err);

	if (!ok && !named)
		ok = capture_listed(a, c, err);
	if (ok)
		return c;
	/* Whatever failed then failed because of that. */
	process_lives(&a->live.image, err);
	free(c);
	return NULL;
}

bool attached_begin(struct attached *a, struct session *s, struct error *err)
{
	s->hooks.capture = capture;
	s->hooks.capture_data = a;
	for (uint64_t i = 0; i < (a->again_times ? a->again_times : 1); i++) {
		if (i)
			usleep(a->again_ms * 1000);
		if (!session_run_as(s, "capture", err))
			return false;
	}
	return !a->as_go || session_lay_anew(s, a->as_go, err);
}
