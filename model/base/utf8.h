/* SPDX-License-Identifier: MIT */
/* UTF-8, and which of its characters print. */
#ifndef MODEL_BASE_UTF8_H
#define MODEL_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

#define UTF8_MOST 4 /* bytes of a character */

/*
 * Bytes that the character at s takes, at most len, and in *ch its number; 0 when they are not
 * well-formed: too short or too long for what they say, a surrogate, beyond U+10FFFF.
 */
size_t utf8_decode(const char *s, size_t len, char32_t *ch);

/* Bytes written; ch must be a Unicode scalar value. */
size_t utf8_encode(char32_t ch, char out[UTF8_MOST]);

bool utf8_is_scalar(char32_t ch);

/* What strconv.Quote leaves as it is, as far as it goes: not blanks, controls, private use. */
bool utf8_prints(char32_t ch);

#endif
