/* SPDX-License-Identifier: MIT */
#include "model/live/process.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <linux/capability.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "model/base/mem.h"

enum {
	AUXV_MOST = 4096,
	PIECES = 1024,            /* of a call of process_vm_readv: IOV_MAX, */
	PAGES_A_CALL = 4096,      /* and pages, as they are counted again behind each failure */
};

/* Of /proc/PID/status. */
struct status {
	char state;
	int tracer;
	long uid;
};

static bool read_status(int pid, struct status *s)
{
	char path[64], line[256];
	FILE *f;

	*s = (struct status){ .state = '?', .uid = -1 };
	snprintf(path, sizeof path, "/proc/%d/status", pid);
	f = xfopen(path, "r");
	if (!f)
		return false;
	while (fgets(line, sizeof line, f)) {
		sscanf(line, "State: %c", &s->state);
		sscanf(line, "TracerPid: %d", &s->tracer);
		sscanf(line, "Uid: %ld", &s->uid);
	}
	fclose(f);
	return s->uid >= 0;
}

static int ptrace_scope(void)
{
	FILE *f = xfopen("/proc/sys/kernel/yama/ptrace_scope", "r");
	int scope = 0;

	if (f && fscanf(f, "%d", &scope) != 1)
		scope = 0;
	if (f)
		fclose(f);
	return scope;
}

static bool has_capability(unsigned which)
{
	FILE *f = xfopen("/proc/self/status", "r");
	unsigned long long effective = 0;
	char line[256];

	while (f && fgets(line, sizeof line, f))
		if (sscanf(line, "CapEff: %llx", &effective) == 1)
			break;
	if (f)
		fclose(f);
	return effective >> which & 1;
}

/*
 * What a user is called, to be freed. From the file: where the system asks others, it needs shared
 * libraries, which a static program cannot take.
 */
static char *user_name(uid_t uid)
{
	FILE *in = xfopen("/etc/passwd", "re");
	const struct passwd *user = NULL;
	char *name;

	while (in && (user = fgetpwent(in)) && user->pw_uid != uid)
		;
	name = user ? xstrdup(user->pw_name) : xasprintf("user %u", (unsigned)uid);
	if (in)
		fclose(in);
	return name;
}

/* Why this process may not be looked at: of the rules of ptrace(2) the one that forbids it. */
static bool say_forbidden(int pid, struct error *err)
{
	struct status s;
	char *owner;
	int scope = ptrace_scope();

	if (!read_status(pid, &s))
		return fail(err, "process %d has ended", pid);
	if (s.uid != (long)geteuid() && geteuid() != 0) {
		owner = user_name((uid_t)s.uid);
		fail(err, "process %d belongs to %s: run hmapview as that user, or as root", pid,
			owner);
		free(owner);
		return false;
	}
	if (scope == 3)
		return fail(err, "process %d: kernel.yama.ptrace_scope is 3, nobody may look into "
			"processes until the next boot; core files can be read: --core", pid);
	if (scope && !has_capability(CAP_SYS_PTRACE))
		return fail(err,
			"process %d: kernel.yama.ptrace_scope is %d: run hmapview as root, or: "
			"sudo sysctl kernel.yama.ptrace_scope=0", pid, scope);
	if (!has_capability(CAP_SYS_PTRACE))
		return fail(err,
			"process %d: CAP_SYS_PTRACE is missing, which a container is given by "
			"--cap-add=SYS_PTRACE", pid);
	return fail(err, "process %d: the system does not allow to look into it", pid);
}

static bool say_refused(int pid, int number, struct error *err)
{
	struct status s;

	if (number == ESRCH || !read_status(pid, &s) || s.state == 'Z' || s.state == 'X')
		return fail(err, "process %d has ended", pid);
	if (s.tracer)
		return fail(err,
			"process %d is being debugged, by process %d: only one may stop it; let go "
			"of it there, or stop it there and look again", pid, s.tracer);
	if (number == EPERM || number == EACCES)
		return say_forbidden(pid, err);
	return fail(err, "process %d: %s", pid, strerror(number));
}

bool process_check(int pid, struct error *err)
{
	char path[64], exe[PATH_MAX];
	struct status s;

	if (!read_status(pid, &s))
		return fail(err, "there is no process %d", pid);
	if (s.state == 'Z' || s.state == 'X')
		return fail(err,
			"process %d has ended; its parent has not asked for its exit status yet (a "
			"zombie)", pid);
	if (pid == getpid())
		return fail(err, "process %d is hmapview itself", pid);
	snprintf(path, sizeof path, "/proc/%d/exe", pid);
	if (readlink(path, exe, sizeof exe) >= 0)
		return true;
	if (errno == ENOENT)
		return fail(err, "process %d has no executable: it is the kernel's", pid);
	return say_refused(pid, errno, err);
}

/* Reading */

static size_t read_process(const struct image *im, uint64_t addr, void *to, size_t size)
{
	const struct process *p = im->source;
	size_t done = 0;

	while (done < size) {
		struct iovec local = { (uint8_t *)to + done, size - done };
		struct iovec remote = { (void *)(uintptr_t)(addr + done), size - done };
		ssize_t n = process_vm_readv(p->pid, &local, 1, &remote, 1, 0);

		if (n <= 0)
			break;
		done += (size_t)n;
	}
	return done;
}

static void close_process(struct image *im)
{
	process_release(im);
	free(im->source);
}

/* Neighbours in one piece, and many pieces a call; a call ends at what cannot be read. */
static void read_pages(const struct image *im, const uint64_t *numbers, size_t count, uint8_t *to,
	bool *there)
{
	const struct process *p = im->source;
	struct iovec pieces[PIECES];

	for (size_t i = 0, end = 0; i < count; end = i) {
		unsigned n = 0;
		struct iovec local;
		ssize_t got;

		for (; end < count && end - i < PAGES_A_CALL; end++) {
			if (n && numbers[end] == numbers[end - 1] + 1)
				pieces[n - 1].iov_len += IMAGE_PAGE;
			else if (n == PIECES)
				break;
			else
				pieces[n++] = (struct iovec){
					(void *)(uintptr_t)(numbers[end] * IMAGE_PAGE),
					IMAGE_PAGE };
		}
		local = (struct iovec){ to + i * IMAGE_PAGE, (end - i) * IMAGE_PAGE };
		got = process_vm_readv(p->pid, &local, 1, pieces, n, 0) / IMAGE_PAGE;
		for (; got > 0; got--)
			there[i++] = true;
		if (i < end)
			there[i++] = false;
	}
}

static void map_anew(struct image *im);

static const struct image_kind kind = { .read = read_process, .close = close_process,
	.read_pages = read_pages, .map_anew = map_anew };

/* By what its source is, however it is read. */
static bool is_process(const struct image *im)
{
	return im->kind->close == close_process;
}

/* One line of /proc/PID/maps: FROM-TO rwxp OFFSET DEV INODE  FILE */
static void add_line(struct image *im, const char *line)
{
	struct mapping m = { 0 };
	char rights[8];
	int end = 0;

	if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %7s %" SCNx64 " %*s %*s %n", &m.from, &m.to,
		rights, &m.offset, &end) < 4)
		return;
	m.read = rights[0] == 'r';
	m.write = rights[1] == 'w';
	m.exec = rights[2] == 'x';
	if (end && line[end] == '/')
		m.file = xstrndup(line + end, strcspn(line + end, "\n"));
	image_add(im, m);
}

static bool read_maps(struct image *im, int pid, int *number)
{
	char path[64], *line = NULL;
	size_t cap = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/maps", pid);
	f = xfopen(path, "r");
	if (!f) {
		*number = errno;
		return false;
	}
	while (getline(&line, &cap, f) > 0)
		add_line(im, line);
	free(line);
	fclose(f);
	return true;
}

/* When they cannot be read any more, the old ones stay. */
static void map_anew(struct image *im)
{
	const struct process *p = im->source;
	struct mapping *maps = im->maps;
	size_t count = im->nmaps;
	int number;

	im->maps = NULL;
	im->nmaps = im->maps_cap = 0;
	if (!read_maps(im, p->pid, &number) || !im->nmaps) {
		free(im->maps);
		im->maps = maps;
		im->nmaps = im->maps_cap = count;
		return;
	}
	for (size_t i = 0; i < count; i++)
		free(maps[i].file);
	free(maps);
}

static void read_entry(struct image *im, int pid)
{
	uint8_t words[AUXV_MOST];
	char path[64];
	size_t n = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/auxv", pid);
	f = xfopen(path, "r");
	if (f) {
		n = fread(words, 1, sizeof words, f);
		fclose(f);
	}
	image_take_auxv(im, words, n);
}

/* Whether memory can be read at all: a container may show everything but that. */
static bool can_read(const struct image *im, int pid, struct error *err)
{
	uint8_t byte;

	for (size_t i = 0; i < im->nmaps; i++)
		if (im->maps[i].read && read_process(im, im->maps[i].from, &byte, 1) == 1)
			return true;
	return say_refused(pid, errno, err);
}

bool process_open(struct image *im, int pid, unsigned ptrsize, struct error *err)
{
	struct process *p = xcalloc(1, sizeof *p);
	struct status s;
	int number;

	*im = (struct image){ .kind = &kind, .source = p, .ptrsize = ptrsize };
	im->name = xasprintf("process %d", pid);
	p->pid = pid;
	p->stopped = read_status(pid, &s) && s.tracer && s.state == 't';
	read_entry(im, pid);
	if (!read_maps(im, pid, &number))
		say_refused(pid, number, err);
	else if (can_read(im, pid, err))
		return true;
	image_close(im);
	return false;
}

/* Of a program of 32 bits the system tells of registers of 32 bits. */
static void take_registers(struct image *im, const struct threads *t)
{
	uint64_t words[REGISTERS_MOST];

	im->nthreads = 0;
	for (size_t i = 0; i < t->count; i++) {
		struct iovec to = { words, sizeof words };

		if (t->list[i].stopped && ptrace(PTRACE_GETREGSET, t->list[i].id,
			(void *)(uintptr_t)NT_PRSTATUS, &to) == 0)
			image_add_thread(im, (const uint8_t *)words, to.iov_len);
	}
}

bool process_hold(struct image *im, struct error *err)
{
	struct process *p = im->source;
	int number;

	if (!is_process(im) || p->stopped || p->held)
		return true;
	if (!threads_hold(&p->threads, p->pid, &number, err))
		return number ? say_refused(p->pid, number, err) : false;
	p->held = true;
	if (im->mode == PAGES_SOME)
		image_forget(im);
	take_registers(im, &p->threads);
	return true;
}

void process_release(struct image *im)
{
	struct process *p = im->source;

	if (!is_process(im) || !p->held)
		return;
	threads_release(&p->threads);
	p->held = false;
	im->nthreads = 0;
}

bool process_lives(const struct image *im, struct error *err)
{
	const struct process *p = im->source;
	struct status s;

	if (!is_process(im) || (read_status(p->pid, &s) && s.state != 'Z' && s.state != 'X'))
		return true;
	return fail(err, "process %d has ended", p->pid);
}
