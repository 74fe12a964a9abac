/* SPDX-License-Identifier: MIT */
#include "model/live/look.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "model/base/mem.h"
#include "model/base/ranks.h"

/* Pages in a row, all of which are copied where one of them is, unless that makes too many: what
   the heap grows by, and less. */
static const struct block {
	uint64_t pages, most;
} blocks[] = { { 1024, 1 << 14 }, { 64, 1 << 15 }, { 16, 1 << 16 } };

bool look_begin(struct look *k, struct image *im)
{
	*k = (struct look){ .im = im };
	if (!im->kind->read_pages)
		return false;
	image_forget(im);
	im->mode = PAGES_ALL;
	return true;
}

static void forget_copy(struct look *k)
{
	free(k->numbers);
	free(k->there);
	if (k->bytes)
		munmap(k->bytes, k->size);
	*k = (struct look){ .im = k->im };
}

static bool changes(const struct image *im, uint64_t number)
{
	const struct mapping *m = image_mapping(im, number * IMAGE_PAGE);

	return !m || m->write;
}

static void add(struct look *k, uint64_t number)
{
	xadd(k->numbers, k->count, k->cap, number);
}

/* Those that are kept, or have to be. */
static void add_kept(struct look *k)
{
	const struct table *pages = &k->im->pages;

	for (size_t i = 0; i < pages->size; i++) {
		uint64_t number = (pages->list[i].key >> 3) - 1;

		if (pages->list[i].key && (pages->list[i].value[1] || changes(k->im, number)))
			add(k, number);
	}
	ranks_sort(k->numbers, k->count, sizeof *k->numbers);
}

static uint64_t pages_of_blocks(const struct look *k, uint64_t pages)
{
	uint64_t n = 0;

	for (size_t i = 0; i < k->count; i++)
		n += !i || k->numbers[i] / pages != k->numbers[i - 1] / pages ? pages : 0;
	return n;
}

static void add_block(struct look *k, uint64_t from, uint64_t to)
{
	for (uint64_t number = from; number < to; number++) {
		const struct mapping *m = image_mapping(k->im, number * IMAGE_PAGE);

		if (!m || !m->read || !m->write || table_find(&k->im->pages, image_page(number)))
			continue;
		table_put(&k->im->pages, image_page(number))->value[1] = 1;
		add(k, number);
	}
}

/* All of the blocks that those are in. */
static void widen(struct look *k)
{
	const struct block *b = blocks, *end = blocks + sizeof blocks / sizeof *blocks;
	size_t kept = k->count;

	k->im->kind->map_anew(k->im);
	while (b < end && pages_of_blocks(k, b->pages) > b->most)
		b++;
	for (size_t i = 0; b < end && i < kept; i++) {
		uint64_t block = k->numbers[i] / b->pages;

		if (!i || block != k->numbers[i - 1] / b->pages)
			add_block(k, block * b->pages, (block + 1) * b->pages);
	}
	ranks_sort(k->numbers, k->count, sizeof *k->numbers);
}

bool look_prepare(struct look *k, bool wide)
{
	forget_copy(k);
	if (k->im->nkept + k->im->missing > IMAGE_ALL_MOST)
		return false;
	add_kept(k);
	if (wide)
		widen(k);
	k->there = xcalloc(k->count + 1, sizeof *k->there);
	k->size = (k->count + 1) * IMAGE_PAGE;
	/* Memory that is made while it is written to would triple the time. */
	k->bytes = mmap(NULL, k->size, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (k->bytes == MAP_FAILED)
		k->bytes = NULL;
	return k->bytes != NULL;
}

void look_copy(struct look *k)
{
	k->im->kind->read_pages(k->im, k->numbers, k->count, k->bytes, k->there);
}

/* The copy of a page takes its place: whether it is the same. */
static bool settle_page(struct image *im, uint64_t number, const uint8_t *bytes, bool there)
{
	struct table_entry *e = table_find(&im->pages, image_page(number));
	bool was = e->value[0] != 0, missed = e->value[1];
	uint8_t *at = was ? im->kept + (e->value[0] - 1) * IMAGE_PAGE : NULL;

	e->value[1] = 0;
	if (was && there && memcmp(at, bytes, IMAGE_PAGE) == 0)
		return true;
	if (!there) {
		e->value[0] = 0;
		return !was && !missed;
	}
	if (!was) {
		image_make_room(im, 1);
		at = im->kept + im->nkept++ * IMAGE_PAGE;
		e->value[0] = im->nkept;
	}
	memcpy(at, bytes, IMAGE_PAGE);
	return false;
}

static bool settle(struct look *k)
{
	bool same = !k->im->missing;

	/* In a window could be what cannot be read any more. */
	k->im->last = (struct image_window){ 0 };
	for (size_t i = 0; i < k->count; i++)
		same &= settle_page(k->im, k->numbers[i], k->bytes + i * IMAGE_PAGE, k->there[i]);
	k->im->missing = 0;
	return same;
}

bool look_settle(struct look *k)
{
	k->im->mode = PAGES_GIVEN;
	return settle(k);
}

void look_settle_held(struct look *k)
{
	k->im->mode = PAGES_ALL;
	settle(k);
}

bool look_lacks(const struct look *k)
{
	return k->im->missing != 0;
}

void look_end(struct look *k)
{
	forget_copy(k);
	image_forget(k->im);
}
