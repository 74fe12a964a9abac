/* SPDX-License-Identifier: MIT */
#include "tui/screen/words.h"

#include <stdlib.h>
#include <string.h>

void words_free(struct words *w)
{
	for (size_t i = 0; i < w->count; i++)
		free(w->list[i]);
	free(w->list);
	*w = (struct words){ 0 };
}

size_t words_common(const struct words *w)
{
	size_t n = w->count ? strlen(w->list[0]) : 0;

	for (size_t i = 1; i < w->count; i++)
		while (strncmp(w->list[i], w->list[0], n) != 0)
			n--;
	return n;
}
