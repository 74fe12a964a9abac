/* SPDX-License-Identifier: MIT */
/* A hash table by numbers that are not 0, such as addresses; with open addressing. */
#ifndef MODEL_BASE_TABLE_H
#define MODEL_BASE_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct table_entry {
	uint64_t key;       /* 0: the place is free */
	uint64_t value[2];
};

struct table {
	struct table_entry *list; /* owned */
	size_t count, size;       /* size is 0 or a power of two */
};

void table_free(struct table *t);

/* NULL when it is not there; good until the table changes. */
struct table_entry *table_find(const struct table *t, uint64_t key);

/* The entry of a key, added with values of 0 where there was none. */
struct table_entry *table_put(struct table *t, uint64_t key);

void table_remove(struct table *t, struct table_entry *e);

#endif
