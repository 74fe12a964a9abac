/* SPDX-License-Identifier: MIT */
#include "model/live/hashkey.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/engines/engines.h"
#include "model/figures/inside.h"
#include "model/go/value.h"
#include "model/live/design.h"
#include "model/map/rules.h"
#include "model/map/units.h"

enum {
	SAMPLES_MOST = 24,
	SURE = 8,             /* so many have to agree where nothing else tells of a key */
	STEP = 8,             /* the linker aligns variables of so many bytes to that at least */
};

/* A map that keys are tried on. */
struct trial {
	struct world w;
	struct place samples[SAMPLES_MOST];
	unsigned count;
};

static bool open_trial(struct trial *t, const struct capture *c)
{
	struct gotype_scope scope = { .target = c->target, .release = c->release,
		.declared = (struct declared *)(uintptr_t)&c->declared };
	struct error unused;

	*t = (struct trial){ 0 };
	journal_init(&t->w.journal);
	t->w.journal.on = false;
	t->w.map = (struct map){ .type = maptype_new(c->type, &scope, &unused), .heap = &t->w.heap,
		.hasher = &t->w.hasher, .random = &t->w.random };
	t->w.hasher.heap = &t->w.heap;
	return t->w.map.type && heap_open_at(&t->w.heap, c->target, c->release, &t->w.journal,
		capture_base(c, 0), &unused) && capture_lay_bare(c, &t->w, &unused);
}

static void close_trial(struct trial *t)
{
	maptype_free((struct maptype *)(uintptr_t)t->w.map.type);
	heap_close(&t->w.heap);
	journal_free(&t->w.journal);
}

/* A cell whose hash can be told. */
static bool tells(const struct map *m, uint64_t unit, unsigned slot)
{
	const uint8_t *key;

	if (!map_live(m, unit, slot) || cell_unknown(m, unit, slot) || !key_inside(m, unit, slot))
		return false;
	key = map_key(m, unit, slot);
	return value_equals_itself(m->heap, m->type->key, key);
}

static void find_samples(struct trial *t)
{
	const struct map *m = &t->w.map;
	struct units u = { 0 };
	struct unit_walk walk;

	units_read(&u, m);
	for (int side = 0; side < units_entry_sides(m); side++)
		for (walk = units_walk(&u, side, 0); walk.addr && t->count < SAMPLES_MOST;
			unit_walk_next(&walk))
			for (unsigned i = 0; i < SLOTS && t->count < SAMPLES_MOST; i++)
				if (!heap_missing(m->heap, walk.addr, m->type->unit.size) &&
					tells(m, walk.addr, i))
					t->samples[t->count++] = (struct place){
						.addr = walk.addr, .slot = (uint8_t)i };
	units_free(&u);
}

/* Whether the samples' cells say what they hash to under that key. */
static bool fits(struct trial *t, enum hash_family family, const uint8_t *key, unsigned size)
{
	const struct map *m = &t->w.map;
	const struct target *target = m->type->target;

	hasher_init(&t->w.hasher, target, m->type->release, family, key, size);
	t->w.hasher.heap = &t->w.heap;
	for (unsigned i = 0; i < t->count; i++) {
		const struct place *at = &t->samples[i];

		if (map_control(m, at->addr, at->slot) !=
			live_design(m->type->release)->control(m, map_key(m, at->addr, at->slot)))
			return false;
	}
	return t->count > 0;
}

static void take(struct live_hash *h, enum hash_family family, const uint8_t *key, unsigned size)
{
	h->known = true;
	h->family = family;
	h->size = size;
	memcpy(h->key, key, size);
}

/* Those that symbols tell of. */
static bool try_symbols(struct trial *t, struct live *l, struct live_hash *h)
{
	const struct target *target = l->program.target;

	for (unsigned i = 0; i < EXECUTABLE_HASHKEYS; i++) {
		enum hash_family family = i == 0 ? HASH_AES : HASH_WYHASH;
		unsigned size = target_hashkey_size(target, family);
		uint8_t key[HASHKEY_MOST];

		if ((family == HASH_AES && !target->aes) || !l->program.hashkeys[i] ||
			!image_read(&l->image, l->program.hashkeys[i] + l->module.bias, key,
			size) || !fits(t, family, key, size))
			continue;
		take(h, family, key, size);
		return true;
	}
	return false;
}

/* Everywhere among the variables; chance would find one in a thousand million programs. */
static bool search(struct trial *t, struct live *l, struct live_hash *h)
{
	const struct target *target = l->program.target;
	uint64_t bytes = l->module.data_end - l->module.data;
	enum hash_family family = target_hash(target);
	unsigned size = target_hashkey_size(target, family);
	uint8_t *data;

	if (t->count < SURE)
		return false;
	data = xmalloc(bytes);
	bytes = l->image.kind->read(&l->image, l->module.data, data, bytes);
	for (uint64_t at = 0; at + size <= bytes && !h->known; at += STEP) {
		uint64_t words[2];

		/* Words of a key are random. */
		memcpy(words, data + at, sizeof words);
		if (words[0] && words[1] && words[0] != words[1] &&
			fits(t, family, data + at, size))
			take(h, family, data + at, size);
	}
	free(data);
	return h->known;
}

void hashkey_find(struct capture *c, struct live *l)
{
	struct live_hash *h = &l->hash;
	struct trial t;

	if (!h->known) {
		if (open_trial(&t, c)) {
			find_samples(&t);
			if (!try_symbols(&t, l, h))
				search(&t, l, h);
		}
		close_trial(&t);
	}
	c->hashed = h->known;
	if (!h->known)
		return;
	c->family = h->family;
	c->hashkey_size = h->size;
	memcpy(c->hashkey, h->key, h->size);
}
