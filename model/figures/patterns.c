/* SPDX-License-Identifier: MIT */
#include "model/figures/patterns.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/text.h"

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static uint64_t hash_more(uint64_t hash, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)s[i]) * UINT64_C(0x100000001b3);
	return hash;
}

enum { HASH_FIRST = 0x2325 };

/* The words of a text, one after another. */
struct words {
	const char *at, *end;
	unsigned n;
};

/* What stands before the next word, and that; false: only that is left. */
static bool next_word(struct words *w, const char **between, const char **word, size_t *len)
{
	*between = w->at;
	while (w->at < w->end && !is_letter(*w->at) && !is_digit(*w->at))
		w->at++;
	*word = w->at;
	while (w->at < w->end && (is_letter(*w->at) || is_digit(*w->at)))
		w->at++;
	*len = (size_t)(w->at - *word);
	return *len && w->n++ < PATTERN_WORDS;
}

/* Quotes of a string are not its own. */
static struct words words_of(const char *text, size_t len)
{
	bool quoted = len >= 2 && text[0] == '"' && text[len - 1] == '"';

	return (struct words){ text + quoted, text + len - quoted, 0 };
}

static uint64_t shape_of(const char *text, size_t len)
{
	struct words w = words_of(text, len);
	uint64_t hash = HASH_FIRST;
	const char *between, *word;
	size_t n;

	while (next_word(&w, &between, &word, &n))
		hash = hash_more(hash_more(hash, between, (size_t)(word - between)), "w", 1);
	/* Whatever is behind many words. */
	return n ? hash_more(hash, "*", 1) : hash_more(hash, between, (size_t)(word - between));
}

static struct pattern_shape *find_shape(const struct patterns *p, uint64_t hash)
{
	for (size_t i = 0; i < p->nshapes; i++)
		if (p->shapes[i].hash == hash)
			return &p->shapes[i];
	return NULL;
}

static void learn_word(struct pattern_place *place, const char *word, size_t len)
{
	uint64_t hash = hash_more(HASH_FIRST, word, len);
	bool number = false;

	for (size_t i = 0; i < len; i++)
		number |= is_digit(word[i]);
	place->numbers &= number;
	for (unsigned i = 0; i < place->count; i++)
		if (place->words[i] == hash)
			return;
	if (place->count == PATTERN_FEW)
		place->many = true;
	else
		place->words[place->count++] = hash;
}

void patterns_learn(struct patterns *p, const char *text, size_t len, unsigned side)
{
	uint64_t hash = shape_of(text, len);
	struct pattern_shape *shape = find_shape(p, hash);
	struct words w = words_of(text, len);
	const char *between, *word;
	size_t n;

	if (!shape) {
		if (p->nshapes == PATTERN_SHAPES)
			return;
		xadd(p->shapes, p->nshapes, p->shapes_cap, (struct pattern_shape){ .hash = hash });
		shape = &p->shapes[p->nshapes - 1];
		for (unsigned i = 0; i < PATTERN_WORDS; i++)
			shape->places[i].numbers = true;
	}
	shape->texts += side == 0;
	for (unsigned i = 0; next_word(&w, &between, &word, &n); i++)
		learn_word(&shape->places[i], word, n);
}

/* Few words, each of several texts, and not all numbers. */
static bool is_fixed(const struct pattern_shape *shape, const struct pattern_place *place)
{
	return !place->many && (place->count == 1 ||
		(!place->numbers && place->count * 2 <= shape->texts));
}

/* A number alone is told by its length. */
static bool add_number(const char *text, size_t len, struct text *out)
{
	size_t minus = len && *text == '-';

	for (size_t i = minus; i < len; i++)
		if (!is_digit(text[i]))
			return false;
	if (len == minus)
		return false;
	text_printf(out, "%sa number of %zu digit%s", minus ? "minus " : "", len - minus,
		len - minus == 1 ? "" : "s");
	return true;
}

static void add_pattern(const struct pattern_shape *shape, const char *text, size_t len,
	struct text *out)
{
	struct words w = words_of(text, len);
	const char *between, *word;
	size_t n;

	if (add_number(text, len, out))
		return;
	for (unsigned i = 0; next_word(&w, &between, &word, &n); i++) {
		text_addn(out, between, (size_t)(word - between));
		if (is_fixed(shape, &shape->places[i]))
			text_addn(out, word, n);
		else
			text_addc(out, '*');
	}
	text_addn(out, between, (size_t)(word - between));
	if (n)
		text_addc(out, '*');
}

void patterns_count(struct patterns *p, const char *text, size_t len, unsigned side)
{
	const struct pattern_shape *shape = find_shape(p, shape_of(text, len));
	struct text pattern = { 0 };

	p->all[side]++;
	if (!shape) {
		p->others[side]++;
		return;
	}
	add_pattern(shape, text, len, &pattern);
	for (size_t i = 0; i < p->count; i++) {
		if (strcmp(p->list[i].text, text_str(&pattern)) != 0)
			continue;
		p->list[i].count[side]++;
		text_free(&pattern);
		return;
	}
	if (p->count == PATTERNS_MOST) {
		p->others[side]++;
		text_free(&pattern);
		return;
	}
	xadd(p->list, p->count, p->cap, (struct pattern){ .text = xstrdup(text_str(&pattern)) });
	p->list[p->count - 1].count[side]++;
	text_free(&pattern);
}

static int by_count(const void *a, const void *b)
{
	const struct pattern *x = a, *y = b;

	for (unsigned i = 0; i < PATTERN_SIDES; i++)
		if (x->count[i] != y->count[i])
			return x->count[i] > y->count[i] ? -1 : 1;
	return strcmp(x->text, y->text);
}

void patterns_sort(struct patterns *p)
{
	if (p->count)
		qsort(p->list, p->count, sizeof *p->list, by_count);
}

void patterns_free(struct patterns *p)
{
	for (size_t i = 0; i < p->count; i++)
		free(p->list[i].text);
	free(p->list);
	free(p->shapes);
	*p = (struct patterns){ 0 };
}
