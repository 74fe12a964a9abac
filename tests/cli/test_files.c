/* SPDX-License-Identifier: MIT */
/* Files that are written: what stays of those that were there, and that nothing else is left. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "tests/cli/program.h"
#include "tests/tui/scratch.h"

#include <cmocka.h>

#define ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

static char *at(const char *name)
{
	return xasprintf("%s/%s", scratch.path, name);
}

static void put(const char *name, const char *text)
{
	free(scratch_write(&scratch, name, text, strlen(text)));
}

static char *get(const char *name)
{
	char *path = at(name), *text = file_read(path, NULL);

	free(path);
	assert_non_null(text);
	return text;
}

static struct stat look(const char *name)
{
	char *path = at(name);
	struct stat info;

	assert_int_equal(lstat(path, &info), 0);
	free(path);
	return info;
}

static void expect_run(const char *const *args, int status, const char *words)
{
	struct outcome o = program_run(&(struct program){ .args = args, .folder = scratch.path });

	if (o.status != status || !strstr(o.err, words))
		fail_msg("status %d instead of %d: %s", o.status, status, o.err);
	outcome_free(&o);
}

static void expect_written(const char *name, bool written)
{
	char *text = get(name);

	assert_int_equal(strstr(text, "entries") || strstr(text, "count"), written);
	free(text);
}

/* How many files lie in the folder, hidden ones too. */
static int files(void)
{
	DIR *dir = opendir(scratch.path);
	int count = 0;

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}

static void run_to(const char *file, int status, const char *words)
{
	expect_run(ARGS("-x", "summary", "-n", "9", "-o", file), status, words);
}

static void test_rights_stay(void **state)
{
	static const mode_t modes[] = { 0600, 0640, 0755, 0666, 0200 };
	char *path = at("a");

	(void)state;
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		put("a", "old");
		assert_int_equal(chmod(path, modes[i]), 0);
		if (geteuid() == 0)
			assert_int_equal(chown(path, 1234, 2345), 0);
		run_to("a", 0, "");
		assert_int_equal(look("a").st_mode & 07777, modes[i]);
		if (geteuid() == 0) {
			assert_int_equal(look("a").st_uid, 1234);
			assert_int_equal(look("a").st_gid, 2345);
		}
		assert_int_equal(unlink(path), 0);
	}
	umask(027);
	run_to("a", 0, "");
	assert_int_equal(look("a").st_mode & 07777, 0640);
	umask(022);
	free(path);
}

static void test_links_stay(void **state)
{
	static const char *const names[] = { "link", "far", "sub/up" };
	char *path;

	(void)state;
	put("a", "old");
	put("sub/b", "old");
	path = at("link");
	assert_int_equal(symlink("a", path), 0);
	free(path);
	path = at("far");
	assert_int_equal(symlink("sub/up", path), 0);
	free(path);
	path = at("sub/up");
	assert_int_equal(symlink("../a", path), 0);
	free(path);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		put("a", "old");
		run_to(names[i], 0, "");
		assert_true(S_ISLNK(look(names[i]).st_mode));
		expect_written("a", true);
	}
	path = at("dangling");
	assert_int_equal(symlink("sub/new", path), 0);
	free(path);
	run_to("dangling", 0, "");
	assert_true(S_ISLNK(look("dangling").st_mode));
	expect_written("sub/new", true);
	path = at("loop");
	assert_int_equal(symlink("loop", path), 0);
	free(path);
	run_to("loop", 1, "loop: ");
	run_to("sub", 1, "sub: this is a folder");
	run_to("sub/", 1, "sub/: this is a folder");
	run_to("none/x", 1, "none/x: No such file");
}

/* Root is kept out by the first only; others by both. */
static void test_protected(void **state)
{
	char *path = at("a"), *sub = at("sub");

	(void)state;
	put("a", "old");
	put("sub/b", "old");
	assert_int_equal(chmod(path, 0444), 0);
	run_to("a", 1, "a: it is write-protected");
	expect_written("a", false);
	assert_int_equal(chmod(sub, 0555), 0);
	if (geteuid() != 0) {
		run_to("sub/b", 1, "sub/b: its folder cannot be written");
		expect_written("sub/b", false);
	}
	assert_int_equal(chmod(sub, 0755), 0);
	free(path);
	free(sub);
}

static void test_long_names(void **state)
{
	char name[257];

	(void)state;
	for (size_t n = 247; n <= 255; n++) {
		memset(name, 'x', n);
		name[n] = '\0';
		run_to(name, 0, "");
		run_to(name, 0, "");
		expect_written(name, true);
	}
	memset(name, 'x', 256);
	name[256] = '\0';
	run_to(name, 1, "File name too long");
}

/* Behind >>, and through any descriptor: what stands before stays. */
static void test_open_files(void **state)
{
	static const char *const shells[] = { "\"$P\" -x summary -n 9 -o /dev/stdout >>log",
		"\"$P\" -x summary -n 9 -o /dev/fd/1 >>log",
		"\"$P\" -x summary -n 9 -o /dev/fd/7 7>>log",
		"\"$P\" -x summary -n 9 -o /proc/self/fd/1 >>log",
		"{ echo; \"$P\" -x summary -n 9 -o /dev/stderr; } 2>>log",
		"\"$P\" -x summary -n 9 -o /dev/fd/3 3>fifo & cat fifo >>log; wait",
		"\"$P\" -x summary -n 9 -o fifo & cat fifo >>log; wait",
		"\"$P\" -x summary -n 9 -o /dev/stdout | cat >>log" };
	char *fifo = at("fifo");

	(void)state;
	assert_int_equal(mkfifo(fifo, 0600), 0);
	program_env(NULL);
	setenv("P", program_path(), 1);
	for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
		char *line = xasprintf("cd %s && { %s; }", scratch.path, shells[i]), *log;

		put("log", "before\n");
		assert_int_equal(system(line), 0);
		log = get("log");
		if (strncmp(log, "before\n", 7) != 0 || strlen(log) < 100)
			fail_msg("%s: %s", shells[i], log);
		free(log);
		free(line);
	}
	assert_true(S_ISFIFO(look("fifo").st_mode));
	run_to("/dev/fd/200", 1, "/dev/fd/200: Bad file descriptor");
	free(fifo);
}

/* Ends; without files that have no name, as some file systems are, when asked. */
static void no_nameless_files(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 4),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),
		BPF_STMT(BPF_ALU | BPF_AND | BPF_K, O_TMPFILE),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, O_TMPFILE, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EOPNOTSUPP),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof filter / sizeof *filter, filter };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
		prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
		_exit(125);
}

/* Starts the program, which writes much. */
static pid_t start(const char *file, bool nameless, rlim_t most)
{
	pid_t child = fork();

	if (child != 0)
		return child;
	if (chdir(scratch.path) != 0 || !freopen("/dev/null", "w", stderr))
		_exit(126);
	program_env(NULL);
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0 });
	if (most)
		setrlimit(RLIMIT_FSIZE, &(struct rlimit){ most, most });
	if (!nameless)
		no_nameless_files();
	execl(program_path(), "hmapview", "-x", "json", "-n", "300000", "-o", file, (char *)NULL);
	_exit(127);
}

static int end(pid_t child)
{
	int status;

	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static void pause_ms(long ms)
{
	nanosleep(&(struct timespec){ .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 }, NULL);
}

/* At any moment: the file is the old one or the whole new one, and alone. */
static void test_signals(void **state)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

	(void)state;
	for (int i = 0; i < 24; i++) {
		bool nameless = i % 2;
		pid_t child;
		char *text;
		int status;

		put("a", "old");
		child = start("a", nameless, 0);
		pause_ms(20 + i * 25);
		kill(child, signals[i / 2 % 4]);
		status = end(child);
		assert_true(status == -signals[i / 2 % 4] || status == 0);
		text = get("a");
		assert_true(
			strcmp(text, "old") == 0 || strcmp(text + strlen(text) - 2, "}\n") == 0);
		free(text);
		assert_int_equal(files(), 1);
	}
}

/* A file that may not grow so large: with the signal, and as an error. */
static void test_no_room(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++) {
		char *text;

		put("a", "old");
		if (i / 2)
			signal(SIGXFSZ, SIG_IGN);
		assert_int_equal(end(start("a", i % 2, 100000)), i / 2 ? 1 : -SIGXFSZ);
		signal(SIGXFSZ, SIG_DFL);
		text = get("a");
		assert_string_equal(text, "old");
		free(text);
		assert_int_equal(files(), 1);
	}
}

/* Nobody can do anything about this one; the next one does. */
static void test_kill(void **state)
{
	bool left = false;

	(void)state;
	put("a", "old");
	for (int i = 0; i < 10; i++) {
		pid_t child = start("a", false, 0);

		for (int j = 0; j < 1000 && files() < 2; j++)
			pause_ms(2);
		left |= files() > 1;
		kill(child, SIGKILL);
		end(child);
	}
	assert_true(left);
	run_to("b", 0, "");
	assert_int_equal(files(), 2);
}

/* What only looks like it, or is under way, is not touched. */
static void test_not_swept(void **state)
{
	static const char held[] = ".hmapview-0123456789abcdef.tmp";
	char *path, *link_path;
	int fd;

	(void)state;
	put(".hmapview-0123.tmp", "mine");
	put(".hmapview-0123456789abcdeF.tmp", "mine");
	put(".hmapview-0123456789abcde0.tmp.bak", "mine");
	put(".hmapview-0123456789abcde1.tmp/file", "mine");
	path = at(".hmapview-0123456789abcde2.tmp");
	assert_int_equal(symlink(".hmapview-0123.tmp", path), 0);
	free(path);
	path = at(".hmapview-0123456789abcde3.tmp");
	assert_int_equal(mkfifo(path, 0600), 0);
	free(path);
	put("hard", "mine");
	path = at("hard");
	link_path = at(".hmapview-0123456789abcde4.tmp");
	assert_int_equal(link(path, link_path), 0);
	free(path);
	free(link_path);
	put(held, "another's");
	path = at(held);
	fd = open(path, O_RDWR | O_CLOEXEC);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	run_to("a", 0, "");
	assert_int_equal(files(), 10);
	close(fd);
	if (geteuid() == 0) {
		assert_int_equal(chown(path, 1234, 2345), 0);
		run_to("a", 0, "");
		assert_int_equal(files(), 10);
		assert_int_equal(chown(path, 0, 0), 0);
	}
	run_to("a", 0, "");
	assert_int_equal(files(), 9);
	free(path);
}

/* Where new files must have names from the beginning everything else is the same. */
static void test_named(void **state)
{
	(void)state;
	assert_int_equal(end(start("new", false, 0)), 0);
	assert_int_equal(end(start("new", false, 0)), 0);
	assert_int_equal(files(), 1);
	assert_true(look("new").st_size > 1000000);
	assert_int_equal(look("new").st_mode & 0777, 0644);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
		T(test_rights_stay),
		T(test_links_stay),
		T(test_protected),
		T(test_long_names),
		T(test_open_files),
		T(test_signals),
		T(test_no_room),
		T(test_kill),
		T(test_not_swept),
		T(test_named),
	};

	umask(022);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
