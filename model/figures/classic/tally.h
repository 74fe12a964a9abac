/* SPDX-License-Identifier: MIT */
/*
 * A tally: what lies in the buckets of one array, counted. A ledger is made from the tallies of
 * a map's two arrays.
 *
 * Law: tallies add up. An array is made of units, each a bucket of the array (main or spare) and
 * the overflow buckets that follow it, up to the next bucket that lies in an array. Every bucket
 * that the map reaches is in one unit, so the tally of an array is the sum over its units, and
 * what changed in some units changes it by the difference.
 */
#ifndef MODEL_FIGURES_CLASSIC_TALLY_H
#define MODEL_FIGURES_CLASSIC_TALLY_H

#include "model/figures/referred.h"
#include "model/map/map.h"
#include "model/map/classic/strays.h"

enum bucket_use {
	BUCKET_MAIN,   /* one of the 2^B that a hash leads to */
	BUCKET_LINKED, /* an overflow bucket of a chain, an object of its own or once a spare one */
	BUCKET_SPARE,  /* an overflow bucket that came with the array and is not in use yet */
	BUCKET_USES,
};

/* Slots of buckets in use. */
struct slot_counts {
	uint64_t buckets, live, free, dead, moved;
	uint64_t tombstones; /* of the dead ones */
};

/* Nothing but uint64_t in it. */
struct tally {
	struct slot_counts main, overflow;
	uint64_t uses[BUCKET_USES];  /* buckets */
	uint64_t evacuated;          /* of the main ones */
	uint64_t objects;            /* overflow buckets that are objects of their own */
	uint64_t keys, elems;        /* objects of large keys and elems, strays left out */
	struct referred referred;    /* from live cells */
};

/* Where a map's arrays are. */
struct array {
	uint64_t addr;               /* 0: there is none */
	uint64_t main, all, used; /* buckets: 2^B; with the spare ones; with the linked of these */
};

struct arrays {
	uint64_t hmap;
	const struct maptype *type;
	struct array list[2];        /* the present one and the old one */
};

/* What a map has now, but how many old buckets are used: that takes a walk, tally_old_used(). */
void arrays_read(const struct map *m, struct arrays *a);
uint64_t arrays_old_used(const struct map *m, const struct arrays *a);

/* Which array a bucket is in, and its index there; false for an object of its own. */
bool arrays_find(const struct arrays *a, uint64_t bucket, bool *old, uint64_t *index);

/* What is done with a unit. Strays come and go with old units, so it goes by a certain order. */
enum tally_act {
	TALLY_ADD,    /* old units before the others */
	/* Old units after the others; fills the tally with what is to be taken away. */
	TALLY_REMOVE,
};

void tally_unit(const struct map *m, const struct arrays *a, bool old, uint64_t index,
	enum tally_act act, struct tally *t, struct strays *strays);
void tally_array(const struct map *m, const struct arrays *a, bool old, struct tally *t,
	struct strays *strays);

/* The same for memory that is all zero. */
void tally_zero_unit(const struct array *a, uint64_t index, struct tally *t);
void tally_zero_array(const struct array *a, struct tally *t);

void tally_add(struct tally *t, const struct tally *part);
void tally_subtract(struct tally *t, const struct tally *part);

#endif
