/* SPDX-License-Identifier: MIT */
/* A folder of its own for a test that needs files; gone with all in it afterwards. */
#ifndef TESTS_SCRATCH_H
#define TESTS_SCRATCH_H

#include <stddef.h>

struct scratch {
	char path[64];
};

void scratch_make(struct scratch *at);
void scratch_remove(const struct scratch *at);

/* The one of the test that runs, or of the group; a set-up and a teardown for cmocka. */
extern struct scratch scratch;
int scratch_setup(void **state);
int scratch_teardown(void **state);

/* Writes a file, with the folders it needs; returns its path, to be freed. */
char *scratch_write(const struct scratch *at, const char *name, const char *bytes, size_t len);

/* This checkout's scenes and themes, for a program whose XDG_CONFIG_HOME is the folder. */
void scratch_link_share(const struct scratch *at);

#endif
