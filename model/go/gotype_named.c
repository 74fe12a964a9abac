/* SPDX-License-Identifier: MIT */
/*
 * Types by name. A name stands for a type parameter, a declaration of the package that it is read
 * in, a type of the language, a declaration of another package, a well-known type; else it is
 * unknown.
 */
#include "model/go/gotype_parse.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/go/declared.h"
#include "model/go/declared_parts.h"
#include "model/go/known.h"
#include "model/target/release.h"

enum { ARGUMENTS_MOST = 32 };

size_t name_length(const char *s)
{
	size_t n = 0;

	if (!parser_letter(*s) || isdigit((unsigned char)*s))
		return 0;
	while (parser_letter(s[n]) || (n && strchr("./-", s[n]) && s[n] && parser_letter(s[n + 1])))
		n++;
	return n;
}

/* Of "net/netip.Addr" the length of "net/netip"; 0 when there is no package. */
static size_t package_length(const char *name, size_t len)
{
	while (len > 0 && name[len - 1] != '.')
		len--;
	return len ? len - 1 : 0;
}

/* The one declaration of that name in any package; NULL with *many set when there are more. */
static struct declaration *find_anywhere(const struct declared *all, const char *name, size_t len,
	bool *many)
{
	struct declaration *found = NULL;

	for (size_t i = 0; i < all->count; i++) {
		struct declaration *d = &all->list[i];

		if (!text_is(name, len, d->name))
			continue;
		*many = found != NULL;
		if (found)
			return NULL;
		found = d;
	}
	return found;
}

static struct declaration *find_qualified(const struct declared *all, const char *package,
	size_t plen, const char *name, size_t len)
{
	struct declaration *d = declared_find(all, package, plen, name, len);

	for (size_t i = 0; !d && i < all->count; i++)
		if (declared_package(all->list[i].package, package, plen) &&
			text_is(name, len, all->list[i].name))
			d = &all->list[i];
	return d;
}

static void mark_used(struct parser *p, struct declaration *d)
{
	struct gotype_pool *pool = p->pool;

	d->used = true;
	for (size_t i = pool->nused; i > 0; i--)
		if (pool->used[i - 1] == d)
			return;
	xadd(pool->used, pool->nused, pool->used_cap, d);
}

static bool is_builtin(const char *name, size_t len)
{
	enum gotype_kind kind;

	return gotype_basic_kind(name, len, &kind) || text_is(name, len, "any") ||
		text_is(name, len, "error") || text_is(name, len, "comparable");
}

/* Of a name without a package. */
static const struct declaration *find_own(struct parser *p, const char *name, size_t len,
	bool *many)
{
	const char *package = p->in ? p->in->package : "main";
	struct declared *all = p->scope->declared;
	struct declaration *d = NULL;

	if (all)
		d = declared_find(all, package, strlen(package), name, len);
	if (!d && all && !p->in && !is_builtin(name, len))
		d = find_anywhere(all, name, len, many);
	if (d) {
		mark_used(p, d);
		return d;
	}
	return p->in ? known_find(package, strlen(package), name, len, p->scope->release) : NULL;
}

const struct declaration *named_find(struct parser *p, const char *name, size_t len,
	struct error *err)
{
	size_t plen = package_length(name, len);
	bool many = false;
	const struct declaration *found;
	struct declaration *d = NULL;

	if (plen == 0) {
		found = find_own(p, name, len, &many);
		if (many)
			fail(err, "%.*s is ambiguous: several packages have it", (int)len, name);
		return found;
	}
	if (p->scope->declared)
		d = find_qualified(p->scope->declared, name, plen, name + plen + 1, len - plen - 1);
	if (d) {
		mark_used(p, d);
		return d;
	}
	return known_find(name, plen, name + plen + 1, len - plen - 1, p->scope->release);
}

struct parser parser_inner(struct parser *p, const struct declaration *in, const char *text)
{
	struct parser inner = *p;

	inner.text = inner.at = text;
	inner.in = in;
	inner.bindings = NULL;
	inner.nbindings = 0;
	return inner;
}

/* What an inner reader added is the outer one's. */
static void leave_inner(struct parser *p, const struct parser *inner)
{
	p->pending = inner->pending;
	p->npending = inner->npending;
	p->pending_cap = inner->pending_cap;
}

/* Type arguments */

/* The parameters' names, each with its argument. Returns how many there are. */
static unsigned read_params(const char *params, struct binding *list)
{
	unsigned n = 0, open = 0;
	bool name = true;

	for (const char *s = params; *s; s++) {
		if (strchr("([{", *s))
			open++;
		else if (strchr(")]}", *s))
			open--;
		else if (*s == ',' && !open)
			name = true;
		if (!name || !parser_letter(*s) || n == ARGUMENTS_MOST)
			continue;
		list[n].name = s;
		list[n].len = parser_letters(s);
		s += list[n++].len - 1;
		name = false;
	}
	return n;
}

static bool parse_arguments(struct parser *p, struct gotype **list, unsigned *count)
{
	for (*count = 0; !parser_take(p, ']'); ++*count) {
		if (*count && !parser_take(p, ','))
			return parser_complain(p, "\",\" or \"]\"");
		if (*count == ARGUMENTS_MOST)
			return fail(p->err, "more than %d type arguments", ARGUMENTS_MOST);
		list[*count] = parse_type(p);
		if (!list[*count])
			return false;
	}
	return *count > 0 || fail(p->err, "expected type argument list");
}

/* "[int,net/netip.Addr]": as descriptors have it, with whole paths. */
static void add_arguments(struct text *out, struct gotype *const *list, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		text_printf(out, "%c%s", i ? ',' : '[', list[i]->path_name ? list[i]->path_name
			: list[i]->name);
	text_add(out, n ? "]" : "");
}

/* Named nodes */

static void set_name(struct gotype *t, const struct declaration *d, const char *arguments)
{
	size_t n;
	const char *base = declared_base(d->package, &n);

	t->named = true;
	t->name = xasprintf("%.*s.%s%s", (int)n, base, d->name, arguments);
	t->path_name = xasprintf("%s.%s%s", d->package, d->name, arguments);
	if (strcmp(t->name, t->path_name) == 0) {
		free(t->path_name);
		t->path_name = NULL;
	}
}

static struct gotype *find_made(struct parser *p, const struct declaration *d,
	const char *arguments)
{
	for (size_t i = p->npending; i > 0; i--) {
		const struct pending *made = &p->pending[i - 1];
		const char *name = made->type->name;
		size_t len = strlen(name), end = strlen(arguments);

		if (made->declaration != d || len < end)
			continue;
		if (strcmp(name + len - end, arguments) == 0 &&
			(*arguments || made->nbindings == 0))
			return made->type;
	}
	return NULL;
}

static bool check_count(const struct declaration *d, unsigned have, unsigned want,
	struct error *err)
{
	if (have == want)
		return true;
	if (!d->params)
		return fail(err, "%s is not a generic type", d->name);
	if (have == 0)
		return fail(err, "cannot use generic type %s[%.100s] without instantiation",
			d->name, d->params);
	return fail(err, "%s type arguments for type %s: have %u, want %u",
		have < want ? "not enough" : "too many", d->name, have, want);
}

/* An alias stands for its type at once. */
static struct gotype *read_alias(struct parser *p, const struct declaration *d,
	const struct binding *bindings, unsigned n)
{
	struct parser inner = parser_inner(p, d, d->body);
	struct gotype *t;

	inner.bindings = bindings;
	inner.nbindings = n;
	t = parse_type(&inner);
	leave_inner(p, &inner);
	return t;
}

static struct gotype *make_named(struct parser *p, const struct declaration *d,
	const struct binding *bindings, unsigned n, const char *arguments)
{
	struct gotype *t = find_made(p, d, arguments);

	if (t)
		return t;
	if (strlen(arguments) > NODE_NAME_MOST)
		return fail(p->err, "instantiation cycle: %s[%.60s..", d->name, arguments), NULL;
	t = parser_new(p, KIND_UNKNOWN);
	set_name(t, d, arguments);
	p->pending = xroom(p->pending, &p->pending_cap, p->npending, sizeof *p->pending);
	p->pending[p->npending] = (struct pending){ .type = t, .declaration = d, .nbindings = n };
	if (n > 0) {
		p->pending[p->npending].bindings = xcalloc(n, sizeof *bindings);
		memcpy(p->pending[p->npending].bindings, bindings, n * sizeof *bindings);
	}
	p->npending++;
	return t;
}

/* The type that a declaration stands for, with its arguments. */
static struct gotype *use(struct parser *p, const struct declaration *d,
	struct gotype *const *list, unsigned count)
{
	struct binding bindings[ARGUMENTS_MOST];
	unsigned want = d->params ? read_params(d->params, bindings) : 0;
	struct text arguments = { 0 };
	struct gotype *t;

	if (d->kind == DECLARED_CONST)
		return fail(p->err, "%s is not a type", d->name), NULL;
	if (!check_count(d, count, want, p->err))
		return NULL;
	for (unsigned i = 0; i < count; i++)
		bindings[i].type = list[i];
	if (d->kind == DECLARED_ALIAS)
		return read_alias(p, d, bindings, count);
	add_arguments(&arguments, list, count);
	t = make_named(p, d, bindings, count, text_str(&arguments));
	text_free(&arguments);
	return t;
}

static struct gotype *make_unknown(struct parser *p, const char *name, size_t len,
	struct gotype *const *list, unsigned count)
{
	struct gotype *t = parser_new(p, KIND_UNKNOWN);
	struct text text = { 0 };
	size_t n, plen = package_length(name, len);
	char *package = plen ? xstrndup(name, plen) : NULL;
	const char *base = package ? declared_base(package, &n) : NULL;

	if (base)
		text_printf(&text, "%.*s.", (int)n, base);
	text_addn(&text, name + (plen ? plen + 1 : 0), len - (plen ? plen + 1 : 0));
	add_arguments(&text, list, count);
	t->name = text.s;
	t->named = true;
	free(package);
	return t;
}

static struct gotype *make_builtin(struct parser *p, const char *name, size_t len)
{
	enum gotype_kind kind;
	struct gotype *t;

	if (gotype_basic_kind(name, len, &kind))
		return parser_finish(p, parser_new(p, kind));
	t = parser_new(p, len == 5 ? KIND_ERROR : KIND_ANY);
	t->constraint = len == 10;
	return parser_finish(p, t);
}

/* One of an instance that is declared as such: "Pair[int,string]". */
static const struct declaration *find_instance(struct parser *p, const char *name, size_t len,
	struct gotype *const *list, unsigned count)
{
	struct text whole = { 0 };
	const struct declaration *d;

	if (count == 0)
		return NULL;
	text_addn(&whole, name, len);
	add_arguments(&whole, list, count);
	len = package_length(name, len); /* of the package that the arguments do not have */
	if (len && p->scope->declared) {
		d = find_qualified(p->scope->declared, name, len, whole.s + len + 1,
			whole.len - len - 1);
		if (d)
			mark_used(p, (struct declaration *)(uintptr_t)d);
	} else {
		bool many = false;

		d = find_own(p, whole.s, whole.len, &many);
	}
	text_free(&whole);
	return d;
}

/* Behind its package a type's name is a word; a path may hold more signs. */
static bool ends_in_name(const char *name, size_t len)
{
	size_t start = package_length(name, len);

	start += start > 0;
	if (isdigit((unsigned char)name[start]))
		return false;
	return start + parser_letters(name + start) >= len;
}

struct gotype *parse_name(struct parser *p)
{
	const char *name = p->at;
	size_t len = name_length(name);
	struct gotype *list[ARGUMENTS_MOST];
	unsigned count = 0;
	const struct declaration *d;

	if (!ends_in_name(name, len)) {
		parser_complain(p, "a type");
		return NULL;
	}
	p->at += len;
	for (unsigned i = 0; i < p->nbindings; i++)
		if (p->bindings[i].len == len && memcmp(p->bindings[i].name, name, len) == 0)
			return p->bindings[i].type;
	if (parser_take(p, '[') && !parse_arguments(p, list, &count))
		return NULL;
	d = find_instance(p, name, len, list, count);
	if (d)
		return use(p, d, NULL, 0);
	p->err->msg[0] = '\0';
	d = named_find(p, name, len, p->err);
	if (d)
		return use(p, d, list, count);
	if (p->err->msg[0])
		return NULL;
	if (is_builtin(name, len))
		return make_builtin(p, name, len);
	if (text_is(name, len, "unsafe.Pointer"))
		return parser_finish(p, parser_new(p, KIND_UNSAFE_POINTER));
	return make_unknown(p, name, len, list, count);
}

/* Declarations */

static bool whole_type(struct parser *p, struct gotype **t)
{
	*t = parse_type(p);
	parser_lines(p);
	parser_blanks(p);
	return *t && (!*p->at || parser_complain(p, "the end"));
}

static bool say_where(const struct declaration *d, struct error *err)
{
	if (d->where)
		return fail_in(err, "%s: type %s", d->where, d->name);
	return fail_in(err, "type %s", d->name);
}

static bool read_declaration(struct parser *p, size_t i)
{
	struct pending now = p->pending[i];
	struct parser inner = parser_inner(p, now.declaration, now.declaration->body);
	struct gotype *t;
	bool ok;

	inner.depth = 0;
	inner.bindings = now.bindings;
	inner.nbindings = now.nbindings;
	ok = whole_type(&inner, &t);
	leave_inner(p, &inner);
	if (!ok)
		return say_where(now.declaration, p->err);
	now.type->base = t;
	return true;
}

bool named_read_pending(struct parser *p)
{
	for (size_t i = 0; i < p->npending; i++)
		if (!read_declaration(p, i))
			return false;
	return true;
}

/* With every parameter unknown. */
static void bind_unknown(struct parser *p, const char *params, struct binding *bindings)
{
	p->nbindings = read_params(params, bindings);
	for (unsigned i = 0; i < p->nbindings; i++)
		bindings[i].type = make_unknown(p, bindings[i].name, bindings[i].len, NULL, 0);
	p->bindings = bindings;
}

bool declaration_check(const struct declaration *d, struct error *err)
{
	struct gotype_scope scope = { .target = target_at(0) };
	struct gotype_pool *pool = xcalloc(1, sizeof *pool);
	struct binding bindings[ARGUMENTS_MOST];
	struct parser p = { .text = d->body, .at = d->body, .scope = &scope, .err = err,
		.pool = pool, .in = d };
	struct gotype *t;
	bool ok;

	if (d->params)
		bind_unknown(&p, d->params, bindings);
	ok = whole_type(&p, &t);
	parser_free(&p);
	pool_free(pool);
	return ok;
}
