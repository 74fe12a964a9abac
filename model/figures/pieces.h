/* SPDX-License-Identifier: MIT */
/*
 * The pieces that a map is made of, on a target: the fields of the header, of mapextra, of a
 * bucket, and of keys and elems that are structs, in the order in which they lie.
 */
#ifndef MODEL_FIGURES_PIECES_H
#define MODEL_FIGURES_PIECES_H

#include "model/map/maptype.h"

enum whole { WHOLE_HMAP, WHOLE_EXTRA, WHOLE_BUCKET, WHOLE_KEY, WHOLE_ELEM, WHOLES };

struct piece {
	enum whole whole;
	const char *name;        /* the map type's, or static */
	char *type;              /* in Go's syntax; owned */
	uint64_t offset, size;   /* bytes */
	uint64_t padding;        /* bytes behind it, up to the next one or the end */
};

struct pieces {
	struct piece *list;
	size_t count, cap;
	uint64_t sizes[WHOLES];  /* 0: a key or an elem that is no struct */
};

/* Borrows the type for as long as the list lives. Two targets' lists have the same pieces. */
struct pieces pieces_make(const struct maptype *t);
void pieces_free(struct pieces *p);

/* "hmap", "mapextra", "bucket", "key", "elem" */
const char *whole_name(enum whole whole);

#endif
