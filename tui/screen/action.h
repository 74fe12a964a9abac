/* SPDX-License-Identifier: MIT */
/*
 * What keys do: one table of actions with their default keys and words for the help, and the
 * keymap made from it and the configuration. An action is a movement of the screen's, a
 * command of the command table that is run at once, or the start of one at the prompt.
 * Besides the actions, [keys] of the configuration may name any command with its arguments,
 * its blanks written as they are: `fill 100 = F2`.
 */
#ifndef TUI_SCREEN_ACTION_H
#define TUI_SCREEN_ACTION_H

#include "config/config.h"
#include "model/base/table.h"
#include "tui/term/key.h"

/* X(id, name, default keys, command or NULL, topic, help, short help or "" for the last line) */
#define ACTIONS(X) \
	X(LEFT, "left", "Left h", NULL, "move", "slot, byte or cell to the left", "") \
	X(RIGHT, "right", "Right L", NULL, "move", "slot, byte or cell to the right", "") \
	X(UP, "up", "Up k", NULL, "move", "bucket, row of bytes or field above", "") \
	X(DOWN, "down", "Down j", NULL, "move", "bucket, row of bytes or field below", "") \
	X(PAGE_UP, "page_up", "PageUp C-b", NULL, "move", "a page up", "") \
	X(PAGE_DOWN, "page_down", "PageDown C-f", NULL, "move", "a page down", "") \
	X(HOME, "home", "Home", NULL, "move", "first bucket", "") \
	X(END, "end", "End", NULL, "move", "last bucket", "") \
	X(PANEL, "next_panel", "Tab", NULL, "move", \
		"to the old array, to the header and back; maps by type, by path", "") \
	X(PANEL_BACK, "panel_before", "S-Tab", NULL, "move", "the other way round", "") \
	X(ZOOM_IN, "zoom_in", "Enter z", NULL, "look", \
		"closer: atlas, rows, bytes, slot; to what a field means", "closer") \
	X(ZOOM_OUT, "zoom_out", "Backspace Z", NULL, "look", "farther", "") \
	X(METRIC, "metric", "m", NULL, "look", \
		"what the atlas shows: fill, chains, tombstones, moves", "") \
	X(EXPLAIN, "explain", "x F1", NULL, "look", "explain what is under the cursor", "explain") \
	X(MARKS, "marks", "w", NULL, "look", "what the marks mean", "marks") \
	X(FIND, "find", "/", NULL, "move", \
		"find a key, @BUCKET, 0xADDRESS, tombstone, longest, ...", "find") \
	X(ENTRIES, "entries", "E", NULL, "move", "all entries, sorted; find cuts the list down", \
		"") \
	X(FIND_NEXT, "find_next", "n", NULL, "move", "the next one found", "") \
	X(FIND_BACK, "find_back", "N", NULL, "move", "the one found before", "") \
	X(FOLLOW, "follow", "Space", NULL, "move", \
		"the cursor follows the steps again; once moved, it stays with its key", "") \
	X(INSERT, "insert", "i", "insert ", "work", "insert KEY [ELEM]", "insert") \
	X(DELETE, "delete", "d Delete", "delete ", "work", "delete KEY", "delete") \
	X(LOOKUP, "lookup", "l", "lookup ", "work", "look a key up and show the probe", "lookup") \
	X(FILL, "fill", "f", "fill ", "work", "insert the keys 0 to N-1", "fill") \
	X(COLLIDE, "collide", "c", NULL, "work", \
		"insert keys that land in the bucket under the cursor", "") \
	X(GROW, "grow", "g", "grow", "work", "insert fresh keys until a growth starts", "grow") \
	X(GROW_SAME, "grow_same", "G", "grow same", "work", "until a same-size growth starts", "") \
	X(EVACUATE, "evacuate", "v", "evacuate", "work", "move the next old bucket on", "") \
	X(RANGE, "range", "r", "range", "work", "start a range loop and leave it", "") \
	X(RANGE_ALL, "range_all", "R", "range all", "work", \
		"a range loop to its end, to be stepped through", "") \
	X(RANGE_NEXT, "range_next", ">", NULL, "work", \
		"a range loop, entry by entry, as one works on the map meanwhile", "") \
	X(UNDO, "undo", "[", "undo", "time", "one operation back", "back") \
	X(REDO, "redo", "]", "redo", "time", "one operation forth", "forth") \
	X(UNDO_COMMAND, "undo_command", "U", "undo command", "time", \
		"one command back, all of it", "") \
	X(REDO_COMMAND, "redo_command", "C-r", "redo command", "time", \
		"one command forth, all of it", "") \
	X(EVENT_BACK, "event_back", ",", NULL, "time", \
		"one event or slot back, inside operations and lookups", "") \
	X(EVENT_FORTH, "event_forth", ".", NULL, "time", "one event forth", "") \
	X(JUMP_BACK, "jump_back", "{", NULL, "time", \
		"back to a growth, overflow bucket, clear or caption", "") \
	X(JUMP_FORTH, "jump_forth", "}", NULL, "time", "forth to the next of them", "") \
	X(PLAY, "play", "p", NULL, "time", "play from here, and stop", "play") \
	X(FASTER, "faster", "+", NULL, "time", "play faster", "") \
	X(SLOWER, "slower", "-", NULL, "time", "play slower", "") \
	X(CAPTURE, "capture", "s", "capture", "time", "look at the program's map again", "") \
	X(QUIZ, "quiz", "X", NULL, "time", "predict: what comes next is asked before it is seen", \
		"") \
	X(MARK, "mark", "M", NULL, "time", "show all that changes from here on; and no longer", \
		"") \
	X(ARCH, "arch", "a", NULL, "look", "64 or 32 bit: amd64 or 386", "64/32") \
	X(RELEASE, "release", "V", NULL, "look", \
		"the next Go release, and round to the one it began with", "release") \
	X(RELEASES, "releases", "W", NULL, "look", "the same operations under each Go release", \
		"") \
	X(BESIDE, "beside", "B", NULL, "look", "the timeline under two releases at once, in step", \
		"") \
	X(DESIGNS, "designs", "O", NULL, "look", "both designs of map after the same operations", \
		"") \
	X(JAVA, "java", "J", NULL, "look", "Java's HashMap beside the map", "") \
	X(COMPARE, "compare", "T", NULL, "look", "types beside each other, as compare chose", "") \
	X(LAYOUT, "layout", "A", NULL, "look", "fields, padding and sizes on two targets", "") \
	X(LEDGER, "ledger", "b", NULL, "look", "bytes by cause, the growths ahead, verdicts", \
		"bytes") \
	X(SHAPE, "shape", "H", NULL, "look", "how entries lie in chains, against chance", "") \
	X(LIFE, "lifecycle", "C", NULL, "look", "allocated and in use along the timeline", "") \
	X(DIFFERENCES, "differences", "D", NULL, "look", \
		"since the last snapshot, or as diff chose", "") \
	X(PATTERNS, "patterns", "F", NULL, "look", \
		"frequent patterns of keys, large elems, strings stored twice", "") \
	X(LAWS, "laws", "K", NULL, "look", "check the laws of the map's memory", "") \
	X(THEME, "theme", "t", NULL, "look", "the next theme", "") \
	X(EXPORT, "export", "e", "export text ", "files", "write the picture to a file", "export") \
	X(MAPS, "maps", "P", NULL, "files", "the maps of the program that is looked at", "") \
	X(SCENES, "scenes", "S", NULL, "files", \
		"the scenes: lessons with captions; closer begins one", "") \
	X(COMMAND, "command", ":", "", "more", "any command", "command") \
	X(HELP, "help", "?", NULL, "more", "this help", "help") \
	X(SUSPEND, "suspend", "C-z", NULL, "more", "back to the shell, until fg", "") \
	X(REDRAW, "redraw", "C-l", NULL, "more", "draw the screen anew", "") \
	X(QUIT, "quit", "q C-c", NULL, "more", "leave", "quit")

enum action {
#define X(id, name, keys, command, topic, help, brief) ACTION_##id,
	ACTIONS(X)
#undef X
	ACTIONS_END,
};

struct action_row {
	const char *name, *keys, *command, *topic, *help, *brief;
};

extern const struct action_row actions[ACTIONS_END];

/* What actions are grouped by, in the order of the help. */
struct topic {
	const char *name, *title;
};

enum { TOPICS = 6 };

extern const struct topic topics[TOPICS];

struct keymap_entry {
	struct key key;
	enum action action;  /* ACTIONS_END: the command alone */
	const char *command; /* owned by the configuration or the table */
	int line;            /* of the configuration; 0: a default */
};

/* Each key once, in the order in which it was given. */
struct keymap {
	struct keymap_entry *entries;
	size_t count, cap;
	struct table places; /* where in entries a key is */
};

/* Whether [keys] may name it: an action, or a command line whose command exists. */
bool action_known(const char *name);

/*
 * The default keys, with those of the configuration instead. A key bound twice is an error, and so
 * is it when no key is left that leads out of the program.
 */
bool keymap_make(struct keymap *map, const struct config *c, struct error *err);
void keymap_default(struct keymap *map); /* without a configuration */
void keymap_free(struct keymap *map);

const struct keymap_entry *keymap_find(const struct keymap *map, struct key key);

/* The names of an action's keys, blanks between; "" when it has none. buf takes size bytes. */
void keymap_keys(const struct keymap *map, enum action action, char *buf, size_t size);

/* The first of them alone: keymap_key(..).s */
struct key_text {
	char s[KEY_NAME_MAX];
};
struct key_text keymap_key(const struct keymap *map, enum action action);

#endif
