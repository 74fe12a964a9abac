/* SPDX-License-Identifier: MIT */
#include "model/live/capture.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "model/base/mem.h"
#include "model/engines/engines.h"
#include "model/go/value.h"
#include "model/live/entries.h"
#include "model/live/typetext.h"
#include "model/map/classic/layout.h"
#include "model/map/swiss/layout.h"

enum {
	TRIES_MOST = 2000, PAUSE_US = 50, /* while the map is written */
	DEPTH_MOST = 8,                   /* of slices in slices */
	ELEMENTS_MOST = 1 << 16,          /* of one slice that are followed */
	OUTSIDE_MOST = 1 << 20,           /* bytes of one value outside of the heap */
	PATCHES_MOST = 1 << 24,
	CHAIN_MOST = 1 << 20,
	BASE_ALIGN = 4 << 20,
};

#define COPIED_MOST (16ull << 30)

/* A span that is copied. */
struct piece {
	uint64_t addr, size;
	uint8_t *bytes;          /* owned */
};

/* A word that has to lead elsewhere. */
struct patch {
	uint64_t at;
	enum { PATCH_UNKNOWN, PATCH_TYPE, PATCH_OUTSIDE } what;
	uint64_t value;          /* the kind of a type; where bytes outside begin in `outside`, */
	uint64_t size;           /* and how many */
};

struct taking {
	struct live *l;
	struct image *im;
	struct head head;
	struct rtype type, key, elem;
	struct rmap map;
	struct piece *pieces;    /* owned, as are the lists below */
	size_t npieces, pieces_cap;
	struct table copied;     /* spans, by address */
	uint64_t bytes;
	struct patch *patches;
	size_t npatches, patches_cap;
	struct text outside;
	uint64_t entries;        /* that were met */
	struct error *err;
};

/* The span that holds [addr, addr + size) is copied; false when none does. */
static bool copy(struct taking *t, uint64_t addr, uint64_t size)
{
	const struct span *s = spans_at(&t->l->view.spans, addr);
	struct piece p;

	if (!s || size > s->pages * PAGE_SIZE_GO - (addr - s->start))
		return false;
	if (table_find(&t->copied, s->start))
		return true;
	p = (struct piece){ s->start, s->pages * PAGE_SIZE_GO, NULL };
	t->bytes += p.size;
	if (t->bytes > COPIED_MOST)
		return false;
	p.bytes = xmalloc(p.size);
	if (!image_copy(t->im, p.addr, p.bytes, p.size)) {
		free(p.bytes);
		return false;
	}
	table_put(&t->copied, s->start);
	t->pieces = grow(t->pieces, &t->pieces_cap, t->npieces, sizeof *t->pieces);
	t->pieces[t->npieces++] = p;
	return true;
}

static void patch(struct taking *t, struct patch p)
{
	if (t->npatches == PATCHES_MOST)
		return;
	t->patches = grow(t->patches, &t->patches_cap, t->npatches, sizeof *t->patches);
	t->patches[t->npatches++] = p;
}

/* What a word at `at` leads to: in the heap, or taken from outside; else it is not known. */
static bool follow(struct taking *t, uint64_t at, uint64_t to, uint64_t size)
{
	size_t from = t->outside.len;
	char *bytes;

	if (size == 0 || copy(t, to, size))
		return true;
	if (size > OUTSIDE_MOST)
		return false;
	bytes = xmalloc(size);
	if (image_read(t->im, to, bytes, size)) {
		text_addn(&t->outside, bytes, size);
		patch(t, (struct patch){ at, PATCH_OUTSIDE, from, size });
	} else {
		patch(t, (struct patch){ at, PATCH_UNKNOWN, 0, 0 });
	}
	free(bytes);
	return false;
}

static void look_into(struct taking *t, uint64_t at, uint64_t type, unsigned depth);

static void look_into_slice(struct taking *t, uint64_t at, const struct rtype *slice,
	unsigned depth)
{
	uint64_t to, len;
	struct rtype elem;

	if (!image_word(t->im, at, &to) || !image_word(t->im, at + t->im->ptrsize, &len) ||
		!rtype_read(&t->l->view.types, slice->elem, &elem) || !elem.size ||
		len > UINT32_MAX || !follow(t, at, to, len * elem.size) || !elem.pointers)
		return;
	for (uint64_t i = 0; i < len && i < ELEMENTS_MOST; i++)
		look_into(t, to + i * elem.size, slice->elem, depth + 1);
}

/* A value of a basic type by itself is shown; others are not known. */
static void look_into_interface(struct taking *t, uint64_t at, const struct rtype *interface,
	unsigned depth)
{
	static const uint8_t kinds[RKIND_COUNT] = { [RKIND_BOOL] = KIND_BOOL + 1,
		[RKIND_INT] = KIND_INT + 1, [RKIND_INT8] = KIND_INT8 + 1,
		[RKIND_INT16] = KIND_INT16 + 1, [RKIND_INT32] = KIND_INT32 + 1,
		[RKIND_INT64] = KIND_INT64 + 1, [RKIND_UINT] = KIND_UINT + 1,
		[RKIND_UINT8] = KIND_UINT8 + 1, [RKIND_UINT16] = KIND_UINT16 + 1,
		[RKIND_UINT32] = KIND_UINT32 + 1, [RKIND_UINT64] = KIND_UINT64 + 1,
		[RKIND_UINTPTR] = KIND_UINTPTR + 1, [RKIND_FLOAT32] = KIND_FLOAT32 + 1,
		[RKIND_FLOAT64] = KIND_FLOAT64 + 1, [RKIND_COMPLEX64] = KIND_COMPLEX64 + 1,
		[RKIND_COMPLEX128] = KIND_COMPLEX128 + 1, [RKIND_STRING] = KIND_STRING + 1 };
	uint64_t type, data;
	struct rtype dynamic;
	char *name;

	if (!image_word(t->im, at, &type) || !type)
		return;
	if (interface->nfields || !image_word(t->im, at + t->im->ptrsize, &data) ||
		!rtype_read(&t->l->view.types, type, &dynamic) || !kinds[dynamic.kind]) {
		patch(t, (struct patch){ at, PATCH_UNKNOWN, 0, 0 });
		return;
	}
	name = rtype_name(&t->l->view.types, &dynamic);
	if (!name || strchr(name, '.') || !copy(t, data, dynamic.size)) {
		/* What a constant was made an interface of lies outside. */
		if (!name || strchr(name, '.') || dynamic.kind == RKIND_STRING) {
			patch(t, (struct patch){ at, PATCH_UNKNOWN, 0, 0 });
			free(name);
			return;
		}
		follow(t, at + t->im->ptrsize, data, dynamic.size);
	}
	patch(t, (struct patch){ at, PATCH_TYPE, kinds[dynamic.kind] - 1u, 0 });
	if (dynamic.kind == RKIND_STRING)
		look_into(t, data, type, depth + 1);
	free(name);
}

static void look_into(struct taking *t, uint64_t at, uint64_t type, unsigned depth)
{
	struct rtype v, elem;
	struct rfield f;
	uint64_t to, len;

	if (depth == DEPTH_MOST || !rtype_read(&t->l->view.types, type, &v) || !v.pointers)
		return;
	switch (v.kind) {
	case RKIND_STRING:
		if (image_word(t->im, at, &to) && image_word(t->im, at + t->im->ptrsize, &len))
			follow(t, at, to, len);
		break;
	case RKIND_SLICE:
		look_into_slice(t, at, &v, depth);
		break;
	case RKIND_INTERFACE:
		look_into_interface(t, at, &v, depth);
		break;
	case RKIND_ARRAY:
		for (uint64_t i = 0; rtype_read(&t->l->view.types, v.elem, &elem) && i < v.len &&
			i < ELEMENTS_MOST; i++)
			look_into(t, at + i * elem.size, v.elem, depth + 1);
		break;
	case RKIND_STRUCT:
		for (uint64_t i = 0; i < v.nfields && rtype_field(&t->l->view.types, &v, i, &f); i++)
			look_into(t, at + f.offset, f.type, depth + 1);
		break;
	default:
		break;
	}
}

static bool meet_entry(void *data, uint64_t key, uint64_t elem)
{
	struct taking *t = data;

	t->entries++;
	if ((t->map.indirect_key && !copy(t, key, t->key.size)) ||
		(t->map.indirect_elem && !copy(t, elem, t->elem.size)))
		return false;
	look_into(t, key, t->type.key, 0);
	look_into(t, elem, t->type.elem, 0);
	return true;
}

/* The parts of the two designs, as far as they are objects of their own. */

static bool word(struct taking *t, uint64_t at, const struct field *f, uint64_t *value)
{
	unsigned w = t->im->ptrsize;

	return image_uint(t->im, at + field_offset(f, w), field_size(f, w), value);
}

static bool copy_list(struct taking *t, uint64_t list)
{
	unsigned w = t->im->ptrsize;
	uint64_t array, len;

	return !list || (copy(t, list, 3 * w) && image_word(t->im, list, &array) &&
		image_word(t->im, list + w, &len) && len < UINT32_MAX &&
		(!array || copy(t, array, len * w)));
}

static bool copy_chains(struct taking *t, uint64_t array, uint64_t count)
{
	uint64_t link = t->map.size - t->im->ptrsize, at;

	if (!copy(t, array, count * t->map.size))
		return false;
	for (uint64_t i = 0; i < count; i++) {
		at = array + i * t->map.size;
		for (unsigned n = 0; at; n++)
			if (n == CHAIN_MOST || !copy(t, at, t->map.size) ||
				!image_word(t->im, at + link, &at))
				return false;
	}
	return true;
}

static bool copy_classic(struct taking *t)
{
	const struct release *r = t->l->program.release;
	uint64_t head = t->head.at, B, flags, buckets, old, extra, lists[2];
	unsigned w = t->im->ptrsize;

	if (!word(t, head, hmap_field(r, HMAP_B), &B) ||
		!word(t, head, hmap_field(r, HMAP_FLAGS), &flags) ||
		!word(t, head, hmap_field(r, HMAP_BUCKETS), &buckets) ||
		!word(t, head, hmap_field(r, HMAP_OLDBUCKETS), &old) ||
		!word(t, head, hmap_field(r, HMAP_EXTRA), &extra) || B > 32)
		return false;
	if (!copy_chains(t, buckets, 1ull << B) || (old &&
		!copy_chains(t, old, 1ull << B >> (B && !(flags & FLAG_SAME_SIZE)))))
		return false;
	return !extra || (copy(t, extra, 3 * w) && image_word(t->im, extra, &lists[0]) &&
		image_word(t->im, extra + w, &lists[1]) && copy_list(t, lists[0]) &&
		copy_list(t, lists[1]));
}

static bool copy_swiss(struct taking *t)
{
	uint64_t head = t->head.at, dir, len, table, groups, mask;
	unsigned w = t->im->ptrsize;

	if (!word(t, head, &swiss_fields[SWISS_DIR_PTR], &dir) ||
		!word(t, head, &swiss_fields[SWISS_DIR_LEN], &len) || len > UINT32_MAX)
		return false;
	if (!len)
		return copy(t, dir, t->map.size);
	if (!copy(t, dir, len * w))
		return false;
	for (uint64_t i = 0; i < len; i++)
		if (!image_word(t->im, dir + i * w, &table) ||
			!copy(t, table, table_size(t->l->program.target)) ||
			!word(t, table, &table_fields[TABLE_GROUPS], &groups) ||
			!word(t, table, &table_fields[TABLE_LENGTH_MASK], &mask) ||
			mask >= TABLE_SLOTS_MOST || !copy(t, groups, (mask + 1) * t->map.size))
			return false;
	return true;
}

/* Held at a moment when nobody writes to the map. */
static bool hold(struct taking *t, uint64_t at)
{
	for (unsigned tries = 0; tries < TRIES_MOST; tries++) {
		if (!live_hold(t->l, t->err))
			return false;
		if (head_read(&t->l->view, at, &t->head) != HEAD_HELD) {
			live_release(t->l);
			return fail(t->err, "%s: there is no map that holds memory at 0x%llx",
				t->im->name, (unsigned long long)at);
		}
		if (!t->head.writing)
			return true;
		live_release(t->l);
		usleep(PAUSE_US);
	}
	return fail(t->err, "%s: the map at 0x%llx is written to without a pause", t->im->name,
		(unsigned long long)at);
}

static bool copy_all(struct taking *t)
{
	bool swiss = t->l->program.release->engine == ENGINE_SWISS;
	bool ok = copy(t, t->head.at, t->l->program.target->ptrsize) &&
		(swiss ? copy_swiss(t) : copy_classic(t)) &&
		entries_each(&t->l->view, &t->head, &t->map, t->head.entries, meet_entry, t) &&
		t->entries == t->head.entries;

	return ok || fail(t->err, "%s: the map at 0x%llx is not whole: its memory is torn, or not of "
		"its type", t->im->name, (unsigned long long)t->head.at);
}

/* The world */

static void apply(struct taking *t, struct world *w)
{
	unsigned size = w->heap.target->ptrsize;
	struct error unused;

	for (size_t i = 0; i < t->npatches; i++) {
		const struct patch *p = &t->patches[i];
		uint64_t value = heap_unknown(&w->heap);

		if (!heap_holds(&w->heap, p->at, size))
			continue;
		if (p->what == PATCH_TYPE)
			value = value_type_word(w->heap.target, (enum gotype_kind)p->value);
		if (p->what == PATCH_OUTSIDE) {
			uint64_t at = heap_alloc_data(&w->heap, p->size, false, &unused);

			if (at) {
				memcpy(heap_at(&w->heap, at), t->outside.s + p->value, p->size);
				value = at;
			}
		}
		store_uint(w->heap.target, heap_at(&w->heap, p->at), size, value);
	}
}

static bool lay_out(struct taking *t, struct world *w, struct error *err)
{
	uint64_t from = UINT64_MAX, to = 0;

	for (size_t i = 0; i < t->npieces; i++) {
		const struct piece *p = &t->pieces[i];

		from = p->addr < from ? p->addr : from;
		to = p->addr + p->size > to ? p->addr + p->size : to;
	}
	if (!heap_open_at(&w->heap, t->l->program.target, t->l->program.release, &w->journal,
		from / BASE_ALIGN * BASE_ALIGN, err) ||
		!heap_capture(&w->heap, from, to, err))
		return false;
	for (size_t i = 0; i < t->npieces; i++)
		if (!heap_know(&w->heap, t->pieces[i].addr, t->pieces[i].size, t->pieces[i].bytes,
			err))
			return false;
	apply(t, w);
	return true;
}

static bool make_type(struct taking *t, struct world *w, struct error *err)
{
	struct gotype_scope scope = { .target = t->l->program.target,
		.release = t->l->program.release };
	struct text text = { 0 };
	struct maptype *type = NULL;

	if (typetext_add(&t->l->view.types, t->type.at, &text, err))
		type = maptype_new(text_str(&text), &scope, err);
	text_free(&text);
	if (!type)
		return false;
	w->types = grow(w->types, &w->types_cap, w->ntypes, sizeof *w->types);
	w->types[w->ntypes++] = type;
	if (type->unit.size != t->map.size || type->unit.keys != t->map.keys ||
		type->unit.key_step != t->map.key_step || type->unit.elems != t->map.elems ||
		type->indirect_key != t->map.indirect_key ||
		type->indirect_elem != t->map.indirect_elem)
		return fail(err, "the type %.200s is laid out otherwise than in the program",
			type->type->name);
	return true;
}

static bool make_world(struct taking *t, struct world *w, struct error *err)
{
	const struct executable *p = &t->l->program;

	journal_init(&w->journal);
	w->journal.on = false;
	if (!make_type(t, w, err) || !lay_out(t, w, err))
		return false;
	hasher_init(&w->hasher, p->target, p->release, target_hash(p->target), NULL, 0);
	w->hasher.heap = &w->heap;
	random_start(&w->random, &w->journal, 1);
	w->map = (struct map){ .type = w->types[0], .heap = &w->heap, .hasher = &w->hasher,
		.random = &w->random, .header = t->head.at, .unhashed = true,
		.fixed = "it was captured from a program whose hash key is not known" };
	return true;
}

static bool take(struct taking *t, uint64_t head)
{
	bool ok;

	if (!hold(t, head))
		return false;
	ok = copy_all(t);
	live_release(t->l);
	return ok;
}

bool capture_take(struct world *w, struct live *l, uint64_t head, uint64_t type,
	struct error *err)
{
	struct taking t = { .l = l, .im = &l->image, .err = err };
	const struct rtypes *r = &l->view.types;
	bool ok;

	*w = (struct world){ 0 };
	ok = (rtype_read(r, type, &t.type) && rtype_map(r, &t.type, &t.map) &&
		rtype_read(r, t.type.key, &t.key) && rtype_read(r, t.type.elem, &t.elem)) ||
		fail(err, "%s: there is no map type at 0x%llx", l->image.name,
			(unsigned long long)type);
	ok = ok && take(&t, head) && make_world(&t, w, err);
	for (size_t i = 0; i < t.npieces; i++)
		free(t.pieces[i].bytes);
	free(t.pieces);
	free(t.patches);
	table_free(&t.copied);
	text_free(&t.outside);
	if (!ok)
		capture_free(w);
	return ok;
}

void capture_free(struct world *w)
{
	heap_close(&w->heap);
	for (size_t i = 0; i < w->ntypes; i++)
		maptype_free(w->types[i]);
	free(w->types);
	free(w->order.keys);
	journal_free(&w->journal);
	*w = (struct world){ 0 };
}
