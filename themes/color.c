/* SPDX-License-Identifier: MIT */
#include "themes/color.h"

#include <stdlib.h>
#include <string.h>

#include "config/ini.h"

struct rgb {
	int r, g, b;
};

/* What most terminals show for the first 16. */
static const struct rgb basic[16] = {
	{0, 0, 0},
	{205, 0, 0},
	{0, 205, 0},
	{205, 205, 0},
	{0, 0, 238},
	{205, 0, 205},
	{0, 205, 205},
	{229, 229, 229},
	{127, 127, 127},
	{255, 0, 0},
	{0, 255, 0},
	{255, 255, 0},
	{92, 92, 255},
	{255, 0, 255},
	{0, 255, 255},
	{255, 255, 255},
};

static const char *const names[8] = {
	"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"};

/* Of the fixed part of the palette: a cube of six levels, then 24 greys. */
static struct rgb fixed(int color)
{
	static const int level[6] = {0, 95, 135, 175, 215, 255};
	int grey = 8 + 10 * (color - 232), at = color - 16;

	if (color >= 232)
		return (struct rgb){grey, grey, grey};
	return (struct rgb){level[at / 36], level[at / 6 % 6], level[at % 6]};
}

static int distance(struct rgb a, struct rgb b)
{
	int r = a.r - b.r, g = a.g - b.g, blue = a.b - b.b;

	/* The eye tells greens apart best and blues worst. */
	return 3 * r * r + 4 * g * g + 2 * blue * blue;
}

static struct rgb rgb_of(int color)
{
	return color < 16 ? basic[color] : fixed(color);
}

unsigned color_rgb(int color)
{
	struct rgb c = rgb_of(color);

	return (unsigned)(c.r << 16 | c.g << 8 | c.b);
}

bool color_is_bright(int color)
{
	return distance(rgb_of(color), basic[0]) > distance(rgb_of(color), basic[15]);
}

static int nearest_fixed(struct rgb want)
{
	int best = 16;

	for (int i = 16; i < 256; i++) {
		if (distance(fixed(i), want) < distance(fixed(best), want))
			best = i;
	}
	return best;
}

int color_few(int color)
{
	int best = 0;

	if (color < 16)
		return color;
	for (int i = 0; i < 16; i++) {
		if (distance(basic[i], fixed(color)) < distance(basic[best], fixed(color)))
			best = i;
	}
	return best;
}

static bool parse_name(const char *text, int *color)
{
	bool bright = !strncmp(text, "bright-", 7);

	for (int i = 0; i < 8; i++) {
		if (!strcmp(names[i], bright ? text + 7 : text)) {
			*color = bright ? i + 8 : i;
			return true;
		}
	}
	return false;
}

static bool parse_hex(const char *text, int *color)
{
	long rgb;

	if (strlen(text) != 6 || strspn(text, "0123456789abcdefABCDEF") != 6)
		return false;
	rgb = strtol(text, NULL, 16);
	*color = nearest_fixed(
		(struct rgb){(int)(rgb >> 16), (int)(rgb >> 8 & 0xff), (int)(rgb & 0xff)});
	return true;
}

bool color_parse(const char *text, int *color)
{
	unsigned long long number;

	if (!strcmp(text, "default")) {
		*color = COLOR_DEFAULT;
		return true;
	}
	if (parse_name(text, color) || parse_hex(text, color))
		return true;
	if (!ini_number(text, 0, 255, &number))
		return false;
	*color = (int)number;
	return true;
}
