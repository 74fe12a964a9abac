/* SPDX-License-Identifier: MIT */
/*
 * The types of values in interfaces that are not basic ones: of each the address of its descriptor,
 * which an interface holds as its first word. It follows from the type's name, so that it is the
 * same whenever the type is met first. The heap owns them.
 */
#ifndef MODEL_GO_DYNAMIC_H
#define MODEL_GO_DYNAMIC_H

#include "model/go/gotype.h"
#include "model/memory/heap.h"

/* The word of a type that was read as a whole, and is the heap's from now on, or freed. */
uint64_t dynamic_word(struct heap *h, struct gotype *type);

/* The type that a word stands for; NULL when it is none of these. */
const struct gotype *dynamic_type(const struct heap *h, uint64_t word);

/* The i-th type; NULL past the last. */
const struct gotype *dynamic_at(const struct heap *h, size_t i);

/* Whether such values are stored in the interface's data word itself, being one pointer. */
bool dynamic_direct(const struct heap *h, const struct gotype *t);

#endif
