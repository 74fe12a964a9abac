/* SPDX-License-Identifier: MIT */
/*
 * What can be done only when all declarations were read: named types take on the parts of what
 * they were declared as, everything is laid out, and what Go refuses is refused.
 */
#include "model/go/gotype_parse.h"

#include "model/base/mem.h"

enum { CHAN_ELEM_MOST = 1 << 16 };

static void copy_fields(struct gotype *t, const struct gotype *from)
{
	t->nfields = from->nfields;
	t->fields = xcalloc(from->nfields + 1, sizeof *t->fields);
	for (unsigned i = 0; i < from->nfields; i++) {
		t->fields[i] = from->fields[i];
		t->fields[i].name = from->fields[i].name ? xstrdup(from->fields[i].name) : NULL;
		t->fields[i].tag = from->fields[i].tag ? xstrdup(from->fields[i].tag) : NULL;
	}
}

/* The type at the end of a chain of names that each stand for the next. */
static const struct gotype *underlying(const struct gotype *t)
{
	const struct gotype *slow = t;

	for (bool step = false; t->base; step = !step) {
		t = t->base;
		if (step)
			slow = slow->base;
		if (t == slow)
			return NULL;
	}
	return t;
}

static bool take_parts(struct gotype *t, struct error *err)
{
	const struct gotype *u = underlying(t);

	if (!u)
		return fail(err, "invalid recursive type %.200s", t->name);
	t->kind = u->kind;
	t->key = u->key;
	t->elem = u->elem;
	t->len = u->len;
	t->variadic = u->variadic;
	t->constraint |= u->constraint;
	copy_fields(t, u);
	return true;
}

enum { NOT_YET, UNDER_WAY, JUDGED }; /* gotype.judged */

/* What an interface is by those that it embeds. One that embeds itself has no end. */
static bool judge_interface(struct gotype *t, unsigned depth, struct error *err)
{
	bool methods = false;

	if (t->kind != KIND_INTERFACE || t->judged == JUDGED)
		return true;
	if (t->judged == UNDER_WAY || depth > NESTED_MOST)
		return fail(err, "invalid recursive type %.200s", t->name);
	t->judged = UNDER_WAY;
	for (unsigned i = 0; i < t->nfields; i++) {
		struct gotype *f = t->fields[i].type;

		if (t->fields[i].name) {
			methods = true;
			continue;
		}
		if (!judge_interface(f, depth + 1, err))
			return false;
		methods |= f->kind != KIND_ANY;
		t->constraint |= f->constraint ||
			(!gotype_is_interface(f) && f->kind != KIND_UNKNOWN);
	}
	t->judged = JUDGED;
	if (!methods)
		t->kind = KIND_ANY;
	return true;
}

static bool check_embedded(const struct gotype_field *f, struct error *err)
{
	const struct gotype *t = f->type, *to = t->elem;

	if (t->kind == KIND_UNSAFE_POINTER)
		return fail(err, "embedded field type cannot be unsafe.Pointer");
	if (t->kind != KIND_POINTER)
		return true;
	if (t->named || to->kind == KIND_POINTER)
		return fail(err, "embedded field type cannot be a pointer");
	if (gotype_is_interface(to))
		return fail(err, "embedded field type cannot be a pointer to an interface");
	return to->named || to->kind < KIND_BASIC_COUNT || to->kind == KIND_UNKNOWN ||
		fail(err, "embedded field type cannot be a pointer to %.200s", to->name);
}

bool gotype_check_value(const struct gotype *t, struct error *err)
{
	return !t || !t->constraint ||
		fail(err, "cannot use type %.200s outside a type constraint", t->name);
}

static bool check_parts(const struct gotype *t, struct error *err)
{
	if (!gotype_check_value(t->key, err) || !gotype_check_value(t->elem, err))
		return false;
	for (unsigned i = 0; i < t->nfields; i++) {
		const struct gotype_field *f = &t->fields[i];

		if (t->kind == KIND_STRUCT && f->embedded && !check_embedded(f, err))
			return false;
		if (!gotype_is_interface(t) && !gotype_check_value(f->type, err))
			return false;
	}
	if (t->kind == KIND_MAP && t->key->alg == ALG_NONE && !t->key->unknown)
		return fail(err, "invalid map key type %.200s", t->key->name);
	if (t->kind == KIND_CHAN && t->elem->size >= CHAN_ELEM_MOST)
		return fail(err, "channel element type too large (>64kB)");
	return true;
}

static bool is_wide(const struct gotype *t)
{
	return !t->unknown && t->size <= INLINE_MOST && t->align > t->target->ptrsize;
}

/* Wherever a map type is written, the compiler lays out its buckets. */
static bool check_map(const struct gotype *t, const struct gotype_scope *scope, struct error *err)
{
	if (t->kind != KIND_MAP || !scope->release || !scope->release->word_aligned ||
		(!is_wide(t->key) && !is_wide(t->elem)))
		return true;
	return fail(err,
		"internal compiler error for %.200s: on %s Go has no maps whose %s are aligned to "
		"%u bytes before the Swiss maps of 1.24", t->name, t->target->name, is_wide(t->key)
		? "keys" : "elems", is_wide(t->key) ? t->key->align : t->elem->align);
}

bool gotype_complete(struct gotype_pool *pool, const struct gotype_scope *scope, struct error *err)
{
	for (size_t i = 0; i < pool->count; i++)
		if (pool->nodes[i]->base && !take_parts(pool->nodes[i], err))
			return false;
	for (size_t i = 0; i < pool->count; i++)
		if (!judge_interface(pool->nodes[i], 0, err))
			return false;
	for (size_t i = 0; i < pool->count; i++)
		if (!gotype_lay_out(pool->nodes[i], 0, err))
			return false;
	for (size_t i = 0; i < pool->count; i++)
		if (!check_parts(pool->nodes[i], err) || !check_map(pool->nodes[i], scope, err))
			return false;
	return true;
}
