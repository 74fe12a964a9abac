/* SPDX-License-Identifier: MIT */
/* The operations, each by the rules of the map's design; and what all of them share. */
#include "model/map/engine.h"
#include "model/map/rules.h"
#include "model/target/sizeclass.h"

enum { FRAME_ALIGN = 16 };

bool map_make(struct map *m, uint64_t hint, struct error *err)
{
	return m->type->engine->rules.make(m, hint, err);
}

bool map_assign(struct map *m, const uint8_t *key, const uint8_t *elem, struct error *err)
{
	return m->type->engine->rules.assign(m, key, elem, err);
}

bool map_lookup(struct map *m, const uint8_t *key, struct place *where)
{
	return m->type->engine->rules.lookup(m, key, where);
}

bool map_find(const struct map *m, const uint8_t *key, struct place *where)
{
	struct map still = *m;

	still.trace = NULL;
	still.random = NULL;
	return map_lookup(&still, key, where);
}

bool map_delete(struct map *m, const uint8_t *key, bool *deleted, struct error *err)
{
	return m->type->engine->rules.erase(m, key, deleted, err);
}

void map_clear(struct map *m)
{
	m->type->engine->rules.clear(m);
}

bool map_clone(struct map *m, struct error *err)
{
	return m->type->engine->rules.clone(m, err);
}

bool map_range(struct map *m, const struct place *start, struct error *err)
{
	return m->type->engine->loop.range(m, start, err);
}

uint64_t map_next(struct map *m, uint64_t most, map_sink *sink, void *data)
{
	return m->type->engine->loop.next(m, most, sink, data);
}

bool map_work(struct map *m, struct error *err)
{
	return m->type->engine->rules.work(m, err);
}

uint64_t map_count(const struct map *m)
{
	return m->header ? m->type->engine->reading.count(m) : 0;
}

bool map_moving(const struct map *m)
{
	return m->header && m->type->engine->reading.growing(m);
}

struct extent map_extent(const struct map *m)
{
	return m->header ? m->type->engine->reading.extent(m) : (struct extent){ 0 };
}

uint64_t map_home(const struct map *m, const uint8_t *key)
{
	struct map still = *m;

	still.random = NULL;
	return m->type->engine->keys.home(&still, key);
}

struct account map_reached(const struct map *m)
{
	return m->type->engine->reading.reached(m);
}

struct hashed map_hash_of(const struct map *m, const uint8_t *key)
{
	return m->type->engine->keys.hash(m, key);
}

void map_prefetch(const struct map *m, const struct hashed *list, unsigned n, enum ahead ahead)
{
	const struct engine_keys *keys = &m->type->engine->keys;

	if (ahead >= keys->fetches_from)
		keys->prefetch(m, list, n, ahead);
}

uint64_t map_alloc(struct map *m, unsigned kind, uint64_t size, bool pointers, struct error *err)
{
	const struct maptype *t = m->type;
	uint64_t addr = heap_alloc(m->heap, size, pointers, err);

	if (addr)
		TELL(m, .kind = EVENT_ALLOC, .at = { .addr = addr },
			.alloc = { .object = (uint8_t)kind,
				.bytes = alloc_size(t->release, t->target->ptrsize, size,
					pointers) });
	return addr;
}

uint64_t map_alloc_header(struct map *m, unsigned kind, unsigned unit, uint64_t hint,
	uint64_t *first, struct error *err)
{
	const struct maptype *t = m->type;
	uint64_t size = t->engine->layout.header(t), header, unit_size = 0;
	uint64_t at = (size + FRAME_ALIGN - 1) / FRAME_ALIGN * FRAME_ALIGN;

	*first = 0;
	if (!m->stays)
		return map_alloc(m, kind, size, true, err);
	if (map_stacks_unit(hint))
		unit_size = t->unit.size;
	header = heap_alloc_frame(m->heap, unit_size ? at + unit_size : size, err);
	if (!header)
		return 0;
	TELL(m, .kind = EVENT_ALLOC, .at = { .addr = header },
		.alloc = { .object = (uint8_t)kind, .stack = true, .bytes = size });
	if (!unit_size)
		return header;
	*first = header + at;
	save(m, map_at(m, *first), unit_size);
	TELL(m, .kind = EVENT_ALLOC, .at = { .addr = *first },
		.alloc = { .object = (uint8_t)unit, .stack = true, .bytes = unit_size });
	return header;
}

struct account map_stacked(const struct maptype *t, bool unit)
{
	unsigned word = t->target->ptrsize;
	struct account a = { 1, alloc_size(t->release, word, t->engine->layout.header(t), true) };

	if (unit) {
		a.objects++;
		a.bytes += alloc_size(t->release, word, t->unit.size, t->pointers);
	}
	return a;
}

void map_start(struct map *m, uint64_t header)
{
	save(m, &m->header, sizeof m->header);
	save(m, &m->fixed, sizeof m->fixed);
	save(m, &m->unhashed, sizeof m->unhashed);
	save(m, &m->told, sizeof m->told);
	m->header = header;
	m->fixed = NULL;
	m->unhashed = false;
	m->told = NULL;
}
