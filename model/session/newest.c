/* SPDX-License-Identifier: MIT */
#include "model/session/newest.h"

#include <stdlib.h>

#include "model/base/mem.h"
#include "model/engines/engines.h"
#include "model/figures/swiss/expect.h"

/* Operations that are run again: between two pictures, and for a page. */
enum { QUICK_MOST = 5000, PATIENT_MOST = 2000000 };

/* Good for one point of one timeline. */
struct newest_kept {
	struct newest newest;
	const struct target *target;
	uint64_t edition, now;
	bool filled;
};

struct newest_kept *newest_new(void)
{
	return xcalloc(1, sizeof(struct newest_kept));
}

void newest_free(struct newest_kept *kept)
{
	free(kept);
}

static void add_entry(struct session *beside, const struct entry *e, uint64_t steps)
{
	struct timeline *t = &beside->time;

	t->entries = grow(t->entries, &t->entries_cap, t->nentries, sizeof *t->entries);
	t->entries[t->nentries++] = (struct entry){ .text = xstrdup(e->text), .steps = steps,
		.cut = e->cut || steps < e->steps };
}

/* The commands up to the present, of the last one as many steps as were done by then. */
static bool run_beside(const struct session *s, struct session *beside, struct error *err)
{
	if (s->given.family_chosen && s->given.family == s->given.chosen &&
		!session_set_hash(beside, s->given.chosen,
			s->given.hashkey_size ? s->given.hashkey : NULL, s->given.hashkey_size, err))
		return false;
	for (size_t i = 0; i < s->time.nentries; i++) {
		const struct entry *e = &s->time.entries[i];

		if (e->first >= s->time.now && e->steps > 0)
			break;
		add_entry(beside, e, e->first + e->steps > s->time.now ? s->time.now - e->first
			: e->steps);
	}
	return session_rerun(beside, UINT64_MAX, 0, err) && session_ensure_map(beside, err);
}

static bool take_run(const struct session *s, struct newest *n)
{
	const struct session_options o = { .type = s->given.first_type,
		.arch = s->given.target->name, .release = n->release->name,
		.hint = s->given.first_hint, .seed = s->given.seed,
		.declared = s->given.declared };
	struct session beside;
	struct error unused;
	bool ok;

	if (!session_open(&beside, &o, &unused))
		return false;
	ok = run_beside(s, &beside, &unused);
	if (ok)
		n->bytes = map_reached(&beside.world.map).bytes;
	session_close(&beside);
	return ok;
}

static void take(const struct session *s, bool patient, struct newest *n)
{
	uint64_t most = patient ? PATIENT_MOST : QUICK_MOST;
	struct gotype_scope scope = session_scope(s);
	struct maptype *t;
	struct error unused;

	*n = (struct newest){ .release = release_newest() };
	if (s->time.now <= most && take_run(s, n))
		return;
	n->about = true;
	scope.release = n->release;
	t = maptype_new(s->world.map.type->asked, &scope, &unused);
	if (t)
		n->bytes = expect_map(t, s->world.hint, map_count(&s->world.map)).in_use.bytes;
	maptype_free(t);
}

bool session_newest(const struct session *s, bool patient, struct newest *out)
{
	struct newest_kept *k = s->desk.newest;

	if (s->given.release_chosen || !s->world.map.header)
		return false;
	if (!k->filled || k->edition != s->time.edition || k->now != s->time.now ||
		k->target != s->given.target || (patient && k->newest.about)) {
		take(s, patient, &k->newest);
		k->edition = s->time.edition;
		k->now = s->time.now;
		k->target = s->given.target;
		k->filled = true;
	}
	*out = k->newest;
	return out->bytes > 0;
}

void newest_words(const struct newest *n, bool brief, struct text *out)
{
	if (brief)
		text_printf(out, "%s: %s%s B", n->release->last, n->about ? "≈" : "",
			count_text(n->bytes).s);
	else
		text_printf(out, "Go %s would take %s%s B: --go %s", n->release->last,
			n->about ? "about " : "", count_text(n->bytes).s, n->release->last);
}
