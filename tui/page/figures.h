/* SPDX-License-Identifier: MIT */
/*
 * Figures as JSON: what the pages of figures show, for programs. One object: "format", "view",
 * "type", "arch", "go", "op", and the view's own fields. Bytes, objects and counts are numbers;
 * what depends on keys to come has "least" and "most", or a name that begins with "about_". More
 * fields may be added, none is renamed.
 */
#ifndef TUI_PAGE_FIGURES_H
#define TUI_PAGE_FIGURES_H

#include <jansson.h>
#include <stdio.h>

#include "model/session/session.h"

/* Whether a view has figures; false with err filled, which lists those that have. */
bool figures_check(const char *view, struct error *err);
bool figures_write(struct session *s, const char *view, FILE *out, struct error *err);

/* What each puts into the object; false with err filled. */
bool figures_ledger(struct session *s, json_t *to, struct error *err);
bool figures_layout(struct session *s, json_t *to, struct error *err);

#endif
