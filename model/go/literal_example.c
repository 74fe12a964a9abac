/* SPDX-License-Identifier: MIT */
/* What a literal of a type looks like, for messages: all of it is taken when it is typed. */
#include "model/go/literal_parts.h"

#include <string.h>

enum { DEEP = 3, SHOWN = 2, HEX_MOST = 64 };

static void add_one(const struct gotype *t, unsigned depth, struct text *out);

static const char *scalar(const struct gotype *t)
{
	if (gotype_is_int(t))
		return "42";
	switch (t->kind) {
	case KIND_BOOL:
		return "true";
	case KIND_FLOAT32:
	case KIND_FLOAT64:
		return "1.5";
	case KIND_COMPLEX64:
	case KIND_COMPLEX128:
		return "(1+2i)";
	case KIND_STRING:
		return "\"text\"";
	case KIND_ANY:
		return "42";
	default:
		return "nil";
	}
}

static void add_array(const struct gotype *t, unsigned depth, struct text *out)
{
	uint64_t n = t->kind == KIND_ARRAY && t->len < SHOWN ? t->len : SHOWN;

	text_addc(out, '{');
	for (uint64_t i = 0; i < n && depth < DEEP && !t->elem->unknown; i++) {
		text_add(out, i ? ", " : "");
		add_one(t->elem, depth + 1, out);
	}
	text_addc(out, '}');
}

/* The first fields, by their names. */
static void add_struct(const struct gotype *t, unsigned depth, struct text *out)
{
	unsigned n = 0;

	text_addc(out, '{');
	for (unsigned i = 0; i < t->nfields && n < SHOWN && depth < DEEP; i++) {
		const struct gotype_field *f = &t->fields[i];

		if (strcmp(f->name, "_") == 0)
			continue;
		text_printf(out, "%s%s: ", n++ ? ", " : "", f->name);
		add_one(f->type, depth + 1, out);
	}
	text_addc(out, '}');
}

static void add_one(const struct gotype *t, unsigned depth, struct text *out)
{
	if (t->kind == KIND_ARRAY || t->kind == KIND_SLICE)
		add_array(t, depth, out);
	else if (t->kind == KIND_STRUCT)
		add_struct(t, depth, out);
	else
		text_add(out, scalar(t));
}

void literal_example(const struct gotype *t, struct text *out)
{
	const char *address = t->target->ptrsize == 8 ? "0xc000012040" : "0x8412040";

	if (gotype_is_int(t))
		text_add(out, "42 or 0x2a");
	else if (gotype_is_pointer(t) && t->kind == KIND_POINTER && literal_is_list(t->elem) &&
		!t->elem->unknown)
		text_printf(out, "nil, &%s{} or an address such as %s", t->elem->name, address);
	else if (gotype_is_pointer(t))
		text_printf(out, "nil or an address such as %s", address);
	else if (t->kind == KIND_BOOL)
		text_add(out, "true or false");
	else if (t->kind == KIND_FLOAT32 || t->kind == KIND_FLOAT64)
		text_add(out, "1.5, -0.0, +Inf or NaN");
	else if (t->kind == KIND_ERROR)
		text_add(out, "nil or \"text\"");
	else if (t->kind == KIND_SLICE && t->elem->kind == KIND_UINT8)
		text_printf(out, "nil, {42, 42}, 0x2a2a or []byte(\"text\")");
	else if (t->kind == KIND_SLICE)
		text_add(out, "nil or "), add_one(t, 0, out);
	else
		add_one(t, 0, out);
	if (t->kind == KIND_ARRAY && t->elem->kind == KIND_UINT8 && t->len && t->len <= HEX_MOST)
		text_printf(out, ", or as 0x and %llu digits", 2 * (unsigned long long)t->len);
}
