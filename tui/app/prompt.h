/* SPDX-License-Identifier: MIT */
/*
 * The prompt: one line of text that is edited, with the lines before it to come back to and
 * words to be completed. What is typed may be any bytes; it is shown, never sent raw.
 */
#ifndef TUI_APP_PROMPT_H
#define TUI_APP_PROMPT_H

#include "model/base/error.h"
#include "model/base/text.h"
#include "tui/app/complete.h"
#include "tui/canvas/pane.h"
#include "tui/term/event.h"

struct prompt {
	bool open;
	struct text line;
	size_t at;             /* the cursor, in bytes: on a character's first one */
	char **history;        /* oldest first; owned */
	size_t count, cap;
	size_t back;           /* which of them is shown; count for the line being typed */
	char *typed;           /* that line, while another is shown; owned */
	char offer[512];       /* words that may follow, for the line above; "" for none */
	struct error error;    /* why the last try failed; "" for none */
	char sign;             /* before the line: what is asked for */
};

enum prompt_result { PROMPT_EDITED, PROMPT_DONE, PROMPT_CANCELLED, PROMPT_COMPLETE };

void prompt_free(struct prompt *p);

/* Opens with a line begun, and the sign of commands. */
void prompt_open(struct prompt *p, const char *begun);
void prompt_close(struct prompt *p);

/* PROMPT_DONE: the line is to be run; it stays until prompt_close(). */
enum prompt_result prompt_key(struct prompt *p, struct key key);

/* PROMPT_COMPLETE: types what all the words that fit have in common. */
void prompt_complete(struct prompt *p, const struct words *w);

/* Control bytes and line ends of what was pasted become blanks. */
void prompt_paste(struct prompt *p, const struct paste *paste);

/* Remembers the line. */
void prompt_remember(struct prompt *p);

/* Draws it on one row; *x is where the terminal's cursor belongs. */
void prompt_draw(const struct prompt *p, const struct pane *pane, int *x);

#endif
