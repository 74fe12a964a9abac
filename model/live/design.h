/* SPDX-License-Identifier: MIT */
/*
 * One design of Go's map in a program's memory, as a row of functions: what is read of it with no
 * simulated map around it. The rows stand in model/live/classic and model/live/swiss, their table
 * in model/live/designs, which alone knows them all. Below it stands what they share.
 */
#ifndef MODEL_LIVE_DESIGN_H
#define MODEL_LIVE_DESIGN_H

#include "model/live/entries.h"
#include "model/live/fit.h"
#include "model/live/gather.h"
#include "model/map/field.h"

enum { HEAD_MOST = 64, CHAIN_MOST = 1 << 20 };

/* An object that may be a map's header. */
struct head_reading {
	struct heap_view *h;
	struct image *im;
	uint8_t bytes[HEAD_MOST];
	bool wide;               /* words of 64 bits */
};

/* A map whose entries are told of. */
struct telling {
	struct image *im;
	const struct release *release;
	const struct rmap *map;
	uint8_t live_least, live_most; /* control bytes of entries */
	uint64_t left;           /* entries that may come */
	entry_sink *sink;
	void *data;
};

struct live_design {
	/* Of a type of maps what rtype_map() fills, but for `unit`. */
	bool (*type)(const struct rtypes *r, const struct rtype *t, struct rmap *m);
	unsigned links;          /* words in a unit that lead to the next one */

	/* The header: its bytes, its fields, and what it says. */
	unsigned (*size)(const struct executable *p);
	const struct field *(*fields)(const struct release *r, unsigned *count);
	enum head_kind (*read)(const struct head_reading *r, struct head *head);

	/* The entries; the objects that the map is made of, entries.h and gather.h. */
	bool (*tell)(struct telling *t, const struct head *head);
	bool (*gather)(struct gathering *g, uint64_t head);

	/* The units of an array that was allocated for so many, the least. */
	uint64_t (*array)(uint64_t units);

	/* The entries that so many units take before they grow; what else an object of that size
	   is of a map: NULL: nothing. */
	uint64_t (*holds)(const struct release *r, uint64_t units);
	const char *(*part)(const struct executable *p, uint64_t size);
	uint64_t (*rebuilt)(const struct map_type *t, const struct executable *p, uint64_t entries);
	/* What its arrays, headers and entries apart take as that type lays them out, which is of
	   the same design; what head does not tell of is left out. */
	uint64_t (*laid)(const struct maptype *t, const struct head *head);
	/* The most entries that it is known to have had, or to have been made for. */
	uint64_t (*had)(const struct release *r, const struct head *head);

	/* The control byte of a live key. */
	uint8_t (*control)(const struct map *m, const uint8_t *key);
};

/* The row of a release's design: in model/live/designs. */
const struct live_design *live_design(const struct release *r);

/* head.c: a field of the header; the object that begins at addr. */
uint64_t head_get(const struct head_reading *r, const struct field *f);
bool head_object(const struct head_reading *r, uint64_t addr, struct object *o);

/* rtype.c: words behind a descriptor's head, and the address of one. */
uint64_t rtype_own(const struct rtypes *r, uint64_t at, unsigned i);
bool rtype_own_word(const struct rtypes *r, uint64_t at, unsigned i, uint64_t *value);

/* entries.c: tells of the live slots of a unit. */
bool tell_unit(struct telling *t, uint64_t unit);

/* gather.c: a field of what lies at an address; an object, which is wanted: whether it is there. */
bool gather_field(struct gathering *g, uint64_t at, const struct field *f, uint64_t *value);
bool gather_part(struct gathering *g, uint64_t addr, uint64_t size);

static inline struct image *gather_image(const struct gathering *g)
{
	return g->view->types.image;
}

/* What an allocation takes in that program. */
static inline uint64_t live_taken(const struct executable *p, uint64_t size, bool pointers)
{
	return alloc_size(p->release, p->target->ptrsize, size, pointers);
}

#endif
