/* SPDX-License-Identifier: MIT */
/*
 * The module data of a Go program: where the linker laid types and variables. Found by what the
 * executable tells, or else by the table of functions that it points to; proved before anything is
 * believed: its address ranges have to be in order, and its table to begin as such a one does.
 *
 * One module: of plugins only the program itself is looked at.
 * Source: runtime/symtab.go, type moduledata.
 */
#ifndef MODEL_LIVE_MODULE_H
#define MODEL_LIVE_MODULE_H

#include "model/live/image.h"
#include "model/live/executable.h"

struct module {
	uint64_t at;                 /* runtime.firstmoduledata */
	uint64_t bias;               /* what is added to addresses as linked */
	uint64_t types, types_end;   /* type descriptors and their names */
	uint64_t text;               /* what its functions' places are counted from */
	uint64_t gofunc;             /* what is kept for each of them begins here; 0: not told */
	uint64_t data, data_end;     /* all that is written to: data, bss, with pointers or none; */
	struct roots {               /* of it what has pointers, */
		uint64_t from, to;
		uint64_t program;    /* and where they are: a program of the collector's */
	} roots[2];
};

bool module_find(struct module *m, struct image *im, const struct executable *p, struct error *err);

static inline bool module_has_type(const struct module *m, uint64_t addr)
{
	return addr >= m->types && addr < m->types_end;
}

#endif
