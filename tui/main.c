/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/config.h"
#include "model/script.h"
#include "tui/app.h"
#include "tui/demo.h"
#include "tui/export.h"
#include "tui/options.h"
#include "tui/print.h"
#include "tui/scene.h"

enum { DONE = 0, FAILED = 1, MISUSED = 2 };

static int complain(const struct error *err, int status)
{
	fprintf(stderr, "hmapview: %s\n", err->msg);
	return status;
}

/* What the command line says goes over what the configuration says. */
static bool merge(const struct options *o, struct config *c, struct error *err)
{
	return (!o->theme || config_set(c, "theme", o->theme, err)) &&
		(!o->color || config_set(c, "color", o->color, err));
}

/* Whether it is the configuration's type or target that is wrong; what it says then names it. */
static bool blame_config(const struct options *o, const struct config *c, struct error *err)
{
	struct error unused;
	bool guilty = c->path && !o->type && !o->arch && !o->release;

	if (c->path && !o->arch && !target_find(c->arch, &unused))
		guilty = true;
	if (guilty)
		fail_in(err, "%s: [options]", c->path);
	return guilty;
}

static bool open_session(struct session *s, const struct options *o, const struct config *c,
	struct error *err)
{
	struct session_options so = {
		.type = o->type ? o->type : c->type,
		.arch = o->arch ? o->arch : c->arch,
		.release = o->release,
		.hint = o->hint,
		.seed = o->has_seed ? o->seed : c->seed,
		/* What only runs a fill and writes it has no use for a way back. */
		.history = !o->format || o->frames || o->script || o->scene || !o->has_fill,
	};

	return session_open(s, &so, err);
}

/* Everything that comes before the first look: fill, script, or the demo. */
static bool prepare(struct session *s, const struct options *o, struct error *err)
{
	char line[64];

	if (o->has_fill) {
		snprintf(line, sizeof line, "fill %llu", (unsigned long long)o->fill);
		if (!session_run(s, line, err))
			return false;
	}
	if (o->script && !script_run(s, o->script, err))
		return false;
	if (o->scene && !scene_run(s, o->scene, err))
		return false;
	if (!o->has_fill && !o->script && !o->scene && !o->hint && !demo_run(s, err))
		return false;
	return session_ensure_map(s, err);
}

static int run_export(struct session *s, const struct options *o, const struct config *c,
	const struct export_format *f)
{
	struct theme theme;
	struct export_options eo = { .view = o->view, .width = o->width, .height = o->height,
		.frames = o->frames, .theme = &theme };
	struct error err;

	s->keep_json = true;
	s->export = export_command;
	s->export_data = &eo;
	if (!theme_load(&theme, c->theme, &err) || !prepare(s, o, &err) || !export_to(s, f, &eo, o->output, &err))
		return complain(&err, FAILED);
	return DONE;
}

static int run_screen(struct session *s, const struct options *o, const struct config *c)
{
	struct theme theme;
	struct export_options eo = { .width = o->width, .height = o->height, .theme = &theme };
	struct error err;
	int status;

	s->keep_json = true;
	s->export = export_command;
	s->export_data = &eo;
	s->scene = scene_load;
	/* A script that fails is shown up to where it failed, with its message. */
	err.msg[0] = '\0';
	if (!app_check(c, &err) || !theme_load(&theme, c->theme, &err))
		return complain(&err, FAILED);
	if (!prepare(s, o, &err) || (o->scene && !scene_begin(s, &err)))
		return complain(&err, FAILED);
	status = app_run(s, c, o->script && strcmp(o->script, "-") == 0, &err);
	return status < 0 ? complain(&err, FAILED) : status;
}

static int run(const struct options *o, struct config *c)
{
	const struct export_format *f = NULL;
	struct session s;
	struct error err;
	int status;

	if (o->format) {
		f = export_format_find(o->format, &err);
		if (!f || !export_view_known(o->view, &err))
			return complain(&err, MISUSED);
		if (o->frames && !f->frames) {
			fail(&err, "--frames: %s has none", f->name);
			return complain(&err, MISUSED);
		}
	} else if (o->view) {
		fail(&err, "--view needs --export FORMAT");
		return complain(&err, MISUSED);
	}
	if (!merge(o, c, &err) || (o->scene && !scene_known(o->scene, &err)))
		return complain(&err, MISUSED);
	if (!open_session(&s, o, c, &err))
		return complain(&err, blame_config(o, c, &err) ? FAILED : MISUSED);
	status = f ? run_export(&s, o, c, f) : run_screen(&s, o, c);
	session_close(&s);
	return status;
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

int main(int argc, char **argv)
{
	struct options o;
	struct config c;
	struct error err;
	int status;

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
	setlocale(LC_CTYPE, "");
	config_init(&c);
	if (!config_load(&c, o.config, app_names(), &err)) {
		config_free(&c);
		return complain(&err, FAILED);
	}
	status = run(&o, &c);
	config_free(&c);
	return status;
}
