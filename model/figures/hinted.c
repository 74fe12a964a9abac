/* SPDX-License-Identifier: MIT */
#include "model/figures/figures.h"

#include <string.h>

#define HINT_MOST ((uint64_t)INT64_MAX / 2)

static bool make(const struct maptype *t, uint64_t hint, struct hinted *h)
{
	*h = (struct hinted){ 0 };
	return hint <= HINT_MOST && figures_of_type(t)->hints->made(t, hint, h);
}

static bool is_alike(const struct maptype *t, uint64_t hint, const struct hinted *want)
{
	struct hinted h;

	return make(t, hint, &h) && memcmp(h.parts, want->parts, sizeof h.parts) == 0;
}

/* The last hint from that one on, or the first down to it, with which make does the same. */
static uint64_t end_of(const struct maptype *t, uint64_t hint, const struct hinted *h, bool up)
{
	uint64_t by = 1;

	for (; by; hint = up ? hint + by : hint - by, by *= 2)
		if ((!up && by > hint) || !is_alike(t, up ? hint + by : hint - by, h))
			break;
	for (; by; by /= 2)
		if ((up || by <= hint) && is_alike(t, up ? hint + by : hint - by, h))
			hint = up ? hint + by : hint - by;
	return hint;
}

unsigned hint_steps(const struct maptype *t, uint64_t around, struct hint_step *list, unsigned most)
{
	struct hinted h;
	uint64_t hint = around;
	unsigned n = 0;

	if (!figures_of_type(t)->hints || !make(t, hint, &h))
		return 0;
	hint = end_of(t, hint, &h, false);
	if (hint > 0 && make(t, hint - 1, &h))
		hint = end_of(t, hint - 1, &h, false);
	for (; n < most && make(t, hint, &list[n].map); n++) {
		list[n].from = hint;
		list[n].to = end_of(t, hint, &list[n].map, true);
		hint = list[n].to + 1;
	}
	return n;
}
