/* SPDX-License-Identifier: MIT */
/*
 * A map that was opened, laid out anew under another release: its entries are inserted into a new
 * map there, in no order of note, and the session goes on with that one.
 */
#ifndef MODEL_SESSION_AS_GO_H
#define MODEL_SESSION_AS_GO_H

#include "model/session/session.h"

/*
 * False with err filled, and the session as it was, when the map is none that was opened, or the
 * release refuses it. Elems that cannot be written as literals become zero.
 */
bool session_lay_anew(struct session *s, const char *release, struct error *err);

#endif
