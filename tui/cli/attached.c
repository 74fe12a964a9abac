/* SPDX-License-Identifier: MIT */
#include "tui/cli/attached.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/live/capture.h"
#include "model/live/census.h"

bool attached_open(struct attached *a, const struct options *o, struct error *err)
{
	*a = (struct attached){ .map = o->live.map, .type = o->type };
	if (o->live.pid ? !live_open_process(&a->live, o->live.pid, err) :
		!live_open_core(&a->live, o->live.core, o->live.exe, err))
		return false;
	if (a->live.note)
		fprintf(stderr, "hmapview: %s\n", a->live.note);
	return true;
}

void attached_close(struct attached *a)
{
	live_close(&a->live);
}

/* By its name, or by its address. */
static const struct census_map *find(const struct census *c, const char *map)
{
	char address[24];

	for (size_t i = 0; i < c->count; i++) {
		const struct census_map *m = &c->list[i];

		snprintf(address, sizeof address, "0x%" PRIx64, m->head.at);
		if ((m->name && strcmp(m->name, map) == 0) || strcmp(address, map) == 0)
			return m;
	}
	return NULL;
}

static bool choose(struct attached *a, const struct census *c, struct capture_wish *wish,
	struct error *err)
{
	const struct census_map *m = find(c, a->map);

	if (!m)
		return fail(err, "%s: no map with memory is called %.100s: the list has their names "
			"and addresses", a->live.image.name, a->map);
	if (!m->type)
		return fail(err, "%s: of which type %.100s is is not known, perhaps %.100s",
			a->live.image.name, a->map, m->ncandidates ? m->candidates[0] : "none");
	*wish = (struct capture_wish){ .head = m->head.at, .type = m->type, .name = m->name };
	return true;
}

static struct capture *capture(void *data, struct error *err)
{
	struct attached *a = data;
	struct capture *c = xcalloc(1, sizeof *c);
	struct capture_wish wish;
	struct census census;
	bool ok = census_take(&census, &a->live, err) && choose(a, &census, &wish, err) &&
		capture_take(c, &a->live, &wish, err);

	census_free(&census);
	if (ok)
		return c;
	free(c);
	return NULL;
}

bool attached_begin(struct attached *a, struct session *s, struct error *err)
{
	s->hooks.capture = capture;
	s->hooks.capture_data = a;
	return session_run_as(s, "capture", err);
}
