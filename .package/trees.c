/* SPDX-License-Identifier: MIT */
/*
 * For the static program alone: the search trees that elfutils 0.192 (Debian 13) uses in libelf.a
 * and libdw.a, and left out of both (sourceware.org, bug 32293); in its shared libraries they are.
 * Where the archives have none of it, or all, this is not called. A tree begins with its root
 * (lib/eu-search.h there); what follows is a lock, which a program of one thread does not need.
 */
#include <search.h>
#include <stddef.h>

struct tree {
	void *root;
};

typedef int comparison(const void *a, const void *b);

void *eu_tsearch(const void *key, struct tree *t, comparison *compare);
void *eu_tfind(const void *key, struct tree *t, comparison *compare);
void *eu_tdelete(const void *key, struct tree *t, comparison *compare);
void eu_search_tree_init(struct tree *t);
void eu_search_tree_fini(struct tree *t, void (*free_node)(void *node));

#define WEAK __attribute__((weak))

WEAK void *eu_tsearch(const void *key, struct tree *t, comparison *compare)
{
	return tsearch(key, &t->root, compare);
}

WEAK void *eu_tfind(const void *key, struct tree *t, comparison *compare)
{
	return tfind(key, &t->root, compare);
}

WEAK void *eu_tdelete(const void *key, struct tree *t, comparison *compare)
{
	return tdelete(key, &t->root, compare);
}

WEAK void eu_search_tree_init(struct tree *t)
{
	t->root = NULL;
}

WEAK void eu_search_tree_fini(struct tree *t, void (*free_node)(void *node))
{
	tdestroy(t->root, free_node);
	t->root = NULL;
}
