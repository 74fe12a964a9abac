/* SPDX-License-Identifier: MIT */
/*
 * The mark: which objects of the heap the program still leads to, as its own collector would find
 * out: from variables, the stacks of goroutines, registers and records on objects (specials.h)
 * through all that has pointers (masks.h). Where the compiler tells what of a frame is a pointer,
 * it is believed (frames.h); registers, frames that were interrupted and variables whose address is
 * taken are read word by word, so what only such a dead one leads to counts as reached. Objects
 * that wait for their finalizers are not seen.
 *
 * A process is held only while what has pointers is copied (look.h tells when); when that takes
 * longer than it may be held, or there is no memory for it, the mark reads it while it runs, and
 * what it comes to is a sample: what it does not reach may be reached all the same.
 *
 * Of our memory it takes what is copied, three bits for each object and 32 MB; and eight bytes more
 * for each object where it is traced.
 */
#ifndef MODEL_LIVE_MARK_H
#define MODEL_LIVE_MARK_H

#include "model/live/copied.h"
#include "model/live/frames.h"
#include "model/live/goroutines.h"
#include "model/live/masks.h"
#include "model/live/specials.h"

/* What led to an object is a word at some address, or else one of these, which are none. */
enum { MARK_REGISTER = 1, MARK_RECORD = 2, MARK_WORDS = 16 };

/* An object: which of its span, and that one's place in the list. */
struct marked {
	uint32_t span, i;
};

/* An object of which all is kept that leads to it. */
struct mark_watch {
	uint64_t object;          /* its number and 1; 0: there is none */
	uint64_t *list;           /* what leads to it, some of that; owned */
	size_t count, cap;
	uint64_t words;           /* how many there are */
};

/* What is to be copied: spans, and other parts of the memory. */
struct mark_wants {
	struct wanted spans;
	struct mark_part {
		uint64_t from, size;
	} *parts;                 /* owned */
	size_t count, cap;
};

struct mark {
	struct live *l;
	unsigned max_hold_ms;     /* 0: there is no limit */
	bool sampled;             /* it was read while it ran */
	bool blind;               /* goroutines were not found, or too many: stacks are missing */
	struct copied copied;
	struct image still;       /* the copy; or none */
	bool is_still;
	struct masks masks;
	struct goroutines goroutines;
	struct functions functions;
	bool has_functions;
	struct specials specials;
	struct mark_wants wants;
	uint64_t *registers;      /* owned, as are the lists below */
	size_t nregisters;
	uint64_t *first;          /* of each span, the number of its first object */
	uint64_t *used, *reached, *scanned; /* a bit for each object */
	struct marked *queue;     /* objects to come, a ring */
	size_t head, count;
	bool spilled;             /* some had no room there */
	uint64_t objects, bytes;  /* of all that are reached */
	uint64_t *from; /* of each object, what first led to it; NULL: that is not kept; owned */
	struct mark_watch watch;
	uint64_t without;         /* an object that is never reached; 0: none */
};

/* Before the program is held: memory for the copy is made. */
void mark_begin(struct mark *m, struct live *l, unsigned max_hold_ms);

/* What is in use, and what is to be copied, by the spans that were read; may be done again. */
void mark_look(struct mark *m);

/* While the program is held; before it is held again what was copied is dropped. */
void mark_copy(struct mark *m);
void mark_drop(struct mark *m);

/* Whether what was looked at last was all copied. */
bool mark_is_covered(const struct mark *m);

/* Afterwards. */
void mark_run(struct mark *m);

/* Whether the object that holds addr is reached; what is no object of the heap always is. */
bool mark_reaches(const struct mark *m, uint64_t addr);

/* The same mark again, which keeps what led to each object, and all that leads to that one. */
void mark_trace(struct mark *m, uint64_t watched);

/* What first led to the object that holds addr. */
uint64_t mark_from(const struct mark *m, uint64_t addr);

/* The same mark again, which does not go through that object. */
void mark_without(struct mark *m, uint64_t object);

void mark_end(struct mark *m);

#endif
