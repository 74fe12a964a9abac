/* SPDX-License-Identifier: MIT */
#include "config/user.h"

#include <stdlib.h>

#include "model/base/mem.h"

char *user_path(const char *name)
{
	const char *base = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");

	if (base && base[0] == '/')
		return xasprintf("%s/hmapview/%s", base, name);
	if (home && home[0] == '/')
		return xasprintf("%s/.config/hmapview/%s", home, name);
	return NULL;
}
