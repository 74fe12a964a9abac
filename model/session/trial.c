/* SPDX-License-Identifier: MIT */
#include "model/session/trial.h"

#include <stdio.h>

#include "model/figures/figures.h"
#include "model/session/beside.h"

bool trial_open(const struct session *like, const char *type, uint64_t seed, uint64_t hint,
	struct session *s, struct error *err)
{
	return beside_open_as(like, (struct session_options){ .type = type,
		.release = like->given.release->name, .hint = hint, .seed = seed }, s, err);
}

bool trial_fill(struct session *s, uint64_t entries, struct error *err)
{
	char line[32];
	bool ok;

	snprintf(line, sizeof line, "fill %llu", (unsigned long long)entries);
	ok = session_run(s, line, err).ok;
	return s->run.interrupted ? work_fail(err) : ok;
}

bool trial_run(const struct session *like, uint64_t seed, uint64_t hint, uint64_t entries,
	struct trial *t, struct error *err)
{
	const struct hint_form *form = figures_of_type(like->world.map.type)->hints;
	struct session s;
	bool ok;

	*t = (struct trial){ .hint = hint, .entries = entries };
	if (!trial_open(like, like->world.map.type->asked, seed, hint, &s, err))
		return false;
	ok = trial_fill(&s, entries, err);
	if (ok) {
		form->take(&s.world.map, &t->map);
		t->map.in_use = map_reached(&s.world.map);
		shape_take(&s.world.map, &t->shape);
		t->map.allocated = map_allocated(&s.world.map);
	}
	session_close(&s);
	return ok;
}

bool trial_plan(const struct maptype *type, bool stays, uint64_t hint, uint64_t entries,
	struct trial *t)
{
	const struct hint_form *form = figures_of_type(type)->hints;
	bool unit = map_stacks_unit(hint) && entries;

	*t = (struct trial){ .hint = hint, .entries = entries, .about = true };
	if (!form->plan(type, hint, entries, &t->map))
		return false;
	if (stays) {
		t->map.in_use = account_less(t->map.in_use,
			map_stacked(type, unit && entries <= SLOTS));
		t->map.allocated = account_less(t->map.allocated, map_stacked(type, unit));
	}
	return true;
}

unsigned trial_steps(const struct session *s, struct hint_step *list, unsigned most)
{
	const struct maptype *t = s->world.map.type;
	unsigned n = hint_steps(t, map_count(&s->world.map), list, most);

	for (unsigned i = 0; s->given.stays && i < n; i++)
		list[i].map.in_use = account_less(list[i].map.in_use, map_stacked(t, false));
	return n;
}

unsigned trials_make(const struct session *s, struct trial list[TRIALS])
{
	uint64_t entries = map_count(&s->world.map);
	const uint64_t hints[] = { 0, entries, s->world.hint };
	bool run = entries <= TRIAL_MOST && entries <= value_variety(s->world.map.type->key);
	unsigned n = 0;

	for (size_t i = 0; entries && i < TRIALS; i++) {
		struct error unused;

		if (i == 2 && (s->world.hint == 0 || s->world.hint == entries))
			continue;
		n += run ? trial_run(s, s->given.seed, hints[i], entries, &list[n], &unused)
			 : trial_plan(
				   s->world.map.type, s->given.stays, hints[i], entries, &list[n]);
	}
	return n;
}
