/* SPDX-License-Identifier: MIT */
#include "tui/cli/job.h"

#include <string.h>

#include "model/session/as_go.h"
#include "model/session/comparison.h"
#include "model/session/script.h"
#include "model/session/twin.h"
#include "tui/cli/attached.h"
#include "tui/cli/demo.h"
#include "tui/export/export.h"
#include "tui/scenes/scene.h"

static bool format_known(const struct options *o, struct error *err)
{
	const struct export_format *f = export_format_find(o->output.format, err);

	if (f && o->picture.height && strcmp(f->name, "cast") != 0)
		return fail(err, "--height: %s has none", f->name);
	return f && export_takes(f, &o->picture.page, o->picture.frames, err);
}

bool job_known(const struct job *job, struct error *err)
{
	const struct options *o = job->options;

	if (o->output.format && !format_known(o, err))
		return false;
	return !o->source.scene || scene_known(o->source.scene, err);
}

static bool read_types(struct declared *all, const struct job *job, struct error *err)
{
	const struct access *access = job->access ? job->access : &access_person;
	bool ok = true;

	for (unsigned i = 0; ok && i < job->options->map.ntypes; i++)
		ok = declared_read_file(all, access, job->options->map.types[i], err) ||
			fail_in(err, "--types");
	return ok;
}

/* There are commands to be run. */
static bool is_told(const struct job *job)
{
	return job->script || job->options->source.script || job->options->source.scene;
}

/* A way back is needed by what looks at more than the end. */
static bool looks_back(const struct options *o)
{
	const char *view = o->picture.page.view, *format = o->output.format;

	return o->picture.frames || o->source.has_at || (view && strcmp(view, "quiz") == 0) ||
		(format && strcmp(format, "quiz") == 0);
}

bool job_open(struct session *s, const struct job *job, struct error *err)
{
	const struct options *o = job->options;
	const struct config *c = job->config;
	struct declared declared = { 0 };
	bool ok;
	struct session_options so = {
		.declared = &declared,
		/* A program's map has its own, as the program spells it. */
		.type = o->compare.count ? o->compare.types[0]
			: o->map.type && !job->attached && !o->source.run.program ? o->map.type
										  : c->type,
		.arch = o->map.arch ? o->map.arch : c->arch,
		.release = o->map.release                    ? o->map.release
			: strcmp(c->release, "default") != 0 ? c->release
							     : NULL,
		.hint = o->map.hint,
		.stays = o->map.stays,
		.seed = o->map.has_seed ? o->map.seed : c->seed,
		/* What only runs a fill and writes it has no use for a way back. */
		.history = !is_written(&o->output) || looks_back(o) || is_told(job) ||
			!o->map.has_fill,
	};

	ok = read_types(&declared, job, err) && session_open(s, &so, err);
	declared_free(&declared);
	if (!ok || !o->compare.count || session_compare(s, o->compare.types, o->compare.count,
		o->map.has_fill ? o->map.fill : COMPARED_ENTRIES, err))
		return ok;
	session_close(s);
	return false;
}

/* The point asked for. */
static bool go_to(struct session *s, const struct options *o, struct error *err)
{
	bool event = o->source.at_events != UINT64_MAX;

	if (!o->source.has_at)
		return true;
	if (o->source.at > s->time.total)
		return fail(err, "--at %llu: the timeline ends at op %llu",
			(unsigned long long)o->source.at,
			(unsigned long long)s->time.total);
	if (o->source.at < session_first(s))
		return fail(err, "--at %llu: the timeline begins at op %llu",
			(unsigned long long)o->source.at, (unsigned long long)session_first(s));
	if (!session_goto(s, o->source.at, err))
		return fail_in(err, "--at %llu", (unsigned long long)o->source.at);
	if (event && !session_goto_event(s, o->source.at_events, err))
		return fail_in(err, "--at %llu.%llu", (unsigned long long)o->source.at,
			(unsigned long long)o->source.at_events);
	/* The screen can show that there is nothing; a page of it makes no sense. */
	return s->world.map.header || !is_written(&o->output) ||
		fail(err, "--at %llu: there is no map yet", (unsigned long long)o->source.at);
}

/* The other release, which the command line chooses, a command of the script, or the
   configuration. */
static bool choose_twin(struct session *s, const struct job *job, struct error *err)
{
	const struct config *c = job->config;
	const char *name = job->options->map.beside;

	if (name)
		return session_set_twin(s, name, err) || fail_in(err, "--beside");
	if (session_twin_chosen(s) || strcmp(c->beside, "default") == 0)
		return true;
	return session_set_twin(s, c->beside, err) ||
		fail_in(err, "%s: [options]: beside", c->path ? c->path : "configuration");
}

bool job_run(struct session *s, const struct job *job, struct error *err)
{
	const struct options *o = job->options;
	bool demo = !job->attached && !is_told(job) && !o->map.has_fill && !o->map.hint;
	char line[64];

	if (o->compare.count)
		return session_ensure_map(s, err);
	if (job->attached && job->attached->map && !attached_begin(job->attached, s, err))
		return false;
	if (o->map.has_fill) {
		snprintf(line, sizeof line, "fill %llu", (unsigned long long)o->map.fill);
		if (!session_run(s, line, err).ok)
			return false;
	}
	if (job->script && !script_run_stream(s, job->script, job->script_name, err))
		return false;
	if (o->source.script && !job->script && !script_run(s, o->source.script, err))
		return false;
	if (s->run.says && is_written(&o->output))
		fprintf(stderr, "hmapview: %s\n", s->run.says);
	if (o->source.live.as_go && !job->attached &&
		(!session_ensure_map(s, err) || !session_lay_anew(s, o->source.live.as_go, err)))
		return fail_in(err, "--as-go");
	if (o->source.scene && !scene_run(s, o->source.scene, err))
		return false;
	if (demo && !demo_run(s, err))
		return false;
	if (!choose_twin(s, job, err))
		return false;
	if (!session_ensure_map(s, err) || !go_to(s, o, err))
		return false;
	/* A file has room for one state, which is that of an operation done. */
	if (demo && !is_written(&o->output) && !o->source.has_at)
		demo_begin(s);
	return true;
}
