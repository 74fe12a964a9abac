/* SPDX-License-Identifier: MIT */
/*
 * The names of a stripped program come back by its file of debugging information: one that is
 * named, one of the folder of packages, one of a debuginfod server; and what is no such file is
 * refused. A recorded program is parted by objcopy for it.
 */
#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/live/aimed.h"
#include "model/live/live.h"
#include "tests/cli/program.h"
#include "tests/live/recorded.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define ID "d6ad3e45db84b52ee82a4e158f65e7ff3d509a87"
#define OF_FOLDER ".build-id/d6/ad3e45db84b52ee82a4e158f65e7ff3d509a87.debug"

static const struct recorded parked = { "go1.26-parked", "go1.26.8", "amd64", true };
static const struct recorded other = { "go1.26-reach", "go1.26.8", "amd64", true };
static const struct recorded older = { "go1.22", "go1.22.12", "amd64", true };

static struct scratch folder;
static char *core, *exe, *stripped, *debug, *wrong, *old;

/* A part of the file, by objcopy; to be freed. */
static char *part(const char *file, const char *option, const char *name)
{
	char *path = xasprintf("%s/%s", folder.path, name);
	char *command = xasprintf("objcopy %s '%s' '%s'", option, file, path);

	assert_int_equal(system(command), 0);
	free(command);
	return path;
}

static int unpack(void **state)
{
	(void)state;
	scratch_make(&folder);
	core = recorded_unpack(&parked, "core", folder.path);
	exe = recorded_unpack(&parked, "exe", folder.path);
	wrong = recorded_unpack(&other, "exe", folder.path);
	old = recorded_unpack(&older, "exe", folder.path);
	stripped = part(exe, "--strip-all", "stripped");
	debug = part(exe, "--only-keep-debug", "debug");
	return 0;
}

static int forget(void **state)
{
	char **const all[] = { &core, &exe, &wrong, &old, &stripped, &debug };

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		free(*all[i]);
	scratch_remove(&folder);
	return 0;
}

/* The file's first bytes under another name there; to be freed. */
static char *put(const char *file, const char *name, size_t most)
{
	size_t len;
	char *bytes = file_read(file, &len);
	char *path = scratch_write(&folder, name, bytes, len < most ? len : most);

	free(bytes);
	return path;
}

/* Which of the maps that the program told of are found, by their variables' names. */
static size_t found(struct live *l)
{
	size_t count, n = 0;
	struct told *told = recorded_told(&parked, &count);

	for (size_t i = 0; i < count; i++) {
		char *name = xasprintf("%s%s", told[i].name, i == 0 ? "@6" : i == 1 ? "@7" : "");
		uint64_t head, type;
		struct error err;

		n += aimed_find(l, name, &head, &type, &err) && head == told[i].addr;
		free(name);
	}
	free(told);
	return n;
}

/* Looked for of the stripped program: what is said, "" for nothing, and how many names it has. */
static void look(const struct debug_wish *wish, const char *said, size_t names)
{
	struct error err = { 0 };
	struct live l;
	bool ok;

	assert_true(live_open_core(&l, core, stripped, &err));
	assert_null(l.program.dwarf);
	ok = debug_file_find(&l.program, wish, &err);
	if (ok != !*said || (!ok && !strstr(err.msg, said)))
		fail_msg("\"%s\", not \"%s\"", ok ? "" : err.msg, said);
	assert_null(strchr(ok ? "" : err.msg, '\n'));
	assert_int_equal(found(&l), names);
	live_close(&l);
}

static void test_named(void **state)
{
	char *text = scratch_write(&folder, "text", "no ELF", 6);

	(void)state;
	look(&(struct debug_wish){ .file = debug }, "", 6);
	look(&(struct debug_wish){ .file = exe }, "", 6);
	look(&(struct debug_wish){ .file = stripped }, "it has no debugging information", 0);
	look(&(struct debug_wish){ .file = wrong }, "its build id is not that of", 0);
	look(&(struct debug_wish){ .file = old }, "its build id is not that of", 0);
	look(&(struct debug_wish){ .file = text }, "it is no ELF file", 0);
	look(&(struct debug_wish){ .file = folder.path }, "not a file", 0);
	look(&(struct debug_wish){ .file = "/proc/nonexistent" }, "No such file", 0);
	free(text);
}

static void test_folder(void **state)
{
	char *root = xasprintf("%s/root", folder.path), *path;
	const struct debug_wish wish = { .root = root };

	(void)state;
	look(&(struct debug_wish){ 0 }, "", 0);
	look(&wish, "", 0);
	path = put(debug, "root/" OF_FOLDER, SIZE_MAX);
	look(&wish, "", 6);
	free(path);
	path = put(wrong, "root/" OF_FOLDER, SIZE_MAX);
	look(&wish, "its build id is not that of", 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkdir(path, 0700), 0);
	look(&wish, "not a file", 0);
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	look(&wish, "not a file", 0);
	free(path);
	free(root);
}

/* Of a program that only has Go's own build id nothing is looked for; a named file may have it. */
static void test_go_id(void **state)
{
	char *bare = part(old, "--strip-all", "old-stripped");
	char *kept = part(old, "--only-keep-debug", "old-debug");
	struct executable p;
	struct error err;

	(void)state;
	assert_true(executable_open(&p, bare, bare, &err));
	assert_true(debug_file_find(&p, &(struct debug_wish){ .root = folder.path }, &err));
	assert_null(p.dwarf);
	assert_false(debug_file_find(&p, &(struct debug_wish){ .server = true }, &err));
	assert_non_null(strstr(err.msg, "it has no GNU build id"));
	assert_false(debug_file_find(&p, &(struct debug_wish){ .file = wrong }, &err));
	assert_non_null(strstr(err.msg, "its build id is not that of"));
	assert_true(debug_file_find(&p, &(struct debug_wish){ .file = kept }, &err));
	assert_non_null(p.dwarf);
	executable_close(&p);
	free(bare);
	free(kept);
}

/* Cut off anywhere, or its debugging information overwritten: refused, or of some use. */
static void test_broken(void **state)
{
	size_t len;
	char *bytes = file_read(debug, &len);

	(void)state;
	for (unsigned i = 0; i < 24; i++) {
		char *path = i < 16 ? put(debug, "broken", len * i / 16 + i) : NULL;
		struct error err;
		struct live l;

		for (size_t k = 8192 + i * 31; i >= 16 && k < len / 2; k += 4099)
			bytes[k] ^= (char)(0x41 + i);
		if (!path)
			path = scratch_write(&folder, "broken", bytes, len);
		assert_true(live_open_core(&l, core, stripped, &err));
		debug_file_find(&l.program, &(struct debug_wish){ .file = path }, &err);
		assert_true(found(&l) <= 6);
		live_close(&l);
		free(path);
	}
	free(bytes);
}

/* What the program says of the map main.within.inner, with this option; and its complaint. */
static void run(const char *const *env, const char *option, const char *file, bool works,
	const char *said)
{
	struct outcome o = program_run(&(struct program){ .env = env, .args = ARGS("-x", "check",
		"--core", core, "--exe", stripped, "--map", "main.within.inner", option, file) });

	if ((o.status == 0) != works || !strstr(o.err, said) || (works && *o.err))
		fail_msg("%s: %d: %s", option, o.status, o.err);
	outcome_free(&o);
}

static void test_option(void **state)
{
	static const char *const refused[][5] = {
		{ "--debug needs --pid N or --core FILE", "--debug", "x" },
		{ "--debuginfod needs --pid N or --core FILE", "--debuginfod" },
		{ "--debuginfod does not go with --lint", "--lint", "--debuginfod" },
		{ "--debug does not go with --all-processes", "--all-processes=user", "--debug=x" },
	};

	(void)state;
	run(NULL, "--debug", debug, true, "");
	run(NULL, "--debug", wrong, false, "its build id is not that of");
	run(NULL, "--redact", NULL, false, "no map with memory is called");
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct outcome o = program_run(&(struct program){ .args = refused[i] + 1 });

		if (o.status != 2 || !strstr(o.err, refused[i][0]))
			fail_msg("%d: %s", o.status, o.err);
		outcome_free(&o);
	}
}

/* elfutils' client gets files from URLs of files as from servers. */
static void test_server(void **state)
{
	char *url = xasprintf("DEBUGINFOD_URLS=file://%s/server", folder.path);
	char *cache = xasprintf("DEBUGINFOD_CACHE_PATH=%s/cache", folder.path), *path;
	const char *const none[] = { "DEBUGINFOD_URLS", cache, NULL }, *const one[] = { url, cache,
		NULL };

	(void)state;
	if (!dlopen("libdebuginfod.so.1", RTLD_LAZY | RTLD_NODELETE)) {
		printf("libdebuginfod.so.1 is missing: servers are not tested\n");
		free(url);
		free(cache);
		skip();
	}
	run(none, "--debuginfod", NULL, false, "DEBUGINFOD_URLS names none");
	run(one, "--debuginfod", NULL, false, "no debuginfod server has");
	free(cache);
	cache = xasprintf("DEBUGINFOD_CACHE_PATH=%s/cache2", folder.path);
	path = put(debug, "server/buildid/" ID "/debuginfo", SIZE_MAX);
	run(ARGS(url, cache), "--debuginfod", NULL, true, "");
	free(path);
	free(cache);
	cache = xasprintf("DEBUGINFOD_CACHE_PATH=%s/cache3", folder.path);
	path = put(wrong, "server/buildid/" ID "/debuginfo", SIZE_MAX);
	run(ARGS(url, cache), "--debuginfod", NULL, false, "its build id is not that of");
	free(path);
	free(cache);
	free(url);
}

/* A library that is none is as good as none. */
static void test_no_client(void **state)
{
	char *library = scratch_write(&folder, "lib/libdebuginfod.so.1", "none", 4);
	char *path = xasprintf("LD_LIBRARY_PATH=%s/lib", folder.path);

	(void)state;
	run(ARGS(path), "--debuginfod", NULL, false, "libdebuginfod.so.1 cannot be loaded");
	free(library);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_named),
		cmocka_unit_test(test_folder),
		cmocka_unit_test(test_go_id),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_option),
		cmocka_unit_test(test_server),
		cmocka_unit_test(test_no_client),
	};

	if (system("objcopy --version > /dev/null 2>&1") != 0) {
		printf("objcopy is missing: files of debugging information are not tested\n");
		return 0;
	}
	return cmocka_run_group_tests(tests, unpack, forget);
}
