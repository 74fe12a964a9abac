/* SPDX-License-Identifier: MIT */
#include "tui/view/summary.h"

#include <stdarg.h>
#include <stdlib.h>

#include "model/session/books.h"
#include "model/map/classic/reading.h"

/* Where the rows go: `name: value` or a row of a table. */
struct rows {
	FILE *out;
	bool markdown;
};

static void row(const struct rows *r, const char *name, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void row(const struct rows *r, const char *name, const char *format, ...)
{
	va_list ap;

	fprintf(r->out, r->markdown ? "| %s | " : "%s: ", name);
	va_start(ap, format);
	vfprintf(r->out, format, ap);
	va_end(ap);
	fputs(r->markdown ? " |\n" : "\n", r->out);
}

static void memory_rows(const struct rows *r, const struct session *s)
{
	const struct map *m = &s->world.map;
	const struct heap_state *h = &s->world.heap.state;
	struct account reached = map_reached(m);
	unsigned long long count = map_get(m, HMAP_COUNT);

	row(r, "in use", "%llu bytes in %llu objects", (unsigned long long)reached.bytes,
		(unsigned long long)reached.objects);
	row(r, "allocated", "%llu bytes in %llu objects", (unsigned long long)h->alloc_bytes,
		(unsigned long long)h->alloc_objects);
	if (count > 0)
		row(r, "bytes for each entry", "%.1f", (double)reached.bytes / (double)count);
}

static void growth_rows(const struct rows *r, const struct session *s)
{
	const struct map *m = &s->world.map;

	if (map_growing(m))
		row(r, "growing", "%llu of %llu old buckets evacuated%s",
			(1ull << map_old_B(m)) - session_ledger(s)->waiting, 1ull << map_old_B(m),
			map_get(m, HMAP_FLAGS) & FLAG_SAME_SIZE ? ", to the same size" : "");
	else if (map_growth_due(m) == GROWTH_SAME_SIZE)
		row(r, "next growth", "at the next new key, to the same size");
	else if (map_get(m, HMAP_COUNT) > load_most(s->given.release, (unsigned)map_get(m, HMAP_B)))
		row(r, "next growth", "at the next new key");
	else
		row(r, "next growth", "at entry %llu",
			(unsigned long long)load_most(s->given.release, (unsigned)map_get(m,
			HMAP_B)) + 1);
}

/* The header counts those of the new array only, and from B 16 on by chance. */
static void overflow_row(const struct rows *r, const struct session *s, unsigned B)
{
	const struct ledger *l = session_ledger(s);
	unsigned long long noverflow = map_get(&s->world.map, HMAP_NOVERFLOW);

	if (B >= 16)
		row(r, "overflow buckets", "%llu (noverflow %llu: it counts one in %u)",
			(unsigned long long)l->buckets[BUCKET_LINKED], noverflow, 1u << (B - 15));
	else
		row(r, "overflow buckets", "%llu", noverflow);
}

static void all_rows(const struct rows *r, const struct session *s)
{
	const struct map *m = &s->world.map;
	const struct maptype *t = m->type;
	unsigned B = (unsigned)map_get(m, HMAP_B);
	uint64_t all = map_get(m, HMAP_BUCKETS) ? maptype_array_buckets(t, B) : 0;
	char flags[64];

	flags_words((unsigned)map_get(m, HMAP_FLAGS), flags);
	row(r, "type", r->markdown ? "`%s`" : "%s", t->asked);
	row(r, "target", "%s, Go %s, classic, %s hash", s->given.target->name,
		s->given.release->name, s->given.family == HASH_AES ? "AES" : "portable");
	row(r, "count", "%llu", (unsigned long long)map_get(m, HMAP_COUNT));
	row(r, "B", "%u", B);
	row(r, "buckets", "%llu of %u bytes, and %llu spare", all ? 1ull << B : 0ull, t->unit.size,
		(unsigned long long)(all ? all - (1ull << B) : 0));
	overflow_row(r, s, B);
	row(r, "load", "%.2f of %.1f", (double)map_get(m, HMAP_COUNT) / (double)(1ull << B),
		B ? s->given.release->load_num / 2.0 : SLOTS);
	row(r, "flags", "%s", *flags ? flags : "none");
	growth_rows(r, s);
	memory_rows(r, s);
}

void summary_text(const struct session *s, FILE *out)
{
	struct rows r = { .out = out };

	all_rows(&r, s);
	if (target_hash_note(s->given.target, s->given.family))
		row(&r, "note", "%s: %s", s->given.target->name, target_hash_note(s->given.target,
			s->given.family));
}

void summary_markdown(const struct session *s, FILE *out)
{
	struct rows r = { .out = out, .markdown = true };

	fprintf(out, "| map | |\n|---|---|\n");
	all_rows(&r, s);
	if (target_hash_note(s->given.target, s->given.family))
		fprintf(out, "\n%s: %s.\n", s->given.target->name, target_hash_note(s->given.target,
			s->given.family));
}
