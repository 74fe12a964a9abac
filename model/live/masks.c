/* SPDX-License-Identifier: MIT */
#include "model/live/masks.h"

#include <stdlib.h>

#include "model/base/mem.h"
#include "model/target/sizeclass.h"

enum {
	WORDS_MOST = 1 << 20,     /* of a type whose mask is made */
	DEPTH_MOST = 64,
	FIELDS_MOST = 1 << 14,
	CHUNK = 4096,             /* bytes that are read at once */
	PROGRAM_MOST = 1 << 24,   /* instructions of a collector's program */
	MHEAP_MOST = 1 << 12,     /* bytes of mheap_ behind its list of spans, the arenas in them */
	ARENA_PROBES = 8,
};

static bool get(const uint64_t *bits, uint64_t i)
{
	return bits[i / 64] >> i % 64 & 1;
}

static void set(uint64_t *bits, uint64_t i)
{
	bits[i / 64] |= 1ull << i % 64;
}

static uint64_t *new_bits(uint64_t n)
{
	return xcalloc(n / 64 + 1, sizeof(uint64_t));
}

/* Types */

struct filling {
	const struct rtypes *types;
	struct mask *m;
	unsigned w;
	bool known;
};

static void fill(struct filling *f, uint64_t type, uint64_t offset, unsigned depth);

static void fill_array(struct filling *f, const struct rtype *t, uint64_t offset, unsigned depth)
{
	struct rtype elem;

	if (!rtype_read(f->types, t->elem, &elem) || !elem.size) {
		f->known = false;
		return;
	}
	for (uint64_t i = 0; i < t->len && f->known; i++)
		fill(f, t->elem, offset + i * elem.size, depth + 1);
}

static void fill_struct(struct filling *f, const struct rtype *t, uint64_t offset, unsigned depth)
{
	struct rfield field;

	f->known &= t->nfields <= FIELDS_MOST;
	for (uint64_t i = 0; i < t->nfields && f->known; i++) {
		if (!rtype_field(f->types, t, i, &field)) {
			f->known = false;
			return;
		}
		fill(f, field.type, offset + field.offset, depth + 1);
	}
}

/* The pointers of a value of the type, so far into the whole. */
static void fill(struct filling *f, uint64_t type, uint64_t offset, unsigned depth)
{
	uint64_t word = offset / f->w;
	struct rtype t;

	if (depth == DEPTH_MOST || !rtype_read(f->types, type, &t)) {
		f->known = false;
		return;
	}
	if (!t.pointers)
		return;
	if (offset % f->w || offset + t.size > f->m->words * f->w) {
		f->known = false;
		return;
	}
	switch (t.kind) {
	case RKIND_ARRAY:
		fill_array(f, &t, offset, depth);
		break;
	case RKIND_STRUCT:
		fill_struct(f, &t, offset, depth);
		break;
	case RKIND_INTERFACE:
		set(f->m->bits, word + 1);
		break;
	default:
		set(f->m->bits, word);
	}
}

/* An array repeats as its elements do. */
static uint64_t repeated(const struct rtypes *r, uint64_t type, struct rtype *t)
{
	for (unsigned i = 0; i < DEPTH_MOST; i++) {
		if (!rtype_read(r, type, t))
			return 0;
		if (t->kind != RKIND_ARRAY || !t->len)
			return type;
		type = t->elem;
	}
	return 0;
}

static struct mask make(struct masks *m, uint64_t type)
{
	const struct rtypes *types = &m->l->view.types;
	unsigned w = m->l->image.ptrsize;
	struct mask mask = { .words = 1 };
	struct filling f = { types, &mask, w, true };
	struct rtype t;

	type = repeated(types, type, &t);
	if (!type || !t.size || t.size % w || t.size / w > WORDS_MOST)
		return mask;
	mask.words = t.size / w;
	mask.bits = new_bits(mask.words);
	fill(&f, type, 0, 0);
	if (!f.known) {
		free(mask.bits);
		mask = (struct mask){ .words = 1 };
	}
	return mask;
}

/* Good until another one is asked for. */
static const struct mask *mask_of(struct masks *m, uint64_t type)
{
	struct table_entry *e = table_find(&m->index, type | 1);

	if (!e) {
		e = table_put(&m->index, type | 1);
		e->value[0] = m->count;
		xadd(m->list, m->count, m->cap, make(m, type));
	}
	return &m->list[e->value[0]];
}

/* Words */

/* Those of [from, to) that the mask, which begins there, says. What cannot be read is none. */
static void tell(struct masks *m, uint64_t from, uint64_t to, const struct mask *mask,
	pointer_sink *sink, void *data)
{
	unsigned w = m->im->ptrsize;
	uint64_t bytes[CHUNK / 8], k = 0;

	for (uint64_t at = from; at + w <= to; at += CHUNK) {
		uint64_t n = to - at < CHUNK ? to - at : CHUNK;
		const uint8_t *p = (const uint8_t *)bytes;

		if (!image_read(m->im, at, bytes, n))
			return;
		for (uint64_t i = 0; i + w <= n; i += w) {
			if (!mask->bits || get(mask->bits, k))
				sink(data, at + i, image_number(p + i, w));
			if (++k == mask->words)
				k = 0;
		}
	}
}

void masks_all(struct masks *m, uint64_t from, uint64_t to, pointer_sink *sink, void *data)
{
	static const struct mask all = { .words = 1 };
	unsigned w = m->l->image.ptrsize;

	tell(m, (from + w - 1) / w * w, to, &all, sink, data);
}

/* Variables: the collector's program, instructions of which each adds bits to a row of them. */

/* A number of 7 bits a byte, the lowest first. */
static bool read_varint(struct image *im, uint64_t *at, uint64_t *n)
{
	uint64_t byte;

	*n = 0;
	for (unsigned shift = 0; shift < 42; shift += 7) {
		if (!image_uint(im, (*at)++, 1, &byte))
			return false;
		*n |= (byte & 127) << shift;
		if (byte < 128)
			return true;
	}
	return false;
}

struct row {
	uint64_t *bits;
	uint64_t count, most;
};

static void append(struct row *r, bool bit)
{
	if (r->count < r->most && bit)
		set(r->bits, r->count);
	r->count += r->count < r->most;
}

/* N bits that follow in the program, or the last N bits C times again. False at its end. */
static bool run_one(struct image *im, uint64_t *at, struct row *r, bool *ok)
{
	uint64_t op, n, c, byte = 0;

	*ok = image_uint(im, (*at)++, 1, &op);
	n = op & 127;
	if (!*ok || op == 0)
		return false;
	if (op < 128) {
		for (uint64_t i = 0; i < n && *ok; i++) {
			if (i % 8 == 0)
				*ok = image_uint(im, (*at)++, 1, &byte);
			append(r, byte >> i % 8 & 1);
		}
		return *ok;
	}
	*ok = (n || read_varint(im, at, &n)) && read_varint(im, at, &c) && n && n <= r->count;
	for (uint64_t i = 0; *ok && i / n < c && r->count < r->most; i++)
		append(r, get(r->bits, r->count - n));
	return *ok;
}

void masks_roots(struct masks *m, const struct roots *r, pointer_sink *sink, void *data)
{
	struct mask mask = { .words = (r->to - r->from) / m->l->image.ptrsize };
	struct row row = { .bits = new_bits(mask.words), .most = mask.words };
	uint64_t at = r->program;
	bool ok = r->program != 0;

	for (unsigned i = 0; ok && i < PROGRAM_MOST && run_one(&m->l->image, &at, &row, &ok); i++)
		continue;
	mask.bits = ok ? row.bits : NULL;
	if (mask.words)
		tell(m, r->from, r->to, &mask, sink, data);
	free(row.bits);
}

/* Arenas, before 1.22 */

struct arena {
	uint64_t size, base;      /* of one; that addresses are counted from */
	uint64_t bitmap, more;    /* bytes of bits; of which a bit each says that no more come */
	unsigned list_bits;       /* of the number of arenas */
};

/* Source: runtime/malloc.go, runtime/mheap.go: heapArenaBytes, arenaBaseOffset. */
static struct arena arena_of(const struct executable *p)
{
	struct arena a = { .size = 64u << 20, .base = UINT64_C(1) << 47, .list_bits = 22 };
	unsigned w = p->target->ptrsize;

	if (w == 4)
		a = (struct arena){ .size = 4u << 20, .list_bits = 10 };
	a.bitmap = p->minor < 20 ? a.size / w / 4 : a.size / w / 8;
	a.more = p->minor < 20 ? 0 : a.bitmap / w / 8;
	return a;
}

static uint64_t arena_number(const struct masks *m, const struct arena *a, uint64_t addr)
{
	return ((addr + a->base) & word_mask(m->l->program.target)) / a->size;
}

/* Whether that is where the arenas are listed: those of some spans know these. */
static bool is_arena_list(struct masks *m, const struct arena *a, uint64_t list)
{
	const struct spans *spans = &m->l->view.spans;
	struct image *im = &m->l->image;
	unsigned w = im->ptrsize;
	size_t step = spans->count / ARENA_PROBES + 1;

	for (size_t i = 0; i < spans->count; i += step) {
		uint64_t at = spans->list[i].start, arena, span, start;
		uint64_t page = at % a->size / PAGE_SIZE_GO;

		if (!image_word(im, list + arena_number(m, a, at) * w, &arena) || !arena ||
			!image_word(im, arena + a->bitmap + a->more + page * w, &span) || !span ||
			!image_word(im, span + 3 * w, &start) || start != at)
			return false;
	}
	return spans->count != 0;
}

/* Behind mheap_.allspans, which the list of spans is. */
static void find_arenas(struct masks *m)
{
	struct arena a = arena_of(&m->l->program);
	struct image *im = &m->l->image;
	uint64_t list;

	for (uint64_t i = 0; i < MHEAP_MOST; i += im->ptrsize)
		if (image_word(im, m->l->span_list + i, &list) && list &&
			list % im->ptrsize == 0 && is_arena_list(m, &a, list)) {
			m->arena_list = list;
			return;
		}
}

static uint64_t arena_at(struct masks *m, const struct arena *a, uint64_t addr)
{
	uint64_t number = arena_number(m, a, addr), at = 0;
	struct table_entry *e = table_find(&m->arenas, number + 1);

	if (e)
		return e->value[0];
	if (number < 1ull << a->list_bits)
		image_word(&m->l->image, m->arena_list + number * m->l->image.ptrsize, &at);
	table_put(&m->arenas, number + 1)->value[0] = at;
	return at;
}

bool masks_of_span(struct masks *m, const struct span *s, uint64_t *from, uint64_t *size)
{
	struct arena a = arena_of(&m->l->program);
	uint64_t each = a.size / a.bitmap, at = m->arena_list ? arena_at(m, &a, s->start) : 0;

	/* A large one may go on in the next arena, whose bits lie elsewhere. */
	if (!at)
		return false;
	*from = at + s->start % a.size / each;
	*size = s->pages * PAGE_SIZE_GO / each;
	if (*size > at + a.bitmap - *from)
		*size = at + a.bitmap - *from;
	return *size != 0;
}

/* Whether word i of an arena is a pointer, and whether others of its object may follow. */
static bool arena_bit(struct masks *m, const struct arena *a, uint64_t arena, uint64_t word,
	bool *more)
{
	unsigned bits = 8 * m->l->image.ptrsize;
	uint64_t byte = 0, last;

	if (!a->more) {
		/* Of four words a byte: four bits on pointers, four on whether to go on. */
		*more = image_uint(m->im, arena + word / 4, 1, &byte) && byte >> (4 + word % 4) & 1;
		return *more && byte >> word % 4 & 1;
	}
	image_uint(m->im, arena + word / 8, 1, &byte);
	if (word % bits == bits - 1) {
		last = 0;
		image_uint(m->im, arena + a->bitmap + word / bits / 8, 1, &last);
		*more = !(last >> word / bits % 8 & 1);
	}
	return byte >> word % 8 & 1;
}

static void tell_by_arena(struct masks *m, const struct span *s, uint64_t i, pointer_sink *sink,
	void *data)
{
	struct arena a = arena_of(&m->l->program);
	unsigned w = m->l->image.ptrsize;
	uint64_t from = s->start + i * s->size, value, byte;
	bool more = true, bit;

	for (uint64_t at = from; at + w <= from + s->size && more; at += w) {
		uint64_t arena = arena_at(m, &a, at);

		if (!arena || !image_uint(m->im, arena + at % a.size / w / 8, 1, &byte)) {
			masks_all(m, at, from + s->size, sink, data);
			return;
		}
		bit = arena_bit(m, &a, arena, at % a.size / w, &more);
		if (bit && image_word(m->im, at, &value))
			sink(data, at, value);
	}
}

/* Objects */

static void tell_small(struct masks *m, const struct span *s, uint64_t i, pointer_sink *sink,
	void *data)
{
	uint64_t words, from = s->start + i * s->size, bits;
	struct mask mask = { &bits, s->size / m->im->ptrsize };

	if (!spans_pointers(&m->l->view.spans, s, m->im, i, &words)) {
		masks_all(m, from, from + s->size, sink, data);
		return;
	}
	bits = words;
	if (bits)
		tell(m, from, from + s->size, &mask, sink, data);
}

void masks_object(struct masks *m, const struct span *s, uint64_t i, pointer_sink *sink, void *data)
{
	const struct spans *all = &m->l->view.spans;
	uint64_t from = s->start + i * s->size, to = from + s->size, type = s->type;
	bool header = s->size <= MAX_SMALL_SIZE && !type;

	if (s->noscan)
		return;
	if (!all->headers && m->arena_list) {
		tell_by_arena(m, s, i, sink, data);
	} else if (all->headers && s->size <= all->bits_most) {
		tell_small(m, s, i, sink, data);
	} else if (all->headers && (!header || image_word(m->im, from, &type)) && type) {
		from += header ? MALLOC_HEADER : 0;
		tell(m, from, to, mask_of(m, type), sink, data);
	} else {
		masks_all(m, from, to, sink, data);
	}
}

void masks_begin(struct masks *m, struct live *l)
{
	*m = (struct masks){ .l = l, .im = &l->image };
	if (!l->view.spans.headers)
		find_arenas(m);
}

void masks_end(struct masks *m)
{
	for (size_t i = 0; i < m->count; i++)
		free(m->list[i].bits);
	free(m->list);
	table_free(&m->index);
	table_free(&m->arenas);
	*m = (struct masks){ 0 };
}
