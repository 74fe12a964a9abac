/* SPDX-License-Identifier: MIT */
/*
 * A key as the program sees it: a character or a named key, with modifiers.
 *
 * Names are what one writes in the configuration and reads in the help: q, Q, C-c, M-x, Left,
 * S-Tab, PageUp, F5, Space, Semicolon. Modifiers come first, each once: C- (control), M- (alt),
 * S- (shift, only with named keys: a shifted letter is another letter). What sends the same byte
 * is one key: what would be C-h, C-i, C-m, C-[ is Backspace, Tab, Enter, Escape.
 */
#ifndef TUI_TERM_KEY_H
#define TUI_TERM_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

#include "model/base/error.h"

enum keysym {     /* ORDER KEYSYM */
	SYM_CHAR, /* key.ch says which */
	SYM_UP,
	SYM_DOWN,
	SYM_LEFT,
	SYM_RIGHT,
	SYM_HOME,
	SYM_END,
	SYM_PAGE_UP,
	SYM_PAGE_DOWN,
	SYM_INSERT,
	SYM_DELETE,
	SYM_BACKSPACE,
	SYM_TAB,
	SYM_ENTER,
	SYM_ESCAPE,
	SYM_F1, /* SYM_F1 + n - 1 is Fn */
	SYM_F12 = SYM_F1 + 11,
};

enum keymod {
	MOD_SHIFT = 1 << 0,
	MOD_ALT = 1 << 1,
	MOD_CTRL = 1 << 2,
};

struct key {
	enum keysym sym;
	char32_t ch;  /* for SYM_CHAR; lower case when MOD_CTRL; ' ' is Space */
	uint8_t mods; /* enum keymod, or-ed */
};

#define KEY_NAME_MAX 32

/* A number of its own for each key, never 0. */
uint64_t key_number(struct key key);

/* The whole of name must be one key. */
bool key_parse(const char *name, struct key *key, struct error *err);

/* Writes the name of key, which key_parse() reads back; returns name. */
const char *key_name(struct key key, char name[KEY_NAME_MAX]);

#endif
