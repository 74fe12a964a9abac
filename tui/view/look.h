/* SPDX-License-Identifier: MIT */
/*
 * How a session is looked at: where the cursor is, what of the arrays is in sight, what the
 * last step changed. Views draw from it and change nothing.
 *
 * There is one cursor. It stands on a byte of a slot or on a unit's link to the next, or, when
 * in_header, on a field of the header. Its place is one of units.h: the array of a side, the unit
 * counted through it. It either follows what the steps are about, or
 * stays: with the key that it was put on, wherever the map moves that key, or with the place
 * where there is no key.
 */
#ifndef TUI_VIEW_LOOK_H
#define TUI_VIEW_LOOK_H

#include "model/map/units.h"
#include "model/session/session.h"
#include "tui/view/arrivals.h"
#include "tui/view/since.h"
#include "tui/view/heats.h"

/* How close one looks; the cursor is the same at each level. */
enum zoom { ZOOM_ATLAS, ZOOM_ROWS, ZOOM_BYTES, ZOOM_SLOT, ZOOMS };

/* What of a unit the cursor stands on; but for its link, its slot's. */
enum part { PART_KEY, PART_ELEM, PART_CONTROL, PART_LINK };

/* Marks on the timeline, kept while it stays the same; see timeline.c. */
struct timeline_marks {
	int width;
	uint64_t total, edition, reach;
	uint8_t *cells; /* width of them; owned */
};

struct look {
	struct session *session;
	struct units units;     /* of the map as it is shown; kept right by look_refresh() */
	enum zoom zoom;
	enum heat_metric metric;
	struct place cursor;    /* cursor.addr is kept right by look_refresh() */
	enum part part;
	uint32_t byte;          /* of that part: 0 .. its size - 1 */
	bool in_header;
	int field;              /* then: a number of the design's, see design.h */
	bool stays;             /* the cursor does not follow the steps; see follow.h */
	char *held;             /* the literal of the key it stays with; NULL without one; owned */
	bool lost;              /* that key is not in the map at present */
	uint64_t moving; /* the unit aside of which some cells are moved, not all; LOOK_NONE */
	uint64_t top[SIDES];    /* the first unit in sight, of each side */
	int bottom[SIDES];      /* rows that are in sight; 0: the side is not drawn */
	int skip; /* its rows above the sight, where the cursor is deep in a long chain */
	int slot_top;           /* rows of the slot's view above its panel */
	bool marked;            /* changes since op `mark` are shown, not the last one's alone */
	uint64_t mark;
	struct changes changes;
	struct since since;     /* of the mark; part of the changes */
	struct arrivals arrivals; /* while a range is shown */
	struct timeline_marks marks;
	struct heats atlas[SIDES], minimap;
	bool explain;           /* the slot under the cursor is explained instead of the story */
	int explain_top;        /* rows of that which were read */
	bool no_cursor;         /* in exports there is none */
	const char *asks;       /* words in the place of captions: a quiz; NULL: none is on */
};

#define LOOK_NONE UINT64_MAX

void look_init(struct look *l, struct session *s);
void look_free(struct look *l);

/* After anything may have changed: the cursor is on something that is there again. */
void look_refresh(struct look *l);

/* Puts the cursor on a slot: on its key's first byte. */
void look_put(struct look *l, struct place at);

/* The same for a place of the rules; false when it is in no array any more. */
bool look_put_seen(struct look *l, const struct place *at);

/* Moves the cursor by slots and by units of the picture; linked ones come one by one. */
void look_move_slot(struct look *l, int by);
void look_move_unit(struct look *l, int64_t by);
void look_move_to(struct look *l, bool aside, uint64_t unit);

/* The byte under the cursor, counted from its unit's start; and the way back, past padding. */
uint32_t look_offset(const struct look *l);
void look_put_offset(struct look *l, uint32_t offset);
void look_move_byte(struct look *l, int by);

/* From one panel to the next: the main side, what is aside, the header. */
void look_next_panel(struct look *l, bool back);

/* Fields that the header has now; and from one to another. */
int look_fields(const struct look *l);
void look_move_field(struct look *l, int by);

/* From a field of the header to what it means; false when it leads nowhere. */
bool look_enter_field(struct look *l);

#endif
