/* SPDX-License-Identifier: MIT */
#include "model/live/frames.h"

#include <string.h>

enum {
	FRAMES_MOST = 1 << 12,
	OBJECTS_MOST = 1 << 12,   /* of one frame */
	BITS_MOST = 1 << 16,      /* of one map, */
	MAPS_MOST = 1 << 16,      /* and maps of one function */
	MAP_INDEX = 1,            /* PCDATA_StackMapIndex */
	ARGUMENTS = 0, LOCALS = 1, OBJECTS = 2, /* FUNCDATA */
};

/* Those that are put on a stack wherever its goroutine was. */
static bool interrupts(const char *name)
{
	return strcmp(name, "runtime.asyncPreempt") == 0 || strcmp(name, "runtime.sigpanic") == 0 ||
		strcmp(name, "runtime.debugCallV2") == 0;
}

uint64_t frames_walk(struct functions *f, struct image *im, const struct goroutine *g,
	stack_frame_sink *sink, void *data)
{
	struct stack_frame one = { .sp = g->from, .pc = g->pc, .anywhere = g->on_thread };
	struct text name = { 0 };
	uint64_t taken, back = g->pc;

	for (unsigned i = 0; i < FRAMES_MOST && one.pc; i++) {
		bool interrupt;

		if (!functions_find(f, one.pc, &one.fn) ||
			!functions_taken(f, &one.fn, one.pc, &taken) ||
			taken > g->to - one.sp || g->to - one.sp - taken < im->ptrsize)
			break;
		one.end = one.sp + taken + im->ptrsize;
		text_clear(&name);
		if (!functions_name(f, &one.fn, &name) ||
			!image_word(im, one.end - im->ptrsize, &back))
			break;
		interrupt = interrupts(text_str(&name));
		one.first = strcmp(text_str(&name), "runtime.goexit") == 0;
		one.anywhere |= interrupt;
		if (!sink(data, &one))
			break;
		one.sp = one.end;
		if (one.first) {
			one.sp = g->to;
			break;
		}
		one.anywhere = interrupt;
		one.pc = interrupt ? back : back - 1;
	}
	text_free(&name);
	return one.sp;
}

struct frame_telling {
	struct functions *f;
	struct masks *m;
	pointer_sink *sink;
	void *data;
};

/* Map `i` of those of a function, of words up to `end`, or from it on. */
static bool tell_map(const struct frame_telling *t, uint64_t maps, int32_t i, uint64_t at,
	bool before)
{
	struct image *im = &t->m->l->image;
	unsigned w = im->ptrsize;
	uint64_t count, n, byte = 0, value;

	if (!image_uint(im, maps, 4, &count) || !image_uint(im, maps + 4, 4, &n) ||
		count > MAPS_MOST || n > BITS_MOST || i < 0 || (uint64_t)i >= count)
		return false;
	at -= before ? n * w : 0;
	maps += 8 + (uint64_t)i * ((n + 7) / 8);
	for (uint64_t k = 0; k < n; k++) {
		if (k % 8 == 0 && !image_uint(im, maps + k / 8, 1, &byte))
			return false;
		if (byte >> k % 8 & 1 && image_word(t->m->im, at + k * w, &value))
			t->sink(t->data, at + k * w, value);
	}
	return true;
}

/* Variables whose address is taken: from the end of the locals, or the beginning of what it was
   called with, so far, so many bytes of them with pointers. */
static void tell_objects(const struct frame_telling *t, const struct stack_frame *s,
	uint64_t locals)
{
	struct image *im = &t->m->l->image;
	uint64_t at, count, offset, bytes, from;

	if (!functions_kept(t->f, &s->fn, OBJECTS, &at) || !image_word(im, at, &count))
		return;
	at += im->ptrsize;
	for (uint64_t i = 0; i < count && i < OBJECTS_MOST; i++, at += 16) {
		if (!image_uint(im, at, 4, &offset) || !image_uint(im, at + 8, 4, &bytes))
			return;
		from = ((int32_t)offset < 0 ? locals : s->end) + (uint64_t)(int32_t)offset;
		if (from >= s->sp && bytes < INT32_MAX)
			masks_all(t->m, from, from + bytes, t->sink, t->data);
	}
}

/* The frame's own words; where its maps do not say them, all. */
static bool tell_frame(void *data, const struct stack_frame *s)
{
	const struct frame_telling *t = data;
	unsigned w = t->m->l->image.ptrsize;
	/* Without the return address, and the frame pointer that amd64 keeps. */
	uint64_t locals = s->end - w, at;
	int32_t i = s->pc == s->fn.entry ? 0 : functions_value(t->f, &s->fn, MAP_INDEX, s->pc);

	if (locals > s->sp && w == 8)
		locals -= w;
	i = i < 0 ? 0 : i;
	if (s->first)
		return true;
	if (s->anywhere || (locals > s->sp && (!functions_kept(t->f, &s->fn, LOCALS, &at) ||
		!tell_map(t, at, i, locals, true))))
		masks_all(t->m, s->sp, s->end, t->sink, t->data);
	if (functions_kept(t->f, &s->fn, ARGUMENTS, &at))
		tell_map(t, at, i, s->end, false);
	tell_objects(t, s, locals);
	return true;
}

void frames_pointers(struct functions *f, struct masks *m, const struct goroutine *g,
	pointer_sink *sink, void *data)
{
	struct frame_telling t = { f, m, sink, data };
	uint64_t to = g->from;

	if (f)
		to = frames_walk(f, m->im, g, tell_frame, &t);
	/* What is not told of. */
	masks_all(m, to, g->to, sink, data);
}
