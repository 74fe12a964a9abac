/* SPDX-License-Identifier: MIT */
#include "model/live/specials.h"

#include <stdlib.h>

#include "model/base/mem.h"

enum { SPECIALS_MOST = 1 << 22, NONE = 255 };

/* The kinds that keep something alive, by the first release that numbers them so. */
static const struct kinds {
	unsigned minor;
	uint8_t finalizer, weak, cleanup;
} kinds[] = {
	{ 25, 2, 3, 7 },
	{ 24, 1, 2, 6 },
	{ 23, 1, 2, NONE },
	{ 0, 1, NONE, NONE },
};

static const struct kinds *kinds_of(const struct executable *p)
{
	const struct kinds *k = kinds;

	while (p->minor < k->minor)
		k++;
	return k;
}

static void add(struct specials *all, uint64_t value, bool object)
{
	xadd(all->list, all->count, all->cap, (struct special){ value, object });
}

/* Of a finalizer the func, and the object; of the others the word behind their head. */
static void take(struct specials *all, struct live *l, const struct span *s, uint64_t at)
{
	const struct kinds *k = kinds_of(&l->program);
	unsigned w = l->image.ptrsize, narrow = l->program.minor < 24;
	uint64_t offset, kind, own;

	if (!image_uint(&l->image, at + w, narrow ? 2 : w, &offset) ||
		!image_uint(&l->image, at + w + (narrow ? 2 : w), 1, &kind) ||
		!image_word(&l->image, at + (narrow ? 2 : 3) * w, &own))
		return;
	if (kind == k->finalizer || kind == k->weak || kind == k->cleanup)
		add(all, own, false);
	if (kind == k->finalizer)
		add(all, s->start + offset, true);
}

void specials_find(struct specials *all, struct live *l)
{
	const struct spans *spans = &l->view.spans;
	uint64_t at, seen = 0;

	*all = (struct specials){ 0 };
	for (size_t i = 0; i < spans->count; i++)
		for (at = spans->list[i].specials; at && seen < SPECIALS_MOST; seen++) {
			take(all, l, &spans->list[i], at);
			if (!image_word(&l->image, at, &at))
				break;
		}
}

void specials_free(struct specials *all)
{
	free(all->list);
	*all = (struct specials){ 0 };
}
