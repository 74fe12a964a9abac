/* SPDX-License-Identifier: MIT */
#include "themes/role.h"

#include <string.h>

static const struct {
	const char *name, *what;
	char letter;
	unsigned mono;
} roles[ROLE_COUNT] = {
#define X(id, name, letter, mono, what) {#name, what, letter, mono},
	ROLE_TABLE(X)
#undef X
};

const char *role_name(enum role role)
{
	return roles[role].name;
}

const char *role_what(enum role role)
{
	return roles[role].what;
}

char role_letter(enum role role)
{
	return roles[role].letter;
}

unsigned role_mono(enum role role)
{
	return roles[role].mono;
}

enum role role_find(const char *name)
{
	int i = 0;

	while (i < ROLE_COUNT && strcmp(roles[i].name, name))
		i++;
	return (enum role)i;
}
