/* SPDX-License-Identifier: MIT */
#include "tui/cli/writers.h"

#include <string.h>

#include "model/base/outfile.h"
#include "tui/cli/attached.h"
#include "tui/maps/written.h"

bool writers_known(const struct options *o, struct error *err)
{
	const char *format = o->output.format;

	if (format && o->picture.page.width && strcmp(format, "text") != 0)
		return fail(err, "--width: %.40s has none", format);
	return written_known(format, err);
}

struct writing {
	const struct options *options;
	const struct writers *writers;
	const struct live *live;
};

static bool put(FILE *out, void *data, struct error *err)
{
	const struct writing *w = data;
	int width = w->options->picture.page.width;

	written_write(w->writers, w->live, w->options->output.format, width ? width : PAGE_WIDTH,
		out);
	return !ferror(out) || fail(err, "the output could not be written");
}

bool writers_write(const struct options *o, struct error *err)
{
	static const struct access person = { ASKER_PERSON, .trust = false };
	struct writers writers;
	struct census census;
	struct attached a;
	bool ok;

	if (!attached_open(&a, o, err))
		return false;
	ok = writers_take(&writers, &a.live, err);
	if (ok && writers.count) {
		/* Names are nice to have. */
		if (census_take(&census, &a.live, NULL, err))
			writers_name(&writers, &census);
		census_free(&census);
	}
	ok = ok && outfile_write(&person, o->output.file, put,
		&(struct writing){ o, &writers, &a.live }, err);
	writers_free(&writers);
	attached_close(&a);
	return ok;
}
