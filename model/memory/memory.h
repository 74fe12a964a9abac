/* SPDX-License-Identifier: MIT */
/*
 * The memory of a Go program, as far as it was copied: segments at their real addresses. What lies
 * in none of them is a fault, which is a value like others: nobody knows what is there.
 */
#ifndef MODEL_MEMORY_MEMORY_H
#define MODEL_MEMORY_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/base/ranks.h"

struct segment {
	uint64_t addr, size;
	uint8_t *host;       /* of the byte at addr; borrowed */
};

struct memory {
	struct segment *list; /* by address, apart from each other; owned */
	size_t count, cap;
	struct ranks ranks;   /* of the list, once it was indexed; none is added then */
	int file;             /* that all host bytes are those of, or 0; nobody writes to it */
	const uint8_t *file_bytes; /* where its first byte is mapped */
};

void memory_free(struct memory *m);

/* False when a part of it is there already, or goes round the end of the address space. */
bool memory_add(struct memory *m, uint64_t addr, uint64_t size, uint8_t *host);

/* All were added: from now on they are found faster. */
void memory_index(struct memory *m);

/* The segment that holds addr, or NULL. */
const struct segment *memory_segment(const struct memory *m, uint64_t addr);

/* The bytes of [addr, addr + size); NULL, a fault, unless one segment holds all of them. */
const uint8_t *memory_at(const struct memory *m, uint64_t addr, uint64_t size);

#endif
