/* SPDX-License-Identifier: MIT */
#include "tests/bench/frames.h"
#include "tests/bench/processes.h"

#include <poll.h>
#include <pty.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	FIRST_MS = 60000, /* a large map takes a while until it is there */
	KEY_MS = 40,      /* a key that changes nothing has no answer */
	QUIET_MS = 4,     /* silence that ends a frame */
	IDLE_MS = 100,    /* and without work what takes longer than a key */
	ROUNDS = 9,       /* of which the middle one counts: others use the machine too */
	TRY_ROUNDS = 1,   /* where no map is large it is a try, to see that all of it works */
	LARGE = 1000000,
	KEYS = 40,        /* pressed in each */
	OPERATIONS = 100000,
	JUMPS = 40,
	JUMP_BAR = 50,    /* ms */
};

#define RATIO_BAR 1.2 /* the largest map against one of a thousand entries */

struct size {
	unsigned short w, h;
	double bar; /* ms */
};

static const struct size sizes[] = { { 120, 40, 0.5 }, { 250, 70, 1.5 } };

/* What is pressed again and again, what comes before it and what after. */
static const struct doing {
	const char *name, *before, *keys, *after;
} doings[] = {
	{ "move", " ", "jjjkkkjjj", "" },
	{ "step", " ", "[[[]][[[", "" },
	{ "event", " ", ",,,..,,,", "" },
	{ "zoom", " ", "zzZZZzzzZZ", "" },
	{ "in atlas", " Z", "jLjhkL", "z" },
	{ "in bytes", " z", "jjLkjh", "Z" },
};

static const long counts[] = { 10, 1000, 100000, 1000000, 10000000 };

enum { THOUSAND = 1, /* its place in counts */ COUNTS = sizeof counts / sizeof *counts };
enum { SIZES = sizeof sizes / sizeof *sizes, DOINGS = sizeof doings / sizeof *doings };

struct cost {
	double ms;
	size_t bytes;
};

struct terminal {
	pid_t pid;
	int fd;
};

static _Noreturn void die(const char *what)
{
	perror(what);
	exit(1);
}

static struct terminal start(char *program, char *const args[], const struct size *size)
{
	struct winsize ws = { .ws_col = size->w, .ws_row = size->h };
	struct terminal t;

	fflush(stdout);
	t.pid = forkpty(&t.fd, NULL, NULL, &ws);
	if (t.pid < 0)
		die("forkpty");
	if (t.pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		setenv("LC_ALL", "C.UTF-8", 1);
		setenv("XDG_STATE_HOME", "/proc/nonexistent", 1);
		execv(program, args);
		die(program);
	}
	return t;
}

/* Reads until something came and then nothing for a moment; at most `ms` for its beginning. */
static size_t answer(const struct terminal *t, int ms)
{
	char buf[65536];
	size_t n = 0;
	ssize_t got;
	struct pollfd p = { .fd = t->fd, .events = POLLIN };

	while (poll(&p, 1, ms) > 0 && (got = read(t->fd, buf, sizeof buf)) > 0) {
		n += (size_t)got;
		ms = QUIET_MS;
	}
	return n;
}

static void press(const struct terminal *t, const char *keys, size_t n)
{
	if (write(t->fd, keys, n) != (ssize_t)n)
		die("write");
}

static void press_each(const struct terminal *t, const char *keys)
{
	for (; *keys; keys++) {
		press(t, keys, 1);
		answer(t, KEY_MS);
	}
}

static double clock_ms(clockid_t clock)
{
	struct timespec t;

	if (clock_gettime(clock, &t) != 0)
		die("clock_gettime");
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static clockid_t cpu_clock(const struct terminal *t)
{
	clockid_t clock;

	if (clock_getcpuclockid(t->pid, &clock) != 0)
		die("clock_getcpuclockid");
	return clock;
}

/* Reads until it neither writes nor works any more. Returns the bytes. */
static size_t settle(const struct terminal *t)
{
	size_t bytes = 0;
	double before;

	do {
		before = clock_ms(cpu_clock(t));
		bytes += answer(t, IDLE_MS);
	} while (clock_ms(cpu_clock(t)) - before > 1);
	return bytes;
}

static struct rusage end(const struct terminal *t)
{
	struct rusage used;
	char buf[4096];
	int status;

	press(t, "q", 1);
	while (read(t->fd, buf, sizeof buf) > 0) /* it must not wait for who reads */
		;
	if (wait4(t->pid, &status, 0, &used) < 0)
		die("wait4");
	close(t->fd);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		fprintf(stderr, "bench: the screen ended with status %d\n", status);
		exit(1);
	}
	return used;
}

static struct cost measure(const struct terminal *t, const char *keys)
{
	double before = clock_ms(cpu_clock(t));
	size_t bytes = 0, n = strlen(keys);

	for (size_t i = 0; i < KEYS; i++) {
		press(t, keys + i % n, 1);
		bytes += answer(t, KEY_MS);
	}
	return (struct cost){ (clock_ms(cpu_clock(t)) - before) / KEYS, bytes / KEYS };
}

static int by_ms(const void *a, const void *b)
{
	double x = ((const struct cost *)a)->ms, y = ((const struct cost *)b)->ms;

	return (x > y) - (x < y);
}

/*
 * The cost of one doing for each of `n` maps, in `count` rounds. All maps take their turn in each
 * round, so that what else the machine does falls on all of them: their ratios are then fair.
 */
static void measure_doing(const struct terminal *maps, int n, int count, const struct doing *d,
	struct cost *middle)
{
	struct cost rounds[COUNTS][ROUNDS];

	for (int m = 0; m < n; m++)
		press_each(&maps[m], d->before);
	for (int r = 0; r < count; r++)
		for (int m = 0; m < n; m++)
			rounds[m][r] = measure(&maps[m], d->keys);
	for (int m = 0; m < n; m++) {
		press_each(&maps[m], d->after);
		qsort(rounds[m], (size_t)count, sizeof *rounds[m], by_ms);
		middle[m] = rounds[m][count / 2];
	}
}

static void print_heading(const struct size *size, const char *release)
{
	printf("\nGo %s, %ux%u: ms and bytes for a key and its frame, at most %.2f ms", release,
		size->w, size->h, size->bar);
	printf(";\nfrom 100,000 on also the ratio to 1,000 entries, at most %.1f\n", RATIO_BAR);
	printf("%10s", "entries");
	for (int d = 0; d < DOINGS; d++)
		printf("  %18s", doings[d].name);
	putchar('\n');
}

/* Marks what is over a bar. Returns whether that is so. */
static bool print_cost(const struct cost *c, const struct cost *thousand, double bar)
{
	double ratio = thousand ? c->ms / thousand->ms : 0;
	bool over = c->ms > bar || ratio > RATIO_BAR;

	printf("  %6.3f%6zu", c->ms, c->bytes);
	if (thousand)
		printf(" %4.2f%c", ratio, over ? '!' : ' ');
	else
		printf("%6s", over ? "!" : "");
	return over;
}

static struct terminal start_map(char *program, char *release, const struct size *size,
	long entries)
{
	char count[24];
	char *args[] = { program, "--go", release, "-n", count, NULL };
	struct terminal t;

	snprintf(count, sizeof count, "%ld", entries);
	t = start(program, args, size);
	answer(&t, FIRST_MS);
	settle(&t);
	return t;
}

/* All maps at one size. */
static int bench_size(char *program, char *release, const struct size *size, long most)
{
	struct terminal maps[COUNTS];
	struct cost costs[DOINGS][COUNTS];
	int over = 0, n = 0;

	for (; n < COUNTS && counts[n] <= most; n++)
		maps[n] = start_map(program, release, size, counts[n]);
	for (int d = 0; d < DOINGS; d++)
		measure_doing(maps, n, most < LARGE ? TRY_ROUNDS : ROUNDS, &doings[d], costs[d]);
	print_heading(size, release);
	for (int m = 0; m < n; m++) {
		printf("%10ld", counts[m]);
		for (int d = 0; d < DOINGS; d++)
			over += print_cost(&costs[d][m], m > THOUSAND ? &costs[d][THOUSAND] : NULL,
				size->bar);
		putchar('\n');
		end(&maps[m]);
	}
	return over;
}

void bench_frames(char *program, char *release, long most)
{
	int over = 0;

	for (int i = 0; i < SIZES; i++)
		over += bench_size(program, release, &sizes[i], most);
	if (over)
		printf("%d of these are over a bar: !\n", over);
	else
		printf("all of these are within the bars\n");
}

/* A number that looks random, the same each time. */
static unsigned roll(uint64_t *state, unsigned sides)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*state >> 33) % sides;
}

/* To a point by undo or redo at the prompt; the time is that from Enter on. */
static void go_to(const struct terminal *t, unsigned now, unsigned to, struct cost *c)
{
	char line[32];
	double cpu;
	int n = snprintf(line, sizeof line, ":%s %u", to < now ? "undo" : "redo",
		to < now ? now - to : to - now);

	press(t, line, (size_t)n);
	answer(t, KEY_MS);
	cpu = clock_ms(cpu_clock(t));
	press(t, "\r", 1);
	c->bytes = answer(t, FIRST_MS) + settle(t);
	c->ms = clock_ms(cpu_clock(t)) - cpu;
}

void bench_timeline(char *program)
{
	static char *const types[] = { "map[int]string", "map[string]int",
		"map[[64]byte][200]byte" };

	printf("\n120x40: to %d points of a timeline of %d operations, at most %d ms\n", JUMPS,
		OPERATIONS, JUMP_BAR);
	printf("%-24s %12s %12s\n", "", "CPU, mean", "CPU, most");
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		char count[24];
		char *args[] = { program, "-t", types[i], "-n", count, NULL };
		double sum = 0, most = 0;
		unsigned now = OPERATIONS;
		uint64_t dice = 1;
		struct terminal t;

		snprintf(count, sizeof count, "%d", OPERATIONS);
		t = start(program, args, &sizes[0]);
		answer(&t, FIRST_MS);
		settle(&t);
		for (int j = 0; j < JUMPS; j++) {
			unsigned to = 1 + roll(&dice, OPERATIONS);
			struct cost c;

			go_to(&t, now, to, &c);
			now = to;
			sum += c.ms;
			most = c.ms > most ? c.ms : most;
		}
		printf("%-24s %9.2f ms %9.2f ms%s\n", types[i], sum / JUMPS, most,
			most > JUMP_BAR ? " !" : "");
		end(&t);
	}
}

void bench_start(char *program)
{
	static const struct size screens[] = { { 80, 24, 0 }, { 120, 40, 0 } };

	for (int i = 0; i < 2; i++) {
		char *args[] = { program, NULL };
		struct terminal t = start(program, args, &screens[i]);
		size_t bytes = answer(&t, FIRST_MS) + settle(&t);
		struct rusage u = end(&t);
		double cpu = (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e3 +
			(double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e3;

		printf("screen %ux%u: %.1f ms of CPU time from start to end, first %zu bytes, %.1f "
		       "MiB\n",
			screens[i].w, screens[i].h, cpu, bytes, (double)u.ru_maxrss / 1024);
	}
}

double bench_first_frame(char *program, char *const args[])
{
	static const struct size size = { 120, 40, 0 };
	double from = clock_ms(CLOCK_MONOTONIC), ms;
	struct terminal t = start(program, args, &size);

	answer(&t, FIRST_MS);
	ms = clock_ms(CLOCK_MONOTONIC) - from;
	settle(&t);
	end(&t);
	return ms;
}
