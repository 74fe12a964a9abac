/* SPDX-License-Identifier: MIT */
#include "tui/canvas/glyph.h"

#include <stdbool.h>

/* Every character of a set looks like the same one of ASCII. */
static const struct {
	char ascii;
	const char32_t *glyphs;
} look_alikes[] = {
	{'-', U"─╌┄┈╴╶–—−"},
	{'=', U"━═▓≡"},
	{'|', U"│┃║▏▎▍▌▐▕╎┆┊╵╷"},
	{'+', U"╭╮╰╯├┤┬┴┼┌┐└┘┏┓┗┛╔╗╚╝╞╡╪"},
	{'#', U"█■▉▊▋"},
	{'.', U"░·∙"},
	{':', U"▒"},
	{'>', U"▸▶►→›»⇒"},
	{'<', U"◂◀◄←‹«⇐"},
	{'^', U"▴▲↑▀"},
	{'v', U"▾▼↓"},
	{'~', U"…≈∼"},
	{'x', U"×╳✗✕"},
	{'*', U"●•◆★"},
	{'o', U"○◇□◦"},
	{'/', U"╱"},
	{'\\', U"╲"},
	{'!', U"≠"},
	{'y', U"✓✔"},
	{'1', U"▁"},
	{'2', U"▂"},
	{'3', U"▃"},
	{'4', U"▄"},
	{'5', U"▅"},
	{'6', U"▆"},
	{'7', U"▇"},
	{'\'', U"‘’"},
	{'"', U"“”"},
};

char glyph_ascii(char32_t ch)
{
	if (ch < 0x80)
		return ch >= ' ' && ch != 0x7f ? (char)ch : 0;
	for (size_t i = 0; i < sizeof look_alikes / sizeof *look_alikes; i++) {
		for (const char32_t *g = look_alikes[i].glyphs; *g; g++) {
			if (*g == ch)
				return look_alikes[i].ascii;
		}
	}
	return 0;
}

char32_t glyph_level(int eighths)
{
	static const char32_t levels[] = U" ▁▂▃▄▅▆▇█";

	if (eighths < 0)
		eighths = 0;
	return levels[eighths > 8 ? 8 : eighths];
}

static bool is_scalar(char32_t ch)
{
	return ch <= 0x10ffff && (ch < 0xd800 || ch > 0xdfff);
}

size_t utf8_decode(const char *s, size_t len, char32_t *ch)
{
	static const char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
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
	if (c < least[n] || !is_scalar(c))
		return 0;
	*ch = c;
	return n;
}

size_t utf8_encode(char32_t ch, char out[GLYPH_UTF8_MAX])
{
	static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
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
