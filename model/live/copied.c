/* SPDX-License-Identifier: MIT */
#include "model/live/copied.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/base/ranks.h"
#include "model/target/sizeclass.h"

enum {
	BLOCK = 1 << 16, BLOCK_LEAST = 1 << 20,
	FILE_LEAST = 3, FILE_MOST = 500, /* its number: 0 to 2 are not for it */
};

#define SPACE (32ull << 30)

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
	xadd(w->list, w->count, w->cap, s->start);
	w->bytes += s->pages * PAGE_SIZE_GO;
}

/* A file in memory; 0 when there is none, or there are so many that other files need the room, or
   a limit on their size, which would end the program. */
static int open_file(void)
{
	struct rlimit most;
	bool limited = getrlimit(RLIMIT_FSIZE, &most) != 0 || most.rlim_cur != RLIM_INFINITY;
	int fd = limited ? -1 : memfd_create("hmapview", MFD_CLOEXEC), file = -1;

	if (fd >= 0) {
		file = fcntl(fd, F_DUPFD_CLOEXEC, FILE_LEAST);
		close(fd);
	}
	if (file > FILE_MOST)
		close(file);
	return file >= 0 && file <= FILE_MOST ? file : 0;
}

/* Address space for much more than the bytes, which take no memory yet. */
static bool open_copied(struct copied *c, uint64_t bytes)
{
	int file = open_file();

	for (c->size = SPACE; ; c->size /= 2) {
		void *p = mmap(NULL, c->size, PROT_READ | PROT_WRITE,
			MAP_NORESERVE | (file ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS),
			file ? file : -1, 0);

		if (p != MAP_FAILED) {
			c->bytes = p;
			c->memory.file = file;
			c->memory.file_bytes = p;
			return true;
		}
		if (c->size / 2 < bytes)
			break;
	}
	if (file)
		close(file);
	c->size = 0;
	return false;
}

/* Writing to what the system has no memory for would end the program. */
static bool make_ready(struct copied *c, uint64_t to)
{
	if (c->memory.file &&
		fallocate(c->memory.file, 0, (off_t)c->ready, (off_t)(to - c->ready)) != 0)
		return false;
	/* Where this is unknown the memory is made as it is written to. */
	madvise(c->bytes + c->ready, to - c->ready, MADV_POPULATE_WRITE);
	c->ready = to;
	return true;
}

void copied_reserve(struct copied *c, uint64_t bytes)
{
	bytes = bytes < BLOCK_LEAST ? BLOCK_LEAST : (bytes + BLOCK - 1) / BLOCK * BLOCK;
	if ((c->bytes || open_copied(c, bytes)) && bytes > c->ready - c->used &&
		bytes <= c->size - c->used)
		make_ready(c, c->used + bytes);
}

void copied_free(struct copied *c)
{
	if (c->bytes)
		munmap(c->bytes, c->size);
	if (c->memory.file)
		close(c->memory.file);
	memory_free(&c->memory);
	*c = (struct copied){ 0 };
}

/* Room for so many bytes; NULL when there is none. */
static uint8_t *room(struct copied *c, uint64_t bytes)
{
	if (bytes > c->ready - c->used)
		copied_reserve(c, bytes);
	if (bytes > c->ready - c->used)
		return NULL;
	c->used += bytes;
	return c->bytes + c->used - bytes;
}

/* Spans that touch are copied at once. */
void copied_take(struct copied *c, struct live *l, const struct wanted *w)
{
	ranks_sort(w->list, w->count, sizeof *w->list);
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

void copied_add(struct copied *c, struct live *l, uint64_t from, uint64_t size)
{
	uint8_t *to = size ? room(c, size) : NULL;

	if (to && image_copy(&l->image, from, to, size))
		memory_add(&c->memory, from, size, to);
}

void copied_rest(struct copied *c)
{
	if (c->memory.file)
		madvise(c->bytes, c->ready, MADV_DONTNEED);
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

static bool find_window(const struct image *im, uint64_t addr, struct image_window *w)
{
	const struct source *s = im->source;
	const struct segment *in = memory_segment(&s->copied->memory, addr);

	if (in)
		*w = (struct image_window){ in->addr, in->addr + in->size, in->host };
	return in != NULL;
}

static void close_copied(struct image *im)
{
	free(im->source);
}

static const struct image_kind kind = { .read = read_copied, .close = close_copied,
	.window = find_window };

void copied_image(struct image *im, const struct copied *c, struct live *l)
{
	struct source *s = xmalloc(sizeof *s);

	*s = (struct source){ c, l };
	*im = (struct image){ .kind = &kind, .source = s, .name = xstrdup(l->image.name),
		.ptrsize = l->image.ptrsize, .entry = l->image.entry };
}
