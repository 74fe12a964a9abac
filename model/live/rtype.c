/* SPDX-License-Identifier: MIT */
#include "model/live/rtype.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/live/design.h"

enum {
	KIND_MASK = 31, KIND_DIRECT = 32,     /* the latter up to 1.25, */
	TFLAG_UNCOMMON = 1, TFLAG_EXTRA_STAR = 2, TFLAG_NAMED = 4,
	TFLAG_DIRECT = 32,                    /* this one since then */
	NAME_EMBEDDED = 8,
	NAME_MOST = 1 << 16,
	SIZE_MOST = 1 << 30,
};

static unsigned word_of(const struct rtypes *r)
{
	return r->image->ptrsize;
}

/* Offsets behind size, ptrdata: hash, tflag, align, fieldAlign, kind, equal, gcdata, str. */
static uint64_t head_size(const struct rtypes *r)
{
	return 4u * word_of(r) + 16;
}

uint64_t rtype_own(const struct rtypes *r, uint64_t at, unsigned i)
{
	return at + head_size(r) + (uint64_t)i * word_of(r);
}

bool rtype_own_word(const struct rtypes *r, uint64_t at, unsigned i, uint64_t *value)
{
	return image_word(r->image, rtype_own(r, at, i), value);
}

/* What follows the head, by kind. */
static bool read_parts(const struct rtypes *r, struct rtype *t)
{
	switch (t->kind) {
	case RKIND_ARRAY:
		return rtype_own_word(r, t->at, 0, &t->elem) &&
			rtype_own_word(r, t->at, 2, &t->len);
	case RKIND_CHAN:
		return rtype_own_word(r, t->at, 0, &t->elem) &&
			rtype_own_word(r, t->at, 1, &t->way);
	case RKIND_POINTER:
	case RKIND_SLICE:
		return rtype_own_word(r, t->at, 0, &t->elem);
	case RKIND_MAP:
		return rtype_own_word(r, t->at, 0, &t->key) &&
			rtype_own_word(r, t->at, 1, &t->elem);
	case RKIND_STRUCT: /* the package's path, then a slice */
	case RKIND_INTERFACE:
		return rtype_own_word(r, t->at, 1, &t->fields) &&
			rtype_own_word(r, t->at, 2, &t->nfields);
	default:
		return true;
	}
}

bool rtype_read(const struct rtypes *r, uint64_t at, struct rtype *t)
{
	unsigned w = word_of(r);
	uint64_t flags, kind, align;

	*t = (struct rtype){ .at = at };
	if (at == 0 || at % w || !image_word(r->image, at, &t->size) ||
		!image_word(r->image, at + w, &t->pointers) ||
		!image_uint(r->image, at + 2 * w + 4, 1, &flags) ||
		!image_uint(r->image, at + 2 * w + 5, 1, &align) ||
		!image_uint(r->image, at + 2 * w + 7, 1, &kind))
		return false;
	t->kind = (enum rkind)(kind & KIND_MASK);
	t->align = (unsigned)align;
	t->named = flags & TFLAG_NAMED;
	t->uncommon = flags & TFLAG_UNCOMMON;
	t->direct = r->program->minor >= 26 ? (flags & TFLAG_DIRECT) != 0
					    : (kind & KIND_DIRECT) != 0;
	return t->kind >= RKIND_BOOL && t->kind < RKIND_COUNT && align && align <= 16 &&
		!(align & (align - 1)) && t->size <= SIZE_MOST && t->pointers <= t->size &&
		read_parts(r, t);
}

bool rtype_field(const struct rtypes *r, const struct rtype *t, uint64_t i, struct rfield *f)
{
	unsigned w = word_of(r);
	uint64_t at = t->fields + i * 3 * w, flags;

	if (!image_word(r->image, at, &f->name) || !image_word(r->image, at + w, &f->type) ||
		!image_word(r->image, at + 2 * w, &f->offset) ||
		!image_uint(r->image, f->name, 1, &flags))
		return false;
	f->embedded = flags & NAME_EMBEDDED;
	if (r->program->minor < 19) { /* its lowest bit said whether the field is embedded */
		f->embedded = f->offset & 1;
		f->offset >>= 1;
	}
	return f->offset <= t->size;
}

bool rtype_map(const struct rtypes *r, const struct rtype *t, struct rmap *m)
{
	const struct live_design *design = live_design(r->program->release);
	unsigned links = design->links * word_of(r);
	struct rtype key, elem;
	uint64_t ks, es;

	*m = (struct rmap){ 0 };
	if (t->kind != RKIND_MAP || !rtype_own_word(r, t->at, 2, &m->unit) ||
		!design->type(r, t, m) ||
		!rtype_read(r, t->key, &key) || !rtype_read(r, t->elem, &elem))
		return false;
	ks = m->indirect_key ? word_of(r) : key.size;
	es = m->indirect_elem ? word_of(r) : elem.size;
	return m->keys >= 8 && m->keys + 7ull * m->key_step + ks <= m->size &&
		m->elems + 7ull * m->elem_step + es <= m->size && m->size >= 8 + links;
}

/* Names: a byte of flags, the length as a varint, the text. Source: abi.Name. */
bool rtype_basic(const struct rtypes *r, const struct rtype *t, enum gotype_kind *kind)
{
	static const uint8_t kinds[RKIND_COUNT] = { [RKIND_BOOL] = KIND_BOOL + 1,
		[RKIND_INT] = KIND_INT + 1, [RKIND_INT8] = KIND_INT8 + 1,
		[RKIND_INT16] = KIND_INT16 + 1, [RKIND_INT32] = KIND_INT32 + 1,
		[RKIND_INT64] = KIND_INT64 + 1, [RKIND_UINT] = KIND_UINT + 1,
		[RKIND_UINT8] = KIND_UINT8 + 1, [RKIND_UINT16] = KIND_UINT16 + 1,
		[RKIND_UINT32] = KIND_UINT32 + 1, [RKIND_UINT64] = KIND_UINT64 + 1,
		[RKIND_UINTPTR] = KIND_UINTPTR + 1, [RKIND_FLOAT32] = KIND_FLOAT32 + 1,
		[RKIND_FLOAT64] = KIND_FLOAT64 + 1, [RKIND_COMPLEX64] = KIND_COMPLEX64 + 1,
		[RKIND_COMPLEX128] = KIND_COMPLEX128 + 1, [RKIND_STRING] = KIND_STRING + 1 };
	char *name = kinds[t->kind] ? rtype_name(r, t) : NULL;
	bool basic = name && !strchr(name, '.');

	free(name);
	if (basic)
		*kind = (enum gotype_kind)(kinds[t->kind] - 1);
	return basic;
}

bool rtype_add_name(const struct rtypes *r, uint64_t name, struct text *out)
{
	uint64_t len = 0, byte;
	char *s;
	bool ok;

	for (unsigned shift = 0; ; shift += 7) {
		if (shift > 21 || !image_uint(r->image, ++name, 1, &byte))
			return false;
		len |= (byte & 127) << shift;
		if (byte < 128)
			break;
	}
	if (len > NAME_MOST)
		return false;
	s = xmalloc(len + 1);
	ok = image_read(r->image, name + 1, s, len);
	if (ok)
		text_addn(out, s, len);
	free(s);
	return ok;
}

char *rtype_name(const struct rtypes *r, const struct rtype *t)
{
	unsigned w = word_of(r);
	uint64_t offset, flags;
	struct text name = { 0 };

	/* Types that were made while the program ran have their names elsewhere. */
	if (!image_uint(r->image, t->at + 4 * w + 8, 4, &offset) ||
		!image_uint(r->image, t->at + 2 * w + 4, 1, &flags) ||
		offset >= r->module->types_end - r->module->types ||
		!rtype_add_name(r, r->module->types + offset, &name) || !name.len) {
		text_free(&name);
		return NULL;
	}
	if (flags & TFLAG_EXTRA_STAR)
		memmove(name.s, name.s + 1, name.len);
	return name.s;
}

/* An offset from the types' beginning, as names and types have in some places. */
static bool offset_at(const struct rtypes *r, uint64_t at, uint64_t *addr)
{
	uint64_t offset;

	if (!image_uint(r->image, at, 4, &offset) || offset == 0 ||
		offset >= r->module->types_end - r->module->types)
		return false;
	*addr = r->module->types + offset;
	return true;
}

bool rtype_method(const struct rtypes *r, const struct rtype *t, uint64_t i, uint64_t *name,
	uint64_t *type)
{
	uint64_t at = t->fields + 8 * i;

	return offset_at(r, at, name) && offset_at(r, at + 4, type);
}

/* Bytes of a descriptor behind its head, up to what only some have: abi.UncommonType. */
static uint64_t parts_size(const struct rtypes *r, const struct rtype *t)
{
	unsigned w = word_of(r);

	switch (t->kind) {
	case RKIND_ARRAY:
		return 3 * w;
	case RKIND_CHAN:
		return 2 * w;
	case RKIND_STRUCT:
	case RKIND_INTERFACE:
		return 4 * w;
	case RKIND_FUNC:  /* two numbers of 16 bits, and padding */
	case RKIND_POINTER:
	case RKIND_SLICE:
		return w;
	case RKIND_MAP:
		if (r->program->release->engine == ENGINE_CLASSIC)
			return 4 * w + 8;
		return (r->program->minor >= 27 ? 11 : 8) * w;
	default:
		return 0;
	}
}

char *rtype_package(const struct rtypes *r, const struct rtype *t)
{
	struct text path = { 0 };
	uint64_t name;

	if (t->uncommon && offset_at(r, t->at + head_size(r) + parts_size(r, t), &name) &&
		rtype_add_name(r, name, &path) && path.len)
		return path.s;
	text_free(&path);
	return NULL;
}

/* The memory that the module's types lie in, as far as it can be read; owned. */
static uint8_t *read_types(const struct rtypes *r, uint64_t *size)
{
	const struct module *m = r->module;
	uint8_t *bytes = xmalloc(m->types_end - m->types);

	*size = r->image->kind->read(r->image, m->types, bytes, m->types_end - m->types);
	return bytes;
}

/*
 * The list of types that the linker makes leaves named ones out, and is gone since 1.27: so all
 * places are looked at where a map type could be.
 */
void rtype_maps(const struct rtypes *r, rtype_sink *sink, void *data)
{
	unsigned w = word_of(r);
	const struct module *m = r->module;
	uint64_t size;
	uint8_t *bytes = read_types(r, &size);
	struct rmap map;
	struct rtype t;

	for (uint64_t i = 0; i + head_size(r) <= size; i += w)
		if ((bytes[i + 2 * w + 7] & KIND_MASK) == RKIND_MAP && bytes[i] == w &&
			bytes[i + w] == w && bytes[i + 2 * w + 5] == w &&
			rtype_read(r, m->types + i, &t) && t.size == w && t.pointers == w &&
			module_has_type(m, t.key) && module_has_type(m, t.elem) &&
			rtype_map(r, &t, &map) && module_has_type(m, map.unit))
			sink(data, &t);
	free(bytes);
}

void rtype_structs(const struct rtypes *r, rtype_sink *sink, void *data)
{
	unsigned w = word_of(r);
	const struct module *m = r->module;
	uint64_t size;
	uint8_t *bytes = read_types(r, &size);
	struct rtype t;

	for (uint64_t i = 0; i + head_size(r) <= size; i += w)
		if ((bytes[i + 2 * w + 7] & KIND_MASK) == RKIND_STRUCT &&
			bytes[i + 2 * w + 4] & TFLAG_NAMED &&
			bytes[i + 2 * w + 4] & TFLAG_UNCOMMON && rtype_read(r, m->types + i, &t) &&
			module_has_type(m, t.fields))
			sink(data, &t);
	free(bytes);
}
