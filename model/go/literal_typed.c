/* SPDX-License-Identifier: MIT */
/*
 * Literals that name their type: T{..}, &T{..}, [...]T{..}, and conversions, T(..), []byte("..").
 * Source: the Go specification, "Composite literals", "Conversions", "Assignability".
 */
#include "model/go/literal_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/utf8.h"
#include "model/go/gotype_parse.h"
#include "model/go/quoted.h"

static size_t word_length(const char *s)
{
	return isdigit((unsigned char)*s) ? 0 : parser_letters(s);
}

static bool is_word(const char *s, const char *word)
{
	size_t n = strlen(word);

	return word_length(s) == n && memcmp(s, word, n) == 0;
}

/* A name, perhaps with a package and type arguments, behind which its value begins. */
static bool names_type(const char *s)
{
	size_t n = word_length(s);
	unsigned open = 0;

	if (n == 0)
		return false;
	while (n > 0 && (isalnum((unsigned char)*s) || strchr("_./-", *s) || (*s & 0x80)) && *s)
		s++;
	if (*s == '[')
		do {
			open += *s == '[';
			open -= *s == ']';
			s++;
		} while (*s && open);
	s += open ? 0 : strspn(s, " \t");
	return *s == '{' || *s == '(';
}

bool literal_is_typed(const char *s)
{
	static const char *const values[] = { "nil", "true", "false", "NaN", "Inf" };
	static const char *const words[] = { "map", "struct", "chan", "func", "interface" };

	if (*s == '(') {
		s += 1 + strspn(s + 1, " \t");
		return *s && (strchr("*[<(", *s) || (word_length(s) && !is_word(s, "NaN") &&
			!is_word(s, "Inf")));
	}
	if (*s == '&' || *s == '[')
		return true;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		if (is_word(s, values[i]))
			return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (is_word(s, words[i]))
			return true;
	return names_type(s);
}

/* Behind a type: its values, from a "{" or "(" on. */

/* Of a map in a map there is the pointer, and no memory that it leads to. */
static bool is_inner_map(struct reader *r, const char *name)
{
	return fail(r->err,
		"%s: %s inside a map has no memory here: it is nil or an address, such as "
		"0xc000010000", r->what, name);
}

static bool read_list(struct reader *r, const struct gotype *t, uint8_t *out)
{
	if (t->kind == KIND_MAP)
		return is_inner_map(r, t->name);
	if (!literal_is_list(t))
		return fail(r->err, "%s: invalid composite literal type %s", r->what, t->name);
	return gotype_known(t, r->err) && literal_plain(r, t, out);
}

/* []byte("text") and []rune("text"): as what a slice of them holds. */
static bool read_text(struct reader *r, const struct gotype *t, uint8_t *out)
{
	struct text s = { 0 };
	size_t size = (size_t)t->elem->size, n = 0, step;
	unsigned w = t->target->ptrsize;
	uint8_t *values;
	uint64_t addr = 0;
	char32_t c;

	if (quoted_read(r->at, &s, r->what, r->err)) {
		values = xcalloc(s.len + 1, size);
		for (size_t i = 0; i < s.len; i += step) {
			step = size == 1 ? 0 : utf8_decode(s.s + i, s.len - i, &c);
			if (step == 0)
				c = size == 1 ? (unsigned char)s.s[i] : 0xfffd;
			step += step == 0;
			store_uint(t->target, values + n++ * size, (unsigned)size, c);
		}
		addr = store_room(r->home, n * size, false, r->err);
		if (addr)
			store_bytes(r->home, addr, values, n * size);
		free(values);
	}
	text_free(&s);
	store_uint(t->target, out, w, addr);
	store_uint(t->target, out + w, w, n);
	store_uint(t->target, out + 2 * w, w, n);
	return addr != 0;
}

static bool takes_text(const struct gotype *t)
{
	return t->kind == KIND_SLICE &&
		(t->elem->kind == KIND_UINT8 || t->elem->kind == KIND_INT32);
}

static bool is_float(const struct gotype *t)
{
	return t->kind == KIND_FLOAT32 || t->kind == KIND_FLOAT64;
}

static int64_t signed_value(const struct gotype *t, const uint8_t *p)
{
	unsigned unused = 64 - 8 * (unsigned)t->size;
	uint64_t v = load_uint(t->target, p, (unsigned)t->size) << unused;

	return gotype_is_signed(t) ? (int64_t)v >> unused : (int64_t)(v >> unused);
}

/* A number of one type as one of another, where that changes nothing. */
static bool convert_number(struct reader *r, const struct gotype *t, uint8_t *out,
	const struct gotype *from, const uint8_t *value)
{
	struct text s = { 0 };
	const char *at;
	struct reader again = *r;
	bool negative, fits;
	int64_t v;

	if (gotype_is_int(t) && gotype_is_int(from)) {
		v = signed_value(from, value);
		negative = gotype_is_signed(from) && v < 0;
		fits = store_fits(t, negative, negative ? 0 - (uint64_t)v : (uint64_t)v);
		store_uint(t->target, out, (unsigned)t->size, (uint64_t)v);
		value_format(r->home->heap, from, value, &s, 0);
		if (!fits)
			fail(r->err, "%s: cannot convert %s(%s) to type %s: constant %s overflows "
				"%s", r->what, from->name, text_str(&s), t->name, text_str(&s),
				t->name);
		text_free(&s);
		return fits;
	}
	value_format(r->home->heap, from, value, &s, 0);
	at = text_str(&s);
	again.at = &at;
	fits = literal_plain(&again, t, out);
	text_free(&s);
	return fits;
}

static bool is_number(const struct gotype *t)
{
	return gotype_is_int(t) || is_float(t);
}

/* What is converted has a type of its own. */
static bool read_converted(struct reader *r, const struct gotype *t, const struct gotype *from,
	uint8_t *out)
{
	uint8_t value[16] = { 0 };

	if (gotype_alike(t, from) || gotype_is_interface(t))
		return literal_value(r, gotype_is_interface(t) ? t : from, out);
	if (is_number(t) && is_number(from))
		return literal_value(r, from, value) && convert_number(r, t, out, from, value);
	return fail(r->err, "%s: cannot convert %s(..) (value of type %s) to type %s", r->what,
		from->name, from->name, t->name);
}

static struct gotype_scope scope_of(const struct reader *r)
{
	return (struct gotype_scope){ .target = r->home->heap->target,
		.release = r->home->heap->release, .declared = r->home->declared };
}

static struct gotype *read_type(struct reader *r)
{
	const struct gotype_scope scope = scope_of(r);
	struct gotype *t;

	if (strncmp(*r->at, "[...]", 5) == 0)
		return fail(r->err, "%s: invalid use of [...] array (outside a composite literal)",
			r->what), NULL;
	t = gotype_parse_front(r->at, &scope, r->err);
	if (!t)
		fail_in(r->err, "%s", r->what);
	return t;
}

/* What stands in the brackets of a conversion to t. */
static bool read_operand(struct reader *r, const struct gotype *t, uint8_t *out)
{
	const char *start = *r->at;
	struct gotype *type;
	bool ok;

	if (takes_text(t) && (*start == '"' || *start == '`'))
		return read_text(r, t, out);
	if (*start == '{')
		return fail(r->err, "%s: %s({..}) lacks the type of what is converted", r->what,
			t->name);
	if (!literal_is_typed(start) || *start == '&' || strncmp(start, "[...]", 5) == 0)
		return literal_value(r, t, out);
	type = read_type(r);
	*r->at = start;
	ok = type && gotype_known(type, r->err) && read_converted(r, t, type, out);
	gotype_free(type);
	return ok;
}

static bool read_conversion(struct reader *r, const struct gotype *t, uint8_t *out)
{
	literal_take(r, '(');
	literal_blanks(r);
	if (!read_operand(r, t, out))
		return false;
	literal_take(r, ',');
	return literal_take(r, ')') || fail(r->err, "%s has an unclosed \"(\"", r->what);
}

/* Where it goes */

static bool unusable(struct reader *r, const char *before, const struct gotype *have,
	const char *behind, const struct gotype *want)
{
	return fail(r->err, "%s: cannot use %s%s%s (value of type %s%s) as %s value", r->what,
		before, have->name, behind, before[0] == '&' ? "*" : "", have->name, want->name);
}

/* Into an interface, which keeps the type. As a key it must be one that can be hashed. */
static bool read_boxed(struct reader *r, struct gotype **type, bool list, uint8_t *out)
{
	struct gotype *t = *type;
	uint8_t *value;
	bool ok;

	if (t->alg == ALG_NONE && strcmp(r->what, "key") == 0)
		return fail(r->err, "key: runtime error: hash of unhashable type %s", t->name);
	if (!heap_has_room(r->home->heap, t->size, r->err))
		return fail_in(r->err, "%s", r->what);
	value = xcalloc(1, (size_t)t->size + 1);
	ok = list ? read_list(r, t, value) : read_conversion(r, t, value);
	if (ok && !t->named && t->kind < KIND_BASIC_COUNT) {
		ok = store_boxed(r->home, gotype_basic(t->kind, t->target), value, out, r->err);
	} else if (ok) {
		*type = NULL;
		ok = store_held(r->home, t, value, out, r->err);
	}
	free(value);
	return ok;
}

/* Behind a type that is not the place's own; NULL when it was taken over. */
static bool read_as(struct reader *r, const struct gotype *t, struct gotype **have, uint8_t *out)
{
	const struct gotype *type = *have;
	bool list;

	literal_blanks(r);
	list = **r->at == '{';
	if (!list && **r->at != '(')
		return fail(r->err, "%s: %s (type) is not an expression", r->what, type->name);
	if (!gotype_known(type, r->err))
		return fail_in(r->err, "%s", r->what);
	if (t->kind == KIND_ANY && !gotype_is_interface(type))
		return read_boxed(r, have, list, out);
	if (!gotype_assignable(t, type))
		return unusable(r, "", type, list ? "{..}" : "(..)", t);
	return list ? read_list(r, type, out) : read_conversion(r, type, out);
}

/* T{..} behind an "&", into an interface, which holds a *T then. */
static bool read_held_address(struct reader *r, uint8_t *out)
{
	const struct gotype_scope scope = scope_of(r);
	const char *start = *r->at;
	struct gotype *t = read_type(r), *pointer;
	uint8_t value[8] = { 0 };
	char *name;
	bool ok;

	gotype_free(t);
	if (!t)
		return false;
	name = xasprintf("*%.*s", (int)(*r->at - start), start);
	pointer = gotype_parse(name, &scope, r->err);
	free(name);
	literal_blanks(r);
	ok = pointer &&
		(**r->at == '{' ||
			fail(r->err, "%s: invalid operation: cannot take address of %s(..)",
			r->what, pointer->elem->name));
	ok = ok && literal_plain(r, pointer, value);
	if (ok)
		return store_held(r->home, pointer, value, out, r->err);
	gotype_free(pointer);
	return false;
}

/* &T{..} */
static bool read_address(struct reader *r, const struct gotype *t, uint8_t *out)
{
	struct gotype *type;
	bool ok;

	literal_take(r, '&');
	literal_blanks(r);
	if (t->kind == KIND_ANY)
		return read_held_address(r, out);
	if (t->kind != KIND_POINTER)
		return fail(r->err, "%s: cannot use an address as %s value", r->what, t->name);
	if (**r->at == '{')
		return literal_plain(r, t, out);
	type = read_type(r);
	literal_blanks(r);
	ok = type != NULL;
	if (ok && **r->at != '{')
		ok = fail(r->err, "%s: invalid operation: cannot take address of %s(..)", r->what,
			type->name);
	if (ok && !literal_is_list(type))
		ok = read_list(r, type, out);
	if (ok && !gotype_identical(t->elem, type))
		ok = unusable(r, "&", type, "{..}", t);
	ok = ok && literal_plain(r, t, out);
	gotype_free(type);
	return ok;
}

/* [...]T{..} */
static bool read_counted(struct reader *r, const struct gotype *t, uint8_t *out)
{
	struct gotype *elem;
	bool ok;

	*r->at += 5;
	if (t->kind != KIND_ARRAY)
		return fail(r->err, "%s: cannot use [...] array as %s value", r->what, t->name);
	elem = read_type(r);
	literal_blanks(r);
	ok = elem != NULL;
	if (ok && !gotype_identical(t->elem, elem))
		ok = fail(r->err, "%s: cannot use [...]%s{..} as %s value", r->what, elem->name,
			t->name);
	ok = ok && literal_open_array(r, t, out);
	gotype_free(elem);
	return ok;
}

bool literal_typed(struct reader *r, const struct gotype *t, uint8_t *out)
{
	struct gotype *type;
	bool ok;

	if (**r->at == '&')
		return read_address(r, t, out);
	if (is_word(*r->at, "make"))
		return is_inner_map(r, "what make(..) makes");
	if (strncmp(*r->at, "[...]", 5) == 0)
		return read_counted(r, t, out);
	type = read_type(r);
	ok = type && read_as(r, t, &type, out);
	gotype_free(type);
	return ok;
}
