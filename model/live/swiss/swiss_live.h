/* SPDX-License-Identifier: MIT */
/* In a program's memory, the Swiss map: Map, its directory and tables. */
#ifndef MODEL_LIVE_SWISS_SWISS_LIVE_H
#define MODEL_LIVE_SWISS_SWISS_LIVE_H

#include "model/live/design.h"

extern const struct live_design swiss_live;

enum head_kind swiss_read_head(const struct head_reading *r, struct head *head);
bool swiss_tell(struct telling *t, const struct head *head);
bool swiss_gather(struct gathering *g, uint64_t head);

#endif
