/* SPDX-License-Identifier: MIT */
#include "tui/screen/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/utf8.h"

enum { HISTORY_MOST = 1000, LINE_MOST = PROMPT_LINE_MOST };

void prompt_free(struct prompt *p)
{
	for (size_t i = 0; i < p->count; i++)
		free(p->history[i]);
	free(p->history);
	free(p->typed);
	free(p->cut);
	text_free(&p->line);
	*p = (struct prompt){ 0 };
}

static void set_line(struct prompt *p, const char *s)
{
	text_clear(&p->line);
	text_add(&p->line, s);
	p->at = p->line.len;
}

void prompt_open(struct prompt *p, char sign, const char *begun)
{
	p->open = true;
	p->sign = sign;
	p->failed = false;
	p->back = p->count;
	p->error.msg[0] = '\0';
	set_line(p, begun);
}

void prompt_close(struct prompt *p)
{
	p->open = p->failed = false;
	p->error.msg[0] = p->offer[0] = '\0';
}

void prompt_fail(struct prompt *p, const struct error *err)
{
	p->error = *err;
	p->failed = true;
}

bool prompt_recall(struct prompt *p, const char *line)
{
	if (p->count && strcmp(p->history[p->count - 1], line) == 0)
		return false;
	if (p->count == HISTORY_MOST) {
		free(p->history[0]);
		memmove(p->history, p->history + 1, --p->count * sizeof *p->history);
	}
	p->history = xroom(p->history, &p->cap, p->count, sizeof *p->history);
	p->history[p->count++] = xstrdup(line);
	return true;
}

/* No command begins with a /. */
const char *prompt_remember(struct prompt *p)
{
	char *line = xasprintf("%s%s", p->sign == '/' ? "/" : "", text_str(&p->line));
	bool added = p->line.len && prompt_recall(p, line);

	free(line);
	/* When the line failed it is still there: it is the one being typed, after all others. */
	p->back = p->count;
	return added ? p->history[p->count - 1] : NULL;
}

/* A line of the history as it was typed; NULL when it was typed at the other sign. */
static const char *remembered(const struct prompt *p, size_t i)
{
	bool search = p->history[i][0] == '/';

	return search == (p->sign == '/') ? p->history[i] + search : NULL;
}

/* Puts len bytes in at the cursor. */
static void put_in(struct prompt *p, const char *s, size_t len)
{
	char *rest;

	if (len == 0 || p->line.len + len > LINE_MOST)
		return;
	rest = xstrdup(text_str(&p->line) + p->at);
	p->line.len = p->at;
	text_addn(&p->line, s, len);
	text_add(&p->line, rest);
	p->at += len;
	free(rest);
}

/* Takes [from, to) out. */
static void take_out(struct prompt *p, size_t from, size_t to)
{
	if (from >= to)
		return;
	memmove(p->line.s + from, p->line.s + to, p->line.len - to + 1);
	p->line.len -= to - from;
	p->at = from;
}

/* The same, to be put in again. */
static void cut(struct prompt *p, size_t from, size_t to)
{
	if (from >= to)
		return;
	free(p->cut);
	p->cut = xstrndup(p->line.s + from, to - from);
	take_out(p, from, to);
}

static bool continues(char c)
{
	return (c & 0xc0) == 0x80;
}

static size_t before(const struct prompt *p, size_t at)
{
	while (at > 0 && continues(text_str(&p->line)[--at]))
		continue;
	return at;
}

static size_t after(const struct prompt *p, size_t at)
{
	while (at < p->line.len && continues(text_str(&p->line)[++at]))
		continue;
	return at;
}

static bool in_word(const struct prompt *p, size_t at)
{
	return at < p->line.len && p->line.s[at] != ' ' && p->line.s[at] != '\t';
}

static size_t word_before(const struct prompt *p)
{
	size_t at = p->at;

	while (at > 0 && !in_word(p, at - 1))
		at--;
	while (at > 0 && in_word(p, at - 1))
		at--;
	return at;
}

static size_t word_after(const struct prompt *p)
{
	size_t at = p->at;

	while (at < p->line.len && !in_word(p, at))
		at++;
	while (in_word(p, at))
		at++;
	return at;
}

static void put_char(struct prompt *p, char32_t c)
{
	char s[UTF8_MOST];

	put_in(p, s, utf8_write(c, s));
}

static void show_history(struct prompt *p, size_t which)
{
	if (p->back == p->count) {
		free(p->typed);
		p->typed = xstrdup(text_str(&p->line));
	}
	p->back = which;
	set_line(p, which < p->count ? remembered(p, which) : p->typed);
}

static void show_before(struct prompt *p)
{
	for (size_t i = p->back; i-- > 0;)
		if (remembered(p, i)) {
			show_history(p, i);
			return;
		}
}

static void show_after(struct prompt *p)
{
	size_t i = p->back;

	if (i == p->count)
		return;
	do {
		i++;
	} while (i < p->count && !remembered(p, i));
	show_history(p, i);
}

/* The last line before this one that has in it what was typed. */
static void search_history(struct prompt *p)
{
	char *typed = xstrdup(p->back < p->count ? p->typed : text_str(&p->line));
	size_t i = p->back;

	while (i > 0 && !(remembered(p, i - 1) && strstr(remembered(p, i - 1), typed)))
		i--;
	if (i > 0)
		show_history(p, i - 1);
	else
		fail(&p->error, "no line before has \"%.200s\" in it", typed);
	free(typed);
}

void prompt_complete(struct prompt *p, const struct words *w)
{
	size_t common = words_common(w), typed = p->at - w->start;

	if (common > typed)
		put_in(p, w->list[0] + typed, common - typed);
}

static void control_key(struct prompt *p, char32_t c)
{
	switch (c) {
	case 'a':
		p->at = 0;
		break;
	case 'e':
		p->at = p->line.len;
		break;
	case 'b':
		p->at = before(p, p->at);
		break;
	case 'f':
		p->at = after(p, p->at);
		break;
	case 'd':
		take_out(p, p->at, after(p, p->at));
		break;
	case 'u':
		cut(p, 0, p->at);
		break;
	case 'k':
		cut(p, p->at, p->line.len);
		break;
	case 'w':
		cut(p, word_before(p), p->at);
		break;
	case 'y':
		put_in(p, p->cut ? p->cut : "", p->cut ? strlen(p->cut) : 0);
		break;
	case 'p':
		show_before(p);
		break;
	case 'n':
		show_after(p);
		break;
	case 'r':
		search_history(p);
		break;
	default:
		break;
	}
}

static void alt_key(struct prompt *p, char32_t c)
{
	if (c == 'b')
		p->at = word_before(p);
	else if (c == 'f')
		p->at = word_after(p);
	else if (c == 'd')
		cut(p, p->at, word_after(p));
}

static void character_key(struct prompt *p, struct key key)
{
	if (key.mods == 0)
		put_char(p, key.ch);
	else if (key.mods == MOD_CTRL)
		control_key(p, key.ch);
	else if (key.mods == MOD_ALT)
		alt_key(p, key.ch);
}

/* Keys that move and take out; by words with control or alt. */
static void edit_key(struct prompt *p, struct key key)
{
	bool words = key.mods & (MOD_CTRL | MOD_ALT);

	switch (key.sym) {
	case SYM_CHAR:
		character_key(p, key);
		break;
	case SYM_BACKSPACE:
		if (words)
			cut(p, word_before(p), p->at);
		else
			take_out(p, before(p, p->at), p->at);
		break;
	case SYM_DELETE:
		if (words)
			cut(p, p->at, word_after(p));
		else
			take_out(p, p->at, after(p, p->at));
		break;
	case SYM_LEFT:
		p->at = words ? word_before(p) : before(p, p->at);
		break;
	case SYM_RIGHT:
		p->at = words ? word_after(p) : after(p, p->at);
		break;
	case SYM_HOME:
		p->at = 0;
		break;
	case SYM_END:
		p->at = p->line.len;
		break;
	case SYM_UP:
		show_before(p);
		break;
	case SYM_DOWN:
		show_after(p);
		break;
	default:
		break;
	}
}

static bool is_control(struct key key, char32_t c)
{
	return key.sym == SYM_CHAR && key.mods == MOD_CTRL && key.ch == c;
}

/* With nothing to take out, what takes out leaves. */
static bool cancels(const struct prompt *p, struct key key)
{
	if (key.sym == SYM_ESCAPE || is_control(key, 'c') || is_control(key, 'g'))
		return true;
	return p->line.len == 0 && (key.sym == SYM_BACKSPACE || is_control(key, 'd'));
}

/*
 * Behind a line that failed another one is begun; the sign, which opens the prompt elsewhere, is
 * no part of it. True when the key is used up.
 */
static bool begins_anew(struct prompt *p, struct key key)
{
	bool letter = key.sym == SYM_CHAR && key.mods == 0;

	if (!p->failed || !letter)
		return false;
	set_line(p, "");
	return key.ch == (char32_t)p->sign;
}

enum prompt_result prompt_key(struct prompt *p, struct key key)
{
	if (cancels(p, key))
		return PROMPT_CANCELLED;
	if (key.sym == SYM_ENTER || is_control(key, 'j'))
		return PROMPT_DONE;
	p->error.msg[0] = p->offer[0] = '\0';
	if (key.sym == SYM_TAB) {
		p->failed = false;
		return PROMPT_COMPLETE;
	}
	if (!begins_anew(p, key))
		edit_key(p, key);
	p->failed = false;
	return PROMPT_EDITED;
}

bool prompt_is_new(const struct prompt *p)
{
	return p->sign == ':' && (p->failed || p->line.len == 0);
}

void prompt_paste(struct prompt *p, const struct paste *paste)
{
	size_t len = paste->len;
	char *clean;

	p->error.msg[0] = p->offer[0] = '\0';
	if (p->failed)
		set_line(p, "");
	p->failed = false;
	if (paste->cut || len > LINE_MOST - p->line.len) {
		fail(&p->error, "that is too much to paste: a line takes %d bytes", LINE_MOST);
		return;
	}
	clean = xmalloc(len + 1);
	for (size_t i = 0; i < len; i++)
		clean[i] = (unsigned char)paste->text[i] < ' ' ? ' ' : paste->text[i];
	while (len > 0 && clean[len - 1] == ' ')
		len--;
	put_in(p, clean, len);
	free(clean);
}

void prompt_draw(const struct prompt *p, const struct pane *pane, int *x)
{
	const char *line = text_str(&p->line);
	char *head = xstrndup(line, p->at);
	int at = data_width(pane->canvas, head), all = data_width(pane->canvas, line), shift = 0;
	struct pane in = pane_sub(pane, 2, 0, pane->w - 2, 1);
	int most = in.w - (at < all ? 2 : 1);

	/* A long line is moved to the left so that the cursor stays in sight. */
	if (at > most)
		shift = at - (most > 0 ? most : 0);
	pane_put(pane, 0, 0, ROLE_PROMPT, shift ? U'…' : (char32_t)p->sign);
	pane_data(&in, -shift, 0, ROLE_PROMPT, line);
	if (all - shift > in.w)
		pane_put(&in, in.w - 1, 0, ROLE_PROMPT, U'…');
	*x = pane->x + 2 + at - shift;
	free(head);
}
