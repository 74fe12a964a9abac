/* SPDX-License-Identifier: MIT */
#include "model/session/loads.h"

#include <stdlib.h>

#include "model/session/trial.h"
#include "model/base/mem.h"
#include "model/figures/classic/chains.h"
#include "model/map/classic/reading.h"

/* Entries that all hits together look at: in a chain of n, 1 for the first, n for the last. */
static double hits(const struct shape *s)
{
	double sum = 0;

	for (unsigned n = 1; n < FILLS_BARS; n++)
		sum += (double)s->counts[CHAINS_FILLS][n] * n * (n + 1) / 2;
	return sum;
}

static struct load_row row_of(const struct maptype *type, const struct trial *t)
{
	double n = (double)t->entries, chains = (double)t->shape.homes;
	double slots = (chains + (double)t->shape.extra) * type->unit.size;
	double cells = n * (type->keysize + type->elemsize);

	return (struct load_row){ .load = n / chains,
		.overflow = 100 * (chains - (double)t->shape.counts[CHAINS_LINKS][0]) / chains,
		.bytes = (slots - cells) / n, .hit = hits(&t->shape) / n, .miss = n / chains };
}

static bool fill(const struct session *s, struct loads *l, struct error *err)
{
	const struct maptype *type = s->world.map.type;
	uint64_t most = load_most(s->given.release, LOADS_B);

	if (value_variety(type->key) < most)
		return fail(err, "%s has too few keys to fill %u buckets", type->key->name,
			1u << LOADS_B);
	for (unsigned half = 2; half <= s->given.release->load_num &&
		l->count < LOADS_MOST; half++) {
		struct trial t;

		if (!trial_run(s, most, half * ((1ull << LOADS_B) / 2), &t, err))
			return false;
		l->rows[l->count++] = row_of(type, &t);
	}
	return true;
}

const struct loads *session_loads(struct session *s, struct error *err)
{
	struct loads *l = s->desk.loads;

	if (l && l->edition == s->time.edition)
		return l;
	free(l);
	s->desk.loads = l = xcalloc(1, sizeof *l);
	l->edition = s->time.edition;
	if (fill(s, l, err))
		return l;
	free(l);
	s->desk.loads = NULL;
	return NULL;
}
