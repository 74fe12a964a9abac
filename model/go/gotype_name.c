/* SPDX-License-Identifier: MIT */
/* Names of types, as runtime type descriptors and %T have them. */
#include "model/go/gotype_parse.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

static const char *part_name(const struct gotype *t, bool path)
{
	return path && t->path_name ? t->path_name : t->name;
}

static void add_params(struct text *out, const struct gotype *t, bool path)
{
	text_addc(out, '(');
	for (uint64_t i = 0; i < t->len; i++) {
		const struct gotype *p = t->fields[i].type;
		bool rest = t->variadic && i + 1 == t->len;

		text_printf(out, "%s%s%s", i ? ", " : "", rest ? "..." : "",
			part_name(rest ? p->elem : p, path));
	}
	text_addc(out, ')');
}

static void add_results(struct text *out, const struct gotype *t, bool path)
{
	uint64_t n = t->nfields - t->len;

	text_add(out, n == 0 ? "" : n == 1 ? " " : " (");
	for (uint64_t i = t->len; i < t->nfields; i++)
		text_printf(out, "%s%s", i > t->len ? ", " : "",
			part_name(t->fields[i].type, path));
	text_add(out, n > 1 ? ")" : "");
}

/* The name that a reader gives to a field: that of an embedded one is its type's. */
static const char *read_name(const struct gotype_field *f, size_t *len)
{
	const char *name = f->name;

	if (f->embedded) {
		embedded_name(f->type->name, &name, len);
		return name;
	}
	*len = strlen(name);
	return name;
}

static bool same_name(const char *name, size_t len, const struct gotype_field *f)
{
	size_t n;
	const char *other = read_name(f, &n);

	return n == len && memcmp(name, other, n) == 0;
}

/*
 * Whether Go's way of writing an embedded alias, as the type that it stands for, makes two fields
 * of one name: "struct { int32; int32 }" for struct{rune; int32}.
 */
static bool is_ambiguous(const struct gotype *t, unsigned field)
{
	size_t n;
	const char *name = read_name(&t->fields[field], &n);

	if (text_is(name, n, t->fields[field].name))
		return false;
	for (unsigned i = 0; i < t->nfields; i++)
		if (i != field && same_name(name, n, &t->fields[i]))
			return true;
	return false;
}

static void add_struct(struct text *out, const struct gotype *t, bool path)
{
	text_add(out, t->nfields ? "struct { " : "struct {}");
	for (unsigned i = 0; i < t->nfields; i++) {
		const struct gotype_field *f = &t->fields[i];

		text_add(out, i ? "; " : "");
		if (!f->embedded)
			text_printf(out, "%s %s", f->name, part_name(f->type, path));
		else if (is_ambiguous(t, i))
			text_printf(out, "%s%s", f->type->name[0] == '*' ? "*" : "", f->name);
		else
			text_add(out, part_name(f->type, path));
		if (f->tag)
			text_printf(out, " %s", f->tag);
	}
	text_add(out, t->nfields ? " }" : "");
}

static void add_interface(struct text *out, const struct gotype *t, bool path)
{
	text_add(out, t->nfields ? "interface { " : "interface {}");
	for (unsigned i = 0; i < t->nfields; i++) {
		const struct gotype_field *f = &t->fields[i];

		text_add(out, i ? "; " : "");
		if (!f->name) {
			text_add(out, part_name(f->type, path));
			continue;
		}
		text_add(out, f->name);
		add_params(out, f->type, path);
		add_results(out, f->type, path);
	}
	text_add(out, t->nfields ? " }" : "");
}

/* An arrow belongs to the leftmost chan that it can belong to. */
static void add_chan(struct text *out, const struct gotype *t, bool path)
{
	const char *elem = part_name(t->elem, path);
	bool apart = t->len == CHAN_BOTH && !t->elem->named && strncmp(elem, "<-", 2) == 0;

	text_add(out, t->len == CHAN_BOTH ? "chan " : t->len == CHAN_SEND ? "chan<- " : "<-chan ");
	text_printf(out, "%s%s%s", apart ? "(" : "", elem, apart ? ")" : "");
}

static void add_name(struct text *out, const struct gotype *t, bool path)
{
	switch (t->kind) {
	case KIND_UNSAFE_POINTER:
		text_add(out, "unsafe.Pointer");
		break;
	case KIND_POINTER:
		text_printf(out, "*%s", part_name(t->elem, path));
		break;
	case KIND_SLICE:
		text_printf(out, "[]%s", part_name(t->elem, path));
		break;
	case KIND_ARRAY:
		text_printf(out, "[%llu]%s", (unsigned long long)t->len, part_name(t->elem, path));
		break;
	case KIND_MAP:
		text_printf(out, "map[%s]%s", part_name(t->key, path), part_name(t->elem, path));
		break;
	case KIND_CHAN:
		add_chan(out, t, path);
		break;
	case KIND_FUNC:
		text_add(out, "func");
		add_params(out, t, path);
		add_results(out, t, path);
		break;
	case KIND_STRUCT:
		add_struct(out, t, path);
		break;
	case KIND_ANY:
	case KIND_INTERFACE:
		add_interface(out, t, path);
		break;
	case KIND_ERROR:
		text_add(out, "error");
		break;
	default:
		if (t->kind < KIND_BASIC_COUNT)
			text_add(out, gotype_basic(t->kind, t->target)->name);
	}
}

void gotype_set_names(struct gotype *t)
{
	struct text name = { 0 }, path = { 0 };

	add_name(&name, t, false);
	add_name(&path, t, true);
	t->name = name.s;
	if (strcmp(name.s, path.s) != 0)
		t->path_name = path.s;
	else
		text_free(&path);
}

bool gotype_identical(const struct gotype *a, const struct gotype *b)
{
	return strcmp(part_name(a, true), part_name(b, true)) == 0;
}

/* The name that the type would have without a name of its own. */
static char *bare_name(const struct gotype *t)
{
	struct text name = { 0 };

	add_name(&name, t, true);
	return name.s ? name.s : xstrdup("");
}

bool gotype_alike(const struct gotype *a, const struct gotype *b)
{
	char *x = bare_name(a), *y = bare_name(b);
	bool alike = a->kind == b->kind && strcmp(x, y) == 0;

	free(x);
	free(y);
	return alike;
}

/* The basic types have names too. */
static bool has_name(const struct gotype *t)
{
	return t->named || t->kind < KIND_BASIC_COUNT;
}

bool gotype_assignable(const struct gotype *to, const struct gotype *from)
{
	return gotype_identical(to, from) ||
		((!has_name(to) || !has_name(from)) && gotype_alike(to, from));
}
