/* SPDX-License-Identifier: MIT */
/*
 * Go types, read from Go syntax and laid out for one target: size, alignment, where pointers
 * and padding lie, how values are compared and hashed.
 *
 * A type is a tree that owns its parts; gotype_free() frees all of it. It borrows the target.
 * Sources: cmd/compile/internal/types/size.go (layout), types/alg.go (comparing and hashing).
 */
#ifndef MODEL_GO_GOTYPE_H
#define MODEL_GO_GOTYPE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/base/error.h"
#include "model/base/text.h"
#include "model/target/target.h"

enum gotype_kind {
	KIND_BOOL,
	KIND_INT, KIND_INT8, KIND_INT16, KIND_INT32, KIND_INT64,
	KIND_UINT, KIND_UINT8, KIND_UINT16, KIND_UINT32, KIND_UINT64, KIND_UINTPTR,
	KIND_FLOAT32, KIND_FLOAT64, KIND_COMPLEX64, KIND_COMPLEX128,
	KIND_STRING,
	KIND_BASIC_COUNT, /* the kinds above are the basic ones, in the order of their names */

	KIND_UNSAFE_POINTER = KIND_BASIC_COUNT,
	KIND_POINTER, KIND_CHAN, KIND_FUNC, KIND_MAP,
	KIND_SLICE, KIND_ARRAY, KIND_STRUCT,
	KIND_ANY,   /* the interface without methods: a type word and a data word */
	KIND_ERROR, /* the interface error: an itab word and a data word */
};

/* How values are compared and hashed: cmd/compile/internal/types.AlgKind. */
enum gotype_alg {
	ALG_NONE, /* not comparable */
	ALG_MEM,  /* as plain memory */
	ALG_STRING, ALG_INTER, ALG_NILINTER,
	ALG_FLOAT32, ALG_FLOAT64, ALG_COMPLEX64, ALG_COMPLEX128,
	ALG_SPECIAL, /* field by field, element by element */
};

struct gotype_field {
	char *name;           /* "_" for a blank one */
	struct gotype *type;
	uint64_t offset;
	bool embedded;        /* written as a type alone, which is then its name too */
};

struct gotype {
	enum gotype_kind kind;
	enum gotype_alg alg;
	uint64_t size;        /* bytes, padding at the end included */
	unsigned align;
	bool pointers;        /* the collector scans values of this type */
	bool reflexive;       /* x == x holds for every x: false with floats and interfaces inside */
	bool key_update;      /* equal keys can differ in bytes: an assignment writes the key again */
	char *name;           /* in Go's own spelling */
	const struct target *target;
	struct gotype *key;   /* of a map */
	struct gotype *elem;  /* of a pointer, slice, array, chan or map */
	uint64_t len;         /* of an array */
	struct gotype_field *fields; /* of a struct */
	unsigned nfields;
};

/* Reads a whole type. NULL with err filled when it is none. */
struct gotype *gotype_parse(const char *text, const struct target *t, struct error *err);
void gotype_free(struct gotype *type);

/* The basic type of that kind, valid as long as the program runs. */
const struct gotype *gotype_basic(enum gotype_kind kind, const struct target *t);

/* The kind of a basic type's name ("int8", "byte", "rune"); false when it names none. */
bool gotype_basic_kind(const char *name, size_t len, enum gotype_kind *kind);

static inline bool gotype_is_int(const struct gotype *t)
{
	return t->kind >= KIND_INT && t->kind <= KIND_UINTPTR;
}

static inline bool gotype_is_signed(const struct gotype *t)
{
	return t->kind >= KIND_INT && t->kind <= KIND_INT64;
}

/* One word that is a pointer: pointers, chans, funcs, maps. */
static inline bool gotype_is_pointer(const struct gotype *t)
{
	return t->kind >= KIND_UNSAFE_POINTER && t->kind <= KIND_MAP;
}

/* What a byte of a value is. */
enum gotype_byte { BYTE_DATA, BYTE_POINTER, BYTE_PADDING };

/* Fills what each of the type's size bytes is. */
void gotype_bytes(const struct gotype *t, uint8_t *what);

/* Bytes of padding inside one value. */
uint64_t gotype_padding(const struct gotype *t);

/* Whether field i is followed by padding. */
bool gotype_padded_field(const struct gotype *t, unsigned i);

#endif
