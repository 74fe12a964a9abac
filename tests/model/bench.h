/* SPDX-License-Identifier: MIT */
/* A bench for literals: one value of a type, in a heap of its own. */
#ifndef TESTS_MODEL_BENCH_H
#define TESTS_MODEL_BENCH_H

#include "model/go/value.h"
#include "model/session/session.h"

struct bench {
	struct session s;
	const struct gotype *type;
	struct value_home home;
	uint8_t *value; /* of the type, zero at first */
	struct error err;
};

void bench_open(struct bench *b, const char *type, const char *arch);
void bench_close(struct bench *b);

/* Reads a literal that must be all of the text. */
bool bench_read(struct bench *b, const char *literal, uint8_t *value);

/* The literal of a value; to be freed. */
char *bench_write(struct bench *b, const uint8_t *value);

#endif
