/* SPDX-License-Identifier: MIT */
/* In a program's memory, the classic map: hmap, its arrays and chains. */
#ifndef MODEL_LIVE_CLASSIC_CLASSIC_LIVE_H
#define MODEL_LIVE_CLASSIC_CLASSIC_LIVE_H

#include "model/live/design.h"

extern const struct live_design classic_live;

enum head_kind classic_read_head(const struct head_reading *r, struct head *head);
bool classic_tell(struct telling *t, const struct head *head);
bool classic_gather(struct gathering *g, uint64_t head);

#endif
