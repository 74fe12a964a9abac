/* SPDX-License-Identifier: MIT */
#include "model/map/classic/layout.h"

#include <string.h>

#include "model/target/sizeclass.h"

void flags_words(unsigned flags, char *buf)
{
	static const char *const words[] = { "iterator", "oldIterator", "hashWriting",
		"sameSizeGrow" };

	buf[0] = '\0';
	for (unsigned i = 0; i < 4; i++) {
		if (!(flags & 1u << i))
			continue;
		strcat(buf, buf[0] ? " " : "");
		strcat(buf, words[i]);
	}
}

void classic_lay_out(struct maptype *t)
{
	struct unit *u = &t->unit;

	*u = (struct unit){ .keys = SLOTS, .key_step = t->keysize, .elem_step = t->elemsize };
	u->elems = u->keys + SLOTS * u->key_step;
	u->link = u->elems + SLOTS * u->elem_step;
	u->size = u->link + t->target->ptrsize;
}

uint64_t maptype_array_buckets(const struct maptype *t, unsigned B)
{
	uint64_t n, bytes, up;

	if (B >= 48)
		return 0;
	n = 1ull << B;
	if (B < 4)
		return n;
	n += 1ull << (B - 4);
	if (__builtin_mul_overflow(n, t->unit.size, &bytes) || bytes > t->target->max_alloc)
		return 0;
	up = roundupsize(t->release, t->target->ptrsize, bytes,
		t->release->malloc_header && t->pointers);
	return up / t->unit.size;
}

uint64_t maptype_array_bytes(const struct maptype *t, unsigned B)
{
	return alloc_size(t->release, t->target->ptrsize,
		maptype_array_buckets(t, B) * t->unit.size,
		t->pointers);
}

unsigned maptype_hint_B(const struct maptype *t, uint64_t hint)
{
	uint64_t bytes;
	unsigned B = 0;

	if (__builtin_mul_overflow(hint, t->unit.size, &bytes) || bytes > t->target->max_alloc)
		hint = 0;
	while (over_load_factor(t->release, hint, B))
		B++;
	return B;
}

static uint64_t round_up(uint64_t n, uint64_t align)
{
	return (n + align - 1) / align * align;
}

uint64_t maptype_pair_bytes(const struct maptype *t)
{
	unsigned word = t->target->ptrsize;
	uint64_t ka = t->indirect_key ? word : t->key->align;
	uint64_t ea = t->indirect_elem ? word : t->elem->align;
	uint64_t align = ka > ea ? ka : ea;
	uint64_t pair = round_up(round_up(t->keysize, ea) + t->elemsize, align);

	return round_up(SLOTS + SLOTS * pair, word) + word;
}

/* runtime/slice.go: growslice. */
uint64_t maptype_list_cap(const struct maptype *t, uint64_t cap)
{
	unsigned word = t->target->ptrsize;
	uint64_t more = cap == 0 ? 1 : cap < 256 ? 2 * cap : cap + (cap + 3 * 256) / 4;

	return roundupsize(t->release, word, more * word, true) / word;
}
