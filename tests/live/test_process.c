/* SPDX-License-Identifier: MIT */
/*
 * Processes as images: their memory is read, they are held and let go, and whoever cannot be
 * looked at says why. What runs is a child of this test with threads that count.
 */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/live/live.h"
#include "model/live/process.h"
#include "tests/cli/program.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

enum { THREADS = 5 };

/* Shared with the child. */
static volatile uint64_t *counts;
static uint64_t marked[2] = { 0x1122334455667788, 0x99aabbccddeeff00 };

static void *count(void *which)
{
	for (;;)
		++*(volatile uint64_t *)which;
	return NULL;
}

static void run_child(void)
{
	pthread_t t;

	for (int i = 1; i < THREADS; i++)
		pthread_create(&t, NULL, count, (void *)(uintptr_t)(counts + i));
	count((void *)(uintptr_t)counts);
}

static bool all_count(void)
{
	uint64_t before[THREADS];

	for (int i = 0; i < THREADS; i++)
		before[i] = counts[i];
	for (int tries = 0; tries < 2000; tries++) {
		bool all = true;

		usleep(1000);
		for (int i = 0; i < THREADS; i++)
			all &= counts[i] != before[i];
		if (all)
			return true;
	}
	return false;
}

static pid_t child;

static int begin(void **state)
{
	(void)state;
	counts = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(counts, MAP_FAILED);
	memset((void *)(uintptr_t)counts, 0, THREADS * sizeof *counts);
	child = fork();
	if (child == 0) {
		run_child();
		_exit(1);
	}
	assert_true(all_count());
	return 0;
}

static int end(void **state)
{
	(void)state;
	if (kill(child, 0) == 0)
		kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	munmap((void *)(uintptr_t)counts, 4096);
	return 0;
}

/* Whether none of them counts. */
static bool all_stand(void)
{
	uint64_t before[THREADS];

	for (int i = 0; i < THREADS; i++)
		before[i] = counts[i];
	usleep(20000);
	for (int i = 0; i < THREADS; i++)
		if (counts[i] != before[i])
			return false;
	return true;
}

static void test_read(void **state)
{
	struct image im;
	struct error err;
	uint64_t value, two[2];

	(void)state;
	assert_true(process_open(&im, child, 8, &err));
	assert_true(im.nmaps > 5 && im.entry);
	assert_true(image_word(&im, (uint64_t)(uintptr_t)marked, &value));
	assert_true(value == marked[0]);
	assert_true(image_read(&im, (uint64_t)(uintptr_t)marked, two, sizeof two));
	assert_memory_equal(two, marked, sizeof two);
	assert_true(image_uint(&im, (uint64_t)(uintptr_t)marked + 1, 2, &value));
	assert_int_equal(value, 0x6677);
	assert_false(image_word(&im, 8, &value));
	assert_false(image_word(&im, UINT64_MAX - 3, &value));
	assert_false(image_copy(&im, UINT64_MAX - 3, two, sizeof two));
	assert_non_null(image_mapping(&im, (uint64_t)(uintptr_t)marked));
	assert_null(image_mapping(&im, 8));
	image_close(&im);
}

static void test_hold(void **state)
{
	struct image im;
	struct error err;

	(void)state;
	assert_true(process_open(&im, child, 8, &err));
	for (int i = 0; i < 20; i++) {
		assert_true(process_hold(&im, &err));
		assert_true(all_stand() || i);
		process_release(&im);
	}
	assert_true(all_count());
	assert_true(process_hold(&im, &err));
	image_close(&im);
	assert_true(all_count());
}

/* Who holds it is killed: it goes on. */
static void test_killed_holder(void **state)
{
	struct image im;
	struct error err;
	pid_t holder = fork();
	int status;

	(void)state;
	if (holder == 0) {
		if (!process_open(&im, child, 8, &err) || !process_hold(&im, &err))
			_exit(1);
		raise(SIGKILL);
	}
	assert_int_equal(waitpid(holder, &status, 0), holder);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	assert_true(all_count());
}

/* A process that was stopped by a signal stays so; one that gets a signal meanwhile still gets
   it. */
static void test_signals(void **state)
{
	struct image im;
	struct error err;
	int status;

	(void)state;
	assert_true(process_open(&im, child, 8, &err));
	kill(child, SIGSTOP);
	assert_int_equal(waitpid(child, &status, WUNTRACED), child);
	assert_true(process_hold(&im, &err));
	process_release(&im);
	assert_true(all_stand());
	kill(child, SIGCONT);
	assert_true(all_count());
	assert_true(process_hold(&im, &err));
	kill(child, SIGTERM);
	process_release(&im);
	/* Its end may be seen by who held it, or here. */
	while (waitpid(child, &status, WNOHANG) == 0)
		usleep(1000);
	assert_false(process_lives(&im, &err));
	assert_false(process_hold(&im, &err));
	assert_non_null(strstr(err.msg, "has ended"));
	image_close(&im);
}

static void test_debugged(void **state)
{
	int ready[2], done[2];
	struct image im;
	struct error err;
	pid_t tracer;
	char byte = 0;

	(void)state;
	assert_true(pipe(ready) == 0 && pipe(done) == 0);
	tracer = fork();
	if (tracer == 0) {
		byte = ptrace(PTRACE_SEIZE, child, NULL, NULL) == 0;
		if (write(ready[1], &byte, 1) != 1 || read(done[0], &byte, 1) != 1)
			_exit(1);
		_exit(0);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_int_equal(byte, 1);
	assert_true(process_open(&im, child, 8, &err));
	assert_false(process_hold(&im, &err));
	assert_non_null(strstr(err.msg, "is being debugged"));
	image_close(&im);
	assert_int_equal(write(done[1], &byte, 1), 1);
	waitpid(tracer, NULL, 0);
	for (int i = 0; i < 2; i++) {
		close(ready[i]);
		close(done[i]);
	}
	assert_true(all_count());
}

static void check_refused(const char *pid, int status, const char *says)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "json", "--pid",
		pid) });

	assert_int_equal(o.status, status);
	assert_string_equal(o.out, "");
	if (!strstr(o.err, says) || strncmp(o.err, "hmapview: ", 10) != 0 ||
		strchr(o.err, '\n') != o.err + strlen(o.err) - 1)
		fail_msg("%s\nis not: %s", o.err, says);
	outcome_free(&o);
}

static void test_refused(void **state)
{
	char *pid = xasprintf("%d", (int)child);
	pid_t dead = fork();
	char *zombie = xasprintf("%d", (int)dead);

	(void)state;
	if (dead == 0)
		_exit(0);
	waitid(P_PID, (id_t)dead, &(siginfo_t){ 0 }, WEXITED | WNOWAIT);
	check_refused(pid, 1, "not a Go program");
	check_refused(zombie, 1, "zombie");
	check_refused("2147483647", 1, "there is no process 2147483647");
	check_refused("0", 2, "--pid");
	check_refused("x", 2, "--pid");
	check_refused("99999999999", 2, "--pid");
	waitpid(dead, NULL, 0);
	free(zombie);
	free(pid);
}

/* Another user may not look: as root this becomes nobody. */
static void test_not_allowed(void **state)
{
	struct error err;
	int status;
	pid_t other;

	(void)state;
	if (geteuid() != 0)
		skip();
	other = fork();
	if (other == 0) {
		if (setgid(65534) != 0 || setuid(65534) != 0)
			_exit(2);
		_exit(process_check(child, &err) || !strstr(err.msg, "belongs to root"));
	}
	assert_int_equal(waitpid(other, &status, 0), other);
	assert_int_equal(status, 0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		CASE(test_read),
		CASE(test_hold),
		CASE(test_killed_holder),
		CASE(test_signals),
		CASE(test_debugged),
		CASE(test_refused),
		CASE(test_not_allowed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
