/* SPDX-License-Identifier: MIT */
/*
 * Values in a program that stands, as literals: with what they lead to, strings, slices, what
 * interfaces hold. They are put into a heap of ours that is scratch memory, and written from there,
 * and read again to see that they can be.
 */
#ifndef MODEL_LIVE_RUN_VALUES_H
#define MODEL_LIVE_RUN_VALUES_H

#include "model/go/declared.h"
#include "model/go/value.h"
#include "model/live/live.h"
#include "model/live/refs.h"

struct values {
	struct live *live;          /* borrowed */
	struct journal journal;
	struct heap heap;
	struct refs_kept refs;
};

bool values_begin(struct values *v, struct live *l, struct error *err);
void values_end(struct values *v);

/*
 * Adds the literal of the value whose bytes these are, of the type that is described at `type` and
 * known as t. The bytes are changed. False: it cannot be told, and nothing is added.
 */
bool values_add(struct values *v, uint64_t type, const struct gotype *t, struct declared *declared,
	uint8_t *bytes, struct text *out);

#endif
