/* SPDX-License-Identifier: MIT */
/* What the screen asks before it does it: commands that replace a file, and pasted scripts. */
#include "tui/app/app_parts.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/session/script.h"
#include "tui/view/follow.h"

bool app_may_replace(void *app)
{
	const struct app *a = app;

	return a->asked.yes;
}

void app_tell_written(struct app *a, const struct session_outcome *o)
{
	if (o->wrote)
		app_say(a, ROLE_MESSAGE, "written: %s", o->wrote);
}

/* With app_answer() all is done. */
void app_ask(struct app *a, const char *line, const char *file)
{
	free(a->asked.line);
	a->asked.line = xstrdup(line);
	a->asked.script = false;
	app_say(a, ROLE_WARNING, "replace the file that is there, y or n? %s", file);
}

/* Its lines, ended as files have them; NULL where it is less than two, or more than text. */
static char *script_of(const struct paste *paste, unsigned *lines)
{
	struct text script = { 0 };
	bool ended = true;

	*lines = 0;
	for (size_t i = 0; i < paste->len; i++) {
		char c = paste->text[i] == '\r' ? '\n' : paste->text[i];

		if (((unsigned char)c < ' ' && c != '\t' && c != '\n') || c == 0x7f)
			*lines = paste->cut ? 0 : UINT_MAX;
		if (*lines == UINT_MAX)
			break;
		*lines += ended && c != '\n' && c != ' ' && c != '\t';
		ended = c == '\n' || (ended && (c == ' ' || c == '\t'));
		if (c != '\n' || !i || paste->text[i - 1] != '\r' || paste->text[i] == '\r')
			text_addc(&script, c);
	}
	if (!paste->cut && *lines > 1 && *lines < UINT_MAX)
		return script.s;
	text_free(&script);
	return NULL;
}

bool app_ask_script(struct app *a, const struct paste *paste)
{
	unsigned lines;
	char *script = script_of(paste, &lines);

	if (!script)
		return false;
	prompt_close(&a->prompt);
	a->search.asking = false;
	free(a->asked.line);
	a->asked.line = script;
	a->asked.script = true;
	script += strspn(script, " \t\n");
	app_say(a, ROLE_WARNING, "run these %u lines, one by one, y or n? %.*s", lines,
		(int)strcspn(script, "\n"), script);
	return true;
}

/* As a script does it, with a script's rights; what was run before a line that fails stays. */
static void run_script(struct app *a, char *script)
{
	FILE *in = fmemopen(script, strlen(script), "r");
	struct error err;
	bool ok;

	if (!in)
		mem_out();
	ok = script_run_stream(a->s, in, "pasted", &err) && session_ensure_present(a->s, &err);
	fclose(in);
	follow_step(&a->look);
	look_refresh(&a->look);
	app_say(a, ok ? ROLE_MESSAGE : ROLE_ERROR, "%s", ok ? "all lines were run" : err.msg);
	app_tell_stop(a);
}

void app_answer(struct app *a, struct key key)
{
	char *line = a->asked.line;
	bool script = a->asked.script;

	a->asked.line = NULL;
	if (script && key.sym == SYM_CHAR && (key.ch == 'y' || key.ch == 'Y')) {
		run_script(a, line);
	} else if (key.sym == SYM_CHAR && (key.ch == 'y' || key.ch == 'Y')) {
		a->asked.yes = true;
		app_run_now(a, line);
		a->asked.yes = false;
	} else {
		app_say(a, ROLE_MESSAGE, "nothing was %s", script ? "run" : "written");
	}
	free(line);
}
