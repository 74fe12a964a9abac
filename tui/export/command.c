/* SPDX-License-Identifier: MIT */
/* The command export. */
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/session/command.h"
#include "tui/export/export.h"

/* What the command export says: [--view NAME] [--frames WHICH] ... FORMAT [FILE]. */
struct line {
	const struct export_format *format;
	char *file;               /* owned; NULL: standard output */
	struct page_options page; /* what its options say */
	enum frames_kind frames;
	bool picked;              /* there were some */
	char *words;              /* that the page's point into; owned */
};

static void line_free(struct line *line)
{
	free(line->words);
	free(line->file);
	*line = (struct line){ 0 };
}

/*
 * Ends the word that begins at `at` where it ends, and returns what follows; quotes and brackets
 * hold blanks. NULL when a quote has no end.
 */
static char *cut_word(char *at)
{
	char quote = 0;
	int depth = 0;

	for (; *at && (quote || depth > 0 || (*at != ' ' && *at != '\t')); at++) {
		if (quote && *at == '\\' && quote != '`' && at[1])
			at++;
		else if (quote && *at == quote)
			quote = 0;
		else if (!quote && (*at == '"' || *at == '`' || *at == '\''))
			quote = *at;
		else if (!quote)
			depth += (*at == '{' || *at == '(') - (*at == '}' || *at == ')');
	}
	if (quote)
		return NULL;
	if (*at)
		*at++ = '\0';
	return at + strspn(at, " \t");
}

/* The options before the format, as on the command line. */
static char *take_options(struct line *line, char *at, struct error *err)
{
	while (strncmp(at, "--", 2) == 0) {
		char *name = at + 2, *value = cut_word(at), *next = value ? cut_word(value) : NULL;

		if (value && !*value)
			fail(err, "option --%.40s needs an argument", name);
		else if (!next)
			fail(err, "option --%.40s: a quote has no end", name);
		if (!next || !*value)
			return NULL;
		if (strcmp(name, "frames") == 0 ? !frames_find(value, &line->frames, err)
			: !page_option(&line->page, name, value, err))
			return NULL;
		line->picked = true;
		at = next;
	}
	return at;
}

/* The format, and the file behind it. */
static bool take_format(struct line *line, char *at, struct error *err)
{
	size_t n = strcspn(at, " \t");
	const char *file = at + n + strspn(at + n, " \t");

	if (n == 0)
		return fail(err, "a format is missing, such as text or json");
	/* Without a format it is the file that says it. */
	line->format = at[n] || strchr(at, '"') ? NULL : export_format_of(at);
	if (line->format)
		file = at;
	else
		at[n] = '\0';
	line->format = line->format ? line->format : export_format_find(at, err);
	if (!line->format || !export_takes(line->format, &line->page, line->frames, err))
		return false;
	if (strncmp(file, "--", 2) == 0)
		return fail(err, "%.40s behind the format: export [--view NAME] FORMAT [FILE]",
			file);
	return args_file(&file, false, &line->file, err) &&
		args_end(&file, "export FORMAT [FILE]", err);
}

static bool read_line(struct line *line, const char *args, struct error *err)
{
	char *at;

	*line = (struct line){ .words = xstrdup(args) };
	at = take_options(line, line->words, err);
	if (at && take_format(line, at, err))
		return true;
	line_free(line);
	return false;
}

/* What is set there goes over what holds for all exports. */
static void merge(struct page_options *page, const struct page_options *over)
{
	if (over->view)
		page->view = over->view;
	if (over->width)
		page->width = over->width;
	if (over->cursor)
		page->cursor = over->cursor;
	if (over->buckets.pick != PICK_PAGE)
		page->buckets = over->buckets;
}

bool export_command(struct session *s, const char *args, struct error *err)
{
	const struct export_options *all = s->hooks.export_data;
	struct export_options o = *all;
	struct line line;
	bool ok;

	if (!read_line(&line, args, err))
		return false;
	/* Standard output is the screen; a script that is loaded may not know. */
	ok = !all->screen || line.file || fail(err, "a file name is missing: export FORMAT FILE");
	ok = ok && session_out_file(s, &line.file, err);
	if (!ok) {
		line_free(&line);
		return false;
	}
	/* A view that was chosen for pictures says nothing about what is none. */
	if (!line.format->picture)
		o.page.view = NULL;
	merge(&o.page, &line.page);
	/* Those of the command line are for what it writes itself. */
	o.frames = line.frames;
	if (line.picked)
		o.screen = NULL;
	ok = session_may_write(s, line.file, err) &&
		(s->run.trial || export_to(s, line.format, &o, &s->access, line.file, err));
	if (ok)
		session_wrote(s, line.file);
	line_free(&line);
	return ok;
}
