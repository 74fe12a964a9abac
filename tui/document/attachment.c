/* SPDX-License-Identifier: MIT */
#include "tui/document/attachment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/base/outfile.h"

/* A part of the path leads up. */
static bool leads_up(const char *name)
{
	for (const char *at = name; at; at = strchr(at, '/')) {
		at += *at == '/';
		if (strcmp(at, "..") == 0 || strncmp(at, "../", 3) == 0)
			return true;
	}
	return false;
}

bool attachment_allowed(const char *name, const char *format, struct error *err)
{
	size_t n = strlen(name), end = strlen(format) + 1;
	bool fits = n > end && name[n - end] == '.' && strcmp(name + n - end + 1, format) == 0;

	if (fits && *name != '/' && !strchr(name, ':') && !leads_up(name))
		return true;
	return fail(err, "%.60s is no file for it: one beside the document that ends in .%s", name,
		format);
}

static bool holds(const struct access *a, const char *path, const struct text *bytes)
{
	struct error unused;
	FILE *in = access_open(a, path, &unused);
	size_t at = 0, n;
	char part[16384];
	bool same = in != NULL;

	while (same && (n = fread(part, 1, sizeof part, in)) > 0) {
		same = n <= bytes->len - at && memcmp(bytes->s + at, part, n) == 0;
		at += n;
	}
	if (in)
		fclose(in);
	return same && at == bytes->len;
}

bool attachments_add(struct attachments *a, const char *path, const struct text *bytes)
{
	struct attachment *one;

	a->list = xroom(a->list, &a->cap, a->count, sizeof *a->list);
	one = &a->list[a->count++];
	*one = (struct attachment){ .path = xstrdup(path),
		.stale = !holds(&a->access, path, bytes) };
	text_addn(&one->bytes, text_str(bytes), bytes->len);
	return one->stale;
}

bool attachments_write(const struct attachments *a, struct error *err)
{
	for (size_t i = 0; i < a->count; i++)
		if (a->list[i].stale && !outfile_write_bytes(&a->access, a->list[i].path,
			text_str(&a->list[i].bytes), a->list[i].bytes.len, err))
			return false;
	return true;
}

void attachments_free(struct attachments *a)
{
	for (size_t i = 0; i < a->count; i++) {
		free(a->list[i].path);
		text_free(&a->list[i].bytes);
	}
	free(a->list);
	*a = (struct attachments){ 0 };
}
