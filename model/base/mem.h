/* SPDX-License-Identifier: MIT */
/*
 * Host memory that is there or ends the program: one decision in one place.
 * (The simulated memory of the Go program is heap.h; running out of that is an error, not an end.)
 */
#ifndef MODEL_BASE_MEM_H
#define MODEL_BASE_MEM_H

#include <dirent.h>
#include <stddef.h>
#include <stdio.h>

/* What runs before the program ends for want of memory; gives the terminal back. */
extern void (*mem_out_hook)(void);

/* Ends the program for want of memory: for who finds that a library got none. */
_Noreturn void mem_out(void);

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *p, size_t size);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t len);
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* As fopen(), fdopen() and opendir(), but that NULL never means that memory lacked. */
FILE *xfopen(const char *path, const char *mode);
FILE *xfdopen(int fd, const char *mode);
DIR *xopendir(const char *path);

/*
 * Makes room for one more element in a growing array: cap doubles when count reaches it.
 * `array = xroom(array, &cap, count, sizeof *array)`.
 */
void *xroom(void *array, size_t *cap, size_t count, size_t size);

/* Adds an element to such an array: xadd(list, count, cap, (struct x){ 1, 2 }). */
#define xadd(array, count, cap, ...) \
	((array) = xroom((array), &(cap), (count), sizeof *(array)), \
		(array)[(count)++] = __VA_ARGS__)

#endif
