/* SPDX-License-Identifier: MIT */
/*
 * Strays: objects of large keys and elems that evacuated slots of an old array still point to.
 * Such a slot is not always cleared (an old iterator may come by; buckets behind a spare one are
 * cut off as they are), and the new array's slot points to the same object, as long as the key
 * is not deleted. Who counts objects slot by slot counts these once with their help.
 */
#ifndef MODEL_MAP_CLASSIC_STRAYS_H
#define MODEL_MAP_CLASSIC_STRAYS_H

#include <stdbool.h>
#include <stdint.h>

#include "model/base/table.h"

struct strays {
	struct table table;   /* by address: whether of an elem, whether the new array has it too */
	uint64_t lone[2];     /* keys and elems that nothing else points to */
};

void strays_free(struct strays *s);
void strays_add(struct strays *s, uint64_t addr, bool elem);
void strays_remove(struct strays *s, uint64_t addr);

/* Whether the new array points to it; nothing happens when it is no stray. */
void strays_set_present(struct strays *s, uint64_t addr, bool present);

#endif
