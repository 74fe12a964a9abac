/* SPDX-License-Identifier: MIT */
/* What the classic map allocates. */
#ifndef MODEL_MAP_CLASSIC_OBJECT_H
#define MODEL_MAP_CLASSIC_OBJECT_H

#define OBJECTS(X) \
	X(HMAP,      "hmap") \
	X(BUCKETS,   "bucket array") \
	X(OVERFLOW,  "overflow bucket") \
	X(EXTRA,     "mapextra") \
	X(LIST_HEAD, "slice header of the overflow list") \
	X(LIST,      "overflow list") \
	X(KEY,       "key") \
	X(ELEM,      "elem")

enum object_kind {
#define X(kind, name) OBJECT_##kind,
	OBJECTS(X)
#undef X
	OBJECT_KINDS,
};

const char *object_name(enum object_kind kind);

#endif
