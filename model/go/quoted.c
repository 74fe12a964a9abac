/* SPDX-License-Identifier: MIT */
#include "model/go/quoted.h"

#include <string.h>

#include "model/base/hex.h"
#include "model/base/utf8.h"

/* So many digits of a base as a number; false when they are not all there. */
static bool read_digits(const char **at, unsigned count, int base, char32_t *value)
{
	*value = 0;
	for (; count > 0; count--, ++*at) {
		int d = hex_digit(**at);

		if (d < 0 || d >= base)
			return false;
		*value = *value * (char32_t)base + (char32_t)d;
	}
	return true;
}

/* \x41 and \101, a byte each. */
static bool read_byte(const char **at, bool hex, struct text *out)
{
	char32_t c;

	if (!read_digits(at, hex ? 2 : 3, hex ? 16 : 8, &c) || c > 0xff)
		return false;
	text_addc(out, (char)c);
	return true;
}

/* \u0041 and \U00000041, a character each. */
static bool read_character(const char **at, unsigned digits, struct text *out)
{
	char utf8[UTF8_MOST];
	char32_t c;

	if (!read_digits(at, digits, 16, &c) || !utf8_is_scalar(c))
		return false;
	text_addn(out, utf8, utf8_write(c, utf8));
	return true;
}

/* What follows a backslash. */
static bool read_escape(const char **at, char quote, struct text *out)
{
	static const char names[] = "abfnrtv\\", values[] = "\a\b\f\n\r\t\v\\";
	char c = **at;
	const char *name = c ? strchr(names, c) : NULL;

	if (c >= '0' && c <= '7')
		return read_byte(at, false, out);
	++*at;
	if (c == 'x')
		return read_byte(at, true, out);
	if (c == 'u' || c == 'U')
		return read_character(at, c == 'u' ? 4 : 8, out);
	if (!name && c != quote)
		return false;
	text_addc(out, name ? values[name - names] : quote);
	return true;
}

bool quoted_read(const char **at, struct text *out, const char *what, struct error *err)
{
	char quote = **at;
	const char *s = *at + 1;

	while (*s != quote) {
		const char *start = s;

		if (*s == '\0')
			return fail(err, "%s has an unterminated string", what);
		if (*s != '\\' || quote == '`') {
			text_addc(out, *s++);
			continue;
		}
		s++;
		if (!read_escape(&s, quote, out))
			return fail(err, "%s has a bad escape %.*s in its string", what,
				start[1] ? 2 : 1, start);
	}
	*at = s + 1;
	return true;
}

bool quoted_character(const struct text *s, char32_t *c)
{
	if (s->len == 1) {
		*c = (unsigned char)*s->s;
		return true;
	}
	return s->len && utf8_decode(s->s, s->len, c) == s->len;
}
