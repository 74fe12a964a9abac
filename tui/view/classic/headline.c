/* SPDX-License-Identifier: MIT */
/* The header in one line: as many of its fields as there is room for. */
#include <inttypes.h>

#include "model/map/classic/reading.h"
#include "tui/view/classic/classic_design.h"
#include "tui/canvas/wrap.h"

enum { BRIEF_WIDTH = 48 }; /* from here on a growth tells why it began */

/* What a growth under way is: in few words with the buckets that are done, as the top line
   has it. */
static void growth_words(const struct look *l, bool brief, struct text *out)
{
	const struct map *m = &l->session->world.map;
	uint64_t old = UINT64_C(1) << map_old_B(m);

	text_add(out, map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE ? "same-size" : "doubling");
	if (brief)
		text_printf(out, " %" PRIu64, classic_done(l));
	else
		text_printf(out, ": nevacuate %" PRIu64, map_get(m, HMAP_NEVACUATE));
	text_printf(out, "/%" PRIu64, old);
}

/* Whether the line and so many items, parted, fit whole. */
static bool fits(const struct pane *p, const struct text *line, const struct text *a,
	const struct text *b)
{
	return text_width(p->canvas, text_str(line)) + 3 + text_width(p->canvas, text_str(a)) +
		(b ? 3 + text_width(p->canvas, text_str(b)) : 0) <= p->w;
}

/* How far a growth is, and why it began: the first in fewer words where that makes room. */
static bool add_growth(const struct look *l, const struct pane *p, struct text *line)
{
	struct text item = { 0 }, reason = { 0 };
	bool told;

	classic_growth_reason(l, &reason);
	growth_words(l, false, &item);
	if (!fits(p, line, &item, p->w >= BRIEF_WIDTH ? &reason : NULL)) {
		text_clear(&item);
		growth_words(l, true, &item);
	}
	line_item(line, p, text_str(&item));
	told = line_item(line, p, text_str(&reason));
	text_free(&item);
	text_free(&reason);
	return told;
}

bool classic_headline(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->world.map;
	struct text line = { 0 }, item = { 0 };
	char flags[64];
	bool told = true;

	flags_words((unsigned)map_get(m, HMAP_FLAGS), flags);
	text_printf(&line, "count %" PRIu64 " · B %" PRIu64, map_get(m, HMAP_COUNT),
		map_get(m, HMAP_B));
	if (map_growing(m)) {
		told = add_growth(l, p, &line);
	} else {
		if (map_growth_due(m) == GROWTH_SAME_SIZE)
			text_add(&item, "next key: same-size growth");
		else
			text_printf(&item, "doubles in %" PRIu64, map_inserts_left(m) + 1);
		line_item(&line, p, text_str(&item));
		text_clear(&item);
	}
	text_printf(&item, "noverflow %" PRIu64, map_get(m, HMAP_NOVERFLOW));
	line_item(&line, p, text_str(&item));
	line_item(&line, p, flags);
	pane_textn(p, 0, 0, p->w, ROLE_FIELD, text_str(&line));
	text_free(&line);
	text_free(&item);
	return told;
}
