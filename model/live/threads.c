/* SPDX-License-Identifier: MIT */
#include "model/live/threads.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/base/clock.h"
#include "model/base/mem.h"

enum {
	THREADS_MOST = 1 << 16,
	PATIENCE_MS = 2000, /* for a thread that the kernel cannot stop now */
};

static bool is_held(const struct threads *t, pid_t id)
{
	for (size_t i = t->count; i-- > 0;)
		if (t->list[i].id == id)
			return true;
	return false;
}

/* Whether the thread is there and stopped, or no more; else it is still under way. */
static bool has_stopped(struct thread *th)
{
	int status;
	pid_t got = waitpid(th->id, &status, __WALL | WNOHANG);

	if (got == 0)
		return false;
	if (got < 0 || !WIFSTOPPED(status)) {
		th->gone = true;
		return true;
	}
	th->stopped = true;
	/* Stopped by what we asked for, or on the way to a signal, which it gets in the end. */
	if (status >> 16 == 0)
		th->signal = WSTOPSIG(status);
	return true;
}

static bool wait_for(struct threads *t, size_t from, struct error *err)
{
	double until = clock_ms() + PATIENCE_MS;

	for (size_t i = from; i < t->count; i++) {
		for (unsigned tries = 0; !has_stopped(&t->list[i]); tries++) {
			if (tries > 100)
				usleep(50);
			if (tries % 64 == 63 && clock_ms() > until)
				return fail(err, "process %d: thread %d does not stop", (int)t->pid,
					(int)t->list[i].id);
		}
	}
	return true;
}

/* A thread that has ended meanwhile is none to hold. */
static bool seize(struct threads *t, pid_t id, int *number)
{
	if (ptrace(PTRACE_SEIZE, id, NULL, NULL) != 0) {
		*number = errno == ESRCH && id != t->pid ? 0 : errno;
		return *number == 0;
	}
	ptrace(PTRACE_INTERRUPT, id, NULL, NULL);
	xadd(t->list, t->count, t->cap, (struct thread){ .id = id });
	return true;
}

/* Those that are not held yet. */
static bool seize_new(struct threads *t, DIR *folder, int *number, struct error *err)
{
	const struct dirent *e;

	rewinddir(folder);
	while ((e = readdir(folder))) {
		pid_t id = (pid_t)atoi(e->d_name);

		if (id <= 0 || is_held(t, id))
			continue;
		if (t->count == THREADS_MOST)
			return fail(err, "process %d: more than %d threads", (int)t->pid,
				(int)THREADS_MOST);
		if (!seize(t, id, number))
			return fail(err, "process %d: %s", (int)t->pid, strerror(*number));
	}
	return true;
}

static bool hold_all(struct threads *t, DIR *folder, int *number, struct error *err)
{
	size_t held;

	/* One that is not held yet may start others. */
	do {
		held = t->count;
		if (!seize_new(t, folder, number, err) || !wait_for(t, held, err))
			return false;
	} while (t->count > held);
	return true;
}

bool threads_hold(struct threads *t, pid_t pid, int *number, struct error *err)
{
	char path[64];
	DIR *folder;
	bool ok;

	*t = (struct threads){ .pid = pid };
	*number = 0;
	snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
	folder = xopendir(path);
	if (!folder) {
		*number = errno;
		return fail(err, "process %d: %s", (int)pid, strerror(errno));
	}
	ok = hold_all(t, folder, number, err);
	closedir(folder);
	if (!ok)
		threads_release(t);
	return ok;
}

/* One that was killed meanwhile is hidden from its parent until who traces it has seen its end. */
static void see_end(pid_t id)
{
	double until = clock_ms() + PATIENCE_MS;
	int status;

	while (clock_ms() < until) {
		pid_t got = waitpid(id, &status, __WALL | WNOHANG);

		if (got < 0 || (got == id && !WIFSTOPPED(status)))
			return;
		usleep(50);
	}
}

void threads_release(struct threads *t)
{
	bool leader = false;

	for (size_t i = 0; i < t->count; i++) {
		struct thread *th = &t->list[i];

		if (!th->stopped || ptrace(PTRACE_DETACH, th->id, NULL,
			(void *)(intptr_t)th->signal) == 0)
			continue;
		/* The first thread ends after all others. */
		if (th->id == t->pid)
			leader = true;
		else
			see_end(th->id);
	}
	if (leader)
		see_end(t->pid);
	free(t->list);
	*t = (struct threads){ 0 };
}
