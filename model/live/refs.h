/* SPDX-License-Identifier: MIT */
/*
 * Where in a value of a type words lead to what belongs to the value: strings, slices, interfaces,
 * taken out of the type descriptor once and kept.
 */
#ifndef MODEL_LIVE_REFS_H
#define MODEL_LIVE_REFS_H

#include "model/base/table.h"
#include "model/live/rtype.h"

struct ref {
	uint64_t offset;
	enum { REF_STRING, REF_SLICE, REF_INTERFACE } kind;
	uint64_t elem, elem_size; /* of a slice: the type, and the bytes of one */
	bool elem_pointers;
	bool methods;             /* of an interface: it has some */
};

struct refs {
	struct ref *list;         /* owned */
	size_t count, cap;
};

struct refs_kept {
	struct refs *list;        /* owned */
	size_t count, cap;
	struct table index;       /* of the list, by the type */
};

/* Good until another one is asked for. */
const struct refs *refs_of(struct refs_kept *k, const struct rtypes *r, uint64_t type);
void refs_free(struct refs_kept *k);

#endif
