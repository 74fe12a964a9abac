/* SPDX-License-Identifier: MIT */
/*
 * Where the cursor goes when the map changes under it.
 *
 * It follows the steps at first: each one takes it to what it was about. Once the user moves it,
 * it stays instead: with the key it was put on, wherever growth, undo or another
 * target move that key; a key that is deleted is waited for where it was. Put on a slot without
 * a key, it stays with that place. follow() makes it follow again, and so does an insert, a
 * delete or a lookup of a single key of one's own.
 */
#ifndef TUI_VIEW_FOLLOW_H
#define TUI_VIEW_FOLLOW_H

#include "tui/view/look.h"

/* Puts the cursor on what the last step or lookup was about, and lets it follow the steps. */
void follow(struct look *l);

/* The user has put the cursor somewhere: from now on it stays with what is there. */
void follow_not(struct look *l);

/* It follows the next step, without going anywhere now. */
void follow_again(struct look *l);

/* After a step: the cursor follows it, or stays. */
void follow_step(struct look *l);

/* How it is: "follows the steps", "stays with 28", .. */
void follow_words(const struct look *l, struct text *out);

#endif
