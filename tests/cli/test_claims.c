/* SPDX-License-Identifier: MIT */
/* The commands in tests/cli/claims.md say what the page says they say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tests/cli/program.h"

#include <cmocka.h>

enum { WORDS_MOST = 16 };

/* What stands in backticks in a column of a row; to be freed. NULL when there is nothing. */
static char *code_of(const char *row, int column)
{
	const char *start, *end;

	for (; column >= 0; column--) {
		row = strchr(row, '|');
		if (!row++)
			return NULL;
	}
	start = strchr(row, '`');
	end = start ? strchr(start + 1, '`') : NULL;
	return end ? xstrndup(start + 1, (size_t)(end - start - 1)) : NULL;
}

/* Cuts a command into words, as a shell does with single quotes. */
static int cut(char *command, const char **words)
{
	int n = 0;

	while (*command && n < WORDS_MOST - 1) {
		char end = *command == '\'' ? '\'' : ' ';

		command += end == '\'';
		words[n++] = command;
		command = strchr(command, end);
		if (!command)
			break;
		*command++ = '\0';
		command += strspn(command, " ");
	}
	words[n] = NULL;
	return n;
}

static void check_row(const char *row)
{
	char *command = code_of(row, 2), *says = code_of(row, 3);
	const char *words[WORDS_MOST];
	struct outcome o;

	assert_non_null(command);
	assert_non_null(says);
	cut(command, words);
	assert_string_equal(words[0], "hmapview");
	o = program_run(&(struct program){ .args = words + 1 });
	if (o.status != 0 || !strstr(o.out, says))
		fail_msg("\"%s\" is not what it says:\n%s%s", says, row, o.err);
	outcome_free(&o);
	free(command);
	free(says);
}

static void commands_say_so(void **state)
{
	size_t len, rows = 0;
	char *page = file_read("tests/cli/claims.md", &len), *line;

	(void)state;
	assert_non_null(page);
	for (line = strtok(page, "\n"); line; line = strtok(NULL, "\n")) {
		if (*line != '|' || strstr(line, "|---") || strstr(line, "| claim |") ||
			strstr(line, "| report |"))
			continue;
		check_row(line);
		rows++;
	}
	assert_true(rows >= 25);
	free(page);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(commands_say_so) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
