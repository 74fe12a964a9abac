/* SPDX-License-Identifier: MIT */
/*
 * A type descriptor as Go syntax. Named types keep their names, and are declared: with all the
 * types that they use, as the program itself declares them, so that the text can be read where
 * nothing of the program is known. Where names do not serve (two types of one name, a name that is
 * none) the text stands for itself instead: types are written as what they were declared as.
 */
#ifndef MODEL_LIVE_TYPETEXT_H
#define MODEL_LIVE_TYPETEXT_H

#include "model/go/declared.h"
#include "model/live/rtype.h"

/* By names: declarations are added. False with err filled when it cannot be written so. */
bool typetext_named(const struct rtypes *r, uint64_t type, struct text *out,
	struct declared *declared, struct error *err);

/* By itself. */
bool typetext_plain(const struct rtypes *r, uint64_t type, struct text *out, struct error *err);

#endif
