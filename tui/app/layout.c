/* SPDX-License-Identifier: MIT */
#include "tui/app/layout.h"

#include <inttypes.h>
#include <string.h>

#include "model/analysis/books.h"
#include "tui/canvas/wrap.h"
#include "tui/view/explain.h"
#include "tui/view/follow.h"
#include "tui/view/mark.h"
#include "tui/view/view.h"

enum {
	LEFT_WIDTH = HEADER_WIDTH + 4,       /* the header panel with its frame */
	SIDE_WIDTH = 35,                     /* the least for an array with its frame */
	WIDE = LEFT_WIDTH + SIDE_WIDTH + 2,  /* from here on the header has a panel */
	ARRAYS_LEAST = 6,                    /* rows above a closer look */
	SLOT_ROWS = 18,                      /* for a slot, its hash, and what is to be said of it */
	SLOT_WIDTH = 76,
	BESIDE_WIDTH = SLOT_WIDTH + 80,      /* bytes and slot side by side */
	BRIEF_WIDTH = 48,                    /* from here on a growth tells why it began */
	FOLLOW_MOST = 28,
	EXPLAIN_COLUMNS = 330,               /* of words that explain something */
};

/* What the panel below the arrays shows of the bucket under the cursor. */
enum detail { DETAIL_NONE, DETAIL_BRIEF, DETAIL_BYTES, DETAIL_SLOT };

/* What is drawn for one size of the screen. */
struct plan {
	bool left, minimap, timeline, headline;
	int caption, story, body;  /* rows */
	int arrays, below;         /* of the body, beside the header: the arrays, what is below them */
	enum detail detail;
	bool beside;               /* bytes and slot side by side */
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

/* An explanation is asked for to be read. */
static int story_rows(const struct look *l, const struct pane *p)
{
	int rows = EXPLAIN_COLUMNS / (p->w > 2 ? p->w - 2 : 1) + 1;

	if (l->explain && p->h >= 9)
		return rows > p->h / 2 - 1 ? p->h / 2 - 1 : rows;
	return p->h >= 30 ? 3 : p->h >= 16 ? 2 : p->h >= 5 ? 1 : 0;
}

static bool side_by_side(int width)
{
	return width >= 2 * SIDE_WIDTH;
}

/*
 * Rows that the arrays take with their frames, as far as they matter. There is room for a few
 * overflow buckets that may come, so that one more does not move every panel.
 */
static int arrays_rows(const struct look *l, int width, int most)
{
	const struct map *m = &l->session->map;
	int rows = 0;

	for (int old = 0; old < 2; old++) {
		uint64_t buckets = look_buckets(m, old);
		int used = view_rows_count(l, old, most), room = 2;

		if (buckets == 0)
			continue;
		while ((uint64_t)used > buckets + (uint64_t)room)
			room = 2 * room + 2;
		used = (int)buckets < most ? (int)buckets + room + 2 : most;
		if (!side_by_side(width))
			rows += used;
		else if (used > rows)
			rows = used;
	}
	return rows < most ? rows : most;
}

/* The header's panel stands in for the arrays where there is no room for both. */
static bool header_alone(const struct look *l, const struct plan *plan)
{
	return l->in_header && !plan->left;
}

/* How the body beside the header is shared: what one looks at closely comes first. */
static void plan_zoom(const struct look *l, int width, struct plan *plan)
{
	int inner = width - 4, bytes = view_bytes_rows(l->session->map.type, inner) + 2;
	int least = SLOT_ROWS + 2 > bytes ? SLOT_ROWS + 2 : bytes;
	int arrays = arrays_rows(l, width, plan->body);

	plan->arrays = plan->body;
	if (l->zoom == ZOOM_ATLAS || header_alone(l, plan))
		return;
	plan->detail = l->zoom == ZOOM_SLOT ? DETAIL_SLOT : DETAIL_BYTES;
	plan->beside = width >= BESIDE_WIDTH;
	if (arrays + least <= plan->body)
		plan->arrays = arrays;
	else if (l->zoom == ZOOM_ROWS)
		plan->detail = plan->body >= 15 || arrays + BUCKET_ROWS <= plan->body ? DETAIL_BRIEF
			: DETAIL_NONE;
	else
		plan->arrays = plan->body - least >= ARRAYS_LEAST ? plan->body - least : 0;
	if (plan->detail == DETAIL_BRIEF)
		plan->arrays = plan->body - BUCKET_ROWS;
	plan->below = plan->body - plan->arrays;
}

static struct plan make_plan(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->map;
	bool growing = m->hmap && map_growing(m);
	struct plan plan = { 0 };
	int rest = p->h - 2;

	plan.story = story_rows(l, p);
	rest -= plan.story;
	plan.timeline = p->h >= 20;
	rest -= plan.timeline;
	plan.minimap = p->h >= 26 || (p->h >= 18 && m->hmap && look_buckets(m, false) > 8);
	rest -= plan.minimap;
	plan.caption = caption_rows(l, p);
	rest -= plan.caption;
	plan.left = rest >= 15 && p->w >= WIDE &&
		(!growing || p->w >= LEFT_WIDTH + 2 * SIDE_WIDTH || rest >= 26);
	plan.headline = !plan.left && rest >= 6;
	rest -= plan.headline;
	plan.body = rest;
	if (m->hmap && plan.body > 0)
		plan_zoom(l, p->w - (plan.left ? LEFT_WIDTH : 0), &plan);
	return plan;
}

/* What a growth under way is: in few words with the buckets that are done, as the top line has it. */
static void growth_words(const struct look *l, bool brief, struct text *out)
{
	const struct map *m = &l->session->map;
	uint64_t old = UINT64_C(1) << map_old_B(m);

	text_add(out, map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE ? "same-size" : "doubling");
	if (brief)
		text_printf(out, " %" PRIu64, old - session_ledger(l->session)->waiting);
	else
		text_printf(out, ": nevacuate %" PRIu64, map_get(m, HMAP_NEVACUATE));
	text_printf(out, "/%" PRIu64, old);
}

/* One more item of a line, if it fits whole. */
static void add_item(struct text *line, const struct pane *p, const char *item)
{
	const char *between = line->len ? " · " : "";
	int width = text_width(p->canvas, text_str(line)) + text_width(p->canvas, between) +
		text_width(p->canvas, item);

	if (*item && width <= p->w)
		text_printf(line, "%s%s", between, item);
}

/* Whether the line and so many items, parted, fit whole. */
static bool fits(const struct pane *p, const struct text *line, const struct text *a,
	const struct text *b)
{
	return text_width(p->canvas, text_str(line)) + 3 + text_width(p->canvas, text_str(a)) +
		(b ? 3 + text_width(p->canvas, text_str(b)) : 0) <= p->w;
}

/* How far a growth is, and why it began: the first in fewer words where that makes room. */
static void add_growth(const struct look *l, const struct pane *p, struct text *line)
{
	struct text item = { 0 }, reason = { 0 };

	view_growth_reason(l, &reason);
	growth_words(l, false, &item);
	if (!fits(p, line, &item, p->w >= BRIEF_WIDTH ? &reason : NULL)) {
		text_clear(&item);
		growth_words(l, true, &item);
	}
	add_item(line, p, text_str(&item));
	add_item(line, p, text_str(&reason));
	text_free(&item);
	text_free(&reason);
}

/* The header in one line, where it has no panel: as many of its fields as there is room for. */
static void draw_headline(const struct look *l, const struct pane *p)
{
	const struct map *m = &l->session->map;
	struct text line = { 0 }, item = { 0 };
	char flags[64];

	flags_words((unsigned)map_get(m, HMAP_FLAGS), flags);
	text_printf(&line, "count %" PRIu64 " · B %" PRIu64, map_get(m, HMAP_COUNT), map_get(m, HMAP_B));
	if (map_growing(m)) {
		add_growth(l, p, &line);
	} else {
		text_printf(&item, "doubles in %" PRIu64, map_inserts_left(m) + 1);
		add_item(&line, p, text_str(&item));
		text_clear(&item);
	}
	text_printf(&item, "noverflow %" PRIu64, map_get(m, HMAP_NOVERFLOW));
	add_item(&line, p, text_str(&item));
	add_item(&line, p, flags);
	pane_textn(p, 0, 0, p->w, ROLE_FIELD, text_str(&line));
	text_free(&line);
	text_free(&item);
}

/* The next part of the header's panel, under a title; nothing where it does not fit. */
static bool begin_part(const struct pane *p, const struct pane *in, int *y, int rows,
	const char *title, struct pane *part)
{
	if (*y + 1 + rows > in->h)
		return false;
	pane_split(p, *y + 1, ROLE_BORDER, title);
	++*y;
	*part = pane_sub(in, 0, *y, in->w, in->h - *y);
	return true;
}

static void draw_left(struct screen_state *st, const struct pane *p)
{
	const struct look *l = st->look;
	const struct map *m = &l->session->map;
	struct text title = { 0 }, reason = { 0 };
	struct pane in, part;
	int y;

	text_printf(&title, "hmap · %u B · 0x%" PRIx64, hmap_size(l->session->target), m->hmap);
	in = pane_box(p, l->in_header ? ROLE_BORDER_FOCUS : ROLE_BORDER, text_str(&title), NULL);
	text_free(&title);
	st->header = in;
	/* In a low panel the field under the cursor is in sight all the same. */
	st->header_top = l->in_header && header_row(l->field) >= in.h ? header_row(l->field) - in.h + 1 : 0;
	part = pane_sub(&in, 0, -st->header_top, in.w, in.h + st->header_top);
	y = view_header(l, &part);
	layout_put_scroll(p, st->header_top, in.h, y);
	if (begin_part(p, &in, &y, 2, "load", &part)) {
		int rows = view_load(l, &part);

		if (map_growing(m) && y + rows < in.h) {
			view_growth_reason(l, &reason);
			pane_textn(&part, 0, rows++, part.w, ROLE_NOTE, text_str(&reason));
			text_free(&reason);
		}
		y += rows;
	}
	if (begin_part(p, &in, &y, 1, "memory", &part))
		y += view_memory(l, &part);
	if (begin_part(p, &in, &y, MARKS + 1, "marks", &part))
		view_marks(&part);
}

/* How the cursor goes on, at the right end of the frame that has it. */
static void put_follow(const struct look *l, const struct pane *p, int title)
{
	struct text words = { 0 };
	int width;

	follow_words(l, &words);
	width = data_width(p->canvas, text_str(&words));
	if (width > FOLLOW_MOST)
		width = FOLLOW_MOST;
	if (title + 5 + width + 3 <= p->w) {
		int x = p->w - width - 2;

		pane_datan(p, x, 0, width, l->lost ? ROLE_WARNING : ROLE_NOTE, text_str(&words));
		pane_put(p, x - 1, 0, ROLE_NOTE, U' ');
		pane_put(p, x + width, 0, ROLE_NOTE, U' ');
	}
	text_free(&words);
}

/* A frame; the one that has the cursor says how it goes on. */
static struct pane draw_frame(const struct look *l, const struct pane *p, const struct text *title,
	bool focus)
{
	struct pane in;

	focus &= !l->in_header;
	in = pane_box(p, focus ? ROLE_BORDER_FOCUS : ROLE_BORDER, text_str(title), NULL);
	if (focus)
		put_follow(l, p, text_width(p->canvas, text_str(title)));
	return in;
}

static void draw_array(struct screen_state *st, const struct pane *p, bool old)
{
	struct look *l = st->look;
	bool here = l->cursor.old == old;
	struct text title = { 0 };
	struct pane in;

	view_rows_title(l, old, p->w >= 50, &title);
	in = draw_frame(l, p, &title, here && l->zoom == ZOOM_ROWS);
	text_free(&title);
	if (here) {
		st->page = in.h;
		view_rows_scroll(l, in.h);
	} else {
		view_rows_fill(l, old, in.h);
	}
	st->rows[old] = in;
	l->bottom[old] = view_rows(l, &in, old, old ? l->old_top : l->top, in.h);
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
	if (side_by_side(p->w)) {
		first = pane_sub(p, 0, 0, (p->w + 1) / 2, p->h);
		second = pane_sub(p, first.w, 0, p->w - first.w, p->h);
	} else if (p->h >= 8) {
		/* More for the new one, which is twice as large. */
		int least = view_rows_count(l, true, p->h) + 2, share = 2 * p->h / 5 > 4 ? 2 * p->h / 5 : 4;

		second = pane_sub(p, 0, 0, p->w, least < share ? least : share);
		first = pane_sub(p, 0, 0, p->w, p->h - second.h);
		second = pane_sub(p, 0, first.h, p->w, second.h);
	} else {
		draw_array(st, p, l->cursor.old);
		return;
	}
	follow_array(l, l->cursor.old ? first.h - 2 : second.h - 2);
	draw_array(st, &first, false);
	draw_array(st, &second, true);
}

void layout_put_scroll(const struct pane *p, int top, int height, int rows)
{
	struct text words = { 0 };

	if (height <= 0 || rows <= height || p->w < 24)
		return;
	text_printf(&words, " %d-%d of %d ", top + 1, top + height < rows ? top + height : rows, rows);
	pane_right(p, p->w - 1, p->h - 1, ROLE_NOTE, text_str(&words));
	text_free(&words);
}

static void draw_atlas(struct screen_state *st, const struct pane *p)
{
	struct look *l = st->look;
	struct text title = { 0 };

	view_rows_title(l, l->cursor.old, true, &title);
	st->atlas = draw_frame(l, p, &title, true);
	text_free(&title);
	st->page = st->atlas.h;
	view_atlas(l, &st->atlas);
}

static void draw_slot(struct screen_state *st, const struct pane *p)
{
	struct look *l = st->look;
	struct text title = { 0 };
	struct pane in, moved;
	int rows;

	text_printf(&title, "slot %u · ", l->cursor.slot);
	view_bucket_title(l, &title);
	in = draw_frame(l, p, &title, l->zoom == ZOOM_SLOT);
	text_free(&title);
	for (;;) {
		moved = pane_sub(&in, 0, -l->slot_top, in.w, in.h + l->slot_top);
		rows = view_slot(l, &moved);
		if (l->slot_top == 0 || l->slot_top + in.h <= rows)
			break;
		l->slot_top = rows > in.h ? rows - in.h : 0;
		pane_fill(&in, ROLE_TEXT, U' ');
	}
	st->slot = in;
	st->slot_rows = rows;
	layout_put_scroll(p, l->slot_top, in.h, rows);
}

static void draw_bytes(struct screen_state *st, const struct pane *p)
{
	struct look *l = st->look;
	struct text title = { 0 };

	view_bucket_title(l, &title);
	st->bytes = draw_frame(l, p, &title, l->zoom == ZOOM_BYTES);
	text_free(&title);
	view_bytes(l, &st->bytes);
}

/* The bucket under the cursor, closer. */
static void draw_below(struct screen_state *st, const struct plan *plan, const struct pane *p)
{
	struct look *l = st->look;
	struct pane part = *p, in;
	struct text title = { 0 };

	if (plan->detail == DETAIL_BRIEF) {
		view_bucket_title(l, &title);
		in = draw_frame(l, p, &title, false);
		text_free(&title);
		view_bucket(l, &in);
		return;
	}
	if (plan->beside) {
		part = pane_sub(p, p->w - SLOT_WIDTH, 0, SLOT_WIDTH, p->h);
		draw_slot(st, &part);
		part = pane_sub(p, 0, 0, p->w - SLOT_WIDTH, p->h);
	}
	if (plan->detail == DETAIL_SLOT && !plan->beside)
		draw_slot(st, &part);
	else
		draw_bytes(st, &part);
}

static void draw_explanation(const struct look *l, const struct pane *p)
{
	struct pane in = pane_sub(p, 1, 0, p->w - 2, p->h);
	struct text words = { 0 };

	explain(l, &words);
	wrap_most(&in, ROLE_MESSAGE, text_str(&words));
	text_free(&words);
}

static void draw_story(const struct look *l, const struct pane *p)
{
	struct pane in = pane_sub(p, 1, 0, p->w - 2, p->h);
	struct story st = { 0 };
	int y = 0;

	if (l->explain) {
		draw_explanation(l, p);
		return;
	}
	story_fit(&st, l->session, &in);
	for (int i = 0; i < st.count; i++) {
		struct pane line = pane_sub(&in, 0, y, in.w, st.rows[i]);
		enum role role = i ? ROLE_TEXT : ROLE_MESSAGE;

		if (st.rows[i] == 1)
			pane_textn(&line, 0, 0, line.w, role, text_str(&st.lines[i]));
		else
			wrap_most(&line, role, text_str(&st.lines[i]));
		y += st.rows[i];
	}
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
		ACTION_REDO, ACTION_COMMAND, ACTION_MARKS, ACTION_ZOOM_IN, ACTION_EXPLAIN, ACTION_LOOKUP,
		ACTION_FIND, ACTION_PLAY, ACTION_ARCH, ACTION_FILL, ACTION_EXPORT, ACTION_LEDGER,
		ACTION_HELP, ACTION_QUIT };
	char key[KEY_NAME_MAX];
	int room = p->w + 2 - key_width(st, p, ACTION_HELP) - key_width(st, p, ACTION_QUIT), x = 0;

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
	int top = 1, left = plan->left ? LEFT_WIDTH : 0;
	struct pane part;

	l->bottom[0] = l->bottom[1] = 0;
	if (plan->headline) {
		part = pane_sub(all, 0, top++, all->w, 1);
		draw_headline(l, &part);
	}
	part = pane_sub(all, 0, top, plan->left ? left : all->w, plan->body);
	if (plan->left || header_alone(l, plan))
		draw_left(st, &part);
	part = pane_sub(all, left, top, all->w - left, plan->arrays);
	if (l->zoom == ZOOM_ATLAS && !header_alone(l, plan))
		draw_atlas(st, &part);
	else if (plan->arrays && !header_alone(l, plan))
		draw_arrays(st, &part);
	part = pane_sub(all, left, top + plan->arrays, all->w - left, plan->below);
	if (plan->below)
		draw_below(st, plan, &part);
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
	struct plan plan = make_plan(l, &all);
	int top;

	*x = *y = -1;
	st->minimap = st->timeline = st->atlas = st->rows[0] = st->rows[1] = st->header = st->bytes =
		st->slot = pane_sub(&all, 0, 0, 0, 0);
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
