/* SPDX-License-Identifier: MIT */
/* Where a user's own files are. */
#ifndef CONFIG_USER_H
#define CONFIG_USER_H

/*
 * `BASE/hmapview/NAME` with BASE from $XDG_CONFIG_HOME (if absolute) or ~/.config, to be freed;
 * NULL when neither is known.
 */
char *user_path(const char *name);

#endif
