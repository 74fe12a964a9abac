/* SPDX-License-Identifier: MIT */
/* Documents: their comments, fences and links, and the words of the options there. */
#include <stdint.h>

#include "tui/document/markdown.h"
#include "tui/document/marker.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct markdown_block b;
	struct markdown m;
	struct marker marker;
	struct error err;

	markdown_begin(&m, (const char *)data, size);
	while (markdown_next(&m, &b, &err)) {
		bool ok = marker_read(&marker, &b, &err);

		if (ok)
			marker_free(&marker);
		if (!ok || !markdown_open(&m, &b, &err))
			break;
	}
	return 0;
}
