/* SPDX-License-Identifier: MIT */
#include "tui/term/token.h"

#include <string.h>

#include "tui/canvas/glyph.h"

#define ESC '\033'
#define BEL '\007'
#define PARAMS_MAX 16
#define DIGITS_MAX 6

static const char paste_begin[] = "[200~";

/* One character, not of an escape sequence. What is not UTF-8 goes byte by byte. */
static size_t cut_char(const char *bytes, size_t len, bool utf8)
{
	unsigned char first = (unsigned char)*bytes;
	size_t need = first < 0xc2 || first > 0xf4 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	char32_t ch;

	if (!utf8 || need == 1)
		return 1;
	for (size_t i = 1; i < need && i < len; i++) {
		if (((unsigned char)bytes[i] & 0xc0) != 0x80)
			return 1;
	}
	if (len < need)
		return 0;
	return utf8_decode(bytes, len, &ch) ? need : 1;
}

/* Counts the numbers between [from, to); false when there is anything but numbers and ;. */
static bool count_params(const char *from, const char *to, int *count)
{
	int digits = 0;

	*count = from < to;
	for (; from < to; from++) {
		if (*from == ';') {
			digits = 0;
			++*count;
		} else if (*from < '0' || *from > '9' || ++digits > DIGITS_MAX) {
			return false;
		}
	}
	return *count <= PARAMS_MAX;
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* params up to the final byte, which is last */
static bool known_sequence(const char *params, const char *last)
{
	bool mouse = *params == '<';
	int count;

	if (!count_params(params + mouse, last, &count))
		return false;
	switch (*last) {
	case 'M':
	case 'm':
		return mouse && count == 3 && is_digit(last[-1]);
	case '~':
		/* 27 announces a form in which more numbers must follow, and we never asked for
		   it. */
		return !mouse && is_digit(*params) && strncmp(params, "27~", 3) &&
		       strncmp(params, "27;", 3);
	case 'u':
		return !mouse && is_digit(*params);
	default:
		return !mouse;
	}
}

/*
 * A mouse report in the old form: three bytes follow [M, each 32 and more. A column or a row that
 * is past what a byte can say is sent as a byte below that, or not at all.
 */
static size_t cut_old_mouse(const char *bytes, size_t len, enum token_kind *kind)
{
	if (len < 5)
		return 0;
	for (int i = 2; i < 5; i++)
		if ((unsigned char)bytes[i] < ' ' + (i > 2))
			*kind = TOKEN_JUNK;
	return 5;
}

/* bytes begin after the ESC, with [ */
static size_t cut_sequence(const char *bytes, size_t len, enum token_kind *kind)
{
	size_t end = 1;

	while (end < len && (bytes[end] < '@' || bytes[end] > '~'))
		end++;
	if (end == len)
		return 0;
	end++;
	if (end == 2 && bytes[1] == '[') /* function keys of the linux console */
		return len < 3 ? 0 : 3;
	if (end == 2 && bytes[1] == 'M')
		return cut_old_mouse(bytes, len, kind);
	if (end == sizeof paste_begin - 1 && !memcmp(bytes, paste_begin, end))
		*kind = TOKEN_PASTE;
	else if (!known_sequence(bytes + 1, bytes + end - 1))
		*kind = TOKEN_JUNK;
	return end;
}

/* bytes begin after the ESC, with ] or P; ends with BEL or ESC \ */
static size_t cut_string(const char *bytes, size_t len)
{
	for (size_t i = 1; i < len; i++) {
		if (bytes[i] == BEL)
			return i + 1;
		if (bytes[i] == ESC && i + 1 < len)
			return bytes[i + 1] == '\\' ? i + 2 : i;
	}
	return 0;
}

/* Bytes after one ESC. */
static size_t cut_escaped(const char *bytes, size_t len, bool utf8, enum token_kind *kind)
{
	if (!len)
		return 0;
	switch (*bytes) {
	case '[':
		return cut_sequence(bytes, len, kind);
	case ']':
	case 'P':
		*kind = TOKEN_JUNK;
		return cut_string(bytes, len);
	case 'O':
		return len < 2 ? 0 : 2;
	default:
		return cut_char(bytes, len, utf8);
	}
}

size_t token_cut(const char *bytes, size_t len, bool utf8, enum token_kind *kind)
{
	size_t escapes = 0, rest;

	*kind = TOKEN_KEY;
	if (!len)
		return 0;
	while (escapes < len && escapes < 3 && bytes[escapes] == ESC)
		escapes++;
	if (escapes == 3)
		return 1;
	if (!escapes) {
		/* Controls with the high bit set begin sequences too, but no terminal sends
		   them. */
		if ((unsigned char)*bytes >= 0x80 && (unsigned char)*bytes < 0xa0)
			*kind = TOKEN_JUNK;
		return cut_char(bytes, len, utf8);
	}
	rest = cut_escaped(bytes + escapes, len - escapes, utf8, kind);
	return rest ? escapes + rest : 0;
}

bool token_typed(const char *bytes, size_t len)
{
	size_t escapes = 0;

	while (escapes < len && bytes[escapes] == ESC)
		escapes++;
	return escapes <= 2 && len - escapes <= 1;
}

/* Nobody types these after [ at once; so begin mouse reports, pastes and many keys. */
static bool begins_params(char byte)
{
	return byte == '<' || is_digit(byte);
}

bool token_sent(const char *bytes, size_t len)
{
	return len > 2 && bytes[0] == ESC && bytes[1] == '[' &&
		(begins_params(bytes[2]) || bytes[2] == 'M');
}

bool token_goes_on(const char *begun, size_t count, const char *bytes, size_t len)
{
	bool escape = count == 1 && *begun == ESC,
	     bracket = count == 2 && !memcmp(begun, "\033[", 2);

	/* Arrows and the like: a letter behind [ or O, and both at once. */
	if (escape && len == 2 && (*bytes == '[' || *bytes == 'O') && bytes[1] >= 'A' &&
		bytes[1] <= 'Z')
		return true;
	if (escape && len > 2 && *bytes == '[')
		return begins_params(bytes[1]);
	return bracket && len > 1 && begins_params(*bytes);
}
