/* SPDX-License-Identifier: MIT */
/* The operations on one key once more: see model/map/quick.h. */
#define MAP_QUICK

#define grow_to_table grow_to_table_quickly
#define match_noted match_noted_quickly
#define prune_tombstones prune_tombstones_quickly
#define rehash rehash_quickly
#define search_again search_again_quickly
#define search_key search_key_quickly
#define swiss_assign swiss_assign_quickly
#define swiss_delete swiss_delete_quickly
#define swiss_hashed swiss_hashed_quickly
#define swiss_lookup swiss_lookup_quickly
#define swiss_note_hash swiss_note_hash_quickly
#define swiss_prefetch swiss_prefetch_quickly

#include "model/map/swiss/ahead.c"
#include "model/map/swiss/search.c"
#include "model/map/swiss/prune.c"
#include "model/map/swiss/grow.c"
#include "model/map/swiss/assign.c"
#include "model/map/swiss/delete.c"
