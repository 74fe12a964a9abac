/* SPDX-License-Identifier: MIT */
/* Characters of UTF-8, as Go takes them apart. */
#ifndef MODEL_BASE_RUNE_H
#define MODEL_BASE_RUNE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The length of the well-formed sequence at s, its value in *c; 0 for anything else. */
size_t rune_decode(const uint8_t *s, size_t len, uint32_t *c);

/* What strconv.Quote leaves as it is, as far as it goes: not blanks, controls, private use. */
bool rune_prints(uint32_t c);

#endif
