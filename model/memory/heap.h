/* SPDX-License-Identifier: MIT */
/*
 * The simulated heap: one run of target memory, from Go's first heap address up, in which the
 * map lives as raw bytes. Objects get addresses as Go would give them: small ones lie in spans
 * of their size class, large ones on pages of their own. Addresses are never used twice, so
 * that what once was at one can be shown again.
 *
 *     base - UNKNOWN_BELOW ..    nowhere: what is not known, such as the bytes of a string
 *                                that a snapshot file left out, is said to lie here
 *     base - SCRATCH .. base     scratch: where keys wait that are only looked up
 *     base .. next_page          spans and large objects
 *     next_page ..               never touched, reads as zero
 *
 * A target address and the host's pointer to the same byte differ by a constant, heap_at().
 * All state that changes with time is in struct heap_state or in target memory, and is saved
 * in the journal before it changes.
 */
#ifndef MODEL_MEMORY_HEAP_H
#define MODEL_MEMORY_HEAP_H

#include <stdbool.h>
#include <stdint.h>

#include "model/base/error.h"
#include "model/target/sizeclass.h"
#include "model/target/target.h"
#include "model/memory/journal.h"
#include "model/memory/memory.h"

enum {
	HEAP_SCRATCH = 4 << 20,
	HEAP_UNKNOWN = 32 << 20,       /* bytes from there that can be read: they are zero */
	HEAP_UNKNOWN_BELOW = 64 << 20, /* the base by so much */
	HEAP_ERRORS = 64,
};

struct heap_span {
	uint64_t next, end; /* the next free object and the end of the span; both 0 at first */
};

/* What the allocator remembers; part of what the journal brings back. */
struct heap_state {
	uint64_t next_page;
	struct heap_span spans[SIZE_CLASSES][2]; /* by class; [1] for objects with pointers */
	uint64_t tiny, tiny_end;                 /* the block that tiny objects share */
	uint64_t stack, stack_low;               /* the program's: taken downwards, to there */
	uint64_t frame, frame_end;               /* the last frame on it */
	uint64_t alloc_objects, alloc_bytes;     /* what the map's operations allocated */
	uint64_t freed_objects, freed_bytes;     /* of these, what was collected */
	uint64_t lost_bytes;                     /* of these, what the map has given up since */
	uint64_t beside_bytes;                   /* another map's, which the program holds, too */
	uint64_t most_bytes;                     /* that were held at once so far */
	uint64_t data_bytes;                     /* what the program allocated for keys and elems */
	uint64_t errors[HEAP_ERRORS];            /* the program's error values, each text once */
	uint64_t nerrors;
};

/* The part of a heap that is the copy of a program's memory; saved in the journal. */
struct heap_captured {
	const struct memory *known; /* what of it was copied; borrowed; NULL: there is none */
	uint64_t from, to;          /* what lies between its parts reads as zero */
};

struct heap_types;

struct heap {
	const struct target *target;
	const struct release *release;
	struct journal *journal;
	uint8_t *host;      /* host address of target address 0, were it there */
	uint8_t *map;       /* the reserved host memory */
	uint64_t reserved;  /* its bytes, scratch and nowhere included */
	uint64_t usable;    /* bytes from base that may be read and written */
	uint64_t base, limit;
	uint64_t scratch;   /* next free byte of scratch */
	uint64_t life;      /* another after each reset and clear, when addresses are used again */
	uint64_t lives;     /* so many there were */
	uint16_t *dead;     /* of each of the host's pages, bytes that were discarded; owned */
	uint64_t dead_pages; /* how many pages that is told of */
	uint64_t files_from, files_to; /* between these host memory may show a file, privately */
	struct heap_state state;
	struct heap_captured captured;
	/* What interfaces hold but basic types; NULL: none. See dynamic.h. */
	struct heap_types *types;
	void (*free_types)(struct heap_types *types);
};

/* Reserves address space (no memory yet). heap_close() gives it back. */
bool heap_open(struct heap *h, const struct target *t, const struct release *r,
	struct journal *j, struct error *err);

/* The same from another address up: where a program had its heap. */
bool heap_open_at(struct heap *h, const struct target *t, const struct release *r,
	struct journal *j, uint64_t base, struct error *err);
void heap_close(struct heap *h);

/* Forgets every object; all memory reads as zero again. */
void heap_reset(struct heap *h);

/* The same in the course of time: the journal leads back. */
void heap_clear(struct heap *h);

/*
 * A zeroed object of size bytes for the map itself: counted, rounded up to its size class.
 * Returns its address, or 0 with err filled when it cannot be had.
 */
uint64_t heap_alloc(struct heap *h, uint64_t size, bool pointers, struct error *err);

/* The same for what belongs to the program, such as the bytes of a string: not counted. */
uint64_t heap_alloc_data(struct heap *h, uint64_t size, bool pointers, struct error *err);

/*
 * A frame of so many zeroed bytes on the stack of the program's goroutine: no object, and counted
 * nowhere. Its address, or 0 with err filled.
 */
uint64_t heap_alloc_frame(struct heap *h, uint64_t size, struct error *err);

/* Whether it is in the last of these. */
static inline bool heap_on_stack(const struct heap *h, uint64_t addr)
{
	return addr >= h->state.frame && addr < h->state.frame_end;
}

/* Room that is good until the next operation starts; 0 when HEAP_SCRATCH is used up. */
uint64_t heap_alloc_scratch(struct heap *h, uint64_t size);
static inline void heap_scratch_reset(struct heap *h)
{
	h->scratch = h->base - HEAP_SCRATCH;
}

/* Whether bytes more could be had, in the target's address space and in this machine's memory. */
bool heap_has_room(const struct heap *h, uint64_t bytes, struct error *err);

/*
 * An object of heap_alloc(), or what is in a frame, is garbage: from now on its bytes are zero,
 * whether or not there is a journal, as memory must not tell how one came to it. Without a journal
 * nothing can come back to it, and its memory goes back to the host: each page, once all that was
 * on it is garbage.
 */
void heap_discard(struct heap *h, uint64_t addr, uint64_t size, bool pointers);

/*
 * Held is what was allocated and not given up: what a collection would leave. The rules of each
 * design say what they give up as they do, so that the most that was held at once is known to the
 * byte without a walk, what is replaced and what replaces it together. Where memory came another
 * way, or much of it went, heap_hold() says what is left of the map.
 */
static inline uint64_t heap_held(const struct heap *h)
{
	return h->state.alloc_bytes - h->state.lost_bytes;
}

static inline void heap_lose_bytes(struct heap *h, uint64_t bytes)
{
	journal_save(h->journal, &h->state.lost_bytes, sizeof h->state.lost_bytes);
	h->state.lost_bytes += bytes;
}

/* An object of that size, which the map held. */
static inline void heap_lose(struct heap *h, uint64_t size, bool pointers)
{
	heap_lose_bytes(h, alloc_size(h->release, h->target->ptrsize, size, pointers));
}

static inline void heap_hold(struct heap *h, uint64_t bytes)
{
	heap_lose_bytes(h, heap_held(h) - bytes - h->state.beside_bytes);
}

/* The program makes another map, and holds the one that it had until heap_drop(). */
void heap_keep(struct heap *h);
void heap_drop(struct heap *h);

/* From now on the most is what is held: what was before is not told. */
void heap_begin_most(struct heap *h);

/* The host's pointer to a target address that is inside the heap. */
static inline uint8_t *heap_at(const struct heap *h, uint64_t addr)
{
	return h->host + addr;
}

static inline uint64_t heap_addr(const struct heap *h, const void *p)
{
	return (uint64_t)((const uint8_t *)p - h->host);
}

/* Bytes that were handed out so far. */
static inline uint64_t heap_size(const struct heap *h)
{
	return h->state.next_page - h->base;
}

/* The address of what is not known, and whether an address is such a one. */
static inline uint64_t heap_unknown(const struct heap *h)
{
	return h->base - HEAP_UNKNOWN_BELOW;
}

static inline bool heap_is_unknown(const struct heap *h, uint64_t addr)
{
	return addr >= heap_unknown(h) && addr < heap_unknown(h) + HEAP_UNKNOWN;
}

/*
 * All that the heap holds from now on is the copy of a program's memory: of each segment, at its
 * address, the bytes that its host pointer leads to. What is allocated later lies behind it. The
 * memory is borrowed for as long as the journal leads to it. In a heap that had nothing, the bytes
 * are not saved: at a point before, nothing may be allocated. False with err filled when it does
 * not fit into the heap. Segments that lie in a file take no memory but for what changes.
 */
bool heap_capture(struct heap *h, const struct memory *known, struct error *err);

/* Whether a part of [addr, addr + size) belongs to a program's memory, but was not captured. */
static inline bool heap_missing(const struct heap *h, uint64_t addr, uint64_t size)
{
	return addr < h->captured.to && addr + size > h->captured.from &&
		!memory_at(h->captured.known, addr, size);
}

/* Whether all of [addr, addr + size) is known: was captured, or allocated, in scratch too; for what
   comes from untrusted bytes. */
bool heap_holds(const struct heap *h, uint64_t addr, uint64_t size);

#endif
