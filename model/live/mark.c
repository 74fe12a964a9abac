/* SPDX-License-Identifier: MIT */
#include "model/live/mark.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/target/sizeclass.h"

enum {
	QUEUE = 1 << 22,          /* a power of two */
	HOLDERS_MOST = 1 << 12,
};

#define STACKS_MOST (UINT64_C(1) << 28) /* bytes in use of all stacks; more are not looked at */
#define CORE_MOST (UINT64_C(1) << 31) /* bytes of a core that are copied */

static bool get(const uint64_t *bits, uint64_t i)
{
	return bits[i / 64] >> i % 64 & 1;
}

static void set(uint64_t *bits, uint64_t i)
{
	bits[i / 64] |= UINT64_C(1) << i % 64;
}

/* What has pointers, in bytes. */
static uint64_t scanned_bytes(const struct spans *s)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < s->count; i++)
		bytes += s->list[i].noscan ? 0 : s->list[i].pages * PAGE_SIZE_GO;
	return bytes;
}

static bool takes_too_long(const struct mark *m, uint64_t bytes)
{
	return m->l->pid && m->max_hold_ms && copied_ms(bytes) > m->max_hold_ms;
}

void mark_begin(struct mark *m, struct live *l, unsigned max_hold_ms)
{
	struct error unused;
	uint64_t bytes;

	*m = (struct mark){ .l = l, .max_hold_ms = max_hold_ms };
	if (!l->pid || !live_peek(l, &unused))
		return;
	bytes = scanned_bytes(&l->view.spans);
	image_forget(&l->image);
	if (!takes_too_long(m, bytes))
		copied_reserve(&m->copied, bytes + bytes / 8);
}

/* Taking */

/* The objects in use, by what spans and their bits say now. */
static void take_used(struct mark *m)
{
	const struct spans *s = &m->l->view.spans;
	struct image *im = &m->l->image;
	uint64_t n = 0, byte;

	m->first = xcalloc(s->count + 1, sizeof *m->first);
	for (size_t k = 0; k < s->count; k++) {
		m->first[k] = n;
		n += s->list[k].objects;
	}
	m->first[s->count] = n;
	m->used = xcalloc(n / 64 + 1, sizeof *m->used);
	m->reached = xcalloc(n / 64 + 1, sizeof *m->reached);
	m->scanned = xcalloc(n / 64 + 1, sizeof *m->scanned);
	for (size_t k = 0; k < s->count; k++)
		for (uint64_t i = 0; i < s->list[k].objects; i++) {
			if (i >= s->list[k].free_from &&
				(i % 8 == 0 || i == s->list[k].free_from) &&
				!image_uint(im, s->list[k].bits + i / 8, 1, &byte))
				break;
			if (i < s->list[k].free_from || byte >> i % 8 & 1)
				set(m->used, m->first[k] + i);
		}
}

static void want_part(struct mark *m, uint64_t from, uint64_t size)
{
	struct mark_wants *w = &m->wants;

	xadd(w->parts, w->count, w->cap, (struct mark_part){ from, size });
}

static void want_heap(struct mark *m)
{
	const struct spans *s = &m->l->view.spans;
	uint64_t from, size;

	for (size_t i = 0; i < s->count; i++) {
		if (s->list[i].noscan)
			continue;
		wanted_add(&m->wants.spans, &s->list[i]);
		if (masks_of_span(&m->masks, &s->list[i], &from, &size))
			want_part(m, from, size);
	}
}

static void want_roots(struct mark *m)
{
	for (int i = 0; i < 2; i++)
		want_part(m, m->l->module.roots[i].from,
			m->l->module.roots[i].to - m->l->module.roots[i].from);
	for (size_t i = 0; i < m->goroutines.count; i++)
		want_part(m, m->goroutines.list[i].from,
			m->goroutines.list[i].to - m->goroutines.list[i].from);
}

static void take_registers(struct mark *m)
{
	const struct image *im = &m->l->image;

	free(m->registers);
	m->nregisters = 0;
	m->registers = xcalloc(im->nthreads * REGISTERS_MOST + 1, sizeof *m->registers);
	for (size_t i = 0; i < im->nthreads; i++)
		for (unsigned k = 0; k < im->threads[i].count; k++)
			m->registers[m->nregisters++] = im->threads[i].words[k];
}

/* Where they are too much, stacks are missing. */
static void take_goroutines(struct mark *m)
{
	uint64_t bytes = 0;

	m->blind = !goroutines_find(&m->goroutines, m->l);
	for (size_t i = 0; i < m->goroutines.count; i++) {
		bytes += m->goroutines.list[i].to - m->goroutines.list[i].from;
		if (bytes > STACKS_MOST) {
			m->goroutines.count = i;
			m->blind = true;
		}
	}
}

/* What was looked at before. */
static void look_no_more(struct mark *m)
{
	masks_end(&m->masks);
	goroutines_free(&m->goroutines);
	specials_free(&m->specials);
	wanted_free(&m->wants.spans);
	m->wants.count = 0;
	free(m->first);
	free(m->used);
	free(m->reached);
	free(m->scanned);
	m->first = m->used = m->reached = m->scanned = NULL;
}

void mark_look(struct mark *m)
{
	look_no_more(m);
	masks_begin(&m->masks, m->l);
	m->has_functions = functions_open(&m->functions, &m->l->image, &m->l->program,
		&m->l->module);
	take_used(m);
	specials_find(&m->specials, m->l);
	take_goroutines(m);
	want_heap(m);
	want_roots(m);
}

/* The copy is all there; it is what is marked. */
static bool has_copy(const struct mark *m)
{
	return m->copied.bytes && m->copied.used >= m->wants.spans.bytes;
}

void mark_copy(struct mark *m)
{
	take_registers(m);
	m->sampled = takes_too_long(m, m->wants.spans.bytes);
	/* A core file stays as it is. */
	if (m->sampled || (!m->l->pid && m->wants.spans.bytes > CORE_MOST))
		return;
	copied_take(&m->copied, m->l, &m->wants.spans);
	for (size_t i = 0; i < m->wants.count; i++)
		copied_add(&m->copied, m->l, m->wants.parts[i].from, m->wants.parts[i].size);
	memory_index(&m->copied.memory);
	/* There was no room for all of it. */
	m->sampled = m->l->pid && !has_copy(m);
}

void mark_drop(struct mark *m)
{
	uint64_t bytes = m->wants.spans.bytes;

	if (!m->copied.used)
		return;
	copied_free(&m->copied);
	copied_reserve(&m->copied, bytes + bytes / 8);
}

bool mark_is_covered(const struct mark *m)
{
	const struct memory *memory = &m->copied.memory;
	const struct spans *s = &m->l->view.spans;

	if (m->sampled)
		return true;
	for (size_t i = 0; i < s->count; i++)
		if (!s->list[i].noscan && !memory_at(memory, s->list[i].start,
			s->list[i].pages * PAGE_SIZE_GO))
			return false;
	for (size_t i = 0; i < m->wants.count; i++)
		if (m->wants.parts[i].size &&
			!memory_at(memory, m->wants.parts[i].from, m->wants.parts[i].size))
			return false;
	return true;
}

/* Marking */

static void push(struct mark *m, struct marked o)
{
	if (m->count == QUEUE) {
		m->spilled = true;
		return;
	}
	m->queue[(m->head + m->count++) % QUEUE] = o;
}

/* The object that holds addr; false when it is none, or not in use. */
static bool find(const struct mark *m, uint64_t addr, struct marked *o)
{
	const struct spans *all = &m->l->view.spans;
	const struct span *s = spans_at(all, addr);
	uint64_t i = s ? (addr - s->start) / s->size : 0;

	if (!s || i >= s->objects || i > UINT32_MAX)
		return false;
	*o = (struct marked){ (uint32_t)(s - all->list), (uint32_t)i };
	return get(m->used, m->first[o->span] + i);
}

static void watch(struct mark *m, uint64_t at)
{
	struct mark_watch *w = &m->watch;

	if (w->words++ >= HOLDERS_MOST)
		return;
	xadd(w->list, w->count, w->cap, at);
}

static void reach(void *data, uint64_t at, uint64_t value)
{
	struct mark *m = data;
	struct marked o;
	uint64_t n;

	if (!value || !find(m, value, &o))
		return;
	n = m->first[o.span] + o.i;
	if (m->watch.object == n + 1)
		watch(m, at);
	if (get(m->reached, n) || m->without == n + 1)
		return;
	set(m->reached, n);
	if (m->from)
		m->from[n] = at;
	m->objects++;
	m->bytes += m->l->view.spans.list[o.span].size;
	if (!m->l->view.spans.list[o.span].noscan)
		push(m, o);
}

static void scan(struct mark *m, struct marked o)
{
	uint64_t n = m->first[o.span] + o.i;

	if (get(m->scanned, n))
		return;
	set(m->scanned, n);
	masks_object(&m->masks, &m->l->view.spans.list[o.span], o.i, reach, m);
}

static void drain(struct mark *m)
{
	while (m->count) {
		struct marked o = m->queue[m->head];

		m->head = (m->head + 1) % QUEUE;
		m->count--;
		scan(m, o);
	}
}

/* Those that had no room in the queue. */
static void scan_spilled(struct mark *m)
{
	const struct spans *all = &m->l->view.spans;

	m->spilled = false;
	for (size_t k = 0; k < all->count; k++)
		for (uint64_t i = 0; !all->list[k].noscan && i < all->list[k].objects; i++) {
			uint64_t n = m->first[k] + i;

			if (!get(m->reached, n) || get(m->scanned, n))
				continue;
			scan(m, (struct marked){ (uint32_t)k, (uint32_t)i });
			drain(m);
		}
}

static void reach_specials(struct mark *m)
{
	struct marked o;

	for (size_t i = 0; i < m->specials.count; i++) {
		const struct special *s = &m->specials.list[i];

		if (!s->object)
			reach(m, MARK_RECORD, s->value);
		else if (find(m, s->value, &o))
			scan(m, o);
	}
}

static void run(struct mark *m)
{
	m->queue = xmalloc(QUEUE * sizeof *m->queue);
	for (int i = 0; i < 2; i++)
		masks_roots(&m->masks, &m->l->module.roots[i], reach, m);
	for (size_t i = 0; i < m->goroutines.count; i++)
		frames_pointers(m->has_functions ? &m->functions : NULL, &m->masks,
			&m->goroutines.list[i], reach, m);
	for (size_t i = 0; i < m->nregisters; i++)
		reach(m, MARK_REGISTER, m->registers[i]);
	reach_specials(m);
	drain(m);
	while (m->spilled)
		scan_spilled(m);
	free(m->queue);
	m->queue = NULL;
	m->head = 0;
}

void mark_run(struct mark *m)
{
	m->is_still = !m->sampled && has_copy(m);
	if (m->is_still) {
		copied_image(&m->still, &m->copied, m->l);
		m->masks.im = &m->still;
	}
	run(m);
}

static void again(struct mark *m)
{
	uint64_t words = m->first[m->l->view.spans.count] / 64 + 1;

	memset(m->reached, 0, words * sizeof *m->reached);
	memset(m->scanned, 0, words * sizeof *m->scanned);
	m->objects = m->bytes = 0;
	run(m);
}

/* The number of an object and 1; 0 when there is none. */
static uint64_t number_at(const struct mark *m, uint64_t addr)
{
	struct marked o;

	return find(m, addr, &o) ? m->first[o.span] + o.i + 1 : 0;
}

void mark_trace(struct mark *m, uint64_t watched)
{
	m->from = xcalloc(m->first[m->l->view.spans.count] + 1, sizeof *m->from);
	m->watch.object = number_at(m, watched);
	again(m);
	m->watch.object = 0;
}

uint64_t mark_from(const struct mark *m, uint64_t addr)
{
	uint64_t n = number_at(m, addr);

	return n && m->from ? m->from[n - 1] : 0;
}

void mark_without(struct mark *m, uint64_t object)
{
	m->without = number_at(m, object);
	again(m);
	m->without = 0;
}

bool mark_reaches(const struct mark *m, uint64_t addr)
{
	struct marked o;

	return !spans_at(&m->l->view.spans, addr) ||
		(find(m, addr, &o) && get(m->reached, m->first[o.span] + o.i));
}

void mark_end(struct mark *m)
{
	if (m->is_still)
		image_close(&m->still);
	copied_free(&m->copied);
	look_no_more(m);
	free(m->wants.parts);
	free(m->registers);
	free(m->from);
	free(m->watch.list);
	free(m->queue);
	*m = (struct mark){ 0 };
}
