/* SPDX-License-Identifier: MIT */
#include "tests/live/recorded.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/mem.h"

#include <cmocka.h>

const struct recorded recordings[] = {
	{ "go1.22", "go1.22.12", "amd64", true },
	{ "go1.22-386-stripped", "go1.22.12", "386", false },
	{ "go1.26-pie-stripped", "go1.26.8", "amd64", false },
};
const size_t recordings_count = sizeof recordings / sizeof *recordings;

/* Blocks of zeros become holes: most of a core file is. */
static void copy_sparse(FILE *in, FILE *out)
{
	char block[65536];
	off_t size = 0;
	size_t n;

	while ((n = fread(block, 1, sizeof block, in)) > 0) {
		bool zero = block[0] == 0 && memcmp(block, block + 1, n - 1) == 0;

		if (!zero) {
			assert_int_equal(fseeko(out, size, SEEK_SET), 0);
			assert_int_equal(fwrite(block, 1, n, out), n);
		}
		size += (off_t)n;
	}
	fflush(out);
	assert_int_equal(ftruncate(fileno(out), size), 0);
}

char *recorded_unpack(const struct recorded *r, const char *what, const char *folder)
{
	char *path = xasprintf("%s/%s.%s", folder, r->name, what);
	char *command = xasprintf("exec gzip -dc tests/live/%s.%s.gz", r->name, what);
	FILE *in = popen(command, "r"), *out = xfopen(path, "w");

	assert_non_null(in);
	assert_non_null(out);
	copy_sparse(in, out);
	assert_int_equal(pclose(in), 0);
	assert_int_equal(fclose(out), 0);
	free(command);
	return path;
}

struct told *recorded_told(const struct recorded *r, size_t *count)
{
	char *path = xasprintf("tests/live/%s.txt", r->name);
	FILE *f = xfopen(path, "r");
	struct told *list = NULL;
	size_t cap = 0;
	char line[256];

	*count = 0;
	assert_non_null(f);
	while (fgets(line, sizeof line, f)) {
		struct told t = { 0 };

		assert_int_equal(sscanf(line, "map %63s %" SCNx64 " %" SCNu64 " %63[^\n]", t.name,
			&t.addr, &t.entries, t.type), 4);
		list = xroom(list, &cap, *count, sizeof *list);
		list[(*count)++] = t;
	}
	fclose(f);
	free(path);
	return list;
}
