/* SPDX-License-Identifier: MIT */
#include "model/session/session.h"

#include <stdlib.h>
#include <string.h>

#include "model/figures/books.h"
#include "model/figures/checked.h"
#include "model/figures/diff.h"
#include "model/figures/lifecycle.h"
#include "model/base/mem.h"
#include "model/map/classic/map_rules.h"
#include "model/session/command.h"
#include "model/source/snapshot.h"
#include "model/source/source.h"

static void free_types(struct session *s)
{
	for (size_t i = 0; i < s->ntypes; i++)
		maptype_free(s->types[i]);
	s->ntypes = 0;
}

static void free_entry(struct entry *e)
{
	free(e->text);
	free(e->aside);
}

void session_forget_snapshots(struct session *s)
{
	for (size_t i = 0; i < s->nsnapshots; i++) {
		free(s->snapshots[i].title);
		snapshot_drop(s->snapshots[i].kept);
	}
	s->nsnapshots = 0;
}

void session_forget_captions(struct session *s, uint64_t from)
{
	while (s->ncaptions && s->captions[s->ncaptions - 1].point >= from)
		free(s->captions[--s->ncaptions].text);
}

void session_forget_source(struct session *s)
{
	source_free(s->source);
	s->source = NULL;
}

/* All of the timeline: commands, points, what was remembered on the way. */
void session_forget_all(struct session *s)
{
	for (size_t i = 0; i < s->nentries; i++)
		free_entry(&s->entries[i]);
	s->nentries = 0;
	free(s->aside);
	s->aside = NULL;
	s->now = s->total = 0;
	landmarks_free(&s->landmarks);
	s->inside = false;
	session_forget_source(s);
	session_forget_points(s, 0);
	session_forget_snapshots(s);
	session_forget_captions(s, 0);
	session_forget_remarks(s);
}

void session_forget_probe(struct session *s)
{
	if (s->probe_label)
		s->inside = false;
	free(s->probe_label);
	s->probe_label = NULL;
	s->probe.count = 0;
}

void session_close(struct session *s)
{
	session_forget_all(s);
	source_free(s->opening);
	free(s->entries);
	free(s->points);
	trace_free(&s->trace);
	session_forget_probe(s);
	trace_free(&s->probe);
	free_types(s);
	free(s->types);
	free(s->snapshots);
	free(s->captions);
	free(s->remarks);
	session_drop_future(s);
	books_free(s->books);
	lifecycle_drop(s->life);
	diff_drop(s->diff_kept);
	checked_drop(s->checked);
	free(s->loads);
	free(s->order.keys);
	free(s->diff_files[0]);
	free(s->diff_files[1]);
	free(s->first_type);
	heap_close(&s->heap);
	journal_free(&s->journal);
	*s = (struct session){ 0 };
}

bool session_set_type(struct session *s, const char *text, struct error *err)
{
	struct maptype *t = maptype_new(text, s->target, s->release, err);

	if (!t)
		return false;
	s->types = grow(s->types, &s->types_cap, s->ntypes, sizeof(struct maptype *));
	s->types[s->ntypes++] = t;
	journal_save(&s->journal, &s->map.type, sizeof s->map.type);
	s->map.type = t;
	map_start(&s->map, 0);
	session_end_loop(s);
	return true;
}

uint64_t session_buckets(const struct session *s)
{
	return 1ull << (s->map.hmap ? map_get(&s->map, HMAP_B)
				    : maptype_hint_B(s->map.type, s->first_hint));
}

/* Back to point 0 with an empty heap, for the target in force. */
bool session_reset(struct session *s, struct error *err)
{
	if (s->heap.target != s->target || s->heap.release != s->release) {
		heap_close(&s->heap);
		if (!heap_open(&s->heap, s->target, s->release, &s->journal, err))
			return false;
	}
	heap_reset(&s->heap);
	hasher_init(&s->hasher, s->target, s->release, s->family,
		s->hashkey_size && s->family == s->chosen ? s->hashkey : NULL, s->hashkey_size);
	s->hasher.heap = &s->heap;
	s->hasher.random = &s->random;
	random_start(&s->random, &s->journal, s->seed);
	s->map = (struct map){ .heap = &s->heap, .hasher = &s->hasher, .random = &s->random };
	free_types(s);
	session_forget_probe(s);
	s->order.used = 0;
	s->now = 0;
	s->stop = UINT64_MAX;
	session_record(s, false);
	if (!session_set_type(s, s->first_type, err))
		return false;
	session_record(s, s->history);
	return true;
}

bool session_open(struct session *s, const struct session_options *o, struct error *err)
{
	*s = (struct session){ 0 };
	journal_init(&s->journal);
	s->target = target_find(o->arch ? o->arch : SESSION_ARCH, err);
	s->release = s->target ? release_find(o->release ? o->release : SESSION_RELEASE, err)
		: NULL;
	if (!s->release)
		return false;
	s->books = books_new();
	s->family = target_hash(s->target);
	s->seed = o->seed;
	s->first_type = xstrdup(o->type ? o->type : SESSION_TYPE);
	s->first_hint = o->hint;
	s->history = o->history;
	if (session_reset(s, err))
		return true;
	session_close(s);
	return false;
}

bool session_restart(struct session *s, struct error *err)
{
	session_forget_all(s);
	free(s->first_type);
	s->first_type = xstrdup(SESSION_TYPE);
	s->first_hint = s->hint = 0;
	s->family_chosen = false;
	s->family = target_hash(s->target);
	s->hashkey_size = 0;
	return session_reset(s, err);
}

/* Under other circumstances the whole timeline is run again; if that fails, under the old ones. */
static bool run_changed(struct session *s, const struct session *before, struct error *err)
{
	uint64_t now = s->now, total = s->total;
	struct error unused;
	bool ok;

	ok = session_rerun(s, UINT64_MAX, 0, err);
	if (!ok) {
		s->target = before->target;
		s->release = before->release;
		s->family = before->family;
		s->family_chosen = before->family_chosen;
		s->seed = before->seed;
		s->first_hint = before->first_hint;
		s->chosen = before->chosen;
		memcpy(s->hashkey, before->hashkey, sizeof s->hashkey);
		s->hashkey_size = before->hashkey_size;
		session_rerun(s, UINT64_MAX, 0, &unused);
	}
	/* A point in the past stays; one at the end stays at the end, however long it now is. */
	if (now < total && now < s->total)
		session_goto(s, now, &unused);
	return ok;
}

/* What was chosen runs where the target has it; elsewhere it waits, and the target's own runs. */
static void fit_family(struct session *s)
{
	s->family = s->family_chosen ? s->chosen : target_hash(s->target);
	if (s->family == HASH_AES && !s->target->aes)
		s->family = target_hash(s->target);
}

bool session_set_arch(struct session *s, const char *name, struct error *err)
{
	const struct target *t = target_find(name, err);
	struct session before = *s;

	if (!t || t == s->target)
		return t != NULL;
	if (!session_may_change(s, err))
		return false;
	s->target = t;
	fit_family(s);
	return run_changed(s, &before, err);
}

bool session_set_release(struct session *s, const char *name, struct error *err)
{
	const struct release *r = release_find(name, err);
	struct session before = *s;

	if (!r || r == s->release)
		return r != NULL;
	if (!session_may_change(s, err))
		return false;
	s->release = r;
	return run_changed(s, &before, err);
}

bool session_set_seed(struct session *s, uint64_t seed, struct error *err)
{
	struct session before = *s;

	if (seed == s->seed)
		return true;
	s->seed = seed;
	return run_changed(s, &before, err);
}

bool session_set_hint(struct session *s, uint64_t hint, struct error *err)
{
	struct session before = *s;

	if (hint == s->first_hint)
		return true;
	if (!session_may_change(s, err))
		return false;
	s->first_hint = hint;
	return run_changed(s, &before, err);
}

bool session_set_hash(struct session *s, enum hash_family family, const uint8_t *key,
	unsigned size, struct error *err)
{
	struct session before = *s;

	if (!session_may_change(s, err))
		return false;
	s->chosen = family;
	s->family_chosen = true;
	fit_family(s);
	s->hashkey_size = key ? size : 0;
	if (key)
		memcpy(s->hashkey, key, size);
	return run_changed(s, &before, err);
}

void session_hashkey(const struct session *s, struct text *out)
{
	for (unsigned i = 0; i < s->hasher.key_size; i++)
		text_printf(out, "%02x", s->hasher.key[i]);
}
