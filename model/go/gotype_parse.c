/* SPDX-License-Identifier: MIT */
/* Reads Go's syntax for types. Source: the Go specification, "Types". */
#include "model/go/gotype_parse.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

enum {
	DEPTH_MOST = 64,   /* of nesting; a person's type has a handful */
	FIELDS_MOST = 4096,
	NAME_MOST = 65536,
};

struct parser {
	const char *text, *at;
	const struct target *target;
	struct error *err;
	unsigned depth;
};

static struct gotype *parse_type(struct parser *p);

static void skip_blanks(struct parser *p)
{
	while (*p->at == ' ' || *p->at == '\t')
		p->at++;
}

/* Whether the next sign is c; takes it if so. */
static bool take(struct parser *p, char c)
{
	skip_blanks(p);
	if (*p->at != c)
		return false;
	p->at++;
	return true;
}

static bool letter(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (c & 0x80);
}

/* The length of the word that comes next; 0 when there is none. */
static size_t peek_word(struct parser *p)
{
	size_t n = 0;

	skip_blanks(p);
	if (isdigit((unsigned char)*p->at))
		return 0;
	while (letter(p->at[n]))
		n++;
	return n;
}

static bool take_word(struct parser *p, const char *word)
{
	size_t n = peek_word(p);

	if (n != strlen(word) || memcmp(p->at, word, n) != 0)
		return false;
	p->at += n;
	return true;
}

static bool complain(struct parser *p, const char *wanted)
{
	skip_blanks(p);
	if (*p->at)
		return fail(p->err, "type \"%.200s\": %s expected at \"%.40s\"", p->text, wanted,
			p->at);
	return fail(p->err, "type \"%.200s\": %s expected at its end", p->text, wanted);
}

static struct gotype *new_type(struct parser *p, enum gotype_kind kind)
{
	struct gotype *t = xcalloc(1, sizeof *t);

	t->kind = kind;
	t->target = p->target;
	return t;
}

/* Lays t out and names it; frees it and returns NULL when that fails. */
static struct gotype *finish(struct parser *p, struct gotype *t, char *name)
{
	t->name = name;
	if (strlen(name) > NAME_MOST) {
		fail(p->err, "type is too long");
	} else if (gotype_lay_out(t, p->err)) {
		return t;
	}
	gotype_free(t);
	return NULL;
}

/* A type with one element type: prefix and the element's name make its name. */
static struct gotype *parse_elem(struct parser *p, enum gotype_kind kind, const char *prefix)
{
	struct gotype *t, *elem = parse_type(p);

	if (!elem)
		return NULL;
	t = new_type(p, kind);
	t->elem = elem;
	return finish(p, t, xasprintf("%s%s", prefix, elem->name));
}

static bool parse_length(struct parser *p, uint64_t *len)
{
	char *end;

	skip_blanks(p);
	if (!isdigit((unsigned char)*p->at))
		return complain(p, "an array length");
	*len = strtoull(p->at, &end, 0);
	if (*len > p->target->max_type) {
		return fail(p->err, "type \"%.200s\": array length %.*s is too large", p->text,
			(int)(end - p->at), p->at);
	}
	p->at = end;
	return true;
}

static struct gotype *parse_array_or_slice(struct parser *p)
{
	char prefix[32];
	uint64_t len = 0;
	struct gotype *elem, *t;

	if (take(p, ']'))
		return parse_elem(p, KIND_SLICE, "[]");
	if (!parse_length(p, &len))
		return NULL;
	if (!take(p, ']')) {
		complain(p, "\"]\"");
		return NULL;
	}
	snprintf(prefix, sizeof prefix, "[%llu]", (unsigned long long)len);
	elem = parse_type(p);
	if (!elem)
		return NULL;
	t = new_type(p, KIND_ARRAY);
	t->elem = elem;
	t->len = len;
	return finish(p, t, xasprintf("%s%s", prefix, elem->name));
}

static struct gotype *parse_map(struct parser *p)
{
	struct gotype *t = new_type(p, KIND_MAP);

	if (!take(p, '[')) {
		complain(p, "\"[\"");
		goto failed;
	}
	t->key = parse_type(p);
	if (!t->key)
		goto failed;
	if (!take(p, ']')) {
		complain(p, "\"]\"");
		goto failed;
	}
	t->elem = parse_type(p);
	if (!t->elem)
		goto failed;
	if (t->key->alg == ALG_NONE) {
		fail(p->err, "invalid map key type %.200s", t->key->name);
		goto failed;
	}
	return finish(p, t, xasprintf("map[%s]%s", t->key->name, t->elem->name));
failed:
	gotype_free(t);
	return NULL;
}

static struct gotype *parse_chan(struct parser *p, bool receive_only)
{
	const char *prefix = "chan ", *before = "", *after = "";
	struct gotype *t, *elem;
	bool both_ways = !receive_only;

	if (receive_only)
		prefix = "<-chan ";
	skip_blanks(p);
	if (!receive_only && strncmp(p->at, "<-", 2) == 0) {
		p->at += 2;
		prefix = "chan<- ";
		both_ways = false;
	}
	elem = parse_type(p);
	if (!elem)
		return NULL;
	/* An arrow belongs to the leftmost chan that it can belong to. */
	if (both_ways && strncmp(elem->name, "<-", 2) == 0) {
		before = "(";
		after = ")";
	}
	t = new_type(p, KIND_CHAN);
	t->elem = elem;
	return finish(p, t, xasprintf("%s%s%s%s", prefix, before, elem->name, after));
}

/* The types of a list, its "(" taken already; *count of them are added to `names`. */
static bool parse_list(struct parser *p, struct text *names, unsigned *count)
{
	for (*count = 0; !take(p, ')'); ++*count) {
		struct gotype *t;

		if (*count && !take(p, ','))
			return complain(p, "the parameter types of a func");
		t = parse_type(p);
		if (!t)
			return false;
		text_printf(names, "%s%s", *count ? ", " : "", t->name);
		gotype_free(t);
	}
	return true;
}

/* What a func gives back: nothing, one type, or a list of them. */
static bool parse_results(struct parser *p, struct text *name)
{
	struct text names = { 0 };
	struct gotype *t;
	unsigned count;
	bool ok;

	skip_blanks(p);
	if (!*p->at || strchr(")],;}\"`", *p->at))
		return true;
	if (!take(p, '(')) {
		t = parse_type(p);
		if (t)
			text_printf(name, " %s", t->name);
		gotype_free(t);
		return t != NULL;
	}
	ok = parse_list(p, &names, &count);
	if (ok && count > 0)
		text_printf(name, count == 1 ? " %s" : " (%s)", text_str(&names));
	text_free(&names);
	return ok;
}

/* The parameters and results of a func are checked and kept as text; nothing depends on them. */
static struct gotype *parse_func(struct parser *p)
{
	struct gotype *t = NULL;
	struct text name = { 0 };
	unsigned count;

	text_add(&name, "func(");
	if (!take(p, '(')) {
		complain(p, "the parameter types of a func");
	} else if (parse_list(p, &name, &count)) {
		text_addc(&name, ')');
		if (parse_results(p, &name))
			t = finish(p, new_type(p, KIND_FUNC), xstrdup(text_str(&name)));
	}
	text_free(&name);
	return t;
}

/* Reads one type for `names` fields whose names were read already. */
static bool parse_field_type(struct parser *p, struct gotype *t, unsigned first)
{
	const char *start = p->at;

	for (unsigned i = first; i < t->nfields; i++) {
		p->at = start;
		t->fields[i].type = parse_type(p);
		if (!t->fields[i].type)
			return false;
	}
	return true;
}

static bool add_field(struct parser *p, struct gotype *t, const char *name, size_t len)
{
	for (unsigned i = 0; i < t->nfields; i++) {
		const char *other = t->fields[i].name;

		if (strlen(other) == len && memcmp(other, name, len) == 0 &&
			strcmp(other, "_") != 0)
			return fail(p->err, "%s redeclared in struct", other);
	}
	if (t->nfields == FIELDS_MOST)
		return fail(p->err, "a struct has more than %d fields", FIELDS_MOST);
	t->fields = xrealloc(t->fields, (t->nfields + 1) * sizeof *t->fields);
	t->fields[t->nfields++] = (struct gotype_field){ .name = xstrndup(name, len) };
	return true;
}

/* One line of a struct: names and a type, or an embedded type; then perhaps a tag. */
static bool parse_fields(struct parser *p, struct gotype *t)
{
	unsigned first = t->nfields;
	const char *start = p->at;
	size_t n = peek_word(p);

	start = p->at;
	if (n == 0)
		return complain(p, "a field name");
	p->at += n;
	skip_blanks(p);
	if (*p->at == ';' || *p->at == '}' || *p->at == '\0') {
		if (!add_field(p, t, start, n))
			return false;
		p->at = start;
		t->fields[first].embedded = true;
		return parse_field_type(p, t, first);
	}
	if (!add_field(p, t, start, n))
		return false;
	while (take(p, ',')) {
		n = peek_word(p);
		if (n == 0)
			return complain(p, "a field name");
		if (!add_field(p, t, p->at, n))
			return false;
		p->at += n;
	}
	if (!parse_field_type(p, t, first))
		return false;
	skip_blanks(p);
	if (*p->at == '"' || *p->at == '`') {
		const char *end = strchr(p->at + 1, *p->at);

		if (!end)
			return complain(p, "the end of a tag");
		p->at = end + 1;
	}
	return true;
}

static char *struct_name(const struct gotype *t)
{
	struct text name = { 0 };

	text_add(&name, t->nfields ? "struct { " : "struct {}");
	for (unsigned i = 0; i < t->nfields; i++) {
		const struct gotype_field *f = &t->fields[i];

		text_printf(&name, "%s%s%s%s", i ? "; " : "", f->embedded ? "" : f->name,
			f->embedded ? "" : " ", f->type->name);
	}
	if (t->nfields)
		text_add(&name, " }");
	return name.s;
}

static struct gotype *parse_struct(struct parser *p)
{
	struct gotype *t = new_type(p, KIND_STRUCT);

	if (!take(p, '{')) {
		complain(p, "\"{\"");
		goto failed;
	}
	while (!take(p, '}')) {
		if (!parse_fields(p, t))
			goto failed;
		if (take(p, ';'))
			continue;
		skip_blanks(p);
		if (*p->at != '}') {
			complain(p, "\";\" or \"}\"");
			goto failed;
		}
	}
	return finish(p, t, struct_name(t));
failed:
	gotype_free(t);
	return NULL;
}

static struct gotype *parse_named(struct parser *p)
{
	size_t n = peek_word(p);
	enum gotype_kind kind;

	if (take_word(p, "map"))
		return parse_map(p);
	if (take_word(p, "chan"))
		return parse_chan(p, false);
	if (take_word(p, "func"))
		return parse_func(p);
	if (take_word(p, "struct"))
		return parse_struct(p);
	if (take_word(p, "any"))
		return finish(p, new_type(p, KIND_ANY), xstrdup("interface {}"));
	if (take_word(p, "error"))
		return finish(p, new_type(p, KIND_ERROR), xstrdup("error"));
	if (take_word(p, "interface")) {
		if (take(p, '{') && take(p, '}'))
			return finish(p, new_type(p, KIND_ANY), xstrdup("interface {}"));
		fail(p->err, "type \"%.200s\": the interfaces here are any, interface{} and error",
			p->text);
		return NULL;
	}
	if (n == 6 && strncmp(p->at, "unsafe.Pointer", 14) == 0 && !letter(p->at[14])) {
		p->at += 14;
		return finish(p, new_type(p, KIND_UNSAFE_POINTER), xstrdup("unsafe.Pointer"));
	}
	if (!gotype_basic_kind(p->at, n, &kind)) {
		fail(p->err, "undefined type: %.*s", n > 60 ? 60 : (int)n, p->at);
		return NULL;
	}
	p->at += n;
	return finish(p, new_type(p, kind), xstrdup(gotype_basic(kind, p->target)->name));
}

static struct gotype *parse_nested(struct parser *p)
{
	struct gotype *t;

	if (take(p, '*'))
		return parse_elem(p, KIND_POINTER, "*");
	if (take(p, '['))
		return parse_array_or_slice(p);
	if (take(p, '(')) {
		t = parse_type(p);
		if (t && !take(p, ')')) {
			complain(p, "\")\"");
			gotype_free(t);
			return NULL;
		}
		return t;
	}
	skip_blanks(p);
	if (strncmp(p->at, "<-", 2) == 0) {
		p->at += 2;
		if (take_word(p, "chan"))
			return parse_chan(p, true);
		complain(p, "\"chan\"");
		return NULL;
	}
	if (peek_word(p) == 0) {
		complain(p, "a type");
		return NULL;
	}
	return parse_named(p);
}

static struct gotype *parse_type(struct parser *p)
{
	struct gotype *t;

	if (p->depth == DEPTH_MOST) {
		fail(p->err, "type is nested more than %d deep", DEPTH_MOST);
		return NULL;
	}
	p->depth++;
	t = parse_nested(p);
	p->depth--;
	return t;
}

struct gotype *gotype_parse(const char *text, const struct target *target, struct error *err)
{
	struct parser p = { .text = text, .at = text, .target = target, .err = err };
	struct gotype *t = parse_type(&p);

	skip_blanks(&p);
	if (t && *p.at) {
		complain(&p, "the end");
		gotype_free(t);
		return NULL;
	}
	return t;
}
