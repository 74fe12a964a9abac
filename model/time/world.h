/* SPDX-License-Identifier: MIT */
/*
 * A world: one map in its memory, with all that its operations depend on and change. Two of them
 * know nothing of each other. What changes is saved in the journal, which leads back and forth.
 */
#ifndef MODEL_TIME_WORLD_H
#define MODEL_TIME_WORLD_H

#include "model/base/text.h"
#include "model/map/map.h"

/*
 * The keys that ranges have yielded, in their order: of all loops up to the present point, one
 * behind the other, as the bytes they had. What is behind `used` belongs to points to come.
 */
struct order {
	uint8_t *keys;          /* owned */
	size_t used, cap;       /* bytes; used is saved in the journal */
};

/* The largest moment of the map's life so far: heap_state.most_bytes is what it held then. */
struct peak {
	uint64_t bytes;
	uint64_t entries;       /* with those of the operation that it came in */
	uint64_t growth; /* it came in a growth, and the entries with the one that began that; 0 */
};

struct world {
	struct journal journal;
	struct heap heap;
	struct hasher hasher;
	struct random random;
	struct map map;
	uint64_t hint;                  /* that the map was made with */
	struct peak peak;
	uint64_t growth;                /* the entries with the one that began the last growth */
	struct order order;
	struct maptype **types;         /* every map type that there was, for the target; owned */
	size_t ntypes, types_cap;
};

/* Gives back all that it owns. It may have been moved meanwhile: nobody works on it any more. */
void world_close(struct world *w);

/* Another map begins: the loop on the one before is gone. */
void world_end_loop(struct world *w);

/* After an operation, of which map.landmarks tell: whether the map held more in it than ever. */
void world_set_peak(struct world *w);

static inline void world_note_peak(struct world *w)
{
	if (w->heap.state.most_bytes != w->peak.bytes || w->map.landmarks)
		world_set_peak(w);
}

/* A key that came: its bytes are kept behind those that came before. */
void world_add_loop_key(struct world *w, const uint8_t *key);

/* The key that came as number i, from 0, in the last range loop. */
const uint8_t *world_loop_key(const struct world *w, uint64_t i);

/* The hashkey in use, as hexadecimal digits. */
void world_hashkey(const struct world *w, struct text *out);

#endif
