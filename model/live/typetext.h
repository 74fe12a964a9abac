/* SPDX-License-Identifier: MIT */
/*
 * A type descriptor as Go syntax that stands for itself: named types are written as what they were
 * declared as, so that it can be read where nothing of the program is known. What a pointer leads
 * to keeps its name, for no value of it is looked at.
 */
#ifndef MODEL_LIVE_TYPETEXT_H
#define MODEL_LIVE_TYPETEXT_H

#include "model/live/rtype.h"

/* False with err filled when it cannot be written so. */
bool typetext_add(const struct rtypes *r, uint64_t type, struct text *out, struct error *err);

#endif
