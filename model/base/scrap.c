/* SPDX-License-Identifier: MIT */
#include "model/base/scrap.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

/* The names of scraps: this, so many digits, and an end. */
#define BEGIN ".hmapview-"
#define END ".tmp"

enum { DIGITS = 16, TRIES = 100 };

_Static_assert(sizeof BEGIN + DIGITS + sizeof END - 1 <= SCRAP_NAME_SIZE, "a scrap's name fits");

/* Signals that end the program from outside while a file is written. */
static const int ending[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ, SIGXCPU, SIGUSR1, SIGUSR2,
	SIGALRM, SIGVTALRM, SIGPROF, SIGPIPE };

#define ENDING_COUNT (sizeof ending / sizeof *ending)

/* What a signal handler needs cannot be passed to it. One scrap is written at a time. */
static struct {
	volatile sig_atomic_t on;
	int folder;
	char name[SCRAP_NAME_SIZE];
	bool caught[ENDING_COUNT];
	struct sigaction old[ENDING_COUNT];
} guard;

static void restore_signals(void)
{
	for (size_t i = 0; i < ENDING_COUNT; i++)
		if (guard.caught[i])
			sigaction(ending[i], &guard.old[i], NULL);
}

/* Takes the scrap away; then the signal does what it would have done. */
static void on_ending(int signal)
{
	int why = errno;

	if (guard.on)
		unlinkat(guard.folder, guard.name, 0);
	guard.on = 0;
	restore_signals();
	raise(signal);
	errno = why;
}

static void guard_scrap(const struct scrap *s)
{
	struct sigaction action = { .sa_handler = on_ending };

	guard.folder = s->folder;
	memcpy(guard.name, s->name, sizeof guard.name);
	guard.on = 1;
	sigfillset(&action.sa_mask);
	for (size_t i = 0; i < ENDING_COUNT; i++)
		guard.caught[i] = sigaction(ending[i], NULL, &guard.old[i]) == 0 &&
			guard.old[i].sa_handler != SIG_IGN &&
			sigaction(ending[i], &action, NULL) == 0;
}

static void unguard_scrap(void)
{
	if (guard.on)
		restore_signals();
	guard.on = 0;
}

static void hold_signals(sigset_t *before)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, before);
}

static void make_name(char name[SCRAP_NAME_SIZE])
{
	unsigned long long number;

	if (getrandom(&number, sizeof number, 0) != sizeof number)
		number = (unsigned long long)getpid();
	snprintf(name, SCRAP_NAME_SIZE, BEGIN "%0*llx" END, DIGITS, number);
}

static bool is_scrap_name(const char *name)
{
	size_t begin = sizeof BEGIN - 1;

	return strncmp(name, BEGIN, begin) == 0 &&
		strspn(name + begin, "0123456789abcdef") == DIGITS &&
		strcmp(name + begin + DIGITS, END) == 0;
}

/* Locked, and still there: a sweep in between may have taken it. */
static bool lock(int fd)
{
	struct stat info;

	return flock(fd, LOCK_EX) != 0 || fstat(fd, &info) != 0 || info.st_nlink > 0;
}

static bool open_named(struct scrap *s, mode_t mode)
{
	const int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	sigset_t before;

	s->named = true;
	for (int i = 0; i < TRIES; i++) {
		make_name(s->name);
		hold_signals(&before);
		s->fd = openat(s->folder, s->name, flags, mode);
		if (s->fd >= 0)
			guard_scrap(s);
		sigprocmask(SIG_SETMASK, &before, NULL);
		if (s->fd >= 0 && lock(s->fd))
			return true;
		if (s->fd < 0 && errno != EEXIST)
			return false;
		unguard_scrap();
		if (s->fd >= 0)
			close(s->fd);
	}
	errno = EEXIST;
	return false;
}

/* A file without a name gets one by way of this folder. */
static bool names_open_files(void)
{
	return access("/proc/self/fd", X_OK) == 0;
}

bool scrap_open(struct scrap *s, int folder, mode_t mode)
{
	*s = (struct scrap){ .folder = folder, .fd = -1 };
	if (names_open_files())
		s->fd = openat(folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, mode);
	if (s->fd >= 0) {
		flock(s->fd, LOCK_EX);
		return true;
	}
	/* Some file systems cannot, and say so in several ways. */
	return open_named(s, mode);
}

static bool link_to(const struct scrap *s, const char *name)
{
	char from[40];

	snprintf(from, sizeof from, "/proc/self/fd/%d", s->fd);
	return linkat(AT_FDCWD, from, s->folder, name, AT_SYMLINK_FOLLOW) == 0;
}

static bool rename_to(const struct scrap *s, const char *name, bool replace)
{
	if (replace)
		return renameat(s->folder, s->name, s->folder, name) == 0;
	if (renameat2(s->folder, s->name, s->folder, name, RENAME_NOREPLACE) == 0)
		return true;
	if (errno != EINVAL && errno != ENOSYS)
		return false;
	return linkat(s->folder, s->name, s->folder, name, 0) == 0 &&
		unlinkat(s->folder, s->name, 0) == 0;
}

/* A name for a moment; nothing ends the program meanwhile. */
static bool link_and_rename(struct scrap *s, const char *name)
{
	bool ok = false;

	for (int i = 0; !s->named && i < TRIES; i++) {
		make_name(s->name);
		s->named = link_to(s, s->name);
		if (!s->named && errno != EEXIST)
			return false;
	}
	if (s->named) {
		int why;

		ok = rename_to(s, name, true);
		why = errno;
		if (!ok)
			unlinkat(s->folder, s->name, 0);
		s->named = false;
		errno = why;
	}
	return ok;
}

bool scrap_publish(struct scrap *s, const char *name, bool replace)
{
	sigset_t before;
	bool ok;
	int why;

	hold_signals(&before);
	if (s->named) {
		ok = rename_to(s, name, replace);
		if (ok)
			unguard_scrap();
		s->named = !ok;
	} else {
		ok = link_to(s, name) || (errno == EEXIST && replace && link_and_rename(s, name));
	}
	why = errno;
	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = why;
	return ok;
}

void scrap_drop(struct scrap *s)
{
	int why = errno;

	if (s->named) {
		unlinkat(s->folder, s->name, 0);
		unguard_scrap();
	}
	s->named = false;
	errno = why;
}

/* A regular file of this user that nobody else names, and that nobody writes. */
static void sweep_one(int folder, const char *name)
{
	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat info, now;

	if (fd < 0)
		return;
	if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == geteuid() &&
		info.st_nlink == 1 && flock(fd, LOCK_EX | LOCK_NB) == 0 &&
		fstatat(folder, name, &now, AT_SYMLINK_NOFOLLOW) == 0 &&
		now.st_dev == info.st_dev && now.st_ino == info.st_ino)
		unlinkat(folder, name, 0);
	close(fd);
}

void scrap_sweep(int folder)
{
	int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;

	if (!dir) {
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((entry = readdir(dir)))
		if (is_scrap_name(entry->d_name))
			sweep_one(folder, entry->d_name);
	closedir(dir);
}
