/* SPDX-License-Identifier: MIT */
#include "tui/cli/shell.h"

#include <string.h>

#include "tui/cli/shell_parts.h"

/* In fish's single quotes a backslash stands before a quote and before itself. */
static void put_quoted(FILE *out, const char *text)
{
	fputc('\'', out);
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			fputc('\\', out);
		fputc(*text, out);
	}
	fputc('\'', out);
}

static void put_word(void *data, const char *word, const char *help)
{
	fputs(" \\\n\t\t", data);
	put_quoted(data, word);
	fputc(' ', data);
	put_quoted(data, help);
}

static void put_list(FILE *out, const struct choice *c)
{
	fprintf(out, "function __hmapview_%s\n\tprintf '%%s\\t%%s\\n'", c->arg);
	c->each(put_word, out);
	fputs("\nend\n\n", out);
}

/* Those with an ending first; folders too. */
static void put_files(FILE *out, const char *endings)
{
	while (*endings) {
		size_t n = strcspn(endings, " ");

		fprintf(out, "(__fish_complete_suffix .%.*s)", (int)n, endings);
		endings += n;
		if (*endings)
			fputc(*endings++, out);
	}
}

static void put_argument(FILE *out, const struct choice *c)
{
	if (c && c->files && !*c->files) {
		fputs(" -r -F", out);
		return;
	}
	fputs(" -x", out);
	if (!c)
		return;
	fputs(" -k -a '", out);
	if (c->print)
		fprintf(out, "(__hmapview_asked %s)", c->print);
	else if (c->each)
		fprintf(out, "(__hmapview_%s)", c->arg);
	if (c->files && c->each)
		fputc(' ', out);
	if (c->files)
		put_files(out, c->files);
	fputc('\'', out);
}

void shell_fish(FILE *out)
{
	const struct option_row *o;

	shell_begin(out, "fish");
	for (unsigned i = 0; option_at(i); i++) {
		const struct choice *c = shell_first_use(i) ? choice_find(option_at(i)->arg) : NULL;

		if (c && c->each && !c->print)
			put_list(out, c);
	}
	fputs("complete -c hmapview -n '__fish_seen_subcommand_from run' -F\n"
	      "complete -c hmapview -n 'not __fish_seen_subcommand_from run' -f -k -a 'run ",
		out);
	put_files(out, choice_find("SCRIPT")->files);
	fputs("'\n", out);
	for (unsigned i = 0; (o = option_at(i)); i++) {
		fputs("complete -c hmapview", out);
		if (o->letter)
			fprintf(out, " -s %c", o->letter);
		fprintf(out, " -l %s", o->name);
		if (o->arg)
			put_argument(out, choice_find(o->arg));
		fputs(" -d ", out);
		put_quoted(out, o->help);
		fputs("\n", out);
	}
}
