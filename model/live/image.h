/* SPDX-License-Identifier: MIT */
/*
 * An image: the memory of a program as it can be read, of a process (process.h) or of a core
 * file (core.h). What cannot be read is a fault, which is a value like others. All that is read
 * is another program's: nothing in it is believed.
 *
 * Small reads go through pages that are kept; image_forget() lets go of them, for a process runs
 * on. While it is held (threads.h) all reads are of one moment.
 */
#ifndef MODEL_LIVE_IMAGE_H
#define MODEL_LIVE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/base/error.h"
#include "model/base/table.h"

/* A part of the address space, [from, to). */
struct mapping {
	uint64_t from, to;
	bool read, write, exec;
	uint64_t offset;  /* in the file */
	char *file;       /* that it shows; NULL: none; owned */
};

struct image;

/* Bytes of [from, to) that stay where they are while the image is as it is. */
struct image_window {
	uint64_t from, to;
	const uint8_t *host;      /* of the byte at from */
};

/* What a thread that stands still has in its registers. */
enum { REGISTERS_MOST = 27 };
struct registers {
	uint64_t words[REGISTERS_MOST];
	unsigned count;
	uint64_t sp, pc;          /* of these the stack pointer, and where it is; 0: not known */
};

struct image_kind {
	/* Fills `to` from the bytes at addr; returns how many of them could be read. */
	size_t (*read)(const struct image *im, uint64_t addr, void *to, size_t size);
	void (*close)(struct image *im);
	/* Reads cost nothing, no pages are kept: the window that holds addr. NULL: they do. */
	bool (*window)(const struct image *im, uint64_t addr, struct image_window *w);
};

struct image {
	const struct image_kind *kind;
	void *source;             /* the kind's; owned */
	char *name;               /* for messages: "process 4242", "core.17"; owned */
	unsigned ptrsize;         /* of the program: 4 or 8 */
	uint64_t entry;           /* where it began, AT_ENTRY; 0: not known */
	struct mapping *maps;     /* by address, apart from each other; owned */
	size_t nmaps, maps_cap;
	struct table pages; /* by (number of the page + 1) * 8: its place in `kept` plus 1, 0 where
			       nothing can be read */
	uint8_t *kept;            /* owned */
	size_t nkept, kept_cap;
	struct image_window last; /* where was read last: most reads are near */
	struct registers *threads; /* of a core, or of a process while it is held; owned */
	size_t nthreads, threads_cap;
};

void image_close(struct image *im);

/* Whether all of [addr, addr + size) could be read. */
bool image_read(struct image *im, uint64_t addr, void *to, uint64_t size);

/* The same for very much: past the pages that are kept. */
bool image_copy(const struct image *im, uint64_t addr, void *to, uint64_t size);

/* An unsigned number of 1, 2, 4 or 8 bytes; of a word. */
bool image_uint(struct image *im, uint64_t addr, unsigned size, uint64_t *value);
bool image_word(struct image *im, uint64_t addr, uint64_t *value);

void image_forget(struct image *im);

/* One thread more, by what elf_gregset_t has of it. */
void image_add_thread(struct image *im, const uint8_t *bytes, size_t size);

/* The mapping that holds addr, or NULL. */
const struct mapping *image_mapping(const struct image *im, uint64_t addr);

/* A mapping more, behind all others: false when it is not behind them. Takes the file's name. */
bool image_add(struct image *im, struct mapping m);

#endif
