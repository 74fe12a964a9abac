/* SPDX-License-Identifier: MIT */
/*
 * The beginning of a core file, where its headers and notes are, is what the input is; the rest is
 * a recorded one's. The executable is the right one.
 */
#include "tests/fuzz/live_core.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD_MOST = 1 << 14 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct file core, exe;
	static uint8_t head[HEAD_MOST];

	if (!core.size) {
		file_unpack(&core, "go1.26-pie-stripped.core");
		file_unpack(&exe, "go1.26-pie-stripped.exe");
		memcpy(head, core.bytes, sizeof head);
	}
	memcpy(core.bytes, head, sizeof head);
	memcpy(core.bytes, data, size < sizeof head ? size : sizeof head);
	live_look(core.path, exe.path);
	return 0;
}
