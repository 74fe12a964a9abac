/* SPDX-License-Identifier: MIT */
#include "model/session/newest.h"
#include "model/session/session.h"

#include <stdlib.h>

#include "model/engines/engines.h"
#include "model/session/books.h"
#include "model/session/checked.h"
#include "model/session/diff.h"
#include "model/session/twin.h"
#include "model/session/lifecycle.h"
#include "model/base/mem.h"
#include "model/map/rules.h"
#include "model/session/comparison.h"
#include "model/source/snapshot.h"
#include "model/source/source.h"

static void free_types(struct session *s)
{
	for (size_t i = 0; i < s->world.ntypes; i++)
		maptype_free(s->world.types[i]);
	s->world.ntypes = 0;
}

static void free_entry(struct entry *e)
{
	free(e->text);
	free(e->told);
	free(e->aside);
}

void session_forget_snapshots(struct session *s)
{
	for (size_t i = 0; i < s->time.nsnapshots; i++) {
		free(s->time.snapshots[i].title);
		snapshot_drop(s->time.snapshots[i].kept);
	}
	s->time.nsnapshots = 0;
}

void caption_free(struct caption *c)
{
	free(c->text);
	free(c->view);
}

void session_forget_captions(struct session *s, uint64_t from)
{
	while (s->time.ncaptions && s->time.captions[s->time.ncaptions - 1].point >= from)
		caption_free(&s->time.captions[--s->time.ncaptions]);
}

void session_forget_source(struct session *s)
{
	source_free(s->source);
	s->source = NULL;
}

/* All of the timeline: commands, points, what was remembered on the way. */
void session_forget_all(struct session *s)
{
	for (size_t i = 0; i < s->time.nentries; i++)
		free_entry(&s->time.entries[i]);
	s->time.nentries = 0;
	free(s->time.aside);
	s->time.aside = NULL;
	s->time.now = s->time.total = 0;
	landmarks_free(&s->time.landmarks);
	s->shown.inside = false;
	session_forget_source(s);
	session_forget_points(s, 0);
	session_forget_snapshots(s);
	session_forget_captions(s, 0);
	session_forget_remarks(s);
}

void session_forget_probe(struct session *s)
{
	s->shown.probe.count = 0;
	if (!s->shown.probe_label)
		return;
	s->shown.inside = false;
	free(s->shown.probe_label);
	s->shown.probe_label = NULL;
}

void session_close(struct session *s)
{
	session_forget_all(s);
	source_free(s->opening);
	free(s->time.entries);
	free(s->time.window.points);
	trace_free(&s->time.window.trace);
	session_forget_probe(s);
	trace_free(&s->shown.probe);
	free(s->time.snapshots);
	free(s->time.captions);
	free(s->time.remarks);
	session_drop_future(s);
	free(s->run.wrote);
	free(s->run.asks);
	books_free(s->desk.books);
	newest_free(s->desk.newest);
	lifecycle_drop(s->desk.life);
	diff_drop(s->desk.diff_kept);
	checked_drop(s->desk.checked);
	free(s->desk.loads);
	free(s->desk.releases);
	twin_drop(s->desk.twin);
	comparison_free(s->desk.comparison);
	free(s->desk.diff_files[0]);
	free(s->desk.diff_files[1]);
	free(s->desk.diff_folder);
	free(s->given.first_type);
	free(s->given.anew_of);
	if (s->given.declared)
		declared_free(s->given.declared);
	free(s->given.declared);
	world_close(&s->world);
	*s = (struct session){ 0 };
}

struct gotype_scope session_scope(const struct session *s)
{
	return (struct gotype_scope){ .target = s->given.target, .release = s->given.release,
		.declared = s->given.declared };
}

bool session_set_type(struct session *s, const char *text, struct error *err)
{
	struct gotype_scope scope = session_scope(s);
	struct maptype *t = maptype_new(text, &scope, err);

	if (!t)
		return false;
	xadd(s->world.types, s->world.ntypes, s->world.types_cap, t);
	journal_save(&s->world.journal, &s->world.map.type, sizeof s->world.map.type);
	s->world.map.type = t;
	map_start(&s->world.map, 0);
	world_end_loop(&s->world);
	return true;
}

uint64_t session_units(const struct session *s)
{
	const struct map *m = &s->world.map;

	return m->header ? map_extent(m).units
		: m->type->engine->layout.hinted_units(m->type, s->given.first_hint);
}

/* Back to point 0 with an empty heap, for the target in force. */
bool session_reset(struct session *s, struct error *err)
{
	uint64_t base = s->given.base ? s->given.base : s->given.target->heap_base;

	if (s->world.heap.target != s->given.target ||
		s->world.heap.release != s->given.release || s->world.heap.base != base) {
		heap_close(&s->world.heap);
		if (!heap_open_at(&s->world.heap, s->given.target, s->given.release,
			&s->world.journal, base, err))
			return false;
	}
	heap_reset(&s->world.heap);
	hasher_init(&s->world.hasher, s->given.target, s->given.release, s->given.family,
		s->given.hashkey_size && s->given.family == s->given.chosen ? s->given.hashkey
		: NULL, s->given.hashkey_size);
	s->world.hasher.heap = &s->world.heap;
	random_start(&s->world.random, &s->world.journal, s->given.seed);
	s->world.map = (struct map){ .heap = &s->world.heap, .hasher = &s->world.hasher,
		.random = &s->world.random, .stays = s->given.stays };
	free_types(s);
	session_forget_probe(s);
	s->world.order.used = 0;
	s->world.peak = (struct peak){ 0 };
	s->time.now = 0;
	s->run.stop = UINT64_MAX;
	session_record(s, false);
	if (!session_set_type(s, s->given.first_type, err))
		return false;
	session_record(s, s->time.history);
	return true;
}

bool session_open(struct session *s, const struct session_options *o, struct error *err)
{
	*s = (struct session){ 0 };
	journal_init(&s->world.journal);
	s->given.target = target_find(o->arch ? o->arch : SESSION_ARCH, err);
	s->given.release = s->given.target ? release_find(o->release ? o->release : SESSION_RELEASE,
		err)
		: NULL;
	if (!s->given.release)
		return false;
	s->given.release_chosen = o->release != NULL;
	s->desk.newest = newest_new();
	s->desk.books = books_new();
	s->given.declared = xcalloc(1, sizeof *s->given.declared);
	if (o->declared)
		declared_copy(s->given.declared, o->declared);
	s->given.family = target_hash(s->given.target);
	s->given.seed = o->seed;
	s->given.first_type = xstrdup(o->type ? o->type : SESSION_TYPE);
	s->given.first_hint = o->hint;
	s->given.stays = o->stays;
	s->time.history = o->history;
	if (session_reset(s, err))
		return true;
	session_close(s);
	return false;
}

bool session_restart(struct session *s, struct error *err)
{
	session_forget_all(s);
	free(s->given.first_type);
	s->given.first_type = xstrdup(SESSION_TYPE);
	s->given.first_hint = s->world.hint = 0;
	s->given.stays = false;
	s->given.family_chosen = false;
	s->given.base = 0;
	s->given.family = target_hash(s->given.target);
	s->given.hashkey_size = 0;
	return session_reset(s, err);
}
