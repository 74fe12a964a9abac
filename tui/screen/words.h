/* SPDX-License-Identifier: MIT */
/* What may be typed next: words that go on from what stands at the prompt. */
#ifndef TUI_SCREEN_WORDS_H
#define TUI_SCREEN_WORDS_H

#include <stddef.h>

struct words {
	char **list; /* all begin with what is typed; owned */
	size_t count, cap;
	size_t start; /* where in the line the word begins that they complete */
};

void words_free(struct words *w);

/* How many bytes all words have in common; 0 without any. */
size_t words_common(const struct words *w);

#endif
