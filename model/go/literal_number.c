/* SPDX-License-Identifier: MIT */
/* Numbers in literals: integers and characters, floats, complex numbers. */
#include "model/go/literal_parts.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/hex.h"
#include "model/go/quoted.h"

static int digit(char c, int base)
{
	int d = hex_digit(c);

	return d < base ? d : -1;
}

bool literal_magnitude(const char **at, uint64_t *value, bool *beyond)
{
	const char *s = *at;
	int base = 10;
	bool any = false;

	*value = 0;
	*beyond = false;
	if (s[0] == '0' && s[1] && strchr("xXbBoO", s[1])) {
		base = (s[1] | 0x20) == 'x' ? 16 : (s[1] | 0x20) == 'b' ? 2 : 8;
		s += 2;
	} else if (s[0] == '0' && isdigit((unsigned char)s[1])) {
		base = 8;
	}
	for (; digit(*s, base) >= 0 || (*s == '_' && any); s++) {
		if (*s == '_')
			continue;
		any = true;
		if (__builtin_mul_overflow(*value, (uint64_t)base, value) ||
			__builtin_add_overflow(*value, (uint64_t)digit(*s, base), value))
			*beyond = true;
	}
	if (!any || isalnum((unsigned char)*s) || *s == '_' || (*s == '.' && s[1] != '.'))
		return false;
	*at = s;
	return true;
}

/* 'x': the number of a character; a byte that is none stands for itself. */
static bool read_rune(struct reader *r, uint64_t *value)
{
	struct text c = { 0 };
	char32_t ch;
	bool ok = quoted_read(r->at, &c, r->what, r->err);

	if (ok && quoted_character(&c, &ch))
		*value = ch;
	else if (ok)
		ok = fail(r->err, "%s has more or less than one character between ' and '",
			r->what);
	text_free(&c);
	return ok;
}

bool literal_index(struct reader *r, uint64_t *value, bool *beyond)
{
	*beyond = false;
	if (**r->at == '\'')
		return read_rune(r, value);
	return isdigit((unsigned char)**r->at) && literal_magnitude(r->at, value, beyond);
}

static bool has_any(const char *s, size_t n, const char *signs)
{
	size_t i = strcspn(s, signs);

	return i < n;
}

/*
 * 1e3, 2.0: a float without a fraction is an integer constant too. False when there is none; its
 * magnitude then is unchanged.
 */
static bool whole_float(const char **at, uint64_t *magnitude, bool *beyond)
{
	char *end;
	double d = strtod(*at, &end);
	size_t n = strcspn(*at, " \t,})#");

	if (!literal_ends(end) || !has_any(*at, n, (*at)[1] == 'x' ? "pP" : ".eE") || floor(d) < d)
		return false;
	*beyond = d >= 0x1p64;
	*magnitude = *beyond ? 0 : (uint64_t)d;
	*at = end;
	return true;
}

bool literal_int(struct reader *r, const struct gotype *t, uint8_t *out)
{
	const char *start = *r->at, *s = start;
	bool negative = *s == '-', beyond = false;
	uint64_t magnitude = 0;

	if (*s == '\'') {
		if (!read_rune(r, &magnitude))
			return false;
	} else {
		if (*s == '-' || *s == '+')
			s++;
		if (!isdigit((unsigned char)*s) || (!literal_magnitude(&s, &magnitude, &beyond) &&
				!whole_float(&s, &magnitude, &beyond)))
			return literal_not_a(r, t);
		*r->at = s;
	}
	if (beyond || !store_fits(t, negative, magnitude))
		return literal_misfit(r, start, t);
	store_uint(t->target, out, (unsigned)t->size, negative ? 0 - magnitude : magnitude);
	return true;
}

/* An integer, as Go has it in other bases and with underscores: those of a float are its own. */
static bool scan_integer(const char **at, unsigned size, double *d)
{
	uint64_t magnitude;
	bool beyond;
	const char *s = *at;

	if (!literal_magnitude(&s, &magnitude, &beyond) || beyond || *s == 'i')
		return false;
	*d = size == 4 ? (double)(float)magnitude : (double)magnitude;
	*at = s;
	return true;
}

/* Digits with underscores between them, which C does not know; s at the begin is a digit. */
static const char *scan_spaced(const char *s, unsigned size, double *d)
{
	char plain[64], *end;
	size_t n = 0, i = 0;

	for (; s[i] && n + 1 < sizeof plain && (isalnum((unsigned char)s[i]) ||
		strchr("_.+-", s[i])); i++) {
		if (s[i] != '_')
			plain[n++] = s[i];
		else if (!isdigit((unsigned char)s[i - 1]) || !isdigit((unsigned char)s[i + 1]))
			return s;
	}
	plain[n] = '\0';
	*d = size == 4 ? (double)strtof(plain, &end) : strtod(plain, &end);
	n = (size_t)(end - plain);
	for (i = 0; n > 0; i++)
		n -= s[i] != '_';
	return s + i;
}

/*
 * A float of `size` bytes at s, signs and Inf and NaN included; returns its end, NULL when there
 * is none. *large says that it is a number that only Inf could stand for.
 */
static const char *scan_float(const char *s, unsigned size, double *d, bool *large)
{
	const char *digits = s + (*s == '-' || *s == '+');
	char *end;
	const char *behind = digits;

	if (strncmp(digits, "NaN", 3) == 0) {
		*d = (double)NAN;
		return digits + 3;
	}
	if (strncmp(digits, "Inf", 3) == 0) {
		*d = *s == '-' ? -HUGE_VAL : HUGE_VAL;
		return digits + 3;
	}
	if (!isdigit((unsigned char)*digits) &&
		!(*digits == '.' && isdigit((unsigned char)digits[1])))
		return NULL;
	if (scan_integer(&behind, size, d)) {
		*d = *s == '-' ? -*d : *d;
		return behind;
	}
	/* Rounded once: by way of a double, a float could become another one. */
	if (memchr(digits, '_', strcspn(digits, " \t,})#")))
		return scan_spaced(s, size, d);
	*d = size == 4 ? (double)strtof(s, &end) : strtod(s, &end);
	*large |= isinf(*d);
	return end;
}

bool literal_float(struct reader *r, const struct gotype *t, uint8_t *out)
{
	const char *start = *r->at, *end;
	bool large = false;
	uint64_t rune;
	double d;

	if (*start == '\'') {
		if (!read_rune(r, &rune))
			return false;
		store_float(t->target, out, (unsigned)t->size, (double)rune);
		return true;
	}
	end = scan_float(start, (unsigned)t->size, &d, &large);
	if (!end || !literal_ends(end))
		return literal_not_a(r, t);
	if (large)
		return literal_misfit(r, start, t);
	store_float(t->target, out, (unsigned)t->size, d);
	*r->at = end;
	return true;
}

/* (1+2i), 2i or a plain number. */
bool literal_complex(struct reader *r, const struct gotype *t, uint8_t *out)
{
	const char *s = *r->at, *end;
	bool brackets = *s == '(', large = false;
	unsigned half = (unsigned)t->size / 2;
	double first, second = 0;

	s += brackets;
	end = scan_float(s, half, &first, &large);
	if (!end)
		goto bad;
	if (*end == 'i') {
		second = first;
		first = 0;
		end++;
	} else if (*end == '+' || *end == '-') {
		end = scan_float(end, half, &second, &large);
		if (!end || *end++ != 'i')
			goto bad;
	}
	if (brackets && *end++ != ')')
		goto bad;
	if (!literal_ends(end))
		goto bad;
	if (large)
		return literal_misfit(r, *r->at, t);
	store_float(t->target, out, half, first);
	store_float(t->target, out + half, half, second);
	*r->at = end;
	return true;
bad:
	return literal_not_a(r, t);
}
