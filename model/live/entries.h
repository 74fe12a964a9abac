/* SPDX-License-Identifier: MIT */
/* The entries of a map in a program's memory, one after another, by its type's layout. */
#ifndef MODEL_LIVE_ENTRIES_H
#define MODEL_LIVE_ENTRIES_H

#include "model/live/head.h"

/* Told where a key and its elem are; false ends it. */
typedef bool entry_sink(void *data, uint64_t key, uint64_t elem);

/*
 * Tells of each entry of the map with that head, `most` of them at most. False when something
 * could not be read or makes no sense; what came before that was told.
 */
bool entries_each(struct heap_view *h, const struct head *head, const struct rmap *m, uint64_t most,
	entry_sink *sink, void *data);

#endif
