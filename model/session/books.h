/* SPDX-License-Identifier: MIT */
/*
 * The books of a session: the ledger and the shape of its map, kept up to date as time is
 * stepped through, so that a look at them costs what changed since the last one, however large
 * the map is.
 *
 * Law: they equal ledger_take() and shape_take() at every point. They stand for a position of
 * the journal, its mark. To come from there to the present, the buckets that the records between
 * have bytes of are taken out as they were, by going back in the journal, and put in as they are.
 * That is books_keep(), for those who may move time; who only looks finds the books kept, or has
 * the whole map walked. So it is, too, where nothing is left of the arrays that were there, or too
 * much has changed; where the end of a growth is stepped back over for the first time, its old
 * array is walked.
 */
#ifndef MODEL_SESSION_BOOKS_H
#define MODEL_SESSION_BOOKS_H

#include "model/figures/ledger.h"
#include "model/figures/shape.h"
#include "model/session/session.h"

struct books;

struct books *books_new(void);
void books_free(struct books *b);

/* Of the present; they are good until the session changes. */
const struct ledger *session_ledger(const struct session *s);
const struct shape *session_shape(const struct session *s);

/* Brings the books, once they were asked for, to the present. */
void books_keep(struct session *s);

/* How often the whole map or its old array was walked for them: for tests. */
uint64_t books_walks(const struct session *s);

#endif
