/* SPDX-License-Identifier: MIT */
#include "model/session/loads.h"

#include <stdlib.h>

#include "model/session/trial.h"
#include "model/base/mem.h"
#include "model/figures/figures.h"
#include "model/figures/numbers.h"

/* All maps of one load, as one shape. */
static bool fill_maps(const struct session *s, const struct loads_form *f, uint64_t entries,
	struct shape *sum, struct error *err)
{
	*sum = (struct shape){ 0 };
	for (unsigned i = 0; i < f->maps; i++) {
		struct trial t;

		if (!trial_run(s, s->given.seed + i, f->hint(s->given.release), entries, &t, err))
			return false;
		numbers_add(sum, &t.shape, sizeof *sum, 1);
	}
	return true;
}

static bool fill(const struct session *s, struct loads *l, struct error *err)
{
	const struct maptype *type = s->world.map.type;
	const struct loads_form *f = figures_of_type(type)->loads;

	l->form = f;
	l->most = f->most(s->given.release);
	if (value_variety(type->key) < l->most * f->in_a_map / 2)
		return fail(err, "%s has too few keys to fill %llu %s", type->key->name,
			(unsigned long long)f->in_a_map, f->units);
	for (unsigned half = 2; half <= l->most && l->count < LOADS_MOST; half++) {
		struct shape sum;

		if (!fill_maps(s, f, half * (f->in_a_map / 2), &sum, err))
			return false;
		l->rows[l->count++] = f->row(type, &sum);
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
