/* SPDX-License-Identifier: MIT */
/*
 * The state as JSON: format "hmapview/1".
 *
 * A snapshot that is kept until all are written is its few fields, and imprints of its units. Of
 * the blocks of units that the snapshot before has too, it holds the same: what ten thousand
 * snapshots take is what differs between them. One that can be made again has no imprints.
 */
#ifndef MODEL_SOURCE_SNAPSHOT_H
#define MODEL_SOURCE_SNAPSHOT_H

#include <stdio.h>

#include "model/source/source.h"
#include "model/time/timeline.h"
#include "model/time/world.h"

struct kept_snapshot;

/* A state to be written, and what is known of it beside its memory. */
struct subject {
	const struct world *world;
	const struct source_snapshot *opened; /* as it stood in a file; NULL: it is of none */
	const char *caption;                  /* or NULL */
	const struct watcher *watcher;        /* of what is written; likewise */
	bool again; /* what is kept has no units; when they are written: */
	/* The map that they are read from; NULL with err filled. */
	const struct map *(*make)(void *data, struct error *err);
	void *data;
};

/*
 * The present state. `before`, which may be NULL, is what was kept last: from now on it is no more
 * so, and nothing can be kept behind it but this.
 */
struct kept_snapshot *snapshot_keep(const struct subject *now, const char *title,
	struct kept_snapshot *before);
void snapshot_drop(struct kept_snapshot *k);

/* As one JSON object, as it stands in the list of snapshots. Free it. */
char *snapshot_kept_json(const struct kept_snapshot *k);

/*
 * Writes the whole document: every snapshot of the timeline, and the present state when none was
 * taken, or only ones that stood in the file which the timeline begins with, and it went on.
 */
bool snapshot_write(const struct timeline *time, const struct subject *now, FILE *out,
	struct error *err);

#endif
