/* SPDX-License-Identifier: MIT */
#include "tui/document/marker.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/outfile.h"
#include "tui/cli/job.h"
#include "tui/cli/telling.h"

/* What would reach out of the document, or means nothing in it. */
static bool allowed(const struct options *o, const struct markdown_block *b, struct error *err)
{
	const struct {
		bool given;
		const char *name;
	} refused[] = { { o->output.file, "--output" }, { o->config, "--config" },
		{ o->color, "--color" },
		{ o->help, "--help" }, { o->version, "--version" },
		{ o->list_scenes, "--list-scenes" }, { o->print, "--print" },
		{ o->update, "--update" },
		{ o->check, "--check" }, { o->output.trust, "--trust" },
		{ o->source.live.pid != 0, "--pid" },
		{ o->source.live.processes != PROCESSES_NONE, "--all-processes" },
		{ o->source.live.core, "--core" }, { o->source.live.held, "--held" },
		{ o->output.ngates != 0, "--expect" },
		{ o->source.live.lint, "--lint" }, { o->source.live.writers, "--writers" },
		{ o->source.live.profile, "--profile" },
		{ o->source.live.exe, "--exe" }, { o->source.live.map, "--map" } };

	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		if (refused[i].given)
			return fail(err, "%s has no place in a document: the comment says what to "
				"show, the picture goes below it", refused[i].name);
	if (o->source.script && strcmp(o->source.script, "-") == 0)
		return fail(err,
			"no standard input in a document: the script's name, or its lines below");
	if (b->script && (o->source.script || o->source.scene))
		return fail(err, "a script's name or its lines below, not both: %.60s",
			o->source.script ? o->source.script : o->source.scene);
	return true;
}

/* Nothing but the document is written, whatever a script says. */
static bool refuse_export(struct session *s, const char *args, struct error *err)
{
	(void)args;
	return outfile_check(&s->access, NULL, err);
}

/* Its lines are numbered as in the document. */
static FILE *open_script(const struct markdown_block *b, struct text *lines, struct error *err)
{
	FILE *in;

	for (unsigned i = 1; i < b->script_line; i++)
		text_addc(lines, '\n');
	text_addn(lines, b->script, b->script_len);
	in = fmemopen(lines->s, lines->len, "r");
	if (!in)
		fail(err, "%s", strerror(errno));
	return in;
}

/* A theme's file is one of the document's. */
static bool load_theme(const struct access *a, const char *name, struct theme *theme,
	struct error *err)
{
	char *path;
	FILE *in;
	bool ok;

	if (!theme_is_file(name))
		return theme_load(theme, name, err);
	path = access_path(a, name);
	in = access_open(a, path, err);
	ok = in && theme_load(theme, path, err);
	if (in)
		fclose(in);
	free(path);
	return ok;
}

static bool write_picture(struct session *s, const struct job *job, struct text *picture,
	struct error *err)
{
	const struct options *o = job->options;
	struct theme theme;
	struct export_options eo = { .page = o->picture.page, .height = o->picture.height,
		.frames = o->picture.frames, .theme = &theme };
	FILE *out;
	bool ok;

	if (!load_theme(&s->access, o->picture.theme ? o->picture.theme : job->config->theme,
		    &theme, err))
		return false;
	out = text_stream(picture);
	ok = export_write(s, export_format_find(o->output.format, err), &eo, out, err);
	return fclose(out) == 0 && ok;
}

static bool run_job(const struct job *job, const char *folder, struct text *picture,
	struct error *err)
{
	struct access access = { ASKER_DOCUMENT, .folder = folder };
	struct job own = *job;
	struct session s;
	bool ok;

	own.access = &access;
	if (!job_open(&s, &own, err))
		return false;
	s.desk.keep_json = !job->options->picture.frames;
	s.hooks.export = refuse_export;
	s.access = access;
	telling_watch(&s);
	ok = job_run(&s, job, err) && write_picture(&s, job, picture, err);
	telling_leave(&s);
	session_close(&s);
	return ok;
}

bool marker_make(const struct marker *m, const struct markdown_block *b, const char *document,
	struct text *picture, struct error *err)
{
	struct options o = m->options;
	struct config config;
	struct job job = { .options = &o, .config = &config, .script_name = document };
	struct text lines = { 0 };
	char *folder = access_folder(document);
	bool ok;

	config_init(&config);
	ok = allowed(&o, b, err) && job_known(&job, err);
	if (ok && b->script) {
		job.script = open_script(b, &lines, err);
		ok = job.script != NULL;
	}
	ok = ok && run_job(&job, folder, picture, err);
	if (job.script)
		fclose(job.script);
	text_free(&lines);
	free(folder);
	config_free(&config);
	return ok;
}

/* The options are those of the command line; without -x it is text. */
bool marker_read(struct marker *m, const struct markdown_block *b, struct error *err)
{
	static const char *const first[] = { "hmapview", "-x", "text" };

	*m = (struct marker){ 0 };
	for (size_t i = 0; i < sizeof first / sizeof *first; i++)
		argv_add(&m->words, first[i]);
	if (argv_split(&m->words, b->options, b->options_len, err) &&
		options_parse(&m->options, (int)m->words.count, m->words.list, err))
		m->format = export_format_find(m->options.output.format, err);
	if (!m->format)
		marker_free(m);
	return m->format != NULL;
}

void marker_free(struct marker *m)
{
	argv_free(&m->words);
	*m = (struct marker){ 0 };
}
