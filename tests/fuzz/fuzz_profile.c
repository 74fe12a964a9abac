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
	struct profile p;
	struct error err;

	if (in && out && profile_take(&p, in, "profile", NULL, &err)) {
		struct sheet *s = profiled_sheet(&p, "profile");

		if (size % 3 == 0)
			sheet_text(s, 80, out);
		else if (size % 3 == 1)
			sheet_json(s, out);
		else
			sheet_markdown(s, out);
		sheet_free(s);
		profile_free(&p);
	}
	if (in)
		fclose(in);
	if (out)
		fclose(out);
	return 0;
}
