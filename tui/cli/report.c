/* SPDX-License-Identifier: MIT */
#include "tui/cli/report.h"

#include <string.h>

#include "model/base/outfile.h"
#include "model/live/census.h"
#include "model/live/file.h"
#include "tui/cli/attached.h"
#include "tui/maps/holders.h"
#include "tui/maps/linted.h"
#include "tui/maps/profiled.h"
#include "tui/maps/written.h"

struct page {
	const struct options *options;
	const struct sheet *sheet;
};

static bool is_format(const struct options *o, const char *name)
{
	return strcmp(o->output.format ? o->output.format : "text", name) == 0;
}

static bool put(FILE *out, void *data, struct error *err)
{
	const struct page *p = data;
	int width = p->options->picture.page.width;

	if (is_format(p->options, "text"))
		sheet_text(p->sheet, width ? width : PAGE_WIDTH, out);
	else if (is_format(p->options, "markdown"))
		sheet_markdown(p->sheet, out);
	else
		sheet_json(p->sheet, out);
	return !ferror(out) || fail(err, "the output could not be written");
}

/* Takes the sheet. */
static bool write_sheet(const struct options *o, struct sheet *s, struct error *err)
{
	bool ok = outfile_write(&access_person, o->output.file, put, &(struct page){ o, s }, err);

	sheet_free(s);
	return ok;
}

static bool types_known(const struct options *o, struct error *err)
{
	return !o->map.release || release_find(o->map.release, err);
}

static bool write_types(const struct options *o, struct error *err)
{
	struct live live;
	struct lint lint;
	bool ok;

	if (!live_open_file(&live, o->source.live.exe, err))
		return false;
	lint_take(&lint, &live, o->map.release ? release_find(o->map.release, err) : NULL);
	ok = write_sheet(o, linted_sheet(&lint, &live), err);
	lint_free(&lint);
	live_close(&live);
	return ok;
}

static bool write_profile(const struct options *o, struct error *err)
{
	const char *name = o->source.live.profile;
	bool input = strcmp(name, "-") == 0, ok;
	FILE *in = input ? stdin : access_open(&access_person, name, err);
	struct profile profile;

	if (!in)
		return false;
	ok = profile_take(&profile, in, name, o->source.live.exe, err);
	if (!input)
		fclose(in);
	if (!ok)
		return false;
	ok = write_sheet(o, profiled_sheet(&profile, name), err);
	profile_free(&profile);
	return ok;
}

static bool write_holders(const struct options *o, struct error *err)
{
	struct held held = { .map = o->source.live.held };
	struct attached a;
	struct census census;
	bool ok;

	if (!attached_open(&a, o, err))
		return false;
	a.reach = true;
	a.held = &held;
	ok = attached_list(&a, &census, err) && write_sheet(o, holders_sheet(&held, &a.live), err);
	census_free(&census);
	held_free(&held);
	attached_close(&a);
	return ok;
}

static bool writers_known(const struct options *o, struct error *err)
{
	return !o->picture.page.width || is_format(o, "text") ||
		fail(err, "--width: %.40s has none", o->output.format);
}

static bool write_writers(const struct options *o, struct error *err)
{
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
	ok = ok && write_sheet(o, written_sheet(&writers, &a.live), err);
	writers_free(&writers);
	attached_close(&a);
	return ok;
}

const struct report *report_asked(const struct options *o)
{
	static const struct report types = { "map types are", types_known, write_types },
		profile = { "profiles are", NULL, write_profile },
		holders = { "what holds a map is", NULL, write_holders },
		writers = { "writers are", writers_known, write_writers };
	const struct live_options *live = &o->source.live;

	return live->lint ? &types : live->profile ? &profile : live->held ? &holders :
		live->writers ? &writers : NULL;
}

bool report_known(const struct report *r, const struct options *o, struct error *err)
{
	if (!is_format(o, "text") && !is_format(o, "markdown") && !is_format(o, "json"))
		return fail(err, "%s not written as %.40s: one of text, markdown, json", r->what,
			o->output.format);
	return !r->known || r->known(o, err);
}
