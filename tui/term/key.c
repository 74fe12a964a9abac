/* SPDX-License-Identifier: MIT */
#include "tui/term/key.h"

#include <stdio.h>
#include <string.h>

#include "tui/canvas/glyph.h"

/* ORDER KEYSYM */
static const char *const sym_names[] = {
	[SYM_UP] = "Up",
	[SYM_DOWN] = "Down",
	[SYM_LEFT] = "Left",
	[SYM_RIGHT] = "Right",
	[SYM_HOME] = "Home",
	[SYM_END] = "End",
	[SYM_PAGE_UP] = "PageUp",
	[SYM_PAGE_DOWN] = "PageDown",
	[SYM_INSERT] = "Insert",
	[SYM_DELETE] = "Delete",
	[SYM_BACKSPACE] = "Backspace",
	[SYM_TAB] = "Tab",
	[SYM_ENTER] = "Enter",
	[SYM_ESCAPE] = "Escape",
	[SYM_F1] = "F1",
	"F2",
	"F3",
	"F4",
	"F5",
	"F6",
	"F7",
	"F8",
	"F9",
	"F10",
	"F11",
	"F12",
};

/* Characters that a configuration file cannot hold as they are. */
static const struct {
	char ch;
	const char *name;
} char_names[] = {
	{' ', "Space"},
	{';', "Semicolon"},
	{'#', "Hash"},
	{'"', "Quote"},
	{'\\', "Backslash"},
};

static const struct {
	uint8_t mod;
	char prefix[3];
} mod_names[] = {
	{MOD_CTRL, "C-"},
	{MOD_ALT, "M-"},
	{MOD_SHIFT, "S-"},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

uint64_t key_number(struct key key)
{
	uint64_t ch = key.sym == SYM_CHAR ? key.ch : 0;

	return 1 + ((ch << 8 | (unsigned)key.sym) << 8 | key.mods);
}

/* Takes modifiers off the front; a lone "-" or "C" is a key and stays. */
static const char *parse_mods(const char *name, uint8_t *mods)
{
	bool found = true;

	while (found && strlen(name) > 2) {
		found = false;
		for (size_t i = 0; i < COUNT(mod_names); i++) {
			if (strncmp(name, mod_names[i].prefix, 2) || *mods & mod_names[i].mod)
				continue;
			*mods |= mod_names[i].mod;
			name += 2;
			found = true;
			break;
		}
	}
	return name;
}

static bool parse_base(const char *name, struct key *key)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < COUNT(sym_names); i++) {
		if (sym_names[i] && !strcmp(name, sym_names[i])) {
			key->sym = (enum keysym)i;
			return true;
		}
	}
	key->sym = SYM_CHAR;
	for (size_t i = 0; i < COUNT(char_names); i++) {
		if (!strcmp(name, char_names[i].name)) {
			key->ch = (unsigned char)char_names[i].ch;
			return true;
		}
	}
	return len && utf8_decode(name, len, &key->ch) == len && glyph_width(key->ch);
}

/* A terminal sends 32 different control characters, some of them as keys of their own. */
static bool fix_control(const char *name, struct key *key, struct error *err)
{
	static const struct {
		char ch;
		enum keysym same;
	} taken[] = {
		{'h', SYM_BACKSPACE},
		{'i', SYM_TAB},
		{'m', SYM_ENTER},
		{'[', SYM_ESCAPE},
	};

	if (key->ch >= 'A' && key->ch <= 'Z')
		key->ch += 'a' - 'A';
	if (key->ch == '@')
		key->ch = ' ';
	if (key->ch > '~' || !strchr("abcdefghijklmnopqrstuvwxyz[\\]^_ ", (int)key->ch))
		return fail(err, "%s: no such control key", name);
	for (size_t i = 0; i < COUNT(taken); i++) {
		if ((unsigned char)taken[i].ch == key->ch)
			return fail(err, "%s: the same as %s", name, sym_names[taken[i].same]);
	}
	return true;
}

bool key_parse(const char *name, struct key *key, struct error *err)
{
	struct key made = {0};
	const char *base = parse_mods(name, &made.mods);

	if (!parse_base(base, &made))
		return fail(err, "%s: no such key", name);
	if (made.sym == SYM_CHAR && made.mods & MOD_SHIFT)
		return fail(err, "%s: write the shifted letter itself", name);
	if (made.sym == SYM_CHAR && made.mods & MOD_CTRL && !fix_control(name, &made, err))
		return false;
	*key = made;
	return true;
}

static void name_base(struct key key, char *out, size_t size)
{
	char utf8[UTF8_MOST];

	if (key.sym != SYM_CHAR) {
		snprintf(out, size, "%s", sym_names[key.sym]);
		return;
	}
	for (size_t i = 0; i < COUNT(char_names); i++) {
		if ((unsigned char)char_names[i].ch == key.ch) {
			snprintf(out, size, "%s", char_names[i].name);
			return;
		}
	}
	snprintf(out, size, "%.*s", (int)utf8_write(key.ch, utf8), utf8);
}

const char *key_name(struct key key, char name[KEY_NAME_MAX])
{
	size_t used = 0;

	for (size_t i = 0; i < COUNT(mod_names); i++) {
		if (key.mods & mod_names[i].mod)
			used += (size_t)snprintf(
				name + used, KEY_NAME_MAX - used, "%s", mod_names[i].prefix);
	}
	name_base(key, name + used, KEY_NAME_MAX - used);
	return name;
}
