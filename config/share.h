/* SPDX-License-Identifier: MIT */
/*
 * Files that ship with the program and that users add their own to: themes, scenes. A name is
 * looked up in the user's folder, in the checkout when the program lies in its build folder,
 * in share/hmapview beside the program's bin, so that what is installed can be moved, in the
 * folder it was built for, and among what the program carries (carried.h), in this order.
 */
#ifndef CONFIG_SHARE_H
#define CONFIG_SHARE_H

#include <stddef.h>

struct share {
	const char *folder;   /* the user's and the installed one */
	const char *checkout; /* from the checkout's top */
	const char *ending;   /* of its files, with the dot */
};

struct share_names {
	char **names; /* without ending; sorted, each once */
	size_t count, cap;
};

/* The file of that name, to be freed; NULL when no folder has it. */
char *share_find(const struct share *kind, const char *name);

/* All names that share_find() would find. */
struct share_names share_list(const struct share *kind);
void share_names_free(struct share_names *list);

#endif
