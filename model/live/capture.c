/* SPDX-License-Identifier: MIT */
#include "model/live/capture.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/base/clock.h"
#include "model/base/mem.h"
#include "model/live/gather.h"
#include "model/live/hashkey.h"
#include "model/live/maptext.h"
#include "model/live/process.h"

enum {
	TRIES_LEAST = 2000, PAUSE_US = 50, PATIENCE_MS = 2000, /* while the map is written */
	TRIES_NONE = 50,                  /* it may be there soon */
	ROUNDS_MOST = 8,                  /* until nothing is missing; then all is done at once */
};


struct taking {
	struct capture *c;
	struct live *l;
	const struct capture_wish *wish;
	struct head head;
	struct wanted wanted;
	struct error *err;
};

static bool no_map(struct taking *t)
{
	return fail(t->err, "%s: there is no map that holds memory at 0x%" PRIx64,
		t->l->image.name, t->wish->head);
}

static bool not_whole(struct taking *t)
{
	return fail(t->err,
		"%s: the map at 0x%" PRIx64 " is not whole: its memory is torn, or not of its type",
		t->l->image.name, t->wish->head);
}

/*
 * Held at a moment when nobody writes to the map; or, when there seems to be none, at some moment,
 * which is said.
 */
static bool hold(struct taking *t)
{
	double from = clock_ms();

	for (unsigned tries = 1; ; tries++) {
		double held = clock_ms();
		bool is_over = tries >= TRIES_LEAST && held - from > PATIENCE_MS;
		enum head_kind kind;

		if (!live_hold(t->l, t->err))
			return false;
		t->c->held = held;
		kind = head_read(&t->l->view, t->wish->head, &t->head);
		t->c->writing = t->head.writing;
		if (kind == HEAD_HELD && (!t->head.writing || is_over))
			return true;
		live_release(t->l);
		if (!process_lives(&t->l->image, t->err))
			return false;
		if (kind == HEAD_EMPTY ||
			(kind == HEAD_NONE && (!t->l->pid ||
				(t->head.writing ? is_over : tries >= TRIES_NONE))))
			return no_map(t);
		usleep(PAUSE_US);
	}
}

static void release(struct taking *t)
{
	live_release(t->l);
	t->c->held = clock_ms() - t->c->held;
}

static void forget_copy(struct capture *c)
{
	copied_free(&c->copied);
	c->npatches = 0;
	text_clear(&c->outside);
}

/* What is to be copied, as far as the running program tells. */
static bool guess(struct taking *t)
{
	struct gathering g;
	struct error unused;
	bool ok = gather_begin(&g, &t->l->view, t->wish->type);

	g.wanted = &t->wanted;
	if (ok && live_peek(t->l, &unused) &&
		head_read(&t->l->view, t->wish->head, &t->head) == HEAD_HELD)
		gather(&g, &t->head);
	gather_end(&g);
	image_forget(&t->l->image);
	return ok || fail(t->err, "%s: there is no map type at 0x%" PRIx64, t->l->image.name,
		t->wish->type);
}

/* Whether the copy takes no longer than the process may be held. */
static bool is_short(struct taking *t)
{
	double mb = (double)t->wanted.bytes / 1e6, ms = copied_ms(t->wanted.bytes);

	if (!t->l->pid || !t->wish->max_hold_ms || ms <= t->wish->max_hold_ms)
		return true;
	return fail(t->err,
		"%s: to copy the %.0f MB that the map needs it would be stopped for about %.0f ms, "
		"and --max-hold is %u ms", t->l->image.name, mb, ms, t->wish->max_hold_ms);
}

/* What was copied is looked through: whether it is all. */
static bool is_whole(struct taking *t, bool *lacking)
{
	struct heap_view view = t->l->view;
	struct gathering g;
	struct image image;
	bool ok;

	copied_image(&image, &t->c->copied, t->l);
	view.types.image = &image;
	ok = gather_begin(&g, &view, t->wish->type);
	g.copied = &t->c->copied;
	g.patched = t->c;
	g.wanted = &t->wanted;
	ok = ok && gather(&g, &t->head);
	*lacking = g.lacking;
	gather_end(&g);
	image_close(&image);
	return ok;
}

/* One stop, one copy. With `at_once` all that is needed is found out meanwhile. */
static bool copy(struct taking *t, bool at_once)
{
	struct gathering g;

	forget_copy(t->c);
	copied_reserve(&t->c->copied, t->wanted.bytes + t->wanted.bytes / 16);
	if (!hold(t))
		return false;
	if (at_once && gather_begin(&g, &t->l->view, t->wish->type)) {
		g.wanted = &t->wanted;
		gather(&g, &t->head);
		gather_end(&g);
	}
	copied_take(&t->c->copied, t->l, &t->wanted);
	release(t);
	return true;
}

static bool copy_whole(struct taking *t)
{
	for (unsigned round = 1; ; round++) {
		size_t before = t->wanted.count;
		bool lacking;

		if (!copy(t, round >= ROUNDS_MOST))
			return false;
		if (is_whole(t, &lacking) && !lacking)
			return true;
		/* What was guessed of a map that is being written to may be of another one since:
		   the last round finds it out while the process is held. */
		if (t->l->pid && round <= ROUNDS_MOST)
			continue;
		/* Parts that were freed since may lack for good: they are said to. */
		if (!lacking || t->wanted.count == before || round > ROUNDS_MOST)
			return (lacking && round > ROUNDS_MOST) || t->c->writing || not_whole(t);
	}
}

static bool describe(struct taking *t)
{
	struct capture *c = t->c;
	bool ok = maptext_write(&t->l->view.types, t->wish->type, &c->type, &c->declared, t->err);

	c->from = xstrdup(t->l->image.name);
	c->name = t->wish->name ? xstrdup(t->wish->name) : xasprintf("0x%" PRIx64, t->wish->head);
	c->target = t->l->program.target;
	c->release = t->l->program.release;
	c->head = t->wish->head;
	c->entries = t->head.entries;
	c->secret = t->l->secret;
	if (ok)
		hashkey_find(c, t->l);
	c->redacted = t->wish->redact;
	if (c->redacted && c->hashed)
		c->told = xcalloc(1, sizeof *c->told);
	return ok;
}

bool capture_take(struct capture *c, struct live *l, const struct capture_wish *wish,
	struct error *err)
{
	struct taking t = { .c = c, .l = l, .wish = wish, .err = err };
	bool ok;

	*c = (struct capture){ 0 };
	ok = guess(&t) && is_short(&t) && copy_whole(&t) && describe(&t);
	wanted_free(&t.wanted);
	image_forget(&l->image);
	copied_rest(&c->copied);
	if (!ok)
		capture_free(c);
	return ok;
}

void capture_free(struct capture *c)
{
	copied_free(&c->copied);
	declared_free(&c->declared);
	if (c->told)
		told_free(c->told);
	free(c->told);
	text_free(&c->outside);
	free(c->patches);
	free(c->from);
	free(c->name);
	free(c->type);
	*c = (struct capture){ 0 };
}
