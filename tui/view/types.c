/* SPDX-License-Identifier: MIT */
#include "tui/view/types.h"

#include <string.h>

#include "model/engines/engines.h"
#include "model/figures/plan.h"
#include "model/map/classic/reading.h"

enum { B = 10 }; /* of the maps that the bytes for each entry are of */

static const char *const usual[] = {
	"map[int]int", "map[int]string", "map[string]int", "map[string]string", "map[string]bool",
	"map[string]struct{}", "map[string][]byte", "map[string]any", "map[int]bool",
	"map[int32]int32", "map[int64]int8", "map[int]*int", "map[[16]byte]int",
	"map[int]struct{ A int8; B int64; C int8 }", "map[int][128]byte", "map[int][129]byte",
};

/* The session's own target, and amd64 or 386 where it is of the other word size. */
static const struct target *target_of(const struct session *s, unsigned i)
{
	const struct target *own = s->given.target;
	struct error unused;

	return (own->ptrsize == 8) == (i == 0) ? own : target_find(i ? "386" : "amd64", &unused);
}

/* Bytes for each entry of a map with 2^B buckets that are so full. */
static double each(const struct maptype *t, double part)
{
	uint64_t entries = (uint64_t)(part * (double)load_most(t->release, B));
	struct plan p = plan_map(t, B, entries);

	return (double)plan_about(&p) / (double)entries;
}

const char *types_name(const struct session *s, unsigned i)
{
	const char *own = s->world.map.type->asked;

	if (i == 0)
		return own;
	for (unsigned k = 0; k < sizeof usual / sizeof *usual; k++)
		if (strcmp(usual[k], own) != 0 && --i == 0)
			return usual[k];
	return NULL;
}

bool types_row(const struct session *s, const char *name, unsigned target, struct type_row *row)
{
	struct error unused;
	const struct target *of = target_of(s, target);
	struct maptype *t = maptype_new(name, of, s->given.release, &unused);

	if (t)
		*row = (struct type_row){ of->name, t->keysize, t->elemsize, t->unit.size,
			plan_key_padding(t) + plan_elem_padding(t), each(t, 1), each(t, 0.75) };
	maptype_free(t);
	return t != NULL;
}

static void put_type(const struct session *s, const char *name, FILE *out)
{
	struct type_row row;

	fprintf(out, "| `%s` |", name);
	for (unsigned i = 0; i < TYPE_TARGETS; i++) {
		if (types_row(s, name, i, &row))
			fprintf(out, " %u | %llu | %.1f | %.1f |", row.bucketsize,
				(unsigned long long)row.padding, row.full, row.typical);
		else
			fputs(" – | – | – | – |", out);
	}
	fputc('\n', out);
}

void types_table(const struct session *s, FILE *out)
{
	const struct release *r = s->given.release;
	const char *name;

	fputs("| type | bucket, 64 bit | padding | full | typical "
	      "| bucket, 32 bit | padding | full | typical |\n"
	      "|---|--:|--:|--:|--:|--:|--:|--:|--:|\n", out);
	for (unsigned i = 0; (name = types_name(s, i)) != NULL; i++)
		put_type(s, name, out);
	fprintf(out,
		"\nIn bytes, Go %s, %s and %s. bucket: of 8 slots. padding: inside the key and "
		"the elem of one slot.\nfull, typical: bytes for each entry of a map with %u "
		"buckets, %.1f and %.2f entries in each, about: with as many\noverflow buckets as "
		"chance makes, and what keys and elems over %u bytes take apart; what strings\n"
		"point to is not included.\n",
		r->name, target_of(s, 0)->name, target_of(s, 1)->name, 1u << B, r->load_num / 2.0, 0.75 * r->load_num / 2.0, INLINE_MOST);
}
