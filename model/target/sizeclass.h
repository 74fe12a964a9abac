/* SPDX-License-Identifier: MIT */
/*
 * Go's size classes: what an allocation of so many bytes really takes.
 * Up to 32 KiB one of 67 classes, above that whole pages of 8 KiB.
 * Source: runtime/sizeclasses.go, runtime/msize.go; since Go 1.22 also
 * runtime/msize_allocheaders.go: an object with pointers over 512 bytes carries an 8-byte header.
 */
#ifndef MODEL_TARGET_SIZECLASS_H
#define MODEL_TARGET_SIZECLASS_H

#include <stdbool.h>
#include <stdint.h>

#include "model/target/target.h"

enum {
	PAGE_SIZE_GO = 8192,
	MAX_SMALL_SIZE = 32768,
	SIZE_CLASSES = 68, /* class 0 stands for large objects */
	MALLOC_HEADER = 8,
};

struct sizeclass {
	uint16_t size;  /* bytes of an object */
	uint8_t pages;  /* pages of a span */
};

extern const struct sizeclass sizeclasses[SIZE_CLASSES];

/* The class that holds size bytes, 1..67; 0 when only whole pages will do. */
unsigned sizeclass_of(uint64_t size);

/* The header in front of an object of size bytes: 0 or MALLOC_HEADER. */
unsigned malloc_header(const struct release *r, unsigned ptrsize, uint64_t size, bool pointers);

/* Bytes usable in the block that an allocation of size bytes gets: runtime.roundupsize. */
uint64_t roundupsize(const struct release *r, unsigned ptrsize, uint64_t size, bool pointers);

/* Bytes that the block takes from the heap, header included: what a heap profile counts. */
uint64_t alloc_size(const struct release *r, unsigned ptrsize, uint64_t size, bool pointers);

#endif
