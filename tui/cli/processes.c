/* SPDX-License-Identifier: MIT */
#include "tui/cli/processes.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/base/mem.h"

static void add(struct processes *p, int pid, bool all)
{
	char path[64], exe[PATH_MAX];
	struct stat info;

	snprintf(path, sizeof path, "/proc/%d", pid);
	if (pid == getpid() || stat(path, &info) != 0 || (!all && info.st_uid != geteuid()))
		return;
	snprintf(path, sizeof path, "/proc/%d/exe", pid);
	if (readlink(path, exe, sizeof exe) < 0) {
		p->denied += errno == EACCES || errno == EPERM;
		return;
	}
	p->list = xroom(p->list, &p->cap, p->count, sizeof *p->list);
	p->list[p->count++] = pid;
}

static int by_number(const void *a, const void *b)
{
	const int *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

void processes_find(struct processes *p, bool all)
{
	DIR *dir = xopendir("/proc");
	struct dirent *e;

	*p = (struct processes){ 0 };
	while (dir && (e = readdir(dir)))
		if (isdigit((unsigned char)e->d_name[0]))
			add(p, atoi(e->d_name), all);
	if (dir)
		closedir(dir);
	if (p->count)
		qsort(p->list, p->count, sizeof *p->list, by_number);
}

void processes_free(struct processes *p)
{
	free(p->list);
	*p = (struct processes){ 0 };
}
