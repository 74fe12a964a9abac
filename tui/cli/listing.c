/* SPDX-License-Identifier: MIT */
#include "tui/cli/listing.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/outfile.h"
#include "tui/cli/attached.h"
#include "tui/maps/gates.h"
#include "tui/maps/maps.h"

struct listing {
	const struct maps_format *format;
	const struct live *live;
	const struct census *census;
	int width;
};

bool listing_known(const struct options *o, struct error *err)
{
	const struct maps_format *f = maps_format_find(o->output.format ? o->output.format : "text", err);

	if (f && o->picture.page.width && !f->width)
		return fail(err, "--width: %s has none", f->name);
	return f != NULL;
}

static bool put(FILE *out, void *data, struct error *err)
{
	const struct listing *l = data;

	return l->format->write(l->live, l->census, l->width, out) ||
		fail(err, "the output could not be written");
}

static bool write_list(const struct options *o, const struct live *live, const struct census *c,
	struct error *err)
{
	static const struct access person = { ASKER_PERSON, .trust = false };

	return outfile_write(&person, o->output.file, put, &(struct listing){
		maps_format_find(o->output.format ? o->output.format : "text", err), live, c,
		o->picture.page.width ? o->picture.page.width : PAGE_WIDTH }, err);
}

/* Who only asks whether something holds gets no list. */
static bool listed(const struct options *o)
{
	return o->output.format || !o->output.ngates;
}

static bool hold(struct live *l, const struct census *c, const char *text)
{
	struct gate gate;

	return gate_read(&gate, text, &(struct error){ 0 }) && gates_list(&gate, l, c, stderr);
}

bool listing_write(const struct options *o, bool *held, struct error *err)
{
	struct attached a;
	struct census census;
	bool ok;

	if (!attached_open(&a, o, err))
		return false;
	*held = true;
	ok = census_take(&census, &a.live, err) && (!listed(o) ||
		write_list(o, &a.live, &census, err));
	for (unsigned i = 0; ok && i < o->output.ngates; i++)
		*held &= hold(&a.live, &census, o->output.gates[i]);
	census_free(&census);
	attached_close(&a);
	return ok;
}
