/* SPDX-License-Identifier: MIT */
/* Reads Go literals into target memory. */
#include "model/go/literal_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/go/quoted.h"

enum { DEPTH_MOST = 100 }; /* conversions in conversions, pointers to structs in structs */

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

bool literal_not_a(struct reader *r, const struct gotype *t)
{
	struct text example = { 0 };

	literal_example(t, &example);
	if (**r->at == '\0')
		fail(r->err, "%s of type %s is missing, such as %s", r->what, t->name,
			text_str(&example));
	else
		fail(r->err, "%s %.*s is no %s: it is written as %s", r->what,
			literal_length(*r->at), *r->at, t->name, text_str(&example));
	text_free(&example);
	return false;
}

bool literal_take(struct reader *r, char sign)
{
	literal_blanks(r);
	if (**r->at != sign)
		return false;
	++*r->at;
	return true;
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
		return literal_not_a(r, t);
	ok = quoted_read(r->at, &s, r->what, r->err) &&
		store_string(r->home, text_str(&s), s.len, out, r->err);
	text_free(&s);
	return ok;
}

/* {1, 2} for a pointer is &T{1, 2}, as Go has it for elements of a list. */
static bool read_pointee(struct reader *r, const struct gotype *t, uint8_t *out)
{
	const struct gotype *to = t->elem;
	uint8_t *value;
	uint64_t addr;
	bool ok;

	if (!gotype_known(to, r->err))
		return false;
	addr = store_room(r->home, to->size, to->pointers, r->err);
	if (!addr)
		return false;
	value = xcalloc(1, (size_t)to->size + 1);
	ok = literal_plain(r, to, value);
	if (ok) {
		store_bytes(r->home, addr, value, (size_t)to->size);
		store_uint(t->target, out, (unsigned)t->size, addr);
	}
	free(value);
	return ok;
}

static bool read_pointer(struct reader *r, const struct gotype *t, uint8_t *out)
{
	const char *start = *r->at;
	uint64_t v = 0;
	bool beyond = false;

	if (literal_word(r, "nil")) {
		memset(out, 0, (size_t)t->size);
		return true;
	}
	if (*start == '{' && t->kind == KIND_POINTER && literal_is_list(t->elem))
		return read_pointee(r, t, out);
	if (start[0] != '0' || start[1] != 'x' || !literal_magnitude(r->at, &v, &beyond))
		return literal_not_a(r, t);
	if (beyond || v > word_mask(t->target))
		return literal_misfit(r, start, t);
	store_uint(t->target, out, (unsigned)t->size, v);
	return true;
}

static bool read_bool(struct reader *r, const struct gotype *t, uint8_t *out)
{
	*out = **r->at == 't';
	if (literal_word(r, "true") || literal_word(r, "false"))
		return true;
	return literal_not_a(r, t);
}

/* What has the methods of an interface is not known here. */
static bool literal_nil(struct reader *r, const struct gotype *t, uint8_t *out)
{
	memset(out, 0, (size_t)t->size);
	return literal_word(r, "nil") || literal_not_a(r, t);
}

bool literal_plain(struct reader *r, const struct gotype *t, uint8_t *out)
{
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
		return literal_slice(r, t, out);
	case KIND_ARRAY:
		return literal_array(r, t, out);
	case KIND_UNKNOWN:
		return gotype_known(t, r->err);
	default:
		return literal_struct(r, t, out);
	}
}

bool literal_value(struct reader *r, const struct gotype *t, uint8_t *out)
{
	bool ok;

	literal_blanks(r);
	if (r->depth == DEPTH_MOST)
		return fail(r->err, "%s is nested more than %d deep", r->what, DEPTH_MOST);
	r->depth++;
	ok = literal_is_typed(*r->at) ? literal_typed(r, t, out) : literal_plain(r, t, out);
	r->depth--;
	return ok;
}

bool value_parse(const struct value_home *home, const struct gotype *t, const char **at,
	uint8_t *out, const char *what, struct error *err)
{
	struct value_home whole = *home;
	struct reader r = { .home = &whole, .at = at, .what = what, .err = err };

	whole.whole = t;
	memset(out, 0, (size_t)t->size);
	if (!literal_value(&r, t, out))
		return false;
	if (!literal_ends(*r.at))
		return fail(err, "%s: \"%.*s\" behind the literal is not understood", what,
			literal_length(*r.at), *r.at);
	return true;
}
