/* SPDX-License-Identifier: MIT */
/*
 * A map type as the compiler and the runtime know it: the layout of the units
 * in which it keeps its entries, whether keys and elems are stored by pointer, which specialised
 * code path the compiler picks. Source: cmd/compile/internal/walk/walk.go (mapfast).
 */
#ifndef MODEL_MAP_MAPTYPE_H
#define MODEL_MAP_MAPTYPE_H

#include "model/go/gotype.h"
#include "model/map/unit.h"
#include "model/target/target.h"

/* The code path by which compiled code works on the map. They differ in stale bytes only. */
enum map_path { PATH_GENERAL, PATH_FAST32, PATH_FAST32PTR, PATH_FAST64, PATH_FAST64PTR,
	PATH_FASTSTR };

enum {
	VALUE_MOST = 16 << 20,  /* bytes of a key or elem that the model takes on */
};

struct engine;
struct signature;

struct maptype {
	const struct target *target;
	const struct release *release;
	struct gotype *type;       /* the whole type; owned */
	const struct gotype *key, *elem;
	char *asked;               /* the type as it was written; owned */
	enum map_path path;
	bool indirect_key, indirect_elem;
	bool pointers;             /* the units have pointers that the collector scans */
	uint32_t keysize, elemsize; /* of a slot: a pointer's size when stored by pointer */
	struct signature *signature; /* by which its keys are hashed; NULL: as hash_value() does;
					owned */
	struct unit unit;          /* laid out by the engine */
	uint8_t live_least, live_most; /* control bytes of live slots, as the engine has them */
	const struct engine *engine; /* the design of the map, as the release has it */
};

/*
 * Reads "map[K]V" for a design. NULL with err filled when it is no map type. Borrows the scope's
 * target and release. Callers take maptype_new() of model/engines/engines.h, which knows the
 * designs.
 */
struct maptype *maptype_make(const char *text, const struct gotype_scope *scope,
	const struct engine *e, struct error *err);
void maptype_free(struct maptype *t);

/* The runtime's functions for that path, such as "mapassign_fast64". */
const char *map_path_name(enum map_path path);

/* What each byte of a slot is (enum gotype_byte), for one key and one elem. */
void maptype_key_bytes(const struct maptype *t, uint8_t *what);
void maptype_elem_bytes(const struct maptype *t, uint8_t *what);

/* The same for a whole unit, its padding included. */
void maptype_unit_bytes(const struct maptype *t, uint8_t *what);

#endif
