/* SPDX-License-Identifier: MIT */
/* A recorded core file with its executable, for those who spoil one of them. */
#ifndef TESTS_FUZZ_LIVE_CORE_H
#define TESTS_FUZZ_LIVE_CORE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "model/live/capture.h"
#include "model/live/census.h"
#include "model/live/writers.h"
#include "model/session/session.h"
#include "model/source/source.h"

struct file {
	uint8_t *bytes;
	size_t size;
	int fd;
	char path[64];
};

static inline void file_make(struct file *f, const uint8_t *bytes, size_t size)
{
	f->fd = memfd_create("file", MFD_CLOEXEC);
	f->size = size;
	if (f->fd < 0 || ftruncate(f->fd, (off_t)size) != 0)
		abort();
	f->bytes = size ? mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, f->fd, 0) : NULL;
	if (size && f->bytes == MAP_FAILED)
		abort();
	if (size)
		memcpy(f->bytes, bytes, size);
	snprintf(f->path, sizeof f->path, "/proc/self/fd/%d", f->fd);
}

static inline void file_drop(struct file *f)
{
	if (f->size)
		munmap(f->bytes, f->size);
	close(f->fd);
}

/* Those of the tree, unpacked. */
static inline void file_unpack(struct file *f, const char *name)
{
	char command[128];
	uint8_t *bytes = NULL;
	size_t size = 0, cap = 0, n;
	FILE *in;

	snprintf(command, sizeof command, "exec gzip -dc tests/live/%s.gz", name);
	in = popen(command, "r");
	if (!in)
		abort();
	do {
		if (cap - size < 1 << 20)
			bytes = realloc(bytes, cap = 2 * cap + (2 << 20));
		if (!bytes)
			abort();
		n = fread(bytes + size, 1, cap - size, in);
		size += n;
	} while (n);
	if (pclose(in) != 0 || !size)
		abort();
	file_make(f, bytes, size);
	free(bytes);
}

/* All that can be asked of it: the list, some maps as sessions, and who works on them. */
static inline void live_look(const char *core, const char *exe)
{
	struct live l;
	struct census c;
	struct writers w;
	struct error err;
	unsigned taken = 0;

	if (!live_open_core(&l, core, exe, &err))
		return;
	census_take(&c, &l, &(struct census_wish){ .reach = true }, &err);
	for (size_t i = 0; i < c.count && taken < 6; i++) {
		struct capture_wish wish = { .head = c.list[i].head.at, .type = c.list[i].type };
		struct capture *m = calloc(1, sizeof *m);
		struct source *src;
		struct session s;

		if (!m || !wish.type || !capture_take(m, &l, &wish, &err)) {
			free(m);
			continue;
		}
		taken++;
		src = source_captured(m, &err);
		if (src && session_open_snapshot(&s, src, 0, &err))
			session_close(&s);
		source_free(src);
	}
	if (writers_take(&w, &l, &err))
		writers_name(&w, &c);
	writers_free(&w);
	census_free(&c);
	live_close(&l);
}

#endif
