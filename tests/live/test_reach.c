/* SPDX-License-Identifier: MIT */
/*
 * What a program still leads to: maps that variables, stacks, objects of all sizes, interfaces,
 * closures and finalizers hold, and maps that nothing holds any more. By core files that were
 * recorded, before and since objects tell their pointers themselves, of two sizes of words; and by
 * a running program where one is named by LIVE_REACH.
 */
#include <inttypes.h>
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

#include <cmocka.h>

enum { CORES = 2 };

static const struct recorded recorded[CORES] = {
	{ "go1.26-reach", "go1.26.8", "amd64", true },
	{ "go1.20-386-reach", "go1.20.14", "386", false },
};

static struct scratch folder;
static char *core[CORES], *exe[CORES];

static int unpack(void **state)
{
	(void)state;
	scratch_make(&folder);
	for (unsigned i = 0; i < CORES; i++) {
		core[i] = recorded_unpack(&recorded[i], "core", folder.path);
		exe[i] = recorded_unpack(&recorded[i], "exe", folder.path);
	}
	return 0;
}

static int forget(void **state)
{
	(void)state;
	for (unsigned i = 0; i < CORES; i++) {
		free(core[i]);
		free(exe[i]);
	}
	scratch_remove(&folder);
	return 0;
}

static json_t *load(struct outcome *o)
{
	json_t *top = json_loads(o->out, 0, NULL);

	if (o->status != 0 || !top)
		fail_msg("%s", o->err);
	outcome_free(o);
	return top;
}

static json_t *find(json_t *top, uint64_t addr)
{
	char text[24];
	size_t i;
	json_t *m;

	snprintf(text, sizeof text, "0x%" PRIx64, addr);
	json_array_foreach(json_object_get(top, "maps"), i, m)
		if (strcmp(string_of(m, "addr"), text) == 0)
			return m;
	fail_msg("%s is missing", text);
	return NULL;
}

/* Each is reached or not as its name says; and so are the totals. */
static void check_told(json_t *top, const struct told *told, size_t count)
{
	json_t *reach = json_object_get(top, "reach");
	size_t garbage = 0;

	for (size_t i = 0; i < count; i++) {
		json_t *m = find(top, told[i].addr), *is = json_object_get(m, "reached");
		bool dropped = strncmp(told[i].name, "garbage", 7) == 0;

		if (!json_is_boolean(is) || json_is_true(is) == dropped)
			fail_msg("%s is %sreached", told[i].name, json_is_true(is) ? "" : "not ");
		if (dropped)
			assert_string_equal(string_of(m, "verdict"),
				"garbage: nothing leads to it any more");
		garbage += dropped;
	}
	/* The map of maps that one of them was in may have been on the stack. */
	assert_in_range(
		json_integer_value(json_object_get(reach, "garbage")), garbage, garbage + 1);
	assert_true(json_integer_value(json_object_get(reach, "garbage_bytes")) > 1000);
	assert_true(json_integer_value(json_object_get(reach, "live")) > 50000);
	assert_true(json_is_false(json_object_get(reach, "sampled")));
	assert_true(json_is_true(json_object_get(reach, "stacks")));
	printf("%zu of %zu maps are garbage\n", garbage, count);
}

static void test_recorded(void **state)
{
	(void)state;
	for (unsigned i = 0; i < CORES; i++) {
		struct outcome o = program_run(
			&(struct program){ .args = ARGS("-x", "json", "--reach", "--core", core[i],
						   "--exe", exe[i]) });
		json_t *top = load(&o);
		size_t count;
		struct told *told = recorded_told(&recorded[i], &count);

		assert_int_equal(count, 18);
		check_told(top, told, count);
		free(told);
		json_decref(top);
	}
}

/* Without being asked for it is not known of what has no name. */
static void test_unmarked(void **state)
{
	struct outcome o = program_run(&(struct program){
		.args = ARGS("-x", "json", "--core", core[1], "--exe", exe[1]) });
	json_t *top = load(&o), *m;
	size_t i;

	(void)state;
	assert_true(json_is_null(json_object_get(top, "reach")));
	json_array_foreach(json_object_get(top, "maps"), i, m)
		assert_true(json_is_null(json_object_get(m, "reached")));
	json_decref(top);
}

static void test_for_people(void **state)
{
	struct outcome o = program_run(&(struct program){
		.args = ARGS("-x", "text", "--reach", "--core", core[1], "--exe", exe[1]) });

	(void)state;
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, " of them, "));
	assert_non_null(strstr(o.out, " bytes, are garbage: nothing leads to them any more\n"));
	assert_non_null(strstr(o.out, "garbage: nothing leads to it any more\n"));
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("-x", "json", "--reach") });
	assert_int_equal(o.status, 2);
	assert_non_null(strstr(o.err, "--reach needs --pid N or --core FILE"));
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("-x", "json", "--core", core[1], "--exe",
						   exe[1], "--reach", "--map", "main.x") });
	assert_int_equal(o.status, 2);
	outcome_free(&o);
}

static json_t *held(unsigned i, const char *map)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "json", "--held", map,
		"--core", core[i], "--exe", exe[i]) });

	return load(&o);
}

static const char *or_null(const char *s)
{
	return s ? s : "(null)";
}

/* Who has it in the end, by what; objects of the last row's type are on the way. */
static const struct {
	const char *map, *kind, *name, *type;
	unsigned objects;
} holders[] = {
	{ "variable", "variable", "main.variable", NULL, 0 },
	{ "list", "variable", "main.list", NULL, 3 },
	{ "closure", "variable", "main.closure", NULL, 1 },
	{ "any", "variable", "main.any", NULL, 0 },
	{ "widest", "variable", "main.widest", "main.wide", 1 },
	{ "big", "variable", "main.big", "main.vast", 1 },
	{ "outer", "map", "main.outer", NULL, 0 },
	{ "queue", "variable", "main.queue", NULL, 2 },
	{ "pointers", "variable", "main.pointers", NULL, 1 },
	{ "hidden", "variable", "main.hidden", NULL, 1 },
	{ "finalizer", "record", NULL, NULL, 1 },
	{ "worker", "goroutine", "main.worker", NULL, 0 },
};

static void check_holder(unsigned i, json_t *top, size_t k)
{
	json_t *all = json_object_get(top, "holders"), *h = json_array_get(all, 0);
	/* Without symbols variables have no names; and 1.20 has no types in objects. */
	const char *name = i == 0 || strcmp(holders[k].kind, "goroutine") == 0 ? holders[k].name
									       : NULL;
	const char *type = i == 0 ? holders[k].type : NULL;

	if (json_array_size(all) != 1 || strcmp(string_of(h, "kind"), holders[k].kind) != 0)
		fail_msg("%s: %zu holders, %s", holders[k].map, json_array_size(all),
			or_null(string_of(h, "says")));
	if (i == 0 || strcmp(holders[k].kind, "map") != 0)
		assert_string_equal(or_null(string_of(h, "name")), or_null(name));
	assert_string_equal(or_null(string_of(h, "object_type")), or_null(type));
	assert_int_equal(json_integer_value(json_object_get(h, "objects")), holders[k].objects);
	if (strcmp(holders[k].kind, "goroutine") == 0) {
		assert_non_null(strstr(string_of(h, "file"), "main.go"));
		assert_in_range(json_integer_value(json_object_get(h, "line")), 90, 130);
		assert_true(json_integer_value(json_object_get(h, "goroutine")) > 1);
	}
	assert_true(json_is_true(json_object_get(top, "reached")));
	/* Nothing lies behind these maps: they keep themselves alive. */
	assert_int_equal(json_integer_value(json_object_get(top, "alone_maps")), 0);
	assert_true(json_integer_value(json_object_get(top, "alone_objects")) >= 2);
	assert_true(json_integer_value(json_object_get(top, "alone_bytes")) > 150);
}

static void check_held(unsigned i, const struct told *t)
{
	char *map = xasprintf("0x%" PRIx64, t->addr);
	json_t *top = held(i, map);

	if (strncmp(t->name, "garbage", 7) == 0) {
		assert_true(json_is_false(json_object_get(top, "reached")));
		assert_int_equal(json_array_size(json_object_get(top, "holders")), 0);
	}
	for (size_t k = 0; k < sizeof holders / sizeof *holders; k++)
		if (strcmp(holders[k].map, t->name) == 0)
			check_holder(i, top, k);
	json_decref(top);
	free(map);
}

static void test_held(void **state)
{
	(void)state;
	for (unsigned i = 0; i < CORES; i++) {
		size_t count;
		struct told *told = recorded_told(&recorded[i], &count);

		/* Of the second one some: the last is the goroutine's. */
		for (size_t t = 0; t < count; t++)
			if (i == 0 || t % 4 == 0 || t + 1 == count)
				check_held(i, &told[t]);
		free(told);
	}
}

/* Of a map of maps the maps in it are kept alive by it alone. */
static void test_alone(void **state)
{
	struct outcome o = program_run(
		&(struct program){ .args = ARGS("--held", "main.outer", "--core", core[0], "--exe",
					   exe[0], "-x", "text", "--width", "120") });
	json_t *top = held(0, "main.outer");

	(void)state;
	assert_int_equal(json_integer_value(json_object_get(top, "alone_maps")), 1);
	assert_string_equal(string_of(top, "type"), "map[string]map[int]int");
	json_decref(top);
	assert_non_null(strstr(o.out, "; 1 other map is among them\n"));
	assert_non_null(strstr(o.out, "\nvariable main.outer\n"));
	outcome_free(&o);
}

static void check_refused(int status, const char *says, const char *const *args)
{
	struct outcome o = program_run(&(struct program){ .args = args });

	if (o.status != status || !strstr(o.err, says) || *o.out)
		fail_msg("%d: %s", o.status, o.err);
	outcome_free(&o);
}

static void test_held_refused(void **state)
{
	(void)state;
	check_refused(1, "no map with memory is called main.nowhere",
		ARGS("--held", "main.nowhere", "--core", core[0], "--exe", exe[0]));
	check_refused(2, "--held needs --pid N or --core FILE", ARGS("--held", "main.x"));
	check_refused(2, "--map does not go with --held",
		ARGS("--held", "main.x", "--map", "main.x", "--core", core[0]));
	check_refused(2, "one of text, markdown, json",
		ARGS("--held", "main.x", "-x", "svg", "--core", core[0]));
}

/* A core in which something is broken comes to an end all the same. */
static void test_spoiled(void **state)
{
	uint64_t random = 1;
	size_t len;

	(void)state;
	for (unsigned n = 0; n < 12; n++) {
		char *bytes = file_read(core[n % CORES], &len), *path;
		struct outcome o;

		/* Words that are there lead elsewhere. */
		for (unsigned i = 0; i < 20000; i++) {
			random = random * 6364136223846793005u + 1442695040888963407u;
			if (bytes[(random >> 33) % len])
				bytes[(random >> 33) % len] ^= (char)(1 << (random >> 20 & 7));
		}
		path = scratch_write(&folder, "spoiled", bytes, len);
		o = program_run(&(struct program){ .args = n % 3
				? ARGS("-x", "json", "--reach", "--core", path, "--exe",
					  exe[n % CORES])
				: ARGS("--held", "main.list.next.next.m", "--core", path, "--exe",
					  exe[n % CORES]) });
		assert_true(o.status == 0 || o.status == 1);
		outcome_free(&o);
		free(path);
		free(bytes);
	}
}

/* The program says what it has, and waits for its standard input. */
static void test_running(void **state)
{
	const char *program = getenv("LIVE_REACH");
	int said[2], input[2];
	struct told told[64];
	size_t count = 0;
	char line[256], *pid;
	struct outcome o;
	json_t *top;
	pid_t child;
	FILE *f;

	(void)state;
	if (!program)
		skip();
	assert_true(pipe(said) == 0 && pipe(input) == 0);
	child = fork();
	if (child == 0) {
		dup2(said[1], 2);
		dup2(input[0], 0);
		close(said[0]);
		close(input[1]);
		execl(program, program, (char *)NULL);
		_exit(127);
	}
	close(said[1]);
	close(input[0]);
	f = fdopen(said[0], "r");
	while (fgets(line, sizeof line, f) && strcmp(line, "ready\n") != 0 && count < 64)
		if (sscanf(line, "map %63s %" SCNx64 " %" SCNu64 " %63[^\n]", told[count].name,
			&told[count].addr, &told[count].entries, told[count].type) == 4)
			count++;
	pid = xasprintf("%d", (int)child);
	/* Until it waits. */
	usleep(200000);
	o = program_run(&(struct program){ .args = ARGS("-x", "json", "--reach", "--pid", pid) });
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	top = load(&o);
	assert_int_equal(count, 18);
	check_told(top, told, count);
	json_decref(top);
	fclose(f);
	close(input[1]);
	free(pid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_recorded),
		cmocka_unit_test(test_unmarked),
		cmocka_unit_test(test_for_people),
		cmocka_unit_test(test_held),
		cmocka_unit_test(test_alone),
		cmocka_unit_test(test_held_refused),
		cmocka_unit_test(test_spoiled),
		cmocka_unit_test(test_running),
	};

	return cmocka_run_group_tests(tests, unpack, forget);
}
