/* SPDX-License-Identifier: MIT */
/*
 * A session: one map in its simulated heap, what was done to it, and the way back.
 *
 * The timeline is a list of commands. Running them makes points: one for each map operation,
 * so that `fill 100` makes a hundred. Point 0 is before everything; `now` is the point shown,
 * `total` the last one. Inside the window the journal leads from point to point; any other point
 * is reached by running the commands again (and then lies in a window).
 *
 * A command run at now < total starts a new future: what followed is forgotten.
 * Changing the target, the Go release or the hash runs all commands again.
 */
#ifndef MODEL_SESSION_SESSION_H
#define MODEL_SESSION_SESSION_H

#include <stdio.h>

#include "model/base/access.h"
#include "model/base/work.h"
#include "model/go/declared.h"
#include "model/go/gotype.h"
#include "model/time/timeline.h"
#include "model/time/world.h"

struct session;
struct command;
struct books;
struct lifecycle;
struct loads;
struct releases;
struct twin;
struct newest_kept;
struct diff_kept;
struct checked;
struct comparison;
struct source;
struct capture;

/* What runs depend on: the same commands under the same circumstances make the same bytes. */
struct circumstances {
	const struct target *target;
	const struct release *release;
	uint64_t base;                  /* where the heap begins; 0: where the target has it */
	bool release_chosen;            /* by an option, a command or a file; else the default */
	enum hash_family family;
	bool family_chosen;             /* by a command; else it is the target's own */
	enum hash_family chosen;        /* used where the target has it */
	uint8_t hashkey[HASHKEY_MOST];  /* for the chosen one */
	unsigned hashkey_size;          /* 0: the fixed key */
	uint64_t seed;
	char *first_type;               /* until a `map` command says otherwise; owned */
	uint64_t first_hint;            /* for the map that is made when no `make` came first */
	bool stays;                     /* maps do not escape: map.h */
	struct declared *declared;      /* the types that have names; owned */
	char *anew_of;                  /* a map was laid anew: the name of what it was; owned */
};

/* What of the present is shown: of session_events() all, or only the first. */
struct shown {
	bool inside;                    /* only the first: */
	size_t events;                  /* so many, 1 at least, */
	unsigned slots;                 /* and so many slots that the last of them looks at */
	struct trace probe;             /* of the last lookup, which makes no point */
	char *probe_label;              /* NULL when the last command was no lookup; owned */
};

/* While commands run */
struct runner {
	uint64_t stop;                  /* no step beyond this point */
	uint64_t record_from;           /* the journal starts at this point */
	uint64_t goal;                  /* where many operations lead; 0: not known */
	size_t step_journal;            /* the journal's position before the step under way */
	char *pending;                  /* the command under way, while it has changed nothing */
	bool running;                   /* a command of the timeline is under way */
	bool interrupted;               /* what takes long was given up */
	bool bound;                     /* and may not be: what it changes would be half done */
	bool trial;                     /* of a script: nothing is written */
	unsigned loading;               /* scripts that load each other */
	bool replaying;                 /* on the way to a point; snapshots were taken before */
	bool again;                     /* the timeline is run again, to a point or as a whole */
	bool looks_again;               /* a lookup alone is done again, to be shown */
	uint32_t looked;                /* draws that were given, used by the lookups under way */
	bool forgot_future;             /* the last command forgot what followed */
	const char *says;               /* what the last line, or one of its script, has to say */
	char *wrote; /* the file that the last command wrote; owned; may be NULL */
	char *asks;                     /* the one that it may not replace unasked; likewise */
};

/* What who looks has chosen to see, and figures that are kept as they are asked for. */
struct desk {
	const struct target *layout[2]; /* compared by the view layout; NULL: session_layout() */
	bool diff_chosen;               /* by the command diff: */
	uint64_t diff[2];               /* the points to compare, or else */
	char *diff_files[2];            /* the snapshot files; NULL for points; owned */
	struct access diff_access;      /* of who named them */
	char *diff_folder;              /* of that one; owned; may be NULL */
	bool keep_json;                 /* snapshots keep what -x json writes */
	struct lifecycle *life;         /* of the edition it was taken of: lifecycle.h; owned */
	struct books *books;            /* books.h; owned */
	struct loads *loads;            /* loads.h; owned */
	struct releases *releases;      /* releases.h; owned */
	struct twin *twin;              /* twin.h; owned */
	struct comparison *comparison;  /* comparison.h; owned; NULL: none was asked for */
	struct newest_kept *newest;     /* newest.h; owned */
	struct checked *checked;        /* of the memory as it was then: checked.h; owned */
	struct diff_kept *diff_kept;    /* of what was looked at last: diff.h; owned */
};

/* What others do for the session, and are told. All may be NULL. */
struct hooks {
	/* Told of each step when it is done, in runs again too. */
	void (*watch)(struct session *s, const char *verb, const uint8_t *key, void *data);
	void *watch_data;

	/* Asked now and then by what takes long; true gives it up where it is. */
	struct watcher watcher;

	/* How `export` is done, and what its words say: formats are not the model's business. */
	bool (*export)(struct session *s, const char *args, struct error *err);
	void *export_data;

	/* Whether a file that is there may be replaced by a command that was given now. */
	bool (*replace)(void *data);
	void *replace_data;

	/* How `capture` gets one, which becomes the session's; NULL when no program is looked
	   at. */
	struct capture *(*capture)(void *data, struct error *err);
	void *capture_data;

	/* How `scene` finds and loads one; NULL when there are none to load. */
	bool (*scene)(struct session *s, const char *name, struct error *err);
};

struct session {
	struct circumstances given;
	struct world world;
	struct timeline time;
	struct shown shown;
	struct runner run;
	struct desk desk;
	struct hooks hooks;
	struct access access;           /* for whom commands run: what they may touch */
	struct source *source;          /* the snapshot file that the timeline begins with; owned */
	struct source *opening;         /* one that is read already, for the command open; owned */
};

struct session_options {
	const char *type, *arch, *release; /* NULL: the defaults */
	uint64_t hint, seed;
	bool stays;
	const struct declared *declared; /* types to know; copied; NULL: none */
	bool history;
};

#define SESSION_TYPE "map[int]string"
#define SESSION_ARCH "amd64"
#define SESSION_RELEASE "1.19"
enum { SESSION_SEED = 1 };

bool session_open(struct session *s, const struct session_options *o, struct error *err);
void session_close(struct session *s);

/* What running a line did: who shows it need not read the line again. */
struct session_outcome {
	bool ok;                /* else err says why not, and */
	const char *asks;       /* the file that would have been replaced: see hooks; or NULL */
	uint64_t before;        /* the point that was shown */
	bool forgot_future;     /* what followed that point is gone */
	bool about_key;         /* one key was inserted, deleted or looked up */
	const char *view;       /* shows what the command chose, by the name of views; NULL: none */
	const char *says;       /* what there is to say when it went well; or NULL */
	const char *wrote;      /* the file that was written; or NULL */
};

/*
 * Runs one command line; an empty one or a comment does nothing. The outcome's texts are good until
 * the next one is run.
 */
struct session_outcome session_run(struct session *s, const char *line, struct error *err);

/*
 * Begins a timeline with the snapshots of a file, as the command open does: each is a point. The
 * stream is read to its end, and stays open; errors begin with the path, "-" for standard input.
 */
bool session_open_stream(struct session *s, FILE *in, const char *path, struct error *err);

/*
 * Opens a session that shows snapshot i, from 0, of a file, and nothing else: to look at. The
 * source is borrowed for as long. False with err filled when its memory cannot be made.
 */
bool session_open_snapshot(struct session *s, const struct source *src, size_t i,
	struct error *err);

/* That file's name without its folders; NULL when the timeline begins with none. */
const char *session_file(const struct session *s);

struct source_snapshot;

/* The program and the map that captures are of, "process 4242 · main.users"; NULL for others. */
const char *session_captured(const struct session *s);

/* The snapshot of that file that the present state is; NULL when it is none. */
const struct source_snapshot *session_opened(const struct session *s);

/*
 * Whether the present state is the first snapshot of that file, and so large that its memory is
 * laid anew rather than kept or journaled. Which one of the file that is.
 */
bool session_lays_again(const struct session *s);
size_t session_first_opened(const struct session *s);

/* The first point that there is a map at, when the timeline begins with a file; else 0. */
uint64_t session_first(const struct session *s);

/*
 * Writes the session as a script. Law: run by a fresh session, under whatever options, it leads to
 * the same timeline, position, memory, snapshots and captions.
 */
void session_write(const struct session *s, FILE *out);

/* Forgets everything that was done: another timeline begins. Target, release and seed stay. */
bool session_restart(struct session *s, struct error *err);

/*
 * Makes the map if no command did; or, where that would cost a future, only to be looked at, fails.
 */
bool session_ensure_map(struct session *s, struct error *err);
bool session_ensure_present(struct session *s, struct error *err);

/* The units that the map has, or will have once it is made. */
uint64_t session_units(const struct session *s);

/* Shows point p, 0..total. */
bool session_goto(struct session *s, uint64_t p, struct error *err);

/*
 * The next landmark or caption from the present on, or the one before it; when there is none the
 * end, or the beginning. Where they are not all known yet everything is run again.
 */
bool session_landmark(struct session *s, bool forth, uint64_t *found, struct error *err);

/* What types are read by, here and now. */
struct gotype_scope session_scope(const struct session *s);

/* Other circumstances: everything is run again. On failure all stays as it was. */
bool session_set_arch(struct session *s, const char *name, struct error *err);
bool session_set_release(struct session *s, const char *name, struct error *err);
bool session_set_seed(struct session *s, uint64_t seed, struct error *err);
bool session_set_hint(struct session *s, uint64_t hint, struct error *err); /* the first map's */
bool session_set_stays(struct session *s, bool stays, struct error *err);
bool session_declare(struct session *s, struct declared *all, struct error *err); /* taken */
bool session_set_hash(struct session *s, enum hash_family family, const uint8_t *key,
	unsigned size, struct error *err);

/* The point shown, when it is in the window: what was done and its events. */
const struct point *session_point(const struct session *s);
const struct map_event *session_trace(const struct session *s, size_t *count);

/*
 * The targets that the view layout compares: what `layout` chose, else 0 the session's own and
 * 1 that with the other word size, amd64 or 386.
 */
const struct target *session_layout(const struct session *s, int i);

/* The words for the point shown; NULL when there are none. */
const char *session_caption(const struct session *s);

/* The view that shows what it speaks of, where it was just said; NULL for the usual picture. */
const char *session_caption_view(const struct session *s);

/* The same without what a snapshot file's title adds. */
const char *session_words(const struct session *s);

/* Writes the snapshots that were taken, or else the present state: see model/source/snapshot.h. */
bool session_write_snapshots(const struct session *s, FILE *out, struct error *err);

/* The events of what is shown: of the last lookup, or else of session_trace(). */
const struct map_event *session_events(const struct session *s, size_t *count);

/*
 * One event or slot forth or back, inside operations and the lookup that followed the last one, and
 * from one operation to the next where the events end. False at the end of time. session_whole()
 * shows the operation done again; whatever runs or goes somewhere else does that first.
 */
bool session_step_event(struct session *s, bool forth, struct error *err);

/* Shows the operation that led to the present point after so many of its steps, 1..all. */
bool session_goto_event(struct session *s, uint64_t events, struct error *err);
void session_whole(struct session *s);

/*
 * Lookups are on the timeline but make no points. One may be done again at the point where it was
 * done, while that is shown: what it found is then shown as if it had just come.
 */
bool session_is_lookup(const struct entry *e);
bool session_look_again(struct session *s, const struct entry *e, struct error *err);

/* The number of the step that is shown, of *total; both 0 when the events are not known. */
size_t session_step(const struct session *s, size_t *total);

/* To that step, 1..total, of what is shown. */
void session_goto_step(struct session *s, size_t step);

/* The memory is that of an operation half done. */
static inline bool session_half_done(const struct session *s)
{
	return s->shown.inside && !s->shown.probe_label;
}

/* For the implementations of commands */

/*
 * Before the first change that a command makes: what followed is forgotten, and the command
 * joins the timeline. A command that fails before this has changed nothing at all.
 */
void session_change(struct session *s);
/*
 * Around the writing of a file: whether it may be written, and replaced where one is there
 * already; and that it was written. A file that is NULL is standard output.
 */
bool session_may_write(struct session *s, const char *file, struct error *err);
/*
 * The file that a command names to be written, where it lies: takes the name and gives back what
 * is to be freed, NULL for standard output, which is "-". False where that is the screen.
 */
bool session_out_file(struct session *s, char **file, struct error *err);
void session_wrote(struct session *s, const char *file);
/* Before each operation: false when the run stops here. */
bool step_begin(struct session *s);
/* After it: makes the point. `verb` and the key (may be NULL) make its label. */
void step_end(struct session *s, const char *verb, const uint8_t *key, const uint8_t *elem);
/* `steps` operations are to come: when they are many, only the last ones are journaled. */
void step_bulk(struct session *s, uint64_t steps);

/* Remembers the present state under that title, which it takes. */
struct snapshot *session_remember(struct session *s, char *title);

/* The present is about to change: what was remembered of it and is not kept yet is. */
void session_keep_due(struct session *s);

/* The caption of the present point, which takes the words. */
struct caption *session_set_caption(struct session *s, char *text);

/* Fails when the timeline begins with snapshots, which have been made under one target only. */
bool session_may_change(const struct session *s, struct error *err);

/* The map type in force; types are made as the timeline is run. */
bool session_set_type(struct session *s, const char *text, struct error *err);

/* Tells who watches how far the run is; whether it is given up. */
bool session_stops(struct session *s);

/* Between the files of the session: session.c, timeline.c, command.c, open.c */
bool session_run_as(struct session *s, const char *line, struct error *err); /* plain errors */
void session_forget_all(struct session *s); /* of the timeline; session_reset() comes next */
void session_forget_source(struct session *s);

/* aside.c: what is not on the timeline, and yet took snapshots and captions */
void aside_remark(struct session *s, const char *text);
void aside_future(struct session *s, const struct future *f);
void aside_again(struct session *s, size_t entry); /* all of a command was run again; 0: none yet */
void aside_line(const struct entry *e, struct text *out);
const char *behind_first(const char *text); /* "first N" in it; the line itself where none is */
/* Run again, the command means this from `args` on; takes it. */
void aside_tell(struct session *s, const char *args, char *instead);
bool session_reset(struct session *s, struct error *err);
void session_add_entry(struct session *s, struct entry e);
void session_record(struct session *s, bool on);
void session_forget_points(struct session *s, size_t from);
bool session_rerun(struct session *s, uint64_t stop, uint64_t record_from, struct error *err);
bool session_replay(struct session *s, uint64_t p, struct error *err);
bool session_run_again(struct session *s, struct error *err); /* as it is, to its end */
void session_forget_snapshots(struct session *s);
void caption_free(struct caption *c);
void session_forget_captions(struct session *s, uint64_t from); /* from that point on */
void session_forget_probe(struct session *s);

/* future.c: what a new future costs, and how that is put back when its command fails */
void session_forget_future(struct session *s);
bool session_restore_future(struct session *s); /* false: there was none to put back */
void session_drop_future(struct session *s);
void session_add_remark(struct session *s, const char *text);
void session_run_remarks(struct session *s, bool entry_over);
void session_forget_remarks(struct session *s);

#endif
