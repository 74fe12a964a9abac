/* SPDX-License-Identifier: MIT */
#include "tests/bench/beside.h"

#include <jansson.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	ROUNDS = 7,      /* of a million; larger maps take fewer, as they take longer: */
	ROUNDS_LARGE = 3,
	QUIET_MS = 10,   /* silence that ends an answer */
};

/* What says that a command is over; it looks at no more of the map than the last of its keys. */
#define ANSWER "export --view story text\n"

#define MEMORY_BAR 1.1 /* what the map takes here to what it takes there */

enum op { INSERT, LOOKUP, DELETE, OPS };

static const char *const op_names[OPS] = { "insert", "lookup", "delete" };

/* One round's figures, or their medians. */
struct figures {
	double cpu[OPS];  /* seconds */
	double peak;      /* KiB of the process */
	double map_peak;  /* KiB of the map and its keys at its largest: the runtime tells it; here
			     what the process took beyond that of a map without entries */
};

struct child {
	pid_t pid;
	int in, out;
	clockid_t clock;
};

static _Noreturn void die(const char *what)
{
	perror(what);
	exit(1);
}

static struct child start(char *const argv[])
{
	int in[2], out[2];
	struct child c;

	if (pipe(in) != 0 || pipe(out) != 0)
		die("pipe");
	c = (struct child){ .pid = fork(), .in = in[1], .out = out[0] };
	if (c.pid < 0)
		die("fork");
	if (c.pid == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		close(in[1]);
		close(out[0]);
		setenv("GOGC", "off", 1);
		execv(argv[0], argv);
		die(argv[0]);
	}
	close(in[0]);
	close(out[1]);
	if (clock_getcpuclockid(c.pid, &c.clock) != 0)
		die("clock_getcpuclockid");
	return c;
}

/* Reads up to the end, or with `ms` to the first silence that follows something. */
static void answer(const struct child *c, char *output, size_t size, int ms)
{
	struct pollfd p = { .fd = c->out, .events = POLLIN };
	size_t n = 0;
	ssize_t got;

	while (n + 1 < size && poll(&p, 1, n ? ms : -1) > 0 &&
		(got = read(c->out, output + n, size - n - 1)) > 0)
		n += (size_t)got;
	output[n] = '\0';
}

static struct rusage end(const struct child *c)
{
	char rest[8192];
	struct rusage r;
	int status;

	close(c->in);
	answer(c, rest, sizeof rest, -1);
	close(c->out);
	if (wait4(c->pid, &status, 0, &r) < 0)
		die("wait4");
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		fprintf(stderr, "bench: a program ended with status %d\n", status);
		exit(1);
	}
	return r;
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* Gives it a line and returns the CPU time that it has taken once it waits for the next. */
static double tell(const struct child *c, const char *line)
{
	char output[8192];
	struct timespec t;

	if (write(c->in, line, strlen(line)) < 0)
		die("write");
	answer(c, output, sizeof output, QUIET_MS);
	if (clock_gettime(c->clock, &t) != 0)
		die("clock_gettime");
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The command line's start for a map of so many entries, with room for six more words. */
enum { WORDS = 16 };

static size_t map_words(char *words[WORDS], const struct beside *b, char *type, char *count)
{
	size_t n = 0;

	words[n++] = b->program;
	words[n++] = "--go";
	words[n++] = b->release;
	words[n++] = "-t";
	words[n++] = type;
	words[n++] = "-n";
	words[n++] = count;
	words[n++] = "-x";
	words[n++] = "summary";
	words[n] = NULL;
	return n;
}

static struct rusage run_summary(const struct beside *b, char *type, char *count)
{
	char *words[WORDS];
	struct child c;

	map_words(words, b, type, count);
	c = start(words);
	return end(&c);
}

static struct figures measure_hmapview(const struct beside *b, char *type, char *count)
{
	struct rusage r = run_summary(b, type, count), empty = run_summary(b, type, "0");
	struct figures f = { .peak = (double)r.ru_maxrss };
	char *words[WORDS], line[64];
	struct child c;
	double before;
	size_t n;

	f.map_peak = f.peak - (double)empty.ru_maxrss;
	f.cpu[INSERT] = seconds(r.ru_utime) + seconds(r.ru_stime);
	n = map_words(words, b, type, count);
	words[n++] = "-";
	words[n] = NULL;
	c = start(words);
	before = tell(&c, ANSWER);
	for (int op = LOOKUP; op < OPS; op++) {
		double now;

		snprintf(line, sizeof line, "%s 0..%ld\n" ANSWER, op_names[op],
			atol(count) - 1);
		now = tell(&c, line);
		f.cpu[op] = now - before;
		before = now;
	}
	end(&c);
	return f;
}

static double number(const json_t *result, const char *name)
{
	return (double)json_integer_value(json_object_get(result, name));
}

static struct figures measure_runtime(const struct beside *b, char *type, char *count)
{
	struct figures f = { 0 };

	for (int op = LOOKUP; op < OPS; op++) {
		char name[8], output[4096];
		char *argv[] = { b->oracle, "bench", name, type, count, NULL };
		struct child c;
		json_t *result;

		strcpy(name, op_names[op]);
		c = start(argv);
		answer(&c, output, sizeof output, -1);
		end(&c);
		result = json_loads(output, 0, NULL);
		if (!result) {
			fprintf(stderr, "bench: %s: %s\n", b->oracle, output);
			exit(1);
		}
		f.cpu[op] = number(result, "cpu_ns") / 1e9;
		f.cpu[INSERT] += number(result, "insert_cpu_ns") / 1e9 / (OPS - 1);
		f.peak = number(result, "maxrss_kb");
		f.map_peak = (number(result, "peak_map_bytes") +
			number(result, "key_bytes")) / 1024;
		json_decref(result);
	}
	return f;
}

static int by_size(const void *x, const void *y)
{
	const double *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

static struct figures medians(const struct figures *rounds, int n)
{
	struct figures m = rounds[n - 1];
	double list[ROUNDS];

	for (int op = 0; op < OPS; op++) {
		for (int i = 0; i < n; i++)
			list[i] = rounds[i].cpu[op];
		qsort(list, (size_t)n, sizeof *list, by_size);
		m.cpu[op] = list[n / 2];
	}
	return m;
}

static void print_rows(const char *type, const char *count, const struct figures *mine,
	const struct figures *real)
{
	for (int op = 0; op < OPS; op++) {
		printf("%-7s %-16s %9s  %8.3f s", op_names[op], type, count, mine->cpu[op]);
		if (real) {
			double ratio = mine->cpu[op] / real->cpu[op];

			printf("  %8.3f s  %5.2f%c", real->cpu[op], ratio, ratio > 1 ? '!' : ' ');
		}
		putchar('\n');
	}
	printf("%-7s %-16s %9s  %6.0f MiB", "memory", type, count, mine->peak / 1024);
	if (real)
		printf("    %6.0f MiB  %5.2f\n%-7s %-16s %9s  %6.0f MiB    %6.0f MiB  %5.2f%c",
			real->peak / 1024, mine->peak / real->peak, "map", type, count,
			mine->map_peak / 1024, real->map_peak / 1024,
			mine->map_peak / real->map_peak,
			mine->map_peak > MEMORY_BAR * real->map_peak ? '!' : ' ');
	putchar('\n');
	fflush(stdout);
}

static void bench_type(const struct beside *b, char *type, long n)
{
	int rounds = n > 1000000 ? ROUNDS_LARGE : ROUNDS;
	struct figures mine[ROUNDS], real[ROUNDS], mine_median, real_median;
	char count[24];

	snprintf(count, sizeof count, "%ld", n);
	for (int i = 0; i < rounds; i++) {
		mine[i] = measure_hmapview(b, type, count);
		if (b->oracle)
			real[i] = measure_runtime(b, type, count);
	}
	mine_median = medians(mine, rounds);
	if (b->oracle)
		real_median = medians(real, rounds);
	print_rows(type, count, &mine_median, b->oracle ? &real_median : NULL);
}

void bench_beside(const struct beside *b, long most)
{
	static char *const types[] = { "map[int]string", "map[string]int", "map[int64]int64" };

	printf("\nGo %s: CPU time of N operations, medians of %d runs (%d above a million), at most"
		" Go's own;\nmemory of the processes, and of the map with its keys, at most %.1f of"
		" Go's\n", b->release, ROUNDS, ROUNDS_LARGE, MEMORY_BAR);
	printf("%-7s %-16s %9s  %10s  %10s  %5s\n", "", "", "N", "hmapview", "Go", "ratio");
	for (long n = 1000000; n <= most; n *= 10)
		for (size_t t = 0; t < sizeof types / sizeof *types; t++)
			bench_type(b, types[t], n);
}
