/* SPDX-License-Identifier: MIT */
/*
 * The program `truth`, running: the balance of its memory is what its own runtime.MemStats say,
 * and what small maps and those never filled come to is what it made. Which build of it is
 * LIVE_TRUTH's to say; without that nothing is tested: see tests/live/matrix.
 */
#include <inttypes.h>
#include <jansson.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "tests/cli/program.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static pid_t child;
static char *pid;
static int feed = -1;
static uint64_t alloc, inuse, stacks;

static int begin(void **state)
{
	const char *path = getenv("LIVE_TRUTH");
	int in[2], err[2];
	char line[256];
	FILE *says;

	(void)state;
	if (!path)
		return 0;
	assert_true(pipe(in) == 0 && pipe(err) == 0);
	child = fork();
	if (child == 0) {
		dup2(in[0], 0);
		dup2(err[1], 2);
		close(in[1]);
		close(err[0]);
		execl(path, path, (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(err[1]);
	feed = in[1];
	says = fdopen(err[0], "r");
	assert_non_null(says);
	assert_non_null(fgets(line, sizeof line, says));
	assert_int_equal(sscanf(line, "%" SCNu64 " %" SCNu64 " %" SCNu64, &alloc, &inuse, &stacks),
		3);
	fclose(says);
	pid = xasprintf("%d", (int)child);
	return 0;
}

static int end(void **state)
{
	(void)state;
	if (child > 0) {
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		close(feed);
	}
	free(pid);
	return 0;
}

static json_t *look(const char *by)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "json", "--pid", pid,
		"--by", by) });
	json_t *top = json_loads(o.out, 0, NULL);

	if (o.status != 0 || !top)
		fail_msg("%s", o.err);
	outcome_free(&o);
	return top;
}

static uint64_t number(json_t *of, const char *name)
{
	return (uint64_t)json_integer_value(json_object_get(of, name));
}

/* Within so many thousandths. */
static void check_about(const char *what, uint64_t is, uint64_t expected, uint64_t thousandths)
{
	uint64_t off = is > expected ? is - expected : expected - is;

	printf("%s %" PRIu64 " of %" PRIu64 "\n", what, is, expected);
	if (off > expected / 1000 * thousandths)
		fail_msg("%s: %" PRIu64 ", not %" PRIu64, what, is, expected);
}

static void test_balance(void **state)
{
	json_t *top, *b;
	uint64_t sum;

	(void)state;
	if (!child)
		skip();
	top = look("map");
	b = json_object_get(top, "memory");
	check_about("live", number(b, "heap_live"), alloc, 5);
	check_about("in use", number(b, "heap_live") + number(b, "heap_dead"), inuse, 5);
	check_about("stacks", number(b, "stacks"), stacks, 100);
	sum = number(b, "heap_live") + number(b, "heap_dead") + number(b, "heap_idle") +
		number(b, "stacks") + number(b, "other") - number(b, "untouched");
	assert_int_equal(sum, number(b, "rss"));
	/* 20,000 keys of 24 bytes and elems of 112, and all that is not of maps. */
	check_about("behind maps", number(b, "behind_maps"), 20000 * (24 + 112), 20);
	assert_true(number(b, "maps") + number(b, "behind_maps") < number(b, "heap_live"));
	json_decref(top);
}

static void test_rollup(void **state)
{
	json_t *top, *g;
	uint64_t found = 0;
	size_t i;

	(void)state;
	if (!child)
		skip();
	top = look("path");
	json_array_foreach(json_object_get(top, "groups"), i, g) {
		const char *path = json_string_value(json_object_get(g, "path"));

		if (!path)
			continue;
		if (strcmp(path, "main.pods[*].labels") == 0) {
			found++;
			assert_int_equal(number(g, "maps"), 3000);
			assert_int_equal(number(g, "entries"), 9000);
		} else if (strcmp(path, "main.pods[*].never") == 0) {
			found++;
			assert_int_equal(number(g, "maps"), 0);
			assert_int_equal(number(g, "never"), 3000);
		}
	}
	assert_int_equal(found, 2);
	json_decref(top);
}

/* As one of the processes of this user. */
static void test_processes(void **state)
{
	struct outcome o;
	char *label;

	(void)state;
	if (!child)
		skip();
	o = program_run(&(struct program){
		.args = ARGS("-x", "openmetrics", "--all-processes", "user", "--expect",
			"main.gone entries = 0", "--expect", "main.nowhere bytes < 1") });
	label = xasprintf("\nhmapview_map_entries{pid=\"%s\",exe=\"truth\",map=\"main.ints\",type="
		"\"map[int]int\"} 200000\n", pid);
	assert_int_equal(o.status, 1);
	assert_non_null(strstr(o.out, label));
	assert_non_null(strstr(o.err, "hmapview: main.nowhere: no process has such a map\n"));
	assert_null(strstr(o.err, "main.gone"));
	free(label);
	outcome_free(&o);
}

/* What the mark reaches after a collection is what the runtime has allocated. */
static void test_reach(void **state)
{
	struct outcome o;
	json_t *top, *reach;

	(void)state;
	if (!child)
		skip();
	o = program_run(&(struct program){ .args = ARGS("-x", "json", "--reach", "--pid", pid) });
	top = json_loads(o.out, 0, NULL);
	reach = json_object_get(top, "reach");
	check_about("reached", number(reach, "live"), number(json_object_get(top, "memory"),
		"heap_live"), 1);
	assert_int_equal(number(reach, "garbage"), 0);
	json_decref(top);
	outcome_free(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_balance),
		cmocka_unit_test(test_rollup),
		cmocka_unit_test(test_reach),
		cmocka_unit_test(test_processes),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
