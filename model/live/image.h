/* SPDX-License-Identifier: MIT */
/*
 * An image: the memory of a program as it can be read, of a process (process.h) or of a core
 * file (core.h). What cannot be read is a fault, which is a value like others. All that is read
 * is another program's: nothing in it is believed.
 *
 * Small reads go through pages that are kept; image_forget() lets go of them, for a process runs
 * on. While it is held (threads.h) all reads are of one moment. look.h makes them so without that.
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

/* Which pages are kept. */
enum image_pages {
	PAGES_SOME,       /* for a while */
	PAGES_ALL,        /* all that are read, of a process: each was read but once */
	PAGES_GIVEN,      /* no other is read any more: what is missing is noted */
};

struct image_kind {
	/* Fills `to` from the bytes at addr; returns how many of them could be read. */
	size_t (*read)(const struct image *im, uint64_t addr, void *to, size_t size);
	void (*close)(struct image *im);
	/* Reads cost nothing, no pages are kept: the window that holds addr. NULL: they do. */
	bool (*window)(const struct image *im, uint64_t addr, struct image_window *w);
	/* Pages by their numbers, which ascend, one behind another: which of them could be read.
	   NULL: what is read does not change. */
	void (*read_pages)(const struct image *im, const uint64_t *numbers, size_t count,
		uint8_t *to, bool *there);
	/* Its mappings as they are now. Where there is read_pages. */
	void (*map_anew)(struct image *im);
};

struct image {
	const struct image_kind *kind;
	void *source;             /* the kind's; owned */
	char *name;               /* for messages: "process 4242", "core.17"; owned */
	unsigned ptrsize;         /* of the program: 4 or 8 */
	uint64_t entry;           /* where it began, AT_ENTRY; 0: not known */
	struct mapping *maps;     /* by address, apart from each other; owned */
	size_t nmaps, maps_cap;
	enum image_pages mode;
	struct table pages; /* by image_page(): its place in `kept` plus 1, 0 where nothing can be
			       read; and 1 where that is not known, as it was not given */
	uint8_t *kept;            /* owned */
	uint64_t missing;         /* pages that were asked for, and not given or had no room */
	size_t nkept, kept_cap;
	struct image_window last; /* where was read last: most reads are near */
	struct registers *threads; /* of a core, or of a process while it is held; owned */
	size_t nthreads, threads_cap;
};

enum {
	IMAGE_PAGE = 4096,
	IMAGE_ALL_MOST = 1 << 17, /* pages, where all are kept: 512 MB; what is more is missing */
};

/* By what a page is found. */
static inline uint64_t image_page(uint64_t number)
{
	return (number + 1) << 3;
}

/* A number of the target, which has the bytes in the order of the host. */
static inline uint64_t image_number(const uint8_t *p, unsigned size)
{
	uint64_t v = 0;

	__builtin_memcpy(&v, p, size);
	return v;
}

void image_close(struct image *im);

/* What the kernel told the program at its start, from its bytes: where it is entered. */
void image_take_auxv(struct image *im, const uint8_t *p, size_t size);

/* Whether all of [addr, addr + size) could be read. */
bool image_read(struct image *im, uint64_t addr, void *to, uint64_t size);

/* The same for very much: past the pages that are kept. */
bool image_copy(const struct image *im, uint64_t addr, void *to, uint64_t size);

/* An unsigned number of 1, 2, 4 or 8 bytes; of a word. */
bool image_uint(struct image *im, uint64_t addr, unsigned size, uint64_t *value);
bool image_word(struct image *im, uint64_t addr, uint64_t *value);

void image_forget(struct image *im);

/* Room for n more pages that are kept. */
void image_make_room(struct image *im, uint64_t n);

/* One thread more, by what elf_gregset_t has of it. */
void image_add_thread(struct image *im, const uint8_t *bytes, size_t size);

/* The mapping that holds addr, or NULL. */
const struct mapping *image_mapping(const struct image *im, uint64_t addr);

/* A mapping more, behind all others: false when it is not behind them. Takes the file's name. */
bool image_add(struct image *im, struct mapping m);

#endif
