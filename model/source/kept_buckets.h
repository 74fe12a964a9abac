/* SPDX-License-Identifier: MIT */
/* The buckets of the classic map in a snapshot that is written, or kept to be written. */
#ifndef MODEL_SOURCE_KEPT_BUCKETS_H
#define MODEL_SOURCE_KEPT_BUCKETS_H

#include <stdio.h>

#include "model/map/map.h"

struct kept_buckets;
struct buckets;

/*
 * Those of the map. What `before`, of the same type and target or NULL, has too is shared with it.
 * Only what was kept last can be shared with: before is so no longer. `read`, or NULL, is what the
 * map was made of, which it may share too.
 */
struct kept_buckets *kept_buckets_take(const struct map *m, struct kept_buckets *before,
	const struct buckets *read);
void kept_buckets_free(struct kept_buckets *k);

/* The fields buckets and oldbuckets: of what is kept, or of the map itself. */
void kept_buckets_write(const struct kept_buckets *k, FILE *out);
void map_buckets_write(const struct map *m, FILE *out);

#endif
