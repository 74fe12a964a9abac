/* SPDX-License-Identifier: MIT */
/*
 * Cores of the program `race`: recorded ones (tests/live/record), and with LIVE_RACE those that a
 * build of it leaves now (tests/live/matrix). Where goroutines stood is what their own runtime
 * printed as it ended them, which is not in the core.
 */
#include <ctype.h>
#include <glob.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "tests/cli/program.h"
#include "tests/live/recorded.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct recorded races[] = {
	{ "go1.26-race", "go1.26.8", "amd64", false },
	{ "go1.22-386-race", "go1.22.12", "386", false },
};

enum { RACES = sizeof races / sizeof *races, STOOD_MOST = 32, RUNS_MOST = 10 };

static struct scratch folder;
static char *cores[RACES], *exes[RACES];

static int unpack(void **state)
{
	(void)state;
	scratch_make(&folder);
	for (size_t i = 0; i < RACES; i++) {
		cores[i] = recorded_unpack(&races[i], "core", folder.path);
		exes[i] = recorded_unpack(&races[i], "exe", folder.path);
	}
	return 0;
}

static int forget(void **state)
{
	(void)state;
	for (size_t i = 0; i < RACES; i++) {
		free(cores[i]);
		free(exes[i]);
	}
	scratch_remove(&folder);
	return 0;
}

/* The innermost line of the program's own that a goroutine stood at. */
struct stood {
	json_int_t goroutine, line;
	char function[64];
};

/* What the program and its runtime printed. */
struct said {
	char shared[32];          /* the map that they raced for */
	struct stood list[STOOD_MOST];
	size_t count;
};

static struct said said_read(const char *path)
{
	struct said s = { .count = 0 };
	FILE *f = xfopen(path, "r");
	char line[512], function[64] = "";
	long long goroutine = 0, number;

	assert_non_null(f);
	while (fgets(line, sizeof line, f)) {
		const char *colon = strrchr(line, ':');

		sscanf(line, "map main.shared %31s", s.shared);
		if (sscanf(line, "goroutine %lld", &goroutine) == 1) {
			function[0] = '\0';
		} else if (!function[0] && strncmp(line, "main.", 5) == 0) {
			sscanf(line, "%63[a-z.A-Z0-9]", function);
		} else if (function[0] && function[0] != '-' && line[0] == '\t' && colon &&
			sscanf(colon, ":%lld", &number) == 1 && s.count < STOOD_MOST) {
			s.list[s.count] = (struct stood){ .goroutine = goroutine, .line = number };
			strcpy(s.list[s.count++].function, function);
			strcpy(function, "-");
		}
	}
	fclose(f);
	assert_true(s.shared[0] && s.count > 2);
	return s;
}

static json_t *writers_json(const char *core, const char *exe)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "json", "--writers",
		"--core", core, "--exe", exe) });
	json_t *top = json_loads(o.out, 0, NULL);

	if (o.status != 0 || !top)
		fail_msg("%s: %s", core, o.err);
	assert_string_equal(o.err, "");
	outcome_free(&o);
	return top;
}

static const char *words(json_t *object, const char *name)
{
	const char *s = json_string_value(json_object_get(object, name));

	return s ? s : "";
}

static json_int_t number(json_t *object, const char *name)
{
	return json_integer_value(json_object_get(object, name));
}

static bool is_racing(const char *function)
{
	static const char *const racing[] = { "main.write", "main.read", "main.loop",
		"main.remove", "main.rarely", "main.work" };

	for (size_t i = 0; i < sizeof racing / sizeof *racing; i++)
		if (strcmp(racing[i], function) == 0)
			return true;
	return false;
}

/* What one of them is found to do is what its line does. */
static void check_writer(json_t *w, const struct said *s, bool moved)
{
	const char *function = words(w, "function"), *state = words(w, "state");
	bool found = false;

	for (size_t i = 0; i < s->count; i++)
		found |= s->list[i].goroutine == number(w, "goroutine") &&
			s->list[i].line == number(w, "line") &&
			strcmp(s->list[i].function, function) == 0;
	/* What a signal interrupts may print itself some instructions later. */
	if (!found && !(moved && is_racing(function)))
		fail_msg("goroutine %d is not at %s:%d", (int)number(w, "goroutine"), function,
			(int)number(w, "line"));
	assert_true(is_racing(function));
	assert_string_equal(words(w, "map"), s->shared);
	assert_string_equal(words(w, "type"), "map[int]int");
	if (strcmp(function, "main.work") == 0)
		assert_string_equal(state, "last seen");
	if (strcmp(state, "last seen") == 0)
		assert_true(json_is_null(json_object_get(w, "call")));
	else if (strcmp(function, "main.remove") == 0)
		assert_string_equal(words(w, "work"), "delete");
	else if (strcmp(function, "main.read") == 0)
		assert_string_equal(words(w, "work"), "read");
	else if (strcmp(function, "main.loop") == 0)
		assert_string_equal(words(w, "work"), "range");
	else
		assert_string_equal(words(w, "work"), "assign");
}

/* Those that raced, and nobody else; whether it is both. */
static bool check_core(const char *core, const char *exe, const char *path, bool now)
{
	struct said s = said_read(path);
	json_t *top = writers_json(core, exe), *list = json_object_get(top, "writers"), *w;
	size_t i;
	bool both;

	assert_string_equal(words(top, "format"), "hmapview-writers/1");
	both = json_array_size(list) == 2;
	assert_true(both || json_array_size(list) == 1);
	assert_string_equal(words(json_array_get(list, 0), "state"), "ended");
	json_array_foreach(list, i, w)
		check_writer(w, &s, now && i > 0);
	assert_true(!both || number(json_array_get(list, 0), "goroutine") !=
		number(json_array_get(list, 1), "goroutine"));
	json_decref(top);
	return both;
}

static void test_recorded(void **state)
{
	(void)state;
	for (size_t i = 0; i < RACES; i++) {
		char *path = xasprintf("tests/live/%s.txt", races[i].name);

		assert_true(check_core(cores[i], exes[i], path, false));
		free(path);
	}
}

/* One has moved on, and is said to have been seen. */
static void test_moved_on(void **state)
{
	json_t *top = writers_json(cores[0], exes[0]);
	json_t *list = json_object_get(top, "writers");

	(void)state;
	assert_string_equal(words(json_array_get(list, 0), "function"), "main.rarely");
	assert_string_equal(words(json_array_get(list, 1), "function"), "main.work");
	assert_string_equal(words(json_array_get(list, 1), "state"), "last seen");
	json_decref(top);
}

static void check_output(const char *format, const char *const *says)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("-x", format, "--writers",
		"--core", cores[1], "--exe", exes[1], strcmp(format, "text") ? NULL : "--width",
		"200") });

	assert_int_equal(o.status, 0);
	for (; *says; says++)
		if (!strstr(o.out, *says))
			fail_msg("\"%s\" is not in %s", *says, o.out);
	outcome_free(&o);
}

static void test_people(void **state)
{
	(void)state;
	check_output("text",
		ARGS("found another one writing to the map that it wrote to, and ended "
		     "the program.",
			"by runtime.mapdelete_fast32", "deletes from 0x", ", map[int]int",
			"assigns to 0x"));
	check_output("markdown", ARGS("| goroutine | is |", "`main.remove`", "`main.write`"));
}

/* The list of maps of such a core says it, too. */
static void test_list(void **state)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("--core", cores[1], "--exe",
		exes[1], "-x", "text", "--width", "200") });
	json_t *top;

	(void)state;
	assert_non_null(strstr(o.out, " ended the program: it found another one writing to the map "
		"that it wrote to, 0x"));
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("--core", cores[0], "--exe", exes[0], "-x",
		"json") });
	top = json_loads(o.out, 0, NULL);
	assert_non_null(strstr(words(top, "ended"), "goroutine "));
	json_decref(top);
	outcome_free(&o);
}

static void check_refused(int status, const char *says, const char *const *args)
{
	struct outcome o = program_run(&(struct program){ .args = args });

	if (o.status != status || !strstr(o.err, says) || *o.out)
		fail_msg("%d: %s, not %s", o.status, o.err, says);
	outcome_free(&o);
}

static void test_refused(void **state)
{
	(void)state;
	check_refused(2, "--writers needs --pid N or --core FILE", ARGS("--writers"));
	check_refused(2, "--map does not go with --writers", ARGS("--writers", "--core", cores[0],
		"--map", "main.shared"));
	check_refused(2, "--by does not go with --writers", ARGS("--writers", "--core", cores[0],
		"--by", "type"));
	check_refused(2, "one of text, markdown, json",
		ARGS("--writers", "--core", cores[0], "--exe", exes[0], "-x", "svg"));
	check_refused(2, "--width: json has none", ARGS("--writers", "--core", cores[0], "--exe",
		exes[0], "-x", "json", "--width", "90"));
	check_refused(1, "/proc/nonexistent", ARGS("--writers", "--core", "/proc/nonexistent"));
}

/* Spoils bytes of [from, len) of what was read; to be freed. */
static char *spoil(const char *file, uint64_t *random, size_t from, unsigned n, size_t *len)
{
	char *bytes = file_read(file, len);

	assert_non_null(bytes);
	for (unsigned i = 0; i < n; i++) {
		*random = *random * 6364136223846793005u + 1442695040888963407u;
		bytes[from + (*random >> 33) % (*len - from)] = (char)(*random >> 25);
	}
	return bytes;
}

/* A core or a table of functions in which something is broken comes to an end all the same. */
static void test_spoiled(void **state)
{
	uint64_t random = 1;

	(void)state;
	for (unsigned n = 0; n < 16; n++) {
		size_t core_len, exe_len, i = n % RACES;
		char *core = spoil(cores[i], &random, 4096, n % 4 == 3 ? 200000 : 100, &core_len);
		char *exe = spoil(exes[i], &random, 4096, n % 4 == 2 ? 20000 : 0, &exe_len);
		char *path = scratch_write(&folder, "spoiled.core", core, n % 4 == 1 ?
			core_len / 2 : core_len);
		char *program = scratch_write(&folder, "spoiled.exe", exe, exe_len);
		struct outcome o = program_run(&(struct program){ .args = ARGS("-x",
			n % 2 ? "json" : "text", "--writers", "--core", path, "--exe", program) });

		assert_true(o.status == 0 || o.status == 1);
		assert_true(o.status == 0 || strlen(o.err) > 10);
		outcome_free(&o);
		free(path);
		free(program);
		free(core);
		free(exe);
	}
}

/*
 * A core that a build leaves now; where the system writes none there is nothing to look at. The one
 * that was found may have left the map, and all that told of it, by then: so it is run again.
 */
static bool look_now(const char *exe, const char *who)
{
	char *pattern = xasprintf("%s/core*", folder.path);
	char *said = xasprintf("%s/said", folder.path);
	char *command = xasprintf("cd %s && rm -f core* && ulimit -c unlimited && "
		"GOTRACEBACK=crash timeout 60 %s %s 2>said >/dev/null", folder.path, exe, who);
	glob_t found;
	bool any = true, both = false;

	for (unsigned i = 0; any && !both && i < RUNS_MOST; i++) {
		assert_int_not_equal(system(command), 0);
		any = glob(pattern, 0, NULL, &found) == 0;
		both = any && check_core(found.gl_pathv[0], exe, said, true);
		if (any)
			globfree(&found);
	}
	assert_true(both || !any);
	free(pattern);
	free(said);
	free(command);
	return any;
}

static void test_now(void **state)
{
	static const char *const who[] = { "writers", "readers", "loops", "deletes", "rarely" };
	const char *exe = getenv("LIVE_RACE");

	(void)state;
	for (size_t i = 0; exe && i < sizeof who / sizeof *who; i++)
		printf("%s raced%s\n", who[i], look_now(exe, who[i]) ? "" : ", no core");
	if (!exe)
		skip();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_recorded),
		cmocka_unit_test(test_moved_on),
		cmocka_unit_test(test_people),
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_spoiled),
		cmocka_unit_test(test_now),
	};

	return cmocka_run_group_tests(tests, unpack, forget);
}
