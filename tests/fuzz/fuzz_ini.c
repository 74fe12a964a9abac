/* SPDX-License-Identifier: MIT */
/* The same bytes as a configuration and as a theme. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "config/config.h"
#include "themes/theme.h"
#include "tui/app/app.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("ini", MFD_CLOEXEC);
	struct config config;
	struct theme theme;
	struct error err;
	char path[64];

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	config_init(&config);
	if (config_load(&config, path, app_names(), &err))
		app_check(&config, &err);
	config_free(&config);
	theme_load(&theme, path, &err);
	close(fd);
	return 0;
}
