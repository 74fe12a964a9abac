/* SPDX-License-Identifier: MIT */
/* A growing string. Starts as (struct text){0}; text_free() gives the memory back. */
#ifndef MODEL_BASE_TEXT_H
#define MODEL_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct text {
	char *s;   /* always ends in NUL once something was added; NULL before */
	size_t len, cap;
};

void text_free(struct text *t);
void text_clear(struct text *t);
void text_addn(struct text *t, const char *s, size_t len);

static inline void text_add(struct text *t, const char *s)
{
	text_addn(t, s, strlen(s));
}

static inline void text_addc(struct text *t, char c)
{
	if (t->cap - t->len < 2) {
		text_addn(t, &c, 1);
		return;
	}
	t->s[t->len++] = c;
	t->s[t->len] = '\0';
}

void text_printf(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_vprintf(struct text *t, const char *format,
	va_list ap) __attribute__((format(printf, 2, 0)));

/* Whether the bytes are that word, and no more. */
static inline bool text_is(const char *s, size_t len, const char *word)
{
	return strlen(word) == len && memcmp(s, word, len) == 0;
}

/*
 * A stream that adds to the text what is printed on it, once it is closed at the latest; like all
 * else here it lacks no memory. Never NULL, unlike what open_memstream() gives, and it loses
 * nothing.
 */
FILE *text_stream(struct text *t);

/* A number in decimal digits, faster than by text_printf(). */
void text_add_number(struct text *t, unsigned long long n);

/* As it may be printed, whatever it is: utf8_show(). */
void text_add_shown(struct text *t, const char *s);

/* What was built so far, never NULL. */
const char *text_str(const struct text *t);

/* A number with its thousands apart: 1234567 as 1,234,567. */
void text_add_count(struct text *t, unsigned long long n);

/* The same for a format: printf("%s bytes", count_text(n).s). */
struct count_text {
	char s[32];
};
struct count_text count_text(unsigned long long n);

/* One with so many decimals, its thousands apart: 11483.2 as 11,483.2. */
void text_add_real(struct text *t, double n, int decimals);
struct count_text real_text(double n, int decimals);

#endif
