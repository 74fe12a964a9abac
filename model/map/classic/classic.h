/* SPDX-License-Identifier: MIT */
/*
 * Go's classic map, of Go 1.18 to 1.23: an array of buckets with chains of overflow buckets, which
 * doubles and is evacuated little by little. Source: runtime/map.go and map_fast*.go.
 */
#ifndef MODEL_MAP_CLASSIC_CLASSIC_H
#define MODEL_MAP_CLASSIC_CLASSIC_H

#include "model/map/engine.h"

extern const struct engine classic_engine;

/* Its rules; see map.h. */
bool classic_make(struct map *m, uint64_t hint, struct error *err);
bool classic_assign(struct map *m, const uint8_t *key, const uint8_t *elem, struct error *err);
bool classic_lookup(struct map *m, const uint8_t *key, struct place *where);
bool classic_erase(struct map *m, const uint8_t *key, bool *deleted, struct error *err);
void classic_clear(struct map *m);
bool classic_range(struct map *m, const struct place *start, struct error *err);
uint64_t classic_next(struct map *m, uint64_t most, map_sink *sink, void *data);
bool classic_work(struct map *m, struct error *err);
bool classic_clone(struct map *m, struct error *err);
struct hashed classic_hashed(const struct map *m, const uint8_t *key);
void classic_prefetch(const struct map *m, const struct hashed *list, unsigned n,
	enum ahead ahead);

/* quick.c: the same for maps that they will do for. */
bool classic_assign_quickly(struct map *m, const uint8_t *key, const uint8_t *elem,
	struct error *err);
bool classic_lookup_quickly(struct map *m, const uint8_t *key, struct place *where);
bool classic_erase_quickly(struct map *m, const uint8_t *key, bool *deleted, struct error *err);
struct hashed classic_hashed_quickly(const struct map *m, const uint8_t *key);
void classic_prefetch_quickly(const struct map *m, const struct hashed *list, unsigned n,
	enum ahead ahead);

/* reach.c */
struct account classic_reached(const struct map *m);

#endif
