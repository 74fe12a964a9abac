/* SPDX-License-Identifier: MIT */
/* Sessions as scripts: the commands save, load, and first, which makes a saved one exact. */
#include "model/session/twin.h"
#include "model/session/command.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/base/outfile.h"
#include "model/session/script.h"

enum { LOADING_MOST = 8 }; /* scripts that load each other */

static const char *family_name(enum hash_family family)
{
	return family == HASH_AES ? "aes" : "wyhash";
}

static void write_hash(const struct session *s, FILE *out)
{
	if (!s->given.family_chosen)
		return;
	fprintf(out, "hash %s%s", family_name(s->given.chosen), s->given.hashkey_size ? " " : "");
	for (unsigned i = 0; i < s->given.hashkey_size; i++)
		fprintf(out, "%02x", s->given.hashkey[i]);
	fputc('\n', out);
}

/* Whether the timeline itself says of what type the map is before there is one. */
static bool names_type(const struct session *s)
{
	return !s->time.aside && s->time.nentries && strncmp(s->time.entries[0].text, "map ",
		4) == 0 && s->time.entries[0].first == 0 && s->time.entries[0].steps == 0;
}

/* Those of Go files only where they are used: such a file may have thousands. */
static void write_declarations(const struct declared *all, FILE *out)
{
	for (size_t i = 0; i < all->count; i++) {
		char *text;

		if (all->list[i].where && !all->list[i].used)
			continue;
		text = declaration_text(&all->list[i]);
		fprintf(out, "%s\n", text);
		free(text);
	}
}

/* What runs depend on. A snapshot file brings its own. */
static void write_circumstances(const struct session *s, FILE *out)
{
	fprintf(out, "random %llu\n", (unsigned long long)s->given.seed);
	write_declarations(s->given.declared, out);
	if (s->source)
		return;
	fprintf(out, "arch %s\ngo %s\n", s->given.target->name, s->given.release->name);
	write_hash(s, out);
	fprintf(out, "hint %llu\n", (unsigned long long)s->given.first_hint);
	fprintf(out, "escape %s\n", s->given.stays ? "no" : "yes");
	if (session_twin_chosen(s))
		fprintf(out, "beside %s\n", session_twin_chosen(s));
	if (!names_type(s))
		fprintf(out, "map %s\n", s->given.first_type);
}

/*
 * A terminal is no file that is run again: what a line could do to it is written out there. Else
 * all bytes are as they were given.
 */
static void put_lines(const char *lines, FILE *out)
{
	struct text shown = { 0 };

	if (!isatty(fileno(out))) {
		fputs(lines, out);
		return;
	}
	for (const char *end; *lines; lines = end + (*end == '\n')) {
		char *line;

		end = lines + strcspn(lines, "\n");
		line = xstrndup(lines, (size_t)(end - lines));
		text_add_shown(&shown, line);
		text_add(&shown, "\n");
		free(line);
	}
	fputs(text_str(&shown), out);
	text_free(&shown);
}

void session_write(const struct session *s, FILE *out)
{
	struct text lines = { 0 };

	fputs("# A session of hmapview, to be run again: hmapview FILE, or load FILE.\n", out);
	write_circumstances(s, out);
	text_add(&lines, s->time.aside ? s->time.aside : "");
	for (size_t i = 0; i < s->time.nentries; i++)
		aside_line(&s->time.entries[i], &lines);
	put_lines(text_str(&lines), out);
	text_free(&lines);
	if (s->time.now < s->time.total)
		fprintf(out, "undo %llu\n", (unsigned long long)(s->time.total - s->time.now));
}

static bool write_session(FILE *out, void *data, struct error *err)
{
	(void)err;
	session_write(data, out);
	return true;
}

/* A snapshot file must be there when the script is run again. */
static bool check_source(const struct session *s, struct error *err)
{
	if (session_captured(s))
		return fail(err,
			"what was captured from %.160s is in no file: export json FILE, then open "
			"FILE", session_captured(s));
	if (!s->source || !s->time.nentries ||
		strcmp(behind_first(s->time.entries[0].text), "open -") != 0)
		return true;
	return fail(err, "the snapshots came from standard input, which cannot be read again: "
			 "export json FILE, then open FILE");
}

bool command_save(struct session *s, const char *args, struct error *err)
{
	char *file;
	bool ok;

	if (!args_only_file(args, "save FILE", &file, err))
		return false;
	ok = session_out_file(s, &file, err) && check_source(s, err) &&
		session_may_write(s, file, err) &&
		(s->run.trial || outfile_write(&s->access, file, write_session, s, err));
	if (ok)
		session_wrote(s, file);
	free(file);
	return ok;
}

/* A script may fail anywhere: it is tried on a session that nobody sees. */
static bool try_script(const struct session *s, const char *file, struct error *err)
{
	struct session_options o = { .arch = s->given.target->name,
		.release = s->given.release->name, .seed = s->given.seed,
		.declared = s->given.declared };
	struct session trial;
	bool ok;

	if (!session_open(&trial, &o, err))
		return false;
	trial.hooks.watcher = s->hooks.watcher;
	trial.hooks.scene = s->hooks.scene;
	trial.hooks.export = s->hooks.export;
	trial.hooks.export_data = s->hooks.export_data;
	trial.run.trial = true;
	trial.access = s->access;
	trial.run.loading = s->run.loading;
	ok = script_run(&trial, file, err);
	session_close(&trial);
	return ok;
}

static bool load(struct session *s, const char *file, struct error *err)
{
	bool ok;

	if (strcmp(file, "-") == 0)
		return fail(err, "standard input cannot be read twice: load FILE");
	if (s->run.loading == LOADING_MOST)
		return fail(err, "%.160s: scripts load each other, %d deep", file, LOADING_MOST);
	s->run.loading++;
	ok = try_script(s, file, err) && session_restart(s, err) && script_run(s, file, err) &&
		session_ensure_map(s, err);
	s->run.loading--;
	return ok;
}

bool command_load(struct session *s, const char *args, struct error *err)
{
	char *file;
	bool ok;

	if (!args_only_file(args, "load FILE", &file, err))
		return false;
	ok = load(s, file, err);
	free(file);
	return ok;
}

bool command_first(struct session *s, const char *args, struct error *err)
{
	const struct command *c;
	uint64_t n, stop = s->run.stop;
	bool ok;

	if (!args_number(&args, UINT64_MAX, &n, err))
		return false;
	if (n == 0)
		return fail(err, "0 operations are none: a number from 1 up is expected");
	args_skip(&args);
	if (!*args)
		return fail(err, "a command is missing: first N COMMAND");
	c = command_find(args, &args, err);
	if (!c)
		return false;
	if (c->use != USE_RULES && c->run != command_make && c->run != command_open)
		return fail(err, "%s makes no operations that could be counted", c->name);
	if (!command_may_run(s, c, err))
		return false;
	if (n < stop - s->time.now)
		s->run.stop = s->time.now + n;
	ok = c->run(s, args, err);
	s->run.stop = stop;
	return ok || fail_in(err, "%s", c->name);
}
