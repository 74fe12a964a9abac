/* SPDX-License-Identifier: MIT */
#include "model/trial.h"

#include <stdio.h>

static bool run_trial(struct session *s, const struct session *like, uint64_t entries,
	struct error *err)
{
	char line[32];

	if (like->family_chosen && like->family == like->chosen &&
		!session_set_hash(s, like->chosen, like->hashkey_size ? like->hashkey : NULL,
			like->hashkey_size, err))
		return false;
	snprintf(line, sizeof line, "fill %llu", (unsigned long long)entries);
	return session_run(s, line, err);
}

bool trial_run(const struct session *like, uint64_t hint, uint64_t entries, struct trial *t,
	struct error *err)
{
	struct session_options o = { .type = like->map.type->asked, .arch = like->target->name,
		.release = like->release->name, .hint = hint, .seed = like->seed };
	const struct heap_state *h;
	struct session s;
	bool ok;

	*t = (struct trial){ .hint = hint, .entries = entries };
	if (!session_open(&s, &o, err))
		return false;
	ok = run_trial(&s, like, entries, err);
	if (ok) {
		h = &s.heap.state;
		t->B = (unsigned)map_get(&s.map, HMAP_B);
		if (map_get(&s.map, HMAP_BUCKETS)) {
			t->buckets = 1ull << t->B;
			t->spare = maptype_array_buckets(s.map.type, t->B) - t->buckets;
		}
		t->overflow = map_get(&s.map, HMAP_NOVERFLOW);
		t->in_use = map_reached(&s.map);
		shape_take(&s.map, &t->shape);
		t->allocated = (struct account){ h->alloc_objects, h->alloc_bytes };
	}
	session_close(&s);
	return ok;
}
