/* SPDX-License-Identifier: MIT */
#include "tui/view_hint.h"

#include "model/trial.h"

enum { TRIAL_MOST = 200000 }; /* entries; to fill more takes longer than to read the page */

static const struct {
	const char *name;
	int width;
} columns[] = {
	{ "hint", 9 }, { "B", 4 }, { "buckets", 9 }, { "spare", 7 }, { "overflow", 10 },
	{ "in use", 13 }, { "allocated", 13 }, { "objects", 10 },
};

#define COLUMNS (sizeof columns / sizeof *columns)

static void put_cells(const struct pane *p, int y, enum role role, const char *const cells[COLUMNS])
{
	int x = 0;

	for (size_t i = 0; i < COLUMNS && x + columns[i].width <= p->w; i++) {
		x += columns[i].width;
		pane_right(p, x, y, role, cells[i]);
	}
}

static void put_trial(const struct pane *p, int y, const struct trial *t, bool present)
{
	struct text overflow = { 0 };

	text_printf(&overflow, "%s%s", t->B >= 16 ? "≈" : "", count_text(t->overflow).s);
	put_cells(p, y, present ? ROLE_VALUE : ROLE_TEXT, (const char *const[]){
		t->hint ? count_text(t->hint).s : "none", count_text(t->B).s,
		count_text(t->buckets).s, count_text(t->spare).s, text_str(&overflow),
		count_text(t->in_use.bytes).s, count_text(t->allocated.bytes).s,
		count_text(t->allocated.objects).s,
	});
	text_free(&overflow);
}

int view_hint(const struct session *s, const struct pane *p)
{
	uint64_t entries = s->map.hmap ? map_get(&s->map, HMAP_COUNT) : 0;
	const uint64_t hints[] = { 0, entries, s->hint };
	const char *names[COLUMNS];
	int y = 0;

	if (entries == 0 || entries > TRIAL_MOST || entries > value_variety(s->map.type->key))
		return 0;
	for (size_t i = 0; i < COLUMNS; i++)
		names[i] = columns[i].name;
	pane_printf(p, 0, y++, ROLE_TITLE, "hints, each for a map filled with %s generated keys",
		count_text(entries).s);
	put_cells(p, y++, ROLE_LABEL, names);
	for (size_t i = 0; i < 3; i++) {
		struct trial t;
		struct error unused;

		if (i == 2 && (s->hint == 0 || s->hint == entries))
			continue;
		if (trial_run(s, hints[i], entries, &t, &unused))
			put_trial(p, y++, &t, hints[i] == s->hint);
	}
	return y;
}
