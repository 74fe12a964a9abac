/* SPDX-License-Identifier: MIT */
/* The screen: events in, commands and movements out, pictures drawn. */
#ifndef TUI_APP_APP_H
#define TUI_APP_APP_H

#include "config/config.h"
#include "model/session/session.h"

/* What [keys] of the configuration may name. */
const struct config_names *app_names(void);

/* What can be wrong before the screen opens: the theme, keys bound twice, the terminal. */
bool app_check(const struct config *c, struct error *err);

struct live;
struct census;
struct census_map;

/* The program whose maps are listed. */
struct app_maps {
	const struct live *live;
	/* A new look at it. */
	bool (*look)(void *data, struct census *c, struct error *err);
	/* The session, whatever it was, becomes one of that map; when it cannot, an empty one. */
	bool (*open)(struct session *s, void *data, const struct census_map *m, struct error *err);
	void *data;
};

struct app_options {
	bool input_taken; /* standard input is in other use */
	/* What the session begins with: run first, and on the screen when it takes long; or
	   NULL. */
	bool (*begin)(struct session *s, void *data, struct error *err);
	void *data;
	const struct app_maps *maps; /* NULL: there is none */
	bool list;        /* begin with the list of them */
	bool quiz;        /* begin with asking what comes next */
	unsigned again_ms; /* look again every so often; 0: only when asked to */
};

/*
 * Runs until the user leaves. Returns the exit status, or -1 with err filled when there is no
 * screen, or what it begins with failed.
 */
int app_run(struct session *s, const struct config *c, const struct app_options *o,
	struct error *err);

#endif
