/* SPDX-License-Identifier: MIT */
/*
 * Memory that is spoiled: the input says which bytes of a recorded core file are others, each by
 * four bytes of its place and one of its value; another one when its length is none of such. All
 * maps and tries are listed, some are opened.
 */
#include "tests/fuzz/live_core.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PATCH = 5, PATCHES_MOST = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct file cores[2], exes[2];
	static uint8_t was[PATCHES_MOST];
	size_t n = size / PATCH < PATCHES_MOST ? size / PATCH : PATCHES_MOST;
	struct file *core = &cores[size % PATCH != 0];
	uint32_t at;

	if (!core->size) {
		file_unpack(&cores[0], "go1.22.core");
		file_unpack(&exes[0], "go1.22.exe");
		file_unpack(&cores[1], "go1.27-tries-stripped.core");
		file_unpack(&exes[1], "go1.27-tries-stripped.exe");
	}
	for (size_t i = 0; i < n; i++) {
		memcpy(&at, data + i * PATCH, sizeof at);
		was[i] = core->bytes[at % core->size];
		core->bytes[at % core->size] = data[i * PATCH + 4];
	}
	live_look(core->path, exes[core - cores].path);
	for (size_t i = n; i-- > 0;) {
		memcpy(&at, data + i * PATCH, sizeof at);
		core->bytes[at % core->size] = was[i];
	}
	return 0;
}
