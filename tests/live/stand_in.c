/* SPDX-License-Identifier: MIT */
#include "tests/live/stand_in.h"

#include <elf.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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

struct stand_in stand_in;

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
	assert_int_equal(ptrace(PTRACE_SETREGS, stand_in.id, NULL, &regs), 0);
	assert_int_equal(ptrace(PTRACE_CONT, stand_in.id, NULL, NULL), 0);
	assert_int_equal(waitpid(stand_in.id, &status, 0), stand_in.id);
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

int stand_in_begin(void **state)
{
	struct user_regs_struct regs;
	char *path;
	int status, memory;

	(void)state;
	chmod(cores.exe[0], 0700);
	stand_in.id = fork();
	if (stand_in.id == 0) {
		personality(ADDR_NO_RANDOMIZE);
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		execl(cores.exe[0], cores.exe[0], (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(stand_in.id, &status, 0), stand_in.id);
	assert_true(WIFSTOPPED(status));
	assert_int_equal(ptrace(PTRACE_GETREGS, stand_in.id, NULL, &regs), 0);
	path = xasprintf("/proc/%d/mem", (int)stand_in.id);
	memory = open(path, O_RDWR | O_CLOEXEC);
	free(path);
	assert_true(memory >= 0);
	assert_int_equal(pwrite(memory, call, sizeof call, (off_t)regs.rip), sizeof call);
	give_memory(cores.core[0], &regs, memory);
	assert_int_equal(pwrite(memory, rest, sizeof rest, (off_t)regs.rip), sizeof rest);
	close(memory);
	assert_int_equal(ptrace(PTRACE_SETREGS, stand_in.id, NULL, &regs), 0);
	assert_int_equal(ptrace(PTRACE_DETACH, stand_in.id, NULL, NULL), 0);
	stand_in.pid = xasprintf("%d", (int)stand_in.id);
	return 0;
}

#else

int stand_in_begin(void **state)
{
	(void)state;
	return 0;
}

#endif

int stand_in_end(void **state)
{
	(void)state;
	if (stand_in.id) {
		kill(stand_in.id, SIGKILL);
		waitpid(stand_in.id, NULL, 0);
	}
	stand_in.id = 0;
	free(stand_in.pid);
	stand_in.pid = NULL;
	return 0;
}
