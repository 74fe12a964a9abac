/* SPDX-License-Identifier: MIT */
#include "tui/term/signals.h"

#include <stddef.h>
#include <time.h>

static const int held[] = {SIGTERM, SIGHUP, SIGINT, SIGWINCH, SIGTSTP, SIGCONT};

enum { ENDING = 3, HELD = sizeof held / sizeof *held }; /* the first ones end the program */

/* Set by the handler, which has no other way to tell. */
static volatile sig_atomic_t came[HELD];

static struct sigaction old[HELD], old_pipe;
static sigset_t old_mask, wait_mask;

static void on_signal(int signal)
{
	for (size_t i = 0; i < HELD; i++) {
		if (held[i] == signal)
			came[i] = 1;
	}
}

static bool ignored(size_t i)
{
	return old[i].sa_handler == SIG_IGN && held[i] != SIGWINCH && held[i] != SIGCONT;
}

void signals_hold(void)
{
	struct sigaction action = {.sa_handler = on_signal}, ignore = {.sa_handler = SIG_IGN};
	sigset_t block;

	sigemptyset(&block);
	for (size_t i = 0; i < HELD; i++) {
		came[i] = 0;
		sigaddset(&block, held[i]);
		sigaction(held[i], NULL, &old[i]);
		if (!ignored(i))
			sigaction(held[i], &action, NULL);
	}
	sigaction(SIGPIPE, &ignore, &old_pipe);
	sigprocmask(SIG_BLOCK, &block, &old_mask);
	wait_mask = old_mask;
	for (size_t i = 0; i < HELD; i++)
		sigdelset(&wait_mask, held[i]);
}

void signals_release(void)
{
	for (size_t i = 0; i < HELD; i++)
		sigaction(held[i], &old[i], NULL);
	sigaction(SIGPIPE, &old_pipe, NULL);
	sigprocmask(SIG_SETMASK, &old_mask, NULL);
}

const sigset_t *signals_wait_mask(void)
{
	return &wait_mask;
}

bool signals_take(int signal)
{
	for (size_t i = 0; i < HELD; i++) {
		if (held[i] == signal && came[i]) {
			came[i] = 0;
			return true;
		}
	}
	return false;
}

int signals_ending(void)
{
	sigset_t waiting;

	sigpending(&waiting);
	for (size_t i = 0; i < ENDING; i++) {
		if (came[i] || (!ignored(i) && sigismember(&waiting, held[i]) == 1))
			return held[i];
	}
	return 0;
}

void signals_stop(bool group)
{
	struct sigaction stop = {.sa_handler = SIG_DFL}, before;
	sigset_t one, mask;

	sigaction(SIGTSTP, NULL, &before);
	if (before.sa_handler == SIG_IGN)
		return;
	sigaction(SIGTSTP, &stop, NULL);
	if (group)
		kill(0, SIGTSTP);
	else
		raise(SIGTSTP);
	sigemptyset(&one);
	sigaddset(&one, SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &one, &mask);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	sigaction(SIGTSTP, &before, NULL);
	/* Whoever asked for the stop knows that it is over. */
	sigemptyset(&one);
	sigaddset(&one, SIGCONT);
	while (sigtimedwait(&one, NULL, &(struct timespec){0}) > 0)
		continue;
}
