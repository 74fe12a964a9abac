/* SPDX-License-Identifier: MIT */
#include "tui/cli/print.h"

#include <string.h>

#include "config/carried.h"
#include "model/base/text.h"
#include "tui/cli/choice.h"
#include "tui/cli/manual.h"
#include "tui/cli/shell.h"

/* A name to a line, a tab and what it is about: for completion. */
static void print_line(void *data, const char *word, const char *help)
{
	fprintf(data, "%s\t%s\n", word, help);
}

static void print_scenes(FILE *out)
{
	choice_find("SCENE")->each(print_line, out);
}

static void print_themes(FILE *out)
{
	choice_find("THEME")->each(print_line, out);
}

static void print_config(FILE *out)
{
	const struct carried *file = carried_find(CARRIED "hmapview.ini");

	fwrite(file->text, 1, file->len, out);
}

static const struct print prints[] = {
	{ "man", "the manual page", manual_write },
	{ "bash", "completion for bash", shell_bash },
	{ "zsh", "completion for zsh", shell_zsh },
	{ "fish", "completion for fish", shell_fish },
	{ "config", "the configuration as it is without one", print_config },
	{ "scenes", "names and titles of the scenes", print_scenes },
	{ "themes", "names of the themes, and what they are like", print_themes },
};

#define COUNT (sizeof prints / sizeof *prints)

const struct print *print_at(unsigned i)
{
	return i < COUNT ? &prints[i] : NULL;
}

const struct print *print_find(const char *name, struct error *err)
{
	struct text known = { 0 };

	for (unsigned i = 0; i < COUNT; i++)
		if (strcmp(name, prints[i].name) == 0)
			return &prints[i];
	for (unsigned i = 0; i < COUNT; i++)
		text_printf(&known, "%s%s", i ? ", " : "", prints[i].name);
	fail(err, "--print: \"%.40s\" is none of %s", name, text_str(&known));
	text_free(&known);
	return NULL;
}
