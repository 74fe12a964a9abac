/* SPDX-License-Identifier: MIT */
#include "tui/app/history.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/base/outfile.h"

enum { FILE_MOST = 256 << 10, TRIES = 20 };

/* The folder that the surroundings name, and those above it. */
static void make_folders(char *path)
{
	for (char *at = path + 1; at; ) {
		at = strchr(at, '/');
		if (at)
			*at = '\0';
		mkdir(path, 0700);
		if (at)
			*at++ = '/';
	}
}

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
	if (own && make)
		make_folders(path.s);
	for (int i = own ? 2 : 0; i < 3; i++) {
		text_add(&path, below[i]);
		if (make)
			mkdir(text_str(&path), 0700);
	}
	text_add(&path, "/history");
	return path.s;
}

/* Opened and locked; the file may be anything, or be another's for the moment. -1 for none. */
static int open_file(const char *path, int flags)
{
	const struct timespec moment = { .tv_nsec = 5000000 };
	int fd = open(path, flags | O_CLOEXEC | O_NONBLOCK, 0600);
	struct stat info;

	if (fd < 0)
		return -1;
	if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
		close(fd);
		return -1;
	}
	/* Nobody holds it for long; who does so all the same is not waited for. */
	for (int i = 0; i < TRIES && flock(fd, LOCK_EX | LOCK_NB) != 0; i++)
		nanosleep(&moment, NULL);
	return fd;
}

/* What a damaged file may hold, and no line of the prompt can. */
static bool is_line(const char *line, size_t len)
{
	return len > 0 && len <= PROMPT_LINE_MOST && !memchr(line, '\0', len) &&
		!memchr(line, '\n', len);
}

/* The last bytes of the file, from the beginning of a line on; to be freed. */
static char *read_end(int fd, size_t *len)
{
	off_t size = lseek(fd, 0, SEEK_END), from = size > FILE_MOST ? size - FILE_MOST : 0;
	char *text = xmalloc(FILE_MOST + 1), *line;
	ssize_t n = size > 0 ? pread(fd, text, FILE_MOST, from) : 0;

	*len = n > 0 ? (size_t)n : 0;
	text[*len] = '\0';
	line = from ? memchr(text, '\n', *len) : NULL;
	if (line) {
		*len -= (size_t)(line + 1 - text);
		memmove(text, line + 1, *len);
	}
	return text;
}

/* What is too much is taken off the file's beginning, at one stroke. */
static void shorten(const char *path, const char *text, size_t len)
{
	const char *half = memchr(text + len / 2, '\n', len - len / 2);
	const char *from = half ? half + 1 : text;
	size_t kept = half ? len - (size_t)(from - text) : 0;
	struct error unused;

	if (kept)
		outfile_write_bytes(&access_person, path, from, kept, &unused);
}

void history_load(struct prompt *p)
{
	char *path = history_path(false);
	int fd = path ? open_file(path, O_RDONLY) : -1;
	size_t len;
	char *text;

	if (fd >= 0) {
		text = read_end(fd, &len);
		for (size_t at = 0, n; at < len; at += n + 1) {
			char *end = memchr(text + at, '\n', len - at);

			n = end ? (size_t)(end - text) - at : len - at;
			text[at + n] = '\0';
			if (is_line(text + at, n))
				prompt_recall(p, text + at);
			text[at + n] = '\n';
		}
		if (lseek(fd, 0, SEEK_END) > FILE_MOST)
			shorten(path, text, len);
		free(text);
		close(fd);
	}
	free(path);
}

void history_add(const char *line)
{
	char *path = line && is_line(line, strlen(line)) ? history_path(true) : NULL, last = '\n',
	     *all;
	int fd = path ? open_file(path, O_RDWR | O_CREAT | O_APPEND) : -1;
	struct stat info;
	ssize_t len;

	if (fd >= 0 && fstat(fd, &info) == 0) {
		/* A line that was cut off stays alone; of what does not fit on the disk nothing is
		 * left. */
		if (info.st_size > 0 && pread(fd, &last, 1, info.st_size - 1) != 1)
			last = '\n';
		all = xasprintf("%s%s\n", last == '\n' ? "" : "\n", line);
		len = (ssize_t)strlen(all);
		if (write(fd, all, (size_t)len) != len && ftruncate(fd, info.st_size) != 0) {
			/* Then the next line begins on a line of its own. */
		}
		free(all);
	}
	if (fd >= 0)
		close(fd);
	free(path);
}
