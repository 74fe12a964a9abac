/* SPDX-License-Identifier: MIT */
#include "config/ini.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <iniparser/iniparser.h>

#include "config/carried.h"
#include "config/ini_lines.h"
#include "model/base/mem.h"

#define SIZE_LIMIT (1 << 20)
#define LINE_LIMIT (1 << 15) /* the library looks at each one for each that follows */

/* The library reports through a function without context; the first report is kept. */
static char complaint[512];

__attribute__((format(printf, 1, 2))) static int complain(const char *format, ...)
{
	va_list ap;

	if (*complaint)
		return 0;
	va_start(ap, format);
	vsnprintf(complaint, sizeof complaint, format, ap);
	va_end(ap);
	return 0;
}

/* Of `... in PATH (LINE): ...` only the number is of use: the words name the library. */
static bool fail_at_line(const char *path, struct error *err)
{
	const char *at = strstr(complaint, path);
	int line = 0;

	if (at && sscanf(at + strlen(path), " (%d)", &line) == 1) {
		if (strstr(complaint, "too long"))
			return fail(err, "%s:%d: the line is too long", path, line);
		return fail(err, "%s:%d: neither [section] nor key = value", path, line);
	}
	return fail(err, "%s: cannot be read", path);
}

static bool check_bytes(const char *path, struct error *err)
{
	FILE *in = xfopen(path, "r");
	int line = 1, c;
	bool ok = true;
	char mark[3];

	if (!in)
		return fail(err, "%s: %s", path, strerror(errno));
	if (fread(mark, 1, sizeof mark, in) == sizeof mark && memcmp(mark, "\xef\xbb\xbf", 3) == 0)
		ok = fail(err, "%s:1: begins with a byte order mark: save it without", path);
	rewind(in);
	while (ok && (c = getc(in)) != EOF) {
		if (c == '\0')
			ok = fail(err, "%s:%d: holds a NUL byte", path, line);
		line += c == '\n';
	}
	if (ok && ferror(in))
		ok = fail(err, "%s: %s", path, strerror(errno));
	if (ok && line > LINE_LIMIT)
		ok = fail(err, "%s: more than %d lines", path, LINE_LIMIT);
	fclose(in);
	return ok;
}

static bool check_file(const char *path, struct error *err)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return fail(err, "%s: %s", path, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return fail(err, "%s: is a directory", path);
	if (!S_ISREG(st.st_mode))
		return fail(err, "%s: is not a file", path);
	if (st.st_size > SIZE_LIMIT)
		return fail(err, "%s: larger than %d bytes", path, SIZE_LIMIT);
	return check_bytes(path, err);
}

static void add(struct ini *ini, size_t *cap, const struct ini_line *line, const char *section,
	const char *key, const char *value)
{
	ini->entries = xroom(ini->entries, cap, ini->count, sizeof *ini->entries);
	ini->entries[ini->count++] = (struct ini_entry){
		.section = xstrdup(section), .key = xstrdup(key), .value = xstrdup(value),
		.written = xstrdup(line ? line->name : key), .line = line ? line->number : 0};
}

/*
 * In the file's order. The library's own functions look at all that there is for each entry and
 * for each section: with a hundred thousand of those that takes minutes.
 */
static void copy_all(struct ini *ini, const dictionary *dict, const struct ini_lines *lines)
{
	size_t cap = 0;

	for (size_t i = 0; i < (size_t)dict->size; i++) {
		const char *name = dict->key[i];
		/* Sections have no value; one may have a colon in its name. */
		const char *colon = name && dict->val[i] ? strchr(name, ':') : NULL;
		char *section = colon ? xstrndup(name, (size_t)(colon - name)) : NULL;

		if (name && !colon)
			add(ini, &cap, ini_lines_find(lines, name, ""), name, "", "");
		if (colon)
			add(ini, &cap, ini_lines_find(lines, section, colon + 1), section,
				colon + 1, dict->val[i]);
		free(section);
	}
}

static dictionary *load(const char *path, struct error *err)
{
	dictionary *dict;

	complaint[0] = '\0';
	iniparser_set_error_callback(complain);
	errno = 0;
	dict = iniparser_load(path);
	iniparser_set_error_callback(NULL);
	/* It does not always notice itself: a line that it could not copy is one it leaves out. */
	if (errno == ENOMEM)
		mem_out();
	if (!dict)
		fail_at_line(path, err);
	return dict;
}

/* Blanks at both ends and one pair of quotes go; unquoted, a comment ends it. In place. */
static char *value_of(char *text)
{
	size_t len;

	text += strspn(text, " \t");
	if (*text == '"') {
		text[1 + strcspn(text + 1, "\"")] = '\0';
		return text + 1;
	}
	len = strcspn(text, ";#\n");
	while (len && strchr(" \t", text[len - 1]))
		len--;
	text[len] = '\0';
	return text;
}

/*
 * The library reads files only. What the program carries is no other's to write, so this need
 * not understand more than is there; a test compares it with the library.
 */
static void load_carried(struct ini *ini, const struct carried *file)
{
	FILE *in = carried_open(file);
	char *section = xstrdup(""), *line = NULL;
	size_t room = 0, cap = 0;
	struct ini_line at = { 0 };

	while (getline(&line, &room, in) >= 0) {
		char *equals = strchr(line, '=');

		at.number++;
		if (*line == '[') {
			free(section);
			section = xstrndup(line + 1, strcspn(line + 1, "]"));
			at.name = section;
			add(ini, &cap, &at, section, "", "");
		} else if (equals && *line != '#' && *line != ';') {
			at.name = xstrndup(line, strcspn(line, " \t="));
			add(ini, &cap, &at, section, at.name, value_of(equals + 1));
			free(at.name);
		}
	}
	free(section);
	free(line);
	fclose(in);
}

bool ini_load(struct ini *ini, const char *path, struct error *err)
{
	const struct carried *carried = carried_find(path);
	struct ini_lines lines;
	dictionary *dict;

	if (carried) {
		*ini = (struct ini){.path = xstrdup(path)};
		load_carried(ini, carried);
		return true;
	}
	if (!check_file(path, err))
		return false;
	dict = load(path, err);
	if (!dict)
		return false;
	if (!ini_lines_read(&lines, path, err)) {
		iniparser_freedict(dict);
		return false;
	}
	*ini = (struct ini){.path = xstrdup(path)};
	copy_all(ini, dict, &lines);
	iniparser_freedict(dict);
	ini_lines_free(&lines);
	return true;
}

bool ini_fail_at(const struct ini *ini, const struct ini_entry *entry, struct error *err)
{
	return fail_in(err, "%s:%d: [%s]", ini->path, entry->line, entry->section);
}

void ini_free(struct ini *ini)
{
	for (size_t i = 0; i < ini->count; i++) {
		free(ini->entries[i].section);
		free(ini->entries[i].key);
		free(ini->entries[i].value);
		free(ini->entries[i].written);
	}
	free(ini->entries);
	free(ini->path);
	*ini = (struct ini){0};
}

bool ini_number(
	const char *value, unsigned long long low, unsigned long long high, unsigned long long *out)
{
	unsigned long long number;
	char *end;

	if (*value < '0' || *value > '9')
		return false;
	errno = 0;
	number = strtoull(value, &end, 10);
	if (*end || errno || number < low || number > high)
		return false;
	*out = number;
	return true;
}
