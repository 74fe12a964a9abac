/* SPDX-License-Identifier: MIT */
#include "themes/search.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/user.h"
#include "model/mem.h"
#include "themes/theme.h"

/* The user's, the checkout's when the program lies in its build folder, the installed one. */
#define FOLDERS 3

/* `themes` beside the folder that the program is in. */
static char *beside_program(void)
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
	return xasprintf("%s/../themes", path);
}

static char *folder(int i)
{
	switch (i) {
	case 0:
		return user_path("themes");
	case 1:
		return beside_program();
	default:
		return xstrdup(HMAPVIEW_SHARE "/themes");
	}
}

char *search_find(const char *name)
{
	for (int i = 0; i < FOLDERS; i++) {
		char *dir = folder(i);
		char *path = dir ? xasprintf("%s/%s.ini", dir, name) : NULL;

		free(dir);
		if (path && access(path, F_OK) == 0)
			return path;
		free(path);
	}
	return NULL;
}

static void add(struct theme_names *list, size_t *cap, const char *name, size_t len)
{
	list->names = grow(list->names, cap, list->count, sizeof *list->names);
	list->names[list->count++] = xstrndup(name, len);
}

static void add_folder(struct theme_names *list, size_t *cap, const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	if (!dir)
		return;
	while ((entry = readdir(dir))) {
		size_t len = strlen(entry->d_name);

		if (len > 4 && !strcmp(entry->d_name + len - 4, ".ini"))
			add(list, cap, entry->d_name, len - 4);
	}
	closedir(dir);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void drop_doubles(struct theme_names *list)
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

struct theme_names theme_list(void)
{
	struct theme_names list = {0};
	size_t cap = 0;

	add(&list, &cap, "default", strlen("default"));
	add(&list, &cap, "mono", strlen("mono"));
	for (int i = 0; i < FOLDERS; i++) {
		char *dir = folder(i);

		if (dir)
			add_folder(&list, &cap, dir);
		free(dir);
	}
	qsort(list.names, list.count, sizeof *list.names, by_name);
	drop_doubles(&list);
	return list;
}

void theme_list_free(struct theme_names *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->names[i]);
	free(list->names);
	*list = (struct theme_names){0};
}
