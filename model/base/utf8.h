/* SPDX-License-Identifier: MIT */
/* UTF-8, and which of its characters print. */
#ifndef MODEL_BASE_UTF8_H
#define MODEL_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

enum {
	UTF8_MOST = 4,   /* bytes of a character */
	UTF8_SHOWN = 12, /* of one as utf8_show() writes it, and NUL */
};

/*
 * Bytes that the character at s takes, at most len, and in *ch its number; 0 when they are not
 * well-formed: too short or too long for what they say, a surrogate, beyond U+10FFFF.
 */
size_t utf8_decode(const char *s, size_t len, char32_t *ch);

/* Bytes written; ch must be a Unicode scalar value. */
size_t utf8_write(char32_t ch, char out[UTF8_MOST]);

bool utf8_is_scalar(char32_t ch);

/* What strconv.Quote leaves as it is, as far as it goes: not blanks, controls, private use. */
bool utf8_prints(char32_t ch);

/*
 * The character at s, at most len bytes and at least one, as it may be printed whatever it is:
 * itself, or written out where a terminal could take it for more than a character. A byte that
 * is none of UTF-8, and a control of ASCII, is \xNN; what else does not print is \uNNNN. Returns
 * the bytes of s that it takes.
 */
size_t utf8_show(const char *s, size_t len, char shown[UTF8_SHOWN]);

/* All of text in that way, as many whole characters as fit into size bytes with the NUL. */
void utf8_show_all(char *out, size_t size, const char *text);

#endif
