/* SPDX-License-Identifier: MIT */
/* The files that snapshots come from. */
#include "model/source/source.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "model/base/mem.h"

struct source *source_load(const char *path, struct error *err)
{
	FILE *in = strcmp(path, "-") == 0 ? stdin : xfopen(path, "r");
	struct source *src;

	if (!in) {
		fail(err, "%.160s: %s", path, strerror(errno));
		return NULL;
	}
	src = source_read(in, in == stdin ? "standard input" : path, err);
	if (in != stdin)
		fclose(in);
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
