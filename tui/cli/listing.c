/* SPDX-License-Identifier: MIT */
#include "tui/cli/listing.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "model/base/outfile.h"
#include "model/live/capture.h"
#include "model/source/snapshot.h"
#include "tui/maps/maps.h"

struct listing {
	const struct maps_format *format;
	const struct live *live;
	const struct census *census;
	int width;
};

static bool list_known(const struct options *o, struct error *err)
{
	const struct maps_format *f = maps_format_find(o->format, err);

	if (f && o->page.width && !f->width)
		return fail(err, "--width: %s has none", f->name);
	return f != NULL;
}

bool listing_known(const struct options *o, struct error *err)
{
	if (o->live.map && strcmp(o->format, "json") != 0)
		return fail(err, "--map is not written as %.40s so far: json", o->format);
	if (o->live.map && o->page.width)
		return fail(err, "--width: json has none");
	return list_known(o, err);
}

static bool put(FILE *out, void *data, struct error *err)
{
	const struct listing *l = data;

	return l->format->write(l->live, l->census, l->width, out) ||
		fail(err, "the output could not be written");
}

static bool put_world(FILE *out, void *data, struct error *err)
{
	return snapshot_write(&(struct timeline){ 0 }, &(struct subject){ .world = data }, out, err);
}

/* By its name, or by its address. */
static const struct census_map *find_map(const struct census *c, const char *map)
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

/* A file of a program's data is for its owner alone. */
static bool write_map(const struct options *o, struct live *live, const struct census *c,
	struct error *err)
{
	static const struct access person = { ASKER_PERSON, .trust = false };
	const struct census_map *m = find_map(c, o->live.map);
	struct world world;
	mode_t mask;
	bool ok;

	if (!m)
		return fail(err, "%s: no map with memory is called %.100s: the list has their names "
			"and addresses", live->image.name, o->live.map);
	if (!m->type)
		return fail(err, "%s: of which type %.100s is is not known, perhaps %.100s",
			live->image.name, o->live.map, m->ncandidates ? m->candidates[0] : "none");
	if (!capture_take(&world, live, m->head.at, m->type, err))
		return false;
	mask = umask(077);
	ok = outfile_write(&person, o->output, put_world, &world, err);
	umask(mask);
	capture_free(&world);
	return ok;
}

static bool write_list(const struct options *o, const struct live *live, const struct census *c,
	struct error *err)
{
	static const struct access person = { ASKER_PERSON, .trust = false };

	return outfile_write(&person, o->output, put, &(struct listing){
		maps_format_find(o->format, err), live, c,
		o->page.width ? o->page.width : PAGE_WIDTH }, err);
}

bool listing_write(const struct options *o, struct error *err)
{
	struct live live;
	struct census census;
	bool ok;

	if (o->live.pid ? !live_open_process(&live, o->live.pid, err) :
		!live_open_core(&live, o->live.core, o->live.exe, err))
		return false;
	ok = census_take(&census, &live, err);
	if (ok && live.note)
		fprintf(stderr, "hmapview: %s\n", live.note);
	ok = ok && (o->live.map ? write_map(o, &live, &census, err) :
		write_list(o, &live, &census, err));
	census_free(&census);
	live_close(&live);
	return ok;
}
