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

void scratch_make(struct scratch *scratch)
{
	snprintf(scratch->path, sizeof scratch->path, "/tmp/hmapview-test-XXXXXX");
	assert_non_null(mkdtemp(scratch->path));
}

static int drop(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

void scratch_remove(const struct scratch *scratch)
{
	nftw(scratch->path, drop, 8, FTW_DEPTH | FTW_PHYS);
}

char *scratch_write(const struct scratch *scratch, const char *name, const char *bytes, size_t len)
{
	char *path = xasprintf("%s/%s", scratch->path, name);
	FILE *out;

	for (char *slash = path + strlen(scratch->path) + 1; (slash = strchr(slash, '/'));
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

static void link_here(const struct scratch *scratch, const char *folder, const char *name)
{
	char *here = realpath(folder, NULL), *link = xasprintf("%s/hmapview/%s", scratch->path, name);

	assert_non_null(here);
	assert_int_equal(symlink(here, link), 0);
	free(link);
	free(here);
}

void scratch_link_share(const struct scratch *scratch)
{
	free(scratch_write(scratch, "hmapview/empty", "", 0));
	link_here(scratch, "tui/scenes", "scenes");
	link_here(scratch, "themes", "themes");
}
