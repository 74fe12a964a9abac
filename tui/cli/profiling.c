/* SPDX-License-Identifier: MIT */
#include "tui/cli/profiling.h"

#include <string.h>

#include "model/base/mem.h"
#include "model/base/outfile.h"
#include "tui/maps/profiled.h"

bool profiling_known(const struct options *o, struct error *err)
{
	return profiled_known(o->output.format, err);
}

struct profiling {
	const struct options *options;
	const struct profile *profile;
};

static bool put(FILE *out, void *data, struct error *err)
{
	const struct profiling *p = data;
	const struct options *o = p->options;
	int width = o->picture.page.width;

	profiled_write(p->profile, o->source.live.profile, o->output.format,
		width ? width : PAGE_WIDTH, out);
	return !ferror(out) || fail(err, "the output could not be written");
}

bool profiling_write(const struct options *o, struct error *err)
{
	static const struct access person = { ASKER_PERSON, .trust = false };
	const char *name = o->source.live.profile;
	bool input = strcmp(name, "-") == 0, ok;
	FILE *in = input ? stdin : access_open(&person, name, err);
	struct profile profile;

	if (!in)
		return false;
	ok = profile_take(&profile, in, name, o->source.live.exe, err);
	if (!input)
		fclose(in);
	if (!ok)
		return false;
	ok = outfile_write(&person, o->output.file, put, &(struct profiling){ o, &profile }, err);
	profile_free(&profile);
	return ok;
}
