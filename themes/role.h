/* SPDX-License-Identifier: MIT */
/*
 * A role is what a cell of the picture stands for: a live tophash, padding, a border.
 *
 * Views paint in roles, themes say what a role looks like. One row of the table below makes
 * the enum, the name in a theme file, the letter in a test's picture of roles, the look on a
 * terminal without colour, and the words of the legend. A new role is a new row here and one
 * in each themes/ *.ini (ORDER ROLE; a test finds what was forgotten).
 *
 * The letter of a role is its own: printable ASCII, no blank. Colour never carries meaning alone,
 * so two roles may look the same in mono when their glyphs differ.
 *
 * The last rows before the heat are overlays: they are laid over the role of a cell by its
 * flags (canvas.h); a colour `default` there leaves the colour underneath as it is.
 */
#ifndef THEMES_ROLE_H
#define THEMES_ROLE_H

/* Attributes of a style, or-ed. */
enum attr {
	ATTR_NONE = 0,
	ATTR_BOLD = 1 << 0,
	ATTR_DIM = 1 << 1,
	ATTR_REVERSE = 1 << 2,
	ATTR_UNDERLINE = 1 << 3,
	ATTR_ITALIC = 1 << 4,
};

/* X(ENUM, name, letter, attributes in mono, what it is) */
#define ROLE_TABLE(X) \
	X(TEXT, text, '.', ATTR_NONE, "plain text") \
	X(DIM, dim, ',', ATTR_DIM, "less important text") \
	X(TITLE, title, 'T', ATTR_BOLD, "title of a panel") \
	X(BORDER, border, '-', ATTR_DIM, "frame of a panel") \
	X(BORDER_FOCUS, border_focus, '=', ATTR_BOLD, "frame of the panel that has the cursor") \
	X(LABEL, label, 'l', ATTR_NONE, "name of a value") \
	X(VALUE, value, 'v', ATTR_BOLD, "a value") \
	X(NOTE, note, 'n', ATTR_DIM, "what a value means") \
	X(TYPE, type, 't', ATTR_BOLD, "a Go type") \
	X(ADDRESS, address, 'a', ATTR_NONE, "an address") \
	X(OFFSET, offset, 'o', ATTR_DIM, "an offset") \
	X(INDEX, index, 'i', ATTR_DIM, "number of a bucket or slot") \
	X(FIELD, field, 'f', ATTR_NONE, "a field of the header") \
	X(TOPHASH, tophash, 'h', ATTR_BOLD, "tophash of a live cell") \
	X(EMPTY, empty, 'e', ATTR_DIM, "free slot") \
	X(EMPTY_REST, empty_rest, 'r', ATTR_DIM, "free slot, and all after it") \
	X(TOMBSTONE, tombstone, 'x', ATTR_NONE, "deleted cell that a search must step over") \
	X(EVACUATED_X, evacuated_x, 'X', ATTR_UNDERLINE, "cell moved to the lower half") \
	X(EVACUATED_Y, evacuated_y, 'Y', ATTR_UNDERLINE | ATTR_BOLD, \
		"cell moved to the upper half") \
	X(EVACUATED_EMPTY, evacuated_empty, 'E', ATTR_DIM, "free slot of an evacuated bucket") \
	X(KEY, key, 'k', ATTR_BOLD, "key of a live cell") \
	X(ELEM, elem, 'm', ATTR_NONE, "elem of a live cell") \
	X(POINTER, pointer, 'p', ATTR_UNDERLINE, "pointer") \
	X(STRING, string, 's', ATTR_NONE, "bytes that a string points to") \
	X(PADDING, padding, '#', ATTR_DIM, "padding") \
	X(STALE, stale, 'S', ATTR_DIM, "bytes of a dead cell") \
	X(OVERFLOW, overflow, 'O', ATTR_BOLD, "overflow bucket and the link to it") \
	X(SPARE, spare, 'P', ATTR_DIM, "overflow bucket allocated but not yet used") \
	X(OLD, old, 'd', ATTR_NONE, "old array, from before the growth") \
	X(WAITING, waiting, 'w', ATTR_DIM, "bucket that waits for its old one") \
	X(ROUNDING, rounding, 'R', ATTR_DIM, "bytes lost to the size class") \
	X(HEADER, header, 'H', ATTR_NONE, "the map's own headers") \
	X(GROWTH, growth, 'g', ATTR_BOLD, "growth: its mark and progress") \
	X(LOAD, load, 'b', ATTR_BOLD, "bar: the part that is used") \
	X(LOAD_FREE, load_free, 'u', ATTR_DIM, "bar: the part that is free") \
	X(LOAD_LIMIT, load_limit, '|', ATTR_BOLD, "bar: where the next growth starts") \
	X(HASH_INDEX, hash_index, 'j', ATTR_BOLD | ATTR_UNDERLINE, \
		"hash bits that choose the bucket") \
	X(HASH_TOP, hash_top, 'q', ATTR_REVERSE, "hash bits that become the tophash") \
	X(HASH_REST, hash_rest, 'y', ATTR_DIM, "hash bits that are not used") \
	X(PROBE, probe, '?', ATTR_UNDERLINE, "slot that a search looked at") \
	X(CHART_ALLOC, chart_alloc, 'A', ATTR_DIM, "chart: allocated") \
	X(CHART_USE, chart_use, 'U', ATTR_BOLD, "chart: in use") \
	X(STATUS, status, '_', ATTR_BOLD, "top line") \
	X(TIMELINE, timeline, 'c', ATTR_NONE, "the past on the timeline") \
	X(TIMELINE_NOW, timeline_now, 'N', ATTR_REVERSE, "now on the timeline") \
	X(TIMELINE_NEXT, timeline_next, 'F', ATTR_DIM, "what was undone on the timeline") \
	X(LEGEND, legend, 'L', ATTR_NONE, "legend") \
	X(HELP_KEY, help_key, 'K', ATTR_BOLD, "key in a help line") \
	X(HELP_TEXT, help_text, 'z', ATTR_NONE, "what a key does") \
	X(PROMPT, prompt, ':', ATTR_BOLD, "prompt and what is typed there") \
	X(COMPLETION, completion, ';', ATTR_NONE, "a word that the prompt offers") \
	X(MESSAGE, message, 'M', ATTR_NONE, "message") \
	X(CAPTION, caption, 'C', ATTR_BOLD, "words of a scene") \
	X(WARNING, warning, 'W', ATTR_BOLD, "warning") \
	X(ERROR, error, '!', ATTR_REVERSE, "error") \
	X(CHANGED, changed, '*', ATTR_BOLD | ATTR_UNDERLINE, "changed by the last step") \
	X(LINKED, linked, '&', ATTR_UNDERLINE | ATTR_ITALIC, \
		"belongs to what is under the cursor") \
	X(MATCH, match, '/', ATTR_REVERSE, "found by the search") \
	X(CURSOR, cursor, '@', ATTR_REVERSE, "cursor") \
	X(HEAT_0, heat_0, '0', ATTR_DIM, "empty") \
	X(HEAT_1, heat_1, '1', ATTR_DIM, "few live cells") \
	X(HEAT_2, heat_2, '2', ATTR_NONE, "about half full") \
	X(HEAT_3, heat_3, '3', ATTR_NONE, "nearly full") \
	X(HEAT_4, heat_4, '4', ATTR_BOLD, "full, or with overflow")

enum role {
#define X(id, name, letter, mono, what) ROLE_##id,
	ROLE_TABLE(X)
#undef X
		ROLE_COUNT
};

const char *role_name(enum role role); /* as in a theme file */
const char *role_what(enum role role); /* as in the legend */
char role_letter(enum role role);      /* in tests' pictures of roles */
unsigned role_mono(enum role role);    /* enum attr, or-ed */
enum role role_find(const char *name); /* ROLE_COUNT when there is none */

#endif
