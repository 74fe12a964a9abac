/* SPDX-License-Identifier: MIT */
/* Reads Go literals into target memory. */
#include "model/go/literal_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/go/quoted.h"

void literal_blanks(struct reader *r)
{
	while (**r->at == ' ' || **r->at == '\t')
		++*r->at;
}

bool literal_ends(const char *s)
{
	return *s == '\0' || strchr(" \t,})#", *s) != NULL;
}

int literal_length(const char *s)
{
	size_t n = strcspn(s, " \t,}#");

	/* The bracket of a conversion around it is not part of it. */
	if (n > 1 && s[n - 1] == ')' && !memchr(s, '(', n))
		n--;
	if (n == 0 && *s)
		n = 1;
	return n > 60 ? 60 : (int)n;
}

bool literal_misfit(struct reader *r, const char *literal, const struct gotype *t)
{
	return fail(r->err, "%s %.*s does not fit %s", r->what, literal_length(literal), literal,
		t->name);
}

bool literal_not_a(struct reader *r, const struct gotype *t, const char *example)
{
	if (**r->at == '\0')
		return fail(r->err, "%s of type %s is missing, such as %s", r->what, t->name,
			example);
	return fail(r->err, "%s %.*s is no %s: it is written as %s", r->what,
		literal_length(*r->at),
		*r->at, t->name, example);
}

bool literal_word(struct reader *r, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*r->at, word, n) != 0 || isalnum((unsigned char)(*r->at)[n]) ||
		(*r->at)[n] == '_')
		return false;
	*r->at += n;
	return true;
}

static bool read_string(struct reader *r, const struct gotype *t, uint8_t *out)
{
	struct text s = { 0 };
	bool ok;

	if (**r->at != '"' && **r->at != '`')
		return literal_not_a(r, t, "\"text\"");
	ok = quoted_read(r->at, &s, r->what, r->err) &&
		store_string(r->home, text_str(&s), s.len, out, r->err);
	text_free(&s);
	return ok;
}

/* Composites */

static bool read_open(struct reader *r, const struct gotype *t, const char *example)
{
	if (**r->at != '{')
		return literal_not_a(r, t, example);
	++*r->at;
	return true;
}

/* Before the next value of a list: true when there is one, *end when the list is over. */
static bool read_next(struct reader *r, bool first, bool *end)
{
	literal_blanks(r);
	*end = **r->at == '}';
	if (!*end && !first) {
		if (**r->at != ',')
			return fail(r->err, "%s has a \"{\" without its \"}\"", r->what);
		++*r->at;
		literal_blanks(r);
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
		if (!literal_value(r, part, out + offset))
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
	if (literal_word(r, "nil"))
		return true;
	if (!read_open(r, t, "nil or {1, 2}") || !gotype_known(t->elem, r->err))
		return false;
	for (;; len++) {
		ok = read_next(r, len == 0, &end);
		if (!ok || end)
			break;
		values = grow(values, &cap, len, size ? size : 1);
		memset(values + len * size, 0, size);
		ok = literal_value(r, t->elem, values + len * size);
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

	if (literal_word(r, "nil")) {
		memset(out, 0, (size_t)t->size);
		return true;
	}
	if (start[0] != '0' || start[1] != 'x' || !literal_magnitude(r->at, &v, &overflow))
		return literal_not_a(r, t, "nil or an address such as 0xc000012040");
	if (overflow || v > word_mask(t->target))
		return literal_misfit(r, start, t);
	store_uint(t->target, out, (unsigned)t->size, v);
	return true;
}

static bool read_bool(struct reader *r, const struct gotype *t, uint8_t *out)
{
	*out = **r->at == 't';
	if (literal_word(r, "true") || literal_word(r, "false"))
		return true;
	return literal_not_a(r, t, "true or false");
}

/* What has the methods of an interface is not known here. */
static bool literal_nil(struct reader *r, const struct gotype *t, uint8_t *out)
{
	memset(out, 0, (size_t)t->size);
	return literal_word(r, "nil") || literal_not_a(r, t, "nil");
}

bool literal_value(struct reader *r, const struct gotype *t, uint8_t *out)
{
	literal_blanks(r);
	if (gotype_is_int(t))
		return literal_int(r, t, out);
	if (gotype_is_pointer(t))
		return read_pointer(r, t, out);
	switch (t->kind) {
	case KIND_BOOL:
		return read_bool(r, t, out);
	case KIND_FLOAT32:
	case KIND_FLOAT64:
		return literal_float(r, t, out);
	case KIND_COMPLEX64:
	case KIND_COMPLEX128:
		return literal_complex(r, t, out);
	case KIND_STRING:
		return read_string(r, t, out);
	case KIND_ANY:
		return literal_any(r, out);
	case KIND_ERROR:
		return literal_error(r, t, out);
	case KIND_INTERFACE:
		return literal_nil(r, t, out);
	case KIND_SLICE:
		return read_slice(r, t, out);
	case KIND_UNKNOWN:
		return gotype_known(t, r->err);
	default:
		return read_parts(r, t, out);
	}
}

bool value_parse(const struct value_home *home, const struct gotype *t, const char **at,
	uint8_t *out, const char *what, struct error *err)
{
	struct value_home whole = { .heap = home->heap, .scratch = home->scratch, .whole = t };
	struct reader r = { .home = &whole, .at = at, .what = what, .err = err };

	memset(out, 0, (size_t)t->size);
	if (!literal_value(&r, t, out))
		return false;
	if (!literal_ends(*r.at))
		return fail(err, "%s: \"%.*s\" behind the literal is not understood", what,
			literal_length(*r.at), *r.at);
	return true;
}
