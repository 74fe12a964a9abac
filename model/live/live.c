/* SPDX-License-Identifier: MIT */
#include "model/live/live.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#include "model/live/core.h"
#include "model/live/process.h"

static uint64_t make_secret(void)
{
	uint64_t secret = 0;

	while (getrandom(&secret, sizeof secret, 0) != sizeof secret)
		continue;
	return secret;
}

static bool find_module(struct live *l, struct error *err)
{
	if (!module_find(&l->module, &l->image, &l->program, err))
		return false;
	l->view.types = (struct rtypes){ &l->image, &l->program, &l->module };
	return true;
}

bool live_open_process(struct live *l, int pid, struct error *err)
{
	char path[64], name[PATH_MAX] = "";

	*l = (struct live){ .pid = pid, .program.fd = -1, .secret = make_secret() };
	if (!process_check(pid, err))
		return false;
	/* The link leads to the file that runs, also where its name leads to another by now. */
	snprintf(path, sizeof path, "/proc/%d/exe", pid);
	if (readlink(path, name, sizeof name - 1) < 0)
		snprintf(name, sizeof name, "%s", path);
	if (executable_open(&l->program, path, name, err) &&
		process_open(&l->image, pid, l->program.target->ptrsize, err) &&
		find_module(l, err))
		return true;
	live_close(l);
	return false;
}

bool live_open_core(struct live *l, const char *core, const char *exe, struct error *err)
{
	*l = (struct live){ .program.fd = -1, .secret = make_secret() };
	if (core_open(&l->image, core, exe, &l->program, &l->note, err) && find_module(l, err))
		return true;
	/* What cannot be found may well be what is missing. */
	if (l->note)
		fail(err, "%s", l->note);
	live_close(l);
	return false;
}

void live_close(struct live *l)
{
	spans_free(&l->view.spans);
	image_close(&l->image);
	executable_close(&l->program);
	free(l->note);
	l->note = NULL;
}

bool live_look_anew(struct live *l, int thread, struct error *err)
{
	spans_free(&l->view.spans);
	image_close(&l->image);
	return process_open(&l->image, thread, l->program.target->ptrsize, err);
}

bool live_find_spans(struct live *l, struct error *err)
{
	spans_free(&l->view.spans);
	return spans_read(&l->view.spans, &l->image, &l->program, &l->module, &l->span_list, err);
}

bool live_peek(struct live *l, struct error *err)
{
	image_forget(&l->image);
	return live_find_spans(l, err);
}

bool live_hold(struct live *l, struct error *err)
{
	if (!process_hold(&l->image, err))
		return false;
	if (live_find_spans(l, err))
		return true;
	process_release(&l->image);
	return l->note ? fail(err, "%s", l->note) : false;
}

void live_release(struct live *l)
{
	process_release(&l->image);
}
