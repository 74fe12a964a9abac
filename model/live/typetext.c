/* SPDX-License-Identifier: MIT */
#include "model/live/typetext.h"

#include <inttypes.h>
#include <stdlib.h>

enum { DEPTH_MOST = 24, FIELDS_MOST = 4096, TEXT_MOST = 60000 };

static const char *const names[RKIND_COUNT] = {
	[RKIND_BOOL] = "bool", [RKIND_INT] = "int", [RKIND_INT8] = "int8",
	[RKIND_INT16] = "int16", [RKIND_INT32] = "int32", [RKIND_INT64] = "int64",
	[RKIND_UINT] = "uint", [RKIND_UINT8] = "uint8", [RKIND_UINT16] = "uint16",
	[RKIND_UINT32] = "uint32", [RKIND_UINT64] = "uint64", [RKIND_UINTPTR] = "uintptr",
	[RKIND_FLOAT32] = "float32", [RKIND_FLOAT64] = "float64",
	[RKIND_COMPLEX64] = "complex64", [RKIND_COMPLEX128] = "complex128",
	[RKIND_STRING] = "string", [RKIND_UNSAFE_POINTER] = "unsafe.Pointer",
};

static bool add(const struct rtypes *r, uint64_t type, unsigned depth, struct text *out,
	struct error *err);

static bool add_struct(const struct rtypes *r, const struct rtype *t, unsigned depth,
	struct text *out, struct error *err)
{
	struct rfield f;

	if (t->nfields > FIELDS_MOST)
		return fail(err, "a struct of too many fields");
	text_add(out, "struct {");
	for (uint64_t i = 0; i < t->nfields; i++) {
		text_add(out, i ? "; " : " ");
		if (!rtype_field(r, t, i, &f) || !rtype_add_name(r, f.name, out))
			return fail(err, "a field that cannot be read");
		text_addc(out, ' ');
		if (!add(r, f.type, depth + 1, out, err))
			return false;
	}
	text_add(out, t->nfields ? " }" : "}");
	return true;
}

/* Its methods' names are not looked at: of what is in it none is called. */
static void add_interface(const struct rtypes *r, const struct rtype *t, struct text *out)
{
	char *name = rtype_name(r, t);

	if (!t->nfields)
		text_add(out, "any");
	else if (name && strcmp(name, "error") == 0)
		text_add(out, "error");
	else
		text_add(out, "interface { Method() }");
	free(name);
}

/* One word that is a pointer, by its own name where that is plain. */
static void add_pointer(const struct rtypes *r, const struct rtype *t, struct text *out)
{
	char *name = rtype_name(r, t);
	bool plain = name && t->kind == RKIND_POINTER && !t->named &&
		strspn(name, "*abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.0123456789") ==
			strlen(name);

	text_add(out, plain ? name : t->kind == RKIND_FUNC ? "func()" : "unsafe.Pointer");
	free(name);
}

static bool add(const struct rtypes *r, uint64_t type, unsigned depth, struct text *out,
	struct error *err)
{
	struct rtype t;

	if (depth == DEPTH_MOST || out->len > TEXT_MOST)
		return fail(err, "a type that is too deep");
	if (!rtype_read(r, type, &t))
		return fail(err, "a type that cannot be read");
	if (names[t.kind]) {
		text_add(out, names[t.kind]);
		return true;
	}
	switch (t.kind) {
	case RKIND_ARRAY:
		text_printf(out, "[%" PRIu64 "]", t.len);
		return add(r, t.elem, depth + 1, out, err);
	case RKIND_SLICE:
		text_add(out, "[]");
		return add(r, t.elem, depth + 1, out, err);
	case RKIND_STRUCT:
		return add_struct(r, &t, depth, out, err);
	case RKIND_INTERFACE:
		add_interface(r, &t, out);
		return true;
	case RKIND_MAP:
		if (depth > 0) {
			add_pointer(r, &t, out);
			return true;
		}
		text_add(out, "map[");
		if (!add(r, t.key, depth + 1, out, err))
			return false;
		text_addc(out, ']');
		return add(r, t.elem, depth + 1, out, err);
	default:
		add_pointer(r, &t, out);
		return true;
	}
}

bool typetext_add(const struct rtypes *r, uint64_t type, struct text *out, struct error *err)
{
	return add(r, type, 0, out, err);
}
