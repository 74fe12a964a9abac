/* SPDX-License-Identifier: MIT */
/*
 * Go's releases, in what they changed about maps and the memory of maps. A release is named as
 * programs tell it, runtime.Version(): "go1.26.8"; one that was built with an experiment also says
 * so: "go1.27.4-X:mapsplitgroup", with a blank in place of the dash up to 1.25.
 *
 * Sources: runtime/map.go up to 1.23, internal/runtime/maps from 1.24 on; internal/buildcfg/exp.go.
 * Patch releases change nothing of this.
 */
#ifndef MODEL_TARGET_RELEASE_H
#define MODEL_TARGET_RELEASE_H

#include <stdbool.h>

#include "model/base/error.h"

/* Go's two designs of a map. */
enum engine_kind {
	ENGINE_CLASSIC, /* one array of buckets, in chains */
	ENGINE_SWISS,   /* groups in tables, a directory of tables */
};

/* What clear zeroes in a table of a Swiss map: table.Clear. */
enum table_clear {
	CLEAR_ALL,       /* all groups, whatever is in them */
	CLEAR_FULL,      /* groups with a full slot; a table that holds nothing is left alone */
	CLEAR_FULL_TEST, /* the same where slots are large or few are full, else all groups */
};

/*
 * arm64's AES hash was changed twice. Source: asm_arm64.s of package runtime, aeshashbody and
 * memhash32.
 */
enum arm_aes {
	ARM_AES_CUT,          /* 4 bytes are hashed with half of the seed (1.21) */
	ARM_AES_UNMIXED,      /* so too, and up to 16 bytes end without MixColumns (1.18) */
	ARM_AES_WHOLE,        /* the whole seed for all (1.27) */
	ARM_AES_COUNT,
};

struct release {
	const char *name;     /* "1.19" */
	const char *experiment; /* that such a Go was built with; NULL: none */
	enum engine_kind engine;
	unsigned minor;       /* of the name: 19 */
	unsigned load_num;    /* overLoadFactor: more than load_num / 2 entries a bucket */
	bool word_aligned; /* the compiler fails for maps whose keys or elems, in place, are aligned
			      to more than a word: what is last in their buckets would not end
			      them. So it is with sync/atomic's 64 bits on 32-bit targets, which
			      1.19 brought. Source: MapBucketType of package reflectdata */
	bool malloc_header; /* objects with pointers over 512 bytes carry an 8-byte header (1.22) */
	bool hashes_in_vain;  /* a lookup or delete in an empty map hashes a key whose hash might
				 panic, and a NaN in it draws (to 1.21) */
	bool clear_ends;      /* clear empties the buckets that a range still walks along (1.21) */
	bool counts_clears;   /* the classic header counts the clears, by which a range knows that
				 there was one; it has no need of clear_ends (1.24) */
	bool wide_draws;      /* what a range draws is a word, not 32 bits (1.22) */
	/* The 64-bit portable hash uses hashkey[1..3] for its constants (1.23). */
	bool keyed_wyhash;
	bool number_wyhash;   /* its 32-bit form takes 8 bytes as a number, low half first, and no
				 longer as two words of memory: on big-endian targets the halves
				 are swapped (1.27) */
	bool clones; /* maps.Clone copies the map's memory, and does not insert its entries one
			by one: mapclone2 of package runtime (1.21), Map.Clone of
			internal/runtime/maps (1.25); 1.24's Swiss maps are inserted */
	bool clone_bounds; /* it makes no larger array than the map has (1.22): 1.21 reads beyond it
			      where more entries are in a growth of the same size than it may
			      hold */
	bool prunes; /* tombstonePossible, and tombstones are pruned before growing (1.25) */
	enum table_clear clear;
	bool looks_first;     /* a full small map is looked through before it grows (1.27) */
	bool flat_hash;       /* structs and arrays are hashed by a flat signature (1.27) */
	bool word_direct;     /* all that is one word and a pointer lies in an interface's data
				 word, empty fields beside the pointer or not (1.26) */
	enum arm_aes arm_aes;
	bool split_groups;    /* a group has its keys together, then its elems */
};

/* Takes "1.19", "go1.19", "go1.19.8", and those with an experiment that is known. */
const struct release *release_find(const char *name, struct error *err);
const struct release *release_at(unsigned i); /* NULL past the last */

/* The last one that needs no experiment: what a Go of today is most likely to be. */
const struct release *release_newest(void);

#endif
