/* SPDX-License-Identifier: MIT */
/*
 * The heap of a Go program: its spans, each so many pages of objects of one size, as
 * runtime.mheap lists them. Source: runtime/mheap.go, type mspan; runtime/mbitmap.go.
 */
#ifndef MODEL_LIVE_SPANS_H
#define MODEL_LIVE_SPANS_H

#include "model/base/ranks.h"
#include "model/live/module.h"

struct span {
	uint64_t start, pages;
	uint64_t size;         /* of an object, header included */
	uint64_t objects;      /* there is room for so many */
	uint64_t allocated;    /* so many are in use */
	uint64_t free_from;    /* objects below are in use; of others the bits tell: */
	uint64_t bits;         /* the address of one for each object */
	uint64_t type;         /* of its one object, when that is large and has pointers; 0 */
	uint64_t specials;     /* the first of the records on its objects; 0: there are none */
	bool noscan;           /* objects without pointers */
};

struct spans {
	struct span *list;     /* by address; owned */
	size_t count;
	struct ranks ranks;    /* of the list */
	uint64_t manual;       /* bytes of spans that are not for objects: stacks */
	unsigned ptrsize;
	bool headers; /* objects over heap_bits bytes with pointers begin with their type */
	bool inline_marks;
	uint64_t bits_most;    /* the others' pointers are told at the end of the span, up to this
				  size; 0: nowhere (before 1.22) */
};

/* A live object. */
struct object {
	uint64_t at, size;     /* what the program has of it, behind the header */
	uint64_t whole;        /* that it takes from the heap */
	uint64_t type;         /* as it was allocated; 0: not told */
	bool noscan;
};

/* *list is where the program has the list of them, once it was found; 0 before. */
bool spans_read(struct spans *s, struct image *im, const struct executable *p,
	const struct module *m, uint64_t *list, struct error *err);
void spans_free(struct spans *s);

/* The span that holds addr, or NULL. */
const struct span *spans_at(const struct spans *s, uint64_t addr);

/* Whether one of them has pages in [from, to). */
bool spans_in(const struct spans *s, uint64_t from, uint64_t to);

/* The live object that holds addr. */
bool spans_object(const struct spans *s, struct image *im, uint64_t addr, struct object *o);

/* Whether object i of a span is in use. */
bool span_in_use(const struct span *s, struct image *im, uint64_t i);

/* The words of object i that are pointers, a bit each; false when that is not told. */
bool spans_pointers(const struct spans *all, const struct span *s, struct image *im, uint64_t i,
	uint64_t *words);

#endif
