/* SPDX-License-Identifier: MIT */
/*
 * The list of views, a row each: pages of files, --view, the formats that are views, JSON and
 * Markdown, pages on the screen and their keys, help, manual and completion all come from it.
 *
 * A view has a sheet of its figures, which is printed in each of these ways. One that is more
 * than figures has a picture, too: drawn on a pane, its sheet's below it unless that is for
 * documents and programs alone (VIEW_DRAWN); or as a page that is too long to be drawn at once.
 */
#ifndef TUI_PAGE_VIEWS_H
#define TUI_PAGE_VIEWS_H

#include "tui/canvas/pane.h"
#include "tui/screen/action.h"
#include "tui/view/present.h"

struct page;

/* The options that something heeds. */
enum page_takes { TAKES_VIEW = 1, TAKES_WIDTH = 2, TAKES_CURSOR = 4, TAKES_BUCKETS = 8 };

enum view_flags {
	VIEW_BARE = 1,  /* no line on top that says of what it is */
	VIEW_STAYS = 2, /* on the screen while time is stepped through, or the map worked on */
	VIEW_DRAWN = 4, /* its picture is all that is drawn */
};

/* Whether it is a format, too, and what that is. */
enum view_format { FORMAT_NONE, FORMAT_TEXT, FORMAT_LINES, FORMAT_TABLE };

/* What is drawn besides the sheet; returns the rows it takes. */
typedef int view_drawer(const struct present *now, const struct pane *p);
typedef void view_streamer(struct page *pg);

/*
 * X(id, name, title of its page on the screen or NULL, the action that opens that or ACTIONS_END,
 *   takes, flags, format, sheet, draw, stream, help)
 */
#define VIEWS_TABLE(X) \
	X(MAP, "map", NULL, ACTIONS_END, TAKES_CURSOR | TAKES_BUCKETS, 0, FORMAT_NONE, \
		summary_sheet, NULL, page_map, \
		"the header, the buckets, what the last operation did") \
	X(HEADER, "header", NULL, ACTIONS_END, 0, VIEW_BARE, FORMAT_NONE, summary_sheet, NULL, \
		page_header, "hmap and mapextra, load and memory") \
	X(BUCKETS, "buckets", NULL, ACTIONS_END, TAKES_CURSOR | TAKES_BUCKETS, VIEW_BARE, \
		FORMAT_NONE, buckets_sheet, NULL, page_arrays, \
		"the buckets, and while growing the old array") \
	X(ATLAS, "atlas", NULL, ACTIONS_END, TAKES_CURSOR, 0, FORMAT_NONE, buckets_sheet, NULL, \
		page_atlas, "the whole array as heat") \
	X(MINIMAP, "minimap", NULL, ACTIONS_END, TAKES_CURSOR, VIEW_BARE, FORMAT_NONE, \
		buckets_sheet, NULL, page_minimap, "the whole array in one line") \
	X(BUCKET, "bucket", NULL, ACTIONS_END, TAKES_CURSOR, 0, FORMAT_NONE, bucket_sheet, NULL, \
		page_bucket, "one bucket, decoded") \
	X(BYTES, "bytes", NULL, ACTIONS_END, TAKES_CURSOR, 0, FORMAT_NONE, bytes_sheet, NULL, \
		page_bytes, "one bucket, byte by byte") \
	X(SLOT, "slot", NULL, ACTIONS_END, TAKES_CURSOR, 0, FORMAT_NONE, slot_sheet, NULL, \
		page_slot, "one slot: values, hash, what they lead to") \
	X(EXPLAIN, "explain", NULL, ACTIONS_END, TAKES_CURSOR, VIEW_BARE, FORMAT_NONE, \
		explain_sheet, NULL, page_explain, "one slot in words") \
	X(ENTRIES, "entries", "entries", ACTION_ENTRIES, 0, 0, FORMAT_NONE, entries_sheet, NULL, \
		page_entries, "all entries, sorted by key") \
	X(PATTERNS, "patterns", "patterns", ACTION_PATTERNS, 0, 0, FORMAT_TEXT, patterns_sheet, \
		NULL, NULL, "patterns of the keys, the largest elems, strings stored twice") \
	X(STORY, "story", NULL, ACTIONS_END, 0, 0, FORMAT_NONE, story_sheet, NULL, page_events, \
		"what the last operation did, event by event") \
	X(QUIZ, "quiz", NULL, ACTIONS_END, 0, 0, FORMAT_TEXT, quiz_sheet, NULL, NULL, \
		"what the steps will do, asked and answered") \
	X(TIMELINE, "timeline", NULL, ACTIONS_END, 0, 0, FORMAT_NONE, timeline_sheet, NULL, \
		page_timeline, "what was done so far") \
	X(LAYOUT, "layout", "layout", ACTION_LAYOUT, 0, VIEW_BARE | VIEW_STAYS | VIEW_DRAWN, \
		FORMAT_NONE, layout_sheet, view_layout, NULL, \
		"fields, padding and sizes on two targets") \
	X(LEDGER, "ledger", "ledger", ACTION_LEDGER, 0, VIEW_STAYS, FORMAT_TEXT, ledger_sheet, \
		NULL, NULL, "where the bytes went and what comes next") \
	X(LIFE, "lifecycle", "lifecycle", ACTION_LIFE, 0, 0, FORMAT_TEXT, life_sheet, life_chart, \
		NULL, "allocated and in use along the timeline") \
	X(SHAPE, "shape", "shape", ACTION_SHAPE, 0, VIEW_STAYS, FORMAT_TEXT, shape_sheet, NULL, \
		NULL, "how entries lie in chains, against chance") \
	X(CHECK, "check", "check", ACTION_LAWS, 0, VIEW_STAYS, FORMAT_TEXT, check_sheet, NULL, \
		NULL, "whether the memory obeys the laws of the map") \
	X(DIFF, "diff", "differences", ACTION_DIFFERENCES, 0, 0, FORMAT_TEXT, diff_sheet, NULL, \
		NULL, "what is different between two points") \
	X(LOADS, "loads", NULL, ACTIONS_END, 0, 0, FORMAT_TABLE, loads_sheet, NULL, NULL, \
		"bytes and probes by load: why 6.5 of 8, or 7") \
	X(TYPES, "types", NULL, ACTIONS_END, 0, 0, FORMAT_TABLE, types_sheet, NULL, NULL, \
		"types: bucket, padding, bytes for each entry") \
	X(COMPARE, "compare", "types compared", ACTION_COMPARE, 0, VIEW_BARE, FORMAT_TEXT, \
		compare_sheet, NULL, NULL, "types beside each other, each with as many entries") \
	X(RELEASES, "releases", "releases", ACTION_RELEASES, 0, VIEW_STAYS, FORMAT_TABLE, \
		releases_sheet, NULL, NULL, "the same operations under each Go release") \
	X(DESIGNS, "designs", "both designs", ACTION_DESIGNS, 0, VIEW_STAYS, FORMAT_NONE, \
		designs_sheet, draw_designs, NULL, "the same operations in both designs of map") \
	X(BESIDE, "beside", "two releases", ACTION_BESIDE, 0, VIEW_STAYS, FORMAT_TEXT, \
		beside_sheet, beside_draw, NULL, \
		"the same timeline under two Go releases at once") \
	X(JAVA, "java", "Java's HashMap", ACTION_JAVA, TAKES_CURSOR, VIEW_STAYS, FORMAT_NONE, \
		java_sheet, java_draw, NULL, \
		"Java's HashMap beside the map: a key's hash, growth, bytes") \
	X(SUMMARY, "summary", NULL, ACTIONS_END, 0, VIEW_BARE, FORMAT_LINES, summary_sheet, NULL, \
		NULL, "the figures, a line each") \
	X(LEGEND, "legend", NULL, ACTIONS_END, 0, VIEW_BARE, FORMAT_NONE, legend_sheet, NULL, \
		page_legend, "what the marks mean") \
	X(MARKS, "marks", "marks", ACTION_MARKS, 0, VIEW_BARE | VIEW_DRAWN, FORMAT_NONE, \
		marks_sheet, draw_marks, NULL, "what all marks and signs mean") \
	X(KEYS, "keys", "help", ACTION_HELP, 0, VIEW_BARE | VIEW_DRAWN, FORMAT_NONE, keys_sheet, \
		draw_keys, NULL, "keys and commands") \
	X(SCENES, "scenes", "scenes", ACTION_SCENES, 0, VIEW_BARE | VIEW_DRAWN, FORMAT_NONE, \
		scenes_sheet, draw_scenes, NULL, "the scenes that ship with the program")

enum view_id {
#define X(id, ...) VIEW_##id,
	VIEWS_TABLE(X)
#undef X
	VIEWS,
};

struct page_view {
	const char *name, *title;
	enum action key;
	unsigned takes, flags;
	enum view_format format;
	sheet_filler *sheet;
	view_drawer *draw;
	view_streamer *stream;
	const char *help; /* one line */
};

extern const struct page_view page_views[VIEWS];

/* The i-th view, NULL past the last. */
const struct page_view *page_view_at(unsigned i);

/* NULL finds the map; NULL with err filled when there is no such view. */
const struct page_view *page_view_find(const char *name, struct error *err);

/* The view whose page an action opens on the screen; NULL for none. */
const struct page_view *page_view_of(enum action action);

/* On a pane, in whatever height it takes; returns that. Not for those that are too long. */
int page_view_draw(const struct page_view *v, const struct present *now, const struct pane *p);

/* sheet_array.c, sheet_place.c, sheet_list.c */
sheet_filler buckets_sheet, bucket_sheet, bytes_sheet, slot_sheet, explain_sheet, story_sheet,
	timeline_sheet, legend_sheet, marks_sheet, keys_sheet, scenes_sheet;

/* page_designs.c */
sheet_filler designs_sheet;
view_drawer draw_designs;

/* page_list.c */
view_drawer draw_marks, draw_keys, draw_scenes;

#endif
