/* SPDX-License-Identifier: MIT */
#include "model/live/gather.h"

#include <stdlib.h>

#include "model/base/mem.h"
#include "model/live/design.h"

enum {
	DEPTH_MOST = 8,                   /* of slices in slices */
	ELEMENTS_MOST = 1 << 16,          /* of one slice that are followed */
	OUTSIDE_MOST = 1 << 20,           /* bytes of one value outside of the heap, */
	OUTSIDE_ALL_MOST = 1 << 28,       /* and of all */
	PATCHES_MOST = 1 << 24,
};

#define WANTED_MOST (16ull << 30)

/* Where bytes are. */
enum place_kind {
	IN_HEAP,      /* and can be read */
	NOT_COPIED,   /* in the heap too */
	OUTSIDE,
};

static const struct rtypes *types(const struct gathering *g)
{
	return &g->view->types;
}

static struct image *image(const struct gathering *g)
{
	return g->view->types.image;
}

static unsigned word_size(const struct gathering *g)
{
	return g->view->types.image->ptrsize;
}

static enum place_kind want(struct gathering *g, uint64_t addr, uint64_t size)
{
	const struct span *s;

	if (g->copied && memory_at(&g->copied->memory, addr, size))
		return IN_HEAP;
	s = spans_at(&g->view->spans, addr);
	if (!s || size > s->pages * PAGE_SIZE_GO - (addr - s->start))
		return OUTSIDE;
	if (!g->asked[s - g->view->spans.list] && g->wanted->bytes < WANTED_MOST) {
		wanted_add(g->wanted, s);
		g->asked[s - g->view->spans.list] = true;
	}
	g->lacking |= g->copied != NULL;
	return g->copied ? NOT_COPIED : IN_HEAP;
}

static void patch(struct gathering *g, struct capture_patch p)
{
	struct capture *c = g->patched;

	if (!c || c->npatches == PATCHES_MOST)
		return;
	xadd(c->patches, c->npatches, c->patches_cap, p);
}

static void take_outside(struct gathering *g, uint64_t at, uint64_t to, uint64_t size)
{
	struct capture *c = g->patched;
	size_t from = c ? c->outside.len : 0;
	char *bytes;

	if (!c)
		return;
	bytes = size <= OUTSIDE_MOST && from + size <= OUTSIDE_ALL_MOST ? xmalloc(size) : NULL;
	if (bytes && image_read(image(g), to, bytes, size)) {
		text_addn(&c->outside, bytes, size);
		patch(g, (struct capture_patch){ at, PATCH_OUTSIDE, from, size });
	} else {
		patch(g, (struct capture_patch){ at, PATCH_UNKNOWN, 0, 0 });
	}
	free(bytes);
}

/* What a word at `at` leads to: in the heap, or taken from outside; else it is not known. Whether
   it can be looked into. */
static bool follow(struct gathering *g, uint64_t at, uint64_t to, uint64_t size)
{
	enum place_kind place = size ? want(g, to, size) : IN_HEAP;

	if (place == OUTSIDE)
		take_outside(g, at, to, size);
	return place == IN_HEAP;
}

static void look_into(struct gathering *g, uint64_t at, uint64_t type, unsigned depth);

static void look_into_slice(struct gathering *g, uint64_t at, struct ref ref, unsigned depth)
{
	uint64_t to, len;

	if (!image_word(image(g), at, &to) || !image_word(image(g), at + word_size(g), &len) ||
		len > UINT32_MAX || !follow(g, at, to, len * ref.elem_size) || !ref.elem_pointers)
		return;
	for (uint64_t i = 0; i < len && i < ELEMENTS_MOST; i++)
		look_into(g, to + i * ref.elem_size, ref.elem, depth + 1);
}

static void look_into_interface(struct gathering *g, uint64_t at, bool methods, unsigned depth)
{
	unsigned w = word_size(g);
	enum gotype_kind kind;
	struct rtype dynamic;
	uint64_t type, data;
	enum place_kind place;

	if (!image_word(image(g), at, &type) || !type)
		return;
	/* A value of a basic type by itself is shown; others are not known. */
	if (methods || !image_word(image(g), at + w, &data) ||
		!rtype_read(types(g), type, &dynamic) || !rtype_basic(types(g), &dynamic, &kind)) {
		patch(g, (struct capture_patch){ at, PATCH_UNKNOWN, 0, 0 });
		return;
	}
	place = want(g, data, dynamic.size);
	/* What a constant was made an interface of lies outside: of a string only its header. */
	if (place == OUTSIDE && dynamic.kind == RKIND_STRING) {
		patch(g, (struct capture_patch){ at, PATCH_UNKNOWN, 0, 0 });
		return;
	}
	if (place == OUTSIDE)
		take_outside(g, at + w, data, dynamic.size);
	patch(g, (struct capture_patch){ at, PATCH_TYPE, kind, 0 });
	if (place == IN_HEAP && dynamic.kind == RKIND_STRING)
		look_into(g, data, type, depth + 1);
}

static void look_into(struct gathering *g, uint64_t at, uint64_t type, unsigned depth)
{
	const struct refs *refs = refs_of(&g->refs, types(g), type);
	/* The lists of refs move when there are more, what is in them does not. */
	const struct ref *list = refs->list;
	size_t count = depth < DEPTH_MOST ? refs->count : 0;

	for (size_t i = 0; i < count; i++) {
		uint64_t here = at + list[i].offset, to, len;

		if (list[i].kind == REF_SLICE)
			look_into_slice(g, here, list[i], depth);
		else if (list[i].kind == REF_INTERFACE)
			look_into_interface(g, here, list[i].methods, depth);
		else if (image_word(image(g), here, &to) &&
			image_word(image(g), here + word_size(g), &len))
			follow(g, here, to, len);
	}
}

static bool meet_entry(void *data, uint64_t key, uint64_t elem)
{
	struct gathering *g = data;

	g->entries++;
	if (!g->map.indirect_key || want(g, key, g->key.size) == IN_HEAP)
		look_into(g, key, g->type.key, 0);
	if (!g->map.indirect_elem || want(g, elem, g->elem.size) == IN_HEAP)
		look_into(g, elem, g->type.elem, 0);
	return true;
}

bool gather_field(struct gathering *g, uint64_t at, const struct field *f, uint64_t *value)
{
	unsigned w = word_size(g);

	return image_uint(image(g), at + field_offset(f, w), field_size(f, w), value);
}

bool gather_part(struct gathering *g, uint64_t addr, uint64_t size)
{
	return want(g, addr, size) == IN_HEAP;
}

bool gather_begin(struct gathering *g, struct heap_view *view, uint64_t type)
{
	const struct rtypes *r = &view->types;

	*g = (struct gathering){ .view = view };
	return rtype_read(r, type, &g->type) && rtype_map(r, &g->type, &g->map) &&
		rtype_read(r, g->type.key, &g->key) && rtype_read(r, g->type.elem, &g->elem);
}

void gather_end(struct gathering *g)
{
	refs_free(&g->refs);
	free(g->asked);
}

static bool leads_nowhere(struct gathering *g)
{
	return !g->map.indirect_key && !g->map.indirect_elem &&
		!refs_of(&g->refs, types(g), g->type.key)->count &&
		!refs_of(&g->refs, types(g), g->type.elem)->count;
}

bool gather(struct gathering *g, const struct head *head)
{
	const struct live_design *design = live_design(g->view->types.program->release);

	g->entries = 0;
	g->lacking = false;
	g->asked = xcalloc(g->view->spans.count + 1, 1);
	if (!gather_part(g, head->at, word_size(g)))
		return false;
	if (!design->gather(g, head->at))
		return false;
	/* What leads nowhere is all there; that it is as many as it should be, check tells. */
	return leads_nowhere(g) ||
		(entries_each(g->view, head, &g->map, head->entries, meet_entry, g) &&
			g->entries == head->entries);
}
