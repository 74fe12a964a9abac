/* SPDX-License-Identifier: MIT */
#include "model/map/swiss/object.h"

const char *swiss_object_name(enum swiss_object kind)
{
	static const char *const names[SWISS_OBJECT_KINDS] = {
#define X(kind, name) [SWISS_OBJECT_##kind] = name,
		SWISS_OBJECTS(X)
#undef X
	};

	return names[kind];
}
