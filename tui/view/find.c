/* SPDX-License-Identifier: MIT */
#include "tui/view/find.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"
#include "model/session/command.h"
#include "tui/view/design.h"

/* A literal of type t, at the beginning and nothing behind it; out takes its bytes. */
static bool read_value(struct session *s, const struct gotype *t, const char *text, uint8_t *out,
	const char *what, struct error *err)
{
	struct value_home home = { .heap = &s->world.heap,
		.declared = s->given.declared, .scratch = true };
	char usage[32];

	heap_scratch_reset(&s->world.heap);
	snprintf(usage, sizeof usage, "find %s", what);
	return value_parse(&home, t, &text, out, what, err) && args_end(&text, usage, err);
}

static unsigned is_value(const struct seeker *k, const struct map *m, const struct place *at);

/* A NaN is found by no lookup, but it can be looked at. */
static bool seek_nan(struct look *l, const uint8_t *key, struct place *where)
{
	const struct map *m = &l->session->world.map;
	const struct seeker k = { .match = is_value, .value = key };

	return !value_equals_itself(m->heap, m->type->key, key) &&
		seek(&l->units, &k, &l->cursor, false, where);
}

static bool seek_half(struct look *l, const uint8_t *key, struct place *where)
{
	const struct units_design *d = look_design(l)->units;

	return d->find_half && d->find_half(&l->units, key, where);
}

bool find_key(struct look *l, const char *text, struct error *err)
{
	struct session *s = l->session;
	const struct map *m = &s->world.map;
	uint8_t *key = xcalloc(1, (size_t)m->type->key->size);
	struct place where;
	bool ok = read_value(s, s->world.map.type->key, text, key, "key", err);

	units_read(&l->units, m);
	if (ok && map_find(m, key, &where))
		ok = look_put_seen(l, &where);
	else if (ok && (seek_half(l, key, &where) || seek_nan(l, key, &where)))
		look_put(l, where);
	else if (ok)
		ok = fail(err, "there is no key %s", text);
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

/* A unit's number of its side, or, with TABLE: before it, of an array of the side. */
static bool read_unit(const struct look *l, bool aside, const char **text, uint64_t *unit,
	struct error *err)
{
	const struct units *u = &l->units;
	size_t first = aside ? u->main : 0, count = aside ? u->count - u->main : u->main;
	const char *word = look_unit_word(l);
	uint64_t n, array;

	if (!read_part(text, ":+.", &n, err))
		return false;
	*unit = n;
	if (**text != ':' || count < 1) {
		return n < u->all[aside] || fail(err, "there is no %s %" PRIu64 ": the %s has %"
			PRIu64, word, n, look_design(l)->units->words.link ? "array" : "map",
			u->all[aside]);
	}
	array = n;
	++*text;
	if (!read_part(text, "+.", &n, err))
		return false;
	if (array >= count)
		return fail(err, "there is no table %" PRIu64 ": %s %zu", array,
			aside ? "aside there are" : "the map has", count);
	if (n >= u->list[first + array].units)
		return fail(err, "there is no %s %" PRIu64 ": the table has %" PRIu64, word, n,
			u->list[first + array].units);
	*unit = u->list[first + array].first + n;
	return true;
}

/* A unit's number, +1 for the first linked to it, .5 for a slot: 12, 12+1, 12.5, 12+1.5. */
static bool find_unit(struct look *l, bool aside, const char *text, struct error *err)
{
	const struct units_design *d = look_design(l)->units;
	uint64_t unit, link = 0, slot = 0;

	if (aside && !units_both(&l->units))
		return fail(err, d->marks->link ? "there is no old array: the map does not grow"
			: "no table is aside: none is being filled or given up");
	if (!read_unit(l, aside, &text, &unit, err))
		return false;
	if (*text == '+' && (text++, !read_part(&text, ".", &link, err)))
		return false;
	if (*text == '.' && (text++, !read_part(&text, "", &slot, err)))
		return false;
	if (link && !d->words.linked_unit)
		return fail(err, "no %s is linked to another in this design", look_unit_word(l));
	if (link > UINT32_MAX || !units_linked(&l->units, aside, unit, (uint32_t)link))
		return fail(err, "%s %" PRIu64 " has no %s %" PRIu64, look_unit_word(l), unit,
			d->words.linked_unit, link);
	if (slot >= SLOTS)
		return fail(err, "there is no slot %" PRIu64 ": a %s has %d, from 0", slot,
			look_unit_word(l), SLOTS);
	look_put(l, (struct place){ .array = aside, .unit = unit, .link = (uint32_t)link,
		.slot = (unsigned)slot });
	return true;
}

/* The slot that an offset in a unit belongs to; padding, to the one before it. */
static unsigned slot_at(const struct maptype *t, uint64_t offset)
{
	const struct unit *u = &t->unit;

	if (offset < SLOTS)
		return (unsigned)offset ^ u->flip;
	for (unsigned i = SLOTS; i-- > 0;) {
		if (offset - unit_key(u, i) < t->keysize || offset - unit_elem(u, i) < t->elemsize)
			return i;
	}
	for (unsigned i = SLOTS; i-- > 1;)
		if (offset >= unit_key(u, i))
			return i;
	return u->link && offset >= u->link ? SLOTS - 1 : 0;
}

/* Matchers: see seek.h. */

static unsigned holds_address(const struct seeker *k, const struct map *m, const struct place *at)
{
	uint64_t offset = k->target - at->addr;

	return offset < m->type->unit.size ? 1u << slot_at(m->type, offset) : 0;
}

/* Whether a value leads to the target: its own object, where the slot has a pointer to it, or
   a string. */
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
	unsigned live = map_live_slots(m, at->addr), slots = 0;

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

unsigned seek_deep(const struct seeker *k, const struct map *m, const struct place *at)
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

static unsigned is_value(const struct seeker *k, const struct map *m, const struct place *at)
{
	const struct gotype *t = k->elem ? m->type->elem : m->type->key;
	unsigned live = map_live_slots(m, at->addr), slots = 0;

	for (unsigned i = 0; live >> i; i++)
		if (live >> i & 1 && alike(m, t, k->value,
			k->elem ? map_elem(m, at->addr, i) : map_key(m, at->addr, i)))
			slots |= 1u << i;
	return slots;
}

const char *find_word(const struct map *m, unsigned i, const char **finds)
{
	const struct find_word *w = &design_of(m)->units->words.find[i];

	*finds = w->finds;
	return w->word;
}

/* tombstones finds the same as tombstone. */
static const struct find_word *word_of(const struct look *l, const char *what)
{
	size_t len = strlen(what);

	for (const struct find_word *w = look_design(l)->units->words.find; w->word; w++) {
		size_t n = strlen(w->word);

		if (w->seeker.match && strncmp(w->word, what, n) == 0 &&
			(len == n || (len == n + 1 && what[n] == 's')))
			return w;
	}
	return NULL;
}

static uint32_t longest_chain(const struct units *u)
{
	uint32_t longest = 0;

	for (int side = 0; side < SIDES; side++)
		for (struct unit_walk w = units_walk(u, side, 0); w.addr; unit_walk_next(&w)) {
			uint32_t chain = 0;

			for (uint64_t a = w.addr; (a = map_link(u->map, a)) != 0; chain++)
				continue;
			if (chain > longest)
				longest = chain;
		}
	return longest;
}

static enum found go_to(struct look *l, const struct seeker *k, bool back)
{
	struct place where;
	enum found found = seek(&l->units, k, &l->cursor, back, &where);

	if (found)
		look_put(l, where);
	return found;
}

static enum found find_state(struct look *l, const struct find_word *word, bool back,
	struct error *err)
{
	struct seeker k = word->seeker;
	enum found found;

	if (k.match == seek_deep)
		k.target = longest_chain(&l->units);
	if (k.match == seek_deep && k.target == 0) {
		fail(err, "%s finds %s: no %s has an %s", word->word, word->finds,
			look_unit_word(l), look_design(l)->units->words.linked_unit);
		return FOUND_NOT;
	}
	found = go_to(l, &k, back);
	if (!found)
		fail(err, "%s finds %s: there is none", word->word, word->finds);
	return found;
}

static enum found find_elem(struct look *l, const char *text, bool back, struct error *err)
{
	const struct gotype *t = l->session->world.map.type->elem;
	uint8_t *elem = xcalloc(1, (size_t)t->size + 1);
	const struct seeker k = { .match = is_value, .value = elem, .elem = true };
	enum found found = FOUND_NOT;

	if (read_value(l->session, t, text, elem, "elem", err)) {
		found = go_to(l, &k, back);
		if (!found)
			fail(err, "there is no elem %s", text);
	}
	free(elem);
	return found;
}

/* Whether the text could be a value of that type. */
static bool reads_as(struct look *l, const struct gotype *t, const char *text, const char *what,
	struct error *err)
{
	uint8_t *value = xcalloc(1, (size_t)t->size + 1);
	bool ok = read_value(l->session, t, text, value, what, err);

	free(value);
	return ok;
}

/* Whether a value of type t that the text says is there, as a key or as an elem. */
static bool has_value(struct look *l, const struct gotype *t, const char *text, bool key)
{
	uint8_t *value = xcalloc(1, (size_t)t->size + 1);
	const struct seeker k = { .match = is_value, .value = value, .elem = !key };
	struct place where;
	struct error unused;
	bool has = read_value(l->session, t, text, value, key ? "key" : "elem", &unused) &&
		seek(&l->units, &k, &l->cursor, false, &where);

	free(value);
	return has;
}

/* The text is no key that is there: where it is found all the same, if that is so. */
static void tell_elsewhere(struct look *l, const char *text, struct error *err)
{
	const struct maptype *t = l->session->world.map.type;
	char *quoted = xasprintf("\"%.200s\"", text);
	const char *tries[] = { text, quoted };

	for (size_t i = 0; i < 2; i++) {
		if (i && has_value(l, t->key, tries[i], true)) {
			fail(err, "%s is no literal; there is a key %s", text, tries[i]);
			break;
		}
		if (has_value(l, t->elem, tries[i], false)) {
			fail(err, "there is no key %s; an elem has it: =%s finds it", text,
				tries[i]);
			break;
		}
	}
	free(quoted);
}

/* A key; or an elem, where the text can be no key. */
static enum found find_value(struct look *l, const char *text, bool back, struct error *err)
{
	const struct maptype *t = l->session->world.map.type;
	struct place before = l->cursor;
	struct error unused;
	bool is_key = reads_as(l, t->key, text, "key", err);
	bool may_be_elem = reads_as(l, t->elem, text, "elem", &unused);

	if (!is_key && may_be_elem)
		return find_elem(l, text, back, err);
	if (!is_key || !find_key(l, text, err)) {
		if (is_key && may_be_elem)
			fail(err, "there is no key %s; =%s looks for an elem", text, text);
		tell_elsewhere(l, text, err);
		return FOUND_NOT;
	}
	return l->cursor.addr == before.addr && l->cursor.slot == before.slot ? FOUND_SAME : FOUND;
}

/* The header lies in no unit. */
static bool find_in_header(struct look *l, uint64_t addr)
{
	int field = look_design(l)->units->fields.at(l, addr);

	if (field < 0)
		return false;
	l->in_header = true;
	l->field = field;
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
	const struct find_word *word = word_of(l, what);
	const char *aside = look_design(l)->units->words.aside;
	size_t len = strlen(aside);
	enum found found;

	if (!l->session->world.map.header) {
		fail(err, "there is no map yet");
		return FOUND_NOT;
	}
	units_read(&l->units, &l->session->world.map);
	if (word)
		found = find_state(l, word, back, err);
	else if (*what == '#' || *what == '@')
		found = find_unit(l, false, what + 1, err) ? FOUND : FOUND_NOT;
	else if (strncmp(what, aside, len) == 0 && what[len] == '@')
		found = find_unit(l, true, what + len + 1, err) ? FOUND : FOUND_NOT;
	else if (*what == '=')
		found = find_elem(l, what + 1, back, err);
	else if (strncmp(what, "0x", 2) == 0)
		found = find_hex(l, what, back, err);
	else
		found = find_value(l, what, back, err);
	look_refresh(l);
	return found;
}
