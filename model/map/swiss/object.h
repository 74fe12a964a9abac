/* SPDX-License-Identifier: MIT */
/* What the Swiss map allocates. */
#ifndef MODEL_MAP_SWISS_OBJECT_H
#define MODEL_MAP_SWISS_OBJECT_H

#define SWISS_OBJECTS(X) \
	X(MAP,       "Map") \
	X(GROUP,     "group") \
	X(DIRECTORY, "directory") \
	X(TABLE,     "table") \
	X(GROUPS,    "groups of a table") \
	X(KEY,       "key") \
	X(ELEM,      "elem")

enum swiss_object {
#define X(kind, name) SWISS_OBJECT_##kind,
	SWISS_OBJECTS(X)
#undef X
	SWISS_OBJECT_KINDS,
};

const char *swiss_object_name(enum swiss_object kind);

#endif
