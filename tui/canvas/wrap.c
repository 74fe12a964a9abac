/* SPDX-License-Identifier: MIT */
#include "tui/canvas/wrap.h"

#include <ctype.h>
#include <string.h>

enum { PART = 512 };

/* Bytes of the character at s. */
static size_t char_size(const char *s)
{
	size_t n = 1;

	while (((unsigned char)s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* A number stays with the word before it: "slot 3", "old unit 12". */
static bool breaks_at(const char *line, size_t at)
{
	return line[at] == ' ' && !(at > 0 && isalpha((unsigned char)line[at - 1]) &&
		isdigit((unsigned char)line[at + 1]));
}

/* Whether a word that is nothing but a figure goes on there: a part of it is another figure. */
static bool in_figure(const char *line, size_t word, size_t at)
{
	size_t n = strspn(line + word, "0123456789,.");

	return word + n > at && strcspn(line + word, " ") == n;
}

/* Bytes of the line that go into so many columns: up to a blank, or through a long word. */
static size_t fitting(const struct canvas *canvas, const char *line, int most)
{
	size_t at = 0, blank = 0, any = 0;
	int columns = 0;

	while (line[at]) {
		char one[16] = "";
		size_t n = char_size(line + at);

		if (n >= sizeof one || at + n >= PART)
			break;
		memcpy(one, line + at, n);
		columns += text_width(canvas, one);
		if (line[at] == ' ')
			any = at;
		if (breaks_at(line, at))
			blank = at;
		if (columns > most && at > 0 && any && any <= at / 2 &&
			in_figure(line, any + 1, at))
			return any;
		if (columns > most && at > 0)
			return any <= at / 2 ? at : blank > at / 3 ? blank : any;
		at += n;
	}
	return at;
}

int wrap_text(const struct pane *p, int y, int indent, enum role role, const char *text)
{
	int most = p->w > indent + 8 ? p->w - indent : 8, rows = 0;

	while (*text) {
		char part[PART];
		size_t n = fitting(p->canvas, text, most);

		/* What is no character at all is drawn, and escaped, byte by byte. */
		n = n ? n : 1;
		memcpy(part, text, n);
		part[n] = '\0';
		pane_text(p, rows ? indent : 0, y + rows, role, part);
		rows++;
		text += n;
		text += *text == ' ';
	}
	return rows;
}

void wrap_most(const struct pane *p, enum role role, const char *text)
{
	if (wrap_text(p, 0, 0, role, text) > p->h && p->h > 0)
		pane_put(p, p->w - 1, p->h - 1, role, U'…');
}

/* Columns of the n bytes at s, and nothing of what follows. */
static int width_of(const struct canvas *canvas, const char *s, size_t n)
{
	struct text part = { 0 };
	int width;

	text_addn(&part, s, n);
	width = text_width(canvas, text_str(&part));
	text_free(&part);
	return width;
}

/* Bytes of the character at s, or of one that is written as \n, \x1b, \u0301 or the like. */
static size_t unit_size(const char *s, size_t most)
{
	size_t n = char_size(s);

	if (*s == '\\')
		n = s[1] == 'x' ? 4 : s[1] == 'u' ? 6 : s[1] == 'U' ? 10 : 2;
	return n < most ? n : most;
}

void wrap_shorten(struct text *out, const struct canvas *canvas, const char *text, size_t n,
	int most)
{
	int width = width_of(canvas, text, n), begin = 0;
	size_t head = 0, tail, one;

	if (width <= most) {
		text_addn(out, text, n);
		return;
	}
	/* As much of the end as of the beginning, and a column for the sign. */
	for (; head < n; head += one) {
		one = unit_size(text + head, n - head);
		begin += width_of(canvas, text + head, one);
		if (begin > most / 2)
			break;
	}
	for (tail = 0; tail < n && (tail < head || width > most - most / 2 - 1); tail += one) {
		one = unit_size(text + tail, n - tail);
		width -= width_of(canvas, text + tail, one);
	}
	text_addn(out, text, head);
	text_add(out, "…");
	text_addn(out, text + tail, n - tail);
}

void wrap_item(const struct pane *p, int *x, int *y, int gap, enum role role, const char *words)
{
	if (*x > 0 && *x + text_width(p->canvas, words) > p->w) {
		*x = 0;
		++*y;
	}
	*x += pane_textn(p, *x, *y, p->w - *x, role, words) + gap;
}

bool line_item(struct text *line, const struct pane *p, const char *item)
{
	const char *between = line->len ? " · " : "";
	int width = text_width(p->canvas, text_str(line)) + text_width(p->canvas, between) +
		text_width(p->canvas, item);

	if (*item && width <= p->w)
		text_printf(line, "%s%s", between, item);
	return width <= p->w;
}
