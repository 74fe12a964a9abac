/* SPDX-License-Identifier: MIT */
#include "model/source/rebuild.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/figures/check.h"
#include "model/figures/hashes.h"
#include "model/map/engine.h"
#include "model/map/rules.h"
#include "model/source/rebuild_parts.h"
#include "model/source/source_parts.h"

uint64_t rebuild_room(struct rebuilding *r, uint64_t size, bool pointers)
{
	uint64_t addr = heap_alloc(r->m->heap, size, pointers, r->err);

	if (addr)
		save(r->m, map_at(r->m, addr), size);
	return addr;
}

uint64_t rebuild_header(struct rebuilding *r, unsigned kind, unsigned unit)
{
	uint64_t addr = map_alloc_header(r->m, kind, unit, 0, &r->first, r->err);

	if (addr)
		save(r->m, map_at(r->m, addr), r->m->type->engine->layout.header(r->m->type));
	return addr;
}

/* Cells */

static bool say_where(struct rebuilding *r, const struct unit_path *path, unsigned slot, bool elem)
{
	struct text where = { 0 };

	text_printf(&where, "snapshots[%zu].%s", r->index, path->list);
	if (path->number != PATH_ONE)
		text_printf(&where, "[%llu]", (unsigned long long)path->number);
	if (path->below)
		text_printf(&where, "%s[%llu]", path->below, (unsigned long long)path->at);
	fail_in(r->err, "%.160s: %s.%s[%u]", r->src->name, text_str(&where),
		elem ? "elems" : "keys", slot);
	text_free(&where);
	return false;
}

/* Pointers lead nowhere. */
static void set_unknown(const struct map *m, uint8_t *p, const uint8_t *mask, size_t size)
{
	unsigned word = m->type->target->ptrsize;

	for (size_t i = 0; i + word <= size; i += mask[i] == BYTE_POINTER ? word : 1)
		if (mask[i] == BYTE_POINTER)
			store_uint(m->type->target, p + i, word, heap_unknown(m->heap));
}

bool rebuild_unknown_key(const struct rebuilding *r, uint8_t *key)
{
	const struct maptype *t = r->m->type;

	if (t->indirect_key || !t->key->pointers)
		return false;
	memset(key, 0, t->keysize);
	set_unknown(r->m, key, r->mask + unit_key(&t->unit, 0), t->keysize);
	return true;
}

/* A slice in a slot may have more room than elements: its array is made as large. */
static bool widen_slice(struct rebuilding *r, const struct gotype *t, uint8_t *p)
{
	const struct target *target = r->m->type->target;
	unsigned w = target->ptrsize;
	uint64_t data = load_uint(target, p, w), len = load_uint(target, p + w, w);
	uint64_t cap = load_uint(target, p + 2 * w, w), bytes, addr;

	if (!data || cap <= len || t->elem->size == 0)
		return true;
	if (__builtin_mul_overflow(cap, t->elem->size, &bytes) ||
		!heap_has_room(r->m->heap, bytes, r->err))
		return fail(r->err, "a slice of capacity %llu does not fit the memory of %s",
			(unsigned long long)cap, target->name);
	addr = rebuild_room(r, bytes, t->elem->pointers);
	if (!addr)
		return false;
	memcpy(map_at(r->m, addr), map_at(r->m, data), (size_t)(len * t->elem->size));
	store_uint(target, p, w, addr);
	return true;
}

static bool widen_slices(struct rebuilding *r, const struct gotype *t, uint8_t *p)
{
	if (!t->pointers || !t->size)
		return true;
	if (t->kind == KIND_SLICE)
		return widen_slice(r, t, p);
	for (uint64_t i = 0; t->kind == KIND_ARRAY && i < t->len; i++)
		if (!widen_slices(r, t->elem, p + i * t->elem->size))
			return false;
	for (unsigned i = 0; t->kind == KIND_STRUCT && i < t->nfields; i++)
		if (!widen_slices(r, t->fields[i].type, p + t->fields[i].offset))
			return false;
	return true;
}

/* Whether the value at p is what the literal says. */
static bool reads_as(const struct map *m, const struct gotype *t, const uint8_t *p,
	const char *literal)
{
	struct text text = { 0 };
	bool same;

	value_format(m->heap, t, p, &text, 0);
	same = strcmp(text_str(&text), literal) == 0;
	text_free(&text);
	return same;
}

/*
 * The raw bytes of a slot have all but the pointers: these come from the literal. Where the
 * literal's other bytes are not those of the slot (a NaN of another kind, the capacity of a
 * slice), the value must read as the literal does.
 */
static bool merge(struct rebuilding *r, const struct gotype *t, uint8_t *slot, const uint8_t *mask,
	const char *literal)
{
	bool same = true;

	for (uint64_t i = 0; i < t->size; i++) {
		if (mask[i] == BYTE_POINTER)
			slot[i] = r->value[i];
		else if (mask[i] == BYTE_DATA)
			same &= slot[i] == r->value[i];
	}
	if (same)
		return true;
	if (!reads_as(r->m, t, slot, literal))
		return fail(r->err, "%.60s is not what the raw bytes say", literal);
	return widen_slices(r, t, slot);
}

/* What a literal says, into r->value. */
static bool parse(struct rebuilding *r, const struct gotype *t, const char *literal, bool elem)
{
	struct value_home home = { .heap = r->m->heap,
		.declared = &r->snap->setting->declared };
	const char *at = literal;

	return value_parse(&home, t, &at, r->value, elem ? "elem" : "key", r->err) &&
		(!*at || fail(r->err, "\"%.40s\" behind the literal is not understood", at));
}

static bool give_object(struct rebuilding *r, const struct gotype *t, uint8_t *slot)
{
	uint64_t addr = rebuild_room(r, t->size, t->pointers);

	if (!addr)
		return false;
	memcpy(map_at(r->m, addr), r->value, (size_t)t->size);
	store_uint(t->target, slot, t->target->ptrsize, addr);
	return true;
}

/* The key or elem of a live cell. The slot has its raw bytes already. */
static bool fill_slot(struct rebuilding *r, uint8_t *slot, const uint8_t *mask, const char *literal,
	bool elem)
{
	const struct maptype *t = r->m->type;
	const struct gotype *type = elem ? t->elem : t->key;
	bool indirect = elem ? t->indirect_elem : t->indirect_key;

	if (strcmp(literal, SOURCE_UNKNOWN) == 0) {
		set_unknown(r->m, slot, mask, elem ? t->elemsize : t->keysize);
		r->unknown |= indirect || (!elem && type->pointers);
		return true;
	}
	if (!parse(r, type, literal, elem))
		return false;
	return indirect ? give_object(r, type, slot) : merge(r, type, slot, mask, literal);
}

/* Units */

bool rebuild_unit(struct rebuilding *r, uint64_t addr, const struct unit_path *path)
{
	const struct maptype *t = r->m->type;
	const struct imprint *unit = imprint_next(&r->reader);
	const char *const *literals = unit->literals;
	uint8_t *to = map_at(r->m, addr);

	memcpy(to, unit->raw, t->unit.link ? t->unit.link : t->unit.size);
	for (unsigned i = 0; i < SLOTS; i++) {
		uint32_t key = unit_key(&t->unit, i), elem = unit_elem(&t->unit, i);

		if (literals[i] && *literals[i] &&
			!fill_slot(r, to + key, r->mask + key, literals[i], false))
			return say_where(r, path, i, false);
		if (literals[SLOTS + i] && *literals[SLOTS + i] &&
			!fill_slot(r, to + elem, r->mask + elem, literals[SLOTS + i], true))
			return say_where(r, path, i, true);
	}
	return true;
}

/* The map as a whole */

/* Counts and chance are those of the snapshot, not what rebuilding came to. */
static void fill_state(struct rebuilding *r)
{
	struct heap_state *state = &r->m->heap->state;
	struct random *random = &r->w->random;
	struct account allocated = r->snap->allocated, reached = map_reached(r->m);

	if (!r->snap->has_allocated)
		allocated = reached;
	journal_save(&r->w->journal, &state->alloc_objects, 4 * sizeof state->alloc_objects);
	state->alloc_objects = allocated.objects;
	state->alloc_bytes = allocated.bytes;
	state->freed_objects = r->snap->freed.objects;
	state->freed_bytes = r->snap->freed.bytes;
	heap_hold(r->m->heap, reached.bytes);
	heap_begin_most(r->m->heap);
	random_forget(random, &random->seeds);
	for (size_t i = 0; i < r->snap->seeds.count; i++)
		random_add(random, &random->seeds, r->snap->seeds.values[i]);
	random_forget(random, &random->draws);
	for (size_t i = 0; i < r->snap->draws.count; i++)
		random_add(random, &random->draws, r->snap->draws.values[i]);
	if (!r->snap->has_random)
		return;
	journal_save(&r->w->journal, &random->state, sizeof random->state);
	random->state = r->snap->random;
}

static bool fill_map(struct rebuilding *r)
{
	heap_clear(r->m->heap);
	world_end_loop(r->w);
	r->unknown = false;
	r->outside = (struct outside){ 0 };
	if (!r->snap->setting->part->fill(r))
		return false;
	journal_save(&r->w->journal, &r->w->order.used, sizeof r->w->order.used);
	r->w->order.used = r->order;
	r->loop_lost = !loop_restore(r);
	fill_state(r);
	return true;
}

/* Why the map can only be looked at, if it can: the rules rely on the laws. */
static const char *reason(struct rebuilding *r)
{
	const struct heap_state *h = &r->m->heap->state;
	struct account reached = map_reached(r->m);
	struct check c;
	bool sound;

	if (r->m->told)
		return "its keys and elems were made unreadable";
	if (!r->snap->setting->hashed)
		return "the file does not say how keys are hashed";
	if (r->unknown)
		return "the file does not say what all keys and elems are";
	sound = check_map(r->m, &c);
	check_free(&c);
	if (!sound)
		return "its memory breaks the laws of the map, see check";
	if (h->freed_objects > h->alloc_objects || h->freed_bytes > h->alloc_bytes ||
		reached.objects > h->alloc_objects - h->freed_objects ||
		reached.bytes > h->alloc_bytes - h->freed_bytes)
		return "the file says that less was allocated than is in use";
	return NULL;
}

/*
 * Old units that were cut off from their chains may still be in use, by a spare unit or a
 * stale pointer to a large key; no snapshot shows them.
 */
static void tell_lost(const struct rebuilding *r, struct text *lost)
{
	struct account now = map_reached(r->m), then = r->snap->in_use;

	if (r->loop_lost)
		text_add(lost, "its range loop, which walks what no snapshot shows");
	if (!r->snap->has_in_use || (then.objects == now.objects && then.bytes == now.bytes))
		return;
	text_add(lost, lost->len ? "; " : "");
	if (then.objects >= now.objects && then.bytes >= now.bytes)
		text_printf(lost, "%llu bytes in %llu object%s that only stale memory reaches",
			(unsigned long long)(then.bytes - now.bytes),
			(unsigned long long)(then.objects - now.objects),
			then.objects - now.objects == 1 ? "" : "s");
	else
		text_printf(lost, "what was in use, %llu bytes in %llu object%s",
			(unsigned long long)then.bytes, (unsigned long long)then.objects,
			then.objects == 1 ? "" : "s");
}

bool rebuild(struct world *w, const struct source *src, size_t i, struct text *lost,
	struct error *err)
{
	const struct maptype *t = w->map.type;
	const struct capture *captured = src->list[i].captured;
	uint64_t size = t->key->size > t->elem->size ? t->key->size : t->elem->size;
	struct trace *trace = w->map.trace;
	struct rebuilding r = { .w = w, .m = &w->map, .src = src, .snap = &src->list[i],
		.index = i, .order = w->order.used, .err = err };
	const struct snapshot_part *part = r.snap->setting->part;
	bool ok;

	if (captured)
		return capture_lay(captured, w, err);
	r.mask = xmalloc(t->unit.size);
	r.value = xmalloc(size);
	maptype_unit_bytes(t, r.mask);
	imprint_reader_open(&r.reader, t->unit.size);
	w->map.trace = NULL;
	ok = fill_map(&r);
	if (ok && r.snap->has_in_use && part->guess_again && part->guess_again(&r))
		ok = fill_map(&r);
	imprint_reader_close(&r.reader);
	free(r.mask);
	free(r.value);
	w->map.trace = trace;
	if (ok) {
		w->map.unhashed = !r.snap->setting->hashed;
		if (r.snap->told && hashes_read(r.snap->told, &w->map, r.snap->hashes)) {
			w->map.unhashed = false;
			w->map.told = r.snap->told;
		}
		w->map.fixed = reason(&r);
		tell_lost(&r, lost);
		TELL(&w->map, .kind = EVENT_OPEN, .open = { .entries = part->entries(r.snap) });
	}
	return ok;
}
