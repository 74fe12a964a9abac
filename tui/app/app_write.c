/* SPDX-License-Identifier: MIT */
/* Commands that write files: on the screen they need one, and ask before they replace it. */
#include "tui/app/app_parts.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/outfile.h"
#include "model/session/command.h"
#include "tui/export/export.h"

/* The file that such a command's arguments name, to be freed; NULL with err filled. */
typedef char *file_reader(const char *args, struct error *err);

/* Standard output is the screen. */
static char *export_file(const char *args, struct error *err)
{
	struct export_line line;
	char *file;

	if (!export_line_read(&line, args, err) && !fail_in(err, "export"))
		return NULL;
	file = line.file ? xstrdup(line.file) : NULL;
	export_line_free(&line);
	if (!file)
		fail(err, "export: a file name is missing: export FORMAT FILE");
	return file;
}

static char *save_file(const char *args, struct error *err)
{
	char *file = NULL;

	if (!args_file(&args, false, &file, err) && !fail_in(err, "save"))
		return NULL;
	if (!file)
		fail(err, "save: a file is missing: save FILE");
	return file;
}

static const struct {
	const char *command;
	file_reader *file;
} writers[] = {
	{ "export", export_file },
	{ "save", save_file },
};

#define COUNT (sizeof writers / sizeof *writers)

/* Which one a line is; COUNT when none. */
static size_t writer_of(const char *line, const char **args)
{
	struct error unused;
	const struct command *c = command_find(line, args, &unused);
	size_t i = 0;

	while (c && i < COUNT && strcmp(writers[i].command, c->name) != 0)
		i++;
	return c ? i : COUNT;
}

bool app_writes(const char *line)
{
	const char *args;

	return writer_of(line, &args) < COUNT;
}

static bool write_now(struct app *a, const char *line, const char *file, struct error *err)
{
	char *words;

	if (!app_run_line(a, line, err))
		return false;
	words = xasprintf("written: %s", file);
	app_say(a, ROLE_MESSAGE, words);
	free(words);
	return true;
}

/* The file that a line would write, to be freed; NULL with err filled. */
static char *file_of(const char *line, struct error *err)
{
	char *text = command_text(line), *file;
	const char *args;

	file = writers[writer_of(text, &args)].file(args, err);
	free(text);
	return file;
}

/* Asks first, where there is something to lose; then all is done with app_answer(). */
bool app_write(struct app *a, const char *line, struct error *err)
{
	char *file = file_of(line, err), *words;
	bool ok = file != NULL;

	if (ok && outfile_replaces(file)) {
		free(a->asked);
		a->asked = xstrdup(line);
		words = xasprintf("replace the file that is there, y or n? %s", file);
		app_say(a, ROLE_WARNING, words);
		free(words);
	} else if (ok) {
		ok = write_now(a, line, file, err);
	}
	free(file);
	return ok;
}

void app_answer(struct app *a, struct key key)
{
	char *line = a->asked, *file = NULL;
	struct error err;

	a->asked = NULL;
	if (key.sym == SYM_CHAR && (key.ch == 'y' || key.ch == 'Y')) {
		file = file_of(line, &err);
		if (!file || !write_now(a, line, file, &err))
			app_say(a, ROLE_ERROR, err.msg);
	} else {
		app_say(a, ROLE_MESSAGE, "nothing was written");
	}
	free(file);
	free(line);
}
