/* SPDX-License-Identifier: MIT */
/* An executable: whatever it holds, it is opened or refused in one line. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "model/live/executable.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("elf", MFD_CLOEXEC);
	struct executable p;
	struct error err;
	char path[64];

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		return 0;
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (executable_open(&p, path, "elf", &err)) {
		debug_file_find(&p, &(struct debug_wish){ .file = path }, &err);
		executable_close(&p);
	}
	close(fd);
	return 0;
}
