/* SPDX-License-Identifier: MIT */
/*
 * A map by its name alone: the variable that the name begins with is looked up in the debugging
 * information, and only the way that the name says is walked. Nothing is stopped for it, so what
 * is on the way may change meanwhile; who captures the map looks whether it is one.
 */
#ifndef MODEL_LIVE_AIMED_H
#define MODEL_LIVE_AIMED_H

#include "model/live/live.h"

/*
 * Its header and type. Where no variable of a package leads there, a local one of a goroutine may:
 * "main.worker.local", or of one of several "main.worker.local@18". False when none does, or with
 * err filled when several do. Then *type is that of a map without memory that it leads to, or 0.
 */
bool aimed_find(struct live *l, const char *name, uint64_t *head, uint64_t *type,
	struct error *err);

#endif
