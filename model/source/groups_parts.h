/* SPDX-License-Identifier: MIT */
/* Between the files that know what a snapshot has of the Swiss map: their rows in groups_part. */
#ifndef MODEL_SOURCE_GROUPS_PARTS_H
#define MODEL_SOURCE_GROUPS_PARTS_H

#include "model/source/rebuild_parts.h"
#include "model/source/source_parts.h"

/* groups.c: the members of a snapshot. */
extern const struct members groups_members;

/* groups_write.c */
void groups_sizes(const struct maptype *t, uint64_t *sizes);
void groups_add_type(const struct maptype *t, struct text *out);
void groups_add_header(const struct map *m, struct text *out);
void groups_walk(const struct map *m, struct unit_sink *s);

/* groups_rebuild.c */
bool groups_fill(struct rebuilding *r);

/* groups_loop.c */
extern const struct members groups_loop_members;
void groups_add_loop(const struct map *m, struct text *out);
bool groups_place_loop(const struct rebuilding *r, struct range_loop *out);

struct outside groups_outside(const struct map *m);

#endif
