/* SPDX-License-Identifier: MIT */
/*
 * Preloaded into the program: lets its allocations fail, one at a time.
 *
 * Each of the first ones in one run: where one is asked for, the process divides. The child is told
 * that there is no memory, and goes on to its end, with an output or a terminal of its own; the
 * parent waits for that, judges what came of it, and goes on as if nothing had been. So what led to
 * each allocation is done once. Or a single one, for what cannot be shared, as files that are
 * replaced.
 *
 * What it is told, in the environment:
 *   FAILING_REPORT  a file that gets a line for each that went wrong, and one with their number
 *   FAILING_MOST    so many allocations are looked at
 *   FAILING_ALL     of them the first so many each, then
 *   FAILING_STEP    one in so many
 *   FAILING_GOOD    a file with what a run that succeeds prints on standard output, itself a file
 *   FAILING_SCREEN  or the child has a terminal, and is told to leave
 *   FAILING_AT      only this one fails, in the process itself
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *p, size_t size);

enum { FDS = 64, WAIT_MS = 20, TRIES = 150, TAIL = 4096 };

static struct {
	bool on, screen;
	unsigned long most, all, step, at, seen, tried;
	const char *good;
	int report;
	void *caller;      /* of the allocation under way */
	off_t places[FDS]; /* in files, which child and parent share */
	pid_t pid;
} failing;

static unsigned long number(const char *name, unsigned long otherwise)
{
	const char *value = getenv(name);

	return value ? strtoul(value, NULL, 10) : otherwise;
}

__attribute__((constructor)) static void begin(void)
{
	const char *report = getenv("FAILING_REPORT");

	if (!report)
		return;
	failing.most = number("FAILING_MOST", 0);
	failing.all = number("FAILING_ALL", failing.most);
	failing.step = number("FAILING_STEP", 1);
	failing.at = number("FAILING_AT", 0);
	failing.good = getenv("FAILING_GOOD");
	failing.screen = getenv("FAILING_SCREEN") != NULL;
	failing.report = open(report, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	failing.pid = getpid();
	failing.on = failing.report >= 0;
}

static void report(const char *what, int value)
{
	Dl_info info = { 0 };
	char line[400];
	int n;

	dladdr(failing.caller, &info);
	n = snprintf(line, sizeof line, "allocation %lu: %s %d, asked for in %.100s of %.100s\n",
		failing.seen, what, value, info.dli_sname ? info.dli_sname : "?",
		info.dli_fname ? info.dli_fname : "?");

	if (write(failing.report, line, (size_t)n) < 0)
		abort();
}

__attribute__((destructor)) static void end(void)
{
	char line[64];
	int n = snprintf(line, sizeof line, "tried %lu of %lu\n", failing.tried, failing.seen);

	if (failing.on && getpid() == failing.pid && write(failing.report, line, (size_t)n) < 0)
		abort();
}

/* Of two files or descriptors. */
static bool same(int a, int b)
{
	static char one[65536], other[65536];
	off_t at = 0;
	ssize_t n, m;

	do {
		n = pread(a, one, sizeof one, at);
		m = pread(b, other, sizeof other, at);
		at += n;
	} while (n > 0 && n == m && memcmp(one, other, (size_t)n) == 0);
	return n == 0 && m == 0;
}

static bool holds(int fd, const char *path)
{
	int other = open(path, O_RDONLY | O_CLOEXEC);
	bool is = other >= 0 && same(fd, other);

	close(other);
	return is;
}

static void copy(const char *from, int to)
{
	static char bytes[65536];
	int in = open(from, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	while ((n = read(in, bytes, sizeof bytes)) > 0)
		if (write(to, bytes, (size_t)n) != n)
			abort();
	close(in);
}

/* Ends a child's program on its terminal as a person would who had enough. */
static _Noreturn void type_and_drain(int master)
{
	static char bytes[65536 + TAIL];
	struct pollfd p = { .fd = master, .events = POLLIN };
	size_t have = 0;

	for (int i = 0; i < TRIES;) {
		ssize_t n;

		if (poll(&p, 1, WAIT_MS) == 0) {
			/* Now and then out of a prompt or a page; behind q there is time for it. */
			n = write(master, ++i % 8 ? "q" : "\033", 1);
			if (n < 0)
				break;
			continue;
		}
		n = read(master, bytes + have, sizeof bytes - have);
		if (n <= 0)
			break;
		have += (size_t)n;
		if (have > TAIL) {
			memmove(bytes, bytes + have - TAIL, TAIL);
			have = TAIL;
		}
	}
	_exit(0);
}

/* Another terminal in place of the one it had. */
static void take_terminal(void)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	struct termios modes;
	int master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC), slave, unlock = 0, n;
	char name[32];

	if (master < 0 || ioctl(master, TIOCSPTLCK, &unlock) < 0 || ioctl(master, TIOCGPTN, &n) < 0)
		abort();
	snprintf(name, sizeof name, "/dev/pts/%d", n);
	setsid();
	slave = open(name, O_RDWR | O_CLOEXEC);
	if (slave < 0 || ioctl(slave, TIOCSWINSZ, &size) < 0)
		abort();
	ioctl(slave, TIOCSCTTY, 0);
	if (tcgetattr(STDIN_FILENO, &modes) < 0 || tcsetattr(slave, TCSANOW, &modes) < 0)
		abort();
	if (fork() == 0) {
		for (int fd = 0; fd < FDS; fd++)
			if (fd != master)
				close(fd);
		type_and_drain(master);
	}
	close(master);
	for (int fd = 0; fd < FDS; fd++)
		if (fd != slave && isatty(fd))
			dup3(slave, fd, fd > 2 ? O_CLOEXEC : 0);
	close(slave);
}

/* What was printed so far is printed by the child too, to where only the parent sees it. */
static void take_output(int out)
{
	char self[32];

	snprintf(self, sizeof self, "/proc/self/fd/%d", STDOUT_FILENO);
	ftruncate(out, 0);
	lseek(out, 0, SEEK_SET);
	copy(self, out);
	dup2(out, STDOUT_FILENO);
}

static void be_child(int out)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	failing.on = false;
	if (failing.screen) {
		take_terminal();
		return;
	}
	dup2(null, STDERR_FILENO);
	take_output(out);
}

/*
 * Those that read the terminal's description crash for want of memory, and then the terminal is
 * given back: nobody else can do more for them.
 */
static bool crashes_alone(void)
{
	static const char *const files[] = { "libncurses", "libtinfo", "libtermkey",
		"libunibilium" };
	Dl_info info;

	if (!dladdr(failing.caller, &info))
		return false;
	/* The program itself has no use for it: they have. */
	if (info.dli_sname && strcmp(info.dli_sname, "__strdup") == 0)
		return failing.screen;
	for (size_t i = 0; info.dli_fname && i < sizeof files / sizeof *files; i++)
		if (strstr(info.dli_fname, files[i]))
			return true;
	return false;
}

/* Whether this is the child, whose allocation fails. */
static bool divide(void)
{
	static int out = -1;
	int status;
	pid_t child;

	if (!failing.screen && out < 0)
		out = open("/tmp", O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
	for (int fd = 0; fd < FDS; fd++)
		failing.places[fd] = lseek(fd, 0, SEEK_CUR);
	child = fork();
	if (child == 0) {
		be_child(out);
		return true;
	}
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	for (int fd = 0; fd < FDS; fd++)
		if (failing.places[fd] >= 0)
			lseek(fd, failing.places[fd], SEEK_SET);
	failing.tried++;
	if (WIFSIGNALED(status) && !(WTERMSIG(status) == SIGSEGV && crashes_alone()))
		report("signal", WTERMSIG(status));
	status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	if (status == 0 && out >= 0 && !holds(out, failing.good))
		report("succeeded with other output; status", status);
	return false;
}

/* Debian 12's iniparser writes to what it got there without a look: nobody else can help it. */
static bool is_hopeless(void *caller)
{
	Dl_info info;

	return dladdr(caller, &info) && info.dli_sname &&
		strcmp(info.dli_sname, "dictionary_new") == 0;
}

static bool fails(void *caller)
{
	int was = errno;
	bool now = false;

	if (!failing.on || (!failing.at && failing.seen >= failing.most) || is_hopeless(caller))
		return false;
	failing.seen++;
	failing.caller = caller;
	if (failing.at) {
		now = failing.seen == failing.at;
	} else if (failing.seen <= failing.all || failing.seen % failing.step == 0) {
		failing.on = false;
		now = divide();
		failing.on = !now;
	}
	errno = now ? ENOMEM : was;
	return now;
}

/* It holds a lock that no child could open; one at a time its allocations fail too. */
char *setlocale(int category, const char *locale)
{
	char *(*real)(int, const char *);
	void *found = dlsym(RTLD_NEXT, "setlocale");
	bool was = failing.on;
	char *name;

	memcpy(&real, &found, sizeof real);
	failing.on = was && failing.at;
	name = real(category, locale);
	failing.on = was;
	return name;
}

void *malloc(size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *p, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(p, size);
}
