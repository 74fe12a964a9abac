/* SPDX-License-Identifier: MIT */
/*
 * The configuration: what a user chose once and for all, as plain data.
 *
 * It is read whole before the screen starts; a file with anything unknown or malformed is refused
 * whole, with one line that says where. The command line overrides it. What a type, an
 * architecture, a release, an action or a key is called is not known here: the first three are kept
 * as text for the caller to judge, the others are judged by the caller's functions.
 */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/base/error.h"

enum color_when {     /* ORDER COLOR_WHEN */
	COLOR_AUTO,   /* unless NO_COLOR is set or the terminal has none */
	COLOR_ALWAYS, /* NO_COLOR or not */
	COLOR_NEVER,
};

enum charset {        /* ORDER CHARSET */
	CHARSET_AUTO, /* what the locale says */
	CHARSET_UTF8,
	CHARSET_ASCII,
};

/* One line of [keys]. It replaces all default keys of its action. */
struct binding {
	char *action; /* an action, or a command with its arguments */
	char **keys;  /* as written: q, C-c, Left, Semicolon; none at all for `none` */
	size_t count;
	int line;     /* of the file */
};

struct config {
	char *path;  /* the file that was read, NULL when there was none */
	char *theme; /* name or path */
	int theme_line; /* of the file; 0: it was not said there */
	char *type;  /* of the map, in Go syntax */
	char *arch;
	char *release; /* of Go; "default" chooses none */
	char *beside;  /* the other release of the view beside; likewise */
	uint64_t seed;
	enum color_when color;
	enum charset charset;
	int escape_ms; /* how long a lone escape waits for the rest of a key */
	bool mouse;
	struct binding *bindings; /* in the file's order */
	size_t binding_count;
};

/* Asks the caller whether a name of [keys] means something, and why not; NULL
   accepts everything. */
struct config_names {
	bool (*action)(const char *name);
	bool (*key)(const char *name, struct error *err);
};

/* One row per option, for help and for the command line. ORDER OPTION */
struct config_option {
	const char *name;   /* as in [options] */
	const char *values; /* what it may be, for people */
	const char *value;  /* the default, as one would write it */
	const char *help;
};

void config_init(struct config *config); /* the defaults */
void config_free(struct config *config);

/*
 * Reads path, or with NULL $XDG_CONFIG_HOME/hmapview/hmapview.ini (~/.config/...), which may be
 * absent. config must be initialised; what it held is replaced, on failure by the defaults.
 */
bool config_load(struct config *config, const char *path, const struct config_names *names,
	struct error *err);

/* Sets one option from text, as the file would: for `--color never`. */
bool config_set(struct config *config, const char *option, const char *value, struct error *err);

/* Row i of the options, NULL after the last. */
const struct config_option *config_option(size_t i);

#endif
