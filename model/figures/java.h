/* SPDX-License-Identifier: MIT */
/*
 * Java's HashMap in figures, to be put beside a Go map: the hash of a key, where it goes, when the
 * map grows and what it takes. No map of Java is kept or shown.
 *
 * Rules: java.util.HashMap (hash, putVal, resize, treeifyBin) and the hashCode of java.lang.String,
 * Long, Integer, Double, Float and Boolean in OpenJDK 17 and 25. Sizes: measured with JOL 0.17 on
 * both, 64 bit with compressed pointers, as Java has them up to 32 GB.
 */
#ifndef MODEL_FIGURES_JAVA_H
#define MODEL_FIGURES_JAVA_H

#include "model/map/map.h"

enum {
	JAVA_CAPACITY = 16,     /* DEFAULT_INITIAL_CAPACITY: buckets of the first table */
	JAVA_MAP_BYTES = 48,    /* a HashMap object */
	JAVA_NODE_BYTES = 32,   /* a HashMap.Node: hash, key, value, next */
	JAVA_ARRAY_BYTES = 16,  /* a table, and */
	JAVA_REF_BYTES = 4,     /* a bucket of it */
};

struct java_key {
	/* What such a key is in Java; NULL: nothing of the kind, or it is not known. */
	const char *class;
	uint32_t code;       /* hashCode() */
	uint32_t spread;     /* hash(): h ^ h >>> 16 */
};

struct java_key java_key_of(const struct map *m, const uint8_t *key);

/* The buckets of a map with so many entries that came one by one; 0 without any. */
uint64_t java_capacity(uint64_t entries);

/* What it takes then, without its keys and values. */
uint64_t java_bytes(uint64_t entries);

#endif
