/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/config.h"
#include "model/base/json.h"
#include "model/target/target.h"
#include "model/session/replay.h"
#include "model/source/source.h"
#include "tui/app/app.h"
#include "tui/cli/attached.h"
#include "tui/cli/job.h"
#include "tui/cli/listing.h"
#include "tui/cli/options.h"
#include "tui/cli/print.h"
#include "tui/cli/report.h"
#include "tui/cli/telling.h"
#include "tui/document/document.h"
#include "tui/export/export.h"
#include "tui/maps/gates.h"
#include "tui/scenes/scene.h"

enum { DONE = 0, FAILED = 1, MISUSED = 2 };

static int complain(const struct error *err, int status)
{
	fprintf(stderr, "hmapview: %s\n", err->msg);
	return status;
}

/* What the command line says goes over what the configuration says. */
static bool merge(const struct options *o, struct config *c, struct error *err)
{
	return (!o->picture.theme || config_set(c, "theme", o->picture.theme, err)) &&
		(!o->color || config_set(c, "color", o->color, err));
}

/* Whether it is the configuration's type, target or release that is wrong; what it says
   names it. */
static bool blame_config(const struct options *o, const struct config *c, struct error *err)
{
	struct error unused;
	bool guilty = c->path && !o->map.type && !o->map.arch && !o->map.release;

	if (c->path && !o->map.arch && !target_find(c->arch, &unused))
		guilty = true;
	if (c->path && !o->map.release && strcmp(c->release, "default") != 0 &&
		!release_find(c->release, &unused))
		guilty = true;
	if (guilty)
		fail_in(err, "%s: [options]", c->path);
	return guilty;
}

static int run_export(struct session *s, const struct job *job)
{
	const struct options *o = job->options;
	struct theme theme;
	struct export_options eo = { .page = o->picture.page, .height = o->picture.height,
		.frames = o->picture.frames, .theme = &theme };
	const char *name = job->config->color == COLOR_NEVER ? "mono" : job->config->theme;
	const struct export_format *f = export_format_find(o->output.format, &(struct error){ 0 });
	struct error err;
	bool ok;

	telling_begin();
	telling_watch(s);
	/* A storyboard of ten thousand snapshots needs none of their bytes. */
	s->desk.keep_json = !o->picture.frames;
	s->hooks.export = export_command;
	s->hooks.export_data = &eo;
	ok = theme_load(&theme, name, &err) && job_run(s, job, &err);
	/* What scrolls by on a terminal shows itself how far it is. */
	if (!o->output.file && isatty(STDOUT_FILENO))
		telling_leave(s);
	ok = ok && export_files(s, f, &eo, &access_person, o->output.file, &err);
	telling_leave(s);
	telling_end();
	return ok ? DONE : complain(&err, FAILED);
}

/* For the gates alone. */
static int run_quietly(struct session *s, const struct job *job)
{
	struct error err;

	return job_run(s, job, &err) ? DONE : complain(&err, FAILED);
}

static bool hold_gates(const struct session *s, const struct job *job)
{
	const struct output_options *o = &job->options->output;
	const char *name = job->attached ? job->attached->map : NULL;
	struct gate gate;
	bool ok = true;

	for (unsigned i = 0; i < o->ngates; i++)
		ok &= gate_read(&gate, o->gates[i], &(struct error){ 0 }) &&
			gates_map(&gate, s, name, stderr);
	return ok;
}

/* What the screen begins with. */
static bool begin_screen(struct session *s, void *data, struct error *err)
{
	const struct job *job = data;
	const struct options *o = job->options;

	if (!job_run(s, job, err))
		return false;
	if (o->source.has_at)
		return true;
	if (o->source.quiz)
		return session_goto(s, session_first(s), err);
	return !o->source.scene || scene_begin(s, err);
}

static bool look_at_maps(void *data, struct census *c, struct error *err)
{
	const struct job *job = data;

	return attached_list(job->attached, c, err);
}

/* Another map of the program, in a session that begins anew; what others do for it stays. */
static bool open_map(struct session *s, void *data, const struct census_map *m, struct error *err)
{
	const struct job *job = data;
	struct hooks hooks = s->hooks;
	struct access access = s->access;
	struct error unused;
	bool ok;

	session_close(s);
	ok = job_open(s, job, err);
	s->hooks = hooks;
	s->access = access;
	s->desk.keep_json = true;
	attached_choose(job->attached, m);
	ok = ok && attached_begin(job->attached, s, err);
	return ok || (session_ensure_map(s, &unused) && false);
}

static int run_screen(struct session *s, struct job *job)
{
	const struct options *o = job->options;
	const struct config *c = job->config;
	struct theme theme;
	struct export_options eo = { .page = o->picture.page, .height = o->picture.height,
		.theme = &theme };
	const struct app_maps maps = { .live = job->attached ? &job->attached->live : NULL,
		.look = look_at_maps,
		.open = open_map, .data = job };
	const struct app_options ao = { .begin = begin_screen, .data = job,
		.maps = job->attached ? &maps : NULL, .list = job->attached && !o->source.live.map,
		.again_ms = o->source.live.again_ms, .quiz = o->source.quiz,
		.input_taken = o->source.script && strcmp(o->source.script, "-") == 0 };
	struct error err;
	int status;

	s->desk.keep_json = true;
	s->hooks.export = export_command;
	s->hooks.export_data = &eo;
	s->hooks.scene = scene_load;
	if (!app_check(c, &err) || !theme_load(&theme, c->theme, &err))
		return complain(&err, FAILED);
	status = app_run(s, c, &ao, &err);
	return status < 0 ? complain(&err, FAILED) : status;
}

static bool is_snapshot(const char *script)
{
	return strcmp(script, "-") == 0 ? source_begins(stdin, script) : source_is_file(script);
}

/* A snapshot file is of one type and target, and has its entries: options cannot change them. */
static bool fits_snapshot(const struct options *o, struct error *err)
{
	const char *option = o->map.type ? "--type"
		: o->map.arch            ? "--arch"
		: o->map.release         ? "--go"
		: o->map.has_fill        ? "--fill"
		: o->map.hint            ? "--hint"
		: o->map.stays           ? "--escape"
					 : NULL;

	if (!o->source.script || !option || !is_snapshot(o->source.script))
		return true;
	return fail(err, "%s does not go with snapshots, which have their own: %.200s", option,
		o->source.script);
}

/* A job that is set up: its session runs, and is looked at or written. */
static int run_job(const struct options *o, struct config *c, struct job *job)
{
	struct session s;
	struct error err;
	int status;

	if (!job_open(&s, job, &err))
		return complain(&err, blame_config(o, c, &err) ? FAILED : MISUSED);
	s.access.trust = o->output.trust;
	status = o->output.format ? run_export(&s, job) : o->output.ngates ? run_quietly(&s, job)
		: run_screen(&s, job);
	if (status == DONE && o->output.ngates && !hold_gates(&s, job))
		status = FAILED;
	session_close(&s);
	return status;
}

/* A program is run first: its work on a map is the script. */
static int run_program(const struct options *o, struct config *c, struct job *job)
{
	const struct recording_wish wish = { .program = o->source.run.program,
		.map = o->source.live.map, .type = o->map.type, .ops = o->source.run.ops };
	struct replay replay;
	struct error err;
	int status;

	if (!replay_make(&replay, &wish, &err)) {
		replay_free(&replay);
		return complain(&err, FAILED);
	}
	if (!replay.exact)
		fprintf(stderr, "hmapview: %s: %s\n", wish.program[0], text_str(&replay.verdict));
	job->script = fmemopen(replay.script.s, replay.script.len, "r");
	job->script_name = wish.program[0];
	status = run_job(o, c, job);
	fclose(job->script);
	replay_free(&replay);
	return status;
}

static int run(const struct options *o, struct config *c)
{
	struct job job = { .options = o, .config = c };
	struct attached attached;
	struct error err;
	int status;

	if (!job_known(&job, &err) || !merge(o, c, &err) || !fits_snapshot(o, &err))
		return complain(&err, MISUSED);
	/* What is a program's data is for its owner alone. */
	if (live_given(&o->source.live) || o->source.run.program)
		umask(077);
	if (o->source.run.program)
		return run_program(o, c, &job);
	if (live_given(&o->source.live)) {
		job.attached = &attached;
		if (!attached_open(&attached, o, &err))
			return complain(&err, FAILED);
	}
	status = run_job(o, c, &job);
	if (job.attached)
		attached_close(job.attached);
	return status;
}

static bool do_document(const char *file, bool update, bool *stale)
{
	struct error err;

	if (update ? document_update(file, &err) : document_check(file, stdout, stale, &err))
		return true;
	complain(&err, FAILED);
	return false;
}

/* Documents one after another; what is wrong with one does not keep others from their turn. */
static int run_documents(const struct options *o)
{
	const char *first = o->update ? o->update : o->check;
	bool any = false, stale, ok = true;

	telling_begin();
	for (int i = -1; i < o->operand_count; i++) {
		stale = false;
		ok &= do_document(i < 0 ? first : o->operands[i], o->update, &stale);
		any |= stale;
	}
	telling_end();
	return ok && !any ? DONE : FAILED;
}

/* What went to standard output got there. */
static int finish_output(void)
{
	struct error err;

	if (fflush(stdout) == 0 && !ferror(stdout))
		return DONE;
	fail(&err, "standard output: %s", strerror(errno));
	return complain(&err, FAILED);
}

static int print_self(const char *what)
{
	struct error err;
	const struct print *print = print_find(what, &err);

	if (!print)
		return complain(&err, MISUSED);
	print->write(stdout);
	return finish_output();
}

/* The maps of a program as a list, where nobody can look at it on the screen. */
static int list_maps(const struct options *o)
{
	struct error err;
	int status = listing_known(o, &err) ? FAILED : MISUSED;
	bool held;

	if (status == MISUSED || !listing_write(o, &held, &err))
		return complain(&err, status);
	return finish_output() == DONE && held ? DONE : FAILED;
}

static int write_report(const struct report *r, const struct options *o)
{
	struct error err;
	int status = report_known(r, o, &err) ? FAILED : MISUSED;

	if (status == MISUSED || !r->write(o, &err))
		return complain(&err, status);
	return finish_output();
}

/* A map, on the screen or written. */
static int show_map(const struct options *o)
{
	struct config c;
	struct error err;
	int status;

	setlocale(LC_CTYPE, "");
	config_init(&c);
	/* What is written depends on the command line alone; -c is part of it. */
	if ((!is_written(&o->output) || o->config) &&
		!config_load(&c, o->config, app_names(), &err))
		status = complain(&err, FAILED);
	else
		status = run(o, &c);
	config_free(&c);
	return status;
}

int main(int argc, char **argv)
{
	const struct report *report;
	struct options o;
	struct error err;
	int status;

	json_begin();
	if (!options_parse(&o, argc, argv, &err))
		return complain(&err, MISUSED);
	if (o.help) {
		options_help(stdout);
		return finish_output();
	}
	if (o.version) {
		puts("hmapview " HMAPVIEW_VERSION);
		return finish_output();
	}
	if (o.print)
		return print_self(o.print);
	if (o.list_scenes) {
		scenes_print(stdout);
		return finish_output();
	}
	report = report_asked(&o);
	if (report)
		return write_report(report, &o);
	if (live_given(&o.source.live) && !o.source.live.map &&
		(o.source.live.processes || is_written(&o.output) || !isatty(STDOUT_FILENO)))
		return list_maps(&o);
	if (o.update || o.check) {
		status = run_documents(&o);
		return finish_output() == DONE ? status : FAILED;
	}
	/* Where nobody can answer, the questions are written with their answers. */
	if (o.source.quiz && !is_written(&o.output) && !isatty(STDOUT_FILENO))
		o.output.format = "quiz";
	return show_map(&o);
}
