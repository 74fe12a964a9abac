/* SPDX-License-Identifier: MIT */
#include "model/session/trial.h"

#include <stdio.h>

#include "model/figures/chance.h"
#include "model/figures/classic/plan.h"
#include "model/map/classic/reading.h"

static bool run_trial(struct session *s, const struct session *like, uint64_t entries,
	struct error *err)
{
	char line[32];

	if (like->given.family_chosen && like->given.family == like->given.chosen &&
		!session_set_hash(s, like->given.chosen, like->given.hashkey_size
		? like->given.hashkey : NULL,
			like->given.hashkey_size, err))
		return false;
	snprintf(line, sizeof line, "fill %llu", (unsigned long long)entries);
	return session_run(s, line, err).ok && (!s->run.interrupted || work_fail(err));
}

static void take_buckets(const struct map *m, struct trial *t)
{
	t->B = (unsigned)map_get(m, HMAP_B);
	if (map_get(m, HMAP_BUCKETS)) {
		t->buckets = 1ull << t->B;
		t->spare = maptype_array_buckets(m->type, t->B) - t->buckets;
	}
	t->overflow = map_get(m, HMAP_NOVERFLOW);
}

bool trial_run(const struct session *like, uint64_t seed, uint64_t hint, uint64_t entries,
	struct trial *t, struct error *err)
{
	struct session_options o = { .type = like->world.map.type->asked,
		.arch = like->given.target->name,
		.release = like->given.release->name, .hint = hint, .seed = seed,
		.declared = like->given.declared };
	const struct heap_state *h;
	struct session s;
	bool ok;

	*t = (struct trial){ .hint = hint, .entries = entries };
	if (!session_open(&s, &o, err))
		return false;
	s.hooks.watcher = like->hooks.watcher;
	ok = run_trial(&s, like, entries, err);
	if (ok) {
		h = &s.world.heap.state;
		if (like->given.release->engine == ENGINE_CLASSIC)
			take_buckets(&s.world.map, t);
		t->in_use = map_reached(&s.world.map);
		shape_take(&s.world.map, &t->shape);
		t->allocated = (struct account){ h->alloc_objects, h->alloc_bytes };
	}
	session_close(&s);
	return ok;
}

bool trial_plan(const struct maptype *type, uint64_t hint, uint64_t entries, struct trial *t)
{
	struct plan_way way;
	struct plan end;

	*t = (struct trial){ .hint = hint, .entries = entries, .about = true,
		.B = maptype_hint_B(type, hint) };
	while (load_most(type->release, t->B) < entries)
		if (maptype_array_buckets(type, ++t->B) == 0)
			return false;
	end = plan_map(type, t->B, entries);
	way = plan_filling(type, hint, entries);
	t->buckets = end.buckets;
	t->spare = end.spare;
	t->overflow = (uint64_t)(chance_overflow(entries, end.buckets) + 0.5);
	t->in_use = (struct account){ end.objects + end.more_objects, plan_about(&end) };
	t->allocated = (struct account){ way.objects, way.bytes };
	return true;
}

unsigned trials_make(const struct session *s, struct trial list[TRIALS])
{
	uint64_t entries = map_count(&s->world.map);
	const uint64_t hints[] = { 0, entries, s->world.hint };
	bool run = entries <= TRIAL_MOST && entries <= value_variety(s->world.map.type->key);
	unsigned n = 0;

	/* The figures of a trial are buckets. */
	if (s->given.release->engine != ENGINE_CLASSIC)
		return 0;
	for (size_t i = 0; entries && i < TRIALS; i++) {
		struct error unused;

		if (i == 2 && (s->world.hint == 0 || s->world.hint == entries))
			continue;
		n += run ? trial_run(s, s->given.seed, hints[i], entries, &list[n], &unused)
			 : trial_plan(s->world.map.type, hints[i], entries, &list[n]);
	}
	return n;
}
