/* SPDX-License-Identifier: MIT */
/* The command line: one table that the parser and --help share. */
#ifndef TUI_CLI_OPTIONS_H
#define TUI_CLI_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "model/base/error.h"
#include "model/live/rollup.h"
#include "tui/export/frames.h"
#include "tui/page/page.h"

enum { OPTIONS_TYPES = 64, OPTIONS_GATES = 64 }; /* files of types; --expect */
enum { OPTIONS_COMPARED = 32 }; /* types beside each other */

/* How the first map is made. */
struct map_options {
	const char *type, *arch, *release; /* NULL when not given */
	const char *beside;                /* the other release of the view beside */
	const char *types[OPTIONS_TYPES];  /* files with declarations */
	unsigned ntypes;
	bool has_fill, has_seed;
	bool stays;                        /* it does not escape */
	uint64_t fill, hint, seed;
};

/* Whose processes. */
enum processes_of { PROCESSES_NONE, PROCESSES_USER, PROCESSES_ALL };

/* A Go program whose maps are looked at. */
struct live_options {
	int pid;                           /* a process; 0: none */
	enum processes_of processes;       /* or many */
	bool lint;                         /* the types of the executable alone */
	const char *profile;               /* or a heap profile of it */
	bool writers;                      /* not the maps, but who works on them */
	enum rollup_by by;                 /* what the list is of */
	const char *core, *exe;            /* a core file, and its executable */
	const char *debug;                 /* its debugging information, a file; NULL */
	bool debuginfod;                   /* or servers are asked for it */
	const char *map;                   /* which of their maps; NULL: the list of them */
	unsigned again_ms;                 /* looked at again so often; 0: once */
	uint64_t again_times;              /* so many times in all; 0: until it is stopped */
	bool redact;
	bool reach;                        /* the list says what is garbage */
	const char *held;                  /* the map of which is said who holds it; NULL */
	unsigned max_hold_ms;              /* the longest stop */
	const char *as_go;                 /* the release that the map is laid anew under; NULL */
};

static inline bool live_given(const struct live_options *live)
{
	return live->pid || live->core || live->processes;
}

/* A Go program that is run, and whose work on a map is the script. */
struct run_options {
	char *const *program;              /* and its arguments; NULL: none */
	uint64_t ops;                      /* so many operations at most; 0: all */
};

/* What is run or looked at, and where in its time. */
struct source_options {
	const char *script;                /* "-" for standard input; NULL for none */
	const char *scene;                 /* its name */
	const char *quiz;                  /* the scene or script that is asked about; NULL */
	struct live_options live;
	struct run_options run;
	bool has_at;
	uint64_t at, at_events;            /* UINT64_MAX: all of them */
};

struct picture_options {
	struct page_options page;
	enum frames_kind frames;
	int height;                        /* 0 when not given */
	const char *theme;
};

struct output_options {
	const char *format, *file;
	const char *gates[OPTIONS_GATES];  /* what is to hold */
	unsigned ngates;
	bool trust;                        /* the script writes what it wants to */
};

/* Nothing is shown: something is written, or held against gates. */
static inline bool is_written(const struct output_options *o)
{
	return o->format || o->ngates;
}

/* Map types to be set beside each other, instead of one map. */
struct compare_options {
	const char *types[OPTIONS_COMPARED];
	unsigned count;
};

struct options {
	struct map_options map;
	struct compare_options compare;
	struct source_options source;
	struct picture_options picture;
	struct output_options output;
	const char *config, *color;
	const char *update, *check;        /* a document; further ones are operands */
	const char *print;                 /* what to tell about the program itself */
	bool help, version, list_scenes;
	char *const *operands;             /* what is no option */
	int operand_count;
};

/* A row of the table. What its argument may be goes by that one's name: tui/cli/choice.h */
struct option_row {
	char letter;       /* 0 for none */
	const char *name;  /* the long one, without dashes */
	const char *arg;   /* NULL for none */
	const char *help;  /* one line */
	/* Reads the argument into what stands at `into` in struct options. */
	bool (*take)(void *into, const char *name, const char *arg, struct error *err);
	size_t into;
};

/* The i-th option, NULL past the last. */
const struct option_row *option_at(unsigned i);

/* Borrows argv, and puts its operands last. */
bool options_parse(struct options *o, int argc, char **argv, struct error *err);

void options_help(FILE *out);

#endif
