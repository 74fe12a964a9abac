/* SPDX-License-Identifier: MIT */
/* What options do not go together, and what follows from those that were given. */
#ifndef TUI_CLI_OPTIONS_CHECK_H
#define TUI_CLI_OPTIONS_CHECK_H

#include "tui/cli/options.h"

/* All of them were read; false with err filled where they make no sense together. */
bool options_check(struct options *o, struct error *err);

/* One type more beside the others; false with err filled when there are too many. */
bool compare_add(struct compare_options *c, const char *type, struct error *err);

#endif
