/* SPDX-License-Identifier: MIT */
/* The state as JSON: format "hmapview/1". */
#ifndef MODEL_SOURCE_SNAPSHOT_H
#define MODEL_SOURCE_SNAPSHOT_H

#include <stdio.h>

#include "model/session/session.h"

/* The present state as one JSON object, as it stands in the list of snapshots. Free it. */
char *snapshot_json(const struct session *s, const char *title);

/* Writes the whole document: every snapshot taken, or the present state when there is none. */
bool snapshot_write(const struct session *s, FILE *out, struct error *err);

#endif
