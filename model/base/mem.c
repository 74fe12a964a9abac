/* SPDX-License-Identifier: MIT */
#include "model/base/mem.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void (*mem_out_hook)(void);

_Noreturn void mem_out(void)
{
	if (mem_out_hook)
		mem_out_hook();
	fputs("hmapview: out of memory\n", stderr);
	exit(1);
}

static void *checked(void *p)
{
	if (!p)
		mem_out();
	return p;
}

void *xmalloc(size_t size)
{
	return checked(malloc(size ? size : 1));
}

void *xcalloc(size_t count, size_t size)
{
	return checked(calloc(count ? count : 1, size ? size : 1));
}

void *xrealloc(void *p, size_t size)
{
	return checked(realloc(p, size ? size : 1));
}

char *xstrndup(const char *text, size_t len)
{
	return checked(strndup(text, len));
}

char *xstrdup(const char *text)
{
	return xstrndup(text, strlen(text));
}

char *xasprintf(const char *format, ...)
{
	char *out = NULL;
	va_list ap;

	va_start(ap, format);
	if (vasprintf(&out, format, ap) < 0)
		out = NULL;
	va_end(ap);
	return checked(out);
}

FILE *xfopen(const char *path, const char *mode)
{
	FILE *file = fopen(path, mode);

	if (!file && errno == ENOMEM)
		mem_out();
	return file;
}

FILE *xfdopen(int fd, const char *mode)
{
	FILE *file = fdopen(fd, mode);

	if (!file && errno == ENOMEM)
		mem_out();
	return file;
}

DIR *xopendir(const char *path)
{
	DIR *dir = opendir(path);

	if (!dir && errno == ENOMEM)
		mem_out();
	return dir;
}

void *xroom(void *array, size_t *cap, size_t count, size_t size)
{
	if (count < *cap)
		return array;
	*cap = *cap ? *cap * 2 : 16;
	if (*cap > SIZE_MAX / size)
		mem_out();
	return xrealloc(array, *cap * size);
}
