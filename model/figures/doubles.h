/* SPDX-License-Identifier: MIT */
/*
 * Doubles: strings in a map's keys and elems that are stored more than once, and what it would save
 * to store each once (interning). A string that several values share counts once. The memory is
 * bounded: beyond so many different ones nothing more is taken in.
 */
#ifndef MODEL_FIGURES_DOUBLES_H
#define MODEL_FIGURES_DOUBLES_H

#include "model/base/table.h"
#include "model/map/map.h"

enum { DOUBLES_TEXTS = 1 << 18, DOUBLES_SHOWN = 8 };

/* A text that is stored so often, at `at` the first time. */
struct double_text {
	uint64_t at, len, times, saves;
};

struct doubles {
	struct table texts;      /* by their hash: times, the first one's address */
	struct table seen;       /* by address */
	uint64_t strings, saves; /* stored in all; bytes, size classes included */
	uint64_t times;          /* that are stored again */
	bool most;               /* there were more different ones */
	struct double_text top[DOUBLES_SHOWN]; /* what saves most first */
	unsigned ntop;
};

/* Those of a value of that type. */
void doubles_add(struct doubles *d, const struct map *m, const struct gotype *t, const uint8_t *p);
void doubles_free(struct doubles *d);

#endif
