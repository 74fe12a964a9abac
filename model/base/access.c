/* SPDX-License-Identifier: MIT */
#include "model/base/access.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/base/spot.h"
#include "model/base/text.h"

enum { HEAD = 1 << 16 }; /* bytes of a picture that are looked at */

static const char *const askers[] = { "the person", "a script", "a scene", "a document" };

const struct access access_person = { ASKER_PERSON, .trust = false };

bool access_confined(const struct access *a)
{
	return a->who == ASKER_SCENE || a->who == ASKER_DOCUMENT;
}

/* Of $NAME or ${NAME} at s the value; *len is how much of s that was. NULL when there is none. */
static const char *variable(const char *s, size_t *len)
{
	static const char
		letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
	bool braced = s[1] == '{';
	size_t n = strspn(s + 1 + braced, letters);
	const char *value;
	char *name;

	*len = 1 + braced + n + braced;
	if (!n || (braced && s[2 + n] != '}'))
		return NULL;
	name = xstrndup(s + 1 + braced, n);
	value = getenv(name);
	free(name);
	return value;
}

char *access_expand(const char *name)
{
	bool home = *name == '~' && (!name[1] || name[1] == '/') && getenv("HOME");
	struct text path = { 0 };

	text_add(&path, home ? getenv("HOME") : "");
	for (name += home; *name;) {
		size_t len = 1;
		const char *value = *name == '$' ? variable(name, &len) : NULL;

		if (value)
			text_add(&path, value);
		else
			text_addn(&path, name, len = 1);
		name += len;
	}
	return path.s;
}

char *access_path(const struct access *a, const char *name)
{
	if (!access_confined(a) && strpbrk(name, "~$") && access(name, F_OK) != 0)
		return access_expand(name);
	if (!access_confined(a) || *name == '/' || strcmp(a->folder, ".") == 0)
		return xstrdup(name);
	return xasprintf("%s/%s", a->folder, name);
}

char *access_folder(const char *file)
{
	const char *slash = strrchr(file, '/');

	if (!slash)
		return xstrdup(".");
	return slash == file ? xstrdup("/") : xstrndup(file, (size_t)(slash - file));
}

/* Of a path in or below the folder what follows the folder, without a slash; else NULL. */
static const char *below(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	if (n && folder[n - 1] == '/')
		n--;
	if (strncmp(path, folder, n) != 0 || (path[n] && path[n] != '/'))
		return NULL;
	return path[n] ? path + n + 1 : path + n;
}

/* Where the scene or the document lies, or else the program runs; to be freed. */
static char *root_of(const struct access *a)
{
	int fd = open(access_confined(a) ? a->folder : ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	char *path = fd < 0 ? NULL : spot_path(fd);

	if (fd >= 0)
		close(fd);
	return path;
}

/* Reading */

/* What stands behind fd, which can only be looked at. */
static bool may_read(const struct access *a, int fd, const char *path, struct error *err)
{
	char *root = root_of(a), *real = spot_path(fd);
	struct stat info;
	bool inside = root && real && below(real, root);

	free(root);
	free(real);
	if (!inside)
		return fail(err, "%.160s: %s reads files in or below its folder only", path,
			askers[a->who]);
	if (fstat(fd, &info) != 0)
		return fail(err, "%.160s: %s", path, strerror(errno));
	if (S_ISDIR(info.st_mode))
		return fail(err, "%.160s: this is a folder", path);
	return S_ISREG(info.st_mode) || fail(err, "%.160s: %s reads regular files only", path,
		askers[a->who]);
}

/* Opening to look has no effects, and does not wait; then the same is opened to be read. */
static int open_confined(const struct access *a, const char *path, struct error *err)
{
	int look = open(path, O_PATH | O_CLOEXEC), fd;
	char again[40];

	if (look < 0) {
		fail(err, "%.160s: %s", path, strerror(errno));
		return -1;
	}
	if (!may_read(a, look, path, err)) {
		close(look);
		return -1;
	}
	snprintf(again, sizeof again, "/proc/self/fd/%d", look);
	fd = open(again, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		fail(err, "%.160s: %s", path, strerror(errno));
	close(look);
	return fd;
}

FILE *access_open(const struct access *a, const char *path, struct error *err)
{
	FILE *in;
	int fd;

	if (!access_confined(a)) {
		in = xfopen(path, "re");
		if (!in)
			fail(err, "%.160s: %s", path, strerror(errno));
		return in;
	}
	fd = open_confined(a, path, err);
	if (fd < 0)
		return NULL;
	in = xfdopen(fd, "r");
	if (!in) {
		fail(err, "%.160s: %s", path, strerror(errno));
		close(fd);
	}
	return in;
}

bool access_input(const struct access *a, struct error *err)
{
	return !access_confined(a) || fail(err, "%s reads no standard input", askers[a->who]);
}

/* Writing */

static bool has_hidden_part(const char *path)
{
	for (const char *at = path; at; at = strchr(at, '/')) {
		at += *at == '/';
		if (*at == '.')
			return true;
	}
	return false;
}

/* Nothing is lost there, and nothing done. */
static bool is_null_device(const struct stat *info)
{
	enum { MEMORY = 1, NULL_ = 3, ZERO = 5, FULL = 7 };
	unsigned which = minor(info->st_rdev);

	return S_ISCHR(info->st_mode) && major(info->st_rdev) == MEMORY &&
		(which == NULL_ || which == ZERO || which == FULL);
}

static bool is_terminal(const struct spot *spot)
{
	int fd;
	bool is;

	if (spot->kind == SPOT_DESCRIPTOR)
		return isatty(spot->descriptor);
	if (!S_ISCHR(spot->info.st_mode))
		return false;
	fd = openat(spot->folder, spot->name, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	is = fd >= 0 && isatty(fd);
	if (fd >= 0)
		close(fd);
	return is;
}

/* What the person opened for the program's output, or what holds nothing. */
static bool replaces_nothing(const struct spot *spot)
{
	if (spot->kind == SPOT_DESCRIPTOR &&
		(spot->descriptor == STDOUT_FILENO || spot->descriptor == STDERR_FILENO))
		return true;
	return spot->there && (S_ISFIFO(spot->info.st_mode) || is_null_device(&spot->info) ||
		is_terminal(spot));
}

static bool script_writes(const struct access *a, const struct spot *spot, const char *name,
	struct error *err)
{
	char *root, *folder;
	const char *path;
	bool inside;

	if (spot->kind != SPOT_FILE)
		return replaces_nothing(spot) || fail(err, "%.160s: a script writes new files, "
			"and no device: --trust lifts that", name);
	root = root_of(a);
	folder = spot_path(spot->folder);
	path = root && folder ? below(folder, root) : NULL;
	inside = path && !has_hidden_part(path) && *spot->name != '.';
	free(root);
	free(folder);
	if (!inside)
		return fail(err, "%.160s: a script writes in or below the working folder, and "
			"nothing that begins with a dot: --trust lifts that", name);
	return !spot->there || fail(err, "%.160s: it exists, and a script writes new files "
		"only: --trust lifts that", name);
}

/* Names the same folder without a link on the way. */
static bool no_link_to(const char *folder, const char *root, const char *name)
{
	char *under = access_folder(name), *save = NULL;
	struct text path = { 0 };
	bool same;

	text_add(&path, strcmp(root, "/") == 0 ? "" : root);
	for (char *part = strtok_r(under, "/", &save); part; part = strtok_r(NULL, "/", &save))
		if (strcmp(part, ".") != 0)
			text_printf(&path, "/%s", part);
	same = strcmp(*text_str(&path) ? text_str(&path) : "/", folder) == 0;
	free(under);
	text_free(&path);
	return same;
}

/* What is there is a picture that the program wrote. */
static bool is_picture(const struct access *a, const struct spot *spot)
{
	int fd = openat(spot->folder, spot->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	char *head = xmalloc(HEAD + 1);
	ssize_t n = fd < 0 ? -1 : read(fd, head, HEAD);
	bool is = false;

	if (n >= 0) {
		head[n] = '\0';
		is = a->picture(spot->name, head);
	}
	if (fd >= 0)
		close(fd);
	free(head);
	return is;
}

static bool document_writes(const struct access *a, const struct spot *spot, const char *name,
	struct error *err)
{
	char *root = root_of(a), *folder = spot->folder < 0 ? NULL : spot_path(spot->folder);
	const char *seen = strcmp(a->folder, ".") == 0 ? name : below(name, a->folder);
	const char *path = root && folder ? below(folder, root) : NULL;
	bool inside = path && seen && !has_hidden_part(path) && *spot->name != '.';
	bool straight = inside && spot->kind == SPOT_FILE && !spot->through_link &&
		no_link_to(folder, root, seen);

	free(root);
	free(folder);
	if (!inside)
		return fail(err, "%.160s: a document's pictures lie in or below its folder, and "
			"nothing there begins with a dot", name);
	if (!straight)
		return fail(err, "%.160s: a document's pictures are regular files, and no link "
			"leads to them", name);
	return !spot->there || is_picture(a, spot) || fail(err, "%.160s: this is no picture that "
		"hmapview wrote, and is not replaced", name);
}

bool access_writes(const struct access *a, const struct spot *spot, const char *name,
	struct error *err)
{
	if (a->who == ASKER_PERSON || (a->who == ASKER_SCRIPT && a->trust))
		return true;
	if (a->who == ASKER_SCRIPT)
		return script_writes(a, spot, name, err);
	if (a->who == ASKER_DOCUMENT && a->picture)
		return document_writes(a, spot, name, err);
	return fail(err, "%s writes no files: leave the command out",
		a->who == ASKER_SCENE ? "a scene" : "a document's script");
}

bool access_replaces(const struct access *a)
{
	return a->who != ASKER_SCRIPT || a->trust;
}
