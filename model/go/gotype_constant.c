/* SPDX-License-Identifier: MIT */
/*
 * Constant expressions, as lengths of arrays. Source: the Go specification, "Constant expressions"
 * and "Operators". Go's constants have no bounds; here they have 127 bits.
 */
#include "model/go/gotype_parse.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/go/declared.h"
#include "model/go/quoted.h"

__extension__ typedef __int128 wide;

struct constant {
	wide n;
	bool real;    /* written as a float: it does not divide as integers do */
	bool unknown; /* by a name that is not declared */
	bool string;  /* only len() may have it */
};

struct operator {
	const char *sign;
	unsigned precedence;
};

/* Longer signs first. */
static const struct operator operators[] = {
	{ "<<", 5 }, { ">>", 5 }, { "&^", 5 }, { "*", 5 }, { "/", 5 }, { "%", 5 }, { "&", 5 },
	{ "+", 4 }, { "-", 4 }, { "|", 4 }, { "^", 4 },
};

static bool parse_binary(struct parser *p, unsigned least, struct constant *c);

static bool overflow(struct parser *p)
{
	return fail(p->err, "type \"%.200s\": constant overflow", p->text);
}

static bool shift(struct parser *p, struct constant *a, const struct constant *b, bool left)
{
	if (b->n < 0)
		return fail(p->err, "type \"%.200s\": negative shift count", p->text);
	if (!left) {
		a->n = b->n > 126 ? (a->n < 0 ? -1 : 0) : a->n >> (int)b->n;
		return true;
	}
	for (wide i = 0; i < b->n && a->n != 0; i++)
		if (__builtin_mul_overflow(a->n, (wide)2, &a->n))
			return overflow(p);
	return true;
}

static bool divide(struct parser *p, struct constant *a, const struct constant *b, bool rest)
{
	bool real = a->real || b->real;

	if (b->n == 0)
		return fail(p->err, "type \"%.200s\": invalid operation: division by zero",
			p->text);
	if (real && (rest || a->n % b->n != 0))
		return fail(p->err, "type \"%.200s\": array length must be integer", p->text);
	a->n = rest ? a->n % b->n : a->n / b->n;
	return true;
}

static bool apply(struct parser *p, const char *sign, struct constant *a, const struct constant *b)
{
	bool ok = true;

	if (a->string || b->string)
		return fail(p->err, "type \"%.200s\": array length must be integer", p->text);
	a->unknown |= b->unknown;
	if (a->unknown)
		return true;
	switch (*sign) {
	case '<':
	case '>':
		return shift(p, a, b, *sign == '<');
	case '*':
		ok = !__builtin_mul_overflow(a->n, b->n, &a->n);
		break;
	case '/':
	case '%':
		ok = divide(p, a, b, *sign == '%');
		a->real |= b->real;
		return ok;
	case '&':
		a->n &= sign[1] ? ~b->n : b->n;
		break;
	case '+':
		ok = !__builtin_add_overflow(a->n, b->n, &a->n);
		break;
	case '-':
		ok = !__builtin_sub_overflow(a->n, b->n, &a->n);
		break;
	case '|':
		a->n |= b->n;
		break;
	default:
		a->n ^= b->n;
	}
	a->real |= b->real;
	return ok || overflow(p);
}

/* Operands */

/* Moves behind the digits; false where an underscore stands wrong. */
static bool take_digits(const char **at, int base, wide *n, bool *large)
{
	const char *s = *at;
	bool any = base != 10, digit;

	for (*n = 0;; s++) {
		int v = isdigit((unsigned char)*s) ? *s - '0'
			: isalpha((unsigned char)*s) ? (*s | 32) - 'a' + 10 : 99;

		digit = v < base;
		if (*s == '_' && any && s[1] != '_')
			continue;
		if (!digit)
			break;
		any = true;
		*large |= __builtin_mul_overflow(*n, (wide)base, n) ||
			__builtin_add_overflow(*n, (wide)v, n);
	}
	digit = s > *at && s[-1] != '_';
	*at = s;
	return digit;
}

/* 1e3, 2.0, 0x1p4: of the value of an integer. */
static bool take_real(struct parser *p, const char *start, struct constant *c)
{
	char *end;
	double d = strtod(start, &end);

	if (parser_letter(*end))
		return fail(p->err, "type \"%.200s\": %.40s is no number", p->text, start);
	if (floor(d) < d || d > 0x1p100)
		return fail(p->err, "array length %.*s (untyped float constant) must be integer",
			(int)(end - start), start);
	c->n = (wide)d;
	c->real = true;
	p->at = end;
	return true;
}

static bool take_number(struct parser *p, struct constant *c)
{
	const char *start = p->at, *s = start;
	bool large = false, ok;
	int base = 10;

	if (*s == '0' && s[1] && strchr("xXbBoO", s[1])) {
		base = (s[1] | 32) == 'x' ? 16 : (s[1] | 32) == 'b' ? 2 : 8;
		s += 2;
	} else if (*s == '0' && (isdigit((unsigned char)s[1]) || s[1] == '_')) {
		base = 8;
		s++;
	}
	ok = take_digits(&s, base, &c->n, &large);
	if ((*s == '.' && s[1] != '.') || (base == 10 && (*s | 32) == 'e') || (*s | 32) == 'p')
		return take_real(p, start, c);
	if (!ok || parser_letter(*s))
		return fail(p->err, "type \"%.200s\": %.40s is no number", p->text, start);
	if (large)
		return fail(p->err, "type \"%.200s\": array length %.*s is too large", p->text,
			(int)(s - start), start);
	p->at = s;
	return true;
}

static bool take_quoted(struct parser *p, struct constant *c)
{
	bool string = *p->at != '\'';
	struct text s = { 0 };
	char32_t ch = 0;
	bool ok = quoted_read(&p->at, &s, "array length", p->err);

	c->string = string;
	if (ok && string)
		c->n = (wide)s.len;
	else if (ok && !quoted_character(&s, &ch))
		ok = fail(p->err, "more than one character in rune literal");
	else if (ok)
		c->n = ch;
	text_free(&s);
	return ok;
}

/* The value of a declared constant, read where it was declared. */
static bool read_declared(struct parser *p, const struct declaration *d, struct constant *c)
{
	struct parser inner = parser_inner(p, d, d->body);
	bool ok;

	if (d->kind != DECLARED_CONST)
		return fail(p->err, "array length %s (a type) must be constant", d->name);
	inner.depth = p->depth + 1;
	ok = parse_binary(&inner, 1, c);
	parser_blanks(&inner);
	if (ok && *inner.at)
		*c = (struct constant){ .unknown = true };
	return ok || (d->where && fail_in(p->err, "%s", d->where));
}

/* len("..") of a string; or a conversion, such as int64(5). */
static bool parse_call(struct parser *p, bool len, struct constant *c)
{
	if (!parse_binary(p, 1, c))
		return false;
	if (!parser_take(p, ')'))
		return parser_complain(p, "\")\"");
	if (len && !c->string)
		c->unknown = true;
	c->string = c->string && !len;
	return true;
}

/* A call of what is not known: unsafe.Sizeof(x). */
static bool skip_call(struct parser *p)
{
	unsigned open = 1;

	for (p->at++; *p->at && open; p->at++) {
		open += *p->at == '(';
		open -= *p->at == ')';
	}
	return !open || parser_complain(p, "\")\"");
}

static bool parse_named(struct parser *p, struct constant *c)
{
	const char *name = p->at;
	size_t n = name_length(name);
	const struct declaration *d;
	enum gotype_kind kind;
	bool call;

	/* "-" and "/" are signs here, not parts of a path. */
	for (size_t i = 0; i < n; i++)
		if (name[i] == '-' || name[i] == '/')
			n = i;
	p->at += n;
	parser_blanks(p);
	call = *p->at == '(';
	p->err->msg[0] = '\0';
	d = named_find(p, name, n, p->err);
	if (!d && p->err->msg[0])
		return false;
	if (call && ((n == 3 && memcmp(name, "len", 3) == 0) || gotype_basic_kind(name, n, &kind) ||
		(d && d->kind != DECLARED_CONST))) {
		p->at++;
		return parse_call(p, n == 3 && memcmp(name, "len", 3) == 0, c);
	}
	if (call) {
		c->unknown = true;
		return skip_call(p);
	}
	if (gotype_basic_kind(name, n, &kind) && !d)
		return fail(p->err, "array length %.*s (a type) must be constant", (int)n, name);
	if (d)
		return read_declared(p, d, c);
	c->unknown = true;
	return true;
}

static bool parse_operand(struct parser *p, struct constant *c)
{
	parser_blanks(p);
	if (isdigit((unsigned char)*p->at) || (*p->at == '.' && isdigit((unsigned char)p->at[1])))
		return take_number(p, c);
	if (*p->at == '\'' || *p->at == '"' || *p->at == '`')
		return take_quoted(p, c);
	if (parser_take(p, '('))
		return parse_call(p, false, c);
	if (name_length(p->at))
		return parse_named(p, c);
	return parser_complain(p, "an array length");
}

static bool parse_unary(struct parser *p, struct constant *c)
{
	char sign;
	bool ok;

	if (p->depth >= DEPTH_MOST)
		return fail(p->err, "type is nested more than %d deep", DEPTH_MOST);
	*c = (struct constant){ 0 };
	parser_blanks(p);
	sign = *p->at && strchr("+-^", *p->at) ? *p->at++ : 0;
	p->depth++;
	ok = sign ? parse_unary(p, c) : parse_operand(p, c);
	p->depth--;
	if (ok && sign && c->string)
		return fail(p->err, "type \"%.200s\": array length must be integer", p->text);
	if (ok && sign == '-')
		c->n = -c->n;
	else if (ok && sign == '^')
		c->n = ~c->n;
	return ok;
}

static const struct operator *next_operator(struct parser *p)
{
	parser_blanks(p);
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (strncmp(p->at, operators[i].sign, strlen(operators[i].sign)) == 0)
			return &operators[i];
	return NULL;
}

static bool parse_binary(struct parser *p, unsigned least, struct constant *c)
{
	const struct operator *op;

	if (!parse_unary(p, c))
		return false;
	while ((op = next_operator(p)) && op->precedence >= least) {
		struct constant right;

		p->at += strlen(op->sign);
		if (!parse_binary(p, op->precedence + 1, &right) || !apply(p, op->sign, c, &right))
			return false;
	}
	return true;
}

bool parse_constant(struct parser *p, uint64_t *value, bool *known)
{
	const char *start;
	struct constant c;
	int len;

	parser_blanks(p);
	start = p->at;
	if (!parse_binary(p, 1, &c))
		return false;
	len = (int)(p->at - start > 60 ? 60 : p->at - start);
	while (len > 0 && start[len - 1] == ' ')
		len--;
	*known = !c.unknown;
	*value = 0;
	if (c.unknown)
		return true;
	if (c.string)
		return fail(p->err, "array length %.*s must be integer", len, start);
	if (c.n < 0)
		return fail(p->err, "invalid array length %.*s", len, start);
	if (c.n > (wide)p->scope->target->max_type)
		return fail(p->err, "type \"%.200s\": array length %.*s is too large", p->text,
			len, start);
	*value = (uint64_t)c.n;
	return true;
}
