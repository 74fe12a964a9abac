/* SPDX-License-Identifier: MIT */
#include "tui/cli/holding.h"

#include "model/base/outfile.h"
#include "model/live/census.h"
#include "model/live/held.h"
#include "tui/cli/attached.h"
#include "tui/maps/holders.h"

bool holding_known(const struct options *o, struct error *err)
{
	return holders_known(o->output.format, err);
}

struct holding_page {
	const struct options *options;
	const struct held *held;
	const struct live *live;
};

static bool put(FILE *out, void *data, struct error *err)
{
	const struct holding_page *p = data;
	int width = p->options->picture.page.width;

	holders_write(p->held, p->live, p->options->output.format, width ? width : PAGE_WIDTH, out);
	return !ferror(out) || fail(err, "the output could not be written");
}

bool holding_write(const struct options *o, struct error *err)
{
	static const struct access person = { ASKER_PERSON, .trust = false };
	struct held held = { .map = o->source.live.held };
	struct attached a;
	struct census census;
	bool ok;

	if (!attached_open(&a, o, err))
		return false;
	a.reach = true;
	a.held = &held;
	ok = attached_list(&a, &census, err);
	if (ok)
		ok = outfile_write(&person, o->output.file, put,
			&(struct holding_page){ o, &held, &a.live }, err);
	census_free(&census);
	held_free(&held);
	attached_close(&a);
	return ok;
}
