/* SPDX-License-Identifier: MIT */
#include "model/session/args.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

void args_skip(const char **at)
{
	while (**at == ' ' || **at == '\t')
		++*at;
}

bool args_more(const char **at)
{
	args_skip(at);
	return **at != '\0' && **at != '#';
}

bool args_end(const char **at, const char *usage, struct error *err)
{
	return !args_more(at) || fail(err, "\"%.40s\" is too much: %s", *at, usage);
}

bool args_word(const char **at, const char *word)
{
	size_t n = strlen(word);

	args_skip(at);
	if (strncmp(*at, word, n) != 0 || ((*at)[n] && !strchr(" \t#", (*at)[n])))
		return false;
	*at += n;
	return true;
}

/* Digits, with underscores between them as in Go; those behind a point are counted. */
static bool take_digits(const char **at, uint64_t *value, unsigned *places, bool *large)
{
	const char *s = *at;

	if (!isdigit((unsigned char)*s))
		return false;
	for (; isdigit((unsigned char)*s); s++) {
		*large |= __builtin_mul_overflow(*value, 10, value);
		*large |= __builtin_add_overflow(*value, (uint64_t)(*s - '0'), value);
		if (places)
			++*places;
		if (s[1] == '_' && isdigit((unsigned char)s[2]))
			s++;
	}
	*at = s;
	return true;
}

/* What follows a count: an exponent, and a thousand, a million, .. */
static unsigned take_scale(const char **at)
{
	static const char letters[] = "kKMGT";
	static const uint8_t zeros[] = { 3, 3, 6, 9, 12 };
	const char *letter;
	uint64_t scale = 0;
	bool large = false;

	if ((**at | 32) == 'e' && isdigit((unsigned char)(*at)[1])) {
		++*at;
		take_digits(at, &scale, NULL, &large);
	}
	letter = **at ? strchr(letters, **at) : NULL;
	if (letter) {
		++*at;
		scale += zeros[letter - letters];
	}
	return large || scale > 64 ? 64 : (unsigned)scale;
}

/*
 * A count as people write it: 2000000, 2_000_000, 2M, 2e6, 1.5M. False when there is none, or
 * when it is not whole; *large says that it is more than 64 bits hold.
 */
static bool take_count(const char **at, uint64_t *value, bool *large)
{
	const char *s = *at;
	unsigned places = 0, scale;

	*value = 0;
	*large = false;
	if (!take_digits(&s, value, NULL, large))
		return false;
	if (*s == '.' && s[1] != '.') {
		s++;
		if (!take_digits(&s, value, &places, large))
			return false;
	}
	scale = take_scale(&s);
	for (; places > scale && *value % 10 == 0; places--)
		*value /= 10;
	if (places > scale)
		return false;
	for (; places < scale && *value > 0 && !*large; places++)
		*large |= __builtin_mul_overflow(*value, 10, value);
	*at = s;
	return true;
}

/* A count, or hexadecimal digits behind 0x. */
static bool take_number(const char **at, uint64_t *value, bool *large)
{
	const char *s = *at;
	char *end;

	*large = false;
	if (s[0] != '0' || (s[1] | 32) != 'x')
		return take_count(at, value, large);
	errno = 0;
	*value = strtoull(s, &end, 16);
	*large = errno == ERANGE;
	*at = end;
	return isxdigit((unsigned char)s[2]);
}

bool args_number(const char **at, uint64_t most, uint64_t *value, struct error *err)
{
	const char *s;
	bool large, number;
	int n;

	args_skip(at);
	s = *at;
	n = (int)strcspn(s, " \t#");
	n = n > 40 ? 40 : n;
	if (n == 0)
		return fail(err, "a number is missing");
	if (*s == '-')
		return fail(err, "%.*s is negative: a number from 0 up is expected", n, s);
	number = take_number(&s, value, &large);
	if (!number || (*s && !strchr(" \t#", *s)))
		return fail(err, "\"%.*s\" is no number", n, *at);
	if (large || *value > most)
		return fail(err, "%.*s is too large: %llu at most", n, *at,
			(unsigned long long)most);
	*at = s;
	return true;
}

bool args_last_number(const char **at, uint64_t most, uint64_t *value, const char *usage,
	struct error *err)
{
	return (!args_more(at) || args_number(at, most, value, err)) && args_end(at, usage, err);
}

/* One end of a run: a count, perhaps with a minus. */
static bool run_end(const char **at, int64_t *value)
{
	const char *s = *at + (**at == '-');
	bool large, negative = **at == '-';
	uint64_t count;

	if (!take_number(&s, &count, &large) || large || count > (uint64_t)INT64_MAX + negative)
		return false;
	*value = (int64_t)(negative ? -count : count);
	*at = s;
	return true;
}

bool args_run(const char **at, int64_t *from, int64_t *to)
{
	const char *s = *at;

	if (!run_end(&s, from) || strncmp(s, "..", 2) != 0)
		return false;
	s += 2;
	if (!run_end(&s, to) || (*s && !strchr(" \t#", *s)))
		return false;
	*at = s;
	return true;
}

/* Quoted as a string is, but for a backslash, which takes the next character as it is. */
static bool quoted_file(const char **at, char **file, struct error *err)
{
	struct text name = { 0 };
	const char *s = *at + 1;

	for (; *s && *s != '"'; s++) {
		if (*s == '\\' && s[1])
			s++;
		text_addc(&name, *s);
	}
	if (*s == '"') {
		*file = xstrdup(text_str(&name));
		*at = s + 1;
	}
	text_free(&name);
	return *s == '"' || fail(err, "the file's name has a quote without its end");
}

/* The length of s without the blanks at its end. */
static size_t trimmed(const char *s, size_t n)
{
	while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == '\t'))
		n--;
	return n;
}

bool args_file(const char **at, bool number, char **file, struct error *err)
{
	size_t n, word;

	*file = NULL;
	args_skip(at);
	if (**at == '"')
		return quoted_file(at, file, err);
	n = trimmed(*at, strcspn(*at, "#"));
	for (word = n; word > 0 && isdigit((unsigned char)(*at)[word - 1]);)
		word--;
	if (number && word > 0 && word < n && trimmed(*at, word) < word)
		n = trimmed(*at, word);
	*file = n ? xstrndup(*at, n) : NULL;
	*at += n;
	return true;
}

bool args_only_file(const char *at, const char *usage, char **file, struct error *err)
{
	if (!args_file(&at, false, file, err))
		return false;
	if (args_end(&at, usage, err) && (*file || fail(err, "a file is missing: %s", usage)))
		return true;
	free(*file);
	return false;
}

void args_add_file(struct text *line, const char *file)
{
	if (*file && !strpbrk(file, " \t#\"'`")) {
		text_add(line, file);
		return;
	}
	text_addc(line, '"');
	for (; *file; file++) {
		if (*file == '"' || *file == '\\')
			text_addc(line, '\\');
		text_addc(line, *file);
	}
	text_addc(line, '"');
}
