/* SPDX-License-Identifier: MIT */
/* What there is to see when nothing was asked for: a map in the middle of a growth. */
#ifndef TUI_CLI_DEMO_H
#define TUI_CLI_DEMO_H

#include "model/session/session.h"

bool demo_run(struct session *s, struct error *err);

/* Shows a growth that is over within its operation half done; false where growth takes many. */
bool demo_begin(struct session *s);

#endif
