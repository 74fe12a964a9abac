/* SPDX-License-Identifier: MIT */
/* What the files that explain a Swiss map share: explain*.c. */
#ifndef TUI_VIEW_SWISS_EXPLAIN_PARTS_H
#define TUI_VIEW_SWISS_EXPLAIN_PARTS_H

#include "tui/view/explain.h"
#include "tui/view/swiss/swiss_design.h"
#include "tui/view/swiss/table.h"

/* A full table looks for tombstones to prune before it grows: the release, and the key's path. */
bool explain_prunes(const struct map *m);

/* What the next new key does to a table whose growthLeft is 0. */
void explain_full(const struct map *m, uint64_t table, struct text *out);

/* The control byte of the slot under the cursor. */
static inline uint8_t explain_control(const struct look *l)
{
	return *control_at(&l->session->world.map, l->cursor.addr, l->cursor.slot);
}

/* What a lookup compares before it takes a full slot's key for its own. */
const char *explain_lookup_swiss(const struct look *l);

/*
 * The table of the full slot under the cursor is being replaced, was, or takes its place: what that
 * means for its entry. False, and nothing said, where nothing of the kind goes on.
 */
bool explain_replaced(const struct look *l, const struct under *u, struct text *out);

#endif
