/* SPDX-License-Identifier: MIT */
/*
 * The state as JSON: format "hmapview/1".
 *
 * A snapshot that is kept until all are written is its few fields, and an imprint of each bucket.
 * Of the buckets that the snapshot before has too, it holds the same imprints: what ten thousand
 * snapshots take is what differs between them, and a pointer for each bucket.
 */
#ifndef MODEL_SOURCE_SNAPSHOT_H
#define MODEL_SOURCE_SNAPSHOT_H

#include <stdio.h>

#include "model/session/session.h"

struct kept_snapshot;

/*
 * The present state. `before`, which may be NULL, is what was kept last: from now on it is no more
 * so, and nothing can be kept behind it but this.
 */
struct kept_snapshot *snapshot_keep(const struct session *s, const char *title,
	struct kept_snapshot *before);
void snapshot_drop(struct kept_snapshot *k);

/* As one JSON object, as it stands in the list of snapshots: what is kept, or the present. Free it. */
char *snapshot_kept_json(const struct kept_snapshot *k);
char *snapshot_json(const struct session *s, const char *title);

/* Writes the whole document: every snapshot taken, or the present state when there is none. */
bool snapshot_write(const struct session *s, FILE *out, struct error *err);

#endif
