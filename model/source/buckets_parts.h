/* SPDX-License-Identifier: MIT */
/* Between the files that know what a snapshot has of the classic map: their rows
   in buckets_part. */
#ifndef MODEL_SOURCE_BUCKETS_PARTS_H
#define MODEL_SOURCE_BUCKETS_PARTS_H

#include "model/source/kept_units.h"
#include "model/source/rebuild_parts.h"

/* buckets_write.c */
void buckets_sizes(const struct maptype *t, uint64_t *sizes);
void buckets_add_header(const struct map *m, struct text *out);
void buckets_walk(const struct map *m, struct unit_sink *s);

/* buckets_rebuild.c */
bool buckets_fill(struct rebuilding *r);
bool buckets_guess_again(struct rebuilding *r);

/* buckets_loop.c */
extern const struct members buckets_loop_members;
void buckets_add_loop(const struct map *m, struct text *out);
bool buckets_place_loop(const struct rebuilding *r, struct range_loop *out);

#endif
