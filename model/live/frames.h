/* SPDX-License-Identifier: MIT */
/*
 * The frames of a goroutine's stack by the functions that the program has anyway, so of a stripped
 * one, too; and which of their words are pointers, as the compiler told the collector.
 *
 * Sources: runtime/traceback.go, runtime/stkframe.go (getStackMap), runtime/mgcmark.go
 * (scanframeworker). Of amd64 and 386, where a call puts the return address on the stack.
 */
#ifndef MODEL_LIVE_FRAMES_H
#define MODEL_LIVE_FRAMES_H

#include "model/live/functions.h"
#include "model/live/goroutines.h"
#include "model/live/masks.h"

struct stack_frame {
	struct function fn;
	uint64_t pc;              /* within the call, of a caller */
	uint64_t sp, end;         /* its words, the return address the last of them */
	bool anywhere; /* it may have stopped at any instruction: no map is of that place */
	bool first;               /* the goroutine began in it */
};

/* Told of each, the innermost first; false ends it. Returns up to where the stack is told of. */
typedef bool stack_frame_sink(void *data, const struct stack_frame *f);
uint64_t frames_walk(struct functions *f, struct image *im, const struct goroutine *g,
	stack_frame_sink *sink, void *data);

/* Told of the words that are pointers, or may be where the compiler does not tell. */
void frames_pointers(struct functions *f, struct masks *m, const struct goroutine *g,
	pointer_sink *sink, void *data);

#endif
