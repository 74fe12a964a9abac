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

struct app_options {
	bool input_taken; /* standard input is in other use */
	/* What the session begins with: run first, and on the screen when it takes long; or NULL. */
	bool (*begin)(struct session *s, void *data, struct error *err);
	void *data;
};

/*
 * Runs until the user leaves. Returns the exit status, or -1 with err filled when there is no
 * screen, or what it begins with failed.
 */
int app_run(struct session *s, const struct config *c, const struct app_options *o,
	struct error *err);

#endif
