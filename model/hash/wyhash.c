/* SPDX-License-Identifier: MIT */
#include "model/hash/wyhash.h"

#include <string.h>

/* The constants of runtime/hash64.go. */
#define M1 0xa0761d6478bd642fu
#define M2 0xe7037ed1a0b428dbu
#define M3 0x8ebc6af09c88c6e3u
#define M4 0x589965cc75374cc3u
#define M5 0x1d8e4e27c47d124fu

void wyhash_init(struct wyhash *w, const struct target *t, const struct release *r,
	const uint8_t *key)
{
	const uint64_t fixed[3] = { M2, M3, M4 };

	w->target = t;
	w->swaps = r->number_wyhash && t->ptrsize == 4 && t->big_endian;
	for (unsigned i = 0; i < 4; i++)
		w->key[i] = load_uint(t, key + i * t->ptrsize, t->ptrsize);
	for (unsigned i = 0; i < 3; i++)
		w->mul[i] = r->keyed_wyhash ? w->key[i + 1] : fixed[i];
	if (!r->keyed_wyhash && t->ptrsize == 8)
		w->key[0] ^= M1;
}

static uint64_t four(const struct wyhash *w, const uint8_t *p)
{
	return load_uint(w->target, p, 4);
}

static uint64_t eight(const struct wyhash *w, const uint8_t *p)
{
	return load_uint(w->target, p, 8);
}

/* One to three bytes: the first, the middle and the last. */
static uint64_t three(const uint8_t *p, size_t len)
{
	return p[0] | (uint64_t)p[len >> 1] << 8 | (uint64_t)p[len - 1] << 16;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
	unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

static uint64_t mem64(const struct wyhash *w, const uint8_t *p, size_t len, uint64_t seed)
{
	uint64_t a = 0, b = 0;
	size_t left = len;

	seed ^= w->key[0];
	if (len == 0)
		return seed;
	if (len < 4) {
		a = three(p, len);
	} else if (len < 8) {
		a = four(w, p);
		b = four(w, p + len - 4);
	} else if (len <= 16) {
		a = eight(w, p);
		b = eight(w, p + len - 8);
	} else {
		if (left > 48) {
			uint64_t seed1 = seed, seed2 = seed;

			for (; left > 48; left -= 48, p += 48) {
				seed = mix(eight(w, p) ^ w->mul[0], eight(w, p + 8) ^ seed);
				seed1 = mix(eight(w, p + 16) ^ w->mul[1], eight(w, p + 24) ^ seed1);
				seed2 = mix(eight(w, p + 32) ^ w->mul[2], eight(w, p + 40) ^ seed2);
			}
			seed ^= seed1 ^ seed2;
		}
		for (; left > 16; left -= 16, p += 16)
			seed = mix(eight(w, p) ^ w->mul[0], eight(w, p + 8) ^ seed);
		a = eight(w, p + left - 16);
		b = eight(w, p + left - 8);
	}
	return mix(M5 ^ len, mix(a ^ w->mul[0], b ^ seed));
}

/* The two halves of the 32-bit hash's state, mixed. */
static void mix32(const struct wyhash *w, uint32_t *a, uint32_t *b)
{
	uint64_t product = (uint64_t)(*a ^ (uint32_t)w->key[1]) * (*b ^ (uint32_t)w->key[2]);

	*a = (uint32_t)product;
	*b = (uint32_t)(product >> 32);
}

static uint64_t mem32(const struct wyhash *w, const uint8_t *p, size_t len, uint64_t seed)
{
	uint32_t a = (uint32_t)seed, b = (uint32_t)(len ^ w->key[0]);

	mix32(w, &a, &b);
	if (len == 0)
		return a ^ b;
	for (; len > 8; len -= 8, p += 8) {
		a ^= (uint32_t)four(w, p);
		b ^= (uint32_t)four(w, p + 4);
		mix32(w, &a, &b);
	}
	if (len >= 4) {
		a ^= (uint32_t)four(w, p);
		b ^= (uint32_t)four(w, p + len - 4);
	} else {
		b ^= (uint32_t)three(p, len);
	}
	mix32(w, &a, &b);
	mix32(w, &a, &b);
	return a ^ b;
}

uint64_t wyhash_mem(const struct wyhash *w, const uint8_t *p, size_t len, uint64_t seed)
{
	return w->target->ptrsize == 8 ? mem64(w, p, len, seed) : mem32(w, p, len, seed);
}

/* The short forms give what the long one gives for as many bytes, sooner; but see release.h. */
uint64_t wyhash_four(const struct wyhash *w, const uint8_t *p, uint64_t seed)
{
	uint64_t a;

	if (w->target->ptrsize == 4)
		return mem32(w, p, 4, seed);
	a = four(w, p);
	return mix(M5 ^ 4, mix(a ^ w->mul[0], a ^ seed ^ w->key[0]));
}

uint64_t wyhash_eight(const struct wyhash *w, const uint8_t *p, uint64_t seed)
{
	uint8_t swapped[8];
	uint64_t a;

	if (w->swaps) {
		memcpy(swapped, p + 4, 4);
		memcpy(swapped + 4, p, 4);
		p = swapped;
	}
	if (w->target->ptrsize == 4)
		return mem32(w, p, 8, seed);
	a = eight(w, p);
	return mix(M5 ^ 8, mix(a ^ w->mul[0], a ^ seed ^ w->key[0]));
}
