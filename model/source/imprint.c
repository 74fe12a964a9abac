/* SPDX-License-Identifier: MIT */
#include "model/source/imprint.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "model/base/mem.h"

struct imprint_block {
	uint32_t holders;
	uint32_t units;
	size_t size, packed;         /* bytes, and what they come to deflated: */
	uint8_t bytes[];
};

enum { LEVEL = 1, WINDOW = -15, MEMORY = 8 }; /* deflate itself, with nothing around it */

static void *stream_alloc(void *unused, unsigned count, unsigned size)
{
	(void)unused;
	return xcalloc(count, size);
}

static void stream_free(void *unused, void *p)
{
	(void)unused;
	free(p);
}

static z_stream *stream_new(void)
{
	z_stream *z = xcalloc(1, sizeof *z);

	z->zalloc = stream_alloc;
	z->zfree = stream_free;
	return z;
}

struct bytes {
	const void *p;
	size_t size;
};

/* All of them through the stream, which counts no more than 32 bits at once; what that gives. */
static size_t run(z_stream *z, int (*step)(z_stream *z, int flush), struct bytes in, uint8_t *out,
	size_t room)
{
	enum { MOST = 1 << 30 };
	size_t left = in.size, free_ = room;
	int state;

	z->next_in = (Bytef *)in.p;
	z->next_out = out;
	do {
		uInt take = left < MOST ? (uInt)left : MOST,
		     give = free_ < MOST ? (uInt)free_ : MOST;

		z->avail_in = take;
		z->avail_out = give;
		state = step(z, take == left ? Z_FINISH : Z_NO_FLUSH);
		left -= take - z->avail_in;
		free_ -= give - z->avail_out;
	} while (state == Z_OK || (state == Z_BUF_ERROR && free_));
	if (state != Z_STREAM_END)
		abort();
	return room - free_;
}

/* Arrays */

static void drop_block(struct imprint_block *b)
{
	if (--b->holders == 0)
		free(b);
}

void imprint_array_free(struct imprint_array *a)
{
	for (size_t i = 0; i < a->nblocks; i++)
		drop_block(a->blocks[i]);
	free(a->blocks);
	free(a->chains);
	*a = (struct imprint_array){ 0 };
}

static void add_block(struct imprint_array *a, struct imprint_block *b)
{
	xadd(a->blocks, a->nblocks, a->blocks_cap, b);
}

/* From the first linked unit on it is told how long chains are. */
static void tell_chains(struct imprint_array *a)
{
	a->chains_cap = a->count;
	a->chains = xmalloc(a->chains_cap * sizeof *a->chains);
	for (uint64_t i = 0; i < a->count; i++)
		a->chains[i] = 1;
}

static void add_unit(struct imprint_array *a, bool first)
{
	a->total++;
	if (!first && !a->chains)
		tell_chains(a);
	if (first && a->chains) {
		a->chains = xroom(a->chains, &a->chains_cap, a->count, sizeof *a->chains);
		a->chains[a->count] = 1;
	}
	if (first)
		a->count++;
	else
		a->chains[a->count - 1]++;
}

void imprint_array_hold(struct imprint_array *a, const struct imprint_array *of, size_t block)
{
	uint64_t from = (uint64_t)block * IMPRINT_CHAINS, to = from + IMPRINT_CHAINS;

	for (uint64_t i = from; i < to && i < of->count; i++)
		for (uint32_t k = 0; k < imprint_links(of, i); k++)
			add_unit(a, k == 0);
	of->blocks[block]->holders++;
	add_block(a, of->blocks[block]);
}

/* Packing */

void imprint_packer_open(struct imprint_packer *p, uint32_t size)
{
	*p = (struct imprint_packer){ .size = size, .stream = stream_new() };
	if (deflateInit2(p->stream, LEVEL, Z_DEFLATED, WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
		mem_out();
}

void imprint_packer_close(struct imprint_packer *p)
{
	deflateEnd(p->stream);
	free(p->stream);
	text_free(&p->open);
	free(p->packed);
}

void imprint_pack(struct imprint_packer *p, struct imprint_array *a,
	const struct imprint_array *like)
{
	p->array = a;
	p->like = like;
	p->chains = p->units = 0;
	text_clear(&p->open);
}

/* The block of `like` at the same place, if it is this. */
static struct imprint_block *find_alike(const struct imprint_packer *p, size_t packed)
{
	size_t at = p->array->nblocks;
	struct imprint_block *b = p->like && at < p->like->nblocks ? p->like->blocks[at] : NULL;

	if (!b || b->units != p->units || b->size != p->open.len || b->packed != packed ||
		memcmp(b->bytes, p->packed, packed) != 0)
		return NULL;
	b->holders++;
	return b;
}

/* Deflates the block under way; the bytes that it comes to. */
static size_t deflate_open(struct imprint_packer *p)
{
	size_t most = deflateBound(p->stream, p->open.len);

	if (p->cap < most) {
		free(p->packed);
		p->packed = xmalloc(most);
		p->cap = most;
	}
	deflateReset(p->stream);
	return run(p->stream, deflate, (struct bytes){ p->open.s, p->open.len }, p->packed, most);
}

static void end_block(struct imprint_packer *p)
{
	size_t packed = deflate_open(p);
	struct imprint_block *b = find_alike(p, packed);

	if (!b) {
		b = xmalloc(sizeof *b + packed);
		*b = (struct imprint_block){ 1, p->units, p->open.len, packed };
		memcpy(b->bytes, p->packed, packed);
	}
	add_block(p->array, b);
	text_clear(&p->open);
	p->chains = p->units = 0;
}

void imprint_pack_end(struct imprint_packer *p)
{
	if (p->chains)
		end_block(p);
}

void imprint_add(struct imprint_packer *p, const struct imprint *unit, bool first)
{
	uint16_t left_out = 0;

	if (first && p->chains == IMPRINT_CHAINS)
		end_block(p);
	p->chains += first;
	p->units++;
	add_unit(p->array, first);
	for (unsigned i = 0; i < 2 * SLOTS; i++)
		left_out |= (uint16_t)((unit->literals[i] == NULL) << i);
	text_addn(&p->open, (const char *)&left_out, sizeof left_out);
	text_addn(&p->open, (const char *)unit->raw, p->size);
	for (unsigned i = 0; i < 2 * SLOTS; i++)
		if (unit->literals[i])
			text_addn(&p->open, unit->literals[i], strlen(unit->literals[i]) + 1);
}

/* Reading */

void imprint_reader_open(struct imprint_reader *r, uint32_t size)
{
	*r = (struct imprint_reader){ .size = size, .stream = stream_new() };
	if (inflateInit2(r->stream, WINDOW) != Z_OK)
		mem_out();
}

void imprint_reader_close(struct imprint_reader *r)
{
	inflateEnd(r->stream);
	free(r->stream);
	free(r->bytes);
	free(r->units);
}

static void inflate_block(struct imprint_reader *r, const struct imprint_block *b)
{
	if (r->cap < b->size) {
		free(r->bytes);
		r->bytes = xmalloc(b->size);
		r->cap = b->size;
	}
	inflateReset(r->stream);
	run(r->stream, inflate, (struct bytes){ b->bytes, b->packed }, r->bytes, b->size);
}

/* What follows it. */
static const uint8_t *find_parts(struct imprint *unit, const uint8_t *at, uint32_t size)
{
	uint16_t left_out;

	memcpy(&left_out, at, sizeof left_out);
	unit->raw = at + sizeof left_out;
	at = unit->raw + size;
	for (unsigned i = 0; i < 2 * SLOTS; i++) {
		unit->literals[i] = left_out >> i & 1 ? NULL : (const char *)at;
		if (unit->literals[i])
			at += strlen(unit->literals[i]) + 1;
	}
	return at;
}

void imprint_read_block(struct imprint_reader *r, const struct imprint_block *block)
{
	const uint8_t *at;

	inflate_block(r, block);
	at = r->bytes;
	for (r->count = 0; r->count < block->units; r->count++) {
		r->units = xroom(r->units, &r->units_cap, r->count, sizeof *r->units);
		at = find_parts(&r->units[r->count], at, r->size);
	}
}

void imprint_read(struct imprint_reader *r, const struct imprint_array *a)
{
	r->array = a;
	r->block = r->at = r->count = 0;
}

const struct imprint *imprint_next(struct imprint_reader *r)
{
	if (r->at == r->count) {
		imprint_read_block(r, r->array->blocks[r->block++]);
		r->at = 0;
	}
	return &r->units[r->at++];
}
