/* SPDX-License-Identifier: MIT */
#include "model/map/classic/object.h"

const char *object_name(enum object_kind kind)
{
	static const char *const names[OBJECT_KINDS] = {
#define X(kind, name) [OBJECT_##kind] = name,
		OBJECTS(X)
#undef X
	};

	return names[kind];
}
