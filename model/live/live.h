/* SPDX-License-Identifier: MIT */
/*
 * A live program: a process or a core file, with the executable that it runs. Everything that looks
 * into its memory begins here.
 */
#ifndef MODEL_LIVE_LIVE_H
#define MODEL_LIVE_LIVE_H

#include "model/hash/hash.h"
#include "model/live/head.h"
#include "model/live/image.h"
#include "model/live/module.h"
#include "model/live/executable.h"

/* How the program's maps hash their keys, once a capture has found it out. */
struct live_hash {
	bool known;
	enum hash_family family;
	uint8_t key[HASHKEY_MOST];
	unsigned size;
};

struct live {
	struct executable program;
	struct image image;
	struct module module;
	uint64_t span_list;      /* where it has the list of its spans; 0: not found yet; */
	uint64_t goroutine_list; /* of its goroutines, goroutines.h, likewise */
	struct heap_view view;   /* its spans are those of live_hold() */
	struct live_hash hash;
	uint64_t secret;         /* that captures are redacted by */
	int pid;                 /* 0: of a core file */
	char *note; /* what is to be said of it, such as "truncated, .."; owned; NULL */
};

/* False with err filled: who says why not, and what helps. */
bool live_open_process(struct live *l, int pid, struct error *err);

/* The executable may be NULL: then it is the one that the core file names. */
bool live_open_core(struct live *l, const char *core, const char *exe, struct error *err);
void live_close(struct live *l);

/* The process has gone on since: its mappings as they are now, seen from that thread of it. */
bool live_look_anew(struct live *l, int thread, struct error *err);

/*
 * From here to live_release() all that is read is of one moment; begins with the heap's spans.
 * Every try that succeeds is to be released.
 */
bool live_hold(struct live *l, struct error *err);
void live_release(struct live *l);

/* The same without a stop: what is read may be torn. There is nothing to release. */
bool live_peek(struct live *l, struct error *err);

/* The heap's spans, as they are or by the pages that are kept. */
bool live_find_spans(struct live *l, struct error *err);

#endif
