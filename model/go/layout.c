/* SPDX-License-Identifier: MIT */
#include "model/go/layout.h"

#include <string.h>

const struct field hmap_fields[HMAP_FIELDS] = {
	[HMAP_COUNT] = { "count", "int", 0, 0, 0, FIELD_NUMBER },
	[HMAP_FLAGS] = { "flags", "uint8", 4, 8, 1, FIELD_FLAGS },
	[HMAP_B] = { "B", "uint8", 5, 9, 1, FIELD_NUMBER },
	[HMAP_NOVERFLOW] = { "noverflow", "uint16", 6, 10, 2, FIELD_NUMBER },
	[HMAP_HASH0] = { "hash0", "uint32", 8, 12, 4, FIELD_HEX },
	[HMAP_BUCKETS] = { "buckets", "unsafe.Pointer", 12, 16, 0, FIELD_POINTER },
	[HMAP_OLDBUCKETS] = { "oldbuckets", "unsafe.Pointer", 16, 24, 0, FIELD_POINTER },
	[HMAP_NEVACUATE] = { "nevacuate", "uintptr", 20, 32, 0, FIELD_NUMBER },
	[HMAP_EXTRA] = { "extra", "*mapextra", 24, 40, 0, FIELD_POINTER },
};

const struct field extra_fields[EXTRA_FIELDS] = {
	[EXTRA_OVERFLOW] = { "overflow", "*[]*bmap", 0, 0, 0, FIELD_POINTER },
	[EXTRA_OLDOVERFLOW] = { "oldoverflow", "*[]*bmap", 4, 8, 0, FIELD_POINTER },
	[EXTRA_NEXTOVERFLOW] = { "nextOverflow", "*bmap", 8, 16, 0, FIELD_POINTER },
};

void flags_words(unsigned flags, char *buf)
{
	static const char *const words[] = { "iterator", "oldIterator", "hashWriting",
		"sameSizeGrow" };

	buf[0] = '\0';
	for (unsigned i = 0; i < 4; i++) {
		if (!(flags & 1u << i))
			continue;
		strcat(buf, buf[0] ? " " : "");
		strcat(buf, words[i]);
	}
}
