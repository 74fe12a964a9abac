/* SPDX-License-Identifier: MIT */
#include "tui/app/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

enum { HISTORY_MOST = 1000, LINE_MOST = 64 << 10 };

void prompt_free(struct prompt *p)
{
	for (size_t i = 0; i < p->count; i++)
		free(p->history[i]);
	free(p->history);
	free(p->typed);
	text_free(&p->line);
	*p = (struct prompt){ 0 };
}

static void set_line(struct prompt *p, const char *s)
{
	text_clear(&p->line);
	text_add(&p->line, s);
	p->at = p->line.len;
}

void prompt_open(struct prompt *p, const char *begun)
{
	p->open = true;
	p->sign = ':';
	p->back = p->count;
	p->error.msg[0] = '\0';
	set_line(p, begun);
}

void prompt_close(struct prompt *p)
{
	p->open = false;
	p->error.msg[0] = p->offer[0] = '\0';
}

void prompt_remember(struct prompt *p)
{
	const char *line = text_str(&p->line);

	if (*line && !(p->count && strcmp(p->history[p->count - 1], line) == 0)) {
		if (p->count == HISTORY_MOST) {
			free(p->history[0]);
			memmove(p->history, p->history + 1, --p->count * sizeof *p->history);
		}
		p->history = grow(p->history, &p->cap, p->count, sizeof *p->history);
		p->history[p->count++] = xstrdup(line);
	}
	/* When the line failed it is still there: it is the one being typed, after all others. */
	p->back = p->count;
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

static size_t word_before(const struct prompt *p)
{
	const char *s = text_str(&p->line);
	size_t at = p->at;

	while (at > 0 && s[at - 1] == ' ')
		at--;
	while (at > 0 && s[at - 1] != ' ')
		at--;
	return at;
}

static void put_char(struct prompt *p, char32_t c)
{
	char s[4];
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	if (n == 1)
		s[0] = (char)c;
	for (size_t i = n; n > 1 && i-- > 1; c >>= 6)
		s[i] = (char)(0x80 | (c & 0x3f));
	if (n > 1)
		s[0] = (char)((0xf00u >> n) | c);
	put_in(p, s, n);
}

static void show_history(struct prompt *p, size_t which)
{
	if (which > p->count)
		return;
	if (p->back == p->count) {
		free(p->typed);
		p->typed = xstrdup(text_str(&p->line));
	}
	p->back = which;
	set_line(p, which < p->count ? p->history[which] : p->typed);
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
	case 'u':
		take_out(p, 0, p->at);
		break;
	case 'k':
		if (p->at < p->line.len)
			take_out(p, p->at, p->line.len);
		break;
	case 'w':
		take_out(p, word_before(p), p->at);
		break;
	default:
		break;
	}
}

enum prompt_result prompt_key(struct prompt *p, struct key key)
{
	if (key.sym == SYM_ESCAPE || (key.sym == SYM_CHAR && key.mods == MOD_CTRL &&
					     (key.ch == 'c' || key.ch == 'g')))
		return PROMPT_CANCELLED;
	if (key.sym == SYM_ENTER)
		return PROMPT_DONE;
	p->error.msg[0] = p->offer[0] = '\0';
	switch (key.sym) {
	case SYM_CHAR:
		if (key.mods == 0)
			put_char(p, key.ch);
		else if (key.mods == MOD_CTRL)
			control_key(p, key.ch);
		break;
	case SYM_BACKSPACE:
		if (p->line.len == 0)
			return PROMPT_CANCELLED;
		take_out(p, before(p, p->at), p->at);
		break;
	case SYM_DELETE:
		if (p->at < p->line.len)
			take_out(p, p->at, after(p, p->at));
		break;
	case SYM_LEFT:
		p->at = before(p, p->at);
		break;
	case SYM_RIGHT:
		p->at = after(p, p->at);
		break;
	case SYM_HOME:
		p->at = 0;
		break;
	case SYM_END:
		p->at = p->line.len;
		break;
	case SYM_UP:
		if (p->back > 0)
			show_history(p, p->back - 1);
		break;
	case SYM_DOWN:
		show_history(p, p->back + 1);
		break;
	case SYM_TAB:
		return PROMPT_COMPLETE;
	default:
		break;
	}
	return PROMPT_EDITED;
}

void prompt_paste(struct prompt *p, const struct paste *paste)
{
	size_t len = paste->len < LINE_MOST ? paste->len : LINE_MOST;
	char *clean = xmalloc(len + 1);

	for (size_t i = 0; i < len; i++)
		clean[i] = (unsigned char)paste->text[i] < ' ' ? ' ' : paste->text[i];
	while (len > 0 && clean[len - 1] == ' ')
		len--;
	p->error.msg[0] = '\0';
	put_in(p, clean, len);
	free(clean);
}

void prompt_draw(const struct prompt *p, const struct pane *pane, int *x)
{
	const char *line = text_str(&p->line);
	char *head = xstrndup(line, p->at);
	int at = data_width(pane->canvas, head), shift = 0;
	struct pane in = pane_sub(pane, 2, 0, pane->w - 2, 1);

	/* A long line is moved to the left so that the cursor stays in sight. */
	if (at >= in.w)
		shift = at - in.w + 1;
	pane_put(pane, 0, 0, ROLE_PROMPT, shift ? U'…' : (char32_t)p->sign);
	pane_data(&in, -shift, 0, ROLE_PROMPT, line);
	*x = pane->x + 2 + at - shift;
	free(head);
}
