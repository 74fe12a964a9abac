/* SPDX-License-Identifier: MIT */
/*
 * A run of keys, one after another: A..B the generated ones, "user-07".."user-12" those whose
 * numbers lie between.
 */
#ifndef MODEL_SESSION_RUN_H
#define MODEL_SESSION_RUN_H

#include "model/go/value.h"

struct key_run {
	int64_t from, to;
	char *prefix;           /* what stands before the number; NULL: generated keys; owned */
	size_t len;             /* of it, NULs and all */
	unsigned width;         /* digits at least: zeros stand before the others */
};

/*
 * Reads a run of keys of that type, moving *at behind it. False with err empty when what comes is
 * none; the caller frees what was read with run_free().
 */
bool run_parse(struct key_run *r, const char **at, const struct gotype *key, struct error *err);
void run_free(struct key_run *r);

/* Of a run with a prefix, one whose number is i. */
bool run_text_key(const struct key_run *r, const struct value_home *home, int64_t i, uint8_t *out,
	struct error *err);

/* Key i of it, from..to, into the bytes of out. */
static inline bool run_key(const struct key_run *r, const struct value_home *home,
	const struct gotype *key, int64_t i, uint8_t *out, struct error *err)
{
	return r->prefix ? run_text_key(r, home, i, out, err)
			 : value_generate(home, key, i, out, err);
}

#endif
