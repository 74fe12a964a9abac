/* SPDX-License-Identifier: MIT */
#include "tui/view/loads.h"

#include <inttypes.h>

#include "model/analysis/trial.h"

enum { B = 14 }; /* of the maps that are filled */

/* Entries that all hits together look at: in a chain of n, 1 for the first, n for the last. */
static double hits(const struct shape *s)
{
	double sum = 0;

	for (unsigned n = 1; n < SHAPE_FILLS; n++)
		sum += (double)s->fills[n] * n * (n + 1) / 2;
	return sum;
}

static void put_row(const struct maptype *type, const struct trial *t, FILE *out)
{
	double n = (double)t->entries, chains = (double)t->shape.chains;
	double slots = (chains + (double)t->shape.overflow) * type->bucketsize;
	double cells = n * (type->keysize + type->elemsize);

	fprintf(out, "| %.2f | %.2f | %.2f | %.2f | %.2f |\n", n / chains,
		100 * (chains - (double)t->shape.links[0]) / chains, (slots - cells) / n,
		hits(&t->shape) / n, n / chains);
}

bool loads_table(const struct session *s, FILE *out, struct error *err)
{
	const struct maptype *type = s->map.type;
	uint64_t most = load_most(s->release, B);

	if (value_variety(type->key) < most)
		return fail(
			err, "%s has too few keys to fill %u buckets", type->key->name, 1u << B);
	fprintf(out, "| load | %% overflow | bytes for each entry | hit | miss |\n"
		     "|--:|--:|--:|--:|--:|\n");
	for (unsigned half = 2; half <= s->release->load_num; half++) {
		struct trial t;

		if (!trial_run(s, most, half * ((1ull << B) / 2), &t, err))
			return false;
		put_row(type, &t, out);
	}
	fprintf(out,
		"\n%s on %s, %u buckets filled with generated keys. load: entries for each bucket. "
		"%% overflow: of\nthe buckets have an overflow bucket. bytes: on top of key and "
		"elem. hit, miss: entries that a lookup\npasses on average. At %.1f the map "
		"grows.\n",
		type->asked, s->target->name, 1u << B, s->release->load_num / 2.0);
	return true;
}
