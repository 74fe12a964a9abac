/* SPDX-License-Identifier: MIT */
/*
 * Scraps: new files on the way to their names. Where the file system can, one has no name at all
 * until it is done; else it has one of its own, which a signal that ends the program takes away.
 * What a program left that was killed is swept away by the next one that writes in the folder:
 * every scrap is locked for as long as somebody writes it.
 */
#ifndef MODEL_BASE_SCRAP_H
#define MODEL_BASE_SCRAP_H

#include <stdbool.h>
#include <sys/types.h>

enum { SCRAP_NAME_SIZE = 32 };

struct scrap {
	int folder;                  /* borrowed, open for as long */
	int fd;                      /* owned by who opened it */
	bool named;
	char name[SCRAP_NAME_SIZE];  /* in the folder; when named */
};

/* A new empty file with those rights, as umask has them. False with errno. */
bool scrap_open(struct scrap *s, int folder, mode_t mode);

/* Gives it its name there; what had that name goes only when it may, else errno is EEXIST. */
bool scrap_publish(struct scrap *s, const char *name, bool replace);

/* Gone, unless it was published; fd stays open. */
void scrap_drop(struct scrap *s);

/* Removes what killed programs of this user left in the folder. */
void scrap_sweep(int folder);

#endif
