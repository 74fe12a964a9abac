/* SPDX-License-Identifier: MIT */
/* Java's HashMap beside the Go map that is shown: where a key goes, when both grow, and why. */
#include <inttypes.h>

#include "model/figures/java.h"
#include "model/session/growths.h"
#include "tui/view/design.h"
#include "tui/view/explain.h"
#include "tui/view/figures.h"

enum { BITS = 32 };

/* The live key under the cursor; NULL where there is none. */
static const uint8_t *key_of(const struct look *l)
{
	const struct map *m = &l->session->world.map;

	if (!l->cursor.addr || !map_live(m, l->cursor.addr, l->cursor.slot))
		return NULL;
	return map_key(m, l->cursor.addr, l->cursor.slot);
}

static unsigned index_bits(uint64_t capacity)
{
	unsigned bits = 0;

	while (1ull << bits < capacity)
		bits++;
	return bits;
}

/* The bits of the spread, those of the index marked. */
static int put_bits(const struct pane *p, int y, uint32_t spread, unsigned bits)
{
	int x = 0;

	for (unsigned i = BITS; i-- > 0;) {
		x += pane_text(p, x, y, i < bits ? ROLE_HASH_INDEX : ROLE_HASH_REST,
			spread >> i & 1 ? "1" : "0");
		if (i == bits)
			x += pane_text(p, x, y, ROLE_HASH_REST, "│");
		else if (i % 8 == 0 && i > 0)
			x++;
	}
	return 1;
}

/* As Java has it. */
static int put_java(const struct pane *p, int y, const struct java_key *k, uint64_t entries)
{
	uint64_t capacity = java_capacity(entries);

	if (!k->class) {
		pane_textn(p, 0, y, p->w, ROLE_NOTE,
			"Java has no such key with a hashCode of its own");
		return 1;
	}
	pane_printf(p, 0, y, ROLE_TITLE, "Java: a key of class %s, hashCode 0x%08" PRIx32, k->class,
		k->code);
	pane_printf(p, 0, y + 1, ROLE_TEXT, "spread h ^ h >>> 16: 0x%08" PRIx32, k->spread);
	put_bits(p, y + 2, k->spread, index_bits(capacity));
	pane_printf(p, 0, y + 3, ROLE_NOTE, "& %" PRIu64 ": bucket %" PRIu64 " of %" PRIu64,
		capacity - 1, k->spread & (capacity - 1), capacity);
	return 4;
}

int java_draw(const struct present *now, const struct pane *p)
{
	const struct look *l = now->look;
	const struct map *m = &now->session->world.map;
	const uint8_t *key = key_of(l);
	struct text value = { 0 };
	struct java_key k;
	int y;

	if (!key) {
		pane_textn(p, 0, 0, p->w, ROLE_NOTE, "there is no key at this place");
		return 2;
	}
	value_format(m->heap, m->type->key, key, &value, 200);
	pane_text(p, 0, 0, ROLE_LABEL, "key");
	pane_datan(p, 4, 0, p->w - 4, ROLE_KEY, text_str(&value));
	text_free(&value);
	k = java_key_of(m, key);
	y = 2 + put_java(p, 2, &k, map_count(m)) + 1;
	pane_printf(p, 0, y, ROLE_TITLE, "Go %s", now->session->given.release->name);
	if (explain_is_nan(l)) {
		pane_textn(p, 0, y + 1, p->w, ROLE_NOTE, "a NaN has another hash each time");
		return y + 3;
	}
	return y + 1 + look_design(l)->hash(l, p, y + 1) + 1;
}

/* For documents and programs: the same in figures. */
static void put_key(const struct present *now, struct sheet *out)
{
	const struct map *m = &now->session->world.map;
	const uint8_t *key = key_of(now->look);
	struct java_key k;

	if (!key || explain_is_nan(now->look))
		return;
	k = java_key_of(m, key);
	sheet_count(out, "go_hash", map_hash_of(m, key).hash);
	sheet_count(out, "go_unit", now->look->cursor.unit);
	if (!k.class)
		return;
	sheet_data(out, "java_class", k.class);
	sheet_count(out, "java_hash_code", k.code);
	sheet_count(out, "java_spread", k.spread);
	sheet_count(out, "java_buckets", java_capacity(map_count(m)));
	sheet_count(out, "java_bucket", k.spread & (java_capacity(map_count(m)) - 1));
}

static const struct column growth_columns[] = {
	{ "Java: entry", "Java grows at entry", "java_entries", .width = 12, .role = ROLE_INDEX },
	{ "buckets", "its buckets then", "java_buckets", .width = 9, .role = ROLE_VALUE },
	{ "bytes", "its bytes", "java_bytes", .width = 9, .role = ROLE_VALUE },
	{ "Go: entry", "Go grows at entry", "go_entries", .width = 13, .role = ROLE_INDEX },
	{ "slots", "its slots then", "go_slots", .width = 9, .role = ROLE_VALUE },
	{ "bytes", "its bytes", "go_bytes", .width = 9, .role = ROLE_VALUE },
};

static void put_growths(const struct growth_row *rows, unsigned count, struct sheet *out)
{
	struct sheet_table *t;
	uint64_t entries = 1;

	sheet_gap(out);
	t = sheet_table(out, "growths", COLUMNS(growth_columns));
	t->heads = ROLE_TITLE;
	for (unsigned i = 0; i < count; i++, entries = java_capacity(entries) / 4 * 3 + 1) {
		struct row *r = table_row(t);

		row_count(r, entries);
		row_count(r, java_capacity(entries));
		row_count(r, java_bytes(entries));
		row_count(r, rows[i].entries);
		row_count(r, rows[i].slots);
		if (rows[i].bytes)
			row_count(r, rows[i].bytes);
		else
			row_none(r);
	}
}

static const struct { const char *what, *figure, *source; } sources[] = {
	{ "first table", "16 buckets", "DEFAULT_INITIAL_CAPACITY" },
	{ "doubles beyond", "0.75 entries a bucket", "DEFAULT_LOAD_FACTOR, resize()" },
	{ "spread", "h ^ h >>> 16", "HashMap.hash()" },
	{ "a list is a tree", "from 8 nodes on,", "TREEIFY_THRESHOLD" },
	{ "", "of 64 buckets and more", "MIN_TREEIFY_CAPACITY" },
	{ "HashMap", "48 bytes (64)", "JOL 0.17 on OpenJDK 17 and 25" },
	{ "Node of an entry", "32 bytes (40)", "the same" },
	{ "table of buckets", "16 bytes + 4 (8) each", "the same" },
	{ "Long, Integer", "24 and 16 bytes", "the same" },
};

static const struct column source_columns[] = {
	{ "of Java", "of Java", "what", .width = 17, .left = true, .role = ROLE_LABEL },
	{ "", "figure", "figure", .width = 23, .left = true, .role = ROLE_VALUE },
	{ "source", "source", "source", .left = true, .role = ROLE_NOTE },
};

static void put_sources(struct sheet *out)
{
	struct sheet_table *t;

	sheet_gap(out);
	t = sheet_table(out, "sources", COLUMNS(source_columns));
	t->heads = ROLE_TITLE;
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		struct row *r = table_row(t);

		row_words(r, sources[i].what);
		row_words(r, sources[i].figure);
		row_words(r, sources[i].source);
	}
	sheet_words(out, FOR_PEOPLE, 0, 0, ROLE_NOTE,
		"In brackets: without compressed pointers.");
}

bool java_sheet(const struct present *now, struct sheet *out, struct error *err)
{
	struct growth_row rows[GROWTHS_SHOWN];
	unsigned count;

	put_key(now, out);
	if (!session_growths(now->session, rows, &count, err))
		return false;
	put_growths(rows, count, out);
	sheet_gap(out);
	sheet_words(out, FOR_PEOPLE, 0, 0, ROLE_NOTE, "Java's bytes are without keys and values, "
		"objects of their own that a bucket's nodes lead to; Go's are with keys and elems, "
		"which lie in the map.");
	sheet_gap(out);
	sheet_words(out, FOR_PEOPLE, 0, 0, ROLE_TEXT, "Why 0.75, 6.5 and 7? They count different "
		"things. A bucket of Java is a list, of one node for each entry: at 0.75 entries a "
		"bucket most lists have one or none, and an empty bucket costs 4 bytes. A bucket "
		"of Go has room for 8 entries, 6.5 of 8 are 0.81 of its slots: fuller, and many "
		"would need a second one behind. A Swiss table has no lists; at 7 of 8, 0.88, a "
		"search still meets an empty slot soon, and looks at 8 control bytes at once.");
	sheet_gap(out);
	sheet_words(out, FOR_PEOPLE, 0, 0, ROLE_TEXT,
		"Java's index is the low bits of hashCode, which its keys choose: the spread "
		"brings the high bits down to them. Go hashes every key with a random seed, so all "
		"its bits are equally good, and nobody outside can tell where a key goes.");
	put_sources(out);
	return true;
}
