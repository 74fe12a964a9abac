/* SPDX-License-Identifier: MIT */
/*
 * A spot: where something is written, found once. Links are followed to where they lead, also one
 * that leads to nothing yet, and the folder is held open: whatever is renamed meanwhile, what was
 * looked at is what is written.
 */
#ifndef MODEL_BASE_SPOT_H
#define MODEL_BASE_SPOT_H

#include <stdbool.h>
#include <sys/stat.h>

#include "model/base/error.h"

enum spot_kind {
	SPOT_FILE,       /* a regular file, or none yet */
	SPOT_SPECIAL,    /* a device, a FIFO */
	SPOT_DESCRIPTOR, /* one that is open, such as /dev/stdout */
};

struct spot {
	enum spot_kind kind;
	int descriptor;   /* of SPOT_DESCRIPTOR */
	int folder;       /* open, to name files in; owned; else -1 */
	char *name;       /* in there; owned */
	bool there;       /* something is, and info tells what */
	bool through_link; /* the name itself was a link */
	struct stat info;
};

/* False with err filled: begins with the path. */
bool spot_find(struct spot *spot, const char *path, struct error *err);
void spot_free(struct spot *spot);

/* The path that an open file or folder has now, to be freed; NULL where it cannot be told. */
char *spot_path(int fd);

#endif
