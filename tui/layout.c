/* SPDX-License-Identifier: MIT */
#include "tui/layout.h"

#include <inttypes.h>
#include <string.h>

#include "tui/explain.h"
#include "tui/view.h"
#include "tui/wrap.h"

enum {
	LEFT_WIDTH = HEADER_WIDTH + 4,       /* the header panel with its frame */
	SIDE_WIDTH = 35,                     /* the least for an array with its frame */
	WIDE = LEFT_WIDTH + SIDE_WIDTH + 2,  /* from here on the header has a panel */
};

/* What is drawn for one size of the screen. */
struct plan {
	bool left, bucket, minimap, timeline, headline;
	int caption, story, body; /* rows */
};

/* Rows of the caption, as far as there is room for words. */
static int caption_rows(const struct look *l, const struct pane *p)
{
	const char *caption = session_caption(l->session);
	struct pane measure = pane_sub(p, 1, 0, p->w - 2, 0);
	int most = p->h >= 30 ? 3 : p->h >= 20 ? 2 : p->h >= 12, rows;

	rows = caption ? wrap_text(&measure, 0, 0, ROLE_CAPTION, caption) : 0;
	return rows < most ? rows : most;
}

static struct plan make_plan(const struct look *l, const struct pane *p, bool growing)
{
	struct plan plan = { 0 };
	int rest = p->h - 2;

	plan.story = p->h >= 30 ? 3 : p->h >= 16 ? 2 : p->h >= 5 ? 1 : 0;
	/* An explanation is asked for to be read. */
	if (l->explain && p->h >= 9)
		plan.story = p->h >= 16 ? 4 : 3;
	rest -= plan.story;
	plan.timeline = p->h >= 20;
	rest -= plan.timeline;
	plan.minimap = p->h >= 26;
	rest -= plan.minimap;
	plan.caption = caption_rows(l, p);
	rest -= plan.caption;
	plan.left = rest >= 15 && p->w >= (growing ? LEFT_WIDTH + 2 * SIDE_WIDTH : WIDE);
	plan.headline = !plan.left && rest >= 6;
	rest -= plan.headline;
	plan.bucket = rest >= 15 && l->zoom == ZOOM_ROWS;
	plan.body = rest;
	return plan;
}

/* The header in one line, where it has no panel. */
static void draw_headline(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->map;
	struct text line = { 0 };
	char flags[64];

	flags_words((unsigned)map_get(m, HMAP_FLAGS), flags);
	text_printf(&line, "count %" PRIu64 " · B %" PRIu64, map_get(m, HMAP_COUNT), map_get(m, HMAP_B));
	if (map_growing(m))
		text_printf(&line, " · nevacuate %" PRIu64 "/%llu", map_get(m, HMAP_NEVACUATE),
			1ull << map_old_B(m));
	else
		text_printf(&line, " · doubles in %" PRIu64, map_inserts_left(m) + 1);
	text_printf(&line, " · noverflow %" PRIu64, map_get(m, HMAP_NOVERFLOW));
	if (*flags)
		text_printf(&line, " · %s", flags);
	pane_textn(p, 0, 0, p->w, ROLE_FIELD, text_str(&line));
	text_free(&line);
}

static void draw_left(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->map;
	struct text title = { 0 };
	struct pane in, part;
	int y;

	text_printf(&title, "hmap · %u B · 0x%" PRIx64, hmap_size(l->session->target), m->hmap);
	in = pane_box(p, ROLE_BORDER, text_str(&title), NULL);
	text_free(&title);
	y = view_header(l, &in);
	if (y + 3 > in.h)
		return;
	pane_split(p, y + 1, ROLE_BORDER, "load");
	part = pane_sub(&in, 0, y + 1, in.w, in.h - y - 1);
	y += 1 + view_load(l, &part);
	if (y + 2 > in.h)
		return;
	pane_split(p, y + 1, ROLE_BORDER, "memory");
	part = pane_sub(&in, 0, y + 1, in.w, in.h - y - 1);
	view_memory(l, &part);
}

static void draw_array(struct screen_state *st, const struct pane *p, bool old)
{
	struct look *l = st->look;
	bool focus = l->cursor.old == old, growing = map_growing(&l->session->map);
	struct text title = { 0 };
	struct pane in;

	view_rows_title(l, old, p->w >= 50, &title);
	in = pane_box(p, growing && focus ? ROLE_BORDER_FOCUS : ROLE_BORDER, text_str(&title), NULL);
	text_free(&title);
	if (focus) {
		st->page = in.h;
		view_rows_scroll(l, in.h);
	} else {
		view_rows_fill(l, old, in.h);
	}
	st->rows[old] = in;
	view_rows(l, &in, old, old ? l->old_top : l->top, in.h);
}

/* The other array follows: the buckets that belong to those at the cursor come into sight. */
static void follow_array(struct look *l, int height)
{
	const struct map *m = &l->session->map;
	uint64_t old = look_buckets(m, true), page = (uint64_t)(height > 0 ? height : 1);
	uint64_t from;

	if (!old)
		return;
	from = l->cursor.bucket & (old - 1);
	if (!l->cursor.old && (from < l->old_top || from >= l->old_top + page))
		l->old_top = from;
	if (l->cursor.old && (from < l->top || from >= l->top + page))
		l->top = from;
}

static void draw_arrays(struct screen_state *st, const struct pane *p)
{
	struct look *l = st->look;
	struct pane first = *p, second;

	if (!map_growing(&l->session->map)) {
		draw_array(st, p, false);
		return;
	}
	if (p->w >= 2 * SIDE_WIDTH) {
		first = pane_sub(p, 0, 0, (p->w + 1) / 2, p->h);
		second = pane_sub(p, first.w, 0, p->w - first.w, p->h);
	} else if (p->h >= 8) {
		first = pane_sub(p, 0, 0, p->w, (p->h + 1) / 2);
		second = pane_sub(p, 0, first.h, p->w, p->h - first.h);
	} else {
		draw_array(st, p, l->cursor.old);
		return;
	}
	follow_array(l, first.h - 2);
	draw_array(st, &first, false);
	draw_array(st, &second, true);
}

/* A closer or a farther look, in a frame of its own. */
static void draw_zoomed(struct screen_state *st, const struct pane *p)
{
	struct look *l = st->look;
	struct text title = { 0 };
	struct pane in;

	if (l->zoom == ZOOM_ROWS) {
		draw_arrays(st, p);
		return;
	}
	if (l->zoom == ZOOM_ATLAS)
		view_rows_title(l, l->cursor.old, true, &title);
	else
		view_bucket_title(l, &title);
	in = pane_box(p, ROLE_BORDER, text_str(&title), NULL);
	text_free(&title);
	st->page = in.h;
	if (l->zoom == ZOOM_ATLAS) {
		st->atlas = in;
		view_atlas(l, &in);
	} else if (l->zoom == ZOOM_BYTES) {
		view_bytes(l, &in);
	} else {
		view_slot(l, &in);
	}
}

static void draw_bucket(const struct look *l, const struct pane *p)
{
	struct text title = { 0 };
	struct pane in;

	view_bucket_title(l, &title);
	in = pane_box(p, ROLE_BORDER, text_str(&title), NULL);
	text_free(&title);
	view_bucket(l, &in);
}

static void draw_story(const struct look *l, const struct pane *p)
{
	struct story st = { 0 };
	struct text words = { 0 };

	if (l->explain) {
		struct pane in = pane_sub(p, 1, 0, p->w - 2, p->h);

		explain_slot(l, &words);
		pane_wrap(&in, 0, 0, ROLE_MESSAGE, text_str(&words));
		text_free(&words);
		return;
	}

	story_tell(&st, l->session, p->w);
	for (int i = 0; i < st.count && i < p->h; i++)
		pane_textn(p, 1, i, p->w - 2, i ? ROLE_TEXT : ROLE_MESSAGE,
			text_str(&st.lines[i]));
	story_free(&st);
}

/* Columns of a key and its word in the last line, with the blanks behind; 0 without a key. */
static int key_width(const struct screen_state *st, const struct pane *p, enum action action)
{
	char key[KEY_NAME_MAX];

	keymap_key(st->keymap, action, key, sizeof key);
	if (!*key)
		return 0;
	return text_width(p->canvas, key) + text_width(p->canvas, actions[action].brief) + 3;
}

/* Keys for what one does most, as far as they go; help and quit always. */
static void draw_keys(const struct screen_state *st, const struct pane *p)
{
	static const enum action order[] = { ACTION_INSERT, ACTION_DELETE, ACTION_GROW, ACTION_UNDO,
		ACTION_REDO, ACTION_COMMAND, ACTION_ZOOM_IN, ACTION_EXPLAIN, ACTION_LOOKUP,
		ACTION_FIND, ACTION_PLAY, ACTION_ARCH, ACTION_FILL, ACTION_EXPORT, ACTION_LEDGER,
		ACTION_HELP, ACTION_QUIT };
	char key[KEY_NAME_MAX];
	int room = p->w - key_width(st, p, ACTION_HELP) - key_width(st, p, ACTION_QUIT), x = 0;

	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		int width = key_width(st, p, order[i]);

		if (order[i] == ACTION_HELP)
			room = p->w + 2; /* the last blanks need no room */
		else if (x + width > room)
			room = 0; /* what comes later matters less: it does not fill the gap */
		if (width == 0 || x + width > room)
			continue;
		keymap_key(st->keymap, order[i], key, sizeof key);
		x += pane_text(p, x, 0, ROLE_HELP_KEY, key) + 1;
		x += pane_text(p, x, 0, ROLE_HELP_TEXT, actions[order[i]].brief) + 2;
	}
}

static void draw_bottom(struct screen_state *st, const struct pane *p, int *x, int *y)
{
	struct pane last = pane_sub(p, 0, p->h - 1, p->w, 1);
	struct pane above = pane_sub(p, 0, p->h - 2, p->w, 1);

	if (st->prompt->open) {
		prompt_draw(st->prompt, &last, x);
		*y = p->h - 1;
		if (*x >= p->w)
			*x = p->w - 1;
		if (st->prompt->offer[0]) {
			pane_fill(&above, ROLE_COMPLETION, U' ');
			pane_datan(&above, 0, 0, p->w, ROLE_COMPLETION, st->prompt->offer);
		}
		if (!st->prompt->error.msg[0])
			return;
		pane_fill(&above, ROLE_ERROR, U' ');
		pane_datan(&above, 0, 0, p->w, ROLE_ERROR, st->prompt->error.msg);
	} else if (*st->message) {
		pane_datan(&last, 0, 0, p->w, st->message_role, st->message);
	} else {
		draw_keys(st, &last);
	}
}

void layout_prompt(struct screen_state *st, struct canvas *canvas, int *x, int *y)
{
	struct pane all = canvas_pane(canvas), last = pane_sub(&all, 0, all.h - 1, all.w, 1);

	pane_fill(&last, ROLE_PROMPT, U' ');
	draw_bottom(st, &all, x, y);
}

void layout_click(struct look *l, const struct pane *p, bool old, int x, int y)
{
	view_rows_click(l, p, old, old ? l->old_top : l->top, x, y);
}

/* The panels that show the map; returns the row behind them. */
static int draw_map(struct screen_state *st, const struct plan *plan, const struct pane *all)
{
	struct look *l = st->look;
	int top = 1, left = plan->left ? LEFT_WIDTH : 0, bucket = plan->bucket ? BUCKET_ROWS : 0;
	int arrays = plan->body - bucket;
	struct pane part;

	if (plan->headline) {
		part = pane_sub(all, 0, top++, all->w, 1);
		draw_headline(l, &part);
	}
	if (plan->left) {
		part = pane_sub(all, 0, top, left, plan->body);
		draw_left(l, &part);
	}
	if (plan->bucket) {
		part = pane_sub(all, left, top + arrays, all->w - left, bucket);
		draw_bucket(l, &part);
	}
	part = pane_sub(all, left, top, all->w - left, arrays);
	draw_zoomed(st, &part);
	top += plan->body;
	if (plan->minimap) {
		st->minimap = pane_sub(all, 1, top++, all->w - 2, 1);
		view_minimap(l, &st->minimap);
	}
	return top;
}

/* Before the first operation there is none. */
static int draw_no_map(const struct plan *plan, const struct pane *all)
{
	int rows = plan->headline + plan->body + plan->minimap;
	struct pane part = pane_sub(all, 0, 1, all->w, rows);

	pane_textn(&part, 1, rows / 2, part.w - 2, ROLE_NOTE, "there is no map yet");
	return 1 + rows;
}

void layout_draw(struct screen_state *st, struct canvas *canvas, int *x, int *y)
{
	struct pane all = canvas_pane(canvas), part;
	struct look *l = st->look;
	bool map = l->session->map.hmap != 0;
	struct plan plan = make_plan(l, &all, map && map_growing(&l->session->map));
	int top;

	*x = *y = -1;
	st->minimap = st->timeline = st->atlas = st->rows[0] = st->rows[1] = pane_sub(&all, 0, 0, 0, 0);
	part = pane_sub(&all, 0, 0, all.w, 1);
	view_status(l, &part);
	top = map ? draw_map(st, &plan, &all) : draw_no_map(&plan, &all);
	if (plan.timeline) {
		st->timeline = pane_sub(&all, 1, top++, all.w - 2, 1);
		view_timeline(l, &st->timeline);
	}
	if (plan.caption) {
		part = pane_sub(&all, 1, top, all.w - 2, plan.caption);
		wrap_text(&part, 0, 0, ROLE_CAPTION, session_caption(l->session));
		top += plan.caption;
	}
	part = pane_sub(&all, 0, top, all.w, plan.story);
	draw_story(l, &part);
	if (all.h > 1)
		draw_bottom(st, &all, x, y);
}
