/* SPDX-License-Identifier: MIT */
/*
 * A capture: one map of a live program, at its real addresses, with all that its keys and elems
 * show: strings, slices, values in interfaces. Whole spans of the heap are copied while the program
 * is held, at a moment when nobody writes to the map; all else is done before and afterwards, so
 * that it is held for about as long as the copying takes. What turns out to be missing then is
 * copied with all the rest, once more.
 *
 * What lies outside of the program's heap, such as constant strings, is put behind what was copied.
 */
#ifndef MODEL_LIVE_CAPTURE_H
#define MODEL_LIVE_CAPTURE_H

#include "model/go/declared.h"
#include "model/live/copied.h"
#include "model/live/live.h"
#include "model/time/world.h"

/* A word that has to lead elsewhere. */
struct capture_patch {
	uint64_t at;
	enum { PATCH_UNKNOWN, PATCH_TYPE, PATCH_OUTSIDE } what;
	uint64_t value;          /* the kind of a type; where bytes outside begin in `outside`, */
	uint64_t size;           /* and how many */
};

struct capture {
	char *from;              /* "process 4242", "core.17"; owned */
	char *name;              /* of the map, or its address; owned */
	const struct target *target;
	const struct release *release;
	char *type;              /* owned; as types are written */
	struct declared declared; /* the names in it */
	uint64_t head;           /* the map's address */
	uint64_t entries;
	bool writing; /* somebody wrote to it all the time: it is no picture of one moment */
	bool redacted;           /* what it holds is made unreadable when it is laid out, */
	uint64_t secret;         /* by this, */
	struct told_hashes *told;       /* with the hashes kept here: owned; or NULL */
	bool hashed;             /* the program's hash is known: */
	enum hash_family family;
	uint8_t hashkey[HASHKEY_MOST];
	unsigned hashkey_size;
	struct copied copied;
	struct capture_patch *patches; /* owned, as is the text */
	size_t npatches, patches_cap;
	struct text outside;
	double held;             /* milliseconds that the process was held, the last time */
};

/* Which map is to be captured. */
struct capture_wish {
	uint64_t head, type;     /* its header and its type descriptor */
	const char *name;        /* NULL: its address */
	unsigned max_hold_ms;    /* what would take longer is refused; 0: nothing is */
	bool redact;
};

/* False with err filled; else end with capture_free(). */
bool capture_take(struct capture *c, struct live *l, const struct capture_wish *wish,
	struct error *err);
void capture_free(struct capture *c);

/*
 * Where the heap has to begin so that the copy can lie there: as another one does, if that serves,
 * or else as the target's own does; or below.
 */
uint64_t capture_base(const struct capture *c, uint64_t other);

/*
 * The map of the world, whose type is of the capture's text, becomes what was captured; the other
 * does not ask whether it is sound, and makes nothing unreadable: for who looks into it and leaves.
 */
bool capture_lay(const struct capture *c, struct world *w, struct error *err);
bool capture_lay_bare(const struct capture *c, struct world *w, struct error *err);

#endif
