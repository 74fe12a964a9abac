/* SPDX-License-Identifier: MIT */
#include "tests/bench/processes.h"

#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "model/live/aimed.h"
#include "model/live/capture.h"
#include "model/live/census.h"
#include "model/live/variables.h"

enum {
	NOT_THERE = 127,       /* the exit status where there is no such program */
	ROUNDS = 5,            /* of which the shortest counts: others use the machine too */
	MILLION = 1000000,
	TEN_MILLION = 10 * MILLION,
	MAPS = 40000,          /* of a hundred entries each: a heap of about 100 MB */
	DELVE = 10000,         /* entries that it is asked for: of a million it takes minutes */
};

static char *const releases[] = { "1.22", "1.27" };

/* A program that holds something, and waits. */
struct held {
	pid_t pid;
	int feed;
};

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static bool hold(struct held *h, const char *program, const char *kind, long n)
{
	int in[2], out[2];
	char count[24], byte;
	bool ready;

	snprintf(count, sizeof count, "%ld", n);
	if (access(program, X_OK) != 0 || pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
		return false;
	fflush(stdout);
	h->pid = fork();
	if (h->pid == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		execl(program, program, kind, count, (char *)NULL);
		_exit(NOT_THERE);
	}
	close(in[0]);
	close(out[1]);
	h->feed = in[1];
	ready = read(out[0], &byte, 1) == 1;
	close(out[0]);
	return ready;
}

static void let_go(const struct held *h)
{
	close(h->feed);
	kill(h->pid, SIGKILL);
	waitpid(h->pid, NULL, 0);
}

/* `bar`: what is wanted, 0 for nothing. */
static void row(const char *what, double value, const char *unit, double bar)
{
	printf("  %-52s %9.1f %s", what, value, unit);
	if (bar > 0)
		printf("  (%.0f%s)", bar, value <= bar ? "" : ", MISSED");
	printf("\n");
}

/* Milliseconds that it was held for a map, the shortest, and bytes that were copied. */
static double held_for_map(const struct held *h, const char *name, uint64_t *bytes)
{
	double best = -1;

	for (unsigned i = 0; i < ROUNDS; i++) {
		struct capture_wish wish = { .name = name };
		struct capture c;
		struct error err;
		struct live l;

		if (!live_open_process(&l, h->pid, &err)) {
			printf("  %s\n", err.msg);
			return -1;
		}
		if (aimed_find(&l, name, &wish.head, &wish.type, &err) &&
			capture_take(&c, &l, &wish, &err)) {
			best = best < 0 || c.held < best ? c.held : best;
			*bytes = c.copied.used;
			capture_free(&c);
		}
		live_close(&l);
	}
	return best;
}

static long most_kb(pid_t pid)
{
	char path[64], line[128];
	long kb = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof line, f))
		sscanf(line, "VmHWM: %ld", &kb);
	if (f)
		fclose(f);
	return kb;
}

/* Waits for its end, with the memory that it took at most: of a child getrusage(2) tells at least
   what its parent had when it was begun. */
static long wait_for_end(pid_t pid, int *status)
{
	bool begun = false;
	long kb = -1;

	while (waitpid(pid, status, 0) == pid && WIFSTOPPED(*status)) {
		int signal = WSTOPSIG(*status);

		if (!begun)
			ptrace(PTRACE_SETOPTIONS, pid, NULL,
				(void *)(PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL));
		else if (*status >> 16 == PTRACE_EVENT_EXIT)
			kb = most_kb(pid);
		if (!begun || *status >> 16)
			signal = 0;
		begun = true;
		ptrace(PTRACE_CONT, pid, NULL, (void *)(intptr_t)signal);
	}
	return kb;
}

/* Kilobytes of memory that a run of the program takes at most, and its wall time. */
static long run(char *const args[], double *ms)
{
	double from = now_ms();
	int status;
	long kb;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR);

		dup2(null, 0);
		dup2(null, 1);
		dup2(null, 2);
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		execvp(args[0], args);
		_exit(NOT_THERE);
	}
	kb = wait_for_end(pid, &status);
	*ms = now_ms() - from;
	return WIFEXITED(status) && WEXITSTATUS(status) != NOT_THERE ? kb : -1;
}

static void bench_ints(char *program, const char *big, long n)
{
	struct held h;
	char pid[16];
	char *none[] = { program, "-V", NULL };
	char *one[] = { program, "-x", "summary", "--pid", pid, "--map", "main.ints", NULL };
	char *screen[] = { program, "--pid", pid, "--map", "main.ints", NULL };
	uint64_t bytes = 1;
	double held, ms;
	long ours;

	if (!hold(&h, big, "ints", n))
		return;
	snprintf(pid, sizeof pid, "%d", (int)h.pid);
	held = held_for_map(&h, "main.ints", &bytes);
	row("held for a map[int]int", held, "ms", n == MILLION ? 35 : 0);
	ours = run(one, &ms) - run(none, &ms);
	row("our memory by the map's", (double)ours * 1024 / (double)bytes, "times",
		n == MILLION ? 2 : 0);
	row("it is on the screen", bench_first_frame(program, screen), "ms",
		n == MILLION ? 300 : 0);
	let_go(&h);
}

static void bench_ten_million(const char *big)
{
	uint64_t bytes;
	struct held h;

	if (!hold(&h, big, "ints", TEN_MILLION))
		return;
	row("held for a map[int]int of ten million", held_for_map(&h, "main.ints", &bytes), "ms",
		300);
	let_go(&h);
}

static void bench_strings(const char *big, long n)
{
	uint64_t bytes;
	struct held h;

	if (!hold(&h, big, "strings", n))
		return;
	row("held for a map[string]string, with its bytes",
		held_for_map(&h, "main.strings", &bytes), "ms", n == MILLION ? 120 : 0);
	let_go(&h);
}

/* Milliseconds that it was held for its list, the shortest. */
static double held_for_list(const struct held *h, bool reach)
{
	const struct census_wish wish = { .reach = reach };
	double best = -1;

	for (unsigned i = 0; i < ROUNDS; i++) {
		struct census c;
		struct error err;
		struct live l;

		if (!live_open_process(&l, h->pid, &err))
			continue;
		if (census_take(&c, &l, &wish, &err)) {
			best = best < 0 || c.held < best ? c.held : best;
			census_free(&c);
		}
		live_close(&l);
	}
	return best;
}

static void bench_list(char *program, const char *big)
{
	static const char *const formats[] = { "json", "text" };
	struct held h;
	char pid[16];

	if (!hold(&h, big, "heap", MAPS))
		return;
	snprintf(pid, sizeof pid, "%d", (int)h.pid);
	for (unsigned f = 0; f < 2; f++) {
		char *list[] = { program, "-x", (char *)formats[f], "--pid", pid, NULL }, what[80];
		double ms, best = -1;
		long kb = 0;

		for (unsigned i = 0; i < ROUNDS; i++) {
			kb = run(list, &ms);
			best = best < 0 || ms < best ? ms : best;
		}
		snprintf(what, sizeof what, "list of 40,000 maps, about 100 MB, as %s", formats[f]);
		row(what, best, "ms", 300);
		row("our memory for it", (double)kb / 1e3, "MB", 0);
	}
	row("held for it", held_for_list(&h, false), "ms", 50);
	row("held for it with --reach", held_for_list(&h, true), "ms", 0);
	let_go(&h);
}

/* A name in a large executable, from opening it on. */
static void bench_name(const char *large)
{
	struct module none = { 0 };
	struct executable p;
	struct variables v;
	struct error err;
	double from = (double)clock();

	if (!executable_open(&p, large, large, &err)) {
		printf("  large program: %s\n", err.msg);
		return;
	}
	variables_find(&v, &p, &none, "unicode.Categories");
	printf("  executable of %.0f MB, %zu variable%s of that name\n", (double)p.size / 1e6,
		v.count, v.count == 1 ? "" : "s");
	variables_free(&v);
	executable_close(&p);
	row("from its name to where a variable is, CPU time",
		((double)clock() - from) * 1e3 / CLOCKS_PER_SEC, "ms", 100);
}

/* Delve holds a process for all of its run. */
static void bench_delve(char *dlv, const char *big)
{
	char path[] = "/tmp/hmapview-bench-XXXXXX", pid[16];
	char *args[] = { dlv, "attach", pid, "--init", path,
		"--allow-non-terminal-interactive=true", NULL };
	int fd = mkstemp(path);
	FILE *init = fd < 0 ? NULL : fdopen(fd, "w");
	struct held h;
	double ms;

	if (!init)
		return;
	/* At the end it asks whether to kill the process, and takes no answer for no. */
	fprintf(init, "config max-array-values %d\nprint main.ints\nexit\n", (int)DELVE);
	fclose(init);
	if (hold(&h, big, "ints", DELVE)) {
		uint64_t bytes;

		snprintf(pid, sizeof pid, "%d", (int)h.pid);
		row("held for a map of 10,000", held_for_map(&h, "main.ints", &bytes), "ms", 0);
		if (run(args, &ms) >= 0)
			row("Delve, the same map: attach, print, detach", ms, "ms", 0);
		else
			printf("  Delve: not measured, it is not installed here or says no\n");
		let_go(&h);
	}
	unlink(path);
}

void bench_processes(char *program, const char *folder, long most)
{
	char big[PATH_MAX], dlv[PATH_MAX];
	long n = most < MILLION ? most : MILLION;

	snprintf(dlv, sizeof dlv, "%s/dlv", folder);

	for (size_t i = 0; i < sizeof releases / sizeof *releases; i++) {
		snprintf(big, sizeof big, "%s/big-%s", folder, releases[i]);
		if (access(big, X_OK) != 0) {
			printf("processes of Go %s: not measured, there is no such Go here\n",
				releases[i]);
			continue;
		}
		printf("a process of Go %s, maps of %ld entries (wanted in brackets)\n",
			releases[i], n);
		bench_ints(program, big, n);
		if (most >= TEN_MILLION)
			bench_ten_million(big);
		bench_strings(big, n);
		bench_list(program, big);
		bench_delve(dlv, big);
	}
	if (access(dlv, X_OK) == 0)
		bench_name(dlv);
	else
		printf("a name in a large executable: not measured, Delve is not installed here\n");
}
