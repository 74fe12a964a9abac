/* SPDX-License-Identifier: MIT */
/*
 * Programs that are run: what they do to a map is the script, which makes of it what they had, byte
 * for byte. They are recorded builds of tests/live/work, without symbols, so that no Go is needed.
 * Which build of it is looked at besides is LIVE_WORK's to say: see tests/live/matrix.
 */
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "model/base/mem.h"
#include "model/session/replay.h"
#include "model/session/script.h"
#include "tests/cli/program.h"
#include "tests/live/recorded.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

enum { BUILDS = 2 };

static const struct recorded builds[BUILDS] = {
	{ "go1.22-work", "go1.22.12", "amd64", false },
	{ "go1.26-work", "go1.26.8", "amd64", false },
};

/* Its maps, and the operations that are seen of each; clearing in one is a loop or not. */
static const struct {
	const char *name, *type;
	unsigned entries;
} maps[] = {
	{ "users", "map[string]int", 102 },
	{ "points", "map[main.point]string", 40 },
	{ "recs", "map[int64]main.rec", 30 },
	{ "mixed", "map[interface {}]interface {}", 78 },
	{ "queue", "map[uint32]uint64", 9 },
	{ "sets", "map[string]struct {}", 5 },
	{ "floats", "map[float64][]int", 60 },
	{ "wide", "map[[3]uint64][40]uint8", 40 },
	{ "gone", "map[int]bool", 1 },
	{ "refs", "map[*main.rec]int", 60 },
};

#define MAPS (sizeof maps / sizeof *maps)

static struct scratch folder;
static char *exe[BUILDS];

static int unpack(void **state)
{
	(void)state;
	scratch_make(&folder);
	for (size_t i = 0; i < BUILDS; i++) {
		exe[i] = recorded_unpack(&builds[i], "exe", folder.path);
		assert_int_equal(chmod(exe[i], 0700), 0);
	}
	return 0;
}

static int forget(void **state)
{
	(void)state;
	for (size_t i = 0; i < BUILDS; i++)
		free(exe[i]);
	scratch_remove(&folder);
	return 0;
}

/* Nothing of it can be run on other machines. */
static bool can_run(void)
{
#ifdef __x86_64__
	return true;
#else
	return false;
#endif
}

static void check_entries(const struct outcome *o, unsigned entries)
{
	json_t *all = json_loadb(o->out, o->out_len, 0, NULL);
	json_t *last = json_array_get(json_object_get(all, "snapshots"), 0);

	assert_int_equal(json_integer_value(json_object_get(last, json_object_get(last, "count") ?
		"count" : "used")), entries);
	json_decref(all);
}

/* A line of ours tells when the replay is not what the program had. */
static void check_exact(const char *what, const struct outcome *o)
{
	if (o->status != 0 || strstr(o->err, "hmapview:"))
		fail_msg("%s: %s", what, o->err);
}

static void test_by_type(void **state)
{
	(void)state;
	if (!can_run())
		skip();
	for (size_t i = 0; i < BUILDS; i++)
		for (size_t k = i; k < MAPS; k += BUILDS) {
			struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "json",
				"run", "-t", maps[k].type, exe[i], "-n", "--pid") });

			check_exact(maps[k].type, &o);
			check_entries(&o, maps[k].entries);
			outcome_free(&o);
		}
}

static void test_ops(void **state)
{
	struct outcome o;

	(void)state;
	if (!can_run())
		skip();
	o = program_run(&(struct program){ .args = ARGS("-x", "text", "run", "--ops", "7", "-t",
		"map[main.point]string", exe[1]) });
	check_exact("--ops 7", &o);
	/* The seven, and make. */
	assert_non_null(strstr(o.out, "op 8/8"));
	assert_non_null(strstr(o.out, "7 operations,"));
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("-x", "text", "--at", "3", "run", "-t",
		"map[string]int", exe[0]) });
	check_exact("--at 3", &o);
	assert_non_null(strstr(o.out, "main.go:"));
	assert_non_null(strstr(o.out, " main."));
	outcome_free(&o);
}

/* What the program says goes to standard error. */
static void test_said(void **state)
{
	struct outcome o;

	(void)state;
	if (!can_run())
		skip();
	o = program_run(&(struct program){ .args = ARGS("-x", "json", "run", "-t",
		"map[int64]main.rec", exe[0]) });
	assert_string_equal(o.err, "102 40 30 78 9 5 60 200 40 1 60 195\n");
	outcome_free(&o);
}

static char *snapshot(struct session *s)
{
	struct text text = { 0 };
	FILE *out = text_stream(&text);
	struct error err;

	assert_true(session_write_snapshots(s, out, &err));
	fclose(out);
	return text.s;
}

static void run_script(struct session *s, const char *script)
{
	const struct session_options o = { .seed = SESSION_SEED, .history = true };
	FILE *in = fmemopen((void *)(uintptr_t)script, strlen(script), "r");
	struct error err;

	assert_non_null(in);
	assert_true(session_open(s, &o, &err));
	if (!script_run_stream(s, in, "script", &err))
		fail_msg("%s", err.msg);
	fclose(in);
}

/* What is saved of it leads to the same memory. */
static void test_saved(void **state)
{
	char *const program[] = { exe[1], NULL };
	const struct recording_wish wish = { .program = program, .type = "map[string]int" };
	struct session first, again;
	struct text saved = { 0 };
	struct replay p;
	struct error err;
	char *is, *was;
	FILE *out;

	(void)state;
	if (!can_run())
		skip();
	if (!replay_make(&p, &wish, &err))
		fail_msg("%s", err.msg);
	assert_true(p.exact);
	assert_string_equal(text_str(&p.verdict), "byte for byte what the program had");
	run_script(&first, text_str(&p.script));
	was = snapshot(&first);
	out = text_stream(&saved);
	session_write(&first, out);
	fclose(out);
	run_script(&again, text_str(&saved));
	is = snapshot(&again);
	assert_string_equal(is, was);
	free(is);
	free(was);
	text_free(&saved);
	session_close(&first);
	session_close(&again);
	replay_free(&p);
}

/* args; what one line says, and the exit status. */
static void check_refused(const char *const *args, int status, const char *says)
{
	struct outcome o = program_run(&(struct program){ .args = args });
	const char *line = strstr(o.err, "hmapview: ");

	assert_int_equal(o.status, status);
	assert_string_equal(o.out, "");
	if (!line || !strstr(line, says) || strchr(line, '\n') != line + strlen(line) - 1)
		fail_msg("%s\nis not: %s", o.err, says);
	outcome_free(&o);
}

static void test_refused(void **state)
{
	(void)state;
	check_refused(ARGS("-x", "text", "run"), 2, "a program is missing");
	check_refused(ARGS("-x", "text", "run", "--ops", "0", exe[0]), 2, "--ops");
	check_refused(ARGS("-x", "text", "--ops", "3"), 2, "--ops needs run PROGRAM");
	check_refused(ARGS("-x", "text", "--pid", "1", "run", exe[0]), 2,
		"--pid does not go with run");
	check_refused(ARGS("-x", "text", "-a", "386", "run", exe[0]), 2,
		"--arch does not go with run");
	if (!can_run())
		return;
	check_refused(ARGS("-x", "text", "run", "/proc/nonexistent"), 1,
		"/proc/nonexistent: No such file or directory");
	check_refused(ARGS("-x", "text", "run", "/bin/true"), 1, "not a Go program");
	check_refused(ARGS("-x", "text", "run", "-t", "map[bool]bool", exe[0]), 1,
		"it did nothing to a map[bool]bool");
	check_refused(ARGS("-x", "text", "--map", "0x1234", "run", exe[0]), 1,
		"it did nothing to 0x1234");
	check_refused(ARGS("-x", "text", "--map", "main.users", "run", exe[0]), 1,
		"no map is called main.users");
}

/* One that is called run is a script still. */
static void test_words(void **state)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "summary", "--",
		"run") });

	(void)state;
	assert_int_equal(o.status, 1);
	assert_non_null(strstr(o.err, "run: No such file or directory"));
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("-x", "summary", "./run") });
	assert_int_equal(o.status, 1);
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("--help") });
	assert_non_null(strstr(o.out, "run [OPTION]... PROGRAM [ARGUMENT]..."));
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("--print", "man") });
	assert_non_null(strstr(o.out, ".Ss A program that is run"));
	outcome_free(&o);
	o = program_run(&(struct program){ .args = ARGS("--print", "bash") });
	assert_non_null(strstr(o.out, "_hmapview_words run"));
	outcome_free(&o);
}

/* A build with names: each map by its own. */
static void test_names(void **state)
{
	const char *work = getenv("LIVE_WORK");

	(void)state;
	if (!work)
		skip();
	for (size_t k = 0; k < MAPS; k++) {
		char *name = xasprintf("main.%s", maps[k].name);
		struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "json",
			"--map", name, "run", work) });

		check_exact(name, &o);
		check_entries(&o, maps[k].entries);
		outcome_free(&o);
		free(name);
	}
	printf("%zu maps of %zu are replayed byte for byte\n", MAPS, MAPS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_type),
		cmocka_unit_test(test_ops),
		cmocka_unit_test(test_said),
		cmocka_unit_test(test_saved),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, unpack, forget);
}
