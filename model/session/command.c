/* SPDX-License-Identifier: MIT */
#include "model/session/command.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/nearest.h"
#include "model/base/outfile.h"
#include "model/session/keys.h"

static const struct command commands[] = {
	{ "map", "TYPE", "the map's type; starts a new map when it differs", ARG_TYPE, USE_KEEP,
		.run = command_map },
	{ "type", "NAME TYPE | @FILE.go", "a type with a name; or those of a Go file",
		ARG_DECLARATION, USE_ONCE, .run = command_type },
	{ "const", "NAME = VALUE", "a number for lengths of arrays", ARG_TEXT, USE_ONCE,
		.run = command_const },
	{ "arch", "NAME", "the target; everything so far is run again for it", ARG_ARCH, USE_ONCE,
		.run = command_arch },
	{ "go", "VERSION", "the Go release; everything so far is run again for it", ARG_RELEASE,
		USE_ONCE, .run = command_go },
	{ "hash", "aes|wyhash [HEX]", "the hash function and its process-wide key", ARG_HASH,
		USE_ONCE, .run = command_hash },
	{ "seed", "U32", "the hash0 that is drawn next; several queue up", ARG_NUMBER, USE_KEEP,
		.run = command_seed },
	{ "draw", "U64..", "what is drawn at random next, of any kind; several queue up",
		ARG_NUMBER, USE_KEEP, .run = command_draw },
	{ "random", "N", "the start of all randomness; everything so far is run again", ARG_NUMBER,
		USE_ONCE, .run = command_random },
	{ "hint", "N", "the hint of the map that is made when no make comes first", ARG_NUMBER,
		USE_ONCE, .run = command_hint },
	{ "escape", "yes|no", "whether the map escapes: no puts its header on the stack",
		ARG_ESCAPE, USE_ONCE, .run = command_escape },
	{ "make", "[HINT]", "a new map", ARG_NUMBER, USE_KEEP, .run = command_make },
	{ "insert", "KEY [ELEM] | A..B | @FILE", "m[KEY] = ELEM; or the keys A to B, or a file's",
		ARG_KEY, USE_RULES, .run = command_insert, .about_key = true },
	{ "fill", "N", "insert the generated keys 0 to N-1", ARG_NUMBER, USE_RULES,
		.run = command_fill },
	{ "delete", "KEY | A..B | @FILE", "delete(m, KEY)", ARG_KEY, USE_RULES,
		.run = command_delete, .about_key = true },
	{ "clear", "", "clear(m)", ARG_NONE, USE_RULES, .run = command_clear },
	{ "lookup", "KEY | A..B | @FILE", "_, ok := m[KEY]; changes nothing, shows the probe",
		ARG_KEY, USE_RULES, .run = command_lookup, .about_key = true },
	{ "range", "[N|all] [from BUCKET SLOT]",
		"a range loop, left at its first entry; or stopped at its Nth", ARG_NUMBER,
		USE_RULES, .run = command_range },
	{ "next", "[N|all]", "go on with a stopped range loop, N entries far", ARG_NUMBER,
		USE_RULES, .run = command_next },
	{ "collide", "BUCKET [N]", "insert N keys that land in that bucket", ARG_NUMBER, USE_RULES,
		.run = command_collide },
	{ "grow", "[same]", "insert fresh keys until a growth starts; or a same-size one", ARG_TEXT,
		USE_RULES, .run = command_grow },
	{ "evacuate", "[N]", "move the next N old buckets on", ARG_NUMBER, USE_RULES,
		.run = command_evacuate },
	{ "rebuild", "[from BUCKET SLOT]", "a new map with the right hint, filled from this one",
		ARG_NONE, USE_RULES, .run = command_rebuild },
	{ "clone", "[from BUCKET SLOT]", "m = maps.Clone(m), as the release does it", ARG_NONE,
		USE_RULES, .run = command_clone },
	{ "first", "N COMMAND", "the command, given up after N operations", ARG_TEXT, USE_KEEP,
		.run = command_first },
	{ "gc", "", "collect what the map no longer reaches", ARG_NONE, USE_RULES,
		.run = command_gc },
	{ "check", "", "fails where the map's memory breaks a law", ARG_NONE, USE_ONCE,
		.run = command_check, .says = "all laws hold" },
	{ "snapshot", "[\"TITLE\"]", "remember the state under a title", ARG_TEXT, USE_KEEP,
		.run = command_snapshot },
	{ "caption", "[--view NAME] [\"TEXT\"]", "words to show from here on; none without TEXT",
		ARG_TEXT, USE_KEEP, .run = command_caption },
	{ "scene", "NAME", "begin anew with a scene that ships with the program", ARG_SCENE,
		USE_ONCE, .run = command_scene },
	{ "open", "FILE [N]", "begin anew with the snapshots of a JSON file, or its Nth", ARG_FILE,
		USE_KEEP, .run = command_open },
	{ "capture", "", "look at the program's map again, as it is now", ARG_NONE, USE_KEEP,
		.run = command_capture },
	{ "save", "FILE", "write the session as a script, exact when it is run again", ARG_FILE,
		USE_ONCE, .run = command_save },
	{ "load", "FILE", "begin anew with a script, or with snapshots", ARG_FILE, USE_ONCE,
		.run = command_load },
	{ "diff", "A [B] | FILE FILE",
		"compare points, A and B or A and now; or snapshots, a.json@2", ARG_NUMBER,
		USE_ONCE, .run = command_diff, .view = "diff" },
	{ "beside", "VERSION", "the release that the view beside shows the timeline under, too",
		ARG_RELEASE, USE_ONCE, .run = command_beside, .view = "beside" },
	{ "layout", "[ARCH [ARCH]]", "the targets that the view layout compares; its own with one",
		ARG_ARCHES, USE_ONCE, .run = command_layout, .view = "layout" },
	{ "compare", "[N] TYPE, TYPE, ..",
		"types beside each other, with as many entries as the map, or N", ARG_TYPE,
		USE_ONCE, .run = command_compare, .view = "compare" },
	{ "export", "[--view NAME] FORMAT [FILE]", "write the state now", ARG_FORMAT, USE_ONCE,
		.run = command_export },
	{ "undo", "[N | command]", "N operations back, or all of a command", ARG_NUMBER, USE_ONCE,
		.run = command_undo },
	{ "redo", "[N | command]", "N operations forth, or all of a command", ARG_NUMBER, USE_ONCE,
		.run = command_redo },
};

const struct command *command_at(unsigned i)
{
	return i < sizeof commands / sizeof *commands ? &commands[i] : NULL;
}

const struct command *command_find(const char *line, const char **args, struct error *err)
{
	struct nearest nearest;
	size_t n;

	args_skip(&line);
	n = strcspn(line, " \t#");
	nearest = nearest_begin(line, n);
	for (unsigned i = 0; i < sizeof commands / sizeof *commands; i++) {
		nearest_try(&nearest, commands[i].name);
		if (!text_is(line, n, commands[i].name))
			continue;
		*args = line + n;
		args_skip(args);
		return &commands[i];
	}
	fail(err, "unknown command \"%.*s\"", n > 40 ? 40 : (int)n, line);
	nearest_tell(&nearest, err);
	return NULL;
}

/* The quote that ends what the one at s begins; s itself when there is none: an apostrophe. */
static const char *closing_quote(const char *s)
{
	for (const char *end = s + 1; *end; end++) {
		if (*end == *s)
			return end;
		if (*end == '\\' && *s != '`' && end[1])
			end++;
	}
	return s;
}

bool command_is(const char *line, command_run *run)
{
	struct error unused;
	const char *args;
	const struct command *c = command_find(line, &args, &unused);

	return c && c->run == run;
}

bool command_do(struct session *s, const char *line, struct error *err)
{
	const char *args;
	const struct command *c = command_find(line, &args, err);

	return c && c->run(s, args, err);
}

/*
 * The line without its comment and the blanks around it; to be freed. "#" begins a comment, except
 * in a literal's quotes.
 */
static char *text_of(const char *line)
{
	const char *end = line, *word;
	size_t len;

	/* Its keys are as they are. */
	if (keys_follow(line, &word, &len) && strchr(word, '\n'))
		return xstrdup(line);
	for (; *end && *end != '#'; end++)
		if (strchr("\"`'", *end))
			end = closing_quote(end);
	while (end > line && strchr(" \t\r", end[-1]))
		end--;
	while (line < end && (*line == ' ' || *line == '\t'))
		line++;
	return xstrndup(line, (size_t)(end - line));
}

bool command_goes_on(const char *line)
{
	const char *end = line + strlen(line), *next;
	int open = 0;

	args_skip(&line);
	if (strncmp(line, "type ", 5) != 0)
		return false;
	for (; line < end; line = next) {
		next = declared_skip(line, end);
		if (next > line && next == end && *line == '/' && line[1] == '*')
			return true;
		if (next > line)
			continue;
		next = line + 1;
		if (*line == '#')
			next = line + strcspn(line, "\n");
		open += strchr("([{", *line) != NULL;
		open -= strchr(")]}", *line) != NULL;
	}
	return open > 0;
}

/* Operations, of which there were none. */
static bool did_nothing(const struct command *c)
{
	return c->run == command_first || (c->use == USE_RULES && c->run != command_lookup);
}

/*
 * A command that changed nothing is kept at the end of the timeline only, if it is no operation; in
 * its past it may be given without a new future. What it remembered there belongs to its point.
 */
static void drop_pending(struct session *s, const struct command *c, bool ok)
{
	if (ok && s->time.now == s->time.total && !did_nothing(c))
		session_change(s);
	else if (ok && (c->run == command_snapshot || c->run == command_caption))
		session_add_remark(s, s->run.pending);
	free(s->run.pending);
	s->run.pending = NULL;
}

/* Runs a command that belongs to the timeline, and keeps it if it did anything. */
static bool run_timeline(struct session *s, const struct command *c, char *text, const char *args,
	struct error *err)
{
	struct entry *e;
	bool ok;

	s->run.pending = text;
	s->run.step_journal = s->world.journal.at;
	s->run.running = true;
	s->run.goal = 0;
	ok = c->run(s, args, err);
	s->run.running = false;
	if (s->run.pending) {
		drop_pending(s, c, ok);
		return ok;
	}
	/* In the past, a command that fails costs nothing. */
	if (!ok && session_restore_future(s))
		return false;
	session_drop_future(s);
	s->time.total = s->time.now;
	if (!ok) {
		/* What the step under way changed is undone; the steps before it stay. */
		if (s->world.journal.on) {
			journal_move(&s->world.journal, s->run.step_journal);
			journal_cut(&s->world.journal);
		}
		s->time.window.trace.count = s->time.window.npoints
			? s->time.window.points[s->time.window.npoints - 1].trace : 0;
	}
	/* A long run that was given up before its end is followed by others. */
	if (s->time.history && !s->world.journal.on)
		session_record(s, true);
	e = &s->time.entries[s->time.nentries - 1];
	e->steps = s->time.now - e->first;
	e->cut = !ok || s->run.interrupted;
	if (!ok && e->steps == 0)
		free(s->time.entries[--s->time.nentries].text);
	return ok;
}

/* The rules rely on the laws of the map. What was opened may break them, or leave things out. */
bool command_may_run(const struct session *s, const struct command *c, struct error *err)
{
	return c->use != USE_RULES || !s->world.map.header || !s->world.map.fixed ||
		fail(err, "this map can be looked at only: %s", s->world.map.fixed);
}

/* Runs a line of the operation or lookup as a whole; *c is its command, NULL when there is none. */
static bool run_whole(struct session *s, const char *line, const struct command **c,
	struct error *err)
{
	char *text = text_of(line);
	const char *args;
	bool ok = true;

	*c = NULL;
	s->run.forgot_future = s->run.interrupted = false;
	if (!*text) {
		free(text);
		return true;
	}
	*c = command_find(text, &args, err);
	/* Only an export may look at an operation half done. */
	if (*c && (*c)->run != command_export)
		session_whole(s);
	if (*c && (*c)->use != USE_ONCE && command_may_run(s, *c, err))
		return run_timeline(s, *c, text, args, err);
	ok = *c && (*c)->use == USE_ONCE && (*c)->run(s, args, err);
	free(text);
	return ok;
}

/* What is given up leaves one inside the operation or lookup where one was. */
static bool run_line(struct session *s, const char *line, const struct command **c,
	struct error *err)
{
	bool inside = s->shown.inside, lookup = s->shown.probe_label != NULL;
	uint64_t now = s->time.now;
	size_t all, step = inside ? session_step(s, &all) : 0;

	if (run_whole(s, line, c, err))
		return true;
	if (inside && s->run.interrupted && !s->shown.inside && s->time.now == now &&
		lookup == (s->shown.probe_label != NULL) && session_step(s, &all) >= step)
		session_goto_step(s, step);
	return false;
}

bool session_run_as(struct session *s, const char *line, struct error *err)
{
	const struct command *c;

	return run_line(s, line, &c, err);
}

bool session_may_write(struct session *s, const char *file, struct error *err)
{
	if (!outfile_check(&s->access, file, err))
		return false;
	if (s->run.loading || !file || !s->hooks.replace || !outfile_replaces(file) ||
		s->hooks.replace(s->hooks.replace_data))
		return true;
	s->run.asks = xstrdup(file);
	return fail(err, "%.160s: there is a file already", file);
}

bool session_out_file(struct session *s, char **file, struct error *err)
{
	char *path = *file && strcmp(*file, "-") != 0 ? access_path(&s->access, *file) : NULL;

	free(*file);
	*file = path;
	return path || !s->hooks.replace ||
		fail(err, "standard output is the screen: a file is needed");
}

void session_wrote(struct session *s, const char *file)
{
	if (!s->run.loading && file)
		s->run.wrote = xstrdup(file);
}

/* Before a line is run that no script has. */
static void forget_outcome(struct session *s)
{
	free(s->run.wrote);
	free(s->run.asks);
	s->run.wrote = s->run.asks = NULL;
	s->run.says = NULL;
}

/* Whether one key is what was worked on, of a command that is about one or about many. */
static bool worked_on_key(const struct session *s, const struct command *c, uint64_t before)
{
	if (c->run == command_lookup)
		return s->shown.probe_label != NULL;
	return c->about_key && s->time.now == before + 1;
}

struct session_outcome session_run(struct session *s, const char *line, struct error *err)
{
	struct session_outcome o = { .before = s->time.now };
	const struct command *c;

	if (!s->run.loading)
		forget_outcome(s);
	o.ok = run_line(s, line, &c, err) || (c && fail_in(err, "%s", c->name));
	o.asks = s->run.asks;
	o.wrote = s->run.wrote;
	o.forgot_future = s->run.forgot_future;
	if (c) {
		o.about_key = worked_on_key(s, c, o.before);
		o.view = c->view;
		o.says = s->run.says ? s->run.says : c->says;
	}
	return o;
}
