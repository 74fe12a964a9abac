/* SPDX-License-Identifier: MIT */
#include "model/live/writers.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/live/frames.h"

enum {
	RUNNABLE = 1, WAITING = 4, PREEMPTED = 9,
	ITERATOR_MAP = 3,         /* the word of an iterator that leads to its map */
	WORDS_MOST = 4096,        /* of a frame that are looked at */
	OWN_FRAMES = 8,           /* of the program, of who was last seen */
};

struct taking {
	struct writers *w;
	struct live *l;
	struct functions functions;
	struct map_types types;
};

/* What a walk along one stack knows. */
struct looking {
	struct taking *t;
	struct writer one;
	uint64_t above;           /* where the outermost map function's frame ends; 0: none yet */
	struct text name;         /* of the function that a frame is of */
	uint64_t from;            /* where the innermost frame begins */
	bool threw, found;
	/* Of who was last seen: which map is looked for, in how many frames yet. */
	uint64_t wanted;
	unsigned left;
};

/* The runtime's, and what it calls for keys. */
static bool is_inside(const char *name)
{
	return is_runtime(name) || begins(name, "internal/") || begins(name, "type:.") ||
		begins(name, "type..") || !strchr(name, '.') ||
		map_work_of(name) != MAP_WORK_NONE;
}

static bool ends_program(const char *name)
{
	return strcmp(name, "runtime.fatal") == 0 || strcmp(name, "runtime.throw") == 0;
}

/* The innermost line that is the program's own. */
static bool take_line(void *data, const struct source_line *line)
{
	struct writer *one = data;

	if (line->inlined && is_inside(line->function))
		return true;
	one->function = xstrdup(line->function);
	one->file = xstrdup(line->file);
	one->line = line->line;
	return false;
}

/* Whether a map of that type, when it is known, has its header at that address. */
static bool is_map(struct taking *t, uint64_t at, const struct map_type *type, bool *writing)
{
	struct head head;
	bool sure;

	if (!at || at % t->l->image.ptrsize || head_read(&t->l->view, at, &head) != HEAD_HELD ||
		(type && !map_type_fits(type, &t->l->view, &head, &sure)))
		return false;
	*writing = head.writing;
	return true;
}

/* The first word of [from, to) that leads to such a map; one that is written to counts before. */
static uint64_t search(struct taking *t, uint64_t from, uint64_t to,
	const struct map_type *type, bool *writing)
{
	struct image *im = &t->l->image;
	uint64_t best = 0, at;
	bool now;

	for (unsigned i = 0; from < to && i < WORDS_MOST; i++, from += im->ptrsize)
		if (image_word(im, from, &at) && at != best && is_map(t, at, type, &now) &&
			(!best || (now && !*writing))) {
			best = at;
			*writing = now;
		}
	return best;
}

/*
 * Which map: the second argument, or where the only one is an iterator what that leads to.
 * Functions keep arguments that came in registers above their return address, where others are
 * passed.
 */
static void find_map(struct looking *l, const struct stack_frame *own)
{
	struct taking *t = l->t;
	struct image *im = &t->l->image;
	unsigned w = im->ptrsize;
	struct map_call call;
	const struct map_type *type;
	uint64_t at, iterator;

	map_call_before(&t->functions, &t->types, own->pc + 1, &call);
	type = call.type;
	if (image_word(im, l->above + w, &at) && is_map(t, at, type, &l->one.writing))
		l->one.map = at;
	else if (image_word(im, l->above, &iterator) &&
		image_word(im, iterator + ITERATOR_MAP * w, &at) &&
		is_map(t, at, type, &l->one.writing))
		l->one.map = at;
	else
		l->one.map = search(t, l->from, own->end, type, &l->one.writing);
	if (type && l->one.map)
		l->one.type = rtype_name(&t->l->view.types, &type->type);
	map_call_free(&call);
}

/* The name of the function that a frame is of. */
static const char *name_of(struct looking *l, const struct stack_frame *f)
{
	text_clear(&l->name);
	return functions_name(&l->t->functions, &f->fn, &l->name) ? text_str(&l->name) : "";
}

static bool look(void *data, const struct stack_frame *f)
{
	struct looking *l = data;
	const char *name = name_of(l, f);

	if (!l->from)
		l->from = f->sp;
	if (is_inside(name)) {
		l->threw |= ends_program(name);
		if (map_work_of(name) != MAP_WORK_NONE) {
			free(l->one.call);
			l->one.call = xstrdup(name);
			l->above = f->end;
		}
		return true;
	}
	if (!l->above)
		return false;
	l->found = true;
	l->one.work = map_work_of(l->one.call);
	l->one.state = l->threw ? WRITER_ENDED : WRITER_IN;
	functions_lines(&l->t->functions, &f->fn, f->pc, take_line, &l->one);
	find_map(l, f);
	return false;
}

static void free_writer(struct writer *w)
{
	free(w->call);
	free(w->function);
	free(w->file);
	free(w->type);
	free(w->name);
}

static void add(struct taking *t, const struct writer *one)
{
	struct writers *w = t->w;

	xadd(w->list, w->count, w->cap, *one);
	w->ended |= one->state == WRITER_ENDED;
}

static void look_at(struct taking *t, const struct goroutine *g)
{
	struct looking l = { .t = t, .one.goroutine = g->id };

	t->w->goroutines++;
	/* One that waits is in a map function only while the collector has it wait: not worth that
	   a process is held for all of them. */
	if (t->l->pid && g->status == WAITING)
		return;
	if (g->pc)
		frames_walk(&t->functions, &t->l->image, g, look, &l);
	else
		t->w->untold++;
	text_free(&l.name);
	if (l.found && l.one.function)
		add(t, &l.one);
	else
		free_writer(&l.one);
}

/* Who has the map in a frame of the program's own. */
static bool look_last(void *data, const struct stack_frame *f)
{
	struct looking *l = data;
	struct image *im = &l->t->l->image;
	uint64_t at = 0;

	if (is_inside(name_of(l, f)))
		return true;
	if (!l->one.function)
		functions_lines(&l->t->functions, &f->fn, f->pc, take_line, &l->one);
	/* Arguments that came in registers are kept above the frame, too. */
	for (uint64_t word = f->sp, i = 0; word < f->end + 4 * im->ptrsize && i < WORDS_MOST;
		word += im->ptrsize, i++)
		if (image_word(im, word, &at) && at == l->wanted) {
			l->found = true;
			return false;
		}
	return --l->left > 0;
}

static bool is_listed(const struct writers *w, uint64_t goroutine)
{
	for (size_t i = 0; i < w->count; i++)
		if (w->list[i].goroutine == goroutine)
			return true;
	return false;
}

/* Who runs, and has the map that the program was ended for. */
static void look_for_last(struct taking *t, const struct goroutines *all)
{
	const struct writer *ended = NULL;
	size_t count = t->w->count;
	uint64_t wanted;

	for (size_t i = 0; i < count && !ended; i++)
		if (t->w->list[i].state == WRITER_ENDED && t->w->list[i].map)
			ended = &t->w->list[i];
	wanted = ended ? ended->map : 0;
	for (size_t i = 0; wanted && i < all->count; i++) {
		const struct goroutine *g = &all->list[i];
		struct looking l = { .t = t, .wanted = wanted, .left = OWN_FRAMES,
			.one = { .goroutine = g->id, .state = WRITER_LAST_SEEN, .map = wanted } };

		if ((g->status != GOROUTINE_RUNNING && g->status != RUNNABLE &&
			g->status != PREEMPTED) || is_listed(t->w, g->id))
			continue;
		if (g->pc)
			frames_walk(&t->functions, &t->l->image, g, look_last, &l);
		text_free(&l.name);
		if (l.found && l.one.function)
			add(t, &l.one);
		else
			free_writer(&l.one);
	}
}

static int order(const void *a, const void *b)
{
	const struct writer *x = a, *y = b;

	if (x->state != y->state)
		return x->state < y->state ? -1 : 1;
	if (x->map != y->map)
		return x->map < y->map ? -1 : 1;
	return (x->goroutine > y->goroutine) - (x->goroutine < y->goroutine);
}

bool writers_take(struct writers *w, struct live *l, struct error *err)
{
	struct taking t = { .w = w, .l = l };
	struct goroutines all;
	bool ok;

	*w = (struct writers){ 0 };
	if (!functions_open(&t.functions, &l->image, &l->program, &l->module))
		return fail(err, "%s: its table of functions cannot be read", l->image.name);
	map_types_find(&t.types, &l->view.types);
	ok = live_hold(l, err);
	if (ok) {
		ok = goroutines_find(&all, l) ||
			fail(err, "%s: its goroutines are not found", l->image.name);
		for (size_t i = 0; ok && i < all.count; i++)
			look_at(&t, &all.list[i]);
		if (ok)
			look_for_last(&t, &all);
		goroutines_free(&all);
		live_release(l);
	}
	map_types_free(&t.types);
	if (w->count)
		qsort(w->list, w->count, sizeof *w->list, order);
	return ok;
}

static void name_by_census(struct writer *one, const struct census *c)
{
	for (size_t k = 0; k < c->count; k++) {
		const struct census_map *m = &c->list[k];

		if (m->head.at != one->map)
			continue;
		if (m->name)
			one->name = xstrdup(m->name);
		if (!one->type && m->type_name)
			one->type = xstrdup(m->type_name);
		return;
	}
}

void writers_name(struct writers *w, const struct census *c)
{
	for (size_t i = 0; i < w->count; i++)
		if (w->list[i].map)
			name_by_census(&w->list[i], c);
	/* What the code of one names is the type of all. */
	for (size_t i = 0; i < w->count; i++)
		for (size_t k = 0; k < w->count && w->list[i].map && !w->list[i].type; k++)
			if (w->list[k].map == w->list[i].map && w->list[k].type)
				w->list[i].type = xstrdup(w->list[k].type);
}

void writers_free(struct writers *w)
{
	for (size_t i = 0; i < w->count; i++)
		free_writer(&w->list[i]);
	free(w->list);
	*w = (struct writers){ 0 };
}

bool writer_only_reads(const struct writer *w)
{
	return w->work == MAP_WORK_READ || w->work == MAP_WORK_RANGE || w->work == MAP_WORK_COPY;
}

char *writers_ended(struct live *l, const struct census *c)
{
	struct writers w;
	struct error unused;
	struct text t = { 0 };
	const struct writer *one;

	if (writers_take(&w, l, &unused) && w.ended) {
		writers_name(&w, c);
		one = &w.list[0];
		text_printf(&t, "goroutine %" PRIu64
			" ended the program: it found another one writing to the map that it %s",
			one->goroutine, writer_only_reads(one) ? "read" : "wrote to");
		if (one->map)
			text_printf(&t, ", %s%s0x%" PRIx64 "%s", one->name ? one->name : "",
				one->name ? " (" : "", one->map, one->name ? ")" : "");
	}
	writers_free(&w);
	return t.s;
}
