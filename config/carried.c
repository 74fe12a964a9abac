/* SPDX-License-Identifier: MIT */
#include "config/carried.h"

#include <string.h>

#include "model/base/mem.h"

const struct carried *carried_find(const char *path)
{
	if (strncmp(path, CARRIED, strlen(CARRIED)) != 0)
		return NULL;
	path += strlen(CARRIED);
	for (const struct carried *file = carried_files; file->name; file++)
		if (!strcmp(path, file->name))
			return file;
	return NULL;
}

FILE *carried_open(const struct carried *file)
{
	FILE *in = fmemopen((void *)file->text, file->len, "r");

	if (!in)
		mem_out();
	return in;
}
