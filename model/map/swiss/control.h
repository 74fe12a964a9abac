/* SPDX-License-Identifier: MIT */
/*
 * A group's control word: a byte for each slot, slot 0 the lowest of the number. On big-endian
 * targets the number lies in memory the other way round, so slot 0's byte comes last.
 *
 * A set of slots is such a number in which the top bit of a byte says whether the slot is in.
 * Source: internal/runtime/maps/group.go.
 */
#ifndef MODEL_MAP_SWISS_CONTROL_H
#define MODEL_MAP_SWISS_CONTROL_H

#include "model/map/map.h"

enum {
	CONTROL_EMPTY = 0x80,
	CONTROL_DELETED = 0xfe, /* a tombstone */
	CONTROL_FULL_MOST = 0x7f, /* up to here the slot is full, and the byte is the key's h2 */
};

#define EACH_CONTROL(v) ((v) * 0x0101010101010101u)
#define CONTROL_TOPS EACH_CONTROL(0x80u)

typedef uint64_t slots;

static inline uint64_t control_word(const struct map *m, uint64_t group)
{
	return load_uint(MAP_TARGET(m), map_at(m, group), SLOTS);
}

static inline uint8_t control_of(uint64_t word, unsigned slot)
{
	return (uint8_t)(word >> 8 * slot);
}

/* h2: what a hash leaves in the control byte; h1: where the probe sequence begins. */
static inline uint8_t hash_h2(uint64_t hash)
{
	return hash & 0x7f;
}

static inline uint64_t hash_h1(uint64_t hash)
{
	return hash >> 7;
}

/* Exactly the slots with that h2. */
static inline slots match_h2(uint64_t word, uint8_t h2)
{
	uint64_t differs = word ^ EACH_CONTROL((uint64_t)h2), low = EACH_CONTROL(0x7fu);

	return ~(((differs & low) + low) | differs | low);
}

/* The arithmetic of targets without an instruction for it also names a slot whose byte is h2 ^ 1
   right above a slot that it names. */
static inline slots match_h2_nearly(uint64_t word, uint8_t h2)
{
	uint64_t differs = word ^ EACH_CONTROL((uint64_t)h2);

	return (differs - EACH_CONTROL(1u)) & ~differs & CONTROL_TOPS;
}

static inline slots match_empty(uint64_t word)
{
	return word & ~(word << 6) & CONTROL_TOPS;
}

static inline slots match_empty_or_deleted(uint64_t word)
{
	return word & CONTROL_TOPS;
}

static inline slots match_full(uint64_t word)
{
	return ~word & CONTROL_TOPS;
}

static inline unsigned first_slot(slots s)
{
	return (unsigned)__builtin_ctzll(s) / 8;
}

static inline slots without_first(slots s)
{
	return s & (s - 1);
}

static inline slots slots_from(slots s, unsigned slot)
{
	return s & UINT64_MAX << 8 * slot;
}

static inline unsigned count_slots(slots s)
{
	return (unsigned)((s >> 7) * EACH_CONTROL(1u) >> 56);
}

/* One bit a slot, slot 0 lowest, for events. */
static inline uint8_t slots_mask(slots s)
{
	return (uint8_t)((s >> 7 & EACH_CONTROL(1u)) * 0x0102040810204080u >> 56);
}

#endif
