/* SPDX-License-Identifier: MIT */
/*
 * The timeline under two releases at once: beside the session stands its twin, in which all of the
 * timeline was run under another release, at the point that belongs to the one that is shown. An
 * operation here is the same operation there, with the same key; what makes points here only
 * is nothing there: the twin waits at the point before.
 */
#ifndef MODEL_SESSION_TWIN_H
#define MODEL_SESSION_TWIN_H

#include "model/session/session.h"

/* The release of the twin: the one chosen, else one whose maps are of the other design. */
const struct release *session_twin_release(const struct session *s);
const char *session_twin_chosen(const struct session *s); /* NULL: nobody chose */
bool session_set_twin(struct session *s, const char *release, struct error *err);

/*
 * The twin, where the session stands; the session's own, until that changes. It is made anew where
 * the timeline has become another. NULL with err filled when it cannot be run there, or was given
 * up.
 */
struct session *session_twin(struct session *s, struct error *err);

/* Whether the operation that is shown makes no point there: the twin stands at the one before. */
bool session_twin_waits(const struct session *s);

void twin_drop(struct twin *t);

#endif
