/* SPDX-License-Identifier: MIT */
/* Reads Go literals into target memory. */
#include "model/go/store.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

struct reader {
	const struct value_home *home;
	const char **at;
	const char *what;       /* "key" or "elem" */
	const char *start;      /* of the whole literal, for messages */
	struct error *err;
};

static bool read_value(struct reader *r, const struct gotype *t, uint8_t *out);

static void skip_blanks(struct reader *r)
{
	while (**r->at == ' ' || **r->at == '\t')
		++*r->at;
}

/* The length of what a person would take for the literal at s: up to a blank or a bracket. */
static int token_length(const char *s)
{
	size_t n = strcspn(s, " \t,}#");

	/* The bracket of a conversion around it is not part of it. */
	if (n > 1 && s[n - 1] == ')' && !memchr(s, '(', n))
		n--;
	if (n == 0 && *s)
		n = 1;
	return n > 60 ? 60 : (int)n;
}

static bool misfit(struct reader *r, const char *literal, const struct gotype *t)
{
	return fail(r->err, "%s %.*s does not fit %s", r->what, token_length(literal), literal,
		t->name);
}

static bool not_a(struct reader *r, const struct gotype *t, const char *example)
{
	if (**r->at == '\0')
		return fail(r->err, "%s of type %s is missing, such as %s", r->what, t->name, example);
	return fail(r->err, "%s %.*s is no %s: it is written as %s", r->what, token_length(*r->at),
		*r->at, t->name, example);
}

static bool take_word(struct reader *r, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*r->at, word, n) != 0 || isalnum((unsigned char)(*r->at)[n]) || (*r->at)[n] == '_')
		return false;
	*r->at += n;
	return true;
}

/* Numbers */

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

/* The magnitude of a Go integer literal; false when there is none. Too large ones saturate. */
static bool read_magnitude(const char **at, uint64_t *value, bool *overflow)
{
	const char *s = *at;
	int base = 10;
	bool any = false;

	*value = 0;
	*overflow = false;
	if (s[0] == '0' && s[1] && strchr("xXbBoO", s[1])) {
		base = (s[1] | 0x20) == 'x' ? 16 : (s[1] | 0x20) == 'b' ? 2 : 8;
		s += 2;
	} else if (s[0] == '0' && isdigit((unsigned char)s[1])) {
		base = 8;
	}
	for (; digit_of(*s) < base || (*s == '_' && any); s++) {
		if (*s == '_')
			continue;
		any = true;
		if (__builtin_mul_overflow(*value, (uint64_t)base, value) ||
			__builtin_add_overflow(*value, (uint64_t)digit_of(*s), value))
			*overflow = true;
	}
	if (!any || isalnum((unsigned char)*s) || *s == '_' || (*s == '.' && s[1] != '.'))
		return false;
	*at = s;
	return true;
}

static bool read_quoted(struct reader *r, struct text *out);

/* Whether s is one character of UTF-8, or one byte of any kind. */
static bool one_character(const unsigned char *s, size_t len)
{
	size_t want = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;

	if (len <= 1)
		return len == 1;
	if (len != want || s[0] < 0xc0)
		return false;
	for (size_t i = 1; i < len; i++)
		if ((s[i] & 0xc0) != 0x80)
			return false;
	return true;
}

/* 'x': the number of a character. */
static bool read_rune(struct reader *r, uint64_t *value)
{
	struct text c = { 0 };
	bool ok = read_quoted(r, &c);
	const unsigned char *s = (const unsigned char *)text_str(&c);

	if (ok && !one_character(s, c.len))
		ok = fail(r->err, "%s has more or less than one character between ' and '", r->what);
	if (ok) {
		*value = c.len == 1 ? s[0] : s[0] & (0x7fu >> c.len);
		for (size_t i = 1; i < c.len; i++)
			*value = *value << 6 | (s[i] & 0x3f);
	}
	text_free(&c);
	return ok;
}

static bool read_int(struct reader *r, const struct gotype *t, uint8_t *out)
{
	const char *start = *r->at, *s = start;
	bool negative = *s == '-', overflow = false;
	uint64_t magnitude;

	if (*s == '\'') {
		if (!read_rune(r, &magnitude))
			return false;
	} else {
		if (*s == '-' || *s == '+')
			s++;
		if (!isdigit((unsigned char)*s) || !read_magnitude(&s, &magnitude, &overflow))
			return not_a(r, t, "42 or 0x2a");
		*r->at = s;
	}
	if (overflow || !store_fits(t, negative, magnitude))
		return misfit(r, start, t);
	store_uint(t->target, out, (unsigned)t->size, negative ? 0 - magnitude : magnitude);
	return true;
}

/*
 * A float of `size` bytes at s, signs and Inf and NaN included; returns its end, NULL when there
 * is none. *large says that it is a number that only Inf could stand for.
 */
static const char *scan_float(const char *s, unsigned size, double *d, bool *large)
{
	const char *digits = s + (*s == '-' || *s == '+');
	char *end;

	if (strncmp(digits, "NaN", 3) == 0) {
		*d = (double)NAN;
		return digits + 3;
	}
	if (strncmp(digits, "Inf", 3) == 0) {
		*d = *s == '-' ? -HUGE_VAL : HUGE_VAL;
		return digits + 3;
	}
	if (!isdigit((unsigned char)*digits) &&
		!(*digits == '.' && isdigit((unsigned char)digits[1])))
		return NULL;
	/* Rounded once: by way of a double, a float could become another one. */
	*d = size == 4 ? (double)strtof(s, &end) : strtod(s, &end);
	*large |= isinf(*d);
	return end;
}

static bool ends_literal(const char *s)
{
	return *s == '\0' || strchr(" \t,})#", *s) != NULL;
}

static bool read_float(struct reader *r, const struct gotype *t, uint8_t *out)
{
	const char *start = *r->at, *end;
	bool large = false;
	double d;

	end = scan_float(start, (unsigned)t->size, &d, &large);
	if (!end || !ends_literal(end))
		return not_a(r, t, "1.5, -0.0, +Inf or NaN");
	if (large)
		return misfit(r, start, t);
	/* Go's own NaN is quiet, positive, with the lowest bit set: math.NaN. */
	if (d != d && t->size == 8)
		store_uint(t->target, out, 8, 0x7ff8000000000001u);
	else if (d != d)
		store_uint(t->target, out, 4, 0x7fc00000u);
	else
		store_float(t->target, out, (unsigned)t->size, d);
	*r->at = end;
	return true;
}

/* (1+2i), 2i or a plain number. */
static bool read_complex(struct reader *r, const struct gotype *t, uint8_t *out)
{
	const char *s = *r->at, *end;
	bool brackets = *s == '(', large = false;
	unsigned half = (unsigned)t->size / 2;
	double first, second = 0;

	s += brackets;
	end = scan_float(s, half, &first, &large);
	if (!end)
		goto bad;
	if (*end == 'i') {
		second = first;
		first = 0;
		end++;
	} else if (*end == '+' || *end == '-') {
		end = scan_float(end, half, &second, &large);
		if (!end || *end++ != 'i')
			goto bad;
	}
	if (brackets && *end++ != ')')
		goto bad;
	if (!ends_literal(end))
		goto bad;
	if (large)
		return misfit(r, *r->at, t);
	store_float(t->target, out, half, first);
	store_float(t->target, out + half, half, second);
	*r->at = end;
	return true;
bad:
	return not_a(r, t, "(1+2i)");
}

/* Strings */

static void add_utf8(struct text *out, uint32_t c)
{
	if (c < 0x80) {
		text_addc(out, (char)c);
		return;
	}
	if (c < 0x800) {
		text_addc(out, (char)(0xc0 | c >> 6));
	} else {
		if (c < 0x10000) {
			text_addc(out, (char)(0xe0 | c >> 12));
		} else {
			text_addc(out, (char)(0xf0 | c >> 18));
			text_addc(out, (char)(0x80 | (c >> 12 & 0x3f)));
		}
		text_addc(out, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	text_addc(out, (char)(0x80 | (c & 0x3f)));
}

/* `count` digits of a base as a number; false when they are not all there. */
static bool read_digits(const char **at, unsigned count, int base, uint32_t *value)
{
	*value = 0;
	for (; count > 0; count--, ++*at) {
		if (digit_of(**at) >= base)
			return false;
		*value = *value * (uint32_t)base + (uint32_t)digit_of(**at);
	}
	return true;
}

static bool bad_escape(struct reader *r, const char *at)
{
	return fail(r->err, "%s has a bad escape %.*s in its string", r->what,
		at[1] ? 2 : 1, at);
}

/* One character of a quoted literal, escapes taken apart. */
static bool read_char(struct reader *r, const char **at, char quote, struct text *out)
{
	static const char names[] = "abfnrtv\\", values[] = "\a\b\f\n\r\t\v\\";
	const char *start = *at, *name;
	uint32_t c;
	bool ok = true;

	if (*start != '\\') {
		text_addc(out, *start);
		++*at;
		return true;
	}
	++*at;
	c = (unsigned char)*(*at)++;
	name = c ? strchr(names, (int)c) : NULL;
	if (name || c == (unsigned char)quote) {
		text_addc(out, name ? values[name - names] : quote);
		return true;
	}
	if (c == 'x' || (c >= '0' && c <= '7')) {
		if (c == 'x') {
			ok = read_digits(at, 2, 16, &c);
		} else {
			--*at;
			ok = read_digits(at, 3, 8, &c) && c < 256;
		}
		text_addc(out, (char)c);
	} else if (c == 'u' || c == 'U') {
		ok = read_digits(at, c == 'u' ? 4 : 8, 16, &c) && c <= 0x10ffff &&
			(c < 0xd800 || c >= 0xe000);
		add_utf8(out, ok ? c : 0);
	} else {
		ok = false;
	}
	return ok || bad_escape(r, start);
}

/* A "quoted" or `raw` string or a 'character', taken apart into out. */
static bool read_quoted(struct reader *r, struct text *out)
{
	char quote = **r->at;
	const char *at = *r->at + 1;

	while (*at != quote) {
		if (*at == '\0')
			return fail(r->err, "%s has an unterminated string", r->what);
		if (quote == '`')
			text_addc(out, *at++);
		else if (!read_char(r, &at, quote, out))
			return false;
	}
	*r->at = at + 1;
	return true;
}

static bool read_string(struct reader *r, const struct gotype *t, uint8_t *out)
{
	struct text s = { 0 };
	bool ok;

	if (**r->at != '"' && **r->at != '`')
		return not_a(r, t, "\"text\"");
	ok = read_quoted(r, &s) && store_string(r->home, text_str(&s), s.len, out, r->err);
	text_free(&s);
	return ok;
}

/* Interfaces */

/* The type that an untyped literal takes on in an interface. */
static enum gotype_kind default_kind(const char *s)
{
	size_t n = strcspn(s, " \t,}#");

	if (*s == '"' || *s == '`')
		return KIND_STRING;
	if (*s == '\'')
		return KIND_INT32;
	if (*s == '(' || (n > 1 && s[n - 1] == 'i' && isdigit((unsigned char)s[n - 2])))
		return KIND_COMPLEX128;
	if (*s == 't' || *s == 'f')
		return KIND_BOOL;
	if (memchr(s, 'I', n) || memchr(s, 'N', n))
		return KIND_FLOAT64;
	if (n > 1 && s[0] == '0' && (s[1] | 0x20) == 'x')
		return KIND_INT;
	if (memchr(s, '.', n) || memchr(s, 'e', n) || memchr(s, 'E', n))
		return KIND_FLOAT64;
	return KIND_INT;
}

static bool read_any(struct reader *r, uint8_t *out)
{
	const struct target *target = r->home->heap->target;
	size_t n = 0;
	enum gotype_kind kind;
	uint8_t value[16] = { 0 };
	bool conversion;

	if (take_word(r, "nil")) {
		memset(out, 0, 2 * target->ptrsize);
		return true;
	}
	while (isalnum((unsigned char)(*r->at)[n]))
		n++;
	conversion = (*r->at)[n] == '(' && gotype_basic_kind(*r->at, n, &kind);
	if (!conversion && !strchr("\"`'(tf+-.0123456789IN", **r->at))
		return fail(r->err, "%s %.*s is no basic value: an interface holds such as 42, 1.5, "
				    "\"text\", true, int8(5) or nil",
			r->what, token_length(*r->at), *r->at);
	if (conversion) {
		*r->at += n + 1;
		skip_blanks(r);
	} else {
		kind = default_kind(*r->at);
	}
	if (!read_value(r, gotype_basic(kind, target), value))
		return false;
	if (conversion) {
		skip_blanks(r);
		if (*(*r->at)++ != ')')
			return fail(r->err, "%s has an unclosed \"(\"", r->what);
	}
	return store_boxed(r->home, gotype_basic(kind, target), value, out, r->err);
}

/* The address of the errors.New value with that text; 0 when the program has none yet. */
static uint64_t find_error(const struct heap *h, const struct text *s)
{
	unsigned w = h->target->ptrsize;

	for (uint64_t i = 0; i < h->state.nerrors; i++) {
		const uint8_t *p = heap_at(h, h->state.errors[i]);
		uint64_t len = load_uint(h->target, p + w, w);

		if (len == s->len &&
			memcmp(heap_at(h, load_uint(h->target, p, w)), text_str(s), s->len) == 0)
			return h->state.errors[i];
	}
	return 0;
}

static uint64_t make_error(struct reader *r, const struct text *s)
{
	struct heap *h = r->home->heap;
	struct heap_state *state = &h->state;
	uint8_t header[16];
	uint64_t addr;

	if (!r->home->scratch && state->nerrors == HEAP_ERRORS) {
		fail(r->err, "more than %d different errors", HEAP_ERRORS);
		return 0;
	}
	addr = store_room(r->home, 2 * h->target->ptrsize, true, r->err);
	if (!addr || !store_string(r->home, text_str(s), s->len, header, r->err))
		return 0;
	store_bytes(r->home, addr, header, 2 * h->target->ptrsize);
	if (!r->home->scratch) {
		journal_save(h->journal, state->errors + state->nerrors, sizeof state->errors[0]);
		journal_save(h->journal, &state->nerrors, sizeof state->nerrors);
		state->errors[state->nerrors++] = addr;
	}
	return addr;
}

/* An error is nil or "text": the value that errors.New("text") gave, the same for one text. */
static bool read_error(struct reader *r, const struct gotype *t, uint8_t *out)
{
	unsigned w = t->target->ptrsize;
	struct text s = { 0 };
	uint64_t addr = 0;

	memset(out, 0, 2 * w);
	if (take_word(r, "nil"))
		return true;
	if (**r->at != '"' && **r->at != '`')
		return not_a(r, t, "nil or \"text\"");
	if (read_quoted(r, &s)) {
		addr = find_error(r->home->heap, &s);
		if (!addr)
			addr = make_error(r, &s);
	}
	text_free(&s);
	store_uint(t->target, out, w, value_type_word(t->target, KIND_BASIC_COUNT));
	store_uint(t->target, out + w, w, addr);
	return addr != 0;
}

/* Composites */

static bool read_open(struct reader *r, const struct gotype *t, const char *example)
{
	if (**r->at != '{')
		return not_a(r, t, example);
	++*r->at;
	return true;
}

/* Before the next value of a list: true when there is one, *end when the list is over. */
static bool read_next(struct reader *r, bool first, bool *end)
{
	skip_blanks(r);
	*end = **r->at == '}';
	if (!*end && !first) {
		if (**r->at != ',')
			return fail(r->err, "%s has a \"{\" without its \"}\"", r->what);
		++*r->at;
		skip_blanks(r);
		*end = **r->at == '}';
	}
	if (*end)
		++*r->at;
	return true;
}

static bool wrong_count(struct reader *r, const struct gotype *t, uint64_t want, bool more)
{
	return fail(r->err, "%s has too %s values for %s: it takes %llu", r->what,
		more ? "many" : "few", t->name, (unsigned long long)want);
}

/* Arrays and structs: all values, or none for the zero value. */
static bool read_parts(struct reader *r, const struct gotype *t, uint8_t *out)
{
	uint64_t want = t->kind == KIND_ARRAY ? t->len : t->nfields, i;
	bool end;

	if (!read_open(r, t, "{1, 2}"))
		return false;
	for (i = 0;; i++) {
		const struct gotype *part;
		uint64_t offset;

		if (!read_next(r, i == 0, &end))
			return false;
		if (end)
			break;
		if (i == want)
			return wrong_count(r, t, want, true);
		part = t->kind == KIND_ARRAY ? t->elem : t->fields[i].type;
		offset = t->kind == KIND_ARRAY ? i * part->size : t->fields[i].offset;
		if (!read_value(r, part, out + offset))
			return false;
	}
	return i == want || i == 0 || wrong_count(r, t, want, false);
}

static bool read_slice(struct reader *r, const struct gotype *t, uint8_t *out)
{
	unsigned w = t->target->ptrsize;
	size_t size = (size_t)t->elem->size, len = 0, cap = 0;
	uint8_t *values = NULL;
	uint64_t addr = 0;
	bool end = false, ok;

	memset(out, 0, 3 * w);
	if (take_word(r, "nil"))
		return true;
	if (!read_open(r, t, "nil or {1, 2}"))
		return false;
	for (;; len++) {
		ok = read_next(r, len == 0, &end);
		if (!ok || end)
			break;
		values = grow(values, &cap, len, size ? size : 1);
		memset(values + len * size, 0, size);
		ok = read_value(r, t->elem, values + len * size);
		if (!ok)
			break;
	}
	if (ok) {
		addr = store_room(r->home, len * size, t->elem->pointers, r->err);
		ok = addr != 0;
	}
	if (ok) {
		store_bytes(r->home, addr, values, len * size);
		store_uint(t->target, out, w, addr);
		store_uint(t->target, out + w, w, len);
		store_uint(t->target, out + 2 * w, w, len);
	}
	free(values);
	return ok;
}

static bool read_pointer(struct reader *r, const struct gotype *t, uint8_t *out)
{
	const char *start = *r->at;
	uint64_t v = 0;
	bool overflow = false;

	if (take_word(r, "nil")) {
		memset(out, 0, (size_t)t->size);
		return true;
	}
	if (start[0] != '0' || start[1] != 'x' || !read_magnitude(r->at, &v, &overflow))
		return not_a(r, t, "nil or an address such as 0xc000012040");
	if (overflow || v > word_mask(t->target))
		return misfit(r, start, t);
	store_uint(t->target, out, (unsigned)t->size, v);
	return true;
}

static bool read_bool(struct reader *r, const struct gotype *t, uint8_t *out)
{
	*out = **r->at == 't';
	if (take_word(r, "true") || take_word(r, "false"))
		return true;
	return not_a(r, t, "true or false");
}

static bool read_value(struct reader *r, const struct gotype *t, uint8_t *out)
{
	skip_blanks(r);
	if (gotype_is_int(t))
		return read_int(r, t, out);
	if (gotype_is_pointer(t))
		return read_pointer(r, t, out);
	switch (t->kind) {
	case KIND_BOOL:
		return read_bool(r, t, out);
	case KIND_FLOAT32:
	case KIND_FLOAT64:
		return read_float(r, t, out);
	case KIND_COMPLEX64:
	case KIND_COMPLEX128:
		return read_complex(r, t, out);
	case KIND_STRING:
		return read_string(r, t, out);
	case KIND_ANY:
		return read_any(r, out);
	case KIND_ERROR:
		return read_error(r, t, out);
	case KIND_SLICE:
		return read_slice(r, t, out);
	default:
		return read_parts(r, t, out);
	}
}

bool value_parse(const struct value_home *home, const struct gotype *t, const char **at,
	uint8_t *out, const char *what, struct error *err)
{
	struct reader r = { .home = home, .at = at, .what = what, .start = *at, .err = err };

	memset(out, 0, (size_t)t->size);
	if (!read_value(&r, t, out))
		return false;
	if (!ends_literal(*r.at))
		return fail(err, "%s: \"%.*s\" behind the literal is not understood", what,
			token_length(*r.at), *r.at);
	return true;
}
