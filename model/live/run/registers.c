/* SPDX-License-Identifier: MIT */
#include "model/live/run/registers.h"

#include <string.h>
#include <sys/ptrace.h>
#include <unistd.h>

#ifdef __x86_64__

#include <asm/ldt.h>
#include <sys/user.h>

enum {
	EXIT_64 = 60, EXIT_32 = 1,  /* the system call that ends one thread */
	CODE_64 = 0x33,             /* the code segment of 64-bit programs */
	SEGMENT_INDEX = 3,          /* bits before the number in a selector */
};

bool registers_known(void)
{
	return true;
}

static bool get(pid_t id, struct user_regs_struct *r)
{
	return ptrace(PTRACE_GETREGS, id, NULL, r) == 0;
}

bool registers_pc(pid_t id, uint64_t *pc)
{
	struct user_regs_struct r;

	if (!get(id, &r))
		return false;
	*pc = r.rip;
	return true;
}

bool registers_set_pc(pid_t id, uint64_t pc)
{
	struct user_regs_struct r;

	if (!get(id, &r))
		return false;
	r.rip = pc;
	return ptrace(PTRACE_SETREGS, id, NULL, &r) == 0;
}

/* What of a 32-bit program stands before where GS leads: the goroutine. */
static uint64_t goroutine_32(pid_t id, uint64_t gs)
{
	struct user_desc area;

	if (ptrace(PTRACE_GET_THREAD_AREA, id, (void *)(uintptr_t)(gs >> SEGMENT_INDEX),
		&area) != 0)
		return 0;
	return (uint32_t)ptrace(PTRACE_PEEKDATA, id, (void *)(uintptr_t)(area.base_addr - 4), NULL);
}

/* Sources: cmd/compile/abi-internal.md; of 386 the arguments are on the stack. */
bool registers_read(pid_t id, bool wide, struct child_registers *to)
{
	struct user_regs_struct r;

	if (!get(id, &r))
		return false;
	*to = (struct child_registers){ .pc = r.rip, .sp = r.rsp,
		.args = { r.rax, r.rbx, r.rcx, r.rdi } };
	to->g = wide ? r.r14 : goroutine_32(id, r.gs);
	return true;
}

/* RET */
static bool pass_return(struct user_regs_struct *r, int memory)
{
	unsigned w = r->cs == CODE_64 ? 8 : 4;
	uint64_t back = 0;

	if (pread(memory, &back, w, (off_t)r->rsp) != (ssize_t)w)
		return false;
	r->rip = back;
	r->rsp += w;
	return true;
}

/* MOVQ BP, n(SP): size bytes long. */
static bool pass_store(struct user_regs_struct *r, int memory, int32_t n, unsigned size)
{
	uint64_t bp = r->rbp;

	r->rip += size;
	return pwrite(memory, &bp, sizeof bp, (off_t)r->rsp + n) ==
		(ssize_t)sizeof bp;
}

static bool pass(struct user_regs_struct *r, int memory, const uint8_t *code)
{
	static const uint8_t move[] = { 0x48, 0x89, 0xe5 }; /* MOVQ SP, BP */
	/* MOVQ BP, n(SP), with n of 8 and of 32 bits */
	static const uint8_t near[] = { 0x48, 0x89, 0x6c, 0x24 };
	static const uint8_t far[] = { 0x48, 0x89, 0xac, 0x24 };
	int32_t n;

	if (code[0] == 0xc3)
		return pass_return(r, memory);
	if (r->cs != CODE_64)
		return false;
	if (memcmp(code, move, sizeof move) == 0) {
		r->rbp = r->rsp;
		r->rip += sizeof move;
		return true;
	}
	if (memcmp(code, near, sizeof near) == 0)
		return pass_store(r, memory, (int8_t)code[4], 5);
	memcpy(&n, code + 4, sizeof n);
	return memcmp(code, far, sizeof far) == 0 && pass_store(r, memory, n, 8);
}

bool registers_pass(pid_t id, int memory, const uint8_t code[CODE_MOST])
{
	struct user_regs_struct r;

	return get(id, &r) && pass(&r, memory, code) && ptrace(PTRACE_SETREGS, id, NULL, &r) == 0;
}

bool registers_end_all(pid_t id)
{
	struct user_regs_struct r;

	return !get(id, &r) || r.orig_rax != (r.cs == CODE_64 ? EXIT_64 : EXIT_32);
}

#else

bool registers_known(void)
{
	return false;
}

bool registers_pc(pid_t id, uint64_t *pc)
{
	(void)id;
	(void)pc;
	return false;
}

bool registers_set_pc(pid_t id, uint64_t pc)
{
	(void)id;
	(void)pc;
	return false;
}

bool registers_read(pid_t id, bool wide, struct child_registers *to)
{
	(void)id;
	(void)wide;
	(void)to;
	return false;
}

bool registers_pass(pid_t id, int memory, const uint8_t code[CODE_MOST])
{
	(void)id;
	(void)memory;
	(void)code;
	return false;
}

bool registers_end_all(pid_t id)
{
	(void)id;
	return true;
}

#endif
