/* SPDX-License-Identifier: MIT */
#include "model/live/held.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/live/census.h"

enum { STEPS_MOST = 1 << 24 };

static bool is_in(const struct roots *r, uint64_t at)
{
	return at >= r->from && at < r->to;
}

/* Who has a word that is no object's. */

static bool by_variable(const struct holding *by, uint64_t at, struct holder *out)
{
	const struct live *l = by->mark->l;
	const struct symbol *s;
	const char *name;

	if (!is_in(&l->module.roots[0], at) && !is_in(&l->module.roots[1], at))
		return false;
	out->kind = HOLDER_VARIABLE;
	name = variables_at(by->variables, &l->module, &l->view, at);
	s = name ? NULL : symbols_at(by->symbols, at);
	if (name || s)
		out->name = xstrdup(name ? name : s->name);
	return true;
}

/* The frame that a word is in. */
struct looking {
	uint64_t at;
	struct stack_frame frame;
	bool found;
};

static bool look_at_frame(void *data, const struct stack_frame *f)
{
	struct looking *l = data;

	l->frame = *f;
	l->found = l->at >= f->sp && l->at < f->end;
	return !l->found;
}

/* The line as it stands in the source; what the compiler put in there belongs to it. */
static bool take_line(void *data, const struct source_line *line)
{
	struct holder *out = data;

	free(out->name);
	free(out->file);
	out->name = xstrdup(line->function);
	out->file = *line->file ? xstrdup(line->file) : NULL;
	out->line = line->line;
	return false;
}

static bool by_goroutine(const struct holding *by, uint64_t at, struct holder *out)
{
	struct mark *m = by->mark;

	for (size_t i = 0; i < m->goroutines.count; i++) {
		const struct goroutine *g = &m->goroutines.list[i];
		struct looking looking = { .at = at };

		if (at < g->from || at >= g->to)
			continue;
		out->kind = HOLDER_GOROUTINE;
		out->goroutine = g->id;
		if (m->has_functions)
			frames_walk(&m->functions, m->masks.im, g, look_at_frame, &looking);
		if (looking.found)
			functions_lines(&m->functions, &looking.frame.fn, looking.frame.pc,
				take_line, out);
		return true;
	}
	return false;
}

static bool by_map(const struct holding *by, uint64_t head, uint64_t at, struct holder *out)
{
	if (at == head) {
		out->kind = HOLDER_ITSELF;
		return true;
	}
	for (size_t i = 0; i < by->census->count; i++) {
		const struct census_map *m = &by->census->list[i];

		if (m->head.at != at)
			continue;
		out->kind = HOLDER_MAP;
		out->objects = out->object_bytes = 0;
		free(out->type);
		out->type = NULL;
		out->name = m->name ? xstrdup(m->name) : xasprintf("0x%" PRIx64, at);
		return true;
	}
	return false;
}

static void note_object(const struct holding *by, const struct object *o, struct holder *out)
{
	const struct rtypes *types = &by->mark->l->view.types;
	struct rtype t;

	if (out->objects++)
		return;
	out->object_bytes = o->size;
	if (o->type && rtype_read(types, o->type, &t))
		out->type = rtype_name(types, &t);
}

/* From the word back along the way that the mark came. */
static void climb(const struct holding *by, uint64_t head, uint64_t at, struct holder *out)
{
	struct mark *m = by->mark;
	struct object o;

	*out = (struct holder){ .at = at > MARK_WORDS ? at : 0 };
	for (unsigned i = 0; i < STEPS_MOST; i++) {
		if (at == MARK_REGISTER || at == MARK_RECORD || !at) {
			out->kind = at == MARK_REGISTER ? HOLDER_REGISTER : HOLDER_RECORD;
			return;
		}
		if (!spans_object(&m->l->view.spans, m->masks.im, at, &o)) {
			if (!by_variable(by, at, out))
				by_goroutine(by, at, out);
			return;
		}
		if (by_map(by, head, o.at, out))
			return;
		note_object(by, &o, out);
		at = mark_from(m, at);
	}
}

static bool same(const struct holder *a, const struct holder *b)
{
	return a->kind == b->kind && a->goroutine == b->goroutine && a->line == b->line &&
		a->objects == b->objects && a->object_bytes == b->object_bytes &&
		strcmp(a->name ? a->name : "", b->name ? b->name : "") == 0;
}

static void free_holder(struct holder *h)
{
	free(h->name);
	free(h->file);
	free(h->type);
}

static void add_holders(struct held *h, const struct holding *by)
{
	struct holder one;

	for (size_t i = 0; i < by->mark->watch.count; i++) {
		bool known = false;

		climb(by, h->head, by->mark->watch.list[i], &one);
		/* Several words of one place are one. */
		for (size_t k = 0; k < h->count && !known; k++)
			known = same(&h->list[k], &one);
		if (known) {
			free_holder(&one);
			continue;
		}
		xadd(h->list, h->count, h->cap, one);
	}
}

static int by_kind(const void *a, const void *b)
{
	const struct holder *x = a, *y = b;
	int names = strcmp(x->name ? x->name : "", y->name ? y->name : "");

	if (!x->kind != !y->kind)
		return x->kind ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->goroutine != y->goroutine)
		return x->goroutine < y->goroutine ? -1 : 1;
	return names ? names : x->at < y->at ? -1 : x->at > y->at;
}

static void count_maps(struct held *h, const struct holding *by, bool before)
{
	for (size_t i = 0; i < by->census->count; i++) {
		uint64_t at = by->census->list[i].head.at;

		if (at == h->head || !spans_at(&by->mark->l->view.spans, at) ||
			!mark_reaches(by->mark, at))
			continue;
		h->alone_maps += before ? 1 : UINT64_MAX;
	}
}

bool held_find(struct held *h, const struct holding *by, struct error *err)
{
	const struct census_map *m = census_find(by->census, h->map);
	struct mark *mark = by->mark;
	uint64_t objects, bytes;

	if (!m)
		return fail(err,
			"%s: no map with memory is called %.100s: the list has their names and "
			"addresses", mark->l->image.name, h->map);
	h->head = m->head.at;
	h->entries = m->head.entries;
	h->bytes = m->bytes;
	h->name = m->name ? xstrdup(m->name) : NULL;
	h->type = m->type_name ? xstrdup(m->type_name) : NULL;
	h->sampled = mark->sampled || mark->blind;
	mark_trace(mark, h->head);
	h->reached = mark_reaches(mark, h->head);
	h->words = mark->watch.words;
	add_holders(h, by);
	if (h->count)
		qsort(h->list, h->count, sizeof *h->list, by_kind);
	objects = mark->objects;
	bytes = mark->bytes;
	count_maps(h, by, true);
	mark_without(mark, h->head);
	count_maps(h, by, false);
	h->alone = objects - mark->objects;
	h->alone_bytes = bytes - mark->bytes;
	return true;
}

void held_free(struct held *h)
{
	for (size_t i = 0; i < h->count; i++)
		free_holder(&h->list[i]);
	free(h->list);
	free(h->name);
	free(h->type);
	*h = (struct held){ 0 };
}
