/* SPDX-License-Identifier: MIT */
#include "model/live/module.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

enum {
	TYPES_MOST = 1 << 28,     /* bytes of descriptors: kubelet has 6 MB */
	DATA_MOST = 1 << 30,
	SEARCH_MOST = 1 << 28,    /* bytes of a mapping that are searched */
	/* Words of moduledata up to each of its members; those of 1.18 and 1.19, */
	PCHEADER = 0, MINPC = 20, MAXPC = 21, TEXT = 22, ETEXT = 23, NOPTRDATA = 24,
	DATA = 26, BSS = 28, END = 32, GCDATA_GCBSS = 2,
	/* before whose `end` 1.20 put covctrs and ecovctrs. */
	COVERAGE = 2,
};

/* Whether it is the table of functions: runtime.pcHeader, its magic since 1.18 and 1.20. */
static bool is_pclntab(struct image *im, uint64_t addr)
{
	uint8_t head[8];

	return image_read(im, addr, head, sizeof head) && head[0] >= 0xf0 && head[0] <= 0xf1 &&
		head[1] == 0xff && head[2] == 0xff && head[3] == 0xff && head[4] == 0 &&
		head[5] == 0 && head[7] == im->ptrsize;
}

static bool member(struct image *im, uint64_t at, unsigned word, uint64_t *value)
{
	return image_word(im, at + (uint64_t)word * im->ptrsize, value);
}

/* Both ends of it stand side by side. */
static bool take_roots(struct roots *r, struct image *im, uint64_t at, unsigned from,
	unsigned program)
{
	return member(im, at, from, &r->from) && member(im, at, from + 1, &r->to) &&
		member(im, at, program, &r->program);
}

static bool are_in(const struct roots *r, const struct module *m)
{
	return m->data <= r->from && r->from <= r->to && r->to <= m->data_end;
}

/* Fills m from what should be the module data at that address. */
static bool take(struct module *m, struct image *im, const struct executable *p, uint64_t at)
{
	unsigned end = END + (p->minor >= 20 ? COVERAGE : 0);
	unsigned types = end + 1 + GCDATA_GCBSS;
	unsigned types_end = types + (p->minor >= 27 ? 2 : 1); /* typedesclen between */
	/* The itabs' place and size between. */
	unsigned gofunc = types_end + (p->minor >= 27 ? 4 : 2);
	uint64_t table, min, max, etext;

	if (at % im->ptrsize || !member(im, at, PCHEADER, &table) || !is_pclntab(im, table) ||
		!member(im, at, MINPC, &min) || !member(im, at, MAXPC, &max) ||
		!member(im, at, TEXT, &m->text) || !member(im, at, ETEXT, &etext) ||
		!member(im, at, NOPTRDATA, &m->data) || !member(im, at, end, &m->data_end) ||
		!take_roots(&m->roots[0], im, at, DATA, end + 1) ||
		!take_roots(&m->roots[1], im, at, BSS, end + 2) ||
		!member(im, at, types, &m->types) || !member(im, at, types_end, &m->types_end))
		return false;
	m->at = at;
	if (!member(im, at, gofunc, &m->gofunc))
		m->gofunc = 0;
	return m->text <= min && min < max && max <= etext && m->types < m->types_end &&
		m->types_end - m->types <= TYPES_MOST && m->data < m->data_end &&
		m->data_end - m->data <= DATA_MOST && are_in(&m->roots[0], m) &&
		are_in(&m->roots[1], m);
}

/* Looks for a word in a mapping that leads to the table and is the module data's first. */
static bool search(struct module *m, struct image *im, const struct executable *p,
	const struct mapping *in, uint64_t table)
{
	uint64_t size = in->to - in->from;
	unsigned w = im->ptrsize;
	uint8_t *bytes;
	bool found = false;

	if (!in->read || in->exec || size > SEARCH_MOST)
		return false;
	bytes = xmalloc(size);
	size = im->kind->read(im, in->from, bytes, size);
	for (uint64_t i = 0; i + w <= size && !found; i += w)
		if (memcmp(bytes + i, &table, w) == 0)
			found = take(m, im, p, in->from + i);
	free(bytes);
	return found;
}

/* The variables without a file lie behind those with one; the module data are among the latter. */
static bool search_all(struct module *m, struct image *im, const struct executable *p,
	uint64_t table)
{
	for (size_t i = 0; i < im->nmaps; i++)
		if (im->maps[i].file && search(m, im, p, &im->maps[i], table))
			return true;
	return false;
}

/* Without any section: wherever a table of functions seems to begin. */
static bool search_tables(struct module *m, struct image *im, const struct executable *p)
{
	enum { STEP = 32 }; /* the linker aligns it to that at least */

	for (size_t i = 0; i < im->nmaps; i++) {
		const struct mapping *in = &im->maps[i];

		if (!in->file || !in->read || in->to - in->from > SEARCH_MOST)
			continue;
		for (uint64_t at = in->from; at < in->to; at += STEP)
			if (is_pclntab(im, at) && search_all(m, im, p, at))
				return true;
	}
	return false;
}

bool module_find(struct module *m, struct image *im, const struct executable *p, struct error *err)
{
	uint64_t mask = word_mask(p->target);

	*m = (struct module){ .bias = im->entry ? (im->entry - p->entry) & mask : 0 };
	if (p->module && take(m, im, p, (p->module + m->bias) & mask))
		return true;
	if (p->pclntab && search_all(m, im, p, (p->pclntab + m->bias) & mask))
		return true;
	if (search_tables(m, im, p))
		return true;
	return fail(err, "%s: no module data as %s has them can be found", im->name, p->version);
}
