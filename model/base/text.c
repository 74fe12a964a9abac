/* SPDX-License-Identifier: MIT */
#include "model/base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/utf8.h"

void text_free(struct text *t)
{
	free(t->s);
	*t = (struct text){ 0 };
}

void text_clear(struct text *t)
{
	t->len = 0;
	if (t->s)
		t->s[0] = '\0';
}

static void reserve(struct text *t, size_t more)
{
	if (t->cap - t->len > more)
		return;
	t->cap = t->cap * 2 + more + 32;
	t->s = xrealloc(t->s, t->cap);
}

void text_addn(struct text *t, const char *s, size_t len)
{
	reserve(t, len);
	memcpy(t->s + t->len, s, len);
	t->len += len;
	t->s[t->len] = '\0';
}

void text_vprintf(struct text *t, const char *format, va_list ap)
{
	va_list again;
	size_t room;
	int n;

	reserve(t, 64);
	room = t->cap - t->len;
	va_copy(again, ap);
	n = vsnprintf(t->s + t->len, room, format, again);
	va_end(again);
	if (n > 0 && (size_t)n >= room) {
		reserve(t, (size_t)n);
		vsnprintf(t->s + t->len, (size_t)n + 1, format, ap);
	}
	t->len += n > 0 ? (size_t)n : 0;
}

void text_printf(struct text *t, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	text_vprintf(t, format, ap);
	va_end(ap);
}

static ssize_t take(void *text, const char *bytes, size_t len)
{
	text_addn(text, bytes, len);
	return (ssize_t)len;
}

FILE *text_stream(struct text *t)
{
	FILE *out = fopencookie(t, "w", (cookie_io_functions_t){ .write = take });

	if (!out)
		mem_out();
	text_add(t, "");
	return out;
}

void text_add_number(struct text *t, unsigned long long n)
{
	char digits[24], *at = digits + sizeof digits;

	do
		*--at = (char)('0' + n % 10);
	while (n /= 10);
	text_addn(t, at, (size_t)(digits + sizeof digits - at));
}

void text_add_shown(struct text *t, const char *s)
{
	const char *end = s + strlen(s);
	char shown[UTF8_SHOWN];

	while (s < end) {
		s += utf8_show(s, (size_t)(end - s), shown);
		text_add(t, shown);
	}
}

const char *text_str(const struct text *t)
{
	return t->s ? t->s : "";
}

struct count_text count_text(unsigned long long n)
{
	struct count_text c;
	char *at = c.s + sizeof c.s - 1;
	size_t len;

	*at = '\0';
	for (int digits = 1; n > 0 || digits == 1; digits++, n /= 10) {
		*--at = (char)('0' + n % 10);
		if (digits % 3 == 0 && n >= 10)
			*--at = ',';
	}
	len = (size_t)(c.s + sizeof c.s - at);
	memmove(c.s, at, len);
	return c;
}

void text_add_count(struct text *t, unsigned long long n)
{
	text_add(t, count_text(n).s);
}

struct count_text real_text(double n, int decimals)
{
	struct count_text digits, c;
	size_t at = 0, whole;

	/* A whole number, as printf(3) rounds it. */
	if (decimals == 0 && fabs(n) < 1e15) {
		c = count_text((unsigned long long)rint(fabs(n)));
		if (signbit(n)) {
			memmove(c.s + 1, c.s, strlen(c.s) + 1);
			c.s[0] = '-';
		}
		return c;
	}
	/* What is too long for it, no figure here is. */
	snprintf(digits.s, sizeof digits.s, "%.*f", decimals, n);
	whole = strcspn(digits.s, ".");
	if (whole + whole / 3 + (size_t)decimals + 2 > sizeof c.s)
		return digits;
	for (size_t i = 0; digits.s[i]; i++) {
		if (i > 0 && i < whole && (whole - i) % 3 == 0 && digits.s[i - 1] != '-')
			c.s[at++] = ',';
		c.s[at++] = digits.s[i];
	}
	c.s[at] = '\0';
	return c;
}

void text_add_real(struct text *t, double n, int decimals)
{
	text_add(t, real_text(n, decimals).s);
}
