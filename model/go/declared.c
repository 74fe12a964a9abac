/* SPDX-License-Identifier: MIT */
#include "model/go/declared.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/text.h"
#include "model/go/declared_parts.h"
#include "model/go/gotype_parse.h"

void declaration_free(struct declaration *d)
{
	const char *const all[] = { d->package, d->name, d->params, d->body, d->where };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		free((void *)(uintptr_t)all[i]);
}

void declared_free(struct declared *d)
{
	for (size_t i = 0; i < d->count; i++)
		declaration_free(&d->list[i]);
	free(d->list);
	table_free(&d->index);
	*d = (struct declared){ 0 };
}

static uint64_t hash(const char *package, size_t plen, const char *name, size_t len)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < plen; i++)
		h = (h ^ (unsigned char)package[i]) * 0x100000001b3u;
	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)name[i]) * 0x100000001b3u;
	return h >> 1;
}

/* The place of a name in the index: its entry, or *key to add one by. */
static struct table_entry *look_up(const struct declared *d, const char *package, size_t plen,
	const char *name, size_t len, uint64_t *key)
{
	for (*key = hash(package, plen, name, len) + 1;; ++*key) {
		struct table_entry *e = table_find(&d->index, *key);

		if (!e || (text_is(package, plen, d->list[e->value[0]].package) &&
			text_is(name, len, d->list[e->value[0]].name)))
			return e;
	}
}

struct declaration *declared_find(const struct declared *d, const char *package, size_t plen,
	const char *name, size_t len)
{
	uint64_t key;
	struct table_entry *e = look_up(d, package, plen, name, len, &key);

	return e ? &d->list[e->value[0]] : NULL;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* Takes the strings. Says whether that makes a difference. */
bool declared_put(struct declared *d, struct declaration new)
{
	uint64_t key;
	struct table_entry *e = look_up(d, new.package, strlen(new.package), new.name,
		strlen(new.name), &key);
	struct declaration *old = e ? &d->list[e->value[0]] : NULL;

	d->last = e ? e->value[0] : d->count;
	if (old && old->kind == new.kind && same_text(old->params, new.params) &&
		same_text(old->body, new.body)) {
		declaration_free(&new);
		return false;
	}
	if (old) {
		declaration_free(old);
		*old = new;
		return true;
	}
	table_put(&d->index, key)->value[0] = d->count;
	xadd(d->list, d->count, d->cap, new);
	return true;
}

static char *copy(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

void declared_copy(struct declared *to, const struct declared *from)
{
	*to = (struct declared){ 0 };
	for (size_t i = 0; i < from->count; i++) {
		struct declaration d = from->list[i];

		d.package = copy(d.package);
		d.name = copy(d.name);
		d.params = copy(d.params);
		d.body = copy(d.body);
		d.where = copy(d.where);
		declared_put(to, d);
	}
}

/* Packages */

/* As Go programs mostly do, "v2" at the end of a path does not name the package. */
static bool is_version(const char *s, size_t len)
{
	if (len < 2 || *s != 'v')
		return false;
	for (size_t i = 1; i < len; i++)
		if (!isdigit((unsigned char)s[i]))
			return false;
	return true;
}

/* Where the last element of a path begins that ends at end. */
static const char *element(const char *package, const char *end)
{
	while (end > package && end[-1] != '/')
		end--;
	return end;
}

/* Of "yaml.v3", as gopkg.in names versions, the length of "yaml". */
static size_t without_versions(const char *s, size_t len)
{
	for (size_t dot = len; dot-- > 1;)
		if (s[dot] == '.' && is_version(s + dot + 1, len - dot - 1))
			len = dot;
	return len;
}

/* Of a package's name: it begins with no digit, and has no signs but letters' and digits'. */
static bool is_name(const char *s, size_t len)
{
	if (isdigit((unsigned char)*s))
		return false;
	while (len > 0 && parser_letter(s[len - 1]))
		len--;
	return len == 0;
}

/* An element that cannot be a package's name keeps what stands before it. */
const char *declared_base(const char *package, size_t *len)
{
	const char *end = package + strlen(package), *start = element(package, end);

	while (start > package && is_version(start, (size_t)(end - start))) {
		end = start - 1;
		start = element(package, end);
	}
	*len = without_versions(start, (size_t)(end - start));
	if (!is_name(start, *len)) {
		*len += (size_t)(start - package);
		start = package;
	}
	return start;
}

bool declared_package(const char *package, const char *word, size_t len)
{
	size_t n;
	const char *base = declared_base(package, &n);

	return text_is(word, len, package) || (n == len && memcmp(base, word, len) == 0);
}

/* Texts */


const char *declared_skip(const char *s, const char *end)
{
	const char *at = s + 1;

	if (*s == '/' && at < end && *at == '/') {
		while (at < end && *at != '\n')
			at++;
		return at;
	}
	if (*s == '/' && at < end && *at == '*') {
		for (at++; at < end && !(*at == '/' && at[-1] == '*' && at > s + 2); at++)
			;
		return at < end ? at + 1 : end;
	}
	if (*s != '"' && *s != '`' && *s != '\'')
		return s;
	for (; at < end && *at != *s; at++)
		if (*at == '\\' && *s != '`' && at + 1 < end)
			at++;
	return at < end ? at + 1 : end;
}

/* Whether Go ends a line behind this with a semicolon. */
static bool ends_line(const struct text *out)
{
	char last = out->len ? out->s[out->len - 1] : '{';

	return parser_letter(last) || strchr(")]}\"`'", last) != NULL;
}

static void add_blank(struct text *out)
{
	if (out->len && out->s[out->len - 1] != ' ')
		text_addc(out, ' ');
}

static void trim(struct text *out)
{
	while (out->len && out->s[out->len - 1] == ' ')
		out->s[--out->len] = '\0';
}

static void end_line(struct text *out)
{
	trim(out);
	text_add(out, ends_line(out) ? "; " : " ");
}

char *declared_line(const char *text, size_t len)
{
	struct text out = { 0 };
	const char *end = text + len;

	text_add(&out, "");
	for (const char *s = text, *next; s < end; s = next) {
		next = declared_skip(s, end);
		if (next > s && *s == '/') {
			if (s[1] == '*' && memchr(s, '\n', (size_t)(next - s)))
				end_line(&out);
			else
				add_blank(&out);
			continue;
		}
		if (next > s) {
			text_addn(&out, s, (size_t)(next - s));
			continue;
		}
		next = s + 1;
		if (*s == '\n') {
			end_line(&out);
		} else if (isspace((unsigned char)*s)) {
			add_blank(&out);
		} else {
			text_addc(&out, *s);
		}
	}
	trim(&out);
	if (out.len && out.s[out.len - 1] == ';')
		out.s[--out.len] = '\0';
	trim(&out);
	return out.s;
}

char *declaration_text(const struct declaration *d)
{
	struct text out = { 0 };

	text_add(&out, d->kind == DECLARED_CONST ? "const " : "type ");
	if (strcmp(d->package, "main") != 0)
		text_printf(&out, "%s.", d->package);
	text_add(&out, d->name);
	if (d->params)
		text_printf(&out, "[%s]", d->params);
	text_printf(&out, " %s%s", d->kind == DECLARED_TYPE ? "" : "= ", d->body);
	return out.s;
}
