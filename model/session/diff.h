/* SPDX-License-Identifier: MIT */
/*
 * The difference between two points of a session's time: which cells came, went, moved, changed,
 * and where the bytes went.
 */
#ifndef MODEL_SESSION_DIFF_H
#define MODEL_SESSION_DIFF_H

#include "model/figures/ledger.h"
#include "model/session/session.h"

enum { DIFF_MOST = 2000000 }; /* entries of a map that are compared */

enum diff_kind { DIFF_CAME, DIFF_WENT, DIFF_CHANGED, DIFF_MOVED, DIFF_STAYED, DIFF_KINDS };

/* Of a cell that is at both points, place and elem at each; else those of the point it is at. */
struct diff_cell {
	enum diff_kind kind;        /* changed: the elem is another, wherever it lies */
	const char *key;            /* literals; owned by the diff */
	const char *elem[2];        /* NULL where it is not */
	struct place place[2];
};

#define DIFF_GONE UINT64_MAX        /* the array was replaced */

struct diff_item {
	char *key, *elem;           /* literals */
	struct place place;
};

struct diff_side {
	uint64_t op, entries;
	const struct engine *engine; /* of its map */
	uint64_t *firsts;           /* of each of its arrays the number of its first unit; owned */
	uint64_t *ids;              /* and what tells it from others, of both points; owned */
	uint64_t *after;            /* of the first side: its number afterwards; DIFF_GONE; owned */
	size_t arrays;              /* of the main side */
	bool too_many;              /* of them: they are not taken */
	struct ledger ledger;
	struct diff_item *items;    /* the live cells, by key */
	size_t count, cap;
};

struct diff {
	struct diff_side sides[2];
	bool whole; /* or else a side has too many entries, and there are no cells */
	struct diff_cell *cells;    /* all but those that stayed, by kind and key */
	size_t count, cap;
	uint64_t kinds[DIFF_KINDS];
};

/*
 * Where a place of a side is, as people and files say it: the number of its array, which is the
 * number that it has afterwards if it is there then; the unit in that; and whether the array is an
 * old one, that a growth leaves or has replaced.
 */
struct diff_place {
	bool old;
	uint64_t array, unit;
};

/* What happened in one unit and its chain. Moved within it counts as in and out. */
struct diff_unit {
	struct diff_place at;
	uint64_t came, went, changed, in, out;
};

/*
 * Compares points a and b and comes back: their bytes by cause, and their cells unless there are
 * too many. False with err filled when the types differ or the way failed. Free it in any case.
 */
bool diff_points(struct session *s, uint64_t a, uint64_t b, struct diff *d, struct error *err);

/*
 * Compares snapshots of two files in the format hmapview/1: the last ones, or what is named as
 * FILE@NUMBER, counted from 1, or as FILE@TITLE. They hold no addresses: a
 * cell stayed when it is in the same bucket and slot of an array of the same size.
 */
bool diff_files(const struct access *access, const char *a, const char *b,
	const struct watcher *watcher, struct diff *d, struct error *err);
void diff_free(struct diff *d);

/*
 * What the command diff chose, or else what a user would expect; *title says of what it is. Kept
 * until the session goes elsewhere or changes; the session's own. NULL on failure.
 */
const struct diff *session_diff(struct session *s, const char **title, struct error *err);

/* Whether the one that was asked for last says all; else err has what it does not, or why
   it failed. */
bool session_diff_whole(const struct session *s, struct error *err);

/* What it says instead of cells when there are too many; false as fail(). */
bool diff_missing(const struct diff *d, struct error *err);
void diff_drop(struct diff_kept *kept);

const char *diff_kind_name(enum diff_kind kind);

struct diff_place diff_locate(const struct diff *d, int side, const struct place *at);

/* The units with differences, in their order, those of old arrays last. Free the list. */
struct diff_unit *diff_units(const struct diff *d, size_t *count);

#endif
