/* SPDX-License-Identifier: MIT */
/* The header in one line, the load in two, a growth that is half shown in a few words. */
#include <inttypes.h>

#include "tui/view/swiss/header_parts.h"
#include "tui/canvas/wrap.h"
#include "tui/view/view.h"

enum { BAR = 12 };

void swiss_growing(const struct look *l, struct text *out)
{
	struct half h = growth_half(l->session);

	if (h.on)
		text_printf(out, "%s %u/%u", h.splits ? "splitting" : "growing", h.moved, h.all);
}

void swiss_growth_reason(const struct look *l, struct text *out)
{
	struct half h = growth_half(l->session);

	if (h.on && h.from == SLOTS)
		text_add(out, "began: the group was full");
	else if (h.on)
		text_add(out, "began: growthLeft was 0");
}

/* What the table's next new keys do: in fewer words where they do not fit. */
static void add_left(const struct map *m, const struct under *u, bool brief, struct text *out)
{
	unsigned capacity = (unsigned)table_get(m, u->groups.table, TABLE_CAPACITY);
	unsigned left = (unsigned)table_get(m, u->groups.table, TABLE_GROWTH_LEFT);
	unsigned dead = table_tombstones(m, u->groups.table);
	const char *what = capacity == TABLE_SLOTS_MOST ? "splits" : "grows";

	if (left && brief)
		text_printf(out, "%s in %u", what, left + 1);
	else if (left)
		text_printf(out, "%u more until it %s", left, what);
	else if (dead)
		text_printf(out, brief ? "full, %u dead" : "full, %u of it tombstones", dead);
	else
		text_printf(out, brief ? "full" : "the next new key %s it",
			capacity == TABLE_SLOTS_MOST ? "splits" : "doubles");
}

static void add_left_small(const struct map *m, bool brief, struct text *out)
{
	uint64_t used = swiss_get(m, SWISS_USED);

	if (brief)
		text_printf(out, "a table in %" PRIu64, SMALL_MOST - used + 1);
	else if (used < SMALL_MOST)
		text_printf(out, "%" PRIu64 " more until it gets a table", SMALL_MOST - used);
	else
		text_add(out, "the next new key makes a table");
}

static void put_half(const struct half *h, const struct pane *p)
{
	struct text words = { 0 };

	put_load_bar(p, 0, 0, BAR, h->moved, h->all);
	pane_printf(p, BAR + 1, 0, ROLE_VALUE, "%u of %u moved", h->moved, h->all);
	if (h->splits)
		text_printf(&words, "table %u splits by bit %u", h->number, h->bit);
	else if (h->old)
		text_printf(&words, "table %u grows: %u to %u slots", h->number, h->from, h->to);
	else
		text_printf(&words, "%u slots become a table of %u", h->from, h->to);
	pane_textn(p, 0, 1, p->w, ROLE_GROWTH, text_str(&words));
	text_free(&words);
}

int swiss_load(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->world.map;
	struct half h = growth_half(l->session);
	struct under u = table_under(l);
	struct text words = { 0 };
	uint64_t used = swiss_get(m, SWISS_USED);
	unsigned most = SMALL_MOST;

	if (h.on) {
		put_half(&h, p);
		return 2;
	}
	if (u.groups.table) {
		used = table_get(m, u.groups.table, TABLE_USED);
		most = table_most((unsigned)table_get(m, u.groups.table, TABLE_CAPACITY));
		add_left(m, &u, false, &words);
	} else {
		add_left_small(m, false, &words);
	}
	put_load_bar(p, 0, 0, BAR, used, most);
	put_load(p, BAR + 1, "entries", "%" PRIu64 " of %u", used, most);
	pane_textn(p, 0, 1, p->w, ROLE_TEXT, text_str(&words));
	text_free(&words);
	return 2;
}

/* Whole words where they fit, else the few; whether either did. */
static bool add_fitting(struct text *line, const struct pane *p, struct text words[2])
{
	bool told = line_item(line, p, text_str(&words[0])) ||
		line_item(line, p, text_str(&words[1]));

	text_free(&words[0]);
	text_free(&words[1]);
	return told;
}

static void half_words(const struct half *h, struct text words[2])
{
	text_printf(&words[1], "%s %u/%u", h->splits ? "splits" : "grows", h->moved, h->all);
	if (h->splits)
		text_printf(
			&words[0], "table %u splits: %u of %u moved", h->number, h->moved, h->all);
	else if (h->old)
		text_printf(&words[0], "table %u grows to %u slots: %u of %u moved", h->number,
			h->to, h->moved, h->all);
	else
		text_printf(&words[0], "becomes a table: %u of %u moved", h->moved, h->all);
}

static void table_words(const struct map *m, const struct under *u, struct text words[2])
{
	uint64_t used = table_get(m, u->groups.table, TABLE_USED);
	unsigned most = table_most((unsigned)table_get(m, u->groups.table, TABLE_CAPACITY));

	table_name(m, u, &words[0]);
	if (!table_aside(u))
		text_printf(&words[0], " of %u", u->tables);
	text_printf(&words[0], ": used %" PRIu64 " of %u", used, most);
	table_name(m, u, &words[1]);
	text_printf(&words[1], ": %" PRIu64 "/%u", used, most);
}

bool swiss_headline(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->world.map;
	struct under u = table_under(l);
	struct half h = growth_half(l->session);
	struct text line = { 0 }, words[2] = { { 0 } }, reason = { 0 };
	bool told = true;

	text_printf(&line, "used %" PRIu64, swiss_get(m, SWISS_USED));
	if (h.on) {
		half_words(&h, words);
		add_fitting(&line, p, words);
		swiss_growth_reason(l, &reason);
		told = line_item(&line, p, text_str(&reason));
		text_free(&reason);
	} else if (u.groups.table) {
		table_words(m, &u, words);
		add_fitting(&line, p, words);
		add_left(m, &u, false, &words[0]);
		add_left(m, &u, true, &words[1]);
		add_fitting(&line, p, words);
	} else {
		add_left_small(m, false, &words[0]);
		add_left_small(m, true, &words[1]);
		add_fitting(&line, p, words);
	}
	text_printf(&words[0], "globalDepth %" PRIu64, swiss_get(m, SWISS_GLOBAL_DEPTH));
	add_fitting(&line, p, words);
	pane_textn(p, 0, 0, p->w, ROLE_FIELD, text_str(&line));
	text_free(&line);
	return told;
}
