/* SPDX-License-Identifier: MIT */
#include "tui/cli/shell.h"

#include <string.h>

#include "tui/cli/shell_parts.h"

static void put_word(void *data, const char *word, const char *help)
{
	(void)help;
	fputc(' ', data);
	shell_quote(data, word);
}

static void put_names(FILE *out, const struct option_row *o)
{
	if (o->letter)
		fprintf(out, "-%c|", o->letter);
	fprintf(out, "--%s", o->name);
}

/* The options whose argument goes by that name, as a pattern. */
static void put_pattern(FILE *out, const char *arg)
{
	const struct option_row *o;
	bool first = true;

	fputs("\t", out);
	for (unsigned i = 0; (o = option_at(i)); i++) {
		if (!o->arg || strcmp(o->arg, arg) != 0)
			continue;
		if (!first)
			fputc('|', out);
		put_names(out, o);
		first = false;
	}
	fputs(")\n", out);
}

static void put_choice(FILE *out, const struct choice *c)
{
	if (c->print) {
		fprintf(out, "\t\t_hmapview_asked %s\n", c->print);
	} else if (c->each) {
		fputs("\t\t_hmapview_words", out);
		c->each(put_word, out);
		fputs("\n", out);
	}
	if (c->files)
		fprintf(out, "\t\t_hmapview_files%s%s\n", *c->files ? " " : "", c->files);
}

/* Arguments that nothing can be offered for: no file names either. */
static void put_others(FILE *out)
{
	const struct option_row *o;
	bool first = true;

	for (unsigned i = 0; (o = option_at(i)); i++) {
		if (!o->arg || choice_find(o->arg))
			continue;
		fputs(first ? "\t" : "|", out);
		put_names(out, o);
		first = false;
	}
	if (!first)
		fputs(") ;;\n", out);
}

static void put_operand(FILE *out)
{
	const struct option_row *o;

	fputs("\t*)\n\t\tif [[ $cur == -* ]]; then\n\t\t\t_hmapview_words", out);
	for (unsigned i = 0; (o = option_at(i)); i++) {
		if (o->letter)
			fprintf(out, " -%c", o->letter);
		fprintf(out, " --%s", o->name);
	}
	fprintf(out, "\n\t\telif [[ \" ${COMP_WORDS[*]:1:COMP_CWORD-1} \" == *\" run \"* ]]; then\n"
		"\t\t\t_hmapview_files\n\t\telse\n\t\t\t_hmapview_words run\n"
		"\t\t\t_hmapview_files %s\n\t\tfi\n\t\t;;\n", choice_find("SCRIPT")->files);
}

void shell_bash(FILE *out)
{
	shell_begin(out, "bash");
	for (unsigned i = 0; option_at(i); i++) {
		if (!shell_first_use(i))
			continue;
		put_pattern(out, option_at(i)->arg);
		put_choice(out, choice_find(option_at(i)->arg));
		fputs("\t\t;;\n", out);
	}
	put_others(out);
	put_operand(out);
	shell_end(out, "bash");
}
