/* SPDX-License-Identifier: MIT */
/*
 * Literals of arrays, slices and structs, what they are of being known: {1, 2}, {5: 1}, {A: 1};
 * of byte arrays and slices also their bytes in hexadecimal, 0xc0ffee. Source: the Go
 * specification, "Composite literals"; the words of refusals are the compiler's.
 */
#include "model/go/literal_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/hex.h"
#include "model/base/mem.h"
#include "model/go/gotype_parse.h"

static bool is_bytes(const struct gotype *t)
{
	return t->kind != KIND_STRUCT && t->elem->kind == KIND_UINT8;
}

/* How many digits come behind "0x"; 0 when that does not come. */
static size_t hex_digits(const char *s)
{
	size_t n = 0;

	if (s[0] != '0' || (s[1] | 32) != 'x')
		return 0;
	while (hex_digit(s[2 + n]) >= 0)
		n++;
	return n;
}

static void take_hex(struct reader *r, uint8_t *out, size_t bytes)
{
	const char *s = *r->at + 2;

	for (size_t i = 0; i < bytes; i++)
		out[i] = (uint8_t)(hex_digit(s[2 * i]) << 4 | hex_digit(s[2 * i + 1]));
	*r->at = s + 2 * bytes;
}

/* Lists */

static bool read_open(struct reader *r, const struct gotype *t)
{
	return literal_take(r, '{') || literal_not_a(r, t);
}

/* Before the next value of a list: true when there is one, *end when the list is over. */
static bool read_next(struct reader *r, bool first, bool *end)
{
	*end = literal_take(r, '}');
	if (*end || first)
		return true;
	if (!literal_take(r, ','))
		return fail(r->err, "%s has a \"{\" without its \"}\"", r->what);
	*end = literal_take(r, '}');
	literal_blanks(r);
	return true;
}

/* The indices that a list has given values to, as runs of them. */
struct run {
	uint64_t from, to;
};

struct list {
	const struct gotype *type;
	uint64_t next, end;     /* where the next value goes; how many there are */
	struct run *runs;       /* owned */
	size_t nruns, cap;
};

static bool take_place(struct reader *r, struct list *l, uint64_t i)
{
	struct run *last = l->nruns ? &l->runs[l->nruns - 1] : NULL;

	for (size_t k = 0; k < l->nruns; k++)
		if (i >= l->runs[k].from && i < l->runs[k].to)
			return fail(r->err, "%s: duplicate index %llu in array or slice literal",
				r->what, (unsigned long long)i);
	if (last && last->to == i) {
		last->to++;
	} else {
		xadd(l->runs, l->nruns, l->cap, (struct run){ i, i + 1 });
	}
	l->next = i + 1;
	if (l->next > l->end)
		l->end = l->next;
	return true;
}

/* The key of a value, as in {5: 1}; what has none has the place behind the one before. */
static bool read_place(struct reader *r, struct list *l, uint64_t *i)
{
	const char *start = *r->at;
	bool negative = *start == '-' && isdigit((unsigned char)start[1]), beyond = false;
	bool key;

	*i = l->next;
	r->err->msg[0] = '\0';
	*r->at += negative;
	key = literal_index(r, i, &beyond);
	if (!key && r->err->msg[0])
		return false;
	if (!key || !literal_take(r, ':')) {
		*r->at = start;
		*i = l->next;
		key = false;
	}
	if (key && negative)
		return fail(r->err, "%s: index -%llu must not be negative", r->what,
			(unsigned long long)*i);
	if (l->type->kind == KIND_ARRAY ? *i < l->type->len : !beyond && *i < INT64_MAX)
		return !beyond || fail(r->err, "%s: index %.*s out of bounds", r->what,
			literal_length(start), start);
	if (key)
		return fail(r->err, "%s: index %.*s out of bounds [0:%llu]", r->what,
			(int)strcspn(start, " \t:"), start, (unsigned long long)l->type->len);
	return fail(r->err, "%s: index %llu is out of bounds (>= %llu) of %s", r->what,
		(unsigned long long)*i, (unsigned long long)l->type->len, l->type->name);
}

/* Where value i of the list is to be. */
typedef uint8_t *place(struct reader *r, void *data, uint64_t i);

static bool read_list(struct reader *r, struct list *l, place *where, void *data)
{
	bool end, ok = read_open(r, l->type);
	uint64_t i;

	for (bool first = true; ok; first = false) {
		uint8_t *out;

		ok = read_next(r, first, &end);
		if (!ok || end)
			break;
		ok = read_place(r, l, &i) && take_place(r, l, i);
		out = ok ? where(r, data, i) : NULL;
		ok = out && literal_value(r, l->type->elem, out);
	}
	free(l->runs);
	return ok;
}

/* Arrays */

struct array {
	const struct gotype *type;
	uint8_t *out;
};

static uint8_t *place_in_array(struct reader *r, void *data, uint64_t i)
{
	struct array *a = data;

	(void)r;
	return a->out + i * a->type->elem->size;
}

bool literal_array(struct reader *r, const struct gotype *t, uint8_t *out)
{
	struct list l = { .type = t };
	struct array a = { t, out };
	size_t digits = is_bytes(t) ? hex_digits(*r->at) : 0;

	if (digits == 0)
		return read_list(r, &l, place_in_array, &a);
	if (digits != 2 * t->len)
		return fail(r->err, "%s %.*s has %zu digits: %s takes %llu", r->what,
			literal_length(*r->at), *r->at, digits, t->name,
			2 * (unsigned long long)t->len);
	take_hex(r, out, (size_t)t->len);
	return true;
}

bool literal_open_array(struct reader *r, const struct gotype *t, uint8_t *out)
{
	struct list l = { .type = t };
	struct array a = { t, out };

	if (!read_list(r, &l, place_in_array, &a))
		return false;
	return l.end == t->len ||
		fail(r->err, "%s: cannot use [...]%s{..} (value of type [%llu]%s) as %s value",
			r->what, t->elem->name, (unsigned long long)l.end, t->elem->name, t->name);
}

/* Slices */

struct slice {
	const struct gotype *type;
	uint8_t *values;        /* owned; zero where nothing is yet */
	uint64_t bytes;         /* of them */
};

/* Grows with the highest place so far. */
static uint8_t *place_in_slice(struct reader *r, void *data, uint64_t i)
{
	struct slice *s = data;
	uint64_t size = s->type->elem->size, need, more;

	if (__builtin_mul_overflow(i + 1, size, &need) ||
		!heap_has_room(r->home->heap, need, r->err))
		return fail(r->err, "%s: index %llu is more than memory holds", r->what,
			(unsigned long long)i), NULL;
	if (need > s->bytes) {
		more = need < 2 * s->bytes ? 2 * s->bytes : need;
		s->values = xrealloc(s->values, (size_t)more + 1);
		memset(s->values + s->bytes, 0, (size_t)(more - s->bytes));
		s->bytes = more;
	}
	return s->values ? s->values + i * size : (s->values = xcalloc(1, 1));
}

static bool store_slice(struct reader *r, const struct gotype *t, const uint8_t *values,
	uint64_t len, uint8_t *out)
{
	unsigned w = t->target->ptrsize;
	uint64_t addr = store_room(r->home, len * t->elem->size, t->elem->pointers, r->err);

	if (!addr)
		return false;
	store_bytes(r->home, addr, values, (size_t)(len * t->elem->size));
	store_uint(t->target, out, w, addr);
	store_uint(t->target, out + w, w, len);
	store_uint(t->target, out + 2 * w, w, len);
	return true;
}

/* Bytes in hexadecimal. */
static bool slice_of_hex(struct reader *r, const struct gotype *t, size_t digits, uint8_t *out)
{
	uint8_t *bytes;
	bool ok;

	if (digits % 2)
		return fail(r->err, "%s %.*s has an odd number of digits", r->what,
			literal_length(*r->at), *r->at);
	bytes = xcalloc(1, digits / 2);
	take_hex(r, bytes, digits / 2);
	ok = store_slice(r, t, bytes, digits / 2, out);
	free(bytes);
	return ok;
}

bool literal_slice(struct reader *r, const struct gotype *t, uint8_t *out)
{
	struct list l = { .type = t };
	struct slice s = { .type = t };
	size_t digits = is_bytes(t) ? hex_digits(*r->at) : 0;
	bool ok;

	memset(out, 0, 3 * t->target->ptrsize);
	if (literal_word(r, "nil"))
		return true;
	if (!gotype_known(t->elem, r->err))
		return false;
	if (digits)
		return slice_of_hex(r, t, digits, out);
	ok = read_list(r, &l, place_in_slice, &s) && store_slice(r, t, s.values, l.end, out);
	free(s.values);
	return ok;
}

/* Structs */

/* The length of the name in "name: value"; 0 when no name comes. */
static size_t field_name(const char *s)
{
	size_t n = isdigit((unsigned char)*s) ? 0 : parser_letters(s), end;

	end = n + strspn(s + n, " \t");
	return s[end] == ':' ? n : 0;
}

/* The field that a name stands for; t->nfields when it is none of them. */
static unsigned find_field(const struct gotype *t, const char *name, size_t n)
{
	unsigned i = 0;

	/* Fields with the name "_" cannot be named. */
	while (i < t->nfields && (!text_is(name, n, t->fields[i].name) || text_is(name, n, "_")))
		i++;
	return i;
}

/* The name and the colon, of a struct whose fields are given by their names. */
static bool read_field(struct reader *r, const struct gotype *t, bool *given, unsigned *i)
{
	const char *name = *r->at;
	size_t n = field_name(name);

	if (n == 0)
		return fail(r->err, "%s: mixture of field:value and value elements in struct "
			"literal", r->what);
	*i = find_field(t, name, n);
	if (*i == t->nfields)
		return fail(r->err, "%s: unknown field %.*s in struct literal of type %s", r->what,
			n > 60 ? 60 : (int)n, name, t->name);
	if (given[*i])
		return fail(r->err, "%s: duplicate field name %.*s in struct literal", r->what,
			(int)n, name);
	given[*i] = true;
	*r->at += n;
	return literal_take(r, ':');
}

static bool read_named(struct reader *r, const struct gotype *t, uint8_t *out)
{
	bool *given = xcalloc(t->nfields + 1, sizeof *given), ok = true, end = false;
	unsigned i = 0;

	for (bool first = true; ok; first = false) {
		ok = read_next(r, first, &end);
		if (!ok || end)
			break;
		ok = read_field(r, t, given, &i) &&
			literal_value(r, t->fields[i].type, out + t->fields[i].offset);
	}
	free(given);
	return ok;
}

/* Field by field in their order: all of them, or none for the zero value. */
static bool read_fields(struct reader *r, const struct gotype *t, uint8_t *out)
{
	bool end;

	for (unsigned i = 0;; i++) {
		if (!read_next(r, i == 0, &end))
			return false;
		if (end)
			return i == t->nfields || i == 0 || fail(r->err,
				"%s: too few values in struct literal of type %s", r->what,
				t->name);
		if (i == t->nfields)
			return fail(r->err, "%s: too many values in struct literal of type %s",
				r->what, t->name);
		if (field_name(*r->at))
			return fail(r->err, "%s: mixture of field:value and value elements in "
				"struct literal", r->what);
		if (!literal_value(r, t->fields[i].type, out + t->fields[i].offset))
			return false;
	}
}

bool literal_struct(struct reader *r, const struct gotype *t, uint8_t *out)
{
	if (!read_open(r, t))
		return false;
	literal_blanks(r);
	return field_name(*r->at) ? read_named(r, t, out) : read_fields(r, t, out);
}
