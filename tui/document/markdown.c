/* SPDX-License-Identifier: MIT */
#include "tui/document/markdown.h"

#include <ctype.h>
#include <string.h>

#include "model/base/nearest.h"

#define NAME "hmapview"

enum { INDENT_MOST = 3, FENCE_LEAST = 3 };

/* A line of the text, without what ends it. */
struct line {
	const char *s;
	size_t len;
	unsigned number;
	bool crlf;
};

void markdown_begin(struct markdown *m, const char *text, size_t len)
{
	static const char mark[] = "\xef\xbb\xbf";

	*m = (struct markdown){ .text = text, .len = len, .line = 1 };
	if (len >= 3 && memcmp(text, mark, 3) == 0)
		m->at = 3;
}

static bool next_line(struct markdown *m, struct line *l)
{
	const char *s = m->text + m->at, *end;

	if (m->at >= m->len)
		return false;
	end = memchr(s, '\n', m->len - m->at);
	*l = (struct line){
		.s = s, .len = end ? (size_t)(end - s) : m->len - m->at, .number = m->line++
	};
	m->at += l->len + (end != NULL);
	if (l->len && s[l->len - 1] == '\r') {
		l->len--;
		l->crlf = true;
	}
	return true;
}

/* The line again. */
static void put_back(struct markdown *m, const struct line *l)
{
	m->at = (size_t)(l->s - m->text);
	m->line = l->number;
}

static bool is_blank(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!memchr(" \t\r\n", s[i], 4))
			return false;
	return true;
}

/* Cuts off what the line is set in by; the number of blanks, -1 when they are too many. */
static int cut_indent(const char **s, size_t *len)
{
	int n = 0;

	for (; *len && **s == ' '; ++*s, --*len)
		n++;
	return n <= INDENT_MOST ? n : -1;
}

static bool cut_prefix(const char **s, size_t *len, const char *prefix)
{
	size_t n = strlen(prefix);

	if (*len < n || memcmp(*s, prefix, n) != 0)
		return false;
	*s += n;
	*len -= n;
	return true;
}

static void cut_blanks(const char **s, size_t *len)
{
	for (; *len && (**s == ' ' || **s == '\t'); ++*s)
		--*len;
}

/* How many signs of a fence a line begins with; 0 when it is none. What follows is left. */
static int fence_signs(const char **s, size_t *len, char *sign)
{
	int n = 0;

	*sign = '\0';
	if (cut_indent(s, len) < 0 || !*len || (**s != '`' && **s != '~'))
		return 0;
	*sign = **s;
	for (; *len && **s == *sign; ++*s, --*len)
		n++;
	return n >= FENCE_LEAST ? n : 0;
}

static bool begins_fence(const struct line *l, struct markdown_block *b)
{
	const char *s = l->s;
	size_t len = l->len;

	b->fence = fence_signs(&s, &len, &b->sign);
	if (!b->fence || (b->sign == '`' && memchr(s, '`', len)))
		return false;
	s = l->s;
	len = l->len;
	b->indent = cut_indent(&s, &len);
	b->crlf = l->crlf;
	return true;
}

bool markdown_ends_fence(const struct markdown_block *b, const char *line, size_t len)
{
	char sign;
	int n = fence_signs(&line, &len, &sign);

	return n >= b->fence && sign == b->sign && is_blank(line, len);
}

/* `<!-- hmapview` and a blank, the end of the comment or of the line. The rest is left. */
static bool begins_comment(const struct line *l, const char **s, size_t *len)
{
	*s = l->s;
	*len = l->len;
	if (cut_indent(s, len) < 0 || !cut_prefix(s, len, "<!--"))
		return false;
	cut_blanks(s, len);
	if (!cut_prefix(s, len, NAME))
		return false;
	return !*len || strchr(" \t", **s) || (*len >= 3 && memcmp(*s, "-->", 3) == 0);
}

/*
 * `<!-- hmapveiw`: a comment that begins with what was probably meant to be that name, or
 * with it, but otherwise than it has to stand there.
 */
static bool is_mistyped(const struct line *l, struct error *err)
{
	const char *s = l->s;
	size_t len = l->len, n = 0;
	struct nearest nearest;
	bool ended = false;

	if (cut_indent(&s, &len) < 0 || !cut_prefix(&s, &len, "<!"))
		return false;
	for (; len && *s == '-'; ++s, --len)
		continue;
	cut_blanks(&s, &len);
	ended = len && *s == '/';
	s += ended;
	len -= ended;
	while (n < len && (isalpha((unsigned char)s[n]) || s[n] == '_'))
		n++;
	/* A longer word is another name. */
	if (n > strlen(NAME) && strncmp(s, NAME, strlen(NAME)) == 0)
		return false;
	nearest = nearest_begin(s, n);
	nearest_try(&nearest, NAME);
	if (!nearest.name)
		return false;
	return !fail(err, "this comment begins with \"%.*s\": a picture's begins with <!-- %s" NAME
		" and a blank",
		(int)n, s, ended ? "/" : "");
}

static bool is_end(const struct line *l)
{
	const char *s = l->s;
	size_t len = l->len;

	if (cut_indent(&s, &len) < 0 || !cut_prefix(&s, &len, "<!--"))
		return false;
	cut_blanks(&s, &len);
	if (!cut_prefix(&s, &len, "/" NAME))
		return false;
	cut_blanks(&s, &len);
	return cut_prefix(&s, &len, "-->") && is_blank(s, len);
}

static const char *find_close(const char *s, size_t len)
{
	return memmem(s, len, "-->", 3);
}

/* Notes where it went wrong; always false. */
static bool wrong(struct markdown *m, unsigned line)
{
	m->error_line = line;
	return false;
}

/* The lines of a comment below its first one. */
static bool read_script(struct markdown *m, struct markdown_block *b, struct error *err)
{
	struct line l;

	b->script = m->text + m->at;
	b->script_line = m->line;
	while (next_line(m, &l)) {
		const char *close = find_close(l.s, l.len);

		if (!close)
			continue;
		b->script_len = (size_t)(close - b->script);
		if (is_blank(b->script, b->script_len))
			b->script = NULL;
		if (is_blank(close + 3, (size_t)(l.s + l.len - close - 3)))
			return true;
		fail(err, "text behind the comment's end: --> ends its line");
		return wrong(m, l.number);
	}
	fail(err, "the comment has no end: --> below it, or at the end of the line");
	return wrong(m, b->line);
}

static bool read_comment(struct markdown *m, struct markdown_block *b, const char *s, size_t len,
	struct error *err)
{
	const char *close = find_close(s, len);

	b->options = s;
	b->options_len = len;
	if (!close)
		return read_script(m, b, err);
	b->options_len = (size_t)(close - s);
	if (is_blank(close + 3, len - b->options_len - 3))
		return true;
	fail(err, "text behind the comment's end: --> ends its line");
	return wrong(m, b->line);
}

/* Past a fenced block that is none of ours; one without an end goes to the end of the text. */
static void skip_fence(struct markdown *m, const struct markdown_block *b)
{
	struct line l;

	while (next_line(m, &l))
		if (markdown_ends_fence(b, l.s, l.len))
			return;
}

bool markdown_next(struct markdown *m, struct markdown_block *b, struct error *err)
{
	struct line l;
	const char *s;
	size_t len;

	while (next_line(m, &l)) {
		*b = (struct markdown_block){ .line = l.number, .crlf = l.crlf };
		if (begins_comment(&l, &s, &len))
			return read_comment(m, b, s, len, err);
		if (is_end(&l)) {
			fail(err, "nothing begins that could end here: <!-- " NAME " ... --> above "
				"it");
			return wrong(m, l.number);
		}
		if (is_mistyped(&l, err))
			return wrong(m, l.number);
		if (begins_fence(&l, b))
			skip_fence(m, b);
	}
	return false;
}

bool markdown_fenced(struct markdown *m, struct markdown_block *b, struct error *err)
{
	struct line l = { .number = b->line };

	while (next_line(m, &l) && is_blank(l.s, l.len))
		continue;
	if (is_blank(l.s, l.len) || !begins_fence(&l, b)) {
		fail(err, "no fenced block follows: put ```text and ``` below the comment");
		return wrong(m, b->line);
	}
	b->start = m->at;
	b->body_line = m->line;
	while (next_line(m, &l)) {
		if (!markdown_ends_fence(b, l.s, l.len))
			continue;
		b->end = (size_t)(l.s - m->text);
		return true;
	}
	fail(err, "the fenced block has no end: %.*s below it", b->fence, b->sign == '`' ?
		"````````````````" : "~~~~~~~~~~~~~~~~");
	return wrong(m, b->body_line - 1);
}

bool markdown_open(struct markdown *m, struct markdown_block *b, struct error *err)
{
	struct line l;
	const char *s;
	size_t len;

	b->start = m->at;
	b->body_line = m->line;
	while (next_line(m, &l)) {
		if (is_end(&l)) {
			b->end = (size_t)(l.s - m->text);
			return true;
		}
		if (begins_comment(&l, &s, &len)) {
			put_back(m, &l);
			break;
		}
	}
	fail(err, "this picture has no end: <!-- /" NAME " --> below it");
	return wrong(m, b->line);
}

/* What is in the parentheses of ![text](file) or [text](file), up to a title. */
static bool find_link(const struct line *l, struct markdown_block *b)
{
	const char *open = memmem(l->s, l->len, "](", 2), *end = l->s + l->len;

	if (!open)
		return false;
	b->link = open + 2;
	for (open += 2; open < end && !strchr(") \t", *open); open++)
		b->link_len++;
	return open < end && b->link_len > 0;
}

bool markdown_link(struct markdown *m, struct markdown_block *b, const char *format,
	struct error *err)
{
	struct line l;
	bool any = false;

	while (!any && next_line(m, &l))
		any = !is_blank(l.s, l.len);
	if (any && find_link(&l, b))
		return true;
	fail(err, "no picture follows: put ![what it shows](NAME.%s) below the comment", format);
	return wrong(m, b->line);
}
