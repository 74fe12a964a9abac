/* SPDX-License-Identifier: MIT */
/*
 * A unit of a snapshot, a bucket or a group, read: its control bytes, which go by a name of their
 * own in each design, its raw bytes, its keys and elems. What they say agrees, or it is refused.
 */
#ifndef MODEL_SOURCE_UNIT_READ_H
#define MODEL_SOURCE_UNIT_READ_H

#include "model/map/map.h"
#include "model/source/imprint.h"
#include "model/source/reading.h"

/* For many units of one type, one after the other. */
struct unit_reading {
	const struct maptype *type;
	const struct members *members;
	uint8_t *mask;               /* enum gotype_byte for each of its bytes; owned */
	uint8_t *raw;                /* owned */
	int64_t control[SLOTS];
	struct text keys, elems;     /* the literals, each with its NUL */
	struct text says;            /* what raw bytes alone say of a cell */
	struct imprint_packer packer;
};

extern const struct members bucket_members, group_members;

void unit_reading_open(struct unit_reading *b, const struct maptype *t,
	const struct members *members);
void unit_reading_close(struct unit_reading *b);

/*
 * Reads one into the array that b->packer is at; `first` begins a chain. False with err filled, as
 * all here that read.
 */
bool unit_read(struct reading *r, struct unit_reading *b, bool first);

/* The same of one whose beginning was read. */
bool unit_read_members(struct reading *r, struct unit_reading *b, bool first);

#endif
