/* SPDX-License-Identifier: MIT */
/*
 * What runs depend on, changed: the whole timeline is run again under other circumstances, in a
 * world of its own. When that fails or is given up, everything is as it was, at once: the world
 * before is there until the other one stands.
 */
#include "model/session/session.h"

#include <stdlib.h>
#include <string.h>

#include "model/base/mem.h"

/*
 * What such a run makes anew, kept meanwhile. What the world and the timeline point to in
 * themselves is right again when they are back at their place.
 */
struct kept {
	struct world world;
	struct timeline time;
	struct shown shown;
	uint64_t record_from;
	size_t step_journal;
};

/* The commands, with nothing yet that was done besides them; their texts are shared. */
static struct entry *bare_entries(const struct timeline *t)
{
	struct entry *list = xcalloc(t->nentries + 1, sizeof *list);

	for (size_t i = 0; i < t->nentries; i++) {
		list[i] = t->entries[i];
		list[i].told = list[i].aside = NULL;
	}
	return list;
}

/* What is kept changes places with what there is. */
static void exchange(struct session *s, struct kept *k)
{
	struct world world = s->world;
	struct timeline time = s->time;
	struct shown shown = s->shown;

	s->world = k->world;
	s->time = k->time;
	s->shown = k->shown;
	k->world = world;
	k->time = time;
	k->shown = shown;
	/* No run makes these another. */
	s->time.edition = time.edition;
	s->time.history = time.history;
	s->time.future = time.future;
	s->time.remarks = time.remarks;
	s->time.nremarks = time.nremarks;
	s->time.remarks_cap = time.remarks_cap;
}

static void keep(struct session *s, struct kept *k)
{
	session_whole(s);
	*k = (struct kept){ .record_from = s->run.record_from,
		.step_journal = s->run.step_journal };
	journal_init(&k->world.journal);
	journal_renew(&k->world.journal, &s->world.journal);
	k->time.entries = bare_entries(&s->time);
	k->time.nentries = s->time.nentries;
	k->time.entries_cap = s->time.nentries + 1;
	k->time.now = s->time.now;
	k->time.total = s->time.total;
	exchange(s, k);
}

/* Of what there is, all that changes places. */
static void forget(struct session *s)
{
	session_forget_snapshots(s);
	free(s->time.snapshots);
	session_forget_captions(s, 0);
	free(s->time.captions);
	landmarks_free(&s->time.landmarks);
	for (size_t i = 0; i < s->time.nentries; i++) {
		free(s->time.entries[i].told);
		free(s->time.entries[i].aside);
	}
	free(s->time.entries);
	free(s->time.aside);
	session_forget_points(s, 0);
	free(s->time.window.points);
	trace_free(&s->time.window.trace);
	session_forget_probe(s);
	trace_free(&s->shown.probe);
	world_close(&s->world);
}

static void drop(struct session *s, struct kept *k)
{
	exchange(s, k);
	forget(s);
	exchange(s, k);
}

static void put_back(struct session *s, struct kept *k)
{
	journal_renew(&k->world.journal, &s->world.journal);
	forget(s);
	exchange(s, k);
	s->time.edition++;
	s->run.record_from = k->record_from;
	s->run.step_journal = k->step_journal;
}

static void restore(struct session *s, const struct circumstances *before)
{
	char *first_type = s->given.first_type;

	s->given = *before;
	s->given.first_type = first_type;
}

static bool run_changed(struct session *s, const struct circumstances *before, struct error *err)
{
	uint64_t now = s->time.now;
	bool past = now < s->time.total;
	struct error unused;
	struct kept k;

	keep(s, &k);
	if (!session_rerun(s, UINT64_MAX, 0, err)) {
		bool stopped = s->run.interrupted;

		if (stopped)
			fail(err, "stopped before its end: all is as it was");
		restore(s, before);
		put_back(s, &k);
		s->run.interrupted = stopped;
		return false;
	}
	drop(s, &k);
	/* A point in the past stays; one at the end stays at the end, however long it now is. */
	if (past && now < s->time.total)
		session_goto(s, now, &unused);
	return true;
}

/* What was chosen runs where the target has it; elsewhere it waits, and the target's own runs. */
static void fit_family(struct session *s)
{
	s->given.family = s->given.family_chosen ? s->given.chosen : target_hash(s->given.target);
	if (s->given.family == HASH_AES && !s->given.target->aes)
		s->given.family = target_hash(s->given.target);
}

/* What was wished for becomes so, where a file does not say how it is. */
static bool change(struct session *s, struct circumstances wish, struct error *err)
{
	struct circumstances before = s->given;

	if (!session_may_change(s, err))
		return false;
	s->given = wish;
	fit_family(s);
	return run_changed(s, &before, err);
}

bool session_set_arch(struct session *s, const char *name, struct error *err)
{
	struct circumstances wish = s->given;

	wish.target = target_find(name, err);
	return wish.target && (wish.target == s->given.target || change(s, wish, err));
}

bool session_set_release(struct session *s, const char *name, struct error *err)
{
	struct circumstances wish = s->given;
	bool same;

	wish.release = release_find(name, err);
	wish.release_chosen = true;
	same = wish.release == s->given.release;
	s->given.release_chosen |= same;
	return same || (wish.release && change(s, wish, err));
}

/* Whether a type that the timeline has made is read by the same declarations, or by others. */
static bool reads_alike(const struct maptype *t, const struct gotype_scope *scope)
{
	struct error unused;
	struct gotype *again = gotype_parse(t->asked, scope, &unused);
	bool same = again && gotype_read_alike(t->type, again);

	gotype_free(again);
	return same;
}

static void drop_declared(struct declared *all)
{
	declared_free(all);
	free(all);
}

bool session_declare(struct session *s, struct declared *all, struct error *err)
{
	struct circumstances before = s->given;
	struct gotype_scope scope;
	bool same = true, ok;

	s->given.declared = all;
	scope = session_scope(s);
	for (size_t i = 0; i < s->world.ntypes; i++)
		same &= reads_alike(s->world.types[i], &scope);
	ok = same || (session_may_change(s, err) && run_changed(s, &before, err));
	s->given.declared = ok ? all : before.declared;
	s->time.edition += ok; /* names may mean others now in what was asked for */
	drop_declared(ok ? before.declared : all);
	return ok;
}

bool session_set_seed(struct session *s, uint64_t seed, struct error *err)
{
	struct circumstances before = s->given;

	if (seed == s->given.seed)
		return true;
	s->given.seed = seed;
	return run_changed(s, &before, err);
}

bool session_set_hint(struct session *s, uint64_t hint, struct error *err)
{
	struct circumstances wish = s->given;

	wish.first_hint = hint;
	return hint == s->given.first_hint || change(s, wish, err);
}

bool session_set_stays(struct session *s, bool stays, struct error *err)
{
	struct circumstances wish = s->given;

	wish.stays = stays;
	return stays == s->given.stays || change(s, wish, err);
}

bool session_set_hash(struct session *s, enum hash_family family, const uint8_t *key,
	unsigned size, struct error *err)
{
	struct circumstances wish = s->given;

	wish.chosen = family;
	wish.family_chosen = true;
	wish.hashkey_size = key ? size : 0;
	if (key)
		memcpy(wish.hashkey, key, size);
	return change(s, wish, err);
}
