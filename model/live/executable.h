/* SPDX-License-Identifier: MIT */
/*
 * A program: the executable of a Go process, as its file tells: what built it and for what
 * machine, its symbols, its debugging information. All of it may be stripped but for the first.
 * The file is not believed either.
 */
#ifndef MODEL_LIVE_EXECUTABLE_H
#define MODEL_LIVE_EXECUTABLE_H

#include <elfutils/libdw.h>
#include <libelf.h>

#include "model/base/error.h"
#include "model/live/debug_file.h"
#include "model/target/target.h"

enum { EXECUTABLE_HASHKEYS = 2 };

struct executable {
	char *name;                     /* for messages; owned */
	int fd;
	uint64_t size;                  /* of the file */
	Elf *elf;
	Dwarf *dwarf;                   /* NULL: it has none, and none was found, */
	struct debug_file debug;        /* as here, in a file of its own */
	char *version;                  /* "go1.26.8"; owned */
	const struct target *target;
	const struct release *release;
	unsigned minor;                 /* of the release: 26 for 1.26 */
	bool go;                        /* it has Go build information */
	bool inline_marks;              /* spans end in marks of the collector (1.26) */
	uint64_t entry;                 /* as linked, as all addresses here */
	uint64_t module;                /* runtime.firstmoduledata; 0: not told */
	uint64_t hashkeys[EXECUTABLE_HASHKEYS]; /* aeskeysched, hashkey; 0: not told */
	uint64_t pclntab;               /* runtime.pclntab; 0: not told */
	uint64_t heap;                  /* runtime.mheap_; 0: not told */
	uint64_t allgs;                 /* runtime.allgs; 0: not told */
};

/*
 * Opens the file that `path` leads to; messages call it `name`. False with err filled when it is no
 * Go program, or one of a machine or release that is not known.
 */
bool executable_open(struct executable *p, const char *path, const char *name, struct error *err);
void executable_close(struct executable *p);

/* Reads from an open file; how many bytes there were. */
size_t bytes_of_file(int fd, uint64_t offset, void *to, size_t size);

#endif
