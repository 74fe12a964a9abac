/* SPDX-License-Identifier: MIT */
/*
 * What a snapshot holds of the units of a map, its buckets or groups: of each its raw bytes,
 * pointers and padding zero, and what its eight keys and elems are. That is kept in blocks of
 * IMPRINT_CHAINS chains, deflated, which never change: arrays share those that are alike, and each
 * holder counts. A block, deflated, is of each unit:
 *
 *     which literals are left out, as raw bytes say the same | raw bytes | the other literals
 *
 * An array is written by a packer from its beginning to its end, and read by a reader, a block at a
 * time.
 */
#ifndef MODEL_SOURCE_IMPRINT_H
#define MODEL_SOURCE_IMPRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/base/text.h"
#include "model/map/unit.h"

enum { IMPRINT_CHAINS = 64 };

/* One unit, borrowed from who gives it. */
struct imprint {
	const uint8_t *raw;
	/* Keys, then elems; "" for cells that are not live, NULL where raw bytes say it alone. */
	const char *literals[2 * SLOTS];
};

struct imprint_block;

/* Those of an array of units, each with the units that are linked to it. */
struct imprint_array {
	bool there;                  /* or else the pointer is nil */
	uint64_t count;              /* units of the array itself */
	uint32_t *chains;            /* of each: it and what is linked to it; NULL: one; owned */
	uint64_t total;              /* units in all of them */
	struct imprint_block **blocks; /* each is held */
	size_t nblocks;
	size_t chains_cap, blocks_cap;
};

void imprint_array_free(struct imprint_array *a);

/* Units of that chain. */
static inline uint32_t imprint_links(const struct imprint_array *a, uint64_t chain)
{
	return a->chains ? a->chains[chain] : 1;
}

/* Adds a block of another array, which is held by both from then on. */
void imprint_array_hold(struct imprint_array *a, const struct imprint_array *of, size_t block);

struct imprint_packer {
	uint32_t size;                     /* raw bytes of a unit */
	struct imprint_array *array;
	const struct imprint_array *like;  /* with which it may have blocks in common; or NULL */
	struct text open;                  /* the block under way, */
	uint8_t *packed;                   /* and room for it deflated; owned */
	size_t cap;
	uint32_t chains, units;            /* of that block */
	struct z_stream_s *stream;         /* owned */
};

void imprint_packer_open(struct imprint_packer *p, uint32_t size);
void imprint_packer_close(struct imprint_packer *p);

/* Begins an array, which is empty; ends it. */
void imprint_pack(struct imprint_packer *p, struct imprint_array *a,
	const struct imprint_array *like);
void imprint_pack_end(struct imprint_packer *p);

/* The next unit; `first` begins a chain. */
void imprint_add(struct imprint_packer *p, const struct imprint *unit, bool first);

struct imprint_reader {
	uint32_t size;                     /* raw bytes of a unit */
	const struct imprint_array *array;
	size_t block;                      /* the next one */
	uint8_t *bytes;                    /* of the present one; owned */
	size_t cap;
	struct imprint *units;             /* its units; owned */
	size_t count, units_cap;
	size_t at;                         /* of them the next one */
	struct z_stream_s *stream;         /* owned */
};

void imprint_reader_open(struct imprint_reader *r, uint32_t size);
void imprint_reader_close(struct imprint_reader *r);

/* The units of that block: r->units, r->count of them. They are good until the next is read. */
void imprint_read_block(struct imprint_reader *r, const struct imprint_block *block);

/* Begins an array; gives its units one by one, as many as there are. */
void imprint_read(struct imprint_reader *r, const struct imprint_array *a);
const struct imprint *imprint_next(struct imprint_reader *r);

#endif
