/* SPDX-License-Identifier: MIT */
#include "model/live/run/recording.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/live/aimed.h"
#include "model/live/process.h"
#include "model/live/run/registers.h"

enum {
	REST_MS = 50,            /* of work that the last operation is given to write its elem */
	LOOK_MS = 20,            /* after which it is looked whether it works at all */
	OPS_MOST = 4 << 20,      /* of all maps */
	PROOF = 8,               /* operations of a map that is tried for the hash key */
	ASK_EACH = 256,          /* operations after which it is looked again whose map it is */
};

/* Beginning: up to the program's own first instruction, where all of it is in its place. */

static bool reach_entry(struct recording *r, struct error *err)
{
	size_t thread;
	struct image im;
	uint64_t entry, pc = 0;

	if (!process_open(&im, r->child.pid, r->live.program.target->ptrsize, err))
		return false;
	entry = im.entry;
	image_close(&im);
	/* What no loader has to prepare begins there. */
	if (entry && registers_pc(r->child.pid, &pc) && pc == entry)
		return true;
	if (!entry || !child_break(&r->child, entry) ||
		child_run(&r->child, -1, &thread) != CHILD_BREAK)
		return fail(err, "%.300s: it ended before it began", r->name);
	return true;
}

static bool break_at(struct recording *r, const struct table *places)
{
	for (size_t i = 0; i < places->size; i++)
		if (places->list[i].key && !child_break(&r->child, places->list[i].key))
			return false;
	return true;
}

static bool place_breaks(struct recording *r, struct error *err)
{
	if (!functions_open(&r->functions, &r->live.image, &r->live.program, &r->live.module))
		return fail(err, "%.300s: its table of functions cannot be read", r->name);
	if (!calls_find(&r->calls, &r->functions, err))
		return false;
	return (break_at(r, &r->calls.rows) && break_at(r, &r->calls.returns)) ||
		fail(err, "%.300s: its code cannot be written to", r->name);
}

static bool begin(struct recording *r, struct error *err)
{
	char path[64];

	if (!registers_known())
		return fail(err, "run: programs can be run on amd64 machines alone");
	if (!child_begin(&r->child, r->wish->program, err))
		return false;
	snprintf(path, sizeof path, "/proc/%d/exe", (int)r->child.pid);
	if (!executable_open(&r->live.program, path, r->name, err) || !reach_entry(r, err))
		return false;
	executable_close(&r->live.program);
	r->thread = r->child.pid;
	return live_open_process(&r->live, r->child.pid, err) && place_breaks(r, err) &&
		values_begin(&r->values, &r->live, err);
}

/* Choosing */

static bool is_of_type(const struct recording *r, const struct recorded_map *m)
{
	const struct recorded_type *t = r->types.list[m->known];
	const char *type = r->wish->type;

	return !type || (t->name && strcmp(t->name, type) == 0) ||
		(t->text && strcmp(t->text, type) == 0);
}

/* Where the map lies that was asked for by name or address; 0: it is not there yet. */
static uint64_t wished_head(struct recording *r, struct error *err)
{
	const char *map = r->wish->map;
	uint64_t head, type;

	err->msg[0] = '\0';
	if (strncmp(map, "0x", 2) == 0)
		return strtoull(map, NULL, 16);
	return live_look_anew(&r->live, r->thread, err) &&
		aimed_find(&r->live, map, &head, &type, err) ? head : 0;
}

/* The one with the most operations; of those that package main worked on, if there are any. */
static struct recorded_map *busiest(struct recording *r, uint64_t head)
{
	struct recorded_map *best = NULL;

	for (size_t i = 0; i < r->maps.count; i++) {
		struct recorded_map *m = &r->maps.list[i];

		if (!is_of_type(r, m) || (head && m->head != head))
			continue;
		if (!best || m->ours > best->ours || (m->ours == best->ours &&
			m->count > best->count))
			best = m;
	}
	return best;
}

static bool choose(struct recording *r, struct error *err)
{
	struct error why = { "" };
	uint64_t head = r->wish->map ? wished_head(r, &why) : 0;

	if (r->wish->map && !head)
		return fail(err, why.msg[0] ? "%.300s" : "%.300s: no map is called %.100s, as far "
			"as it ran", why.msg[0] ? why.msg : r->name, r->wish->map);
	r->chosen = busiest(r, head);
	if (r->chosen)
		return true;
	if (head)
		return fail(err, "%.200s: it did nothing to %.100s that was seen", r->name,
			r->wish->map);
	return r->wish->type ? fail(err, "%.200s: it did nothing to a %.200s", r->name,
		r->wish->type) : fail(err, "%.300s: it did nothing to any map", r->name);
}

/* Whether the map that a call is about has had all operations that were asked for. */
static bool is_enough(struct recording *r, const struct call *call)
{
	uint64_t ops = r->wish->ops;
	struct error unused;

	for (size_t i = 0; i < r->maps.count && ops; i++) {
		struct recorded_map *m = &r->maps.list[i];

		if (m->count < ops || !is_of_type(r, m) || (call && m->head != call->head))
			continue;
		if (!r->wish->map ? m->ours || r->wish->type : (m->count - ops) % ASK_EACH == 0 &&
			wished_head(r, &unused) == m->head)
			return true;
	}
	return r->total >= OPS_MOST;
}

/* Running */

static void say_end(struct recording *r, enum child_event event)
{
	r->end = event == CHILD_ASKED ? "it was asked to end" :
		event == CHILD_BECAME ? "the program became another one" :
		event == CHILD_QUIET ? "all operations that were asked for are done" :
		"the program ended";
}

/* At a breakpoint; false: the recording is over. */
static bool at_break(struct recording *r, size_t thread)
{
	struct child_registers regs;
	struct call call;

	image_forget(&r->live.image);
	if (!child_registers(&r->child, thread, r->live.image.ptrsize == 8, &regs))
		return true;
	recorded_return(r, &regs);
	if (r->wish->ops && !(r->due_ms > 0) && is_enough(r, NULL))
		r->due_ms = child_worked(&r->child) + REST_MS;
	if (!call_read(&call, &r->calls, &r->live, &regs))
		return true;
	if (is_enough(r, &call))
		return false;
	recorded_call(r, &call);
	return true;
}

/* By what it has worked, not by the clock: others may use the machine too. */
static bool is_over(const struct recording *r)
{
	return r->due_ms > 0 && child_worked(&r->child) > r->due_ms;
}

static enum child_event run(struct recording *r)
{
	size_t thread;

	for (;;) {
		int most = r->due_ms > 0 ? LOOK_MS : -1;
		enum child_event event = child_run(&r->child, most, &thread);

		if (event == CHILD_BREAK || event == CHILD_ENDS)
			r->thread = r->child.list[thread].id;
		if (event == CHILD_QUIET && !is_over(r) && child_works(&r->child))
			continue;
		if (event != CHILD_BREAK)
			return event;
		if (!at_break(r, thread) || is_over(r))
			return CHILD_QUIET;
	}
}

/* Where no capture has proved it, the one that symbols tell of is taken: it is drawn by then. */
static void take_hashkey(struct recording *r)
{
	const struct executable *p = &r->live.program;
	struct live_hash *h = &r->live.hash;
	unsigned size = target_hashkey_size(p->target, HASH_AES);

	if (h->known || !p->target->aes || !p->hashkeys[0] || !image_read(&r->live.image,
		p->hashkeys[0] + r->live.module.bias, h->key, size))
		return;
	for (unsigned i = 0; i < size && !h->known; i++)
		h->known = h->key[i] != 0;
	h->family = HASH_AES;
	h->size = size;
}

/* As the program has it; NULL with err filled. */
static struct capture *capture_map(struct recording *r, const struct recorded_map *m,
	const char *name, struct error *err)
{
	struct capture_wish wish = { .head = m->head, .type = m->type, .name = name };
	struct capture *c = xcalloc(1, sizeof *c);

	if (!m->head)
		fail(err, "it was gone by then");
	else if (m->stays)
		fail(err, "it lies on the stack of a function");
	else if (capture_take(c, &r->live, &wish, err))
		return c;
	free(c);
	return NULL;
}

/* A map of few entries does not prove a hash key: others of the program may. */
static bool prove_hashkey(struct recording *r)
{
	struct error unused;

	for (size_t i = 0; i < r->maps.count && !r->live.hash.known; i++) {
		const struct recorded_map *m = &r->maps.list[i];
		struct capture *c = m->count >= PROOF ? capture_map(r, m, NULL, &unused) : NULL;

		if (c)
			capture_free(c);
		free(c);
	}
	return r->live.hash.known;
}

static void capture(struct recording *r)
{
	if (!live_look_anew(&r->live, r->thread, &r->no_capture))
		return;
	r->capture = capture_map(r, r->chosen, r->wish->map, &r->no_capture);
	if (r->live.hash.known || !prove_hashkey(r) || !r->capture)
		return;
	capture_free(r->capture);
	free(r->capture);
	r->capture = capture_map(r, r->chosen, r->wish->map, &r->no_capture);
}

bool recording_make(struct recording *r, const struct recording_wish *wish, struct error *err)
{
	enum child_event event;
	bool ok;

	*r = (struct recording){ .wish = wish, .name = wish->program[0],
		.live.program.fd = -1, .child = { .memory = -1, .ended = true } };
	if (!begin(r, err))
		return false;
	event = run(r);
	say_end(r, event);
	if (event == CHILD_ENDED || event == CHILD_BECAME)
		return fail(err, "%.300s: %s before it could be looked at", r->name, r->end);
	child_halt(&r->child);
	image_forget(&r->live.image);
	for (size_t i = 0; i < r->maps.count; i++)
		recorded_close(r, &r->maps.list[i]);
	ok = choose(r, err);
	if (ok) {
		capture(r);
		take_hashkey(r);
	}
	return ok;
}

void recording_free(struct recording *r)
{
	child_end(&r->child);
	if (r->capture)
		capture_free(r->capture);
	free(r->capture);
	recorded_free(r);
	values_end(&r->values);
	calls_free(&r->calls);
	live_close(&r->live);
}
