/* SPDX-License-Identifier: MIT */
#include "tui/cli/argv.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/text.h"

void argv_add(struct argv *a, const char *word)
{
	a->list = xroom(a->list, &a->cap, a->count + 1, sizeof *a->list);
	a->list[a->count++] = xstrdup(word);
	a->list[a->count] = NULL;
}

static bool is_gap(char c)
{
	return strchr(" \t\r", c) != NULL;
}

/* The word at *i; false when its quotes do not end. */
static bool read_word(const char *text, size_t len, size_t *i, struct text *word)
{
	char quote = 0;

	for (; *i < len && (quote || !is_gap(text[*i])); ++*i) {
		char c = text[*i];

		if (c == quote)
			quote = 0;
		else if (!quote && (c == '\'' || c == '"'))
			quote = c;
		else if (c == '\\' && quote != '\'' && *i + 1 < len)
			text_addc(word, text[++*i]);
		else
			text_addc(word, c);
	}
	return !quote;
}

bool argv_split(struct argv *a, const char *text, size_t len, struct error *err)
{
	struct text word = { 0 };
	size_t i = 0;
	bool ok = true;

	if (memchr(text, '\0', len))
		return fail(err, "a NUL byte among the options");
	for (;;) {
		while (i < len && is_gap(text[i]))
			i++;
		if (!ok || i == len)
			break;
		text_clear(&word);
		text_add(&word, "");
		ok = read_word(text, len, &i, &word);
		if (ok)
			argv_add(a, text_str(&word));
	}
	text_free(&word);
	return ok || fail(err, "a quote has no end");
}

void argv_free(struct argv *a)
{
	for (size_t i = 0; i < a->count; i++)
		free(a->list[i]);
	free(a->list);
	*a = (struct argv){ 0 };
}
