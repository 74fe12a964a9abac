/* SPDX-License-Identifier: MIT */
/* Reads Go's syntax for types. Source: the Go specification, "Types". */
#include "model/go/gotype_parse.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/go/declared.h"

/* Behind the end of a comment; at the line's end when it goes so far. */
static const char *skip_comment(const char *s)
{
	const char *end = s[1] == '*' ? strstr(s + 2, "*/") : s + strcspn(s, "\n");

	if (s[1] != '*')
		return end;
	return end ? end + 2 : s + strlen(s);
}

void parser_blanks(struct parser *p)
{
	while (*p->at == ' ' || *p->at == '\t' || *p->at == '\r' ||
		(*p->at == '/' && (p->at[1] == '/' || p->at[1] == '*')))
		p->at = *p->at == '/' ? skip_comment(p->at) : p->at + 1;
}

bool parser_take(struct parser *p, char c)
{
	parser_blanks(p);
	if (*p->at != c)
		return false;
	p->at++;
	return true;
}

bool parser_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (c & 0x80);
}

size_t parser_letters(const char *s)
{
	size_t n = 0;

	while (parser_letter(s[n]))
		n++;
	return n;
}

size_t parser_word(struct parser *p)
{
	parser_blanks(p);
	return isdigit((unsigned char)*p->at) ? 0 : parser_letters(p->at);
}

static bool parser_take_word(struct parser *p, const char *word)
{
	size_t n = parser_word(p);

	if (!text_is(p->at, n, word))
		return false;
	p->at += n;
	return true;
}

void parser_lines(struct parser *p)
{
	while (parser_take(p, '\n'))
		;
}

bool parser_line_ends(struct parser *p)
{
	bool any = parser_take(p, ';') || parser_take(p, '\n');

	if (any)
		parser_lines(p);
	return any;
}

bool parser_complain(struct parser *p, const char *wanted)
{
	parser_blanks(p);
	if (*p->at)
		return fail(p->err, "type \"%.200s\": %s expected at \"%.40s\"", p->text, wanted,
			p->at);
	return fail(p->err, "type \"%.200s\": %s expected at its end", p->text, wanted);
}

struct gotype *parser_new(struct parser *p, enum gotype_kind kind)
{
	struct gotype_pool *pool = p->pool;
	struct gotype *t = xcalloc(1, sizeof *t);

	t->kind = kind;
	t->target = p->scope->target;
	xadd(pool->nodes, pool->count, pool->cap, t);
	return t;
}

struct gotype *parser_finish(struct parser *p, struct gotype *t)
{
	gotype_set_names(t);
	if (strlen(t->name) <= NAME_MOST)
		return t;
	fail(p->err, "type is too long");
	return NULL;
}

static struct gotype *parse_elem(struct parser *p, enum gotype_kind kind, uint64_t len)
{
	struct gotype *t, *elem = parse_type(p);

	if (!elem)
		return NULL;
	t = parser_new(p, kind);
	t->elem = elem;
	t->len = len;
	return parser_finish(p, t);
}

/* As little is known of it as of a name that was not declared. */
static struct gotype *unknown_array(struct parser *p, const char *length, int n)
{
	struct gotype *t, *elem = parse_type(p);

	if (!elem)
		return NULL;
	t = parser_new(p, KIND_UNKNOWN);
	t->name = xasprintf("[%.*s%s", n, length, elem->name);
	return t;
}

static struct gotype *parse_array_or_slice(struct parser *p)
{
	const char *start;
	uint64_t len;
	bool known;

	if (parser_take(p, ']'))
		return parse_elem(p, KIND_SLICE, 0);
	parser_blanks(p);
	start = p->at;
	if (!parse_constant(p, &len, &known))
		return NULL;
	if (!parser_take(p, ']'))
		return parser_complain(p, "\"]\""), NULL;
	if (!known)
		return unknown_array(p, start, (int)(p->at - start));
	return parse_elem(p, KIND_ARRAY, len);
}

static struct gotype *parse_map(struct parser *p)
{
	struct gotype *t = parser_new(p, KIND_MAP);

	if (!parser_take(p, '['))
		return parser_complain(p, "\"[\""), NULL;
	t->key = parse_type(p);
	if (!t->key)
		return NULL;
	if (!parser_take(p, ']'))
		return parser_complain(p, "\"]\""), NULL;
	t->elem = parse_type(p);
	return t->elem ? parser_finish(p, t) : NULL;
}

static bool take_arrow(struct parser *p)
{
	parser_blanks(p);
	if (strncmp(p->at, "<-", 2) != 0)
		return false;
	p->at += 2;
	return true;
}

static struct gotype *parse_parenthesised(struct parser *p)
{
	struct gotype *t = parse_type(p);

	if (t && !parser_take(p, ')'))
		return parser_complain(p, "\")\""), NULL;
	return t;
}

static struct gotype *parse_word(struct parser *p)
{
	if (parser_take_word(p, "map"))
		return parse_map(p);
	if (parser_take_word(p, "chan"))
		return parse_elem(p, KIND_CHAN, take_arrow(p) ? CHAN_SEND : CHAN_BOTH);
	if (parser_take_word(p, "func"))
		return parse_func(p);
	if (parser_take_word(p, "struct"))
		return parse_struct(p);
	if (parser_take_word(p, "interface"))
		return parse_interface(p);
	return parse_name(p);
}

static struct gotype *parse_nested(struct parser *p)
{
	if (parser_take(p, '*'))
		return parse_elem(p, KIND_POINTER, 0);
	if (parser_take(p, '['))
		return parse_array_or_slice(p);
	if (parser_take(p, '('))
		return parse_parenthesised(p);
	if (take_arrow(p)) {
		if (parser_take_word(p, "chan"))
			return parse_elem(p, KIND_CHAN, CHAN_RECEIVE);
		return parser_complain(p, "\"chan\""), NULL;
	}
	if (parser_word(p) == 0)
		return parser_complain(p, "a type"), NULL;
	return parse_word(p);
}

struct gotype *parse_type(struct parser *p)
{
	struct gotype *t;

	if (p->depth == DEPTH_MOST)
		return fail(p->err, "type is nested more than %d deep", DEPTH_MOST), NULL;
	if (p->pool->count > NODES_MOST)
		return fail(p->err, "type leads to more than %d others", NODES_MOST), NULL;
	p->depth++;
	t = parse_nested(p);
	p->depth--;
	return t;
}

/* Funcs */

/* One parameter or result as it is written: a type, a name, or a name and its type. */
struct param {
	const char *word;    /* a word that stands alone: a name or a type; else NULL */
	struct gotype *type; /* NULL behind a word alone */
	bool named, rest;
};

struct params {
	struct param *list; /* owned */
	size_t count, cap;
	bool named;         /* one of them has a name, so all do */
};

static bool take_rest(struct parser *p)
{
	parser_blanks(p);
	if (strncmp(p->at, "...", 3) != 0)
		return false;
	p->at += 3;
	return true;
}

const char *parser_behind_brackets(const char *s)
{
	unsigned open = 0;

	for (; *s; s++) {
		open += *s == '[';
		open -= *s == ']';
		if (!open)
			break;
	}
	s += *s == ']';
	return s + strspn(s, " \t");
}

/* Whether brackets come that end a parameter: Pair[int] is a type, while p [4]int has a name. */
static bool instance_ends(const char *s)
{
	if (*s != '[')
		return false;
	s = parser_behind_brackets(s);
	return *s == ',' || *s == ')' || *s == '\0';
}

bool is_keyword(const char *s, size_t n)
{
	static const char *const words[] = { "map", "chan", "func", "struct", "interface" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (text_is(s, n, words[i]))
			return true;
	return false;
}

static bool parse_param(struct parser *p, struct param *param)
{
	size_t n = parser_word(p);
	const char *word = p->at;

	*param = (struct param){ 0 };
	if (n > 0 && !is_keyword(word, n)) {
		p->at += n;
		parser_blanks(p);
		if (*p->at == ',' || *p->at == ')') {
			param->word = word;
			return true;
		}
		param->named = (*p->at != '.' || strncmp(p->at, "...", 3) == 0) &&
			*p->at != '/' && !instance_ends(p->at);
		if (!param->named)
			p->at = word;
	}
	param->rest = take_rest(p);
	param->type = parse_type(p);
	return param->type != NULL;
}

static bool read_params(struct parser *p, struct params *all)
{
	while (!parser_take(p, ')')) {
		if (all->count && !parser_take(p, ','))
			return parser_complain(p, "\",\" or \")\"");
		parser_lines(p);
		if (all->count && parser_take(p, ')'))
			return true;
		all->list = xroom(all->list, &all->cap, all->count, sizeof *all->list);
		if (!parse_param(p, &all->list[all->count]))
			return false;
		all->named |= all->list[all->count++].named;
	}
	return true;
}

/* A word alone is a name where others have names, of the type that comes next; else a type. */
static bool type_of_word(struct parser *p, struct params *all, size_t i)
{
	const char *after = p->at;

	if (all->named) {
		if (i + 1 == all->count || !all->list[i + 1].type || all->list[i + 1].rest)
			return fail(p->err, "mixed named and unnamed parameters");
		all->list[i].type = all->list[i + 1].type;
		all->list[i].named = true;
		return true;
	}
	p->at = all->list[i].word;
	all->list[i].type = parse_type(p);
	p->at = after;
	return all->list[i].type != NULL;
}

/* A list, its "(" taken already: fields without names. A last "...T" is a slice. */
static bool parse_params(struct parser *p, struct gotype *func, bool results)
{
	struct params all = { 0 };
	bool ok = read_params(p, &all);

	for (size_t i = all.count; ok && i-- > 0;) {
		ok = all.list[i].type || type_of_word(p, &all, i);
		if (ok && all.named && !all.list[i].named)
			ok = fail(p->err, "mixed named and unnamed parameters");
		if (ok && all.list[i].rest && (results || i + 1 < all.count))
			ok = fail(p->err, "can only use ... with final parameter in list");
	}
	for (size_t i = 0; ok && i < all.count; i++) {
		struct gotype *type = all.list[i].type;

		if (all.list[i].rest) {
			type = parser_new(p, KIND_SLICE);
			type->elem = all.list[i].type;
			func->variadic = true;
			ok = parser_finish(p, type) != NULL;
		}
		ok = ok && parser_add_field(p, func, NULL, 0);
		if (ok)
			func->fields[func->nfields - 1].type = type;
	}
	free(all.list);
	return ok;
}

/* What a func gives back: nothing, one type, or a list of them. */
static bool parse_results(struct parser *p, struct gotype *func)
{
	parser_blanks(p);
	if (!*p->at || strchr(")],;}\"`=\n", *p->at))
		return true;
	if (parser_take(p, '('))
		return parse_params(p, func, true);
	return parser_add_field(p, func, NULL, 0) &&
		(func->fields[func->nfields - 1].type = parse_type(p)) != NULL;
}

struct gotype *parse_func(struct parser *p)
{
	struct gotype *t = parser_new(p, KIND_FUNC);

	if (!parser_take(p, '('))
		return parser_complain(p, "the parameter types of a func"), NULL;
	if (!parse_params(p, t, false))
		return NULL;
	t->len = t->nfields;
	return parse_results(p, t) ? parser_finish(p, t) : NULL;
}

/* Roots */

void pool_free(struct gotype_pool *pool)
{
	for (size_t i = 0; i < pool->count; i++) {
		struct gotype *t = pool->nodes[i];

		for (unsigned f = 0; f < t->nfields; f++) {
			free(t->fields[f].name);
			free(t->fields[f].tag);
		}
		free(t->fields);
		free(t->name);
		free(t->path_name);
		free(t);
	}
	for (size_t i = 0; i < pool->ndeclarations; i++)
		free(pool->declarations[i]);
	free(pool->declarations);
	free(pool->used);
	free(pool->nodes);
	free(pool);
}

void gotype_free(struct gotype *t)
{
	if (t)
		pool_free(t->pool);
}

const char *gotype_missing(const struct gotype *root, size_t i)
{
	for (size_t k = 0; k < root->pool->count; k++)
		if (root->pool->nodes[k]->kind == KIND_UNKNOWN && i-- == 0)
			return root->pool->nodes[k]->name;
	return NULL;
}

const char *gotype_declaration(const struct gotype *root, size_t i)
{
	return i < root->pool->ndeclarations ? root->pool->declarations[i] : NULL;
}

void parser_free(struct parser *p)
{
	for (size_t i = 0; i < p->npending; i++)
		free(p->pending[i].bindings);
	free(p->pending);
}

static bool same_list(const struct gotype *a, const struct gotype *b,
	const char *(*item)(const struct gotype *root, size_t i))
{
	for (size_t i = 0;; i++) {
		const char *x = item(a, i), *y = item(b, i);

		if (!x || !y)
			return !x && !y;
		if (strcmp(x, y) != 0)
			return false;
	}
}

bool gotype_read_alike(const struct gotype *a, const struct gotype *b)
{
	return same_list(a, b, gotype_declaration) && same_list(a, b, gotype_missing);
}

/* All of a text, or what it begins with. */
static struct gotype *read_root(struct parser *p, bool whole)
{
	struct gotype *t = parse_type(p);

	if (whole) {
		parser_lines(p);
		parser_blanks(p);
	}
	if (t && whole && *p->at)
		return parser_complain(p, "the end"), NULL;
	return t && named_read_pending(p) && gotype_complete(p->pool, p->scope, p->err) &&
		gotype_check_value(t, p->err) ? t : NULL;
}

/* Declarations may be gone by the time that somebody asks. */
static void keep_declarations(struct gotype_pool *pool)
{
	pool->declarations = xcalloc(pool->nused + 1, sizeof(char *));
	for (size_t i = 0; i < pool->nused; i++)
		pool->declarations[pool->ndeclarations++] = declaration_text(pool->used[i]);
}

static struct gotype *parse_root(const char **at, bool whole, const struct gotype_scope *scope,
	struct error *err)
{
	struct gotype_pool *pool = xcalloc(1, sizeof *pool);
	struct parser p = { .text = *at, .at = *at, .scope = scope, .err = err, .pool = pool };
	struct gotype *t = read_root(&p, whole);

	*at = p.at;
	parser_free(&p);
	keep_declarations(pool);
	if (t)
		t->pool = pool;
	else
		pool_free(pool);
	return t;
}

struct gotype *gotype_parse(const char *text, const struct gotype_scope *scope, struct error *err)
{
	return parse_root(&text, true, scope, err);
}

struct gotype *gotype_parse_front(const char **at, const struct gotype_scope *scope,
	struct error *err)
{
	return parse_root(at, false, scope, err);
}
