/* SPDX-License-Identifier: MIT */
/*
 * The pieces that a map is made of, on a target: the fields of its headers, of a unit, and of keys
 * and elems that are structs, in the order in which they lie. Each design has its own.
 */
#ifndef MODEL_FIGURES_PIECES_H
#define MODEL_FIGURES_PIECES_H

#include "model/map/field.h"
#include "model/map/maptype.h"

enum {
	WHOLES_MOST = 6,
	STRIP_MOST = 24, /* bytes of a slot that are shown one by one */
	STRIPS = 2,
};

/* A struct of the runtime's, a unit, or a struct that is key or elem. */
struct whole {
	const char *name;        /* static */
	uint64_t size;
	bool taken, pointers;    /* it is allocated by itself; the collector scans it */
	bool unit;
	size_t first, count;     /* its pieces */
};

struct piece {
	const char *name;        /* the map type's, or static */
	char *type;              /* in Go's syntax; owned */
	uint64_t offset, size, align; /* bytes */
	uint64_t padding;        /* bytes behind it, up to the next one or the end */
};

/* A key and its elem, byte by byte; count 0: too long to be shown so. */
enum strip_byte { STRIP_PADDING, STRIP_KEY, STRIP_ELEM };
struct strip {
	const char *name;
	uint8_t bytes[STRIP_MOST];
	unsigned count;
};

struct pieces {
	struct piece *list;
	size_t count, cap;
	struct whole wholes[WHOLES_MOST];
	unsigned nwholes;

	/* Of units: */
	uint64_t array_units, array; /* how many lie in one object, and its size; 0: none */
	bool array_pointers;
	uint64_t slot_padding;       /* bytes in each slot */
	struct strip strips[STRIPS]; /* as they lie, and as they would otherwise */
	const char *other_name, *other_field; /* that other layout, for people and in JSON; */
	uint64_t other;              /* and what a unit would take in it */
};

/*
 * Of a map with so many units. Borrows the type for as long as the list lives. Two targets' lists
 * have the same pieces.
 */
struct pieces pieces_make(const struct maptype *t, uint64_t units);
void pieces_free(struct pieces *p);

/* For designs: begins a whole; adds a piece to it, and takes the type's text. */
struct whole *pieces_whole(struct pieces *p, const char *name, uint64_t size);
void pieces_add(struct pieces *p, const char *name, char *type, uint64_t offset, uint64_t size,
	uint64_t align);

/* A whole of the runtime's fields. */
void pieces_header(struct pieces *p, const char *name, const struct field *fields, int count,
	unsigned whole, const struct target *t);

/* "[8]" and the type of a key or an elem, a pointer where it lies apart. */
char *pieces_slots(const char *before, bool indirect, const struct gotype *t);

/* Bytes of a slot that has its key at 0 and its elem at another place. */
struct strip pieces_strip(const struct maptype *t, const char *name, uint64_t elem, uint64_t end);

/* Of a slot as Go aligns it. */
uint64_t pieces_key_align(const struct maptype *t);
uint64_t pieces_elem_align(const struct maptype *t);

#endif
