/* SPDX-License-Identifier: MIT */
/*
 * Predict: before a step of the timeline it is asked what the step will do, then that is shown, and
 * why. The questions are each design's own (design.h); every answer is read from what the rules
 * did: the step is done, looked at, and taken back before anybody sees it.
 *
 * Of a command that makes many points those are asked about at which something begins, and the one
 * before each, the first and the last. Lookups, which make no points, have their turn where they
 * were done.
 */
#ifndef TUI_VIEW_QUIZ_H
#define TUI_VIEW_QUIZ_H

#include "model/session/session.h"

struct question {
	struct text asks;          /* a sentence */
	/* One of these answers it, NULL behind the last; or, when NULL: */
	const char *const *words;
	const char *what;          /* a number of these: "bucket"; NULL: of what is asked for, */
	uint64_t least, most;      /* which may be these */
	uint64_t answer;           /* that number, or which of the words */
	struct text because;       /* a sentence: why it is so */
};

enum { QUESTIONS = 6 };
#define QUIZ_ANY UINT64_MAX /* as the most: any number may be answered */

/* What is asked about one step; the session stands before it. */
struct quiz {
	uint64_t point;            /* the step leads on from here; */
	size_t lookup;             /* or it is this lookup there, from 1 on */
	size_t seen;               /* commands whose lookups had their turn */
	struct text label;         /* the step, as one would type it */
	struct question list[QUESTIONS];
	unsigned count;            /* 0: there is nothing to ask about this step */
	/* While it is made: what the step did. */
	const struct map_event *events;
	size_t nevents;
};

void quiz_free(struct quiz *q);

/*
 * Asks about the next step from the present point on that is worth it, and leads the session to
 * before that step; with `here`, about the very next step, which may leave nothing to ask. A quiz
 * that was asked before goes on behind its step. False when no step is left, with err empty; or
 * when a step could not be looked at.
 */
bool quiz_ask(struct session *s, struct quiz *q, bool here, struct error *err);

/* Does the step that was asked about. */
bool quiz_show(struct session *s, const struct quiz *q, struct error *err);

enum quiz_result {
	QUIZ_TOLD,        /* nothing was answered: here it is; */
	QUIZ_RIGHT,
	QUIZ_OTHER,
	QUIZ_UNREADABLE,  /* it can be no answer: asked again */
};

/* What there is to say to what was typed. */
enum quiz_result quiz_answer(const struct question *n, const char *typed, struct text *out);

/* The question, with what may be answered; the answer alone. */
void quiz_put_question(const struct question *n, struct text *out);
void quiz_put_answer(const struct question *n, struct text *out);

/* For the designs. A further question, of words or of a number; they go on from its asks. */
struct question *quiz_words(struct quiz *q, const char *const *words, unsigned answer);
struct question *quiz_number(struct quiz *q, const char *what, uint64_t answer, uint64_t least,
	uint64_t most);
extern const char *const quiz_yes[]; /* no, yes */

/* The last event of a kind, NULL for none; how many there are. */
const struct map_event *quiz_event(const struct quiz *q, unsigned kind);
unsigned quiz_events(const struct quiz *q, unsigned kind);

/* Bits of a number as digits, from bit `from` down, so many. */
void quiz_add_bits(struct text *out, uint64_t value, unsigned from, unsigned count);

#endif
