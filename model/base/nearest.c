/* SPDX-License-Identifier: MIT */
#include "model/base/nearest.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { LETTERS = 24 }; /* of longer words nobody asks */

struct nearest nearest_begin(const char *word, size_t len)
{
	/* More mistakes than one makes in a word that long. */
	unsigned many = len < 3 ? 1 : len < 6 ? 2 : 3;

	return (struct nearest){ .word = word, .len = len, .distance = many };
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static bool same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* The mistakes between two words, of which two letters swapped are one; by rows of a table. */
static unsigned distance_of(const char *a, size_t n, const char *b, size_t m)
{
	unsigned rows[3][LETTERS + 1] = { { 0 } };
	unsigned *before = rows[0], *last = rows[1], *row = rows[2], *spare;

	for (unsigned k = 0; k <= m; k++)
		last[k] = k;
	for (unsigned i = 1; i <= n; i++) {
		row[0] = i;
		for (unsigned k = 1; k <= m; k++) {
			bool equal = same(a[i - 1], b[k - 1]);

			row[k] = least(least(last[k], row[k - 1]) + 1, last[k - 1] + !equal);
			if (i > 1 && k > 1 && same(a[i - 1], b[k - 2]) && same(a[i - 2], b[k - 1]))
				row[k] = least(row[k], before[k - 2] + 1);
		}
		spare = before;
		before = last;
		last = row;
		row = spare;
	}
	return last[m];
}

void nearest_try(struct nearest *n, const char *name)
{
	size_t len = strlen(name);
	unsigned distance;

	if (!n->len || n->len > LETTERS || len > LETTERS)
		return;
	distance = distance_of(n->word, n->len, name, len);
	/* Where nothing of it is right it is another word. */
	if (distance >= n->distance || distance >= len)
		return;
	n->name = name;
	n->distance = distance;
}

const char *nearest_words(const struct nearest *n, char words[NEAREST_WORDS])
{
	words[0] = '\0';
	if (n->name)
		snprintf(words, NEAREST_WORDS, "did you mean \"%.24s\"? ", n->name);
	return words;
}

bool nearest_tell(const struct nearest *n, struct error *err)
{
	size_t len = strlen(err->msg);

	if (n->name && len + 20 < sizeof err->msg)
		snprintf(err->msg + len, sizeof err->msg - len, "; did you mean \"%.24s\"?",
			n->name);
	return false;
}
