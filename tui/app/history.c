/* SPDX-License-Identifier: MIT */
#include "tui/app/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/base/mem.h"

enum { KEPT = 500 };

/*
 * Where the file is; NULL when there is no home. With `make` the folders on the way are made, but
 * never the home itself.
 */
static char *history_path(bool make)
{
	static const char *const below[] = { "/.local", "/state", "/hmapview" };
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	bool own = state && *state == '/';
	struct text path = { 0 };

	if (!own && !(home && *home == '/'))
		return NULL;
	text_add(&path, own ? state : home);
	for (int i = own ? 2 : 0; i < 3; i++) {
		text_add(&path, below[i]);
		if (make)
			mkdir(text_str(&path), 0700);
	}
	text_add(&path, "/history");
	return path.s;
}

void history_load(struct prompt *p)
{
	char *path = history_path(false);
	FILE *in = path ? fopen(path, "r") : NULL;
	char line[4096];

	while (in && fgets(line, sizeof line, in)) {
		line[strcspn(line, "\n")] = '\0';
		text_clear(&p->line);
		text_add(&p->line, line);
		prompt_remember(p);
	}
	if (in)
		fclose(in);
	text_clear(&p->line);
	free(path);
}

void history_save(const struct prompt *p)
{
	char *path = p->count ? history_path(true) : NULL, *temporary;
	FILE *out;
	bool ok = true;

	if (!path)
		return;
	temporary = xasprintf("%s.%ld", path, (long)getpid());
	out = fopen(temporary, "w");
	for (size_t i = p->count > KEPT ? p->count - KEPT : 0; out && i < p->count; i++)
		ok &= fprintf(out, "%s\n", p->history[i]) > 0;
	if (out && (fclose(out) != 0 || !ok || rename(temporary, path) != 0))
		unlink(temporary);
	free(temporary);
	free(path);
}
