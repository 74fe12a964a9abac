/* SPDX-License-Identifier: MIT */
/*
 * The machines that Go programs run on, as data; the other thing that their memory depends on is
 * the release (release.h). Nothing in the model asks what machine it runs on; it asks these rows.
 */
#ifndef MODEL_TARGET_TARGET_H
#define MODEL_TARGET_TARGET_H

#include <stdbool.h>
#include <stdint.h>

#include "model/base/error.h"
#include "model/target/release.h"

enum hash_family {
	HASH_AES,    /* AES rounds, keyed by a random schedule */
	HASH_WYHASH, /* the portable multiply-mix, keyed by four words */
};

/* Whether programs hash with AES where the processor has it, and by which machine code. */
enum aes_kind { AES_NONE, AES_X86, AES_ARM64 };

/*
 * One GOARCH. Sources: internal/goarch, cmd/internal/sys/arch.go, runtime/alg.go,
 * runtime/malloc.go.
 */
struct target {
	const char *name;     /* GOARCH */
	unsigned ptrsize;     /* bytes of a pointer, of an int and of a hash: 4 or 8 */
	unsigned wide_align;  /* alignment of 64-bit integers, of floats and of complex parts */
	unsigned load_align;  /* alignment a load needs; 1 where any address will do */
	bool big_endian;
	enum aes_kind aes;
	unsigned exact_match; /* from Go 1.N on a Swiss map's matchH2 names just the slots with that
				 h2; 0: never. Source: internal/runtime/maps/group.go and the
				 compiler's intrinsics */
	uint64_t heap_base;   /* where the Go heap starts */
	uint64_t max_alloc;   /* the runtime's maxAlloc: no allocation is larger */
	uint64_t max_type;    /* a larger type is refused by the compiler */
};

const struct target *target_find(const char *name, struct error *err);
const struct target *target_at(unsigned i);   /* NULL past the last */

/* One sentence when few programs on this target use that hash; NULL when most do. */
const char *target_hash_note(const struct target *t, enum hash_family family);

/* The family that programs use there. */
enum hash_family target_hash(const struct target *t);

/* Bytes of the process-wide hash key: 128 or 64 for AES, four words for the other. */
unsigned target_hashkey_size(const struct target *t, enum hash_family family);

/* Words and half words as the target stores them. */
static inline uint64_t swap_bytes(uint64_t v, unsigned size)
{
	return __builtin_bswap64(v) >> (64 - 8 * size);
}

static inline uint64_t load_uint(const struct target *t, const void *p, unsigned size)
{
	uint64_t v = 0;

	/* The usual sizes one by one, so that each becomes one load. */
	switch (size) {
	case 8:
		__builtin_memcpy(&v, p, 8);
		break;
	case 4:
		__builtin_memcpy(&v, p, 4);
		break;
	case 2:
		__builtin_memcpy(&v, p, 2);
		break;
	default:
		__builtin_memcpy(&v, p, 1);
	}
	return __builtin_expect(t->big_endian, 0) ? swap_bytes(v, size) : v;
}

static inline void store_uint(const struct target *t, void *p, unsigned size, uint64_t v)
{
	if (__builtin_expect(t->big_endian, 0))
		v = swap_bytes(v, size);
	switch (size) {
	case 8:
		__builtin_memcpy(p, &v, 8);
		break;
	case 4:
		__builtin_memcpy(p, &v, 4);
		break;
	case 2:
		__builtin_memcpy(p, &v, 2);
		break;
	default:
		__builtin_memcpy(p, &v, 1);
	}
}

/* An uintptr-wide value: the high half is gone on a 32-bit target. */
static inline uint64_t word_mask(const struct target *t)
{
	return t->ptrsize == 8 ? UINT64_MAX : UINT32_MAX;
}

#endif
