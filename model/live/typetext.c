/* SPDX-License-Identifier: MIT */
#include "model/live/typetext.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

enum {
	DEPTH_MOST = 24, FIELDS_MOST = 4096, TEXT_MOST = 60000,
	NAMED_MOST = 4096,
	POINTEES_MOST = 256,      /* declared types that only pointers lead to */
};

static const char *const basic[RKIND_COUNT] = {
	[RKIND_BOOL] = "bool", [RKIND_INT] = "int", [RKIND_INT8] = "int8",
	[RKIND_INT16] = "int16", [RKIND_INT32] = "int32", [RKIND_INT64] = "int64",
	[RKIND_UINT] = "uint", [RKIND_UINT8] = "uint8", [RKIND_UINT16] = "uint16",
	[RKIND_UINT32] = "uint32", [RKIND_UINT64] = "uint64", [RKIND_UINTPTR] = "uintptr",
	[RKIND_FLOAT32] = "float32", [RKIND_FLOAT64] = "float64",
	[RKIND_COMPLEX64] = "complex64", [RKIND_COMPLEX128] = "complex128",
	[RKIND_STRING] = "string", [RKIND_UNSAFE_POINTER] = "unsafe.Pointer",
};

/* A type that is called by its name: once its declaration was written, or never will be. */
struct named {
	uint64_t type;
	char *name;               /* "netip.Addr", owned */
	bool apart;               /* values of it are only pointed to: it need not be declared */
	bool done;
};

struct writing {
	const struct rtypes *r;
	bool by_name;
	struct named *list;       /* owned */
	size_t count, cap;
	struct error *err;
};

/* Where a type stands. */
struct spot_in {
	unsigned depth;
	bool apart;               /* behind a pointer: no value of it is looked at */
};

static struct spot_in below(struct spot_in in, bool apart)
{
	return (struct spot_in){ in.depth + 1, in.apart || apart };
}

static bool add(struct writing *w, uint64_t type, struct spot_in in, struct text *out);

/* Whether the name is known to be this type's, from now on. */
static bool enter(struct writing *w, uint64_t type, const char *name, bool apart)
{
	for (size_t i = 0; i < w->count; i++) {
		if (w->list[i].type == type) {
			w->list[i].apart &= apart;
			return true;
		}
		if (strcmp(w->list[i].name, name) == 0)
			return false;
	}
	if (w->count == NAMED_MOST)
		return false;
	xadd(w->list, w->count, w->cap,
		(struct named){ .type = type, .name = xstrdup(name), .apart = apart });
	return true;
}

/* "main.rec", "main.set[string]": a name of a package, not one of the language. */
static bool is_qualified(const char *name)
{
	return name[strcspn(name, ".[ ")] == '.';
}

/* Adds the type's name where it has one that can stand for it. */
static bool add_name(struct writing *w, const struct rtype *t, bool apart, struct text *out)
{
	char *name = w->by_name && t->named && t->kind != RKIND_UNSAFE_POINTER ?
		rtype_name(w->r, t) : NULL;
	bool ok = name && is_qualified(name) && enter(w, t->at, name, apart);

	if (ok)
		text_add(out, name);
	free(name);
	return ok;
}

static bool add_field(struct writing *w, const struct rtype *t, uint64_t i, struct spot_in in,
	struct text *out)
{
	struct rtype type;
	struct rfield f;

	if (!rtype_field(w->r, t, i, &f) || !rtype_read(w->r, f.type, &type))
		return fail(w->err, "a field that cannot be read");
	if (f.embedded && add_name(w, &type, in.apart, out))
		return true;
	if (!rtype_add_name(w->r, f.name, out))
		return fail(w->err, "a field that cannot be read");
	text_addc(out, ' ');
	return add(w, f.type, below(in, false), out);
}

static bool add_struct(struct writing *w, const struct rtype *t, struct spot_in in,
	struct text *out)
{
	if (t->nfields > FIELDS_MOST)
		return fail(w->err, "a struct of too many fields");
	text_add(out, "struct {");
	for (uint64_t i = 0; i < t->nfields; i++) {
		text_add(out, i ? "; " : " ");
		if (!add_field(w, t, i, in, out))
			return false;
	}
	text_add(out, t->nfields ? " }" : "}");
	return true;
}

/* A func's name is its signature. */
static char *signature(struct writing *w, uint64_t type)
{
	struct rtype t;
	char *name = rtype_read(w->r, type, &t) && t.kind == RKIND_FUNC ? rtype_name(w->r, &t) :
		NULL;

	if (name && strncmp(name, "func(", 5) == 0)
		return name;
	free(name);
	return NULL;
}

static bool add_methods(struct writing *w, const struct rtype *t, struct text *out)
{
	uint64_t name, type;

	for (uint64_t i = 0; i < t->nfields && i < FIELDS_MOST; i++) {
		char *says;

		text_add(out, i ? "; " : " ");
		if (!rtype_method(w->r, t, i, &name, &type) || !rtype_add_name(w->r, name, out))
			return fail(w->err, "a method that cannot be read");
		says = signature(w, type);
		text_add(out, says ? says + 4 : "()");
		free(says);
	}
	return true;
}

/* A plain text names one method: of what is in an interface none is called. */
static bool add_interface(struct writing *w, const struct rtype *t, struct text *out)
{
	char *name = rtype_name(w->r, t);
	bool is_error = name && strcmp(name, "error") == 0, ok = true;

	free(name);
	if (!t->nfields || is_error) {
		text_add(out, is_error ? "error" : "any");
		return true;
	}
	text_add(out, "interface {");
	if (w->by_name)
		ok = add_methods(w, t, out);
	else
		text_add(out, " Method()");
	text_add(out, " }");
	return ok;
}

/* One word that is a pointer, by its own name where that is plain. */
static void add_word(struct writing *w, const struct rtype *t, struct text *out)
{
	char *name = rtype_name(w->r, t);
	bool plain = name && t->kind == RKIND_POINTER && !t->named &&
		strspn(name, "*abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.0123456789") ==
			strlen(name);

	text_add(out, plain ? name : t->kind == RKIND_FUNC ? "func()" : "unsafe.Pointer");
	free(name);
}

static bool add_map(struct writing *w, const struct rtype *t, struct spot_in in, struct text *out)
{
	struct spot_in parts = below(in, in.depth > 0);

	text_add(out, "map[");
	if (!add(w, t->key, parts, out))
		return false;
	text_addc(out, ']');
	return add(w, t->elem, parts, out);
}

/* An arrow would belong to the leftmost chan: chan (<-chan T). */
static bool add_chan(struct writing *w, const struct rtype *t, struct spot_in in, struct text *out)
{
	struct rtype elem;
	bool apart = rtype_read(w->r, t->elem, &elem) && elem.kind == RKIND_CHAN && !elem.named;

	text_add(out, t->way == 1 ? "<-chan " : t->way == 2 ? "chan<- " : "chan ");
	text_add(out, apart ? "(" : "");
	if (!add(w, t->elem, below(in, true), out))
		return false;
	text_add(out, apart ? ")" : "");
	return true;
}

/* What leads to another type, whose values nobody looks at from here. */
static bool add_leading(struct writing *w, const struct rtype *t, struct spot_in in,
	struct text *out)
{
	char *says;

	if (!w->by_name) {
		add_word(w, t, out);
		return true;
	}
	switch (t->kind) {
	case RKIND_POINTER:
		text_addc(out, '*');
		return add(w, t->elem, below(in, true), out);
	case RKIND_CHAN:
		return add_chan(w, t, in, out);
	case RKIND_MAP:
		return add_map(w, t, in, out);
	default:
		says = signature(w, t->at);
		text_add(out, says ? says : "func()");
		free(says);
		return true;
	}
}

/* What the type was declared as. */
static bool add_body(struct writing *w, const struct rtype *t, struct spot_in in, struct text *out)
{
	if (basic[t->kind]) {
		text_add(out, basic[t->kind]);
		return true;
	}
	switch (t->kind) {
	case RKIND_ARRAY:
		text_printf(out, "[%" PRIu64 "]", t->len);
		return add(w, t->elem, below(in, false), out);
	case RKIND_SLICE:
		text_add(out, "[]");
		return add(w, t->elem, below(in, false), out);
	case RKIND_STRUCT:
		return add_struct(w, t, in, out);
	case RKIND_INTERFACE:
		return add_interface(w, t, out);
	case RKIND_MAP:
		return in.depth == 0 ? add_map(w, t, in, out) : add_leading(w, t, in, out);
	default:
		return add_leading(w, t, in, out);
	}
}

static bool add(struct writing *w, uint64_t type, struct spot_in in, struct text *out)
{
	struct rtype t;

	if (in.depth == DEPTH_MOST || out->len > TEXT_MOST)
		return fail(w->err, "a type that is too deep");
	if (!rtype_read(w->r, type, &t))
		return fail(w->err, "a type that cannot be read");
	return add_name(w, &t, in.apart, out) || add_body(w, &t, in, out);
}

/* The package's path before its name where types of the one are seen under the other. */
static void add_declared_name(struct writing *w, const struct rtype *t, const char *name,
	struct text *out)
{
	size_t n = strcspn(name, ".");
	char *path = rtype_package(w->r, t);

	if (path && declared_package(path, name, n) && path[strspn(path, "0123456789"
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_./-")] == '\0')
		text_printf(out, "%s%s", path, name + n);
	else
		text_add(out, name);
	free(path);
}

static bool declare(struct writing *w, size_t i, struct declared *declared)
{
	struct spot_in in = { 0, w->list[i].apart };
	struct text text = { 0 };
	struct rtype t;
	bool ok = rtype_read(w->r, w->list[i].type, &t), changed;

	w->list[i].done = true;
	if (ok) {
		add_declared_name(w, &t, w->list[i].name, &text);
		text_addc(&text, ' ');
		ok = add_body(w, &t, in, &text) && declared_add_type(declared, text_str(&text),
			"main", NULL, &changed, w->err);
	}
	text_free(&text);
	return ok;
}

/* The types of values first, as declaring others must not keep them from it. */
static bool declare_all(struct writing *w, struct declared *declared)
{
	for (int apart = 0; apart < 2; apart++)
		for (size_t i = 0; i < w->count && (!apart || declared->count < POINTEES_MOST); i++)
			if (!w->list[i].done && (apart || !w->list[i].apart) &&
				!declare(w, i, declared))
				return false;
	return true;
}

bool typetext_named(const struct rtypes *r, uint64_t type, struct text *out,
	struct declared *declared, struct error *err)
{
	struct writing w = { .r = r, .by_name = true, .err = err };
	bool ok = add(&w, type, (struct spot_in){ 0 }, out) && declare_all(&w, declared);

	for (size_t i = 0; i < w.count; i++)
		free(w.list[i].name);
	free(w.list);
	return ok;
}

bool typetext_plain(const struct rtypes *r, uint64_t type, struct text *out, struct error *err)
{
	struct writing w = { .r = r, .err = err };

	return add(&w, type, (struct spot_in){ 0 }, out);
}
