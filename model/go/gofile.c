/* SPDX-License-Identifier: MIT */
/*
 * Reads the declarations of types and constants from a Go file: the text is cut into declarations,
 * at the semicolons that Go would put (the Go specification, "Semicolons"), and those of other
 * kinds are skipped by their brackets.
 */
#include "model/go/declared.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/text.h"
#include "model/go/declared_parts.h"
#include "model/go/gotype_parse.h"

enum { FILE_MOST = 64 << 20, NESTING_MOST = 1000 };

/* An import under another name than its own. */
struct import {
	char *alias, *path; /* owned */
};

struct gofile {
	struct declared *all;
	const char *name;     /* of the file */
	const char *text, *at, *end;
	const char *counted;  /* up to where lines were counted, */
	unsigned long line;   /* and how many ended there */
	char *package;        /* owned */
	struct import *imports;
	size_t nimports, imports_cap;
	struct error *err;
};

static unsigned long line_of(struct gofile *f, const char *at)
{
	if (at < f->counted) {
		f->counted = f->text;
		f->line = 0;
	}
	for (; f->counted < at; f->counted++)
		f->line += *f->counted == '\n';
	return f->line + 1;
}

static bool wrong(struct gofile *f, const char *at, const char *what)
{
	return fail(f->err, "%s:%lu: %s", f->name, line_of(f, at), what);
}

static char *where(struct gofile *f, const char *at)
{
	return xasprintf("%s:%lu", f->name, line_of(f, at));
}

/* Whether Go ends a line behind the sign that was last on it. */
static bool ends_statement(char last)
{
	return last && (parser_letter(last) || strchr(")]}\"`'", last) != NULL);
}

/* Whether the comment or string from s to end has no end of its own. */
static bool unclosed(const char *s, const char *end)
{
	if (*s != '/')
		return end - s < 2 || end[-1] != *s;
	return s[1] == '*' && (end - s < 4 || end[-1] != '/' || end[-2] != '*');
}

/*
 * Behind the declaration at s, at its ";", its line's end, or the bracket that closes what it is
 * in; NULL when a bracket, a comment or a string has no end.
 */
static const char *find_end(struct gofile *f, const char *s)
{
	static const char opens[] = "([{", closes[] = ")]}";
	const char *open[NESTING_MOST];
	char last = 0;
	unsigned depth = 0;
	const char *next;

	for (; s < f->end; s = next) {
		next = declared_skip(s, f->end);
		if (next > s) {
			if (unclosed(s, next))
				return wrong(f, s, *s == '/' ? "a comment without its end"
					: "a string without its end"), NULL;
			if (*s != '/')
				last = *s;
			continue;
		}
		next = s + 1;
		if (strchr("([{", *s) && *s) {
			if (depth == NESTING_MOST)
				return wrong(f, s, "brackets are too deep"), NULL;
			open[depth++] = s;
		} else if (strchr(")]}", *s) && *s) {
			if (depth == 0)
				return s;
			if (closes[strchr(opens, *open[--depth]) - opens] != *s)
				return wrong(f, s, "a bracket closes another"), NULL;
		}
		if (depth == 0 && (*s == ';' || (*s == '\n' && ends_statement(last))))
			return s;
		if (!isspace((unsigned char)*s))
			last = *s;
	}
	return depth ? (wrong(f, open[depth - 1], "a bracket without its end"), NULL) : s;
}

/* Moves over blanks, ends of lines and comments. */
static void skip_blanks(struct gofile *f)
{
	for (;;) {
		const char *next = f->at < f->end ? declared_skip(f->at, f->end) : f->at;

		if (next > f->at && *f->at == '/' && !unclosed(f->at, next))
			f->at = next;
		else if (f->at < f->end && (isspace((unsigned char)*f->at) || *f->at == ';'))
			f->at++;
		else
			return;
	}
}

static bool take_word(struct gofile *f, const char *word)
{
	size_t n = strlen(word);

	skip_blanks(f);
	if ((size_t)(f->end - f->at) < n || memcmp(f->at, word, n) != 0 ||
		(f->at + n < f->end && parser_letter(f->at[n])))
		return false;
	f->at += n;
	return true;
}

/* Texts of declarations */

/* The package that a word before a dot stands for in this file; NULL: its own name. */
static const char *import_of(const struct gofile *f, const char *word, size_t len)
{
	for (size_t i = 0; i < f->nimports; i++)
		if (text_is(word, len, f->imports[i].alias))
			return f->imports[i].path;
	return NULL;
}

/* The piece of the file on one line, with imports by their own names; to be freed. */
static char *take_text(const struct gofile *f, const char *start, const char *end)
{
	char *line = declared_line(start, (size_t)(end - start));
	const char *s = line, *stop = line + strlen(line), *next, *path;
	struct text out = { 0 };

	text_add(&out, "");
	for (; s < stop; s = next) {
		size_t n;

		next = declared_skip(s, stop);
		n = next == s ? parser_letters(s) : 0;
		if (next == s)
			next = s + (n ? n : 1);
		path = n && *next == '.' && (s == line || s[-1] != '.') ? import_of(f, s, n) : NULL;
		if (path)
			text_add(&out, path);
		else
			text_addn(&out, s, (size_t)(next - s));
	}
	free(line);
	return out.s;
}

static bool read_import(struct gofile *f, const char *start, const char *end)
{
	char *line = declared_line(start, (size_t)(end - start));
	char *quote = strpbrk(line, "\"`"), *name = line;
	size_t n, len = strlen(line);
	const char *base;

	if (!quote || len < 2 || line[len - 1] != *quote || quote == line + len - 1) {
		free(line);
		return wrong(f, start, "an import without its path");
	}
	line[len - 1] = '\0';
	base = declared_base(quote + 1, &n);
	len = parser_letters(name);
	if (len > 0 && name + len < quote && !(len == 1 && *name == '_') &&
		!(len == n && memcmp(name, base, n) == 0)) {
		xadd(f->imports, f->nimports, f->imports_cap,
			(struct import){ xstrndup(name, len), xstrdup(quote + 1) });
	}
	free(line);
	return true;
}

static bool read_type(struct gofile *f, const char *start, const char *end)
{
	char *text = take_text(f, start, end), *place = where(f, start);
	bool changed, ok = true;

	/* A blank type has no name that anything could call it by. */
	if (!(text[0] == '_' && !parser_letter(text[1])))
		ok = declared_add_type(f->all, text, f->package, place, &changed, f->err) ||
			fail_in(f->err, "%s", place);
	free(text);
	free(place);
	return ok;
}

/* Constants: names, values, and what a group's lines without values repeat. */
struct constants {
	char *values; /* of the last line that had some; owned; NULL: none yet */
	unsigned iota;
};

static bool add_constant(struct gofile *f, const char *name, size_t len, const char *value,
	size_t vlen, unsigned iota, const char *place)
{
	char *text;
	bool changed, ok;

	if (len == 1 && *name == '_')
		return true;
	text = xasprintf("%.*s = %.*s", (int)len, name, (int)vlen, value);
	ok = declared_add_const(f->all, text, f->package, place, iota, &changed, f->err) ||
		fail_in(f->err, "%s", place);
	free(text);
	return ok;
}

/* "A, B T = 1, 2", or names alone, which repeat what was said before them. */
static bool read_constants(struct gofile *f, const char *start, const char *end,
	struct constants *c)
{
	char *text = take_text(f, start, end), *equal = strchr(text, '='), *place;
	const char *name = text, *value;
	bool ok = true;

	if (equal) {
		free(c->values);
		c->values = xstrdup(equal + 1 + strspn(equal + 1, " "));
	}
	place = where(f, start);
	for (value = c->values; ok && value && parser_letter(*name);) {
		size_t len = parser_letters(name);
		const char *stop = declared_item(value, value + strlen(value));

		ok = add_constant(f, name, len, value, (size_t)(stop - value), c->iota, place);
		name += len;
		name += strspn(name, " ");
		if (*name != ',' || !*stop)
			break;
		name += 1 + strspn(name + 1, " ");
		value = stop + 1 + strspn(stop + 1, " ");
	}
	c->iota++;
	free(place);
	free(text);
	return ok;
}

/* Declarations */

typedef bool read_spec(struct gofile *f, const char *start, const char *end, struct constants *c);

static bool spec_import(struct gofile *f, const char *start, const char *end, struct constants *c)
{
	(void)c;
	return read_import(f, start, end);
}

static bool spec_type(struct gofile *f, const char *start, const char *end, struct constants *c)
{
	(void)c;
	return read_type(f, start, end);
}

static bool skip_spec(struct gofile *f, const char *start, const char *end, struct constants *c)
{
	(void)f, (void)start, (void)end, (void)c;
	return true;
}

/* One, or a group of them in brackets. */
static bool read_group(struct gofile *f, read_spec *read)
{
	struct constants c = { 0 };
	bool group, ok = true;
	const char *start, *end, *bracket;

	skip_blanks(f);
	bracket = f->at;
	group = f->at < f->end && *f->at == '(';
	f->at += group;
	do {
		skip_blanks(f);
		start = f->at;
		if (group && start < f->end && *start == ')')
			break;
		if (group && start == f->end) {
			ok = wrong(f, bracket, "a bracket without its end");
			break;
		}
		end = find_end(f, start);
		ok = end && (end > start || wrong(f, start, "a declaration is missing")) &&
			read(f, start, end, &c);
		f->at = end;
	} while (ok && group);
	if (ok && group)
		f->at++;
	free(c.values);
	return ok;
}

static bool read_package(struct gofile *f)
{
	size_t n;

	skip_blanks(f);
	n = parser_letters(f->at);
	if (n == 0)
		return wrong(f, f->at, "the package has no name");
	free(f->package);
	f->package = xstrndup(f->at, n);
	f->at += n;
	return true;
}

/* Its body may begin on its line only, so it ends as all others do. */
static bool skip_func(struct gofile *f)
{
	const char *end = find_end(f, f->at);

	f->at = end;
	return end != NULL;
}

static bool read_one(struct gofile *f)
{
	char what[64];

	if (take_word(f, "package"))
		return read_package(f);
	if (take_word(f, "import"))
		return read_group(f, spec_import);
	if (take_word(f, "type"))
		return read_group(f, spec_type);
	if (take_word(f, "const"))
		return read_group(f, read_constants);
	if (take_word(f, "var"))
		return read_group(f, skip_spec);
	if (take_word(f, "func"))
		return skip_func(f);
	if (strncmp(f->at, "/*", 2) == 0)
		return wrong(f, f->at, "a comment without its end");
	snprintf(what, sizeof what, "type, const, var, func or import is expected at \"%.*s\"",
		(int)strcspn(f->at, " \t\r\n") > 12 ? 12 : (int)strcspn(f->at, " \t\r\n"), f->at);
	return wrong(f, f->at, what);
}

static bool read_all(struct gofile *f)
{
	bool ok = true;

	if (memchr(f->text, '\0', (size_t)(f->end - f->text)))
		return wrong(f, f->text, "a NUL byte: this is no Go file");
	if (strncmp(f->at, "\xef\xbb\xbf", 3) == 0)
		f->at += 3;
	while (ok) {
		skip_blanks(f);
		if (f->at == f->end)
			break;
		ok = read_one(f);
	}
	return ok;
}

static bool slurp(FILE *in, const char *name, struct text *text, struct error *err)
{
	char piece[65536];
	size_t n;

	text_add(text, "");
	while ((n = fread(piece, 1, sizeof piece, in)) > 0) {
		if (text->len + n > FILE_MOST)
			return fail(err, "%s: larger than %d MB", name, FILE_MOST >> 20);
		text_addn(text, piece, n);
	}
	return !ferror(in) || fail(err, "%s: %s", name, strerror(errno));
}

bool declared_read(struct declared *d, FILE *in, const char *name, struct error *err)
{
	struct text text = { 0 };
	struct gofile f = { .all = d, .name = name, .package = xstrdup("main"), .err = err };
	bool ok = slurp(in, name, &text, err);

	f.text = f.at = f.counted = text_str(&text);
	f.end = f.text + text.len;
	ok = ok && read_all(&f);
	for (size_t i = 0; i < f.nimports; i++) {
		free(f.imports[i].alias);
		free(f.imports[i].path);
	}
	free(f.imports);
	free(f.package);
	text_free(&text);
	return ok;
}

bool declared_read_file(struct declared *d, const struct access *access, const char *name,
	struct error *err)
{
	char *path = access_path(access, name);
	FILE *in = access_open(access, path, err);
	bool ok = in && declared_read(d, in, path, err);

	if (in)
		fclose(in);
	free(path);
	return ok;
}
