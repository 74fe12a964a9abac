/* SPDX-License-Identifier: MIT */
#include "model/base/utf8.h"

#include <stdio.h>
#include <string.h>

bool utf8_is_scalar(char32_t ch)
{
	return ch <= 0x10ffff && (ch < 0xd800 || ch > 0xdfff);
}

size_t utf8_decode(const char *s, size_t len, char32_t *ch)
{
	static const char32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *u = (const unsigned char *)s;
	size_t n;
	char32_t c;

	if (!len)
		return 0;
	if (u[0] < 0x80) {
		*ch = u[0];
		return 1;
	}
	if (u[0] < 0xc2 || u[0] > 0xf4)
		return 0;
	n = u[0] < 0xe0 ? 2 : u[0] < 0xf0 ? 3 : 4;
	if (n > len)
		return 0;
	c = u[0] & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (u[i] & 0x3fu);
	}
	if (c < least[n] || !utf8_is_scalar(c))
		return 0;
	*ch = c;
	return n;
}

size_t utf8_write(char32_t ch, char out[UTF8_MOST])
{
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t n = ch < 0x80 ? 1 : ch < 0x800 ? 2 : ch < 0x10000 ? 3 : 4;

	if (n == 1) {
		out[0] = (char)ch;
		return 1;
	}
	for (size_t i = n - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (ch & 0x3f));
		ch >>= 6;
	}
	out[0] = (char)(lead[n] | ch);
	return n;
}

bool utf8_prints(char32_t c)
{
	if (c < 0x20 || c == 0x7f || (c >= 0x80 && c <= 0xa0) || c == 0xad)
		return false;
	if ((c >= 0x2000 && c <= 0x200f) || (c >= 0x2028 && c <= 0x202f) ||
		(c >= 0x205f && c <= 0x206f) || c == 0x1680 || c == 0x3000 || c == 0x61c ||
		c == 0x180e)
		return false;
	if ((c >= 0xe000 && c <= 0xf8ff) || c == 0xfeff || (c >= 0xfff0 && c <= 0xfffb))
		return false;
	return c < 0xe0000 && (c & 0xfffe) != 0xfffe && !(c >= 0xfdd0 && c <= 0xfdef);
}

size_t utf8_show(const char *s, size_t len, char shown[UTF8_SHOWN])
{
	char32_t c = 0;
	size_t used = utf8_decode(s, len, &c);

	if (used == 0 || c < ' ' || c == 0x7f)
		snprintf(shown, UTF8_SHOWN, "\\x%02x", (unsigned char)*s);
	else if (c == ' ' || utf8_prints(c))
		snprintf(shown, UTF8_SHOWN, "%.*s", (int)used, s);
	else
		snprintf(shown, UTF8_SHOWN, c > 0xffff ? "\\U%08x" : "\\u%04x", c);
	return used ? used : 1;
}

void utf8_show_all(char *out, size_t size, const char *text)
{
	const char *end = text + strlen(text);
	char shown[UTF8_SHOWN];
	size_t n = 0, len;

	while (text < end) {
		text += utf8_show(text, (size_t)(end - text), shown);
		len = strlen(shown);
		if (n + len >= size)
			break;
		memcpy(out + n, shown, len);
		n += len;
	}
	out[n] = '\0';
}
