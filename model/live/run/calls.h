/* SPDX-License-Identifier: MIT */
/*
 * Calls of the runtime's map functions: which they are, and what a thread that stands before the
 * first instruction of one is about to do.
 *
 * Sources: runtime/map*.go (map_swiss.go and internal/runtime/maps since 1.24),
 * cmd/compile/abi-internal.md.
 */
#ifndef MODEL_LIVE_RUN_CALLS_H
#define MODEL_LIVE_RUN_CALLS_H

#include "model/live/functions.h"
#include "model/live/live.h"
#include "model/live/run/child.h"

enum call_kind {
	CALL_MAKE, CALL_MAKE_SMALL, CALL_ASSIGN, CALL_DELETE, CALL_CLEAR, CALL_RANGE,
};

/* How the key is handed over. */
enum call_key { KEY_NONE, KEY_AT, KEY_32, KEY_64, KEY_WORD, KEY_STRING };

struct call_row {
	const char *name;
	enum call_kind kind;
	enum call_key key;
	bool returns;       /* what it returns is looked at: */
	unsigned words;     /* behind so many words of arguments, on 386 */
};

struct call {
	const struct call_row *row;
	uint64_t type, head;
	uint64_t hint;      /* of a make */
	uint64_t key[2];    /* as the words that are handed over */
	uint64_t iterator;  /* of a range, */
	uint64_t top;       /* from where the goroutine's stack reaches down */
	uint64_t low;       /* to there */
	uint64_t g, sp, back; /* the goroutine; its stack as it was called; where it returns to */
};

/*
 * Where to stop for them: behind what looks whether the stack has room, which may begin a function
 * once more, and before anything else. All arguments are still in their registers there.
 */
struct calls {
	struct table rows;  /* by address: the number of the row plus 1; bytes of stack taken */
	struct table returns; /* instructions that return from those that are waited for */
};

/* False with err filled when none is found. */
bool calls_find(struct calls *all, struct functions *f, struct error *err);
void calls_free(struct calls *all);

/* Fills what a thread there is about to do. False: it is at none of them. */
bool call_read(struct call *call, const struct calls *all, struct live *l,
	const struct child_registers *r);

/* Whether the thread is about to return from one of them, and to where. */
bool call_returns(const struct calls *all, struct live *l, const struct child_registers *r,
	uint64_t *back);

/* What it returns then. */
bool call_result(const struct call *call, struct live *l, const struct child_registers *r,
	uint64_t *result);

/* Reads the key's bytes, of a key of that size. */
bool call_key(const struct call *call, struct live *l, uint8_t *to, uint64_t size);

/*
 * The line of the source that the call stands in: that of the first caller outside of the runtime
 * and of what calls it for others, "main.go:12", and which function that is. *direct: it is where
 * the call returns to, so that it is the same each time. False when it cannot be told.
 */
bool call_line(const struct call *call, struct live *l, struct functions *f,
	struct text *line, struct text *function, bool *direct);

#endif
