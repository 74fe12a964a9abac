/* SPDX-License-Identifier: MIT */
#include "tui/canvas/wrap.h"

#include <stdarg.h>
#include <string.h>

#include "model/base/text.h"

enum { PART = 512 };

/* Bytes of the character at s. */
static size_t char_size(const char *s)
{
	size_t n = 1;

	while (((unsigned char)s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* Bytes of the line that go into so many columns: up to a blank, or through a long word. */
static size_t fitting(const struct canvas *canvas, const char *line, int most)
{
	size_t at = 0, blank = 0;
	int columns = 0;

	while (line[at]) {
		char one[16] = "";
		size_t n = char_size(line + at);

		if (n >= sizeof one || at + n >= PART)
			break;
		memcpy(one, line + at, n);
		columns += text_width(canvas, one);
		if (line[at] == ' ')
			blank = at;
		if (columns > most && at > 0)
			return blank > at / 2 ? blank : at;
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

int wrap_printf(const struct pane *p, int y, enum role role, const char *format, ...)
{
	struct text text = { 0 };
	va_list ap;
	int rows;

	va_start(ap, format);
	text_vprintf(&text, format, ap);
	va_end(ap);
	rows = wrap_text(p, y, 2, role, text_str(&text));
	text_free(&text);
	return rows;
}

void wrap_most(const struct pane *p, enum role role, const char *text)
{
	if (wrap_text(p, 0, 0, role, text) > p->h && p->h > 0)
		pane_put(p, p->w - 1, p->h - 1, role, U'…');
}

void wrap_item(const struct pane *p, int *x, int *y, int gap, enum role role, const char *words)
{
	if (*x > 0 && *x + text_width(p->canvas, words) > p->w) {
		*x = 0;
		++*y;
	}
	*x += pane_textn(p, *x, *y, p->w - *x, role, words) + gap;
}
