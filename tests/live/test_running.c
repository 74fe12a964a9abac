/* SPDX-License-Identifier: MIT */
/* Processes that are listed, their maps captured, and lost while they are looked at. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "tests/live/cores.h"
#include "tests/live/stand_in.h"

#include <cmocka.h>

/* What has no name is reached by no more than the mark; a sample does not say that nothing is. */
static void check_marked(json_t *maps, const char *most, bool sampled)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "json", "--pid",
		stand_in.pid, "--reach", most ? "--max-hold" : NULL, most) });
	json_t *top = json_loads(o.out, 0, NULL), *reach = json_object_get(top, "reach"), *m;
	size_t i, reached = 0;

	if (o.status != 0)
		fail_msg("%s", o.err);
	assert_true(json_is_true(json_object_get(top, "sampled")) == sampled);
	assert_true(json_is_boolean(json_object_get(reach, "sampled")));
	assert_true(json_is_true(json_object_get(reach, "sampled")) == sampled);
	assert_true(json_is_true(json_object_get(reach, "stacks")));
	json_array_foreach(json_object_get(top, "maps"), i, m)
		reached += json_is_true(json_object_get(m, "reached"));
	assert_int_equal(reached, json_array_size(maps));
	json_decref(top);
	outcome_free(&o);
}

/* The list is that of the core, and a map obeys all laws at its real address. */
static void test_looked_at(void **state)
{
	json_t *was, *is;
	struct outcome o;

	(void)state;
	if (!stand_in.pid)
		skip();
	o = program_run(&(struct program){ .args = ARGS("-x", "json", "--pid", stand_in.pid) });
	if (o.status != 0)
		fail_msg("%s", o.err);
	is = json_loads(o.out, 0, NULL);
	was = cores_list(0);
	assert_true(json_equal(json_object_get(is, "maps"), json_object_get(was, "maps")));
	assert_true(json_is_false(json_object_get(is, "sampled")));
	json_decref(is);
	outcome_free(&o);
	check_marked(json_object_get(was, "maps"), NULL, false);
	check_marked(json_object_get(was, "maps"), "1ms", true);
	json_decref(was);
	o = program_run(&(struct program){ .args = ARGS("-x", "check", "--pid", stand_in.pid,
		"--map", "main.users", "--again", "1ms*3") });
	if (o.status != 0 || !strstr(o.out, "all laws hold"))
		fail_msg("%s%s", o.out, o.err);
	outcome_free(&o);
	/* It was let go. */
	assert_int_equal(waitpid(stand_in.id, NULL, WNOHANG | WUNTRACED), 0);
}

/* Ends it while it is held, or soon after. */
static pid_t end_it_when_held(void)
{
	pid_t killer = fork();

	if (killer != 0)
		return killer;
	for (unsigned i = 0; i < 20000; i++) {
		char path[64], line[128];
		bool held = false;
		FILE *f;

		snprintf(path, sizeof path, "/proc/%d/status", (int)stand_in.id);
		f = fopen(path, "r");
		while (f && fgets(line, sizeof line, f))
			held |= strncmp(line, "TracerPid:", 10) == 0 && atoi(line + 10) != 0;
		if (f)
			fclose(f);
		if (held)
			break;
		usleep(100);
	}
	kill(stand_in.id, SIGKILL);
	_exit(0);
}

/* It ends while it is looked at: one line says so, and nothing is written. */
static void test_ends(void **state)
{
	char *path = xasprintf("%s/ended.json", cores.folder.path);
	char *line = xasprintf("hmapview: process %d has ended\n", (int)stand_in.id);
	struct outcome o;
	pid_t killer;

	(void)state;
	if (!stand_in.pid) {
		free(path);
		free(line);
		skip();
	}
	killer = end_it_when_held();
	o = program_run(&(struct program){ .args = ARGS("-x", "json", "--pid", stand_in.pid,
		"--map", "main.users", "--again", "1ms*100000", "-o", path) });
	assert_int_equal(waitpid(killer, NULL, 0), killer);
	assert_int_equal(o.status, 1);
	assert_string_equal(o.out, "");
	assert_string_equal(o.err, line);
	assert_int_not_equal(access(path, F_OK), 0);
	outcome_free(&o);
	free(line);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_looked_at, stand_in_begin, stand_in_end),
		cmocka_unit_test_setup_teardown(test_ends, stand_in_begin, stand_in_end),
	};

	return cmocka_run_group_tests(tests, cores_unpack, cores_forget);
}
