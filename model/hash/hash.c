/* SPDX-License-Identifier: MIT */
#include "model/hash/hash.h"

#include <string.h>

#include "model/go/value.h"

/* runtime/alg.go: c0 and c1. */
static uint64_t c0(const struct hasher *h)
{
	return h->target->ptrsize == 8 ? 33054211828000289u : 2860486313u;
}

static uint64_t c1(const struct hasher *h)
{
	return h->target->ptrsize == 8 ? 23344194077549503u : 3267000013u;
}

static uint64_t word(const struct hasher *h, uint64_t v)
{
	return v & word_mask(h->target);
}

/* Turns the bytes of each word of the key round. */
static void turn_words(struct hasher *h)
{
	unsigned word = h->target->ptrsize;

	for (unsigned i = 0; i < h->key_size; i += word) {
		for (unsigned b = 0; b < word / 2; b++) {
			uint8_t byte = h->key[i + b];

			h->key[i + b] = h->key[i + word - 1 - b];
			h->key[i + word - 1 - b] = byte;
		}
	}
}

/* The key for those who ask for none: any fixed words will do; wyhash wants them odd. */
static void fixed_key(struct hasher *h)
{
	struct journal off = { .on = false };
	struct random r;

	random_start(&r, &off, 0x686d617076696577);
	for (unsigned i = 0; i < h->key_size; i++)
		h->key[i] = (uint8_t)random_next(&r);
	if (h->family == HASH_WYHASH)
		for (unsigned i = 0; i < 4; i++)
			h->key[i * h->target->ptrsize] |= 1;
	if (h->target->big_endian)
		turn_words(h);
}

/* Words of one size from words of the other: the half that lies first, or the word twice. */
static void fit_words(struct hasher *h, const uint8_t *key, unsigned size)
{
	unsigned to = h->target->ptrsize, from = size / 4;

	for (unsigned i = 0; i < 4; i++)
		for (unsigned b = 0; b < to; b++)
			h->key[i * to + b] = key[i * from + b % from];
}

void hasher_init(struct hasher *h, const struct target *t, const struct release *r,
	enum hash_family family, const uint8_t *key, unsigned size)
{
	h->target = t;
	h->family = family;
	h->wide_draws = r->wide_draws && t->ptrsize == 8;
	h->key_size = target_hashkey_size(t, family);
	if (!key)
		fixed_key(h);
	else if (family == HASH_WYHASH)
		fit_words(h, key, size);
	else
		for (unsigned i = 0; i < h->key_size; i++)
			h->key[i] = key[i % size];
	h->aes = aeshash_entries(aeshash_best(), t, r);
	wyhash_init(&h->wyhash, t, r, h->key);
}

uint64_t hash_mem(const struct hasher *h, const uint8_t *p, size_t len, uint64_t seed)
{
	if (h->family == HASH_WYHASH)
		return wyhash_mem(&h->wyhash, p, len, seed);
	return h->aes->mem(h->key, p, len, seed);
}

uint64_t hash_four(const struct hasher *h, const uint8_t *p, uint64_t seed)
{
	if (h->family == HASH_WYHASH)
		return wyhash_four(&h->wyhash, p, seed);
	return h->aes->four(h->key, p, seed);
}

uint64_t hash_eight(const struct hasher *h, const uint8_t *p, uint64_t seed)
{
	if (h->family == HASH_WYHASH)
		return wyhash_eight(&h->wyhash, p, seed);
	return h->aes->eight(h->key, p, seed);
}

uint64_t hash_string(const struct hasher *h, const uint8_t *p, uint64_t seed)
{
	unsigned w = h->target->ptrsize;
	uint64_t data = load_uint(h->target, p, w), len = load_uint(h->target, p + w, w);

	return hash_mem(h, len ? heap_at(h->heap, data) : NULL, (size_t)len, seed);
}

/* Plain memory by its size, as a whole key or behind an interface. */
uint64_t hash_sized(const struct hasher *h, const uint8_t *p, uint64_t size, uint64_t seed)
{
	if (size == 4)
		return hash_four(h, p, seed);
	if (size == 8)
		return hash_eight(h, p, seed);
	return size ? hash_mem(h, p, (size_t)size, seed) : seed;
}

/* What a NaN adds: uintptr(fastrand()), uintptr(rand()) from 1.22 on. */
static uint64_t draw(const struct hasher *h, struct random *chance)
{
	if (!chance)
		return 0;
	return h->wide_draws ? random_next64(chance) : random_next(chance);
}

uint64_t hash_float(const struct hasher *h, const uint8_t *p, unsigned size, uint64_t seed,
	struct random *chance)
{
	double f = value_load_float(h->target, p, size);

	if (f == 0)
		return word(h, c1(h) * (c0(h) ^ seed));
	if (f != f)
		return word(h, c1(h) * (c0(h) ^ seed ^ draw(h, chance)));
	return hash_mem(h, p, size, seed);
}

/*
 * What an interface holds, by its descriptor: typehash of package runtime. Unlike the function
 * that the compiler makes for a struct, it hashes plain fields in a row one by one.
 */
static uint64_t hash_held(const struct hasher *h, const struct gotype *t, const uint8_t *p,
	uint64_t seed, struct random *chance)
{
	if (t->alg == ALG_MEM && t->size == 0) /* memhash, where the compiler has memhash0 */
		return hash_mem(h, p, 0, seed);
	if (t->alg == ALG_MEM)
		return hash_sized(h, p, t->size, seed);
	if (t->kind == KIND_STRUCT) {
		for (unsigned i = 0; i < t->nfields; i++)
			if (strcmp(t->fields[i].name, "_") != 0)
				seed = hash_held(h, t->fields[i].type, p + t->fields[i].offset,
					seed, chance);
		return seed;
	}
	if (t->kind == KIND_ARRAY) {
		for (uint64_t i = 0; i < t->len && t->size; i++)
			seed = hash_held(h, t->elem, p + i * t->elem->size, seed, chance);
		return seed;
	}
	return hash_value(h, t, p, seed, chance);
}

uint64_t hash_interface(const struct hasher *h, const uint8_t *p, uint64_t seed,
	struct random *chance)
{
	struct value_dynamic d = value_dynamic(h->heap, p);

	if (d.nil)
		return seed;
	if (!d.type)
		return word(h, c1(h) * hash_sized(h, p + h->target->ptrsize, h->target->ptrsize,
					       seed ^ c0(h)));
	return word(h, c1(h) * hash_held(h, d.type, value_held(h->heap, &d, p),
		word(h, seed ^ c0(h)), chance));
}

/* Bytes of the run of plain fields that starts at field i; *next is the first field behind it. */
static uint64_t mem_run(const struct gotype *t, unsigned i, unsigned *next)
{
	uint64_t start = t->fields[i].offset, end;

	for (;; i++) {
		end = t->fields[i].offset + t->fields[i].type->size;
		*next = i + 1;
		if (*next == t->nfields || gotype_padded_field(t, i) ||
			strcmp(t->fields[*next].name, "_") == 0 ||
			t->fields[*next].type->alg != ALG_MEM)
			return end - start;
		if (t->target->load_align > 1) {
			uint64_t align = start & (t->align - 1) ? start & -start : t->align;
			const struct gotype_field *f = &t->fields[*next];

			if (f->offset + f->type->size - start > align)
				return end - start;
		}
	}
}

static uint64_t hash_struct(const struct hasher *h, const struct gotype *t, const uint8_t *p,
	uint64_t seed, struct random *chance)
{
	for (unsigned i = 0; i < t->nfields;) {
		const struct gotype_field *f = &t->fields[i];
		unsigned next = i + 1;

		if (strcmp(f->name, "_") == 0) {
			i++;
			continue;
		}
		if (f->type->alg == ALG_MEM) {
			uint64_t size = mem_run(t, i, &next);

			seed = hash_mem(h, p + f->offset, (size_t)size, seed);
		} else {
			seed = hash_value(h, f->type, p + f->offset, seed, chance);
		}
		i = next;
	}
	return seed;
}

bool hash_is_mem(const struct gotype *t, uint64_t size)
{
	if (t->alg != ALG_MEM || t->size != size)
		return false;
	return !(t->align < t->target->load_align && t->align < t->size);
}

uint64_t hash_value(const struct hasher *h, const struct gotype *t, const uint8_t *p, uint64_t seed,
	struct random *chance)
{
	switch (t->alg) {
	case ALG_MEM:
		/* To 1.26 not where it is less aligned than loads, but with the same result. */
		return hash_sized(h, p, t->size, seed);
	case ALG_STRING:
		return hash_string(h, p, seed);
	case ALG_FLOAT32:
		return hash_float(h, p, 4, seed, chance);
	case ALG_FLOAT64:
		return hash_float(h, p, 8, seed, chance);
	case ALG_COMPLEX64:
		return hash_float(h, p + 4, 4, hash_float(h, p, 4, seed, chance), chance);
	case ALG_COMPLEX128:
		return hash_float(h, p + 8, 8, hash_float(h, p, 8, seed, chance), chance);
	case ALG_INTER:
	case ALG_NILINTER:
		return hash_interface(h, p, seed, chance);
	case ALG_SPECIAL:
		break;
	case ALG_NONE:
		return seed;
	}
	if (t->kind == KIND_STRUCT)
		return hash_struct(h, t, p, seed, chance);
	for (uint64_t i = 0; i < t->len; i++)
		seed = hash_value(h, t->elem, p + i * t->elem->size, seed, chance);
	return seed;
}
