/* SPDX-License-Identifier: MIT */
#include "tui/cli/shell.h"

#include <string.h>

#include "tui/cli/shell_parts.h"

static const char start[] =
	"# bash completion for hmapview, written by hmapview --print bash\n"
	"\n"
	"# Those of the words that begin with what is typed. A type's brackets are quoted as in\n"
	"# file names.\n"
	"_hmapview_words() {\n"
	"\tlocal word typed=${cur//\\\\/}\n"
	"\tfor word; do\n"
	"\t\t[[ $word == *[]['{}']* ]] && compopt -o filenames\n"
	"\t\t[[ $word == \"$typed\"* ]] && COMPREPLY+=(\"$before$word\")\n"
	"\tdone\n"
	"}\n"
	"\n"
	"# What the program itself lists: its own and the user's.\n"
	"_hmapview_asked() {\n"
	"\tlocal names\n"
	"\tmapfile -t names < <(\"${COMP_WORDS[0]/#\\~\\//$HOME/}\" --print \"$1\" 2>/dev/null | "
	"cut -f1)\n"
	"\t_hmapview_words \"${names[@]}\"\n"
	"}\n"
	"\n"
	"# Folders, and files with one of these endings; without any, all files.\n"
	"_hmapview_files() {\n"
	"\tlocal ending names=()\n"
	"\tcompopt -o filenames\n"
	"\tmapfile -t names < <(\n"
	"\t\tcompgen -d -- \"$cur\"\n"
	"\t\t(($#)) || compgen -f -- \"$cur\"\n"
	"\t\tfor ending; do compgen -f -X \"!*.$ending\" -- \"$cur\"; done\n"
	"\t)\n"
	"\tCOMPREPLY+=(\"${names[@]/#/$before}\")\n"
	"}\n"
	"\n"
	"_hmapview() {\n"
	"\tlocal cur=$2 before= option=${COMP_WORDS[COMP_CWORD - 1]}\n"
	"\tCOMPREPLY=()\n"
	"\t# --option=VALUE comes as three words, or as one where = breaks no words.\n"
	"\tif [[ ${COMP_WORDS[COMP_CWORD]} == = ]]; then\n"
	"\t\tcur=\n"
	"\telif [[ $option == = && COMP_CWORD -gt 1 ]]; then\n"
	"\t\toption=${COMP_WORDS[COMP_CWORD - 2]}\n"
	"\telif [[ $cur == --*=* ]]; then\n"
	"\t\toption=${cur%%=*} before=${cur%%=*}= cur=${cur#*=}\n"
	"\tfi\n"
	"\tcase $option in\n";

static const char end[] =
	"\tesac\n"
	"}\n"
	"\n"
	"complete -F _hmapview hmapview\n";

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
	fputs(start, out);
	for (unsigned i = 0; option_at(i); i++) {
		if (!shell_first_use(i))
			continue;
		put_pattern(out, option_at(i)->arg);
		put_choice(out, choice_find(option_at(i)->arg));
		fputs("\t\t;;\n", out);
	}
	put_others(out);
	put_operand(out);
	fputs(end, out);
}
