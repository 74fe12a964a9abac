/* SPDX-License-Identifier: MIT */
#include "tui/cli/shell.h"

#include <string.h>

#include "tui/cli/shell_parts.h"

void shell_quote(FILE *out, const char *text)
{
	fputc('\'', out);
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\\'", out);
		fputc(*text, out);
	}
	fputc('\'', out);
}

bool shell_first_use(unsigned i)
{
	const char *arg = option_at(i)->arg;

	if (!arg || !choice_find(arg))
		return false;
	for (unsigned j = 0; j < i; j++)
		if (option_at(j)->arg && strcmp(option_at(j)->arg, arg) == 0)
			return false;
	return true;
}
