/* SPDX-License-Identifier: MIT */
/*
 * Go values as bytes of target memory: read from literals, made by number, compared, written
 * as literals again. A value is a type and a pointer to its bytes; what it points to (the bytes
 * of a string, the value in an interface) lies in the simulated heap.
 */
#ifndef MODEL_GO_VALUE_H
#define MODEL_GO_VALUE_H

#include "model/base/text.h"
#include "model/go/gotype.h"
#include "model/memory/heap.h"

/* Where values put what they point to. */
struct value_home {
	struct heap *heap;
	struct declared *declared; /* types that literals may name; NULL: those of Go alone */
	bool scratch;     /* gone with the next operation: for keys that are only looked up */
	/* Of the value that is made: for messages, set by what makes it. */
	const struct gotype *whole;
};

/* What an interface holds. */
struct value_dynamic {
	bool nil;
	const struct gotype *type; /* NULL for an error, which is a pointer, and for unknown ones */
	uint64_t data;             /* the data word */
	bool direct;               /* it is the value; else the value's address */
};

/*
 * Reads one literal of type t at *at into the t->size bytes of out, and moves *at behind it.
 * Errors name the literal, as "key 300 does not fit uint8" when what is "key".
 */
bool value_parse(const struct value_home *home, const struct gotype *t, const char **at,
	uint8_t *out, const char *what, struct error *err);

/* The i-th value of the type: 0, 1, 2.. for numbers, "key-0".. for strings, and likewise. */
bool value_generate(const struct value_home *home, const struct gotype *t, int64_t i,
	uint8_t *out, struct error *err);

/* The text of the i-th string. Returns its length. */
enum { VALUE_TEXT_MOST = 32 };
size_t value_text(int64_t i, char out[VALUE_TEXT_MOST]);

/*
 * How many different values value_generate() can make from 0 up, UINT64_MAX when that is no bound.
 */
uint64_t value_variety(const struct gotype *t);

/* Go's ==. */
bool value_equal(const struct heap *h, const struct gotype *t, const uint8_t *a, const uint8_t *b);

/* Whether it equals itself: a NaN, and what holds one, does not. */
static inline bool value_equals_itself(const struct heap *h, const struct gotype *t,
	const uint8_t *p)
{
	return t->reflexive || value_equal(h, t, p, p);
}

/*
 * Adds the literal that gives the value at p. Strings longer than `most` bytes are cut, with
 * an ellipsis behind the closing quote; 0 for no bound.
 */
void value_format(const struct heap *h, const struct gotype *t, const uint8_t *p, struct text *out,
	size_t most);

/* The literal of what is not known, or of what has such a part: see heap.h. */
#define VALUE_UNKNOWN "?"
#define VALUE_MISSING "not captured" /* of a program's memory, which was copied in parts */

/* Whether a part of the value at p is not known. */
bool value_unknown(const struct heap *h, const struct gotype *t, const uint8_t *p);

struct value_dynamic value_dynamic(const struct heap *h, const uint8_t *p);

/* Where the value lies that the interface at p holds, of a type that is known. */
static inline const uint8_t *value_held(const struct heap *h, const struct value_dynamic *d,
	const uint8_t *p)
{
	return d->direct ? p + h->target->ptrsize : heap_at(h, d->data);
}
double value_load_float(const struct target *t, const uint8_t *p, unsigned size);

/* A Go string literal for len bytes: quoted, what does not print escaped. */
void value_quote(struct text *out, const uint8_t *s, size_t len);

/* The address of the type descriptor of a basic kind, as it stands in an interface. */
uint64_t value_type_word(const struct target *t, enum gotype_kind kind);

#endif
