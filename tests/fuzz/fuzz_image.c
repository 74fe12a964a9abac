/* SPDX-License-Identifier: MIT */
/*
 * Memory that is spoiled: the input says which bytes of a recorded core file are others, each by
 * four bytes of its place and one of its value. All maps are listed, some are opened.
 */
#include "tests/fuzz/live_core.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PATCH = 5, PATCHES_MOST = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct file core, exe;
	static uint8_t was[PATCHES_MOST];
	size_t n = size / PATCH < PATCHES_MOST ? size / PATCH : PATCHES_MOST;
	uint32_t at;

	if (!core.size) {
		file_unpack(&core, "go1.22.core");
		file_unpack(&exe, "go1.22.exe");
	}
	for (size_t i = 0; i < n; i++) {
		memcpy(&at, data + i * PATCH, sizeof at);
		was[i] = core.bytes[at % core.size];
		core.bytes[at % core.size] = data[i * PATCH + 4];
	}
	live_look(core.path, exe.path);
	for (size_t i = n; i-- > 0;) {
		memcpy(&at, data + i * PATCH, sizeof at);
		core.bytes[at % core.size] = was[i];
	}
	return 0;
}
