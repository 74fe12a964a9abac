/* SPDX-License-Identifier: MIT */
/*
 * The debugging information of a program that was stripped of it: a file of its own beside the
 * executable, of the same build. Where such files lie is told by the build id that the linker left
 * in both: in the folder that packages of debugging information fill, or with a debuginfod server,
 * which elfutils' client asks (debuginfod_find_debuginfo(3)). Addresses in it are those of the
 * executable; code and data are not in it, so nothing but debugging information is taken from it.
 * The file is not believed: one of another build is refused.
 */
#ifndef MODEL_LIVE_DEBUG_FILE_H
#define MODEL_LIVE_DEBUG_FILE_H

#include <libelf.h>
#include <stdbool.h>

#include "model/base/error.h"

#define DEBUG_ROOT "/usr/lib/debug"

struct executable;

/* The file that an executable's `dwarf` is of, when it is not of the executable itself. */
struct debug_file {
	Elf *elf;               /* NULL: there is none */
	int fd;
};

/* Where it is looked for, in this order; the first that is there is the one. */
struct debug_wish {
	const char *file;       /* this one, and no other; NULL: none is named */
	const char *root;       /* ROOT/.build-id/xx/yyyy.debug; NULL: in no folder */
	bool server;            /* those of DEBUGINFOD_URLS are asked */
};

/*
 * Of a program that has debugging information nothing is looked for. False with err filled, in one
 * line: what was found is of no use, or the file or server that was asked for has nothing; the
 * program is as it was then. Files that nobody asked for may be missing.
 */
bool debug_file_find(struct executable *p, const struct debug_wish *wish, struct error *err);

/* After what was read through it has ended. */
void debug_file_close(struct debug_file *d);

#endif
