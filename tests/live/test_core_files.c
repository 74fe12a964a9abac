/* SPDX-License-Identifier: MIT */
/* Core files and executables that are not what they should be. */
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
#include "model/live/capture.h"
#include "model/live/census.h"
#include "model/session/session.h"
#include "model/source/source.h"
#include "tests/live/cores.h"

#include <cmocka.h>

static void check_refused(const char *core, const char *exe, const char *says)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "json", "--core", core,
		exe ? "--exe" : NULL, exe) });

	assert_int_equal(o.status, 1);
	assert_string_equal(o.out, "");
	if (!strstr(o.err, says) || strncmp(o.err, "hmapview: ", 10) != 0 ||
		strchr(o.err, '\n') != o.err + strlen(o.err) - 1)
		fail_msg("%s\nis not: %s", o.err, says);
	outcome_free(&o);
}

static void test_refused(void **state)
{
	char *none = xasprintf("%s/none", cores.folder.path);

	(void)state;
	check_refused(none, NULL, "No such file");
	check_refused(cores.folder.path, NULL, "not a core file");
	check_refused("Makefile", NULL, "Makefile: not a core file");
	check_refused(cores.exe[0], NULL, "not a core file");
	check_refused(cores.core[0], "Makefile", "Makefile: not a program");
	check_refused(cores.core[0], program_path(), "not a Go program");
	check_refused(cores.core[0], none, "No such file");
	check_refused(cores.core[0], NULL, "/tmp/demo/demo: No such file");
	check_refused(cores.core[0], cores.exe[2], "its build id is not that of");
	check_refused(cores.core[0], cores.exe[1], "its build id is not that of");
	check_refused(cores.core[2], cores.exe[0], "its build id is not that of");
	free(none);
}

/* The notes of an executable are gone, so that it has no build id. */
static void test_no_build_id(void **state)
{
	size_t len;
	char *bytes = file_read(cores.exe[0], &len), *path;
	uint64_t at;
	uint16_t count;

	(void)state;
	memcpy(&at, bytes + 32, 8);
	memcpy(&count, bytes + 56, 2);
	for (unsigned i = 0; i < count; i++)
		if (bytes[at + i * 56] == 4)
			memset(bytes + at + i * 56, 0, 4);
	path = scratch_write(&cores.folder, "bare", bytes, len);
	check_refused(cores.core[0], path, "its build id is not that of");
	free(path);
	free(bytes);
}

/* A part of a file, as of a disk that was full. */
static char *cut(const char *path, unsigned percent)
{
	char *to = xasprintf("%s/cut", cores.folder.path);
	char *command = xasprintf("cp --sparse=always '%s' '%s'", path, to);
	struct stat info;

	assert_int_equal(system(command), 0);
	assert_int_equal(stat(to, &info), 0);
	assert_int_equal(truncate(to, info.st_size / 100 * percent), 0);
	free(command);
	return to;
}

/* What can be shown is shown, or one line says why not; that something is missing is said. */
static void test_truncated(void **state)
{
	static const unsigned parts[] = { 0, 5, 50, 95 };

	(void)state;
	for (size_t i = 0; i < recordings_count; i++) {
		for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
			char *core = cut(cores.core[i], parts[k]);
			struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "json",
				"--core", core, "--exe", cores.exe[i]) });

			assert_true(o.status == 0 || o.status == 1);
			if (parts[k] && !strstr(o.err, "truncated, "))
				fail_msg("%s at %u %%: %s", recordings[i].name, parts[k], o.err);
			assert_true((o.out[0] == '\0') == (o.status == 1));
			outcome_free(&o);
			free(core);
		}
	}
}

static uint64_t draw(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 33;
}

/* Some bytes are others than they were; whatever comes of it, it comes to an end. */
static void spoil(const char *path, uint64_t *random, unsigned times)
{
	FILE *f = xfopen(path, "r+");
	struct stat info;

	assert_non_null(f);
	assert_int_equal(fstat(fileno(f), &info), 0);
	for (unsigned i = 0; i < times; i++) {
		/* One in two near the beginning, where the tables are. */
		uint64_t range = i % 2 ? 4096 : (uint64_t)info.st_size;
		int byte = (int)(draw(random) % 256);

		fseeko(f, (off_t)(draw(random) % range), SEEK_SET);
		fputc(byte, f);
	}
	fclose(f);
}

static char *copy(const char *path, const char *name)
{
	char *to = xasprintf("%s/%s", cores.folder.path, name);
	char *command = xasprintf("cp --sparse=always '%s' '%s'", path, to);

	assert_int_equal(system(command), 0);
	free(command);
	return to;
}

static void look_at(const char *core, const char *exe)
{
	struct live l;
	struct census c;
	struct error err;
	FILE *nowhere;

	if (!live_open_core(&l, core, exe, &err))
		return;
	nowhere = xfopen("/dev/null", "w");
	census_take(&c, &l, &(struct census_wish){ .reach = true }, &err);
	for (size_t i = 0; i < c.count; i++) {
		struct capture_wish wish = { .head = c.list[i].head.at, .type = c.list[i].type };
		struct capture *m = xcalloc(1, sizeof *m);
		struct source *src;
		struct session s;

		if (!wish.type || !capture_take(m, &l, &wish, &err)) {
			free(m);
			continue;
		}
		src = source_captured(m, &err);
		if (src && session_open_snapshot(&s, src, 0, &err)) {
			session_write_snapshots(&s, nowhere, &err);
			session_close(&s);
		}
		source_free(src);
	}
	census_free(&c);
	live_close(&l);
	fclose(nowhere);
}

static void test_spoiled(void **state)
{
	uint64_t random = 1;

	(void)state;
	for (unsigned n = 0; n < 40; n++) {
		size_t i = n % recordings_count;
		char *core = copy(cores.core[i], "spoiled-core"),
		     *exe = copy(cores.exe[i], "spoiled-exe");

		spoil(core, &random, n % 3 == 0 ? 2000 : 20);
		if (n % 2 && !recordings[i].named)
			spoil(exe, &random, 20);
		look_at(core, exe);
		free(core);
		free(exe);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_no_build_id),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_spoiled),
	};

	return cmocka_run_group_tests(tests, cores_unpack, cores_forget);
}
