/* SPDX-License-Identifier: MIT */
/*
 * The prompt: one line of text that is edited, with the lines before it to come back to and
 * words to be completed. What is typed may be any bytes; it is shown, never sent raw. What was
 * searched for and what was run are kept apart: each comes back where it was typed.
 *
 * Its keys are those of a shell: the arrows, Home, End and C-b C-f C-a C-e M-b M-f C-Left C-Right
 * move; Backspace, Delete, C-d, C-w, M-d, C-u, C-k take out and C-y puts in again; Up, Down,
 * C-p, C-n go through the lines before, C-r to the last that has in it what is typed.
 */
#ifndef TUI_SCREEN_PROMPT_H
#define TUI_SCREEN_PROMPT_H

#include "model/base/error.h"
#include "model/base/text.h"
#include "tui/canvas/pane.h"
#include "tui/screen/words.h"
#include "tui/term/event.h"

#define PROMPT_LINE_MOST (64 << 10) /* bytes */

struct prompt {
	bool open;
	struct text line;
	size_t at;             /* the cursor, in bytes: on a character's first one */
	char **history;        /* oldest first, what was searched for behind a /; owned */
	size_t count, cap;
	size_t back;           /* which of them is shown; count for the line being typed */
	char *typed;           /* that line, while another is shown; owned */
	char *cut;             /* what C-y puts in; owned */
	char offer[512];       /* words that may follow, for the line above; "" for none */
	struct error error;    /* why the last try failed; "" for none */
	bool failed;           /* the line was run, and failed: what is typed next is another one */
	char sign;             /* before the line: what is asked for */
};

enum prompt_result { PROMPT_EDITED, PROMPT_DONE, PROMPT_CANCELLED, PROMPT_COMPLETE };

void prompt_free(struct prompt *p);

/* Opens with a line begun: ':' for a command, '/' for a search. */
void prompt_open(struct prompt *p, char sign, const char *begun);
void prompt_close(struct prompt *p);

/* PROMPT_DONE: the line is to be run; it stays until prompt_close(). */
enum prompt_result prompt_key(struct prompt *p, struct key key);

/* The line was run and failed: keys that move or take out mend it, the first letter begins anew. */
void prompt_fail(struct prompt *p, const struct error *err);

/* PROMPT_COMPLETE: types what all the words that fit have in common. */
void prompt_complete(struct prompt *p, const struct words *w);

/* Nothing of a line is typed yet. */
bool prompt_is_new(const struct prompt *p);

/* Control bytes and line ends of what was pasted become blanks; what is too long is refused. */
void prompt_paste(struct prompt *p, const struct paste *paste);

/* Remembers the line; returns it as the history's file has it, NULL when it was the
   last already. */
const char *prompt_remember(struct prompt *p);

/* Remembers a line of the history's file; false when it was the last already. */
bool prompt_recall(struct prompt *p, const char *line);

/* Draws it on one row; *x is where the terminal's cursor belongs. */
void prompt_draw(const struct prompt *p, const struct pane *pane, int *x);

#endif
