/* SPDX-License-Identifier: MIT */
/*
 * The timeline: commands, the points that they make, and what was remembered on the way. Point 0
 * is before everything; `now` is the point shown, `total` the last one. Inside the window the
 * journal leads from point to point.
 */
#ifndef MODEL_TIME_TIMELINE_H
#define MODEL_TIME_TIMELINE_H

#include <string.h>

#include "model/base/mem.h"
#include "model/map/event.h"
#include "model/time/landmarks.h"

struct kept_snapshot;

/* A command of the timeline. */
struct entry {
	char *text;             /* as typed, without comment; owned */
	char *told;             /* run again, it came to this, where that is another; owned */
	uint64_t first, steps;  /* the point before it, and how many points it made */
	bool cut;               /* its later steps were forgotten: run only so many again */
	char *aside;            /* see aside.c; owned; NULL: none. Before it, the command made: */
	uint64_t extent;        /* so many steps, */
	bool extent_cut;        /* which were not all */
};

/* The command in one line, without the keys that it holds; to be freed. */
static inline char *entry_words(const struct entry *e)
{
	return xstrndup(e->text, strcspn(e->text, "\n"));
}

/* A point inside the window. */
struct point {
	char *label;            /* what was done, as a command for this one operation; owned */
	size_t journal;         /* the journal's position before it */
	size_t trace;           /* its events end here; they begin where the point before ends */
	uint32_t entry;         /* index of the command that made it */
};

/* The points that the journal leads to, with the events that led to them. */
struct window {
	uint64_t start, end;
	struct point *points;           /* of start + 1 .. end */
	size_t npoints, points_cap;
	struct trace trace;             /* of those points */
};

/* A remembered state. */
struct snapshot {
	char *title;            /* owned */
	struct kept_snapshot *kept; /* the state then; owned; NULL when not kept: see keep_json */
	bool due;               /* it is the present still, and to be kept before that changes */
	uint64_t point;
	bool opened;            /* it stood in the file that the timeline begins with */
};

/*
 * A snapshot or a caption that was taken at a point of the past: no command of the timeline, but
 * whenever all is run again it is taken again.
 */
struct remark {
	char *text;             /* the command; owned */
	size_t entry;           /* the command that led to its point, from 1 on; 0: the beginning */
	uint64_t steps;         /* of that command, done by then; UINT64_MAX: all, however many */
};

/* Words for those who step through; they are shown from their point on, until others follow. */
struct caption {
	char *text;             /* owned; "" shows none */
	size_t own;             /* where in it the words begin: a snapshot's title may precede */
	char *view;             /* what a picture at its point shows; owned; NULL: the usual one */
	size_t entries; /* commands before it: a lookup among them may be what it is about */
	bool here;              /* at its own point only */
	uint64_t point;
};

/* What followed the present, for as long as the command that forgot it may fail. */
struct future {
	struct entry *entries;
	size_t nentries;
	struct caption *captions;
	size_t ncaptions;
	struct remark *remarks;
	size_t nremarks;
	struct landmarks landmarks;
	uint64_t now, total;
	size_t kept;            /* commands before it */
	uint64_t steps; /* of the command that the present lies in; and whether it was cut */
	bool cut;
};

struct timeline {
	struct entry *entries;
	size_t nentries, entries_cap;
	char *aside;                    /* before the first command, as in entries; owned */
	uint64_t now, total;
	struct window window;
	struct landmarks landmarks;     /* kept where history is */
	bool history;                   /* keep a journal at all */
	uint64_t edition;               /* grows with each change of the timeline */
	struct snapshot *snapshots;
	size_t nsnapshots, snapshots_cap;
	struct caption *captions;       /* by points, at most one each */
	size_t ncaptions, captions_cap;
	struct remark *remarks;
	size_t nremarks, remarks_cap;
	struct future *future;          /* what the command under way forgot; owned */
};

#endif
