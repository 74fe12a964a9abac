/* SPDX-License-Identifier: MIT */
/* The Swiss map on the screen: the functions of its row, each as tui/view/design.h asks for it. */
#ifndef TUI_VIEW_SWISS_SWISS_DESIGN_H
#define TUI_VIEW_SWISS_SWISS_DESIGN_H

#include "tui/view/design.h"

extern const struct design swiss_design;

/* units.c */
extern const struct units_design swiss_units_design;
extern const struct own swiss_own[];

/* header.c, enter.c, headline.c: Map, the table that the cursor is in, the directory around it */
int swiss_fields_shown(const struct look *l);
extern const struct header_design swiss_header;
bool swiss_headline(const struct look *l, const struct pane *p);
int swiss_load(const struct look *l, const struct pane *p);
void swiss_growing(const struct look *l, struct text *out);
void swiss_growth_reason(const struct look *l, struct text *out);

/* summary.c, follow.c, hash.c */
extern const struct event_design swiss_events;
void swiss_summary(const struct summary *r, const struct session *s);
int swiss_hash_shown(const struct look *l, const struct pane *p, int y);

/* explain*.c */
void swiss_explain_field(const struct look *l, struct text *out);
void swiss_explain_unit(const struct look *l, struct text *out);
void swiss_explain_byte(const struct look *l, struct text *out);
void swiss_explain_slot(const struct look *l, struct text *out);

/* story*.c */
void swiss_story_first(const struct session *s, const struct map_event *list, size_t n,
	enum brevity brevity, struct text *out);
void swiss_story_below(const struct session *s, const struct map_event *list, size_t n,
	enum story_detail detail, struct story *st);
story_of_step swiss_story_step;
extern const struct range_design swiss_range_story;

/* quiz.c */
extern const struct quiz_design swiss_quiz;

#endif
