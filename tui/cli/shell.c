/* SPDX-License-Identifier: MIT */
#include "tui/cli/shell.h"

#include <string.h>

#include "config/carried.h"
#include "tui/cli/shell_parts.h"

static const char mark[] = "\n@\n";

static const char *functions_of(const char *shell)
{
	char path[64];

	snprintf(path, sizeof path, CARRIED "complete.%s", shell);
	return carried_find(path)->text;
}

void shell_begin(FILE *out, const char *shell)
{
	const char *text = functions_of(shell);

	fwrite(text, 1, (size_t)(strstr(text, mark) + 1 - text), out);
}

void shell_end(FILE *out, const char *shell)
{
	fputs(strstr(functions_of(shell), mark) + strlen(mark), out);
}

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
