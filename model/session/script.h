/* SPDX-License-Identifier: MIT */
/* Scripts: files of command lines. */
#ifndef MODEL_SESSION_SCRIPT_H
#define MODEL_SESSION_SCRIPT_H

#include <stdio.h>

#include "model/session/session.h"

enum { SCRIPT_LINE_MOST = 1 << 20 };

/*
 * What a script does it does as one, when it was the person who named it; a scene's and a
 * document's stay theirs.
 *
 * Runs a script, "-" for standard input. Errors begin with NAME:LINE. A snapshot file, by its
 * content or its name, is opened instead.
 */
bool script_run(struct session *s, const char *path, struct error *err);

/* The same from an open stream that is called name in messages. */
bool script_run_stream(struct session *s, FILE *in, const char *name, struct error *err);

#endif
