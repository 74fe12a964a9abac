/* SPDX-License-Identifier: MIT */
/* Hexadecimal digits. */
#ifndef MODEL_BASE_HEX_H
#define MODEL_BASE_HEX_H

#include <stddef.h>
#include <stdint.h>

/* The value of a digit of either case, -1 when it is none. */
int hex_digit(char c);

/* Writes 2 * size digits, in lower case, and no NUL. */
void hex_write(char *out, const uint8_t *bytes, size_t size);

/* Reads 2 * size digits; returns how many were read before one that is none. */
size_t hex_read(uint8_t *bytes, const char *digits, size_t size);

#endif
