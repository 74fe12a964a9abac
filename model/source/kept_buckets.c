/* SPDX-License-Identifier: MIT */
#include "model/source/kept_buckets.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/hex.h"
#include "model/base/json.h"
#include "model/base/mem.h"
#include "model/map/classic/reading.h"
#include "model/source/buckets.h"
#include "model/source/source.h"

/*
 * Of what was kept last it is known where it lay and, by a mark for each bucket, all its bytes: a
 * bucket with the same mark at the same place has the same literals, for what keys and elems point
 * to does not change while no address is used again. Elems that are stored by pointer do: their
 * bytes count into the mark.
 */
struct kept_buckets {
	struct bucket_array arrays[2];
	uint64_t *marks[2];          /* NULL once something else was kept; owned */
	uint64_t addr[2];
	uint64_t life, broken;       /* of the heap and the journal: one address, one object */
};

/* One bucket, read from the map. */
struct bucket_taking {
	const struct map *m;
	uint8_t *mask;               /* enum gotype_byte for each of its bytes; owned */
	uint8_t *raw;                /* owned */
	struct text literals, value, out;
};

static void taking_open(struct bucket_taking *b, const struct map *m)
{
	size_t size = m->type->unit.size;

	*b = (struct bucket_taking){ .m = m, .mask = xmalloc(size), .raw = xmalloc(size) };
	maptype_unit_bytes(m->type, b->mask);
}

static void taking_close(struct bucket_taking *b)
{
	free(b->mask);
	free(b->raw);
	text_free(&b->literals);
	text_free(&b->value);
	text_free(&b->out);
}

/* Its bytes, but for pointers and padding. */
static void take_raw(struct bucket_taking *b, uint64_t addr)
{
	size_t size = b->m->type->unit.size;

	memcpy(b->raw, map_at(b->m, addr), size);
	for (size_t i = 0; i < size; i++)
		if (b->mask[i] != BYTE_DATA)
			b->raw[i] = 0;
}

/* A literal is UTF-8, but for what strconv.Quote leaves. */
static void add_literal(struct bucket_taking *b, const struct gotype *type, const uint8_t *p)
{
	text_clear(&b->value);
	if (value_unknown(b->m->heap, type, p))
		text_add(&b->value, SOURCE_UNKNOWN);
	else
		value_format(b->m->heap, type, p, &b->value, 0);
	for (size_t i = 0; i < b->value.len; i++)
		if ((unsigned char)b->value.s[i] >= 0x80) {
			json_t *words = json_words(b->value.s);

			text_clear(&b->value);
			text_add(&b->value, json_string_value(words));
			json_decref(words);
			break;
		}
	text_addn(&b->literals, text_str(&b->value), b->value.len);
}

static void take_literals(struct bucket_taking *b, uint64_t addr)
{
	const struct map *m = b->m;
	const uint8_t *tops = map_at(m, addr);

	text_clear(&b->literals);
	for (unsigned i = 0; i < 2 * SLOTS; i++) {
		unsigned slot = i % SLOTS;
		bool elem = i >= SLOTS;

		if (tops[slot] >= MIN_TOPHASH)
			add_literal(b, elem ? m->type->elem : m->type->key,
				elem ? map_elem(m, addr, slot) : map_key(m, addr, slot));
		text_addn(&b->literals, "", 1);
	}
}

/* Keeping */

static uint64_t mix(uint64_t mark, const uint8_t *p, size_t size)
{
	uint64_t word;

	for (; size >= sizeof word; size -= sizeof word, p += sizeof word) {
		memcpy(&word, p, sizeof word);
		mark = (mark ^ word) * 0x9e3779b97f4a7c15u;
		mark ^= mark >> 29;
	}
	for (; size > 0; size--)
		mark = (mark ^ *p++) * 0x9e3779b97f4a7c15u;
	return mark ^ mark >> 32;
}

static uint64_t mark_of(const struct map *m, uint64_t addr)
{
	const struct maptype *t = m->type;
	const uint8_t *p = map_at(m, addr);
	uint64_t mark = mix(1, p, t->unit.size);

	for (unsigned i = 0; i < SLOTS && (t->indirect_key || t->indirect_elem); i++) {
		if (p[i] < MIN_TOPHASH)
			continue;
		if (t->indirect_key)
			mark = mix(mark, map_key(m, addr, i), t->key->size);
		if (t->indirect_elem)
			mark = mix(mark, map_elem(m, addr, i), t->elem->size);
	}
	return mark;
}

/* What was kept at the same place, if it is so now, which an equal mark tells; else another. */
static struct imprint *take_bucket(struct bucket_taking *b, uint64_t addr, struct imprint *like,
	bool marked)
{
	uint32_t size = b->m->type->unit.size;

	take_raw(b, addr);
	if (marked && memcmp(like->bytes, b->raw, size) == 0)
		return imprint_hold(like);
	take_literals(b, addr);
	if (like && imprint_is(like, b->raw, size, &b->literals))
		return imprint_hold(like);
	return imprint_new(b->raw, size, &b->literals);
}

/* The array that was kept at that address, and its marks; NULL when there is none. */
static const struct bucket_array *find_kept(const struct kept_buckets *before, uint64_t addr,
	const uint64_t **marks)
{
	for (int i = 0; before && i < 2; i++)
		if (before->addr[i] == addr && before->marks[i]) {
			*marks = before->marks[i];
			return &before->arrays[i];
		}
	return NULL;
}

static void take_array(struct bucket_taking *b, bool old, struct kept_buckets *k,
	const struct kept_buckets *before, const struct buckets *read)
{
	const struct map *m = b->m;
	uint64_t array = map_get(m, old ? HMAP_OLDBUCKETS : HMAP_BUCKETS), n, at = 0;
	const uint64_t *marks = NULL;
	const struct bucket_array *was = find_kept(before, array, &marks);
	struct bucket_array *a = &k->arrays[old];
	size_t cap = 0;

	if (!was && read)
		was = &read->arrays[old];
	k->addr[old] = array;
	a->there = array != 0;
	n = a->there ? 1ull << (old ? map_old_B(m) : map_get(m, HMAP_B)) : 0;
	for (uint64_t i = 0; i < n; i++) {
		uint64_t addr = map_bucket(m, old, i);
		uint32_t like = was && i < was->count ? was->chains[i] : 0;

		for (uint32_t c = 0; addr; addr = map_overflow(m, addr), c++) {
			uint64_t mark = mark_of(m, addr);
			struct imprint *unit = take_bucket(b, addr,
				c < like ? was->list[at + c] : NULL,
				c < like && marks && marks[at + c] == mark);

			k->marks[old] = grow(k->marks[old], &cap, a->total, sizeof mark);
			k->marks[old][a->total] = mark;
			bucket_array_add(a, unit, c == 0);
		}
		at += like;
	}
}

static void forget_marks(struct kept_buckets *k)
{
	for (int old = 0; old < 2; old++) {
		free(k->marks[old]);
		k->marks[old] = NULL;
	}
}

struct kept_buckets *kept_buckets_take(const struct map *m, struct kept_buckets *before,
	const struct buckets *read)
{
	struct kept_buckets *k = xcalloc(1, sizeof *k);
	struct bucket_taking b;

	k->life = m->heap->life;
	k->broken = m->heap->journal->broken;
	if (before && (before->life != k->life || before->broken != k->broken))
		forget_marks(before);
	taking_open(&b, m);
	take_array(&b, false, k, before, read);
	take_array(&b, true, k, before, read);
	taking_close(&b);
	if (before)
		forget_marks(before);
	return k;
}

void kept_buckets_free(struct kept_buckets *k)
{
	struct buckets all;

	if (!k)
		return;
	forget_marks(k);
	all = (struct buckets){ .arrays = { k->arrays[0], k->arrays[1] } };
	buckets_free(&all);
	free(k);
}

/* Writing */

static void add_literals(struct text *out, const char *name, const char **literal)
{
	text_printf(out, ",\"%s\":[", name);
	for (unsigned i = 0; i < SLOTS; i++, *literal += strlen(*literal) + 1) {
		if (i)
			text_addc(out, ',');
		json_add_string(out, *literal);
	}
	text_addc(out, ']');
}

/* One bucket: its raw bytes, and behind each other its literals. */
static void put_bucket(const uint8_t *raw, uint32_t size, const char *literals, struct text *text,
	FILE *out)
{
	char hex[1024];

	text_clear(text);
	text_add(text, "{\"tophash\":[");
	for (unsigned i = 0; i < SLOTS; i++) {
		if (i)
			text_addc(text, ',');
		text_add_number(text, raw[i]);
	}
	text_add(text, "],\"raw\":\"");
	for (uint32_t at = 0, n; at < size; at += n) {
		n = size - at < sizeof hex / 2 ? size - at : (uint32_t)sizeof hex / 2;
		hex_write(hex, raw + at, n);
		text_addn(text, hex, 2 * (size_t)n);
	}
	text_addc(text, '"');
	add_literals(text, "keys", &literals);
	add_literals(text, "elems", &literals);
	text_addc(text, '}');
	fwrite(text->s, 1, text->len, out);
}

static void put_kept_array(const struct bucket_array *a, struct text *text, FILE *out)
{
	uint64_t at = 0;

	if (!a->there) {
		fputs("null", out);
		return;
	}
	for (uint64_t i = 0; i < a->count; i++) {
		fputs(i ? ",\n[" : "[\n[", out);
		for (uint32_t c = 0; c < a->chains[i]; c++) {
			const struct imprint *unit = a->list[at++];

			fputs(c ? "," : "", out);
			put_bucket(unit->bytes, unit->raw, (const char *)unit->bytes + unit->raw,
				text, out);
		}
		fputs("]", out);
	}
	fputs("\n]", out);
}

void kept_buckets_write(const struct kept_buckets *k, FILE *out)
{
	struct text text = { 0 };

	fputs("\n\"buckets\": ", out);
	put_kept_array(&k->arrays[0], &text, out);
	fputs(",\n\"oldbuckets\": ", out);
	put_kept_array(&k->arrays[1], &text, out);
	text_free(&text);
}

static void put_map_array(struct bucket_taking *b, bool old, FILE *out)
{
	const struct map *m = b->m;
	uint64_t n;

	if (map_get(m, old ? HMAP_OLDBUCKETS : HMAP_BUCKETS) == 0) {
		fputs("null", out);
		return;
	}
	n = 1ull << (old ? map_old_B(m) : map_get(m, HMAP_B));
	for (uint64_t i = 0; i < n; i++) {
		uint64_t addr = map_bucket(m, old, i);

		fputs(i ? ",\n[" : "[\n[", out);
		for (bool first = true; addr; addr = map_overflow(m, addr), first = false) {
			fputs(first ? "" : ",", out);
			take_raw(b, addr);
			take_literals(b, addr);
			put_bucket(b->raw, m->type->unit.size, b->literals.s, &b->out, out);
		}
		fputs("]", out);
	}
	fputs("\n]", out);
}

void map_buckets_write(const struct map *m, FILE *out)
{
	struct bucket_taking b;

	taking_open(&b, m);
	fputs("\n\"buckets\": ", out);
	put_map_array(&b, false, out);
	fputs(",\n\"oldbuckets\": ", out);
	put_map_array(&b, true, out);
	taking_close(&b);
}
