/* SPDX-License-Identifier: MIT */
#include "tui/cli/telling.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "tui/view/progress.h"

/* Signals that end the program from outside. */
static const int ending[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ, SIGXCPU, SIGUSR1, SIGUSR2,
	SIGALRM, SIGVTALRM, SIGPROF, SIGPIPE };

#define ENDING_COUNT (sizeof ending / sizeof *ending)

static const char blank[] = "\r\033[K";

/* What a signal handler needs cannot be passed to it. */
static struct {
	bool on;
	volatile sig_atomic_t told; /* a line stands there */
	struct progress progress;
	bool caught[ENDING_COUNT];
	struct sigaction old[ENDING_COUNT];
} telling;

static void wipe(void)
{
	if (telling.told && write(STDERR_FILENO, blank, sizeof blank - 1) < 0)
		return;
	telling.told = 0;
}

static void restore_signals(void)
{
	for (size_t i = 0; i < ENDING_COUNT; i++)
		if (telling.caught[i])
			sigaction(ending[i], &telling.old[i], NULL);
}

/* Then the signal does what it would have done. */
static void on_ending(int signal)
{
	int why = errno;

	wipe();
	restore_signals();
	raise(signal);
	errno = why;
}

void telling_begin(void)
{
	struct sigaction action = { .sa_handler = on_ending };

	telling.on = isatty(STDERR_FILENO);
	if (!telling.on)
		return;
	progress_begin(&telling.progress);
	mem_out_hook = wipe;
	sigfillset(&action.sa_mask);
	for (size_t i = 0; i < ENDING_COUNT; i++)
		telling.caught[i] = sigaction(ending[i], NULL, &telling.old[i]) == 0 &&
			telling.old[i].sa_handler != SIG_IGN &&
			sigaction(ending[i], &action, NULL) == 0;
}

void telling_end(void)
{
	if (!telling.on)
		return;
	wipe();
	restore_signals();
	mem_out_hook = NULL;
	telling.on = false;
}

/* Nobody is asked here: who wants it to end ends the program. */
static bool tell(const struct work *work, void *data)
{
	struct text words = { 0 };

	(void)data;
	if (progress_due(&telling.progress, work, &words)) {
		telling.told = 1;
		fprintf(stderr, "%s%s", blank, text_str(&words));
	}
	text_free(&words);
	return false;
}

void telling_watch(struct session *s)
{
	if (telling.on)
		s->hooks.watcher = (struct watcher){ tell, NULL };
}

void telling_leave(struct session *s)
{
	s->hooks.watcher.stops = NULL;
	wipe();
}
