/* SPDX-License-Identifier: MIT */
#include "tui/view/find.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "model/map/classic/rules.h"
#include "model/session/command.h"

/* Half way through an evacuation a lookup misses what was just moved: both chains are searched. */
static bool seek_key(const struct map *m, const uint8_t *key, struct place *where)
{
	const struct gotype *t = m->type->key;
	uint64_t hash;

	if (!map_growing(m) || !value_equals_itself(m->heap, t, key))
		return false;
	hash = map_hash(m, key);
	for (int old = 0; old < 2; old++) {
		struct place at = { .array = old ? ARRAY_OLD : ARRAY_PRESENT,
			.unit = hash & (look_buckets(m, old) - 1) };

		for (at.addr = map_bucket(m, old, at.unit); at.addr;
			at.addr = map_overflow(m, at.addr), at.link++)
			for (at.slot = 0; at.slot < SLOTS; at.slot++) {
				*where = at;
				if (map_at(m, at.addr)[at.slot] >= MIN_TOPHASH &&
					value_equal(m->heap, t, key, map_key(m, at.addr, at.slot)))
					return true;
			}
	}
	return false;
}

/* A literal of type t, at the beginning and nothing behind it; out takes its bytes. */
static bool read_value(struct session *s, const struct gotype *t, const char *text, uint8_t *out,
	const char *what, struct error *err)
{
	struct value_home home = { .heap = &s->world.heap, .scratch = true };
	char usage[32];

	heap_scratch_reset(&s->world.heap);
	snprintf(usage, sizeof usage, "find %s", what);
	return value_parse(&home, t, &text, out, what, err) && args_end(&text, usage, err);
}

static unsigned is_key_like(const struct seeker *k, const struct map *m, const struct place *at);

/* A NaN is found by no lookup, but it can be looked at. */
static bool seek_nan(struct look *l, const uint8_t *key, struct place *where)
{
	const struct map *m = &l->session->world.map;
	const struct seeker k = { .match = is_key_like, .value = key };

	return !value_equals_itself(m->heap, m->type->key, key) &&
		seek(m, &k, &l->cursor, false, where);
}

bool find_key(struct look *l, const char *text, struct error *err)
{
	struct session *s = l->session;
	const struct map *m = &s->world.map;
	uint8_t *key = xcalloc(1, (size_t)m->type->key->size);
	struct place where;
	bool ok = read_value(s, s->world.map.type->key, text, key, "key", err);

	if (ok)
		ok = map_find(m, key, &where) || seek_key(m, key, &where) ||
			seek_nan(l, key, &where) || fail(err, "there is no key %s", text);
	if (ok)
		look_put(l, where);
	free(key);
	return ok;
}

/* A number that one of `ends` follows, or nothing. */
static bool read_part(const char **at, const char *ends, uint64_t *n, struct error *err)
{
	char digits[24];
	size_t len = strcspn(*at, ends);
	const char *word = digits;

	snprintf(digits, sizeof digits, "%.*s", (int)(len < 23 ? len : 23), *at);
	*at += len;
	return args_number(&word, UINT64_MAX, n, err);
}

/* A bucket's number, +1 for its first overflow bucket, .5 for a slot: 12, 12+1, 12.5, 12+1.5. */
static bool find_bucket(struct look *l, bool old, const char *text, struct error *err)
{
	const struct map *m = &l->session->world.map;
	uint64_t bucket, chain = 0, slot = 0, buckets = look_buckets(m, old);

	if (!read_part(&text, "+.", &bucket, err))
		return false;
	if (*text == '+' && (text++, !read_part(&text, ".", &chain, err)))
		return false;
	if (*text == '.' && (text++, !read_part(&text, "", &slot, err)))
		return false;
	if (old && !buckets)
		return fail(err, "there is no old array: the map does not grow");
	if (bucket >= buckets)
		return fail(err, "there is no bucket %" PRIu64 ": the array has %" PRIu64, bucket, buckets);
	if (chain > UINT32_MAX || !look_bucket(m, old, bucket, (uint32_t)chain))
		return fail(err, "bucket %" PRIu64 " has no overflow bucket %" PRIu64, bucket, chain);
	if (slot >= SLOTS)
		return fail(err, "there is no slot %" PRIu64 ": a bucket has %d, from 0", slot, SLOTS);
	look_put(l, (struct place){ .array = old ? ARRAY_OLD : ARRAY_PRESENT, .unit = bucket, .link = (uint32_t)chain,
		.slot = (unsigned)slot });
	return true;
}

/* The slot that an offset in a bucket belongs to. */
static unsigned slot_at(const struct maptype *t, uint64_t offset)
{
	if (offset < t->unit.keys)
		return (unsigned)offset;
	if (offset < t->unit.elems)
		return (unsigned)((offset - t->unit.keys) / (t->keysize ? t->keysize : 1));
	if (offset < t->unit.link)
		return (unsigned)((offset - t->unit.elems) / (t->elemsize ? t->elemsize : 1));
	return SLOTS - 1;
}

/* Matchers: see seek.h. */

static unsigned holds_address(const struct seeker *k, const struct map *m, const struct place *at)
{
	uint64_t offset = k->target - at->addr;

	return offset < m->type->unit.size ? 1u << slot_at(m->type, offset) : 0;
}

static unsigned live_slots(const struct map *m, const struct place *at)
{
	const uint8_t *tops = map_at(m, at->addr);
	unsigned slots = 0;

	for (unsigned i = 0; i < SLOTS; i++)
		slots |= (unsigned)(tops[i] >= MIN_TOPHASH) << i;
	return slots;
}

/* Whether a value leads to the target: its own object, where the slot has a pointer to it, or a string. */
static bool leads_to(const struct map *m, const struct gotype *t, uint64_t slot, bool indirect,
	const uint8_t *value, uint64_t target)
{
	unsigned word = m->type->target->ptrsize;

	if (indirect && target - load_uint(m->type->target, map_at(m, slot), word) < t->size)
		return true;
	return t->kind == KIND_STRING && target - load_uint(m->type->target, value, word) <
		load_uint(m->type->target, value + word, word);
}

static unsigned points_to(const struct seeker *k, const struct map *m, const struct place *at)
{
	const struct maptype *t = m->type;
	unsigned live = live_slots(m, at), slots = 0;

	for (unsigned i = 0; live >> i; i++) {
		if (live >> i & 1 &&
			(leads_to(m, t->key, at->addr + unit_key(&t->unit, i), t->indirect_key,
				 map_key(m, at->addr, i), k->target) ||
				leads_to(m, t->elem, at->addr + unit_elem(&t->unit, i),
					t->indirect_elem, map_elem(m, at->addr, i), k->target)))
			slots |= 1u << i;
	}
	return slots;
}

/* Slots with that tophash. */
static unsigned has_top(const struct seeker *k, const struct map *m, const struct place *at)
{
	const uint8_t *tops = map_at(m, at->addr);
	unsigned slots = 0;

	for (unsigned i = 0; i < SLOTS; i++)
		slots |= (unsigned)(tops[i] == k->target) << i;
	return slots;
}

/* Old buckets that were moved are neither. */
static unsigned is_full(const struct seeker *k, const struct map *m, const struct place *at)
{
	(void)k;
	return live_slots(m, at) == (1u << SLOTS) - 1;
}

static unsigned is_empty(const struct seeker *k, const struct map *m, const struct place *at)
{
	(void)k;
	return !live_slots(m, at) && !map_evacuated(m, at->addr);
}

static unsigned is_overflow(const struct seeker *k, const struct map *m, const struct place *at)
{
	(void)k;
	(void)m;
	return at->link > 0;
}

static unsigned waits(const struct seeker *k, const struct map *m, const struct place *at)
{
	(void)k;
	return at->array && at->link == 0 && !map_evacuated(m, at->addr);
}

static unsigned is_deep(const struct seeker *k, const struct map *m, const struct place *at)
{
	(void)m;
	return at->link == k->target;
}

/* Bytes that differ may be equal for Go, and the other way round. */
static bool alike(const struct map *m, const struct gotype *t, const uint8_t *a, const uint8_t *b)
{
	if (t->alg != ALG_NONE && value_equals_itself(m->heap, t, a))
		return value_equal(m->heap, t, a, b);
	return memcmp(a, b, (size_t)t->size) == 0;
}

static unsigned is_key_like(const struct seeker *k, const struct map *m, const struct place *at)
{
	unsigned live = live_slots(m, at), slots = 0;

	for (unsigned i = 0; live >> i; i++)
		if (live >> i & 1 && alike(m, m->type->key, k->value, map_key(m, at->addr, i)))
			slots |= 1u << i;
	return slots;
}

static unsigned is_elem(const struct seeker *k, const struct map *m, const struct place *at)
{
	unsigned live = live_slots(m, at), slots = 0;

	for (unsigned i = 0; live >> i; i++)
		if (live >> i & 1 && alike(m, m->type->elem, k->value, map_elem(m, at->addr, i)))
			slots |= 1u << i;
	return slots;
}

/* What one may type. The words for a bucket's state find buckets, the others slots. */
static const struct {
	const char *word, *finds;
	struct seeker seeker;
} words[] = {
	{ "tombstone", "a deleted slot (emptyOne)", { .match = has_top, .target = EMPTY_ONE } },
	{ "overflow", "an overflow bucket", { .match = is_overflow, .whole = true } },
	{ "longest", "the end of a longest chain", { .match = is_deep, .whole = true } },
	{ "waiting", "an old bucket that was not evacuated yet", { .match = waits, .whole = true } },
	{ "full", "a bucket without a free slot", { .match = is_full, .whole = true } },
	{ "empty", "a bucket without an entry", { .match = is_empty, .whole = true } },
	/* These begin what is found in other ways: they are words only to be completed. */
	{ "@", "a bucket, by its number", { 0 } },
	{ "old@", "an old bucket, by its number", { 0 } },
	{ "=", "an elem", { 0 } },
	{ "0xc0", "what lies at an address", { 0 } },
	/* The names that Go has for them. */
	{ "emptyRest", "a free slot, with nothing behind it", { .match = has_top, .target = EMPTY_REST } },
	{ "emptyOne", "a deleted slot (a tombstone)", { .match = has_top, .target = EMPTY_ONE } },
	{ "evacuatedX", "a slot that moved to the same index", { .match = has_top, .target = EVACUATED_X } },
	{ "evacuatedY", "a slot that moved to the upper half", { .match = has_top, .target = EVACUATED_Y } },
	{ "evacuatedEmpty", "a slot that was free when its bucket moved",
		{ .match = has_top, .target = EVACUATED_EMPTY } },
	{ "unevacuated", "an old bucket that was not evacuated yet", { .match = waits, .whole = true } },
};

enum { WORDS = sizeof words / sizeof *words };

const char *find_word(unsigned i, const char **finds)
{
	if (i >= WORDS)
		return NULL;
	*finds = words[i].finds;
	return words[i].word;
}

/* tombstones finds the same as tombstone. */
static int word_of(const char *what)
{
	size_t len = strlen(what);

	for (int i = 0; i < WORDS; i++) {
		size_t n = strlen(words[i].word);

		if (words[i].seeker.match && strncmp(words[i].word, what, n) == 0 &&
			(len == n || (len == n + 1 && what[n] == 's')))
			return i;
	}
	return -1;
}

static uint32_t longest_chain(const struct map *m)
{
	uint32_t longest = 0;

	for (int old = 0; old < 2; old++)
		for (uint64_t b = 0; b < look_buckets(m, old); b++) {
			uint32_t chain = 0;

			for (uint64_t a = map_bucket(m, old, b); (a = map_overflow(m, a)) != 0; chain++)
				continue;
			if (chain > longest)
				longest = chain;
		}
	return longest;
}

static enum found go_to(struct look *l, const struct seeker *k, bool back)
{
	struct place where;
	enum found found = seek(&l->session->world.map, k, &l->cursor, back, &where);

	if (found)
		look_put(l, where);
	return found;
}

static enum found find_state(struct look *l, int word, bool back, struct error *err)
{
	struct seeker k = words[word].seeker;
	enum found found;

	if (k.match == is_deep)
		k.target = longest_chain(&l->session->world.map);
	if (k.match == is_deep && k.target == 0) {
		fail(err, "longest finds %s: no bucket has an overflow bucket", words[word].finds);
		return FOUND_NOT;
	}
	found = go_to(l, &k, back);
	if (!found)
		fail(err, "%s finds %s: there is none", words[word].word, words[word].finds);
	return found;
}

static enum found find_elem(struct look *l, const char *text, bool back, struct error *err)
{
	const struct gotype *t = l->session->world.map.type->elem;
	uint8_t *elem = xcalloc(1, (size_t)t->size + 1);
	const struct seeker k = { .match = is_elem, .value = elem };
	enum found found = FOUND_NOT;

	if (read_value(l->session, t, text, elem, "elem", err)) {
		found = go_to(l, &k, back);
		if (!found)
			fail(err, "there is no elem %s", text);
	}
	free(elem);
	return found;
}

/* A key; or an elem, where the text can be no key. */
static enum found find_value(struct look *l, const char *text, bool back, struct error *err)
{
	const struct maptype *t = l->session->world.map.type;
	uint8_t *value = xcalloc(1, (size_t)(t->key->size > t->elem->size ? t->key->size : t->elem->size));
	struct place before = l->cursor;
	struct error unused;
	bool is_key = read_value(l->session, t->key, text, value, "key", err);
	bool may_be_elem = !is_key && read_value(l->session, t->elem, text, value, "elem", &unused);

	if (may_be_elem) {
		free(value);
		return find_elem(l, text, back, err);
	}
	if (is_key && !find_key(l, text, err)) {
		if (read_value(l->session, t->elem, text, value, "elem", &unused))
			fail(err, "there is no key %s; =%s looks for an elem", text, text);
		is_key = false;
	}
	free(value);
	if (!is_key)
		return FOUND_NOT;
	return l->cursor.addr == before.addr && l->cursor.slot == before.slot ? FOUND_SAME : FOUND;
}

/* The header lies in no bucket. */
static bool find_in_header(struct look *l, uint64_t addr)
{
	const struct map *m = &l->session->world.map;
	const struct target *t = l->session->given.target;
	const struct field *fields = hmap_fields(l->session->given.release);

	if (addr < m->header || addr - m->header >= hmap_size(l->session->given.release, t))
		return false;
	l->in_header = true;
	for (int i = 0; i < HMAP_FIELDS; i++)
		if (fields[i].name && field_offset(&fields[i], t->ptrsize) <= addr - m->header)
			l->field = i;
	return true;
}

/* In the header, in a bucket, or in what a key or an elem leads to. */
static enum found find_address(struct look *l, const char *text, struct error *err)
{
	struct seeker in_bucket = { .match = holds_address }, behind = { .match = points_to };
	enum found found;
	char *end;

	errno = 0;
	in_bucket.target = behind.target = strtoull(text, &end, 16);
	if (errno || *end) {
		fail(err, "%.40s is no address", text);
		return FOUND_NOT;
	}
	if (find_in_header(l, behind.target))
		return FOUND;
	found = go_to(l, &in_bucket, false);
	if (!found)
		found = go_to(l, &behind, false);
	if (!found)
		fail(err, "nothing of the map is at address 0x%" PRIx64, behind.target);
	return found == FOUND_AROUND ? FOUND : found;
}

/* A number in hexadecimal is a key where it can be one, but for what looks like Go's heap. */
static enum found find_hex(struct look *l, const char *text, bool back, struct error *err)
{
	const struct gotype *key = l->session->world.map.type->key;
	bool heap = strncmp(text, "0xc0", 4) == 0;
	struct error unused;
	enum found found;

	if (heap || (!gotype_is_int(key) && !gotype_is_pointer(key)))
		return find_address(l, text, err);
	found = find_value(l, text, back, err);
	return found ? found : find_address(l, text, &unused);
}

enum found find_next(struct look *l, const char *what, bool back, struct error *err)
{
	int word = word_of(what);
	enum found found;

	if (!l->session->world.map.header) {
		fail(err, "there is no map yet");
		return FOUND_NOT;
	}
	if (word >= 0)
		found = find_state(l, word, back, err);
	else if (*what == '#' || *what == '@')
		found = find_bucket(l, false, what + 1, err) ? FOUND : FOUND_NOT;
	else if (strncmp(what, "old@", 4) == 0)
		found = find_bucket(l, true, what + 4, err) ? FOUND : FOUND_NOT;
	else if (*what == '=')
		found = find_elem(l, what + 1, back, err);
	else if (strncmp(what, "0x", 2) == 0)
		found = find_hex(l, what, back, err);
	else
		found = find_value(l, what, back, err);
	look_refresh(l);
	return found;
}
