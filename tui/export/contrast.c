/* SPDX-License-Identifier: MIT */
#include "tui/export/contrast.h"

#include <math.h>

enum { STEPS = 16, WHITE = 0xffffff };

/* Of one channel, by its place in the number. */
static double linear(unsigned color, unsigned shift)
{
	double c = (double)(color >> shift & 0xff) / 255;

	return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(unsigned color)
{
	return 0.2126 * linear(color, 16) + 0.7152 * linear(color, 8) + 0.0722 * linear(color, 0);
}

double contrast_ratio(unsigned a, unsigned b)
{
	double x = luminance(a) + 0.05, y = luminance(b) + 0.05;

	return x > y ? x / y : y / x;
}

/* So many parts of `of` of b, the others of a. */
static unsigned mix(unsigned a, unsigned b, unsigned parts, unsigned of)
{
	unsigned mixed = 0;

	for (unsigned shift = 0; shift <= 16; shift += 8)
		mixed |= ((a >> shift & 0xff) * (of - parts) + (b >> shift & 0xff) * parts) / of
			<< shift;
	return mixed;
}

unsigned contrast_readable(unsigned ink, unsigned ground)
{
	unsigned end = contrast_ratio(0, ground) > contrast_ratio(WHITE, ground) ? 0 : WHITE;
	unsigned step = 0;

	/* A little more than the least: what is on the edge is no matter of rounding. */
	while (step < STEPS &&
		contrast_ratio(mix(ink, end, step, STEPS), ground) < CONTRAST_LEAST + 0.01)
		step++;
	return mix(ink, end, step, STEPS);
}

unsigned contrast_dimmed(unsigned ink, unsigned ground)
{
	return mix(ink, ground, 3, 10);
}
