/* SPDX-License-Identifier: MIT */
/* The verdicts (model/figures/verdict.h) on a session's map. */
#ifndef MODEL_SESSION_VERDICT_H
#define MODEL_SESSION_VERDICT_H

#include "model/figures/verdict.h"
#include "model/session/session.h"

/* From the ledger of the moment. Free with verdicts_free(). */
void verdicts_find(const struct session *s, const struct ledger *l, struct verdicts *v);

#endif
