/* SPDX-License-Identifier: MIT */
/*
 * Patterns of keys: what their texts have in common. A text is words and what stands between them;
 * texts with the same between them, and as many words, are of one shape. Where the words of a shape
 * are few they are part of the pattern, else there is a star: "sess:*:tok". First all texts are
 * learnt, then they are counted, which is exact; the memory is bounded, and what has no room in it
 * is counted as others.
 */
#ifndef MODEL_FIGURES_PATTERNS_H
#define MODEL_FIGURES_PATTERNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	PATTERN_SHAPES = 128, PATTERNS_MOST = 512,
	PATTERN_WORDS = 12,      /* of a text; what is behind them is one more star */
	PATTERN_FEW = 8,         /* different words at a place */
	PATTERN_SIDES = 3,       /* now; and two points that are compared */
};

struct pattern_place {
	uint64_t words[PATTERN_FEW]; /* hashes of those that were seen */
	unsigned count;
	bool many;               /* there were more */
	bool numbers;            /* all had a digit */
};

struct pattern_shape {
	uint64_t hash, texts;
	struct pattern_place places[PATTERN_WORDS];
};

struct pattern {
	char *text;              /* owned */
	uint64_t count[PATTERN_SIDES];
};

struct patterns {
	struct pattern_shape *shapes; /* owned */
	size_t nshapes, shapes_cap;
	struct pattern *list;    /* owned */
	size_t count, cap;
	uint64_t all[PATTERN_SIDES];
	uint64_t others[PATTERN_SIDES]; /* that are in no pattern of the list */
};

/* Of all texts, each once; then of all again. How many are of a shape is told by side 0. */
void patterns_learn(struct patterns *p, const char *text, size_t len, unsigned side);
void patterns_count(struct patterns *p, const char *text, size_t len, unsigned side);

/* The one with most texts first. */
void patterns_sort(struct patterns *p);
void patterns_free(struct patterns *p);

#endif
