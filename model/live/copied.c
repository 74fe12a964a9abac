/* SPDX-License-Identifier: MIT */
#include "model/live/copied.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "model/base/mem.h"
#include "model/target/sizeclass.h"

enum { BLOCK_LEAST = 1 << 20 };

void wanted_free(struct wanted *w)
{
	free(w->list);
	table_free(&w->known);
	*w = (struct wanted){ 0 };
}

void wanted_add(struct wanted *w, const struct span *s)
{
	if (table_find(&w->known, s->start))
		return;
	table_put(&w->known, s->start);
	w->list = grow(w->list, &w->cap, w->count, sizeof *w->list);
	w->list[w->count++] = s->start;
	w->bytes += s->pages * PAGE_SIZE_GO;
}

void copied_reserve(struct copied *c, uint64_t bytes)
{
	void *p;

	bytes = bytes < BLOCK_LEAST ? BLOCK_LEAST : (bytes + 4095) / 4096 * 4096;
	p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1,
		0);
	if (p == MAP_FAILED)
		return;
	c->blocks = grow(c->blocks, &c->blocks_cap, c->nblocks, sizeof *c->blocks);
	c->blocks[c->nblocks++] = (struct copied_block){ p, bytes, 0 };
}

void copied_free(struct copied *c)
{
	for (size_t i = 0; i < c->nblocks; i++)
		munmap(c->blocks[i].bytes, c->blocks[i].size);
	free(c->blocks);
	memory_free(&c->memory);
	*c = (struct copied){ 0 };
}

/* Room for so many bytes; NULL when there is none. */
static uint8_t *room(struct copied *c, uint64_t bytes)
{
	struct copied_block *b = c->nblocks ? &c->blocks[c->nblocks - 1] : NULL;

	if (!b || bytes > b->size - b->used) {
		copied_reserve(c, bytes);
		b = c->nblocks ? &c->blocks[c->nblocks - 1] : NULL;
		if (!b || bytes > b->size - b->used)
			return NULL;
	}
	b->used += bytes;
	return b->bytes + b->used - bytes;
}

static int by_address(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Spans that touch are copied at once. */
void copied_take(struct copied *c, struct live *l, const struct wanted *w)
{
	if (w->count)
		qsort(w->list, w->count, sizeof *w->list, by_address);
	for (size_t i = 0, next; i < w->count; i = next) {
		const struct span *s = spans_at(&l->view.spans, w->list[i]);
		uint64_t from = s ? s->start : 0, size = s ? s->pages * PAGE_SIZE_GO : 0;
		uint8_t *to;

		for (next = i + 1; s && next < w->count; next++) {
			s = w->list[next] == from + size ?
				spans_at(&l->view.spans, w->list[next]) : NULL;
			if (s && s->start == from + size)
				size += s->pages * PAGE_SIZE_GO;
			else
				break;
		}
		to = size ? room(c, size) : NULL;
		if (to && image_copy(&l->image, from, to, size))
			memory_add(&c->memory, from, size, to);
	}
	memory_index(&c->memory);
}

struct source {
	const struct copied *copied;
	struct live *live;
};

static size_t read_copied(const struct image *im, uint64_t addr, void *to, size_t size)
{
	const struct source *s = im->source;
	const uint8_t *from = memory_at(&s->copied->memory, addr, size);

	if (from) {
		memcpy(to, from, size);
		return size;
	}
	if (spans_at(&s->live->view.spans, addr))
		return 0;
	return image_read(&s->live->image, addr, to, size) ? size : 0;
}

static void close_copied(struct image *im)
{
	free(im->source);
}

static const struct image_kind kind = { .read = read_copied, .close = close_copied,
	.at_once = true };

void copied_image(struct image *im, const struct copied *c, struct live *l)
{
	struct source *s = xmalloc(sizeof *s);

	*s = (struct source){ c, l };
	*im = (struct image){ .kind = &kind, .source = s, .name = xstrdup(l->image.name),
		.ptrsize = l->image.ptrsize, .entry = l->image.entry };
}
