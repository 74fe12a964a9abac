/* SPDX-License-Identifier: MIT */
#include "model/source/pull.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "model/base/hex.h"
#include "model/base/mem.h"
#include "model/base/utf8.h"

enum { BUFFER = 1 << 16, NEAR_MOST = 40 };

/* The buffer */

static void start(struct pull *p, const char *name, struct error *err)
{
	*p = (struct pull){ .name = name, .line = 1, .err = err };
	p->open = xmalloc(PULL_DEPTH);
	p->frames = xmalloc(PULL_DEPTH * sizeof *p->frames);
	p->fields = xmalloc(PULL_DEPTH * sizeof *p->fields);
}

void pull_open(struct pull *p, FILE *in, const char *name, struct error *err)
{
	start(p, name, err);
	p->in = in;
	p->cap = BUFFER;
	p->buf = xmalloc(p->cap);
}

void pull_open_text(struct pull *p, const struct text *text, const char *name, struct error *err)
{
	start(p, name, err);
	p->buf = text->s;
	p->end = text->len;
}

void pull_close(struct pull *p)
{
	if (p->in)
		free(p->buf);
	free(p->open);
	free(p->frames);
	free(p->fields);
	text_free(&p->text);
	text_free(&p->name_of);
	text_free(&p->names);
}

static void copy_so_far(struct pull *p)
{
	if (p->copy)
		text_addn(p->copy, p->buf + p->copied, p->at - p->copied);
	p->copied = p->at;
}

/* More bytes behind those that wait; false when there are none. */
static bool fill(struct pull *p)
{
	size_t n;

	if (p->in && work_stops(p->watcher, (struct work){ "byte", p->read, p->size, false })) {
		p->failed = true;
		return work_fail(p->err);
	}
	if (!p->in || p->failed)
		return false;
	copy_so_far(p);
	if (p->copy && p->copy->len > PULL_COPY_MOST) {
		p->failed = true;
		return fail(p->err,
			"%.160s:%llu: what stands before the fields that it is read by is more "
			"than %d bytes", p->name, (unsigned long long)p->line, PULL_COPY_MOST);
	}
	memmove(p->buf, p->buf + p->at, p->end - p->at);
	p->passed += p->at;
	p->end -= p->at;
	p->at = p->copied = 0;
	n = fread(p->buf + p->end, 1, p->cap - p->end, p->in);
	p->end += n;
	p->read += n;
	if (n == 0 && ferror(p->in)) {
		fail(p->err, "%.160s: it cannot be read: %s", p->name, strerror(errno));
		p->failed = true;
	}
	return n > 0;
}

void pull_watch(struct pull *p, const struct watcher *watcher)
{
	struct stat info;

	p->watcher = watcher;
	if (fstat(fileno(p->in), &info) == 0 && S_ISREG(info.st_mode))
		p->size = (uint64_t)info.st_size;
}

/* Whether so many bytes wait. */
static bool have(struct pull *p, size_t n)
{
	while (p->end - p->at < n)
		if (!fill(p))
			return false;
	return true;
}

/* The next byte; -1 at the end. */
static inline int peek(struct pull *p)
{
	return p->at < p->end || have(p, 1) ? (unsigned char)p->buf[p->at] : -1;
}

/* Mistakes */

static bool wrong(struct pull *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool wrong(struct pull *p, const char *format, ...)
{
	struct text says = { 0 };
	va_list ap;

	if (p->failed)
		return false;
	p->failed = true;
	va_start(ap, format);
	text_vprintf(&says, format, ap);
	va_end(ap);
	fail(p->err, "%.160s:%llu:%llu: this is no JSON: %s", p->name, (unsigned long long)p->line,
		(unsigned long long)(p->passed + p->at), text_str(&says));
	text_free(&says);
	return false;
}

/* Other than what is expected: a word as it stands there, or a byte, or the end. */
static bool unexpected(struct pull *p, const char *expected)
{
	char near[NEAR_MOST + 1];
	char32_t ch = 0;
	size_t n = 0, used;

	if (peek(p) < 0)
		return wrong(p, "%s expected near end of file", expected);
	have(p, NEAR_MOST);
	used = utf8_decode(p->buf + p->at, p->end - p->at, &ch);
	if (!used)
		return wrong(p, "unable to decode byte 0x%02x", (unsigned char)p->buf[p->at]);
	while (n < NEAR_MOST && p->at < p->end &&
		((p->buf[p->at] | 0x20) >= 'a' && (p->buf[p->at] | 0x20) <= 'z'))
		near[n++] = p->buf[p->at++];
	for (; n < used && (n == 0 || (near[0] & 0x80)); n++)
		near[n] = p->buf[p->at++];
	near[n] = '\0';
	if (ch < ' ')
		return wrong(p, "%s expected near byte 0x%02x", expected, ch);
	return wrong(p, "%s expected near '%s'", expected, near);
}

/* Words and blanks */

static void skip_blanks(struct pull *p)
{
	for (;; p->at++) {
		int c = peek(p);

		if (c == '\n') {
			p->line++;
			p->passed = 0 - (uint64_t)(p->at + 1);
		} else if (c != ' ' && c != '\t' && c != '\r') {
			return;
		}
	}
}

static bool read_word(struct pull *p, const char *word)
{
	size_t n = strlen(word);

	if (!have(p, n) || memcmp(p->buf + p->at, word, n) != 0)
		return unexpected(p, "a value");
	p->at += n;
	return true;
}

/* Strings */

static bool read_hex4(struct pull *p, char32_t *ch)
{
	*ch = 0;
	for (int i = 0; i < 4; i++) {
		int digit = hex_digit((char)peek(p));

		if (digit < 0)
			return wrong(p, "four hexadecimal digits are expected behind \\u");
		*ch = *ch << 4 | (char32_t)digit;
		p->at++;
	}
	return true;
}

/* Behind \u: a character, or half of one and then the other. */
static bool read_unicode(struct pull *p, struct text *out)
{
	char bytes[UTF8_MOST];
	char32_t ch, low;

	if (!read_hex4(p, &ch))
		return false;
	if (ch == 0)
		return wrong(p, "\\u0000 is not allowed");
	if (ch >= 0xd800 && ch < 0xdc00) {
		if (!have(p, 2) || p->buf[p->at] != '\\' || p->buf[p->at + 1] != 'u')
			return wrong(p, "\\u%04x is half of a character", ch);
		p->at += 2;
		if (!read_hex4(p, &low))
			return false;
		if (low < 0xdc00 || low > 0xdfff)
			return wrong(p, "\\u%04x\\u%04x is no character", ch, low);
		ch = 0x10000 + ((ch - 0xd800) << 10 | (low - 0xdc00));
	}
	if (!utf8_is_scalar(ch))
		return wrong(p, "\\u%04x is half of a character", ch);
	text_addn(out, bytes, utf8_write(ch, bytes));
	return true;
}

static bool read_escape(struct pull *p, struct text *out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *which;
	int c;

	p->at++;
	c = peek(p);
	if (c == 'u') {
		p->at++;
		return read_unicode(p, out);
	}
	which = c > 0 ? strchr(from, c) : NULL;
	if (!which)
		return wrong(p, "a \\ that begins no escape");
	text_addc(out, to[which - from]);
	p->at++;
	return true;
}

/* Characters beyond ASCII. */
static bool read_wide(struct pull *p, struct text *out)
{
	char32_t ch;
	size_t n;

	have(p, UTF8_MOST);
	n = utf8_decode(p->buf + p->at, p->end - p->at, &ch);
	if (n == 0)
		return wrong(p, "unable to decode byte 0x%02x", (unsigned char)p->buf[p->at]);
	text_addn(out, p->buf + p->at, n);
	p->at += n;
	return true;
}

/* Bytes that stand for themselves, from `at` on. */
static size_t plain_bytes(const struct pull *p)
{
	const char *s = p->buf + p->at, *end = p->buf + p->end, *from = s;

	while (s < end && *s >= ' ' && *s != '"' && *s != '\\')
		s++;
	return (size_t)(s - from);
}

static bool read_string(struct pull *p, struct text *out)
{
	text_clear(out);
	p->at++;
	for (;;) {
		size_t n = plain_bytes(p);
		bool ok = true;
		int c;

		text_addn(out, p->buf + p->at, n);
		p->at += n;
		if (out->len > PULL_STRING_MOST)
			return wrong(p, "a string of more than %d bytes", PULL_STRING_MOST);
		c = peek(p);
		if (c == '"') {
			p->at++;
			return true;
		}
		if (c < 0)
			return wrong(p, "a string without its end");
		if (c == '\\')
			ok = read_escape(p, out);
		else if (c >= 0x80)
			ok = read_wide(p, out);
		else if (c < ' ')
			ok = wrong(p, "control character 0x%02x in a string", (unsigned)c);
		if (!ok)
			return false;
	}
}

/* Numbers */

static bool take_digits(struct pull *p, struct text *out)
{
	size_t was = out->len;
	int c;

	for (; (c = peek(p)) >= '0' && c <= '9'; p->at++)
		text_addc(out, (char)c);
	return out->len > was || unexpected(p, "a digit");
}

/* The fraction and the exponent, if there are such: nobody asks how large it is. */
static bool skip_fraction(struct pull *p, bool *real)
{
	*real = peek(p) == '.';
	if (*real) {
		p->at++;
		if (!take_digits(p, &p->text))
			return false;
	}
	if (peek(p) < 0 || (peek(p) | 0x20) != 'e')
		return true;
	*real = true;
	p->at++;
	if (peek(p) == '+' || peek(p) == '-')
		p->at++;
	return take_digits(p, &p->text);
}

static bool read_number(struct pull *p, enum pull_kind *kind)
{
	struct text *t = &p->text;
	bool negative = peek(p) == '-', real;
	uint64_t n = 0, most = (uint64_t)INT64_MAX + negative;
	size_t len;

	p->at += negative;
	text_clear(t);
	if (!take_digits(p, t))
		return false;
	if (t->s[0] == '0' && t->len > 1)
		return wrong(p, "a number that begins with 0");
	len = t->len;
	if (!skip_fraction(p, &real))
		return false;
	*kind = real ? PULL_REAL : PULL_INTEGER;
	for (size_t i = 0; !real && i < len; i++) {
		uint64_t digit = (uint64_t)(t->s[i] - '0');

		if (n > (most - digit) / 10)
			return wrong(p, "too big %sinteger", negative ? "negative " : "");
		n = 10 * n + digit;
	}
	p->number = (int64_t)(negative ? 0 - n : n);
	return true;
}

/* Lists and objects */

static bool go_down(struct pull *p)
{
	p->at++;
	if (p->depth == PULL_DEPTH)
		return wrong(p, "lists and objects in each other, more than %d deep", PULL_DEPTH);
	p->open[p->depth] = p->buf[p->at - 1];
	p->frames[p->depth] = p->names.len;
	p->fields[p->depth] = 0;
	p->depth++;
	p->first = true;
	return true;
}

static void go_up(struct pull *p)
{
	p->at++;
	p->depth--;
	p->names.len = p->frames[p->depth];
	p->first = false;
}

bool pull_value(struct pull *p, enum pull_kind *kind)
{
	int c;

	if (p->failed)
		return false;
	skip_blanks(p);
	c = peek(p);
	if (p->depth == 0 && p->in && c != '{' && c != '[')
		return unexpected(p, "'[' or '{'");
	switch (c) {
	case '"':
		*kind = PULL_STRING;
		return read_string(p, &p->text);
	case '{':
		*kind = PULL_OBJECT;
		return go_down(p);
	case '[':
		*kind = PULL_LIST;
		return go_down(p);
	case 'n':
		*kind = PULL_NULL;
		return read_word(p, "null");
	case 't':
		*kind = PULL_TRUE;
		return read_word(p, "true");
	case 'f':
		*kind = PULL_FALSE;
		return read_word(p, "false");
	default:
		if (c == '-' || (c >= '0' && c <= '9'))
			return read_number(p, kind);
		return unexpected(p, "a value");
	}
}

/* At the next value of what is open, behind its comma; or at its end. */
static bool next(struct pull *p, char end, const char *expected, bool *more)
{
	int c;

	if (p->failed)
		return false;
	skip_blanks(p);
	c = peek(p);
	*more = c != end;
	if (!*more) {
		go_up(p);
		return true;
	}
	if (!p->first) {
		if (c != ',')
			return unexpected(p, expected);
		p->at++;
		skip_blanks(p);
	}
	p->first = false;
	return true;
}

bool pull_item(struct pull *p, bool *more)
{
	return next(p, ']', "',' or ']'", more);
}

/* Whether the object had a field of that name already; else it has one now. */
static bool add_name(struct pull *p)
{
	size_t at = p->frames[p->depth - 1], len = p->name_of.len;

	while (at < p->names.len) {
		size_t n = strlen(p->names.s + at);

		if (n == len && memcmp(p->names.s + at, p->name_of.s, n) == 0)
			return wrong(
				p, "two fields of one object are called '%.40s'", p->name_of.s);
		at += n + 1;
	}
	if (p->fields[p->depth - 1]++ == PULL_FIELDS)
		return wrong(p, "an object of more than %d fields", PULL_FIELDS);
	text_addn(&p->names, text_str(&p->name_of), len + 1);
	return true;
}

bool pull_member(struct pull *p, bool *more)
{
	bool first = p->first;

	if (!next(p, '}', "',' or '}'", more) || !*more)
		return !p->failed;
	if (peek(p) != '"')
		return unexpected(p, first ? "string or '}'" : "string");
	if (!read_string(p, &p->name_of) || !add_name(p))
		return false;
	skip_blanks(p);
	if (peek(p) != ':')
		return unexpected(p, "':'");
	p->at++;
	return true;
}

bool pull_skip(struct pull *p, enum pull_kind kind)
{
	unsigned depth = p->depth;
	bool more;

	if (kind != PULL_LIST && kind != PULL_OBJECT)
		return !p->failed;
	while (p->depth >= depth) {
		bool list = p->open[p->depth - 1] == '[';

		if (!(list ? pull_item(p, &more) : pull_member(p, &more)) ||
			(more && !pull_value(p, &kind)))
			return false;
	}
	return true;
}

bool pull_copy(struct pull *p, struct text *out)
{
	enum pull_kind kind;
	bool ok;

	text_clear(out);
	if (p->failed)
		return false;
	skip_blanks(p);
	p->copied = p->at;
	p->copy = out;
	ok = pull_value(p, &kind) && pull_skip(p, kind);
	copy_so_far(p);
	p->copy = NULL;
	return ok;
}

bool pull_end(struct pull *p)
{
	if (p->failed)
		return false;
	skip_blanks(p);
	return peek(p) < 0 ? !p->failed : unexpected(p, "end of file");
}
