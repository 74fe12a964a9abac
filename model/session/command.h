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

struct command {
	const char *name;
	const char *args;      /* as shown in help, "" for none */
	const char *help;      /* one line */
	enum command_arg arg;
	enum command_use use;
	bool (*run)(struct session *s, const char *args, struct error *err);
	/* For the outcome: see there. */
	bool about_key;
	const char *view, *says;
};

/* The i-th command, NULL past the last. */
const struct command *command_at(unsigned i);

/* The command that a line starts with; *args is what follows it. NULL with err filled. */
const struct command *command_find(const char *line, const char **args, struct error *err);

/* The line without its comment and the blanks around it; to be freed. */
char *command_text(const char *line);

/* Whether the line is a declaration whose brackets are still open: it goes on with the next. */
bool command_goes_on(const char *line);

/* Whether the map that is there lets the command run. */
bool command_may_run(const struct session *s, const struct command *c, struct error *err);

/* The implementations: operations.c, fresh.c, loop.c, remember.c, compare.c, save.c, settings.c */
bool command_map(struct session *s, const char *args, struct error *err);
bool command_type(struct session *s, const char *args, struct error *err);
bool command_const(struct session *s, const char *args, struct error *err);
bool command_arch(struct session *s, const char *args, struct error *err);
bool command_go(struct session *s, const char *args, struct error *err);
bool command_hash(struct session *s, const char *args, struct error *err);
bool command_seed(struct session *s, const char *args, struct error *err);
bool command_make(struct session *s, const char *args, struct error *err);
bool command_insert(struct session *s, const char *args, struct error *err);
bool command_fill(struct session *s, const char *args, struct error *err);
bool command_delete(struct session *s, const char *args, struct error *err);
bool command_clear(struct session *s, const char *args, struct error *err);
bool command_lookup(struct session *s, const char *args, struct error *err);
bool command_range(struct session *s, const char *args, struct error *err);
bool command_next(struct session *s, const char *args, struct error *err);
bool command_collide(struct session *s, const char *args, struct error *err);
bool command_grow(struct session *s, const char *args, struct error *err);
bool command_evacuate(struct session *s, const char *args, struct error *err);
bool command_rebuild(struct session *s, const char *args, struct error *err);
bool command_clone(struct session *s, const char *args, struct error *err);
bool command_gc(struct session *s, const char *args, struct error *err);
bool command_snapshot(struct session *s, const char *args, struct error *err);
bool command_caption(struct session *s, const char *args, struct error *err);
bool command_scene(struct session *s, const char *args, struct error *err);
bool command_draw(struct session *s, const char *args, struct error *err);
bool command_random(struct session *s, const char *args, struct error *err);
bool command_hint(struct session *s, const char *args, struct error *err);
bool command_beside(struct session *s, const char *args, struct error *err);
bool command_escape(struct session *s, const char *args, struct error *err);
bool command_first(struct session *s, const char *args, struct error *err);
bool command_save(struct session *s, const char *args, struct error *err);
bool command_load(struct session *s, const char *args, struct error *err);
bool command_capture(struct session *s, const char *args, struct error *err);
bool command_open(struct session *s, const char *args, struct error *err);
bool command_check(struct session *s, const char *args, struct error *err);
bool command_layout(struct session *s, const char *args, struct error *err);
bool command_diff(struct session *s, const char *args, struct error *err);
bool command_compare(struct session *s, const char *args, struct error *err);
bool command_export(struct session *s, const char *args, struct error *err);
bool command_undo(struct session *s, const char *args, struct error *err);
bool command_redo(struct session *s, const char *args, struct error *err);

#endif
