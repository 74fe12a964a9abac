/* SPDX-License-Identifier: MIT */
/*
 * Where objects of the heap, and variables, have pointers.
 *
 * Since 1.22 objects say it themselves: small ones by bits at the end of their span, larger ones
 * by the type that they begin with, the largest by the span's type. Before that the arena of the
 * heap has bits for all. Of a type the descriptor's parts tell it; what does not is taken to have
 * one in every word. Of variables a program of the collector tells it.
 *
 * Sources: runtime/mbitmap.go; runtime/mheap.go, type heapArena (1.18 to 1.21); cmd/compile's
 * types/size.go: of an interface only the second word is one, for the first leads to no object.
 */
#ifndef MODEL_LIVE_MASKS_H
#define MODEL_LIVE_MASKS_H

#include "model/base/table.h"
#include "model/live/live.h"

/* A bit for each word: whether it is a pointer. */
struct mask {
	uint64_t *bits;           /* owned; NULL: all of them may be */
	uint64_t words;           /* of a value; it is repeated to the end of the object */
};

struct masks {
	struct live *l;
	struct image *im;         /* where objects are read */
	struct mask *list;        /* of types; owned */
	size_t count, cap;
	struct table index;       /* of the list, by the type's descriptor */
	struct table arenas;      /* before 1.22: by (number of the arena + 1), or 0: not found */
	uint64_t arena_list;
};

/* Before anything is asked, while the program stands still: before 1.22 looks for the arenas. */
void masks_begin(struct masks *m, struct live *l);
void masks_end(struct masks *m);

/* Bytes outside of the heap in which the bits of a span lie; false where there are none such. */
bool masks_of_span(struct masks *m, const struct span *s, uint64_t *from, uint64_t *size);

/* Told of the words of an object, or of variables, that are pointers or may be: where it lies. */
typedef void pointer_sink(void *data, uint64_t at, uint64_t value);
void masks_object(struct masks *m, const struct span *s, uint64_t i, pointer_sink *sink,
	void *data);
void masks_roots(struct masks *m, const struct roots *r, pointer_sink *sink, void *data);

/* All words of [from, to). */
void masks_all(struct masks *m, uint64_t from, uint64_t to, pointer_sink *sink, void *data);

#endif
