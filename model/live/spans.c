/* SPDX-License-Identifier: MIT */
#include "model/live/spans.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/target/sizeclass.h"

enum {
	SPANS_MOST = 1 << 24, PAGES_MOST = 1 << 28,
	IN_USE = 1, MANUAL = 2,   /* mspan.state: mSpanInUse, mSpanManual */
	PROBES = 1024,            /* spans that are looked at before a list is believed, */
	GOOD_LEAST = 4,           /* and of which so many have to be some */
	HEAP_MOST = 1 << 17,      /* bytes of mheap_ that come before the end of its list */
	INLINE_MARKS = 128,       /* sizeof(spanInlineMarkBits) */
	INLINE_LEAST = 16,        /* objects that have them are as large */
};

/* Offsets in mspan, which depend on the release and the size of a word. */
struct layout {
	unsigned start, pages, free_index, nelems, index_size, bits, class, state, elem_size,
		specials, type;
	unsigned size;            /* bytes that are read of it */
};

static struct layout lay_out(const struct executable *p)
{
	unsigned w = p->target->ptrsize;
	bool narrow = p->minor >= 22; /* freeindex and nelems are 16 bits wide */
	struct layout l = { .start = 3 * w, .pages = 4 * w, .free_index = 6 * w,
		.index_size = narrow ? 2 : w };
	unsigned at;

	l.nelems = l.free_index + l.index_size;
	at = narrow ? l.free_index + 6 : l.nelems + w;  /* freeIndexForScan, too */
	at = (at + p->target->wide_align - 1) / p->target->wide_align * p->target->wide_align;
	l.bits = at + 8;                                /* behind allocCache */
	at = l.bits + (p->minor >= 21 ? 3 : 2) * w;     /* gcmarkBits, pinnerBits */
	l.class = at + 10;                              /* sweepgen, divMul, allocCount */
	l.state = at + 11;
	l.elem_size = at + 16;
	l.specials = l.elem_size + 3 * w;               /* limit, speciallock */
	l.type = p->minor >= 22 ? l.elem_size + 6 * w : 0;
	l.size = l.type ? l.type + w : l.specials + w;
	return l;
}

static uint64_t get(const uint8_t *p, unsigned size)
{
	uint64_t v = 0;

	memcpy(&v, p, size);
	return v;
}

static bool is_of_pages(const struct span *s)
{
	return s->start % PAGE_SIZE_GO == 0 && s->start && s->pages && s->pages < PAGES_MOST;
}

static bool take_span(const struct layout *l, unsigned w, const uint8_t *p, struct span *s)
{
	*s = (struct span){ .start = get(p + l->start, w), .pages = get(p + l->pages, w),
		.free_from = get(p + l->free_index, l->index_size),
		.objects = get(p + l->nelems, l->index_size), .bits = get(p + l->bits, w),
		.allocated = get(p + l->class - 2, 2),
		.size = get(p + l->elem_size, w), .specials = get(p + l->specials, w),
		.noscan = p[l->class] & 1,
		.type = l->type && p[l->class] >> 1 == 0 ? get(p + l->type, w) : 0 };
	return p[l->state] == IN_USE && is_of_pages(s) && s->size && s->objects &&
		s->objects <= s->pages * PAGE_SIZE_GO / s->size;
}

/* Whether a word leads to a span: one of pages that are mapped. */
static bool leads_to_span(struct image *im, const struct layout *l, uint64_t addr)
{
	uint64_t start, pages;

	return addr % im->ptrsize == 0 && image_word(im, addr + l->start, &start) &&
		image_word(im, addr + l->pages, &pages) && start && start % PAGE_SIZE_GO == 0 &&
		pages && pages < PAGES_MOST && image_mapping(im, start);
}

/*
 * Of a slice of so many words how many lead to spans, as all of mheap_.allspans do but for those
 * that are not in use: they are zero, or what they were. 0 when it is no such list.
 */
static uint64_t rate_list(struct image *im, const struct layout *l, uint64_t addr, uint64_t len)
{
	uint64_t n = len < PROBES ? len : PROBES, good = 0, span, start;

	for (uint64_t i = 0; i < n; i++) {
		if (!image_word(im, addr + i * im->ptrsize, &span) || !span ||
			!image_word(im, span + l->start, &start) || start % PAGE_SIZE_GO)
			return 0;
		good += leads_to_span(im, l, span);
	}
	return good;
}

/* The slice among the program's variables, runtime.mheap_ being one of them. */
static bool search_list(struct image *im, const struct layout *l, uint64_t from, uint64_t size,
	uint64_t *at)
{
	unsigned w = im->ptrsize;
	uint8_t *bytes = xmalloc(size);
	uint64_t best = GOOD_LEAST - 1, good;

	if (!image_read(im, from, bytes, size))
		size = 0;
	for (uint64_t i = 0; i + 3 * w <= size; i += w) {
		uint64_t a = get(bytes + i, w), n = get(bytes + i + w, w);
		uint64_t cap = get(bytes + i + 2 * w, w);
		const struct mapping *in;

		if (n <= best || n > cap || cap > SPANS_MOST || a % w || a == 0)
			continue;
		in = image_mapping(im, a);
		if (!in || !in->write || n * w > in->to - a)
			continue;
		good = rate_list(im, l, a, n);
		if (good <= best)
			continue;
		best = good;
		*at = from + i;
	}
	free(bytes);
	return best >= GOOD_LEAST;
}

/* In mheap_ where a symbol tells of it, or else anywhere. */
static bool find_list(struct image *im, const struct layout *l, const struct executable *p,
	const struct module *m, uint64_t *at)
{
	uint64_t heap = (p->heap + m->bias) & word_mask(p->target);
	bool told = p->heap && heap >= m->data && heap < m->data_end;
	uint64_t size = told && m->data_end - heap > HEAP_MOST ? HEAP_MOST : m->data_end - heap;

	return (told && search_list(im, l, heap, size, at)) ||
		search_list(im, l, m->data, m->data_end - m->data, at);
}

/* The slice at that place, if it is one of spans. */
static bool read_list(struct image *im, const struct layout *l, uint64_t at, uint64_t *addr,
	uint64_t *len)
{
	unsigned w = im->ptrsize;
	uint64_t cap;

	return at && image_word(im, at, addr) && image_word(im, at + w, len) &&
		image_word(im, at + 2 * w, &cap) && *len <= cap && cap <= SPANS_MOST && *addr &&
		*addr % w == 0 && rate_list(im, l, *addr, *len) >= GOOD_LEAST;
}

/* Spans do not overlap: one that does is none. */
static void tidy(struct spans *s)
{
	size_t kept = 0;

	ranks_sort(s->list, s->count, sizeof *s->list);
	for (size_t i = 0; i < s->count; i++) {
		const struct span *last = kept ? &s->list[kept - 1] : NULL;

		if (!last || s->list[i].start >= last->start + last->pages * PAGE_SIZE_GO)
			s->list[kept++] = s->list[i];
	}
	s->count = kept;
	if (kept)
		ranks_make(&s->ranks, s->list, sizeof *s->list, kept);
}

bool spans_read(struct spans *s, struct image *im, const struct executable *p,
	const struct module *m, uint64_t *list, struct error *err)
{
	struct layout l = lay_out(p);
	unsigned w = im->ptrsize;
	uint64_t addr, len, at;
	uint8_t bytes[256];

	*s = (struct spans){ .ptrsize = w, .headers = p->minor >= 22,
		.inline_marks = p->inline_marks,
		.bits_most = p->minor >= 22 ? 8ull * w * w : 0 };
	if (!read_list(im, &l, *list, &addr, &len) &&
		(!find_list(im, &l, p, m, list) || !read_list(im, &l, *list, &addr, &len)))
		return fail(err, "%s: its heap has no list of spans that could be found", im->name);
	s->list = xcalloc(len, sizeof *s->list);
	for (uint64_t i = 0; i < len; i++)
		if (!image_word(im, addr + i * w, &at) || !image_read(im, at, bytes, l.size))
			continue;
		else if (take_span(&l, w, bytes, &s->list[s->count]))
			s->count++;
		else if (bytes[l.state] == MANUAL && is_of_pages(&s->list[s->count]))
			s->manual += s->list[s->count].pages * PAGE_SIZE_GO;
	tidy(s);
	return true;
}

void spans_free(struct spans *s)
{
	free(s->list);
	ranks_free(&s->ranks);
	*s = (struct spans){ 0 };
}

bool spans_in(const struct spans *s, uint64_t start, uint64_t end)
{
	size_t from, to;

	/* The first that begins at `start` or behind it. */
	ranks_find(&s->ranks, start, s->count, &from, &to);
	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (s->list[middle].start < start)
			from = middle + 1;
		else
			to = middle;
	}
	if (from < s->count && s->list[from].start < end)
		return true;
	return from && s->list[from - 1].start + s->list[from - 1].pages * PAGE_SIZE_GO > start;
}

const struct span *spans_at(const struct spans *s, uint64_t addr)
{
	size_t from, to;

	ranks_find(&s->ranks, addr, s->count, &from, &to);
	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (s->list[middle].start <= addr)
			from = middle + 1;
		else
			to = middle;
	}
	return from && addr - s->list[from - 1].start < s->list[from - 1].pages * PAGE_SIZE_GO ?
		&s->list[from - 1] : NULL;
}

bool span_in_use(const struct span *s, struct image *im, uint64_t i)
{
	uint64_t byte;

	return i < s->objects && (i < s->free_from ||
		(image_uint(im, s->bits + i / 8, 1, &byte) && byte >> i % 8 & 1));
}

bool spans_object(const struct spans *s, struct image *im, uint64_t addr, struct object *o)
{
	const struct span *sp = spans_at(s, addr);
	uint64_t i = sp ? (addr - sp->start) / sp->size : 0, type;
	bool header;

	if (!sp || !span_in_use(sp, im, i))
		return false;
	*o = (struct object){ .at = sp->start + i * sp->size, .size = sp->size,
		.whole = sp->size, .type = sp->type, .noscan = sp->noscan };
	header = s->headers && !sp->noscan && sp->size > s->bits_most && !sp->type &&
		sp->size <= MAX_SMALL_SIZE;
	if (header) {
		if (image_word(im, o->at, &type))
			o->type = type;
		o->at += MALLOC_HEADER;
		o->size -= MALLOC_HEADER;
	}
	return addr >= o->at;
}

bool spans_pointers(const struct spans *all, const struct span *s, struct image *im, uint64_t i,
	uint64_t *words)
{
	unsigned w = all->ptrsize;
	uint64_t bytes = s->pages * PAGE_SIZE_GO, n = s->size / w, bits = bytes / w / 8;
	uint64_t at = s->start + bytes - bits, first = i * n;
	uint8_t p[16] = { 0 };

	if (!all->bits_most || s->noscan || s->size > all->bits_most || n > 64)
		return false;
	if (all->inline_marks && s->size >= INLINE_LEAST)
		at -= INLINE_MARKS;
	*words = 0;
	if (!image_read(im, at + first / 8, p, (first % 8 + n + 7) / 8))
		return false;
	for (uint64_t k = 0; k < n; k++)
		*words |= (uint64_t)(p[(first % 8 + k) / 8] >> (first + k) % 8 & 1) << k;
	return true;
}
