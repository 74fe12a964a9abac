/* SPDX-License-Identifier: MIT */
/*
 * One design of Go's map on the screen, as a row of functions: what is drawn and said of it alone.
 * Generic views call the row of the map at hand. The rows stand in tui/view/classic, .., their
 * table in tui/views/designs.c, which alone knows them all.
 */
#ifndef TUI_VIEW_DESIGN_H
#define TUI_VIEW_DESIGN_H

#include "model/map/engine.h"
#include "tui/canvas/pane.h"
#include "tui/view/look.h"
#include "tui/view/mark.h"
#include "tui/view/own.h"
#include "tui/view/seek.h"
#include "tui/view/story.h"
#include "tui/view/summary.h"

struct column; /* tui/sheet/sheet.h */
struct quiz;   /* tui/view/quiz.h */

/* What is said at a unit's row of a growth under way. */
struct unit_note {
	struct text *out;
	enum role role;
	char32_t sign;      /* where there is no room for words */
};

/* Those that may be NULL say so. */

struct units_words {
	const char *aside;          /* before a unit that is aside, where it is looked for */
	const char *link;           /* the name of the link's field; NULL without links */
	const char *linked_unit;    /* what one is that is linked to another; likewise */
	const char *none;           /* said where there is no unit yet */
	const char *landmarks;      /* the marks on the bar of time, for its legend */
	const struct find_word *find; /* what can be looked for; find.h. Ends with a NULL word */
};

/* What a growth has to do with them. */
struct units_growth {
	/* The units of the other side that belong to the cursor's; how many, at most 2. NULL:
	   none do. */
	unsigned (*partners)(const struct look *l, uint64_t partners[2]);
	/* The unit that the side without the cursor is to show. */
	uint64_t (*beside)(const struct look *l);
	/* The unit aside that a growth has come to; NULL: the first. */
	uint64_t (*front)(const struct look *l);
	/* The units aside that a range of the main side's comes from; `to` may come before
	   `from`. */
	void (*sources)(const struct units *u, uint64_t *from, uint64_t *to);
	/* What it makes of a unit, so that equal numbers look alike; the lowest bit: it is done.
	   NULL: nothing that lasts. */
	unsigned (*state)(const struct units *u, bool aside, uint64_t unit);
};

/* What its entries' searches go past before they come to a unit, at most. */
struct units_reach {
	/* NULL: they go along chains of linked units, and these are counted. */
	unsigned (*of)(const struct units *u, bool aside, uint64_t unit);
	const char *name, *none;    /* of that, or of chains, in the atlas */
};

/* What the header's fields have to do with them. */
struct units_fields {
	/* Whether the field under the cursor speaks of a row, or of a slot (not -1) in it. */
	bool (*linked)(const struct look *l, const struct place *at, int slot);
	/* Words for the main side's lower edge, in full and in brief; whether a field speaks of
	   them. NULL: there are none. */
	bool (*edge)(const struct look *l, bool brief, struct text *out);
	/* The header's counts in a few rows; returns how many. */
	int (*counts)(const struct look *l, const struct pane *p);
	/* The field that an address is in; -1: none. */
	int (*at)(const struct look *l, uint64_t addr);
};

/* A list of them as figures: how each is named, what is counted in it, its bytes. */
struct units_sheet {
	const struct column *columns;
	unsigned count;
};

struct units_design {
	const struct marks *marks;
	struct units_words words;
	struct units_sheet sheet;
	void (*title)(const struct look *l, bool aside, bool wide, struct text *out);
	/* What a side is called while there are both: "old". */
	const char *(*side)(const struct units *u, bool aside);
	/* A row above the first unit of each array, of a side that has more than one; NULL:
	   none. */
	void (*heading)(const struct look *l, bool aside, const struct unit_array *a,
		struct text *out);
	/* Of the columns so many are left; NULL: nothing is said. */
	void (*note)(const struct look *l, const struct place *at, int room, struct unit_note *n);
	/* A key that no lookup finds, as an operation is half done; NULL: there are none. */
	bool (*find_half)(const struct units *u, const uint8_t *key, struct place *where);
	struct units_growth growth;
	struct units_reach reach;
	struct units_fields fields;
};

/* The header: a panel, one line, the load. Its fields have numbers from 0 on, as they stand. */
struct header_design {
	void (*title)(const struct look *l, struct text *out);
	int (*draw)(const struct look *l, const struct pane *p); /* returns the rows it takes */
	/* In one line, where it has no panel; whether it could say why a growth began. */
	bool (*line)(const struct look *l, const struct pane *p);
	/* Load and when the next growth comes; returns the rows. */
	int (*load)(const struct look *l, const struct pane *p);
	int (*fields)(const struct look *l);                   /* how many there are now */
	int (*row)(const struct look *l, int field);           /* where one is drawn; -1: nowhere */
	int (*instead)(const struct look *l);                  /* of one that is there no more */
	bool (*enter)(struct look *l);                         /* look_enter_field() */
};

/* A growth under way; nothing where there is none. */
struct growth_design {
	void (*words)(const struct look *l, struct text *out); /* for the top line, */
	void (*reason)(const struct look *l, struct text *out); /* and why it began */
};

/* What is under the cursor: explain.h. There is a map. */
struct explain_design {
	void (*field)(const struct look *l, struct text *out);
	void (*unit)(const struct look *l, struct text *out);
	void (*byte)(const struct look *l, struct text *out);
	void (*slot)(const struct look *l, struct text *out);
};

/* What a range did: story_range.c. */
struct range_design {
	void (*note)(struct range_walk *w, const struct map_event *e); /* what the event comes to */
	void (*start)(struct text *out, const struct session *s, const struct map_event *begin);
	void (*again)(struct text *out, const struct range_walk *w); /* of what is gone or waited */
	const char *left;   /* what a loop that is left at once does */
	/* Of a map of one array: the first entry of a range that begins lay where it starts. */
	bool (*at_start)(const struct map *m, const struct map_event *list, size_t n);
};

/* What an operation did, by its n events: story.h. */
struct story_design {
	void (*first)(const struct session *s, const struct map_event *list, size_t n,
		enum brevity brevity, struct text *out);
	void (*below)(const struct session *s, const struct map_event *list, size_t n,
		enum story_detail detail, struct story *st);
	story_of_step *step;
};

/* Events on the screen. */
struct event_design {
	/* Where an event of its own kinds was, as rules number it; false where it was nowhere. */
	bool (*place)(const struct map_event *e, struct place *at);
	/* What one of its own kinds is: moments, or-ed. How many of the list have happened when
	   what event number `event` tells of, counted from 1, can be seen. */
	unsigned (*moment)(const struct map_event *e);
	size_t (*seen_after)(const struct map_event *list, size_t n, size_t event);
	/* The unit of which some cells have moved, and more are to; LOOK_NONE. */
	uint64_t (*moving)(const struct look *l);
};

/* What is asked about a step, by what it did: quiz.h. */
struct quiz_design {
	void (*make)(const struct map *m, struct quiz *q, const struct map_event *make);
	void (*lookup)(const struct map *m, struct quiz *q);
	void (*write)(const struct map *m, struct quiz *q, const struct map_event *write);
	void (*delete)(const struct map *m, struct quiz *q, const struct map_event *gone);
	void (*clear)(const struct map *m, struct quiz *q);
	void (*moved)(const struct map *m, struct quiz *q); /* of any of these; last */
};

/* What an event is to one who stops at some of them. */
enum moment {
	MOMENT_GROWTH = 1,   /* a growth starts, has come on, or is over */
	MOMENT_LANDMARK = 2, /* something begins here */
	MOMENT_SLOT = 4,     /* what it is about is one slot */
};

struct design {
	const struct units_design *units;
	const struct own *own;      /* what help says otherwise; NULL: nothing */
	const struct header_design *header;
	const struct event_design *events;
	struct growth_design growth;
	struct explain_design explain;
	struct story_design story;
	const struct range_design *range;
	const struct quiz_design *quiz;

	/* Rows of the summary: what stands between the target and the memory. */
	void (*summary)(const struct summary *r, const struct session *s);
	/* The hash of the live key under the cursor, from row y on. Returns the rows. */
	int (*hash)(const struct look *l, const struct pane *p, int y);
};

/* The row of a map's design, and row i, NULL past the last: in tui/views/designs.c. */
const struct design *design_of(const struct map *m);
const struct design *design_at(unsigned i);

static inline const struct design *look_design(const struct look *l)
{
	return design_of(&l->session->world.map);
}

static inline const struct marks *look_marks(const struct look *l)
{
	return look_design(l)->units->marks;
}

/* What its units are called, and their control bytes. */
static inline const char *look_unit_word(const struct look *l)
{
	return l->session->world.map.type->engine->words.unit;
}

static inline const char *look_control_word(const struct look *l)
{
	return l->session->world.map.type->engine->words.control;
}

/* A place of look's in words, without its link: "old bucket 3", "table 2, group 5"; as it is looked
   for, without its slot: "old@3+1", "@2:5". */
void place_words(const struct units *u, const struct place *at, struct text *out);
void place_literal(const struct units *u, const struct place *at, struct text *out);

/* The key or elem of a live slot as Go has it; of strings so many bytes at most, 0: all. */
void slot_add_value(const struct map *m, uint64_t addr, unsigned slot, bool elem, size_t most,
	struct text *out);

#endif
