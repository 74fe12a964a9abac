/* SPDX-License-Identifier: MIT */
#include "model/go/layout.h"

#include <string.h>

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
