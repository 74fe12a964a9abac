/* SPDX-License-Identifier: MIT */
/*
 * Finding: a key by its literal; an elem, by =LITERAL or where the literal can be no key; a unit by
 * its number (@12 or #12; old@12 of the old array; @2:5 of a table), the second that is linked to
 * it (@12+2), a slot of it (@12.7, @12+2.7); whatever lies at an address (0xc000012040); or a
 * state, by a word of find_word().
 */
#ifndef TUI_VIEW_FIND_H
#define TUI_VIEW_FIND_H

#include "tui/view/look.h"
#include "tui/view/seek.h"

/* Moves the cursor to the next match behind it, or before it with `back`; FOUND_NOT with err. */
enum found find_next(struct look *l, const char *what, bool back, struct error *err);

/* Moves the cursor to that key; false with err when it is no literal of one, or not there. */
bool find_key(struct look *l, const char *literal, struct error *err);

/* A word for a state, and what it finds; without a match it begins what is found in other ways. */
struct find_word {
	const char *word, *finds;
	struct seeker seeker;
};

/* The last unit of a chain that is as long as any; its target is found out first. */
unsigned seek_deep(const struct seeker *k, const struct map *m, const struct place *at);

/* Word i for a state, or what else may begin a search, and what it finds; NULL after the last. */
const char *find_word(const struct map *m, unsigned i, const char **finds);

#endif
