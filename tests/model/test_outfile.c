/* SPDX-License-Identifier: MIT */
/* What is made to last, in which order: the file before it takes its name, then the folder. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/base/outfile.h"

#include <cmocka.h>

enum { CALLS_MOST = 8 };

/* What fsync() was called for, and what the file in question held then. */
static struct {
	char kind[CALLS_MOST + 1];
	size_t count;
	const char *path;
	char held[CALLS_MOST][8];
} calls;

/* Stands for the library's. */
int fsync(int fd)
{
	struct stat info;
	FILE *in;

	assert_int_equal(fstat(fd, &info), 0);
	assert_true(calls.count < CALLS_MOST);
	in = fopen(calls.path, "r");
	if (in) {
		calls.held[calls.count][fread(calls.held[calls.count], 1, 7, in)] = '\0';
		fclose(in);
	}
	calls.kind[calls.count++] = S_ISREG(info.st_mode) ? 'f' : S_ISDIR(info.st_mode) ? 'd' : '?';
	return (int)syscall(SYS_fsync, fd);
}

static bool write_words(FILE *out, void *data, struct error *err)
{
	(void)err;
	return fputs(data, out) >= 0;
}

static void check_write(const char *path, char *words, const char *before)
{
	static const struct access person = { ASKER_PERSON, .trust = true };
	struct error err;

	memset(&calls, 0, sizeof calls);
	calls.path = path;
	if (!outfile_write(&person, path, write_words, words, &err))
		fail_msg("%s", err.msg);
	assert_string_equal(calls.kind, "fd");
	assert_string_equal(calls.held[0], before);
	assert_string_equal(calls.held[1], words);
}

static void test_all_lasts(void **state)
{
	char folder[] = "/tmp/hmapview-test-XXXXXX", *path, *link;

	(void)state;
	assert_non_null(mkdtemp(folder));
	path = xasprintf("%s/x", folder);
	link = xasprintf("%s/link", folder);
	check_write(path, "new", "");
	check_write(path, "newer", "new");
	assert_int_equal(symlink("x", link), 0);
	check_write(link, "last", "newer");
	unlink(link);
	unlink(path);
	assert_int_equal(rmdir(folder), 0);
	free(link);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_lasts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
