/* SPDX-License-Identifier: MIT */
/*
 * The walk: from values whose types are known through all that they lead to, by type descriptors,
 * for the maps on the way. What it finds of a map is its type and the shortest name of it, the
 * first by alphabet of those: a Go selector such as "main.cfg.byName", in which pointers and
 * interfaces add nothing. What no selector leads to (a channel's elements, a map's keys) is
 * walked too, but has no name.
 */
#ifndef MODEL_LIVE_WALK_H
#define MODEL_LIVE_WALK_H

#include "model/live/head.h"
#include "model/live/tries.h"

struct walk;

struct walk *walk_new(struct heap_view *h);
void walk_free(struct walk *w);

/* A map of a type that is not known. */
enum { WALK_UNTYPED = 1 };

/* A value to begin with: of that type, at addr. The name is copied; NULL: it has none. */
void walk_root(struct walk *w, uint64_t addr, uint64_t type, const char *name);

/* Whether values of a type can lead to maps: others are no use as roots. */
bool walk_leads(struct walk *w, uint64_t type);

/* Several, one behind another: "name[0]", ... */
void walk_root_elements(struct walk *w, uint64_t addr, uint64_t count, uint64_t type,
	const char *name);

/* From now on only what is on the way to that name is walked. Borrowed. */
void walk_aim(struct walk *w, const char *name);

/* Whether a name is that one, or the beginning of its selector. */
bool name_leads_to(const char *name, size_t len, const char *aim);

/*
 * Walks until all was seen, or `ms` milliseconds are over: returns false then, and some names and
 * types may be missing, and others be longer than need be.
 */
bool walk_run(struct walk *w, unsigned ms);

/* What was found of the map with that header: its type, or 0 also where only its name is known. */
uint64_t walk_type(const struct walk *w, uint64_t head);

/* Its name, to be freed; NULL: it has none. */
char *walk_name(const struct walk *w, uint64_t head);

/* The map that was found by just that name. */
bool walk_named(const struct walk *w, const char *name, uint64_t *head, uint64_t *type);

/* The type of the map that just the aim leads to, where that has no memory; or 0. */
uint64_t walk_vain(const struct walk *w);

/* Whether it came to a map that looked like none, as it was in the midst of a write. */
bool walk_torn(const struct walk *w);

/* The headers of maps that were found; i from 0. 0 past the last. */
uint64_t walk_head(const struct walk *w, size_t i);

/* Tries of these kinds, which are borrowed, are walked too. */
void walk_know_tries(struct walk *w, const struct trie_kinds *k);

/* One that was come to. */
struct walk_trie {
	uint64_t at, root;       /* of what holds it */
	const struct trie_kind *kind;
	char *name;              /* to be freed; NULL: it has none */
};

/* False past the last. */
bool walk_held_trie(const struct walk *w, size_t i, struct walk_trie *t);

#endif
