/* SPDX-License-Identifier: MIT */
/* Reads one declaration, as it stands behind "type" or "const". */
#include "model/go/declared.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/text.h"
#include "model/go/declared_parts.h"
#include "model/go/gotype_parse.h"

static const char *skip_blanks(const char *s)
{
	return s + strspn(s, " ");
}

/* The bracket that closes the one at s; NULL when there is none. */
static const char *closing(const char *s)
{
	unsigned open = 0;

	for (; *s; s++) {
		if (strchr("([{", *s))
			open++;
		else if (strchr(")]}", *s) && --open == 0)
			return s;
	}
	return NULL;
}

/* Takes a name at *s, with a package before it or without. */
static bool take_name(const char **s, const char *package, struct declaration *d, struct error *err)
{
	const char *start = skip_blanks(*s);
	size_t n = name_length(start), own = 0;

	if (n == 0)
		return fail(err, "a name is expected at \"%.40s\"", start);
	while (own < n && parser_letter(start[n - own - 1]))
		own++;
	d->package = own < n ? xstrndup(start, n - own - 1) : xstrdup(package);
	d->name = xstrndup(start + n - own, own);
	*s = skip_blanks(start + n);
	return own < n || (strcmp(d->name, "_") != 0 && !is_keyword(d->name, own)) ||
		fail(err, "\"%.40s\" is no name that could be declared", d->name);
}

/* Whether a word alone in brackets is the argument of an instance, not the length of an array. */
static bool is_argument(const struct declared *all, const struct declaration *d, const char *s,
	size_t n)
{
	enum gotype_kind kind;
	const struct declaration *found;

	if (isdigit((unsigned char)*s) || memchr(s, '+', n))
		return false;
	if (strchr("*[", *s) || gotype_basic_kind(s, n, &kind) || memchr(s, '.', n) ||
		is_keyword(s, name_length(s)))
		return true;
	if (text_is(s, n, "any") || text_is(s, n, "error"))
		return true;
	found = declared_find(all, d->package, strlen(d->package), s, n);
	return found && found->kind != DECLARED_CONST;
}

/* At the comma that ends the item at s, or at end. */
const char *declared_item(const char *s, const char *end)
{
	unsigned open = 0;

	for (const char *next; s < end && (*s != ',' || open); s = next) {
		next = declared_skip(s, end);
		if (next > s)
			continue;
		next = s + 1;
		open += strchr("([{", *s) != NULL;
		open -= strchr(")]}", *s) != NULL && open > 0;
	}
	return s;
}

/* "K comparable, V any": the last item has more than one word. "int, string" does not. */
static bool are_params(const char *s, const char *end)
{
	const char *last = s, *next;
	size_t n;

	for (; (next = declared_item(last, end)) < end; last = next + 1)
		;
	last = skip_blanks(last);
	n = name_length(last);
	if (n == 0 || memchr(last, '.', n) || last[n] != ' ')
		return false;
	last = skip_blanks(last + n);
	return last < end && (parser_letter(*last) || strchr("~[*(", *last)) &&
		!isdigit((unsigned char)*last);
}

/* Takes brackets behind a name where they are no array's: parameters, or arguments. */
static bool take_brackets(const char **s, const struct declared *all, struct declaration *d,
	struct error *err)
{
	const char *start = *s + 1, *end = closing(*s);
	struct text name = { 0 };
	const char *own = d->name;

	if (!end)
		return fail(err, "\"]\" is missing behind \"%.40s\"", *s);
	start = skip_blanks(start);
	if (are_params(start, end)) {
		d->params = xstrndup(start, (size_t)(end - start));
	} else if (declared_item(start, end) < end ||
		(end > start && is_argument(all, d, start, (size_t)(end - start)))) {
		text_printf(&name, "%s[", own);
		for (const char *c = start; c < end; c++)
			if (*c != ' ' || c[-1] != ',')
				text_addc(&name, *c);
		text_addc(&name, ']');
		free((void *)(uintptr_t)own);
		d->name = name.s;
	} else {
		return true;
	}
	*s = skip_blanks(end + 1);
	return true;
}

static bool read_type(const struct declared *all, const char *line, const char *package,
	struct declaration *d, struct error *err)
{
	if (!take_name(&line, package, d, err))
		return false;
	if (*line == '[' && !take_brackets(&line, all, d, err))
		return false;
	d->kind = *line == '=' ? DECLARED_ALIAS : DECLARED_TYPE;
	line = skip_blanks(line + (*line == '='));
	d->body = xstrdup(line);
	return *line || fail(err, "a type is missing: type %.60s T", d->name);
}

bool declared_add_type(struct declared *all, const char *text, const char *package,
	const char *where, bool *changed, struct error *err)
{
	char *line = declared_line(text, strlen(text));
	struct declaration d = { .where = where ? xstrdup(where) : NULL };
	bool ok = read_type(all, line, package, &d, err) && declaration_check(&d, err);

	free(line);
	if (ok)
		*changed = declared_put(all, d);
	else
		declaration_free(&d);
	return ok;
}

/* A constant's expression with its iota as a number; to be freed. */
static char *without_iota(const char *s, unsigned iota)
{
	struct text out = { 0 };
	const char *end = s + strlen(s), *next;

	for (text_add(&out, ""); *s; s = next) {
		size_t n;

		next = declared_skip(s, end);
		n = next == s ? parser_letters(s) : 0;
		next = next > s ? next : s + (n ? n : 1);
		if (text_is(s, n, "iota"))
			text_printf(&out, "%u", iota);
		else
			text_addn(&out, s, (size_t)(next - s));
	}
	return out.s;
}

static bool read_const(const char *line, const char *package, unsigned iota,
	struct declaration *d, struct error *err)
{
	if (!take_name(&line, package, d, err))
		return false;
	/* A type between them says nothing that a length depends on. */
	line += strcspn(line, "=");
	if (*line == '=')
		line = skip_blanks(line + 1);
	d->body = without_iota(line, iota);
	return *line || fail(err, "a value is missing: const %.60s = VALUE", d->name);
}

bool declared_add_const(struct declared *all, const char *text, const char *package,
	const char *where, unsigned iota, bool *changed, struct error *err)
{
	char *line = declared_line(text, strlen(text));
	struct declaration d = { .kind = DECLARED_CONST,
		.where = where ? xstrdup(where) : NULL };
	bool ok = read_const(line, package, iota, &d, err);

	free(line);
	if (ok)
		*changed = declared_put(all, d);
	else
		declaration_free(&d);
	return ok;
}

bool declared_add(struct declared *all, const char *text, bool *changed, struct error *err)
{
	if (strncmp(text, "type ", 5) == 0)
		return declared_add_type(all, text + 5, "main", NULL, changed, err);
	if (strncmp(text, "const ", 6) == 0)
		return declared_add_const(all, text + 6, "main", NULL, 0, changed, err);
	return fail(err, "\"%.40s\" is no declaration: type NAME T is expected", text);
}
