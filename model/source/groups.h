/* SPDX-License-Identifier: MIT */
/*
 * What a snapshot has of a Swiss map, as JSON: sizes of its type, header fields, directory, tables
 * and groups. Members are followed by ", "; the memory is the last member.
 */
#ifndef MODEL_SOURCE_GROUPS_H
#define MODEL_SOURCE_GROUPS_H

#include <stdio.h>

#include "model/base/text.h"
#include "model/map/map.h"

void groups_add_sizes(const struct maptype *t, struct text *out);
void groups_add_header(const struct map *m, struct text *out);
void groups_write(const struct map *m, FILE *out);

/* The range loop: its own members, without the keys that came. */
void groups_add_loop(const struct map *m, struct text *out);

#endif
