/* SPDX-License-Identifier: MIT */
/* Between the files that read literals; value_parse() is for all others. */
#ifndef MODEL_GO_LITERAL_PARTS_H
#define MODEL_GO_LITERAL_PARTS_H

#include "model/go/store.h"

/* A literal under way. What reads a part of it moves *at behind it, or fills err. */
struct reader {
	const struct value_home *home;
	const char **at;
	const char *what;       /* "key" or "elem", for messages */
	struct error *err;
	unsigned depth;         /* of types and brackets around it */
};

/* Any type; out has the t->size bytes of it, zero before. */
bool literal_value(struct reader *r, const struct gotype *t, uint8_t *out);

/* The same, where no type or conversion comes first. */
bool literal_plain(struct reader *r, const struct gotype *t, uint8_t *out);

/* literal_number.c */
bool literal_int(struct reader *r, const struct gotype *t, uint8_t *out);
bool literal_float(struct reader *r, const struct gotype *t, uint8_t *out);
bool literal_complex(struct reader *r, const struct gotype *t, uint8_t *out);
/* The magnitude of an integer literal; false when there is none. *beyond: it is beyond 64 bit. */
bool literal_magnitude(const char **at, uint64_t *value, bool *beyond);
/* An integer that stands for a place in a list: 2, 0x2, 'a'. False when none comes, err empty. */
bool literal_index(struct reader *r, uint64_t *value, bool *beyond);

/* A type whose literals are lists in "{}". */
static inline bool literal_is_list(const struct gotype *t)
{
	return t->kind == KIND_ARRAY || t->kind == KIND_SLICE || t->kind == KIND_STRUCT;
}

/* literal_composite.c: of arrays, structs and slices, what comes from the "{" on. */
bool literal_array(struct reader *r, const struct gotype *t, uint8_t *out);
bool literal_struct(struct reader *r, const struct gotype *t, uint8_t *out);
bool literal_slice(struct reader *r, const struct gotype *t, uint8_t *out);
/* The array of a "[...]T" literal has as many values as its list. */
bool literal_open_array(struct reader *r, const struct gotype *t, uint8_t *out);

/* literal_typed.c: T{..}, &T{..}, T(..), (*T)(..): whether such comes, and reading it. */
bool literal_is_typed(const char *s);
bool literal_typed(struct reader *r, const struct gotype *t, uint8_t *out);

/* literal_interface.c */
bool literal_any(struct reader *r, uint8_t *out);
bool literal_error(struct reader *r, const struct gotype *t, uint8_t *out);

/* literal_example.c: adds literals of the type that would be taken, as "nil or {1, 2}". */
void literal_example(const struct gotype *t, struct text *out);

void literal_blanks(struct reader *r);

/* Whether a literal may end before s. */
bool literal_ends(const char *s);

/* Moves behind the word if it comes next. */
bool literal_word(struct reader *r, const char *word);

/* Moves behind the sign, and blanks before it, if it comes next. */
bool literal_take(struct reader *r, char sign);

/* The length of what a person would take for the literal at s: up to a blank or a bracket. */
int literal_length(const char *s);

/* What is wrong with it: too large for its type; not of its type at all. Both return false. */
bool literal_misfit(struct reader *r, const char *literal, const struct gotype *t);
bool literal_not_a(struct reader *r, const struct gotype *t);

#endif
