/* SPDX-License-Identifier: MIT */
#include "tests/cli/program.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/base/text.h"

#include <cmocka.h>

enum { ARGS_MOST = 32, SECONDS_MOST = 60 };

/* Tests are built to BUILD/tests/FOLDER/NAME, the program to BUILD/hmapview. */
const char *program_path(void)
{
	static char path[PATH_MAX];
	ssize_t n;

	if (*path)
		return path;
	n = readlink("/proc/self/exe", path, sizeof path - sizeof "/hmapview");
	assert_true(n > 0);
	path[n] = '\0';
	for (int up = 0; up < 3; up++)
		*strrchr(path, '/') = '\0';
	strcat(path, "/hmapview");
	return path;
}

void program_env(const char *const *env)
{
	static const char *const unset[] = {"XDG_CONFIG_HOME", "NO_COLOR", "LINES", "COLUMNS",
		"ESCDELAY", "LANG", "LC_CTYPE", "GOLDEN"};

	for (size_t i = 0; i < sizeof unset / sizeof *unset; i++)
		unsetenv(unset[i]);
	setenv("HOME", "/proc/nonexistent", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TERM", "xterm-256color", 1);
	for (; env && *env; env++) {
		char *name = xstrdup(*env), *equals = strchr(name, '=');

		if (equals) {
			*equals = '\0';
			setenv(name, equals + 1, 1);
		} else {
			unsetenv(name);
		}
		free(name);
	}
}

static void redirect(const char *file, int flags, int to)
{
	int fd = open(file, flags, 0666);

	if (fd < 0 || dup2(fd, to) < 0)
		_exit(126);
	close(fd);
}

static _Noreturn void be_program(const struct program *program, int out, int err)
{
	const char *argv[ARGS_MOST + 2] = {program_path()};
	struct rlimit no_core = {0};

	for (int i = 0; program->args[i] && i < ARGS_MOST; i++)
		argv[i + 1] = program->args[i];
	setsid(); /* there is no terminal, not even a controlling one */
	setrlimit(RLIMIT_CORE, &no_core);
	if (program->file_limit) {
		struct rlimit limit = { .rlim_cur = program->file_limit,
			.rlim_max = program->file_limit };

		setrlimit(RLIMIT_FSIZE, &limit);
		signal(SIGXFSZ, SIG_IGN);
	}
	signal(SIGPIPE, SIG_DFL);
	program_env(program->env);
	redirect(program->in ? program->in : "/dev/null", O_RDONLY, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	if (program->out)
		redirect(program->out, O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
	if (program->folder && chdir(program->folder) != 0)
		_exit(126);
	execv(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Takes in both until both are closed. */
static void collect(pid_t child, const int fds[2], struct text into[2])
{
	struct pollfd polls[2] = { { .fd = fds[0], .events = POLLIN },
		{ .fd = fds[1], .events = POLLIN } };
	double end = now() + SECONDS_MOST;
	int open = 2;

	while (open > 0) {
		if (poll(polls, 2, 100) == 0 && now() > end) {
			kill(child, SIGKILL);
			fail_msg("the program never ended");
		}
		for (int i = 0; i < 2; i++) {
			char bytes[65536];
			ssize_t n;

			if (!polls[i].revents)
				continue;
			n = read(polls[i].fd, bytes, sizeof bytes);
			if (n > 0) {
				text_addn(&into[i], bytes, (size_t)n);
				continue;
			}
			polls[i].fd = -1;
			open--;
		}
	}
}

struct outcome program_run(const struct program *program)
{
	struct text texts[2] = {{0}, {0}};
	double start = now();
	struct rusage usage;
	struct outcome o;
	int out[2], err[2], status;
	pid_t child;

	program_path();
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	assert_int_equal(pipe2(err, O_CLOEXEC), 0);
	fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (!child)
		be_program(program, out[1], err[1]);
	close(out[1]);
	close(err[1]);
	collect(child, (int[]){out[0], err[0]}, texts);
	close(out[0]);
	close(err[0]);
	assert_int_equal(wait4(child, &status, 0, &usage), child);
	o = (struct outcome){
		.out_len = texts[0].len, .seconds = now() - start, .peak = usage.ru_maxrss
	};
	o.status = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
	text_add(&texts[0], "");
	text_add(&texts[1], "");
	o.out = texts[0].s;
	o.err = texts[1].s;
	return o;
}

void outcome_free(struct outcome *o)
{
	free(o->out);
	free(o->err);
	*o = (struct outcome){0};
}

char *file_read(const char *path, size_t *len)
{
	FILE *in = fopen(path, "r");
	struct text text = {0};
	char bytes[4096], *copy;
	size_t n;

	if (!in)
		return NULL;
	while ((n = fread(bytes, 1, sizeof bytes, in)) > 0)
		text_addn(&text, bytes, n);
	fclose(in);
	copy = xmalloc(text.len + 1);
	memcpy(copy, text_str(&text), text.len);
	copy[text.len] = '\0';
	if (len)
		*len = text.len;
	text_free(&text);
	return copy;
}

static void write_golden(const char *path, const char *text)
{
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	assert_true(fputs(text, out) >= 0);
	assert_int_equal(fclose(out), 0);
}

static void say_difference(const char *path, const char *expected, const char *text)
{
	for (int line = 1; *expected || *text; line++) {
		size_t n = strcspn(expected, "\n"), m = strcspn(text, "\n");

		if (n != m || memcmp(expected, text, n) != 0) {
			fprintf(stderr, "%s:%d\n  expected \"%.*s\"\n  but it is \"%.*s\"\n", path,
				line, (int)n, expected, (int)m, text);
			return;
		}
		expected += n + (expected[n] == '\n');
		text += m + (text[m] == '\n');
	}
	fprintf(stderr, "%s: the ends differ\n", path);
}

bool golden_wanted(void)
{
	const char *wanted = getenv("GOLDEN");

	return wanted && *wanted;
}

bool golden_equal(const char *path, const char *text, bool write)
{
	char *expected;
	bool equal;

	if (write && golden_wanted())
		write_golden(path, text);
	expected = file_read(path, NULL);
	if (!expected) {
		fprintf(stderr, "%s is missing; GOLDEN=1 makes it\n", path);
		return false;
	}
	equal = strcmp(expected, text) == 0;
	if (!equal)
		say_difference(path, expected, text);
	free(expected);
	return equal;
}
