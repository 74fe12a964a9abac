/* SPDX-License-Identifier: MIT */
#include "tui/term/guard.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/mem.h"

/*
 * Signals that do not end the program: by their nature, or since signals.c answers them. All
 * others do, those that have only a number too.
 */
static const int harmless[] = {SIGKILL, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGCONT, SIGCHLD,
	SIGURG, SIGWINCH, SIGPIPE, SIGTERM, SIGHUP, SIGINT};

#define HARMLESS_COUNT (sizeof harmless / sizeof *harmless)

/* What a signal handler needs cannot be passed to it. */
static struct {
	volatile sig_atomic_t on;
	bool at_exit; /* registered */
	int fd;
	struct termios modes;
	char reset[512];
	size_t reset_len;
	bool guarded[NSIG];
	struct sigaction old[NSIG];
	stack_t old_stack;
	_Alignas(16) char stack[1 << 16]; /* a handler needs one when the stack ran out */
} guard;

void write_whole(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno != EINTR)
			return;
		if (n > 0) {
			bytes += n;
			len -= (size_t)n;
		}
	}
}

static void give_back(void)
{
	if (!guard.on)
		return;
	guard.on = 0;
	write_whole(guard.fd, guard.reset, guard.reset_len);
	tcsetattr(guard.fd, TCSANOW, &guard.modes);
}

static void restore_signals(void)
{
	for (int i = 1; i < NSIG; i++)
		if (guard.guarded[i])
			sigaction(i, &guard.old[i], NULL);
}

/* Dies of the same signal, in the way that was set before, once this handler returns. */
static void on_deadly(int signal)
{
	give_back();
	restore_signals();
	raise(signal);
}

static bool is_harmless(int signal)
{
	for (size_t i = 0; i < HARMLESS_COUNT; i++)
		if (harmless[i] == signal)
			return true;
	return false;
}

/* One that is ignored ends nothing. The C library keeps a few for itself, and says so. */
static bool guards(int signal, const struct sigaction *action)
{
	if (is_harmless(signal) || sigaction(signal, NULL, &guard.old[signal]) != 0)
		return false;
	return guard.old[signal].sa_handler != SIG_IGN && sigaction(signal, action, NULL) == 0;
}

void guard_install(int fd, const struct termios *modes, const char *reset)
{
	stack_t stack = {.ss_sp = guard.stack, .ss_size = sizeof guard.stack};
	struct sigaction action = {.sa_handler = on_deadly, .sa_flags = SA_ONSTACK};

	guard.on = 0;
	guard.fd = fd;
	guard.modes = *modes;
	snprintf(guard.reset, sizeof guard.reset, "%s", reset);
	guard.reset_len = strlen(guard.reset);
	sigfillset(&action.sa_mask);
	sigaltstack(&stack, &guard.old_stack);
	for (int i = 1; i < NSIG; i++)
		guard.guarded[i] = guards(i, &action);
	mem_out_hook = give_back;
	if (!guard.at_exit)
		guard.at_exit = atexit(give_back) == 0;
}

void guard_remove(void)
{
	guard.on = 0;
	mem_out_hook = NULL;
	restore_signals();
	sigaltstack(&guard.old_stack, NULL);
}

void guard_on(void)
{
	guard.on = 1;
}

void guard_off(void)
{
	guard.on = 0;
}
