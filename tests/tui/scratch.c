/* SPDX-License-Identifier: MIT */
#include "tests/tui/scratch.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/base/mem.h"

#include <cmocka.h>

struct scratch scratch;

void scratch_make(struct scratch *at)
{
	snprintf(at->path, sizeof at->path, "/tmp/hmapview-test-XXXXXX");
	assert_non_null(mkdtemp(at->path));
}

static int drop(const char *path, const struct stat *st, int kind, struct FTW *level)
{
	(void)st;
	(void)kind;
	(void)level;
	return remove(path);
}

void scratch_remove(const struct scratch *at)
{
	nftw(at->path, drop, 8, FTW_DEPTH | FTW_PHYS);
}

int scratch_setup(void **state)
{
	(void)state;
	scratch_make(&scratch);
	return 0;
}

int scratch_teardown(void **state)
{
	(void)state;
	scratch_remove(&scratch);
	return 0;
}

char *scratch_write(const struct scratch *at, const char *name, const char *bytes, size_t len)
{
	char *path = xasprintf("%s/%s", at->path, name);
	FILE *out;

	for (char *slash = path + strlen(at->path) + 1; (slash = strchr(slash, '/'));
		slash++) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
	out = fopen(path, "w");
	assert_non_null(out);
	assert_int_equal(fwrite(bytes, 1, len, out), len);
	assert_int_equal(fclose(out), 0);
	return path;
}

static void link_here(const struct scratch *at, const char *folder, const char *name)
{
	char *here = realpath(folder, NULL), *link = xasprintf("%s/hmapview/%s", at->path, name);

	assert_non_null(here);
	assert_int_equal(symlink(here, link), 0);
	free(link);
	free(here);
}

void scratch_link_share(const struct scratch *at)
{
	free(scratch_write(at, "hmapview/empty", "", 0));
	link_here(at, "tui/scenes", "scenes");
	link_here(at, "themes", "themes");
}
