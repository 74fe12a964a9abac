/* SPDX-License-Identifier: MIT */
/*
 * Go types, read from Go syntax and laid out for one target: size, alignment, where pointers
 * and padding lie, how values are compared and hashed.
 *
 * What is read at once is a graph, as named types may lead back to themselves; its root owns all
 * of it, and gotype_free() of the root frees it. It borrows the target. A named type has the kind
 * and the parts of what it was declared as, its own name and its own size.
 * Sources: cmd/compile/internal/types/size.go (layout), types/alg.go (comparing and hashing),
 * types/fmt.go (names).
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
	KIND_INTERFACE, /* any other interface with methods: the same two words */
	KIND_UNKNOWN, /* a name without a declaration: all but pointers to it is unknown */
};

/* How values are compared and hashed: cmd/compile/internal/types.AlgKind. */
enum gotype_alg {
	ALG_NONE, /* not comparable */
	ALG_MEM,  /* as plain memory */
	ALG_STRING, ALG_INTER, ALG_NILINTER,
	ALG_FLOAT32, ALG_FLOAT64, ALG_COMPLEX64, ALG_COMPLEX128,
	ALG_SPECIAL, /* field by field, element by element */
};

/* Of a struct; of a func its parameters, then its results; of an interface its methods. */
struct gotype_field {
	char *name;           /* "_" for a blank one; NULL in a func */
	struct gotype *type;
	uint64_t offset;
	bool embedded;        /* written as a type alone, which is then its name too */
	char *tag;            /* of a struct, as it is written; NULL for none */
};

enum gotype_direction { CHAN_BOTH, CHAN_SEND, CHAN_RECEIVE };

struct gotype_pool;

struct gotype {
	enum gotype_kind kind;
	enum gotype_alg alg;
	uint64_t size;        /* bytes, padding at the end included */
	unsigned align;
	uint64_t padding;     /* bytes of it inside one value */
	uint32_t parts;       /* leaves of an array or struct, as far as 32 bits can tell */
	bool pointers;        /* the collector scans values of this type */
	bool reflexive; /* x == x holds for every x: false with floats and interfaces inside */
	bool key_update; /* equal keys can differ in bytes: an assignment writes the key again */
	bool named;           /* declared, by `name` */
	bool variadic;        /* of a func: the last parameter */
	char *name;           /* in Go's own spelling, packages by their last word: "netip.Addr" */
	char *path_name;      /* the same with whole import paths; NULL: no different */
	const struct target *target;
	struct gotype *key;   /* of a map */
	struct gotype *elem;  /* of a pointer, slice, array, chan or map */
	uint64_t len;         /* of an array; of a func, how many fields are parameters; of a chan,
				 its enum gotype_direction */
	struct gotype_field *fields;
	unsigned nfields;
	const struct gotype *unknown; /* the part without which there is no size; NULL: laid out */

	/* While it is read */
	struct gotype *base;  /* what a named type was declared as */
	bool constraint;      /* an interface that is none for values */
	uint8_t progress;     /* of laying out */
	uint8_t judged;       /* of an interface, by what it embeds */
	struct gotype_pool *pool; /* of the root: owns all that was read with it */
};

/* What a type is read for, and with which declarations. */
struct declared;
struct release;

struct gotype_scope {
	const struct target *target;
	const struct release *release; /* of the types that come with Go; NULL: the newest */
	struct declared *declared;     /* marked as used where they are; NULL: none */
};

/*
 * Reads a whole type. NULL with err filled when it is none. Names without a declaration are
 * taken; who needs a value of the type asks gotype_known().
 */
struct gotype *gotype_parse(const char *text, const struct gotype_scope *scope, struct error *err);
void gotype_free(struct gotype *type);

/* The same of the type that a text begins with; moves *at behind it. */
struct gotype *gotype_parse_front(const char **at, const struct gotype_scope *scope,
	struct error *err);

/* Whether they are one type; whether they are declared alike, whatever their names. */
bool gotype_identical(const struct gotype *a, const struct gotype *b);
bool gotype_alike(const struct gotype *a, const struct gotype *b);

/* Whether a variable takes a value of that type; Go's own rules, but for interfaces and chans. */
bool gotype_assignable(const struct gotype *to, const struct gotype *from);

/* Whether values of the type have a layout; else err says what is undefined. */
bool gotype_known(const struct gotype *t, struct error *err);

/* The i-th name without a declaration that a root leads to; NULL past the last. */
const char *gotype_missing(const struct gotype *root, size_t i);

/* Whether two roots were read by the same declarations and miss the same names. */
bool gotype_read_alike(const struct gotype *a, const struct gotype *b);

/* The i-th declaration that a root was read by, as the command `type` takes it; or NULL. */
const char *gotype_declaration(const struct gotype *root, size_t i);

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

/* A larger key or elem of a map is stored as a pointer to its own object. */
enum { INLINE_MOST = 128 };

/* What a byte of a value is. */
enum gotype_byte { BYTE_DATA, BYTE_POINTER, BYTE_PADDING };

/* Fills what each of the type's size bytes is. */
void gotype_bytes(const struct gotype *t, uint8_t *what);

/* An interface: two words. */
static inline bool gotype_is_interface(const struct gotype *t)
{
	return t->kind >= KIND_ANY && t->kind <= KIND_INTERFACE;
}

/* Whether the hash of a value might panic: it holds an interface. */
bool gotype_hash_may_panic(const struct gotype *t);

/* Whether field i is followed by padding. */
bool gotype_padded_field(const struct gotype *t, unsigned i);

#endif
