/* SPDX-License-Identifier: MIT */
#include "model/base/spot.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/mem.h"

enum { LINKS_MOST = 40 }; /* as the kernel has it */

/* What a link holds; NULL with errno when it is none. */
static char *read_link(int folder, const char *name)
{
	char path[PATH_MAX];
	ssize_t n = readlinkat(folder, name, path, sizeof path - 1);

	return n < 0 ? NULL : xstrndup(path, (size_t)n);
}

char *spot_path(int fd)
{
	char name[40], *path;

	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	path = read_link(AT_FDCWD, name);
	if (path && *path == '/')
		return path;
	free(path);
	return NULL;
}

/* The folder of this process's open files, by any of its names. */
static bool is_descriptors(int folder)
{
	char *path = spot_path(folder), *own = xasprintf("/proc/%ld/", (long)getpid());
	size_t n = path ? strlen(path) : 0;
	bool is = n > 3 && strncmp(path, own, strlen(own)) == 0 && strcmp(path + n - 3, "/fd") == 0;

	free(path);
	free(own);
	return is;
}

/* Opens the folder that the path names a file in. Takes the place of the one that is open. */
static bool open_folder(struct spot *spot, const char *path)
{
	const char *slash = strrchr(path, '/');
	int from = spot->folder < 0 ? AT_FDCWD : spot->folder;
	size_t n = slash ? (size_t)(slash - path) : 0;
	char *folder = !slash ? xstrdup(".") : n ? xstrndup(path, n) : xstrdup("/");
	int fd = openat(from, folder, O_PATH | O_DIRECTORY | O_CLOEXEC), why = errno;

	free(folder);
	if (spot->folder >= 0)
		close(spot->folder);
	spot->folder = fd;
	free(spot->name);
	spot->name = xstrdup(slash ? slash + 1 : path);
	errno = why;
	return fd >= 0;
}

/* Whether the name is that of an open file. */
static bool take_descriptor(struct spot *spot)
{
	char *end;
	long n = strtol(spot->name, &end, 10);

	if (*spot->name < '0' || *spot->name > '9' || *end || n > INT_MAX ||
		!is_descriptors(spot->folder))
		return false;
	spot->kind = SPOT_DESCRIPTOR;
	spot->descriptor = (int)n;
	spot->there = fstat(spot->descriptor, &spot->info) == 0;
	return true;
}

static bool is_folder_name(const char *name)
{
	return !*name || strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* What lies there: *target is where a link leads, to be freed, else NULL. False with errno. */
static bool look(struct spot *spot, char **target)
{
	*target = NULL;
	if (is_folder_name(spot->name)) {
		errno = EISDIR;
		return false;
	}
	if (take_descriptor(spot))
		return true;
	if (fstatat(spot->folder, spot->name, &spot->info, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT;
	if (S_ISLNK(spot->info.st_mode)) {
		*target = read_link(spot->folder, spot->name);
		return *target != NULL;
	}
	spot->there = true;
	spot->kind = S_ISREG(spot->info.st_mode) ? SPOT_FILE : SPOT_SPECIAL;
	errno = EISDIR;
	return !S_ISDIR(spot->info.st_mode);
}

bool spot_find(struct spot *spot, const char *path, struct error *err)
{
	char *at = xstrdup(path), *target = NULL;
	bool ok;
	int links = 0;

	*spot = (struct spot){ .kind = SPOT_FILE, .folder = -1 };
	while ((ok = open_folder(spot, at) && look(spot, &target)) && target) {
		free(at);
		at = target;
		spot->through_link = true;
		if (++links > LINKS_MOST) {
			errno = ELOOP;
			ok = false;
			break;
		}
	}
	free(at);
	if (ok)
		return true;
	fail(err, "%s: %s", path, errno == EISDIR ? "this is a folder" : strerror(errno));
	spot_free(spot);
	return false;
}

void spot_free(struct spot *spot)
{
	int why = errno;

	if (spot->folder >= 0)
		close(spot->folder);
	free(spot->name);
	*spot = (struct spot){ .folder = -1 };
	errno = why;
}
