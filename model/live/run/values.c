/* SPDX-License-Identifier: MIT */
#include "model/live/run/values.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/go/dynamic.h"
#include "model/live/typetext.h"

enum { DEPTH_MOST = 8, BYTES_MOST = 1 << 20 };

bool values_begin(struct values *v, struct live *l, struct error *err)
{
	*v = (struct values){ .live = l };
	journal_init(&v->journal);
	v->journal.on = false;
	return heap_open(&v->heap, l->program.target, l->program.release, &v->journal, err);
}

void values_end(struct values *v)
{
	if (!v->live)
		return;
	heap_close(&v->heap);
	journal_free(&v->journal);
	refs_free(&v->refs);
}

static uint64_t get_word(const struct values *v, const uint8_t *p)
{
	return image_number(p, v->live->image.ptrsize);
}

static void set_word(const struct values *v, uint8_t *p, uint64_t w)
{
	memcpy(p, &w, v->live->image.ptrsize);
}

static bool take_parts(struct values *v, uint64_t type, uint8_t *bytes, struct declared *declared,
	unsigned depth);

/* So many bytes that a word leads to become ours; NULL: they cannot. */
static uint8_t *take_bytes(struct values *v, uint8_t *word, uint64_t size)
{
	uint64_t from = get_word(v, word), to;

	if (size > BYTES_MOST || !(to = heap_alloc_scratch(&v->heap, size ? size : 1)) ||
		!image_read(&v->live->image, from, heap_at(&v->heap, to), size))
		return NULL;
	set_word(v, word, to);
	return heap_at(&v->heap, to);
}

static bool take_slice(struct values *v, const struct ref *ref, uint8_t *at,
	struct declared *declared, unsigned depth)
{
	uint64_t len = get_word(v, at + v->live->image.ptrsize);
	uint8_t *elems;

	if (!get_word(v, at))
		return true;
	if (len > BYTES_MOST)
		return false;
	elems = take_bytes(v, at, len * ref->elem_size);
	for (uint64_t i = 0; elems && ref->elem_pointers && i < len; i++)
		if (!take_parts(v, ref->elem, elems + i * ref->elem_size, declared, depth + 1))
			return false;
	return elems != NULL;
}

/* The word of a type as our heap knows it; 0: it does not. */
static uint64_t type_word(struct values *v, const struct rtype *t, struct declared *declared)
{
	const struct rtypes *r = &v->live->view.types;
	struct gotype_scope scope = { .target = v->heap.target, .release = v->heap.release,
		.declared = declared };
	struct text text = { 0 };
	struct error unused;
	struct gotype *type;
	enum gotype_kind kind;

	if (rtype_basic(r, t, &kind))
		return value_type_word(v->heap.target, kind);
	type = typetext_named(r, t->at, &text, declared, &unused) ?
		gotype_parse(text_str(&text), &scope, &unused) : NULL;
	text_free(&text);
	return type ? dynamic_word(&v->heap, type) : 0;
}

static bool take_interface(struct values *v, const struct ref *ref, uint8_t *at,
	struct declared *declared, unsigned depth)
{
	unsigned w = v->live->image.ptrsize;
	uint64_t type = get_word(v, at), word;
	struct rtype t;
	uint8_t *data;

	if (!type)
		return true;
	if (ref->methods || !rtype_read(&v->live->view.types, type, &t))
		return false;
	word = type_word(v, &t, declared);
	if (!word)
		return false;
	set_word(v, at, word);
	if (t.direct)
		return true;
	data = take_bytes(v, at + w, t.size);
	return data && take_parts(v, type, data, declared, depth + 1);
}

/* What the parts of a value lead to becomes ours, too. */
static bool take_parts(struct values *v, uint64_t type, uint8_t *bytes, struct declared *declared,
	unsigned depth)
{
	const struct refs *refs = refs_of(&v->refs, &v->live->view.types, type);
	/* The lists of refs move when there are more, what is in them does not. */
	const struct ref *list = refs->list;
	size_t count = refs->count;
	bool ok = depth < DEPTH_MOST || !count;

	for (size_t i = 0; i < count && ok; i++) {
		uint8_t *at = bytes + list[i].offset;

		if (list[i].kind == REF_SLICE)
			ok = take_slice(v, &list[i], at, declared, depth);
		else if (list[i].kind == REF_INTERFACE)
			ok = take_interface(v, &list[i], at, declared, depth);
		else
			ok = take_bytes(v, at, get_word(v, at + v->live->image.ptrsize)) != NULL;
	}
	return ok;
}

/* Whether it is read as one value again. */
static bool can_be_read(struct values *v, const struct gotype *t, struct declared *declared,
	const char *literal)
{
	struct value_home home = { .heap = &v->heap, .declared = declared, .scratch = true };
	uint8_t *value = xcalloc(1, (size_t)t->size + 1);
	struct error unused;
	bool ok = value_parse(&home, t, &literal, value, "", &unused) && !*literal;

	free(value);
	return ok;
}

bool values_add(struct values *v, uint64_t type, const struct gotype *t, struct declared *declared,
	uint8_t *bytes, struct text *out)
{
	struct text literal = { 0 };
	bool ok;

	heap_scratch_reset(&v->heap);
	ok = take_parts(v, type, bytes, declared, 0);
	if (ok)
		value_format(&v->heap, t, bytes, &literal, 0);
	ok = ok && can_be_read(v, t, declared, text_str(&literal));
	if (ok)
		text_add(out, text_str(&literal));
	text_free(&literal);
	return ok;
}
