/* SPDX-License-Identifier: MIT */
/* Layout and properties of Go types; the reading is in gotype_parse.c and what it calls. */
#include "model/go/gotype_parse.h"

#include <string.h>

static uint64_t round_up(uint64_t n, uint64_t align)
{
	return (n + align - 1) / align * align;
}

static const struct {
	const char *name;
	uint8_t size;  /* 0: one word */
	uint8_t wide;  /* aligned like 64-bit integers */
	uint8_t alg;
} basics[KIND_BASIC_COUNT] = {
	[KIND_BOOL] = { "bool", 1, 0, ALG_MEM },
	[KIND_INT] = { "int", 0, 0, ALG_MEM },
	[KIND_INT8] = { "int8", 1, 0, ALG_MEM },
	[KIND_INT16] = { "int16", 2, 0, ALG_MEM },
	[KIND_INT32] = { "int32", 4, 0, ALG_MEM },
	[KIND_INT64] = { "int64", 8, 1, ALG_MEM },
	[KIND_UINT] = { "uint", 0, 0, ALG_MEM },
	[KIND_UINT8] = { "uint8", 1, 0, ALG_MEM },
	[KIND_UINT16] = { "uint16", 2, 0, ALG_MEM },
	[KIND_UINT32] = { "uint32", 4, 0, ALG_MEM },
	[KIND_UINT64] = { "uint64", 8, 1, ALG_MEM },
	[KIND_UINTPTR] = { "uintptr", 0, 0, ALG_MEM },
	[KIND_FLOAT32] = { "float32", 4, 0, ALG_FLOAT32 },
	[KIND_FLOAT64] = { "float64", 8, 1, ALG_FLOAT64 },
	[KIND_COMPLEX64] = { "complex64", 8, 0, ALG_COMPLEX64 },
	[KIND_COMPLEX128] = { "complex128", 16, 1, ALG_COMPLEX128 },
	[KIND_STRING] = { "string", 0, 0, ALG_STRING },
};

bool gotype_basic_kind(const char *name, size_t len, enum gotype_kind *kind)
{
	unsigned k = 0;

	while (k < KIND_BASIC_COUNT && !text_is(name, len, basics[k].name))
		k++;
	*kind = text_is(name, len, "byte") ? KIND_UINT8 : text_is(name, len, "rune") ? KIND_INT32
		: (enum gotype_kind)k;
	return *kind < KIND_BASIC_COUNT;
}

static void lay_out_basic(struct gotype *t)
{
	const struct target *target = t->target;

	t->alg = (enum gotype_alg)basics[t->kind].alg;
	t->size = basics[t->kind].size ? basics[t->kind].size : target->ptrsize;
	t->align = (unsigned)t->size;
	if (basics[t->kind].wide)
		t->align = target->wide_align;
	if (t->kind == KIND_COMPLEX64)
		t->align = 4;
	if (t->kind == KIND_STRING) {
		t->size = 2 * target->ptrsize;
		t->align = target->ptrsize;
		t->pointers = true;
		t->key_update = true;
	}
	if (t->kind >= KIND_FLOAT32 && t->kind <= KIND_COMPLEX128) {
		t->reflexive = false;
		t->key_update = true;
	}
}

static bool too_large(const struct gotype *t, struct error *err)
{
	return fail(err, "type %.200s larger than address space", t->name);
}

static bool lay_out_array(struct gotype *t, struct error *err)
{
	const struct gotype *e = t->elem;
	uint64_t parts;

	if (e->size && t->len > t->target->max_type / e->size)
		return too_large(t, err);
	t->size = e->size * t->len;
	t->align = e->align;
	t->pointers = t->len > 0 && e->pointers;
	t->reflexive = e->reflexive;
	t->key_update = e->key_update;
	t->padding = t->len * e->padding;
	parts = t->len > UINT32_MAX ? UINT32_MAX : t->len * e->parts;
	t->parts = parts > UINT32_MAX ? UINT32_MAX : (uint32_t)parts;
	if (e->alg == ALG_NONE || e->alg == ALG_MEM)
		t->alg = e->alg;
	else if (t->len == 0)
		t->alg = ALG_MEM;
	else
		t->alg = t->len == 1 ? e->alg : ALG_SPECIAL;
	return true;
}

bool gotype_hash_may_panic(const struct gotype *t)
{
	if (gotype_is_interface(t))
		return true;
	if (t->kind == KIND_ARRAY)
		return gotype_hash_may_panic(t->elem);
	for (unsigned i = 0; t->kind == KIND_STRUCT && i < t->nfields; i++)
		if (gotype_hash_may_panic(t->fields[i].type))
			return true;
	return false;
}

bool gotype_padded_field(const struct gotype *t, unsigned i)
{
	uint64_t end = i + 1 < t->nfields ? t->fields[i + 1].offset : t->size;

	return t->fields[i].offset + t->fields[i].type->size != end;
}

static enum gotype_alg struct_alg(const struct gotype *t)
{
	enum gotype_alg alg = ALG_MEM;

	if (t->nfields == 1 && strcmp(t->fields[0].name, "_") != 0)
		return t->fields[0].type->alg;
	for (unsigned i = 0; i < t->nfields; i++) {
		const struct gotype_field *f = &t->fields[i];

		if (f->type->alg == ALG_NONE)
			return ALG_NONE;
		if (f->type->alg != ALG_MEM || strcmp(f->name, "_") == 0 ||
			gotype_padded_field(t, i))
			alg = ALG_SPECIAL;
	}
	return alg;
}

/* sync/atomic's mark for structs that hold 64-bit numbers: Go's compiler knows it by name. */
static bool aligns_to_8(const struct gotype *t)
{
	return t->named &&
		strcmp(t->path_name ? t->path_name : t->name, "sync/atomic.align64") == 0;
}

static bool lay_out_struct(struct gotype *t, struct error *err)
{
	uint64_t offset = 0, used = 0, parts = 0;

	t->align = aligns_to_8(t) ? 8 : 1;
	for (unsigned i = 0; i < t->nfields; i++) {
		struct gotype_field *f = &t->fields[i];

		offset = round_up(offset, f->type->align);
		f->offset = offset;
		offset += f->type->size;
		if (offset > t->target->max_type)
			return too_large(t, err);
		if (f->type->align > t->align)
			t->align = f->type->align;
		t->pointers |= f->type->pointers;
		t->reflexive &= f->type->reflexive;
		t->key_update |= f->type->key_update;
		used += f->type->size - f->type->padding;
		parts += f->type->parts;
	}
	/* A final field without size gets a byte, so that its address is inside the struct. */
	if (t->nfields && offset > 0 && t->fields[t->nfields - 1].type->size == 0)
		offset++;
	t->size = round_up(offset, t->align);
	t->padding = t->size - used;
	t->parts = parts > UINT32_MAX ? UINT32_MAX : parts ? (uint32_t)parts : 1;
	t->alg = struct_alg(t);
	return true;
}

/* All that the parts have nothing to do with. */
static void lay_out_words(struct gotype *t)
{
	unsigned word = t->target->ptrsize;

	t->reflexive = true;
	t->size = word;
	t->align = word;
	t->parts = 1;
	switch (t->kind) {
	case KIND_UNSAFE_POINTER:
	case KIND_POINTER:
	case KIND_CHAN:
		t->alg = ALG_MEM;
		t->pointers = true;
		break;
	case KIND_FUNC:
	case KIND_MAP:
		t->alg = ALG_NONE;
		t->pointers = true;
		break;
	case KIND_SLICE:
		t->alg = ALG_NONE;
		t->pointers = true;
		t->size = 3 * word;
		break;
	case KIND_ANY:
	case KIND_ERROR:
	case KIND_INTERFACE:
		t->alg = t->kind == KIND_ANY ? ALG_NILINTER : ALG_INTER;
		t->pointers = true;
		t->size = 2 * word;
		t->reflexive = false;
		t->key_update = true;
		break;
	case KIND_UNKNOWN:
		t->size = 0;
		t->unknown = t;
		break;
	default:
		if (t->kind < KIND_BASIC_COUNT)
			lay_out_basic(t);
	}
}

/* The part that is missing for a layout: one of those that are stored in the value itself. */
static const struct gotype *unknown_part(const struct gotype *t)
{
	if (t->kind == KIND_ARRAY)
		return t->elem->unknown;
	for (unsigned i = 0; t->kind == KIND_STRUCT && i < t->nfields; i++)
		if (t->fields[i].type->unknown)
			return t->fields[i].type->unknown;
	return NULL;
}

static bool lay_out_parts(struct gotype *t, unsigned depth, struct error *err)
{
	if (t->kind == KIND_ARRAY)
		return gotype_lay_out(t->elem, depth, err);
	for (unsigned i = 0; t->kind == KIND_STRUCT && i < t->nfields; i++)
		if (!gotype_lay_out(t->fields[i].type, depth, err))
			return false;
	return true;
}

enum { NOT_YET, UNDER_WAY, LAID_OUT }; /* gotype.progress */

bool gotype_lay_out(struct gotype *t, unsigned depth, struct error *err)
{
	if (t->progress == LAID_OUT)
		return true;
	if (t->progress == UNDER_WAY)
		return fail(err, "invalid recursive type %.200s", t->name);
	if (depth > NESTED_MOST)
		return fail(err, "type %.200s is nested more than %d deep", t->name, NESTED_MOST);
	t->progress = UNDER_WAY;
	if (!lay_out_parts(t, depth + 1, err))
		return false;
	t->progress = LAID_OUT;
	lay_out_words(t);
	if (t->kind != KIND_ARRAY && t->kind != KIND_STRUCT)
		return true;
	t->unknown = unknown_part(t);
	if (t->unknown) {
		t->size = 0;
		return true;
	}
	return t->kind == KIND_ARRAY ? lay_out_array(t, err) : lay_out_struct(t, err);
}

bool gotype_known(const struct gotype *t, struct error *err)
{
	if (!t->unknown)
		return true;
	return fail(err, "undefined: %.100s%s%.100s", t->unknown->name,
		t->unknown == t ? "" : ", a part of ", t->unknown == t ? "" : t->name);
}

/* The basic types of both word sizes and alignments, made once, read-only afterwards. */
const struct gotype *gotype_basic(enum gotype_kind kind, const struct target *target)
{
	static struct gotype made[16][KIND_BASIC_COUNT];
	unsigned row = 0;
	struct gotype *t;

	while (target_at(row) != target)
		row++;
	t = &made[row][kind];
	if (!t->target) {
		t->kind = kind;
		t->name = (char *)(uintptr_t)basics[kind].name;
		t->target = target;
		lay_out_words(t);
		t->progress = LAID_OUT;
	}
	return t;
}

void gotype_bytes(const struct gotype *t, uint8_t *what)
{
	unsigned word = t->target->ptrsize;

	if (t->size == 0)
		return;
	switch (t->kind) {
	case KIND_ARRAY:
		for (uint64_t i = 0; i < t->len; i++)
			gotype_bytes(t->elem, what + i * t->elem->size);
		return;
	case KIND_STRUCT:
		memset(what, BYTE_PADDING, t->size);
		for (unsigned i = 0; i < t->nfields; i++)
			gotype_bytes(t->fields[i].type, what + t->fields[i].offset);
		return;
	default:
		memset(what, BYTE_DATA, t->size);
		if (gotype_is_interface(t))
			memset(what, BYTE_POINTER, t->size);
		else if (t->pointers)
			memset(what, BYTE_POINTER, word);
	}
}
