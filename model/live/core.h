/* SPDX-License-Identifier: MIT */
/*
 * A core file as an image: the kernel's and gcore's. What was only read is not in it, and comes
 * from the executable, which has to be the one that ran: their build ids are compared.
 */
#ifndef MODEL_LIVE_CORE_H
#define MODEL_LIVE_CORE_H

#include "model/live/image.h"
#include "model/live/executable.h"

/*
 * Opens both: exe, or when that is NULL the executable that the core file names. The image borrows
 * the program. *note says what is missing of a file that is cut off; to be freed; NULL: nothing.
 */
bool core_open(struct image *im, const char *core, const char *exe, struct executable *p,
	char **note, struct error *err);

#endif
