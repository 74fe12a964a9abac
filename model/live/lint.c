/* SPDX-License-Identifier: MIT */
#include "model/live/lint.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/text.h"
#include "model/live/typetext.h"

enum {
	APART = 128,              /* larger keys and elems are stored by pointer */
	OVER = 32, UNDER = 8,     /* what lies so near to that is said */
	PART = 8,                 /* padding of one in so many bytes of a slot is, too */
};

struct linting {
	struct lint *lint;
	struct live *live;
};

static void begin(struct text *says)
{
	if (says->len)
		text_add(says, "; ");
}

/* A key or an elem that is stored apart, or nearly. */
static void judge_size(struct text *says, const char *what, uint64_t size)
{
	if (size > APART && size <= APART + OVER) {
		begin(says);
		text_printf(says,
			"%s of %s bytes lies apart, an object each: with %s less it does not", what,
			count_text(size).s, count_text(size - APART).s);
	} else if (size <= APART && size > APART - UNDER) {
		begin(says);
		text_printf(says, "%s of %s bytes: from %d on it lies apart", what,
			count_text(size).s, APART + 1);
	}
}

static char *judge(const struct slots *s)
{
	struct text says = { 0 };

	judge_size(&says, "a key", s->key);
	judge_size(&says, "an elem", s->elem);
	if (s->padding && s->padding * PART >= s->slot) {
		begin(&says);
		text_printf(&says, "%s of %s bytes in a slot are padding", count_text(s->padding).s,
			count_text(s->slot).s);
	}
	return says.s;
}

static bool lay_out(struct lint_type *one, const struct linting *l, uint64_t type)
{
	struct declared declared = { 0 };
	struct text text = { 0 };
	struct error unused;
	struct gotype_scope scope = { .target = l->live->program.target,
		.release = l->lint->release, .declared = &declared };
	bool ok = typetext_named(&l->live->view.types, type, &text, &declared, &unused) &&
		slots_of(text_str(&text), &scope, &one->slots, &unused);

	one->says = ok ? judge(&one->slots) : NULL;
	text_free(&text);
	declared_free(&declared);
	return ok;
}

static void add(void *data, const struct rtype *t)
{
	struct linting *l = data;
	struct lint *lint = l->lint;
	struct lint_type one = { .name = rtype_name(&l->live->view.types, t) };

	if (!one.name)
		return;
	one.laid_out = lay_out(&one, l, t->at);
	xadd(lint->list, lint->count, lint->cap, one);
}

static int order(const void *a, const void *b)
{
	const struct lint_type *x = a, *y = b;

	if ((x->says != NULL) != (y->says != NULL))
		return x->says ? -1 : 1;
	if (x->slots.full > y->slots.full || x->slots.full < y->slots.full)
		return x->slots.full > y->slots.full ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* Of two types with one name one is enough, when they are laid out alike. */
static void drop_doubles(struct lint *lint)
{
	size_t kept = 0;

	for (size_t i = 0; i < lint->count; i++) {
		struct lint_type *one = &lint->list[i], *last = kept ? &lint->list[kept - 1] : NULL;

		if (last && strcmp(last->name, one->name) == 0 &&
			last->slots.unit == one->slots.unit) {
			free(one->name);
			free(one->says);
		} else {
			lint->list[kept++] = *one;
		}
	}
	lint->count = kept;
}

void lint_take(struct lint *lint, struct live *l, const struct release *release)
{
	*lint = (struct lint){ .release = release ? release : l->program.release };
	rtype_maps(&l->view.types, add, &(struct linting){ lint, l });
	if (lint->count)
		qsort(lint->list, lint->count, sizeof *lint->list, order);
	drop_doubles(lint);
}

void lint_free(struct lint *lint)
{
	for (size_t i = 0; i < lint->count; i++) {
		free(lint->list[i].name);
		free(lint->list[i].says);
	}
	free(lint->list);
	*lint = (struct lint){ 0 };
}
