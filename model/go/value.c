/* SPDX-License-Identifier: MIT */
/* Values compared and written; reading is in literal.c, making by number in generate.c. */
#include "model/go/value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/utf8.h"
#include "model/go/dynamic.h"

enum { ZERO_SIZES_MOST = 64 }; /* elements without bytes that are written out */

/* Where the descriptors of the basic types would lie in a binary, 64 bytes each. */
enum { DESCRIPTORS64 = 0x47a000, DESCRIPTORS32 = 0x80ca000, DESCRIPTOR = 64 };

static uint64_t descriptors(const struct target *t)
{
	return t->ptrsize == 8 ? DESCRIPTORS64 : DESCRIPTORS32;
}

uint64_t value_type_word(const struct target *t, enum gotype_kind kind)
{
	return descriptors(t) + (uint64_t)kind * DESCRIPTOR;
}

struct value_dynamic value_dynamic(const struct heap *h, const uint8_t *p)
{
	const struct target *t = h->target;
	uint64_t type = load_uint(t, p, t->ptrsize), first = descriptors(t);
	struct value_dynamic d = { .data = load_uint(t, p + t->ptrsize, t->ptrsize) };

	d.nil = type == 0;
	if (type >= first && type < first + KIND_BASIC_COUNT * DESCRIPTOR)
		d.type = gotype_basic((enum gotype_kind)((type - first) / DESCRIPTOR), t);
	else if (h->types)
		d.type = dynamic_type(h, type);
	d.direct = d.type && d.type->pointers && dynamic_direct(h, d.type);
	return d;
}

double value_load_float(const struct target *t, const uint8_t *p, unsigned size)
{
	uint64_t bits = load_uint(t, p, size);
	double d;
	float f;

	if (size == 4) {
		uint32_t half = (uint32_t)bits;

		memcpy(&f, &half, 4);
		return (double)f;
	}
	memcpy(&d, &bits, 8);
	return d;
}

static bool equal_string(const struct heap *h, const uint8_t *a, const uint8_t *b)
{
	unsigned w = h->target->ptrsize;
	uint64_t len = load_uint(h->target, a + w, w);
	uint64_t x = load_uint(h->target, a, w), y = load_uint(h->target, b, w);

	if (len != load_uint(h->target, b + w, w))
		return false;
	/* A length without an address: that word was not captured. */
	return len == 0 || (x && y && (x == y || memcmp(heap_at(h, x), heap_at(h, y), len) == 0));
}

static bool equal_interface(const struct heap *h, const uint8_t *a, const uint8_t *b)
{
	unsigned w = h->target->ptrsize;
	struct value_dynamic x = value_dynamic(h, a), y = value_dynamic(h, b);

	if (memcmp(a, b, w) != 0)
		return false;
	if (x.nil)
		return true;
	if (!x.type)
		return x.data == y.data;
	return value_equal(h, x.type, value_held(h, &x, a), value_held(h, &y, b));
}

static bool equal_floats(const struct target *t, const uint8_t *a, const uint8_t *b, unsigned size,
	unsigned count)
{
	for (unsigned i = 0; i < count; i++, a += size, b += size)
		if (!(value_load_float(t, a, size) == value_load_float(t, b, size)))
			return false;
	return true;
}

bool value_equal(const struct heap *h, const struct gotype *t, const uint8_t *a, const uint8_t *b)
{
	if (t->size == 0)
		return t->alg != ALG_NONE;
	switch (t->alg) {
	case ALG_MEM:
		return memcmp(a, b, t->size) == 0;
	case ALG_STRING:
		return equal_string(h, a, b);
	case ALG_INTER:
	case ALG_NILINTER:
		return equal_interface(h, a, b);
	case ALG_FLOAT32:
		return equal_floats(t->target, a, b, 4, 1);
	case ALG_FLOAT64:
		return equal_floats(t->target, a, b, 8, 1);
	case ALG_COMPLEX64:
		return equal_floats(t->target, a, b, 4, 2);
	case ALG_COMPLEX128:
		return equal_floats(t->target, a, b, 8, 2);
	case ALG_NONE:
		return false;
	case ALG_SPECIAL:
		break;
	}
	if (t->kind == KIND_ARRAY) {
		for (uint64_t i = 0; i < t->len && t->size; i++)
			if (!value_equal(h, t->elem, a + i * t->elem->size, b + i * t->elem->size))
				return false;
		return true;
	}
	for (unsigned i = 0; i < t->nfields; i++) {
		const struct gotype_field *f = &t->fields[i];

		if (strcmp(f->name, "_") != 0 &&
			!value_equal(h, f->type, a + f->offset, b + f->offset))
			return false;
	}
	return true;
}

void value_quote(struct text *out, const uint8_t *s, size_t len)
{
	static const char names[] = "abtnvfr"; /* \a is 7, \r is 13 */
	char32_t c;

	text_addc(out, '"');
	for (size_t i = 0, n; i < len; i += n) {
		n = utf8_decode((const char *)s + i, len - i, &c);
		if (n == 0) {
			text_printf(out, "\\x%02x", s[i]);
			n = 1;
		} else if (c == '"' || c == '\\') {
			text_printf(out, "\\%c", (char)c);
		} else if (utf8_prints(c)) {
			text_addn(out, (const char *)s + i, n);
		} else if (c >= 7 && c <= 13) {
			text_printf(out, "\\%c", names[c - 7]);
		} else if (c < 0x20 || c == 0x7f) {
			text_printf(out, "\\x%02x", c);
		} else {
			text_printf(out, c > 0xffff ? "\\U%08x" : "\\u%04x", c);
		}
	}
	text_addc(out, '"');
}

static bool unknown_word(const struct heap *h, const uint8_t *p)
{
	return heap_is_unknown(h, load_uint(h->target, p, h->target->ptrsize));
}

/* What it points to is not followed further: that is known or was never there. */
bool value_unknown(const struct heap *h, const struct gotype *t, const uint8_t *p)
{
	if (heap_is_unknown(h, heap_addr(h, p)) || heap_missing(h, heap_addr(h, p), t->size))
		return true;
	if (!t->pointers || !t->size)
		return false;
	if (t->kind == KIND_ARRAY) {
		for (uint64_t i = 0; i < t->len; i++)
			if (value_unknown(h, t->elem, p + i * t->elem->size))
				return true;
		return false;
	}
	if (t->kind == KIND_STRUCT) {
		for (unsigned i = 0; i < t->nfields; i++)
			if (value_unknown(h, t->fields[i].type, p + t->fields[i].offset))
				return true;
		return false;
	}
	return unknown_word(h, p);
}

static void format_string(const struct heap *h, const uint8_t *p, struct text *out, size_t most)
{
	unsigned w = h->target->ptrsize;
	uint64_t data = load_uint(h->target, p, w), len = load_uint(h->target, p + w, w);

	if (len && !heap_holds(h, data, len)) {
		text_printf(out, "?%llu", (unsigned long long)len);
		return;
	}
	if (most && len > most) {
		/* Not in the middle of a character, where there is one. */
		for (size_t back = 0; back < 3 && most > 1 &&
			(heap_at(h, data)[most] & 0xc0) == 0x80; back++)
			most--;
		value_quote(out, heap_at(h, data), most);
		text_add(out, "...");
		return;
	}
	value_quote(out, len ? heap_at(h, data) : NULL, (size_t)len);
}

/* The shortest decimal that reads back as the same number, written as Go's %g does. */
static void format_float(struct text *out, double f, unsigned size)
{
	char digits[40];
	int precision, most = size == 4 ? 9 : 17, exponent;

	if (f != f || isinf(f)) {
		text_add(out, f != f ? "NaN" : f > 0 ? "+Inf" : "-Inf");
		return;
	}
	if (f == 0) {
		text_add(out, signbit(f) ? "-0.0" : "0");
		return;
	}
	for (precision = 0; precision < most; precision++) {
		snprintf(digits, sizeof digits, "%.*e", precision, f);
		if (size == 4 ? strtof(digits, NULL) == (float)f : strtod(digits, NULL) == f)
			break;
	}
	exponent = atoi(strchr(digits, 'e') + 1);
	/* strconv.FormatFloat(f, 'g', -1, bits): with an exponent below 1e-4 and from 1e6 up. */
	if (exponent < -4 || exponent >= 6)
		text_add(out, digits);
	else
		text_printf(out, "%.*f", precision > exponent ? precision - exponent : 0, f);
}

static void format_complex(const struct gotype *t, const uint8_t *p, struct text *out)
{
	unsigned size = (unsigned)t->size / 2;
	double imaginary = value_load_float(t->target, p + size, size);

	text_addc(out, '(');
	format_float(out, value_load_float(t->target, p, size), size);
	if (!signbit(imaginary) && !isinf(imaginary))
		text_addc(out, '+');
	format_float(out, imaginary, size);
	text_add(out, "i)");
}

/* Whether a literal's values stand in braces. */
static bool in_braces(const struct gotype *t, const struct heap *h, const uint8_t *p)
{
	return t->kind == KIND_ARRAY || t->kind == KIND_STRUCT ||
		(t->kind == KIND_SLICE && load_uint(h->target, p, h->target->ptrsize));
}

/* T{..}, or T(..), with T in brackets where it would read otherwise. */
static void format_typed(const struct heap *h, const struct gotype *t, const uint8_t *p,
	struct text *out, size_t most)
{
	bool braces = in_braces(t, h, p), apart = !t->named && gotype_is_pointer(t);

	text_printf(out, apart ? "(%s)" : "%s", t->name);
	text_add(out, braces ? "" : "(");
	value_format(h, t, p, out, most);
	text_add(out, braces ? "" : ")");
}

/* Whether a literal alone has that type in an interface. */
static bool is_default(const struct gotype *t)
{
	return !t->named &&
		(t->kind == KIND_BOOL || t->kind == KIND_INT || t->kind == KIND_STRING ||
			t->kind == KIND_FLOAT64 || t->kind == KIND_COMPLEX128);
}

static void format_interface(const struct heap *h, const uint8_t *p, struct text *out, size_t most)
{
	struct value_dynamic d = value_dynamic(h, p);
	size_t start = out->len;

	if (d.nil) {
		text_add(out, "nil");
	} else if (!d.type) {
		format_string(h, heap_at(h, d.data), out, most);
	} else if (is_default(d.type)) {
		value_format(h, d.type, heap_at(h, d.data), out, most);
		if (d.type->kind == KIND_FLOAT64 && !strpbrk(text_str(out) + start, ".eIN"))
			text_add(out, ".0");
	} else {
		format_typed(h, d.type, value_held(h, &d, p), out, most);
	}
}

static void format_list(const struct heap *h, const struct gotype *t, const uint8_t *p,
	uint64_t len, struct text *out, size_t most)
{
	text_addc(out, '{');
	for (uint64_t i = 0; i < len; i++) {
		text_add(out, i ? ", " : "");
		value_format(h, t, p + i * t->size, out, most);
	}
	text_addc(out, '}');
}

static void format_slice(const struct heap *h, const struct gotype *t, const uint8_t *p,
	struct text *out, size_t most)
{
	unsigned w = h->target->ptrsize;
	uint64_t data = load_uint(h->target, p, w), len = load_uint(h->target, p + w, w), bytes;
	bool large = __builtin_mul_overflow(len, t->elem->size, &bytes);

	if (!data)
		text_add(out, "nil");
	else if (t->elem->size ? large || !heap_holds(h, data, bytes) : len > heap_size(h))
		text_printf(out, "{?%llu}", (unsigned long long)len);
	else
		format_list(h, t->elem, heap_at(h, data), len, out, most);
}

static void format_fields(const struct heap *h, const struct gotype *t, const uint8_t *p,
	struct text *out, size_t most)
{
	text_addc(out, '{');
	for (unsigned i = 0; i < t->nfields; i++) {
		text_add(out, i ? ", " : "");
		value_format(h, t->fields[i].type, p + t->fields[i].offset, out, most);
	}
	text_addc(out, '}');
}

static void format_int(const struct gotype *t, uint64_t v, struct text *out)
{
	unsigned unused = (unsigned)(64 - 8 * t->size);

	if (gotype_is_signed(t))
		text_printf(out, "%lld", (long long)(v << unused) >> unused);
	else
		text_printf(out, "%llu", (unsigned long long)v);
}

static void format_pointer(uint64_t v, struct text *out)
{
	if (v)
		text_printf(out, "0x%llx", (unsigned long long)v);
	else
		text_add(out, "nil");
}

/* Bytes that are known, as their type has them. */
static void format_known(const struct heap *h, const struct gotype *t, const uint8_t *p,
	struct text *out, size_t most)
{
	switch (t->kind) {
	case KIND_BOOL:
		text_add(out, *p ? "true" : "false");
		break;
	case KIND_FLOAT32:
	case KIND_FLOAT64:
		format_float(out, value_load_float(t->target, p, (unsigned)t->size),
			(unsigned)t->size);
		break;
	case KIND_COMPLEX64:
	case KIND_COMPLEX128:
		format_complex(t, p, out);
		break;
	case KIND_STRING:
		format_string(h, p, out, most);
		break;
	case KIND_ANY:
	case KIND_ERROR:
	case KIND_INTERFACE:
		format_interface(h, p, out, most);
		break;
	case KIND_SLICE:
		format_slice(h, t, p, out, most);
		break;
	case KIND_ARRAY: /* without bytes there is one value, however long */
		format_list(h, t->elem, p, t->size ? t->len : 0, out, most);
		break;
	case KIND_UNKNOWN:
		text_add(out, VALUE_UNKNOWN);
		break;
	default:
		format_fields(h, t, p, out, most);
	}
}

void value_format(const struct heap *h, const struct gotype *t, const uint8_t *p, struct text *out,
	size_t most)
{
	if (heap_missing(h, heap_addr(h, p), t->size)) {
		text_add(out, VALUE_MISSING);
		return;
	}
	if (heap_is_unknown(h, heap_addr(h, p)) || (t->pointers && t->size > 0 &&
			t->kind != KIND_ARRAY && t->kind != KIND_STRUCT && unknown_word(h, p))) {
		text_add(out, VALUE_UNKNOWN);
		return;
	}
	/* {} is the zero value too, and [1<<40]struct{} is a type. */
	if (t->size == 0 && t->parts > ZERO_SIZES_MOST) {
		text_add(out, "{}");
		return;
	}
	if (gotype_is_int(t))
		format_int(t, load_uint(t->target, p, (unsigned)t->size), out);
	else if (gotype_is_pointer(t))
		format_pointer(load_uint(t->target, p, (unsigned)t->size), out);
	else
		format_known(h, t, p, out, most);
}
