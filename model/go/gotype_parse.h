/* SPDX-License-Identifier: MIT */
/* Between the reader of types and their layout; nobody else needs it. */
#ifndef MODEL_GO_GOTYPE_PARSE_H
#define MODEL_GO_GOTYPE_PARSE_H

#include "model/go/gotype.h"

/* Fills size, alignment and the rest from the parts, which are laid out already. */
bool gotype_lay_out(struct gotype *t, struct error *err);

#endif
