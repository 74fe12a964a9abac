/* SPDX-License-Identifier: MIT */
/*
 * The units of a map as one who looks sees them: those of all its arrays, counted through, on two
 * sides. On the main side are the arrays that the map leads to, in their order: the classic map's
 * buckets; the Swiss map's tables, as the directory has them, or its one group. Aside are the
 * others that are there meanwhile: old buckets; tables that a growth fills, or that only a range
 * still walks along.
 *
 * It is read from the map, and good until the map changes. What a place's `array` is, here and
 * wherever one looks, is the side; its `unit` counts through that side. Rules and events number
 * arrays instead: units_seen() leads from their places to these.
 */
#ifndef MODEL_MAP_UNITS_H
#define MODEL_MAP_UNITS_H

#include "model/map/map.h"

enum side { SIDE_MAIN, SIDE_ASIDE, SIDES };

struct unit_array {
	uint64_t addr;       /* of its first unit */
	uint64_t units;
	uint64_t first;      /* the number of its first unit on its side */
	uint64_t table;      /* the object that leads to it; 0: the header does */
};

struct unit_order;

struct units {
	const struct map *map;
	/* Owned: those of the main side come first; numbered as rules do. */
	struct unit_array *list;
	size_t count, cap, main; /* arrays in all, room, and arrays of the main side */
	uint64_t all[SIDES];     /* units of each side */
	uint64_t largest[SIDES]; /* units of its largest array */
	uint64_t version;        /* of the journal when they were read; 0: it is not known */
	size_t at;               /* where it stood */
	/* What else they depend on: tables that no directory leads to. */
	uint64_t header, outside[4];
	struct unit_order *order;    /* owned: where there are many, all by address; else NULL */
};

/* Of a zeroed or an earlier one; costs little where the map's arrays have not changed since. */
void units_read(struct units *u, const struct map *m);
void units_free(struct units *u);

/* For engines: adds an array, those of the main side first. */
void units_add(struct units *u, enum side side, uint64_t table, uint64_t addr, uint64_t units);

/* The array of a unit; NULL past the last. Behind it on its side comes the next in the list. */
const struct unit_array *units_array(const struct units *u, bool aside, uint64_t unit);

/* The address of a unit; 0 past the last. */
uint64_t units_at(const struct units *u, bool aside, uint64_t unit);

/* The same of one that is linked to it, link 1 the first; 0: the chain is shorter. */
uint64_t units_linked(const struct units *u, bool aside, uint64_t unit, uint32_t link);

/* The unit that an address lies in; false where it lies in none of an array. */
bool units_find(const struct units *u, uint64_t addr, bool *aside, uint64_t *unit);

/* Where a place of the rules is seen; false when it is in no array any more. */
bool units_seen(const struct units *u, const struct place *at, struct place *seen);

/* A growth, or a range along what was given up: both sides have units. */
static inline bool units_both(const struct units *u)
{
	return u->all[SIDE_ASIDE] > 0;
}

/*
 * How many sides have entries of their own, the main one first: both where cells move in parts. Of
 * a design that moves a table at once, what is aside holds copies, or what is given up.
 */
int units_entry_sides(const struct map *m);

/*
 * Going along a side: from a unit on, until addr is 0. That is for many units in turn what
 * units_at() is for one.
 */
struct unit_walk {
	const struct units *units;
	const struct unit_array *array;
	const struct unit_array *end;
	uint64_t unit, addr;
};

struct unit_walk units_walk(const struct units *u, bool aside, uint64_t unit);
void unit_walk_next(struct unit_walk *w);

/* Calls `each` for every unit of the map whose memory is there, links of chains included. */
typedef void unit_visit(void *data, uint64_t unit);
void units_visit(const struct map *m, unit_visit *each, void *data);

#endif
