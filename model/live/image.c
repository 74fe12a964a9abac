/* SPDX-License-Identifier: MIT */
#include "model/live/image.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/ranks.h"

enum {
	PAGE = IMAGE_PAGE,
	KEPT_MOST = 1 << 14, /* pages: 64 MB; more than that are forgotten and read again */
	AHEAD = 16,          /* pages that are read at once when they are read one after another */
	MAPS_MOST = 1 << 20,
	THREADS_MOST = 1 << 16,
};

void image_take_auxv(struct image *im, const uint8_t *p, size_t size)
{
	unsigned w = im->ptrsize;

	for (size_t i = 0; i + 2 * w <= size; i += 2 * w)
		if (image_number(p + i, w) == AT_ENTRY)
			im->entry = image_number(p + i + w, w);
}

void image_close(struct image *im)
{
	if (im->kind)
		im->kind->close(im);
	for (size_t i = 0; i < im->nmaps; i++)
		free(im->maps[i].file);
	free(im->maps);
	free(im->threads);
	free(im->name);
	table_free(&im->pages);
	free(im->kept);
	*im = (struct image){ 0 };
}

void image_forget(struct image *im)
{
	table_free(&im->pages);
	free(im->kept);
	im->kept = NULL;
	im->nkept = im->kept_cap = 0;
	im->missing = 0;
	im->mode = PAGES_SOME;
	im->last = (struct image_window){ 0 };
}

void image_make_room(struct image *im, uint64_t n)
{
	while ((im->nkept + n) * PAGE > im->kept_cap) {
		im->kept_cap = im->kept_cap ? 2 * im->kept_cap : 64 * PAGE;
		im->kept = xrealloc(im->kept, im->kept_cap);
		/* It showed what has moved; and when nothing can be read now, it stays. */
		im->last = (struct image_window){ 0 };
	}
}

static uint64_t miss_page(struct image *im, uint64_t number)
{
	table_put(&im->pages, image_page(number))->value[1] = 1;
	im->missing++;
	return 0;
}

/* So many, at most, from that one on are read at once: none that is kept is among them. */
static uint64_t read_ahead(const struct image *im, uint64_t number)
{
	uint64_t n = 1;

	if (im->last.to != number * PAGE)
		return 1;
	while (n < AHEAD && (im->mode == PAGES_SOME ||
		!table_find(&im->pages, image_page(number + n))))
		n++;
	return n;
}

/* Reads the page with that number, or with those behind it when the one before was read last. */
static uint64_t read_page(struct image *im, uint64_t number)
{
	uint64_t n = read_ahead(im, number), got;

	if (im->mode == PAGES_GIVEN || (im->mode == PAGES_ALL && im->nkept + n > IMAGE_ALL_MOST))
		return miss_page(im, number);
	if (im->mode == PAGES_SOME && im->nkept + n > KEPT_MOST)
		image_forget(im);
	image_make_room(im, n);
	got = im->kind->read(im, number * PAGE, im->kept + im->nkept * PAGE, n * PAGE) / PAGE;
	for (uint64_t i = 0; i < got; i++)
		table_put(&im->pages, image_page(number + i))->value[0] = im->nkept + i + 1;
	if (!got)
		table_put(&im->pages, image_page(number))->value[0] = 0;
	im->nkept += got;
	return got ? im->nkept - got + 1 : 0;
}

/* The page that holds addr becomes the window. */
static bool open_page(struct image *im, uint64_t addr)
{
	uint64_t number = addr / PAGE, place;
	const struct table_entry *e = table_find(&im->pages, image_page(number));

	place = e ? e->value[0] : read_page(im, number);
	if (place)
		im->last = (struct image_window){ number * PAGE, number * PAGE + PAGE,
			im->kept + (place - 1) * PAGE };
	return place != 0;
}

static bool in_window(const struct image_window *w, uint64_t addr)
{
	return addr >= w->from && addr < w->to;
}

/* The bytes from addr on, at least one of them. */
static const uint8_t *open_window(struct image *im, uint64_t addr, uint64_t *n)
{
	struct image_window *w = &im->last;

	if (!in_window(w, addr) &&
		!(im->kind->window ? im->kind->window(im, addr, w) : open_page(im, addr)))
		return NULL;
	*n = w->to - addr;
	return w->host + (addr - w->from);
}

bool image_copy(const struct image *im, uint64_t addr, void *to, uint64_t size)
{
	return size <= UINT64_MAX - addr && size <= SIZE_MAX &&
		im->kind->read(im, addr, to, (size_t)size) == size;
}

bool image_read(struct image *im, uint64_t addr, void *to, uint64_t size)
{
	uint8_t *at = to;

	if (size > UINT64_MAX - addr)
		return false;
	if (size > 16 * PAGE && im->mode == PAGES_SOME)
		return image_copy(im, addr, to, size);
	while (size) {
		uint64_t n;
		const uint8_t *p = open_window(im, addr, &n);

		if (!p)
			return im->kind->window && image_copy(im, addr, at, size);
		n = n < size ? n : size;
		memcpy(at, p, n);
		at += n;
		addr += n;
		size -= n;
	}
	return true;
}

/* The bytes, where they lie or in `buffer`; NULL when they cannot be read. */
static const uint8_t *bytes_at(struct image *im, uint64_t addr, unsigned size, uint8_t *buffer)
{
	const struct image_window *w = &im->last;

	if (in_window(w, addr) && size <= w->to - addr)
		return w->host + (addr - w->from);
	return image_read(im, addr, buffer, size) ? buffer : NULL;
}

bool image_uint(struct image *im, uint64_t addr, unsigned size, uint64_t *value)
{
	uint8_t buffer[8];
	const uint8_t *p = bytes_at(im, addr, size, buffer);

	*value = 0;
	if (p && size == 8)
		memcpy(value, p, 8); /* most are */
	for (unsigned i = p && size != 8 ? size : 0; i-- > 0;)
		*value = *value << 8 | p[i];
	return p != NULL;
}

bool image_word(struct image *im, uint64_t addr, uint64_t *value)
{
	return image_uint(im, addr, im->ptrsize, value);
}

const struct mapping *image_mapping(const struct image *im, uint64_t addr)
{
	const struct mapping *m = ranks_last(im->maps, sizeof *im->maps, 0, im->nmaps, addr);

	return m && addr < m->to ? m : NULL;
}

bool image_add(struct image *im, struct mapping m)
{
	if (m.from >= m.to || im->nmaps == MAPS_MOST ||
		(im->nmaps && m.from < im->maps[im->nmaps - 1].to)) {
		free(m.file);
		return false;
	}
	xadd(im->maps, im->nmaps, im->maps_cap, m);
	return true;
}

/* Source: sys/user.h, user_regs_struct. */
static const struct {
	unsigned count, sp, pc;
} places[] = { { 27, 19, 16 }, { 17, 15, 12 } };

void image_add_thread(struct image *im, const uint8_t *bytes, size_t size)
{
	struct registers r = { .count = (unsigned)(size / im->ptrsize) };

	if (r.count > REGISTERS_MOST)
		r.count = REGISTERS_MOST;
	if (im->nthreads == THREADS_MOST)
		return;
	for (unsigned i = 0; i < r.count; i++)
		memcpy(&r.words[i], bytes + i * im->ptrsize, im->ptrsize);
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (places[i].count == size / im->ptrsize) {
			r.sp = r.words[places[i].sp];
			r.pc = r.words[places[i].pc];
		}
	xadd(im->threads, im->nthreads, im->threads_cap, r);
}
