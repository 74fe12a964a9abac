/* SPDX-License-Identifier: MIT */
#include "model/source/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "model/figures/ledger.h"
#include "model/base/hex.h"
#include "model/base/json.h"
#include "model/base/mem.h"
#include "model/map/reach.h"
#include "model/source/loop.h"
#include "model/source/reading.h"
#include "model/source/source.h"

/* Where a snapshot's JSON goes: buckets are written one by one, a map may have millions. */
struct writer {
	const struct session *s;
	FILE *out;
	uint8_t *mask;    /* enum gotype_byte for each byte of a bucket */
	uint8_t *bytes;
	bool failed;      /* something could not be written */
};

static void zero_parts(uint8_t *bytes, const uint8_t *what, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (what[i] != BYTE_DATA)
			bytes[i] = 0;
}

static void put_json(struct writer *w, json_t *value)
{
	w->failed |= !json_write(value, JSON_COMPACT | JSON_ENCODE_ANY, w->out);
}

static json_t *slot_literals(struct writer *w, uint64_t addr, bool elems)
{
	const struct map *m = &w->s->map;
	const uint8_t *tops = map_at(m, addr);
	json_t *list = json_array();
	struct text text = { 0 };

	for (unsigned i = 0; i < SLOTS; i++) {
		const struct gotype *type = elems ? m->type->elem : m->type->key;
		const uint8_t *p;

		text_clear(&text);
		if (tops[i] >= MIN_TOPHASH) {
			p = elems ? map_elem(m, addr, i) : map_key(m, addr, i);
			if (value_unknown(m->heap, type, p))
				text_add(&text, SOURCE_UNKNOWN);
			else
				value_format(m->heap, type, p, &text, 0);
		}
		json_array_append_new(list, json_words(text_str(&text)));
	}
	text_free(&text);
	return list;
}

static json_t *raw_hex(struct writer *w, uint64_t addr)
{
	size_t n = w->s->map.type->bucketsize;
	char *hex = xmalloc(2 * n + 1);
	json_t *value;

	memcpy(w->bytes, map_at(&w->s->map, addr), n);
	zero_parts(w->bytes, w->mask, n);
	hex_write(hex, w->bytes, n);
	value = json_stringn(hex, 2 * n);
	free(hex);
	return value;
}

static void put_bucket(struct writer *w, uint64_t addr)
{
	const uint8_t *tops = map_at(&w->s->map, addr);
	json_t *bucket = json_object(), *tophash = json_array();

	for (unsigned i = 0; i < SLOTS; i++)
		json_array_append_new(tophash, json_integer(tops[i]));
	json_object_set_new(bucket, "tophash", tophash);
	json_object_set_new(bucket, "raw", raw_hex(w, addr));
	json_object_set_new(bucket, "keys", slot_literals(w, addr, false));
	json_object_set_new(bucket, "elems", slot_literals(w, addr, true));
	put_json(w, bucket);
}

static void put_array(struct writer *w, bool old)
{
	const struct map *m = &w->s->map;
	uint64_t n;

	if (map_get(m, old ? HMAP_OLDBUCKETS : HMAP_BUCKETS) == 0) {
		fputs("null", w->out);
		return;
	}
	n = 1ull << (old ? map_old_B(m) : map_get(m, HMAP_B));
	for (uint64_t i = 0; i < n; i++) {
		uint64_t addr = map_bucket(m, old, i);

		fputs(i ? ",\n[" : "[\n[", w->out);
		for (bool first = true; addr; addr = map_overflow(m, addr), first = false) {
			fputs(first ? "" : ",", w->out);
			put_bucket(w, addr);
		}
		fputs("]", w->out);
	}
	fputs("\n]", w->out);
}

static void put_field(struct writer *w, const char *name, json_t *value)
{
	fprintf(w->out, "\"%s\": ", name);
	put_json(w, value);
	fputs(", ", w->out);
}

static void put_number(struct writer *w, const char *name, uint64_t value)
{
	put_field(w, name, json_integer((json_int_t)value));
}

/* Bytes by cause, which add up to inuse_bytes. */
static json_t *ledger_json(const struct ledger *l)
{
	json_t *object = json_object();

	for (int i = 0; i < LEDGER_CAUSES; i++)
		json_object_set_new(object, ledger_word((enum ledger_cause)i),
			json_integer((json_int_t)ledger_cause_bytes(l, (enum ledger_cause)i)));
	return object;
}

/* What will be drawn: who reads the state back can go on just as we would have done. */
static void put_chance(struct writer *w, const struct random *random)
{
	char state[24];
	json_t *seeds = json_array();

	snprintf(state, sizeof state, "0x%016llx", (unsigned long long)random->state);
	put_field(w, "random", json_string(state));
	for (uint32_t i = random->head; i != random->tail; i++)
		json_array_append_new(seeds, json_integer(random->queue[i % RANDOM_QUEUE]));
	if (json_array_size(seeds))
		put_field(w, "seeds", seeds);
	else
		json_decref(seeds);
}

static void put_snapshot(struct writer *w, const char *title)
{
	const struct map *m = &w->s->map;
	const struct source_snapshot *opened = session_opened(w->s);
	const char *caption = session_words(w->s);
	struct ledger ledger;
	char hash0[16];
	bool from_file;

	ledger_take(m, &ledger);
	snprintf(hash0, sizeof hash0, "0x%08x", (unsigned)map_get(m, HMAP_HASH0));
	fputs("{", w->out);
	put_field(w, "title", json_words(title));
	if (caption)
		put_field(w, "caption", json_words(caption));
	put_number(w, "count", map_get(m, HMAP_COUNT));
	put_number(w, "flags", map_get(m, HMAP_FLAGS));
	put_number(w, "B", map_get(m, HMAP_B));
	put_number(w, "noverflow", map_get(m, HMAP_NOVERFLOW));
	put_field(w, "hash0", json_string(hash0));
	put_number(w, "nevacuate", map_get(m, HMAP_NEVACUATE));
	put_field(w, "next_overflow", json_integer(map_next_overflow(m)));
	if (map_growing(m))
		put_number(w, "old_next_overflow", map_used_buckets(m, true));
	put_field(w, "extra", json_boolean(map_get(m, HMAP_EXTRA) != 0));
	put_number(w, "alloc_objects", w->s->heap.state.alloc_objects);
	put_number(w, "alloc_bytes", w->s->heap.state.alloc_bytes);
	/*
	 * Old buckets that chains no longer lead to may still be in use, and no snapshot shows them:
	 * the figures of a file are better than those of what was rebuilt from it.
	 */
	from_file = opened && opened->has_in_use;
	put_number(w, "inuse_objects", from_file ? opened->in_use.objects : ledger.objects);
	put_number(w, "inuse_bytes", from_file ? opened->in_use.bytes : ledger.total);
	put_number(w, "freed_objects", w->s->heap.state.freed_objects);
	put_number(w, "freed_bytes", w->s->heap.state.freed_bytes);
	put_chance(w, &w->s->random);
	put_field(w, "ledger", ledger_json(&ledger));
	put_number(w, "referred_bytes", ledger.referred);
	if (m->loop.begun)
		put_field(w, "range", loop_json(w->s));
	fputs("\n\"buckets\": ", w->out);
	put_array(w, false);
	fputs(",\n\"oldbuckets\": ", w->out);
	put_array(w, true);
	fputs("}", w->out);
}

static void writer_open(struct writer *w, const struct session *s, FILE *out)
{
	const struct maptype *t = s->map.type;

	*w = (struct writer){ .s = s, .out = out, .mask = xmalloc(t->bucketsize),
		.bytes = xmalloc(t->bucketsize) };
	maptype_bucket_bytes(t, w->mask);
}

static void writer_close(struct writer *w)
{
	free(w->mask);
	free(w->bytes);
}

char *snapshot_json(const struct session *s, const char *title)
{
	struct writer w;
	struct text text = { 0 };
	FILE *out = text_stream(&text);

	writer_open(&w, s, out);
	put_snapshot(&w, title);
	writer_close(&w);
	fclose(out);
	return text.s;
}

/*
 * Whether the present state is to be written: when no snapshot was taken, and it is not the last
 * one of the file that was opened.
 */
static bool is_past(const struct session *s)
{
	bool opened = s->source && s->nentries == 1 && s->now == s->total;
	size_t written = 0;

	for (size_t i = 0; i < s->nsnapshots; i++) {
		if (s->snapshots[i].json && !s->snapshots[i].opened)
			return false;
		written += s->snapshots[i].json != NULL;
	}
	return !opened || !written;
}

bool snapshot_write(const struct session *s, FILE *out, struct error *err)
{
	const struct maptype *t = s->map.type;
	struct text key = { 0 };
	struct writer w;
	size_t written = 0;

	writer_open(&w, s, out);
	fputs("{", out);
	put_field(&w, "format", json_string(READING_FORMAT));
	put_field(&w, "type", json_words(t->asked));
	put_field(&w, "arch", json_string(s->target->name));
	put_field(&w, "go", json_sprintf("go%s", s->release->name));
	put_field(&w, "engine", json_string("classic"));
	if (!s->source || s->source->hashed) {
		put_field(&w, "hash", json_string(s->family == HASH_AES ? "aes" : "wyhash"));
		session_hashkey(s, &key);
		put_field(&w, "hashkey", json_words(text_str(&key)));
		text_free(&key);
	}
	put_number(&w, "keysize", t->keysize);
	put_number(&w, "elemsize", t->elemsize);
	put_number(&w, "bucketsize", t->bucketsize);
	fputs("\n\"snapshots\": [\n", out);
	for (size_t i = 0; i < s->nsnapshots; i++) {
		if (!s->snapshots[i].json)
			continue;
		fputs(written++ ? ",\n" : "", out);
		fputs(s->snapshots[i].json, out);
	}
	if (is_past(s)) {
		fputs(written ? ",\n" : "", out);
		put_snapshot(&w, "end");
	}
	fputs("\n]}\n", out);
	writer_close(&w);
	return (!w.failed && !ferror(out)) || fail(err, "the output could not be written");
}
