/* SPDX-License-Identifier: MIT */
/* The operations on one key once more: see model/map/quick.h. */
#define MAP_QUICK

#define append_overflow append_overflow_quickly
#define classic_assign classic_assign_quickly
#define classic_erase classic_erase_quickly
#define classic_hashed classic_hashed_quickly
#define classic_lookup classic_lookup_quickly
#define classic_prefetch classic_prefetch_quickly
#define classic_work classic_work_quickly
#define create_overflow_lists create_overflow_lists_quickly
#define grow_work grow_work_quickly
#define hash_grow hash_grow_quickly
#define lay_out_spares lay_out_spares_quickly
#define make_bucket_array make_bucket_array_quickly
#define need_extra need_extra_quickly
#define new_overflow new_overflow_quickly
#define note_bucket note_bucket_quickly
#define note_visit note_visit_quickly
#define search_chain search_chain_quickly
#define search_map search_map_quickly

#include "model/map/classic/ahead.c"
#include "model/map/classic/search.c"
#include "model/map/classic/overflow.c"
#include "model/map/classic/grow.c"
#include "model/map/classic/assign.c"
#include "model/map/classic/delete.c"
