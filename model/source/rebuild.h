/* SPDX-License-Identifier: MIT */
/*
 * Memory made of a snapshot: the map of a source lies in the simulated heap again, header, arrays
 * with their spare units, chains, what keys and elems point to.
 *
 * What a snapshot leaves out is put in as the runtime would have it: pointers lead to objects of
 * the heap's own addresses; which spare units chains took is not told, so the first ones in
 * the order of the chains. What cannot be known stays nil (pointers of stale cells) or unknown
 * ("?" in keys and elems: see heap.h).
 */
#ifndef MODEL_SOURCE_REBUILD_H
#define MODEL_SOURCE_REBUILD_H

#include "model/source/source.h"
#include "model/time/world.h"

/*
 * Replaces all of the world's heap by the map of snapshot i, through the journal. False with
 * err filled when a literal does not fit its cell, or memory runs out; then bring the journal
 * back. A map that breaks laws, or of which parts are not known, is fixed: it can be looked at.
 * What else was there then and is not now is added to `lost`, in words for a person.
 */
bool rebuild(struct world *w, const struct source *src, size_t i, struct text *lost,
	struct error *err);

#endif
