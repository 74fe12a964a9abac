/* SPDX-License-Identifier: MIT */
#include "model/live/run/child.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/live/run/registers.h"

enum {
	INT3 = 0xcc, CANNOT_RUN = 127,
	PATIENCE = 40000,         /* looks at a thread that is to stop, */
	LOOKS = 100, PAUSE_US = 50, /* after so many with a pause between them */
};

#define OPTIONS (PTRACE_O_EXITKILL | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | \
	PTRACE_O_TRACEEXIT | PTRACE_O_TRACESYSGOOD)

static long stop_event(int status)
{
	return status >> 16;
}

/* Threads */

static struct child_thread *thread_of(struct child *c, pid_t id)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->list[i].id == id)
			return &c->list[i];
	xadd(c->list, c->count, c->cap, (struct child_thread){ .id = id });
	return &c->list[c->count - 1];
}

static void forget(struct child *c, struct child_thread *t)
{
	*t = c->list[--c->count];
}

static void go_on(struct child_thread *t)
{
	ptrace(PTRACE_CONT, t->id, NULL, (void *)(intptr_t)t->signal);
	t->signal = 0;
	t->stands = false;
}

/* Breakpoints */

static bool poke(const struct child *c, uint64_t addr, uint8_t byte)
{
	return pwrite(c->memory, &byte, 1, (off_t)addr) == 1;
}

bool child_break(struct child *c, uint64_t addr)
{
	struct table_entry *e = table_find(&c->breaks, addr);
	uint8_t was;

	if (e)
		return true;
	if (pread(c->memory, &was, 1, (off_t)addr) != 1 || !poke(c, addr, INT3))
		return false;
	table_put(&c->breaks, addr)->value[0] = was;
	return true;
}

/* Whether it has just run into one of ours: it stands behind it then, and is set back. */
static bool hit(const struct child *c, pid_t id)
{
	uint64_t pc;

	if (!registers_pc(id, &pc) || !table_find(&c->breaks, pc - 1))
		return false;
	return registers_set_pc(id, pc - 1);
}

/* Beginning */

/* In the child: says why there is no program, and ends. */
static void become(char *const *argv, int go, int said, const sigset_t *mask)
{
	char byte;
	int why;

	sigprocmask(SIG_SETMASK, mask, NULL);
	if (read(go, &byte, 1) == 1 && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0)
		execvp(argv[0], argv);
	why = errno;
	if (write(said, &why, sizeof why) < 0)
		_exit(CANNOT_RUN);
	_exit(CANNOT_RUN);
}

/* Until it is the program that was asked for. */
static bool await_program(struct child *c, const char *name, int said, struct error *err)
{
	int status, why = 0;

	while (waitpid(c->pid, &status, __WALL) == c->pid && WIFSTOPPED(status)) {
		if (stop_event(status) == PTRACE_EVENT_EXEC) {
			thread_of(c, c->pid)->stands = true;
			return true;
		}
		ptrace(PTRACE_CONT, c->pid, NULL, NULL);
	}
	c->ended = true;
	if (read(said, &why, sizeof why) != sizeof why)
		return fail(err, "%.300s: it ended before it began", name);
	return fail(err, "%.300s: %s", name, strerror(why));
}

static bool trace(struct child *c, const char *name, int go, int said, struct error *err)
{
	char path[64];

	if (ptrace(PTRACE_SEIZE, c->pid, NULL, (void *)OPTIONS) != 0)
		return fail(err, "%.300s cannot be traced: %s", name, strerror(errno));
	if (write(go, "", 1) != 1 || !await_program(c, name, said, err))
		return false;
	snprintf(path, sizeof path, "/proc/%d/mem", (int)c->pid);
	c->memory = open(path, O_RDWR | O_CLOEXEC);
	return c->memory >= 0 || fail(err, "%.300s: %s: %s", name, path, strerror(errno));
}

bool child_begin(struct child *c, char *const *argv, struct error *err)
{
	sigset_t ours;
	int go[2], said[2];
	bool ok;

	*c = (struct child){ .memory = -1, .ended = true };
	sigemptyset(&ours);
	sigaddset(&ours, SIGCHLD);
	sigaddset(&ours, SIGINT);
	sigprocmask(SIG_BLOCK, &ours, &c->before);
	if (pipe2(go, O_CLOEXEC) != 0)
		return fail(err, "%s", strerror(errno));
	if (pipe2(said, O_CLOEXEC) != 0) {
		close(go[0]);
		close(go[1]);
		return fail(err, "%s", strerror(errno));
	}
	c->pid = fork();
	if (c->pid == 0)
		become(argv, go[0], said[1], &c->before);
	close(go[0]);
	close(said[1]);
	c->ended = c->pid < 0;
	ok = c->pid > 0 ? trace(c, argv[0], go[1], said[0], err) :
		fail(err, "%.300s: %s", argv[0], strerror(errno));
	close(go[1]);
	close(said[0]);
	return ok;
}

/* One signal may come twice, to us and to the child: what is left of it is not to end us. */
static void let_signals_through(const sigset_t *before)
{
	const struct timespec none = { 0 };
	sigset_t ours;

	sigemptyset(&ours);
	sigaddset(&ours, SIGCHLD);
	sigaddset(&ours, SIGINT);
	while (sigtimedwait(&ours, NULL, &none) > 0)
		continue;
	sigprocmask(SIG_SETMASK, before, NULL);
}

void child_end(struct child *c)
{
	int status;

	if (!c->ended && c->pid > 0) {
		kill(c->pid, SIGKILL);
		for (size_t i = 0; i < c->count; i++)
			ptrace(PTRACE_CONT, c->list[i].id, NULL, NULL);
		for (;;) {
			pid_t id = waitpid(-1, &status, __WALL);

			if (id < 0 || (id == c->pid && !WIFSTOPPED(status)))
				break;
			if (WIFSTOPPED(status))
				ptrace(PTRACE_CONT, id, NULL, NULL);
		}
	}
	if (c->memory >= 0)
		close(c->memory);
	table_free(&c->breaks);
	free(c->list);
	if (c->pid)
		let_signals_through(&c->before);
	*c = (struct child){ .memory = -1, .ended = true };
}

/* What a thread stopped for */

/* Whether the interrupt comes from the terminal rather than from another program. */
static bool from_terminal(pid_t id)
{
	siginfo_t info;

	return ptrace(PTRACE_GETSIGINFO, id, NULL, &info) == 0 && info.si_code == SI_KERNEL;
}

/* An event of the tracing itself; false: nothing that anybody has to know. */
static bool is_event(const struct child *c, struct child_thread *t, enum child_event *event)
{
	int signal = WSTOPSIG(t->status);
	long what = stop_event(t->status);

	if (what == PTRACE_EVENT_EXEC) {
		*event = CHILD_BECAME;
		return true;
	}
	if (what == PTRACE_EVENT_EXIT && c->ends) {
		*event = CHILD_ENDS;
		return true;
	}
	/* Stopped as a whole, it stays so until it is told to go on. */
	if (what == PTRACE_EVENT_STOP && signal != SIGTRAP) {
		ptrace(PTRACE_LISTEN, t->id, NULL, NULL);
		t->stands = false;
		return false;
	}
	go_on(t);
	return false;
}

/* Looks at what a thread stopped for; false: it went on. */
static bool look(struct child *c, struct child_thread *t, enum child_event *event)
{
	int signal = WSTOPSIG(t->status);

	t->waits = false;
	if (stop_event(t->status))
		return is_event(c, t, event);
	if (signal == SIGTRAP && hit(c, t->id)) {
		*event = CHILD_BREAK;
		return true;
	}
	if (signal == SIGINT && from_terminal(t->id)) {
		*event = CHILD_ASKED;
		return true;
	}
	t->signal = signal;
	go_on(t);
	return false;
}

/* Takes note of what wait() said. */
static struct child_thread *note(struct child *c, pid_t id, int status)
{
	struct child_thread *t = thread_of(c, id);

	if (!WIFSTOPPED(status)) {
		if (id == c->pid) {
			c->ended = true;
			c->status = status;
		}
		forget(c, t);
		return NULL;
	}
	t->stands = t->waits = true;
	t->status = status;
	c->ends |= stop_event(status) == PTRACE_EVENT_EXIT && registers_end_all(id);
	return t;
}

/* Going on */

/* Until the thread has stopped; one that has ended is no more. */
static void await_stop(struct child *c, pid_t id)
{
	int status;

	for (unsigned looks = 0; looks < PATIENCE && !c->ends; looks++) {
		pid_t got = waitpid(id, &status, __WALL | WNOHANG);

		if (got == id)
			note(c, id, status);
		else if (got < 0)
			forget(c, thread_of(c, id));
		if (got != 0)
			return;
		if (looks > LOOKS)
			usleep(PAUSE_US);
	}
}

void child_halt(struct child *c)
{
	for (size_t i = 0; i < c->count; i++)
		if (!c->list[i].stands)
			ptrace(PTRACE_INTERRUPT, c->list[i].id, NULL, NULL);
	for (size_t i = 0; i < c->count;) {
		pid_t id = c->list[i].id;

		if (!c->list[i].stands)
			await_stop(c, id);
		/* One that has ended has left its place to another. */
		i += i < c->count && c->list[i].id == id;
	}
}

/* One instruction of the thread, without the breakpoint that stands there; no other one runs. */
static void step_over(struct child *c, pid_t id, uint64_t pc, uint8_t was)
{
	int status;

	child_halt(c);
	poke(c, pc, was);
	for (;;) {
		struct child_thread *t;

		if (ptrace(PTRACE_SINGLESTEP, id, NULL, NULL) != 0 ||
			waitpid(id, &status, __WALL) != id)
			break;
		t = note(c, id, status);
		if (!t)
			break;
		if (WSTOPSIG(status) == SIGTRAP && !stop_event(status)) {
			t->waits = false;
			break;
		}
		/* What comes between: a signal waits until the step is done, an end is an end. */
		if (stop_event(status) && stop_event(status) != PTRACE_EVENT_STOP)
			break;
		t->waits = false;
		if (!stop_event(status))
			t->signal = WSTOPSIG(status);
	}
	if (!c->ended)
		poke(c, pc, INT3);
}

/* Without a step, as others run meanwhile: where the instruction is one that is known. */
static bool pass(const struct child *c, pid_t id, uint64_t pc, uint8_t was)
{
	uint8_t code[CODE_MOST] = { 0 };

	if (pread(c->memory, code, sizeof code, (off_t)pc) != (ssize_t)sizeof code)
		return false;
	code[0] = was;
	return registers_pass(id, c->memory, code);
}

static void go_on_all(struct child *c)
{
	uint64_t pc;

	for (size_t i = 0; i < c->count; i++) {
		struct child_thread *t = &c->list[i];
		const struct table_entry *e;

		if (!t->stands || t->waits || !registers_pc(t->id, &pc))
			continue;
		e = table_find(&c->breaks, pc);
		if (e && !pass(c, t->id, pc, (uint8_t)e->value[0])) {
			step_over(c, t->id, pc, (uint8_t)e->value[0]);
			i = (size_t)-1; /* threads may have come and gone */
		}
	}
	for (size_t i = 0; i < c->count; i++)
		if (c->list[i].stands && !c->list[i].waits)
			go_on(&c->list[i]);
}

static bool look_at_waiting(struct child *c, enum child_event *event, size_t *thread)
{
	for (size_t i = 0; i < c->count; i++) {
		*thread = i;
		if (c->list[i].waits && look(c, &c->list[i], event))
			return true;
	}
	return false;
}

/* Until a thread stops, somebody asks, or the time is over. */
static bool await(struct child *c, int most_ms, enum child_event *event)
{
	struct timespec most = { most_ms / 1000, most_ms % 1000 * 1000000L };
	sigset_t ours;
	int status, signal;
	pid_t id;

	sigemptyset(&ours);
	sigaddset(&ours, SIGCHLD);
	sigaddset(&ours, SIGINT);
	while ((id = waitpid(-1, &status, __WALL | WNOHANG)) == 0) {
		signal = sigtimedwait(&ours, NULL, most_ms < 0 ? NULL : &most);
		*event = signal == SIGINT ? CHILD_ASKED : CHILD_QUIET;
		if (signal == SIGINT || (signal < 0 && errno == EAGAIN))
			return false;
	}
	if (id < 0)
		c->ended = true;
	else
		note(c, id, status);
	return true;
}

enum child_event child_run(struct child *c, int most_ms, size_t *thread)
{
	enum child_event event;

	for (;;) {
		if (look_at_waiting(c, &event, thread))
			return event;
		if (c->ended)
			return CHILD_ENDED;
		go_on_all(c);
		/* While it was stepped others may have come to something. */
		if (look_at_waiting(c, &event, thread))
			return event;
		if (!c->ended && !await(c, most_ms, &event))
			return event;
	}
}

double child_worked(const struct child *c)
{
	struct timespec t;
	clockid_t clock;

	if (clock_getcpuclockid(c->pid, &clock) != 0 || clock_gettime(clock, &t) != 0)
		return 0;
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

bool child_works(const struct child *c)
{
	for (size_t i = 0; i < c->count; i++) {
		char path[64], state = '?';
		FILE *f;

		snprintf(path, sizeof path, "/proc/%d/stat", (int)c->list[i].id);
		f = xfopen(path, "r");
		if (f && fscanf(f, "%*d (%*[^)]) %c", &state) != 1)
			state = '?';
		if (f)
			fclose(f);
		if (state == 'R')
			return true;
	}
	return false;
}

bool child_registers(const struct child *c, size_t thread, bool wide, struct child_registers *r)
{
	return registers_read(c->list[thread].id, wide, r);
}
