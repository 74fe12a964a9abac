/* SPDX-License-Identifier: MIT */
#include "model/base/hex.h"

int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void hex_write(char *out, const uint8_t *bytes, size_t size)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < size; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
}

/* The value of each digit and one more; 0: no digit. */
static const int8_t values[256] = {
#define X(d) [d] = (d) - '0' + 1
	X('0'), X('1'), X('2'), X('3'), X('4'), X('5'), X('6'), X('7'), X('8'), X('9'),
#undef X
#define X(d) [d] = (d) - 'a' + 11, [d - 32] = (d) - 'a' + 11
	X('a'), X('b'), X('c'), X('d'), X('e'), X('f'),
#undef X
};

size_t hex_read(uint8_t *bytes, const char *digits, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		int high = values[(uint8_t)digits[2 * i]], low = values[(uint8_t)digits[2 * i + 1]];

		if (!high || !low)
			return 2 * i + (high != 0);
		bytes[i] = (uint8_t)((high - 1) << 4 | (low - 1));
	}
	return 2 * size;
}
