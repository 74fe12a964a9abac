/* SPDX-License-Identifier: MIT */
/* The classic map on the screen: the functions of its row, each as tui/view/design.h asks
   for it. */
#ifndef TUI_VIEW_CLASSIC_CLASSIC_DESIGN_H
#define TUI_VIEW_CLASSIC_CLASSIC_DESIGN_H

#include "tui/view/design.h"

extern const struct design classic_design;

/* units.c; buckets of an array, 0 when there is none; the address of one of a chain, or 0 */
extern const struct units_design classic_units_design;
uint64_t classic_buckets(const struct map *m, bool old);
uint64_t classic_bucket(const struct map *m, bool old, uint64_t bucket, uint32_t link);

/* header.c, headline.c: hmap and mapextra */
extern const struct header_design classic_header;
bool classic_headline(const struct look *l, const struct pane *p);
void classic_growing(const struct look *l, struct text *out);
void classic_growth_reason(const struct look *l, struct text *out);

/* Of a growth: old buckets that are evacuated, the one under way not among them. */
uint64_t classic_done(const struct look *l);

/* summary.c, follow.c, hash.c */
extern const struct event_design classic_events;
void classic_summary(const struct summary *r, const struct session *s);
int classic_hash(const struct look *l, const struct pane *p, int y);

/* explain*.c */
void classic_explain_field(const struct look *l, struct text *out);
void classic_explain_unit(const struct look *l, struct text *out);
void classic_explain_byte(const struct look *l, struct text *out);
void classic_explain_slot(const struct look *l, struct text *out);

/* story*.c; how many cells an old bucket gave up, in full: "3 cells to X, 1 to Y" */
struct classic_evacuated;
void classic_story_moved(const struct classic_evacuated *n, enum brevity brevity,
	struct text *out);
void classic_story_first(const struct session *s, const struct map_event *list, size_t n,
	enum brevity brevity, struct text *out);
void classic_story_below(const struct session *s, const struct map_event *list, size_t n,
	enum story_detail detail, struct story *st);
story_of_step classic_story_step;
extern const struct range_design classic_range_story;

/* quiz.c */
extern const struct quiz_design classic_quiz;

#endif
