/* SPDX-License-Identifier: MIT */
#include "tui/view/hint.h"

#include "model/session/trial.h"

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

	text_printf(&overflow, "%s%s", t->B >= 16 && !t->about ? "≈" : "",
		count_text(t->overflow).s);
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
	struct trial list[TRIALS];
	unsigned n = trials_make(s, list);
	const char *names[COLUMNS];
	int y = 0;

	if (n == 0)
		return 0;
	for (size_t i = 0; i < COLUMNS; i++)
		names[i] = columns[i].name;
	pane_printf(p, 0, y++, ROLE_TITLE, list[0].about
		? "hints, each for a map filled with %s keys: bytes and overflow about"
		: "hints, each for a map filled with %s generated keys",
		count_text(list[0].entries).s);
	put_cells(p, y++, ROLE_LABEL, names);
	for (unsigned i = 0; i < n; i++)
		put_trial(p, y++, &list[i], list[i].hint == s->world.hint);
	return y;
}
