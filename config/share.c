/* SPDX-License-Identifier: MIT */
#include "config/share.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/carried.h"
#include "config/user.h"
#include "model/base/mem.h"
#include "model/base/utf8.h"

enum { FOLDERS = 5 };

/* Seen from the folder that the program lies in. */
static char *beside_program(const char *above, const char *name)
{
	char path[4096];
	ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
	char *slash;

	if (len <= 0)
		return NULL;
	path[len] = '\0';
	slash = strrchr(path, '/');
	if (!slash)
		return NULL;
	*slash = '\0';
	return xasprintf("%s/../%s%s", path, above, name);
}

static char *folder(const struct share *kind, int i)
{
	switch (i) {
	case 0:
		return user_path(kind->folder);
	case 1:
		return beside_program("", kind->checkout);
	case 2: /* a build below the usual one, as `make check` has several */
		return beside_program("../", kind->checkout);
	case 3:
		return beside_program("share/hmapview/", kind->folder);
	default:
		return xasprintf("%s/%s", HMAPVIEW_SHARE, kind->folder);
	}
}

static char *find_carried(const struct share *kind, const char *name)
{
	char *path = xasprintf(CARRIED "%s/%s%s", kind->folder, name, kind->ending);

	if (carried_find(path))
		return path;
	free(path);
	return NULL;
}

char *share_find(const struct share *kind, const char *name)
{
	/* A name leads nowhere else. */
	if (!*name || strchr(name, '/'))
		return NULL;
	for (int i = 0; i < FOLDERS; i++) {
		char *dir = folder(kind, i);
		char *path = dir ? xasprintf("%s/%s%s", dir, name, kind->ending) : NULL;

		free(dir);
		if (path && access(path, F_OK) == 0)
			return path;
		free(path);
	}
	return find_carried(kind, name);
}

/* Others nobody could type, and could do as they please with the terminal they are listed on. */
static bool prints(const char *name, size_t len)
{
	char32_t c;

	for (size_t used; len > 0; name += used, len -= used) {
		used = utf8_decode(name, len, &c);
		if (!used || (c != ' ' && !utf8_prints(c)))
			return false;
	}
	return true;
}

static void add(struct share_names *list, const char *name, size_t len)
{
	list->names = xroom(list->names, &list->cap, list->count, sizeof *list->names);
	list->names[list->count++] = xstrndup(name, len);
}

/* A file of that kind; others, and its own that nobody could type, are left out. */
static void add_file(struct share_names *list, const char *name, const char *ending)
{
	size_t len = strlen(name), end = strlen(ending);

	if (len > end && !strcmp(name + len - end, ending) && prints(name, len - end))
		add(list, name, len - end);
}

static void add_folder(struct share_names *list, const char *path, const char *ending)
{
	DIR *dir = xopendir(path);
	struct dirent *entry;

	if (!dir)
		return;
	while ((entry = readdir(dir)))
		add_file(list, entry->d_name, ending);
	closedir(dir);
}

static void add_carried(struct share_names *list, const struct share *kind)
{
	size_t len = strlen(kind->folder);

	for (const struct carried *file = carried_files; file->name; file++)
		if (!strncmp(file->name, kind->folder, len) && file->name[len] == '/')
			add_file(list, file->name + len + 1, kind->ending);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void drop_doubles(struct share_names *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		if (kept && !strcmp(list->names[kept - 1], list->names[i]))
			free(list->names[i]);
		else
			list->names[kept++] = list->names[i];
	}
	list->count = kept;
}

struct share_names share_list(const struct share *kind)
{
	struct share_names list = { 0 };

	for (int i = 0; i < FOLDERS; i++) {
		char *dir = folder(kind, i);

		if (dir)
			add_folder(&list, dir, kind->ending);
		free(dir);
	}
	add_carried(&list, kind);
	if (list.count)
		qsort(list.names, list.count, sizeof *list.names, by_name);
	drop_doubles(&list);
	return list;
}

void share_names_free(struct share_names *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->names[i]);
	free(list->names);
	*list = (struct share_names){ 0 };
}
