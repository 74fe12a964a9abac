/* SPDX-License-Identifier: MIT */
/* The views that are figures and nothing else: a sheet each, in a file of its name. */
#ifndef TUI_VIEW_FIGURES_H
#define TUI_VIEW_FIGURES_H

#include "tui/sheet/sheet.h"
#include "tui/view/present.h"

sheet_filler summary_sheet; /* the map in a line for each figure */
sheet_filler ledger_sheet;  /* where the bytes went, what the next growths cost, verdicts, hints */
sheet_filler life_sheet;    /* allocated and in use along the timeline */
sheet_filler shape_sheet;   /* how entries lie in chains, against chance */
sheet_filler check_sheet;   /* whether the memory obeys the laws */
sheet_filler diff_sheet;    /* what is different between two points */
sheet_filler loads_sheet;   /* units passed, bytes and probes by load */
sheet_filler patterns_sheet; /* what keys have in common */
sheet_filler java_sheet; /* Java's HashMap beside the map; */
int java_draw(const struct present *now, const struct pane *p); /* where a key goes in both */
sheet_filler releases_sheet; /* the same operations under each Go release */
sheet_filler quiz_sheet;    /* what is asked along the timeline, with the answers */
sheet_filler beside_sheet;  /* the timeline under two releases at once */
sheet_filler types_sheet;   /* what types cost, for documents: the session's own first */
sheet_filler compare_sheet; /* types beside each other, each with as many entries */
sheet_filler layout_sheet;  /* fields, padding and sizes on two targets */
sheet_filler entries_sheet; /* all entries, sorted by key */

/* The hint calculator: a map's entries with other hints; nothing where none is to be compared. */
void hints_sheet(const struct session *s, struct sheet *out);

/* What make allocates by its hint, and from which hint on it is more: around the map's entries. */
void hint_steps_sheet(const struct session *s, struct sheet *out);

/* What the newest release would take, where none was chosen. */
void newest_sheet(const struct present *now, struct sheet *out);

/* The table of types alone; and the types in it, beside the session's own. */
struct sheet_table *types_table(const struct session *s, struct sheet *out);
unsigned types_usual(const char *const **list);

/* The two side by side; returns the rows they take. Their figures follow below. */
int beside_draw(const struct present *now, const struct pane *p);

/* The lifecycle as a chart; returns the rows it takes. Its figures follow below it. */
int life_chart(const struct present *now, const struct pane *p);

#define COLUMNS(list) (list), sizeof(list) / sizeof *(list)

#endif
