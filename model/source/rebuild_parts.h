/* SPDX-License-Identifier: MIT */
/* What the files share that make a map of a snapshot: rebuild.c and a file for each design. */
#ifndef MODEL_SOURCE_REBUILD_PARTS_H
#define MODEL_SOURCE_REBUILD_PARTS_H

#include "model/source/source.h"
#include "model/time/world.h"

/* Where a unit stands in a snapshot, for messages: LIST[NUMBER]BELOW[AT]. */
struct unit_path {
	const char *list;
	uint64_t number;         /* PATH_ONE: there is but one */
	const char *below;       /* NULL: that is all */
	uint64_t at;
};

#define PATH_ONE UINT64_MAX

/* What the loop of a Swiss map walks, though the map does not lead there: a table that was
   replaced, or the group of a map that has tables by now; or neither. */
struct outside {
	uint64_t table, group;
};

/* What a snapshot of a classic map does not say; found out by what the map has in use. */
struct guess {
	uint64_t old_apart;      /* of the old array's linked units, objects of their own */
	bool list, old_list;     /* lists of linked units that are empty are there */
};

struct rebuilding {
	struct world *w;
	struct map *m;
	const struct source *src;
	const struct source_snapshot *snap;
	size_t index;            /* of the snapshot */
	uint8_t *mask;           /* enum gotype_byte for each byte of a unit */
	uint8_t *value;          /* one key or elem */
	bool unknown;            /* a key or a large elem was not recorded */
	size_t order;            /* of the world's, before the keys of this one's range loop */
	bool loop_lost;          /* the range loop was under way, and cannot be gone on with */
	uint64_t first;          /* where the first unit is on the stack; 0: it is not there */
	struct imprint_reader reader; /* of the array under way */
	struct guess guess;
	struct outside outside;
	struct error *err;
};

/* A fresh object; from here on the journal knows that it was zero before. 0 with err filled. */
uint64_t rebuild_room(struct rebuilding *r, uint64_t size, bool pointers);

/* The header, of that kind; r->first is there, too, where the map does not escape. Likewise. */
uint64_t rebuild_header(struct rebuilding *r, unsigned kind, unsigned unit);

/* All of the reader's next unit but its link. Its memory was saved when it was made. */
bool rebuild_unit(struct rebuilding *r, uint64_t addr, const struct unit_path *path);

/* A key that was not recorded, "?"; false where its type has nothing to say that by. */
bool rebuild_unknown_key(const struct rebuilding *r, uint8_t *key);

#endif
