/* SPDX-License-Identifier: MIT */
#include "model/live/aimed.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/clock.h"
#include "model/base/mem.h"
#include "model/base/text.h"
#include "model/live/locals.h"

enum {
	/* A map that is written may look like none, and for as long as others run. */
	TRIES_LEAST = 8, PAUSE_US = 1000, PATIENCE_MS = 100,
	WALK_MS = 250,
	SHOWN_MOST = 8, /* goroutines in a message */
};

/* What is looked for, and until when. */
struct aiming {
	struct live *l;
	const char *name;
	double until;
};

static bool walk_to(const struct aiming *a, const struct variables *v, uint64_t *head,
	uint64_t *type)
{
	struct walk *w = walk_new(&a->l->view);
	bool found;

	walk_aim(w, a->name);
	variables_add(v, w, &a->l->view);
	walk_run(w, WALK_MS);
	found = walk_named(w, a->name, head, type);
	if (!found)
		*type = walk_vain(w);
	walk_free(w);
	return found;
}

/* *type: also of a map without memory, which is an answer too. */
static bool find_in(const struct aiming *a, const struct variables *v, uint64_t *head,
	uint64_t *type)
{
	struct error unused;
	bool found = false, again = v->count != 0;

	*type = 0;
	for (unsigned tries = 1; again; tries++) {
		found = live_peek(a->l, &unused) && walk_to(a, v, head, type);
		again = !found && !*type && a->l->pid &&
			(tries < TRIES_LEAST || clock_ms() < a->until);
		if (again && clock_ms() < a->until)
			usleep(PAUSE_US);
	}
	return found;
}

/* Local variables that are called so. */
struct locals {
	struct local {
		uint64_t goroutine, addr;
		char *name;       /* owned */
		Dwarf_Die type;
	} *list;                  /* owned */
	size_t count, cap;
};

static void add_local(void *data, uint64_t goroutine, const char *name, uint64_t addr,
	Dwarf_Die *type)
{
	struct locals *all = data;

	xadd(all->list, all->count, all->cap,
		(struct local){ goroutine, addr, xstrdup(name), *type });
}

static void say_several(const struct aiming *a, const uint64_t *ids, size_t n, struct error *err)
{
	struct text all = { 0 };

	for (size_t i = 0; i < n && i < SHOWN_MOST; i++)
		text_printf(&all, "%s%" PRIu64, i ? ", " : "", ids[i]);
	text_add(&all, n > SHOWN_MOST ? ", .." : "");
	fail(err, "%s: %zu goroutines have a map %.100s: %s; %.100s@%" PRIu64 " is one of them",
		a->l->image.name, n, a->name, text_str(&all), a->name, ids[0]);
	text_free(&all);
}

/* Each goroutine's own, as far as it leads to a map. */
static bool find_among(const struct aiming *a, const struct locals *all, uint64_t only,
	uint64_t *head, uint64_t *type, struct error *err)
{
	uint64_t *ids = xcalloc(all->count + 1, sizeof *ids), h, t;
	size_t n = 0;

	for (size_t i = 0; i < all->count; i++) {
		const struct local *one = &all->list[i];
		struct variables v = { 0 };

		variables_put(&v, &a->l->module, one->name, one->addr, &one->type);
		if ((!only || one->goroutine == only) && find_in(a, &v, &h, &t)) {
			ids[n++] = one->goroutine;
			*head = h;
			*type = t;
		}
		variables_free(&v);
	}
	if (n > 1)
		say_several(a, ids, n, err);
	free(ids);
	return n == 1;
}

/* The name is that of a local variable: why there is no map by it. */
static void say_missed(const struct live *l, const char *name, const struct locals_miss *m,
	struct error *err)
{
	const char *of = l->image.name, *var = name + m->name_len + 1;
	int n = m->name_len < 200 ? (int)m->name_len : 200;

	if (m->why == LOCALS_NOBODY)
		fail(err, "%s: no goroutine stands in %.*s", of, n, name);
	else if (m->why == LOCALS_RUNS)
		fail(err, "%s: no parked goroutine stands in %.*s, and goroutine %" PRIu64 " runs: "
			"what it has is seen while it waits", of, n, name, m->goroutine);
	else if (m->why == LOCALS_UNNAMED)
		fail(err, "%s: %.*s has no variable %.100s that the compiler has left", of, n, name,
			var);
	else if (m->why == LOCALS_NOWHERE)
		fail(err, "%s: where goroutine %" PRIu64 " stands in %.*s nothing holds %.100s", of,
			m->goroutine, n, name, var);
	else if (m->why == LOCALS_REGISTER)
		fail(err, "%s: %.100s is in a register of goroutine %" PRIu64
			", which is lost while it waits", of, name, m->goroutine);
}

static bool find_local(const struct aiming *a, uint64_t *head, uint64_t *type, struct error *err)
{
	struct live *l = a->l;
	const char *at = strrchr(a->name, '@');
	char *selector = at ? xstrndup(a->name, (size_t)(at - a->name)) : xstrdup(a->name);
	const struct aiming aiming = { l, selector, a->until };
	struct locals all = { 0 };
	struct locals_miss miss;
	bool found;

	image_forget(&l->image);
	locals_find(l, selector, add_local, &all, &miss);
	found = find_among(&aiming, &all, at ? strtoull(at + 1, NULL, 10) : 0, head, type, err);
	if (!found && !err->msg[0] && at && all.count)
		fail(err, "%s: goroutine %.20s has no map %.100s; goroutine %" PRIu64 " has one",
			l->image.name, at + 1, selector, all.list[0].goroutine);
	if (!found && !err->msg[0] && !all.count)
		say_missed(l, selector, &miss, err);
	for (size_t i = 0; i < all.count; i++)
		free(all.list[i].name);
	free(all.list);
	free(selector);
	return found;
}

bool aimed_find(struct live *l, const char *name, uint64_t *head, uint64_t *type, struct error *err)
{
	const struct aiming a = { l, name, clock_ms() + PATIENCE_MS };
	struct variables v;
	bool found;

	err->msg[0] = '\0';
	variables_find(&v, &l->program, &l->module, name);
	found = find_in(&a, &v, head, type);
	variables_free(&v);
	return found || *type ? found : find_local(&a, head, type, err);
}
