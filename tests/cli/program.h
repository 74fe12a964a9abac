/* SPDX-License-Identifier: MIT */
/*
 * The program from outside, without a terminal: started with given words and surroundings,
 * and what it said. The surroundings are as in tests/screen/pty.h.
 */
#ifndef TESTS_PROGRAM_H
#define TESTS_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

/* The program that was built along with this test. */
const char *program_path(void);

struct program {
	const char *const *args;  /* after the program's name; NULL after the last */
	const char *const *env;   /* NAME=value sets, NAME unsets; may be NULL */
	const char *in;           /* a file; NULL is /dev/null */
	const char *out;          /* a file; NULL collects */
	const char *folder;       /* where it is started; NULL is here */
	size_t file_limit;        /* bytes that a file may have, as if the disk were full; 0: any */
};

struct outcome {
	int status;   /* the number of a signal is negative */
	char *out;    /* NUL after the last byte */
	size_t out_len;
	char *err;
	double seconds;
	long peak;           /* kilobytes of memory at most */
};

struct outcome program_run(const struct program *program);
void outcome_free(struct outcome *o);

/* Sets the surroundings, and over them what env says. For children. */
void program_env(const char *const *env);

/* The bytes of a file, NUL after the last; NULL when it cannot be read. To be freed. */
char *file_read(const char *path, size_t *len);

/*
 * Compares with the file, which must be there; says the first line that differs. With write, the
 * file is made anew first, when GOLDEN is set in the environment.
 */
bool golden_equal(const char *path, const char *text, bool write);
bool golden_wanted(void);

#endif
