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

bool args_number(const char **at, uint64_t most, uint64_t *value, struct error *err)
{
	char *end;
	int n;

	args_skip(at);
	n = (int)strcspn(*at, " \t#");
	n = n > 40 ? 40 : n;
	if (n == 0)
		return fail(err, "a number is missing");
	if (**at == '-')
		return fail(err, "%.*s is negative: a number from 0 up is expected", n, *at);
	errno = 0;
	*value = strtoull(*at, &end, **at == '0' && ((*at)[1] | 32) == 'x' ? 16 : 10);
	if (!isdigit((unsigned char)**at) || (*end && !strchr(" \t#", *end)))
		return fail(err, "\"%.*s\" is no number", n, *at);
	if (errno == ERANGE || *value > most)
		return fail(err, "%.*s is too large: %llu at most", n, *at,
			(unsigned long long)most);
	*at = end;
	return true;
}

bool args_last_number(const char **at, uint64_t most, uint64_t *value, const char *usage,
	struct error *err)
{
	return (!args_more(at) || args_number(at, most, value, err)) && args_end(at, usage, err);
}

/* One end of a run: digits, perhaps with a minus. */
static bool run_end(const char **at, int64_t *value)
{
	char *end;

	if (!isdigit((unsigned char)(*at)[**at == '-']))
		return false;
	errno = 0;
	*value = strtoll(*at, &end, 10);
	*at = end;
	return errno == 0;
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
