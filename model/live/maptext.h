/* SPDX-License-Identifier: MIT */
/* A map type of a program as it is written: so that it is read as one with the same memory. */
#ifndef MODEL_LIVE_MAPTEXT_H
#define MODEL_LIVE_MAPTEXT_H

#include "model/go/declared.h"
#include "model/live/rtype.h"

/*
 * By names, which are declared, or where that does not lead to the same memory without any. *text
 * is owned by the caller, also when it fails with err filled.
 */
bool maptext_write(const struct rtypes *r, uint64_t type, char **text, struct declared *declared,
	struct error *err);

#endif
