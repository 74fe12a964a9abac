/* SPDX-License-Identifier: MIT */
/* A heap profile: whatever it holds, it is taken, told of, or refused in one line. */
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tui/maps/profiled.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("profile", MFD_CLOEXEC);
	FILE *in = fd >= 0 && write(fd, data, size) == (ssize_t)size && lseek(fd, 0, SEEK_SET) == 0
		? fdopen(fd, "r")
		: NULL,
	     *out = fopen("/dev/null", "w");
	static const char *const formats[] = { "text", "json", "markdown" };
	struct profile p;
	struct error err;

	if (in && out && profile_take(&p, in, "profile", NULL, &err)) {
		profiled_write(&p, "profile", formats[size % 3], 80, out);
		profile_free(&p);
	}
	if (in)
		fclose(in);
	if (out)
		fclose(out);
	return 0;
}
