/* SPDX-License-Identifier: MIT */
/*
 * A process that stands for the program of a recorded core: its executable is begun, held before
 * its first instruction, and given the memory of the core; then it waits. So processes are listed,
 * their maps captured, and lost while they are looked at, where no Go is.
 */
#include <elf.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "tests/live/cores.h"

#include <cmocka.h>

static pid_t stand_in;
static char *pid;

#ifdef __x86_64__

enum { BLOCK = 1 << 16 };

static const uint8_t call[] = { 0x0f, 0x05, 0xcc };                          /* syscall; int3 */
static const uint8_t rest[] = { 0xb8, 34, 0, 0, 0, 0x0f, 0x05, 0xeb, 0xf7 }; /* pause, again */

/* A system call of it that maps memory where there is none yet. */
static void map_there(struct user_regs_struct regs, uint64_t from, uint64_t size)
{
	int status;

	regs.rax = 9;
	regs.orig_rax = UINT64_MAX;
	regs.rdi = from;
	regs.rsi = size;
	regs.rdx = PROT_READ | PROT_WRITE;
	regs.r10 = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE;
	regs.r8 = UINT64_MAX;
	regs.r9 = 0;
	assert_int_equal(ptrace(PTRACE_SETREGS, stand_in, NULL, &regs), 0);
	assert_int_equal(ptrace(PTRACE_CONT, stand_in, NULL, NULL), 0);
	assert_int_equal(waitpid(stand_in, &status, 0), stand_in);
	assert_true(WIFSTOPPED(status) && WSTOPSIG(status) == SIGTRAP);
}

/* What cannot be written there is the system's own. */
static void write_there(int memory, const uint8_t *bytes, const Elf64_Phdr *p)
{
	static const uint8_t zeros[BLOCK];

	for (uint64_t at = 0; at < p->p_filesz; at += BLOCK) {
		uint64_t n = p->p_filesz - at < BLOCK ? p->p_filesz - at : BLOCK;
		const uint8_t *from = bytes + p->p_offset + at;

		if (memcmp(from, zeros, n) != 0 &&
			pwrite(memory, from, n, (off_t)(p->p_vaddr + at)) < 0)
			return;
	}
}

static void give_memory(const char *core, const struct user_regs_struct *regs, int memory)
{
	struct stat info;
	int fd = open(core, O_RDONLY | O_CLOEXEC);
	const uint8_t *bytes;
	const Elf64_Ehdr *head;

	assert_true(fd >= 0 && fstat(fd, &info) == 0);
	bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	assert_ptr_not_equal(bytes, MAP_FAILED);
	head = (const void *)bytes;
	for (unsigned i = 0; i < head->e_phnum; i++) {
		const Elf64_Phdr *p = (const void *)(bytes + head->e_phoff + i * sizeof *p);

		if (p->p_type != PT_LOAD || !(p->p_flags & PF_W))
			continue;
		map_there(*regs, p->p_vaddr, p->p_memsz);
		write_there(memory, bytes, p);
	}
	munmap((void *)(uintptr_t)bytes, (size_t)info.st_size);
	close(fd);
}

static int begin(void **state)
{
	struct user_regs_struct regs;
	char *path;
	int status, memory;

	(void)state;
	chmod(cores.exe[0], 0700);
	stand_in = fork();
	if (stand_in == 0) {
		personality(ADDR_NO_RANDOMIZE);
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		execl(cores.exe[0], cores.exe[0], (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(stand_in, &status, 0), stand_in);
	assert_true(WIFSTOPPED(status));
	assert_int_equal(ptrace(PTRACE_GETREGS, stand_in, NULL, &regs), 0);
	path = xasprintf("/proc/%d/mem", (int)stand_in);
	memory = open(path, O_RDWR | O_CLOEXEC);
	free(path);
	assert_true(memory >= 0);
	assert_int_equal(pwrite(memory, call, sizeof call, (off_t)regs.rip), sizeof call);
	give_memory(cores.core[0], &regs, memory);
	assert_int_equal(pwrite(memory, rest, sizeof rest, (off_t)regs.rip), sizeof rest);
	close(memory);
	assert_int_equal(ptrace(PTRACE_SETREGS, stand_in, NULL, &regs), 0);
	assert_int_equal(ptrace(PTRACE_DETACH, stand_in, NULL, NULL), 0);
	pid = xasprintf("%d", (int)stand_in);
	return 0;
}

#else

static int begin(void **state)
{
	(void)state;
	return 0;
}

#endif

static int end(void **state)
{
	(void)state;
	if (stand_in) {
		kill(stand_in, SIGKILL);
		waitpid(stand_in, NULL, 0);
	}
	stand_in = 0;
	free(pid);
	pid = NULL;
	return 0;
}

/* What has no name is reached by no more than the mark; a sample does not say that nothing is. */
static void check_marked(json_t *maps, const char *most, bool sampled)
{
	struct outcome o = program_run(&(struct program){ .args = ARGS("-x", "json", "--pid", pid,
		"--reach", most ? "--max-hold" : NULL, most) });
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
	if (!pid)
		skip();
	o = program_run(&(struct program){ .args = ARGS("-x", "json", "--pid", pid) });
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
	o = program_run(&(struct program){ .args = ARGS("-x", "check", "--pid", pid, "--map",
		"main.users", "--again", "1ms*3") });
	if (o.status != 0 || !strstr(o.out, "all laws hold"))
		fail_msg("%s%s", o.out, o.err);
	outcome_free(&o);
	/* It was let go. */
	assert_int_equal(waitpid(stand_in, NULL, WNOHANG | WUNTRACED), 0);
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

		snprintf(path, sizeof path, "/proc/%d/status", (int)stand_in);
		f = fopen(path, "r");
		while (f && fgets(line, sizeof line, f))
			held |= strncmp(line, "TracerPid:", 10) == 0 && atoi(line + 10) != 0;
		if (f)
			fclose(f);
		if (held)
			break;
		usleep(100);
	}
	kill(stand_in, SIGKILL);
	_exit(0);
}

/* It ends while it is looked at: one line says so, and nothing is written. */
static void test_ends(void **state)
{
	char *path = xasprintf("%s/ended.json", cores.folder.path);
	char *line = xasprintf("hmapview: process %s has ended\n", pid ? pid : "");
	struct outcome o;
	pid_t killer;

	(void)state;
	if (!pid) {
		free(path);
		free(line);
		skip();
	}
	killer = end_it_when_held();
	o = program_run(&(struct program){ .args = ARGS("-x", "json", "--pid", pid, "--map",
		"main.users", "--again", "1ms*100000", "-o", path) });
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
		cmocka_unit_test_setup_teardown(test_looked_at, begin, end),
		cmocka_unit_test_setup_teardown(test_ends, begin, end),
	};

	return cmocka_run_group_tests(tests, cores_unpack, cores_forget);
}
