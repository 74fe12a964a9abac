/* SPDX-License-Identifier: MIT */
/* Commands that write files: the screen asks before they replace one that is there. */
#include "tui/app/app_parts.h"

#include <stdlib.h>

#include "model/base/mem.h"

bool app_may_replace(void *app)
{
	const struct app *a = app;

	return a->asked.yes;
}

void app_tell_written(struct app *a, const struct session_outcome *o)
{
	char *words = o->wrote ? xasprintf("written: %s", o->wrote) : NULL;

	if (words)
		app_say(a, ROLE_MESSAGE, words);
	free(words);
}

/* With app_answer() all is done. */
void app_ask(struct app *a, const char *line, const char *file)
{
	char *words = xasprintf("replace the file that is there, y or n? %s", file);

	free(a->asked.line);
	a->asked.line = xstrdup(line);
	app_say(a, ROLE_WARNING, words);
	free(words);
}

void app_answer(struct app *a, struct key key)
{
	char *line = a->asked.line;

	a->asked.line = NULL;
	if (key.sym == SYM_CHAR && (key.ch == 'y' || key.ch == 'Y')) {
		a->asked.yes = true;
		app_run_now(a, line);
		a->asked.yes = false;
	} else {
		app_say(a, ROLE_MESSAGE, "nothing was written");
	}
	free(line);
}
