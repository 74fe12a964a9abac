/* SPDX-License-Identifier: MIT */
#include "model/live/refs.h"

#include <stdlib.h>

#include "model/base/mem.h"

enum {
	DEPTH_MOST = 24,
	REFS_MOST = 1 << 14,  /* of one type; more are not followed */
};

static void add(struct refs *out, struct ref ref)
{
	xadd(out->list, out->count, out->cap, ref);
}

static void add_all(struct refs *out, const struct rtypes *r, uint64_t type, uint64_t offset,
	unsigned depth);

static void add_slice(struct refs *out, const struct rtypes *r, const struct rtype *t,
	uint64_t offset)
{
	struct rtype elem;

	if (rtype_read(r, t->elem, &elem) && elem.size)
		add(out, (struct ref){ offset, REF_SLICE, t->elem, elem.size, elem.pointers != 0,
			false });
}

static void add_array(struct refs *out, const struct rtypes *r, const struct rtype *t,
	uint64_t offset, unsigned depth)
{
	struct rtype elem;

	if (!rtype_read(r, t->elem, &elem) || !elem.pointers)
		return;
	for (uint64_t i = 0; i < t->len && out->count < REFS_MOST; i++)
		add_all(out, r, t->elem, offset + i * elem.size, depth + 1);
}

static void add_all(struct refs *out, const struct rtypes *r, uint64_t type, uint64_t offset,
	unsigned depth)
{
	struct rtype t;
	struct rfield f;

	if (depth == DEPTH_MOST || out->count >= REFS_MOST || !rtype_read(r, type, &t) ||
		!t.pointers)
		return;
	switch (t.kind) {
	case RKIND_STRING:
		add(out, (struct ref){ .offset = offset, .kind = REF_STRING });
		break;
	case RKIND_SLICE:
		add_slice(out, r, &t, offset);
		break;
	case RKIND_INTERFACE:
		add(out, (struct ref){ .offset = offset, .kind = REF_INTERFACE,
			.methods = t.nfields != 0 });
		break;
	case RKIND_ARRAY:
		add_array(out, r, &t, offset, depth);
		break;
	case RKIND_STRUCT:
		for (uint64_t i = 0; i < t.nfields && rtype_field(r, &t, i, &f); i++)
			add_all(out, r, f.type, offset + f.offset, depth + 1);
		break;
	default:
		break;
	}
}

const struct refs *refs_of(struct refs_kept *k, const struct rtypes *r, uint64_t type)
{
	struct table_entry *e = type ? table_find(&k->index, type) : NULL;

	if (!e) {
		e = table_put(&k->index, type ? type : 1);
		e->value[0] = k->count;
		k->list = xroom(k->list, &k->cap, k->count, sizeof *k->list);
		k->list[k->count] = (struct refs){ 0 };
		add_all(&k->list[k->count++], r, type, 0, 0);
	}
	return &k->list[e->value[0]];
}

void refs_free(struct refs_kept *k)
{
	for (size_t i = 0; i < k->count; i++)
		free(k->list[i].list);
	free(k->list);
	table_free(&k->index);
	*k = (struct refs_kept){ 0 };
}
