/* SPDX-License-Identifier: MIT */
#include "tui/canvas/glyph.h"

#include <stddef.h>

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
