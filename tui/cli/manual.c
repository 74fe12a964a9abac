/* SPDX-License-Identifier: MIT */
#include "tui/cli/manual.h"

#include <ctype.h>
#include <string.h>

#include "config/config.h"
#include "model/base/text.h"
#include "model/figures/gate.h"
#include "model/session/command.h"
#include "tui/cli/choice.h"
#include "tui/cli/manual_text.h"
#include "tui/cli/options.h"
#include "tui/screen/action.h"
#include "tui/view/design.h"

enum { LINE_MOST = 78 };

/* Plain text as mdoc has it. A dash that begins a word is an option's. */
static void put(FILE *out, const char *text)
{
	static const char special[] = "\\\"'`^~";
	static const char *const names[] = { "e", "(dq", "(aq", "(ga", "(ha", "(ti" };
	char before = ' ';

	for (; *text; before = *text++) {
		const char *mark = strchr(special, *text);

		if (mark)
			fprintf(out, "\\%s", names[mark - special]);
		else if (*text == '-' && (before == ' ' || before == '-'))
			fputs("\\-", out);
		else
			fputc(*text, out);
	}
}

/*
 * A word as one argument of a macro, whatever it is: a name from elsewhere could be that of a
 * macro, or several words.
 */
static void put_argument(FILE *out, const char *word)
{
	if (!islower((unsigned char)*word) && !isdigit((unsigned char)*word))
		fputs("\\&", out);
	for (size_t n; *word; word += n) {
		char part[64];

		if (*word == ' ')
			fputs("\\ ", out);
		word += *word == ' ';
		n = strcspn(word, " ");
		n = n < sizeof part ? n : sizeof part - 1;
		snprintf(part, sizeof part, "%.*s", (int)n, word);
		put(out, part);
	}
}

/* A table's few words as a sentence: code at its beginning is left as it is. */
static void put_sentence(FILE *out, const char *text)
{
	size_t word = strspn(text, "abcdefghijklmnopqrstuvwxyz"), len = strlen(text);
	char first[2] = { *text, '\0' };

	if (len && (text[word] == '\0' || strchr(" ,:", text[word])))
		first[0] = (char)toupper((unsigned char)*text);
	/* What begins a line with a dot would be a macro. */
	fputs(*text == '.' ? "\\&" : "", out);
	put(out, first);
	put(out, len ? text + 1 : "");
	fputs(len && text[len - 1] == '.' ? "\n" : ".\n", out);
}

static void put_date(FILE *out)
{
	fputs(".Dd " HMAPVIEW_DATE "\n", out);
}

static void put_share(FILE *out)
{
	fputs(".It Pa " HMAPVIEW_SHARE "\n", out);
}

static void put_note(FILE *out, const struct manual_note *notes, const char *of)
{
	for (; notes->of; notes++)
		if (strcmp(notes->of, of) == 0)
			fputs(notes->text, out);
}

static void put_word(void *data, const char *word, const char *help)
{
	fprintf(data, ".It Cm ");
	put_argument(data, word);
	fputc('\n', data);
	if (*help)
		put_sentence(data, help);
}

static void put_option(FILE *out, const struct option_row *o)
{
	fputs(".It", out);
	if (o->letter)
		fprintf(out, " Fl %c%s%s ,", o->letter, o->arg ? " Ar " : "", o->arg ? o->arg : "");
	fprintf(out, " Fl \\-%s", o->name);
	if (o->arg)
		fprintf(out, " Ar %s", o->arg);
	fputc('\n', out);
	put_sentence(out, o->help);
	put_note(out, manual_options, o->name);
}

static void put_options(FILE *out)
{
	for (unsigned i = 0; option_at(i); i++)
		put_option(out, option_at(i));
}

/* "amd64, 386 and arm" */
struct row {
	FILE *out;
	unsigned count, at;
};

static void count_word(void *data, const char *word, const char *help)
{
	struct row *row = data;

	(void)word;
	(void)help;
	row->count++;
}

static void put_in_row(void *data, const char *word, const char *help)
{
	struct row *row = data;

	(void)help;
	row->at++;
	fprintf(row->out, "%s.Cm %s%s\n", row->at == row->count && row->at > 1 ? "and\n" : "", word,
		row->at == row->count ? " ." : row->at + 1 == row->count ? "" : " ,");
}

static void put_row(FILE *out, const char *arg)
{
	struct row row = { .out = out };

	choice_find(arg)->each(count_word, &row);
	choice_find(arg)->each(put_in_row, &row);
}

static void put_commands(FILE *out)
{
	for (unsigned i = 0; command_at(i); i++) {
		const struct command *c = command_at(i);

		fprintf(out, ".It Cm %s", c->name);
		if (*c->args)
			fputs(" Ar ", out);
		put(out, c->args);
		/* Of several words the last one's bracket would stand apart. */
		if (strchr(c->args, ' ') && c->args[strlen(c->args) - 1] == ']')
			fputs("\\&", out);
		fputc('\n', out);
		put_sentence(out, c->help);
		put_note(out, manual_commands, c->name);
	}
}

/* "Left h" as two keys. */
static void put_keys_of(FILE *out, const char *keys)
{
	fputs(".It", out);
	while (*keys) {
		char key[32];
		size_t n = strcspn(keys, " ");

		snprintf(key, sizeof key, "%.*s", (int)n, keys);
		keys += n;
		keys += strspn(keys, " ");
		/* A mark that stands alone would be punctuation. */
		fputs(" Ic \\&", out);
		put(out, key);
		if (*keys)
			fputs(" ,", out);
	}
	fputc('\n', out);
}

static void put_keys(FILE *out)
{
	for (int t = 0; t < TOPICS; t++) {
		fprintf(out, ".Ss %s\n.Bl -tag -width \"PageDown, C-f\" -compact\n",
			topics[t].title);
		for (int i = 0; i < ACTIONS_END; i++) {
			if (strcmp(actions[i].topic, topics[t].name) != 0)
				continue;
			put_keys_of(out, actions[i].keys);
			put_sentence(out, actions[i].help);
		}
		fputs(".El\n", out);
	}
}

static void put_config(FILE *out)
{
	const struct config_option *o;

	for (size_t i = 0; (o = config_option(i)); i++) {
		fprintf(out, ".It Cm %s No = Ar %s\n", o->name, o->value);
		put_sentence(out, o->help);
		fputs("May be ", out);
		put(out, o->values);
		fputs(".\n", out);
	}
}

/* Those of gates. */
static void put_figures(FILE *out)
{
	for (unsigned i = 0; gate_figure_name(i); i++) {
		fprintf(out, ".It Cm %s\n", gate_figure_name(i));
		put_sentence(out, gate_figure_what(i));
	}
}

/* As in ASCII, so that every output device has them. */
static void put_design_marks(FILE *out, const struct marks *marks)
{
	struct canvas *canvas = canvas_new(2, (int)marks->count, true);
	struct pane p = canvas_pane(canvas);
	struct text text = { 0 };
	FILE *drawn = text_stream(&text);
	char *at;

	for (unsigned i = 0; i < marks->count; i++)
		mark_put_glyph(&marks->list[i], &p, 0, (int)i);
	canvas_print(canvas, drawn);
	fclose(drawn);
	at = text.s;
	for (unsigned i = 0; i < marks->count; i++) {
		at[strcspn(at, "\n")] = '\0';
		fputs(".It Li \\&", out);
		put(out, at);
		fputs("\\&\n", out);
		put_sentence(out, marks->list[i].name);
		at += strlen(at) + 1;
	}
	text_free(&text);
	canvas_free(canvas);
}

static void put_marks(FILE *out)
{
	for (unsigned i = 0; design_at(i); i++)
		put_design_marks(out, design_at(i)->units->marks);
}

/* What the words leave to the tables: what an argument may be, as a list or in a row; or else. */
static const struct {
	const char *name;
	void (*put)(FILE *out);
	const char *list, *row;
} parts[] = {
	{ "date", .put = put_date },
	{ "share", .put = put_share },
	{ "options", .put = put_options },
	{ "formats", .list = "FORMAT" },
	{ "views", .list = "VIEW" },
	{ "scenes", .list = "SCENE" },
	{ "themes", .list = "THEME" },
	{ "archs", .row = "ARCH" },
	{ "releases", .row = "VERSION" },
	{ "commands", .put = put_commands },
	{ "keys", .put = put_keys },
	{ "figures", .put = put_figures },
	{ "config", .put = put_config },
	{ "marks", .put = put_marks },
};

static void put_part(FILE *out, const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (strlen(parts[i].name) != len || memcmp(parts[i].name, name, len) != 0)
			continue;
		if (parts[i].list)
			choice_find(parts[i].list)->each(put_word, out);
		else if (parts[i].row)
			put_row(out, parts[i].row);
		else
			parts[i].put(out);
	}
}

static void write_all(FILE *out)
{
	for (const char *line = manual_text; *line; line += strcspn(line, "\n") + 1) {
		size_t len = strcspn(line, "\n");

		if (*line == '@')
			put_part(out, line + 1, len - 1);
		else
			fprintf(out, "%.*s\n", (int)len, line);
	}
}

/* Where a line of text that is too long for a source of mdoc can be broken: at its last blank
   before the limit. */
static size_t break_at(const char *line, size_t len)
{
	size_t at = LINE_MOST;

	if (len <= LINE_MOST || *line == '.')
		return len;
	while (at > 0 && line[at] != ' ')
		at--;
	return at ? at : len;
}

void manual_write(FILE *out)
{
	struct text text = { 0 };
	FILE *page = text_stream(&text);

	write_all(page);
	fclose(page);
	for (const char *line = text.s; *line; line++) {
		size_t len = strcspn(line, "\n"), at = break_at(line, len);

		fprintf(out, "%.*s\n", (int)at, line);
		line += at;
		/* What begins with a dot would be a macro. */
		if (at < len && line[1] == '.')
			fputs("\\&", out);
	}
	text_free(&text);
}
