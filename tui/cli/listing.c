/* SPDX-License-Identifier: MIT */
#include "tui/cli/listing.h"

#include "model/base/outfile.h"
#include "tui/maps/maps.h"

struct listing {
	const struct maps_format *format;
	const struct live *live;
	const struct census *census;
	int width;
};

bool listing_known(const struct options *o, struct error *err)
{
	const struct maps_format *f = maps_format_find(o->format, err);

	if (f && o->page.width && !f->width)
		return fail(err, "--width: %s has none", f->name);
	return f != NULL;
}

static bool put(FILE *out, void *data, struct error *err)
{
	const struct listing *l = data;

	return l->format->write(l->live, l->census, l->width, out) ||
		fail(err, "the output could not be written");
}

bool listing_write(const struct options *o, struct error *err)
{
	static const struct access person = { ASKER_PERSON, .trust = false };
	struct live live;
	struct census census;
	bool ok;

	if (o->pid ? !live_open_process(&live, o->pid, err) :
		!live_open_core(&live, o->core, o->exe, err))
		return false;
	ok = census_take(&census, &live, err);
	if (ok && live.note)
		fprintf(stderr, "hmapview: %s\n", live.note);
	ok = ok && outfile_write(&person, o->output, put, &(struct listing){
		maps_format_find(o->format, err), &live, &census,
		o->page.width ? o->page.width : PAGE_WIDTH }, err);
	census_free(&census);
	live_close(&live);
	return ok;
}
