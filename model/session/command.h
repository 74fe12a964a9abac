/* SPDX-License-Identifier: MIT */
/*
 * The command table: every command of the language, once. Scripts, the prompt, keys, help,
 * completion and the documentation all read it.
 */
#ifndef MODEL_SESSION_COMMAND_H
#define MODEL_SESSION_COMMAND_H

#include "model/session/args.h"
#include "model/session/session.h"

/* What a command's argument is, for completion. */
enum command_arg { ARG_NONE, ARG_TYPE, ARG_DECLARATION, ARG_ARCH, ARG_ARCHES, ARG_RELEASE,
	ARG_HASH, ARG_ESCAPE, ARG_KEY, ARG_NUMBER, ARG_FORMAT, ARG_SCENE, ARG_FILE, ARG_TEXT };

/* What becomes of a command. */
enum command_use {
	USE_ONCE,  /* run, and that is all */
	USE_KEEP,  /* kept in the timeline, and run again with it */
	USE_RULES, /* kept, too; runs the map's rules, which take a map that obeys its laws */
};

typedef bool command_run(struct session *s, const char *args, struct error *err);

struct command {
	const char *name;
	const char *args;      /* as shown in help, "" for none */
	const char *help;      /* one line */
	enum command_arg arg;
	enum command_use use;
	command_run *run;
	/* For the outcome: see there. */
	bool about_key;
	const char *view, *says;
};

/* The i-th command, NULL past the last. */
const struct command *command_at(unsigned i);

/* The command that a line starts with; *args is what follows it. NULL with err filled. */
const struct command *command_find(const char *line, const char **args, struct error *err);

/* Whether that is what the line starts with. */
bool command_is(const char *line, command_run *run);

/* The command of the line, at once. */
bool command_do(struct session *s, const char *line, struct error *err);

/* Whether the line is a declaration whose brackets are still open: it goes on with the next. */
bool command_goes_on(const char *line);

/* Whether the map that is there lets the command run. */
bool command_may_run(const struct session *s, const struct command *c, struct error *err);

/* The implementations: operations.c, fresh.c, loop.c, remember.c, compare.c, save.c, settings.c */
command_run command_map, command_type, command_const, command_arch, command_go, command_hash,
	command_seed, command_make, command_insert, command_fill, command_delete, command_clear,
	command_lookup, command_range, command_next, command_collide, command_grow,
	command_evacuate, command_rebuild, command_clone, command_gc, command_snapshot,
	command_caption, command_scene, command_draw, command_random, command_hint, command_beside,
	command_escape, command_first, command_save, command_load, command_capture, command_open,
	command_check, command_layout, command_diff, command_compare, command_export, command_undo,
	command_redo;

#endif
