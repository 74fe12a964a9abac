/* SPDX-License-Identifier: MIT */
#include "tui/term/input.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <termkey.h>

#include "model/base/mem.h"
#include "tui/term/token.h"

static const char paste_begin[] = "\033[200~", paste_end[] = "\033[201~";
#define MARK_LEN (sizeof paste_end - 1)

/* What comes at once and is longer than this was not typed. */
#define TYPED_MOST 8

struct input {
	TermKey *keys;
	char raw[4096 + 2]; /* fed but not yet looked at: [start, end) */
	char begun[2];      /* Escape or M-[, just taken as typed, */
	size_t begun_len;   /* which may have been the beginning of more */
	size_t start, end;
	bool utf8;
	bool forced; /* what is left counts as whole */
	bool pasting;
	bool torn; /* the last paste was given up before its end */
	char *paste;
	size_t paste_len, paste_cap;
	bool paste_cut;
};

/*
 * xterm's entry promises mouse reports in a form that we do not ask for; given that, libtermkey
 * would take ours for something else.
 */
static const char *fix_terminfo(const char *name, const char *value, void *data)
{
	(void)data;
	if (!strcmp(name, "key_mouse"))
		return "\033[M";
	return value && value[0] && !value[1] ? NULL : value;
}

struct input *input_new(int fd, const char *term, bool utf8, struct error *err)
{
	int flags = TERMKEY_FLAG_NOTERMIOS | TERMKEY_FLAG_EINTR | TERMKEY_FLAG_NOSTART |
		    TERMKEY_FLAG_CONVERTKP | (utf8 ? TERMKEY_FLAG_UTF8 : TERMKEY_FLAG_RAW);
	TermKey *keys = fd < 0 ? termkey_new_abstract(term, flags) : termkey_new(fd, flags);
	struct input *input;

	if (!keys) {
		fail(err, "cannot read keys from the terminal: %s", strerror(errno));
		return NULL;
	}
	termkey_hook_terminfo_getstr(keys, fix_terminfo, NULL);
	termkey_set_canonflags(keys, TERMKEY_CANON_DELBS);
	input = xcalloc(1, sizeof *input);
	input->keys = keys;
	input->utf8 = utf8;
	/* Destroying what was never started crashes. */
	input_start(input);
	return input;
}

void input_free(struct input *input)
{
	if (!input)
		return;
	termkey_destroy(input->keys);
	free(input->paste);
	free(input);
}

void input_start(struct input *input)
{
	termkey_start(input->keys);
}

void input_stop(struct input *input)
{
	termkey_stop(input->keys);
}

size_t input_room(const struct input *input)
{
	return sizeof input->raw - sizeof input->begun - (input->end - input->start);
}

/* How much of these bytes still belongs to a paste that was given up. */
static size_t torn_rest(struct input *input, const char *bytes, size_t len)
{
	for (size_t i = 0; i + MARK_LEN <= len; i++) {
		if (memcmp(bytes + i, paste_end, MARK_LEN) != 0)
			continue;
		input->torn = false;
		return i + MARK_LEN;
	}
	if (len > TYPED_MOST && *bytes != paste_end[0])
		return len;
	input->torn = false;
	return 0;
}

static void append(struct input *input, const char *bytes, size_t len)
{
	memcpy(input->raw + input->end, bytes, len);
	input->end += len;
}

void input_feed(struct input *input, const char *bytes, size_t len)
{
	size_t rest = input->torn ? torn_rest(input, bytes, len) : 0;

	assert(len <= input_room(input));
	memmove(input->raw, input->raw + input->start, input->end - input->start);
	input->end -= input->start;
	input->start = 0;
	if (token_goes_on(input->begun, input->begun_len, bytes + rest, len - rest))
		append(input, input->begun, input->begun_len);
	input->begun_len = 0;
	append(input, bytes + rest, len - rest);
	input->forced = false;
}

static bool from_symbol(TermKeySym sym, struct key *key)
{
	static const struct {
		TermKeySym from;
		enum keysym to;
	} syms[] = {
		{TERMKEY_SYM_UP, SYM_UP},
		{TERMKEY_SYM_DOWN, SYM_DOWN},
		{TERMKEY_SYM_LEFT, SYM_LEFT},
		{TERMKEY_SYM_RIGHT, SYM_RIGHT},
		{TERMKEY_SYM_HOME, SYM_HOME},
		{TERMKEY_SYM_FIND, SYM_HOME},
		{TERMKEY_SYM_END, SYM_END},
		{TERMKEY_SYM_SELECT, SYM_END},
		{TERMKEY_SYM_PAGEUP, SYM_PAGE_UP},
		{TERMKEY_SYM_PAGEDOWN, SYM_PAGE_DOWN},
		{TERMKEY_SYM_INSERT, SYM_INSERT},
		{TERMKEY_SYM_DELETE, SYM_DELETE},
		{TERMKEY_SYM_BACKSPACE, SYM_BACKSPACE},
		{TERMKEY_SYM_TAB, SYM_TAB},
		{TERMKEY_SYM_ENTER, SYM_ENTER},
		{TERMKEY_SYM_KPENTER, SYM_ENTER},
		{TERMKEY_SYM_ESCAPE, SYM_ESCAPE},
	};

	if (sym == TERMKEY_SYM_SPACE) {
		key->ch = ' ';
		return true;
	}
	for (size_t i = 0; i < sizeof syms / sizeof *syms; i++) {
		if (syms[i].from == sym) {
			key->sym = syms[i].to;
			return true;
		}
	}
	return false;
}

static bool from_codepoint(long codepoint, struct key *key)
{
	if (codepoint < ' ' || codepoint > 0x10ffff)
		return false;
	key->ch = (char32_t)codepoint;
	key->mods &= (uint8_t)~MOD_SHIFT;
	if (key->mods & MOD_CTRL && key->ch >= 'A' && key->ch <= 'Z')
		key->ch += 'a' - 'A';
	if (key->mods == MOD_CTRL && key->ch == 'h')
		*key = (struct key){.sym = SYM_BACKSPACE};
	return true;
}

static bool from_key(const TermKeyKey *from, struct event *event)
{
	struct key key = {0};

	if (from->modifiers & TERMKEY_KEYMOD_SHIFT)
		key.mods |= MOD_SHIFT;
	if (from->modifiers & TERMKEY_KEYMOD_ALT)
		key.mods |= MOD_ALT;
	if (from->modifiers & TERMKEY_KEYMOD_CTRL)
		key.mods |= MOD_CTRL;
	if (from->type == TERMKEY_TYPE_UNICODE) {
		if (!from_codepoint(from->code.codepoint, &key))
			return false;
	} else if (from->type == TERMKEY_TYPE_KEYSYM) {
		if (!from_symbol(from->code.sym, &key))
			return false;
	} else {
		if (from->code.number < 1 || from->code.number > 12)
			return false;
		key.sym = (enum keysym)(SYM_F1 + from->code.number - 1);
	}
	*event = (struct event){.type = EVENT_KEY, .key = key};
	return true;
}

static bool from_mouse(TermKey *keys, const TermKeyKey *from, struct event *event)
{
	struct mouse mouse = {0};
	TermKeyMouseEvent what;
	int line, col;

	if (termkey_interpret_mouse(keys, from, &what, &mouse.button, &line, &col) !=
		TERMKEY_RES_KEY)
		return false;
	mouse.x = col > 0 ? col - 1 : 0;
	mouse.y = line > 0 ? line - 1 : 0;
	mouse.mods = (unsigned)from->modifiers;
	if (what == TERMKEY_MOUSE_PRESS && mouse.button >= 4) {
		if (mouse.button > 5)
			return false;
		mouse.type = MOUSE_WHEEL;
		mouse.wheel = mouse.button == 4 ? -1 : 1;
		mouse.button = 0;
	} else if (what == TERMKEY_MOUSE_PRESS) {
		mouse.type = MOUSE_PRESS;
	} else if (what == TERMKEY_MOUSE_DRAG) {
		mouse.type = MOUSE_DRAG;
	} else if (what == TERMKEY_MOUSE_RELEASE) {
		mouse.type = MOUSE_RELEASE;
	} else {
		return false;
	}
	*event = (struct event){.type = EVENT_MOUSE, .mouse = mouse};
	return true;
}

_Static_assert((int)MOD_SHIFT == (int)TERMKEY_KEYMOD_SHIFT &&
		       (int)MOD_ALT == (int)TERMKEY_KEYMOD_ALT &&
		       (int)MOD_CTRL == (int)TERMKEY_KEYMOD_CTRL,
	"modifiers are copied");

/* False for what means nothing to us: focus reports, answers of the terminal, unknown keys. */
static bool translate(TermKey *keys, const TermKeyKey *from, struct event *event)
{
	switch (from->type) {
	case TERMKEY_TYPE_UNICODE:
	case TERMKEY_TYPE_KEYSYM:
	case TERMKEY_TYPE_FUNCTION:
		return from_key(from, event);
	case TERMKEY_TYPE_MOUSE:
		return from_mouse(keys, from, event);
	default:
		return false;
	}
}

static void paste_add(struct input *input, char byte)
{
	/* The end mark goes through here too, hence the room for it. */
	if (input->paste_len >= PASTE_MAX + MARK_LEN) {
		memmove(input->paste + PASTE_MAX, input->paste + PASTE_MAX + 1, MARK_LEN - 1);
		input->paste_len--;
		input->paste_cut = true;
	}
	input->paste = xroom(input->paste, &input->paste_cap, input->paste_len + 1, 1);
	input->paste[input->paste_len++] = byte;
	input->paste[input->paste_len] = '\0';
}

static enum input_state paste_finish(struct input *input, size_t len, struct event *event)
{
	if (len > PASTE_MAX) {
		len = PASTE_MAX;
		input->paste_cut = true;
	}
	if (input->paste)
		input->paste[len] = '\0';
	input->pasting = false;
	input->forced = false;
	*event = (struct event){.type = EVENT_PASTE,
		.paste = {input->paste ? input->paste : "", len, input->paste_cut}};
	return INPUT_EVENT;
}

/* Whether the text itself has the mark in it: then another one follows, and no beginning. */
static bool ends_again(const struct input *input)
{
	for (size_t i = input->start; i + MARK_LEN <= input->end; i++) {
		if (!memcmp(input->raw + i, paste_end, MARK_LEN))
			return true;
		if (!memcmp(input->raw + i, paste_begin, MARK_LEN))
			return false;
	}
	return false;
}

static enum input_state paste_next(struct input *input, struct event *event)
{
	while (input->start < input->end) {
		paste_add(input, input->raw[input->start++]);
		if (input->paste_len >= MARK_LEN &&
			!memcmp(input->paste + input->paste_len - MARK_LEN, paste_end, MARK_LEN) &&
			!ends_again(input))
			return paste_finish(input, input->paste_len - MARK_LEN, event);
	}
	/* A terminal that never ends its paste must not make the keyboard dead. */
	if (input->forced) {
		input->torn = true;
		return paste_finish(input, input->paste_len, event);
	}
	return INPUT_PASTING;
}

static void paste_start(struct input *input)
{
	input->pasting = true;
	input->paste_len = 0;
	input->paste_cut = false;
}

/* Hands the next token to the decoder; false when there is none, or only the beginning of one. */
static bool push(struct input *input)
{
	const char *bytes = input->raw + input->start;
	size_t len = input->end - input->start;
	enum token_kind kind;
	size_t token = token_cut(bytes, len, input->utf8, &kind);

	if (!len)
		return false;
	if (!token) {
		if (!input->forced && input_room(input))
			return false;
		token = len;
		kind = token_typed(bytes, len) ? TOKEN_KEY : TOKEN_JUNK;
		if (len <= sizeof input->begun)
			memcpy(input->begun, bytes, input->begun_len = len);
	}
	input->start += token;
	if (kind == TOKEN_PASTE)
		paste_start(input);
	else if (kind == TOKEN_KEY)
		termkey_push_bytes(input->keys, bytes, token);
	return true;
}

enum input_state input_next(struct input *input, struct event *event)
{
	bool more = true;

	while (more && !input->pasting) {
		TermKeyKey key;
		TermKeyResult result = termkey_getkey(input->keys, &key);

		/* The decoder has whole tokens; what it waits for will not come. */
		if (result == TERMKEY_RES_AGAIN)
			result = termkey_getkey_force(input->keys, &key);
		if (result == TERMKEY_RES_KEY) {
			if (translate(input->keys, &key, event))
				return INPUT_EVENT;
		} else {
			more = push(input);
		}
	}
	if (input->pasting)
		return paste_next(input, event);
	input->forced = false;
	if (input->start == input->end)
		return INPUT_EMPTY;
	return token_sent(input->raw + input->start, input->end - input->start) ? INPUT_SENT
										 : INPUT_PARTIAL;
}

bool input_drop_to(struct input *input, char byte)
{
	bool pasting = input->pasting;

	for (size_t i = input->start; i < input->end; i++) {
		if (i + MARK_LEN <= input->end && !memcmp(input->raw + i, paste_begin, MARK_LEN))
			pasting = true;
		else if (i + MARK_LEN <= input->end && !memcmp(input->raw + i, paste_end, MARK_LEN))
			pasting = false;
		if (pasting || input->raw[i] != byte)
			continue;
		input->start = i + 1;
		return true;
	}
	return false;
}

bool input_drop_escape(struct input *input)
{
	if (input->pasting || input->start == input->end || input->raw[input->end - 1] != '\033')
		return false;
	input->start = input->end;
	return true;
}

void input_force(struct input *input)
{
	input->forced = true;
}
