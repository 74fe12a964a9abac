/* SPDX-License-Identifier: MIT */
#include "config/ini_lines.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "model/base/mem.h"

static const char blanks[] = " \t\r\n\v\f";

/* Cuts blanks off both ends, in place. */
static char *trim(char *text)
{
	size_t len;

	text += strspn(text, blanks);
	len = strlen(text);
	while (len && strchr(blanks, text[len - 1]))
		text[--len] = '\0';
	return text;
}

static uint64_t add_hash(uint64_t hash, const char *name)
{
	for (; *name; name++)
		hash = (hash ^ (uint64_t)tolower((unsigned char)*name)) * 0x100000001b3u;
	return hash * 31 + 1;
}

/* FNV-1a of both names, never 0, with small letters for all; key is "" for a section. */
static uint64_t hash_of(const char *section, const char *key)
{
	uint64_t hash = add_hash(add_hash(0xcbf29ce484222325u, section), key);

	return hash ? hash : 1;
}

const struct ini_line *ini_lines_find(
	const struct ini_lines *lines, const char *section, const char *key)
{
	const struct table_entry *e = table_find(&lines->places, hash_of(section, key));

	for (size_t i = e ? e->value[0] : 0; i; i = lines->list[i - 1].same) {
		const struct ini_line *line = &lines->list[i - 1];

		if (strcasecmp(lines->list[line->section].name, section) != 0)
			continue;
		if (*key ? !line->is_section && !strcasecmp(line->name, key) : line->is_section)
			return line;
	}
	return NULL;
}

/* The section that is open; lines->count when none is. */
static size_t open_section(const struct ini_lines *lines)
{
	return lines->count ? lines->list[lines->count - 1].section : lines->count;
}

/* What is read, and where from. */
struct reader {
	struct ini_lines *lines;
	const char *path;
	int number;
};

static bool refuse(const struct reader *r, const char *name, bool is_section, const char *why,
	struct error *err)
{
	return fail(err, is_section ? "%s:%d: [%s]: %s" : "%s:%d: %s: %s", r->path, r->number, name,
		why);
}

static bool add(struct reader *r, const char *name, bool is_section, struct error *err)
{
	struct ini_lines *lines = r->lines;
	size_t section = is_section ? lines->count : open_section(lines);
	const struct ini_line *before;
	struct table_entry *e;
	char why[64];

	if (is_section && (!*name || strchr(name, ':')))
		return refuse(r, name, true, "unknown section", err);
	if (!is_section && section == lines->count)
		return refuse(r, name, false, "stands before the first [section]", err);
	before = is_section ? ini_lines_find(lines, name, "")
			    : ini_lines_find(lines, lines->list[section].name, name);
	if (before) {
		snprintf(why, sizeof why, "a second time, after line %d", before->number);
		return refuse(r, name, is_section, why, err);
	}
	lines->list = xroom(lines->list, &lines->cap, lines->count, sizeof *lines->list);
	lines->list[lines->count++] = (struct ini_line){.number = r->number, .section = section,
		.name = xstrdup(name), .is_section = is_section};
	e = table_put(&lines->places, is_section ? hash_of(name, "")
						 : hash_of(lines->list[section].name, name));
	lines->list[lines->count - 1].same = (size_t)e->value[0];
	e->value[0] = lines->count;
	return true;
}

/* Comments and empty lines name nothing. */
static bool take(struct reader *r, char *text, struct error *err)
{
	size_t len = strlen(text);

	if (!len || *text == ';' || *text == '#')
		return true;
	if (*text == '[' && text[len - 1] == ']') {
		text[strcspn(text, "]")] = '\0';
		return add(r, trim(text + 1), true, err);
	}
	text[strcspn(text, "=")] = '\0';
	return add(r, trim(text), false, err);
}

bool ini_lines_read(struct ini_lines *lines, const char *path, struct error *err)
{
	struct reader r = {.lines = lines, .path = path};
	FILE *in = xfopen(path, "r");
	bool goes_on = false, ok = true;
	char *line = NULL;
	size_t cap = 0;

	*lines = (struct ini_lines){0};
	if (!in)
		return fail(err, "%s: %s", path, strerror(errno));
	while (ok && getline(&line, &cap, in) >= 0) {
		char *text = trim(line);
		size_t len = strlen(text);
		bool joins = len && text[len - 1] == '\\';

		r.number++;
		ok = goes_on || take(&r, text, err);
		goes_on = joins;
	}
	/* It stops early when it gets no memory for the line. */
	if (ok && !feof(in) && !ferror(in))
		mem_out();
	if (ok && ferror(in))
		ok = fail(err, "%s: %s", path, strerror(errno));
	free(line);
	fclose(in);
	if (!ok)
		ini_lines_free(lines);
	return ok;
}

void ini_lines_free(struct ini_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		free(lines->list[i].name);
	free(lines->list);
	table_free(&lines->places);
	*lines = (struct ini_lines){0};
}
