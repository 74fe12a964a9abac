/* SPDX-License-Identifier: MIT */
/* The files that snapshots come from. */
#include "model/source/source.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "model/base/mem.h"

static struct source *load_file(const struct access *a, const char *path,
	const struct watcher *watcher, struct error *err)
{
	FILE *in = access_open(a, path, err);
	struct source *src = in ? source_read(in, path, watcher, err) : NULL;

	if (in)
		fclose(in);
	return src;
}

struct source *source_load(const struct access *a, const char *name,
	const struct watcher *watcher, struct error *err)
{
	struct source *src;
	char *path;

	if (strcmp(name, "-") == 0)
		return access_input(a, err)
			? source_read(stdin, "standard input", watcher, err) : NULL;
	path = access_path(a, name);
	src = load_file(a, path, watcher, err);
	free(path);
	return src;
}

bool source_begins(FILE *in, const char *path)
{
	size_t n = strlen(path);
	int c = getc(in);

	if (c != EOF)
		ungetc(c, in);
	return c == '{' || (n >= 5 && strcmp(path + n - 5, ".json") == 0);
}

bool source_is_file(const char *path)
{
	struct stat info;
	FILE *in;
	bool is;

	if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
		return false;
	in = xfopen(path, "r");
	is = in && source_begins(in, path);
	if (in)
		fclose(in);
	return is;
}
