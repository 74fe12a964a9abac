/* SPDX-License-Identifier: MIT */
/*
 * An executable as an image: its segments as they would lie in memory at the addresses that it was
 * linked for. What is relocated when it is loaded there (R_X86_64_RELATIVE, R_386_RELATIVE) is
 * done. Nothing runs, so there is no heap: there are types, and that is what it is for.
 */
#ifndef MODEL_LIVE_FILE_H
#define MODEL_LIVE_FILE_H

#include "model/live/live.h"

/* False with err filled; else end with live_close(). */
bool live_open_file(struct live *l, const char *exe, struct error *err);

#endif
