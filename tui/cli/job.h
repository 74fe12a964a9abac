/* SPDX-License-Identifier: MIT */
/*
 * A job: a session as a command line asks for it, with everything run that comes before the first
 * look. The screen, the exports and the pictures in documents begin with one.
 */
#ifndef TUI_CLI_JOB_H
#define TUI_CLI_JOB_H

#include <stdio.h>

#include "config/config.h"
#include "model/session/session.h"
#include "tui/cli/options.h"

struct attached;

struct job {
	const struct options *options;
	const struct config *config; /* for what the options leave open */
	FILE *script;                /* an open one instead of the options'; NULL for none */
	const char *script_name;     /* what it is called in messages */
	struct attached *attached;   /* the program whose map it begins with; NULL: none */
	const struct access *access; /* for whom files are read; NULL: the person */
};

/* Whether what the options name is there: format, view, scene; and goes together. */
bool job_known(const struct job *job, struct error *err);

/* The session, with nothing run yet. */
bool job_open(struct session *s, const struct job *job, struct error *err);

/* Fill, script, scene, or the demo when nothing was asked for; there is a map then. Last, --at. */
bool job_run(struct session *s, const struct job *job, struct error *err);

#endif
