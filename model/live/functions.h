/* SPDX-License-Identifier: MIT */
/*
 * The functions of a Go program, as the runtime itself knows them: it cannot do without, so every
 * program has them, also a stripped one. Of an address they tell the function, those that became a
 * part of it there, the line, and how much of the stack it has taken by then.
 *
 * Addresses are those in memory. What is read is another program's: a table that leads astray ends
 * in "not told", and every walk along one has a bound.
 *
 * Sources: runtime/symtab.go, runtime/symtabinl.go, runtime/runtime2.go (_func).
 */
#ifndef MODEL_LIVE_FUNCTIONS_H
#define MODEL_LIVE_FUNCTIONS_H

#include "model/base/text.h"
#include "model/live/module.h"

enum { FUNCTIONS_KNOWN = 256 };

/* A slice of the module data. */
struct functions_part {
	uint64_t at, count;
};

struct functions {
	struct image *image;
	const struct module *module;
	unsigned minor;           /* of the release: 26 for 1.26 */
	unsigned quantum; /* bytes of the least instruction: 1, or 4 where all have as many */
	struct functions_part names, units, files, tables, records, list;
	uint64_t left;            /* steps along tables that may yet be made: whatever they say,
				     there is an end */
	struct functions_known {
		uint64_t pc, taken;
	} known[FUNCTIONS_KNOWN]; /* what functions_taken() said of some addresses; by these */
};

struct function {
	uint64_t record;          /* where it is told of */
	uint64_t entry, end;
};

/* A line of the source at some address: what the innermost one does, and who called it there. */
struct source_line {
	const char *function;
	const char *file;         /* "" where it is not told */
	unsigned line;
	bool inlined;             /* it became a part of the next one */
};

/* False when they are not as the release has them. */
bool functions_open(struct functions *f, struct image *im, const struct executable *p,
	const struct module *m);

/* The function that an address is in. */
bool functions_find(struct functions *f, uint64_t pc, struct function *fn);

/* Its name, added. */
bool functions_name(struct functions *f, const struct function *fn, struct text *out);

/* Told of the lines at an address within an instruction, the innermost first; false ends it. */
typedef bool source_sink(void *data, const struct source_line *line);
void functions_lines(struct functions *f, const struct function *fn, uint64_t pc,
	source_sink *sink, void *data);

/* What is kept for it, by number: FUNCDATA of internal/abi/symtab.go. False when it has none. */
bool functions_kept(struct functions *f, const struct function *fn, unsigned which, uint64_t *at);

/* The value at pc of one of its tables, PCDATA there; -1 where it has none. */
int32_t functions_value(struct functions *f, const struct function *fn, unsigned which,
	uint64_t pc);

/* Bytes of the stack that it has taken when it is at pc, without the return address. */
bool functions_taken(struct functions *f, const struct function *fn, uint64_t pc, uint64_t *bytes);

#endif
