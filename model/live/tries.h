/* SPDX-License-Identifier: MIT */
/*
 * Tries: what package sync keeps the entries of a sync.Map in since Go 1.24, and package unique its
 * values since 1.23. A node has sixteen children, each a node or an entry; four bits of a key's
 * hash choose one. They are no maps of the language: they are found, counted and sized, and their
 * entries are told; how they come to be is not stepped.
 *
 * The types of nodes and entries are descriptors that every program has which makes some, so that
 * tries are found without debugging information too: a root is a node without a parent, and each
 * node below leads back to the one above. No node has two parents, and hashes end, so that there
 * are no cycles.
 *
 * Sources: internal/sync/hashtriemap.go (internal/concurrent in 1.23), unique/canonmap.go.
 */
#ifndef MODEL_LIVE_TRIES_H
#define MODEL_LIVE_TRIES_H

#include "model/live/head.h"

/* One kind: with its types of keys and values. */
struct trie_kind {
	char *name;              /* "sync.Map", "unique.canonMap[string]"; owned */
	char *args;              /* what is in the brackets; owned */
	uint64_t node;           /* the type of nodes, */
	uint64_t node_size;      /* their bytes, */
	uint32_t parent, children; /* offsets in them */
	uint64_t entry, entry_size; /* of entries likewise */
	uint32_t next, key, value; /* entries of equal hashes are a chain */
	uint64_t key_type, value_type; /* the latter 0: it is none that leads on */
};

struct trie_kinds {
	struct trie_kind *list;  /* owned */
	size_t count, cap;
};

struct trie {
	uint64_t at;             /* what holds the root; 0: not known */
	uint64_t root;
	uint64_t kinds;          /* those that fit, a bit each of the list */
	uint64_t entries, nodes;
	uint64_t bytes;          /* of nodes and entries */
	uint64_t free_bytes;     /* of children that are none */
	bool least;              /* there may be more: the search took too long */
};

enum { TRIE_KINDS_MOST = 64 };

/* Of programs that have none there are no kinds. Reads types alone. */
void trie_kinds_find(struct trie_kinds *k, const struct rtypes *r);
void trie_kinds_free(struct trie_kinds *k);

/* Whether a value of that type is a trie; then where in it the root is, and the kind. */
bool trie_kinds_hold(const struct trie_kinds *k, const struct rtypes *r, const struct rtype *t,
	uint64_t *root, const struct trie_kind **kind);

/* What a search may still look at. */
struct trie_search {
	struct heap_view *view;
	const struct trie_kinds *kinds;
	double until;            /* by the clock */
	uint64_t left;           /* objects */
};

void trie_search_begin(struct trie_search *s, struct heap_view *h, const struct trie_kinds *k,
	unsigned ms);

/* The trie whose root that is; of that kind, or NULL: of those that fit. */
bool trie_read(struct trie_search *s, uint64_t root, const struct trie_kind *kind, struct trie *t);

/* Told of each root that is in the heap and has entries. */
typedef void trie_sink(void *data, const struct trie *t);
void tries_find(struct trie_search *s, trie_sink *sink, void *data);

/* Told of each entry, until it says no; at most so many. */
typedef bool trie_entry_sink(void *data, uint64_t key, uint64_t value);
void trie_each(struct heap_view *h, const struct trie_kind *kind, uint64_t root, uint64_t most,
	trie_entry_sink *sink, void *data);

#endif
