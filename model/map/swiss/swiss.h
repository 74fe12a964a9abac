/* SPDX-License-Identifier: MIT */
/* The Swiss map of Go 1.24 and later: groups in tables, tables in a directory. */
#ifndef MODEL_MAP_SWISS_SWISS_H
#define MODEL_MAP_SWISS_SWISS_H

#include "model/map/engine.h"

extern const struct engine swiss_engine;

bool swiss_make(struct map *m, uint64_t hint, struct error *err);
bool swiss_assign(struct map *m, const uint8_t *key, const uint8_t *elem, struct error *err);
bool swiss_lookup(struct map *m, const uint8_t *key, struct place *where);
bool swiss_delete(struct map *m, const uint8_t *key, bool *deleted, struct error *err);
void swiss_clear(struct map *m);
bool swiss_clone(struct map *m, struct error *err);
bool swiss_range(struct map *m, const struct place *start, struct error *err);
uint64_t swiss_next(struct map *m, uint64_t most, map_sink *sink, void *data);
struct hashed swiss_hashed(const struct map *m, const uint8_t *key);
void swiss_prefetch(const struct map *m, const struct hashed *list, unsigned n,
	enum ahead ahead);

/* quick.c: the same for maps that they will do for. */
bool swiss_assign_quickly(struct map *m, const uint8_t *key, const uint8_t *elem,
	struct error *err);
bool swiss_lookup_quickly(struct map *m, const uint8_t *key, struct place *where);
bool swiss_delete_quickly(struct map *m, const uint8_t *key, bool *deleted, struct error *err);
struct hashed swiss_hashed_quickly(const struct map *m, const uint8_t *key);
void swiss_prefetch_quickly(const struct map *m, const struct hashed *list, unsigned n,
	enum ahead ahead);

/* reach.c */
struct account swiss_reached(const struct map *m);

#endif
