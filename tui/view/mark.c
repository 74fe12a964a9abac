/* SPDX-License-Identifier: MIT */
#include "tui/view/mark.h"

#include "model/map/classic/layout.h"
#include "model/map/classic/reading.h"

const struct mark marks[MARKS] = {
	[MARK_LIVE] = { "a live cell, by its tophash", "live", "live, by its tophash",
		"live", NULL, U'█', ROLE_TOPHASH },
	[MARK_REST] = { "free, and so is all behind it (emptyRest 00)", "free, and all behind it (emptyRest)",
		"free, and all behind it",
		"free", "· ", U'░', ROLE_EMPTY_REST },
	[MARK_DELETED] = { "deleted, more may follow (emptyOne 01)", "deleted (emptyOne)", "deleted: a tombstone",
		"dead", "╳ ", U'╳', ROLE_TOMBSTONE },
	[MARK_X] = { "moved to the same index (evacuatedX 02)", "moved to X", "moved to the same index",
		"to X", "▸X", U'▸', ROLE_EVACUATED_X },
	[MARK_Y] = { "moved to the upper half (evacuatedY 03)", "moved to Y", "moved to the upper half",
		"to Y", "▸Y", U'▴', ROLE_EVACUATED_Y },
	[MARK_GONE] = { "was free when evacuated (04)", "was free when evacuated", "was free when moved",
		"free", "▸·", U'·', ROLE_EVACUATED_EMPTY },
};

enum mark_id mark_of(uint8_t tophash)
{
	switch (tophash) {
	case EMPTY_REST:
		return MARK_REST;
	case EMPTY_ONE:
		return MARK_DELETED;
	case EVACUATED_X:
		return MARK_X;
	case EVACUATED_Y:
		return MARK_Y;
	case EVACUATED_EMPTY:
		return MARK_GONE;
	default:
		return MARK_LIVE;
	}
}

void mark_put(const struct pane *p, int x, int y, uint8_t tophash)
{
	const struct mark *m = &marks[mark_of(tophash)];

	if (m->glyph)
		pane_text(p, x, y, m->role, m->glyph);
	else
		pane_hex(p, x, y, m->role, tophash);
}

void mark_put_words(const struct pane *p, int x, int y, enum role role, uint8_t tophash)
{
	const struct mark *m = &marks[mark_of(tophash)];
	const char *words[] = { m->brief, m->briefest, m->word };
	size_t i = 0;

	while (i < 2 && text_width(p->canvas, words[i]) > p->w - x)
		i++;
	pane_textn(p, x, y, p->w - x, role, words[i]);
}

void mark_put_bar(const struct pane *p, int x, int y, uint8_t tophash)
{
	const struct mark *m = &marks[mark_of(tophash)];

	pane_put(p, x, y, m->role, m->bar);
}
