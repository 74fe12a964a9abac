/* SPDX-License-Identifier: MIT */
/*
 * How a compiler from Go 1.27 on has keys hashed that are not plain memory as a whole: as a flat
 * list of parts, in which the borders of structs and short arrays are gone. Neighbouring plain
 * memory is one part; what is padding or blank is in none.
 *
 *     struct { A int64; In struct { B int64; C string } }   16 bytes of memory, a string
 *
 * A long array is a loop whose turns take about 32 bytes each; parts do not join over its border
 * nor over that of a turn. Source: cmd/compile/internal/reflectdata/alg.go, eqSignature, hashFunc.
 */
#ifndef MODEL_HASH_SIGNATURE_H
#define MODEL_HASH_SIGNATURE_H

#include "model/hash/hash.h"

struct signature;

/* The signature of a type whose alg is ALG_SPECIAL. signature_free() gives it back. */
struct signature *signature_new(const struct gotype *t);
void signature_free(struct signature *s);

/* The hash of the value at p, seeded; a NaN draws from chance: see hash.h. */
uint64_t hash_by_signature(const struct hasher *h, const struct signature *s, const uint8_t *p,
	uint64_t seed, struct random *chance);

#endif
