/* SPDX-License-Identifier: MIT */
/*
 * The books of a session (model/figures/books.h): of its map, along its time. They are brought to
 * the present by books_keep(), for those who may move time; who only looks finds the books kept, or
 * has the whole map walked.
 */
#ifndef MODEL_SESSION_BOOKS_H
#define MODEL_SESSION_BOOKS_H

#include "model/figures/books.h"
#include "model/session/session.h"

struct books *books_new(void);
void books_free(struct books *b);

/* Of the present; they are good until the session changes. */
const struct ledger *session_ledger(const struct session *s);
const struct shape *session_shape(const struct session *s);

/*
 * While somebody holds them the map stays as it is, so that what was taken once is good for all
 * that ask, also without a journal, which else says what has changed. May be nested.
 */
void books_hold(const struct session *s);
void books_release(const struct session *s);

/* Brings the books, once they were asked for, to the present. */
void books_keep(struct session *s);

/* How often the whole map or its old array was walked for them: for tests. */
uint64_t books_walks(const struct session *s);

#endif
