/* SPDX-License-Identifier: MIT */
/* Reads structs and interfaces. */
#include "model/go/gotype_parse.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

struct gotype_field *parser_add_field(struct parser *p, struct gotype *t, const char *name,
	size_t len)
{
	for (unsigned i = 0; name && i < t->nfields; i++) {
		const char *other = t->fields[i].name;

		if (other && text_is(name, len, other) && strcmp(other, "_") != 0) {
			fail(p->err, t->kind == KIND_STRUCT ? "%s redeclared in struct"
				: "duplicate method %s", other);
			return NULL;
		}
	}
	if (t->nfields == FIELDS_MOST) {
		fail(p->err, "a %s has more than %d %s",
			t->kind == KIND_STRUCT ? "struct" : t->kind == KIND_FUNC ? "func"
			: "interface", FIELDS_MOST, t->kind == KIND_STRUCT ? "fields"
			: t->kind == KIND_FUNC ? "parameters" : "methods");
		return NULL;
	}
	t->fields = xrealloc(t->fields, (t->nfields + 1) * sizeof *t->fields);
	t->fields[t->nfields] = (struct gotype_field){ .name = name ? xstrndup(name, len) : NULL };
	return &t->fields[t->nfields++];
}

/* Fields */

/* Behind the string literal at s; NULL when it has no end. */
static const char *string_end(const char *s)
{
	char quote = *s++;

	for (; *s && *s != quote; s++)
		if (quote == '"' && *s == '\\' && s[1])
			s++;
	return *s ? s + 1 : NULL;
}

static bool ends_field(char c)
{
	return c == ';' || c == '}' || c == '\n' || c == '\0' || c == '"' || c == '`';
}

/* How Go writes an embedded any where it names the struct's type; so it is read, as such
   names are. */
static const char printed_any[] = "interface {}";

static bool is_printed_any(const char *s)
{
	return strncmp(s, printed_any, sizeof printed_any - 1) == 0;
}

/*
 * Whether a field is a type alone: *T, T, pkg.T, Pair[int]. What follows the brackets tells it
 * from a field of an array type.
 */
static bool is_embedded(struct parser *p)
{
	const char *s = p->at;
	size_t n;

	if (*s == '*' || *s == '(' || is_printed_any(s))
		return true;
	n = parser_word(p);
	if (name_length(s) > n)
		return true;
	s += n;
	if (n == 0)
		return false;
	s += strspn(s, " \t");
	if (*s == '.' || *s == '/' || ends_field(*s))
		return true;
	if (*s != '[')
		return false;
	return ends_field(*parser_behind_brackets(s));
}

void embedded_name(const char *s, const char **name, size_t *len)
{
	size_t n;

	if (is_printed_any(s)) {
		*name = "any";
		*len = strlen(*name);
		return;
	}
	s += *s == '*';
	s += strspn(s, " \t");
	n = name_length(s);
	*len = 0;
	while (*len < n && parser_letter(s[n - *len - 1]))
		++*len;
	*name = s + n - *len;
}

static bool parse_embedded(struct parser *p, struct gotype *t)
{
	const char *name;
	size_t len;

	if (*p->at == '(')
		return fail(p->err, "cannot parenthesize embedded type");
	embedded_name(p->at, &name, &len);
	if (len == 0)
		return parser_complain(p, "a field name");
	if (!parser_add_field(p, t, name, len))
		return false;
	t->fields[t->nfields - 1].embedded = true;
	t->fields[t->nfields - 1].type = parse_type(p);
	return t->fields[t->nfields - 1].type != NULL;
}

static bool parse_names_and_type(struct parser *p, struct gotype *t)
{
	unsigned first = t->nfields;
	struct gotype *type;

	do {
		size_t n;

		if (t->nfields > first)
			parser_lines(p);
		n = parser_word(p);
		if (n == 0)
			return parser_complain(p, "a field name");
		if (!parser_add_field(p, t, p->at, n))
			return false;
		p->at += n;
	} while (parser_take(p, ','));
	type = parse_type(p);
	for (unsigned i = first; i < t->nfields; i++)
		t->fields[i].type = type;
	return type != NULL;
}

/* What stands behind a field and says how others see it. */
static bool parse_tag(struct parser *p, struct gotype *t, unsigned first)
{
	const char *start, *end;

	parser_blanks(p);
	if (*p->at != '"' && *p->at != '`')
		return true;
	start = p->at;
	end = string_end(start);
	if (!end)
		return parser_complain(p, "the end of a tag");
	for (unsigned i = first; i < t->nfields; i++)
		t->fields[i].tag = xstrndup(start, (size_t)(end - start));
	p->at = end;
	return true;
}

/* One line of a struct: names and a type, or an embedded type; then perhaps a tag. */
static bool parse_fields(struct parser *p, struct gotype *t)
{
	unsigned first = t->nfields;

	parser_blanks(p);
	return (is_embedded(p) ? parse_embedded(p, t) : parse_names_and_type(p, t)) &&
		parse_tag(p, t, first);
}

/* Between the lines of a struct or interface: true at its end or before another. */
static bool next_line(struct parser *p)
{
	if (parser_line_ends(p))
		return true;
	parser_blanks(p);
	return *p->at == '}' || parser_complain(p, "\";\" or \"}\"");
}

struct gotype *parse_struct(struct parser *p)
{
	struct gotype *t = parser_new(p, KIND_STRUCT);

	if (!parser_take(p, '{'))
		return parser_complain(p, "\"{\""), NULL;
	parser_lines(p);
	while (!parser_take(p, '}'))
		if (!parse_fields(p, t) || !next_line(p))
			return NULL;
	return parser_finish(p, t);
}

/* Interfaces */

/* int | ~string | ..: what only constraints have. Its terms are read, and say nothing here. */
static bool parse_union(struct parser *p, struct gotype *t)
{
	struct gotype *term;
	unsigned terms = 0;
	bool tilde = false;

	do {
		parser_lines(p);
		tilde |= parser_take(p, '~');
		term = parse_type(p);
		if (!term)
			return false;
		terms++;
	} while (parser_take(p, '|'));
	if (terms > 1 || tilde) {
		t->constraint = true;
		return true;
	}
	if (!parser_add_field(p, t, NULL, 0))
		return false;
	t->fields[t->nfields - 1].type = term;
	t->fields[t->nfields - 1].embedded = true;
	return true;
}

static bool parse_method(struct parser *p, struct gotype *t)
{
	size_t n = parser_word(p);
	const char *name = p->at;

	p->at += n;
	parser_blanks(p);
	if (n == 0 || *p->at != '(') {
		p->at = name;
		return parse_union(p, t);
	}
	if (n == 1 && *name == '_')
		return fail(p->err, "methods must have a unique non-blank name");
	if (!parser_add_field(p, t, name, n))
		return false;
	t->fields[t->nfields - 1].type = parse_func(p);
	return t->fields[t->nfields - 1].type != NULL;
}

static int by_name(const void *a, const void *b)
{
	const char *x = ((const struct gotype_field *)a)->name;
	const char *y = ((const struct gotype_field *)b)->name;

	return strcmp(x ? x : "", y ? y : "");
}

struct gotype *parse_interface(struct parser *p)
{
	struct gotype *t = parser_new(p, KIND_INTERFACE);

	if (!parser_take(p, '{'))
		return parser_complain(p, "\"{\""), NULL;
	parser_lines(p);
	while (!parser_take(p, '}'))
		if (!parse_method(p, t) || !next_line(p))
			return NULL;
	if (t->nfields)
		qsort(t->fields, t->nfields, sizeof *t->fields, by_name);
	else
		t->kind = KIND_ANY;
	return parser_finish(p, t);
}
