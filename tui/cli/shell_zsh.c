/* SPDX-License-Identifier: MIT */
#include "tui/cli/shell.h"

#include <string.h>

#include "tui/cli/shell_parts.h"

/* Inside single quotes; the marks, and backslashes, get a backslash before them. */
static void put_escaped(FILE *out, const char *text, const char *marks)
{
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\\'", out);
		else if (*text == '\\' || strchr(marks, *text))
			fputc('\\', out);
		fputc(*text, out);
	}
}

static void put_word(void *data, const char *word, const char *help)
{
	fputs("\t\t'", data);
	put_escaped(data, word, ":");
	if (*help) {
		fputc(':', data);
		put_escaped(data, help, "");
	}
	fputs("'\n", data);
}

static void put_list(FILE *out, const struct choice *c)
{
	fprintf(out, "_hmapview_%s() {\n\tlocal -a list\n\tlist=(\n", c->arg);
	c->each(put_word, out);
	fprintf(out, "\t)\n\t_describe -t %s %s list\n}\n\n", c->arg, c->arg);
}

/* "hm json" as (hm|json); in brackets, a single one would be a glob's qualifier. */
static void put_files(FILE *out, const char *endings)
{
	bool several = strchr(endings, ' ') != NULL;

	fputs("_files", out);
	if (!*endings)
		return;
	fprintf(out, " -g \"*.%s", several ? "(" : "");
	for (; *endings; endings++)
		fputc(*endings == ' ' ? '|' : *endings, out);
	fprintf(out, "%s\"", several ? ")" : "");
}

static void put_action(FILE *out, const struct choice *c)
{
	if (!c)
		fputc(' ', out);
	else if (c->print && c->files)
		fprintf(out, "{_hmapview_asked %s; ", c->print);
	else if (c->print)
		fprintf(out, "{_hmapview_asked %s}", c->print);
	else if (c->each)
		fprintf(out, "_hmapview_%s", c->arg);
	if (c && c->files)
		put_files(out, c->files);
	if (c && c->print && c->files)
		fputc('}', out);
}

/* '(-t --type)'{-t+,--type=}'[help]:TYPE:action' */
static void put_option(FILE *out, const struct option_row *o)
{
	bool alone = strcmp(o->name, "help") == 0 || strcmp(o->name, "version") == 0;

	if (o->letter)
		fprintf(out, "\t\t'(%s-%c --%s)'{-%c%s,--%s%s}'[", alone ? "- : " : "", o->letter,
			o->name,
			o->letter, o->arg ? "+" : "", o->name, o->arg ? "=" : "");
	else
		fprintf(out, "\t\t'--%s%s[", o->name, o->arg ? "=" : "");
	put_escaped(out, o->help, "[]:");
	fputc(']', out);
	if (o->arg) {
		fprintf(out, ":%s:", o->arg);
		put_action(out, choice_find(o->arg));
	}
	fputs("' \\\n", out);
}

void shell_zsh(FILE *out)
{
	shell_begin(out, "zsh");
	for (unsigned i = 0; option_at(i); i++) {
		const struct choice *c = shell_first_use(i) ? choice_find(option_at(i)->arg) : NULL;

		if (c && c->each && !c->print)
			put_list(out, c);
	}
	fputs("_hmapview() {\n\t_arguments -s -S \\\n", out);
	for (unsigned i = 0; option_at(i); i++)
		put_option(out, option_at(i));
	fputs("\t\t':SCRIPT:{compadd run; ", out);
	put_files(out, choice_find("SCRIPT")->files);
	fputs("}' '*:PROGRAM:_files'\n}\n", out);
	shell_end(out, "zsh");
}
