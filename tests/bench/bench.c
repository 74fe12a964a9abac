/* SPDX-License-Identifier: MIT */
/*
 * CPU time and peak memory of hmapview beside the real runtime on the same work, in the same
 * run: `bench HMAPVIEW ORACLE [MOST]`. ORACLE is the Go program of tests/oracle, run with
 * GOGC=off; "-" leaves it out. MOST bounds the entries (default ten million).
 *
 * A run's inserts are measured alone; lookups and deletes are what a run takes with them less
 * what it takes without.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/frames.h"

struct usage {
	double cpu;      /* seconds, user and system */
	long peak;       /* KiB */
};

static _Noreturn void die(const char *what)
{
	perror(what);
	exit(1);
}

static struct usage wait_for(pid_t pid)
{
	struct rusage r;
	int status;

	if (wait4(pid, &status, 0, &r) < 0)
		die("wait4");
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		fprintf(stderr, "bench: a program ended with status %d\n", status);
		exit(1);
	}
	return (struct usage){
		.cpu = (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
			(double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6,
		.peak = r.ru_maxrss,
	};
}

/* Runs argv with `input` on its standard input; what it prints goes to *output. */
static struct usage run(char *const argv[], const char *input, char *output, size_t size)
{
	int in[2], out[2];
	size_t n = 0;
	ssize_t got;
	pid_t pid;

	if (pipe(in) != 0 || pipe(out) != 0)
		die("pipe");
	pid = fork();
	if (pid < 0)
		die("fork");
	if (pid == 0) {
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
	if (write(in[1], input, strlen(input)) < 0)
		die("write");
	close(in[1]);
	while (n + 1 < size && (got = read(out[0], output + n, size - n - 1)) > 0)
		n += (size_t)got;
	output[n] = '\0';
	close(out[0]);
	return wait_for(pid);
}

static struct usage run_hmapview(char *program, char *type, char *count, const char *script)
{
	char *argv[] = { program, "-x", "summary", "-t", type, "-n", count, "-", NULL };
	char output[4096];

	return run(argv, script, output, sizeof output);
}

struct runtime {
	double cpu;       /* seconds of the operation alone */
	double peak;      /* KiB of the process */
	double map_peak;  /* KiB of the map itself, at its largest */
};

static struct runtime run_runtime(char *program, char *op, char *type, char *count)
{
	char *argv[] = { program, "bench", op, type, count, NULL };
	char output[4096];
	json_t *result;
	struct runtime r;
	double cpu, insert;

	run(argv, "", output, sizeof output);
	result = json_loads(output, 0, NULL);
	if (!result) {
		fprintf(stderr, "bench: %s: %s\n", program, output);
		exit(1);
	}
	cpu = (double)json_integer_value(json_object_get(result, "cpu_ns")) / 1e9;
	insert = (double)json_integer_value(json_object_get(result, "insert_cpu_ns")) / 1e9;
	r.cpu = strcmp(op, "insert") == 0 ? cpu : cpu - insert > 0 ? cpu - insert : cpu;
	r.peak = (double)json_integer_value(json_object_get(result, "maxrss_kb"));
	r.map_peak = (double)json_integer_value(json_object_get(result, "peak_map_bytes")) / 1024;
	json_decref(result);
	return r;
}

static void print_row(const char *op, const char *type, const char *count, struct usage mine,
	const struct runtime *real)
{
	printf("%-7s %-16s %9s  %7.2f s", op, type, count, mine.cpu);
	if (real)
		printf("  %7.2f s  %5.2f", real->cpu, mine.cpu / real->cpu);
	printf("  %8.1f MiB", (double)mine.peak / 1024);
	if (real)
		printf("  %8.1f MiB  %8.1f MiB  %5.2f", real->peak / 1024, real->map_peak / 1024,
			(double)mine.peak / real->map_peak);
	putchar('\n');
	fflush(stdout);
}

static void bench_type(char *program, char *oracle, char *type, char *count)
{
	static char *const ops[] = { "insert", "lookup", "delete" };
	struct usage base = { 0 };

	for (int i = 0; i < 3; i++) {
		char script[64] = "";
		struct runtime real;
		struct usage mine;

		if (i)
			snprintf(script, sizeof script, "%s 0..%ld\n", ops[i], atol(count) - 1);
		mine = run_hmapview(program, type, count, script);
		if (i == 0) {
			/* The machine may be busy with other things: the better of two. */
			base = run_hmapview(program, type, count, "");
			if (base.cpu < mine.cpu)
				mine = base;
			base = mine;
		} else {
			mine.cpu -= base.cpu;
		}
		if (strcmp(oracle, "-") != 0)
			real = run_runtime(oracle, ops[i], type, count);
		print_row(ops[i], type, count, mine, strcmp(oracle, "-") != 0 ? &real : NULL);
	}
}

int main(int argc, char **argv)
{
	static char *const types[] = { "map[int]string", "map[string]int", "map[int64]int64" };
	long most = argc > 3 ? atol(argv[3]) : 10000000;

	if (argc < 3) {
		fprintf(stderr, "usage: bench HMAPVIEW ORACLE|- [MOST]\n");
		return 2;
	}
	bench_start(argv[1]);
	bench_frames(argv[1], most);
	bench_timeline(argv[1]);
	printf("\n%-7s %-16s %9s  %9s  %9s  %5s  %12s  %12s  %12s  %5s\n", "", "", "", "hmapview",
		"Go", "ratio", "hmapview", "Go", "the map", "ratio");
	for (long n = 1000000; n <= most; n *= 10) {
		char count[24];

		snprintf(count, sizeof count, "%ld", n);
		for (int t = 0; t < 3; t++)
			bench_type(argv[1], argv[2], types[t], count);
	}
	return 0;
}
