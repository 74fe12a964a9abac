/* SPDX-License-Identifier: MIT */
#include "model/live/balance.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>

#include "model/base/mem.h"
#include "model/live/census.h"
#include "model/live/entries.h"
#include "model/live/refs.h"
#include "model/target/sizeclass.h"

enum {
	MAPS_ASKED = 64,       /* the largest, */
	ENTRIES_ASKED = 256,   /* of each so many entries */
};

void balance_take_heap(struct balance *b, const struct spans *s)
{
	*b = (struct balance){ .stacks = s->manual };
	for (size_t i = 0; i < s->count; i++) {
		const struct span *one = &s->list[i];
		uint64_t all = one->pages * PAGE_SIZE_GO, live = one->allocated * one->size;

		b->live += live < all ? live : all;
		b->dead += live < all ? all - live : 0;
	}
}

/* What is resident */

struct residence {
	const struct spans *spans;
	uint64_t all, heap;      /* bytes; of the heap's mappings */
	bool in_heap;            /* the mapping that lines speak of */
};

/* "c000000000-c000400000 rw-p ..", then lines as "Rss:   12 kB". */
static void take_line(struct residence *r, const char *line)
{
	uint64_t from, to, kb;

	if (isxdigit((unsigned char)*line) && !isupper((unsigned char)*line) &&
		sscanf(line, "%" SCNx64 "-%" SCNx64, &from, &to) == 2) {
		r->in_heap = spans_in(r->spans, from, to);
	} else if (sscanf(line, "Rss: %" SCNu64, &kb) == 1) {
		r->all += kb * 1024;
		r->heap += r->in_heap ? kb * 1024 : 0;
	}
}

static bool take_residence(struct residence *r, int pid)
{
	char path[64], *line = NULL;
	size_t cap = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/smaps", pid);
	f = pid ? xfopen(path, "r") : NULL;
	while (f && getline(&line, &cap, f) > 0)
		take_line(r, line);
	free(line);
	if (f)
		fclose(f);
	return r->all != 0;
}

/* Behind maps */

struct asking {
	struct live *l;
	const struct refs *key, *elem;
	bool key_pointer, elem_pointer;
	struct table seen;       /* objects */
	uint64_t entries, bytes;
};

static void add_object(struct asking *a, uint64_t at)
{
	struct object o;

	if (at && spans_object(&a->l->view.spans, &a->l->image, at, &o) &&
		!table_find(&a->seen, o.at)) {
		table_put(&a->seen, o.at);
		a->bytes += o.whole;
	}
}

static void add_value(struct asking *a, uint64_t at, const struct refs *refs, bool pointer)
{
	struct image *im = &a->l->image;
	uint64_t to;

	if (pointer && image_word(im, at, &to))
		add_object(a, to);
	for (size_t i = 0; i < refs->count; i++) {
		/* An interface's value is its second word. */
		uint64_t word = at + refs->list[i].offset +
			(refs->list[i].kind == REF_INTERFACE ? im->ptrsize : 0);

		if (image_word(im, word, &to))
			add_object(a, to);
	}
}

static bool take_entry(void *data, uint64_t key, uint64_t elem)
{
	struct asking *a = data;

	a->entries++;
	add_value(a, key, a->key, a->key_pointer);
	add_value(a, elem, a->elem, a->elem_pointer);
	return true;
}

static bool is_pointer(const struct rtypes *r, uint64_t type)
{
	struct rtype t;

	return rtype_read(r, type, &t) && t.kind == RKIND_POINTER;
}

/* By some of its entries. */
static uint64_t behind(struct live *l, const struct census_map *m)
{
	const struct rtypes *r = &l->view.types;
	struct refs_kept keys = { 0 }, elems = { 0 };
	struct asking a = { .l = l };
	struct rtype type;
	struct rmap map;
	uint64_t bytes = 0;

	if (m->type && rtype_read(r, m->type, &type) && rtype_map(r, &type, &map)) {
		a.key = refs_of(&keys, r, type.key);
		a.elem = refs_of(&elems, r, type.elem);
		a.key_pointer = is_pointer(r, type.key);
		a.elem_pointer = is_pointer(r, type.elem);
		entries_each(&l->view, &m->head, &map, ENTRIES_ASKED, take_entry, &a);
		if (a.entries)
			bytes = (uint64_t)((double)a.bytes / (double)a.entries *
				(double)m->head.entries);
	}
	table_free(&a.seen);
	refs_free(&keys);
	refs_free(&elems);
	return bytes;
}

void balance_complete(struct balance *b, const struct census *c, struct live *l)
{
	struct residence r = { .spans = &l->view.spans };
	uint64_t used = b->live + b->dead + b->stacks;

	for (size_t i = 0; i < c->nunfilled; i++)
		b->arrays += c->unfilled[i].bytes;
	for (size_t i = 0; i < c->count; i++) {
		const struct census_map *m = &c->list[i];

		b->arrays += m->bytes;
		b->behind += i < MAPS_ASKED ? behind(l, m) : 0;
		b->rebuilds += m->saves != 0;
		b->saves += m->saves;
	}
	/* What is torn or no map after all is not more than there is. */
	if (b->arrays > b->live)
		b->arrays = b->live;
	if (b->behind > b->live - b->arrays)
		b->behind = b->live - b->arrays;
	b->resident_known = take_residence(&r, l->pid);
	b->resident = r.all;
	b->other = r.all - r.heap;
	b->idle = r.heap > used ? r.heap - used : 0;
	b->untouched = used > r.heap ? used - r.heap : 0;
}
