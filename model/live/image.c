/* SPDX-License-Identifier: MIT */
#include "model/live/image.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

enum {
	PAGE = 4096,
	KEPT_MOST = 1 << 16, /* pages: 256 MB; more than that are forgotten and read again */
	MAPS_MOST = 1 << 20,
};

void image_close(struct image *im)
{
	if (im->kind)
		im->kind->close(im);
	for (size_t i = 0; i < im->nmaps; i++)
		free(im->maps[i].file);
	free(im->maps);
	free(im->name);
	table_free(&im->pages);
	free(im->kept);
	*im = (struct image){ 0 };
}

void image_forget(struct image *im)
{
	table_free(&im->pages);
	im->nkept = 0;
}

/* The page with that number; NULL when it cannot be read. */
static const uint8_t *page(struct image *im, uint64_t number)
{
	const struct table_entry *e = table_find(&im->pages, (number + 1) << 3);
	uint64_t place = 0;

	if (!e) {
		if (im->nkept == KEPT_MOST)
			image_forget(im);
		if ((im->nkept + 1) * PAGE > im->kept_cap) {
			im->kept_cap = im->kept_cap ? 2 * im->kept_cap : 64 * PAGE;
			im->kept = xrealloc(im->kept, im->kept_cap);
		}
		if (im->kind->read(im, number * PAGE, im->kept + im->nkept * PAGE, PAGE) == PAGE)
			place = ++im->nkept;
		table_put(&im->pages, (number + 1) << 3)->value[0] = place;
	} else {
		place = e->value[0];
	}
	return place ? im->kept + (place - 1) * PAGE : NULL;
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
	if (im->kind->at_once || size > 16 * PAGE)
		return image_copy(im, addr, to, size);
	while (size) {
		uint64_t in = addr % PAGE, n = PAGE - in < size ? PAGE - in : size;
		const uint8_t *p = page(im, addr / PAGE);

		if (!p)
			return false;
		memcpy(at, p + in, n);
		at += n;
		addr += n;
		size -= n;
	}
	return true;
}

bool image_uint(struct image *im, uint64_t addr, unsigned size, uint64_t *value)
{
	uint8_t bytes[8] = { 0 };

	*value = 0;
	if (!image_read(im, addr, bytes, size))
		return false;
	for (unsigned i = size; i-- > 0;)
		*value = *value << 8 | bytes[i];
	return true;
}

bool image_word(struct image *im, uint64_t addr, uint64_t *value)
{
	return image_uint(im, addr, im->ptrsize, value);
}

const struct mapping *image_mapping(const struct image *im, uint64_t addr)
{
	size_t from = 0, to = im->nmaps;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (im->maps[middle].from <= addr)
			from = middle + 1;
		else
			to = middle;
	}
	return from && addr < im->maps[from - 1].to ? &im->maps[from - 1] : NULL;
}

bool image_add(struct image *im, struct mapping m)
{
	if (m.from >= m.to || im->nmaps == MAPS_MOST ||
		(im->nmaps && m.from < im->maps[im->nmaps - 1].to)) {
		free(m.file);
		return false;
	}
	im->maps = grow(im->maps, &im->maps_cap, im->nmaps, sizeof *im->maps);
	im->maps[im->nmaps++] = m;
	return true;
}
