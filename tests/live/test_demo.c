/* SPDX-License-Identifier: MIT */
/*
 * The demo, running: every map is found, with what the program itself says of it, and obeys all
 * laws at its real addresses. Which build of it is LIVE_DEMO's to say; without that nothing is
 * tested: see tests/live/matrix, which builds it in many ways.
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

enum { MAPS_MOST = 64 };

struct told {
	char name[64], type[64], addr[24];
	uint64_t entries;
};

static pid_t demo;
static char *pid;
static int feed = -1;
static struct told told[MAPS_MOST];
static size_t ntold;

/* It says on its standard error what it has, and waits for its standard input. */
static int begin(void **state)
{
	const char *path = getenv("LIVE_DEMO");
	int in[2], err[2];
	char line[256];
	uint64_t addr;
	FILE *says;

	(void)state;
	if (!path)
		return 0;
	assert_true(pipe(in) == 0 && pipe(err) == 0);
	demo = fork();
	if (demo == 0) {
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
	while (fgets(line, sizeof line, says) && strncmp(line, "ready", 5) != 0) {
		struct told *t = &told[ntold];

		if (ntold < MAPS_MOST && sscanf(line, "map %63s %" SCNx64 " %" SCNu64 " %63[^\n]",
			t->name, &addr, &t->entries, t->type) == 4) {
			snprintf(t->addr, sizeof t->addr, "0x%" PRIx64, addr);
			ntold++;
		}
	}
	fclose(says);
	pid = xasprintf("%d", (int)demo);
	return 0;
}

static int end(void **state)
{
	(void)state;
	if (demo > 0) {
		kill(demo, SIGKILL);
		waitpid(demo, NULL, 0);
		close(feed);
	}
	free(pid);
	return 0;
}

static void test_list(void **state)
{
	struct outcome o;
	json_t *top, *m;
	size_t i, found = 0;

	(void)state;
	if (!demo)
		skip();
	o = program_run(&(struct program){ .args = ARGS("-x", "json", "--pid", pid) });
	if (o.status != 0)
		fail_msg("%s", o.err);
	top = json_loads(o.out, 0, NULL);
	assert_non_null(top);
	json_array_foreach(json_object_get(top, "maps"), i, m)
		for (size_t k = 0; k < ntold; k++) {
			const char *type = json_string_value(json_object_get(m, "type"));

			if (strcmp(json_string_value(json_object_get(m, "addr")), told[k].addr) !=
				0)
				continue;
			found++;
			assert_int_equal(json_integer_value(json_object_get(m, "entries")),
				told[k].entries);
			if (type)
				assert_string_equal(type, told[k].type);
		}
	assert_true(ntold > 20);
	assert_int_equal(found, ntold);
	printf("%zu of %zu maps\n", found, ntold);
	json_decref(top);
	outcome_free(&o);
}

static void test_laws(void **state)
{
	size_t checked = 0;

	(void)state;
	if (!demo)
		skip();
	for (size_t k = 0; k < ntold; k++) {
		struct outcome o = program_run(
			&(struct program){ .args = ARGS("-x", "check", "--pid", pid, "--map",
						   told[k].addr, "-t", told[k].type) });

		if (o.status != 0 || !strstr(o.out, "all laws hold"))
			fail_msg("%s: %s%s", told[k].name, o.out, o.err);
		checked++;
		outcome_free(&o);
	}
	printf("%zu maps checked\n", checked);
}

/* What takes too long is refused before anything is stopped. */
static void test_too_long(void **state)
{
	struct outcome o;

	(void)state;
	if (!demo)
		skip();
	o = program_run(&(struct program){ .args = ARGS("-x", "check", "--pid", pid, "--map",
		told[0].addr, "-t", told[0].type, "--max-hold", "1ms") });
	assert_int_equal(o.status, 1);
	assert_non_null(strstr(o.err, "--max-hold is 1 ms"));
	outcome_free(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_laws),
		cmocka_unit_test(test_too_long),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
