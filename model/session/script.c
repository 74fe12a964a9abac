/* SPDX-License-Identifier: MIT */
#include "model/session/script.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "model/base/mem.h"
#include "model/session/command.h"
#include "model/session/keys.h"
#include "model/source/source.h"

/* Reads one line without its newline; false at the end. Too long or binary ones are errors. */
static bool read_line(FILE *in, struct text *line, bool *end, struct error *err)
{
	int c;

	text_clear(line);
	while ((c = getc_unlocked(in)) != EOF && c != '\n') {
		if (c == '\0')
			return fail(err, "a NUL byte: this is no script");
		if (line->len == SCRIPT_LINE_MOST)
			return fail(err, "the line is longer than %d bytes", SCRIPT_LINE_MOST);
		text_addc(line, (char)c);
	}
	*end = c == EOF && line->len == 0;
	if (c == EOF && ferror(in))
		return fail(err, "it cannot be read: %s", strerror(errno));
	return true;
}

/* What some editors put before all else; it says that the file is UTF-8. */
static const char *skip_mark(const char *line)
{
	return strncmp(line, "\xef\xbb\xbf", 3) == 0 ? line + 3 : line;
}

/* Another line of a declaration, behind those that came. */
static bool read_more(FILE *in, struct text *line, unsigned long *number, bool *end,
	struct error *err)
{
	struct text more = { 0 };
	bool ok = read_line(in, &more, end, err);

	if (line->len + more.len > SCRIPT_LINE_MOST)
		ok = ok && fail(err, "the declaration is longer than %d bytes", SCRIPT_LINE_MOST);
	text_addc(line, '\n');
	text_add(line, text_str(&more));
	*number += !*end;
	text_free(&more);
	return ok;
}

/* The keys below a command, and the line that ends them. */
static bool read_keys(FILE *in, struct text *line, unsigned long *number, struct error *err)
{
	struct text more = { 0 };
	const char *word;
	size_t len;
	bool end = false, ok = true, last = false;
	char *ending;

	if (!keys_follow(text_str(line), &word, &len))
		return true;
	ending = xstrndup(word, len);
	while (ok && !last) {
		ok = read_line(in, &more, &end, err);
		if (ok && end)
			ok = fail(err, "the keys are not ended by a line %.40s", ending);
		else if (ok && line->len + more.len > KEYS_MOST)
			ok = fail(err, "the keys take more than %d bytes", KEYS_MOST);
		if (!ok)
			break;
		if (more.len && more.s[more.len - 1] == '\r' && more.len == len + 1)
			more.s[--more.len] = '\0';
		text_addc(line, '\n');
		text_addn(line, text_str(&more), more.len);
		last = strcmp(text_str(&more), ending) == 0;
		++*number;
	}
	text_free(&more);
	free(ending);
	return ok;
}

static bool run_lines(struct session *s, FILE *in, const char *name, struct error *err)
{
	struct text line = { 0 };
	unsigned long number = 0;
	bool ok = true, end = false, first = true;
	const char *says = NULL;

	while (ok) {
		number++;
		ok = read_line(in, &line, &end, err);
		if (end)
			break;
		while (ok && command_goes_on(text_str(&line)) && !end)
			ok = read_more(in, &line, &number, &end, err);
		end = false;
		ok = ok && read_keys(in, &line, &number, err);
		ok = ok && session_run(s, first ? skip_mark(text_str(&line))
			: text_str(&line), err).ok;
		first = false;
		says = s->run.says ? s->run.says : says;
		if (s->run.interrupted)
			ok = work_fail(err);
	}
	text_free(&line);
	s->run.says = says;
	return ok || fail_in(err, "%s:%lu", name, number);
}

bool script_run_stream(struct session *s, FILE *in, const char *name, struct error *err)
{
	enum asker before = s->access.who;
	bool ok;

	if (before == ASKER_PERSON)
		s->access.who = ASKER_SCRIPT;
	ok = run_lines(s, in, name, err);
	s->access.who = before;
	return ok;
}

static bool run_file(struct session *s, const char *path, struct error *err)
{
	FILE *in = access_open(&s->access, path, err);
	struct stat info;
	bool ok;

	if (!in)
		return false;
	if (fstat(fileno(in), &info) == 0 && S_ISDIR(info.st_mode)) {
		fclose(in);
		return fail(err, "%s: this is a folder, not a script", path);
	}
	ok = source_begins(in, path) ? session_open_stream(s, in, path, err)
				     : script_run_stream(s, in, path, err);
	fclose(in);
	return ok;
}

bool script_run(struct session *s, const char *name, struct error *err)
{
	char *path;
	bool ok;

	if (strcmp(name, "-") == 0 && !access_input(&s->access, err))
		return false;
	if (strcmp(name, "-") == 0)
		return source_begins(stdin, name) ? session_open_stream(s, stdin, name, err)
			: script_run_stream(s, stdin, "standard input", err);
	if (!*name)
		return fail(err, "the script has no name");
	path = access_path(&s->access, name);
	ok = run_file(s, path, err);
	free(path);
	return ok;
}
