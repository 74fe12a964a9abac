/* SPDX-License-Identifier: MIT */
/*
 * The ledger: where a map's bytes went. Each byte that the map reaches is booked once, under what
 * it is for (cause) and where it lies (place). Which causes and places there are is the design's:
 * a form says so, and both have numbers in its order.
 *
 * Law: all entries together but those on the stack are map_reached().bytes; those are the header's
 * and first unit's own bytes, where they lie there. Nothing is estimated.
 */
#ifndef MODEL_FIGURES_LEDGER_H
#define MODEL_FIGURES_LEDGER_H

#include "model/map/map.h"

enum { LEDGER_CAUSES = 16, LEDGER_PLACES = 5, LEDGER_OWN = 8 }; /* at most */

/* What bytes are, in words that all designs share: for who gives each a colour. */
enum bytes_kind {
	BYTES_KEY, BYTES_ELEM, BYTES_PADDING, BYTES_FREE, BYTES_DEAD, BYTES_MOVED, BYTES_CONTROL,
	BYTES_LINK, BYTES_SPARE, BYTES_HEADER, BYTES_LIST, BYTES_ROUNDING,
	BYTES_KINDS,
};

struct ledger_cause {
	const char *name;        /* for people */
	const char *word;        /* for scripts */
	const char *what;        /* which bytes they are */
	enum bytes_kind kind;
};

struct ledger_place {
	const char *name, *word;
};

struct ledger;

/* The causes and places of a design. */
struct ledger_form {
	const struct ledger_cause *causes;
	unsigned ncauses;
	const struct ledger_place *places;
	unsigned nplaces;
	unsigned stack;          /* the place that is no object */
	const char *slots_mean;  /* what dead slots and tombstones are, beside the marks of rows */
	const char *other_slots; /* what those are called that are not live, free or dead, */
	bool other_empty;        /* and whether they hold nothing either */
	/* Walks a map that there is; all but the form is zero before. */
	void (*take)(const struct map *m, struct ledger *l);
};

struct ledger {
	const struct ledger_form *form;
	uint64_t bytes[LEDGER_CAUSES][LEDGER_PLACES];
	uint64_t total, objects;          /* as map_reached() has them */
	uint64_t entries;                 /* len */
	uint64_t live, free, dead, other; /* slots */
	uint64_t tombstones; /* as the rows mark them: part of the dead or the other ones */
	uint64_t referred;                /* referred_bytes() of the live cells; not in the total */
	uint64_t referred_taken;          /* the same with size classes: referred_taken() */
	uint64_t own[LEDGER_OWN];         /* what the design counts besides */
};

/* Walks the whole map. (books.h keeps the ledger of a session without that.) */
void ledger_take(const struct map *m, struct ledger *l);

/* So many objects that take more than their size: they, and the rest under the cause `rounding`. */
void ledger_book(struct ledger *l, unsigned place, unsigned rounding, uint64_t count,
	uint64_t size, uint64_t taken);

/* Whether there is a cause of that word; and what is booked under it, 0 where there is none. */
bool ledger_has_word(const struct ledger *l, const char *word);
uint64_t ledger_word_bytes(const struct ledger *l, const char *word);

/* Bytes on the stack, which are not in the total. */
uint64_t ledger_stack_bytes(const struct ledger *l);

/* Sums of a row and of a column. */
uint64_t ledger_cause_bytes(const struct ledger *l, unsigned cause);
uint64_t ledger_place_bytes(const struct ledger *l, unsigned place);

#endif
