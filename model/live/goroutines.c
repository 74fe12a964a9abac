/* SPDX-License-Identifier: MIT */
#include "model/live/goroutines.h"

#include <stdlib.h>

#include "model/base/mem.h"

enum {
	GOROUTINES_MOST = 1 << 20,
	PROBES = 64,              /* that are looked at before a list is believed */
	STACK_MOST = 1 << 30,
	CONTEXT_MOST = 1 << 16,   /* bytes above a thread's stack pointer in which one is */
	SIGNAL_MOST = 1 << 20, SIGNAL_ALIGN = 1024, SIGNAL_FLAGS = 2, /* of the stack for signals */
	STATUS_MASK = 0xfff,
	/* Words of runtime.g up to its members; gobuf.s ret, until 1.24, and since 1.23
	   syscallbp move all that follows them. */
	HIGH = 1, M = 6, SP = 7, PC = 8, SELF = 9, SYSCALL_SP = 13, SYSCALL_PC = 14, STATUS = 17,
};

static bool member(struct image *im, uint64_t g, unsigned word, uint64_t *value)
{
	return image_word(im, g + (uint64_t)word * im->ptrsize, value);
}

static bool leads_to_itself(struct image *im, uint64_t g)
{
	uint64_t self;

	return g && g % im->ptrsize == 0 && member(im, g, SELF, &self) && self == g;
}

static bool is_list(struct image *im, uint64_t addr, uint64_t count)
{
	uint64_t g;

	for (uint64_t i = 0; i < count && i < PROBES; i++)
		if (!image_word(im, addr + i * im->ptrsize, &g) || !leads_to_itself(im, g))
			return false;
	return count != 0;
}

/* The slice at that place, if it is one of goroutines. */
static bool read_list(struct image *im, uint64_t at, uint64_t *addr, uint64_t *count)
{
	uint64_t cap;

	return at && image_word(im, at, addr) && image_word(im, at + im->ptrsize, count) &&
		image_word(im, at + 2 * im->ptrsize, &cap) && *addr && *addr % im->ptrsize == 0 &&
		*count <= cap && cap <= GOROUTINES_MOST && is_list(im, *addr, *count);
}

/* Among the variables with pointers, those without a value first of all. */
static bool search(struct live *l, uint64_t *addr, uint64_t *count)
{
	for (int i = 1; i >= 0; i--) {
		const struct roots *r = &l->module.roots[i];

		for (uint64_t at = r->from; at < r->to; at += l->image.ptrsize)
			if (read_list(&l->image, at, addr, count)) {
				l->goroutine_list = at;
				return true;
			}
	}
	return false;
}

static bool find_list(struct live *l, uint64_t *addr, uint64_t *count)
{
	uint64_t told = (l->program.allgs + l->module.bias) & word_mask(l->program.target);

	return (l->goroutine_list && read_list(&l->image, l->goroutine_list, addr, count)) ||
		(l->program.allgs && read_list(&l->image, told, addr, count)) ||
		search(l, addr, count);
}

/* Words that gobuf has more, which all behind it is moved by. */
static unsigned moved(const struct live *l)
{
	return l->program.minor < 25 ? 1 : 0;
}

static uint64_t status_at(const struct live *l, uint64_t g)
{
	unsigned w = l->image.ptrsize;

	return g + (uint64_t)w * (STATUS + moved(l) + (l->program.minor >= 23));
}

static bool is_within(uint64_t sp, uint64_t low, uint64_t high)
{
	return sp > low && sp <= high;
}

/* What the kernel saves for a signal, in words from the saved stack pointer on: the stack that the
   signal is handled on, flags of it, its size, the program counter. */
struct context {
	int stack, flags, size, pc;
};

static bool word_at(struct image *im, uint64_t at, int words, uint64_t *value)
{
	return image_word(im, at + (uint64_t)((int64_t)words * (int64_t)im->ptrsize), value);
}

/* A thread that handles a signal, on a stack of its own, which came while it was on [low, high). */
static bool take_interrupted(struct image *im, const struct registers *t, uint64_t low,
	uint64_t high, struct goroutine *r)
{
	static const struct context wide = { -18, -17, -16, 1 }, narrow = { -10, -9, -8, 7 };
	const struct context *c = im->ptrsize == 8 ? &wide : &narrow;
	uint64_t sp, from, flags, size;

	for (uint64_t at = t->sp; at < t->sp + CONTEXT_MOST && image_word(im, at, &sp);
		at += im->ptrsize)
		if (is_within(sp, low, high) && word_at(im, at, c->stack, &from) &&
			word_at(im, at, c->size, &size) && from <= t->sp && at < from + size &&
			size <= SIGNAL_MOST && from % SIGNAL_ALIGN == 0 &&
			size % SIGNAL_ALIGN == 0 && word_at(im, at, c->flags, &flags) &&
			(uint32_t)flags <= SIGNAL_FLAGS && word_at(im, at, c->pc, &r->pc)) {
			r->from = sp;
			r->on_thread = true;
			return true;
		}
	return false;
}

/* Where one that runs is: as its thread says, where a signal came to that, or where it went over to
   the thread's own stack; `from` is 0 where nothing tells. */
static void find_running(struct live *l, struct goroutine *r, uint64_t low, uint64_t high)
{
	struct image *im = &l->image;
	uint64_t m, own, from, to, sp;
	struct goroutine unused;

	for (size_t i = 0; i < im->nthreads; i++)
		if (is_within(im->threads[i].sp, low, high)) {
			r->from = im->threads[i].sp;
			r->pc = im->threads[i].pc;
			r->on_thread = true;
			return;
		}
	for (size_t i = 0; i < im->nthreads; i++)
		if (take_interrupted(im, &im->threads[i], low, high, r))
			return;
	/* m.g0 is the first of m. */
	if (!member(im, r->at, M, &m) || !m || !member(im, m, 0, &own) ||
		!member(im, own, 0, &from) || !member(im, own, HIGH, &to) ||
		!member(im, r->at, SP, &sp) || !is_within(sp, low, high))
		return;
	for (size_t i = 0; i < im->nthreads; i++)
		if ((is_within(im->threads[i].sp, from, to) ||
			take_interrupted(im, &im->threads[i], from, to, &unused)) &&
			member(im, r->at, PC, &r->pc))
			r->from = sp;
}

static bool take(struct live *l, uint64_t g, struct goroutine *out)
{
	struct image *im = &l->image;
	uint64_t status, low, high, at = status_at(l, g);
	bool syscall;

	*out = (struct goroutine){ .at = g };
	if (!image_uint(im, at, 4, &status) || !image_uint(im, at + 8, 8, &out->id) ||
		!member(im, g, 0, &low) || !member(im, g, HIGH, &high))
		return false;
	out->status = status & STATUS_MASK;
	if (out->status == 0 || out->status == GOROUTINE_DEAD || !low || low >= high ||
		high - low > STACK_MOST)
		return false;
	out->to = high;
	syscall = out->status == GOROUTINE_SYSCALL;
	if (out->status == GOROUTINE_RUNNING)
		find_running(l, out, low, high);
	else if (!member(im, g, syscall ? SYSCALL_SP + moved(l) : SP, &out->from) ||
		!member(im, g, syscall ? SYSCALL_PC + moved(l) : PC, &out->pc))
		return false;
	if (!is_within(out->from, low, high)) {
		out->from = low;
		out->pc = 0;
	}
	return true;
}

bool goroutines_find(struct goroutines *all, struct live *l)
{
	struct table seen = { 0 };
	uint64_t list, count, g;

	*all = (struct goroutines){ 0 };
	if (!find_list(l, &list, &count))
		return false;
	for (uint64_t i = 0; i < count; i++) {
		if (!image_word(&l->image, list + i * l->image.ptrsize, &g) || !g ||
			table_find(&seen, g))
			continue;
		table_put(&seen, g);
		all->list = xroom(all->list, &all->cap, all->count, sizeof *all->list);
		if (take(l, g, &all->list[all->count]))
			all->count++;
	}
	table_free(&seen);
	return true;
}

void goroutines_free(struct goroutines *all)
{
	free(all->list);
	*all = (struct goroutines){ 0 };
}
